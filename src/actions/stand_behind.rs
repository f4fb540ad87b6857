//! Standing behind what is published: still correct, taken back, or waiting for a source that has changed.

use chrono::{NaiveDate, TimeDelta};

use super::audit::note;
use super::house::House;
use super::trouble::{Trouble, unless};
use super::write::said;
use crate::domain::audit_action::AuditAction;
use crate::domain::entry::Check;
use crate::domain::id::{EntryKey, SourceKey};
use crate::domain::lang::Lang;
use crate::domain::piece::Piece;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Account, Right};
use crate::store::{StoreError, Tx, revision, settings, sources, standing};

/// After so many days an entry has to be checked again, where no setting says otherwise.
pub const CHECK_DAYS: i64 = 180;

/// Stands behind an entry in all languages, until it is due again. Texts that are outdated or taken back are left alone.
///
/// # Errors
/// Refused where this account may not publish the entry in any language.
pub async fn still_correct(house: &House, by: &Account, entry: &EntryKey) -> Result<(), Trouble> {
    let check = check_by(house, by).await?;
    let mut tx = house.db.begin().await?;
    still_correct_in(house, &mut tx, by, entry, &check).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(())
}

/// The same inside a transaction; after the commit `house.news` has to be rung.
pub(super) async fn still_correct_in(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    entry: &EntryKey,
    check: &Check,
) -> Result<(), Trouble> {
    unless(may_stand_for(by, entry), Refusal::NoRight)?;
    // The number first, as whoever publishes: two that wait for each other would wait for ever.
    revision::raise(tx, house.clock.now()).await?;
    unless(standing::check(tx, entry, check).await? > 0, Refusal::Gone)?;
    standing::rules_checked(tx, entry).await?;
    let until = check.until.to_string();
    Ok(note(house, tx, Some(by), AuditAction::StillCorrect, entry, (None, Some(until))).await?)
}

/// Whether this account may say of the whole entry that it is still correct.
pub(super) fn may_stand_for(by: &Account, entry: &EntryKey) -> bool {
    Lang::all().all(|lang| by.may(&Right::Publish(&Piece::Text(entry.clone(), lang))))
}

/// Takes a text back at once; people read the reason in its place. It comes back by being published again.
///
/// # Errors
/// Refused where no reason is given, or there is no such text.
pub async fn withdraw(house: &House, by: &Account, entry: &EntryKey, lang: Lang, reason: &str) -> Result<(), Trouble> {
    let piece = Piece::Text(entry.clone(), lang);
    unless(by.may(&Right::Publish(&piece)), Refusal::NoRight)?;
    let reason = said(reason)?;
    let mut tx = house.db.begin().await?;
    revision::raise(&mut tx, house.clock.now()).await?;
    unless(standing::withdraw(&mut tx, entry, lang, &reason).await?, Refusal::Gone)?;
    note(house, &mut tx, Some(by), AuditAction::Withdraw, &piece, (None, Some(reason))).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(())
}

/// A source has changed: every entry that rests on it says so at once, until somebody has checked it. Gives how many.
///
/// # Errors
/// Refused where nothing is said about the change, the day is in the future, or there is no such source.
pub async fn source_changed(
    house: &House,
    by: &Account,
    source: &SourceKey,
    day: NaiveDate,
    what: &str,
) -> Result<u64, Trouble> {
    unless(by.may(&Right::Sources), Refusal::NoRight)?;
    let what = said(what)?;
    unless(day <= house.day(house.clock.now()), Refusal::Invalid)?;
    let mut tx = house.db.begin().await?;
    revision::raise(&mut tx, house.clock.now()).await?;
    unless(sources::note_change(&mut tx, source, day, &what, &by.name).await?, Refusal::Gone)?;
    let entries = standing::rules_changed(&mut tx, source, day).await?;
    note(house, &mut tx, Some(by), AuditAction::SourceChanged, source, (None, Some(format!("{day}: {what}")))).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(entries)
}

/// The check that this account gives from today on.
pub(super) async fn check_by(house: &House, by: &Account) -> Result<Check, StoreError> {
    let days = settings::list(&house.db).await?.into_iter().find(|(key, _)| key == "check_days");
    let days = days.and_then(|(_, value)| value.parse().ok()).unwrap_or(CHECK_DAYS);
    let on = house.day(house.clock.now());
    Ok(Check { by: by.shown_as.clone(), on, until: on + TimeDelta::days(days) })
}
