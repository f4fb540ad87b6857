//! A text as people will read it, beside the form in which it is written.

use crate::bot::message::{Line, Message};
use crate::domain::content::body::TextBody;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Rich, Span};
use crate::i18n::content_items::aspect_name;
use crate::i18n::say;
use crate::web::chat::render::{Bubble, bubbles};

/// The message; nothing where the text cannot be shown yet.
pub(in crate::web::console) fn preview(lang: Lang, question: &str, answer: &str) -> Option<Bubble> {
    let rich = Rich::parse(answer).ok()?;
    let message = Message::new(lang).spans(vec![Span::bold(question)]).blocks(rich.blocks().iter().cloned());
    bubbles(&[message], false).into_iter().next()
}

/// An entry's text with all its parts, each below its name.
pub(in crate::web::console) fn preview_text(lang: Lang, body: &TextBody) -> Option<Bubble> {
    let text = body.text().ok()?;
    let mut message = Message::new(lang).spans(vec![Span::bold(&text.question)]).blocks(text.answer.blocks().to_vec());
    for (aspect, part) in &text.parts {
        message = message.spans(vec![Span::bold(say(lang, &aspect_name(*aspect)))]);
        message.lines.extend(part.text.blocks().iter().map(|block| Line { lang, block: block.clone() }));
    }
    bubbles(&[message], false).into_iter().next()
}

/// An entry's text as plain lines, to show what changed in it.
pub(in crate::web::console) fn plain_text(lang: Lang, body: &TextBody) -> String {
    let parts = body.parts.iter().map(|(aspect, text)| format!("\n\n{}\n{text}", say(lang, &aspect_name(*aspect))));
    body.answer.clone() + &parts.collect::<String>()
}
