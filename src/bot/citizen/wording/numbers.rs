//! Telephone numbers in any text become links, so that one tap calls them.

use std::sync::LazyLock;

use crate::bot::message::{Line, Message};
use crate::domain::text::phone::in_text;
use crate::domain::text::rich::{Block, Span, Style};
use crate::starter::SHORT_NUMBERS;

static SHORT: LazyLock<Vec<&str>> =
    LazyLock::new(|| SHORT_NUMBERS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect());

/// The message with every number that can be called as a link.
pub(super) fn tappable(mut message: Message) -> Message {
    for Line { block, .. } in &mut message.lines {
        match block {
            Block::Paragraph(spans) | Block::Item(spans) => {
                *spans = std::mem::take(spans).into_iter().flat_map(with_links).collect();
            }
        }
    }
    message
}

fn with_links(span: Span) -> Vec<Span> {
    match span.style {
        Style::Plain | Style::Bold => {}
        Style::Link(_) => return vec![span],
    }
    let mut spans = Vec::new();
    let mut rest = 0;
    let same = |text: &str| Span { text: text.to_owned(), style: span.style.clone() };
    for (range, number) in in_text(&span.text, &SHORT) {
        spans.push(same(&span.text[rest..range.start]));
        spans.push(Span::link(&span.text[range.clone()], format!("tel:{number}")));
        rest = range.end;
    }
    spans.push(same(&span.text[rest..]));
    spans.retain(|span| !span.text.is_empty());
    spans
}
