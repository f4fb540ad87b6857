//! Telegram's HTML, read as strictly as Telegram does.

/// Tags that Telegram knows.
const TAGS: [&str; 16] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "a",
    "code",
    "pre",
    "span",
    "tg-spoiler",
    "blockquote",
    "tg-emoji",
];

/// What a person sees of it.
pub(super) fn visible(html: &str) -> Result<String, String> {
    let (mut text, mut open, mut rest) = (String::new(), Vec::new(), html);
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('<') { tag(rest, &mut open)? } else { entity(rest, &mut text) };
    }
    text.push_str(rest);
    match open.last() {
        Some(name) => Err(format!("can't parse entities: Can't find end tag corresponding to start tag \"{name}\"")),
        None => Ok(text.trim().to_owned()),
    }
}

fn tag<'a>(rest: &'a str, open: &mut Vec<&'a str>) -> Result<&'a str, String> {
    let end = rest.find('>').ok_or("can't parse entities: Unclosed start tag")?;
    let inside = &rest[1..end];
    if let Some(name) = inside.strip_prefix('/') {
        if open.pop() != Some(name) {
            return Err(format!("can't parse entities: Unexpected end tag \"{name}\""));
        }
    } else {
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        if !TAGS.contains(&name) {
            return Err(format!("can't parse entities: Unsupported start tag \"{name}\""));
        }
        if !attributes.is_empty() && (attributes.matches('"').count() != 2 || !attributes.ends_with('"')) {
            return Err("can't parse entities: Unexpected attribute".into());
        }
        open.push(name);
    }
    Ok(&rest[end + 1..])
}

/// Telegram knows four names; any other `&` stays as it is.
fn entity<'a>(rest: &'a str, text: &mut String) -> &'a str {
    for (name, sign) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if let Some(after) = rest.strip_prefix(name) {
            text.push(sign);
            return after;
        }
    }
    text.push('&');
    &rest[1..]
}

#[test]
fn html_is_read_as_telegram_does() {
    assert_eq!(visible("<b>a &lt; b</b> <a href=\"https://x.cl\">c</a>"), Ok("a < b c".into()));
    for broken in ["<b>", "</b>", "<b><a href=\"x\"></b></a>", "<h1>x</h1>", "a < b", "<a href=\"x>y</a>"] {
        assert!(visible(broken).is_err(), "{broken}");
    }
}
