//! Talks as plain text: what a person does and which replies must come, line by line.
//!
//! ```text
//! # What this talk is about.
//! lang fr                          what the person's own phone speaks, if it says so
//! > Mwen ansent                    words
//! > [Kreyòl]                       the button with this label, of the newest message that has it
//! > [1]                            the first button of the newest message that has any
//! > @ -33.36 -70.73                a shared place
//! > /start health_pregnancy        a command
//! > (photo)                        photo, voice, sticker or other
//! > (old button)                   a button that nobody knows any more
//! < answer health/pregnancy ht     a reply by its name, in order; all of them, or none to check words only
//! < answer … ht                    the same, whatever stands between
//! ~ 131                            words that the replies hold
//! + 31                             minutes go by
//! only telegram                    at other doors nobody can be written to later
//! ```

use thiserror::Error;

use crate::bot::citizen::input::{Command, Link, Media, Said};
use crate::bot::citizen::reply::{Meaning, Reply};
use crate::domain::offices::position::Position;

/// A line of a talk.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The person's phone speaks this language (a code, not always one of ours).
    Phone(String),
    /// The person does something.
    Do(Doing),
    /// This reply comes next.
    Reply(String),
    /// The replies hold these words.
    Holds(String),
    /// Minutes go by.
    Wait(i64),
    /// The talk makes sense only where a person can be written to later.
    Reachable,
}

/// What a person does.
#[derive(Debug, Clone, PartialEq)]
pub enum Doing {
    /// Something that can be said as it is.
    Say(Said),
    /// Presses the button with this label.
    Press(String),
}

/// A line that is none of a talk.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line} is none of a talk: {text}")]
pub struct ScriptError {
    /// Its number, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// Reads a talk.
///
/// # Errors
/// The first line that is none of a talk.
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
    Doing::Say(said(text))
}

/// What a line of words means at a door that has only words: commands, a place, media in brackets, text.
pub fn said(text: &str) -> Said {
    match text {
        "(photo)" => Said::Media(Media::Photo),
        "(voice)" => Said::Media(Media::Voice),
        "(sticker)" => Said::Media(Media::Sticker),
        "(other)" => Said::Media(Media::Other),
        "(old button)" => Said::OldButton,
        _ => place(text).or_else(|| command(text)).unwrap_or_else(|| Said::Text(text.to_owned())),
    }
}

fn place(text: &str) -> Option<Said> {
    let (lat, lon) = text.strip_prefix("@ ")?.split_once(' ')?;
    Position::new(lat.parse().ok()?, lon.parse().ok()?).ok().map(Said::Place)
}

/// The command that a text is, if it is one of ours.
pub fn command(text: &str) -> Option<Said> {
    let (name, rest) = text.strip_prefix('/')?.split_once(' ').unwrap_or((text.get(1..)?, ""));
    if name == "start" {
        return Some(Said::Start(Link::parse(rest.trim())));
    }
    Command::ALL.into_iter().find(|command| command.name() == name).map(Said::Command)
}

/// What was said, as a line of a talk; `label` is that of the button that was pressed.
pub fn line(said: &Said, label: Option<&str>) -> String {
    let what = match said {
        Said::Text(text) => text.replace('\n', " "),
        Said::Command(command) => format!("/{}", command.name()),
        Said::Start(None) => "/start".to_owned(),
        Said::Start(Some(link)) => format!("/start {link}"),
        Said::Press(button) => label.map_or_else(|| format!("[{button}]"), |label| format!("[{label}]")),
        Said::OldButton => "(old button)".to_owned(),
        Said::Place(place) => format!("@ {} {}", place.lat(), place.lon()),
        Said::Media(Media::Photo) => "(photo)".to_owned(),
        Said::Media(Media::Voice) => "(voice)".to_owned(),
        Said::Media(Media::Sticker) => "(sticker)".to_owned(),
        Said::Media(Media::Other) => "(other)".to_owned(),
    };
    format!("> {what}")
}

