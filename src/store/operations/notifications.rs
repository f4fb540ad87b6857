//! Notifications between replicas: on PostgreSQL, a publication notifies the other replicas, which then check at once.
//! The revision number is authoritative; a notification only makes the check happen sooner.

use std::time::Duration;

use sqlx::Executor;
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::time::timeout;

use crate::store::db::deadline::{STATEMENT, within};
use crate::store::db::{Db, StoreError, Tx};

const CHANNEL: &str = "ventanilla_revision";

/// After how long without a notification the connection is checked.
const QUIET: Duration = Duration::from_secs(10);

/// How long that check may take.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);

/// Notifies the other replicas at commit. SQLite has one process, which notifies itself.
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

/// A listener for notifications.
pub struct Notifications(PgListener);

impl Notifications {
    /// Begins to listen; `None` on SQLite, where there is no other replica. It has a connection of its own, so that a
    /// dead one does not take a slot of the pool.
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

    /// Waits for a notification; also returns after a reconnect, since a notification may have been missed.
    pub async fn next(&mut self) -> Result<(), StoreError> {
        loop {
            match timeout(QUIET, self.0.try_recv()).await {
                Ok(rung) => {
                    rung?;
                    return Ok(());
                }
                // Nothing was published for a while, or the server is gone without closing the connection.
                Err(_) => {
                    within(SIGN_OF_LIFE, (&mut self.0).execute("SELECT 1")).await?;
                }
            }
        }
    }
}
