//! The names of topics, entries and municipalities in the reader's language.

use std::collections::BTreeMap;

use crate::domain::content::entry::Entry;
use crate::domain::content::topic::Topic;
use crate::domain::offices::municipality::Municipality;
use crate::domain::text::lang::Lang;

/// Names by key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    topics: BTreeMap<String, String>,
    entries: BTreeMap<String, String>,
    municipalities: BTreeMap<String, String>,
}

impl Names {
    /// Collects the names in `lang`, or in another language if there is none.
    pub fn of<'a>(
        topics: impl Iterator<Item = &'a Topic>,
        entries: &[Entry],
        municipalities: &[Municipality],
        lang: Lang,
    ) -> Names {
        let topic = |topic: &Topic| {
            let name = topic.names.get(&lang).or_else(|| topic.names.values().next());
            (topic.key.to_string(), name.cloned().unwrap_or_else(|| topic.key.to_string()))
        };
        Names {
            topics: topics.map(topic).collect(),
            entries: entries.iter().map(|entry| (entry.key.to_string(), entry.question(lang).to_owned())).collect(),
            municipalities: municipalities.iter().map(|place| (place.key.to_string(), place.name.clone())).collect(),
        }
    }

    /// A topic's name, or its key if it no longer exists.
    pub fn topic(&self, key: &str) -> String {
        named(&self.topics, key)
    }

    /// An entry's question, or its key if it no longer exists.
    pub fn entry(&self, key: &str) -> String {
        named(&self.entries, key)
    }

    /// A municipality's name, or its key if it no longer exists.
    pub fn municipality(&self, key: &str) -> String {
        named(&self.municipalities, key)
    }
}

fn named(names: &BTreeMap<String, String>, key: &str) -> String {
    names.get(key).cloned().unwrap_or_else(|| key.to_owned())
}
