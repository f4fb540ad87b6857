//! Commands work on what is there: none of them makes a database or a key that it should find.

use std::fs;

use tempfile::TempDir;
use ventanilla::app::{fitting_key, import_starter};
use ventanilla::store::Db;

use crate::configuration::{run, words};
use crate::fixtures::{Holds, copy_file, key_file, morning};
use crate::postgres;

/// What a folder holds.
fn files(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

const SAMPLES: &str = "lang\ttext\nes\tbuenos días, necesito ayuda con mi carnet\n";

/// Every command that works on a database, but those that may make one.
const COMMANDS: [&[&str]; 11] = [
    &["keys", "rotate"],
    &["keys", "adopt", "--yes"],
    &["staff", "invite"],
    &["staff", "list"],
    &["staff", "reset", "admin"],
    &["staff", "factor-off", "admin"],
    &["stats"],
    &["faq", "export", "out.json"],
    &["faq", "lint"],
    &["evaluate", "language", "samples.tsv"],
    &["backup", "out.db"],
];

#[tokio::test]
async fn a_command_that_finds_no_database_refuses_with_its_path_and_makes_nothing() {
    let mut databases = vec![("sqlite:mistyped.db".to_owned(), "mistyped.db")];
    if let Some(address) = postgres::database().await {
        databases.push((address, "127.0.0.1"));
    }
    for (database, name) in &databases {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("samples.tsv"), SAMPLES).unwrap();
        for line in COMMANDS {
            if line[0] == "backup" && database.starts_with("postgres") {
                continue;
            }
            let output = run(&folder, line, &[("DATABASE_URL", database)]);
            let said = words(&output.stderr);
            assert!(!output.status.success(), "{line:?} on {database}");
            assert!(said.contains(name), "{line:?}: {said}");
            assert_eq!(files(&folder), ["samples.tsv"], "{line:?}");
        }
        if database.starts_with("postgres") {
            assert!(Db::find(database).await.is_err(), "no table was made");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().canonicalize().unwrap().join("mistyped.db");
    let output = run(&folder, &["stats"], &[("DATABASE_URL", "sqlite:mistyped.db")]);
    assert!(words(&output.stderr).contains(whole.to_str().unwrap()), "{}", words(&output.stderr));
}

#[test]
fn what_needs_no_database_measures_the_starter_pack_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("samples.tsv"), SAMPLES).unwrap();
    for line in [&["evaluate", "language", "samples.tsv"][..], &["faq", "lint"]] {
        let output = run(&folder, line, &[]);
        assert!(output.status.success(), "{line:?}: {}", words(&output.stderr));
        assert_eq!(files(&folder), ["samples.tsv"], "{line:?}");
    }
}

#[tokio::test]
async fn a_key_that_opens_nothing_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (database, key, other) =
        (folder.path().join("v.db"), folder.path().join("ventanilla.key"), folder.path().join("other.key"));
    let address = format!("sqlite:{}", database.display());
    let db = Db::open(&address).await.unwrap();
    fitting_key(&db, &key).await.unwrap();
    import_starter(&db, morning()).await.unwrap();
    db.close().await;
    key_file(&other, "07");
    let environment = [("DATABASE_URL", &*address), ("VENTANILLA_KEY_FILE", other.to_str().unwrap())];
    let output = run(&folder, &["keys", "rotate"], &environment);
    let said = words(&output.stderr);
    assert!(!output.status.success() && said.contains(other.to_str().unwrap()), "{said}");
    assert_eq!(fs::read_to_string(&other).unwrap(), "07".repeat(32), "the file is as it was");
    // What is brought back says which key fits.
    let copy = folder.path().join("copy");
    assert!(run(&folder, &["backup", copy.to_str().unwrap()], &environment).status.success());
    let restored = format!("sqlite:{}", folder.path().join("new.db").display());
    for (key, belongs) in [(&key, true), (&other, false)] {
        let environment = [("DATABASE_URL", &*restored), ("VENTANILLA_KEY_FILE", key.to_str().unwrap())];
        let output = run(&folder, &["restore", copy.to_str().unwrap(), "--yes"], &environment);
        let out = words(&output.stdout);
        assert!(output.status.success(), "{}", words(&output.stderr));
        assert_eq!(out.contains(&format!("The key file {} belongs to it", key.display())), belongs, "{out}");
        assert_eq!(out.contains("is not the one of this database"), !belongs, "{out}");
    }
}

#[tokio::test]
async fn a_move_to_anything_but_a_server_is_refused_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    copy_file(Holds::Starter, &folder.path().join("ventanilla.db")).await;
    for to in ["sqlite:other.db", "mysql://h/d", "other.db"] {
        let output = run(&folder, &["move", "--to", to], &[]);
        assert!(!output.status.success(), "{to}");
        assert!(!files(&folder).iter().any(|name| name.starts_with("other")), "{to}: {:?}", files(&folder));
    }
    let said = words(&run(&folder, &["move", "--to", "sqlite:other.db"], &[]).stderr);
    assert!(said.contains("a move goes from SQLite to PostgreSQL"), "{said}");
}

#[tokio::test]
async fn links_of_the_command_line_lead_where_the_settings_say() {
    let folder = tempfile::tempdir().unwrap();
    copy_file(Holds::Starter, &folder.path().join("ventanilla.db")).await;
    let webhook = [
        ("TELEGRAM_WEBHOOK_URL", "https://bot.example.org"),
        ("TELEGRAM_BOT_TOKEN", "1:A"),
        ("TELEGRAM_WEBHOOK_SECRET", "a-secret-of-sixteen-letters"),
    ];
    let listen = |address| [("VENTANILLA_LISTEN", address)];
    for (environment, more, begins) in [
        (&listen("0.0.0.0:18080")[..], &[][..], "http://127.0.0.1:18080/console/invitation/"),
        (&listen("10.0.0.5:81"), &[], "http://10.0.0.5:81/console/invitation/"),
        (&webhook, &[], "https://bot.example.org/console/invitation/"),
        (&webhook, &["--address", "http://here/"], "http://here/console/invitation/"),
    ] {
        let line: Vec<&str> = ["staff", "invite"].iter().chain(more).copied().collect();
        let output = run(&folder, &line, environment);
        assert!(words(&output.stdout).starts_with(begins), "{}{}", words(&output.stdout), words(&output.stderr));
    }
}
