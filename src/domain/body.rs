//! Bodies: what a piece says, as it was typed. A draft may be unfinished; what is published has no problems.

use serde::{Deserialize, Serialize};

use super::hours::Hours;
use super::id::{EntryKey, ServiceKey, SourceKey};
use super::position::Position;
use super::rich::{NotRich, Rich};

/// Longest question in characters: it has to fit on a button.
pub const LONGEST_QUESTION: usize = 60;
/// Longest answer in words: more is not read on a phone.
pub const LONGEST_ANSWER: usize = 130;
/// Most phrasings of an entry in one language.
pub const MOST_PHRASINGS: usize = 500;

/// What a piece says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body {
    /// Of an entry's text.
    Text(TextBody),
    /// Of an entry's facts.
    Facts(FactsBody),
    /// Of a municipality's note.
    Note(NoteBody),
    /// Of an office.
    Office(OfficeBody),
}

/// An entry's words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextBody {
    /// As a person would ask.
    pub question: String,
    /// The answer, in the small part of Markdown.
    pub answer: String,
    /// Messages as people write them.
    pub phrasings: Vec<String>,
}

/// What an entry rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactsBody {
    /// The kind of office in charge.
    pub service: ServiceKey,
    /// What it rests on.
    pub sources: Vec<SourceKey>,
    /// Entries that people often need next.
    pub related: Vec<EntryKey>,
}

/// What a municipality adds to an entry; nothing takes the note away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NoteBody {
    /// The lines, in the small part of Markdown.
    pub text: String,
}

/// An office as it was typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeBody {
    /// Its name as on its door.
    pub name: String,
    /// What it does.
    pub services: Vec<ServiceKey>,
    /// Codes of the languages spoken there (ISO 639-1).
    pub languages: Vec<String>,
    /// Its telephone; empty where it is not known.
    pub phone: String,
    /// Its street and number; empty where it is not known.
    pub address: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Whether the position is only about right.
    pub approximate: bool,
    /// Opening hours in OpenStreetMap's syntax.
    pub hours: String,
    /// Whether somebody has confirmed the hours.
    pub hours_checked: bool,
    /// The time zone its hours are meant in, such as `America/Santiago`.
    pub time_zone: String,
    /// Whether people are sent there.
    pub active: bool,
}

/// Why a body cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Nothing is written in this field.
    Empty(Field),
    /// More than so many characters, words or lines.
    TooLong(Field, usize),
    /// Markdown that a message cannot show.
    Form(Field, NotRich),
    /// Something that is not as it has to be.
    Wrong(Field),
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as the fields of the bodies")]
pub enum Field {
    Question,
    Answer,
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
            Field::Answer => "answer",
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
    /// The field that it is in.
    pub fn field(&self) -> Field {
        match self {
            Problem::Empty(field) | Problem::TooLong(field, _) | Problem::Form(field, _) | Problem::Wrong(field) => {
                *field
            }
        }
    }
}

impl Body {
    /// Everything that has to be mended before it can be published, in the order of the form.
    pub fn problems(&self) -> Vec<Problem> {
        match self {
            Body::Text(text) => text.problems(),
            Body::Facts(_) => Vec::new(),
            Body::Note(note) if note.text.trim().is_empty() => Vec::new(),
            Body::Note(note) => rich(Field::Note, &note.text).into_iter().collect(),
            Body::Office(office) => office.problems(),
        }
    }

    /// Its words field by field, to be compared with those of another version.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        match self {
            Body::Text(text) => vec![
                ("question", text.question.clone()),
                ("answer", text.answer.clone()),
                ("phrasings", text.phrasings.join("\n")),
            ],
            Body::Facts(facts) => vec![
                ("service", facts.service.to_string()),
                ("sources", list(&facts.sources)),
                ("related", list(&facts.related)),
            ],
            Body::Note(note) => vec![("text", note.text.clone())],
            Body::Office(office) => office.lines(),
        }
    }
}

