//! A day of a thousand people with planted names and numbers: none stands anywhere in the clear, and in the end none at all.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use aho_corasick::AhoCorasick;
use chrono::TimeDelta;
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;
use ventanilla::app::{App, Arrival, Delivery, clean_up, settle_and_claim, take_turn};
use ventanilla::bot::citizen::{Button, Command, Input, TurnInput};
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::statistics::feedback::Complaint;
use ventanilla::domain::text::lang::Lang;
use ventanilla::metrics;

use crate::console::{clerk, console};
use crate::fixtures::{app, databases};
use crate::forget::everything;

const PEOPLE: u64 = 1_000;

/// Somebody with everything that must not be found.
struct Planted {
    number: u64,
    address: String,
    name: String,
    run: String,
    phone: String,
}

impl Planted {
    fn new(number: u64) -> Planted {
        let letter = |power: u32| char::from(b'a' + u8::try_from(number / 26u64.pow(power) % 26).unwrap());
        Planted {
            number,
            address: (7_310_000_000 + number).to_string(),
            name: format!("Zukhr{}{}{}", letter(2), letter(1), letter(0)),
            run: format!("{}.{:03}.{:03}-K", 21, number, 999 - number),
            phone: format!("+56 9 8{:03} {:04}", number, 9_999 - number),
        }
    }

    fn all(&self) -> [&str; 4] {
        [&self.address, &self.name, &self.run, &self.phone]
    }

    fn lang(&self) -> Lang {
        Lang::all().nth(usize::try_from(self.number % 3).unwrap()).unwrap()
    }

    /// What they write, with all that they should not have written.
    fn words(&self) -> [String; 2] {
        let Planted { name, run, phone, .. } = self;
        let strange = match self.lang().code() {
            "ht" => {
                format!("mwen rele {name}, RUN mwen se {run}, rele m nan {phone}: ki ekip ki genyen match foutbòl la?")
            }
            "es" => {
                format!("me llamo {name}, mi RUN es {run}, mi teléfono {phone}: ¿cuánto se cuece el arroz con pollo?")
            }
            _ => format!(
                "my name is {name}, my RUN is {run}, call me at {phone}: who won the football match last night?"
            ),
        };
        let known = match self.lang().code() {
            "ht" => format!("mwen rele {name} ({run}), mwen ansent, ki kote pou m ale?"),
            "es" => format!("soy {name}, {run}, estoy embarazada, ¿dónde voy? llámame al {phone}"),
            _ => format!("I am {name}, {run}, I am pregnant, where do I go? {phone}"),
        };
        [strange, known]
    }
}

/// What is logged, kept.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Log;

    fn make_writer(&'w self) -> Log {
        self.clone()
    }
}

async fn turn(app: &App, person: &Planted, said: Input) {
    let door = if person.number % 5 == 4 { Door::Web } else { Door::Telegram };
    let way = json!({ "chat": person.address.parse::<u64>().unwrap() });
    let reachable = door == Door::Telegram;
    let heard = TurnInput { input: said, proposed: Some(person.lang()), reachable };
    let (address, later) = (person.address.clone(), reachable.then(|| way.clone()));
    take_turn(app, &Arrival { door, address, update: None, turn_input: heard, return_to: way, later }).await.unwrap();
}

async fn lives_a_day(app: &App, person: &Planted) {
    let [strange, known] = person.words();
    let lang = person.lang();
    let entry = || "health/pregnancy".parse().unwrap();
    turn(app, person, Input::Text(known)).await;
    let revision = app.live.now().revision_of(&entry(), lang).unwrap();
    turn(app, person, Input::Press(Button::Entry(entry(), lang))).await;
    turn(app, person, Input::Press(Button::NotUseful(entry(), lang, revision))).await;
    turn(app, person, Input::Press(Button::Wrong(Complaint::ALL[0], entry(), lang))).await;
    turn(app, person, Input::Press(Button::WriteLine(entry(), lang))).await;
    turn(app, person, Input::Text(strange.clone())).await;
    turn(app, person, Input::Text(strange)).await;
    turn(app, person, Input::Press(Button::NoneOfThese(lang))).await;
    turn(app, person, Input::Press(Button::TellMe(lang))).await;
    turn(app, person, Input::Press(Button::Person(lang))).await;
    turn(app, person, Input::Press(Button::Leave(lang))).await;
}

