//! Imports spreadsheets in two steps: a dry run, kept for a day, and then drafts in review.
//!
//! Both run in the background. All drafts are written in one transaction, so a process that breaks down leaves no half
//! import.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::TimeDelta;

use crate::app::content::edit_drafts::{PACK, version};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::runtime::internal_error::InternalError;
use crate::app::staff::audit::{line, note};
use crate::app::staff::rights::{Actor, ensure_now, with_right};
use crate::domain::content::draft::{Draft, DraftState, Version};
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::encryption::new_id;
use crate::exports::spreadsheets::{Known, Proposal, Report, Spreadsheet, Waiting, check};
use crate::store::content::bulk_drafts::{self, Numbers};
use crate::store::content::{self, drafts};
use crate::store::imports::spreadsheets::{self, Import, ImportState};
use crate::store::staff::audit;
use crate::store::{StoreError, Tx};

/// Retention period of a spreadsheet.
pub(in crate::app) const KEPT: TimeDelta = TimeDelta::days(1);
/// How many spreadsheets are kept for an account.
const MOST: usize = 10;
/// An import without a result after this time, which this process does not work on, has broken down.
const BROKEN_DOWN: TimeDelta = TimeDelta::minutes(2);

/// Takes a spreadsheet, begins its dry run, and returns the id of the import.
///
/// # Errors
/// Refused if the account may not import.
pub async fn take_spreadsheet(
    app: &Arc<App>,
    by: &Account,
    file: &str,
    table: &Spreadsheet,
) -> Result<String, AppError> {
    let now = app.clock.now();
    let batch = Import {
        id: new_id(),
        account: by.id.clone(),
        file: file.to_owned(),
        rows: table.rows.len() as i64,
        state: ImportState::Checking,
        since: now.timestamp(),
        expires_at: (now + KEPT).timestamp(),
    };
    let older = spreadsheets::of(&app.db, &by.id, now.timestamp()).await?;
    // Spreadsheets are our own types, which always become JSON.
    let json = serde_json::to_string(table).unwrap_or_default();
    let mut tx = app.db.begin().await?;
    with_right(&mut tx, by, &Right::Import).await?;
    for old in older.iter().skip(MOST - 1) {
        spreadsheets::drop(&mut tx, &by.id, &old.id).await?;
    }
    spreadsheets::add(&mut tx, &batch, &json).await?;
    tx.commit().await?;
    let id = batch.id.clone();
    work(app, by, batch);
    Ok(id)
}

/// Confirms an import after its dry run: its drafts are written, in review.
/// `sure` confirms the values that the dry run asks about.
///
/// # Errors
/// Refused if there is no such import, a row is refused, a question of the dry run is not confirmed, or somebody has
/// confirmed it already.
pub async fn confirm_import(app: &Arc<App>, by: &Account, id: &str, sure: bool) -> Result<(), AppError> {
    let batch = own_import(app, by, id).await?;
    let ready = matches!(batch.state, ImportState::Checked | ImportState::Differs);
    ensure(ready, Refusal::WrongState)?;
    let report = import_report(app, id).await?.ok_or(Refusal::WrongState)?;
    ensure(report.can_be_imported(), Refusal::WrongState)?;
    ensure(sure || report.asking() == 0, Refusal::NotSure)?;
    begin(app, by, batch, ImportState::Importing).await
}

/// Begins the dry run again, after an internal error or a breakdown.
///
/// # Errors
/// Refused if there is no such import, or it has not stopped.
pub async fn restart_import(app: &Arc<App>, by: &Account, id: &str) -> Result<(), AppError> {
    let batch = own_import(app, by, id).await?;
    ensure(import_has_stopped(app, &batch), Refusal::WrongState)?;
    begin(app, by, batch, ImportState::Checking).await
}

/// Deletes an import; drafts that came from it stay.
///
/// # Errors
/// Refused if the account may not import.
pub async fn drop_import(app: &App, by: &Account, id: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Import).await?;
    spreadsheets::drop(&mut tx, &by.id, id).await?;
    tx.commit().await?;
    Ok(())
}

