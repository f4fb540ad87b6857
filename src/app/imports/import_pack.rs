//! Imports a folder of content: compares it with its last import and with what is published, and applies the changes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::app::content::edit_drafts::{PACK, version};
use crate::app::content::publish::json;
use crate::app::runtime::app::App;
use crate::app::staff::audit::{line, note};
use crate::domain::content::Content;
use crate::domain::content::body::Body;
use crate::domain::content::draft::{Change, Draft, DraftState, Version};
use crate::domain::content::item::ContentItem;
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::text::lang::Lang;
use crate::encryption::new_id;
use crate::i18n::content_items::field;
use crate::i18n::{Label, say};
use crate::pack::compare::{Here, ItemOutcome, ItemStatus, Plan, compare, said};
use crate::pack::{self, STARTER};
use crate::store::content::bulk_drafts::{self, Numbers};
use crate::store::content::drafts::Comment;
use crate::store::content::{self, bulk_items, drafts, sources};
use crate::store::imports::pack_items;
use crate::store::offices::municipalities;
use crate::store::operations::revision;
use crate::store::staff::audit;
use crate::store::{Db, StoreError, Tx};

/// How often an import starts again because somebody else published or wrote in the same moment.
const TRIES: usize = 3;

/// An import that failed; nothing has changed.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody else published or wrote during every try.
    #[error("somebody published or wrote in the same moment, {TRIES} times: try again")]
    Busy,
}

/// What an import saw before its transaction began.
struct Seen {
    /// The published revision.
    revision: i64,
    /// The newest version of each draft.
    drafts: HashMap<ContentItem, i64>,
}

/// What an import of this content would do, and the revision with which it was compared.
pub async fn plan_import(db: &Db, folder: &Content) -> Result<(Plan, i64), StoreError> {
    let (plan, seen) = planned(db, folder).await?;
    Ok((plan, seen.revision))
}

async fn planned(db: &Db, folder: &Content) -> Result<(Plan, Seen), StoreError> {
    let revision = revision::current(db).await?;
    let published = content::load(db).await?;
    let mut items: HashMap<ContentItem, ItemStatus> = HashMap::new();
    let mut seen = Seen { revision, drafts: HashMap::new() };
    for (item, body) in pack_items::packed(db).await? {
        items.entry(item).or_default().packed = Some(body);
    }
    for item in pack_items::published_here(db).await? {
        items.entry(item).or_default().touched = true;
    }
    for draft in drafts::list(db).await? {
        seen.drafts.insert(draft.item.clone(), draft.version.number);
        let status = items.entry(draft.item).or_default();
        match draft.version.author {
            Some(_) => status.writer = Some(draft.version.author_name),
            None => status.imported = Some(draft.version.body.plain()),
        }
    }
    for entry in &published.entries {
        let texts = entry.texts.iter().filter(|(_, text)| text.check.is_some() || text.withdrawn.is_some());
        for (lang, _) in texts {
            items.entry(ContentItem::Text(entry.key.clone(), *lang)).or_default().touched = true;
        }
    }
    let (said, written) = (pack_items::load(db).await?, pack_items::written_here(db).await?);
    let here = Here { content: &published, pieces: &items, said: &said, written: &written };
    Ok((compare(folder, &here), seen))
}

/// Imports a folder; returns what was done and the new revision's number.
/// Items that nobody here has touched are updated. Items that were edited or verified here become drafts for review.
/// Withdrawn texts stay withdrawn. `name` is the folder's name, for the audit log.
///
/// # Errors
/// Fails if something refers to a key that does not exist, or others publish or write during every try; then nothing
/// has changed.
pub async fn import_pack(app: &App, folder: &Content, name: &str) -> Result<(Plan, i64), ImportError> {
    for _ in 0..TRIES {
        let (plan, seen) = planned(&app.db, folder).await?;
        let mut tx = app.db.begin().await?;
        // The revision is raised first: publications wait here for each other.
        let number = revision::raise(&mut tx, app.clock.now()).await?;
        let numbers = bulk_drafts::numbers(&mut tx).await?;
        let draft = |item: &ContentItem| numbers.get(item).copied().unwrap_or_default().draft;
        let mut items = plan.updates.iter().map(|one| &one.0).chain(plan.drafts.iter().map(|one| &one.0));
        let same = items.all(|item| draft(item) == seen.drafts.get(item).copied().unwrap_or_default());
        if number != seen.revision + 1 || !same {
            continue;
        }
        take_over(app, &mut tx, &plan, &numbers).await?;
        let count = |is: fn(&ItemOutcome) -> bool| plan.count(is);
        let new = count(|outcome| *outcome == ItemOutcome::New);
        let updated = count(|outcome| *outcome == ItemOutcome::Updated);
        let drafted = count(|outcome| *outcome == ItemOutcome::Drafted);
        let became = format!("new: {new}, updated: {updated}, drafts: {drafted}");
        note(app, &mut tx, None, AuditAction::ImportPack, name, (None, Some(became))).await?;
        tx.commit().await?;
        app.published.notify_one();
        return Ok((plan, number));
    }
    Err(ImportError::Busy)
}

