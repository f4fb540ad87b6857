//! Input of a person: messages, commands and buttons. Typed here; at the doors buttons are text.

use std::fmt;
use std::str::FromStr;

pub use crate::bot::button_text::{ButtonError, LONGEST_BUTTON};
use crate::bot::staff::input::{PREFIX, StaffButton};
use crate::domain::content::aspect::Aspect;
use crate::domain::offices::position::Position;
use crate::domain::safety::danger::Danger;
use crate::domain::statistics::feedback::{Complaint, Revision};
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey, ServiceKey, TopicKey};
use crate::domain::text::lang::Lang;

/// An input with its context from the door.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnInput {
    /// The message, command or press.
    pub input: Input,
    /// The language of the person's own Telegram or browser, if it is supported.
    pub proposed: Option<Lang>,
    /// Whether an answer can reach the person later.
    pub reachable: bool,
}

/// An input of a person.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A text message.
    Text(String),
    /// A command.
    Command(Command),
    /// `/start`, with or without a link to an entry or office.
    Start(Option<Link>),
    /// A pressed button.
    Press(Button),
    /// A button whose text can no longer be parsed.
    OldButton,
    /// The person's position; used for this turn only.
    Place(Position),
    /// A message without words.
    Media(Media),
}

/// A command that begins with `/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// `/topics`
    Topics,
    /// `/offices`
    Offices,
    /// `/language`
    Language,
    /// `/privacy`
    Privacy,
    /// `/forget`
    Forget,
    /// `/help`
    Help,
    /// `/about`
    About,
    /// `/stop`
    Stop,
}

impl Command {
    /// All commands except `/start`, in menu order.
    pub const ALL: [Command; 8] = [
        Command::Topics,
        Command::Offices,
        Command::Language,
        Command::Privacy,
        Command::Forget,
        Command::Help,
        Command::About,
        Command::Stop,
    ];

    /// Its name, without the slash.
    pub fn name(self) -> &'static str {
        match self {
            Command::Topics => "topics",
            Command::Offices => "offices",
            Command::Language => "language",
            Command::Privacy => "privacy",
            Command::Forget => "forget",
            Command::Help => "help",
            Command::About => "about",
            Command::Stop => "stop",
        }
    }
}

/// The target of a link into the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// An entry.
    Entry(EntryKey),
    /// An office.
    Office(OfficeKey),
}

impl Link {
    /// Parses the parameter of `?start=`: `health_no-documents` or `office_quilicura`.
    pub fn parse(parameter: &str) -> Option<Link> {
        match parameter.split_once('_')? {
            ("office", key) => key.parse().ok().map(Link::Office),
            (topic, name) => format!("{topic}/{name}").parse().ok().map(Link::Entry),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Link::Entry(key) => f.write_str(&key.as_str().replace('/', "_")),
            Link::Office(key) => write!(f, "office_{key}"),
        }
    }
}

/// A message without words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A picture or video.
    Photo,
    /// A voice message or other audio.
    Voice,
    /// A sticker or animation.
    Sticker,
    /// Anything else: a document, a contact, a poll…
    Other,
}