/// The report of an import's dry run.
///
/// # Errors
/// Also fails if the stored report cannot be read.
pub async fn import_report(app: &App, id: &str) -> Result<Option<Report>, StoreError> {
    let json = spreadsheets::report(&app.db, id).await?;
    json.map(|json| read(&json, "report", id)).transpose()
}

/// How many rows of an import this process has done; nothing if it does not work on it.
pub fn import_progress(app: &App, id: &str) -> Option<usize> {
    app.tables.done(id)
}

/// Whether work on an import has stopped without a result.
pub fn import_has_stopped(app: &App, batch: &Import) -> bool {
    let silent = (app.clock.now().timestamp() - batch.since).abs() > BROKEN_DOWN.num_seconds();
    match batch.state {
        ImportState::Failed => true,
        ImportState::Checking | ImportState::Importing => silent && app.tables.done(&batch.id).is_none(),
        ImportState::Checked | ImportState::Differs | ImportState::Done => false,
    }
}

async fn own_import(app: &App, by: &Account, id: &str) -> Result<Import, AppError> {
    ensure_now(&app.db, by, &Right::Import).await?;
    Ok(spreadsheets::find(&app.db, &by.id, id, app.clock.now().timestamp()).await?.ok_or(Refusal::Gone)?)
}

async fn begin(app: &Arc<App>, by: &Account, batch: Import, state: ImportState) -> Result<(), AppError> {
    let now = app.clock.now().timestamp();
    let mut tx = app.db.begin().await?;
    with_right(&mut tx, by, &Right::Import).await?;
    ensure(spreadsheets::move_on(&mut tx, &batch, state, now).await?, Refusal::WrongState)?;
    tx.commit().await?;
    work(app, by, Import { state, since: now, ..batch });
    Ok(())
}

/// Works on an import in the background.
fn work(app: &Arc<App>, by: &Account, batch: Import) {
    let (app, by) = (Arc::clone(app), by.clone());
    let begun = app.tables.begin(&batch.id);
    tokio::spawn(async move {
        if let Err(error) = at_work(&app, &by, &batch, &begun).await {
            drop(InternalError::new("work on a table", error));
            // If this cannot be written either, `import_has_stopped` finds the import after two minutes.
            let _ = failed(&app, &batch).await;
        }
        app.tables.end(&batch.id);
    });
}

async fn failed(app: &App, batch: &Import) -> Result<(), StoreError> {
    let tx = app.db.begin().await?;
    failed_in(app, tx, batch).await
}

async fn failed_in(app: &App, mut tx: Tx, batch: &Import) -> Result<(), StoreError> {
    spreadsheets::move_on(&mut tx, batch, ImportState::Failed, app.clock.now().timestamp()).await?;
    tx.commit().await
}

/// The importing account, if it may still write every item: the dry run used its rights of the beginning.
async fn still_may(tx: &mut Tx, by: &Account, report: &Report) -> Result<Option<Actor>, StoreError> {
    let by = match with_right(tx, by, &Right::Import).await {
        Ok(by) => by,
        Err(AppError::Refused(_)) => return Ok(None),
        Err(AppError::Failed(_)) => return Err(StoreError::Together),
    };
    let may = report.proposals.iter().all(|new| by.may(&Right::Write(&new.item)));
    Ok(may.then_some(by))
}

async fn at_work(
    app: &Arc<App>,
    by: &Account,
    batch: &Import,
    rows: &Arc<std::sync::atomic::AtomicUsize>,
) -> Result<(), StoreError> {
    let _turn = app.tables.turn.acquire().await;
    let (report, numbers) = dry_run(app, by, batch, rows).await?;
    let now = app.clock.now().timestamp();
    let json = serde_json::to_string(&report).unwrap_or_default();
    let confirmed = batch.state == ImportState::Importing;
    let same = !confirmed || import_report(app, &batch.id).await?.is_some_and(|before| before.lines == report.lines);
    let mut tx = app.db.begin().await?;
    let by = match still_may(&mut tx, by, &report).await? {
        Some(by) => by,
        None => return failed_in(app, tx, batch).await,
    };
    if confirmed && same && unchanged(&mut tx, &report, &numbers).await? {
        if !spreadsheets::move_on(&mut tx, batch, ImportState::Done, now).await? {
            return Ok(());
        }
        write(app, &mut tx, &by, batch, report.proposals).await?;
    } else {
        let state = if confirmed { ImportState::Differs } else { ImportState::Checked };
        spreadsheets::set_report(&mut tx, batch, state, &json, now).await?;
    }
    tx.commit().await
}

