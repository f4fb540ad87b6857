//! Bodies: the content of an item as typed. A draft's body may have problems; a published one has none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::aspect::{Aspect, PartName};
use super::entry::Entry;
use super::proposed::ProposedBody;
use super::provenance::Provenance;
pub use super::text_body::{
    LONGEST_ANSWER, LONGEST_APART, LONGEST_PART, LONGEST_QUESTION, MOST_PHRASINGS, TextBody, one_a_line,
};
use crate::domain::offices::hours::Hours;
use crate::domain::offices::position::Position;
use crate::domain::text::id::{EntryKey, ServiceKey, SourceKey};
use crate::domain::text::phone::Phone;
use crate::domain::text::plain;
use crate::domain::text::rich::{Rich, RichError};

/// Longest name, telephone or address of an office in characters: it has to fit on a line of a message.
pub const LONGEST_LINE: usize = 120;

/// The content of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body {
    /// An entry's text.
    Text(TextBody),
    /// An entry's metadata.
    #[serde(rename = "facts")]
    Metadata(MetadataBody),
    /// A municipality's note.
    Note(NoteBody),
    /// An office.
    Office(OfficeBody),
    /// An item that is proposed as a whole.
    Proposed(ProposedBody),
}

/// An entry's metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetadataBody {
    /// The service that is in charge.
    pub service: ServiceKey,
    /// The sources that its answer rests on.
    pub sources: Vec<SourceKey>,
    /// Entries that people often need next.
    pub related: Vec<EntryKey>,
    /// Whether reading about the entry is risky on a phone that others use, whatever its topic is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub discreet: bool,
    /// Where the facts of each part come from; parts that staff wrote have none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provenance: BTreeMap<PartName, Provenance>,
}

/// A municipality's note; publishing an empty one removes the note.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NoteBody {
    /// The note, in the Markdown that `Rich` reads.
    pub text: String,
}

/// An office as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeBody {
    /// Its name as on its door.
    pub name: String,
    /// The services that it gives.
    pub services: Vec<ServiceKey>,
    /// Codes of the languages spoken there (ISO 639-1).
    pub languages: Vec<String>,
    /// Its telephone; empty if unknown.
    pub phone: String,
    /// Its street and number; empty if unknown.
    pub address: String,
    /// Degrees north; `None` if unknown.
    pub lat: Option<f64>,
    /// Degrees east; `None` if unknown.
    pub lon: Option<f64>,
    /// Whether the position is approximate.
    pub approximate: bool,
    /// Opening hours in OpenStreetMap's syntax; empty if unknown.
    pub hours: String,
    /// Whether somebody has confirmed the hours.
    pub hours_checked: bool,
    /// The time zone of its hours, such as `America/Santiago`.
    pub time_zone: String,
    /// Whether it is shown to people; a closed office is kept and not shown.
    pub active: bool,
}

/// A reason why a body cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The field is empty.
    Empty(Field),
    /// The field has more than this number of characters, words or lines.
    TooLong(Field, usize),
    /// The field has Markdown that a message cannot show.
    Form(Field, RichError),
    /// The field is not valid.
    Wrong(Field),
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as the fields of the bodies")]
pub enum Field {
    Question,
    Apart,
    Answer,
    Part(Aspect),
    Phrasings,
    Note,
    Name,
    Position,
    Hours,
    TimeZone,
    Languages,
    Phone,
    Address,
    Services,
}

impl Field {
    /// Its name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Field::Question => "question",
            Field::Apart => "apart",
            Field::Answer => "answer",
            Field::Part(aspect) => aspect.name(),
            Field::Phrasings => "phrasings",
            Field::Note => "text",
            Field::Name => "name",
            Field::Position => "position",
            Field::Hours => "hours",
            Field::TimeZone => "time_zone",
            Field::Languages => "languages",
            Field::Phone => "phone",
            Field::Address => "address",
            Field::Services => "services",
        }
    }
}

impl Problem {
    /// The field with the problem.
    pub fn field(&self) -> Field {
        match self {
            Problem::Empty(field) | Problem::TooLong(field, _) | Problem::Form(field, _) | Problem::Wrong(field) => {
                *field
            }
        }
    }
}

