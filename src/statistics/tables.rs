//! Which tables there are, and what stands in them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::gather::{ANSWERS, Gathered, Sum};
use super::hide::{Grid, LEAST, hide_grid, hide_parts, whole_grid};
use super::table::{Column, Figure, Row, Table, TableId};
use super::upkeep;
use super::{Names, Reader};
use crate::domain::chat::Door;
use crate::domain::danger::Danger;
use crate::domain::lang::Lang;
use crate::locale::{Label, day, say};
use crate::store::stats::OnDay;

/// What may become of a message, as it is shown; an answer that follows another is an answer.
const VERDICTS: [(&str, &[&str], Label<'static>); 6] = [
    ("answered", &["answered", "followed-up"], Label::StatsAnswered),
    ("offered", &["offered"], Label::StatsOffered),
    ("not-understood", &["not-understood"], Label::StatsNotUnderstood),
    ("place-named", &["place-named"], Label::StatsPlaceNamed),
    ("help-only", &["help-only"], Label::StatsHelpOnly),
    ("small-talk", &["small-talk"], Label::StatsSmallTalk),
];
/// How long people waited for a person's answer.
const WAITS: [(&str, Label<'static>); 5] = [
    ("under-1h", Label::StatsUnderHour),
    ("under-4h", Label::StatsUnderFourHours),
    ("under-1d", Label::StatsUnderDay),
    ("under-3d", Label::StatsUnderThreeDays),
    ("longer", Label::StatsLonger),
];
/// Most answers that are named.
const MOST_ENTRIES: usize = 15;
/// Up to so many days each has a row of its own; above, every seven days have.
const MOST_DAYS: u64 = 62;
/// Hours that are one column outside the console, where single hours would be hidden anyway.
const BLOCK: u32 = 4;

/// A key and a title.
type Named = (String, String);

/// What tables are made of.
pub(super) struct Maker<'a> {
    pub gathered: &'a Gathered,
    pub names: &'a Names,
    pub lang: Lang,
    pub reader: Reader,
}

/// All tables that have something to say.
pub(super) fn tables(gathered: &Gathered, names: &Names, lang: Lang, reader: Reader) -> Vec<Table> {
    let maker = Maker { gathered, names, lang, reader };
    let by_topic = gathered.filter.topic.is_some();
    let always = [maker.course(), maker.topics(), maker.entries()];
    // Of these nothing is counted by topic.
    let rest = || {
        let verdicts = maker.verdicts();
        let gaps = maker.gaps(&verdicts);
        let first = [maker.summary(), maker.languages(), verdicts, gaps, maker.hours(), maker.usefulness()];
        let more = [maker.doors(), maker.municipalities(), maker.offices(), maker.danger(), maker.first_answer()];
        first.into_iter().chain(more)
    };
    let upkeep = [upkeep::texts(&maker), upkeep::fixed(&maker)];
    let all = always.into_iter().chain((!by_topic).then(rest).into_iter().flatten()).chain(upkeep);
    let mut all: Vec<Table> = all.filter(|table| !table.rows.is_empty()).collect();
    all.sort_by_key(|table| table.id as u8);
    all
}

impl Maker<'_> {
    pub fn word(&self, label: Label<'_>) -> String {
        say(self.lang, &label)
    }

    pub fn now(&self) -> Sum<'_> {
        Sum(&self.gathered.now)
    }

    fn before(&self) -> Sum<'_> {
        Sum(&self.gathered.before)
    }

    pub fn column(&self, key: &str, label: Label<'_>) -> Column {
        Column { key: key.to_owned(), title: self.word(label) }
    }

    fn langs(&self) -> impl Iterator<Item = Lang> + Clone {
        let only = self.gathered.filter.lang;
        Lang::all().filter(move |lang| only.is_none_or(|only| only == *lang))
    }

    fn lang_columns(&self) -> Vec<Column> {
        let langs = self.langs().map(|lang| Column { key: lang.code().to_owned(), title: lang.name().to_owned() });
        langs.chain([self.column("total", Label::StatsTotal)]).collect()
    }

    /// A sum that stands by itself.
    fn alone(&self, n: u64) -> Figure {
        match self.reader {
            Reader::Inside => Figure::Count(n),
            Reader::Outside if n == 0 || n >= LEAST => Figure::Count(n),
            Reader::Outside => Figure::Hidden,
        }
    }

    fn grid(&self, cells: &[Vec<u64>]) -> Grid {
        match self.reader {
            Reader::Inside => whole_grid(cells),
            Reader::Outside => hide_grid(cells),
        }
    }

    /// Parts of a whole, and the whole at the end.
    fn divided(&self, parts: &[u64]) -> Vec<Figure> {
        let shown = match self.reader {
            Reader::Inside => parts.iter().copied().map(Some).collect(),
            Reader::Outside => hide_parts(parts).unwrap_or_else(|| vec![None; parts.len()]),
        };
        let whole = self.alone(parts.iter().sum());
        shown.into_iter().map(Figure::of).chain([whole]).collect()
    }

    /// A table that compares parts of a whole with those before; nothing is in it where nothing was counted.
    fn compared(
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

    fn summary(&self) -> Table {
        let days = |period: crate::domain::period::Period| {
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
        // Before its first words a chat has no language.
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

    fn languages(&self) -> Table {
        let keys = self.langs().map(|lang| (lang.code().to_owned(), lang.name().to_owned())).collect();
        let what = (TableId::Languages, Label::StatsLanguages, None);
        self.compared(what, Label::Language, keys, |sum, key| sum.of(&["messages"], |total| total.lang == key))
    }

    /// What became of messages: a row each, a column for each language.
    fn verdicts(&self) -> Table {
        let cells = VERDICTS.map(|(_, names, _)| self.langs().map(|lang| self.now().in_lang(names, lang)).collect());
        let titles = VERDICTS.map(|(key, _, title)| (key.to_owned(), self.word(title)));
        self.by_lang((TableId::Verdicts, Label::StatsVerdicts, None), &cells, &titles)
    }

    fn by_lang(
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

    /// Messages that we could not answer. Groups of what they asked for belong here as soon as there are any.
    fn gaps(&self, verdicts: &Table) -> Table {
        // What was not understood stands in another table already: what that one hides stays hidden here.
        let not_understood = verdicts.rows.iter().find(|row| row.key == "not-understood");
        let fitted: Vec<u64> = self.langs().map(|lang| self.now().in_lang(&["none-fitted"], lang)).collect();
        let fitted = self.divided(&fitted);
        let is_empty = not_understood.is_none() && fitted.last() == Some(&Figure::Count(0));
        let nothing = |place: usize| not_understood.and_then(|row| row.figures.get(place)).copied();
        let langs = self.langs().map(|lang| (lang.code().to_owned(), lang.name().to_owned(), true));
        let titles = langs.chain([("total".to_owned(), self.word(Label::StatsTotal), false)]);
        let row = |(place, (key, title, is_part)): (usize, (String, String, bool))| Row {
            key,
            title,
            figures: vec![nothing(place).unwrap_or(Figure::Count(0)), fitted[place]],
            is_part,
        };
        Table {
            id: TableId::Gaps,
            title: self.word(Label::StatsGaps),
            about: self.word(Label::StatsGapsAbout),
            corner: self.word(Label::Language),
            columns: vec![
                self.column("not-understood", Label::StatsNotUnderstood),
                self.column("none-fitted", Label::StatsNoneFitted),
            ],
            rows: if is_empty { Vec::new() } else { titles.enumerate().map(row).collect() },
        }
    }

    fn course(&self) -> Table {
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
        let longest = steps.iter().map(|step| step.1 - step.0).max();
        for (row, step) in table.rows.iter_mut().zip(&steps) {
            row.is_part = Some(step.1 - step.0) == longest;
        }
        table
    }

    /// Days, or sevens of days.
    fn steps(&self) -> Vec<(NaiveDate, NaiveDate)> {
        let days: Vec<NaiveDate> = self.gathered.period.days().take_while(|day| *day <= self.gathered.today).collect();
        let outside = self.reader == Reader::Outside;
        let size = if outside || self.gathered.period.len() > MOST_DAYS { 7 } else { 1 };
        days.chunks(size).filter_map(|step| Some((*step.first()?, *step.last()?))).collect()
    }

    fn step_title(&self, (first, last): &(NaiveDate, NaiveDate)) -> String {
        let first_words = day(self.lang, *first);
        if first == last { first_words } else { format!("{first_words} – {}", day(self.lang, *last)) }
    }

    fn hours(&self) -> Table {
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

    fn topics(&self) -> Table {
        let keys = self.subjects(&ANSWERS, |entry| topic_of(entry).to_owned());
        let keys = keys.into_iter().map(|key| (key.clone(), self.names.topic(&key))).collect();
        let what = (TableId::Topics, Label::StatsTopics, Some(Label::StatsAnswersAbout));
        self.compared(what, Label::Topic, keys, |sum, key| sum.of(&ANSWERS, |total| topic_of(&total.subject) == key))
    }

    /// Whatever any of these happened to, now or before, the most frequent first.
    fn subjects(&self, names: &[&str], group: impl Fn(&str) -> String) -> Vec<String> {
        let topic = self.gathered.filter.topic.as_ref();
        let fits = |subject: &str| topic.is_none_or(|topic| topic_of(subject) == topic.as_str());
        let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for total in self.gathered.now.iter().filter(|total| names.contains(&total.name.as_str())) {
            counts.entry(group(&total.subject)).or_default().0 += total.n.unsigned_abs();
        }
        for subject in self.before().subjects(names) {
            counts.entry(group(subject)).or_default().1 += 1;
        }
        counts.retain(|key, _| fits(key));
        let mut keys: Vec<(String, (u64, u64))> = counts.into_iter().collect();
        keys.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
        keys.into_iter().map(|(key, _)| key).collect()
    }

    /// The answers given most. Outside, the answers of a topic are parts of a sum that the table of topics shows.
    fn entries(&self) -> Table {
        let keys = self.subjects(&ANSWERS, str::to_owned);
        let now = self.shown_entries(self.now(), &keys);
        let before = self.shown_entries(self.before(), &keys);
        let row = |key: &String| {
            let (now, before) = (now[key], before[key]);
            let inside = || ["useful", "not-useful"].map(|vote| Figure::Count(self.now().to(&[vote], key)));
            let votes = (self.reader == Reader::Inside).then(inside).into_iter().flatten();
            let figures = [now, before, now.change_since(before)].into_iter().chain(votes).collect();
            Row { key: key.clone(), title: self.names.entry(key), figures, is_part: true }
        };
        let worth = |key: &&String| now[*key].count().is_some_and(|n| n > 0);
        let votes = [("useful", Label::StatsUsefulYes), ("not-useful", Label::StatsUsefulNo)];
        let votes = votes.map(|(key, label)| self.column(key, label));
        let columns = [
            self.column("count", Label::StatsNow),
            self.column("before", Label::StatsBefore),
            self.column("change", Label::StatsChange),
        ];
        let votes = (self.reader == Reader::Inside).then_some(votes).into_iter().flatten();
        Table {
            id: TableId::Entries,
            title: self.word(Label::StatsEntries),
            about: self.word(Label::StatsAnswersAbout),
            corner: self.word(Label::StatsAnswer),
            columns: columns.into_iter().chain(votes).collect(),
            rows: keys.iter().filter(worth).take(MOST_ENTRIES).map(row).collect(),
        }
    }

    fn shown_entries(&self, sum: Sum<'_>, keys: &[String]) -> BTreeMap<String, Figure> {
        let topics: BTreeSet<&str> = keys.iter().map(|key| topic_of(key)).collect();
        let topics: Vec<&str> = topics.into_iter().collect();
        let whole: Vec<u64> =
            topics.iter().map(|topic| sum.of(&ANSWERS, |total| topic_of(&total.subject) == *topic)).collect();
        let mut shown = BTreeMap::new();
        for (topic, whole) in topics.iter().zip(self.divided(&whole)) {
            let own: Vec<&String> = keys.iter().filter(|key| topic_of(key) == *topic).collect();
            let counts: Vec<u64> = own.iter().map(|key| sum.to(&ANSWERS, key)).collect();
            let figures = self.divided(&counts).into_iter();
            // Of a topic whose sum is hidden nothing is shown.
            let figures = figures.map(|figure| if whole == Figure::Hidden { Figure::Hidden } else { figure });
            shown.extend(own.into_iter().cloned().zip(figures));
        }
        shown
    }

    fn usefulness(&self) -> Table {
        let votes = [("useful", Label::StatsUsefulYes), ("not-useful", Label::StatsUsefulNo)];
        let cells = votes.map(|(name, _)| self.langs().map(|lang| self.now().in_lang(&[name], lang)).collect());
        let titles = votes.map(|(name, label)| (name.to_owned(), self.word(label)));
        self.by_lang((TableId::Usefulness, Label::StatsUseful, Some(Label::StatsUsefulAbout)), &cells, &titles)
    }

    fn doors(&self) -> Table {
        let title = |door: Door| match door {
            Door::Telegram => Label::StatsDoorTelegram,
            Door::Web => Label::StatsDoorWeb,
            Door::Terminal => Label::StatsDoorTerminal,
        };
        let keys = Door::ALL.map(|door| (door.name().to_owned(), self.word(title(door))));
        let what = (TableId::Doors, Label::StatsDoors, None);
        self.compared(what, Label::StatsDoor, keys.into(), |sum, key| sum.of(&["messages"], |total| total.door == key))
    }

    fn municipalities(&self) -> Table {
        let mut keys: Vec<Named> = self.places("municipality");
        keys.push((String::new(), self.word(Label::StatsNoMunicipality)));
        let what = (TableId::Municipalities, Label::StatsMunicipalities, Some(Label::StatsMunicipalitiesAbout));
        self.compared(what, Label::Municipality, keys, |sum, key| match key {
            // What was counted before municipalities were is nobody's either.
            "" => sum.all(&["messages"]).saturating_sub(sum.all(&["municipality"])),
            key => sum.to(&["municipality"], key),
        })
    }

    fn offices(&self) -> Table {
        let mut keys = self.places("offices-shown");
        keys.push((String::new(), self.word(Label::StatsNearby)));
        let what = (TableId::Offices, Label::StatsOffices, None);
        self.compared(what, Label::Municipality, keys, |sum, key| sum.to(&["offices-shown"], key))
    }

    fn places(&self, name: &str) -> Vec<Named> {
        let keys = self.subjects(&[name], str::to_owned).into_iter().filter(|key| !key.is_empty());
        keys.map(|key| (key.clone(), self.names.municipality(&key))).collect()
    }

    fn danger(&self) -> Table {
        let title = |danger: Danger| match danger {
            Danger::Medical => Label::StatsDangerMedical,
            Danger::Suicide => Label::StatsDangerSuicide,
            Danger::Violence => Label::StatsDangerViolence,
            Danger::Child => Label::StatsDangerChild,
            Danger::Trafficking => Label::StatsDangerTrafficking,
            Danger::Arrest => Label::StatsDangerArrest,
        };
        let keys = Danger::ALL.map(|danger| (danger.name().to_owned(), self.word(title(danger))));
        let what = (TableId::Danger, Label::StatsDanger, None);
        self.compared(what, Label::StatsDangerKind, keys.into(), |sum, key| sum.to(&["danger-shown"], key))
    }

    fn first_answer(&self) -> Table {
        let keys = WAITS.map(|(key, title)| (key.to_owned(), self.word(title)));
        let what = (TableId::FirstAnswer, Label::StatsFirstAnswer, None);
        self.compared(what, Label::StatsWait, keys.into(), |sum, key| sum.to(&["first-answer"], key))
    }
}

/// The topic of an entry's key.
fn topic_of(entry: &str) -> &str {
    entry.split('/').next().unwrap_or(entry)
}
