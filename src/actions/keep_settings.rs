//! Keeping settings: what becomes of answers that nobody has checked in time, and the labelled questions.

use super::audit::note;
use super::house::House;
use super::trouble::{Trouble, unless};
use crate::domain::audit_action::AuditAction;
use crate::domain::entry::Overdue;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Account, Right};
use crate::sealing::new_id;
use crate::store::test_questions::{self, TestQuestion};
use crate::store::{Tx, revision, settings};
use crate::tables::Labelled;

/// Fewest days after which an entry has to be checked again.
pub const FEWEST_CHECK_DAYS: i64 = 7;
/// Most days after which an entry has to be checked again.
pub const MOST_CHECK_DAYS: i64 = 730;
/// Longest name of whoever runs the bot, with how to reach them, in characters.
pub const LONGEST_OPERATOR: usize = 300;
/// Most labelled questions: each of them is asked whenever somebody tries a change.
const MOST_QUESTIONS: i64 = 5_000;

/// Sets what becomes of overdue answers, at once, and how long a check holds from now on.
///
/// # Errors
/// Refused where they may not, or the days are too few or too many.
pub async fn change_settings(house: &House, by: &Account, overdue: Overdue, check_days: i64) -> Result<(), Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    unless((FEWEST_CHECK_DAYS..=MOST_CHECK_DAYS).contains(&check_days), Refusal::Invalid)?;
    let before = settings::list(&house.db).await?;
    let was = |key: &str| before.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let mut tx = house.db.begin().await?;
    let live = set(house, &mut tx, by, ("overdue", overdue.name()), was("overdue")).await?;
    set(house, &mut tx, by, ("check_days", &check_days.to_string()), was("check_days")).await?;
    if live {
        revision::raise(&mut tx, house.clock.now()).await?;
    }
    tx.commit().await?;
    if live {
        house.news.notify_one();
    }
    Ok(())
}

/// The setting that opens the public page of statistics, `yes` or `no`.
pub const PUBLIC_STATISTICS: &str = "public_statistics";

/// Opens the public page of statistics, or closes it.
///
/// # Errors
/// Refused where they may not.
pub async fn open_statistics(house: &House, by: &Account, open: bool) -> Result<(), Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    let before = settings::list(&house.db).await?;
    let was = before.into_iter().find(|(name, _)| name == PUBLIC_STATISTICS).map(|(_, value)| value);
    let mut tx = house.db.begin().await?;
    set(house, &mut tx, by, (PUBLIC_STATISTICS, if open { "yes" } else { "no" }), was).await?;
    tx.commit().await?;
    Ok(())
}

/// Sets who runs the bot, as people read it in the privacy notice; empty where nobody is named.
///
/// # Errors
/// Refused where they may not, or it is too long.
pub async fn set_operator(house: &House, by: &Account, operator: &str) -> Result<(), Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    let operator = operator.split_whitespace().collect::<Vec<_>>().join(" ");
    unless(operator.chars().count() <= LONGEST_OPERATOR, Refusal::Invalid)?;
    let was = settings::list(&house.db).await?.into_iter().find(|(key, _)| key == "operator");
    let mut tx = house.db.begin().await?;
    if set(house, &mut tx, by, ("operator", &operator), was.map(|(_, value)| value)).await? {
        revision::raise(&mut tx, house.clock.now()).await?;
        tx.commit().await?;
        house.news.notify_one();
    }
    Ok(())
}

/// Sets one, and says whether that changed anything.
async fn set(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    (key, value): (&str, &str),
    was: Option<String>,
) -> Result<bool, Trouble> {
    if was.as_deref() == Some(value) {
        return Ok(false);
    }
    settings::set(tx, key, value).await?;
    note(house, tx, Some(by), AuditAction::ChangeSetting, key, (was, Some(value.to_owned()))).await?;
    Ok(true)
}

/// Adds labelled questions, and gives how many were new; those that are there get the new label.
///
/// # Errors
/// Refused where they may not, an entry is not there, or there would be too many; then nothing has changed.
pub async fn keep_questions(house: &House, by: &Account, labelled: Vec<Labelled>) -> Result<usize, Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    let knowledge = house.live.now();
    let there = |one: &Labelled| one.expected.as_ref().is_none_or(|key| knowledge.entry(key).is_some());
    unless(labelled.iter().all(there), Refusal::Gone)?;
    let mut tx = house.db.begin().await?;
    let became = match labelled.as_slice() {
        [one] => format!("{} {}: {}", one.lang, one.expected.as_ref().map_or("-", |key| key.as_str()), one.text),
        many => many.len().to_string(),
    };
    let mut new = 0;
    for Labelled { lang, expected, text } in labelled {
        let question = TestQuestion { id: new_id(), lang, text, expected };
        new += usize::from(test_questions::put(&mut tx, &question).await?);
    }
    unless(test_questions::count(&mut tx).await? <= MOST_QUESTIONS, Refusal::Invalid)?;
    note(house, &mut tx, Some(by), AuditAction::KeepQuestions, "test questions", (None, Some(became))).await?;
    tx.commit().await?;
    Ok(new)
}

/// Removes a labelled question.
///
/// # Errors
/// Refused where they may not, or it is not there.
pub async fn remove_question(house: &House, by: &Account, id: &str) -> Result<(), Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    let mut tx = house.db.begin().await?;
    let text = test_questions::remove(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    note(house, &mut tx, Some(by), AuditAction::RemoveQuestion, "test questions", (Some(text), None)).await?;
    tx.commit().await?;
    Ok(())
}
