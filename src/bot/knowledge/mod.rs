//! Knowledge: one immutable snapshot of all published content, with the model that finds entries in it.

mod exact;
mod learned;
mod municipalities;
mod municipality_names;
mod understand;

use std::collections::HashMap;
use std::sync::Arc;

use thiserror::Error;

use crate::domain::content::Content;
use crate::domain::content::entry::{Entry, Overdue};
use crate::domain::content::note::LocalNote;
use crate::domain::content::source::Source;
use crate::domain::content::topic::Topic;
use crate::domain::offices::municipality::Municipality;
use crate::domain::offices::office::{Office, Service};
use crate::domain::offices::position::{Away, Position};
use crate::domain::safety::danger::{Danger, Level, Sign};
use crate::domain::statistics::feedback::Revision;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey, ServiceKey, SourceKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;
use crate::understanding::aspects::AspectModel;
use crate::understanding::matching::Model;

use self::exact::Exact;
use self::learned::Learned;

pub use self::learned::fingerprint;
#[cfg(test)]
pub(crate) use self::learned::{danger_glossary, ordinary as ordinary_phrasings};
pub use self::understand::{Intent, Understood};
pub use crate::understanding::danger::clerk_patterns::{
    LONGEST as LONGEST_DANGER_WORDS, PatternError, pattern as danger_pattern,
};
pub use crate::understanding::danger::learned::shipped_examples as shipped_danger_examples;
pub use crate::understanding::danger::patterns::{DangerWords, ordinary_questions};

/// Content from which nothing can be answered.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ContentError {
    /// There is no entry, or there are no phrasings to learn from.
    #[error("there is no entry with phrasings to learn from")]
    Empty,
}

/// All content at one revision.
pub struct Knowledge {
    /// The number of the revision that it was built from.
    pub revision: i64,
    content: Content,
    places: HashMap<EntryKey, usize>,
    /// The folded names of each municipality.
    place_names: Vec<Vec<String>>,
    exact: Arc<Exact>,
    learned: Arc<Learned>,
    danger: Arc<DangerWords>,
    /// The entries whose question speaks of a danger: as an offer they frighten people who gave no cause for them.
    frightening: HashMap<EntryKey, Danger>,
    /// Whether the content has changes that the model has not learned yet.
    stale: bool,
}

impl Knowledge {
    /// Builds a snapshot; takes a second or two on two processors, so run it in the background.
    ///
    /// # Errors
    /// If there is no entry or no phrasing; keep the previous snapshot then.
    pub fn build(content: Content, revision: i64) -> Result<Knowledge, ContentError> {
        Ok(Knowledge::recall_or_learn(content, revision, None)?.0)
    }

    /// Like [`Knowledge::build`], but at once if `kept` was trained on the same content by the same version.
    ///
    /// The second value says whether it was.
    ///
    /// # Errors
    /// If there is no entry or no phrasing; keep the previous snapshot then.
    pub fn recall_or_learn(
        mut content: Content,
        revision: i64,
        kept: Option<&[u8]>,
    ) -> Result<(Knowledge, bool), ContentError> {
        let places = prepare(&mut content)?;
        let beside = || (Exact::of(&content), DangerWords::of(&content.danger));
        let recalled = kept.and_then(|bytes| Learned::of_bytes(bytes, &content)).map(|learned| (learned, beside()));
        let was_recalled = recalled.is_some();
        let (learned, (exact, danger)) = recalled.unwrap_or_else(|| Learned::anew(&content, &places, beside));
        let parts = (Arc::new(learned), Arc::new(exact), Arc::new(danger), false);
        Ok((Knowledge::with(parts, content, places, revision), was_recalled))
    }

    /// A snapshot of changed content that has learned its entries, for trying out a change: what is not about entries is
    /// taken from `self`.
    ///
    /// # Errors
    /// If there is no entry or no phrasing.
    pub fn with_entries_of(&self, mut content: Content) -> Result<Knowledge, ContentError> {
        let places = prepare(&mut content)?;
        let learned = Arc::new(self.learned.with_entries_of(&content, &places));
        let parts = (learned, Arc::new(Exact::of(&content)), Arc::clone(&self.danger), false);
        Ok(Knowledge::with(parts, content, places, self.revision))
    }

    /// Fingerprint of the training data.
    pub fn fingerprint(&self) -> &str {
        &self.learned.fingerprint
    }