/// The report, and the draft version of each item at that time.
async fn dry_run(
    app: &Arc<App>,
    by: &Account,
    batch: &Import,
    rows: &Arc<std::sync::atomic::AtomicUsize>,
) -> Result<(Report, HashMap<ContentItem, i64>), StoreError> {
    let json = spreadsheets::content(&app.db, &batch.id).await?.unwrap_or_default();
    let content = content::load(&app.db).await?;
    let written = drafts::list(&app.db).await?;
    let numbers = written.iter().map(|draft| (draft.item.clone(), draft.version.number)).collect();
    let (account, id, rows) = (by.clone(), batch.id.clone(), Arc::clone(rows));
    let checked = tokio::task::spawn_blocking(move || {
        let table: Spreadsheet = read(&json, "content", &id)?;
        let drafts = written.into_iter().map(waiting).collect();
        let known = Known { content: &content, drafts: &drafts, account: &account };
        Ok::<_, StoreError>(check(&table, &known, &|done| rows.store(done, Ordering::Relaxed)))
    });
    let report = checked.await.map_err(|_| corrupt("content", &batch.id))??;
    Ok((report, numbers))
}

fn waiting(draft: Draft) -> (ContentItem, Waiting) {
    let Version { body, author, author_name, .. } = draft.version;
    (draft.item, Waiting { body, state: draft.state, author, author_name })
}

fn read<T: serde::de::DeserializeOwned>(json: &str, column: &'static str, id: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|_| corrupt(column, id))
}

fn corrupt(column: &'static str, id: &str) -> StoreError {
    StoreError::Corrupt { table: "batches", column, value: id.to_owned() }
}

/// Whether no draft of the items has changed since the dry run.
async fn unchanged(tx: &mut Tx, report: &Report, seen: &HashMap<ContentItem, i64>) -> Result<bool, StoreError> {
    let now = bulk_drafts::numbers(tx).await?;
    let number = |item: &ContentItem| now.get(item).copied().unwrap_or_default().draft;
    Ok(report.proposals.iter().all(|new| number(&new.item) == seen.get(&new.item).copied().unwrap_or_default()))
}

/// Writes all drafts, in review; what a pack had published becomes the first version, as in `save_draft`.
async fn write(app: &App, tx: &mut Tx, by: &Actor, batch: &Import, proposals: Vec<Proposal>) -> Result<(), StoreError> {
    let numbers = bulk_drafts::numbers(tx).await?;
    let count = proposals.len();
    let (mut versions, mut published, mut new, mut lines) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Proposal { item, body, base, change } in proposals {
        let Numbers { mut newest, published: has_base, .. } = numbers.get(&item).copied().unwrap_or_default();
        if let (Some(base), false) = (base, has_base) {
            newest += 1;
            versions.push((item.clone(), Version { number: newest, ..version(app, None, base) }));
            published.push((item.clone(), newest));
        }
        let version = Version { number: newest + 1, ..version(app, Some(by), body) };
        versions.push((item.clone(), version.clone()));
        lines.push(line(app.clock.now(), Some(by), AuditAction::Submit, &item, (None, None)));
        new.push(Draft { item, version, state: DraftState::InReview, change, batch: Some(batch.id.clone()) });
    }
    bulk_drafts::add_versions(tx, &versions).await?;
    bulk_drafts::published(tx, &published, PACK, app.clock.now().timestamp()).await?;
    bulk_drafts::put(tx, &new).await?;
    audit::add_all(tx, &lines).await?;
    note(app, tx, Some(by), AuditAction::ImportSpreadsheet, &batch.file, (None, Some(format!("{count}")))).await
}
