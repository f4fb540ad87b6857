//! `/review`: lists drafts in review, shows their differences, and accepts them or sends them back.

use std::collections::BTreeMap;

use super::decision::{Command, Decision, NextDialogue};
use super::dialogue::Dialogue;
use super::entry::text_of;
use super::visit::Visit;
use super::wording::{difference, named};
use crate::app::content::publish::Accepted;
use crate::app::content::verification::check_by;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::bot::citizen::{Message, StaffButton};
use crate::bot::message::Line;
use crate::bot::staff::input::Mark;
use crate::domain::content::draft::DraftState;
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::Proposed;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::fields;
use crate::domain::text::id::EntryKey;
use crate::domain::text::rich::{Block, Span};
use crate::encryption::token_hash;
use crate::i18n::{Label, content_items as in_words};
use crate::store::content::drafts::Heading;
use crate::store::content::{drafts, items};

/// Most groups listed; the rest are only in the console.
const LISTED: usize = 8;

/// Drafts reviewed together: all of one entry, or a single item of another kind.
pub(super) struct Group {
    pub title: String,
    pub entry: Option<EntryKey>,
    pub mark: Mark,
    headings: Vec<Heading>,
}

impl Visit<'_> {
    /// Drafts in review that this account may publish, oldest first. Imported drafts are reviewed in the console only.
    pub(super) async fn waiting(&self) -> Result<Vec<Group>, AppError> {
        if !self.account.may(&Right::Review) {
            return Ok(Vec::new());
        }
        let headings = drafts::headings(&self.app.db).await?;
        let waits = |heading: &Heading| {
            let judged_here = heading.state == DraftState::InReview && heading.batch.is_none();
            judged_here && self.account.may(&Right::Publish(&heading.item))
        };
        let mut groups: BTreeMap<String, Vec<Heading>> = BTreeMap::new();
        for heading in headings.into_iter().filter(waits) {
            let title = match &heading.item {
                ContentItem::Text(key, _)
                | ContentItem::Metadata(key)
                | ContentItem::Proposed(Proposed::Reason(key, _)) => key.to_string(),
                item @ (ContentItem::Note(..) | ContentItem::Office(..) | ContentItem::Proposed(_)) => {
                    in_words::item(self.lang, item)
                }
            };
            groups.entry(title).or_default().push(heading);
        }
        let mut groups: Vec<Group> = groups.into_iter().map(|(title, headings)| group(title, headings)).collect();
        groups.sort_by_key(|group| group.headings.iter().map(|heading| heading.updated_at).min());
        Ok(groups)
    }

    pub(super) async fn review(&self) -> Result<Decision, AppError> {
        ensure(self.account.may(&Right::Review), Refusal::NoRight)?;
        let groups = self.waiting().await?;
        if groups.is_empty() {
            return Ok(Decision::say(self.told(&Label::NothingToReview)));
        }
        let more = groups.len().saturating_sub(LISTED);
        let mut list = self.told(&Label::ReviewAbout);
        if more > 0 {
            list = list.line(self.word(&Label::StaffChatMore { count: &more.to_string() }));
        }
        Ok(Decision::say(
            groups
                .into_iter()
                .take(LISTED)
                .fold(list, |list, group| list.row(vec![named(self.lang, group.title, StaffButton::Read(group.mark))])),
        ))
    }

    /// The drafts with this mark; refused where any has changed since.
    async fn marked(&self, mark: &Mark) -> Result<Group, AppError> {
        ensure(self.account.may(&Right::Review), Refusal::NoRight)?;
        let group = self.waiting().await?.into_iter().find(|group| group.mark == *mark);
        Ok(group.ok_or(Refusal::Gone)?)
    }

    pub(super) async fn read(&self, mark: &Mark) -> Result<Decision, AppError> {
        let group = self.marked(mark).await?;
        let (mut messages, mut own) = (Vec::new(), 0);
        for heading in &group.headings {
            messages.extend(self.judged(heading).await?);
            own += usize::from(self.is_own(heading).await?);
        }
        let mut last = Message::new(self.lang).spans(vec![Span::bold(group.title)]);
        if own > 0 {
            last = last.line(self.word(&Label::RefusedOwnText));
        }
        if own < group.headings.len() {
            let accept = self.choice(&Label::Accept, StaffButton::Accept(mark.clone()));
            let back = self.choice(&Label::SendBack, StaffButton::SendBack(mark.clone()));
            last = last.row(vec![accept]).row(vec![back]);
        }
        messages.push(last);
        Ok(Decision { messages, next: NextDialogue::Stay, command: Command::Nothing })
    }

    /// One draft: its author, differences, comments and preview.
    async fn judged(&self, heading: &Heading) -> Result<Vec<Message>, AppError> {
        let Some(draft) = drafts::find(&self.app.db, &heading.item).await? else { return Ok(Vec::new()) };
        let item = &heading.item;
        let before = items::published(&self.app.db, item).await?.map(|body| body.lines()).unwrap_or_default();
        let mut told = Message::new(self.lang).spans(vec![Span::bold(in_words::item(self.lang, item))]);
        told = told.line(format!("{} · {}", in_words::change(self.lang, draft.change), draft.version.author_name));
        told = told.line(self.word(&Label::StaffChatDifference));
        for changed in fields(&before, &draft.version.body.lines()).iter().filter(|field| field.is_different()) {
            told = told.spans(vec![Span::bold(in_words::field(self.lang, changed.field))]);
            let lang = item.lang().unwrap_or(self.lang);
            told.lines.push(Line { lang, block: Block::Paragraph(difference(&changed.words)) });
        }
        for comment in drafts::comments(&self.app.db, item).await? {
            told = told.line(format!("{}: {}", comment.author_name, comment.text));
        }
        let mut messages = vec![told];
        if let Some(text) = text_of(draft.version.body) {
            messages.extend(self.as_people_read(item, &text).await?);
        }
        Ok(messages)
    }

    /// Whether this account wrote any version since the last publication.
    async fn is_own(&self, heading: &Heading) -> Result<bool, AppError> {
        if let ContentItem::Proposed(_) = &heading.item {
            return Ok(heading.author.as_ref() == Some(&self.account.id));
        }
        let db = &self.app.db;
        let since = drafts::publications(db, &heading.item).await?.first().map_or(0, |last| last.number);
        let versions = drafts::versions(db, &heading.item).await?;
        let by_me = |author: &Option<String>| author.as_ref() == Some(&self.account.id);
        Ok(versions.iter().any(|version| version.number > since && by_me(&version.author)))
    }

    /// The drafts of the group that this account may judge: all but its own.
    async fn judgeable(&self, group: &Group) -> Result<Vec<Accepted>, AppError> {
        let mut accepted = Vec::new();
        for heading in &group.headings {
            if !self.is_own(heading).await? {
                accepted.push(Accepted { item: heading.item.clone(), number: heading.number });
            }
        }
        ensure(!accepted.is_empty(), Refusal::OwnText)?;
        Ok(accepted)
    }

    pub(super) async fn accept(&self, mark: &Mark) -> Result<Decision, AppError> {
        let group = self.marked(mark).await?;
        let accepted = self.judgeable(&group).await?;
        let check = check_by(self.app, &self.account).await?;
        let done = self.told(&Label::DonePublished).line(group.title).row(vec![self.next()]);
        Ok(Decision::does(Command::Publish(accepted, check), done))
    }

    pub(super) async fn send_back(&self, mark: &Mark) -> Result<Decision, AppError> {
        let group = self.marked(mark).await?;
        self.judgeable(&group).await?;
        let asked = Message::new(self.lang).spans(vec![Span::bold(group.title)]);
        let asked = asked.line(self.word(&Label::StaffChatWriteReason));
        let asked = asked.row(vec![self.choice(&Label::Cancel, StaffButton::ThrowAway)]);
        Ok(Decision::ask(vec![asked], Dialogue::SendingBack(mark.to_string())))
    }

    /// Takes the reason for sending back.
    pub(super) async fn reason(&self, mark: &str, words: &str) -> Result<Decision, AppError> {
        let mark = mark.parse().map_err(|_| Refusal::Gone)?;
        let group = self.marked(&mark).await?;
        let accepted = self.judgeable(&group).await?;
        let done = self.told(&Label::DoneSentBack).line(group.title).row(vec![self.next()]);
        Ok(Decision::command(Command::SendBack(accepted, words.trim().to_owned()), done))
    }

    fn next(&self) -> crate::bot::message::Choice {
        self.choice(&Label::NavReview, StaffButton::Review)
    }
}

fn group(title: String, mut headings: Vec<Heading>) -> Group {
    headings.sort_by(|a, b| a.item.cmp(&b.item));
    let named: Vec<String> = headings.iter().map(|heading| format!("{} {}", heading.item, heading.number)).collect();
    let entry = headings.iter().find_map(|heading| match &heading.item {
        ContentItem::Text(key, _) | ContentItem::Metadata(key) | ContentItem::Proposed(Proposed::Reason(key, _)) => {
            Some(key.clone())
        }
        ContentItem::Note(..) | ContentItem::Office(..) | ContentItem::Proposed(_) => None,
    });
    Group { title, entry, mark: Mark::of(&token_hash(&named.join("\n"))), headings }
}
