//! Links by which the owner of an account chooses a new password: kept under a hash of their token, with who made them.

use crate::store::db::{Db, StoreError, Tx, maybe, run};

/// A link that has not been used yet.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PasswordLink {
    /// The hash of its token: by it the link is known, and nobody gets in.
    pub hash: String,
    /// Whose password it lets choose.
    pub account: String,
    /// The account of who made it; nothing for the command line.
    pub made_by: Option<String>,
    /// Seconds since 1970.
    pub expires_at: i64,
}

/// Keeps a link; one that was made for the account before leads nowhere any more.
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

/// Takes a link: it works once. False where it is gone.
pub async fn take(tx: &mut Tx, hash: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM password_links WHERE hash = $1", hash) == 1)
}

/// Drops the one for an account.
pub async fn drop_for(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM password_links WHERE account = $1", account);
    Ok(())
}

/// Drops those that an account has made.
pub async fn drop_made_by(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM password_links WHERE made_by = $1", account);
    Ok(())
}

/// Drops links that have expired by `now` (seconds since 1970).
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM password_links WHERE expires_at <= $1", now);
    Ok(())
}
