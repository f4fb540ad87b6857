//! `ventanilla config`: prints the effective settings, their origins, and what is wrong with them.

use std::io::Write;
use std::process::ExitCode;

use clap::Subcommand;

use super::open::Failure;
use crate::config::Setting;

/// Subcommands of `config`.
#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print every setting with its value and where it came from, secrets masked; fails where something is wrong
    Check,
}

/// Prints every problem of the configuration at once, and returns the exit code.
pub(super) fn refuse(problems: &[String]) -> ExitCode {
    let mut out = anstream::stderr();
    // An error while writing to stderr cannot be reported anywhere.
    let _ = writeln!(out, "ventanilla: the configuration cannot be used");
    for problem in problems {
        let _ = writeln!(out, "  {problem}");
    }
    ExitCode::from(2)
}

pub(super) fn show(settings: &[Setting]) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout();
    let width =
        |of: fn(&Setting) -> &str| settings.iter().map(|setting| of(setting).chars().count()).max().unwrap_or(0);
    let (names, values) = (width(|setting| &setting.name), width(|setting| &setting.shown));
    for Setting { name, shown, origin } in settings {
        writeln!(out, "{name:names$}  {shown:values$}  {origin}")?;
    }
    writeln!(out, "The configuration can be used.")?;
    Ok(ExitCode::SUCCESS)
}
