//! A colleague's dialogue: stored encrypted for half an hour, so that it survives a restart.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::app::runtime::app::App;
use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::TextBody;
use crate::domain::content::draft::Change;
use crate::domain::content::item::ContentItem;
use crate::domain::people::chat::ChatKey;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::store::staff::telegram_links::Link;

/// How long a dialogue lasts after its last step.
pub(in crate::app) const LIFE: TimeDelta = TimeDelta::minutes(30);

/// What takes a part out.
const NO_PART: &str = "-";

/// A dialogue under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Dialogue {
    /// A change is being proposed.
    Writing(Writing),
    /// The drafts with this mark are being sent back; the next message is the reason.
    SendingBack(String),
}

/// A text that is being written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Writing {
    pub entry: EntryKey,
    pub lang: Lang,
    pub question: String,
    /// The answer, in our subset of Markdown.
    pub answer: String,
    /// Its parts, in the same Markdown; `None` (stored by an older version) leaves them as they are.
    #[serde(default)]
    pub parts: Option<BTreeMap<Aspect, String>>,
    /// The newest version when the author began; a later one is a conflict.
    pub seen: i64,
    pub awaits: Awaits,
    pub change: Option<Change>,
    /// Numbers of the messages that hold question and answer, so that edits of those messages can be followed.
    #[serde(default)]
    pub question_from: Option<i64>,
    #[serde(default)]
    pub answer_from: Option<i64>,
}

/// The part that the next message fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Awaits {
    /// The question.
    Question,
    /// The answer; also to replace an answer that is already there.
    Answer,
    /// The part of this aspect.
    Part(Aspect),
}

impl Writing {
    /// Sets the question, the answer or a part to the typed text; a part is taken out with [`NO_PART`].
    pub fn put(&mut self, part: Awaits, words: &str) {
        let typed = TextBody::typed(words, words, "");
        match part {
            Awaits::Question => self.question = typed.question.replace('\n', " "),
            Awaits::Answer => self.answer = typed.answer,
            Awaits::Part(aspect) => {
                let parts = self.parts.get_or_insert_default();
                match typed.answer.as_str() {
                    NO_PART => parts.remove(&aspect),
                    _ => parts.insert(aspect, typed.answer),
                };
            }
        }
    }

    pub fn item(&self) -> ContentItem {
        ContentItem::Text(self.entry.clone(), self.lang)
    }
}

impl Dialogue {
    /// The dialogue of this link; `None` if expired, or if it cannot be decrypted (the key has changed).
    pub fn open(app: &App, key: &ChatKey, link: &Link, now: DateTime<Utc>) -> Option<Dialogue> {
        link.dialogue_until.filter(|until| *until > now.timestamp())?;
        app.encryption.decrypt(key, link.dialogue.as_deref()?).ok()
    }

    /// The dialogue encrypted for the chat, and when it expires.
    pub fn sealed(&self, app: &App, key: &ChatKey) -> (String, i64) {
        (app.encryption.encrypt(key, self), (app.clock.now() + LIFE).timestamp())
    }
}
