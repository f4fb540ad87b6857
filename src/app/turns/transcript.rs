//! The transcript of a web chat: its last exchanges, sealed, for half an hour.

use serde::{Deserialize, Serialize};

use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::bot::citizen::{Button, Input, Message, status_label};
use crate::domain::people::chat::{ChatKey, Door, MEMORY};
use crate::domain::text::lang::Lang;
use crate::store::StoreError;
use crate::store::chats::transcripts;

/// How many exchanges are kept.
const KEPT: usize = 6;

/// What a person said, as it is shown to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shown {
    /// Their words.
    Words(String),
    /// The label of the button they pressed.
    Pressed(String),
}

/// What was said, and what we said to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// What the person said; nothing where they only opened a link.
    pub said: Option<Shown>,
    /// The language of the talk; a reply may be in another, that of its question.
    pub lang: Lang,
    /// What we said.
    pub replies: Vec<Message>,
}

/// The exchanges of the web chat at this address; none where it is older than half an hour.
pub async fn transcript(app: &App, address: &str) -> Result<Vec<Exchange>, InternalError> {
    let key = app.encryption.chat_key(Door::Web, address);
    load(app, &key).await.map_err(|error| InternalError::new("read a transcript", error))
}

pub(in crate::app) async fn load(app: &App, key: &ChatKey) -> Result<Vec<Exchange>, StoreError> {
    let sealed = transcripts::load(&app.db, key, app.clock.now().timestamp()).await?;
    // One that no longer opens (the key has changed) is as good as none.
    Ok(sealed.and_then(|sealed| app.encryption.decrypt(key, &sealed).ok()).unwrap_or_default())
}

/// The exchanges before with a new one, sealed for the page to show, and until when they are kept.
pub(in crate::app) fn sealed(
    app: &App,
    key: &ChatKey,
    mut exchanges: Vec<Exchange>,
    said: &Input,
    lang: Lang,
    replies: &[Message],
) -> (String, i64) {
    exchanges.push(Exchange { said: shown(said, lang, &exchanges), lang, replies: replies.to_vec() });
    let kept = exchanges.split_off(exchanges.len().saturating_sub(KEPT));
    (app.encryption.encrypt(key, &kept), (app.clock.now() + MEMORY).timestamp())
}

/// The exchanges before without those about a discreet matter.
pub(in crate::app) fn without_discreet(app: &App, key: &ChatKey, mut exchanges: Vec<Exchange>) -> (String, i64) {
    exchanges.retain(|exchange| !exchange.replies.iter().any(|message| message.discreet));
    (app.encryption.encrypt(key, &exchanges), (app.clock.now() + MEMORY).timestamp())
}

fn shown(said: &Input, lang: Lang, before: &[Exchange]) -> Option<Shown> {
    match said {
        Input::Text(words) => Some(Shown::Words(words.clone())),
        Input::Command(command) => Some(Shown::Words(format!("/{}", command.name()))),
        Input::Press(button) => label(button, before).or_else(|| status_label(lang, button)).map(Shown::Pressed),
        Input::Start(_) | Input::OldButton | Input::Place(_) | Input::Media(_) => None,
    }
}

/// What stood on the button, if a message of the transcript had it.
fn label(button: &Button, before: &[Exchange]) -> Option<String> {
    let messages = before.iter().rev().flat_map(|exchange| &exchange.replies);
    messages.flat_map(Message::choices).find(|choice| choice.button == *button).map(|choice| choice.label.clone())
}
