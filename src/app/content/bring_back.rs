//! Brings an old version back: it becomes a new draft, or a new proposal.

use super::edit_drafts::save_draft;
use super::propose::propose;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::rights::{ensure_now, with_right};
use crate::domain::content::body::{Body, MetadataBody};
use crate::domain::content::draft::Change;
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::refusal::Refusal;
use crate::store::content::{drafts, items};

/// Brings an old version back as a new draft, and returns the new version's number.
///
/// # Errors
/// Refused if there is no such version, or somebody else has saved a newer one than `seen`.
pub async fn bring_back(app: &App, by: &Account, item: &ContentItem, number: i64, seen: i64) -> Result<i64, AppError> {
    ensure_now(&app.db, by, &Right::Write(item)).await?;
    let version = drafts::version(&app.db, item, number).await?.ok_or(Refusal::Gone)?;
    if let (ContentItem::Proposed(of), Body::Proposed(body)) = (item, &version.body) {
        let mut tx = app.db.begin().await?;
        let by = with_right(&mut tx, by, &Right::Write(item)).await?;
        ensure(drafts::last_number(&mut tx, item).await? == seen, Refusal::Changed)?;
        propose(app, &mut tx, &by, of.clone(), body.clone()).await?;
        let number = drafts::last_number(&mut tx, item).await?;
        tx.commit().await?;
        return Ok(number);
    }
    let body = match (version.body, items::published(&app.db, item).await?) {
        // Versions of before these were stored do not say them: they stay as they are published.
        (Body::Metadata(old), Some(Body::Metadata(now))) => {
            let provenance =
                now.provenance.into_iter().filter(|(_, from)| old.sources.contains(&from.source)).collect();
            Body::Metadata(MetadataBody { discreet: old.discreet || now.discreet, provenance, ..old })
        }
        (body, _) => body,
    };
    save_draft(app, by, item, body, Change::Meaning, seen).await
}
