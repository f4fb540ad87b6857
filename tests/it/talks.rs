//! Talks as plain text (`tests/talks/*.talk`), run against the conversation itself.

use std::collections::VecDeque;
use std::path::PathBuf;

use chrono::TimeDelta;
use ventanilla::bot::citizen::{Button, Input, Message, TurnInput, respond, wording};
use ventanilla::bot::message::Choice;
use ventanilla::bot::script::talk_file::{Doing, Step, name, parse};
use ventanilla::domain::people::chat::Chat;
use ventanilla::domain::text::lang::Lang;

use crate::fixtures::{KNOWLEDGE, morning};

/// A turn of a talk as the conversation itself holds it: what a door has to show.
pub struct Turn {
    /// What is said.
    pub said: Input,
    /// The label of the button, where one is pressed.
    pub label: Option<String>,
    /// The language that the phone speaks.
    pub proposed: Option<Lang>,
    /// Minutes that go by before.
    pub wait: i64,
    /// What is answered.
    pub messages: Vec<Message>,
}

/// All talks: their names and texts.
pub fn talks() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/talks");
    let mut talks: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "talk"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    talks.sort();
    talks
}

/// The talks that go the same way where nobody can be written to later.
pub fn talks_anywhere() -> Vec<(String, String)> {
    let anywhere = |text: &str| !parse(text).unwrap_or_default().contains(&Step::Reachable);
    talks().into_iter().filter(|(_, text)| anywhere(text)).collect()
}

/// Runs a talk against the conversation and checks every line of it, where an answer can be delivered later.
pub fn run(talk: &str, text: &str) -> Vec<Turn> {
    run_at(talk, text, true)
}

/// The same at a door that is `reachable` later, or not.
pub fn run_at(talk: &str, text: &str, reachable: bool) -> Vec<Turn> {
    let (knowledge, mut now, mut chat) = (&**KNOWLEDGE, morning(), Chat::default());
    let (mut proposed, mut wait) = (None, 0);
    let mut turns: Vec<Turn> = Vec::new();
    let mut expected: VecDeque<String> = VecDeque::new();
    // A turn without `<` lines, as `ventanilla chat --record` writes it, is checked by its words alone.
    let mut named = false;
    for step in parse(text).unwrap_or_else(|error| panic!("{talk}: {error}")) {
        match step {
            Step::Phone(code) => proposed = Lang::proposed_for(&code),
            Step::Reachable => {}
            Step::Wait(minutes) => {
                now += TimeDelta::minutes(minutes);
                wait += minutes;
            }
            Step::Do(doing) => {
                assert!(expected.is_empty() || !named, "{talk}: also said {expected:?}");
                named = false;
                let (said, label) = resolve(talk, doing, &turns);
                let turn = respond(knowledge, &chat, &TurnInput { input: said.clone(), proposed, reachable }, now);
                expected = turn.replies.iter().map(name).collect();
                let messages: Vec<Message> =
                    turn.replies.iter().flat_map(|reply| wording(knowledge, reply, now)).collect();
                chat = turn.chat;
                assert_goes_on(talk, &messages);
                turns.push(Turn { said, label, proposed, wait: std::mem::take(&mut wait), messages });
            }
            Step::Reply(wanted) => {
                named = true;
                let found =
                    expected.pop_front().unwrap_or_else(|| panic!("{talk}: nothing more was said, wanted {wanted}"));
                let said = turns.last().map(|turn| format!("{:?}", turn.said)).unwrap_or_default();
                assert!(alike(&found, &wanted), "{talk}: after {said}\n  left: \"{found}\"\n right: \"{wanted}\"");
            }
            Step::Holds(words) => {
                let turn = turns.last().unwrap();
                let all: String = turn.messages.iter().map(|message| format!("{}\n", everything(message))).collect();
                assert!(all.contains(&words), "{talk}: `{words}` is not in\n{all}");
            }
        }
    }
    assert!(expected.is_empty() || !named, "{talk}: also said {expected:?}");
    turns
}

/// The buttons of the newest message that has any.
fn newest(turns: &[Turn]) -> impl Iterator<Item = &Choice> {
    let messages = turns.iter().rev().flat_map(|turn| turn.messages.iter().rev());
    messages.filter(|message| message.choices().next().is_some()).take(1).flat_map(Message::choices)
}

/// `answer … ht` stands for any answer in Kreyòl.
fn alike(found: &str, wanted: &str) -> bool {
    match wanted.split_once('…') {
        Some((begins, ends)) => found.starts_with(begins) && found.ends_with(ends),
        None => found == wanted,
    }
}

/// No dead end anywhere: each time something can be pressed.
fn assert_goes_on(talk: &str, messages: &[Message]) {
    assert!(messages.iter().any(|message| message.choices().next().is_some()), "{talk}: a dead end: {messages:?}");
}

