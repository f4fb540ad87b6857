//! `ventanilla evaluate`: measures how well messages are understood, on files of labelled messages.

use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chrono::DateTime;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::open::Failure;
use crate::app::runtime::live::Live;
use crate::app::starter;
use crate::bot::citizen::reply::{ReplyKind, Where};
use crate::bot::citizen::{Button, Input, Reply, Turn, TurnInput, respond};
use crate::bot::knowledge::Knowledge;
use crate::config::AppConfig;
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::people::chat::Chat;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::safety::danger::{Level, Sign};
use crate::domain::statistics::event::{Event, Outcome};
use crate::domain::text::lang::Lang;
use crate::store::{Db, content};
use crate::understanding::evaluation::{
    DangerMessage, DangerReport, Keys, Report, RequestMessage, Said, SubstanceReport, TalkEntry, at_most,
    evaluate_aspects, evaluate_danger, evaluate_language, evaluate_messages, evaluate_requests, evaluate_substance,
    evaluate_talks, has_aspects, read_aspects, read_bank, read_danger, read_messages, read_requests, read_samples,
    read_talks,
};
use crate::understanding::matching::{Class, Example, Glossary, Model};

/// What to measure.
#[derive(Debug, Subcommand)]
pub(super) enum EvaluateCommand {
    /// Single messages: columns lang, expected, text, and optionally style
    Matching {
        #[command(flatten)]
        measure: Measure,
        /// Measure the engine on a bank of this file (entry or intent, text, optionally lang) in place of the entries
        #[arg(long)]
        phrasings: Option<PathBuf>,
        /// Learn from at most so many phrasings of each entry and language
        #[arg(long, conflicts_with = "phrasings")]
        at_most: Option<usize>,
        /// Write the risk-coverage curve as SVG into this file
        #[arg(long)]
        svg: Option<PathBuf>,
    },
    /// Talks: columns person, lang, expected, text, and optionally style; the rows of a person are one talk. With a column aspect
    /// the whole conversation is played, and whether what was asked for was said
    Talks {
        #[command(flatten)]
        measure: Measure,
    },
    /// Where a line of help shows: columns expected (kinds by |, or -), lang, text, and optionally level and person
    Danger {
        #[command(flatten)]
        measure: Measure,
        /// Only by the patterns, without what was learned
        #[arg(long)]
        patterns: bool,
    },
    /// What a message asks about: columns lang, aspect (- for nothing in particular) and text
    Aspects {
        #[command(flatten)]
        measure: Measure,
    },
    /// Requests about the talk, and bad news: columns lang, expected (a request; or entries by |, or -, for bad news), text
    Requests {
        #[command(flatten)]
        measure: Measure,
    },
    /// Which language a text is in: columns lang and text
    Language {
        #[command(flatten)]
        measure: Measure,
    },
}

/// Input file and output format.
#[derive(Debug, Args)]
pub(super) struct Measure {
    /// A file of labelled messages, columns divided by tabs
    file: PathBuf,
    /// Print JSON for programs
    #[arg(long)]
    json: bool,
}

