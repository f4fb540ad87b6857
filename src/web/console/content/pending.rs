//! A proposal that waits for a second person, as shown on the page where it was made.

use super::items::query;
use crate::domain::content::body::Body;
use crate::domain::content::draft::DraftState;
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::{Proposed, ProposedBody};
use crate::domain::staff::account::Right;
use crate::domain::text::diff::{Changed, fields};
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::content::{drafts, items};
use crate::web::console::page_error::{PageError, failed};
use crate::web::console::staff_session::StaffSession;

/// A proposal with its changes.
pub(in crate::web::console) struct Waiting {
    pub words: String,
    pub changed: Vec<Changed>,
    pub review: String,
    pub history: String,
    pub kind: &'static str,
    pub subject: String,
    pub lang_code: &'static str,
    pub lang: Option<Lang>,
    pub may_judge: bool,
    pub may_discard: bool,
    /// The proposed content.
    pub body: Option<ProposedBody>,
}

/// The proposal about this subject that waits for a second person, if any.
pub(in crate::web::console) async fn waiting(
    session: &StaffSession,
    of: Proposed,
) -> Result<Option<Waiting>, PageError> {
    let (db, item) = (&session.window.app.db, ContentItem::Proposed(of));
    let Some(draft) = drafts::find(db, &item).await.map_err(failed)? else { return Ok(None) };
    let before = items::published(db, &item).await.map_err(failed)?.map(|body| body.lines()).unwrap_or_default();
    let (who, when) = (draft.version.author_name.as_str(), session.moment(draft.version.saved_at));
    let in_review = draft.state == DraftState::InReview;
    let is_own = draft.version.author.as_ref() == Some(&session.account.id);
    let words = match in_review {
        true => session.word(Label::ProposalWaits { who, when: &when }),
        false => session.word(Label::ProposalSentBack { who, when: &when }),
    };
    Ok(Some(Waiting {
        words,
        changed: fields(&before, &draft.version.body.lines()),
        review: format!("/console/review/piece?{}", query(&item)),
        history: format!("/console/history?{}", query(&item)),
        kind: item.kind().name(),
        subject: item.subject(),
        lang_code: item.lang_code(),
        lang: item.lang(),
        may_judge: in_review && !is_own && session.may(Right::Publish(&item)),
        may_discard: is_own && session.may(Right::Write(&item)),
        body: match draft.version.body {
            Body::Proposed(body) => Some(body),
            Body::Text(_) | Body::Metadata(_) | Body::Note(_) | Body::Office(_) => None,
        },
    }))
}
