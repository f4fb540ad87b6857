//! The transcript of a web chat: its last exchanges, encrypted, for half an hour.

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

/// An input as it is shown to the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shown {
    /// Their words.
    Words(String),
    /// The label of the button they pressed.
    Pressed(String),
}

/// An input and the replies to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// The input; nothing if the person only opened a link.
    pub said: Option<Shown>,
    /// The language of the conversation; a reply may be in the language of its question instead.
    pub lang: Lang,
    /// The replies.
    pub replies: Vec<Message>,
}

/// The exchanges of the web chat at this address; none if it is older than half an hour.
pub async fn transcript(app: &App, address: &str) -> Result<Vec<Exchange>, InternalError> {
    let key = app.encryption.chat_key(Door::Web, address);
    load(app, &key).await.map_err(|error| InternalError::new("read a transcript", error))
}

pub(in crate::app) async fn load(app: &App, key: &ChatKey) -> Result<Vec<Exchange>, StoreError> {
    let sealed = transcripts::load(&app.db, key, app.clock.now().timestamp()).await?;
    // A transcript that cannot be decrypted any more (the key has changed) counts as none.
    Ok(sealed.and_then(|sealed| app.encryption.decrypt(key, &sealed).ok()).unwrap_or_default())
}

/// The earlier exchanges and a new one, encrypted for the page, and until when they are kept.
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

/// The earlier exchanges without those about a discreet matter, likewise.
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

/// The label of the button, if a message of the transcript had it.
fn label(button: &Button, before: &[Exchange]) -> Option<String> {
    let messages = before.iter().rev().flat_map(|exchange| &exchange.replies);
    messages.flat_map(Message::choices).find(|choice| choice.button == *button).map(|choice| choice.label.clone())
}
