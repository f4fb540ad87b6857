//! Statistics: tables of the daily counters of a period, for the dashboard, the report, files and the terminal.
//!
//! All of them use [`Statistics`], so that no two of them can differ. For a reader outside the console small counts are
//! hidden (`disclosure_control.rs` has the rule).

mod answers;
mod disclosure_control;
mod file;
mod load;
mod maker;
mod messages;
mod names;
mod numbers;
mod places;
mod summary;
mod table;
mod tables;
mod upkeep;
mod when;

use chrono::NaiveDate;

use crate::domain::statistics::period::Period;
use crate::domain::text::lang::Lang;
use crate::store::{Db, StoreError};

pub use self::disclosure_control::LEAST;
pub use self::file::{csv, json, xlsx};
pub use self::load::Filter;
pub use self::maker::Reader;
pub use self::names::Names;
pub use self::numbers::{percent, plain, span};
pub use self::table::{Column, Figure, Row, Table, TableId};

/// The figures of a period, compared with the period before.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// The period.
    pub period: Period,
    /// The period before, for comparison.
    pub before: Period,
    /// The language of the titles.
    pub lang: Lang,
    /// The reader: outside the console small counts are hidden.
    pub reader: Reader,
    /// The tables that have rows, in order.
    pub tables: Vec<Table>,
}

impl Statistics {
    /// All figures, for the console, with a filter; titles in `lang`.
    pub async fn inside(
        db: &Db,
        period: Period,
        filter: &Filter,
        names: &Names,
        lang: Lang,
        today: NaiveDate,
    ) -> Result<Statistics, StoreError> {
        let gathered = load::gather(db, period, filter, today).await?;
        Ok(Statistics::of(&gathered, names, lang, Reader::Inside))
    }

    /// The figures that may leave the console. Never filtered: the difference of two filtered results would reveal
    /// hidden counts.
    pub async fn outside(
        db: &Db,
        period: Period,
        names: &Names,
        lang: Lang,
        today: NaiveDate,
    ) -> Result<Statistics, StoreError> {
        let gathered = load::gather(db, period, &Filter::default(), today).await?;
        Ok(Statistics::of(&gathered, names, lang, Reader::Outside))
    }

    fn of(gathered: &load::Gathered, names: &Names, lang: Lang, reader: Reader) -> Statistics {
        let period = gathered.period;
        let tables = tables::tables(gathered, names, lang, reader);
        Statistics { period, before: period.before(), lang, reader, tables }
    }

    /// The table with this id, if it has rows.
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}
