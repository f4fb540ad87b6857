//! How a text will look as a message.

use crate::bot::citizen::Message;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Rich, Span};
use crate::web::chat::render::{Bubble, bubbles};

/// The question and the answer as a message; nothing where the answer has a form that a message cannot show.
pub(in crate::web::console) fn preview(lang: Lang, question: &str, answer: &str) -> Option<Bubble> {
    let rich = Rich::parse(answer).ok()?;
    let message = Message::new(lang).spans(vec![Span::bold(question)]).blocks(rich.blocks().iter().cloned());
    bubbles(&[message], false).into_iter().next()
}
