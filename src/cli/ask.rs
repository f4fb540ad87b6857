//! `ventanilla ask`: answers one question on the command line.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::open::{Failure, open};
use crate::app::App;
use crate::bot::citizen::{Input, TurnInput, respond, wording};
use crate::bot::knowledge::{Intent, Knowledge};
use crate::config::AppConfig;
use crate::domain::people::chat::Chat;
use crate::domain::text::lang::Lang;
use crate::terminal::render;

/// The question and the options.
#[derive(Debug, Args)]
pub(super) struct AskArguments {
    /// The question, in your own words
    #[arg(required = true)]
    words: Vec<String>,
    /// The language to answer in where the question's own is not sure
    #[arg(long, value_parser = language)]
    lang: Option<Lang>,
    /// Print JSON for programs
    #[arg(long)]
    json: bool,
    /// Show why: the scores of the languages, and what speaks for the best two entries
    #[arg(long, conflicts_with = "json")]
    explain: bool,
}

/// Parses a language code.
pub(super) fn language(code: &str) -> Result<Lang, String> {
    Lang::parse(code)
        .ok_or_else(|| format!("choose one of {}", Lang::all().map(Lang::code).collect::<Vec<_>>().join(", ")))
}

/// Output of `--json`.
#[derive(Serialize)]
struct Answer {
    language: Option<Lang>,
    verdict: &'static str,
    entries: Vec<Scored>,
    answer: String,
}

#[derive(Serialize)]
struct Scored {
    key: String,
    score: f32,
}

pub(super) async fn ask(config: &AppConfig, arguments: &AskArguments) -> Result<ExitCode, Failure> {
    let app = open(config).await?;
    let words = arguments.words.join(" ");
    let mut out = anstream::stdout();
    if arguments.json {
        serde_json::to_writer(&mut out, &answer(&app, &words, arguments.lang))?;
        writeln!(out)?;
    } else if arguments.explain {
        explain(&mut out, &app.live.now(), &words, arguments.lang)?;
    } else {
        let turn_input = TurnInput { input: Input::Text(words), proposed: arguments.lang, reachable: false };
        for message in crate::app::preview(&app, &turn_input) {
            render(&mut out, &message, 1)?;
        }
    }
    app.close().await;
    Ok(ExitCode::SUCCESS)
}

fn answer(app: &App, words: &str, lang: Option<Lang>) -> Answer {
    let (knowledge, now) = (app.live.now(), app.clock.now());
    let understood = knowledge.understand(words, lang, None);
    let turn_input = TurnInput { input: Input::Text(words.to_owned()), proposed: lang, reachable: false };
    let turn = respond(&knowledge, &Chat::default(), &turn_input, now);
    let messages = turn.replies.iter().flat_map(|reply| wording(&knowledge, reply, now));
    Answer {
        language: understood.lang,
        verdict: verdict(&understood.intent),
        entries: understood.ranked.iter().map(|(key, score)| Scored { key: key.to_string(), score: *score }).collect(),
        answer: messages.map(|message| message.words()).collect::<Vec<_>>().join("\n\n"),
    }
}

/// Prints the features and their weights: positive ones speak for the entry, negative ones against it.
fn explain(out: &mut impl Write, knowledge: &Knowledge, words: &str, lang: Option<Lang>) -> io::Result<()> {
    let guess = knowledge.identify(words, lang);
    let scores: Vec<String> = guess.scores.iter().map(|(lang, score)| format!("{lang} {score:.2}")).collect();
    let sure = guess.lang.map_or("unsure".to_owned(), |lang| lang.to_string());
    writeln!(out, "language: {sure} ({})", scores.join(", "))?;
    writeln!(out, "verdict:  {}", verdict(&knowledge.understand(words, lang, None).intent))?;
    for reasons in knowledge.model().explain(words, None).reasons {
        let key = knowledge.of_class(reasons.entry).map_or("?", |key| key.as_str());
        writeln!(out, "\n{key}  {:.3}", reasons.share)?;
        for (feature, weight) in reasons.features {
            writeln!(out, "  {weight:+.2}  {feature}")?;
        }
    }
    Ok(())
}

fn verdict(intent: &Intent) -> &'static str {
    match intent {
        Intent::Answer { .. } => "sure",
        Intent::Several(_) => "several",
        Intent::SmallTalk(_) => "small-talk",
        Intent::Nothing => "nothing",
    }
}