pub(super) async fn evaluate(config: &AppConfig, command: &EvaluateCommand) -> Result<ExitCode, Failure> {
    match command {
        EvaluateCommand::Matching { measure, phrasings: Some(bank), svg, .. } => {
            show_curve(measure, svg.as_deref(), &on_bank(&text(bank)?, &text(&measure.file)?)?)
        }
        EvaluateCommand::Matching { measure, phrasings: None, at_most, svg } => {
            show_curve(measure, svg.as_deref(), &matching(config, &text(&measure.file)?, *at_most).await?)
        }
        EvaluateCommand::Talks { measure } => {
            let table = text(&measure.file)?;
            match has_aspects(&table) {
                true => show(measure, &substance(config, &table).await?),
                false => show(measure, &talks(config, &table).await?),
            }
        }
        EvaluateCommand::Danger { measure, patterns } => {
            let messages = read_danger(&text(&measure.file)?)?;
            let knowledge = known(config).await?;
            let named = |kind| Sign { kind, level: Level::Alarm };
            let found = |message: &str| knowledge.danger().find(message).map(named);
            let report = match patterns {
                true => evaluate_danger(&messages, |message, _| found(&message.text)),
                false => danger(&knowledge, &messages),
            };
            show(measure, &report)
        }
        EvaluateCommand::Aspects { measure } => {
            let messages = read_aspects(&text(&measure.file)?)?;
            let knowledge = known(config).await?;
            show(measure, &evaluate_aspects(&messages, |text| knowledge.aspects().aspect(text)))
        }
        EvaluateCommand::Requests { measure } => {
            let messages = read_requests(&text(&measure.file)?)?;
            let knowledge = known(config).await?;
            show(measure, &evaluate_requests(&messages, |message| requested(&knowledge, message)))
        }
        EvaluateCommand::Language { measure } => {
            let samples = read_samples(&text(&measure.file)?)?;
            let knowledge = known(config).await?;
            show(measure, &evaluate_language(&samples, |text| knowledge.identify(text, None).lang))
        }
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    Ok(fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// Evaluates the engine on a separate bank of phrasings, without small talk and without our glossary.
fn on_bank(bank: &str, messages: &str) -> Result<Report, Failure> {
    let bank = read_bank(bank)?;
    let messages = read_messages(messages, &bank.keys)?;
    let class = |entry: Option<usize>| entry.map_or(Class::OutOfScope, Class::Entry);
    let examples: Vec<Example<'_>> = bank
        .phrasings
        .iter()
        .map(|phrasing| Example { class: class(phrasing.entry), lang: phrasing.lang, text: &phrasing.text })
        .collect();
    let model = Model::train(bank.keys.names.len(), &examples, &[], Glossary::default());
    Ok(evaluate_messages(&messages, &bank.keys, |message| model.understand(&message.text, None)))
}

async fn matching(config: &AppConfig, messages: &str, most: Option<usize>) -> Result<Report, Failure> {
    let knowledge = match most {
        Some(most) => Arc::new(with_fewer(config, most).await?),
        None => known(config).await?,
    };
    let keys = Keys::from_names(knowledge.entries().iter().map(|entry| entry.key.to_string()));
    let messages = read_messages(messages, &keys)?;
    Ok(evaluate_messages(&messages, &keys, |message| knowledge.model().understand(&message.text, None)))
}

/// The knowledge to measure: the database's content, or the starter pack if no database is configured and none exists.
/// Writes nothing.
async fn known(config: &AppConfig) -> Result<Arc<Knowledge>, Failure> {
    match database(config).await? {
        Some(db) => {
            let live = Live::open(&db).await?;
            db.close().await;
            Ok(live.now())
        }
        None => Ok(Arc::new(Knowledge::build(starter(), 0)?)),
    }
}

async fn database(config: &AppConfig) -> Result<Option<Db>, Failure> {
    match Db::open_existing(&config.database_url).await {
        Ok(db) => Ok(Some(db)),
        Err(error) if error.is_missing() && !config.names_database => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The knowledge trained on fewer phrasings.
async fn with_fewer(config: &AppConfig, most: usize) -> Result<Knowledge, Failure> {
    let mut content = match database(config).await? {
        Some(db) => {
            let content = content::load(&db).await?;
            db.close().await;
            content
        }
        None => starter(),
    };
    at_most(most, &mut content.phrasings);
    Ok(Knowledge::build(content, 0)?)
}

async fn talks(config: &AppConfig, messages: &str) -> Result<Report, Failure> {
    let knowledge = known(config).await?;
    let keys = Keys::from_names(knowledge.entries().iter().map(|entry| entry.key.to_string()));
    let messages = read_messages(messages, &keys)?;
    let related = |entry: &crate::domain::content::entry::Entry| TalkEntry {
        related: entry.related.iter().filter_map(|key| keys.place(key.as_str())).collect(),
    };
    let entries: Vec<TalkEntry> = knowledge.entries().iter().map(related).collect();
    Ok(evaluate_talks(&messages, &keys, &entries, |text, before| knowledge.model().understand(text, before)))
}

/// Plays every talk through the conversation. If entries are offered, the person is assumed to choose the right one if it
/// is among them.
async fn substance(config: &AppConfig, table: &str) -> Result<SubstanceReport, Failure> {
    let (knowledge, rows) = (known(config).await?, read_talks(table)?);
    let (now, mut chat) = (DateTime::UNIX_EPOCH, Chat::default());
    let exists = |key: &str| key.parse().is_ok_and(|key| knowledge.entry(&key).is_some());
    Ok(evaluate_substance(&rows, exists, |row, goes_on| {
        if !goes_on {
            chat = Chat::default();
        }
        let said = |input| TurnInput { input, proposed: Lang::parse(&row.lang), reachable: true };
        let turn = respond(&knowledge, &chat, &said(Input::Text(row.text.clone())), now);
        let result = said_in(&turn);
        chat = turn.chat;
        let chosen = result.offered.iter().find(|key| row.expected.contains(key)).and_then(|key| key.parse().ok());
        if let Some(entry) = chosen {
            let lang = chat.lang.or(Lang::parse(&row.lang)).unwrap_or(Lang::first());
            chat = respond(&knowledge, &chat, &said(Input::Press(Button::Entry(entry, lang))), now).chat;
        }
        result
    }))
}

/// Plays a message alone; the second value says whether the bot thanked for it.
fn requested(knowledge: &Knowledge, message: &RequestMessage) -> (Said, bool) {
    let input = Input::Text(message.text.clone());
    let turn_input = TurnInput { input, proposed: Lang::parse(&message.lang), reachable: true };
    let turn = respond(knowledge, &Chat::default(), &turn_input, DateTime::UNIX_EPOCH);
    let thanks = |reply: &Reply| matches!(reply.kind, ReplyKind::SmallTalk(SmallTalk::News | SmallTalk::Thanks));
    (said_in(&turn), turn.replies.iter().any(thanks))
}

fn said_in(turn: &Turn) -> Said {
    let mut said = Said::default();
    for reply in &turn.replies {
        if let ReplyKind::AlreadySaid(entry) = &reply.kind {
            said.repeated = true;
            said.entry = Some(entry.to_string());
        } else if let ReplyKind::PartMissing { entry, aspect, .. } = &reply.kind {
            said.missing.push(aspect.name());
            said.entry = Some(entry.to_string());
        } else if let ReplyKind::Where(Where { entry, .. }) = &reply.kind {
            said.aspects.push(Aspect::Where.name());
            said.entry = Some(entry.to_string());
        } else if let ReplyKind::Several(entries) | ReplyKind::BadNews(entries) = &reply.kind {
            said.asks_what_about = matches!(reply.kind, ReplyKind::BadNews(_));
            said.offered = entries.iter().map(ToString::to_string).collect();
        } else if let Some(answer) = reply.kind.answer() {
            said.entry = Some(answer.entry.to_string());
            said.lead |= answer.shown.parts().contains(&PartName::Lead);
            said.aspects.extend(answer.shown.aspect().map(Aspect::name));
        }
    }
    for event in &turn.events {
        if let Event::Message { outcome: Outcome::Request(request), .. } = event {
            said.request = Some(request.kind());
        }
    }
    said
}

/// Plays every message, or talk, through the conversation, and looks whether a line of help shows.
fn danger(knowledge: &Knowledge, messages: &[DangerMessage]) -> DangerReport {
    let (now, mut chat) = (DateTime::UNIX_EPOCH, Chat::default());
    evaluate_danger(messages, |message, goes_on| {
        if !goes_on {
            chat = Chat::default();
        }
        let turn_input = TurnInput { input: Input::Text(message.text.clone()), proposed: None, reachable: true };
        let turn = respond(knowledge, &chat, &turn_input, now);
        chat = turn.chat;
        turn.replies
            .into_iter()
            .find_map(|reply| if let ReplyKind::Danger(sign) = reply.kind { Some(sign) } else { None })
    })
}

fn show_curve(measure: &Measure, svg: Option<&Path>, report: &Report) -> Result<ExitCode, Failure> {
    if let Some(path) = svg {
        fs::write(path, report.risk_coverage.svg())?;
    }
    show(measure, report)
}

fn show<R: Serialize + Display>(measure: &Measure, report: &R) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout();
    if measure.json {
        serde_json::to_writer_pretty(&mut out, report)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{report}")?;
    }
    Ok(ExitCode::SUCCESS)
}
