//! Links for choosing a new password, stored under a hash of their token, with the account that made them.

use crate::store::db::{Db, StoreError, Tx, maybe, run};

/// A link that has not been used.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PasswordLink {
    /// The hash of its token: it identifies the link, but lets nobody in.
    pub hash: String,
    /// The account that gets a new password.
    pub account: String,
    /// The account that made it; `None` for the command line.
    pub made_by: Option<String>,
    /// When it expires, in seconds since 1970.
    pub expires_at: i64,
}

/// Stores a link; an earlier one for the account stops working.
pub async fn put(tx: &mut Tx, link: &PasswordLink) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO password_links (hash, account, made_by, expires_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, made_by = excluded.made_by, expires_at = excluded.expires_at";
    run!(tx, SQL, &link.hash, &link.account, link.made_by.as_deref(), link.expires_at);
    Ok(())
}

/// The link with this hash, unless it has expired by `now` (seconds since 1970).
pub async fn find(db: &Db, hash: &str, now: i64) -> Result<Option<PasswordLink>, StoreError> {
    const SQL: &str =
        "SELECT hash, account, made_by, expires_at FROM password_links WHERE hash = $1 AND expires_at > $2";
    Ok(maybe!(db, SQL, hash, now))
}

/// Uses a link: it works once. False if it is gone.
pub async fn take(tx: &mut Tx, hash: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM password_links WHERE hash = $1", hash) == 1)
}

/// Deletes the link for an account.
pub async fn drop_for(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM password_links WHERE account = $1", account);
    Ok(())
}

/// Deletes the links that an account made.
pub async fn drop_made_by(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM password_links WHERE made_by = $1", account);
    Ok(())
}

/// Deletes links that have expired by `now` (seconds since 1970).
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM password_links WHERE expires_at <= $1", now);
    Ok(())
}
