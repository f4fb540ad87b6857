//! The configuration as an operator meets it: at the command line of the real program.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

pub fn run(folder: &TempDir, line: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ventanilla"))
        .args(line)
        .current_dir(folder.path())
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

pub fn words(bytes: &[u8]) -> String {
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
    let key = std::path::absolute(folder.path().canonicalize().unwrap().join("ventanilla.key")).unwrap();
    assert_eq!(line("key_file"), [key.to_str().unwrap(), "built in"]);
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
fn a_webhook_to_which_telegram_brings_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let check = |url: &str, more: &[(&str, &str)]| {
        let mut environment = vec![
            ("TELEGRAM_WEBHOOK_URL", url),
            ("TELEGRAM_BOT_TOKEN", "1:A"),
            ("TELEGRAM_WEBHOOK_SECRET", "a-secret-of-sixteen-letters"),
        ];
        environment.extend(more);
        let output = run(&folder, &["config", "check"], &environment);
        (output.status.code(), words(&output.stderr))
    };
    for (url, part) in
        [("http://bot.example.org", "https://"), ("https://bot.example.org:8080", "443, 80, 88 and 8443")]
    {
        let (code, said) = check(url, &[]);
        assert!(code == Some(2) && said.contains("telegram_webhook_url") && said.contains(part), "{said}");
        assert_eq!(check(url, &[("TELEGRAM_API_URL", "http://127.0.0.1:8081")]).0, Some(0), "a server of one's own");
    }
    assert_eq!(check("https://bot.example.org:8443", &[]).0, Some(0));
}

#[test]
fn a_file_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&folder, &["--config", "nowhere.toml", "config", "check"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output.stderr).contains("nowhere.toml"));
}

#[test]
fn paths_of_a_settings_file_begin_at_its_folder_wherever_the_program_is_started() {
    let (settings, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = settings.path().join("v.toml");
    fs::write(&file, "database_url = 'sqlite:v.db'\nkey_file = 'keys/k'").unwrap();
    let check = ["--config", file.to_str().unwrap(), "config", "check"];
    let out = words(&run(&elsewhere, &check, &[]).stdout);
    assert!(out.contains(&format!("sqlite:{} ", settings.path().join("v.db").display())), "{out}");
    assert!(out.contains(&format!("{} ", settings.path().join("keys/k").display())), "{out}");
    // Where the file lies where the program is started, as it had to before, nothing is begun anew beside it.
    fs::write(elsewhere.path().join("v.db"), "").unwrap();
    let output = run(&elsewhere, &check, &[]);
    let said = words(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("database_url") && said.contains("Write the whole path"), "{said}");
}
