//! Edit conflicts: the version that somebody else saved while this person was writing.

use crate::domain::content::body::Body;
use crate::domain::content::item::ContentItem;
use crate::domain::text::diff::{Changed, fields};
use crate::store::content::drafts;
use crate::web::console::page_error::{PageError, failed};
use crate::web::console::staff_session::StaffSession;

/// The version that somebody else saved, with its differences from the form.
pub(in crate::web::console) struct Conflict {
    pub who: String,
    pub changed: Vec<Changed>,
    /// The number of that version.
    pub number: i64,
}

impl Conflict {
    /// Compares the newest version with the one that could not be saved.
    pub async fn find(session: &StaffSession, item: &ContentItem, mine: &Body) -> Result<Option<Conflict>, PageError> {
        let db = &session.window.app.db;
        let number = drafts::newest(db, item).await.map_err(failed)?;
        let theirs = drafts::version(db, item, number).await.map_err(failed)?;
        Ok(theirs.map(|theirs| Conflict {
            who: theirs.author_name,
            changed: fields(&theirs.body.lines(), &mine.lines()),
            number,
        }))
    }
}
