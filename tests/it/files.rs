//! Files of the program: only their owner may read them, and what was deleted is not in them any more.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::json;
use ventanilla::app::runtime::live::Live;
use ventanilla::app::{
    App, Arrival, Decision, Delivery, Patience, SecondFactor, Taken, backup, clean_up, decide, restore, rotate_keys,
    settle_and_claim, take_turn, undelivered, wipe,
};
use ventanilla::bot::citizen::{Button, Input, TurnInput};
use ventanilla::clock::Clock;
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::encryption::Encryption;
use ventanilla::store::Db;
use ventanilla::store::operations::encrypted_columns::{SEALED, page};
use ventanilla::store::staff::{accounts, second_factors};

use crate::configuration::{run, words};
use crate::fixtures::{KNOWLEDGE, TestDb, app, key_file, morning, sqlite};
use crate::operations::Running;
use crate::staff::joins;

const ADDRESS: &str = "7215551234";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let inside = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    inside.flat_map(|path| if path.is_dir() { files(&path) } else { BTreeSet::from([path]) }).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_file_that_the_program_makes_is_for_its_owner_only_whatever_the_mask_is() {
    let mut command = Command::new("sh");
    command.args(["-c", "umask 000; exec \"$0\" serve", env!("CARGO_BIN_EXE_ventanilla")]);
    let running = Running::launch(command);
    running.wait_for("/ready", StatusCode::OK).await;
    assert!(running.say().await.is_success());
    let folder = running.folder.path();
    let others = |line: &str| {
        let script = format!("umask 000; exec \"$0\" {line}");
        let mut others = Command::new("sh");
        let output =
            others.args(["-c", &script, env!("CARGO_BIN_EXE_ventanilla")]).current_dir(folder).output().unwrap();
        assert!(output.status.success(), "{line}: {}", words(&output.stderr));
    };
    others("backup copy.db");
    fs::set_permissions(folder.join("copy.db"), fs::Permissions::from_mode(0o644)).unwrap();
    others("--database-url sqlite:restored.db restore copy.db");
    others("chat --record talk.txt </dev/null");
    fs::remove_file(folder.join("copy.db")).unwrap();
    let made = files(folder);
    let names: BTreeSet<_> = made.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    for name in [
        "ventanilla.db",
        "ventanilla.db-wal",
        "ventanilla.db-shm",
        "ventanilla.db.serving",
        "ventanilla.key",
        "restored.db",
        "talk.txt",
    ] {
        assert!(names.contains(name), "{name} of {names:?}");
    }
    for path in made {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn a_key_file_that_others_can_read_is_refused_at_the_start_with_the_command_that_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("ventanilla.key");
    key_file(&key, "07");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let refused = run(&folder, &["serve"], &[("VENTANILLA_LISTEN", "127.0.0.1:0")]);
    let said = words(&refused.stderr);
    assert!(!refused.status.success() && said.contains("ventanilla.key") && said.contains("chmod 6"), "{said}");
    assert_eq!(fs::read_to_string(&key).unwrap(), "07".repeat(32), "it is left as it is");
}

/// The files of the database that hold these bytes. Read by another program: where this one closed a file, SQLite would lose its
/// locks on it.
fn holding(db: &Db, values: &BTreeSet<String>) -> Vec<String> {
    let Db::Sqlite { read, .. } = db else { panic!("SQLite") };
    let path = read.connect_options().get_filename().display().to_string();
    let mut found = Vec::new();
    for end in ["", "-wal", "-shm"] {
        let bytes = Command::new("cat").arg(format!("{path}{end}")).output().unwrap().stdout;
        assert!(!bytes.is_empty() || !end.is_empty(), "the file is read");
        let text = String::from_utf8_lossy(&bytes);
        found.extend(
            values.iter().filter(|value| text.contains(value.as_str())).map(|value| format!("{value} in {end}")),
        );
    }
    found
}

/// The beginnings of everything that is sealed, and the keys of the chats: what is longer may lie on several pages.
async fn kept(app: &App) -> BTreeSet<String> {
    let mut values: BTreeSet<String> =
        [Door::Telegram, Door::Web].map(|door| app.encryption.chat_key(door, ADDRESS).as_str().to_owned()).into();
    for column in SEALED {
        let rows = page(&app.db, column, "").await.unwrap();
        values.extend(rows.into_iter().map(|(_, sealed)| sealed.chars().take(48).collect()));
    }
    values
}

async fn says(app: &App, door: Door, said: Input) {
    let way = json!({ "chat": ADDRESS });
    let heard = TurnInput { input: said, proposed: None, reachable: true };
    let arrival = Arrival {
        door,
        address: ADDRESS.into(),
        update: None,
        turn_input: heard,
        return_to: way.clone(),
        later: Some(way),
    };
    assert!(!matches!(take_turn(app, &arrival).await.unwrap(), Taken::Seen));
}

/// A talk of which something is kept in every table that holds something of chats.
async fn talks(app: &App, door: Door) {
    let lang = Lang::first();
    for said in [
        Input::Text("Mwen ansent, kote pou m ale swiv gwosès la nan Quilicura?".into()),
        Input::Text("ki ekip ki genyen match foutbòl la yè swa?".into()),
        Input::Press(Button::TellMe(lang)),
        Input::Press(Button::Leave(lang)),
    ] {
        says(app, door, said).await;
    }
}

async fn delivered(app: &App, delivery: impl Fn() -> Delivery) {
    while let Some(outgoing) = settle_and_claim(app, "w", &[], 1).await.unwrap().pop() {
        settle_and_claim(app, "w", &[(outgoing.id, delivery())], 0).await.unwrap();
    }
}

#[tokio::test]
async fn after_forget_neither_the_file_nor_its_log_holds_the_chats_key_or_what_was_sealed_for_it() {
    let test = sqlite().await;
    let app = app(&test);
    // Others talk as well: what is erased lies among what stays.
    for chat in 0..200 {
        assert!(crate::fixtures::turn(&app, chat).await);
    }
    for door in [Door::Telegram, Door::Web] {
        talks(&app, door).await;
    }
    delivered(&app, || Delivery::Delivered).await;
    for door in [Door::Telegram, Door::Web] {
        talks(&app, door).await;
    }
    let mut values = kept(&app).await;
    let key = app.encryption.chat_key(Door::Telegram, ADDRESS).as_str().to_owned();
    let before = holding(&test.db, &values);
    assert!(before.len() > 10 && before.iter().any(|found| found.starts_with(&key)), "{before:?}");
    for door in [Door::Telegram, Door::Web] {
        says(&app, door, Input::Press(Button::ForgetYes)).await;
    }
    values.extend(kept(&app).await);
    delivered(&app, || Delivery::Delivered).await;
    let still: BTreeSet<String> = kept(&app).await;
    values.retain(|value| !still.contains(value) || value.len() == 32);
    assert!(!holding(&test.db, &values).is_empty(), "it is in the log as yet");
    assert!(wipe(&app).await.unwrap());
    assert_eq!(holding(&test.db, &values), Vec::<String>::new());
}

#[tokio::test]
async fn what_retention_an_operator_the_end_of_an_account_and_a_rotation_delete_is_not_in_the_files_after_the_clean_up()
{
    let test = sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let zone = "America/Santiago".parse().unwrap();
    let encryption = Encryption::of_file(&folder.path().join("key")).unwrap();
    let app = App::of(test.db.clone(), Live::of(KNOWLEDGE.clone()), encryption, Clock::set(morning()), zone);
    let gone = async |values: &BTreeSet<String>, what: &str| {
        clean_up(&app).await.unwrap();
        assert_eq!(holding(&test.db, values), Vec::<String>::new(), "{what}");
    };
    // An account that ends: its password and its second factor.
    let (ana, _) = joins(&app, "ana", Role::Author, Limits::default(), Lang::first()).await;
    let second = SecondFactor::new().encryption(&app, &ana);
    let password = accounts::secrets(&test.db, &ana.id).await.unwrap().unwrap().password;
    let mut tx = test.db.begin().await.unwrap();
    second_factors::set(&mut tx, &ana.id, &second, 0).await.unwrap();
    tx.commit().await.unwrap();
    let secrets = BTreeSet::from([password, second]);
    assert!(holding(&test.db, &secrets).len() >= 2);
    let mut tx = test.db.begin().await.unwrap();
    accounts::end(&mut tx, &ana.id, 1).await.unwrap();
    tx.commit().await.unwrap();
    gone(&secrets, "an account's end").await;
    // What could not be delivered, and is dropped.
    talks(&app, Door::Telegram).await;
    let messages = kept(&app).await;
    delivered(&app, || Delivery::Undelivered("blocked".into())).await;
    let names: Vec<String> = undelivered(&test.db).await.unwrap().into_iter().map(|one| one.id).collect();
    assert!(!names.is_empty());
    decide(&test.db, &names, Decision::Drop, app.clock.now()).await.unwrap();
    let left = kept(&app).await;
    gone(&messages.difference(&left).cloned().collect(), "undelivered messages").await;
    // What was sealed with the key of before.
    let sealed = kept(&app).await;
    let patience = Patience { replicas: std::time::Duration::ZERO, turns: std::time::Duration::ZERO };
    rotate_keys(&app, patience, &mut |_| {}).await.unwrap();
    let left = kept(&app).await;
    let anew: BTreeSet<String> = sealed.difference(&left).cloned().collect();
    assert!(!anew.is_empty());
    gone(&anew, "a rotation").await;
    // What has served its time.
    let all = kept(&app).await;
    app.clock.advance(TimeDelta::days(181));
    gone(&all, "retention").await;
}

#[tokio::test]
async fn a_database_of_before_is_written_anew_once_and_a_backup_holds_nothing_that_was_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let (address, copy) = (format!("sqlite:{}", path.display()), folder.path().join("copy.db"));
    Db::open(&address).await.unwrap().close().await;
    let deleted = "words that an older version deleted".repeat(3);
    let bytes = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    // As an older version did it: nothing is overwritten.
    let older = TestDb::of(Db::open(&address).await.unwrap());
    let Db::Sqlite { write, .. } = &older.db else { panic!("SQLite") };
    for sql in [
        "PRAGMA secure_delete = OFF".to_owned(),
        format!("INSERT INTO settings (key, value) VALUES ('old', '{deleted}')"),
        "DELETE FROM settings WHERE key = 'old'".to_owned(),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(write).await.unwrap();
    }
    older.db.close().await;
    assert!(bytes(&path).contains(&deleted));
    backup(&address, &copy).await.unwrap();
    assert!(!bytes(&copy).contains(&deleted));
    let reset = Db::open(&address).await.unwrap();
    let Db::Sqlite { write, .. } = &reset else { panic!("SQLite") };
    sqlx::query("PRAGMA user_version = 0").execute(write).await.unwrap();
    reset.close().await;
    Db::open(&address).await.unwrap().close().await;
    assert!(!bytes(&path).contains(&deleted));
    assert_eq!(mode(&path), 0o600);
    let target = format!("sqlite:{}", folder.path().join("new.db").display());
    restore(&target, &copy, false, &Clock::set(morning())).await.unwrap();
    assert_eq!(mode(&folder.path().join("new.db")), 0o600);
}

#[tokio::test]
async fn whoever_reads_an_older_state_keeps_the_log_for_a_while_and_nobody_waits_for_them() {
    let test = sqlite().await;
    let app = app(&test);
    assert!(crate::fixtures::turn(&app, 1).await);
    let Db::Sqlite { read, .. } = &test.db else { panic!("SQLite") };
    let mut reader = read.begin().await.unwrap();
    sqlx::query("SELECT COUNT(*) FROM chats").fetch_one(&mut *reader).await.unwrap();
    assert!(crate::fixtures::turn(&app, 2).await);
    let begun = std::time::Instant::now();
    assert!(!wipe(&app).await.unwrap());
    assert!(begun.elapsed() < std::time::Duration::from_secs(3), "{:?}", begun.elapsed());
    assert!(crate::fixtures::turn(&app, 3).await, "turns go on");
    reader.rollback().await.unwrap();
    assert!(wipe(&app).await.unwrap());
}
