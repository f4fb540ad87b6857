//! All that the municipality has written: what is read from files, kept in the database and made into knowledge.

use super::danger::DangerEdits;
use super::entry::{Entry, Overdue};
use super::municipality::Municipality;
use super::note::LocalNote;
use super::office::{Office, Service};
use super::phrasing::Phrasing;
use super::source::Source;
use super::topic::Topic;

/// Topics, entries and phrasings, sources, municipalities, offices; each in its order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Content {
    /// The topics.
    pub topics: Vec<Topic>,
    /// The entries, those of a topic together.
    pub entries: Vec<Entry>,
    /// What people write when they mean an entry, or something that is none of ours.
    pub phrasings: Vec<Phrasing>,
    /// The sources register.
    pub sources: Vec<Source>,
    /// The kinds of service.
    pub services: Vec<Service>,
    /// The municipalities.
    pub municipalities: Vec<Municipality>,
    /// The offices.
    pub offices: Vec<Office>,
    /// What a municipality adds to an entry.
    pub notes: Vec<LocalNote>,
    /// What becomes of answers that nobody has checked in time.
    pub overdue: Overdue,
    /// What is changed about words of danger and lines of help.
    pub danger: DangerEdits,
    /// Who runs the bot and how to reach them, as people read it; nothing where nobody has written it yet.
    pub operator: Option<String>,
}
