//! What a colleague is being asked: sealed in the database for half an hour, so that a restart does not lose it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::app::runtime::app::App;
use crate::domain::content::body::TextBody;
use crate::domain::content::draft::Change;
use crate::domain::content::item::ContentItem;
use crate::domain::people::chat::ChatKey;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::store::staff::telegram_links::Link;

/// After so long a dialogue is over.
pub(in crate::app) const LIFE: TimeDelta = TimeDelta::minutes(30);

/// A dialogue under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Dialogue {
    /// A change is being proposed.
    Writing(Writing),
    /// The drafts with this mark are being sent back, and the reason is awaited.
    SendingBack(String),
}

/// A text that is being written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Writing {
    pub entry: EntryKey,
    pub lang: Lang,
    pub question: String,
    /// The answer, in the small part of Markdown.
    pub answer: String,
    /// The newest version that the author had before them.
    pub seen: i64,
    pub awaits: Awaits,
    pub change: Option<Change>,
    /// The message from which the question came, and that from which the answer came: they may be changed.
    #[serde(default)]
    pub question_from: Option<i64>,
    #[serde(default)]
    pub answer_from: Option<i64>,
}

/// Which words come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Awaits {
    /// The question.
    Question,
    /// The answer; also when it is there already and is sent anew.
    Answer,
}

impl Writing {
    /// Puts words that were typed in their place.
    pub fn put(&mut self, part: Awaits, words: &str) {
        let typed = TextBody::typed(words, words, "");
        match part {
            Awaits::Question => self.question = typed.question.replace('\n', " "),
            Awaits::Answer => self.answer = typed.answer,
        }
    }

    pub fn item(&self) -> ContentItem {
        ContentItem::Text(self.entry.clone(), self.lang)
    }
}

impl Dialogue {
    /// The dialogue of this link, unless it is over. One that does not open any more (the key has changed) is over.
    pub fn open(app: &App, key: &ChatKey, link: &Link, now: DateTime<Utc>) -> Option<Dialogue> {
        link.dialogue_until.filter(|until| *until > now.timestamp())?;
        app.encryption.decrypt(key, link.dialogue.as_deref()?).ok()
    }

    /// Sealed for the chat, and until when it lasts.
    pub fn sealed(&self, app: &App, key: &ChatKey) -> (String, i64) {
        (app.encryption.encrypt(key, self), (app.clock.now() + LIFE).timestamp())
    }
}
