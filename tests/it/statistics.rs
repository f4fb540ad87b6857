//! Statistics: a month is simulated turn by turn, and every figure is what a recount of the turns gives.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command as Program;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};
use ventanilla::app::{App, Arrival, Taken, take_turn};
use ventanilla::bot::citizen::{Button, Command, Input, TurnInput, respond};
use ventanilla::domain::people::chat::{Chat, Door};
use ventanilla::domain::statistics::event::{Event, Outcome};
use ventanilla::domain::statistics::period::Period;
use ventanilla::domain::text::lang::Lang;
use ventanilla::exports::statistics::{
    Figure, Filter, LEAST, Names, Reader, Statistics, TableId, csv, json, plain, xlsx,
};
use ventanilla::store::statistics::{events, sums};
use ventanilla::store::{Db, Tx};

use crate::fixtures::{KNOWLEDGE, TestDb, app, databases, morning, started_databases, started_sqlite};

/// A fixed sequence of draws.
pub struct Draw(pub u64);

impl Draw {
    /// The next of `n` numbers from 0 on.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// A turn that was taken, as somebody would write it on a list.
struct Taking {
    day: NaiveDate,
    hour: u32,
    door: Door,
    address: String,
    events: Vec<Event>,
    municipality: Option<String>,
}

/// Whatever people say, in a few languages and out of all of them.
const SAYINGS: [&str; 14] = [
    "Mwen ansent, mwen pa gen papye, èske lopital la ap resevwa m?",
    "kijan pou m jwenn yon doktè",
    "Konbyen sa koute?",
    "mèsi anpil",
    "¿Dónde puedo conseguir ayuda legal gratis?",
    "no tengo visa y quiero trabajar",
    "¿Cuánto cuesta?",
    "hola",
    "where can I get free legal help",
    "my boss does not pay me",
    "can my child go to school without papers",
    "my husband hits me and I am afraid",
    "Quilicura",
    "asdf qwer zxcv",
];

fn said(draw: &mut Draw) -> Vec<Input> {
    let lang = Lang::all().nth(draw.below(3)).unwrap();
    let entry = KNOWLEDGE.entries()[draw.below(KNOWLEDGE.entries().len()).pow(2) / 90].key.clone();
    let revision = KNOWLEDGE.revision_of(&entry, lang).unwrap();
    let read = |vote: Button| vec![Input::Press(Button::Entry(entry.clone(), lang)), Input::Press(vote)];
    let said = match draw.below(20) {
        0 => return read(Button::Useful(entry.clone(), lang, revision)),
        1 => return read(Button::NotUseful(entry.clone(), lang, revision)),
        2 => Input::Press(Button::Entry(entry, lang)),
        3 => Input::Press(Button::NoneOfThese(lang)),
        4 => Input::Press(Button::Mine("quilicura".parse().unwrap())),
        5 => Input::Press(Button::OfficesIn("recoleta".parse().unwrap())),
        6 => Input::Command(Command::Topics),
        _ => Input::Text(SAYINGS[draw.below(SAYINGS.len())].to_owned()),
    };
    vec![said]
}

/// How many turns fill two months, and a year.
const TWO_MONTHS: usize = 700;
const YEAR: usize = 4_100;

/// So many turns on a house whose clock is moved along, and the list of them.
async fn turns(app: &App, count: usize) -> Vec<Taking> {
    let mut draw = Draw(20_261_124);
    let mut chats: BTreeMap<(usize, String), Chat> = BTreeMap::new();
    let mut list = Vec::new();
    // From 30 November, late in the evening, to the first hours of 1 February: the borders of months lie inside.
    app.clock.advance("2026-12-01T02:30:00Z".parse::<DateTime<Utc>>().unwrap() - morning());
    while list.len() < count {
        app.clock.advance(TimeDelta::minutes(5 + draw.below(260) as i64));
        let now = app.clock.now();
        let place = draw.below(10);
        let door = if place < 6 {
            Door::Telegram
        } else if place < 9 {
            Door::Web
        } else {
            Door::Terminal
        };
        let address = format!("{}", draw.below(40));
        let said = said(&mut draw);
        let proposed = Lang::all().nth(draw.below(3));
        for said in said {
            let heard = TurnInput { input: said, proposed, reachable: false };
            let chat = chats.entry((door as usize, address.clone())).or_default();
            let thought = respond(&KNOWLEDGE, chat, &heard, now);
            *chat = thought.chat;
            let local = now.with_timezone(&app.zone);
            list.push(Taking {
                day: local.date_naive(),
                hour: local.hour(),
                door,
                address: address.clone(),
                municipality: chat.municipality.as_ref().map(ToString::to_string),
                events: thought.events,
            });
            let (address, return_to) = (address.clone(), serde_json::Value::Null);
            let arrival = Arrival { door, address, update: None, turn_input: heard, return_to, later: None };
            assert!(matches!(take_turn(app, &arrival).await.unwrap(), Taken::Replied(_)));
        }
    }
    list
}

async fn simulated() -> Vec<(TestDb, App, Vec<Taking>)> {
    let mut all = Vec::new();
    for test in started_databases().await {
        let app = app(&test);
        let list = turns(&app, TWO_MONTHS).await;
        all.push((test, app, list));
    }
    all
}

fn names() -> Names {
    Names::of(KNOWLEDGE.all_topics(), KNOWLEDGE.entries(), KNOWLEDGE.municipalities(), Lang::first())
}

fn january() -> Period {
    Period::parse_month("2027-01").unwrap()
}

async fn inside(app: &App, filter: Filter) -> Statistics {
    let today = app.day(app.clock.now());
    Statistics::inside(&app.db, january(), &filter, &names(), Lang::first(), today).await.unwrap()
}

async fn outside(app: &App, period: Period) -> Statistics {
    let today = app.day(app.clock.now());
    Statistics::outside(&app.db, period, &names(), Lang::first(), today).await.unwrap()
}

/// The figure of a row and column; nothing is none.
fn figure(statistics: &Statistics, id: TableId, row: &str, column: &str) -> u64 {
    let Some(table) = statistics.table(id) else { return 0 };
    let place = table.columns.iter().position(|one| one.key == column).unwrap();
    let Some(row) = table.rows.iter().find(|one| one.key == row) else { return 0 };
    row.figures[place].count().unwrap()
}

/// The list, counted by hand.
struct Recount<'a>(Vec<&'a Taking>);

