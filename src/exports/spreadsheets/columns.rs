//! The columns of spreadsheets: names that never change, and explanations in the reader's language.

use serde::{Deserialize, Serialize};

use crate::domain::content::aspect::Aspect;
use crate::i18n::Label;

/// The subject of the rows of a spreadsheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Entries: one row per entry and language.
    Entries,
    /// Offices: one row per office.
    Offices,
    /// Notes of municipalities: one row per municipality, entry and language.
    Notes,
}

impl Subject {
    /// All subjects.
    pub const ALL: [Subject; 3] = [Subject::Entries, Subject::Offices, Subject::Notes];

    /// Its name, used for the sheet, for the file and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Entries => "entries",
            Subject::Offices => "offices",
            Subject::Notes => "notes",
        }
    }

    /// The subject with this name.
    pub fn parse(name: &str) -> Option<Subject> {
        Subject::ALL.into_iter().find(|subject| subject.name() == name)
    }

    /// Its columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Subject::Entries => &ENTRIES,
            Subject::Offices => &OFFICES,
            Subject::Notes => &NOTES,
        }
    }
}

macro_rules! columns {
    ($( $(#[$doc:meta])* $name:ident = $text:literal, $about:ident, $width:literal; )+) => {
        /// A column.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[expect(missing_docs, reason = "named as the fields of bodies; the words in locales/ explain them")]
        pub enum Column { $( $(#[$doc])* $name, )+ }

        impl Column {
            /// All columns.
            pub const ALL: &'static [Column] = &[$( Column::$name, )+];

            /// Its name in the header.
            pub fn name(self) -> &'static str {
                match self { $( Column::$name => $text, )+ }
            }

            /// What it holds.
            pub fn about(self) -> Label<'static> {
                match self { $( Column::$name => Label::$about, )+ }
            }

            /// Its width in a spreadsheet, in characters.
            pub(super) fn width(self) -> u16 {
                match self { $( Column::$name => $width, )+ }
            }
        }
    };
}

columns! {
    Key = "key", ColumnKey, 28;
    Topic = "topic", ColumnTopic, 16;
    Language = "language", ColumnLanguage, 12;
    Question = "question", ColumnQuestion, 36;
    Apart = "apart", ColumnApart, 30;
    Answer = "answer", ColumnAnswer, 50;
    Papers = "papers", AspectPapersAbout, 40;
    Cost = "cost", AspectCostAbout, 40;
    How = "how", AspectHowAbout, 40;
    Where = "where", AspectWhereAbout, 40;
    Time = "time", AspectTimeAbout, 40;
    Refused = "refused", AspectRefusedAbout, 40;
    NoPapers = "no_papers", AspectNoPapersAbout, 40;
    Family = "family", AspectFamilyAbout, 40;
    Rights = "rights", AspectRightsAbout, 40;
    Change = "change", ColumnChange, 14;
    Phrasings = "phrasings", ColumnPhrasings, 50;
    Service = "service", ColumnService, 18;
    Sources = "sources", ColumnSources, 24;
    Related = "related", ColumnRelated, 28;
    Municipality = "municipality", ColumnMunicipality, 18;
    Name = "name", ColumnName, 36;
    Services = "services", ColumnServices, 24;
    Languages = "languages", ColumnLanguages, 12;
    Phone = "phone", ColumnPhone, 20;
    Address = "address", ColumnAddress, 36;
    Lat = "lat", ColumnLat, 12;
    Lon = "lon", ColumnLon, 12;
    Approximate = "approximate", ColumnApproximate, 12;
    Hours = "hours", ColumnHours, 36;
    HoursChecked = "hours_checked", ColumnHoursChecked, 14;
    TimeZone = "time_zone", ColumnTimeZone, 20;
    Active = "active", ColumnActive, 10;
    Note = "note", ColumnNote, 70;
}

const ENTRIES: [Column; 20] = [
    Column::Key,
    Column::Topic,
    Column::Language,
    Column::Question,
    Column::Apart,
    Column::Answer,
    Column::Papers,
    Column::Cost,
    Column::How,
    Column::Where,
    Column::Time,
    Column::Refused,
    Column::NoPapers,
    Column::Family,
    Column::Rights,
    Column::Change,
    Column::Service,
    Column::Sources,
    Column::Related,
    // The last column: phrasings that do not fit into one cell continue in the next.
    Column::Phrasings,
];

const OFFICES: [Column; 14] = [
    Column::Key,
    Column::Municipality,
    Column::Name,
    Column::Services,
    Column::Languages,
    Column::Phone,
    Column::Address,
    Column::Lat,
    Column::Lon,
    Column::Approximate,
    Column::Hours,
    Column::HoursChecked,
    Column::TimeZone,
    Column::Active,
];

const NOTES: [Column; 4] = [Column::Municipality, Column::Key, Column::Language, Column::Note];

impl Column {
    /// The column with this name in a header: capitals do not matter, and phrasings may continue in `phrasings 2`.
    pub(super) fn parse(name: &str) -> Option<Column> {
        let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
        let first = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
        let named = |name: &str| Column::ALL.iter().copied().find(|column| column.name() == name);
        named(&plain).or_else(|| named(first).filter(|column| *column == Column::Phrasings))
    }

    /// The column of an aspect's parts.
    pub(super) fn of_aspect(aspect: Aspect) -> Column {
        match aspect {
            Aspect::Papers => Column::Papers,
            Aspect::Cost => Column::Cost,
            Aspect::How => Column::How,
            Aspect::Where => Column::Where,
            Aspect::Time => Column::Time,
            Aspect::Refused => Column::Refused,
            Aspect::NoPapers => Column::NoPapers,
            Aspect::Family => Column::Family,
            Aspect::Rights => Column::Rights,
        }
    }

    /// Whether a spreadsheet may omit the column: its values follow from other columns, or stay as they are published
    /// (files from before answers had parts).
    pub(super) fn is_optional(self) -> bool {
        let of_a_part = Aspect::ALL.into_iter().any(|aspect| Column::of_aspect(aspect) == self);
        of_a_part || matches!(self, Column::Topic | Column::Change | Column::Apart)
    }
}
