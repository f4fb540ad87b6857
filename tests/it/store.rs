//! A story for every store function, on both databases.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use sqlx::{PgPool, SqlSafeStr};
use ventanilla::domain::content::entry::Check;
use ventanilla::domain::offices::position::Position;
use ventanilla::domain::people::chat::{ChatKey, Door};
use ventanilla::domain::people::small_talk::SmallTalk;
use ventanilla::domain::safety::danger::{Danger, Level, Sign};
use ventanilla::domain::statistics::event::{Event, Outcome, Way};
use ventanilla::domain::statistics::feedback::{Complaint, Revision};
use ventanilla::domain::text::lang::Lang;
use ventanilla::domain::unanswered::group::UnansweredWords;
use ventanilla::pack::{STARTER, embedded, read};
use ventanilla::store::chats::{self, Saving, StoredChat};
use ventanilla::store::chats::{transcripts, updates};
use ventanilla::store::operations::{jobs, learned, revision};
use ventanilla::store::outbox::{self, Postponed, RowId};
use ventanilla::store::staff::{accounts, sessions, telegram_groups, telegram_links};
use ventanilla::store::statistics::events;
use ventanilla::store::{Db, Tx, content};
use ventanilla::understanding::redaction::redact;

use crate::fixtures::{databases, morning};

fn chat(name: &str) -> ChatKey {
    ChatKey::from_hash(name.to_owned())
}

#[tokio::test]
async fn what_was_published_comes_out_as_it_went_in() {
    let mut pack = read(&embedded(&STARTER)).unwrap();
    let text = pack.entries[0].texts.values_mut().next().unwrap();
    text.check = Some(Check { by: "Oficina".into(), on: morning().date_naive(), until: "2027-05-22".parse().unwrap() });
    for test in databases().await {
        // Twice: the second replaces the first.
        for number in 1..=2 {
            let mut tx = test.db.begin().await.unwrap();
            assert_eq!(revision::raise(&mut tx, morning()).await.unwrap(), number);
            content::replace(&mut tx, &pack).await.unwrap();
            tx.commit().await.unwrap();
        }
        let loaded = content::load(&test.db).await.unwrap();
        assert_eq!(loaded.entries, pack.entries);
        assert_eq!(loaded.phrasings, pack.phrasings);
        assert_eq!(loaded, pack);
    }
}

