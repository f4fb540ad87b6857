//! The municipality's whole content, read from files, stored in the database and compiled into knowledge.

pub mod aspect;
pub mod body;
pub mod draft;
pub mod entry;
pub mod item;
pub mod kind;
pub mod note;
pub mod phrasing;
pub mod proposed;
pub mod provenance;
pub mod source;
mod text_body;
pub mod text_status;
pub mod topic;

use std::collections::{BTreeMap, HashMap};

use self::body::{Body, MetadataBody, NoteBody, TextBody};
use self::entry::{Entry, Overdue};
use self::item::ContentItem;
use self::note::LocalNote;
use self::phrasing::Phrasing;
use self::source::Source;
use self::topic::Topic;
use super::offices::municipality::Municipality;
use super::offices::office::{Office, Service};
use super::safety::danger::DangerEdits;
use super::text::id::EntryKey;
use super::text::lang::Lang;

/// The name of an item in a folder: its kind, its subject and its language, which may be empty.
pub type ItemName = (String, String, String);

/// All content, each list in its own order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Content {
    /// The topics.
    pub topics: Vec<Topic>,
    /// The entries, grouped by topic.
    pub entries: Vec<Entry>,
    /// Examples of messages, for an entry or outside of all entries.
    pub phrasings: Vec<Phrasing>,
    /// The sources register.
    pub sources: Vec<Source>,
    /// The kinds of service.
    pub services: Vec<Service>,
    /// The municipalities.
    pub municipalities: Vec<Municipality>,
    /// The offices.
    pub offices: Vec<Office>,
    /// Notes that municipalities add to entries.
    pub notes: Vec<LocalNote>,
    /// What people are shown for answers whose verification is overdue.
    pub overdue: Overdue,
    /// Changes to the built-in danger words and lines of help.
    pub danger: DangerEdits,
    /// Who runs the bot and how to reach them, as people read it; `None` until somebody writes it.
    pub operator: Option<String>,
}

impl Content {
    /// Every content item with its body, as a form would hold it.
    pub fn bodies(&self) -> BTreeMap<ContentItem, Body> {
        let mut bodies = BTreeMap::new();
        let mut phrasings = self.phrasings_by_text();
        for entry in &self.entries {
            bodies.insert(ContentItem::Metadata(entry.key.clone()), Body::Metadata(MetadataBody::of(entry)));
            for (lang, text) in &entry.texts {
                let lines = phrasings.remove(&(&entry.key, *lang)).unwrap_or_default().join("\n");
                let body = TextBody::of(text, &lines);
                bodies.insert(ContentItem::Text(entry.key.clone(), *lang), Body::Text(body));
            }
        }
        for note in &self.notes {
            let piece = ContentItem::Note(note.municipality.clone(), note.entry.clone(), note.lang);
            bodies.insert(piece, Body::Note(NoteBody::typed(note.text.markdown())));
        }
        for office in &self.offices {
            let piece = ContentItem::Office(office.municipality.clone(), office.key.clone());
            bodies.insert(piece, Body::Office(office.body()));
        }
        bodies
    }

    /// Messages that no entry answers, by language, in their order.
    pub fn outside(&self) -> BTreeMap<Lang, Vec<String>> {
        let mut outside: BTreeMap<Lang, Vec<String>> = BTreeMap::new();
        for phrasing in self.phrasings.iter().filter(|phrasing| phrasing.entry.is_none()) {
            outside.entry(phrasing.lang).or_default().push(phrasing.text.clone());
        }
        outside
    }

    fn phrasings_by_text(&self) -> HashMap<(&EntryKey, Lang), Vec<&str>> {
        let mut found: HashMap<_, Vec<&str>> = HashMap::new();
        for phrasing in &self.phrasings {
            if let Some(key) = &phrasing.entry {
                found.entry((key, phrasing.lang)).or_default().push(&phrasing.text);
            }
        }
        found
    }
}
