//! Edits the sources register by proposals: people are shown titles and links, so a second person must accept a change.

use super::propose::propose;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::rights::with_right;
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::{Proposed, ProposedBody};
use crate::domain::content::source::Source;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::plain::is_plain;
use crate::store::content::sources;

/// Proposes a source for the register; `before` is the source as it was, nothing for a new one.
///
/// # Errors
/// Refused if the account may not write it, nothing differs, a name holds invisible characters, a new source's key is
/// taken, or somebody else's proposal is in review.
pub async fn save_source(app: &App, by: &Account, before: Option<Source>, source: &Source) -> Result<(), AppError> {
    ensure(is_plain(&source.agency) && source.titles.values().all(|title| is_plain(title)), Refusal::Invalid)?;
    let of = Proposed::Source(source.key.clone());
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(&ContentItem::Proposed(of.clone()))).await?;
    let known = sources::is_there(&mut tx, &source.key).await?;
    ensure(known == before.is_some(), Refusal::Key)?;
    propose(app, &mut tx, &by, of, ProposedBody::Source(source.clone())).await?;
    tx.commit().await?;
    Ok(())
}
