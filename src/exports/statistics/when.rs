//! Tables of time: messages per day, and by day of the week and hour.

use chrono::{Datelike, NaiveDate};

use super::maker::Reader;
use super::maker::{Maker, Named};
use super::table::{Column, Table, TableId};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, day};
use crate::store::statistics::sums::OnDay;

/// Up to this many days, each day has a row; above, each group of seven days has one.
const MOST_DAYS: u64 = 62;
/// Hours per column outside the console, where single hours would be hidden anyway.
const BLOCK: u32 = 4;

impl Maker<'_> {
    pub fn course(&self) -> Table {
        let langs: Vec<Lang> = self.langs().collect();
        let steps = self.steps();
        let cell = |on: &OnDay, step: &(NaiveDate, NaiveDate), lang: &Lang| {
            (step.0..=step.1).contains(&on.day) && on.lang == lang.code()
        };
        let count = |step: &(NaiveDate, NaiveDate), lang: &Lang| {
            let fits = self.gathered.course.iter().filter(|on| cell(on, step, lang));
            fits.map(|on| on.n.unsigned_abs()).sum()
        };
        let cells: Vec<Vec<u64>> =
            steps.iter().map(|step| langs.iter().map(|lang| count(step, lang)).collect()).collect();
        let titles: Vec<Named> = steps.iter().map(|step| (step.0.to_string(), self.step_title(step))).collect();
        let title = if self.gathered.filter.topic.is_some() { Label::StatsCourseTopic } else { Label::StatsCourse };
        let mut table = self.by_lang((TableId::Course, title, None), &cells, &titles);
        table.about = self.last_step(&steps);
        table
    }

    /// A remark if the last step has fewer days than the others, so that nobody takes its counts for a decline.
    fn last_step(&self, steps: &[(NaiveDate, NaiveDate)]) -> String {
        let days = |step: &(NaiveDate, NaiveDate)| (step.1 - step.0).num_days() + 1;
        match steps {
            [first, .., last] if days(last) < days(first) => {
                self.word(Label::StatsCourseShort { days: &days(last).to_string() })
            }
            [] | [_] | [_, .., _] => String::new(),
        }
    }

    /// Days, or groups of seven days.
    pub fn steps(&self) -> Vec<(NaiveDate, NaiveDate)> {
        let days: Vec<NaiveDate> = self.gathered.period.days().take_while(|day| *day <= self.gathered.today).collect();
        let outside = self.reader == Reader::Outside;
        let size = if outside || self.gathered.period.len() > MOST_DAYS { 7 } else { 1 };
        days.chunks(size).filter_map(|step| Some((*step.first()?, *step.last()?))).collect()
    }

    pub fn step_title(&self, (first, last): &(NaiveDate, NaiveDate)) -> String {
        let first_words = day(self.lang, *first);
        if first == last { first_words } else { format!("{first_words} – {}", day(self.lang, *last)) }
    }

    pub fn hours(&self) -> Table {
        let size = if self.reader == Reader::Outside { BLOCK } else { 1 };
        let blocks: Vec<u32> = (0..24 / size).map(|block| block * size).collect();
        let mut cells = vec![vec![0; blocks.len()]; 7];
        for on in &self.gathered.hours {
            let block = on.subject.parse().ok().filter(|hour| *hour < 24).map(|hour: u32| (hour / size) as usize);
            if let Some(block) = block {
                cells[on.day.weekday().num_days_from_monday() as usize][block] += on.n.unsigned_abs();
            }
        }
        let weekdays = self.lang.about().weekdays.iter();
        let titles: Vec<Named> = (1..).zip(weekdays).map(|(n, name): (u8, _)| (n.to_string(), name.clone())).collect();
        let column = |hour: &u32| {
            let title = if size == 1 { format!("{hour:02}") } else { format!("{hour:02}–{:02}", hour + size) };
            Column { key: format!("{hour:02}"), title }
        };
        let is_empty = self.gathered.hours.is_empty();
        let rows = || Table::rows_of(&self.grid(&cells), &titles, &self.word(Label::StatsTotal));
        Table {
            id: TableId::Hours,
            title: self.word(Label::StatsHours),
            about: String::new(),
            corner: self.word(Label::StatsWeekday),
            columns: blocks.iter().map(column).chain([self.column("total", Label::StatsTotal)]).collect(),
            rows: if is_empty { Vec::new() } else { rows() },
        }
    }
}
