//! `/entry`: shows an entry in all languages with its status, or the best matches for some words.

use super::decision::{Command, Decision};
use super::visit::Visit;
use super::wording::{add_text, named};
use crate::app::content::verification::{check_by, has_written};
use crate::app::runtime::app_error::{AppError, ensure};
use crate::bot::citizen::{Message, StaffButton};
use crate::domain::content::body::{Body, TextBody};
use crate::domain::content::draft::Draft;
use crate::domain::content::item::ContentItem;
use crate::domain::content::text_status::{Due, TextStatus};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Span;
use crate::i18n::{Label, content_items as in_words, day};
use crate::store::content::overview::{self, EntryOverview, TextOverview};
use crate::store::content::{drafts, items};

/// Most entries offered as matches.
const OFFERED: usize = 5;

impl Visit<'_> {
    pub(super) async fn entry(&self, words: &str) -> Result<Decision, AppError> {
        ensure(self.account.may(&Right::Read), Refusal::NoRight)?;
        let words = words.trim();
        if words.is_empty() {
            return Ok(Decision::say(self.told(&Label::StaffChatEntryHow)));
        }
        if let Ok(key) = words.to_lowercase().parse()
            && let Some(card) = self.card(&key).await?
        {
            return Ok(Decision::say(card));
        }
        Ok(Decision::say(self.likely(words)))
    }

    /// Entries whose key contains the words, then entries that match them.
    fn likely(&self, words: &str) -> Message {
        let knowledge = self.app.live.now();
        let small = words.to_lowercase();
        let by_key = knowledge.entries().iter().filter(|entry| entry.key.as_str().contains(&small));
        let understood = knowledge.understand(words, None, None);
        let mut keys: Vec<EntryKey> = Vec::new();
        for key in by_key.map(|entry| &entry.key).chain(understood.ranked.iter().map(|(key, _)| key)) {
            if keys.len() < OFFERED && !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        if keys.is_empty() {
            return self.told(&Label::StaffChatNoEntry);
        }
        keys.into_iter().fold(self.told(&Label::StaffChatWhich), |message, key| {
            let question = knowledge.entry(&key).map_or(key.as_str(), |entry| entry.question(self.lang)).to_owned();
            message.row(vec![named(self.lang, question, StaffButton::Show(key))])
        })
    }

    pub(super) async fn show(&self, key: &EntryKey) -> Result<Decision, AppError> {
        ensure(self.account.may(&Right::Read), Refusal::NoRight)?;
        Ok(Decision::say(self.card(key).await?.ok_or(Refusal::Gone)?))
    }

    /// The entry in all its languages; `None` where it is neither published nor a draft.
    async fn card(&self, key: &EntryKey) -> Result<Option<Message>, AppError> {
        let overview = overview::entry(&self.app.db, key).await?;
        let mut is_there = overview.is_some();
        let mut message = Message::new(self.lang).spans(vec![Span::bold(key.as_str())]);
        if let Some(date) = overview.as_ref().and_then(|entry| entry.rules_changed_on) {
            message = message.line(self.word(&Label::RulesChangedOn { date: &day(self.lang, date) }));
        }
        for lang in Lang::all() {
            let item = ContentItem::Text(key.clone(), lang);
            let draft = drafts::find(&self.app.db, &item).await?;
            is_there |= draft.is_some();
            let text = overview.as_ref().and_then(|entry| entry.texts.get(&lang));
            let stands = format!(" · {}", self.stands(text, draft.as_ref()));
            message = message.spans(vec![Span::bold(lang.name()), Span::plain(stands)]);
            let published = items::published(&self.app.db, &item).await?;
            if let Some(body) = published.or(draft.map(|draft| draft.version.body)).and_then(text_of) {
                add_text(&mut message, lang, &body);
            }
        }
        if !is_there {
            return Ok(None);
        }
        Ok(Some(self.with_next(message, key, overview.as_ref()).await?))
    }

    /// The status of a text in words.
    fn stands(&self, text: Option<&TextOverview>, draft: Option<&Draft>) -> String {
        let state = text.map_or(TextStatus::Missing, TextOverview::status);
        let mut parts = vec![in_words::text_state(self.lang, state)];
        if let Some(text) = text {
            let until = text.check.as_ref().map(|(_, _, until)| *until);
            let due = Due::of(until, self.app.day(self.now));
            if due != Due::Fine {
                parts.push(in_words::due(self.lang, due));
            }
            if let Some((who, on, until)) = &text.check {
                let (on, until) = (day(self.lang, *on), day(self.lang, *until));
                parts.push(self.word(&Label::CheckedUntil { who, on: &on, until: &until }));
            }
        }
        parts.extend(draft.map(|draft| in_words::draft_state(self.lang, draft.state)));
        parts.join(" · ")
    }

    /// Adds buttons for the actions that this account may take.
    async fn with_next(
        &self,
        mut message: Message,
        key: &EntryKey,
        overview: Option<&EntryOverview>,
    ) -> Result<Message, AppError> {
        if overview.is_some() && self.account.may(&Right::Verify(key)) {
            message = match has_written(self.app, &self.account, key).await? {
                true => message.line(self.word(&Label::StillCorrectOwn)),
                false => message.row(vec![self.choice(&Label::StillCorrect, StaffButton::Verify(key.clone()))]),
            };
        }
        if self.writes_in(key).next().is_some() {
            message = message.row(vec![self.choice(&Label::StaffChatPropose, StaffButton::Propose(key.clone()))]);
        }
        let waits = self.waiting().await?.into_iter().find(|group| group.entry.as_ref() == Some(key));
        if let Some(group) = waits {
            message = message.row(vec![self.choice(&Label::StaffChatRead, StaffButton::Read(group.mark))]);
        }
        Ok(message)
    }

    /// The languages in which this account may write the entry.
    pub(super) fn writes_in<'k>(&'k self, key: &'k EntryKey) -> impl Iterator<Item = Lang> + 'k {
        Lang::all().filter(|lang| self.account.may(&Right::Write(&ContentItem::Text(key.clone(), *lang))))
    }

    pub(super) async fn verify(&self, key: &EntryKey) -> Result<Decision, AppError> {
        let check = check_by(self.app, &self.account).await?;
        let (on, until) = (day(self.lang, check.on), day(self.lang, check.until));
        let told = self.told(&Label::DoneChecked);
        let told = told
            .line(format!("{key} · {}", self.word(&Label::CheckedUntil { who: &check.by, on: &on, until: &until })));
        Ok(Decision::does(Command::Verify(key.clone(), check), told))
    }
}

/// The text of a body, if it is one.
pub(super) fn text_of(body: Body) -> Option<TextBody> {
    match body {
        Body::Text(text) => Some(text),
        Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_) => None,
    }
}
