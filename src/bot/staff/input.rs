//! Input of staff in Telegram: commands that people's menus do not show, and buttons with a prefix of their own.

use std::fmt;
use std::str::FromStr;

use crate::bot::button_text::ButtonError;
use crate::domain::content::aspect::Aspect;
use crate::domain::content::draft::Change;
use crate::domain::inbox::question::QuestionId;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// Prefix of the data of every staff button.
pub const PREFIX: &str = "w:";
/// Length of a mark in hexadecimal digits.
const MARK: usize = 16;

/// An input of staff in Telegram.
#[derive(Debug, Clone, PartialEq)]
pub enum StaffInput {
    /// `/link` with the code from the console.
    Link(String),
    /// `/unlink`
    Unlink,
    /// `/entry` with a key or with words to search for.
    Entry(String),
    /// `/review`
    Review,
    /// Words, which have a meaning if the bot asked for them.
    Text(String),
    /// A pressed button.
    Press(StaffButton),
    /// `/group`, or `/group off`.
    Group {
        /// Whether the group is to be removed.
        off: bool,
    },
    /// A reply to the message about the question with this code.
    Reply(Code, String),
}

impl StaffInput {
    /// Parses the command with this name (without the slash) and the text after it.
    pub fn command(name: &str, rest: &str) -> Option<StaffInput> {
        Some(match name.to_ascii_lowercase().as_str() {
            "link" => StaffInput::Link(rest.to_owned()),
            "unlink" => StaffInput::Unlink,
            "entry" => StaffInput::Entry(rest.to_owned()),
            "review" => StaffInput::Review,
            "group" => StaffInput::Group { off: rest.eq_ignore_ascii_case("off") },
            _ => return None,
        })
    }
}

/// Identifies drafts with the versions that were read: part of a hash. Another version has another mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(String);

impl Mark {
    /// Takes the mark from a hash; `hash` is hexadecimal.
    pub fn of(hash: &str) -> Mark {
        Mark(hash.chars().take(MARK).collect())
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Mark {
    type Err = ButtonError;

    fn from_str(text: &str) -> Result<Mark, ButtonError> {
        let fits = text.len() == MARK && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if fits { Ok(Mark(text.to_owned())) } else { Err(ButtonError) }
    }
}

/// Short name of a question among staff: the first digits of its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

/// Prefix of a code in a text.
const TAG: &str = "#q";
/// Length of a code in hexadecimal digits.
const CODE: usize = 6;

impl Code {
    /// The code of a question.
    pub fn of(id: &QuestionId) -> Code {
        Code(id.short().to_owned())
    }

    /// The code with its prefix, as written in a text.
    pub fn tag(&self) -> String {
        format!("{TAG}{}", self.0)
    }

    /// The first code in a text.
    pub fn found_in(text: &str) -> Option<Code> {
        text.match_indices(TAG).find_map(|(at, _)| text.get(at + TAG.len()..at + TAG.len() + CODE)?.parse().ok())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Code {
    type Err = ButtonError;

    fn from_str(text: &str) -> Result<Code, ButtonError> {
        let fits = text.len() == CODE && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if fits { Ok(Code(text.to_owned())) } else { Err(ButtonError) }
    }
}

/// A button under a message to staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffButton {
    /// Show this entry.
    Show(EntryKey),
    /// Verify it: it is still correct.
    Verify(EntryKey),
    /// Propose a change; the bot asks for the language next.
    Propose(EntryKey),
    /// Propose a change of the text in this language.
    ProposeIn(EntryKey, Lang),
    /// Change the question as well.
    Question,
    /// Write the part of this aspect.
    Part(Aspect),
    /// The kind of change.
    Change(Change),
    /// Submit the change for review.
    Submit,
    /// Discard the change.
    ThrowAway,
    /// Show the drafts in review.
    Review,
    /// Read these drafts.
    Read(Mark),
    /// Publish them.
    Accept(Mark),
    /// Send them back.
    SendBack(Mark),
    /// Claim this question.
    Claim(Code),
    /// Release this question for others.
    GiveBack(Code),
    /// Close this question.
    Close(Code),
    /// Answer it with this entry.
    SendEntry(Code, EntryKey),
}

impl StaffButton {
    /// Whether it is about a question: these buttons work in groups as well.
    pub fn is_about_a_question(&self) -> bool {
        matches!(
            self,
            StaffButton::Claim(_) | StaffButton::GiveBack(_) | StaffButton::Close(_) | StaffButton::SendEntry(..)
        )
    }
}

impl fmt::Display for StaffButton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        match self {
            StaffButton::Show(key) => write!(f, "s:{key}"),
            StaffButton::Verify(key) => write!(f, "c:{key}"),
            StaffButton::Propose(key) => write!(f, "p:{key}"),
            StaffButton::ProposeIn(key, lang) => write!(f, "l:{key}:{lang}"),
            StaffButton::Question => f.write_str("question"),
            StaffButton::Part(aspect) => write!(f, "part:{}", aspect.name()),
            StaffButton::Change(change) => write!(f, "k:{}", change.name()),
            StaffButton::Submit => f.write_str("submit"),
            StaffButton::ThrowAway => f.write_str("throw-away"),
            StaffButton::Review => f.write_str("review"),
            StaffButton::Read(mark) => write!(f, "r:{mark}"),
            StaffButton::Accept(mark) => write!(f, "a:{mark}"),
            StaffButton::SendBack(mark) => write!(f, "b:{mark}"),
            StaffButton::Claim(code) => write!(f, "qc:{code}"),
            StaffButton::GiveBack(code) => write!(f, "qb:{code}"),
            StaffButton::Close(code) => write!(f, "qx:{code}"),
            StaffButton::SendEntry(code, key) => write!(f, "qe:{code}:{key}"),
        }
    }
}

impl FromStr for StaffButton {
    type Err = ButtonError;

