//! All published content as JSON, for use elsewhere.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::hsds;
use super::spreadsheets::entries::phrasings;
use crate::domain::content::Content;
use crate::domain::content::entry::{Entry, Overdue, Text};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// All content published at this revision. Texts are in the supported subset of Markdown; dates are YYYY-MM-DD.
pub fn open_data(content: &Content, revision: i64) -> Value {
    let phrasings = phrasings(content);
    json!({
        "revision": revision,
        "languages": Lang::all().map(|lang| json!({ "code": lang, "name": lang.name() })).collect::<Value>(),
        "topics": content.topics.iter()
            .map(|topic| json!({ "key": topic.key, "emoji": topic.emoji, "names": topic.names, "discreet": topic.discreet }))
            .collect::<Value>(),
        "entries": content.entries.iter().map(|each| entry(each, &phrasings)).collect::<Value>(),
        "sources": content.sources.iter().map(|source| json!({
            "key": source.key,
            "kind": source.kind,
            "agency": source.agency,
            "year": source.year,
            "link": source.link,
            "titles": source.titles,
        })).collect::<Value>(),
        "services": content.services.iter()
            .map(|service| json!({ "key": service.key, "names": service.names }))
            .collect::<Value>(),
        "municipalities": content.municipalities.iter().map(|place| json!({
            "key": place.key,
            "name": place.name,
            "aliases": place.aliases,
            "latitude": place.position.lat(),
            "longitude": place.position.lon(),
            "time_zone": place.time_zone.name(),
            "overdue": place.overdue.map(Overdue::name),
        })).collect::<Value>(),
        "notes": content.notes.iter().map(|note| json!({
            "municipality": note.municipality,
            "entry": note.entry,
            "language": note.lang,
            "text": note.text.markdown(),
        })).collect::<Value>(),
        "offices": { "hsds": hsds::VERSION, "services": hsds::services(content) },
    })
}

fn entry(entry: &Entry, phrasings: &HashMap<(&EntryKey, Lang), Vec<&str>>) -> Value {
    let said = |lang: Lang| phrasings.get(&(&entry.key, lang)).map(Vec::as_slice).unwrap_or_default();
    let texts: BTreeMap<Lang, Value> =
        entry.texts.iter().map(|(lang, each)| (*lang, text(each, said(*lang)))).collect();
    json!({
        "key": entry.key,
        "topic": entry.key.topic(),
        "service": entry.service,
        "sources": entry.sources,
        "related": entry.related,
        "discreet": entry.discreet,
        "provenance": entry.provenance,
        "rules_changed_on": entry.rules_changed_on,
        "texts": texts,
    })
}

fn text(text: &Text, phrasings: &[&str]) -> Value {
    json!({
        "question": text.question,
        "apart": text.apart,
        "answer": text.answer.markdown(),
        "parts": text.parts.iter().map(|(aspect, part)| (aspect.name(), part.text.markdown())).collect::<BTreeMap<_, _>>(),
        "outdated_parts": text.parts.iter()
            .filter_map(|(aspect, part)| Some((aspect.name(), part.outdated?.on)))
            .collect::<BTreeMap<_, _>>(),
        "phrasings": phrasings,
        "checked": text.check.as_ref().map(|check| json!({ "by": check.by, "on": check.on, "until": check.until })),
        "outdated_on": text.outdated.map(|outdated| outdated.on),
        "outdated_by": text.outdated.and_then(|outdated| outdated.by)
            .map(|(lang, version)| json!({ "language": lang, "version": version })),
        "withdrawn": text.withdrawn,
    })
}
