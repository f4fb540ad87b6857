//! What somebody typed, as Markdown: Telegram turns bold words and links into entities, and an entry's text must keep them.

use serde::Deserialize;
use serde_json::Value;

/// A part of a text that looks otherwise; places are counted in UTF-16 units.
#[derive(Deserialize)]
struct Entity {
    #[serde(rename = "type")]
    kind: String,
    offset: usize,
    length: usize,
    url: Option<String>,
}

/// The text with its bold words and links in Markdown; entities of any other sort, or that make no sense, are left out.
pub(super) fn markdown(text: &str, entities: Option<&Value>) -> String {
    let Some(Value::Array(entities)) = entities else { return text.to_owned() };
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut marks: Vec<(usize, usize, String)> = Vec::new();
    for entity in entities.iter().filter_map(|entity| Entity::deserialize(entity).ok()) {
        let Some((begin, end)) = inside(&units, entity.offset, entity.length) else { continue };
        let (before, after) = match (entity.kind.as_str(), entity.url) {
            ("bold" | "italic", _) => ("**", "**".to_owned()),
            ("text_link", Some(url)) => ("[", format!("]({url})")),
            _ => continue,
        };
        // Closing marks come before opening ones at the same place.
        marks.push((begin, 1, before.to_owned()));
        marks.push((end, 0, after));
    }
    marks.sort_by_key(|(place, order, _)| (*place, *order));
    let (mut markdown, mut done) = (String::new(), 0);
    for (place, _, mark) in marks {
        markdown.push_str(&String::from_utf16_lossy(&units[done..place]));
        markdown.push_str(&mark);
        done = place;
    }
    markdown.push_str(&String::from_utf16_lossy(&units[done..]));
    markdown
}

/// Where an entity's words begin and end, without the spaces around them: Markdown knows no bold space.
fn inside(units: &[u16], offset: usize, length: usize) -> Option<(usize, usize)> {
    let end = offset.checked_add(length)?;
    let words = units.get(offset..end)?;
    let space = |unit: &u16| matches!(*unit, 0x20 | 0x0a | 0x09);
    let first = words.iter().position(|unit| !space(unit))?;
    let last = words.iter().rposition(|unit| !space(unit))?;
    Some((offset + first, offset + last + 1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bold_words_and_links_come_as_markdown_wherever_they_stand() {
        let entities = json!([{"type": "bold", "offset": 3, "length": 4},
            {"type": "text_link", "offset": 7, "length": 2, "url": "https://x.cl"}, {"type": "url", "offset": 0, "length": 2},
            {"type": "of_tomorrow"}, {"type": "bold", "offset": 90, "length": 4}]);
        assert_eq!(markdown("👋 ale la!", Some(&entities)), "👋 **ale** [la](https://x.cl)!");
    }

    #[test]
    fn a_text_without_form_stays_as_it_is() {
        assert_eq!(markdown("**a** b", None), "**a** b");
        assert_eq!(markdown("a", Some(&json!("x"))), "a");
    }
}