impl Recount<'_> {
    fn of(list: &[Taking], period: Period) -> Recount<'_> {
        Recount(list.iter().filter(|taking| period.days().any(|day| day == taking.day)).collect())
    }

    fn events(&self, fits: impl Fn(&Taking, &Event) -> bool) -> u64 {
        self.0.iter().map(|taking| taking.events.iter().filter(|event| fits(taking, event)).count() as u64).sum()
    }

    fn said(&self, fits: impl Fn(&Taking, Lang, &Outcome) -> bool) -> u64 {
        self.events(|taking, event| match event {
            Event::Message { lang, outcome } => fits(taking, *lang, outcome),
            _ => false,
        })
    }

    fn answers(&self, of: &str) -> u64 {
        self.events(|_, event| match event {
            Event::Message { outcome: Outcome::Answered(entry, _), .. }
            | Event::Chosen { entry, .. }
            | Event::Opened { entry, .. } => entry.as_str() == of,
            _ => false,
        })
    }
}

#[tokio::test]
#[ignore = "takes minutes: .ci/check year"]
async fn the_messages_of_each_month_of_a_year_are_what_a_recount_gives() {
    for test in started_databases().await {
        let app = app(&test);
        let list = turns(&app, YEAR).await;
        let mut period = Period::parse_month("2027-11").unwrap();
        for _ in 0..12 {
            let shown =
                Statistics::inside(&app.db, period, &Filter::default(), &names(), Lang::first(), period.to()).await;
            let recount = Recount::of(&list, period).said(|_, _, _| true);
            assert!(recount > 30, "{period:?} has something in it: {recount}");
            assert_eq!(figure(&shown.unwrap(), TableId::Summary, "messages", "count"), recount, "{period:?}");
            period = period.before();
        }
    }
}

