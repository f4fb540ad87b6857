//! Knowledge: one immutable snapshot of all that the bot can say, with the model that finds it.

mod danger_words;
mod places;
mod understand;

use std::collections::HashMap;

use thiserror::Error;

use crate::domain::content::Content;
use crate::domain::entry::Entry;
use crate::domain::id::{EntryKey, MunicipalityKey, OfficeKey, ServiceKey, SourceKey, TopicKey};
use crate::domain::lang::Lang;
use crate::domain::municipality::Municipality;
use crate::domain::note::LocalNote;
use crate::domain::office::{Office, Service};
use crate::domain::position::Position;
use crate::domain::source::Source;
use crate::domain::topic::Topic;
use crate::language::Identifier;
use crate::matching::Model;

pub use danger_words::DangerWords;
pub use understand::{Meaning, Understood};

/// Content from which nothing can be answered.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Broken {
    /// There is no entry, or there are no phrasings to learn from.
    #[error("there is no entry with phrasings to learn from")]
    Empty,
}

/// All that the bot can say at one revision.
pub struct Knowledge {
    /// The number of the revision it was made from.
    pub revision: i64,
    content: Content,
    places: HashMap<EntryKey, usize>,
    identifier: Identifier,
    model: Model,
}

impl Knowledge {
    /// Makes knowledge of content; takes a second or so, so do it where nobody waits.
    ///
    /// # Errors
    /// Where the content is so broken that the knowledge before it is better.
    pub fn build(mut content: Content, revision: i64) -> Result<Knowledge, Broken> {
        let places: HashMap<EntryKey, usize> =
            content.entries.iter().enumerate().map(|(place, entry)| (entry.key.clone(), place)).collect();
        if places.is_empty() || content.phrasings.iter().all(|phrasing| phrasing.entry.is_none()) {
            return Err(Broken::Empty);
        }
        let identifier = understand::learn_languages(&content);
        let model = understand::learn_entries(&content, &places);
        // Read now, so that nobody has to wait for it.
        DangerWords::of_the_program();
        // The model has learned them; a snapshot need not carry them.
        content.phrasings = Vec::new();
        Ok(Knowledge { revision, content, places, identifier, model })
    }

    /// The entry with this key.
    pub fn entry(&self, key: &EntryKey) -> Option<&Entry> {
        self.places.get(key).and_then(|place| self.content.entries.get(*place))
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.content.entries
    }

    /// The topics that have entries.
    pub fn topics(&self) -> impl Iterator<Item = &Topic> {
        self.content.topics.iter().filter(|topic| self.entries_of(&topic.key).next().is_some())
    }

    /// The topic with this key.
    pub fn topic(&self, key: &TopicKey) -> Option<&Topic> {
        self.content.topics.iter().find(|topic| topic.key == *key)
    }

    /// The entries of a topic.
    pub fn entries_of<'a>(&'a self, topic: &'a TopicKey) -> impl Iterator<Item = &'a Entry> {
        self.content.entries.iter().filter(move |entry| entry.key.topic() == *topic)
    }

    /// The source with this key.
    pub fn source(&self, key: &SourceKey) -> Option<&Source> {
        self.content.sources.iter().find(|source| source.key == *key)
    }

    /// The kinds of service that some office gives.
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

    /// The offices that stand in a municipality.
    pub fn offices_in<'a>(&'a self, municipality: &'a MunicipalityKey) -> impl Iterator<Item = &'a Office> {
        self.content.offices.iter().filter(move |office| office.municipality == *municipality)
    }

    /// The offices that give a service.
    pub fn offices_for<'a>(&'a self, service: &'a ServiceKey) -> impl Iterator<Item = &'a Office> {
        self.content.offices.iter().filter(move |office| office.services.contains(service))
    }

    /// All offices with their distance in kilometres, the nearest first.
    pub fn offices_by_distance(&self, from: Position) -> Vec<(&Office, f64)> {
        let mut offices: Vec<_> =
            self.content.offices.iter().map(|office| (office, from.km_to(office.position))).collect();
        offices.sort_by(|a, b| a.1.total_cmp(&b.1));
        offices
    }

    /// What a municipality adds to an entry, in this language or not at all.
    pub fn note(&self, municipality: &MunicipalityKey, entry: &EntryKey, lang: Lang) -> Option<&LocalNote> {
        let of = |note: &&LocalNote| note.municipality == *municipality && note.entry == *entry && note.lang == lang;
        self.content.notes.iter().find(of)
    }

    /// The model that finds entries, for measuring it.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The words of danger.
    pub fn danger(&self) -> &'static DangerWords {
        DangerWords::of_the_program()
    }
}
