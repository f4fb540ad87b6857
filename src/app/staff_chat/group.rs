//! Staff groups in Telegram: sets up a group, takes answers to announced questions, and handles the buttons.

use super::decision::{Command, Decision, sealed_home};
use super::visit::Visit;
use crate::app::inbox::announce::{likely, may_keep_group};
use crate::app::inbox::questions::{QuestionAction, open_question};
use crate::app::runtime::app_error::{AppError, ensure};
use crate::bot::citizen::{Message, StaffButton};
use crate::bot::message::Choice;
use crate::bot::staff::input::Code;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::EntryKey;
use crate::domain::text::rich::Span;
use crate::i18n::Label;
use crate::store::inbox::questions::{self, StoredQuestion};
use crate::store::staff::telegram_groups::Group;

impl Visit<'_> {
    /// `/group` and `/group off`.
    pub(super) fn group(&self, off: bool) -> Result<Decision, AppError> {
        let place = may_keep_group(&self.account)?;
        let Some((key, home)) = &self.group else { return Ok(Decision::say(self.told(&Label::GroupWhere))) };
        if off {
            return Ok(Decision::does(Command::DropGroup(key.clone()), self.told(&Label::GroupOff)));
        }
        let told = match &place {
            None => self.told(&Label::GroupSetAll),
            Some(own) => {
                let knowledge = self.app.live.now();
                let name = knowledge.municipality(own).map_or(own.as_str(), |place| &place.name).to_owned();
                self.told(&Label::GroupSet { place: &name })
            }
        };
        let group = Group {
            chat: key.as_str().to_owned(),
            address: sealed_home(self.app, key.as_str(), home),
            municipality: place,
            set_by: self.account.id.clone(),
            set_at: self.now.timestamp(),
        };
        Ok(Decision::does(Command::SetGroup(group), told))
    }

    /// The open question with this code.
    async fn question(&self, code: &Code) -> Result<StoredQuestion, AppError> {
        let all = questions::list(&self.app.db).await?;
        let mut found =
            all.into_iter().map(|(stored, _)| stored).filter(|stored| Code::of(&stored.question.id) == *code);
        let stored = found.next().ok_or(Refusal::Gone)?;
        // Six digits suffice for the questions open at a time; if two share a code, they are answered in the console.
        ensure(found.next().is_none(), Refusal::Gone)?;
        let right = Right::Answer { municipality: stored.question.municipality.as_ref(), lang: stored.question.lang };
        ensure(self.account.may(&right), Refusal::NoRight)?;
        Ok(stored)
    }

    /// A reply to an announcement is the answer to its question.
    pub(super) async fn replied(&self, code: &Code, words: &str) -> Result<Decision, AppError> {
        let stored = self.question(code).await?;
        let theirs = stored.question.lang;
        let guess = self.app.live.now().identify(words, Some(self.lang));
        let lang = if guess.lang == Some(theirs) { theirs } else { self.lang };
        let mut told = self.told(&Label::DoneAnswered);
        if lang != theirs {
            told = told.line(self.word(&Label::GroupOtherLanguage { language: theirs.name() }));
        }
        let told = self.with_next_of(self.of_question(told, code), code);
        Ok(Decision::does(Command::Question(stored, QuestionAction::Answer(lang, words.to_owned())), told))
    }

    pub(super) async fn claim(&self, code: &Code) -> Result<Decision, AppError> {
        let stored = self.question(code).await?;
        let open = open_question(self.app, &self.account, &stored.question.id).await?;
        let told = self.with_next_of(self.of_question(self.told(&Label::DoneClaimed), code), code);
        let told = likely(self.app, self.lang, &open.question, &open.lines)
            .into_iter()
            .fold(told, |told, button| told.row(vec![button]));
        Ok(Decision::does(Command::Question(stored, QuestionAction::Claim), told))
    }

    pub(super) async fn send_entry(&self, code: &Code, entry: &EntryKey) -> Result<Decision, AppError> {
        let stored = self.question(code).await?;
        let told = self.with_next_of(self.of_question(self.told(&Label::DoneAnswered), code), code);
        Ok(Decision::does(Command::Question(stored, QuestionAction::SendEntry(entry.clone())), told))
    }

    pub(super) async fn give_back(&self, code: &Code) -> Result<Decision, AppError> {
        let stored = self.question(code).await?;
        let told = self.of_question(self.told(&Label::DoneGivenBack), code);
        let told = told.row(vec![self.choice(&Label::QuestionClaim, StaffButton::Claim(code.clone()))]);
        Ok(Decision::does(Command::Question(stored, QuestionAction::GiveBack), told))
    }

    pub(super) async fn close(&self, code: &Code) -> Result<Decision, AppError> {
        let stored = self.question(code).await?;
        let told = self.of_question(self.told(&Label::DoneClosed), code);
        Ok(Decision::does(Command::Question(stored, QuestionAction::Close), told))
    }

    /// Names the question and the colleague, since several people read the group.
    fn of_question(&self, message: Message, code: &Code) -> Message {
        let about = vec![Span::bold(code.tag()), Span::plain(format!(" · {}", self.account.name))];
        let mut with = Message::new(self.lang).spans(about);
        with.lines.extend(message.lines);
        with
    }

    fn with_next_of(&self, message: Message, code: &Code) -> Message {
        let button = |label: &Label<'_>, button: StaffButton| -> Vec<Choice> { vec![self.choice(label, button)] };
        message
            .row(button(&Label::QuestionClose, StaffButton::Close(code.clone())))
            .row(button(&Label::QuestionGiveBack, StaffButton::GiveBack(code.clone())))
    }
}
