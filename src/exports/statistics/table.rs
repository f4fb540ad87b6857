//! A table of figures: what every page, file and terminal shows.

use super::disclosure_control::Grid;

/// What a table is about; its name is the same in every language, for programs that read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableId {
    /// The most important sums.
    Summary,
    /// Messages over the days.
    Course,
    /// Messages by language.
    Languages,
    /// What became of messages, by language.
    Verdicts,
    /// Messages by day of the week and hour.
    Hours,
    /// Answers by topic.
    Topics,
    /// The answers given most.
    Entries,
    /// Messages for which there was no answer.
    Gaps,
    /// Votes on answers, by language.
    Usefulness,
    /// Messages by way in.
    Doors,
    /// Messages by the municipality that was chosen.
    Municipalities,
    /// Offices that were asked for, by municipality.
    Offices,
    /// Lines of help that were put first, by kind of danger.
    Danger,
    /// How long people waited for a person's answer.
    FirstAnswer,
    /// How the texts stand, by language.
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
            TableId::Gaps => "gaps",
            TableId::Usefulness => "usefulness",
            TableId::Doors => "doors",
            TableId::Municipalities => "municipalities",
            TableId::Offices => "offices",
            TableId::Danger => "danger",
            TableId::FirstAnswer => "first-answer",
            TableId::Upkeep => "upkeep",
            TableId::Fixed => "translations-fixed",
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// How often.
    Count(u64),
    /// Hidden: a small count, or one that would give a small one away.
    Hidden,
    /// A part of a whole, from 0 to 1.
    Share(f64),
    /// How much more than before, as a part of what was before; below 0 for less.
    Change(f64),
    /// How often on a day, on average.
    Mean(f64),
    /// There is nothing to say.
    Nothing,
}

impl Figure {
    /// A count that may be hidden.
    pub fn of(count: Option<u64>) -> Figure {
        count.map_or(Figure::Hidden, Figure::Count)
    }

    /// The count, where it is one.
    pub fn count(self) -> Option<u64> {
        match self {
            Figure::Count(n) => Some(n),
            Figure::Hidden | Figure::Share(_) | Figure::Change(_) | Figure::Mean(_) | Figure::Nothing => None,
        }
    }

    /// The part that this count is of another.
    pub fn share_of(self, whole: Figure) -> Figure {
        match (self, whole) {
            (Figure::Count(part), Figure::Count(whole)) if whole > 0 => Figure::Share(part as f64 / whole as f64),
            (Figure::Hidden, _) | (_, Figure::Hidden) => Figure::Hidden,
            (_, _) => Figure::Nothing,
        }
    }

    /// How much more this is than `before`.
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
    /// A figure for each column.
    pub figures: Vec<Figure>,
    /// Whether it is one of the things compared; a sum, or a step that is shorter than the others, is not.
    pub is_part: bool,
}

/// A table with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it is about.
    pub id: TableId,
    /// Its name.
    pub title: String,
    /// What has to be known to read it, or nothing.
    pub about: String,
    /// Over the column of row titles.
    pub corner: String,
    /// The columns after that.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Whether anything in it is hidden.
    pub fn hides(&self) -> bool {
        self.rows.iter().any(|row| row.figures.contains(&Figure::Hidden))
    }

    /// The rows that are compared.
    pub fn parts(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_part)
    }

    /// Rows of a grid with the sum of each behind it, and a last row with the sums of columns.
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
