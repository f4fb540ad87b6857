//! Telegram's HTML: escaped, and cut to Telegram's limit with every tag closed.

use unicode_segmentation::UnicodeSegmentation;

use crate::bot::message::Line;
use crate::domain::text::rich::{Block, Span, Style};

/// Longest text of a message, in UTF-16 units after parsing.
pub(in crate::telegram) const LONGEST_TEXT: usize = 4096;
/// Mark of a cut text.
const CUT: &str = "…";
/// Prefix of a list item.
const POINT: &str = "• ";

/// The lines of a message as Telegram's HTML.
pub(in crate::telegram) fn html(lines: &[Line]) -> String {
    let runs = runs(lines);
    let units: usize = runs.iter().map(|(text, _)| utf16(text)).sum();
    let mut left = if units > LONGEST_TEXT { LONGEST_TEXT - utf16(CUT) } else { LONGEST_TEXT };
    let mut html = String::new();
    for (text, style) in runs {
        let fits = fitting(text, left);
        html.push_str(&run(fits, style));
        if fits.len() < text.len() {
            html.push_str(CUT);
            break;
        }
        left -= utf16(fits);
    }
    html
}

/// Such HTML as plain text; the URL of a link follows its words.
pub(in crate::telegram) fn without_form(html: &str) -> String {
    let (mut text, mut rest, mut address) = (String::new(), html, None);
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(tag) = rest.strip_prefix('<') {
            let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
            match (tag.strip_prefix("a href=\""), tag) {
                (Some(link), _) => address = Some(unescape(link.trim_end_matches('"'))),
                (None, "/a") => text.extend(address.take().map(|address| format!(" ({address})"))),
                (None, _) => {}
            }
            rest = after;
        } else {
            let sign = ENTITIES.iter().find(|(name, _)| rest.starts_with(name)).unwrap_or(&("&", "&"));
            text.push_str(sign.1);
            rest = &rest[sign.0.len()..];
        }
    }
    text.push_str(rest);
    cut(&text, LONGEST_TEXT)
}

/// The characters that [`escape`] replaces.
const ENTITIES: [(&str, &str); 4] = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];

fn unescape(text: &str) -> String {
    ENTITIES.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

/// Cuts a text to this many UTF-16 units, without splitting a grapheme.
pub(in crate::telegram) fn cut(text: &str, units: usize) -> String {
    if utf16(text) <= units {
        text.to_owned()
    } else {
        format!("{}{CUT}", fitting(text, units - utf16(CUT)).trim_end())
    }
}

/// All runs of text in order, with the separators between blocks.
fn runs(lines: &[Line]) -> Vec<(&str, &Style)> {
    let mut runs = Vec::new();
    let mut before: Option<&Block> = None;
    for Line { block, .. } in lines {
        if let Some(before) = before {
            runs.push((between(before, block), &Style::Plain));
        }
        if let Block::Item(_) = block {
            runs.push((POINT, &Style::Plain));
        }
        runs.extend(block.spans().iter().map(|Span { text, style }| (text.as_str(), style)));
        before = Some(block);
    }
    runs
}

/// Separator between blocks: a line break before list items, an empty line before paragraphs.
fn between(before: &Block, block: &Block) -> &'static str {
    match (before, block) {
        (Block::Paragraph(_) | Block::Item(_), Block::Item(_)) => "\n",
        (Block::Paragraph(_) | Block::Item(_), Block::Paragraph(_)) => "\n\n",
    }
}

