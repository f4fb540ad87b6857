//! Talks as plain text: a person's input and the replies that must come, line by line.
//!
//! ```text
//! # What this talk is about.
//! lang fr                          the language of the person's own phone, if it tells
//! > Mwen ansent                    words
//! > [Kreyòl]                       the button with this label, in the newest message that has it
//! > [1]                            the first button of the newest message that has any
//! > @ -33.36 -70.73                a shared position
//! > /start health_pregnancy        a command
//! > (photo)                        photo, voice, sticker or other
//! > (old button)                   a button that can no longer be parsed
//! < answer health/pregnancy ht     a reply by its name, in order; all of them, or none to check words only
//! < answer … ht                    the same, with any text between
//! ~ 131                            words in the replies
//! + 31                             minutes that pass
//! only telegram                    at other doors nothing can be delivered later
//! ```

use thiserror::Error;

use crate::bot::citizen::input::{Command, Input, Link, Media};
use crate::bot::citizen::reply::{Reply, ReplyKind, Shown, Where};
use crate::domain::offices::position::Position;
use crate::domain::safety::danger::Level;

/// A line of a talk.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The person's phone has this language (a code, not always a supported one).
    Phone(String),
    /// An input of the person.
    Do(Doing),
    /// The next expected reply.
    Reply(String),
    /// Words that the replies must contain.
    Holds(String),
    /// Minutes that pass.
    Wait(i64),
    /// The talk makes sense only at doors that can deliver messages later.
    Reachable,
}

/// An input of a person.
#[derive(Debug, Clone, PartialEq)]
pub enum Doing {
    /// An input that does not depend on earlier replies.
    Say(Input),
    /// Presses the button with this label.
    Press(String),
}

/// A line that is not part of a talk.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line} is none of a talk: {text}")]
pub struct ScriptError {
    /// Its number, from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
}

/// Parses a talk.
///
/// # Errors
/// The first line that is not part of a talk.
pub fn parse(text: &str) -> Result<Vec<Step>, ScriptError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| step(line).ok_or_else(|| ScriptError { line: number + 1, text: line.to_owned() }))
        .collect()
}

fn step(line: &str) -> Option<Step> {
    let (mark, rest) = line.split_once(' ')?;
    let rest = rest.trim();
    Some(match mark {
        "lang" => Step::Phone(rest.to_owned()),
        ">" => Step::Do(doing(rest)),
        "<" => Step::Reply(rest.to_owned()),
        "~" => Step::Holds(rest.to_owned()),
        "+" => Step::Wait(rest.parse().ok()?),
        "only" if rest == "telegram" => Step::Reachable,
        _ => return None,
    })
}

fn doing(text: &str) -> Doing {
    if let Some(label) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        return Doing::Press(label.to_owned());
    }
    Doing::Say(input(text))
}

/// Parses a line at a text-only door: a command, a position, media in brackets, or text.
pub fn input(text: &str) -> Input {
    match text {
        "(photo)" => Input::Media(Media::Photo),
        "(voice)" => Input::Media(Media::Voice),
        "(sticker)" => Input::Media(Media::Sticker),
        "(other)" => Input::Media(Media::Other),
        "(old button)" => Input::OldButton,
        _ => place(text).or_else(|| command(text)).unwrap_or_else(|| Input::Text(text.to_owned())),
    }
}

fn place(text: &str) -> Option<Input> {
    let (lat, lon) = text.strip_prefix("@ ")?.split_once(' ')?;
    Position::new(lat.parse().ok()?, lon.parse().ok()?).ok().map(Input::Place)
}

/// Parses a command; nothing if it is not one of ours.
pub fn command(text: &str) -> Option<Input> {
    let (name, rest) = text.strip_prefix('/')?.split_once(' ').unwrap_or((text.get(1..)?, ""));
    if name == "start" {
        return Some(Input::Start(Link::parse(rest.trim())));
    }
    Command::ALL.into_iter().find(|command| command.name() == name).map(Input::Command)
}

