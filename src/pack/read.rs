//! Parses a pack's files into content, and reports all problems at once.

use std::collections::BTreeMap;
use std::fmt;

use chrono_tz::Tz;
use include_dir::Dir;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::files::{
    EntryRow, MunicipalityRow, NoteRow, NotesFile, OfficeRow, OfficesFile, PartRow, Precision, SourcesFile, TopicFile,
    Words,
};
use crate::domain::content::Content;
use crate::domain::content::aspect::PartName;
use crate::domain::content::entry::{Entry, Part, Text};
use crate::domain::content::note::LocalNote;
use crate::domain::content::phrasing::Phrasing;
use crate::domain::content::provenance::Provenance;
use crate::domain::content::source::Source;
use crate::domain::content::topic::Topic;
use crate::domain::offices::hours::Hours;
use crate::domain::offices::municipality::Municipality;
use crate::domain::offices::office::{Office, Service};
use crate::domain::offices::position::Position;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;

/// A problem in a pack's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, with the entry or line if known.
    pub place: String,
    /// What is wrong and what to write instead.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// A pack's files: their texts by path inside the pack.
pub type Files = BTreeMap<String, String>;

/// Parses a pack's files into content.
///
/// # Errors
/// All problems of all files.
pub fn read(files: &Files) -> Result<Content, Vec<Problem>> {
    let mut reader = Reader::default();
    let mut topics = Vec::new();
    for (path, text) in files {
        if path.starts_with("faq/") && path.ends_with(".toml") {
            topics.extend(reader.topic(path, text));
        } else if path.starts_with("phrasings/") && path.ends_with(".tsv") {
            reader.phrasings(path, text);
        }
    }
    topics.sort_by_key(|(order, _, _)| *order);
    for (_, topic, entries) in topics {
        reader.content.topics.push(topic);
        reader.content.entries.extend(entries);
    }
    reader.offices(files);
    reader.sources(files);
    reader.notes(files);
    if reader.problems.is_empty() { Ok(reader.content) } else { Err(reader.problems) }
}

/// The files of a folder that is compiled into the program.
pub fn embedded(dir: &Dir<'_>) -> Files {
    let mut files = Files::new();
    collect(dir, &mut files);
    files
}

fn collect(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            files.insert(file.path().to_string_lossy().replace('\\', "/"), text.to_owned());
        }
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

#[derive(Default)]
struct Reader {
    content: Content,
    problems: Vec<Problem>,
}

#[derive(Deserialize)]
struct PhrasingRow {
    entry: String,
    lang: String,
    text: String,
}

impl Reader {
    fn problem(&mut self, place: impl fmt::Display, what: impl fmt::Display) {
        self.problems.push(Problem { place: place.to_string(), what: what.to_string() });
    }

    fn toml<T: DeserializeOwned>(&mut self, path: &str, text: &str) -> Option<T> {
        toml::from_str(text).map_err(|error| self.problem(path, error)).ok()
    }

    /// Unwraps a value, or records the problem and gives `None`.
    fn keep<T, E: fmt::Display>(&mut self, place: impl fmt::Display, value: Result<T, E>) -> Option<T> {
        value.map_err(|error| self.problem(place, error)).ok()
    }

    fn topic(&mut self, path: &str, text: &str) -> Option<(u16, Topic, Vec<Entry>)> {
        let file: TopicFile = self.toml(path, text)?;
        let name = path.trim_start_matches("faq/").trim_end_matches(".toml");
        let key = self.keep(path, name.parse())?;
        let topic = Topic { key, emoji: file.emoji, names: file.name, discreet: file.discreet };
        let entries = file.entry.into_iter().filter_map(|row| self.entry(path, row)).collect();
        Some((file.order, topic, entries))
    }

    fn entry(&mut self, path: &str, row: EntryRow) -> Option<Entry> {
        let place = format!("{path}, {}", row.key);
        if format!("faq/{}.toml", row.key.topic()) != path {
            self.problem(&place, "the first half of the key must be the file's name");
        }
        let parts = row.lead.iter().map(|lead| (PartName::Lead, lead));
        let parts = parts.chain(row.parts.iter().map(|(aspect, part)| (PartName::Of(*aspect), part)));
        let provenance = parts.map(|(name, part)| {
            let PartRow { source, seen, certainty, text: _ } = part;
            (name, Provenance { source: source.clone(), seen: *seen, certainty: *certainty })
        });
        let provenance = provenance.collect();
        let mut texts = BTreeMap::new();
        for (lang, question) in &row.question {
            let text = self.text(&place, *lang, question, &row);
            texts.extend(text.map(|text| (*lang, text)));
        }
        Some(Entry {
            key: row.key,
            texts,
            sources: row.sources,
            related: row.related,
            service: row.service,
            discreet: row.discreet,
            provenance,
            rules_changed_on: None,
        })
    }