#[tokio::test]
async fn every_figure_of_a_month_is_what_a_recount_of_its_turns_gives() {
    for (_test, app, list) in simulated().await {
        let shown = inside(&app, Filter::default()).await;
        let (now, before) = (Recount::of(&list, january()), Recount::of(&list, january().before()));
        let messages = now.said(|_, _, _| true);
        assert!(messages > 200, "a month with something in it: {messages}");
        assert_eq!(figure(&shown, TableId::Summary, "messages", "count"), messages);
        assert_eq!(figure(&shown, TableId::Summary, "messages", "before"), before.said(|_, _, _| true));
        for lang in Lang::all() {
            let code = lang.code();
            let own = |fits: &dyn Fn(&Outcome) -> bool| now.said(|_, said, outcome| said == lang && fits(outcome));
            assert_eq!(figure(&shown, TableId::Languages, code, "count"), own(&|_| true));
            assert_eq!(figure(&shown, TableId::Languages, code, "before"), before.said(|_, said, _| said == lang));
            let answered = own(&|outcome| matches!(outcome, Outcome::Answered(..)));
            assert_eq!(figure(&shown, TableId::Verdicts, "answered", code), answered);
            let not_understood = own(&|outcome| *outcome == Outcome::NotUnderstood);
            assert_eq!(figure(&shown, TableId::Verdicts, "not-understood", code), not_understood);
            assert_eq!(figure(&shown, TableId::Gaps, code, "not-understood"), not_understood);
            assert_eq!(figure(&shown, TableId::Verdicts, "offered", code), own(&|one| *one == Outcome::Offered));
            let none = now.events(|_, event| *event == Event::NoneFitted(lang));
            assert_eq!(figure(&shown, TableId::Gaps, code, "none-fitted"), none);
            for day in january().days() {
                let on_day = now.said(|taking, said, _| taking.day == day && said == lang);
                assert_eq!(figure(&shown, TableId::Course, &day.to_string(), code), on_day, "{day} {code}");
            }
        }
        for weekday in 1..=7 {
            for hour in 0..24 {
                let fits =
                    |taking: &Taking| taking.day.weekday().number_from_monday() == weekday && taking.hour == hour;
                let counted = figure(&shown, TableId::Hours, &weekday.to_string(), &format!("{hour:02}"));
                assert_eq!(counted, now.said(|taking, _, _| fits(taking)), "{weekday} {hour}");
            }
        }
        for door in Door::ALL {
            let counted = figure(&shown, TableId::Doors, door.name(), "count");
            assert_eq!(counted, now.said(|taking, _, _| taking.door == door));
        }
        for row in &shown.table(TableId::Entries).unwrap().rows {
            assert_eq!(row.figures[0].count().unwrap(), now.answers(&row.key), "{}", row.key);
            assert_eq!(row.figures[1].count().unwrap(), before.answers(&row.key), "{}", row.key);
        }
        for topic in KNOWLEDGE.all_topics() {
            let entries = KNOWLEDGE.entries_of(&topic.key);
            let recount: u64 = entries.map(|entry| now.answers(entry.key.as_str())).sum();
            assert_eq!(figure(&shown, TableId::Topics, topic.key.as_str(), "count"), recount, "{}", topic.key);
        }
        for place in ["quilicura", "recoleta"] {
            let chosen = now.said(|taking, _, _| taking.municipality.as_deref() == Some(place));
            assert_eq!(figure(&shown, TableId::Municipalities, place, "count"), chosen, "{place}");
            let asked = now.events(|_, event| match event {
                Event::OfficesShown(Some(key), _) => key.as_str() == place,
                _ => false,
            });
            assert_eq!(figure(&shown, TableId::Offices, place, "count"), asked, "{place}");
        }
        let voted = |vote: bool| now.events(|_, event| matches!(event, Event::Voted { useful, .. } if *useful == vote));
        assert!(voted(true) > 0 && voted(false) > 0);
        assert_eq!(figure(&shown, TableId::Usefulness, "useful", "total"), voted(true));
        assert_eq!(figure(&shown, TableId::Usefulness, "not-useful", "total"), voted(false));
        let danger = now.events(|_, event| matches!(event, Event::DangerShown(..)));
        assert!(danger > 0);
        assert_eq!(figure(&shown, TableId::Danger, "total", "count"), danger);
    }
}

#[tokio::test]
async fn chats_are_counted_once_a_day_and_once_a_month_and_as_new_once() {
    for (_test, app, list) in simulated().await {
        let shown = inside(&app, Filter::default()).await;
        let chat = |taking: &&Taking| (taking.door as usize, taking.address.clone());
        let recount = Recount::of(&list, january());
        let in_month: BTreeSet<_> = recount.0.iter().map(chat).collect();
        let on_days: BTreeSet<_> = recount.0.iter().map(|taking| (taking.day, chat(taking))).collect();
        let earlier: BTreeSet<_> = list.iter().filter(|one| one.day < january().from()).map(|one| chat(&one)).collect();
        assert_eq!(figure(&shown, TableId::Summary, "chats-in-the-month", "count"), in_month.len() as u64);
        let new = in_month.difference(&earlier).count() as u64;
        assert!(new > 0);
        assert_eq!(figure(&shown, TableId::Summary, "new-chats", "count"), new);
        let table = shown.table(TableId::Summary).unwrap();
        let mean = table.rows.iter().find(|row| row.key == "chats-a-day").unwrap().figures[0];
        let days = january().days().take_while(|day| *day <= app.day(app.clock.now())).count();
        assert_eq!(mean, Figure::Mean(on_days.len() as f64 / days as f64));
    }
}

