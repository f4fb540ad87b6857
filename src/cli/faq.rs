//! `ventanilla faq`: checks and loads what a municipality writes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, open};
use crate::actions::import_pack;
use crate::config::HouseConfig;
use crate::domain::content::Content;
use crate::domain::lang::Lang;
use crate::pack::lint::lint;
use crate::pack::{Files, Problem, STARTER, embedded, read};
use crate::store::{content, revision};
use crate::tables::open_data;

/// What to do with entries, offices and sources.
#[derive(Debug, Subcommand)]
pub(super) enum FaqCommand {
    /// Find what has to be mended, in a folder or in the starter pack
    Lint {
        /// A folder like `starter/`; without it the starter pack of the program
        folder: Option<PathBuf>,
    },
    /// Write everything that is published into a file, as JSON
    Export {
        /// The file; one that is there is replaced
        file: PathBuf,
    },
    /// Publish a folder's content in the place of all that is published
    Import {
        /// A folder like `starter/`
        folder: PathBuf,
    },
}

pub(super) async fn faq(config: &HouseConfig, command: &FaqCommand) -> Result<ExitCode, Failure> {
    match command {
        FaqCommand::Lint { folder: None } => check(read(&embedded(&STARTER))),
        FaqCommand::Lint { folder: Some(folder) } => check(read(&files(folder)?)),
        FaqCommand::Export { file } => export(config, file).await,
        FaqCommand::Import { folder } => import(config, folder).await,
    }
}

fn check(content: Result<Content, Vec<Problem>>) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout();
    let content = match content {
        Ok(content) => content,
        Err(problems) => {
            problems.iter().try_for_each(|problem| writeln!(out, "{problem}"))?;
            writeln!(out, "{} files or entries cannot be read.", problems.len())?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let findings = lint(&content);
    findings.iter().try_for_each(|finding| writeln!(out, "{finding}"))?;
    for lang in Lang::all() {
        let texts = content.entries.iter().filter(|entry| entry.texts.contains_key(&lang)).count();
        let phrasings = content.phrasings.iter().filter(|phrasing| phrasing.lang == lang);
        let (own, outside): (Vec<_>, Vec<_>) = phrasings.partition(|phrasing| phrasing.entry.is_some());
        writeln!(out, "{lang}: {texts} entries, {} phrasings, {} out of scope", own.len(), outside.len())?;
    }
    writeln!(out, "{} to mend.", findings.len())?;
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn import(config: &HouseConfig, folder: &Path) -> Result<ExitCode, Failure> {
    let content = match read(&files(folder)?) {
        Ok(content) => content,
        Err(problems) => return check(Err(problems)),
    };
    let house = open(config).await?;
    let number = import_pack(&house.db, &content, house.clock.now()).await?;
    house.close().await;
    writeln!(
        anstream::stdout(),
        "Published as revision {number}: {} entries, {} offices.",
        content.entries.len(),
        content.offices.len()
    )?;
    Ok(ExitCode::SUCCESS)
}

async fn export(config: &HouseConfig, file: &Path) -> Result<ExitCode, Failure> {
    let house = open(config).await?;
    let (number, content) = (revision::current(&house.db).await?, content::load(&house.db).await?);
    house.close().await;
    let json = serde_json::to_string_pretty(&open_data(&content, number))?;
    fs::write(file, json).map_err(|error| format!("{}: {error}", file.display()))?;
    writeln!(anstream::stdout(), "Wrote revision {number}: {} entries.", content.entries.len())?;
    Ok(ExitCode::SUCCESS)
}

/// The files of a folder, by their path inside it.
fn files(folder: &Path) -> Result<Files, Failure> {
    let mut found = Files::new();
    for sub in ["", "faq", "phrasings"] {
        let folder = folder.join(sub);
        for file in fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = file?.path();
            let (true, Some(name)) = (path.is_file(), path.file_name()) else { continue };
            let inside = Path::new(sub).join(name).to_string_lossy().into_owned();
            found.insert(inside, fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?);
        }
    }
    Ok(found)
}