impl TextBody {
    /// As it was typed in a form: a phrasing a line.
    pub fn typed(question: &str, answer: &str, phrasings: &str) -> TextBody {
        let mut lines: Vec<String> = Vec::new();
        for line in phrasings.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !lines.iter().any(|known| known == line) {
                lines.push(line.to_owned());
            }
        }
        TextBody { question: question.trim().to_owned(), answer: unix(answer), phrasings: lines }
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.question.trim().is_empty() {
            problems.push(Problem::Empty(Field::Question));
        } else if self.question.chars().count() > LONGEST_QUESTION {
            problems.push(Problem::TooLong(Field::Question, LONGEST_QUESTION));
        }
        problems.extend(rich(Field::Answer, &self.answer));
        if words(&self.answer) > LONGEST_ANSWER {
            problems.push(Problem::TooLong(Field::Answer, LONGEST_ANSWER));
        }
        if self.phrasings.len() > MOST_PHRASINGS {
            problems.push(Problem::TooLong(Field::Phrasings, MOST_PHRASINGS));
        }
        problems
    }
}

impl OfficeBody {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut check = |bad: bool, problem: Problem| {
            if bad {
                problems.push(problem);
            }
        };
        check(self.name.trim().is_empty(), Problem::Empty(Field::Name));
        check(self.services.is_empty(), Problem::Empty(Field::Services));
        check(!is_phone(&self.phone), Problem::Wrong(Field::Phone));
        check(Position::new(self.lat, self.lon).is_err(), Problem::Wrong(Field::Position));
        check(Hours::parse(&self.hours).is_err(), Problem::Wrong(Field::Hours));
        check(self.time_zone.parse::<chrono_tz::Tz>().is_err(), Problem::Wrong(Field::TimeZone));
        check(!self.languages.iter().all(|code| is_language(code)), Problem::Wrong(Field::Languages));
        problems
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        vec![
            ("name", self.name.clone()),
            ("services", list(&self.services)),
            ("languages", self.languages.join("\n")),
            ("phone", self.phone.clone()),
            ("address", self.address.clone()),
            ("position", format!("{}, {}", self.lat, self.lon)),
            ("approximate", yes(self.approximate)),
            ("hours", self.hours.clone()),
            ("hours-checked", yes(self.hours_checked)),
            ("time-zone", self.time_zone.clone()),
            ("active", yes(self.active)),
        ]
    }
}

/// Words of a text in the small part of Markdown.
pub fn words(markdown: &str) -> usize {
    let plain = Rich::parse(markdown).map_or_else(|_| markdown.to_owned(), |rich| rich.words());
    plain.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn rich(field: Field, text: &str) -> Option<Problem> {
    match Rich::parse(text) {
        Ok(_) => None,
        Err(NotRich::Empty) => Some(Problem::Empty(field)),
        Err(error) => Some(Problem::Form(field, error)),
    }
}

/// Browsers send lines that end with two signs.
fn unix(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn is_phone(phone: &str) -> bool {
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '-' | '*');
    phone.chars().all(allowed) && (phone.is_empty() || phone.chars().any(|c| c.is_ascii_digit()))
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
    fn a_phrasing_is_a_line_and_stands_once() {
        let text = TextBody::typed(" q ", "a\r\nb", "one\r\n\r\n two \none");
        assert_eq!(
            text,
            TextBody { question: "q".into(), answer: "a\nb".into(), phrasings: vec!["one".into(), "two".into()] }
        );
    }

    #[test]
    fn an_unfinished_text_says_all_that_is_missing() {
        let text = Body::Text(TextBody::typed("", "# Big", ""));
        assert_eq!(
            text.problems(),
            [Problem::Empty(Field::Question), Problem::Form(Field::Answer, NotRich::Form("headings"))]
        );
        let long = TextBody::typed(&"q".repeat(61), &"word ".repeat(131), "");
        assert_eq!(
            Body::Text(long).problems(),
            [Problem::TooLong(Field::Question, 60), Problem::TooLong(Field::Answer, 130)]
        );
    }

    #[test]
    fn an_empty_note_is_no_problem_because_it_takes_the_note_away() {
        assert_eq!(Body::Note(NoteBody::default()).problems(), []);
        assert_eq!(
            Body::Note(NoteBody { text: "<b>".into() }).problems(),
            [Problem::Form(Field::Note, NotRich::Form("HTML"))]
        );
    }

    #[test]
    fn a_body_comes_back_from_its_json() {
        let body = Body::Text(TextBody::typed("q", "a", "p"));
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), body);
    }
}
