//! The basis of all tables: the sums, the names, the language and the reader.

use super::disclosure_control::{Grid, LEAST, hide_grid, hide_parts, whole_grid};
use super::load::{Gathered, Sum};
use super::names::Names;
use super::table::{Column, Figure, Row, Table, TableId};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};

/// The reader of the statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person who is signed in to the console: sees every count.
    Inside,
    /// Anybody else: small counts are hidden.
    Outside,
}

/// A key and a title.
pub(super) type Named = (String, String);

/// Makes tables from the query results.
pub(super) struct Maker<'a> {
    pub gathered: &'a Gathered,
    pub names: &'a Names,
    pub lang: Lang,
    pub reader: Reader,
}

impl Maker<'_> {
    pub fn word(&self, label: Label<'_>) -> String {
        say(self.lang, &label)
    }

    pub fn now(&self) -> Sum<'_> {
        Sum(&self.gathered.now)
    }

    pub fn before(&self) -> Sum<'_> {
        Sum(&self.gathered.before)
    }

    pub fn column(&self, key: &str, label: Label<'_>) -> Column {
        Column { key: key.to_owned(), title: self.word(label) }
    }

    pub fn langs(&self) -> impl Iterator<Item = Lang> + Clone {
        let only = self.gathered.filter.lang;
        Lang::all().filter(move |lang| only.is_none_or(|only| only == *lang))
    }

    pub fn lang_columns(&self) -> Vec<Column> {
        let langs = self.langs().map(|lang| Column { key: lang.code().to_owned(), title: lang.name().to_owned() });
        langs.chain([self.column("total", Label::StatsTotal)]).collect()
    }

    /// A sum that is not part of another sum.
    pub fn alone(&self, n: u64) -> Figure {
        match self.reader {
            Reader::Inside => Figure::Count(n),
            Reader::Outside if n == 0 || n >= LEAST => Figure::Count(n),
            Reader::Outside => Figure::Hidden,
        }
    }

    pub fn grid(&self, cells: &[Vec<u64>]) -> Grid {
        match self.reader {
            Reader::Inside => whole_grid(cells),
            Reader::Outside => hide_grid(cells),
        }
    }

    /// The parts of a whole, followed by the whole.
    pub fn divided(&self, parts: &[u64]) -> Vec<Figure> {
        let shown = match self.reader {
            Reader::Inside => parts.iter().copied().map(Some).collect(),
            Reader::Outside => hide_parts(parts).unwrap_or_else(|| vec![None; parts.len()]),
        };
        let whole = self.alone(parts.iter().sum());
        shown.into_iter().map(Figure::of).chain([whole]).collect()
    }

    /// A table that compares the parts of a whole with the period before; it has no rows if nothing was counted.
    pub fn compared(
        &self,
        (id, title, about): (TableId, Label<'_>, Option<Label<'_>>),
        corner: Label<'_>,
        keys: Vec<Named>,
        counts: impl Fn(Sum<'_>, &str) -> u64,
    ) -> Table {
        let of = |sum: Sum<'_>| keys.iter().map(|(key, _)| counts(sum, key)).collect::<Vec<u64>>();
        let (now, before) = (of(self.now()), of(self.before()));
        let is_empty = now.iter().chain(&before).all(|n| *n == 0);
        let (now, before) = (self.divided(&now), self.divided(&before));
        let whole = now.last().copied().unwrap_or(Figure::Nothing);
        let total = ("total".to_owned(), self.word(Label::StatsTotal));
        let count = keys.len();
        let titles = keys.into_iter().chain([total]).enumerate();
        let row = |((place, (key, title)), (now, before)): ((usize, Named), (Figure, Figure))| Row {
            key,
            title,
            figures: vec![now, now.share_of(whole), before, now.change_since(before)],
            is_part: place < count,
        };
        Table {
            id,
            title: self.word(title),
            about: about.map(|about| self.word(about)).unwrap_or_default(),
            corner: self.word(corner),
            columns: vec![
                self.column("count", Label::StatsNow),
                self.column("share", Label::StatsShare),
                self.column("before", Label::StatsBefore),
                self.column("change", Label::StatsChange),
            ],
            rows: if is_empty { Vec::new() } else { titles.zip(now.into_iter().zip(before)).map(row).collect() },
        }
    }

    pub fn by_lang(
        &self,
        (id, title, about): (TableId, Label<'_>, Option<Label<'_>>),
        cells: &[Vec<u64>],
        titles: &[Named],
    ) -> Table {
        let is_empty = cells.iter().flatten().all(|n| *n == 0);
        let rows = || Table::rows_of(&self.grid(cells), titles, &self.word(Label::StatsTotal));
        Table {
            id,
            title: self.word(title),
            about: about.map(|about| self.word(about)).unwrap_or_default(),
            corner: String::new(),
            columns: self.lang_columns(),
            rows: if is_empty { Vec::new() } else { rows() },
        }
    }
}
