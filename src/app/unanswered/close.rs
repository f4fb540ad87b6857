//! Closes unanswered words: teach them to an entry, begin a new entry, or put them aside. The audit log holds no words.

use crate::app::content::edit_drafts::save_in;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::note;
use crate::app::staff::rights::with_right;
use crate::domain::content::body::{Body, TextBody};
use crate::domain::content::draft::Change;
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::unanswered::group::{LONGEST_UNANSWERED, UnansweredState, week_of};
use crate::store::content::{drafts, items};
use crate::store::unanswered::groups;

/// How unanswered words are closed without a change of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// A new entry was begun for them.
    Written,
    /// Not the municipality's business: similar words stay closed as well.
    NotForUs,
    /// Deleted; asked again, they come back.
    Ignored,
}

/// Closes a group of unanswered words.
///
/// # Errors
/// Refused if one of them is outside the account's limits, or the group does not exist (any more).
pub async fn close_unanswered(app: &App, by: &Account, group: &str, closing: Closing) -> Result<(), AppError> {
    let week = week_of(app.day(app.clock.now()));
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Read).await?;
    let (action, closed) = match closing {
        Closing::Written => {
            (AuditAction::WriteUnanswered, groups::close(&mut tx, group, None, UnansweredState::Written, week).await?)
        }
        Closing::NotForUs => {
            (AuditAction::RefuseUnanswered, groups::close(&mut tx, group, None, UnansweredState::NotForUs, week).await?)
        }
        Closing::Ignored => (AuditAction::IgnoreUnanswered, groups::remove(&mut tx, group).await?),
    };
    ensure(!closed.is_empty(), Refusal::Gone)?;
    // Rights are checked on what was closed: words may have joined the group a moment ago.
    for (lang, entry) in &closed {
        by.ensure(&Right::Unanswered { lang: *lang, entry: entry.as_ref() })?;
    }
    note(app, &mut tx, Some(&by), action, group, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// The text of an entry with these words added to its phrasings.
///
/// # Errors
/// Refused if the item is not a text, or has none yet; or if the words are empty or too long.
pub async fn taught_text(app: &App, item: &ContentItem, words: &str) -> Result<TextBody, AppError> {
    Ok(taught(app, item, words).await?.0)
}

async fn taught(app: &App, item: &ContentItem, words: &str) -> Result<(TextBody, Change), AppError> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    ensure(!words.is_empty() && words.chars().count() <= LONGEST_UNANSWERED, Refusal::Invalid)?;
    let draft = drafts::find(&app.db, item).await?;
    let change = draft.as_ref().map_or(Change::Small, |draft| draft.change);
    let body = match draft {
        Some(draft) => Some(draft.version.body),
        None => items::published(&app.db, item).await?,
    };
    let Some(Body::Text(mut text)) = body else { return Err(Refusal::Gone.into()) };
    if !text.phrasings.contains(&words) {
        text.phrasings.push(words);
    }
    Ok((text, change))
}

/// Adds words to a draft of an entry's text, and closes the group's unanswered words in that language.
/// The draft is reviewed by a second person like any other.
///
/// # Errors
/// Refused if the account may not write the text, it does not exist, or somebody else has saved it in the same moment.
pub async fn teach(app: &App, by: &Account, group: &str, item: &ContentItem, words: &str) -> Result<(), AppError> {
    let seen = drafts::newest(&app.db, item).await?;
    let (text, change) = taught(app, item, words).await?;
    let base = items::published(&app.db, item).await?;
    let body = Body::Text(text);
    let week = week_of(app.day(app.clock.now()));
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(item)).await?;
    // Words that are already among the entry's phrasings need no draft.
    if base.as_ref() != Some(&body) || drafts::find_in(&mut tx, item).await?.is_some() {
        save_in(app, &mut tx, &by, item, body, (change, seen, None), base).await?;
    }
    let closed = groups::close(&mut tx, group, item.lang(), UnansweredState::Taught, week).await?;
    ensure(!closed.is_empty(), Refusal::Gone)?;
    note(app, &mut tx, Some(&by), AuditAction::TeachUnanswered, item, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}
