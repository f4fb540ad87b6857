//! Wording: turns every reply into words and buttons in its language.

mod answers;
mod handoff;
mod menus;
mod numbers;
mod offices;
mod parts;
mod privacy;
mod safety;

use chrono::{DateTime, Utc};

use super::input::{Button, Media};
use super::reply::{Reply, ReplyKind};
use crate::bot::knowledge::Knowledge;
use crate::bot::message::{Choice, Message};
use crate::domain::content::entry::Entry;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::safety::danger::Danger;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Rich};
use crate::i18n::{Phrase, say};
use crate::understanding::language::NamedDay;

pub use self::menus::{command_phrase, status_label};

/// The messages of a reply: mostly one, two if a map belongs to it.
pub fn wording(knowledge: &Knowledge, reply: &Reply, now: DateTime<Utc>) -> Vec<Message> {
    let words = Words { knowledge, lang: reply.lang, now, reachable: reply.reachable, day: reply.day };
    let mut messages: Vec<Message> = words.of(&reply.kind).into_iter().map(numbers::tappable).collect();
    if let Some(first) = messages.first_mut() {
        first.in_place = reply.in_place;
    }
    messages
}

/// An entry's answer in this language as people will read it, without the buttons under it.
pub fn preview(knowledge: &Knowledge, entry: &Entry, lang: Lang, now: DateTime<Utc>) -> Message {
    numbers::tappable(Words { knowledge, lang, now, reachable: true, day: None }.shown(entry))
}

/// The message after an internal error; the code identifies its log line.
pub fn apology(lang: Lang, code: &str) -> Message {
    let message = Message::new(lang).line(say(lang, &Phrase::InternalError { code }));
    message.row(vec![choice(lang, Phrase::ButtonMenu, Button::Menu)])
}

/// The message that a chat gets once when it exceeds its rate limit: for how many seconds it gets no other.
pub fn too_many(lang: Lang, seconds: i64) -> Message {
    Message::new(lang).line(say(lang, &Phrase::TooMany { seconds: &seconds.to_string() }))
}

fn choice(lang: Lang, phrase: Phrase<'_>, button: Button) -> Choice {
    Choice { label: say(lang, &phrase), lang, button }
}

/// Wording in one language, from one knowledge snapshot.
struct Words<'a> {
    knowledge: &'a Knowledge,
    lang: Lang,
    now: DateTime<Utc>,
    /// Whether an answer can reach the person later.
    reachable: bool,
    /// The day whose opening hours are told.
    day: Option<NamedDay>,
}

