//! Telling those who wanted to be told: once, when something published answers their words; then they are forgotten.

use super::fault::Fault;
use super::house::House;
use super::queue::Wanted;
use super::to_person::{Destination, send};
use crate::conversation::reply::{Answer, Meaning};
use crate::domain::chat::Door;
use crate::domain::event::Event;
use crate::domain::id::EntryKey;
use crate::knowledge::{Knowledge, Meaning as Meant};
use crate::store::wishes::Wish;
use crate::store::{StoreError, Tx, chats, events, wishes};

/// How many wishes are looked through in one transaction.
const AT_ONCE: i64 = 50;

/// Looks through the wishes that are older than what is published.
///
/// # Errors
/// Where the database does not answer; what was told already is forgotten already.
pub async fn tell_wishes(house: &House) -> Result<(), Fault> {
    let knowledge = house.live.now();
    while some(house, &knowledge).await.map_err(|error| Fault::new("tell those who wait", error))? {}
    Ok(())
}

/// True where there may be more.
async fn some(house: &House, knowledge: &Knowledge) -> Result<bool, StoreError> {
    let mut tx = house.db.begin().await?;
    let wishes = wishes::older_than(&mut tx, knowledge.revision, AT_ONCE).await?;
    for wish in &wishes {
        one(house, &mut tx, knowledge, wish).await?;
    }
    tx.commit().await?;
    house.bell.notify_one();
    Ok(!wishes.is_empty())
}

async fn one(house: &House, tx: &mut Tx, knowledge: &Knowledge, wish: &Wish) -> Result<(), StoreError> {
    let Ok(wanted) = house.seal.open::<Wanted>(&wish.chat, &wish.sealed) else {
        // Sealed with another key, which may come back before the wish ends.
        return wishes::looked_through(tx, &wish.id, knowledge.revision).await;
    };
    match answering(knowledge, &wanted) {
        None => wishes::looked_through(tx, &wish.id, knowledge.revision).await,
        Some(entry) => {
            let Some(version) = chats::next_version(tx, &wish.chat).await? else {
                return wishes::delete(tx, &wish.id).await;
            };
            wishes::delete(tx, &wish.id).await?;
            let to = Destination { chat: &wish.chat, version, later: &wanted.later, lang: wanted.lang, urgent: false };
            let answer = Answer { entry, municipality: None, named: None, offer_language: false, follows: false };
            send(house, tx, &to, Meaning::Told(wanted.words, answer)).await?;
            events::record(tx, house.day(house.clock.now()), Door::Telegram, &[Event::WishGranted(wanted.lang)]).await
        }
    }
}

/// The entry that answers the words now, where that is sure.
fn answering(knowledge: &Knowledge, wanted: &Wanted) -> Option<EntryKey> {
    match knowledge.understand(&wanted.words, Some(wanted.lang), None).meaning {
        Meant::Answer { entry, .. } => Some(entry),
        Meant::Several(_) | Meant::SmallTalk(_) | Meant::Nothing => None,
    }
}
