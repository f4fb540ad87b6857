//! Converts messages to what the page shows: paragraphs, lists, rows of buttons, map links.

use std::sync::LazyLock;

use regex::Regex;

use crate::bot::citizen::{Button, Message};
use crate::bot::message::{Choice, Line, Pin};
use crate::bot::script::talk_file;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span, Style};

/// Characters that begin a message about danger; the page highlights it.
const ALARM: [char; 2] = ['🚨', '💛'];
/// Characters that begin a line about the answer, such as its sources; the page sets it smaller.
const SMALL: [char; 3] = ['📖', '⚠', '✅'];
/// Character that begins the label of a button that leads back.
const BACK: char = '←';
/// Commands such as `/forget` in running text.
#[expect(clippy::expect_used, reason = "a constant; the tests run it")]
static COMMAND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|\s)/[a-z]{3,}\b").expect("a pattern"));

/// A message as the page shows it.
pub(in crate::web) struct Bubble {
    pub lang: Lang,
    /// Whether the message is about danger.
    pub alarm: bool,
    pub parts: Vec<Part>,
    pub rows: Vec<Row>,
    pub place: Option<Place>,
    /// The name of a file that is downloaded through its own link.
    pub file: Option<String>,
}

/// A paragraph or a list.
pub(in crate::web) struct Part {
    pub lang: Lang,
    pub class: &'static str,
    /// Whether each element of `items` is a list item.
    pub list: bool,
    pub items: Vec<Vec<Run>>,
}

/// A run of text.
pub(in crate::web) struct Run {
    pub text: String,
    pub kind: Kind,
}

/// How a run of text looks and what it does.
pub(in crate::web) enum Kind {
    Plain,
    Bold,
    Link(String),
    /// A command, shown as a button.
    Command,
}

/// A row of buttons.
pub(in crate::web) struct Row {
    pub class: &'static str,
    pub choices: Vec<Choice>,
}

/// A position on the map.
pub(in crate::web) struct Place {
    pub title: String,
    pub address: String,
    /// Link to the map in the browser.
    pub map: String,
    /// Link to the phone's map app.
    pub geo: String,
}

/// Converts messages; only live ones keep their buttons. Messages that only ask for a location are left out, because a
/// browser cannot send one without JavaScript: the message before asks for the municipality's name.
pub(in crate::web) fn bubbles(messages: &[Message], live: bool) -> Vec<Bubble> {
    messages.iter().filter(|message| message.asks_place.is_none()).map(|message| bubble(message, live)).collect()
}

fn bubble(message: &Message, live: bool) -> Bubble {
    Bubble {
        lang: message.lang,
        alarm: message.words().starts_with(ALARM),
        parts: parts(&message.lines, live),
        rows: if live { rows(&message.rows) } else { Vec::new() },
        place: message.pin.as_ref().map(place),
        file: message.file.as_ref().map(|file| file.name.clone()),
    }
}

/// Merges consecutive list items of one language into one list.
fn parts(lines: &[Line], live: bool) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for Line { lang, block } in lines {
        let list = matches!(block, Block::Item(_));
        let runs = block.spans().iter().flat_map(|span| runs(span, live)).collect();
        match parts.last_mut() {
            Some(last) if list && last.list && last.lang == *lang => last.items.push(runs),
            Some(_) | None => parts.push(Part { lang: *lang, class: class(block), list, items: vec![runs] }),
        }
    }
    parts
}

fn class(block: &Block) -> &'static str {
    let spans = block.spans();
    if block.words().starts_with(SMALL) {
        "small"
    } else if spans.iter().all(|span| span.style == Style::Bold) {
        "title"
    } else {
        ""
    }
}

fn runs(span: &Span, live: bool) -> Vec<Run> {
    match &span.style {
        Style::Plain if live => with_commands(&span.text),
        Style::Plain => vec![run(&span.text, Kind::Plain)],
        Style::Bold => vec![run(&span.text, Kind::Bold)],
        Style::Link(address) => vec![run(&span.text, Kind::Link(address.clone()))],
    }
}