fn everything(message: &Message) -> String {
    let buttons: Vec<_> = message.choices().map(|choice| choice.label.as_str()).collect();
    format!("{}\n{}", message.words(), buttons.join("\n"))
}

fn resolve(talk: &str, doing: Doing, turns: &[Turn]) -> (Input, Option<String>) {
    match doing {
        Doing::Say(said) => (said, None),
        Doing::Press(label) => {
            let mut choices = turns.iter().rev().flat_map(|turn| turn.messages.iter().rev()).flat_map(Message::choices);
            let choice = match label.parse::<usize>() {
                Ok(number) => newest(turns).nth(number - 1),
                Err(_) => choices.find(|choice| choice.label == label),
            };
            let choice = choice.unwrap_or_else(|| panic!("{talk}: there is no button [{label}]"));
            (Input::Press(choice.button.clone()), Some(choice.label.clone()))
        }
    }
}

/// The text of a talk with the replies that really come; a button that stands under "more" is looked for there.
/// Lines that are no inputs and no replies stay. What cannot be played is printed.
fn rewritten(talk: &str, text: &str) -> String {
    let (knowledge, mut now, mut chat) = (&**KNOWLEDGE, morning(), Chat::default());
    let (mut proposed, mut turns, mut out): (_, Vec<Turn>, _) = (None, Vec::new(), String::new());
    for line in text.lines() {
        match parse(line).unwrap().pop() {
            None | Some(Step::Reachable) => {}
            Some(Step::Phone(code)) => proposed = Lang::proposed_for(&code),
            Some(Step::Wait(minutes)) => now += TimeDelta::minutes(minutes),
            Some(Step::Reply(_)) => continue,
            Some(Step::Holds(words)) => {
                let messages = turns.last().map(|turn| &turn.messages[..]).unwrap_or_default();
                if !messages.iter().any(|message| everything(message).contains(&words)) {
                    eprintln!("{talk}: `{words}` is not said any more: {messages:?}");
                }
            }
            Some(Step::Do(doing)) => {
                let more = |turns: &[Turn]| {
                    let label = newest(turns).find(|choice| matches!(choice.button, Button::More(..)));
                    label.map(|choice| choice.label.clone())
                };
                let mut steps = vec![(doing.clone(), line.to_owned())];
                if let Doing::Press(label) = &doing
                    && label.parse::<usize>().is_err()
                    && !turns
                        .iter()
                        .flat_map(|turn| &turn.messages)
                        .flat_map(Message::choices)
                        .any(|c| c.label == *label)
                    && let Some(more) = more(&turns)
                {
                    steps.insert(0, (Doing::Press(more.clone()), format!("> [{more}]")));
                }
                for (doing, line) in steps {
                    if let Doing::Press(label) = &doing
                        && label.parse::<usize>().is_err()
                        && !turns
                            .iter()
                            .flat_map(|turn| &turn.messages)
                            .flat_map(Message::choices)
                            .any(|c| c.label == *label)
                    {
                        eprintln!("{talk}: there is no button {label}");
                        continue;
                    }
                    let (said, label) = resolve(talk, doing, &turns);
                    let turn_input = TurnInput { input: said.clone(), proposed, reachable: true };
                    let turn = respond(knowledge, &chat, &turn_input, now);
                    let messages = turn.replies.iter().flat_map(|reply| wording(knowledge, reply, now)).collect();
                    out.push_str(&format!("{line}\n"));
                    turn.replies.iter().for_each(|reply| out.push_str(&format!("< {}\n", name(reply))));
                    chat = turn.chat;
                    turns.push(Turn { said, label, proposed, wait: 0, messages });
                }
                continue;
            }
        }
        out.push_str(&format!("{line}\n"));
    }
    out
}

/// `cargo test --test it talks_are_written -- --ignored`: read every changed line afterwards.
#[test]
#[ignore = "rewrites the talks with the replies that come now"]
fn talks_are_written_anew() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/talks");
    for (name, text) in talks() {
        std::fs::write(folder.join(format!("{name}.talk")), rewritten(&name, &text)).unwrap();
    }
}

#[test]
fn every_talk_goes_as_it_is_written() {
    for (name, text) in talks() {
        assert!(!run(&name, &text).is_empty(), "{name} is empty");
    }
}

#[test]
fn there_are_thirty_talks_or_more_and_a_third_is_in_each_language() {
    let talks = talks();
    assert!(talks.len() >= 30, "{} talks", talks.len());
    for lang in Lang::all() {
        let count = talks.iter().filter(|(name, _)| name.starts_with(lang.code())).count();
        assert!(count * 10 >= talks.len() * 3, "{lang}: {count} of {}", talks.len());
    }
}
