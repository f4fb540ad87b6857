//! Tables of upkeep: the state of the published texts today, and how long translations were outdated.

use super::load::Sum;
use super::maker::Maker;
use super::table::{Column, Figure, Row, Table, TableId};
use crate::domain::content::text_status::Due;
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::content::overview::{EntryOverview, TextOverview};
use crate::store::statistics::events::Delay;

/// The states of a text; the first is the whole of which the others are parts.
const STATES: [(&str, Label<'static>); 6] = [
    ("published", Label::StatsTexts),
    ("in-date", Label::StatsInDate),
    ("outdated", Label::StateOutdated),
    ("withdrawn", Label::StateWithdrawn),
    ("missing", Label::StateMissing),
    ("parity", Label::StatsParity),
];

/// The state of the texts of each language. Nothing is hidden: these are texts, not people.
pub(super) fn texts(maker: &Maker<'_>) -> Table {
    let only = maker.gathered.filter.topic.as_ref();
    let entries: Vec<&EntryOverview> =
        maker.gathered.texts.iter().filter(|entry| only.is_none_or(|topic| entry.key.topic() == *topic)).collect();
    let row = |lang: Lang| Row {
        key: lang.code().to_owned(),
        title: lang.name().to_owned(),
        figures: figures(maker, &entries, lang),
        is_part: true,
    };
    Table {
        id: TableId::Upkeep,
        title: maker.word(Label::StatsUpkeep),
        about: maker.word(Label::StatsUpkeepAbout),
        corner: maker.word(Label::Language),
        columns: STATES.map(|(key, label)| maker.column(key, label)).into(),
        rows: if entries.is_empty() { Vec::new() } else { Lang::all().map(row).collect() },
    }
}

fn figures(maker: &Maker<'_>, entries: &[&EntryOverview], lang: Lang) -> Vec<Figure> {
    let texts: Vec<&TextOverview> = entries.iter().filter_map(|entry| entry.texts.get(&lang)).collect();
    let count = |fits: &dyn Fn(&TextOverview) -> bool| texts.iter().filter(|text| fits(text)).count() as u64;
    let is_current = |text: &TextOverview| !text.is_outdated() && text.withdrawn.is_none();
    let is_in_date = |text: &TextOverview| {
        let until = text.check.as_ref().map(|(_, _, until)| *until);
        is_current(text) && matches!(Due::of(until, maker.gathered.today), Due::Fine | Due::Soon)
    };
    let published = Figure::Count(texts.len() as u64);
    let current = count(&is_current);
    vec![
        published,
        Figure::Count(count(&is_in_date)).share_of(published),
        Figure::Count(count(&|text| text.is_outdated())),
        Figure::Count(count(&|text| text.withdrawn.is_some())),
        Figure::Count((entries.len() - texts.len()) as u64),
        Figure::Count(current).share_of(Figure::Count(entries.len() as u64)),
    ]
}

/// How long the translations that were corrected in the period had been outdated.
pub(super) fn fixed(maker: &Maker<'_>) -> Table {
    let title = |delay: Delay| match delay {
        Delay::Day => Label::StatsWithinDay,
        Delay::Week => Label::StatsWithinWeek,
        Delay::Month => Label::StatsWithinMonth,
        Delay::Longer => Label::StatsLonger,
    };
    let sum: Sum<'_> = maker.now();
    let count = |delay: Delay| sum.to(&["translation-fixed"], delay.name());
    let row = |delay: Delay| Row {
        key: delay.name().to_owned(),
        title: maker.word(title(delay)),
        figures: vec![Figure::Count(count(delay))],
        is_part: true,
    };
    let is_empty = Delay::ALL.into_iter().all(|delay| count(delay) == 0);
    Table {
        id: TableId::Fixed,
        title: maker.word(Label::StatsFixed),
        about: String::new(),
        corner: maker.word(Label::StatsWait),
        columns: vec![Column { key: "count".to_owned(), title: maker.word(Label::StatsNow) }],
        rows: if is_empty { Vec::new() } else { Delay::ALL.map(row).into() },
    }
}
