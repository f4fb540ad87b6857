//! The report of a dry run: the outcome of each row, and the drafts that an import would write.

use serde::{Deserialize, Serialize};

use super::columns::{Column, Subject};
use super::flaw::Flaw;
use crate::domain::content::body::Body;
use crate::domain::content::draft::Change;
use crate::domain::content::item::ContentItem;
use crate::domain::text::lang::Lang;

/// The outcome of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowOutcome {
    /// It cannot be imported.
    Refused,
    /// It differs from the published version.
    Changed,
    /// Nothing is published yet.
    New,
    /// An equal draft is already in review.
    Waiting,
    /// It equals the published version.
    Same,
}

impl RowOutcome {
    /// All outcomes, the most serious first.
    pub const ALL: [RowOutcome; 5] =
        [RowOutcome::Refused, RowOutcome::Changed, RowOutcome::New, RowOutcome::Waiting, RowOutcome::Same];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            RowOutcome::Refused => "refused",
            RowOutcome::Changed => "changed",
            RowOutcome::New => "new",
            RowOutcome::Waiting => "waiting",
            RowOutcome::Same => "same",
        }
    }

    /// The outcome with this name.
    pub fn parse(name: &str) -> Option<RowOutcome> {
        RowOutcome::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// A change of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The column.
    pub column: Column,
    /// The published value.
    pub was: String,
    /// The value in the spreadsheet.
    pub now: String,
}

/// A row of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The number of the row as the spreadsheet program shows it.
    pub row: u32,
    /// The key as typed.
    pub key: String,
    /// The language, if the row has one.
    pub lang: Option<Lang>,
    /// The outcome.
    #[serde(rename = "fate")]
    pub outcome: RowOutcome,
    /// The changes.
    pub differences: Vec<Difference>,
    /// The reasons for refusing the row.
    pub flaws: Vec<(Option<Column>, Flaw)>,
    /// Values that are possible but not plausible: somebody must confirm them.
    #[serde(default)]
    pub asks: Vec<(Column, Flaw)>,
}

/// A draft that an import would write.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The content item.
    pub item: ContentItem,
    /// The draft's content.
    pub body: Body,
    /// The published version.
    pub base: Option<Body>,
    /// The effect on other languages.
    pub change: Change,
}

/// The result of a dry run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The subject of the rows.
    pub subject: Subject,
    /// The sheet's name.
    pub sheet: String,
    /// Every row, in its order.
    pub lines: Vec<Line>,
    /// The drafts to write; none if a row is refused. Not stored: the spreadsheet is checked again before the import.
    #[serde(skip)]
    pub proposals: Vec<Proposal>,
}

impl Report {
    /// How many rows have this outcome.
    pub fn count(&self, outcome: RowOutcome) -> usize {
        self.lines.iter().filter(|line| line.outcome == outcome).count()
    }

    /// How many rows have values that somebody must confirm.
    pub fn asking(&self) -> usize {
        self.lines.iter().filter(|line| !line.asks.is_empty()).count()
    }

    /// Whether it can be imported: no row is refused and there is something to write.
    pub fn can_be_imported(&self) -> bool {
        self.count(RowOutcome::Refused) == 0 && self.count(RowOutcome::Changed) + self.count(RowOutcome::New) > 0
    }
}