async fn take_over(
    app: &App,
    tx: &mut Tx,
    plan: &Plan,
    numbers: &HashMap<ContentItem, Numbers>,
) -> Result<(), StoreError> {
    pack_items::put_topics(tx, &plan.topics).await?;
    pack_items::put_services(tx, &plan.services).await?;
    for source in &plan.sources {
        sources::save(tx, source).await?;
    }
    for (place, is_new) in &plan.municipalities {
        if *is_new {
            municipalities::add(tx, place).await?;
        } else {
            municipalities::save(tx, place).await?;
        }
    }
    pack_items::put_outside(tx, &plan.outside).await?;
    put(tx, plan).await?;
    keep_history(app, tx, plan, numbers).await?;
    pack_items::put(tx, &plan.said).await
}

/// Publishes the items that nobody here has touched.
async fn put(tx: &mut Tx, plan: &Plan) -> Result<(), StoreError> {
    let (mut texts, mut entries, mut notes, mut offices) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (item, body, _) in &plan.updates {
        match (item, body) {
            (ContentItem::Text(entry, lang), Body::Text(body)) => texts.push((entry, *lang, body)),
            (ContentItem::Metadata(entry), Body::Metadata(body)) => entries.push((entry, body)),
            (ContentItem::Note(place, entry, lang), Body::Note(body)) => notes.push((place, entry, *lang, body)),
            (ContentItem::Office(place, key), Body::Office(body)) => offices.push((place, key, body)),
            (
                item @ (ContentItem::Text(..)
                | ContentItem::Metadata(_)
                | ContentItem::Note(..)
                | ContentItem::Office(..)
                | ContentItem::Proposed(_)),
                _,
            ) => {
                return Err(StoreError::Corrupt { table: "pack_items", column: "body", value: item.to_string() });
            }
        }
    }
    bulk_items::put_metadata(tx, &entries).await?;
    bulk_items::put_texts(tx, &texts, None).await?;
    bulk_items::put_notes(tx, &notes).await?;
    bulk_items::put_offices(tx, &offices).await
}

/// Records versions, publications, drafts and audit lines; what was published before becomes the first version.
async fn keep_history(
    app: &App,
    tx: &mut Tx,
    plan: &Plan,
    numbers: &HashMap<ContentItem, Numbers>,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let (mut versions, mut published, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
    let (mut comments, mut lines) = (Vec::new(), Vec::new());
    let updates = plan.updates.iter().map(|(item, body, base)| (item, body, base, None));
    let drafts = plan.drafts.iter().map(|(item, body, base, both)| (item, body, base, Some(both)));
    for (item, body, base, draft) in updates.chain(drafts) {
        let Numbers { mut newest, published: has_base, .. } = numbers.get(item).copied().unwrap_or_default();
        if let (Some(base), false) = (base, has_base) {
            newest += 1;
            versions.push((item.clone(), Version { number: newest, ..version(app, None, base.clone()) }));
            published.push((item.clone(), newest));
        }
        let version = Version { number: newest + 1, ..version(app, None, body.clone()) };
        versions.push((item.clone(), version.clone()));
        let Some(conflicts) = draft else {
            published.push((item.clone(), version.number));
            let change = (base.as_ref().map(json), Some(json(body)));
            lines.push(line(now, None, AuditAction::Publish, item, change));
            continue;
        };
        if !conflicts.is_empty() {
            comments.push((item, conflict(conflicts, version.number, now)));
        }
        lines.push(line(now, None, AuditAction::Submit, item, (None, None)));
        waiting.push(Draft {
            item: item.clone(),
            version,
            state: DraftState::InReview,
            change: Change::Small,
            batch: None,
        });
    }
    bulk_drafts::add_versions(tx, &versions).await?;
    bulk_drafts::published(tx, &published, PACK, now.timestamp()).await?;
    bulk_drafts::put(tx, &waiting).await?;
    bulk_drafts::comment(tx, &comments).await?;
    audit::add_all(tx, &lines).await
}

/// A comment for the reviewer: both the folder and somebody here have changed these fields.
fn conflict(fields: &[&'static str], number: i64, now: DateTime<Utc>) -> Comment {
    let lang = Lang::first();
    let names: Vec<String> = fields.iter().map(|name| field(lang, name)).collect();
    let text = say(lang, &Label::PackConflict { fields: &names.join(", ") });
    Comment { id: new_id(), number, author_name: PACK.to_owned(), written_at: now.timestamp(), text }
}

/// Loads the starter pack if nothing has been published yet, and returns the number of its revision, else nothing.
pub async fn import_starter(db: &Db, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
    put_first(db, &starter(), now).await
}

/// The same with a starter pack that was read already.
pub(in crate::app) async fn put_first(db: &Db, pack: &Content, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
    if revision::current(db).await? > 0 {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    // Of replicas that start at the same time, one raises the number to 1; the others wait here and get 2.
    let number = revision::raise(&mut tx, now).await?;
    if number > 1 {
        return Ok(None);
    }
    content::replace(&mut tx, pack).await?;
    pack_items::put(&mut tx, &said(pack)).await?;
    tx.commit().await?;
    Ok(Some(number))
}

/// The starter pack.
#[expect(clippy::panic, reason = "the starter pack is part of the program, and a test reads it")]
pub fn starter() -> Content {
    pack::read(&pack::embedded(&STARTER)).unwrap_or_else(|problems| panic!("starter: {problems:?}"))
}