#[tokio::test]
async fn a_filter_by_language_and_topic_leaves_the_rest_out() {
    let (_test, app, list) = simulated().await.remove(0);
    let now = Recount::of(&list, january());
    let lang = Lang::parse("es").unwrap();
    let spanish = inside(&app, Filter { lang: Some(lang), topic: None }).await;
    let messages = now.said(|_, said, _| said == lang);
    assert_eq!(figure(&spanish, TableId::Summary, "messages", "count"), messages);
    assert_eq!(figure(&spanish, TableId::Languages, "total", "count"), messages);
    let hours = spanish.table(TableId::Hours).unwrap().rows.last().unwrap().figures.last().copied();
    assert_eq!(hours, Some(Figure::Count(messages)));
    let health = inside(&app, Filter { lang: None, topic: "health".parse().ok() }).await;
    assert!(health.table(TableId::Hours).is_none() && health.table(TableId::Languages).is_none());
    let rows = &health.table(TableId::Entries).unwrap().rows;
    assert!(!rows.is_empty() && rows.iter().all(|row| row.key.starts_with("health/")));
    let course = health.table(TableId::Course).unwrap().rows.last().unwrap().figures.last().copied();
    let answers: u64 = KNOWLEDGE.entries_of(&"health".parse().unwrap()).map(|one| now.answers(one.key.as_str())).sum();
    assert_eq!(course, Some(Figure::Count(answers)));
}

#[tokio::test]
async fn a_chart_by_week_shows_every_day_of_its_table_the_last_ones_too() {
    let (_test, app, _) = simulated().await.remove(0);
    let shown = outside(&app, Period::parse_month("2026-12").unwrap()).await;
    let table = shown.table(TableId::Course).unwrap();
    let drawn: Vec<&str> = table.parts().map(|row| row.key.as_str()).collect();
    assert_eq!(drawn, ["2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22", "2026-12-29"]);
    assert_eq!(table.rows.len(), drawn.len() + 1, "the table has these rows and their sum");
    assert!(table.about.contains('3'), "it says that the last row has three days: {}", table.about);
    let whole =
        outside(&app, Period::between("2026-12-01".parse().unwrap(), "2026-12-28".parse().unwrap()).unwrap()).await;
    assert_eq!(whole.table(TableId::Course).unwrap().about, "", "four whole weeks");
}

/// Tables about texts, of which nothing has to be hidden.
fn is_about_texts(id: TableId) -> bool {
    matches!(id, TableId::Upkeep | TableId::Fixed)
}

#[tokio::test]
async fn no_small_count_leaves_the_console_in_any_form() {
    let (_test, app, list) = simulated().await.remove(0);
    let today = app.day(app.clock.now());
    let periods = [january(), january().before(), Period::last(7, today), Period::last(1, today)];
    let mut hidden = 0;
    for period in periods {
        let shown = outside(&app, period).await;
        assert_eq!(shown.reader, Reader::Outside);
        for table in shown.tables.iter().filter(|table| !is_about_texts(table.id)) {
            for figure in table.rows.iter().flat_map(|row| &row.figures) {
                let small = |n: f64| n > 0.0 && n < LEAST as f64;
                assert!(!figure.count().is_some_and(|n| small(n as f64)), "{period} {:?}", table.id);
                hidden += usize::from(*figure == Figure::Hidden);
            }
            // What is shown as a part of what was shown before would give it away.
            for row in &table.rows {
                let before = table.columns.iter().position(|column| column.key == "before");
                let Some(before) = before.filter(|place| row.figures[*place] == Figure::Hidden) else { continue };
                assert!(!matches!(row.figures[before + 1], Figure::Change(_)), "{period} {:?} {}", table.id, row.key);
            }
        }
        let line = String::from_utf8(csv(&shown).unwrap()).unwrap();
        let counts = line.lines().filter(|line| line.contains(";count;") && !line.contains(";upkeep;"));
        assert!(
            counts.map(|line| line.split(';').nth(5).unwrap().to_owned()).all(|n| !["1", "2", "3", "4"].contains(&&*n))
        );
        let read: serde_json::Value = serde_json::from_slice(&json(&shown).unwrap()).unwrap();
        assert_eq!(read["hidden_under"], LEAST);
        assert!(xlsx(&shown).unwrap().starts_with(b"PK"));
        assert!(plain(&shown).contains('*'));
    }
    assert!(hidden > 50, "{hidden}");
    // The same month inside has small counts: the test could fail.
    let small = Recount::of(&list, january()).events(|_, event| matches!(event, Event::DangerShown(..)));
    assert!(small > 0);
}

