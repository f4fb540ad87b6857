//! Entries: a question with its answer in each language, and the sources that the answer rests on.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::aspect::{Aspect, PartName};
use super::provenance::Provenance;
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

/// The part of an answer for one aspect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it says.
    pub text: Rich,
    /// Set where it says less than the same part in another language.
    pub outdated: Option<Outdated>,
}

/// An entry's text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The question as a person would ask it; short, because it is also a button's label.
    pub question: String,
    /// What tells the entry from its neighbours; empty if nobody has written it.
    pub apart: String,
    /// The lead of a divided answer, else the whole answer.
    pub answer: Rich,
    /// The parts of a divided answer.
    pub parts: BTreeMap<Aspect, Part>,
    /// Its verification; `None` for texts that nobody has verified yet, such as the starter pack's.
    pub check: Option<Check>,
    /// Set where it says less than the entry's text in another language.
    pub outdated: Option<Outdated>,
    /// The reason of its withdrawal, which people read in place of the answer.
    pub withdrawn: Option<String>,
}

impl Text {
    /// A text that nobody has verified yet, without parts.
    pub fn new(question: String, answer: Rich) -> Text {
        Text {
            question,
            apart: String::new(),
            answer,
            parts: BTreeMap::new(),
            check: None,
            outdated: None,
            withdrawn: None,
        }
    }

    /// The words of the answer and of all its parts, one line a paragraph.
    pub fn words(&self) -> String {
        let parts = self.parts.values().map(|part| part.text.words());
        std::iter::once(self.answer.words()).chain(parts).collect::<Vec<_>>().join("\n")
    }

    /// Its revision: another one once its question, its answer or a part has other words.
    pub fn revision(&self) -> Revision {
        Revision::of(&self.question, &self.markdown())
    }

    fn markdown(&self) -> String {
        let parts = self.parts.iter().map(|(aspect, part)| format!("\n\n{}\n{}", aspect.name(), part.text.markdown()));
        self.answer.markdown().to_owned() + &parts.collect::<String>()
    }
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
    /// Whether reading about it is risky on a phone that others use, whatever its topic is.
    pub discreet: bool,
    /// Where the facts of each part come from; parts that staff wrote have none.
    pub provenance: BTreeMap<PartName, Provenance>,
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
        self.text(lang).map(|(_, text)| text.revision())
    }

    /// The question in `lang`, else in another language, else the key.
    pub fn question(&self, lang: Lang) -> &str {
        self.text(lang).map_or(self.key.as_str(), |(_, text)| &text.question)
    }
}
