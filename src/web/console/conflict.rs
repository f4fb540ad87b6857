//! Two people at once: what somebody else has saved while this person was writing.

use super::changed::{Changed, fields};
use super::desk::{Desk, No, failed};
use crate::domain::body::Body;
use crate::domain::piece::Piece;
use crate::store::drafts;

/// What somebody else has saved, and how what is in the form differs from it.
pub(super) struct Conflict {
    pub who: String,
    pub changed: Vec<Changed>,
    /// The number of their version.
    pub number: i64,
}

impl Conflict {
    /// The newest version beside the one that could not be saved.
    pub async fn find(desk: &Desk, piece: &Piece, mine: &Body) -> Result<Option<Conflict>, No> {
        let db = &desk.window.house.db;
        let number = drafts::newest(db, piece).await.map_err(failed)?;
        let theirs = drafts::version(db, piece, number).await.map_err(failed)?;
        Ok(theirs.map(|theirs| Conflict {
            who: theirs.author_name,
            changed: fields(&theirs.body.lines(), &mine.lines()),
            number,
        }))
    }
}
