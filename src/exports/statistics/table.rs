//! A table of figures, as every page, file and terminal shows it.

use super::disclosure_control::Grid;

/// The id of a table; its name is the same in every language, for programs that read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableId {
    /// The most important sums.
    Summary,
    /// Messages per day.
    Course,
    /// Messages by language.
    Languages,
    /// Outcomes of messages, by language.
    Verdicts,
    /// Messages by day of the week and hour.
    Hours,
    /// Answers by topic.
    Topics,
    /// The most frequent answers.
    Entries,
    /// Parts of answers that were shown, by aspect.
    Parts,
    /// Parts that people asked for and that are missing, by aspect.
    MissingParts,
    /// Messages without an answer.
    Gaps,
    /// Votes on answers, by language.
    Usefulness,
    /// Messages by door.
    Doors,
    /// Messages by chosen municipality.
    Municipalities,
    /// Requests for offices, by municipality.
    Offices,
    /// Lines of help shown, by kind of danger.
    Danger,
    /// Quiet lines shown, by kind of danger.
    DangerCare,
    /// Waiting times for a person's answer.
    FirstAnswer,
    /// State of the texts, by language.
    Upkeep,
    /// How long translations were outdated.
    Fixed,
}

impl TableId {
    /// Its name in files and addresses.
    pub fn name(self) -> &'static str {
        match self {
            TableId::Summary => "summary",
            TableId::Course => "course",
            TableId::Languages => "languages",
            TableId::Verdicts => "verdicts",
            TableId::Hours => "hours",
            TableId::Topics => "topics",
            TableId::Entries => "entries",
            TableId::Parts => "parts",
            TableId::MissingParts => "missing-parts",
            TableId::Gaps => "gaps",
            TableId::Usefulness => "usefulness",
            TableId::Doors => "doors",
            TableId::Municipalities => "municipalities",
            TableId::Offices => "offices",
            TableId::Danger => "danger",
            TableId::DangerCare => "danger-care",
            TableId::FirstAnswer => "first-answer",
            TableId::Upkeep => "upkeep",
            TableId::Fixed => "translations-fixed",
        }
    }
}

/// The value of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// A number of events.
    Count(u64),
    /// Hidden: a small count, or one that would reveal a small one.
    Hidden,
    /// A part of a whole, from 0 to 1.
    Share(f64),
    /// The change since the period before, as a part of the earlier value; negative for less.
    Change(f64),
    /// An average per day.
    Mean(f64),
    /// No value.
    Nothing,
}

impl Figure {
    /// A count, or `Hidden` if there is none.
    pub fn of(count: Option<u64>) -> Figure {
        count.map_or(Figure::Hidden, Figure::Count)
    }

    /// The count, if it is one.
    pub fn count(self) -> Option<u64> {
        match self {
            Figure::Count(n) => Some(n),
            Figure::Hidden | Figure::Share(_) | Figure::Change(_) | Figure::Mean(_) | Figure::Nothing => None,
        }
    }

    /// This count as a part of another.
    pub fn share_of(self, whole: Figure) -> Figure {
        match (self, whole) {
            (Figure::Count(part), Figure::Count(whole)) if whole > 0 => Figure::Share(part as f64 / whole as f64),
            (Figure::Hidden, _) | (_, Figure::Hidden) => Figure::Hidden,
            (_, _) => Figure::Nothing,
        }
    }

    /// The change of this count since `before`.
    pub fn change_since(self, before: Figure) -> Figure {
        match (self, before) {
            (Figure::Count(now), Figure::Count(before)) if before > 0 => {
                Figure::Change((now as f64 - before as f64) / before as f64)
            }
            (Figure::Mean(now), Figure::Mean(before)) if before > 0.0 => Figure::Change((now - before) / before),
            (Figure::Hidden, _) | (_, Figure::Hidden) => Figure::Hidden,
            (_, _) => Figure::Nothing,
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs.
    pub key: String,
    /// Its name for people.
    pub title: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name for programs: an entry's key, a day…
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// One figure per column.
    pub figures: Vec<Figure>,
    /// Whether it is one of the compared parts; a sum, or a step shorter than the others, is not.
    pub is_part: bool,
}

/// A table with its titles.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its id.
    pub id: TableId,
    /// Its title.
    pub title: String,
    /// An explanation needed to read it, or empty.
    pub about: String,
    /// The title of the column of row titles.
    pub corner: String,
    /// The columns after that one.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Whether any figure in it is hidden.
    pub fn hides(&self) -> bool {
        self.rows.iter().any(|row| row.figures.contains(&Figure::Hidden))
    }

    /// The rows that are compared parts.
    pub fn parts(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_part)
    }

    /// The rows of a grid, each followed by its sum, and a last row with the sums of the columns.
    pub(super) fn rows_of(grid: &Grid, titles: &[(String, String)], total: &str) -> Vec<Row> {
        let row = |(n, (key, title)): (usize, &(String, String))| {
            let cells = grid.cells[n].iter().copied().chain([grid.rows[n]]);
            Row { key: key.clone(), title: title.clone(), figures: cells.map(Figure::of).collect(), is_part: true }
        };
        let sums = grid.columns.iter().copied().chain([grid.all]).map(Figure::of).collect();
        let last = Row { key: "total".to_owned(), title: total.to_owned(), figures: sums, is_part: false };
        titles.iter().enumerate().map(row).chain([last]).collect()
    }
}