/// A reply's name in a talk. Which entries are offered, and which offices are near, is left out: better matching and a
/// newer directory may change them.
pub fn name(reply: &Reply) -> String {
    let what = match &reply.meaning {
        Meaning::Welcome(Some(lang)) => format!("welcome {lang} first"),
        Meaning::Welcome(None) => "welcome".to_owned(),
        Meaning::Languages => "languages".to_owned(),
        Meaning::LanguageChosen => "language-chosen".to_owned(),
        Meaning::Menu { notice: true } => "notice-and-menu".to_owned(),
        Meaning::Menu { notice: false } => "menu".to_owned(),
        Meaning::Ask => "ask".to_owned(),
        Meaning::Topics => "topics".to_owned(),
        Meaning::Topic(key) => format!("topic {key}"),
        Meaning::Answer(answer) => format!("answer {}", answer.entry),
        Meaning::Several(_) => "several".to_owned(),
        Meaning::NothingFound { long: false } => "nothing-found".to_owned(),
        Meaning::NothingFound { long: true } => "too-long".to_owned(),
        Meaning::NoneFitted => "none-fitted".to_owned(),
        Meaning::Danger(danger) => format!("danger {}", danger.name()),
        Meaning::DangerNext => "danger-next".to_owned(),
        Meaning::SmallTalk(kind) => kind.name().to_owned(),
        Meaning::Media(Media::Photo) => "photo".to_owned(),
        Meaning::Media(Media::Voice) => "voice".to_owned(),
        Meaning::Media(Media::Sticker) => "sticker".to_owned(),
        Meaning::Media(Media::Other) => "other-media".to_owned(),
        Meaning::NoWords => "no-words".to_owned(),
        Meaning::OldLink => "old-link".to_owned(),
        Meaning::OldButton => "old-button".to_owned(),
        Meaning::OfficesMenu => "offices-menu".to_owned(),
        Meaning::AskPlace => "ask-place".to_owned(),
        Meaning::PlaceNotFound => "place-not-found".to_owned(),
        Meaning::Services => "services".to_owned(),
        Meaning::Municipalities => "municipalities".to_owned(),
        Meaning::OfficesNear { .. } => "offices-near".to_owned(),
        Meaning::OfficesIn(key) => format!("offices-in {key}"),
        Meaning::OfficesFor(key, _) => format!("offices-for {key}"),
        Meaning::Office(key) => format!("office {key}"),
        Meaning::PlaceChosen(key) => format!("place-chosen {key}"),
        Meaning::VotedUseful => "voted-useful".to_owned(),
        Meaning::VotedNotUseful(_) => "voted-not-useful".to_owned(),
        Meaning::Complained(_) => "complained".to_owned(),
        Meaning::AskLine => "ask-line".to_owned(),
        Meaning::LineTaken => "line-taken".to_owned(),
        Meaning::Privacy => "privacy".to_owned(),
        Meaning::PrivacyFull => "privacy-full".to_owned(),
        Meaning::Held(_) => "held".to_owned(),
        Meaning::Copy => "copy".to_owned(),
        Meaning::Forgotten => "forgotten".to_owned(),
        Meaning::ForgetKept => "forget-kept".to_owned(),
        Meaning::Help => "help".to_owned(),
        Meaning::About => "about".to_owned(),
        Meaning::Consent { words: Some(_), .. } => "consent".to_owned(),
        Meaning::Consent { words: None, .. } => "consent-to-write".to_owned(),
        Meaning::WriteQuestion => "write-question".to_owned(),
        Meaning::QuestionLeft(_) => "question-left".to_owned(),
        Meaning::QuestionOpen { .. } => "question-open".to_owned(),
        Meaning::QuestionContinued => "question-continued".to_owned(),
        Meaning::NotLeft => "not-left".to_owned(),
        Meaning::TakenBack => "taken-back".to_owned(),
        Meaning::NoQuestion => "no-question".to_owned(),
        Meaning::NobodyHere => "nobody-here".to_owned(),
        Meaning::WillTell => "will-tell".to_owned(),
        Meaning::PersonHere(_) => "person-here".to_owned(),
        Meaning::FromPerson(_, _) => "from-person".to_owned(),
        Meaning::PersonAway => "person-away".to_owned(),
        Meaning::PersonLeft => "person-left".to_owned(),
        Meaning::QuestionMoved(key) => format!("question-moved {key}"),
        Meaning::QuestionExpired => "question-expired".to_owned(),
        Meaning::Told(_, answer) => format!("told {}", answer.entry),
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
            Said::Text("kote m ka ale?".into()),
            Said::Command(Command::Forget),
            Said::Start(Some(link)),
            Said::Start(None),
            Said::OldButton,
            Said::Place(place),
            Said::Media(Media::Voice),
        ];
        for said in all {
            assert_eq!(parse(&line(&said, None)), Ok(vec![Step::Do(Doing::Say(said))]));
        }
        assert_eq!(parse("> [Kreyòl]"), Ok(vec![Step::Do(Doing::Press("Kreyòl".into()))]));
    }

    #[test]
    fn a_line_that_is_none_of_a_talk_is_named() {
        assert_eq!(parse("# yes\n> a\n? b"), Err(ScriptError { line: 3, text: "? b".into() }));
    }
}
