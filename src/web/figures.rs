//! Renders tables of figures with their charts, for the dashboard, the report and the public page.

use std::borrow::Borrow;

use askama::Template;

use super::charts;
use crate::exports::statistics::{Figure, Statistics, Table, TableId};
use crate::i18n::{Label, say};

/// The tables of a page.
#[derive(Template)]
#[template(path = "figures.html")]
pub(super) struct Figures<'a> {
    statistics: &'a Statistics,
    /// Whether the tables beside charts are open.
    open: bool,
    /// Whether entries link to their pages in the console.
    links: bool,
}

impl<'a> Figures<'a> {
    /// For the dashboard: charts first, tables closed.
    pub fn of_the_dashboard(statistics: &'a Statistics, links: bool) -> Figures<'a> {
        Figures { statistics, open: false, links }
    }

    /// For reading and printing: all tables are open.
    pub fn on_paper(statistics: &'a Statistics) -> Figures<'a> {
        Figures { statistics, open: true, links: false }
    }

    fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.statistics.lang, label.borrow())
    }

    fn chart(&self, table: &Table) -> Option<String> {
        let lang = self.statistics.lang;
        match table.id {
            TableId::Course => charts::lines(table),
            TableId::Hours => charts::squares(table, lang),
            TableId::Entries => charts::bars(table, &["count"], lang),
            TableId::Gaps => charts::bars(table, &["not-understood", "none-fitted"], lang),
            TableId::Summary
            | TableId::Languages
            | TableId::Verdicts
            | TableId::Topics
            | TableId::Parts
            | TableId::MissingParts
            | TableId::Usefulness
            | TableId::Doors
            | TableId::Municipalities
            | TableId::Offices
            | TableId::Danger
            | TableId::DangerCare
            | TableId::FirstAnswer
            | TableId::Upkeep
            | TableId::Fixed => None,
        }
    }

    fn figure(&self, figure: &Figure) -> String {
        figure.words(self.statistics.lang)
    }

    /// Whether a table needs the full width.
    fn is_wide(&self, table: &Table) -> bool {
        table.columns.len() > 8 || table.id == TableId::Upkeep
    }

    fn is_linked(&self, table: &Table) -> bool {
        self.links && table.id == TableId::Entries
    }
}
