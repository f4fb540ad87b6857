//! The end of a proposal: the kind of change is chosen, and the text is submitted or discarded.

use super::decision::{Command, Decision, NextDialogue, Proposal};
use super::dialogue::{Awaits, Dialogue, Writing};
use super::entry::text_of;
use super::visit::Visit;
use super::wording::add_text;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::bot::citizen::{Message, StaffButton};
use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::Body;
use crate::domain::content::draft::Change;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::rich::Span;
use crate::i18n::{Label, content_items as in_words};
use crate::store::content::{drafts, items};

impl Visit<'_> {
    /// The text being written; refused where its dialogue has expired.
    fn writing(&self) -> Result<Writing, AppError> {
        match &self.dialogue {
            Some(Dialogue::Writing(writing)) => Ok(writing.clone()),
            Some(Dialogue::SendingBack(_)) | None => Err(Refusal::DialogueOver.into()),
        }
    }

    pub(super) fn ask_question(&self) -> Result<Decision, AppError> {
        Ok(self.asking(Writing { awaits: Awaits::Question, ..self.writing()? }))
    }

    pub(super) fn ask_part(&self, aspect: Aspect) -> Result<Decision, AppError> {
        Ok(self.asking(Writing { awaits: Awaits::Part(aspect), ..self.writing()? }))
    }

    pub(super) fn choose(&self, change: Change) -> Result<Decision, AppError> {
        let writing = Writing { change: Some(change), ..self.writing()? };
        let told = Message::new(self.lang).spans(vec![Span::bold(in_words::change(self.lang, change))]);
        let told = self.with_end(told.line(in_words::change_about(self.lang, change)));
        Ok(Decision::ask(vec![told], Dialogue::Writing(writing)))
    }

    fn with_end(&self, message: Message) -> Message {
        let submit = self.choice(&Label::Submit, StaffButton::Submit);
        let away = self.choice(&Label::Discard, StaffButton::ThrowAway);
        message.row(vec![submit]).row(vec![away])
    }

    pub(super) async fn submit(&self) -> Result<Decision, AppError> {
        let writing = self.writing()?;
        let item = writing.item();
        ensure(self.account.may(&Right::Write(&item)), Refusal::NoRight)?;
        let Some(change) = writing.change else { return self.previewed(writing).await };
        let newest = drafts::newest(&self.app.db, &item).await?;
        if newest != writing.seen {
            return self.overtaken(writing, newest).await;
        }
        let body = Body::Text(self.body(&writing).await?);
        let base = items::published(&self.app.db, &item).await?;
        let proposal = Box::new(Proposal { item, body, change, seen: writing.seen, base });
        Ok(Decision::command(Command::Submit(proposal), self.told(&Label::DoneSubmitted)))
    }

    /// Conflict: shows the version that another author saved meanwhile. Submitting again puts this one after it.
    async fn overtaken(&self, writing: Writing, newest: i64) -> Result<Decision, AppError> {
        let version = drafts::version(&self.app.db, &writing.item(), newest).await?;
        let mut told = self.told(&Label::StaffChatOvertaken);
        if let Some(version) = version {
            let who = version.author_name;
            told = told.spans(vec![Span::bold(self.word(&Label::TheirVersion { who: &who }))]);
            if let Some(text) = text_of(version.body) {
                add_text(&mut told, writing.lang, &text);
            }
        }
        told = told.spans(vec![Span::bold(self.word(&Label::StaffChatYours))]);
        add_text(&mut told, writing.lang, &self.body(&writing).await?);
        let writing = Writing { seen: newest, ..writing };
        Ok(Decision::ask(vec![self.with_end(told)], Dialogue::Writing(writing)))
    }

    pub(super) fn throw_away(&self) -> Decision {
        Decision {
            messages: vec![self.told(&Label::StaffChatThrownAway)],
            next: NextDialogue::End,
            command: Command::Nothing,
        }
    }
}
