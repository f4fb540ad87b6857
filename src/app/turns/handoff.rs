//! What a turn hands off, encrypted: a question to staff, another line of it, or a subscription.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::queued::Queued;
use crate::app::runtime::app::App;
use crate::domain::inbox::question::{KEPT, Line, QuestionId, Speaker};
use crate::domain::people::chat::ChatKey;
use crate::domain::safety::danger::Level;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::redacted::Redacted;
use crate::encryption::new_id;
use crate::store::inbox::questions::NewQuestion;
use crate::store::inbox::subscriptions::Subscription;

/// The person's chat and address for later, for what a turn hands off.
pub(in crate::app) struct Way<'a> {
    pub chat: &'a ChatKey,
    /// Nothing if the person cannot be reached later.
    pub later: Option<&'a Value>,
    /// The revision that answered them.
    pub revision: i64,
    pub now: DateTime<Utc>,
}

/// The encrypted part of a subscription.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::app) struct Wanted {
    pub lang: Lang,
    pub words: String,
    pub later: Value,
}

/// What the events of a turn hand off.
pub(in crate::app) fn queued(app: &App, way: &Way<'_>, events: &[Event]) -> Vec<Queued> {
    events.iter().filter_map(|event| one(app, way, event)).collect()
}

fn one(app: &App, way: &Way<'_>, event: &Event) -> Option<Queued> {
    match event {
        Event::QuestionLeft { lang, municipality, words, danger } => {
            let danger = *danger || speaks_of_danger(app, words);
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
        | Event::PartShown { .. }
        | Event::PartMissing { .. }
        | Event::NoneFitted(_)
        | Event::TopicOpened(_, _)
        | Event::DangerShown(_, _)
        | Event::DangerLeft(_, _)
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
    app.live.now().danger_in(words.as_str()).is_some_and(|sign| sign.level == Level::Alarm)
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
