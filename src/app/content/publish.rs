//! Publishes what others have written and a reviewer has accepted, or sends it back. Nobody publishes their own text.

use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::edit_drafts::{PACK, said, version};
use super::verification::check_by;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::line;
use crate::app::staff::rights::{Actor, actor, with_right};
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::content::body::{Body, TextBody};
use crate::domain::content::draft::{Change, Draft, DraftState, Version};
use crate::domain::content::entry::Check;
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::Proposed;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::encryption::new_id;
use crate::store::content::bulk_drafts::{self, Past};
use crate::store::content::drafts::Comment;
use crate::store::content::{bulk_items, proposed, published_items, text_status};
use crate::store::operations::revision;
use crate::store::staff::audit;
use crate::store::statistics::events::Tally;
use crate::store::{StoreError, Tx};

/// A text that is outdated, and since when.
type Outdated = (EntryKey, Lang, NaiveDate);

/// A draft that a reviewer has read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accepted {
    /// The item of the draft.
    pub item: ContentItem,
    /// The version that the reviewer has read.
    pub number: i64,
}

/// A draft that is about to be published, with the history of its item.
struct Ready {
    draft: Draft,
    past: Past,
    /// What is published now.
    base: Option<Body>,
}

/// Publishes drafts in one commit, all or none, and returns the new revision's number.
/// `checked` means that entries with a changed source have been checked against it.
///
/// # Errors
/// Refused if the account may not publish one of them (its own text included), or one has changed since it was read, is
/// not in review, or has problems; then none is published.
pub async fn publish(app: &App, by: &Account, accepted: &[Accepted], checked: bool) -> Result<i64, AppError> {
    publish_seen(app, by, accepted, checked, &AtomicUsize::new(0)).await
}

/// The same; `seen` receives an estimate of how many items are done, in quarters of the work.
pub(in crate::app) async fn publish_seen(
    app: &App,
    by: &Account,
    accepted: &[Accepted],
    checked: bool,
    seen: &AtomicUsize,
) -> Result<i64, AppError> {
    let check = check_by(app, by).await?;
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, by).await?;
    let number = publish_in(app, &mut tx, &by, accepted, (&check, checked), seen).await?;
    tx.commit().await?;
    app.published.notify_one();
    Ok(number)
}

/// The same inside a transaction; the caller notifies `app.published` after the commit.
pub(in crate::app) async fn publish_in(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    accepted: &[Accepted],
    (check, checked): (&Check, bool),
    seen: &AtomicUsize,
) -> Result<i64, AppError> {
    const STEPS: usize = 4;
    let step = |step: usize| seen.store(accepted.len() * step / STEPS, Ordering::Relaxed);
    ensure(!accepted.is_empty(), Refusal::Gone)?;
    let check = &Check { by: by.shown_as.clone(), ..check.clone() };
    // The revision is raised first: publications wait here for each other, before they hold other locks (no deadlock).
    let number = revision::raise(tx, app.clock.now()).await?;
    let mut ready = acceptable(tx, by, accepted).await?;
    step(1);
    let items: Vec<&ContentItem> = ready.iter().map(|one| &one.draft.item).collect();
    let mut bases = published_items::find(tx, &items).await?;
    ready.iter_mut().for_each(|one| one.base = bases.remove(&one.draft.item));
    there(tx, &ready).await?;
    step(2);
    put(tx, &ready, check).await?;
    outdate_others(app, tx, &ready).await?;
    forget_provenance(tx, &ready).await?;
    step(3);
    keep_history(app, tx, by, &ready).await?;
    for key in ready.iter().filter_map(|one| one.draft.item.entry()).filter(|_| checked).collect::<HashSet<_>>() {
        text_status::rules_checked(tx, key).await?;
    }
    Ok(number)
}

