//! Entries: a question, its answer in each language, and what the answer rests on.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::statistics::feedback::Revision;
use crate::domain::text::id::{EntryKey, ServiceKey, SourceKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;

/// What people are told in place of an answer that nobody has checked in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overdue {
    /// The answer, with a notice.
    #[default]
    Notice,
    /// That it is being checked, and where to ask.
    Replace,
}

impl Overdue {
    /// Its name in settings.
    pub fn name(self) -> &'static str {
        match self {
            Overdue::Notice => "notice",
            Overdue::Replace => "replace",
        }
    }

    /// The choice with this name.
    pub fn parse(name: &str) -> Option<Overdue> {
        [Overdue::Notice, Overdue::Replace].into_iter().find(|choice| choice.name() == name)
    }
}

/// Somebody of the municipality has read the answer and stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Who, as shown to people: a name or an office.
    pub by: String,
    /// On which day.
    pub on: NaiveDate,
    /// The day on which it has to be checked again.
    pub until: NaiveDate,
}

/// A text that says less than the entry's text in another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outdated {
    /// Since which day.
    pub on: NaiveDate,
    /// The language whose text changed, and its last version that this one still fits; nothing where that is not known.
    pub by: Option<(Lang, i64)>,
}

/// An entry's words in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As a person would ask; a button's label, so short.
    pub question: String,
    /// The answer.
    pub answer: Rich,
    /// Who stands behind it; starter texts have nobody yet.
    pub check: Option<Check>,
    /// Whether it says less than the entry's text in another language.
    pub outdated: Option<Outdated>,
    /// Why it was taken back; then people read this in place of the answer.
    pub withdrawn: Option<String>,
}

/// A question that the bot can answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `topic/name`.
    pub key: EntryKey,
    /// Its words per language; published ones only.
    pub texts: BTreeMap<Lang, Text>,
    /// What it rests on.
    pub sources: Vec<SourceKey>,
    /// Entries that people often need next.
    pub related: Vec<EntryKey>,
    /// The kind of office in charge.
    pub service: ServiceKey,
    /// The day on which a source was found to have changed, until somebody has checked the entry.
    pub rules_changed_on: Option<NaiveDate>,
}

impl Entry {
    /// The text in `lang`, or where it is missing the first other that there is.
    pub fn text(&self, lang: Lang) -> Option<(Lang, &Text)> {
        let own = self.texts.get_key_value(&lang);
        own.or_else(|| self.texts.iter().next()).map(|(lang, text)| (*lang, text))
    }

    /// The revision of the text that is shown in `lang`.
    pub fn revision(&self, lang: Lang) -> Option<Revision> {
        self.text(lang).map(|(_, text)| Revision::of(&text.question, text.answer.markdown()))
    }

    /// The question in `lang`, or where it is missing in another language.
    pub fn question(&self, lang: Lang) -> &str {
        self.text(lang).map_or(self.key.as_str(), |(_, text)| &text.question)
    }
}