    fn text(&mut self, place: &str, lang: Lang, question: &str, row: &EntryRow) -> Option<Text> {
        let place = format!("{place}, {lang}");
        let lead = row.lead.as_ref().and_then(|lead| lead.text.get(&lang));
        let answer = match (lead, row.answer.get(&lang)) {
            (Some(lead), None) => lead,
            (None, Some(answer)) => answer,
            (None, None) => {
                self.problem(place, "a question and no answer: write a lead");
                return None;
            }
            (Some(_), Some(_)) => {
                self.problem(place, "a lead and an undivided answer: keep the lead");
                return None;
            }
        };
        let mut text = Text::new(question.to_owned(), self.keep(&place, Rich::parse(answer))?);
        text.apart = row.apart.get(&lang).cloned().unwrap_or_default();
        for (aspect, part) in &row.parts {
            let Some(markdown) = part.text.get(&lang) else { continue };
            let rich = self.keep(format!("{place}, {}", aspect.name()), Rich::parse(markdown))?;
            text.parts.insert(*aspect, Part { text: rich, outdated: None });
        }
        Some(text)
    }

    fn phrasings(&mut self, path: &str, text: &str) {
        let mut rows = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(text.as_bytes());
        for (index, row) in rows.deserialize::<PhrasingRow>().enumerate() {
            let place = format!("{path}, line {}", index + 2);
            if let Some(phrasing) = self.keep(&place, row).and_then(|row| self.phrasing(&place, row)) {
                self.content.phrasings.push(phrasing);
            }
        }
    }

    fn phrasing(&mut self, place: &str, row: PhrasingRow) -> Option<Phrasing> {
        let lang = Lang::parse(&row.lang);
        if lang.is_none() {
            self.problem(place, format!("there is no language `{}`", row.lang));
        }
        let entry = match row.entry.as_str() {
            "-" => None,
            key => Some(self.keep(place, key.parse::<EntryKey>())?),
        };
        Some(Phrasing { entry, lang: lang?, text: row.text.trim().to_owned() })
    }

    fn offices(&mut self, files: &Files) {
        let path = "offices.toml";
        let Some(file) = files.get(path).and_then(|text| self.toml::<OfficesFile>(path, text)) else { return };
        let Some(zone) = self.keep(path, file.time_zone.parse::<Tz>()) else { return };
        self.content.services = file.service.into_iter().map(|s| Service { key: s.key, names: s.name }).collect();
        for row in file.municipality {
            let municipality = self.municipality(path, row, zone);
            self.content.municipalities.extend(municipality);
        }
        for row in file.office {
            let office = self.office(path, row, zone);
            self.content.offices.extend(office);
        }
    }

    fn municipality(&mut self, path: &str, row: MunicipalityRow, time_zone: Tz) -> Option<Municipality> {
        let position = self.keep(format!("{path}, {}", row.key), Position::try_from(row.at))?;
        Some(Municipality { key: row.key, name: row.name, aliases: row.aliases, position, time_zone, overdue: None })
    }

    fn office(&mut self, path: &str, row: OfficeRow, time_zone: Tz) -> Option<Office> {
        let place = format!("{path}, {}", row.key);
        let position = match row.at {
            None => None,
            Some(at) => Some(self.keep(&place, Position::try_from(at))?),
        };
        let hours = match &row.hours {
            None => None,
            Some(hours) => Some(self.keep(&place, Hours::parse(hours))?),
        };
        if position.is_some() != row.position.is_some() {
            self.problem(
                &place,
                "`at` and `position` (`exact` or `approximate`) go together: leave both out where nobody knows",
            );
        }
        if hours.is_none() && row.hours_checked {
            self.problem(&place, "`hours_checked` says that somebody has confirmed hours: write `hours` as well");
        }
        Some(Office {
            key: row.key,
            municipality: row.municipality,
            name: row.name,
            services: row.services,
            languages: row.languages,
            phone: row.phone,
            address: row.address,
            position,
            approximate: matches!(row.position, Some(Precision::Approximate)),
            hours,
            hours_checked: row.hours_checked,
            time_zone,
            active: true,
        })
    }

    fn sources(&mut self, files: &Files) {
        let path = "sources.toml";
        let Some(file) = files.get(path).and_then(|text| self.toml::<SourcesFile>(path, text)) else { return };
        self.content.sources = file
            .source
            .into_iter()
            .map(|row| Source {
                key: row.key,
                kind: row.kind,
                agency: row.agency,
                year: row.year,
                link: row.link.filter(|link| !link.is_empty()),
                titles: row.title,
            })
            .collect();
    }

    fn notes(&mut self, files: &Files) {
        let path = "notes.toml";
        let Some(file) = files.get(path).and_then(|text| self.toml::<NotesFile>(path, text)) else { return };
        for NoteRow { municipality, entry, text } in file.note {
            for (lang, text) in Words::into_iter(text) {
                let place = format!("{path}, {municipality} {entry} {lang}");
                if let Some(text) = self.keep(place, Rich::parse(&text)) {
                    let (municipality, entry) = (municipality.clone(), entry.clone());
                    self.content.notes.push(LocalNote { municipality, entry, lang, text });
                }
            }
        }
    }
}
