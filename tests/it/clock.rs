//! A clock that jumps: no wait that was stored is longer than its reason allows.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use sqlx::AssertSqlSafe;
use ventanilla::app::{
    App, Arrival, CEILINGS, DAYS, Delivery, Job, Later, Taken, Why, claim_question, clean_up, heartbeat,
    open_questions, reach, settle_and_claim, signed_in, take_turn, take_up, transcript,
};
use ventanilla::bot::citizen::{Button, Input, TurnInput};
use ventanilla::domain::inbox::question::{CLAIM, KEPT};
use ventanilla::domain::people::chat::{ChatKey, Door, MEMORY};
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::store::operations::replicas;
use ventanilla::store::staff::second_factors;
use ventanilla::store::staff::sign_in_tries::{Allowance, count};
use ventanilla::store::{Db, chats};

use crate::fixtures::{app, databases};
use crate::forget::tables;
use crate::staff::joins;

async fn turn(app: &App) {
    says(app, Door::Telegram, Input::Text("/help".into())).await;
}

async fn says(app: &App, door: Door, said: Input) {
    let way = serde_json::json!({ "chat": 1 });
    let heard = TurnInput { input: said, proposed: None, reachable: door == Door::Telegram };
    let later = heard.reachable.then(|| way.clone());
    let arrival = Arrival { door, address: "1".into(), update: None, turn_input: heard, return_to: way, later };
    assert!(matches!(take_turn(app, &arrival).await.unwrap(), Taken::Replied(_)));
}

/// A message that Telegram did not take, to be tried again in five minutes.
fn put_off() -> Delivery {
    Delivery::TryAgain(Later { after: TimeDelta::minutes(5), why: Why::NotTaken, pieces: 0, shown: Vec::new() })
}