fn with_commands(text: &str) -> Vec<Run> {
    let (mut runs, mut from) = (Vec::new(), 0);
    for found in COMMAND.find_iter(text).filter(|found| talk_file::command(found.as_str().trim()).is_some()) {
        let command = found.as_str().trim_start();
        runs.push(run(&text[from..found.end() - command.len()], Kind::Plain));
        runs.push(run(command, Kind::Command));
        from = found.end();
    }
    runs.push(run(&text[from..], Kind::Plain));
    runs
}

fn run(text: &str, kind: Kind) -> Run {
    Run { text: text.to_owned(), kind }
}

/// Puts the language buttons into one row; keeps the message's rows otherwise.
fn rows(rows: &[Vec<Choice>]) -> Vec<Row> {
    let mut rendered: Vec<Row> = Vec::new();
    for choices in rows {
        let class = match choices.as_slice() {
            [choice] if !choice.label.starts_with(BACK) => look(&choice.button),
            _ => "chips",
        };
        match rendered.last_mut() {
            Some(last) if class == LANGUAGES && last.class == class => last.choices.extend_from_slice(choices),
            Some(_) | None => rendered.push(Row { class, choices: choices.clone() }),
        }
    }
    rendered
}

const LANGUAGES: &str = "languages";

fn look(button: &Button) -> &'static str {
    match button {
        Button::Language(_) => LANGUAGES,
        Button::Entry(_, _)
        | Button::Topics
        | Button::Topic(_)
        | Button::Offices
        | Button::Services
        | Button::Service(_)
        | Button::Municipalities
        | Button::Office(_)
        | Button::InCharge(_, _)
        | Button::Part(_, _, _)
        | Button::More(_, _)
        | Button::Person(_)
        | Button::TellMe(_)
        | Button::Leave(_)
        | Button::LeaveOther(_)
        | Button::Ask => "card",
        Button::ForgetYes | Button::TakeBack(_) | Button::HelpNow(..) => "grave",
        Button::Useful(..)
        | Button::NotUseful(..)
        | Button::Wrong(..)
        | Button::WriteLine(..)
        | Button::Languages
        | Button::Menu
        | Button::EntryIn(_, _)
        | Button::OfficesIn(_)
        | Button::Mine(_)
        | Button::NoneOfThese(_)
        | Button::Privacy
        | Button::PrivacyFull
        | Button::Forget
        | Button::Copy
        | Button::ForgetNo
        | Button::LeaveNo(_)
        | Button::Retract
        | Button::Help
        | Button::Staff(_) => "chips",
    }
}

fn place(pin: &Pin) -> Place {
    let (lat, lon) = (pin.position.lat(), pin.position.lon());
    Place {
        title: pin.title.clone(),
        address: pin.address.clone(),
        map: format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"),
        geo: format!("geo:{lat},{lon}?q={lat},{lon}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_follow_each_other_are_one_list() {
        let item = |text: &str| Block::Item(vec![Span::plain(text)]);
        let message =
            Message::new(Lang::first()).line("a").blocks([item("b"), item("c")]).line("📖 d").block(item("e"));
        let parts = parts(&message.lines, true);
        let shape: Vec<_> = parts.iter().map(|part| (part.list, part.class, part.items.len())).collect();
        assert_eq!(shape, [(false, "", 1), (true, "", 2), (false, "small", 1), (true, "", 1)]);
    }

    #[test]
    fn a_command_in_running_text_can_be_pressed_while_it_is_new() {
        let text = "press /forget, or https://x.cl/start and/or a/b";
        let commands = |live| {
            let runs = runs(&Span::plain(text), live);
            assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), text);
            runs.iter().filter(|run| matches!(run.kind, Kind::Command)).count()
        };
        assert_eq!((commands(true), commands(false)), (1, 0));
    }
}
