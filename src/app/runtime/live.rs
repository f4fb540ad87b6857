//! Holds the knowledge that answers now, and swaps it when a new revision is published.
//!
//! Learning takes seconds, so a revision with something new to learn is swapped in twice: at once, with the model that
//! was learned before, and again when the model has learned the new content. What was learned is kept in the database
//! under a fingerprint of the content, so that the next start, or another replica, need not learn it again.

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

/// Why knowledge could not be built.
#[derive(Debug, Error)]
pub enum KnowledgeError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The content is broken.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The task that builds it panicked.
    #[error("the model could not be built")]
    Builder,
}

/// The knowledge that answers now.
pub struct Live {
    now: ArcSwap<Knowledge>,
    /// The fingerprint of the learned model that the database keeps, as far as we know.
    kept: Mutex<Option<String>>,
    /// The revision that cannot be learned: trying again each second would only use up the processors.
    unlearnable: Mutex<Option<i64>>,
}

impl Live {
    /// Starts with knowledge that is already built.
    pub fn of(knowledge: Arc<Knowledge>) -> Live {
        Live { now: ArcSwap::new(knowledge), kept: Mutex::default(), unlearnable: Mutex::default() }
    }

    /// Builds the knowledge from the database.
    pub async fn open(db: &Db) -> Result<Live, KnowledgeError> {
        // The number first: if the content is newer than its number, it is only read once more.
        let number = revision::current(db).await?;
        let (knowledge, kept) = recall_or_learn(db, content::load(db).await?, number).await?;
        Ok(Live { kept: Mutex::new(kept), ..Live::of(Arc::new(knowledge)) })
    }

    /// The current knowledge; keep it for a whole turn.
    pub fn now(&self) -> Arc<Knowledge> {
        self.now.load_full()
    }

    /// Swaps the knowledge if a newer revision is published; true if it did.
    /// New texts answer at once, found by the old model, and again when they have been learned. Broken content is
    /// refused, and the knowledge stays as it was.
    pub async fn refresh(&self, db: &Db) -> Result<bool, KnowledgeError> {
        // The number first: if the content is newer than its number, it is only read once more.
        let number = revision::current(db).await?;
        let before = self.now();
        let is_new = number != before.revision;
        // A model that could not be read from the database the last time is tried again.
        let unlearnable = *self.unlearnable.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_new && (!before.is_stale() || unlearnable == Some(number)) {
            return Ok(false);
        }
        let content = content::load(db).await?;
        if is_new {
            let (renewed, stale) = before.renewed(content.clone(), number)?;
            self.now.store(Arc::new(renewed));
            if !stale {
                return Ok(true);
            }
        }
        match recall_or_learn(db, content, number).await {
            Ok((learned, kept)) => {
                self.now.store(Arc::new(learned));
                *self.kept() = kept;
                Ok(true)
            }
            Err(error) => {
                if matches!(error, KnowledgeError::Builder | KnowledgeError::Content(_)) {
                    *self.unlearnable.lock().unwrap_or_else(PoisonError::into_inner) = Some(number);
                }
                Err(error)
            }
        }
    }

    /// Keeps what was learned for the next start, unless the database already keeps it.
    ///
    /// # Errors
    /// The next start learns again, nothing else.
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

/// Loads or learns the model, in a thread of its own because learning takes seconds.
/// The second part is the fingerprint of the model that the database keeps.
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
