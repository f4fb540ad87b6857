//! The configuration as an operator meets it: at the command line of the real program.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

fn run(folder: &TempDir, line: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ventanilla"))
        .args(line)
        .current_dir(folder.path())
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn check_shows_what_holds_and_where_it_came_from_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("v.toml"), "listen = '127.0.0.1:81'\ntelegram_bot_token = '1:SECRET'").unwrap();
    let environment = [("DATABASE_URL", "postgres://u:SECRET@host/d"), ("VENTANILLA_CONFIG", "v.toml")];
    let output = run(&folder, &["config", "check", "--https"], &environment);
    let out = words(&output.stdout);
    assert!(output.status.success(), "{out}{}", words(&output.stderr));
    let line = |name: &str| {
        let line =
            out.lines().find(|line| line.split(' ').next() == Some(name)).unwrap_or_else(|| panic!("{name}: {out}"));
        line.split("  ").filter(|part| !part.is_empty()).map(str::trim).skip(1).collect::<Vec<_>>()
    };
    assert_eq!(line("database_url"), ["postgres://••••••@host/d", "environment DATABASE_URL"]);
    assert_eq!(line("listen"), ["127.0.0.1:81", "file v.toml"]);
    assert_eq!(line("telegram_bot_token"), ["••••••", "file v.toml"]);
    assert_eq!(line("https"), ["true", "flag"]);
    assert_eq!(line("key_file"), ["ventanilla.key", "built in"]);
    assert!(!out.contains("SECRET"), "{out}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a check makes nothing");
}

#[test]
fn a_wrong_configuration_fails_with_everything_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let environment = [
        ("DATABASE_URL", "mysql://u:SECRET@host/d"),
        ("VENTANILLA_LISTEN", "everywhere"),
        ("TELEGRAM_WEBHOOK_SECRET", "SECRET"),
        ("VENTANILLA_HTTPS", "perhaps"),
    ];
    for line in [&["config", "check"][..], &["serve"], &["ask", "hola"]] {
        let output = run(&folder, line, &environment);
        let said = words(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        for part in
            ["database_url", "listen (environment VENTANILLA_LISTEN): `everywhere`", "telegram_webhook_secret", "https"]
        {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!said.contains("SECRET@") && !said.contains("`SECRET`"), "{said}");
    }
}

#[test]
fn a_file_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&folder, &["--config", "nowhere.toml", "config", "check"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output.stderr).contains("nowhere.toml"));
}
