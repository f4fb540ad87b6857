//! Previews an entry's text as a chat message.

use crate::bot::citizen::Message;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Rich, Span};
use crate::web::chat::render::{Bubble, bubbles};

/// The question and the answer as a message; `None` if the answer has formatting that messages do not support.
pub(in crate::web::console) fn preview(lang: Lang, question: &str, answer: &str) -> Option<Bubble> {
    let rich = Rich::parse(answer).ok()?;
    let message = Message::new(lang).spans(vec![Span::bold(question)]).blocks(rich.blocks().iter().cloned());
    bubbles(&[message], false).into_iter().next()
}