/// The drafts, if this account may publish them as they were read.
async fn acceptable(tx: &mut Tx, by: &Actor, accepted: &[Accepted]) -> Result<Vec<Ready>, AppError> {
    let mut once = accepted.to_vec();
    once.sort();
    once.dedup();
    let items: Vec<&ContentItem> = once.iter().map(|one| &one.item).collect();
    ensure(items.iter().all(|item| by.may(&Right::Publish(item))), Refusal::NoRight)?;
    let mut drafts = bulk_drafts::find_in(tx, &items).await?;
    let mut past = bulk_drafts::past(tx, &items).await?;
    let mut ready = Vec::new();
    for one in &once {
        let draft = drafts.remove(&one.item).ok_or(Refusal::Gone)?;
        let past = past.remove(&one.item).unwrap_or_default();
        read_as_it_is(&draft, one.number)?;
        ensure(!is_author(&draft, &past.authors, by), Refusal::OwnText)?;
        let problems = draft.version.body.problems();
        ensure(problems.is_empty(), Refusal::Problems(problems))?;
        ready.push(Ready { draft, past, base: None });
    }
    Ok(ready)
}

/// Whether the account wrote any part of it since the last publication.
/// Of a proposal only the newest version counts: it replaces the whole.
fn is_author(draft: &Draft, since_published: &[String], by: &Account) -> bool {
    match &draft.item {
        ContentItem::Proposed(_) => draft.version.author.as_ref() == Some(&by.id),
        ContentItem::Text(..) | ContentItem::Metadata(_) | ContentItem::Note(..) | ContentItem::Office(..) => {
            since_published.contains(&by.id)
        }
    }
}

/// Refuses unless the draft is in review and its newest version is the one that was read.
fn read_as_it_is(draft: &Draft, number: i64) -> Result<(), Refusal> {
    match draft.state {
        DraftState::InReview if draft.version.number == number => Ok(()),
        DraftState::InReview => Err(Refusal::Changed),
        DraftState::Draft | DraftState::SentBack => Err(Refusal::WrongState),
    }
}

/// An entry must be published before its texts, or together with them.
async fn there(tx: &mut Tx, ready: &[Ready]) -> Result<(), AppError> {
    let with: HashSet<&EntryKey> = ready.iter().filter_map(|one| metadata(&one.draft.item)).collect();
    let new = ready.iter().filter(|one| one.base.is_none()).filter_map(|one| match &one.draft.item {
        ContentItem::Text(entry, _) => Some(entry),
        ContentItem::Metadata(_) | ContentItem::Note(..) | ContentItem::Office(..) | ContentItem::Proposed(_) => None,
    });
    for entry in new.filter(|entry| !with.contains(entry)).collect::<HashSet<_>>() {
        ensure(text_status::is_there(tx, entry).await?, Refusal::WrongState)?;
    }
    Ok(())
}

fn metadata(item: &ContentItem) -> Option<&EntryKey> {
    match item {
        ContentItem::Metadata(entry) => Some(entry),
        ContentItem::Text(..) | ContentItem::Note(..) | ContentItem::Office(..) | ContentItem::Proposed(_) => None,
    }
}

