//! To a person: what we write to a chat of our own accord, in the transaction of what it tells.

use serde_json::Value;

use super::deliver;
use super::house::House;
use super::take_turn::PLACES;
use crate::conversation::reply::{Meaning, Reply};
use crate::conversation::wording;
use crate::domain::chat::ChatKey;
use crate::domain::lang::Lang;
use crate::store::outbox::RowId;
use crate::store::{StoreError, Tx, outbox};

/// Where a message goes: its chat, the number of the turn that it is ([`crate::store::chats::next_version`]), and how it gets there.
pub(super) struct Destination<'a> {
    pub chat: &'a ChatKey,
    pub version: i64,
    pub later: &'a Value,
    pub lang: Lang,
}

/// Puts what is meant into the outbox.
pub(super) async fn send(house: &House, tx: &mut Tx, to: &Destination<'_>, meaning: Meaning) -> Result<(), StoreError> {
    let now = house.clock.now();
    let reply = Reply { lang: to.lang, meaning, in_place: false };
    let messages = wording(&house.live.now(), &reply, now);
    let first = RowId { chat: to.chat.clone(), seq: to.version * PLACES };
    outbox::put(tx, &deliver::sealed(house, &first, to.later, &messages, false), now).await
}