/// A button under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// Choose this language permanently.
    Language(Lang),
    /// Show the languages.
    Languages,
    /// Show the main menu.
    Menu,
    /// Explain how to ask in one's own words.
    Ask,
    /// Show the list of topics.
    Topics,
    /// Show the questions of a topic.
    Topic(TopicKey),
    /// Show an entry that was offered or is related, in the language of the message above the button.
    Entry(EntryKey, Lang),
    /// Show the same entry in this language, in place of the message.
    EntryIn(EntryKey, Lang),
    /// Show the part of an answer, in the language of the message above the button.
    Part(EntryKey, Aspect, Lang),
    /// Show what else there is about an entry.
    More(EntryKey, Lang),
    /// Tell where to go for an entry.
    InCharge(EntryKey, Lang),
    /// Explain how to find offices.
    Offices,
    /// Show the kinds of service.
    Services,
    /// Show the offices that offer a service.
    Service(ServiceKey),
    /// Show the list of municipalities.
    Municipalities,
    /// Show the offices in a municipality.
    OfficesIn(MunicipalityKey),
    /// "This is my municipality."
    Mine(MunicipalityKey),
    /// Show one office.
    Office(OfficeKey),
    /// "None of the offered questions."
    NoneOfThese(Lang),
    /// "This was useful."
    Useful(EntryKey, Lang, Revision),
    /// "This was not useful."
    NotUseful(EntryKey, Lang, Revision),
    /// The reason why an answer was not useful.
    Wrong(Complaint, EntryKey, Lang),
    /// "I will write in a line what was wrong."
    WriteLine(EntryKey, Lang),
    /// Show the privacy notice in plain words.
    Privacy,
    /// Show the full privacy notice.
    PrivacyFull,
    /// Show the data stored about the person.
    Forget,
    /// Send that data as a file.
    Copy,
    /// Erase the data.
    ForgetYes,
    /// Do not erase the data.
    ForgetNo,
    /// Explain how the bot works.
    Help,
    /// A button of a staff chat; for anybody else it counts as an old button.
    Staff(StaffButton),
    /// Ask for a person.
    Person(Lang),
    /// "Yes, give my words to a person."
    Leave(Lang),
    /// "I write it in other words."
    LeaveOther(Lang),
    /// "No, do not give them to anybody."
    LeaveNo(Lang),
    /// "I take my question back."
    TakeBack(Lang),
    /// "Tell me when there is an answer."
    TellMe(Lang),
    /// Retract the messages about a discreet topic.
    Retract,
    /// "I need help now": show the whole line of help.
    HelpNow(Danger, Lang),
}

impl fmt::Display for Button {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Button::Language(lang) => write!(f, "l:{lang}"),
            Button::Languages => f.write_str("langs"),
            Button::Menu => f.write_str("menu"),
            Button::Ask => f.write_str("ask"),
            Button::Topics => f.write_str("topics"),
            Button::Topic(key) => write!(f, "t:{key}"),
            Button::Entry(key, lang) => write!(f, "e:{key}:{lang}"),
            Button::EntryIn(key, lang) => write!(f, "i:{key}:{lang}"),
            Button::Part(key, aspect, lang) => write!(f, "a{}:{key}:{lang}", part_code(*aspect)),
            Button::More(key, lang) => write!(f, "+:{key}:{lang}"),
            Button::InCharge(key, lang) => write!(f, "c:{key}:{lang}"),
            Button::Offices => f.write_str("offices"),
            Button::Services => f.write_str("services"),
            Button::Service(key) => write!(f, "s:{key}"),
            Button::Municipalities => f.write_str("places"),
            Button::OfficesIn(key) => write!(f, "m:{key}"),
            Button::Mine(key) => write!(f, "h:{key}"),
            Button::Office(key) => write!(f, "o:{key}"),
            Button::NoneOfThese(lang) => write!(f, "none:{lang}"),
            Button::Useful(key, lang, revision) => write!(f, "y:{key}:{lang}:{revision}"),
            Button::NotUseful(key, lang, revision) => write!(f, "n:{key}:{lang}:{revision}"),
            Button::Wrong(Complaint::OtherQuestion, key, lang) => write!(f, "wq:{key}:{lang}"),
            Button::Wrong(Complaint::Unclear, key, lang) => write!(f, "wu:{key}:{lang}"),
            Button::Wrong(Complaint::Wrong, key, lang) => write!(f, "ww:{key}:{lang}"),
            Button::WriteLine(key, lang) => write!(f, "wl:{key}:{lang}"),
            Button::Privacy => f.write_str("privacy"),
            Button::PrivacyFull => f.write_str("privacy-full"),
            Button::Forget => f.write_str("forget"),
            Button::Copy => f.write_str("copy"),
            Button::ForgetYes => f.write_str("forget-yes"),
            Button::ForgetNo => f.write_str("forget-no"),
            Button::Help => f.write_str("help"),
            Button::Staff(button) => button.fmt(f),
            Button::Person(lang) => write!(f, "p:{lang}"),
            Button::Leave(lang) => write!(f, "py:{lang}"),
            Button::LeaveOther(lang) => write!(f, "po:{lang}"),
            Button::LeaveNo(lang) => write!(f, "pn:{lang}"),
            Button::TakeBack(lang) => write!(f, "pb:{lang}"),
            Button::TellMe(lang) => write!(f, "tell:{lang}"),
            Button::Retract => f.write_str("hush"),
            Button::HelpNow(kind, lang) => write!(f, "sos:{}:{lang}", kind.name()),
        }
    }
}

