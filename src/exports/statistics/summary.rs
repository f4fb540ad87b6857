//! The table of the most important sums of a period.

use super::load::{ANSWERS, Sum};
use super::maker::Maker;
use super::table::{Figure, Row, Table, TableId};
use crate::domain::statistics::period::Period;
use crate::i18n::Label;

impl Maker<'_> {
    pub fn summary(&self) -> Table {
        let days = |period: Period| {
            let until = period.to().min(self.gathered.today);
            ((until - period.from()).num_days().max(0) + 1) as f64
        };
        let mean = |sum: Sum<'_>, days: f64| match self.alone(sum.all(&["active-day"])) {
            Figure::Count(n) => Figure::Mean(n as f64 / days),
            hidden => hidden,
        };
        let (period, mut rows) = (self.gathered.period, Vec::new());
        let mut push = |key: &str, title, now: Figure, before: Figure| {
            let figures = vec![now, before, now.change_since(before)];
            rows.push(Row { key: key.to_owned(), title: self.word(title), figures, is_part: true });
        };
        let counted = |names: &[&str]| (self.alone(self.now().all(names)), self.alone(self.before().all(names)));
        let (now, before) = counted(&["messages"]);
        push("messages", Label::StatsMessages, now, before);
        let (now, before) = counted(&ANSWERS);
        push("answers", Label::StatsAnswers, now, before);
        push(
            "chats-a-day",
            Label::StatsChatsDay,
            mean(self.now(), days(period)),
            mean(self.before(), days(period.before())),
        );
        if period.month().is_some() {
            let (now, before) = counted(&["active-month"]);
            push("chats-in-the-month", Label::StatsChatsMonth, now, before);
        }
        // A chat has no language before its first words.
        if self.gathered.filter.lang.is_none() {
            let (now, before) = counted(&["chats-begun"]);
            push("new-chats", Label::StatsChatsNew, now, before);
        }
        for (key, title, names) in [
            ("danger-shown", Label::StatsDangerShown, "danger-shown"),
            ("offices-shown", Label::StatsOfficesShown, "offices-shown"),
        ] {
            let (now, before) = counted(&[names]);
            push(key, title, now, before);
        }
        Table {
            id: TableId::Summary,
            title: self.word(Label::StatsSummary),
            about: self.word(Label::StatsChatsAbout),
            corner: String::new(),
            columns: vec![
                self.column("count", Label::StatsNow),
                self.column("before", Label::StatsBefore),
                self.column("change", Label::StatsChange),
            ],
            rows,
        }
    }
}
