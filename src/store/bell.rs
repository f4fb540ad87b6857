//! A bell between replicas: on PostgreSQL whoever publishes rings it, and the others look at once. The number of the revision
//! is the truth; the bell only makes that it is looked at sooner.

use sqlx::postgres::PgListener;

use super::db::{Db, StoreError, Tx};

const CHANNEL: &str = "ventanilla_revision";

/// Rings at the moment of the commit. A file has one process, which rings its own.
pub(super) async fn ring(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => {}
        Tx::Postgres(tx) => {
            sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(&mut **tx).await?;
        }
    }
    Ok(())
}

/// Somebody who listens.
pub struct Bell(PgListener);

impl Bell {
    /// Begins to listen; nothing where there is no other replica to listen to. It keeps one connection of the pool.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn of(db: &Db) -> Result<Option<Bell>, StoreError> {
        match db {
            Db::Sqlite { .. } => Ok(None),
            Db::Postgres(pool) => {
                let mut listener = PgListener::connect_with(pool).await?;
                listener.listen(CHANNEL).await?;
                Ok(Some(Bell(listener)))
            }
        }
    }

    /// Waits until it rings; also when the connection broke off and was made anew, since it may have rung meanwhile.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn rings(&mut self) -> Result<(), StoreError> {
        self.0.try_recv().await?;
        Ok(())
    }
}
