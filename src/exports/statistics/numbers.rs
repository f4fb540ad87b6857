//! Figures as text: numbers in the notation of a language.

use super::table::Figure;
use super::{Period, Reader, Statistics};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, day, say};

/// The separator between groups of three digits: a narrow space, which no language uses as a decimal sign.
const BETWEEN: &str = "\u{202f}";

impl Figure {
    /// The figure as shown to people; a hidden one is a star.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Figure::Count(n) => grouped(n),
            Figure::Hidden => "*".to_owned(),
            Figure::Share(part) => percent(lang, part),
            Figure::Change(part) if part > 0.0 => format!("+{}", percent(lang, part)),
            Figure::Change(part) if part < 0.0 => format!("−{}", percent(lang, -part)),
            Figure::Change(_) => percent(lang, 0.0),
            Figure::Mean(n) => format!("{n:.1}").replace('.', &lang.about().decimal),
            Figure::Nothing => "–".to_owned(),
        }
    }

    /// The figure as a number for programs and spreadsheets; nothing if it is hidden or has no value.
    pub fn number(self) -> Option<f64> {
        match self {
            Figure::Count(n) => Some(n as f64),
            Figure::Share(x) | Figure::Change(x) => Some((x * 10_000.0).round() / 10_000.0),
            Figure::Mean(x) => Some((x * 10.0).round() / 10.0),
            Figure::Hidden | Figure::Nothing => None,
        }
    }
}

fn grouped(n: u64) -> String {
    let figures = n.to_string();
    if figures.len() < 5 {
        return figures;
    }
    let groups: Vec<&str> =
        figures.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or("")).collect();
    groups.join(BETWEEN)
}

/// A part of 1 in whole percent; `<1` if it is positive and rounds to zero.
pub fn percent(lang: Lang, part: f64) -> String {
    let whole = (part * 100.0).round();
    let number = if whole == 0.0 && part > 0.0 { "<1".to_owned() } else { format!("{whole:.0}") };
    say(lang, &Label::StatsPercent { number: &number })
}

/// The dates of a period in words.
pub fn span(lang: Lang, period: Period) -> String {
    say(lang, &Label::StatsSpan { from: &day(lang, period.from()), until: &day(lang, period.to()) })
}

/// All tables as plain text, for a terminal.
pub fn plain(statistics: &Statistics) -> String {
    let lang = statistics.lang;
    let mut out = format!("{}\n{}\n", span(lang, statistics.period), compared(statistics));
    for table in &statistics.tables {
        out.push_str(&format!("\n{}\n", table.title));
        let mut lines = vec![header(table)];
        lines.extend(table.rows.iter().map(|row| {
            let figures = row.figures.iter().map(|figure| figure.words(lang));
            [shortened(&row.title)].into_iter().chain(figures).collect()
        }));
        out.push_str(&aligned(&lines));
    }
    if statistics.reader == Reader::Outside {
        out.push_str(&format!("\n* {}\n", say(lang, &Label::StatsHiddenAbout)));
    }
    out
}

fn compared(statistics: &Statistics) -> String {
    say(statistics.lang, &Label::StatsCompared { span: &span(statistics.lang, statistics.before) })
}

fn header(table: &super::Table) -> Vec<String> {
    [table.corner.clone()].into_iter().chain(table.columns.iter().map(|column| column.title.clone())).collect()
}

/// Shortens a title, so that the figures fit into a terminal of 80 columns.
fn shortened(title: &str) -> String {
    const LONGEST: usize = 46;
    if title.chars().count() <= LONGEST {
        return title.to_owned();
    }
    title.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// Aligns cells in columns, numbers to the right.
fn aligned(lines: &[Vec<String>]) -> String {
    let width = |place: usize| lines.iter().filter_map(|line| line.get(place)).map(|cell| cell.chars().count()).max();
    let mut out = String::new();
    for line in lines {
        let mut written = String::from(" ");
        for (place, cell) in line.iter().enumerate() {
            let pad = " ".repeat(width(place).unwrap_or(0) - cell.chars().count());
            written.push_str(&if place == 0 { format!(" {cell}{pad}") } else { format!("  {pad}{cell}") });
        }
        out.push_str(written.trim_end());
        out.push('\n');
    }
    out
}
