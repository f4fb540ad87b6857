//! The terminal door: a talk with colours, and buttons chosen by number.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use thiserror::Error;
use tokio::io::{AsyncBufRead, AsyncBufReadExt};

use crate::app::{App, Arrival, InternalError, Taken, take_turn};
use crate::bot::citizen::{Input, Message, TurnInput, apology};
use crate::bot::message::Choice;
use crate::bot::script::talk_file;
use crate::domain::people::chat::Door;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span, Style as Form};
use crate::files;
use crate::i18n::{Phrase, say};

const BOLD: Style = Style::new().bold();
const LINK: Style = Style::new().underline();
const BUTTON: Style = AnsiColor::Cyan.on_default();
/// Clears the screen and the scrollback.
const CLEAR: &str = "\u{1b}[H\u{1b}[2J\u{1b}[3J";
const PROMPT: Style = AnsiColor::Green.on_default().bold();

/// Settings of a talk.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of this chat.
    pub address: String,
    /// Language that a phone would propose.
    pub lang: Option<Lang>,
    /// File to record the talk in, as a test script.
    pub record: Option<PathBuf>,
}

/// The terminal or the record cannot be read or written.
#[derive(Debug, Error)]
#[error("the terminal or the record cannot be used: {0}")]
pub struct TerminalError(#[from] io::Error);

/// Runs a talk until the input ends.
///
/// # Errors
/// Where the terminal or the record cannot be read or written.
pub async fn talk(
    app: &App,
    input: impl AsyncBufRead + Unpin,
    out: &mut impl Write,
    settings: &Settings,
) -> Result<(), TerminalError> {
    let mut talk = Talk { app, settings, choices: Vec::new(), shown: Vec::new(), record: Vec::new() };
    let lang = settings.lang.unwrap_or_else(Lang::first);
    writeln!(out, "{}\n", say(lang, &Phrase::TerminalHint))?;
    talk.turn(out, Input::Start(None), None).await?;
    let mut lines = input.lines();
    talk.prompt(out, lang)?;
    while let Some(line) = lines.next_line().await? {
        talk.take(out, line.trim(), lang).await?;
        talk.prompt(out, lang)?;
    }
    writeln!(out)?;
    talk.save()
}

struct Talk<'a> {
    app: &'a App,
    settings: &'a Settings,
    /// Buttons of the newest messages, by number.
    choices: Vec<Choice>,
    /// All buttons shown so far, by label.
    shown: Vec<Choice>,
    record: Vec<String>,
}

impl Talk<'_> {
    fn prompt(&self, out: &mut impl Write, lang: Lang) -> Result<(), TerminalError> {
        write!(out, "{PROMPT}{}>{PROMPT:#} ", say(lang, &Phrase::TerminalPrompt))?;
        Ok(out.flush()?)
    }

    async fn take(&mut self, out: &mut impl Write, line: &str, lang: Lang) -> Result<(), TerminalError> {
        if line.is_empty() {
            return Ok(());
        }
        let choice = match (line.parse::<usize>(), label(line)) {
            (Ok(number), _) => number.checked_sub(1).and_then(|place| self.choices.get(place)),
            (Err(_), Some(label)) => self.shown.iter().rev().find(|choice| choice.label == label),
            (Err(_), None) => {
                return self.turn(out, talk_file::input(line), None).await;
            }
        };
        match choice.cloned() {
            Some(choice) => self.turn(out, Input::Press(choice.button), Some(&choice.label)).await,
            None => Ok(writeln!(out, "{}", say(lang, &Phrase::TerminalNoButton))?),
        }
    }

    async fn turn(&mut self, out: &mut impl Write, input: Input, label: Option<&str>) -> Result<(), TerminalError> {
        let line = talk_file::line(&input, label);
        let turn_input = TurnInput { input, proposed: self.settings.lang, reachable: false };
        let arrival = Arrival {
            door: Door::Terminal,
            address: self.settings.address.clone(),
            update: None,
            turn_input,
            return_to: serde_json::Value::Null,
            later: None,
        };
        let taken = take_turn(self.app, &arrival).await;
        if let Ok(Taken::Retracted(_)) = taken {
            out.write_all(CLEAR.as_bytes())?;
            self.shown.clear();
        }
        let messages = self.messages(taken);
        self.note(line, &messages);
        self.show(out, &messages)
    }

    fn messages(&self, taken: Result<Taken, InternalError>) -> Vec<Message> {
        match taken {
            Ok(Taken::Replied(messages) | Taken::Retracted(messages) | Taken::Forgotten(messages)) => messages,
            Ok(Taken::Seen) => Vec::new(),
            Err(fault) => vec![apology(self.settings.lang.unwrap_or_else(Lang::first), fault.code())],
        }
    }

    fn show(&mut self, out: &mut impl Write, messages: &[Message]) -> Result<(), TerminalError> {
        self.choices.clear();
        for message in messages {
            render(out, message, self.choices.len() + 1)?;
            self.choices.extend(message.choices().cloned());
            self.shown.extend(message.choices().cloned());
        }
        Ok(())
    }

    /// Records the first line of each message, by which a talk is checked; the file can be edited afterwards.
    fn note(&mut self, line: String, messages: &[Message]) {
        self.record.push(line);
        for message in messages {
            let words = message.words();
            self.record
                .extend(words.lines().next().filter(|first| !first.is_empty()).map(|first| format!("~ {first}")));
        }
    }

    fn save(&self) -> Result<(), TerminalError> {
        let Some(path) = &self.settings.record else { return Ok(()) };
        let phone = self.settings.lang.map(|lang| format!("lang {lang}\n")).unwrap_or_default();
        Ok(writeln!(files::overwrite(path)?, "{phone}{}", self.record.join("\n"))?)
    }
}

/// `[Kreyòl]`: the button with this label, even of an older message.
fn label(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

/// Writes a message with its buttons, numbered from `first`.
///
/// # Errors
/// Where the output cannot be written.
pub fn render(out: &mut impl Write, message: &Message, first: usize) -> io::Result<()> {
    for line in &message.lines {
        if let Block::Item(_) = line.block {
            write!(out, "  • ")?;
        }
        line.block.spans().iter().try_for_each(|span| render_span(out, span))?;
        writeln!(out)?;
    }
    if let Some(pin) = &message.pin {
        writeln!(out, "🗺 {} ({}, {})", pin.title, pin.position.lat(), pin.position.lon())?;
    }
    if let Some(file) = &message.file {
        writeln!(out, "📄 {}\n\n{}", file.name, file.text)?;
    }
    for (place, choice) in message.choices().enumerate() {
        writeln!(out, "  {BUTTON}[{}] {}{BUTTON:#}", first + place, choice.label)?;
    }
    writeln!(out)
}

fn render_span(out: &mut impl Write, span: &Span) -> io::Result<()> {
    match &span.style {
        Form::Plain => write!(out, "{}", span.text),
        Form::Bold => write!(out, "{BOLD}{}{BOLD:#}", span.text),
        Form::Link(address) if address.starts_with("tel:") => write!(out, "{BOLD}{}{BOLD:#}", span.text),
        Form::Link(address) => write!(out, "{} ({LINK}{address}{LINK:#})", span.text),
    }
}