async fn put(tx: &mut Tx, ready: &[Ready], check: &Check) -> Result<(), AppError> {
    let (mut texts, mut entries, mut notes, mut offices) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut proposals = Vec::new();
    for Ready { draft, .. } in ready {
        match (&draft.item, &draft.version.body) {
            (ContentItem::Text(entry, lang), Body::Text(body)) => texts.push((entry, *lang, body)),
            (ContentItem::Metadata(entry), Body::Metadata(body)) => entries.push((entry, body)),
            (ContentItem::Note(place, entry, lang), Body::Note(body)) => notes.push((place, entry, *lang, body)),
            (ContentItem::Office(place, key), Body::Office(body)) => offices.push((place, key, body)),
            (ContentItem::Proposed(of), Body::Proposed(body)) => proposals.push((of, body)),
            (
                item @ (ContentItem::Text(..)
                | ContentItem::Metadata(_)
                | ContentItem::Note(..)
                | ContentItem::Office(..)
                | ContentItem::Proposed(_)),
                _,
            ) => {
                let value = item.to_string();
                return Err(StoreError::Corrupt { table: "versions", column: "body", value }.into());
            }
        }
    }
    bulk_items::put_metadata(tx, &entries).await.map_err(unknown_key)?;
    bulk_items::put_texts(tx, &texts, Some(check)).await.map_err(unknown_key)?;
    bulk_items::put_notes(tx, &notes).await.map_err(unknown_key)?;
    bulk_items::put_offices(tx, &offices).await.map_err(unknown_key)?;
    // Publishing a text ends its withdrawal, so a proposed reason for the withdrawal is dropped.
    let reason = |(entry, lang, _): &(&EntryKey, Lang, &TextBody)| Proposed::Reason((*entry).clone(), *lang);
    let reasons: Vec<ContentItem> = texts.iter().map(reason).map(ContentItem::Proposed).collect();
    bulk_drafts::drop(tx, &reasons.iter().collect::<Vec<_>>()).await?;
    let is_back = |of: &Proposed| reasons.contains(&ContentItem::Proposed(of.clone()));
    for (of, body) in proposals.into_iter().filter(|(of, _)| !is_back(of)) {
        ensure(proposed::put(tx, of, body).await?, Refusal::WrongState)?;
    }
    Ok(())
}

/// A source, service or topic that does not exist (any more): a refusal, because the editor can correct it.
fn unknown_key(error: StoreError) -> AppError {
    if error.is_missing_key() { Refusal::Invalid.into() } else { error.into() }
}

/// Records the drafts as publications; what a pack had published becomes the first version, to go back to.
async fn keep_history(app: &App, tx: &mut Tx, by: &Actor, ready: &[Ready]) -> Result<(), StoreError> {
    let now = app.clock.now();
    let (mut versions, mut packed, mut published, mut lines) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Ready { draft, past, base } in ready {
        let item = &draft.item;
        if let (Some(base), true) = (base, past.published.is_empty()) {
            let number = past.newest + 1;
            versions.push((item.clone(), Version { number, ..version(app, None, base.clone()) }));
            packed.push((item.clone(), number));
        }
        published.push((item.clone(), draft.version.number));
        let change = (base.as_ref().map(json), Some(json(&draft.version.body)));
        let (action, subject) = told_as(item);
        lines.push(line(now, Some(by), action, subject, change));
    }
    bulk_drafts::add_versions(tx, &versions).await?;
    bulk_drafts::published(tx, &packed, PACK, now.timestamp()).await?;
    bulk_drafts::published(tx, &published, &by.name, now.timestamp()).await?;
    bulk_drafts::drop(tx, &ready.iter().map(|one| &one.draft.item).collect::<Vec<_>>()).await?;
    audit::add_all(tx, &lines).await
}

/// The action and subject in the audit log for the publication of an item.
fn told_as(item: &ContentItem) -> (AuditAction, String) {
    let ContentItem::Proposed(of) = item else { return (AuditAction::Publish, item.to_string()) };
    match of {
        Proposed::Source(key) => (AuditAction::SaveSource, key.to_string()),
        Proposed::Help(kind, lang) => (AuditAction::ChangeHelp, format!("{} ({lang})", kind.name())),
        Proposed::Danger(kind, lang) => (AuditAction::ChangeDanger, format!("{} ({lang})", kind.name())),
        Proposed::Reason(..) => (AuditAction::Publish, item.to_string()),
    }
}

pub(in crate::app) fn json(body: &Body) -> String {
    // Bodies are our own types, which always become JSON.
    serde_json::to_string(body).unwrap_or_default()
}

