//! Converts typed text to Markdown: Telegram sends bold text and links as entities, which an entry's text must keep.

use serde::Deserialize;
use serde_json::Value;

/// A formatted part of a text; offsets are in UTF-16 units.
#[derive(Deserialize)]
struct Entity {
    #[serde(rename = "type")]
    kind: String,
    offset: usize,
    length: usize,
    url: Option<String>,
}

/// The text with bold words and links as Markdown; other and invalid entities are ignored. Where both apply, the words
/// become a link, since overlapping marks would not parse.
pub(in crate::telegram) fn markdown(text: &str, entities: Option<&Value>) -> String {
    let Some(Value::Array(entities)) = entities else { return text.to_owned() };
    let units: Vec<u16> = text.encode_utf16().collect();
    let (mut links, mut bold) = (Vec::new(), vec![false; units.len()]);
    for entity in entities.iter().filter_map(|entity| Entity::deserialize(entity).ok()) {
        let Some((begin, end)) = inside(&units, entity.offset, entity.length) else { continue };
        match (entity.kind.as_str(), entity.url) {
            ("bold" | "italic", _) => bold[begin..end].fill(true),
            ("text_link", Some(url)) => links.push((begin, end, url)),
            _ => {}
        }
    }
    links.sort();
    let mut runs: Vec<(usize, usize, String)> = Vec::new();
    for (begin, end, url) in links {
        if runs.last().is_none_or(|(_, last, _)| *last <= begin) {
            bold[begin..end].fill(false);
            runs.push((begin, end, format!("]({url})")));
        }
    }
    runs.extend(bold_runs(&units, &bold).into_iter().map(|(begin, end)| (begin, end, "**".to_owned())));
    runs.sort();
    let (mut markdown, mut done) = (String::new(), 0);
    for (begin, end, after) in runs {
        markdown.push_str(&String::from_utf16_lossy(&units[done..begin]));
        markdown.push_str(if after == "**" { "**" } else { "[" });
        markdown.push_str(&String::from_utf16_lossy(&units[begin..end]));
        markdown.push_str(&after);
        done = end;
    }
    markdown.push_str(&String::from_utf16_lossy(&units[done..]));
    markdown
}

/// Ranges of bold words, without surrounding spaces.
fn bold_runs(units: &[u16], bold: &[bool]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut place = 0;
    for same in bold.chunk_by(|a, b| a == b) {
        if same[0] {
            runs.extend(inside(units, place, same.len()));
        }
        place += same.len();
    }
    runs
}

/// The range of an entity without surrounding spaces, which Markdown does not allow inside its marks.
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
    fn bold_and_link_on_the_same_words_never_cross() {
        let link =
            |offset, length| json!({"type": "text_link", "offset": offset, "length": length, "url": "https://x.cl"});
        let bold = |offset, length| json!({"type": "bold", "offset": offset, "length": length});
        for (entities, wanted) in [
            (json!([bold(0, 3), link(0, 3)]), "[abc](https://x.cl) def ghi"),
            (json!([link(0, 3), bold(0, 3)]), "[abc](https://x.cl) def ghi"),
            (json!([bold(0, 11), link(4, 3)]), "**abc** [def](https://x.cl) **ghi**"),
            (json!([bold(2, 4), link(4, 7)]), "ab**c** [def ghi](https://x.cl)"),
            (json!([link(0, 7), bold(4, 7)]), "[abc def](https://x.cl) **ghi**"),
            (json!([bold(0, 5), bold(3, 8)]), "**abc def ghi**"),
        ] {
            let typed = markdown("abc def ghi", Some(&entities));
            assert_eq!(typed, wanted);
            assert_eq!(crate::domain::text::rich::Rich::parse(&typed).unwrap().words(), "abc def ghi");
        }
    }

    #[test]
    fn a_text_without_form_stays_as_it_is() {
        assert_eq!(markdown("**a** b", None), "**a** b");
        assert_eq!(markdown("a", Some(&json!("x"))), "a");
    }
}
