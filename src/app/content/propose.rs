//! Proposals for what is shown beside answers: in review at once, until a second person accepts or sends them back.

use super::edit_drafts::{save_in, submit_in};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::note;
use crate::app::staff::rights::Actor;
use crate::domain::content::body::Body;
use crate::domain::content::draft::{Change, Draft, DraftState};
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::{Proposed, ProposedBody};
use crate::domain::staff::account::Right;
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::store::content::{drafts, proposed};
use crate::store::{StoreError, Tx};

/// This account's own proposal, if there is one, else what is published: a change starts from it.
pub(in crate::app) async fn so_far(tx: &mut Tx, by: &Actor, of: &Proposed) -> Result<Option<ProposedBody>, StoreError> {
    let draft = drafts::find_in(tx, &ContentItem::Proposed(of.clone())).await?;
    match draft.filter(|draft| is_own(draft, by)).map(|draft| draft.version.body) {
        Some(Body::Proposed(body)) => Ok(Some(body)),
        Some(Body::Text(_) | Body::Metadata(_) | Body::Note(_) | Body::Office(_)) | None => {
            proposed::published_in(tx, of).await
        }
    }
}

fn is_own(draft: &Draft, by: &Actor) -> bool {
    draft.version.author.as_ref() == Some(&by.id)
}

/// Submits a proposal for review; one that equals what is published discards the account's earlier proposal.
///
/// # Errors
/// Refused if the account may not write it, nothing differs, or somebody else's proposal is in review: with two
/// authors, neither of them could accept it.
pub(in crate::app) async fn propose(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    of: Proposed,
    body: ProposedBody,
) -> Result<(), AppError> {
    let (base, item) = (proposed::published_in(tx, &of).await?, ContentItem::Proposed(of));
    by.ensure(&Right::Write(&item))?;
    let draft = drafts::find_in(tx, &item).await?;
    let waits = |draft: &&Draft| draft.state == DraftState::InReview;
    let waiting = draft.as_ref().filter(waits);
    ensure(waiting.is_none_or(|draft| is_own(draft, by)), Refusal::Waits)?;
    let body = body.plain();
    if base.as_ref() == Some(&body) || (base.is_none() && body.is_nothing()) {
        ensure(draft.is_some(), Refusal::NothingDiffers)?;
        drafts::drop(tx, &item).await?;
        return Ok(note(app, tx, Some(by), AuditAction::Discard, &item, (None, None)).await?);
    }
    let body = Body::Proposed(body);
    ensure(waiting.is_none_or(|draft| draft.version.body != body), Refusal::NothingDiffers)?;
    let seen = drafts::last_number(tx, &item).await?;
    save_in(app, tx, by, &item, body, (Change::Small, seen, None), base.map(Body::Proposed)).await?;
    submit_in(app, tx, by, &item).await
}