/// A change of meaning makes the entry's other languages outdated, except those published with it.
async fn outdate_others(app: &App, tx: &mut Tx, ready: &[Ready]) -> Result<(), AppError> {
    let today = app.day(app.clock.now());
    let (mut fresh, mut left, mut left_parts, mut left_whole) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut fresh_leads, mut fresh_parts) = (Vec::new(), Vec::new());
    let with = written_together(ready);
    for Ready { draft, past, base } in ready {
        let ContentItem::Text(entry, lang) = &draft.item else { continue };
        match draft.change {
            Change::Small => continue,
            // An unchanged text keeps its meaning, whatever was chosen: it may only end a withdrawal.
            Change::Meaning if base.as_ref() == Some(&draft.version.body) => continue,
            Change::Translation => fresh.push((entry, *lang)),
            Change::Meaning => {
                let (Some(Body::Text(base)), Body::Text(now)) = (base, &draft.version.body) else {
                    fresh.push((entry, *lang));
                    continue;
                };
                let others = Lang::all().filter(|other| !with.contains(&(entry, *other)));
                let marks = others.map(|other| (entry, other, *lang, before(draft, past)));
                let aspects = changed_parts(base, now);
                // What this text does not say anew may still be outdated: another language says something newer.
                fresh_leads.extend((base.answer != now.answer).then_some((entry, *lang)));
                fresh_parts.extend(aspects.iter().map(|aspect| (*aspect, (entry, *lang))));
                for mark in marks {
                    left_parts.extend(aspects.iter().map(|aspect| (*aspect, mark)));
                    // Where nothing but parts changed, the lead still says the same.
                    left.extend((base.answer != now.answer || base.question != now.question).then_some(mark));
                    // An undivided text in another language may say it anywhere.
                    left_whole.extend((!aspects.is_empty()).then_some(mark));
                }
            }
        }
    }
    let before = text_status::outdated(tx).await?;
    bulk_items::up_to_date(tx, &fresh).await?;
    bulk_items::leads_up_to_date(tx, &fresh_leads).await?;
    bulk_items::parts_up_to_date(tx, &fresh_parts).await?;
    count_fixed(tx, &before, today).await?;
    bulk_items::outdate(tx, &left, today, false).await?;
    bulk_items::outdate(tx, &left_whole, today, true).await?;
    bulk_items::outdate_parts(tx, &left_parts, today).await?;
    Ok(())
}

/// Where staff have given a part another meaning, the pack's source no longer stands behind it.
async fn forget_provenance(tx: &mut Tx, ready: &[Ready]) -> Result<(), AppError> {
    let with: HashSet<&EntryKey> = ready.iter().filter_map(|one| metadata(&one.draft.item)).collect();
    let mut changed: HashMap<EntryKey, HashSet<PartName>> = HashMap::new();
    for Ready { draft, base, .. } in ready {
        let (ContentItem::Text(entry, _), Change::Meaning) = (&draft.item, draft.change) else { continue };
        let (Some(Body::Text(base)), Body::Text(now)) = (base, &draft.version.body) else { continue };
        // What a pack brings has the pack's source.
        if draft.version.author.is_some() && !with.contains(entry) {
            let parts = changed_parts(base, now).into_iter().map(PartName::Of);
            let lead = (base.answer != now.answer).then_some(PartName::Lead);
            changed.entry(entry.clone()).or_default().extend(parts.chain(lead));
        }
    }
    let items: Vec<ContentItem> = changed.keys().cloned().map(ContentItem::Metadata).collect();
    let mut found = published_items::find(tx, &items.iter().collect::<Vec<_>>()).await?;
    let mut kept = Vec::new();
    for (entry, parts) in &changed {
        if let Some(Body::Metadata(mut body)) = found.remove(&ContentItem::Metadata(entry.clone())) {
            body.provenance.retain(|part, _| !parts.contains(part));
            kept.push((entry, body));
        }
    }
    let kept: Vec<_> = kept.iter().map(|(entry, body)| (*entry, body)).collect();
    Ok(bulk_items::put_metadata(tx, &kept).await?)
}

/// The aspects whose part is new, gone, or says something else; all of them where an undivided text changed.
fn changed_parts(base: &TextBody, now: &TextBody) -> Vec<Aspect> {
    if base.answer != now.answer && (base.parts.is_empty() || now.parts.is_empty()) {
        return Aspect::ALL.to_vec();
    }
    Aspect::ALL.into_iter().filter(|aspect| base.part(*aspect) != now.part(*aspect)).collect()
}

