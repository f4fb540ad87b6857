//! Verification of published content: confirm that it is still correct, withdraw a text, report a changed source.

use chrono::{NaiveDate, TimeDelta};

use super::edit_drafts::said;
use super::propose::propose;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::note;
use crate::app::staff::rights::{Actor, actor, with_right};
use crate::domain::content::body::Body;
use crate::domain::content::entry::Check;
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::{Proposed, ProposedBody};
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::statistics::feedback::Revision;
use crate::domain::text::id::{EntryKey, SourceKey};
use crate::domain::text::lang::Lang;
use crate::store::content::{drafts, published_items, sources, text_status};
use crate::store::operations::{revision, settings};
use crate::store::{StoreError, Tx};

/// Days until an entry must be verified again, if no setting says otherwise.
pub const CHECK_DAYS: i64 = 180;

/// Verifies an entry in all languages, until it is due again. Outdated and withdrawn texts are left as they are.
///
/// # Errors
/// Refused if the account may not publish the entry in every language, or has written one of its published texts.
pub async fn verify(app: &App, by: &Account, entry: &EntryKey) -> Result<(), AppError> {
    let check = check_by(app, by).await?;
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, by).await?;
    verify_in(app, &mut tx, &by, entry, &check).await?;
    tx.commit().await?;
    app.published.notify_one();
    Ok(())
}

/// The same inside a transaction; the caller notifies `app.published` after the commit.
pub(in crate::app) async fn verify_in(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    entry: &EntryKey,
    check: &Check,
) -> Result<(), AppError> {
    by.ensure(&Right::Verify(entry))?;
    ensure(!drafts::authors_of_published_in(tx, entry).await?.contains(&by.id), Refusal::OwnText)?;
    let check = &Check { by: by.shown_as.clone(), ..check.clone() };
    // The revision is raised first, as in publishing: one lock order (no deadlock).
    revision::raise(tx, app.clock.now()).await?;
    ensure(text_status::check(tx, entry, check).await? > 0, Refusal::Gone)?;
    text_status::rules_checked(tx, entry).await?;
    let until = check.until.to_string();
    Ok(note(app, tx, Some(by), AuditAction::Verify, entry, (None, Some(until))).await?)
}

/// Records that a native speaker has read a text, until it is published with other words. `seen` is the revision
/// of the text that the page showed.
///
/// # Errors
/// Refused if the account may not publish the text, there is no such text, or it has changed since it was shown.
pub async fn native_read(
    app: &App,
    by: &Account,
    (entry, lang): (&EntryKey, Lang),
    seen: Revision,
) -> Result<(), AppError> {
    let item = ContentItem::Text(entry.clone(), lang);
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Publish(&item)).await?;
    match published_items::find(&mut tx, &[&item]).await?.remove(&item) {
        Some(Body::Text(text)) => {
            ensure(text.text().is_ok_and(|text| text.revision() == seen), Refusal::Changed)?;
        }
        Some(Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_)) | None => {
            return Err(Refusal::Gone.into());
        }
    }
    let read = Some((by.shown_as.as_str(), app.day(app.clock.now())));
    ensure(text_status::native_read(&mut tx, entry, lang, read).await?, Refusal::Gone)?;
    note(app, &mut tx, Some(&by), AuditAction::NativeRead, &item, (None, None)).await?;
    Ok(tx.commit().await?)
}

/// Whether the account has written a published text of the entry; then somebody else has to verify it.
pub async fn has_written(app: &App, by: &Account, entry: &EntryKey) -> Result<bool, StoreError> {
    Ok(drafts::authors_of_published(&app.db, entry).await?.contains(&by.id))
}

/// Withdraws a text at once. It comes back by being published again.
/// People read that it is being checked; they read the reason once a second person has accepted it.
///
/// # Errors
/// Refused if no reason is given, there is no such text, or somebody else's reason is in review.
pub async fn withdraw(app: &App, by: &Account, entry: &EntryKey, lang: Lang, reason: &str) -> Result<(), AppError> {
    let item = ContentItem::Text(entry.clone(), lang);
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Publish(&item)).await?;
    let reason = said(reason)?;
    revision::raise(&mut tx, app.clock.now()).await?;
    ensure(text_status::withdraw(&mut tx, entry, lang).await?, Refusal::Gone)?;
    note(app, &mut tx, Some(&by), AuditAction::Withdraw, &item, (None, Some(reason.clone()))).await?;
    propose(app, &mut tx, &by, Proposed::Reason(entry.clone(), lang), ProposedBody::Reason(reason)).await?;
    tx.commit().await?;
    app.published.notify_one();
    Ok(())
}

/// Marks every entry that cites a changed source, until it has been checked; returns how many entries.
///
/// # Errors
/// Refused if the change is not described, the day is in the future, or there is no such source.
pub async fn source_changed(
    app: &App,
    by: &Account,
    source: &SourceKey,
    day: NaiveDate,
    what: &str,
) -> Result<u64, AppError> {
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Sources).await?;
    let what = said(what)?;
    ensure(day <= app.day(app.clock.now()), Refusal::Invalid)?;
    revision::raise(&mut tx, app.clock.now()).await?;
    ensure(sources::note_change(&mut tx, source, day, &what, &by.name).await?, Refusal::Gone)?;
    let entries = text_status::rules_changed(&mut tx, source, day).await?;
    note(app, &mut tx, Some(&by), AuditAction::SourceChanged, source, (None, Some(format!("{day}: {what}")))).await?;
    tx.commit().await?;
    app.published.notify_one();
    Ok(entries)
}

/// The verification that this account gives today, with the day on which it ends.
pub(in crate::app) async fn check_by(app: &App, by: &Account) -> Result<Check, StoreError> {
    let days = settings::list(&app.db).await?.into_iter().find(|(key, _)| key == "check_days");
    let days = days.and_then(|(_, value)| value.parse().ok()).unwrap_or(CHECK_DAYS);
    let on = app.day(app.clock.now());
    Ok(Check { by: by.shown_as.clone(), on, until: on + TimeDelta::days(days) })
}
