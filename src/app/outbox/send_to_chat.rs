//! Sends messages to a person that do not reply to a turn, in the transaction of the event they report.

use serde_json::Value;

use super::deliver;
use crate::app::runtime::app::App;
use crate::app::turns::take_turn::PLACES;
use crate::bot::citizen::reply::{Answer, Reply, ReplyKind};
use crate::bot::citizen::wording;
use crate::domain::people::chat::{Chat, ChatKey};
use crate::domain::statistics::feedback::Ballot;
use crate::domain::text::lang::Lang;
use crate::store::outbox::{RowId, Waiting};
use crate::store::{StoreError, Tx, chats, outbox};

/// Where a message goes: its chat, the chat's next version ([`crate::store::chats::next_version`]), and its address.
pub(in crate::app) struct Destination<'a> {
    pub chat: &'a ChatKey,
    pub version: i64,
    pub later: &'a Value,
    pub lang: Lang,
    /// Whether it is about danger: then it is sent first.
    pub urgent: bool,
}

/// Puts the message into the outbox.
pub(in crate::app) async fn send(
    app: &App,
    tx: &mut Tx,
    to: &Destination<'_>,
    kind: ReplyKind,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let reply = Reply::new(to.lang, kind);
    let messages = wording(&app.live.now(), &reply, now);
    if let Some(answer) = reply.kind.answer() {
        remember(app, tx, to, answer).await?;
    }
    let first = RowId { chat: to.chat.clone(), seq: to.version * PLACES };
    let waiting = |(id, sealed)| Waiting { id, sealed, urgent: to.urgent, album: None };
    let outbox_messages = deliver::sealed(app, &first, to.later, &messages, false);
    outbox::put_all(tx, &outbox_messages.into_iter().map(waiting).collect::<Vec<_>>(), now).await
}

/// Remembers an answer that was sent, so that the person can vote on it.
async fn remember(app: &App, tx: &mut Tx, to: &Destination<'_>, answer: &Answer) -> Result<(), StoreError> {
    let (now, knowledge) = (app.clock.now(), app.live.now());
    let Some(text) = knowledge.revision_of(&answer.entry, to.lang) else { return Ok(()) };
    let sealed = chats::memory(tx, to.chat).await?;
    let memory = sealed.and_then(|sealed| app.encryption.decrypt(to.chat, &sealed).ok());
    let mut chat = Chat { memory, ..Chat::default() };
    chat.given(Ballot::useful(&answer.entry, to.lang, text), now);
    let Some(memory) = chat.memory else { return Ok(()) };
    chats::remember(tx, to.chat, &app.encryption.encrypt(to.chat, &memory), memory.until.timestamp()).await
}