fn run(text: &str, style: &Style) -> String {
    let words = escape(text);
    if words.is_empty() {
        return words;
    }
    match style {
        Style::Plain => words,
        Style::Bold => format!("<b>{words}</b>"),
        Style::Link(address) if address.starts_with("https://") => {
            format!("<a href=\"{}\">{words}</a>", escape(address))
        }
        // Telegram drops links to telephone numbers, but links the bare number by itself.
        Style::Link(_) => format!("<b>{words}</b>"),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The longest prefix that fits into this many units.
fn fitting(text: &str, units: usize) -> &str {
    // The usual case; finding grapheme boundaries takes longer than all the rest of rendering.
    if utf16(text) <= units {
        return text;
    }
    let mut taken = 0;
    for (at, sign) in text.grapheme_indices(true) {
        taken += utf16(sign);
        if taken > units {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::citizen::Message;
    use crate::domain::text::lang::Lang;
    use crate::domain::text::rich::Rich;

    fn shown(markdown: &str) -> String {
        html(&Message::new(Lang::first()).blocks(Rich::parse(markdown).unwrap().blocks().to_vec()).lines)
    }

    fn plain(text: &str) -> String {
        html(&Message::new(Lang::first()).line(text).lines)
    }

    #[test]
    fn words_without_form_keep_their_addresses_and_signs() {
        let html = shown("**A & B** [law](https://x.cl/?a=1&b=2) &lt; 3");
        assert_eq!(without_form(&html), "A & B law (https://x.cl/?a=1&b=2) < 3");
        for broken in ["<", "a < b", "<b", "&", "&am", "</a>"] {
            without_form(broken);
        }
    }

    #[test]
    fn form_becomes_tags_and_everything_else_is_escaped() {
        assert_eq!(
            shown("**A & B** [law](https://x.cl/?a=1&b=\"2\") [131](tel:131)\n\n- one < two\n- three\n\nend"),
            "<b>A &amp; B</b> <a href=\"https://x.cl/?a=1&amp;b=&quot;2&quot;\">law</a> <b>131</b>\n• one &lt; two\n• three\n\nend"
        );
        assert_eq!(plain("<b>&amp;</b>"), "&lt;b&gt;&amp;amp;&lt;/b&gt;");
        assert_eq!(
            html(&Message::new(Lang::first()).spans(vec![Span::link("x", "javascript:alert(1)")]).lines),
            "<b>x</b>"
        );
    }

    #[test]
    fn exactly_the_limit_is_not_cut() {
        assert_eq!(plain(&"a".repeat(LONGEST_TEXT)).len(), LONGEST_TEXT);
        assert_eq!(plain(&"&".repeat(LONGEST_TEXT)), "&amp;".repeat(LONGEST_TEXT));
        assert_eq!(plain(&"😀".repeat(LONGEST_TEXT / 2)), "😀".repeat(LONGEST_TEXT / 2));
    }

    #[test]
    fn what_is_longer_is_cut_by_utf16_and_no_sign_in_two() {
        let long = plain(&"😀".repeat(LONGEST_TEXT / 2 + 1));
        assert_eq!(utf16(&long), LONGEST_TEXT - 1, "two units do not fit into the one that is left");
        assert!(long.ends_with('…'));
        let family = "👨‍👩‍👧‍👦";
        let long = plain(&family.repeat(LONGEST_TEXT));
        assert!(utf16(&long) <= LONGEST_TEXT);
        assert!(long.trim_end_matches('…').len().is_multiple_of(family.len()));
        assert_eq!(utf16(&plain(&"a".repeat(LONGEST_TEXT + 1))), LONGEST_TEXT);
    }

    #[test]
    fn a_cut_leaves_no_tag_open() {
        let spans = vec![
            Span::plain("x".repeat(LONGEST_TEXT - 10)),
            Span::bold("y".repeat(50)),
            Span::link("z", "https://x.cl"),
        ];
        let long = html(&Message::new(Lang::first()).spans(spans).lines);
        assert!(long.ends_with("y</b>…"), "{}", &long[LONGEST_TEXT - 20..]);
        assert!(!long.contains("href"));
        let spans = vec![Span::plain("x".repeat(LONGEST_TEXT - 1)), Span::bold("yyy")];
        assert!(html(&Message::new(Lang::first()).spans(spans).lines).ends_with("x…"));
    }

    #[test]
    fn a_label_is_cut_before_its_limit() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("a bit longer", 6), "a bit…");
        assert_eq!(cut("😀😀😀", 5), "😀😀…");
    }
}