#[tokio::test]
async fn a_transaction_that_is_not_committed_changes_nothing() {
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        revision::raise(&mut tx, morning()).await.unwrap();
        drop(tx);
        assert_eq!(revision::current(&test.db).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn only_what_was_learned_last_is_kept_under_its_fingerprint() {
    for test in databases().await {
        assert_eq!(learned::load(&test.db, "one").await.unwrap(), None);
        for (fingerprint, bytes) in [("one", [0, 255].as_slice()), ("two", &[7; 100_000])] {
            let mut tx = test.db.begin().await.unwrap();
            learned::keep(&mut tx, fingerprint, bytes).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(learned::load(&test.db, fingerprint).await.unwrap().as_deref(), Some(bytes));
        }
        assert_eq!(learned::load(&test.db, "one").await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_chat_is_saved_only_over_the_version_that_was_read() {
    let day = morning().date_naive();
    for test in databases().await {
        let key = chat("a");
        assert_eq!(chats::load(&test.db, &key).await.unwrap(), StoredChat::default());
        let first = StoredChat {
            lang: Some(Lang::first()),
            municipality: "quilicura".parse().ok(),
            memory: Some("sealed".into()),
            memory_until: Some(1_000),
            version: 0,
            ..StoredChat::default()
        };
        let mut tx = test.db.begin().await.unwrap();
        assert!(save(&mut tx, &key, &first, day, None).await);
        assert!(!save(&mut tx, &key, &first, day, None).await, "a new chat twice");
        tx.commit().await.unwrap();
        let stored = chats::load(&test.db, &key).await.unwrap();
        assert_eq!(stored, StoredChat { version: 1, last_day: Some(day), ..first.clone() });
        let mut tx = test.db.begin().await.unwrap();
        assert!(save(&mut tx, &key, &stored, day, None).await);
        assert!(!save(&mut tx, &key, &stored, day, None).await, "an old version");
        tx.commit().await.unwrap();
    }
}

/// Saves one chat; whether it was saved.
async fn save(tx: &mut Tx, key: &ChatKey, chat: &StoredChat, day: NaiveDate, ends_at: Option<i64>) -> bool {
    chats::save(tx, &[Saving { key, chat, day, ends_at }]).await.unwrap().contains(key)
}

#[tokio::test]
async fn chats_that_are_saved_together_each_keep_their_own_and_one_that_was_erased_stays_so() {
    let day = morning().date_naive();
    for test in databases().await {
        let keys: Vec<ChatKey> = ["new", "known", "erased", "overtaken", "other"].map(chat).into();
        let mut tx = test.db.begin().await.unwrap();
        for key in &keys[1..] {
            assert!(save(&mut tx, key, &StoredChat::default(), day, None).await);
        }
        chats::forget(&mut tx, &keys[2]).await.unwrap();
        let at = |version, memory: &str| StoredChat { version, memory: Some(memory.into()), ..StoredChat::default() };
        assert!(save(&mut tx, &keys[3], &at(1, "faster"), day, Some(9)).await);
        let chats = [at(0, "new"), at(1, "known"), at(1, "erased"), at(1, "late"), at(1, "")];
        let saving = |(key, chat)| Saving { key, chat, day, ends_at: None };
        let saved = chats::save(&mut tx, &keys.iter().zip(&chats).map(saving).collect::<Vec<_>>()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(saved, [&keys[0], &keys[1], &keys[4]].into_iter().cloned().collect());
        for (key, (version, memory)) in keys.iter().zip([(1, "new"), (2, "known"), (0, ""), (2, "faster"), (2, "")]) {
            let stored = chats::load(&test.db, key).await.unwrap();
            assert_eq!((stored.version, stored.memory.unwrap_or_default().as_str()), (version, memory));
        }
    }
}

#[tokio::test]
async fn old_memories_are_dropped_and_then_silent_chats() {
    let day = morning().date_naive();
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        let saved = StoredChat { memory: Some("m".into()), memory_until: Some(1_000), ..StoredChat::default() };
        save(&mut tx, &chat("a"), &saved, day, None).await;
        chats::drop_old(&mut tx, 999, day).await.unwrap();
        tx.commit().await.unwrap();
        assert!(chats::load(&test.db, &chat("a")).await.unwrap().memory.is_some());
        let mut tx = test.db.begin().await.unwrap();
        chats::drop_old(&mut tx, 1_000, day).await.unwrap();
        tx.commit().await.unwrap();
        let left = chats::load(&test.db, &chat("a")).await.unwrap();
        assert_eq!((left.memory, left.memory_until, left.version), (None, None, 1));
        let mut tx = test.db.begin().await.unwrap();
        chats::drop_old(&mut tx, 1_000, day.succ_opt().unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(chats::load(&test.db, &chat("a")).await.unwrap().version, 0);
    }
}

#[tokio::test]
async fn a_chat_that_ends_by_itself_is_dropped_in_its_time() {
    let day = morning().date_naive();
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        save(&mut tx, &chat("page"), &StoredChat::default(), day, Some(500)).await;
        save(&mut tx, &chat("phone"), &StoredChat::default(), day, None).await;
        chats::drop_old(&mut tx, 499, day).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(chats::load(&test.db, &chat("page")).await.unwrap().version, 1);
        let mut tx = test.db.begin().await.unwrap();
        chats::drop_old(&mut tx, 500, day).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(chats::load(&test.db, &chat("page")).await.unwrap().version, 0);
        assert_eq!(chats::load(&test.db, &chat("phone")).await.unwrap().version, 1);
    }
}

#[tokio::test]
async fn an_update_is_seen_once_per_bot_until_its_day_is_dropped() {
    let day = morning().date_naive();
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        assert!(!updates::first_sight(&mut tx, &[("bot", 5)], day).await.unwrap().is_empty());
        assert!(updates::first_sight(&mut tx, &[("bot", 5)], day).await.unwrap().is_empty());
        assert!(!updates::first_sight(&mut tx, &[("other", 5)], day).await.unwrap().is_empty());
        updates::drop_before(&mut tx, day).await.unwrap();
        assert!(updates::first_sight(&mut tx, &[("bot", 5)], day).await.unwrap().is_empty());
        updates::drop_before(&mut tx, day.succ_opt().unwrap()).await.unwrap();
        assert!(!updates::first_sight(&mut tx, &[("bot", 5)], day).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_transcript_lives_until_it_expires_or_is_forgotten() {
    for test in databases().await {
        let key = chat("a");
        let mut tx = test.db.begin().await.unwrap();
        transcripts::save(&mut tx, &key, "one", 100).await.unwrap();
        transcripts::save(&mut tx, &key, "two", 200).await.unwrap();
        transcripts::save(&mut tx, &chat("b"), "b", 200).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(transcripts::load(&test.db, &key, 199).await.unwrap().as_deref(), Some("two"));
        assert_eq!(transcripts::load(&test.db, &key, 200).await.unwrap(), None);
        let mut tx = test.db.begin().await.unwrap();
        transcripts::forget(&mut tx, &key).await.unwrap();
        transcripts::drop_expired(&mut tx, 199).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(transcripts::load(&test.db, &key, 0).await.unwrap(), None);
        assert!(transcripts::load(&test.db, &chat("b"), 0).await.unwrap().is_some());
        let mut tx = test.db.begin().await.unwrap();
        transcripts::drop_expired(&mut tx, 200).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(transcripts::load(&test.db, &chat("b"), 0).await.unwrap(), None);
    }
}

#[tokio::test]
async fn only_the_oldest_row_of_a_chat_can_be_claimed_and_by_one_worker() {
    for test in databases().await {
        let row = |name: &str, seq| RowId { chat: chat(name), seq };
        let mut tx = test.db.begin().await.unwrap();
        for id in [row("a", 1), row("a", 2), row("b", 1)] {
            outbox::put(&mut tx, &[(id.clone(), id.seq.to_string())], at(10)).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(outbox::waiting(&test.db).await.unwrap(), 3);
        let mut tx = test.db.begin().await.unwrap();
        let mut claimed = outbox::claim(&mut tx, "w", 10, 70, 9).await.unwrap();
        claimed.sort_by(|a, b| a.id.chat.cmp(&b.id.chat));
        assert_eq!(claimed.iter().map(|c| c.id.clone()).collect::<Vec<_>>(), [row("a", 1), row("b", 1)]);
        assert_eq!(claimed[0].attempts, 0);
        assert!(outbox::claim(&mut tx, "v", 10, 70, 9).await.unwrap().is_empty(), "claimed twice");
        // Claims run out where a worker is dead.
        assert_eq!(outbox::claim(&mut tx, "v", 70, 130, 9).await.unwrap().len(), 2);
        let how = Postponed { not_before: 100, wakes: false, unknown: false, pieces: 0 };
        // Whoever has lost a claim gives back nothing that another worker is sending.
        outbox::put_off(&mut tx, &row("b", 1), "w", 71, &Postponed { not_before: 71, ..how }).await.unwrap();
        assert!(outbox::claim(&mut tx, "x", 71, 130, 9).await.unwrap().is_empty());
        outbox::delete(&mut tx, &[&row("a", 1)]).await.unwrap();
        outbox::put_off(&mut tx, &row("b", 1), "v", 71, &how).await.unwrap();
        let next = outbox::claim(&mut tx, "v", 71, 130, 9).await.unwrap();
        assert_eq!(next.iter().map(|c| c.id.clone()).collect::<Vec<_>>(), [row("a", 2)]);
        outbox::release(&mut tx, "v").await.unwrap();
        let again = outbox::claim(&mut tx, "v", 100, 160, 9).await.unwrap();
        assert_eq!(again.len(), 2);
        assert!(again.iter().all(|claimed| claimed.attempts > 0));
        outbox::forget(&mut tx, &chat("a")).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(outbox::waiting(&test.db).await.unwrap(), 1);
    }
}

/// So many seconds after 1970.
fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

#[tokio::test]
async fn what_was_put_into_the_outbox_first_goes_out_first_within_a_second_as_well() {
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        for (name, milliseconds) in [("b", 1), ("c", 0), ("a", 2)] {
            let id = RowId { chat: chat(name), seq: 1 };
            let when = at(10) + TimeDelta::milliseconds(milliseconds);
            outbox::put(&mut tx, &[(id, "x".into())], when).await.unwrap();
        }
        for name in ["c", "b", "a"] {
            let claimed = outbox::claim(&mut tx, "w", 10, 70, 1).await.unwrap();
            assert_eq!(claimed.iter().map(|row| &row.id.chat).collect::<Vec<_>>(), [&chat(name)]);
        }
    }
}

#[tokio::test]
async fn two_workers_at_once_never_claim_the_same_row() {
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        for n in 0..100 {
            outbox::put(&mut tx, &[(RowId { chat: chat(&format!("c{n}")), seq: 1 }, "x".into())], at(0)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let work = |worker: &'static str| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let mut tx = db.begin().await.unwrap();
                    let claimed = outbox::claim(&mut tx, worker, 1, 60, 7).await.unwrap();
                    tx.commit().await.unwrap();
                    if claimed.is_empty() && outbox_left(&db).await == 0 {
                        return mine;
                    }
                    for row in claimed {
                        let mut tx = db.begin().await.unwrap();
                        outbox::delete(&mut tx, &[&row.id]).await.unwrap();
                        tx.commit().await.unwrap();
                        mine.push(row.id.chat);
                    }
                }
            })
        };
        let (a, b) = (work("a"), work("b"));
        let mut all = a.await.unwrap();
        all.extend(b.await.unwrap());
        all.sort();
        let count = all.len();
        all.dedup();
        assert_eq!((count, all.len()), (100, 100));
    }
}

async fn outbox_left(db: &ventanilla::store::Db) -> i64 {
    outbox::waiting(db).await.unwrap()
}

#[tokio::test]
async fn every_event_becomes_a_counter_and_repeats_add_up() {
    let lang = Lang::first();
    let entry: ventanilla::domain::text::id::EntryKey = "health/cost".parse().unwrap();
    let said = |outcome| Event::Message { lang, outcome };
    let all = vec![
        Event::ChatBegan,
        said(Outcome::Answered(entry.clone(), Way::Asked)),
        said(Outcome::Answered(entry.clone(), Way::FollowedUp)),
        Event::Chosen { entry: entry.clone(), lang },
        said(Outcome::Offered),
        said(Outcome::NotUnderstood),
        said(Outcome::HelpOnly),
        said(Outcome::SmallTalk(SmallTalk::Thanks)),
        said(Outcome::Offices),
        Event::Opened { entry: entry.clone(), lang },
        Event::NoneFitted(lang),
        Event::TopicOpened("health".parse().unwrap(), lang),
        Event::DangerShown(Sign { kind: Danger::Medical, level: Level::Alarm }, lang),
        Event::DangerShown(Sign { kind: Danger::Medical, level: Level::Care }, lang),
        Event::DangerLeft(Danger::Medical, lang),
        Event::OfficesShown("quilicura".parse().ok(), lang),
        Event::OfficeShown("quilicura".parse().unwrap(), lang),
        Event::Voted { entry: entry.clone(), lang, useful: true, revision: Revision::default() },
        Event::Voted { entry: entry.clone(), lang, useful: false, revision: Revision::default() },
        Event::Complained { entry: entry.clone(), lang, complaint: Complaint::Unclear },
        Event::Unanswered(UnansweredWords { lang, entry: Some(entry), words: redact("kote lisans lan ye") }),
        Event::LanguageChosen(lang),
        Event::Forgotten,
        Event::Retracted,
    ];
    for test in databases().await {
        for _ in 0..2 {
            let mut tx = test.db.begin().await.unwrap();
            events::record(&mut tx, morning().date_naive(), Door::Web, &all).await.unwrap();
            tx.commit().await.unwrap();
        }
        let counters = events::counters(&test.db).await.unwrap();
        let of = |name: &str| counters.iter().filter(|c| c.name == name).map(|c| c.n).sum::<i64>();
        // Words only: a button that is pressed is no message.
        assert_eq!(of("messages"), 14);
        for name in [
            "chats-begun",
            "answered",
            "followed-up",
            "chosen",
            "offered",
            "not-understood",
            "help-only",
            "small-talk",
            "place-named",
        ] {
            assert_eq!(of(name), 2, "{name}");
        }
        assert_eq!(counters.iter().map(|c| c.name.as_str()).collect::<std::collections::BTreeSet<_>>().len(), 27);
        assert!(counters.iter().all(|c| c.day == "2026-11-23" && c.door == "web"));
    }
}

#[tokio::test]
async fn a_job_is_claimed_once_and_by_another_when_its_claim_has_run_out() {
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        assert!(jobs::claim(&mut tx, "sweep", "a", 100, 200, 400).await.unwrap());
        assert!(!jobs::claim(&mut tx, "sweep", "b", 199, 300, 400).await.unwrap());
        assert!(jobs::claim(&mut tx, "dust", "b", 100, 200, 400).await.unwrap(), "another job is free");
        assert!(jobs::claim(&mut tx, "sweep", "b", 200, 300, 400).await.unwrap(), "whoever had it is dead");
        jobs::done(&mut tx, "sweep", "a", 0).await.unwrap();
        assert!(!jobs::claim(&mut tx, "sweep", "c", 250, 300, 400).await.unwrap(), "it is no longer a's to lay down");
        jobs::done(&mut tx, "sweep", "b", 500).await.unwrap();
        assert!(!jobs::claim(&mut tx, "sweep", "c", 499, 600, 400).await.unwrap());
        assert!(jobs::claim(&mut tx, "sweep", "c", 500, 600, 400).await.unwrap());
    }
}

#[tokio::test]
async fn a_claim_is_renewed_by_whoever_has_it_and_the_backlog_is_known() {
    for test in databases().await {
        let id = RowId { chat: chat("a"), seq: 1 };
        let mut tx = test.db.begin().await.unwrap();
        outbox::put(&mut tx, &[(id.clone(), "x".into())], at(10)).await.unwrap();
        outbox::claim(&mut tx, "w", 10, 30, 9).await.unwrap();
        assert!(outbox::renew(&mut tx, &id, "w", 60).await.unwrap());
        assert!(outbox::claim(&mut tx, "v", 59, 80, 9).await.unwrap().is_empty());
        assert_eq!(outbox::claim(&mut tx, "v", 60, 80, 9).await.unwrap().len(), 1);
        assert!(!outbox::renew(&mut tx, &id, "w", 90).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(
            outbox::backlog(&test.db).await.unwrap(),
            outbox::Backlog { waiting: 1, oldest_ms: Some(10_000), unreadable: 0 }
        );
    }
}

#[tokio::test]
async fn an_update_whose_turn_was_not_saved_is_new_again() {
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        let day = "2026-11-23".parse().unwrap();
        assert!(!updates::first_sight(&mut tx, &[("1", 7)], day).await.unwrap().is_empty());
        let both = updates::first_sight(&mut tx, &[("1", 7), ("1", 8), ("2", 7)], day).await.unwrap();
        assert_eq!(both.into_iter().collect::<Vec<_>>(), [("1".to_owned(), 8), ("2".to_owned(), 7)]);
        updates::unsee(&mut tx, "1", 7).await.unwrap();
        assert!(!updates::first_sight(&mut tx, &[("1", 7)], day).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn accounts_of_an_older_database_keep_their_sessions_links_and_groups() {
    const OLD: [&str; 5] = [
        "INSERT INTO accounts (id, login, name, shown_as, role, langs, topics, lang, password, second, second_used, created_at) \
         VALUES ('a', 'marie', 'Marie', 'Oficina', 'author', '', '', 'ht', 'hash', 'sealed', 7, 1)",
        "INSERT INTO sessions (hash, account, created_at, seen_at) VALUES ('s', 'a', 1, 2)",
        "INSERT INTO staff_link_codes (hash, account, expires_at) VALUES ('c', 'a', 3)",
        "INSERT INTO staff_links (chat, account, address, linked_at, reminders, reminded_on, version) \
         VALUES ('desk-x', 'a', 'sealed', 4, TRUE, '2026-11-23', 5)",
        "INSERT INTO staff_groups (chat, address, municipality, set_by, set_at) VALUES ('desk-y', 'sealed', '', 'a', 6)",
    ];
    let (addresses, _folder) = older_databases(58, &OLD).await;
    for address in addresses {
        let db = Db::open(&address).await.unwrap();
        let marie = accounts::by_login(&db, "marie").await.unwrap().unwrap();
        assert!(marie.id == "a" && marie.has_second_factor);
        assert_eq!(accounts::secrets(&db, "a").await.unwrap().unwrap().second_used, 7);
        assert_eq!(sessions::of(&db, "a").await.unwrap().len(), 1);
        assert_eq!(telegram_links::whose_code(&db, "c", 0).await.unwrap().as_deref(), Some("a"));
        assert_eq!(telegram_links::list(&db).await.unwrap().remove(0).version, 5);
        assert_eq!(telegram_groups::list(&db).await.unwrap().remove(0).set_at, 6);
        // What refers to an account goes on doing so.
        let mut tx = db.begin().await.unwrap();
        let unknown = sessions::begin(&mut tx, "t", "nobody", 1).await.unwrap_err();
        assert!(unknown.is_missing_key(), "{unknown}");
        drop(tx);
        db.close().await;
    }
}

/// Databases of each kind as an older program left them, with these rows; the folder keeps the file.
async fn older_databases(before: i64, rows: &[&'static str]) -> (Vec<String>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut addresses = vec![format!("sqlite:{}", folder.path().join("old.db").display())];
    addresses.extend(crate::postgres::database().await);
    for address in &addresses {
        if address.starts_with("sqlite:") {
            let options: SqliteConnectOptions = address.parse().unwrap();
            let pool = SqlitePool::connect_with(options.create_if_missing(true)).await.unwrap();
            migrations_before(before).run(&pool).await.unwrap();
            for sql in rows {
                sqlx::query(*sql).execute(&pool).await.unwrap();
            }
            pool.close().await;
        } else {
            let pool = PgPool::connect(address).await.unwrap();
            migrations_before(before).run(&pool).await.unwrap();
            for sql in rows {
                sqlx::query(*sql).execute(&pool).await.unwrap();
            }
            pool.close().await;
        }
    }
    (addresses, folder)
}

/// The migrations before this number, as an older program had them.
fn migrations_before(number: i64) -> Migrator {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut all = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let (own, what) = path.file_stem().unwrap().to_str().unwrap().split_once('_').unwrap();
        let own: i64 = own.parse().unwrap();
        if own < number {
            let sql = sqlx::AssertSqlSafe(std::fs::read_to_string(&path).unwrap()).into_sql_str();
            all.push(Migration::new(own, what.replace('_', " ").into(), MigrationType::Simple, sql, false));
        }
    }
    all.sort_by_key(|migration| migration.version);
    Migrator::with_migrations(all)
}

#[tokio::test]
async fn offices_of_an_older_database_keep_their_hours_and_positions() {
    const OLD: [&str; 2] = [
        "INSERT INTO municipalities (key, place, name, lat, lon, time_zone) VALUES ('a', 0, 'A', -33.4, -70.6, 'America/Santiago')",
        "INSERT INTO offices (key, place, municipality, name, lat, lon, approximate, hours, hours_checked, time_zone) \
         VALUES ('o', 0, 'a', 'O', -33.5, -70.7, TRUE, 'Mo-Fr 08:30-14:00; PH off', TRUE, 'America/Santiago')",
    ];
    let (addresses, _folder) = older_databases(35, &OLD).await;
    for address in addresses {
        let db = Db::open(&address).await.unwrap();
        let office = content::offices(&db).await.unwrap().remove(0);
        assert_eq!(office.position, Position::new(-33.5, -70.7).ok());
        assert_eq!(office.confirmed_hours().map(|hours| hours.as_str()), Some("Mo-Fr 08:30-14:00; PH off"));
        db.close().await;
    }
}
