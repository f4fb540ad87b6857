//! Edits drafts: save, submit, discard, begin a new entry. Nothing that is published changes.

use std::collections::BTreeMap;

use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::note;
use crate::app::staff::rights::{Actor, actor, with_right};
use crate::domain::content::body::{Body, MetadataBody, TextBody};
use crate::domain::content::draft::{Change, Draft, DraftState, Version};
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::{EntryKey, ServiceKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;
use crate::store::content::{drafts, items, published_items, text_status};
use crate::store::{StoreError, Tx};

/// Longest body in bytes of its JSON: every field at its longest, with some room.
const LONGEST: usize = 256 * 1024;
/// Longest reason or comment, in characters.
const LONGEST_REASON: usize = 500;
/// The author's name for content that came with a pack.
pub(in crate::app) const PACK: &str = "starter";

/// Saves a draft and returns the number of its version.
/// `seen` is the newest version that the author had before them, 0 for none.
///
/// # Errors
/// Refused if the account may not write the item, nothing differs from what is published, or somebody else has saved a
/// version since `seen`.
pub async fn save_draft(
    app: &App,
    by: &Account,
    item: &ContentItem,
    body: Body,
    change: Change,
    seen: i64,
) -> Result<i64, AppError> {
    let base = items::published(&app.db, item).await?;
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(item)).await?;
    if drafts::find_in(&mut tx, item).await?.is_none() {
        ensure(would_change(&mut tx, item, &body, change, base.as_ref()).await?, Refusal::NothingDiffers)?;
    }
    let number = save_in(app, &mut tx, &by, item, body, (change, seen, None), base).await?;
    tx.commit().await?;
    Ok(number)
}

/// Whether publishing this body would change what people read, or the state of the text.
/// The state changes if a withdrawn text comes back, or an outdated translation is confirmed as still right.
async fn would_change(
    tx: &mut Tx,
    item: &ContentItem,
    body: &Body,
    change: Change,
    base: Option<&Body>,
) -> Result<bool, StoreError> {
    let is_same = match (base, body) {
        (Some(base), body) => base == body,
        (None, Body::Note(note)) => note.text.trim().is_empty(),
        (None, Body::Proposed(body)) => body.is_nothing(),
        (None, Body::Text(_) | Body::Metadata(_) | Body::Office(_)) => false,
    };
    match item {
        ContentItem::Text(entry, lang) if is_same => {
            let standing = text_status::of_text(tx, entry, *lang).await?;
            Ok(standing.is_withdrawn || (standing.is_outdated && change == Change::Translation))
        }
        ContentItem::Text(..)
        | ContentItem::Metadata(_)
        | ContentItem::Note(..)
        | ContentItem::Office(..)
        | ContentItem::Proposed(_) => Ok(!is_same),
    }
}

/// Saves a draft inside a transaction; `base` is what is published.
pub(in crate::app) async fn save_in(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    item: &ContentItem,
    body: Body,
    (change, seen, batch): (Change, i64, Option<String>),
    base: Option<Body>,
) -> Result<i64, AppError> {
    let body = body.plain();
    ensure(serde_json::to_string(&body).is_ok_and(|text| text.len() <= LONGEST), Refusal::TooLong)?;
    let before = drafts::find_in(tx, item).await?;
    ensure(drafts::last_number(tx, item).await? == seen, Refusal::Changed)?;
    let same = |draft: &Draft| draft.version.body == body && draft.change == change;
    if let Some(draft) = before.filter(same) {
        return Ok(draft.version.number);
    }
    if let Some(base) = base {
        keep_base(app, tx, item, base).await?;
    }
    let version = version(app, Some(by), body);
    let draft = Draft { item: item.clone(), version, state: DraftState::Draft, change, batch };
    Ok(drafts::save(tx, &draft).await?)
}

/// Keeps what a pack has published as the first version, to compare with and to go back to.
pub(in crate::app) async fn keep_base(app: &App, tx: &mut Tx, item: &ContentItem, base: Body) -> Result<(), AppError> {
    if drafts::published_number(tx, item).await? == 0 {
        let number = drafts::add_version(tx, item, &version(app, None, base)).await?;
        drafts::published(tx, item, number, PACK, app.clock.now().timestamp()).await?;
    }
    Ok(())
}