impl FromStr for Button {
    type Err = ButtonError;

    fn from_str(text: &str) -> Result<Button, ButtonError> {
        if text.starts_with(PREFIX) {
            return text.parse().map(Button::Staff);
        }
        match text.split_once(':') {
            None => plain_button(text),
            Some((kind, rest)) => button_with(kind, rest),
        }
        .ok_or(ButtonError)
    }
}

fn plain_button(text: &str) -> Option<Button> {
    Some(match text {
        "langs" => Button::Languages,
        "menu" => Button::Menu,
        "ask" => Button::Ask,
        "topics" => Button::Topics,
        "offices" => Button::Offices,
        "services" => Button::Services,
        "places" => Button::Municipalities,
        "privacy" => Button::Privacy,
        "privacy-full" => Button::PrivacyFull,
        "forget" => Button::Forget,
        "copy" => Button::Copy,
        "forget-yes" => Button::ForgetYes,
        "forget-no" => Button::ForgetNo,
        "help" => Button::Help,
        "hush" => Button::Retract,
        _ => return None,
    })
}

fn button_with(kind: &str, rest: &str) -> Option<Button> {
    Some(match kind {
        "l" => Button::Language(Lang::parse(rest)?),
        "none" => Button::NoneOfThese(Lang::parse(rest)?),
        "p" => Button::Person(Lang::parse(rest)?),
        "py" => Button::Leave(Lang::parse(rest)?),
        "po" => Button::LeaveOther(Lang::parse(rest)?),
        "pn" => Button::LeaveNo(Lang::parse(rest)?),
        "pb" => Button::TakeBack(Lang::parse(rest)?),
        "tell" => Button::TellMe(Lang::parse(rest)?),
        "t" => Button::Topic(rest.parse().ok()?),
        "s" => Button::Service(rest.parse().ok()?),
        "m" => Button::OfficesIn(rest.parse().ok()?),
        "h" => Button::Mine(rest.parse().ok()?),
        "o" => Button::Office(rest.parse().ok()?),
        "sos" => {
            let (kind, lang) = rest.split_once(':')?;
            Button::HelpNow(Danger::parse(kind)?, Lang::parse(lang)?)
        }
        "e" | "i" | "c" | "+" | "y" | "n" | "wq" | "wu" | "ww" | "wl" => {
            let (key, lang) = rest.split_once(':')?;
            // Buttons sent before votes had a revision have none.
            let (lang, revision) = match lang.split_once(':') {
                Some((lang, revision)) if matches!(kind, "y" | "n") => (lang, revision.parse().ok()?),
                Some(_) => return None,
                None => (lang, Revision::default()),
            };
            let (key, lang) = (key.parse().ok()?, Lang::parse(lang)?);
            match kind {
                "e" => Button::Entry(key, lang),
                "i" => Button::EntryIn(key, lang),
                "c" => Button::InCharge(key, lang),
                "+" => Button::More(key, lang),
                "y" => Button::Useful(key, lang, revision),
                "n" => Button::NotUseful(key, lang, revision),
                "wq" => Button::Wrong(Complaint::OtherQuestion, key, lang),
                "wu" => Button::Wrong(Complaint::Unclear, key, lang),
                "ww" => Button::Wrong(Complaint::Wrong, key, lang),
                _ => Button::WriteLine(key, lang),
            }
        }
        kind => {
            let aspect = Aspect::ALL.into_iter().find(|aspect| kind.strip_prefix('a') == Some(part_code(*aspect)))?;
            let (key, lang) = rest.split_once(':')?;
            Button::Part(key.parse().ok()?, aspect, Lang::parse(lang)?)
        }
    })
}