/// Counts, for each text that was outdated before and is up to date again, how many days it was outdated.
async fn count_fixed(tx: &mut Tx, before: &[Outdated], today: NaiveDate) -> Result<(), StoreError> {
    let still: HashSet<(EntryKey, Lang)> =
        text_status::outdated(tx).await?.into_iter().map(|(entry, lang, _)| (entry, lang)).collect();
    let mut fixed = Tally::default();
    for (entry, lang, since) in before {
        if !still.contains(&(entry.clone(), *lang)) {
            fixed.add_fixed(today, *lang, (today - *since).num_days());
        }
    }
    fixed.record(tx).await
}

/// The texts published here that state the new meaning, as its author's text or as a translation.
fn written_together(ready: &[Ready]) -> HashSet<(&EntryKey, Lang)> {
    let renewed = ready.iter().filter(|one| matches!(one.draft.change, Change::Meaning | Change::Translation));
    let texts = renewed.filter_map(|one| match &one.draft.item {
        ContentItem::Text(entry, lang) => Some((entry, *lang)),
        ContentItem::Metadata(_) | ContentItem::Note(..) | ContentItem::Office(..) | ContentItem::Proposed(_) => None,
    });
    texts.collect()
}

/// The version that people read before; of a pack's text it is the version that `keep_history` is about to add.
fn before(draft: &Draft, past: &Past) -> i64 {
    let other = past.published.iter().copied().find(|number| *number != draft.version.number);
    other.unwrap_or(past.newest + 1)
}

/// Sends drafts back to their authors, with what has to be corrected.
///
/// # Errors
/// Refused if the reason is empty, or one of them is not in review; then none is sent back.
pub async fn send_back(app: &App, by: &Account, read: &[Accepted], reason: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, by).await?;
    send_back_in(app, &mut tx, &by, read, reason).await?;
    tx.commit().await?;
    Ok(())
}

/// The same inside a transaction.
pub(in crate::app) async fn send_back_in(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    read: &[Accepted],
    reason: &str,
) -> Result<(), AppError> {
    let items: Vec<&ContentItem> = read.iter().map(|one| &one.item).collect();
    ensure(items.iter().all(|item| by.may(&Right::Publish(item))), Refusal::NoRight)?;
    let text = said(reason)?;
    let now = app.clock.now();
    let drafts: HashMap<ContentItem, Draft> = bulk_drafts::find_in(tx, &items).await?;
    let (mut comments, mut lines) = (Vec::new(), Vec::new());
    for one in read {
        read_as_it_is(drafts.get(&one.item).ok_or(Refusal::Gone)?, one.number)?;
        comments.push((&one.item, comment(by, one.number, text.clone(), now.timestamp())));
        lines.push(line(now, Some(by), AuditAction::SendBack, &one.item, (None, Some(text.clone()))));
    }
    bulk_drafts::set_state(tx, &items, DraftState::SentBack, now.timestamp()).await?;
    bulk_drafts::comment(tx, &comments).await?;
    audit::add_all(tx, &lines).await?;
    Ok(())
}

/// Adds a comment to an item, for the people who work on it.
///
/// # Errors
/// Refused if the comment is empty, or the account may not read.
pub async fn add_comment(app: &App, by: &Account, item: &ContentItem, words: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Read).await?;
    let text = said(words)?;
    let past = bulk_drafts::past(&mut tx, &[item]).await?;
    let number = past.get(item).map_or(0, |past| past.newest);
    let comment = comment(&by, number, text, app.clock.now().timestamp());
    bulk_drafts::comment(&mut tx, &[(item, comment)]).await?;
    tx.commit().await?;
    Ok(())
}

fn comment(by: &Account, number: i64, text: String, now: i64) -> Comment {
    Comment { id: new_id(), number, author_name: by.name.clone(), written_at: now, text }
}
