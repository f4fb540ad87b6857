//! A bell between replicas: on PostgreSQL whoever publishes rings it, and the others look at once. The number of the revision
//! is the truth; the bell only makes that it is looked at sooner.

use std::time::Duration;

use sqlx::Executor;
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::time::timeout;

use crate::store::db::deadline::{STATEMENT, within};
use crate::store::db::{Db, StoreError, Tx};

const CHANNEL: &str = "ventanilla_revision";

/// After so long without a ring it is asked whether the other end is still there.
const QUIET: Duration = Duration::from_secs(10);

/// How long it may take to say so.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);

/// Rings at the moment of the commit. A file has one process, which rings its own.
pub(in crate::store) async fn ring(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => {}
        Tx::Postgres(tx) => {
            let notify = sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL);
            within(tx.deadline(), notify.execute(&mut **tx)).await?;
        }
    }
    Ok(())
}

/// Somebody who listens.
pub struct Notifications(PgListener);

impl Notifications {
    /// Begins to listen; nothing where there is no other replica to listen to. It has a connection of its own: one that is
    /// lost without a word is no place less for everybody else.
    pub async fn of(db: &Db) -> Result<Option<Notifications>, StoreError> {
        match db {
            Db::Sqlite { .. } => Ok(None),
            Db::Postgres(pool) => {
                let options = pool.connect_options().as_ref().clone();
                let own = PgPoolOptions::new().max_connections(1).acquire_timeout(Db::PATIENCE);
                let own = within(STATEMENT, own.connect_with(options)).await?;
                let mut listener = within(STATEMENT, PgListener::connect_with(&own)).await?;
                within(STATEMENT, listener.listen(CHANNEL)).await?;
                Ok(Some(Notifications(listener)))
            }
        }
    }

    /// Waits until it rings; also when the connection broke off and was made anew, since it may have rung meanwhile.
    pub async fn next(&mut self) -> Result<(), StoreError> {
        loop {
            match timeout(QUIET, self.0.try_recv()).await {
                Ok(rung) => {
                    rung?;
                    return Ok(());
                }
                // Nobody has published for a while, or the other end is gone without a word.
                Err(_) => {
                    within(SIGN_OF_LIFE, (&mut self.0).execute("SELECT 1")).await?;
                }
            }
        }
    }
}