#[tokio::test]
async fn sums_of_counters_are_asked_for_by_day_topic_and_period() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let first = day("2026-11-30");
    let lang = Lang::first();
    let answered = |entry: &str| Event::Opened { entry: entry.parse().unwrap(), lang };
    for test in databases().await {
        assert_eq!(sums::first_day(&test.db).await.unwrap(), None);
        let mut tx: Tx = test.db.begin().await.unwrap();
        for (ahead, entry) in [(0, "health/cost"), (1, "health/cost"), (1, "work/contract"), (2, "health/cost")] {
            let on = first.checked_add_days(Days::new(ahead)).unwrap();
            events::record(&mut tx, on, Door::Web, &[answered(entry)]).await.unwrap();
            events::record(&mut tx, on, Door::Telegram, &[answered(entry)]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let period = Period::between(first, day("2026-12-01")).unwrap();
        let totals = sums::totals(&test.db, period).await.unwrap();
        let cost: Vec<_> = totals.iter().filter(|total| total.subject == "health/cost").collect();
        assert_eq!(
            cost.iter().map(|total| (total.door.as_str(), total.n)).collect::<Vec<_>>(),
            [("telegram", 2), ("web", 2)]
        );
        let by_day = sums::by_day(&test.db, "opened", period).await.unwrap();
        assert_eq!(
            by_day.iter().map(|on| (on.day, on.n)).collect::<Vec<_>>(),
            [(first, 2), (day("2026-12-01"), 2), (day("2026-12-01"), 2)]
        );
        let health = sums::answers_by_day(&test.db, &"health".parse().unwrap(), period).await.unwrap();
        assert_eq!(health.iter().map(|on| (on.day, on.n)).collect::<Vec<_>>(), [(first, 2), (day("2026-12-01"), 2)]);
        assert_eq!(sums::first_day(&test.db).await.unwrap(), Some(first));
    }
}

#[tokio::test]
async fn the_command_prints_what_a_file_of_the_console_holds() {
    let test = started_sqlite().await;
    let app = app(&test);
    let october = Period::parse_month("2026-10").unwrap();
    let mut tx: Tx = app.db.begin().await.unwrap();
    for day in october.days() {
        let entry = "health/cost".parse().unwrap();
        events::record(&mut tx, day, Door::Web, &[Event::Opened { entry, lang: Lang::first() }]).await.unwrap();
    }
    let rare = Event::Opened { entry: "work/contract".parse().unwrap(), lang: Lang::first() };
    events::record(&mut tx, october.from(), Door::Web, &[rare]).await.unwrap();
    tx.commit().await.unwrap();
    let shown = outside(&app, october).await;
    let Db::Sqlite { read, .. } = &app.db else { panic!("SQLite") };
    let address = format!("sqlite:{}", read.connect_options().get_filename().display());
    let print = |more: &[&str]| {
        let mut program = Program::new(env!("CARGO_BIN_EXE_ventanilla"));
        let words = ["stats", "--lang", Lang::first().code()];
        let out = program.args(words).args(more).env("DATABASE_URL", &address).output().unwrap();
        (out.status.success(), String::from_utf8(out.stdout).unwrap())
    };
    assert_eq!(print(&["--month", "2026-10", "--json"]), (true, String::from_utf8(json(&shown).unwrap()).unwrap()));
    assert_eq!(print(&["--month", "2026-10"]), (true, plain(&shown)));
    for wrong in
        [&["--month", "2026-13"][..], &["--days", "0"], &["--days", "367"], &["--month", "2026-10", "--days", "3"]]
    {
        assert!(!print(wrong).0, "{wrong:?}");
    }
}
