//! The queue: what a turn leaves for people, sealed, and written in the turn's own commit.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::app::runtime::app::App;
use crate::domain::inbox::question::{KEPT, Line, MOST_SUBSCRIPTIONS, QuestionId, Speaker};
use crate::domain::people::chat::ChatKey;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::redacted::Redacted;
use crate::encryption::new_id;
use crate::store::inbox::questions::NewQuestion;
use crate::store::inbox::subscriptions::Subscription;
use crate::store::inbox::{questions, subscriptions};
use crate::store::{StoreError, Tx};

/// How a person is reached later, and from where they speak.
pub(in crate::app) struct Way<'a> {
    pub chat: &'a ChatKey,
    /// Nothing where they are not reached.
    pub later: Option<&'a Value>,
    /// The revision that answered them.
    pub revision: i64,
    pub now: DateTime<Utc>,
}

/// Something that is left for people.
pub(in crate::app) enum Queued {
    /// A question with its first line.
    Question(NewQuestion, String),
    /// One more line for the open question; whether it speaks of danger.
    Line(String, bool),
    /// The open question is taken back.
    TakenBack,
    /// Somebody wants to be told.
    Subscription { subscription: Subscription, revision: i64, now: i64, expires_at: i64 },
}

/// What is kept of a wish, sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::app) struct Wanted {
    pub lang: Lang,
    pub words: String,
    pub later: Value,
}

/// What the events of a turn leave for people.
pub(in crate::app) fn queued(app: &App, way: &Way<'_>, events: &[Event]) -> Vec<Queued> {
    events.iter().filter_map(|event| one(app, way, event)).collect()
}

fn one(app: &App, way: &Way<'_>, event: &Event) -> Option<Queued> {
    match event {
        Event::QuestionLeft { lang, municipality, words } => {
            let danger = speaks_of_danger(app, words);
            let question = NewQuestion { danger, ..question(app, way, *lang, municipality.clone())? };
            Some(Queued::Question(question, line(app, way, *lang, words)))
        }
        Event::QuestionContinued(lang, words) => {
            Some(Queued::Line(line(app, way, *lang, words), speaks_of_danger(app, words)))
        }
        Event::QuestionTakenBack(_) => Some(Queued::TakenBack),
        Event::Subscribed(lang, words) => subscription(app, way, *lang, words),
        Event::ChatBegan
        | Event::Message { .. }
        | Event::Chosen { .. }
        | Event::Opened { .. }
        | Event::NoneFitted(_)
        | Event::TopicOpened(_, _)
        | Event::DangerShown(_, _)
        | Event::OfficesShown(_, _)
        | Event::OfficeShown(_, _)
        | Event::Voted { .. }
        | Event::Complained { .. }
        | Event::Unanswered(_)
        | Event::LanguageChosen(_)
        | Event::Forgotten
        | Event::Retracted
        | Event::PersonAnswered(_, _)
        | Event::QuestionClosed(_)
        | Event::SubscriberNotified(_) => None,
    }
}

fn speaks_of_danger(app: &App, words: &Redacted) -> bool {
    app.live.now().danger().find(words.as_str()).is_some()
}

fn question(app: &App, way: &Way<'_>, lang: Lang, municipality: Option<MunicipalityKey>) -> Option<NewQuestion> {
    let id: QuestionId = new_id().parse().ok()?;
    Some(NewQuestion {
        id,
        lang,
        municipality,
        return_to: app.encryption.encrypt(way.chat, way.later?),
        created_at: way.now.timestamp(),
        expires_at: (way.now + KEPT).timestamp(),
        danger: false,
    })
}

fn line(app: &App, way: &Way<'_>, lang: Lang, words: &Redacted) -> String {
    let words = vec![(lang, words.as_str().to_owned())];
    app.encryption.encrypt(way.chat, &Line { by: Speaker::Person, words, at: way.now.timestamp() })
}

fn subscription(app: &App, way: &Way<'_>, lang: Lang, words: &Redacted) -> Option<Queued> {
    let wanted = Wanted { lang, words: words.as_str().to_owned(), later: way.later?.clone() };
    let subscription =
        Subscription { id: new_id(), chat: way.chat.clone(), sealed: app.encryption.encrypt(way.chat, &wanted) };
    let expires_at = (way.now + KEPT).timestamp();
    Some(Queued::Subscription { subscription, revision: way.revision, now: way.now.timestamp(), expires_at })
}

/// Writes what a turn leaves.
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