impl Words<'_> {
    fn of(&self, kind: &ReplyKind) -> Vec<Message> {
        let message = match kind {
            ReplyKind::Welcome(proposed) => self.welcome(*proposed),
            ReplyKind::Languages => self.languages(),
            ReplyKind::LanguageChosen => self.phrase(Phrase::LanguageChosen),
            ReplyKind::Menu { notice } => self.menu(*notice),
            ReplyKind::Ask => self.phrase(Phrase::AskInWords).row(vec![self.back()]),
            ReplyKind::Topics => self.topics(),
            ReplyKind::Topic(key) => self.topic(key),
            ReplyKind::Answer(answer) => self.answer(answer),
            ReplyKind::More(answer) => self.more(answer),
            ReplyKind::AlreadySaid(entry) => self.already_said(entry),
            ReplyKind::PartMissing { entry, aspect, offices } => self.part_missing(entry, *aspect, offices),
            ReplyKind::Where(to_go) => self.where_to_go(to_go),
            ReplyKind::Several(entries) => self.several(entries),
            ReplyKind::NothingFound { long } => self.nothing_found(*long),
            ReplyKind::NoneFitted => self.next_steps(self.to_a_person(self.phrase(Phrase::NoneFitted))),
            ReplyKind::Danger(sign) => self.line_of_help(*sign),
            ReplyKind::DangerNext(kind, expected) => self.help_next(*kind, *expected),
            ReplyKind::AboutTalk(about) => self.about_talk(*about),
            ReplyKind::Sorry => self.phrase(Phrase::Sorry),
            ReplyKind::BadNews(entries) => self.bad_news(entries),
            ReplyKind::SmallTalk(kind) => self.with_menu(self.phrase(small_talk_phrase(*kind))),
            ReplyKind::Media(media) => self.with_menu(self.phrase(media_phrase(*media))),
            ReplyKind::NoWords => self.with_menu(self.phrase(Phrase::NoWords)),
            ReplyKind::OldLink => self.phrase(Phrase::OldLink),
            ReplyKind::OldButton => self.with_menu(self.phrase(Phrase::OldButton)),
            ReplyKind::OfficesMenu => self.offices_menu(),
            ReplyKind::AskPlace => self.ask_place(),
            ReplyKind::PlaceNotFound => self.place_not_found(),
            ReplyKind::Services => self.services(),
            ReplyKind::Municipalities => self.municipalities(),
            ReplyKind::OfficesNear { offices, municipality } => self.offices_near(offices, municipality.as_ref()),
            ReplyKind::OfficesIn(key) => self.offices_in(key),
            ReplyKind::OfficesFor(service, offices) => self.offices_for(service, offices),
            ReplyKind::Office(key) => return self.office(key),
            ReplyKind::PlaceChosen(key) => self.place_chosen(key),
            ReplyKind::VotedUseful => self.next_steps(self.phrase(Phrase::VotedUseful)),
            ReplyKind::VotedNotUseful(key) => self.what_was_wrong(key),
            ReplyKind::Complained(key) => self.complained(key),
            ReplyKind::AskLine => self.phrase(Phrase::AskLine).row(vec![self.back()]),
            ReplyKind::LineTaken => self.next_steps(self.phrase(Phrase::LineTaken)),
            ReplyKind::Privacy => self.privacy(),
            ReplyKind::PrivacyFull => self.privacy_full(),
            ReplyKind::Held(held) => self.held(held),
            ReplyKind::Copy => self.copy(),
            ReplyKind::Forgotten => self.with_menu(self.phrase(Phrase::Forgotten)),
            ReplyKind::ForgetKept => self.with_menu(self.phrase(Phrase::ForgetKept)),
            ReplyKind::Help => self.with_menu(self.phrase(Phrase::Help)),
            ReplyKind::About => self.with_menu(self.phrase(Phrase::About)),
            ReplyKind::Consent { words, municipality } => self.consent(words.as_deref(), municipality.as_ref()),
            ReplyKind::WriteQuestion => self.write_question(),
            ReplyKind::QuestionLeft(expected) => self.question_left(*expected),
            ReplyKind::QuestionOpen { handoff, words } => self.question_open(*handoff, words.as_deref()),
            ReplyKind::QuestionContinued => self.while_it_waits(self.phrase(Phrase::QuestionContinued)),
            ReplyKind::NotLeft => self.with_menu(self.phrase(Phrase::NotLeft)),
            ReplyKind::TakenBack => self.with_menu(self.phrase(Phrase::TakenBack)),
            ReplyKind::NoQuestion => self.with_menu(self.phrase(Phrase::NoQuestion)),
            ReplyKind::NobodyHere(offices) => self.nobody_here(offices),
            ReplyKind::WillTell => self.next_steps(self.phrase(Phrase::WillTell)),
            ReplyKind::PersonHere(who) => self.phrase(Phrase::PersonHere { who }).row(vec![self.take_back()]),
            ReplyKind::FromPerson(who, words) => self.persons_words(who, words),
            ReplyKind::PersonAway => self.while_it_waits(self.phrase(Phrase::PersonAway)),
            ReplyKind::PersonLeft => self.with_menu(self.phrase(Phrase::PersonLeft)),
            ReplyKind::QuestionMoved(key) => self.question_moved(key),
            ReplyKind::QuestionExpired => self.next_steps(self.phrase(Phrase::QuestionExpired)),
            ReplyKind::Told(words, answer) => self.told(words, answer),
        };
        vec![message]
    }

    fn say(&self, phrase: Phrase<'_>) -> String {
        say(self.lang, &phrase)
    }

    /// A phrase parsed into blocks, with its bold words, links and list points.
    fn blocks(&self, phrase: Phrase<'_>) -> Vec<Block> {
        let words = self.say(phrase);
        Rich::parse(&words).map_or_else(|_| vec![Block::plain(words)], |rich| rich.blocks().to_vec())
    }

    fn phrase(&self, phrase: Phrase<'_>) -> Message {
        Message::new(self.lang).blocks(self.blocks(phrase))
    }

    fn choice(&self, phrase: Phrase<'_>, button: Button) -> Choice {
        choice(self.lang, phrase, button)
    }

    fn back(&self) -> Choice {
        self.choice(Phrase::ButtonBack, Button::Menu)
    }

    /// A name in this language, else in the first language that has one, else the key.
    fn name<'n>(&self, names: &'n std::collections::BTreeMap<Lang, String>, key: &'n str) -> &'n str {
        names.get(&self.lang).or_else(|| names.values().next()).map_or(key, String::as_str)
    }
}

/// The built-in line of help.
pub fn danger_phrase(danger: Danger) -> Phrase<'static> {
    match danger {
        Danger::Medical => Phrase::DangerMedical,
        Danger::Suicide => Phrase::DangerSuicide,
        Danger::Violence => Phrase::DangerViolence,
        Danger::Stranger => Phrase::DangerStranger,
        Danger::Child => Phrase::DangerChild,
        Danger::Trafficking => Phrase::DangerTrafficking,
        Danger::Arrest => Phrase::DangerArrest,
    }
}

fn small_talk_phrase(kind: SmallTalk) -> Phrase<'static> {
    match kind {
        SmallTalk::Greeting => Phrase::Greeting,
        SmallTalk::Thanks => Phrase::Thanks,
        SmallTalk::Goodbye => Phrase::Goodbye,
        SmallTalk::News => Phrase::News,
        SmallTalk::Insult => Phrase::Insult,
    }
}

fn media_phrase(media: Media) -> Phrase<'static> {
    match media {
        Media::Photo => Phrase::Photo,
        Media::Voice => Phrase::Voice,
        Media::Sticker => Phrase::Sticker,
        Media::Other => Phrase::OtherMedia,
    }
}