    fn from_str(text: &str) -> Result<StaffButton, ButtonError> {
        let text = text.strip_prefix(PREFIX).ok_or(ButtonError)?;
        match text.split_once(':') {
            None => plain(text),
            Some((kind, rest)) => with(kind, rest),
        }
        .ok_or(ButtonError)
    }
}

fn plain(text: &str) -> Option<StaffButton> {
    Some(match text {
        "question" => StaffButton::Question,
        "submit" => StaffButton::Submit,
        "throw-away" => StaffButton::ThrowAway,
        "review" => StaffButton::Review,
        _ => return None,
    })
}

fn with(kind: &str, rest: &str) -> Option<StaffButton> {
    Some(match kind {
        "s" => StaffButton::Show(rest.parse().ok()?),
        "c" => StaffButton::Verify(rest.parse().ok()?),
        "p" => StaffButton::Propose(rest.parse().ok()?),
        "l" => {
            let (key, lang) = rest.rsplit_once(':')?;
            StaffButton::ProposeIn(key.parse().ok()?, Lang::parse(lang)?)
        }
        "part" => StaffButton::Part(Aspect::parse(rest)?),
        "k" => StaffButton::Change(Change::parse(rest)?),
        "r" => StaffButton::Read(rest.parse().ok()?),
        "a" => StaffButton::Accept(rest.parse().ok()?),
        "b" => StaffButton::SendBack(rest.parse().ok()?),
        "qc" => StaffButton::Claim(rest.parse().ok()?),
        "qb" => StaffButton::GiveBack(rest.parse().ok()?),
        "qx" => StaffButton::Close(rest.parse().ok()?),
        "qe" => {
            let (code, key) = rest.split_once(':')?;
            StaffButton::SendEntry(code.parse().ok()?, key.parse().ok()?)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::citizen::input::{Button, LONGEST_BUTTON};
    use crate::domain::text::id::LONGEST_KEY;

    fn one_of_each() -> Vec<StaffButton> {
        let entry: EntryKey = format!("a/{}", "b".repeat(LONGEST_KEY - 2)).parse().unwrap();
        let code = || "0a1b2c".parse::<Code>().unwrap();
        let mark = || Mark::of(&"0123456789abcdef".repeat(4));
        let mut buttons: Vec<StaffButton> =
            Lang::all().map(|lang| StaffButton::ProposeIn(entry.clone(), lang)).collect();
        buttons.extend(Change::ALL.map(StaffButton::Change));
        buttons.extend([
            StaffButton::Show(entry.clone()),
            StaffButton::Verify(entry.clone()),
            StaffButton::Propose(entry.clone()),
            StaffButton::SendEntry(code(), entry),
            StaffButton::Claim(code()),
            StaffButton::GiveBack(code()),
            StaffButton::Close(code()),
            StaffButton::Question,
            StaffButton::Part(Aspect::NoPapers),
            StaffButton::Submit,
            StaffButton::ThrowAway,
            StaffButton::Review,
            StaffButton::Read(mark()),
            StaffButton::Accept(mark()),
            StaffButton::SendBack(mark()),
        ]);
        buttons
    }

    #[test]
    fn every_button_of_staff_survives_the_way_through_telegram_with_its_prefix() {
        for button in one_of_each() {
            let text = button.to_string();
            assert!(text.len() <= LONGEST_BUTTON && text.starts_with(PREFIX), "{text}");
            assert_eq!(text.parse(), Ok(Button::Staff(button)));
        }
    }

    #[test]
    fn what_is_no_button_of_staff_is_refused() {
        for text in ["w:", "w:s:", "w:l:health/cost", "w:l:health/cost:zz", "w:a:123", "w:a:0123456789ABCDEF", "w:k:x"]
        {
            assert_eq!(text.parse::<Button>(), Err(ButtonError), "{text}");
        }
    }

    #[test]
    fn a_code_is_found_where_it_stands_first() {
        let code = |text| Code::found_in(text).map(|code| code.to_string());
        assert_eq!(code("#q0a1b2c · Kreyòl #qffffff"), Some("0a1b2c".into()));
        assert_eq!(code("#qué? #q123 #qABCDEF"), None);
    }

    #[test]
    fn commands_of_staff_are_read() {
        assert_eq!(StaffInput::command("Entry", "health/cost"), Some(StaffInput::Entry("health/cost".into())));
        assert_eq!(StaffInput::command("topics", ""), None);
    }
}