    /// The learned part as bytes for [`Knowledge::recall_or_learn`]; nothing if serialization fails.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        self.learned.to_bytes()
    }

    /// Whether the model has still to learn something that is published.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// A snapshot of new content with the model of `self`, built at once.
    ///
    /// The second value says whether there is something new to learn: until then a new entry is found by topics, by
    /// links and by its own phrasings word for word, but not by other words.
    ///
    /// # Errors
    /// If there is no entry or no phrasing; keep the previous snapshot then.
    pub fn renewed(&self, mut content: Content, revision: i64) -> Result<(Knowledge, bool), ContentError> {
        let places = prepare(&mut content)?;
        let stale = fingerprint(&content) != self.learned.fingerprint;
        let exact = if stale { Arc::new(Exact::of(&content)) } else { Arc::clone(&self.exact) };
        let danger = match self.content.danger == content.danger {
            true => Arc::clone(&self.danger),
            false => Arc::new(DangerWords::of(&content.danger)),
        };
        Ok((Knowledge::with((Arc::clone(&self.learned), exact, danger, stale), content, places, revision), stale))
    }

    fn with(
        (learned, exact, danger, stale): (Arc<Learned>, Arc<Exact>, Arc<DangerWords>, bool),
        mut content: Content,
        places: HashMap<EntryKey, usize>,
        revision: i64,
    ) -> Knowledge {
        // The model has learned the phrasings; the snapshot need not keep them.
        content.phrasings = Vec::new();
        content.offices.retain(|office| office.active);
        let place_names = content.municipalities.iter().map(municipality_names::names).collect();
        let frightening = HashMap::new();
        let mut known =
            Knowledge { revision, content, places, place_names, exact, learned, danger, frightening, stale };
        known.frightening = known.entries().iter().filter_map(|entry| known.frightens(entry)).collect();
        known
    }

    /// The entry with this key.
    pub fn entry(&self, key: &EntryKey) -> Option<&Entry> {
        self.places.get(key).and_then(|place| self.content.entries.get(*place))
    }

    /// The revision of the entry's text that is shown in `lang`.
    pub fn revision_of(&self, key: &EntryKey, lang: Lang) -> Option<Revision> {
        self.entry(key)?.revision(lang)
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.content.entries
    }

    /// The topics that have entries.
    pub fn topics(&self) -> impl Iterator<Item = &Topic> {
        self.content.topics.iter().filter(|topic| self.entries_of(&topic.key).next().is_some())
    }

    /// All topics, including those without entries.
    pub fn all_topics(&self) -> impl Iterator<Item = &Topic> {
        self.content.topics.iter()
    }

    /// All sources.
    pub fn sources(&self) -> &[Source] {
        &self.content.sources
    }

    /// All kinds of service, including those that no office offers.
    pub fn all_services(&self) -> &[Service] {
        &self.content.services
    }

    /// The topic with this key.
    pub fn topic(&self, key: &TopicKey) -> Option<&Topic> {
        self.content.topics.iter().find(|topic| topic.key == *key)
    }

    /// Whether an entry is discreet, by itself or by its topic: nobody else should read about it on the person's phone.
    pub fn is_discreet_entry(&self, entry: &EntryKey) -> bool {
        self.is_discreet(&entry.topic()) || self.entry(entry).is_some_and(|entry| entry.discreet)
    }

    /// Whether a topic is discreet: nobody else should read about it on the person's phone.
    pub fn is_discreet(&self, topic: &TopicKey) -> bool {
        self.topic(topic).is_some_and(|topic| topic.discreet)
    }

    /// The entries of a topic.
    pub fn entries_of<'a>(&'a self, topic: &'a TopicKey) -> impl Iterator<Item = &'a Entry> {
        self.content.entries.iter().filter(move |entry| entry.key.topic() == *topic)
    }

    /// The source with this key.
    pub fn source(&self, key: &SourceKey) -> Option<&Source> {
        self.content.sources.iter().find(|source| source.key == *key)
    }

    /// The kinds of service that some office offers.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.content.services.iter().filter(|service| self.offices_for(&service.key).next().is_some())
    }

    /// The service with this key.
    pub fn service(&self, key: &ServiceKey) -> Option<&Service> {
        self.content.services.iter().find(|service| service.key == *key)
    }

    /// The municipalities.
    pub fn municipalities(&self) -> &[Municipality] {
        &self.content.municipalities
    }

    /// The municipality with this key.
    pub fn municipality(&self, key: &MunicipalityKey) -> Option<&Municipality> {
        self.content.municipalities.iter().find(|municipality| municipality.key == *key)
    }

    /// The office with this key.
    pub fn office(&self, key: &OfficeKey) -> Option<&Office> {
        self.content.offices.iter().find(|office| office.key == *key)
    }

    /// The offices in a municipality.
    pub fn offices_in<'a>(&'a self, municipality: &'a MunicipalityKey) -> impl Iterator<Item = &'a Office> {
        self.content.offices.iter().filter(move |office| office.municipality == *municipality)
    }

    /// The offices that offer a service.
    pub fn offices_for<'a>(&'a self, service: &'a ServiceKey) -> impl Iterator<Item = &'a Office> {
        self.content.offices.iter().filter(move |office| office.services.contains(service))
    }

    /// All offices with their distance, nearest first; without a position, that of the municipality counts.
    pub fn offices_by_distance(&self, from: Position) -> Vec<(&Office, Away)> {
        let away = |office: &Office| match office.position {
            Some(position) => Some(Away { km: from.km_to(position), to_town: false }),
            None => {
                let town = self.municipality(&office.municipality)?;
                Some(Away { km: from.km_to(town.position), to_town: true })
            }
        };
        let offices = self.content.offices.iter().filter_map(|office| Some((office, away(office)?)));
        let mut offices: Vec<_> = offices.collect();
        offices.sort_by(|a, b| a.1.km.total_cmp(&b.1.km));
        offices
    }

    /// A municipality's note on an entry, in this language only.
    pub fn note(&self, municipality: &MunicipalityKey, entry: &EntryKey, lang: Lang) -> Option<&LocalNote> {
        let of = |note: &&LocalNote| note.municipality == *municipality && note.entry == *entry && note.lang == lang;
        self.content.notes.iter().find(of)
    }

    /// The treatment of overdue answers in a chat with this municipality, or with none.
    pub fn overdue(&self, municipality: Option<&MunicipalityKey>) -> Overdue {
        let chosen = municipality.and_then(|key| self.municipality(key)?.overdue);
        chosen.unwrap_or(self.content.overdue)
    }

    /// The operator of the bot, as shown to people.
    pub fn operator(&self) -> Option<&str> {
        self.content.operator.as_deref()
    }

    /// Whether a folded word occurs in a phrasing, a question or an answer.
    pub fn has_word(&self, word: &str) -> bool {
        self.exact.has_word(word)
    }

    /// The classifier of entries, for evaluation.
    pub fn model(&self) -> &Model {
        &self.learned.model
    }

    /// The classifier of aspects, for evaluation.
    pub fn aspects(&self) -> &AspectModel {
        &self.learned.aspects
    }

    /// The entry of a class of the model.
    pub fn of_class(&self, class: usize) -> Option<&EntryKey> {
        self.learned.classes.get(class).filter(|key| self.places.contains_key(key))
    }

    /// The danger that shows in a message: an alarm where a pattern matches, else as was learned.
    pub fn danger_in(&self, message: &str) -> Option<Sign> {
        self.danger_by(&self.danger, message)
    }

    /// The danger that shows in a message, by itself or together with the one before it.
    pub fn danger_in_talk(&self, before: &str, message: &str) -> Option<Sign> {
        self.danger_in_talk_by(&self.danger, before, message)
    }

    /// Like [`Knowledge::danger_in_talk`] with these patterns and examples: the console tries what was just saved.
    pub fn danger_in_talk_by(&self, words: &DangerWords, before: &str, message: &str) -> Option<Sign> {
        let alone = self.danger_by(words, message);
        if before.is_empty() || alone.is_some_and(|sign| sign.level == Level::Alarm) {
            return alone;
        }
        let level = |sign: Option<Sign>| sign.map(|sign| sign.level);
        let together = self.learned.danger.find_together(before, message);
        // A danger that the message before showed by itself had its line then.
        let is_new = level(together) > level(alone) && level(together) > level(self.danger_by(words, before));
        if is_new { together } else { alone }
    }

    fn danger_by(&self, words: &DangerWords, message: &str) -> Option<Sign> {
        words.decided(message).unwrap_or_else(|| self.learned.danger.find(message))
    }

    /// Probability that a message speaks of danger, as was learned, from 0 to 1.
    pub fn chance_of_danger(&self, message: &str) -> f32 {
        self.learned.danger.weigh(message).any
    }

    /// The danger that the question speaks of in most languages: a single one may be worded like danger by chance.
    fn frightens(&self, entry: &Entry) -> Option<(EntryKey, Danger)> {
        let signs: Vec<Sign> = entry.texts.values().filter_map(|text| self.danger_in(&text.question)).collect();
        let in_most = signs.len() * 2 > entry.texts.len();
        signs.first().filter(|_| in_most).map(|sign| (entry.key.clone(), sign.kind))
    }

    /// The danger that an entry's question speaks of: as an offer it frightens people who gave no cause for it.
    pub fn danger_of(&self, entry: &EntryKey) -> Option<Danger> {
        self.frightening.get(entry).copied()
    }

    /// The patterns of danger.
    pub fn danger(&self) -> &DangerWords {
        &self.danger
    }

    /// The municipality's own line of help for a danger, if it has one in this language.
    pub fn help(&self, lang: Lang, danger: Danger) -> Option<&Rich> {
        self.content.danger.help.get(&(lang, danger))
    }
}

/// Removes entries without a published text, and indexes the others by key.
fn prepare(content: &mut Content) -> Result<HashMap<EntryKey, usize>, ContentError> {
    content.entries.retain(|entry| !entry.texts.is_empty());
    let places: HashMap<EntryKey, usize> =
        content.entries.iter().enumerate().map(|(place, entry)| (entry.key.clone(), place)).collect();
    if places.is_empty() || content.phrasings.iter().all(|phrasing| phrasing.entry.is_none()) {
        return Err(ContentError::Empty);
    }
    Ok(places)
}
