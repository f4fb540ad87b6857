//! Wording of answers: the text, its sources, its verification, and the next steps.

use super::Words;
use crate::bot::citizen::input::Button;
use crate::bot::citizen::reply::{AboutTalk, Answer, Shown};
use crate::bot::message::{Choice, Line, Message};
use crate::domain::content::aspect::PartName;
use crate::domain::content::entry::{Check, Entry, Overdue, Part, Text};
use crate::domain::content::source::Source;
use crate::domain::statistics::feedback::Complaint;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span};
use crate::i18n::content_items::aspect_name;
use crate::i18n::{Phrase, day};

impl Words<'_> {
    pub(super) fn answer(&self, answer: &Answer) -> Message {
        let Some(entry) = self.knowledge.entry(&answer.entry) else {
            return self.with_menu(self.phrase(Phrase::OldButton));
        };
        let message = self.answer_text(entry, answer);
        let message = match answer.shown {
            Shown::Lead | Shown::LeadAnd(_) => self.local_note(message, answer),
            Shown::Part(_) => message,
        };
        let offices = answer.offices.iter().filter_map(|key| self.knowledge.office(key));
        let message = offices.fold(message, |message, office| message.spans(self.office_line(office, None)));
        let message = self.short_footer(message, entry, answer.shown);
        self.part_buttons(message, entry, answer)
    }

    /// An answer by itself with all its parts, without buttons.
    pub(super) fn shown(&self, entry: &Entry) -> Message {
        let mut message = self.answer_text(entry, &Answer::lead(entry.key.clone(), None));
        if let Some((lang, text)) = entry.text(self.lang) {
            for (aspect, part) in &text.parts {
                message = message.spans(vec![Span::bold(self.say(aspect_name(*aspect)))]);
                message = self.part_text(message, lang, part);
            }
        }
        self.footer(message, entry)
    }

    fn answer_text(&self, entry: &Entry, answer: &Answer) -> Message {
        let question = entry.question(self.lang);
        let message = Message::new(self.lang);
        let mut message = match answer.shown {
            Shown::Part(aspect) => message.spans(vec![self.part_title(entry, aspect)]),
            Shown::Lead | Shown::LeadAnd(_) if answer.follows => message.line(self.say(Phrase::FollowsOn { question })),
            Shown::Lead | Shown::LeadAnd(_) => message.spans(vec![Span::bold(question)]),
        };
        if let Some(date) = entry.rules_changed_on {
            message = message.line(self.say(Phrase::RulesChanged { date: &day(self.lang, date) }));
        }
        match entry.text(self.lang) {
            Some((lang, text)) => self.said_now(message, lang, text, answer),
            None => message,
        }
    }

    /// Adds the lead or the part, or the notice that replaces both.
    fn said_now(&self, mut message: Message, lang: Lang, text: &Text, answer: &Answer) -> Message {
        if lang != self.lang {
            message = message.line(self.say(Phrase::OtherLanguage { language: lang.name() }));
        }
        match text.withdrawn.as_deref() {
            None => {}
            // An empty reason means that a second person has not approved the reason yet.
            Some("") => return message.line(self.say(Phrase::BeingChecked)),
            Some(reason) => return message.line(self.say(Phrase::Withdrawn { reason })),
        }
        let overdue = self.knowledge.overdue(answer.municipality.as_ref());
        if self.is_late(text) && overdue == Overdue::Replace {
            return message.line(self.say(Phrase::BeingChecked));
        }
        let lead = || text.answer.blocks().iter().map(|block| Line { lang, block: block.clone() });
        match answer.shown {
            Shown::Lead => message.lines.extend(lead()),
            Shown::LeadAnd(aspect) => {
                message.lines.extend(lead());
                message = message.spans(vec![Span::bold(self.say(aspect_name(aspect)))]);
            }
            Shown::Part(_) => {}
        }
        match answer.shown.aspect().and_then(|aspect| text.parts.get(&aspect)) {
            Some(part) => self.part_text(message, lang, part),
            None => message,
        }
    }

    /// Adds the text of a part, and whether another language says more.
    pub(super) fn part_text(&self, mut message: Message, lang: Lang, part: &Part) -> Message {
        message.lines.extend(part.text.blocks().iter().map(|block| Line { lang, block: block.clone() }));
        match part.outdated {
            Some(outdated) => message.line(self.say(Phrase::Outdated { date: &day(self.lang, outdated.on) })),
            None => message,
        }
    }

    /// Whether the text itself may be shown: it is not withdrawn, nor replaced by a notice.
    pub(super) fn may_say(&self, text: &Text) -> bool {
        text.withdrawn.is_none() && !(self.is_late(text) && self.knowledge.overdue(None) == Overdue::Replace)
    }

    fn is_late(&self, text: &Text) -> bool {
        text.check.as_ref().is_some_and(|check| check.until < self.now.date_naive())
    }

    pub(super) fn local_note(&self, message: Message, answer: &Answer) -> Message {
        let Some(key) = &answer.municipality else { return message };
        let Some(note) = self.knowledge.note(key, &answer.entry, self.lang) else { return message };
        let place = self.knowledge.municipality(key).map_or(key.as_str(), |place| &place.name);
        message.line(self.say(Phrase::LocalNote { place })).blocks(note.text.blocks().iter().cloned())
    }

    pub(super) fn footer(&self, message: Message, entry: &Entry) -> Message {
        let sources: Vec<&Source> = entry.sources.iter().filter_map(|key| self.knowledge.source(key)).collect();
        let message = if sources.is_empty() { message } else { message.spans(self.sources(&sources)) };
        let Some((_, text)) = entry.text(self.lang) else { return message };
        if text.withdrawn.is_some() {
            return message;
        }
        let message = match text.outdated {
            Some(outdated) => message.line(self.say(Phrase::Outdated { date: &day(self.lang, outdated.on) })),
            None => message,
        };
        message.line(self.checked(text.check.as_ref()))
    }

    /// One line: the source of what is shown, and who stands behind it. Notices that change what to do have their own.
    fn short_footer(&self, message: Message, entry: &Entry, shown: Shown) -> Message {
        let Some((_, text)) = entry.text(self.lang) else { return message };
        if text.withdrawn.is_some() {
            return message;
        }
        let message = match text.outdated.filter(|_| shown.parts().contains(&PartName::Lead)) {
            Some(outdated) => message.line(self.say(Phrase::Outdated { date: &day(self.lang, outdated.on) })),
            None => message,
        };
        let check = match &text.check {
            Some(check) if !self.is_late(text) => {
                self.say(Phrase::CheckedShort { who: &check.by, date: &day(self.lang, check.on) })
            }
            Some(_) => return message.line(self.checked(text.check.as_ref())),
            None => self.say(Phrase::NotCheckedShort),
        };
        let part = shown.aspect().map_or(PartName::Lead, PartName::Of);
        let source = entry.provenance.get(&part).map(|from| &from.source).or(entry.sources.first());
        let source = source.and_then(|key| self.knowledge.source(key));
        let mut spans = vec![Span::plain("📖 ")];
        if let Some(source) = source {
            spans.extend([self.source(source), Span::plain(" · ")]);
        }
        spans.push(Span::plain(check));
        message.spans(spans)
    }

    fn source(&self, source: &Source) -> Span {
        let title = self.name(&source.titles, source.key.as_str());
        match &source.link {
            Some(link) => Span::link(title, link),
            None => Span::plain(title),
        }
    }

    fn sources(&self, sources: &[&Source]) -> Vec<Span> {
        let mut spans = vec![Span::plain(self.say(Phrase::Sources))];
        for (place, source) in sources.iter().enumerate() {
            spans.push(Span::plain(if place == 0 { " " } else { " · " }));
            spans.push(self.source(source));
        }
        spans
    }

    fn checked(&self, check: Option<&Check>) -> String {
        match check {
            None => self.say(Phrase::NotChecked),
            Some(check) if check.until < self.now.date_naive() => {
                self.say(Phrase::CheckedLate { date: &day(self.lang, check.on) })
            }
            Some(check) => self.say(Phrase::Checked {
                who: &check.by,
                date: &day(self.lang, check.on),
                until: &day(self.lang, check.until),
            }),
        }
    }

    pub(super) fn in_other_languages(&self, entry: &Entry) -> Vec<Choice> {
        let others = Lang::all().filter(|lang| *lang != self.lang && entry.texts.contains_key(lang));
        others
            .map(|lang| {
                super::choice(
                    lang,
                    Phrase::ButtonInLanguage { language: lang.name() },
                    Button::EntryIn(entry.key.clone(), lang),
                )
            })
            .collect()
    }

    pub(super) fn always_in(&self, answer: &Answer) -> Vec<Choice> {
        let language = Phrase::ButtonAlwaysIn { language: self.lang.name() };
        answer.offer_language.then(|| self.choice(language, Button::Language(self.lang))).into_iter().collect()
    }

    /// A button that retracts the messages about a discreet topic with one tap.
    pub(super) fn retract(&self, entry: &Entry) -> Vec<Choice> {
        let discreet = self.knowledge.is_discreet_entry(&entry.key);
        discreet.then(|| self.choice(Phrase::ButtonRetract, Button::Retract)).into_iter().collect()
    }

    pub(super) fn useful(&self, entry: &Entry) -> Vec<Choice> {
        let key = &entry.key;
        let revision = entry.revision(self.lang).unwrap_or_default();
        let yes = format!("{} {}", self.say(Phrase::Useful), self.say(Phrase::ButtonUseful));
        vec![
            Choice { label: yes, lang: self.lang, button: Button::Useful(key.clone(), self.lang, revision) },
            self.choice(Phrase::ButtonNotUseful, Button::NotUseful(key.clone(), self.lang, revision)),
        ]
    }

    pub(super) fn several(&self, entries: &[EntryKey]) -> Message {
        let message = entries.iter().fold(self.phrase(Phrase::Several), |message, key| self.told_apart(message, key));
        let message = entries.iter().fold(message, |message, key| message.row(vec![self.question(key)]));
        message.row(vec![self.choice(Phrase::ButtonNone, Button::NoneOfThese(self.lang)), self.person()])
    }

    /// Adds what tells an offered entry from the others, beside its question.
    fn told_apart(&self, message: Message, key: &EntryKey) -> Message {
        let text = self.knowledge.entry(key).and_then(|entry| entry.text(self.lang)).map(|(_, text)| text);
        match text.filter(|text| !text.apart.is_empty()) {
            Some(text) => {
                let line = vec![Span::bold(&text.question), Span::plain(format!(" · {}", text.apart))];
                message.block(Block::Item(line))
            }
            None => message,
        }
    }

    /// A sentence about the talk itself, with a person beside it.
    pub(super) fn about_talk(&self, about: AboutTalk) -> Message {
        let phrase = match about {
            AboutTalk::Program => Phrase::AboutTalkProgram,
            AboutTalk::NoHelp => Phrase::AboutTalkNoHelp,
            AboutTalk::Shortest => Phrase::AboutTalkShortest,
            AboutTalk::Restarted => return self.phrase(Phrase::AboutTalkRestarted),
        };
        self.phrase(phrase).row(vec![self.person()])
    }

    /// Kind words, and what the bad news may be about.
    pub(super) fn bad_news(&self, entries: &[EntryKey]) -> Message {
        let message = self.phrase(Phrase::BadNews);
        let message = entries.iter().fold(message, |message, key| message.row(vec![self.question(key)]));
        message.row(vec![self.person()])
    }

    pub(super) fn nothing_found(&self, long: bool) -> Message {
        let message = self.phrase(if long { Phrase::TooLong } else { Phrase::NothingFound });
        let message = message.blocks(self.blocks(Phrase::NothingNext)).blocks(self.blocks(Phrase::LinesOfHelp));
        self.next_steps(self.to_a_person(message))
    }

    /// Buttons for the next steps when words did not help.
    pub(super) fn next_steps(&self, message: Message) -> Message {
        message
            .row(vec![self.choice(Phrase::ButtonTopics, Button::Topics)])
            .row(vec![self.choice(Phrase::ButtonOffices, Button::Offices)])
            .row(vec![self.choice(Phrase::ButtonMenu, Button::Menu)])
    }

    pub(super) fn what_was_wrong(&self, key: &EntryKey) -> Message {
        let reasons = Complaint::ALL.map(|complaint| {
            let phrase = match complaint {
                Complaint::OtherQuestion => Phrase::ButtonOtherQuestion,
                Complaint::Unclear => Phrase::ButtonUnclear,
                Complaint::Wrong => Phrase::ButtonWrong,
            };
            self.choice(phrase, Button::Wrong(complaint, key.clone(), self.lang))
        });
        let message = self.phrase(Phrase::VotedNotUseful);
        self.next_steps(reasons.into_iter().fold(message, |message, reason| message.row(vec![reason])))
    }

    pub(super) fn complained(&self, key: &EntryKey) -> Message {
        let line = self.choice(Phrase::ButtonWriteLine, Button::WriteLine(key.clone(), self.lang));
        self.next_steps(self.phrase(Phrase::Complained).row(vec![line]))
    }

    /// An entry's question as a button.
    pub(super) fn question(&self, key: &EntryKey) -> Choice {
        let label = self.knowledge.entry(key).map_or(key.as_str(), |entry| entry.question(self.lang)).to_owned();
        Choice { label, lang: self.lang, button: Button::Entry(key.clone(), self.lang) }
    }
}
