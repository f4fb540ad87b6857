//! Wording of the welcome, the menu, the languages and the topics.

use super::Words;
use crate::bot::citizen::input::{Button, Command};
use crate::bot::message::{Choice, Line, Message};
use crate::domain::text::id::TopicKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Block;
use crate::i18n::{Phrase, say};

impl Words<'_> {
    /// A greeting in every language, since none has been chosen yet.
    pub(super) fn welcome(&self, proposed: Option<Lang>) -> Message {
        let mut message = Message::new(self.lang);
        for lang in languages(proposed) {
            let words = [Phrase::Hello, Phrase::ChooseLanguage].map(|phrase| say(lang, &phrase)).join(" ");
            message.lines.push(Line { lang, block: Block::plain(words) });
        }
        languages(proposed).fold(message, |message, lang| message.row(vec![language(lang)]))
    }

    pub(super) fn languages(&self) -> Message {
        let mut message = Message::new(self.lang);
        for lang in languages(Some(self.lang)) {
            message.lines.push(Line { lang, block: Block::plain(say(lang, &Phrase::ChooseLanguage)) });
        }
        let message = languages(Some(self.lang)).fold(message, |message, lang| message.row(vec![language(lang)]));
        message.row(vec![self.back()])
    }

    pub(super) fn menu(&self, notice: bool) -> Message {
        let message = if notice { self.phrase(Phrase::PrivacyShort) } else { Message::new(self.lang) };
        self.with_menu(message.blocks(self.blocks(Phrase::MenuTitle)))
    }

    /// Adds the main menu to a message.
    pub(super) fn with_menu(&self, message: Message) -> Message {
        message
            .row(vec![self.choice(Phrase::ButtonTopics, Button::Topics)])
            .row(vec![self.choice(Phrase::ButtonOffices, Button::Offices)])
            .row(vec![self.choice(Phrase::ButtonAsk, Button::Ask)])
            .row(vec![
                self.choice(Phrase::ButtonLanguage, Button::Languages),
                self.choice(Phrase::ButtonHelp, Button::Help),
            ])
            .row(vec![self.choice(Phrase::ButtonPrivacy, Button::Privacy)])
    }

    pub(super) fn topics(&self) -> Message {
        let message = self.phrase(Phrase::TopicsTitle);
        let topics: Vec<Choice> = self
            .knowledge
            .topics()
            .map(|topic| Choice {
                label: format!("{} {}", topic.emoji, self.name(&topic.names, topic.key.as_str())),
                lang: self.lang,
                button: Button::Topic(topic.key.clone()),
            })
            .collect();
        topics.into_iter().fold(message, |message, topic| message.row(vec![topic])).row(vec![self.back()])
    }

    pub(super) fn topic(&self, key: &TopicKey) -> Message {
        let name = self.knowledge.topic(key).map_or(key.as_str(), |topic| self.name(&topic.names, key.as_str()));
        let message = self.phrase(Phrase::TopicTitle { topic: name });
        let questions = self.knowledge.entries_of(key).map(|entry| self.question(&entry.key));
        let message = questions.fold(message, |message, question| message.row(vec![question]));
        message.row(vec![self.choice(Phrase::ButtonBack, Button::Topics)])
    }
}

/// The short description of a command.
pub fn command_phrase(command: Command) -> Phrase<'static> {
    match command {
        Command::Topics => Phrase::CommandTopics,
        Command::Offices => Phrase::CommandOffices,
        Command::Language => Phrase::CommandLanguage,
        Command::Privacy => Phrase::CommandPrivacy,
        Command::Forget => Phrase::CommandForget,
        Command::Help => Phrase::CommandHelp,
        Command::About => Phrase::CommandAbout,
        Command::Stop => Phrase::CommandStop,
    }
}

/// The label of a button that is always there, such as the languages at the top of a page.
pub fn status_label(lang: Lang, button: &Button) -> Option<String> {
    let phrase = match button {
        Button::Language(lang) => return Some(lang.name().to_owned()),
        Button::Menu => Phrase::ButtonMenu,
        Button::Topics => Phrase::ButtonTopics,
        Button::Offices => Phrase::ButtonOffices,
        Button::Ask => Phrase::ButtonAsk,
        Button::Languages => Phrase::ButtonLanguage,
        Button::Help => Phrase::ButtonHelp,
        Button::Privacy => Phrase::ButtonPrivacy,
        Button::PrivacyFull => Phrase::ButtonPrivacyFull,
        Button::Forget => Phrase::ButtonForget,
        Button::Topic(_)
        | Button::Entry(_, _)
        | Button::EntryIn(_, _)
        | Button::Part(_, _, _)
        | Button::More(_, _)
        | Button::InCharge(_, _)
        | Button::Services
        | Button::Service(_)
        | Button::Municipalities
        | Button::OfficesIn(_)
        | Button::Mine(_)
        | Button::Office(_)
        | Button::NoneOfThese(_)
        | Button::Useful(..)
        | Button::NotUseful(..)
        | Button::Wrong(..)
        | Button::WriteLine(..)
        | Button::Copy
        | Button::ForgetYes
        | Button::ForgetNo
        | Button::Staff(_)
        | Button::Person(_)
        | Button::Leave(_)
        | Button::LeaveOther(_)
        | Button::LeaveNo(_)
        | Button::TakeBack(_)
        | Button::TellMe(_)
        | Button::Retract
        | Button::HelpNow(..) => return None,
    };
    Some(say(lang, &phrase))
}

/// All languages, the proposed one first.
fn languages(proposed: Option<Lang>) -> impl Iterator<Item = Lang> {
    proposed.into_iter().chain(Lang::all().filter(move |lang| Some(*lang) != proposed))
}

fn language(lang: Lang) -> Choice {
    Choice { label: lang.name().to_owned(), lang, button: Button::Language(lang) }
}