/// The letter of an aspect in buttons: its name would make the longest button too long.
fn part_code(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Papers => "p",
        Aspect::Cost => "c",
        Aspect::How => "h",
        Aspect::Where => "w",
        Aspect::Time => "t",
        Aspect::Refused => "r",
        Aspect::NoPapers => "n",
        Aspect::Family => "f",
        Aspect::Rights => "g",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::id::LONGEST_KEY;

    fn one_of_each() -> Vec<Button> {
        let entry: EntryKey = format!("a/{}", "b".repeat(LONGEST_KEY - 2)).parse().unwrap();
        let slug = "k".repeat(LONGEST_KEY);
        let mut buttons: Vec<Button> = Lang::all().map(Button::Language).collect();
        for lang in Lang::all() {
            buttons.push(Button::Entry(entry.clone(), lang));
            buttons.push(Button::EntryIn(entry.clone(), lang));
            buttons.push(Button::InCharge(entry.clone(), lang));
            buttons.push(Button::More(entry.clone(), lang));
            buttons.extend(Aspect::ALL.map(|aspect| Button::Part(entry.clone(), aspect, lang)));
            buttons.push(Button::NoneOfThese(lang));
            let revision = Revision::of("q", "a");
            buttons.push(Button::Useful(entry.clone(), lang, revision));
            buttons.push(Button::NotUseful(entry.clone(), lang, revision));
            buttons.extend(Complaint::ALL.map(|complaint| Button::Wrong(complaint, entry.clone(), lang)));
            buttons.push(Button::WriteLine(entry.clone(), lang));
            buttons.extend([Button::Person(lang), Button::Leave(lang), Button::LeaveOther(lang)]);
            buttons.extend([Button::LeaveNo(lang), Button::TakeBack(lang), Button::TellMe(lang)]);
            buttons.extend(Danger::ALL.map(|kind| Button::HelpNow(kind, lang)));
        }
        buttons.extend([
            Button::Languages,
            Button::Menu,
            Button::Ask,
            Button::Topics,
            Button::Topic(slug.parse().unwrap()),
            Button::Offices,
            Button::Services,
            Button::Service(slug.parse().unwrap()),
            Button::Municipalities,
            Button::OfficesIn(slug.parse().unwrap()),
            Button::Mine(slug.parse().unwrap()),
            Button::Office(slug.parse().unwrap()),
            Button::Privacy,
            Button::PrivacyFull,
            Button::Forget,
            Button::Copy,
            Button::ForgetYes,
            Button::ForgetNo,
            Button::Help,
            Button::Retract,
        ]);
        buttons
    }

    #[test]
    fn every_button_survives_the_way_through_telegram() {
        for button in one_of_each() {
            let text = button.to_string();
            assert!(text.len() <= LONGEST_BUTTON, "{text}");
            assert_eq!(text.parse(), Ok(button));
        }
    }

    #[test]
    fn a_vote_of_before_revisions_were_counted_is_still_one() {
        let (key, lang) = ("health/cost".parse().unwrap(), Lang::first());
        assert_eq!(format!("n:health/cost:{lang}").parse(), Ok(Button::NotUseful(key, lang, Revision::default())));
    }

    #[test]
    fn what_is_no_button_is_refused() {
        for text in [
            "",
            ":",
            "e:",
            "e:nothing",
            "i:health/cost:zz",
            "i:health/cost",
            "i:health/cost:es:0000",
            "y:health/cost:es:x",
            "DROP TABLE",
            "l:",
            "💥",
        ] {
            assert_eq!(text.parse::<Button>(), Err(ButtonError), "{text}");
        }
    }

    #[test]
    fn a_link_leads_to_an_entry_or_an_office() {
        let entry = Link::Entry("health/no-documents".parse().unwrap());
        let office = Link::Office("quilicura".parse().unwrap());
        assert_eq!(Link::parse(&entry.to_string()), Some(entry));
        assert_eq!(Link::parse(&office.to_string()), Some(office));
        assert_eq!(Link::parse("nonsense"), None);
    }
}
