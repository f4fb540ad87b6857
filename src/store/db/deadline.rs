//! Deadlines: how long a database call may take. Without them, a connection to a silent server would block until the
//! system gives it up, which takes minutes.

use std::io;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use sqlx::postgres::PgConnection;
use sqlx::{Postgres, Transaction};
use tokio::time::timeout;

/// How long a statement may take.
pub(in crate::store) const STATEMENT: Duration = Duration::from_secs(20);
/// How long a batch that chats wait for may take, from begin to commit.
pub(super) const BATCH: Duration = Duration::from_secs(5);
/// How long a statement may take while a whole database is copied.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// Begins a batch: PostgreSQL ends a statement, or a transaction whose client is silent, after four seconds, which
/// frees the rows that other transactions wait for. Shorter than `BATCH`, so that the server gives up first.
pub(in crate::store) const BEGIN_BATCH: &str = "BEGIN; SET LOCAL statement_timeout = 4000; \
     SET LOCAL idle_in_transaction_session_timeout = 4000";
/// The same limits for all other statements, by the names of PostgreSQL's settings, and when it drops a silent client.
/// In milliseconds; keepalive times are in seconds, and the last value is the number of keepalives.
pub(in crate::store) const SESSION: &str = "SELECT set_config(s.name, v.value, false) FROM (VALUES \
     ('statement_timeout', '15000'), ('idle_in_transaction_session_timeout', '15000'), ('tcp_user_timeout', '15000'), \
     ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')) v (name, value) \
     JOIN pg_settings s ON s.name = v.name";

/// A transaction on PostgreSQL with the deadline of each of its statements.
pub struct PgTx {
    tx: Transaction<'static, Postgres>,
    deadline: Duration,
}

impl PgTx {
    pub(in crate::store) fn new(tx: Transaction<'static, Postgres>, deadline: Duration) -> PgTx {
        PgTx { tx, deadline }
    }

    pub(in crate::store) fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Lifts the deadlines: none on the server, `LONGEST` here.
    pub(in crate::store) async fn lift_deadline(&mut self) -> Result<(), sqlx::Error> {
        const NONE: [&str; 2] =
            ["SET LOCAL statement_timeout = 0", "SET LOCAL idle_in_transaction_session_timeout = 0"];
        for sql in NONE {
            within(self.deadline, sqlx::query(sql).execute(&mut *self.tx)).await?;
        }
        self.deadline = LONGEST;
        Ok(())
    }

    pub(in crate::store) async fn commit(self) -> Result<(), sqlx::Error> {
        within(self.deadline, self.tx.commit()).await
    }
}

impl Deref for PgTx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.tx
    }
}

impl DerefMut for PgTx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
}

/// Waits for the database's answer until the deadline.
pub(crate) async fn within<T>(
    deadline: Duration,
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    let late = |_| {
        let words = format!("the database did not answer within {} s", deadline.as_secs());
        Err(sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, words)))
    };
    timeout(deadline, answer).await.unwrap_or_else(late)
}
