//! `ventanilla faq`: checks, exports and imports content packs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use super::open::{Failure, open_existing};
use crate::app::{ImportError, import_pack, plan_import};
use crate::config::AppConfig;
use crate::domain::content::Content;
use crate::domain::text::lang::Lang;
use crate::exports::open_data;
use crate::pack::compare::{ItemOutcome, Plan};
use crate::pack::lint::{Weight, lint, positions};
use crate::pack::{Files, Problem, STARTER, embedded, read};
use crate::store::operations::revision;
use crate::store::{Db, content};

/// Subcommands of `faq`.
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
    /// Compare a folder with what it said at its last import and with what is published; `--yes` takes it over
    Import {
        /// A folder like `starter/`; without it the starter pack of the program
        folder: Option<PathBuf>,
        /// Do what would be done: publish what nobody here has touched, and make drafts of the rest
        #[arg(long)]
        yes: bool,
    },
}

pub(super) async fn faq(config: &AppConfig, command: &FaqCommand) -> Result<ExitCode, Failure> {
    match command {
        FaqCommand::Lint { folder: None } => {
            // No database is needed, but a configured one that does not exist is a mistake to report.
            if config.names_database {
                Db::find(&config.database_url).await?;
            }
            check(read(&embedded(&STARTER)))
        }
        FaqCommand::Lint { folder: Some(folder) } => check(read(&files(folder)?)),
        FaqCommand::Export { file } => export(config, file).await,
        FaqCommand::Import { folder, yes } => import(config, folder.as_deref(), *yes).await,
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
    let errors = findings.iter().filter(|finding| finding.weight == Weight::Error).count();
    writeln!(out, "{errors} to mend, {} hints.", findings.len() - errors)?;
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn import(config: &AppConfig, folder: Option<&Path>, yes: bool) -> Result<ExitCode, Failure> {
    let (read, name) = match folder {
        Some(folder) => (read(&files(folder)?), folder.display().to_string()),
        None => (read(&embedded(&STARTER)), "starter".to_owned()),
    };
    let content = match read {
        Ok(content) => content,
        Err(problems) => return check(Err(problems)),
    };
    let app = open_existing(config).await?;
    let done = if yes {
        import_pack(&app, &content, &name).await
    } else {
        plan_import(&app.db, &content).await.map_err(ImportError::from)
    };
    app.close().await;
    let (plan, number) = done?;
    let mut out = anstream::stdout();
    positions(&content).iter().try_for_each(|finding| writeln!(out, "look     {finding}"))?;
    plan.outcomes.iter().try_for_each(|outcome| writeln!(out, "{outcome}"))?;
    writeln!(out, "{}", counted(&plan))?;
    if yes {
        writeln!(out, "Published as revision {number}. Drafts wait for review at the console.")?;
    } else if plan.changes_anything() {
        writeln!(out, "Compared with revision {number}; nothing has changed yet. To do it: add --yes")?;
    } else {
        writeln!(out, "Compared with revision {number}; there is nothing to do.")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn counted(plan: &Plan) -> String {
    let new = plan.count(|outcome| *outcome == ItemOutcome::New);
    let updated = plan.count(|outcome| *outcome == ItemOutcome::Updated);
    let drafts = plan.count(|outcome| *outcome == ItemOutcome::Drafted);
    let waiting = plan.count(|outcome| matches!(outcome, ItemOutcome::Waits(_)));
    let kept =
        plan.count(|outcome| matches!(outcome, ItemOutcome::Kept | ItemOutcome::Elsewhere(_) | ItemOutcome::Missing));
    format!(
        "{new} new, {updated} updated, {drafts} drafts for review, {waiting} wait for somebody here, {kept} kept as they are here."
    )
}

async fn export(config: &AppConfig, file: &Path) -> Result<ExitCode, Failure> {
    let db = Db::open_existing(&config.database_url).await?;
    let (number, content) = (revision::current(&db).await?, content::load(&db).await?);
    db.close().await;
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
