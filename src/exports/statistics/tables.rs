//! Makes all tables of the statistics, in their order.

use super::load::Gathered;
use super::maker::{Maker, Reader};
use super::names::Names;
use super::table::Table;
use super::upkeep;
use crate::domain::text::lang::Lang;

/// All tables that have rows.
pub(super) fn tables(gathered: &Gathered, names: &Names, lang: Lang, reader: Reader) -> Vec<Table> {
    let maker = Maker { gathered, names, lang, reader };
    let by_topic = gathered.filter.topic.is_some();
    let always = [maker.course(), maker.topics(), maker.entries()];
    // These counters are not kept by topic.
    let rest = || {
        let verdicts = maker.verdicts();
        let gaps = maker.gaps(&verdicts);
        let first = [maker.summary(), maker.languages(), verdicts, gaps, maker.hours(), maker.usefulness()];
        let parts = [maker.parts(), maker.missing_parts()];
        let more = [maker.doors(), maker.municipalities(), maker.offices(), maker.first_answer()];
        first.into_iter().chain(parts).chain(more).chain([maker.danger(), maker.danger_care()])
    };
    let upkeep = [upkeep::texts(&maker), upkeep::fixed(&maker)];
    let all = always.into_iter().chain((!by_topic).then(rest).into_iter().flatten()).chain(upkeep);
    let mut all: Vec<Table> = all.filter(|table| !table.rows.is_empty()).collect();
    all.sort_by_key(|table| table.id as u8);
    all
}