#[tokio::test]
async fn a_clock_that_is_set_back_mutes_no_chat() {
    for test in databases().await {
        let app = app(&test);
        // What was put there, what is claimed, and what was put off, each by a clock that is an hour ahead.
        for what in ["queued", "claimed", "put off"] {
            app.clock.advance(TimeDelta::hours(1));
            turn(&app).await;
            if what != "queued" {
                let outbox_messages = settle_and_claim(&app, "w", &[], 1).await.unwrap();
                let id = outbox_messages[0].id.clone();
                if what == "put off" {
                    settle_and_claim(&app, "w", &[(id, put_off())], 0).await.unwrap();
                }
            }
            app.clock.advance(TimeDelta::hours(-1));
            let mut sent = 0;
            while let Some(outgoing) = settle_and_claim(&app, "w", &[], 1).await.unwrap().pop() {
                settle_and_claim(&app, "w", &[(outgoing.id, Delivery::Delivered)], 0).await.unwrap();
                sent += 1;
            }
            assert!(sent > 0, "{what} on {}", test.db.name());
        }
        // A wait that has a reason is kept.
        turn(&app).await;
        let id = settle_and_claim(&app, "w", &[], 1).await.unwrap()[0].id.clone();
        settle_and_claim(&app, "w", &[(id, put_off())], 0).await.unwrap();
        assert!(settle_and_claim(&app, "w", &[], 9).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_clock_that_was_a_month_ahead_puts_off_no_job() {
    for test in databases().await {
        let app = app(&test);
        app.clock.advance(TimeDelta::days(30));
        assert!(take_up(&app, Job::CleanUp, "a").await.unwrap());
        app.clock.advance(TimeDelta::days(-30));
        assert!(take_up(&app, Job::CleanUp, "a").await.unwrap(), "on {}", test.db.name());
        assert!(!take_up(&app, Job::CleanUp, "a").await.unwrap(), "and then at its time again");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_no_replica_alive_and_silences_none() {
    for test in databases().await {
        let app = app(&test);
        app.clock.advance(TimeDelta::hours(1));
        heartbeat(&app, "here").await.unwrap();
        let mut tx = test.db.begin().await.unwrap();
        let ahead = app.clock.now().timestamp();
        replicas::heartbeat(&mut tx, "gone", 0, "", ahead).await.unwrap();
        tx.commit().await.unwrap();
        app.clock.advance(TimeDelta::hours(-1));
        heartbeat(&app, "here").await.unwrap();
        assert_eq!(reach(&app).await.unwrap().replicas, 1, "on {}", test.db.name());
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_nobody_from_signing_in() {
    const ALLOWED: Allowance = Allowance { burst: 2, every: 30 };
    async fn attempt(db: &Db, now: i64) -> Option<i64> {
        let mut tx = db.begin().await.unwrap();
        let wait = count(&mut tx, "name", ALLOWED, now).await.unwrap();
        tx.commit().await.unwrap();
        wait
    }
    for test in databases().await {
        let ahead = 1_000_000;
        assert_eq!((attempt(&test.db, ahead).await, attempt(&test.db, ahead).await), (None, None));
        assert!(attempt(&test.db, ahead).await.is_some_and(|wait| wait <= 30));
        let back = ahead - 3_600;
        assert_eq!((attempt(&test.db, back).await, attempt(&test.db, back).await), (None, None));
        assert!(attempt(&test.db, back).await.is_some_and(|wait| wait <= 30), "the limit holds again");
    }
}

/// How far ahead the clock was.
const AHEAD: TimeDelta = TimeDelta::days(300);

#[tokio::test]
async fn a_question_that_was_claimed_by_a_clock_ahead_goes_back_to_all_after_twelve_hours_and_ends_after_thirty_days() {
    for test in databases().await {
        let app = app(&test);
        app.clock.advance(AHEAD);
        let (ana, _) = joins(&app, "ana", Role::Author, Limits::default(), Lang::first()).await;
        let lang = Lang::parse("ht").unwrap();
        for said in [
            Input::Text("ki ekip ki genyen match foutbòl la yè swa?".into()),
            Input::Press(Button::Person(lang)),
            Input::Press(Button::Leave(lang)),
        ] {
            says(&app, Door::Telegram, said).await;
        }
        let open = async || open_questions(&app, &ana).await.unwrap();
        let id = open().await[0].question.id.clone();
        claim_question(&app, &ana, &id).await.unwrap();
        app.clock.advance(-AHEAD);
        clean_up(&app).await.unwrap();
        let question = open().await[0].question.clone();
        assert!(question.claimed_by.is_some(), "nobody loses it at once");
        assert_eq!(question.created_at, app.clock.now().timestamp(), "it has not been left tomorrow");
        app.clock.advance(CLAIM + TimeDelta::seconds(1));
        clean_up(&app).await.unwrap();
        assert_eq!(open().await[0].question.claimed_by, None, "on {}", test.db.name());
        app.clock.advance(KEPT);
        clean_up(&app).await.unwrap();
        assert_eq!(open().await, []);
    }
}

#[tokio::test]
async fn a_session_a_memory_a_transcript_and_a_chat_of_a_clock_ahead_last_no_longer_than_others() {
    for test in databases().await {
        let app = app(&test);
        app.clock.advance(AHEAD);
        let (_, token) = joins(&app, "ana", Role::Author, Limits::default(), Lang::first()).await;
        for door in [Door::Telegram, Door::Web] {
            says(&app, door, Input::Text("where can I get free legal help".into())).await;
        }
        app.clock.advance(-AHEAD);
        clean_up(&app).await.unwrap();
        app.clock.advance(MEMORY + TimeDelta::seconds(1));
        clean_up(&app).await.unwrap();
        let key = |door| app.encryption.chat_key(door, "1");
        let chat = async |key: ChatKey| chats::load(&test.db, &key).await.unwrap();
        let telegram = chat(key(Door::Telegram)).await;
        assert_eq!((telegram.memory, telegram.memory_until), (None, None), "on {}", test.db.name());
        assert_eq!(transcript(&app, "1").await.unwrap(), []);
        app.clock.advance(TimeDelta::hours(1));
        clean_up(&app).await.unwrap();
        assert_eq!(chat(key(Door::Web)).await.version, 0, "a page is closed after an hour");
        assert!(signed_in(&app, &token).await.unwrap().is_some(), "nobody is signed out at once");
        app.clock.advance(TimeDelta::hours(8));
        assert!(signed_in(&app, &token).await.unwrap().is_none());
        app.clock.advance(TimeDelta::days(181));
        clean_up(&app).await.unwrap();
        assert_eq!(chat(key(Door::Telegram)).await.version, 0, "a silent chat is dropped");
    }
}

#[tokio::test]
async fn a_second_factor_that_a_clock_ahead_has_seen_keeps_nobody_out_and_no_code_works_twice() {
    for test in databases().await {
        let app = app(&test);
        let (ana, _) = joins(&app, "ana", Role::Author, Limits::default(), Lang::first()).await;
        let mut tx = test.db.begin().await.unwrap();
        second_factors::set(&mut tx, &ana.id, "sealed", 0).await.unwrap();
        tx.commit().await.unwrap();
        let used = async |step: i64| {
            let mut tx = test.db.begin().await.unwrap();
            let used = second_factors::use_step(&mut tx, &ana.id, "sealed", step).await.unwrap();
            tx.commit().await.unwrap();
            used
        };
        assert!(used(1_000_000).await, "by a clock that is ahead");
        assert!(used(1_000).await, "on {}", test.db.name());
        assert!(!used(1_000).await && !used(999).await && !used(998).await);
        assert!(used(1_001).await);
    }
}

async fn run(db: &Db, sql: String) {
    match db {
        Db::Sqlite { write, .. } => drop(sqlx::query(AssertSqlSafe(sql)).execute(write).await.unwrap()),
        Db::Postgres(pool) => drop(sqlx::query(AssertSqlSafe(sql)).execute(pool).await.unwrap()),
    }
}

/// Columns of times and days of which something is to be waited for, that whoever reads them holds against a ceiling.
const HELD_BY_THEIR_READERS: [&str; 13] = [
    "batches.since",
    "chats.minute_from",
    "failed_sign_ins.day",
    "gap_askers.day",
    "gap_weeks.week",
    "jobs.claimed_until",
    "jobs.due_at",
    "outbox.claimed_until",
    "outbox.not_before",
    "outbox.unreadable_at",
    "outbox.waits_from",
    "replicas.seen_at",
    "sign_in_tries.free_at",
];

/// Columns that say when something was, for whoever reads it: nothing waits for them, and nothing ends by them.
const ONLY_READ: [&str; 23] = [
    "accounts.created_at",
    "accounts.ended_at",
    "audit.at",
    "comments.written_at",
    "counters.day",
    "drafts.updated_at",
    "entries.rules_changed_on",
    "entry_texts.checked_on",
    "entry_texts.checked_until",
    "entry_texts.native_read_on",
    "entry_texts.outdated_on",
    "faq_revision.published_at",
    "outdated_parts.outdated_on",
    "publications.published_at",
    "questions.announced_at",
    "questions.first_answer_at",
    "source_changes.day",
    "staff_groups.set_at",
    "staff_links.linked_at",
    "staff_links.reminded_on",
    "undelivered.queued_ms",
    "undelivered.since",
    "versions.saved_at",
];

#[tokio::test]
async fn every_stored_time_has_a_ceiling_or_is_only_read() {
    let test = databases().await.swap_remove(0);
    let Db::Sqlite { read, .. } = &test.db else { panic!("SQLite") };
    let named = |table: &str, column: &str| format!("{table}.{column}");
    let mut known: BTreeSet<String> = CEILINGS.iter().map(|one| named(one.table, one.column)).collect();
    known.extend(DAYS.iter().map(|one| named(one.table, one.column)));
    known.extend(HELD_BY_THEIR_READERS.iter().chain(&ONLY_READ).map(|name| (*name).to_owned()));
    let mut unknown = Vec::new();
    for table in tables(&test.db).await {
        let sql = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(read).await.unwrap();
        let ends = ["_at", "_until", "_on", "_ms", "_before", "_from", "_week", "_day"];
        let whole = ["at", "since", "day", "week", "until"];
        let is_time = |name: &str| whole.contains(&name) || ends.iter().any(|end| name.ends_with(end));
        unknown.extend(columns.iter().filter(|name| is_time(name)).map(|name| named(&table, name)));
    }
    unknown.retain(|name| !known.contains(name) && !name.starts_with("_sqlx"));
    assert_eq!(
        unknown,
        Vec::<String>::new(),
        "name them in app/operations/future_times.rs, or here where nothing waits for them"
    );
    // Every name that is held there is a column, on both databases.
    for test in databases().await {
        for (table, column) in
            CEILINGS.iter().map(|one| (one.table, one.column)).chain(DAYS.iter().map(|one| (one.table, one.column)))
        {
            run(&test.db, format!("SELECT {column} FROM {table}")).await;
        }
        clean_up(&app(&test)).await.unwrap();
    }
}