impl Body {
    /// Normalizes line ends and drops control characters, as forms, spreadsheets and chats all do.
    #[must_use]
    pub fn plain(self) -> Body {
        match self {
            Body::Text(text) => Body::Text(text.plain()),
            Body::Metadata(metadata) => Body::Metadata(metadata),
            Body::Note(note) => Body::Note(NoteBody::typed(&note.text)),
            Body::Office(office) => Body::Office(office.plain()),
            Body::Proposed(body) => Body::Proposed(body.plain()),
        }
    }

    /// Everything to correct before it can be published, in the order of the form.
    pub fn problems(&self) -> Vec<Problem> {
        match self {
            Body::Text(text) => text.problems(),
            Body::Metadata(_) => Vec::new(),
            Body::Note(note) if note.text.trim().is_empty() => Vec::new(),
            Body::Note(note) => rich(Field::Note, &note.text).into_iter().collect(),
            Body::Office(office) => office.problems(),
            // Proposals are validated when they are proposed.
            Body::Proposed(_) => Vec::new(),
        }
    }

    /// Its content as text, field by field, for comparison with another version.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        match self {
            Body::Text(text) => text.lines(),
            Body::Metadata(metadata) => metadata.lines(),
            Body::Note(note) => vec![("text", note.text.clone())],
            Body::Office(office) => office.lines(),
            Body::Proposed(body) => body.lines(),
        }
    }
}

impl MetadataBody {
    /// The metadata of a published entry.
    pub fn of(entry: &Entry) -> MetadataBody {
        MetadataBody {
            service: entry.service.clone(),
            sources: entry.sources.clone(),
            related: entry.related.clone(),
            discreet: entry.discreet,
            provenance: entry.provenance.clone(),
        }
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        let provenance = self.provenance.iter().map(|(part, Provenance { source, seen, certainty })| {
            format!("{part}: {source}, {seen}, {}", certainty.name())
        });
        vec![
            ("service", self.service.to_string()),
            ("sources", list(&self.sources)),
            ("related", list(&self.related)),
            ("discreet", if self.discreet { "yes" } else { "" }.to_owned()),
            ("provenance", provenance.collect::<Vec<_>>().join("\n")),
        ]
    }
}

impl NoteBody {
    /// Reads the field of a form.
    pub fn typed(text: &str) -> NoteBody {
        NoteBody { text: plain::lines(text).trim().to_owned() }
    }
}

impl OfficeBody {
    /// Puts each field on one line, drops control characters, and normalizes dashes and spaces in telephone and hours.
    #[must_use]
    pub fn plain(self) -> OfficeBody {
        OfficeBody {
            name: plain::line(&self.name),
            phone: plain::line(&plain::signs(&self.phone)),
            address: plain::line(&self.address),
            hours: plain::line(&plain::signs(&self.hours)),
            time_zone: plain::line(&self.time_zone),
            languages: self.languages.iter().map(|code| plain::line(code)).collect(),
            ..self
        }
    }

