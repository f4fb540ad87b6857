//! Keeps the knowledge that answers now, and swaps it when something new is published.

use std::sync::Arc;
use std::time::Instant;

use arc_swap::ArcSwap;
use thiserror::Error;

use crate::domain::content::Content;
use crate::knowledge::{Broken, Knowledge, fingerprint};
use crate::measures;
use crate::store::{Db, StoreError, content, learned, revision};

/// Knowledge that could not be made.
#[derive(Debug, Error)]
pub enum NoKnowledge {
    /// The database did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The content is broken.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The building itself broke down.
    #[error("the model could not be built")]
    Builder,
}

/// The knowledge that answers now.
pub struct Live(ArcSwap<Knowledge>);

impl Live {
    /// Knowledge that has been made already.
    pub fn of(knowledge: Arc<Knowledge>) -> Live {
        Live(ArcSwap::new(knowledge))
    }

    /// Knowledge made of what the database holds.
    ///
    /// # Errors
    /// Where the database does not answer or nothing can be made of its content.
    pub async fn open(db: &Db) -> Result<Live, NoKnowledge> {
        Ok(Live(ArcSwap::from_pointee(build(db).await?)))
    }

    /// The knowledge of this moment; keep it for a whole turn.
    pub fn now(&self) -> Arc<Knowledge> {
        self.0.load_full()
    }

    /// Looks whether something newer is published, and if so swaps; true where it did. New texts answer at once, found as
    /// before, and again a moment later when they have been learned. Broken content is refused, and what was known stays.
    ///
    /// # Errors
    /// Where the database does not answer or the new content is broken.
    pub async fn refresh(&self, db: &Db) -> Result<bool, NoKnowledge> {
        if revision::current(db).await? == self.0.load().revision {
            return Ok(false);
        }
        // The number first: content that is newer than its number is only read once more.
        let number = revision::current(db).await?;
        let content = content::load(db).await?;
        let (renewed, stale) = self.0.load().renewed(content.clone(), number)?;
        self.0.store(Arc::new(renewed));
        if stale {
            self.0.store(Arc::new(learn(db, content, number).await?));
        }
        Ok(true)
    }
}

async fn build(db: &Db) -> Result<Knowledge, NoKnowledge> {
    let number = revision::current(db).await?;
    learn(db, content::load(db).await?, number).await
}

/// Learning takes a while, so it happens where nobody waits, and only where it was not done before.
async fn learn(db: &Db, content: Content, number: i64) -> Result<Knowledge, NoKnowledge> {
    let begun = Instant::now();
    let fingerprint = fingerprint(&content);
    let kept = learned::load(db, &fingerprint).await?;
    let built = tokio::task::spawn_blocking(move || Knowledge::recall_or_learn(content, number, kept.as_deref())).await;
    let (knowledge, new) = built.map_err(|_| NoKnowledge::Builder)??;
    measures::built(number, begun.elapsed());
    if let Some(bytes) = new {
        // Where it cannot be kept, the next start learns again, and that is all.
        if let Err(error) = keep(db, &fingerprint, &bytes).await {
            tracing::warn!(%error, "what was learned could not be kept");
        }
    }
    Ok(knowledge)
}

async fn keep(db: &Db, fingerprint: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    learned::keep(&mut tx, fingerprint, bytes).await?;
    tx.commit().await
}