pub(in crate::app) fn version(app: &App, by: Option<&Actor>, body: Body) -> Version {
    Version {
        number: 0,
        body,
        author: by.map(|account| account.id.clone()),
        author_name: by.map_or(PACK, |account| &account.name).to_owned(),
        saved_at: app.clock.now().timestamp(),
    }
}

/// Submits a draft for review.
///
/// # Errors
/// Refused if there is no draft, it is in review already, it has problems that must be fixed first, or it equals what
/// is published.
pub async fn submit(app: &App, by: &Account, item: &ContentItem) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, by).await?;
    submit_in(app, &mut tx, &by, item).await?;
    tx.commit().await?;
    Ok(())
}

/// Submits a draft for review, inside a transaction.
pub(in crate::app) async fn submit_in(app: &App, tx: &mut Tx, by: &Actor, item: &ContentItem) -> Result<(), AppError> {
    by.ensure(&Right::Write(item))?;
    let draft = drafts::find_in(tx, item).await?.ok_or(Refusal::Gone)?;
    ensure(draft.state != DraftState::InReview, Refusal::WrongState)?;
    let problems = draft.version.body.problems();
    ensure(problems.is_empty(), Refusal::Problems(problems))?;
    let base = published_items::find(tx, &[item]).await?.remove(item);
    let differs = would_change(tx, item, &draft.version.body, draft.change, base.as_ref()).await?;
    ensure(differs, Refusal::NothingDiffers)?;
    drafts::set_state(tx, item, DraftState::InReview, app.clock.now().timestamp()).await?;
    note(app, tx, Some(by), AuditAction::Submit, item, (None, None)).await?;
    Ok(())
}

/// Discards a draft; its versions stay in the history.
///
/// # Errors
/// Refused if there is none.
pub async fn discard(app: &App, by: &Account, item: &ContentItem) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(item)).await?;
    ensure(drafts::find_in(&mut tx, item).await?.is_some(), Refusal::Gone)?;
    drafts::drop(&mut tx, item).await?;
    note(app, &mut tx, Some(&by), AuditAction::Discard, item, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// Begins a new entry: its metadata, and its question in the first language it is written in.
///
/// # Errors
/// Refused if the account may not write it, or somebody else has begun it in the same moment.
pub async fn new_entry(
    app: &App,
    by: &Account,
    key: &EntryKey,
    service: ServiceKey,
    lang: Lang,
    question: &str,
) -> Result<(), AppError> {
    let words = Body::Text(TextBody::typed(question, "", ""));
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, by).await?;
    new_entry_in(app, &mut tx, &by, key, service, vec![(lang, words)]).await?;
    tx.commit().await?;
    Ok(())
}

/// The same inside a transaction, with a text in each of these languages.
pub(in crate::app) async fn new_entry_in(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    key: &EntryKey,
    service: ServiceKey,
    texts: Vec<(Lang, Body)>,
) -> Result<(), AppError> {
    let metadata = ContentItem::Metadata(key.clone());
    by.ensure(&Right::NewEntry)?;
    by.ensure(&Right::Write(&metadata))?;
    // All rights first: without them nobody learns whether the entry exists.
    for (lang, _) in &texts {
        by.ensure(&Right::Write(&ContentItem::Text(key.clone(), *lang)))?;
    }
    let body = Body::Metadata(MetadataBody {
        service,
        sources: Vec::new(),
        related: Vec::new(),
        discreet: false,
        provenance: BTreeMap::new(),
    });
    save_in(app, tx, by, &metadata, body, (Change::Meaning, 0, None), None).await?;
    for (lang, words) in texts {
        let text = ContentItem::Text(key.clone(), lang);
        save_in(app, tx, by, &text, words, (Change::Meaning, 0, None), None).await?;
    }
    drafts::set_state(tx, &metadata, DraftState::InReview, app.clock.now().timestamp()).await?;
    Ok(note(app, tx, Some(by), AuditAction::NewEntry, key, (None, None)).await?)
}

/// A reason or comment without surrounding space; refused if it is empty or too long.
pub(in crate::app) fn said(words: &str) -> Result<String, Refusal> {
    let words = plain::lines(words);
    let words = words.trim();
    let fits = !words.is_empty() && words.chars().count() <= LONGEST_REASON;
    if fits { Ok(words.to_owned()) } else { Err(Refusal::NoReason) }
}
