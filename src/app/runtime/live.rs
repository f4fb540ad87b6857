//! Keeps the knowledge that answers now, and swaps it when something new is published.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use arc_swap::ArcSwap;
use thiserror::Error;
use tokio::task::spawn_blocking;

use crate::bot::knowledge::{ContentError, Knowledge, fingerprint};
use crate::domain::content::Content;
use crate::metrics;
use crate::store::operations::{learned, revision};
use crate::store::{Db, StoreError, content};

/// Knowledge that could not be made.
#[derive(Debug, Error)]
pub enum KnowledgeError {
    /// The database did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The content is broken.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The building itself broke down.
    #[error("the model could not be built")]
    Builder,
}

/// The knowledge that answers now.
pub struct Live {
    now: ArcSwap<Knowledge>,
    /// The fingerprint of what the database keeps of what was learned, as far as we know.
    kept: Mutex<Option<String>>,
}

impl Live {
    /// Knowledge that has been made already.
    pub fn of(knowledge: Arc<Knowledge>) -> Live {
        Live { now: ArcSwap::new(knowledge), kept: Mutex::default() }
    }

    /// Knowledge made of what the database holds.
    ///
    /// # Errors
    /// Where the database does not answer or nothing can be made of its content.
    pub async fn open(db: &Db) -> Result<Live, KnowledgeError> {
        // The number first: content that is newer than its number is only read once more.
        let number = revision::current(db).await?;
        let (knowledge, kept) = recall_or_learn(db, content::load(db).await?, number).await?;
        Ok(Live { now: ArcSwap::from_pointee(knowledge), kept: Mutex::new(kept) })
    }

    /// The knowledge of this moment; keep it for a whole turn.
    pub fn now(&self) -> Arc<Knowledge> {
        self.now.load_full()
    }

    /// Looks whether something newer is published, and if so swaps; true where it did. New texts answer at once, found as
    /// before, and again a moment later when they have been learned. Broken content is refused, and what was known stays.
    ///
    /// # Errors
    /// Where the database does not answer or the new content is broken.
    pub async fn refresh(&self, db: &Db) -> Result<bool, KnowledgeError> {
        if revision::current(db).await? == self.now.load().revision {
            return Ok(false);
        }
        // The number first: content that is newer than its number is only read once more.
        let number = revision::current(db).await?;
        let content = content::load(db).await?;
        let (renewed, stale) = self.now.load().renewed(content.clone(), number)?;
        self.now.store(Arc::new(renewed));
        if stale {
            let (learned, kept) = recall_or_learn(db, content, number).await?;
            self.now.store(Arc::new(learned));
            *self.kept() = kept;
        }
        Ok(true)
    }

    /// Keeps what was learned for the next start, where the database does not keep it yet.
    ///
    /// # Errors
    /// Where the database does not answer: the next start learns again, and that is all.
    pub async fn keep(&self, db: &Db) -> Result<(), KnowledgeError> {
        let now = self.now();
        let fingerprint = now.fingerprint().to_owned();
        if self.kept().as_ref() == Some(&fingerprint) {
            return Ok(());
        }
        let bytes = spawn_blocking(move || now.to_bytes()).await.map_err(|_| KnowledgeError::Builder)?;
        if let Some(bytes) = bytes {
            let mut tx = db.begin().await?;
            learned::keep(&mut tx, &fingerprint, &bytes).await?;
            tx.commit().await?;
        }
        *self.kept() = Some(fingerprint);
        Ok(())
    }

    fn kept(&self) -> MutexGuard<'_, Option<String>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Learning takes a while, so it happens where nobody waits, and only where it was not done before. The second part is the
/// fingerprint of what the database keeps.
async fn recall_or_learn(
    db: &Db,
    content: Content,
    number: i64,
) -> Result<(Knowledge, Option<String>), KnowledgeError> {
    let begun = Instant::now();
    let kept = learned::load(db, &fingerprint(&content)).await?;
    let built = spawn_blocking(move || Knowledge::recall_or_learn(content, number, kept.as_deref())).await;
    let (knowledge, recalled) = built.map_err(|_| KnowledgeError::Builder)??;
    metrics::built(begun.elapsed());
    let kept = recalled.then(|| knowledge.fingerprint().to_owned());
    Ok((knowledge, kept))
}
