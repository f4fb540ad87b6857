//! Changes settings: treatment of overdue answers, operator, public statistics; also keeps the labelled questions.

use crate::app::content::verification::CHECK_DAYS;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::note;
use crate::app::staff::rights::{Actor, with_right};
use crate::domain::content::entry::Overdue;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::plain::{self, is_plain};
use crate::encryption::new_id;
use crate::exports::spreadsheets::Labelled;
use crate::store::Tx;
use crate::store::content::test_questions::{self, TestQuestion};
use crate::store::operations::{revision, settings};

/// Fewest days for which a verification is valid.
pub const FEWEST_CHECK_DAYS: i64 = 7;
/// Most days for which a verification is valid.
pub const MOST_CHECK_DAYS: i64 = 730;
/// Longest name of the operator with contact details, in characters.
pub const LONGEST_OPERATOR: usize = 300;
/// Most labelled questions: all of them are evaluated whenever somebody tries a change.
const MOST_QUESTIONS: i64 = 5_000;

/// Sets how overdue answers are treated (at once) and how long future verifications are valid.
///
/// # Errors
/// Refused where they may not, nothing differs, or the days are too few or too many.
pub async fn change_settings(app: &App, by: &Account, overdue: Overdue, check_days: i64) -> Result<(), AppError> {
    ensure((FEWEST_CHECK_DAYS..=MOST_CHECK_DAYS).contains(&check_days), Refusal::Invalid)?;
    let before = settings::list(&app.db).await?;
    let was = |key: &str| before.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Settings).await?;
    let overdue_was = was("overdue").unwrap_or_else(|| Overdue::default().name().to_owned());
    let live = set(app, &mut tx, &by, ("overdue", overdue.name()), Some(overdue_was)).await?;
    let days = was("check_days").unwrap_or_else(|| CHECK_DAYS.to_string());
    let held = set(app, &mut tx, &by, ("check_days", &check_days.to_string()), Some(days)).await?;
    ensure(live || held, Refusal::NothingDiffers)?;
    if live {
        revision::raise(&mut tx, app.clock.now()).await?;
    }
    tx.commit().await?;
    if live {
        app.published.notify_one();
    }
    Ok(())
}

/// Setting that publishes the statistics page, `yes` or `no`.
pub const PUBLIC_STATISTICS: &str = "public_statistics";

/// Publishes the statistics page, or closes it.
///
/// # Errors
/// Refused where they may not, or nothing differs.
pub async fn open_statistics(app: &App, by: &Account, open: bool) -> Result<(), AppError> {
    let before = settings::list(&app.db).await?;
    let was = before.into_iter().find(|(name, _)| name == PUBLIC_STATISTICS).map(|(_, value)| value);
    let was = Some(was.unwrap_or_else(|| "no".to_owned()));
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Settings).await?;
    let set = set(app, &mut tx, &by, (PUBLIC_STATISTICS, if open { "yes" } else { "no" }), was).await?;
    ensure(set, Refusal::NothingDiffers)?;
    tx.commit().await?;
    Ok(())
}

/// Sets the operator shown in the privacy notice; empty for none.
///
/// # Errors
/// Refused where they may not, nothing differs, it is too long, or contains invisible characters.
pub async fn set_operator(app: &App, by: &Account, operator: &str) -> Result<(), AppError> {
    let operator = plain::line(operator).split_whitespace().collect::<Vec<_>>().join(" ");
    ensure(operator.chars().count() <= LONGEST_OPERATOR && is_plain(&operator), Refusal::Invalid)?;
    let was = settings::list(&app.db).await?.into_iter().find(|(key, _)| key == "operator");
    let was = Some(was.map(|(_, value)| value).unwrap_or_default());
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Settings).await?;
    ensure(set(app, &mut tx, &by, ("operator", &operator), was).await?, Refusal::NothingDiffers)?;
    revision::raise(&mut tx, app.clock.now()).await?;
    tx.commit().await?;
    app.published.notify_one();
    Ok(())
}

/// Sets one setting; returns whether that changed anything.
async fn set(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    (key, value): (&str, &str),
    was: Option<String>,
) -> Result<bool, AppError> {
    if was.as_deref() == Some(value) {
        return Ok(false);
    }
    settings::set(tx, key, value).await?;
    note(app, tx, Some(by), AuditAction::ChangeSetting, key, (was, Some(value.to_owned()))).await?;
    Ok(true)
}

/// Adds labelled questions and returns how many were new; existing ones get the new label.
///
/// # Errors
/// Refused where they may not, an entry does not exist, or there would be too many; then nothing has changed.
pub async fn keep_questions(app: &App, by: &Account, labelled: Vec<Labelled>) -> Result<usize, AppError> {
    let knowledge = app.live.now();
    let there = |one: &Labelled| one.expected.as_ref().is_none_or(|key| knowledge.entry(key).is_some());
    ensure(labelled.iter().all(there), Refusal::Gone)?;
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Settings).await?;
    let became = match labelled.as_slice() {
        [one] => format!("{} {}: {}", one.lang, one.expected.as_ref().map_or("-", |key| key.as_str()), one.text),
        many => many.len().to_string(),
    };
    let mut new = 0;
    for Labelled { lang, expected, text } in labelled {
        let question = TestQuestion { id: new_id(), lang, text, expected };
        new += usize::from(test_questions::put(&mut tx, &question).await?);
    }
    ensure(test_questions::count(&mut tx).await? <= MOST_QUESTIONS, Refusal::Invalid)?;
    note(app, &mut tx, Some(&by), AuditAction::KeepQuestions, "test questions", (None, Some(became))).await?;
    tx.commit().await?;
    Ok(new)
}

/// Removes a labelled question.
///
/// # Errors
/// Refused where they may not, or it does not exist.
pub async fn remove_question(app: &App, by: &Account, id: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Settings).await?;
    let text = test_questions::remove(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    note(app, &mut tx, Some(&by), AuditAction::RemoveQuestion, "test questions", (Some(text), None)).await?;
    tx.commit().await?;
    Ok(())
}
