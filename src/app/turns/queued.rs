//! Writes questions, lines and subscriptions that a turn hands off, in the turn's own commit.

use crate::domain::inbox::question::MOST_SUBSCRIPTIONS;
use crate::domain::people::chat::ChatKey;
use crate::store::inbox::questions::NewQuestion;
use crate::store::inbox::subscriptions::Subscription;
use crate::store::inbox::{questions, subscriptions};
use crate::store::{StoreError, Tx};

/// Something that a turn hands off.
pub(in crate::app) enum Queued {
    /// A question with its first line.
    Question(NewQuestion, String),
    /// One more line for the open question, and whether it is about danger.
    Line(String, bool),
    /// The open question is taken back.
    TakenBack,
    /// A person subscribes to an answer.
    Subscription { subscription: Subscription, revision: i64, now: i64, expires_at: i64 },
}

/// Writes what a turn hands off.
pub(in crate::app) async fn write(tx: &mut Tx, chat: &ChatKey, queued: &[Queued]) -> Result<(), StoreError> {
    for item in queued {
        match item {
            Queued::Question(question, line) => {
                if questions::put(tx, chat, question).await? {
                    questions::add_line(tx, chat, line).await?;
                }
            }
            Queued::Line(line, danger) => {
                if questions::add_line(tx, chat, line).await? && *danger {
                    questions::speaks_of_danger(tx, chat).await?;
                }
            }
            Queued::TakenBack => questions::forget(tx, chat).await?,
            Queued::Subscription { subscription, revision, now, expires_at } => {
                subscriptions::put(tx, subscription, *revision, *now, *expires_at).await?;
                subscriptions::keep_newest(tx, chat, MOST_SUBSCRIPTIONS as i64).await?;
            }
        }
    }
    Ok(())
}
