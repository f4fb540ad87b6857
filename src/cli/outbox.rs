//! `ventanilla outbox`: lists undelivered messages without their words; retries or drops them.

use std::io::Write;
use std::process::ExitCode;

use chrono::DateTime;
use chrono_tz::Tz;
use clap::{Args, Subcommand};

use super::open::Failure;
use crate::app::{Decision, NO_KEY, decide, undelivered};
use crate::clock::Clock;
use crate::config::AppConfig;
use crate::store::Db;
use crate::store::outbox::undelivered::Undelivered;

/// Digits of a name that are shown: enough to be unique.
const SHOWN: usize = 12;
/// Fewest digits of a name that are accepted.
const FEWEST: usize = 6;

/// Subcommands of `outbox`.
#[derive(Debug, Subcommand)]
pub(super) enum OutboxCommand {
    /// List what could not be delivered: since when and why, never words or numbers
    List,
    /// Send it again
    Retry(Which),
    /// Drop it; nobody is told
    Drop(Which),
}

/// Selection of messages.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// Names as `outbox list` shows them
    #[arg(value_parser = name)]
    names: Vec<String>,
    /// All of them
    #[arg(long, conflicts_with = "names")]
    all: bool,
}

fn name(text: &str) -> Result<String, String> {
    let fits = text.len() >= FEWEST && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if fits { Ok(text.to_owned()) } else { Err("write a name as `ventanilla outbox list` shows it".into()) }
}

pub(super) async fn outbox(config: &AppConfig, command: &OutboxCommand) -> Result<ExitCode, Failure> {
    // Nothing is decrypted, so no key is needed.
    let db = Db::open_existing(&config.database_url).await?;
    let all = undelivered(&db).await?;
    let mut out = anstream::stdout();
    let code = match command {
        OutboxCommand::List => {
            write!(out, "{}", listed(&all, config.time_zone))?;
            ExitCode::SUCCESS
        }
        OutboxCommand::Retry(which) => {
            let chosen = chosen(&all, which)?;
            let done = decide(&db, &chosen, Decision::TryAgain, Clock::System.now()).await?;
            writeln!(out, "{done} of {} sent again: they go out as soon as ventanilla runs", chosen.len())?;
            if all.iter().any(|one| one.reason == NO_KEY && chosen.contains(&one.id)) {
                writeln!(out, "What no key opens waits until the right key file is back.")?;
            }
            ExitCode::SUCCESS
        }
        OutboxCommand::Drop(which) => {
            let chosen = chosen(&all, which)?;
            let done = decide(&db, &chosen, Decision::Drop, Clock::System.now()).await?;
            writeln!(out, "{done} of {} dropped", chosen.len())?;
            ExitCode::SUCCESS
        }
    };
    db.close().await;
    Ok(code)
}

/// The full names of the selected messages.
fn chosen(all: &[Undelivered], which: &Which) -> Result<Vec<String>, Failure> {
    if which.names.is_empty() && !which.all {
        return Err("say which: names as `ventanilla outbox list` shows them, or --all".into());
    }
    if which.all {
        return Ok(all.iter().map(|one| one.id.clone()).collect());
    }
    let mut chosen = Vec::new();
    for name in &which.names {
        let mut found = all.iter().filter(|one| one.id.starts_with(name));
        match (found.next(), found.next()) {
            (Some(one), None) => chosen.push(one.id.clone()),
            (None, _) => {
                return Err(format!("{name}: there is no such message; `ventanilla outbox list` shows all").into());
            }
            (Some(_), Some(_)) => return Err(format!("{name}: several names begin so; write more of it").into()),
        }
    }
    Ok(chosen)
}

fn listed(all: &[Undelivered], zone: Tz) -> String {
    if all.is_empty() {
        return "Everything was delivered, or is still being tried.\n".to_owned();
    }
    let time = |seconds: i64| {
        let time = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        time.with_timezone(&zone).format("%Y-%m-%d %H:%M %:z").to_string()
    };
    let mut lines = vec![format!("{:<SHOWN$}  {:<23}  {:<23}  why", "name", "written", "put aside")];
    for one in all {
        let name: String = one.id.chars().take(SHOWN).collect();
        lines.push(format!("{name}  {}  {}  {}", time(one.queued_ms / 1000), time(one.since), one.reason));
    }
    lines.push(
        "Send again: ventanilla outbox retry NAME… or --all. Drop: ventanilla outbox drop NAME… or --all.".into(),
    );
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: &str) -> Undelivered {
        let id = format!("{id:0<32}");
        let reason = "refused: chat not found".into();
        Undelivered {
            id,
            queued_ms: 1000,
            since: 60,
            expires_at: Some(120),
            reason,
            attempts: Some(1),
            for_staff: false,
        }
    }

    #[test]
    fn the_list_says_when_and_why_and_how_to_go_on() {
        let list = listed(&[one("abcdef01")], "UTC".parse().unwrap());
        assert!(
            list.contains("abcdef010000  1970-01-01 00:00 +00:00  1970-01-01 00:01 +00:00  refused: chat not found"),
            "{list}"
        );
        assert!(list.contains("outbox retry") && list.contains("outbox drop"));
        assert!(listed(&[], "UTC".parse().unwrap()).contains("Everything was delivered"));
    }

    #[test]
    fn a_name_that_fits_none_or_several_is_refused() {
        let all = [one("abcdef01"), one("abcdef02")];
        let which = |name: &str| chosen(&all, &Which { names: vec![name.into()], all: false });
        assert_eq!(which("abcdef02").unwrap(), [all[1].id.clone()]);
        assert!(which("abcdef").unwrap_err().to_string().contains("several"));
        assert!(chosen(&all, &Which { names: Vec::new(), all: false }).unwrap_err().to_string().contains("--all"));
        assert!(which("ffffff").unwrap_err().to_string().contains("no such"));
        assert_eq!(chosen(&all, &Which { names: Vec::new(), all: true }).unwrap().len(), 2);
    }
}
