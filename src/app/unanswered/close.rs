//! What staff do about a gap: teach an entry its words, begin a new entry, put it aside. The log says so without the words.

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

/// How a gap is closed without a change of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// A new entry was begun for it.
    Written,
    /// None of the municipality's business: what is like it stays closed as well.
    NotForUs,
    /// Dropped; asked again, it comes back.
    Ignored,
}

/// Closes a group of gaps.
///
/// # Errors
/// Refused where one of its gaps lies outside their limits, or it is not there (any more).
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
    // Asked of what was closed: a gap may have come to the group a moment ago.
    for (lang, entry) in &closed {
        by.ensure(&Right::Unanswered { lang: *lang, entry: entry.as_ref() })?;
    }
    note(app, &mut tx, Some(&by), action, group, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// The text of an entry as it would be with these words among its phrasings.
///
/// # Errors
/// Refused where the piece is no text, or has none yet; or the words are none, or too many.
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

/// Adds words to a draft of an entry's text, which goes through four eyes like any other, and closes the group's gaps of
/// that language.
///
/// # Errors
/// Refused where they may not write the text, it is not there, or somebody else has saved it in the same moment.
pub async fn teach(app: &App, by: &Account, group: &str, item: &ContentItem, words: &str) -> Result<(), AppError> {
    let seen = drafts::newest(&app.db, item).await?;
    let (text, change) = taught(app, item, words).await?;
    let base = items::published(&app.db, item).await?;
    let body = Body::Text(text);
    let week = week_of(app.day(app.clock.now()));
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(item)).await?;
    // Words that the entry knows already need no draft.
    if base.as_ref() != Some(&body) || drafts::find_in(&mut tx, item).await?.is_some() {
        save_in(app, &mut tx, &by, item, body, (change, seen, None), base).await?;
    }
    let closed = groups::close(&mut tx, group, item.lang(), UnansweredState::Taught, week).await?;
    ensure(!closed.is_empty(), Refusal::Gone)?;
    note(app, &mut tx, Some(&by), AuditAction::TeachUnanswered, item, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}
