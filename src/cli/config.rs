//! `ventanilla config`: which settings hold, where each came from, and what is wrong with them.

use std::io::Write;
use std::process::ExitCode;

use clap::Subcommand;

use super::open::Failure;
use crate::config::Setting;

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print every setting with its value and where it came from, secrets masked; fails where something is wrong
    Check,
}

/// What goes before a wrong configuration: all of it, so that it is mended in one go.
pub(super) fn refuse(problems: &[String]) -> ExitCode {
    let mut out = anstream::stderr();
    // Nothing is left to do where not even this can be written.
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
