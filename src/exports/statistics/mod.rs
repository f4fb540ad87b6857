//! Statistics: what the daily counters say about a period, as tables for the dashboard, the report, files and the terminal.
//!
//! All of them come from [`Statistics`], so that no two of them can differ. For a reader outside the console small counts are
//! hidden (see `disclosure_control.rs` for the rule).

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

/// What was counted in a period, beside the period before.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// The days.
    pub period: Period,
    /// The days before, to compare with.
    pub before: Period,
    /// The language of the words.
    pub lang: Lang,
    /// Whether small counts are hidden.
    pub reader: Reader,
    /// The tables that have something to say, in their order.
    pub tables: Vec<Table>,
}

impl Statistics {
    /// Everything, for the console, narrowed to what is looked for; words in `lang`.
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

    /// What may leave the console, never narrowed: the difference between two narrowed ones would tell what each hides.
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

    /// The table of this kind, where there is one.
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}