/// An input as a line of a talk; `label` is that of the pressed button.
pub fn line(input: &Input, label: Option<&str>) -> String {
    let what = match input {
        Input::Text(text) => text.replace('\n', " "),
        Input::Command(command) => format!("/{}", command.name()),
        Input::Start(None) => "/start".to_owned(),
        Input::Start(Some(link)) => format!("/start {link}"),
        Input::Press(button) => label.map_or_else(|| format!("[{button}]"), |label| format!("[{label}]")),
        Input::OldButton => "(old button)".to_owned(),
        Input::Place(place) => format!("@ {} {}", place.lat(), place.lon()),
        Input::Media(Media::Photo) => "(photo)".to_owned(),
        Input::Media(Media::Voice) => "(voice)".to_owned(),
        Input::Media(Media::Sticker) => "(sticker)".to_owned(),
        Input::Media(Media::Other) => "(other)".to_owned(),
    };
    format!("> {what}")
}

/// A reply's name in a talk. The offered entries and the nearest offices are left out: better matching and a newer
/// directory may change them.
pub fn name(reply: &Reply) -> String {
    let what = match &reply.kind {
        ReplyKind::Welcome(Some(lang)) => format!("welcome {lang} first"),
        ReplyKind::Welcome(None) => "welcome".to_owned(),
        ReplyKind::Languages => "languages".to_owned(),
        ReplyKind::LanguageChosen => "language-chosen".to_owned(),
        ReplyKind::Menu { notice: true } => "notice-and-menu".to_owned(),
        ReplyKind::Menu { notice: false } => "menu".to_owned(),
        ReplyKind::Ask => "ask".to_owned(),
        ReplyKind::Topics => "topics".to_owned(),
        ReplyKind::Topic(key) => format!("topic {key}"),
        ReplyKind::Answer(answer) => match answer.shown {
            Shown::Lead => format!("answer {}", answer.entry),
            Shown::LeadAnd(aspect) => format!("answer {} with {}", answer.entry, aspect.name()),
            Shown::Part(aspect) => format!("part {} {}", answer.entry, aspect.name()),
        },
        ReplyKind::More(answer) => format!("more {}", answer.entry),
        ReplyKind::AlreadySaid(entry) => format!("already-said {entry}"),
        ReplyKind::PartMissing { entry, aspect, .. } => format!("missing {entry} {}", aspect.name()),
        ReplyKind::Where(Where { entry, asks_place, .. }) => {
            format!("where {entry}{}", if *asks_place { " asking for the place" } else { "" })
        }
        ReplyKind::Several(_) => "several".to_owned(),
        ReplyKind::NothingFound { long: false } => "nothing-found".to_owned(),
        ReplyKind::NothingFound { long: true } => "too-long".to_owned(),
        ReplyKind::NoneFitted => "none-fitted".to_owned(),
        ReplyKind::Danger(sign) => match sign.level {
            Level::Alarm => format!("danger {}", sign.kind.name()),
            Level::Care => format!("care {}", sign.kind.name()),
        },
        ReplyKind::DangerNext(..) => "danger-next".to_owned(),
        ReplyKind::SmallTalk(kind) => kind.name().to_owned(),
        ReplyKind::AboutTalk(about) => about.name().to_owned(),
        ReplyKind::Sorry => "sorry".to_owned(),
        ReplyKind::BadNews(_) => "bad-news".to_owned(),
        ReplyKind::Media(Media::Photo) => "photo".to_owned(),
        ReplyKind::Media(Media::Voice) => "voice".to_owned(),
        ReplyKind::Media(Media::Sticker) => "sticker".to_owned(),
        ReplyKind::Media(Media::Other) => "other-media".to_owned(),
        ReplyKind::NoWords => "no-words".to_owned(),
        ReplyKind::OldLink => "old-link".to_owned(),
        ReplyKind::OldButton => "old-button".to_owned(),
        ReplyKind::OfficesMenu => "offices-menu".to_owned(),
        ReplyKind::AskPlace => "ask-place".to_owned(),
        ReplyKind::PlaceNotFound => "place-not-found".to_owned(),
        ReplyKind::Services => "services".to_owned(),
        ReplyKind::Municipalities => "municipalities".to_owned(),
        ReplyKind::OfficesNear { .. } => "offices-near".to_owned(),
        ReplyKind::OfficesIn(key) => format!("offices-in {key}"),
        ReplyKind::OfficesFor(key, _) => format!("offices-for {key}"),
        ReplyKind::Office(key) => format!("office {key}"),
        ReplyKind::PlaceChosen(key) => format!("place-chosen {key}"),
        ReplyKind::VotedUseful => "voted-useful".to_owned(),
        ReplyKind::VotedNotUseful(_) => "voted-not-useful".to_owned(),
        ReplyKind::Complained(_) => "complained".to_owned(),
        ReplyKind::AskLine => "ask-line".to_owned(),
        ReplyKind::LineTaken => "line-taken".to_owned(),
        ReplyKind::Privacy => "privacy".to_owned(),
        ReplyKind::PrivacyFull => "privacy-full".to_owned(),
        ReplyKind::Held(_) => "held".to_owned(),
        ReplyKind::Copy => "copy".to_owned(),
        ReplyKind::Forgotten => "forgotten".to_owned(),
        ReplyKind::ForgetKept => "forget-kept".to_owned(),
        ReplyKind::Help => "help".to_owned(),
        ReplyKind::About => "about".to_owned(),
        ReplyKind::Consent { words: Some(_), .. } => "consent".to_owned(),
        ReplyKind::Consent { words: None, .. } => "consent-to-write".to_owned(),
        ReplyKind::WriteQuestion => "write-question".to_owned(),
        ReplyKind::QuestionLeft(_) => "question-left".to_owned(),
        ReplyKind::QuestionOpen { .. } => "question-open".to_owned(),
        ReplyKind::QuestionContinued => "question-continued".to_owned(),
        ReplyKind::NotLeft => "not-left".to_owned(),
        ReplyKind::TakenBack => "taken-back".to_owned(),
        ReplyKind::NoQuestion => "no-question".to_owned(),
        ReplyKind::NobodyHere(_) => "nobody-here".to_owned(),
        ReplyKind::WillTell => "will-tell".to_owned(),
        ReplyKind::PersonHere(_) => "person-here".to_owned(),
        ReplyKind::FromPerson(_, _) => "from-person".to_owned(),
        ReplyKind::PersonAway => "person-away".to_owned(),
        ReplyKind::PersonLeft => "person-left".to_owned(),
        ReplyKind::QuestionMoved(key) => format!("question-moved {key}"),
        ReplyKind::QuestionExpired => "question-expired".to_owned(),
        ReplyKind::Told(_, answer) => format!("told {}", answer.entry),
    };
    format!("{what} {}", reply.lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recorded_can_be_read_again() {
        let place = Position::new(-33.5, -70.25).unwrap();
        let link = Link::Office("quilicura".parse().unwrap());
        let all = [
            Input::Text("kote m ka ale?".into()),
            Input::Command(Command::Forget),
            Input::Start(Some(link)),
            Input::Start(None),
            Input::OldButton,
            Input::Place(place),
            Input::Media(Media::Voice),
        ];
        for input in all {
            assert_eq!(parse(&line(&input, None)), Ok(vec![Step::Do(Doing::Say(input))]));
        }
        assert_eq!(parse("> [Kreyòl]"), Ok(vec![Step::Do(Doing::Press("Kreyòl".into()))]));
    }

    #[test]
    fn a_line_that_is_none_of_a_talk_is_named() {
        assert_eq!(parse("# yes\n> a\n? b"), Err(ScriptError { line: 3, text: "? b".into() }));
    }
}