    /// Its position; `None` if unknown or outside the valid degrees.
    pub fn position(&self) -> Option<Position> {
        Position::new(self.lat?, self.lon?).ok()
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut check = |bad: bool, problem: Problem| {
            if bad {
                problems.push(problem);
            }
        };
        check(self.name.trim().is_empty(), Problem::Empty(Field::Name));
        let lines = [(Field::Name, &self.name), (Field::Phone, &self.phone), (Field::Address, &self.address)];
        for (field, text) in lines {
            check(text.chars().count() > LONGEST_LINE, Problem::TooLong(field, LONGEST_LINE));
        }
        check(self.services.is_empty(), Problem::Empty(Field::Services));
        check(!plain::is_plain(&self.name), Problem::Wrong(Field::Name));
        check(!self.phone.is_empty() && Phone::parse(&self.phone).is_none(), Problem::Wrong(Field::Phone));
        let somewhere = self.lat.is_some() || self.lon.is_some();
        check(somewhere && self.position().is_none(), Problem::Wrong(Field::Position));
        // Nobody can have confirmed unknown hours.
        check(self.hours.is_empty() && self.hours_checked, Problem::Empty(Field::Hours));
        check(!self.hours.is_empty() && Hours::parse(&self.hours).is_err(), Problem::Wrong(Field::Hours));
        check(self.time_zone.parse::<chrono_tz::Tz>().is_err(), Problem::Wrong(Field::TimeZone));
        check(!self.languages.iter().all(|code| is_language(code)), Problem::Wrong(Field::Languages));
        problems
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let degrees =
            [self.lat, self.lon].map(|degrees| degrees.map(|degrees| degrees.to_string()).unwrap_or_default());
        let has_position = degrees.iter().any(|text| !text.is_empty());
        let position = if has_position { degrees.join(", ") } else { String::new() };
        vec![
            ("name", self.name.clone()),
            ("services", list(&self.services)),
            ("languages", self.languages.join("\n")),
            ("phone", self.phone.clone()),
            ("address", self.address.clone()),
            ("position", position),
            ("approximate", if has_position { yes(self.approximate) } else { String::new() }),
            ("hours", self.hours.clone()),
            ("hours-checked", if self.hours.is_empty() { String::new() } else { yes(self.hours_checked) }),
            ("time-zone", self.time_zone.clone()),
            ("active", yes(self.active)),
        ]
    }
}

/// The number of words in a text in the Markdown that `Rich` reads.
pub fn words(markdown: &str) -> usize {
    let plain = Rich::parse(markdown).map_or_else(|_| markdown.to_owned(), |rich| rich.words());
    plain.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

pub(super) fn rich(field: Field, text: &str) -> Option<Problem> {
    match Rich::parse(text) {
        Ok(_) => None,
        Err(RichError::Empty) => Some(Problem::Empty(field)),
        Err(error) => Some(Problem::Form(field, error)),
    }
}

fn is_language(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
}

fn list<T: ToString>(keys: &[T]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_note_is_no_problem_because_it_takes_the_note_away() {
        assert_eq!(Body::Note(NoteBody::default()).problems(), []);
        assert_eq!(
            Body::Note(NoteBody { text: "<b>".into() }).problems(),
            [Problem::Form(Field::Note, RichError::Form("HTML"))]
        );
    }

    #[test]
    fn an_office_of_which_position_and_hours_are_unknown_has_no_problems_and_claims_nothing() {
        let old = r#"{"kind":"office","name":"A","services":["social"],"languages":[],"phone":"","address":"","lat":-33.4,
            "lon":-70.6,"approximate":true,"hours":"Mo-Fr 09:00-12:00","hours_checked":false,"time_zone":"America/Santiago",
            "active":true}"#;
        let Body::Office(known) = serde_json::from_str::<Body>(old).unwrap() else { panic!("an office") };
        assert_eq!(known.position(), Position::new(-33.4, -70.6).ok(), "what was written before is still read");
        let unknown = OfficeBody { lat: None, lon: None, approximate: false, hours: String::new(), ..known };
        assert_eq!(Body::Office(unknown.clone()).problems(), []);
        let empty: Vec<_> = unknown.lines().into_iter().filter(|(_, text)| text.is_empty()).collect();
        assert!(
            ["position", "approximate", "hours", "hours-checked"].iter().all(|name| empty.iter().any(|e| e.0 == *name))
        );
        let half = OfficeBody { lat: Some(-33.4), ..unknown.clone() };
        assert_eq!(Body::Office(half).problems(), [Problem::Wrong(Field::Position)]);
        let turned = OfficeBody { name: "Oficina\u{202E}anicifO".to_owned(), ..unknown.clone() };
        assert_eq!(Body::Office(turned).problems(), [Problem::Wrong(Field::Name)], "a sign that turns letters");
        let confirmed = OfficeBody { hours_checked: true, ..unknown };
        assert_eq!(Body::Office(confirmed).problems(), [Problem::Empty(Field::Hours)]);
    }

    #[test]
    fn a_body_comes_back_from_its_json() {
        let body = Body::Text(TextBody::typed("q", "a", "p"));
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), body);
    }
}
