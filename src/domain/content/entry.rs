//! Entries: a question with its answer in each language, and the sources that the answer rests on.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::statistics::feedback::Revision;
use crate::domain::text::id::{EntryKey, ServiceKey, SourceKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;

/// What people are shown for an answer whose verification is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overdue {
    /// The answer, with a notice.
    #[default]
    Notice,
    /// A text in its place: that it is being checked, and where to ask.
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

    /// The setting with this name.
    pub fn parse(name: &str) -> Option<Overdue> {
        [Overdue::Notice, Overdue::Replace].into_iter().find(|choice| choice.name() == name)
    }
}

/// The verification of an answer: somebody of the municipality has read it and confirmed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Who verified it, as shown to people: a name or an office.
    pub by: String,
    /// The day of the verification.
    pub on: NaiveDate,
    /// The last day on which it counts.
    pub until: NaiveDate,
}

/// Marks a text that says less than the entry's text in another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outdated {
    /// The day since when it is outdated.
    pub on: NaiveDate,
    /// The language whose text changed, and the last version of that text that this one matches; `None` if unknown.
    pub by: Option<(Lang, i64)>,
}

/// An entry's text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The question as a person would ask it; short, because it is also a button's label.
    pub question: String,
    /// The answer.
    pub answer: Rich,
    /// Its verification; `None` for texts that nobody has verified yet, such as the starter pack's.
    pub check: Option<Check>,
    /// Set where it says less than the entry's text in another language.
    pub outdated: Option<Outdated>,
    /// The reason of its withdrawal, which people read in place of the answer.
    pub withdrawn: Option<String>,
}

/// A question that the bot can answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `topic/name`.
    pub key: EntryKey,
    /// Its published texts, by language.
    pub texts: BTreeMap<Lang, Text>,
    /// The sources that its answer rests on.
    pub sources: Vec<SourceKey>,
    /// Entries that people often need next.
    pub related: Vec<EntryKey>,
    /// The service that is in charge.
    pub service: ServiceKey,
    /// The day on which a source was reported as changed; `None` again once somebody has verified the entry.
    pub rules_changed_on: Option<NaiveDate>,
}

impl Entry {
    /// The text in `lang`, else the first that exists, with its language.
    pub fn text(&self, lang: Lang) -> Option<(Lang, &Text)> {
        let own = self.texts.get_key_value(&lang);
        own.or_else(|| self.texts.iter().next()).map(|(lang, text)| (*lang, text))
    }

    /// The revision of the text that is shown in `lang`.
    pub fn revision(&self, lang: Lang) -> Option<Revision> {
        self.text(lang).map(|(_, text)| Revision::of(&text.question, text.answer.markdown()))
    }

    /// The question in `lang`, else in another language, else the key.
    pub fn question(&self, lang: Lang) -> &str {
        self.text(lang).map_or(self.key.as_str(), |(_, text)| &text.question)
    }
}
