//! Live within seconds: what is published through the console at one replica is found at another by the words of its own
//! phrasings, though the other looks only when the bell of the database rings.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, interval};
use ventanilla::app::{App, listen};
use ventanilla::bot::knowledge::Intent;
use ventanilla::domain::content::phrasing::Phrasing;
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::text::lang::Lang;
use ventanilla::store::operations::revision;
use ventanilla::store::{Db, content};
use ventanilla::web::Settings;

use crate::console::clerk;
use crate::fixtures::{Holds, TestDb, app, morning, postgres_with, started_sqlite};
use crate::visitor::site_on;

/// How long learning may take where many tests run at once.
const PATIENCE: Duration = Duration::from_secs(120);
const ENTRY: &str = "health/dentist";

/// How long it took until the other replica found the entry by its own phrasing, and by words that stand nowhere as they are.
struct Found {
    word_for_word: Duration,
    learned: Duration,
}

/// A replica that never looks at the clock: only the bell tells it that something is new.
fn replica(db: &TestDb) -> Arc<App> {
    let app = Arc::new(app(db));
    let (ear, eye) = (Arc::clone(&app), Arc::clone(&app));
    tokio::spawn(async move { listen(&ear).await });
    tokio::spawn(async move {
        loop {
            eye.published.notified().await;
            eye.live.refresh(&eye.db).await.unwrap();
        }
    });
    app
}

fn answers(app: &App, question: &str) -> bool {
    let spanish = Lang::parse("es");
    let intent = app.live.now().understand(question, spanish, None).intent;
    intent == Intent::Answer { entry: ENTRY.parse().unwrap(), follows: false }
}

/// Whether the entry has been learned: it comes first for words that stand nowhere as they are.
fn ranks(app: &App, question: &str) -> bool {
    let ranked = app.live.now().understand(question, Lang::parse("es"), None).ranked;
    ranked.first().is_some_and(|(key, _)| key.as_str() == ENTRY)
}

async fn until(begun: Instant, there: impl Fn() -> bool) -> Duration {
    let mut look = interval(Duration::from_millis(10));
    while !there() {
        look.tick().await;
        assert!(begun.elapsed() < PATIENCE);
    }
    begun.elapsed()
}

async fn publish_and_ask() -> Option<Found> {
    let address = postgres_with(Holds::Starter).await?;
    let open = async || TestDb::of(Db::open(&address).await.unwrap());
    let (here, there) = (open().await, open().await);
    let site = site_on(here, Settings::default()).await;
    let other = replica(&there);
    let (author, reviewer) = (clerk(&site, "jean", Role::Author).await, clerk(&site, "rosa", Role::Reviewer).await);
    let new = [
        ("topic", "health"),
        ("name", "dentist"),
        ("question", "¿Dónde hay dentista gratis?"),
        ("lang", "es"),
        ("service", "migrant-help"),
    ];
    author.post("/console/new-entry", &new).await;
    let phrasings = "me duele una muela\nnecesito un dentista gratis\ndonde me sacan la muela sin plata\n\
        busco dentista para mi hijo\nhay dentista en el consultorio\ntengo caries y no tengo plata\ncuanto cuesta el dentista";
    let page = author.look(&format!("/console/entries/{ENTRY}/text/es")).await;
    let seen = page.attributes("[name=seen]", "value").concat();
    let text = [
        ("question", "¿Dónde hay dentista gratis?"),
        ("answer", "Pida hora dental en su CESFAM."),
        ("phrasings", phrasings),
        ("change", "meaning"),
        ("seen", &seen),
        ("act", "submit"),
    ];
    let sent = author.post(&format!("/console/entries/{ENTRY}/text/es"), &text).await;
    assert_eq!(sent.words(".done").len(), 1, "{}", sent.text);
    let review = format!("/console/review/entry/{ENTRY}");
    let page = reviewer.look(&review).await;
    let pieces = page.attributes("[name=piece]", "value");
    let fields: Vec<(&str, &str)> =
        pieces.iter().map(|piece| ("piece", piece.as_str())).chain([("act", "accept")]).collect();
    let begun = Instant::now();
    let done = reviewer.post(&review, &fields).await;
    assert_eq!(done.words(".done").len(), 1, "{}", done.text);
    let word_for_word = until(begun, || answers(&other, "¡Necesito un dentista gratis!")).await;
    let learned = until(begun, || ranks(&other, "busco un dentista gratis, me duele una muela")).await;
    Some(Found { word_for_word, learned })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_published_at_one_replica_is_found_at_another_when_the_bell_rings() {
    publish_and_ask().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_model_that_could_not_be_read_once_is_learned_a_moment_later() {
    let db = started_sqlite().await;
    let app = app(&db);
    let rename = async |from: &str, to: &str| {
        let Db::Sqlite { write, .. } = &db.db else { unreachable!() };
        sqlx::query(sqlx::AssertSqlSafe(format!("ALTER TABLE {from} RENAME TO {to}"))).execute(write).await.unwrap();
    };
    let mut content = content::load(&db.db).await.unwrap();
    let words = "kisa pou m fè ak zwazo ble a";
    let entry = content.entries[0].key.clone();
    let phrasing = Phrasing { entry: Some(entry), lang: Lang::first(), text: words.to_owned() };
    content.phrasings.push(phrasing);
    let mut tx = db.db.begin().await.unwrap();
    content::replace(&mut tx, &content).await.unwrap();
    revision::raise(&mut tx, morning()).await.unwrap();
    tx.commit().await.unwrap();
    rename("learned", "away").await;
    assert!(app.live.refresh(&app.db).await.is_err());
    assert!(app.live.now().is_stale());
    rename("away", "learned").await;
    assert!(app.live.refresh(&app.db).await.unwrap());
    assert!(!app.live.now().is_stale());
    assert!(!app.live.refresh(&app.db).await.unwrap());
}

/// Run with `cargo test --test it -- --ignored --nocapture how_long_until`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it measures and proves nothing"]
async fn how_long_until_another_replica_answers_with_what_was_published() {
    for _ in 0..3 {
        let Some(Found { word_for_word, learned }) = publish_and_ask().await else { return };
        let (word_for_word, learned) = (word_for_word.as_secs_f64(), learned.as_secs_f64());
        eprintln!("found by its own phrasing after {word_for_word:.2} s, by other words after {learned:.2} s");
    }
}
