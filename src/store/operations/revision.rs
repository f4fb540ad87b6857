//! The number of the published revision: every replica rebuilds its knowledge when it rises.

use chrono::{DateTime, Utc};

use super::notifications;
use crate::store::db::{Db, StoreError, Tx, on_db, on_tx};

/// The number of the newest revision; 0 if nothing has been published yet.
pub async fn current(db: &Db) -> Result<i64, StoreError> {
    let number: Option<i64> =
        on_db!(db, c => sqlx::query_scalar("SELECT number FROM faq_revision WHERE id = 1").fetch_optional(c))?;
    Ok(number.unwrap_or(0))
}

/// Raises the number and returns the new one; other replicas are notified at commit.
pub async fn raise(tx: &mut Tx, now: DateTime<Utc>) -> Result<i64, StoreError> {
    const SQL: &str = "INSERT INTO faq_revision (id, number, published_at) VALUES (1, 1, $1) \
         ON CONFLICT (id) DO UPDATE SET number = faq_revision.number + 1, published_at = excluded.published_at \
         RETURNING number";
    let number = on_tx!(tx, c => sqlx::query_scalar(SQL).bind(now.timestamp()).fetch_one(c))?;
    notifications::ring(tx).await?;
    Ok(number)
}