async fn deliver(app: &App) {
    loop {
        let outbox_messages = settle_and_claim(app, "w", &[], 500).await.unwrap();
        if outbox_messages.is_empty() {
            return;
        }
        let done: Vec<_> = outbox_messages.into_iter().map(|outgoing| (outgoing.id, Delivery::Delivered)).collect();
        settle_and_claim(app, "w", &done, 0).await.unwrap();
    }
}

fn found(finder: &AhoCorasick, planted: &[&str], text: &str) -> Vec<String> {
    finder.find_iter(text).take(5).map(|hit| planted[hit.pattern().as_usize()].to_owned()).collect()
}

#[tokio::test]
async fn after_a_day_of_a_thousand_people_nothing_planted_is_found_and_in_the_end_nothing_of_them_at_all() {
    let log = Log::default();
    let lines =
        tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_ansi(false).with_writer(log.clone());
    let _kept = tracing::subscriber::set_default(lines.finish());
    let measures = metrics::begin().unwrap();
    let people: Vec<Planted> = (0..PEOPLE).map(Planted::new).collect();
    let planted: Vec<&str> = people.iter().flat_map(Planted::all).collect();
    let finder = AhoCorasick::new(&planted).unwrap();
    for db in databases().await {
        let app = app(&db);
        for some in people.chunks(50) {
            futures::future::join_all(some.iter().map(|person| lives_a_day(&app, person))).await;
        }
        let day = everything(&db.db).await;
        assert_eq!(found(&finder, &planted, &day), Vec::<String>::new(), "in the clear on {}", db.db.name());
        let keys: Vec<_> =
            people.iter().map(|person| app.encryption.chat_key(Door::Telegram, &person.address)).collect();
        assert!(day.contains(keys[0].as_str()), "they were there");
        deliver(&app).await;
        for person in people.iter().filter(|person| person.number % 2 == 0) {
            turn(&app, person, Input::Command(Command::Forget)).await;
            turn(&app, person, Input::Press(Button::ForgetYes)).await;
        }
        app.clock.advance(TimeDelta::days(181));
        clean_up(&app).await.unwrap();
        deliver(&app).await;
        let left = everything(&db.db).await;
        let keys: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
        assert_eq!(found(&AhoCorasick::new(&keys).unwrap(), &keys, &left), Vec::<String>::new(), "under a key");
        assert_eq!(found(&finder, &planted, &left), Vec::<String>::new());
        assert!(left.contains("question-left"), "only counters are left");
    }
    assert_eq!(found(&finder, &planted, &measures.render()), Vec::<String>::new(), "in the metrics");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(found(&finder, &planted, &log), Vec::<String>::new(), "in the log");
}

#[tokio::test]
async fn what_the_console_hands_out_holds_nothing_planted() {
    let site = console().await;
    let people: Vec<Planted> = (0..60).map(Planted::new).collect();
    let planted: Vec<&str> = people.iter().flat_map(Planted::all).collect();
    let finder = AhoCorasick::new(&planted).unwrap();
    for person in &people {
        lives_a_day(&site.app, person).await;
    }
    let admin = clerk(&site, "ana", Role::Administrator).await;
    let days = "from=2026-11-01&until=2026-11-30";
    let [csv, json] = ["csv", "json"].map(|form| format!("stats/export/statistics.{form}?{days}"));
    let places = ["audit.csv", "tables/published.json", "tables/export/entries.csv", "gaps", "questions", "stats", ""];
    for path in places.iter().copied().chain([csv.as_str(), json.as_str()]) {
        let given = admin.browser.raw_get(format!("/console/{path}").trim_end_matches('/')).await;
        assert!(given.status().is_success(), "{path}: {}", given.status());
        assert_eq!(found(&finder, &planted, &given.text().await.unwrap()), Vec::<String>::new(), "{path}");
    }
}
