//! `ventanilla ask`: answers questions on the command line, one, a whole talk, or many from standard input.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::open::{Failure, open};
use crate::app::App;
use crate::bot::citizen::reply::ReplyKind;
use crate::bot::citizen::{Input, Reply, TurnInput, respond, wording};
use crate::bot::knowledge::{Intent, Knowledge};
use crate::config::AppConfig;
use crate::domain::content::aspect::Aspect;
use crate::domain::people::chat::Chat;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::text::lang::Lang;
use crate::terminal::render;

/// In place of a question: questions are read from standard input.
const FROM_STANDARD_INPUT: &str = "-";

/// The question and the options.
#[derive(Debug, Args)]
pub(super) struct AskArguments {
    /// The question, in your own words; `-` reads questions from standard input, one a line (with --json): a tab
    /// separates earlier messages of the same talk from the last
    #[arg(required = true)]
    words: Vec<String>,
    /// An earlier message of the same talk; several in their order
    #[arg(long, value_name = "EARLIER WORDS", conflicts_with = "explain")]
    after: Vec<String>,
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

/// Output of `--json`, for the last message of a talk.
#[derive(Serialize)]
struct Answer {
    language: Option<Lang>,
    /// `sure`, `several`, `nothing` or `small-talk`.
    verdict: &'static str,
    /// The likeliest entries, best first.
    entries: Vec<Scored>,
    /// What was asked about the subject.
    aspect: Option<&'static str>,
    /// Whether the part of the aspect was `said`, or is said to be `missing`.
    part: Option<&'static str>,
    /// A request about the talk itself.
    request: Option<&'static str>,
    danger: Option<DangerFound>,
    /// The municipality that was named, or that was chosen before.
    place: Option<Place>,
    answer: String,
}

#[derive(Serialize)]
struct DangerFound {
    kind: &'static str,
    level: &'static str,
}

#[derive(Serialize)]
struct Place {
    key: String,
    name: String,
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
    if arguments.json && words == FROM_STANDARD_INPUT {
        for line in io::stdin().lock().lines() {
            let line = line?;
            let talk: Vec<&str> = line.split('\t').collect();
            if let Some((words, earlier)) = talk.split_last() {
                serde_json::to_writer(&mut out, &answer(&app, earlier, words, arguments.lang))?;
                writeln!(out)?;
            }
        }
    } else if arguments.json {
        let earlier: Vec<&str> = arguments.after.iter().map(String::as_str).collect();
        serde_json::to_writer(&mut out, &answer(&app, &earlier, &words, arguments.lang))?;
        writeln!(out)?;
    } else if arguments.explain {
        explain(&mut out, &app.live.now(), &words, arguments.lang)?;
    } else {
        let (knowledge, now) = (app.live.now(), app.clock.now());
        let earlier: Vec<&str> = arguments.after.iter().map(String::as_str).collect();
        let chat = after(&knowledge, &earlier, arguments.lang, now);
        let turn = respond(&knowledge, &chat, &said(&words, arguments.lang), now);
        for message in turn.replies.iter().flat_map(|reply| wording(&knowledge, reply, now)) {
            render(&mut out, &message, 1)?;
        }
    }
    app.close().await;
    Ok(ExitCode::SUCCESS)
}

fn said(words: &str, lang: Option<Lang>) -> TurnInput {
    TurnInput { input: Input::Text(words.to_owned()), proposed: lang, reachable: false }
}

/// The chat after these messages of a talk.
fn after(knowledge: &Knowledge, earlier: &[&str], lang: Option<Lang>, now: DateTime<Utc>) -> Chat {
    earlier.iter().fold(Chat::default(), |chat, words| respond(knowledge, &chat, &said(words, lang), now).chat)
}

fn answer(app: &App, earlier: &[&str], words: &str, lang: Option<Lang>) -> Answer {
    let (knowledge, now) = (app.live.now(), app.clock.now());
    let chat = after(&knowledge, earlier, lang, now);
    let understood = knowledge.understand(words, chat.lang.or(lang), chat.recall(now));
    let turn = respond(&knowledge, &chat, &said(words, lang), now);
    let messages = turn.replies.iter().flat_map(|reply| wording(&knowledge, reply, now));
    let named = knowledge.place_in(words).map(|place| &place.key).or(turn.chat.municipality.as_ref());
    let place = named.and_then(|key| knowledge.municipality(key));
    Answer {
        language: understood.lang,
        verdict: verdict(&understood.intent),
        entries: understood.ranked.iter().map(|(key, score)| Scored { key: key.to_string(), score: *score }).collect(),
        aspect: understood.aspect.map(Aspect::name),
        part: part(&turn.replies),
        request: request(&understood.intent),
        danger: turn.replies.iter().find_map(|reply| danger(&reply.kind)),
        place: place.map(|place| Place { key: place.key.to_string(), name: place.name.clone() }),
        answer: messages.map(|message| message.words()).collect::<Vec<_>>().join("\n\n"),
    }
}

/// Whether a part was said, or said to be missing.
fn part(replies: &[Reply]) -> Option<&'static str> {
    let is_missing = |reply: &Reply| matches!(reply.kind, ReplyKind::PartMissing { .. });
    if replies.iter().any(is_missing) {
        return Some("missing");
    }
    let said = |reply: &Reply| {
        matches!(reply.kind, ReplyKind::Where(_))
            || reply.kind.answer().is_some_and(|answer| answer.shown.aspect().is_some())
    };
    replies.iter().any(said).then_some("said")
}

fn danger(kind: &ReplyKind) -> Option<DangerFound> {
    if let ReplyKind::Danger(sign) = kind {
        return Some(DangerFound { kind: sign.kind.name(), level: sign.level.name() });
    }
    None
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

fn request(intent: &Intent) -> Option<&'static str> {
    match intent {
        Intent::Request(request) => Some(request.kind()),
        Intent::SmallTalk(SmallTalk::Thanks) => Some(SmallTalk::Thanks.name()),
        Intent::Answer { .. } | Intent::Several(_) | Intent::SmallTalk(_) | Intent::Nothing => None,
    }
}

fn verdict(intent: &Intent) -> &'static str {
    match intent {
        Intent::Answer { .. } => "sure",
        Intent::Several(_) => "several",
        Intent::SmallTalk(_) => "small-talk",
        Intent::Request(_) => "request",
        Intent::Nothing => "nothing",
    }
}
