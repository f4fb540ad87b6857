//! The report of a dry run: what would become of each row, and what would be written.

use serde::{Deserialize, Serialize};

use super::columns::{Column, Subject};
use super::flaw::Flaw;
use crate::domain::content::body::Body;
use crate::domain::content::draft::Change;
use crate::domain::content::item::ContentItem;
use crate::domain::text::lang::Lang;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowOutcome {
    /// It cannot be taken.
    Refused,
    /// It says something else than what is published.
    Changed,
    /// There was nothing yet.
    New,
    /// It says what waits for review already.
    Waiting,
    /// It says what is published.
    Same,
}

impl RowOutcome {
    /// All, the gravest first.
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

    /// The fate with this name.
    pub fn parse(name: &str) -> Option<RowOutcome> {
        RowOutcome::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// What changes in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Where.
    pub column: Column,
    /// What is published.
    pub was: String,
    /// What the table says.
    pub now: String,
}

/// A row of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// As the program numbers it.
    pub row: u32,
    /// The key as it was written.
    pub key: String,
    /// The language, where the row has one.
    pub lang: Option<Lang>,
    /// What becomes of it.
    #[serde(rename = "fate")]
    pub outcome: RowOutcome,
    /// What changes.
    pub differences: Vec<Difference>,
    /// Why it is refused.
    pub flaws: Vec<(Option<Column>, Flaw)>,
    /// What is possible and not plausible: somebody has to say that it is right.
    #[serde(default)]
    pub asks: Vec<(Column, Flaw)>,
}

/// What would be written: a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// About which piece.
    pub item: ContentItem,
    /// What it says.
    pub body: Body,
    /// What is published.
    pub base: Option<Body>,
    /// What it does to other languages.
    pub change: Change,
}

/// What a dry run found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What the table is about.
    pub subject: Subject,
    /// The sheet's name.
    pub sheet: String,
    /// Every row, in its order.
    pub lines: Vec<Line>,
    /// What would be written; nothing where a row is refused. It is not kept: the table is checked again before it is imported.
    #[serde(skip)]
    pub proposals: Vec<Proposal>,
}

impl Report {
    /// How many rows have this fate.
    pub fn count(&self, outcome: RowOutcome) -> usize {
        self.lines.iter().filter(|line| line.outcome == outcome).count()
    }

    /// How many rows hold something that somebody has to say is right.
    pub fn asking(&self) -> usize {
        self.lines.iter().filter(|line| !line.asks.is_empty()).count()
    }

    /// Whether it can be imported: no row is refused and there is something to write.
    pub fn can_be_imported(&self) -> bool {
        self.count(RowOutcome::Refused) == 0 && self.count(RowOutcome::Changed) + self.count(RowOutcome::New) > 0
    }
}
