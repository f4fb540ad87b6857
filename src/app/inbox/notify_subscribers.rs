//! Notifies subscribers once, when a published entry answers their words; then deletes the subscription.

use crate::app::outbox::send_to_chat::{Destination, send};
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::app::turns::handoff::Wanted;
use crate::bot::citizen::reply::{Answer, ReplyKind};
use crate::bot::knowledge::{Intent, Knowledge};
use crate::domain::people::chat::Door;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::EntryKey;
use crate::store::inbox::subscriptions;
use crate::store::inbox::subscriptions::Subscription;
use crate::store::statistics::events;
use crate::store::{StoreError, Tx, chats};

/// How many subscriptions are checked in one transaction.
const AT_ONCE: i64 = 50;

/// Checks the subscriptions that were not checked against the current revision.
///
/// # Errors
/// Subscriptions that were notified before the error are deleted already.
pub async fn notify_subscribers(app: &App) -> Result<(), InternalError> {
    let knowledge = app.live.now();
    while some(app, &knowledge).await.map_err(|error| InternalError::new("tell those who wait", error))? {}
    Ok(())
}

/// True if there may be more.
async fn some(app: &App, knowledge: &Knowledge) -> Result<bool, StoreError> {
    let mut tx = app.db.begin().await?;
    let subscriptions = subscriptions::older_than(&mut tx, knowledge.revision, AT_ONCE).await?;
    for subscription in &subscriptions {
        one(app, &mut tx, knowledge, subscription).await?;
    }
    tx.commit().await?;
    app.outbox_ready.notify_one();
    Ok(!subscriptions.is_empty())
}

async fn one(app: &App, tx: &mut Tx, knowledge: &Knowledge, subscription: &Subscription) -> Result<(), StoreError> {
    let Ok(wanted) = app.encryption.decrypt::<Wanted>(&subscription.chat, &subscription.sealed) else {
        // Encrypted with another key, which may come back before the subscription ends.
        return subscriptions::looked_through(tx, &subscription.id, knowledge.revision).await;
    };
    match answering(knowledge, &wanted) {
        None => subscriptions::looked_through(tx, &subscription.id, knowledge.revision).await,
        Some(entry) => {
            let Some(version) = chats::next_version(tx, &subscription.chat).await? else {
                return subscriptions::delete(tx, &subscription.id).await;
            };
            subscriptions::delete(tx, &subscription.id).await?;
            let to = Destination {
                chat: &subscription.chat,
                version,
                later: &wanted.later,
                lang: wanted.lang,
                urgent: false,
            };
            let answer = Answer::lead(entry, None);
            send(app, tx, &to, ReplyKind::Told(wanted.words, answer)).await?;
            events::record(tx, app.day(app.clock.now()), Door::Telegram, &[Event::SubscriberNotified(wanted.lang)])
                .await
        }
    }
}

/// The entry that answers the words now, if that is certain.
fn answering(knowledge: &Knowledge, wanted: &Wanted) -> Option<EntryKey> {
    match knowledge.understand(&wanted.words, Some(wanted.lang), None).intent {
        Intent::Answer { entry, .. } => Some(entry),
        Intent::Several(_) | Intent::SmallTalk(_) | Intent::Request(_) | Intent::Nothing => None,
    }
}
