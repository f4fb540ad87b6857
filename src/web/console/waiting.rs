//! A proposal that waits for a second person, as the page says it on which it was made.

use super::changed::{Changed, fields};
use super::desk::{Desk, No, failed};
use super::pieces::query;
use crate::domain::body::Body;
use crate::domain::draft::DraftState;
use crate::domain::lang::Lang;
use crate::domain::piece::Piece;
use crate::domain::proposed::{Proposed, ProposedBody};
use crate::domain::staff::Right;
use crate::locale::Label;
use crate::store::{drafts, pieces};

/// A proposal with what it changes.
pub(super) struct Waiting {
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
    /// What is proposed.
    pub body: Option<ProposedBody>,
}

/// What waits about this; nothing where nothing does.
pub(super) async fn waiting(desk: &Desk, of: Proposed) -> Result<Option<Waiting>, No> {
    let (db, piece) = (&desk.window.house.db, Piece::Proposed(of));
    let Some(draft) = drafts::find(db, &piece).await.map_err(failed)? else { return Ok(None) };
    let before = pieces::published(db, &piece).await.map_err(failed)?.map(|body| body.lines()).unwrap_or_default();
    let (who, when) = (draft.version.author_name.as_str(), desk.moment(draft.version.saved_at));
    let in_review = draft.state == DraftState::InReview;
    let is_own = draft.version.author.as_ref() == Some(&desk.account.id);
    let words = match in_review {
        true => desk.word(Label::ProposalWaits { who, when: &when }),
        false => desk.word(Label::ProposalSentBack { who, when: &when }),
    };
    Ok(Some(Waiting {
        words,
        changed: fields(&before, &draft.version.body.lines()),
        review: format!("/console/review/piece?{}", query(&piece)),
        history: format!("/console/history?{}", query(&piece)),
        kind: piece.kind().name(),
        subject: piece.subject(),
        lang_code: piece.lang_code(),
        lang: piece.lang(),
        may_judge: in_review && !is_own && desk.may(Right::Publish(&piece)),
        may_discard: is_own && desk.may(Right::Write(&piece)),
        body: match draft.version.body {
            Body::Proposed(body) => Some(body),
            Body::Text(_) | Body::Facts(_) | Body::Note(_) | Body::Office(_) => None,
        },
    }))
}
