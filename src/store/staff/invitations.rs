//! Invitations for new staff, stored under a hash of their token, with the person who gave them.

use super::accounts::{langs_text, limits, municipality_text, topics_text};
use crate::domain::staff::account::{Limits, Role};
use crate::domain::text::lang::Lang;
use crate::store::content::rows::{decode, lang};
use crate::store::db::{Db, StoreError, Tx, all, maybe, run};

const TABLE: &str = "invitations";
const COLUMNS: &str = "hash, role, municipality, langs, topics, lang, shown_as, invited_by, account, expires_at";

/// An invitation that has not been used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The hash of its token: it identifies the invitation, but lets nobody in.
    pub hash: String,
    /// The role of the new account.
    pub role: Role,
    /// The limits of the new account.
    pub limits: Limits,
    /// The language for the invited person.
    pub lang: Lang,
    /// The name that people will see; `None` if the new account may choose it.
    pub shown_as: Option<String>,
    /// The name of the person who invited.
    pub invited_by: String,
    /// The account that invited; `None` for the command line.
    pub account: Option<String>,
    /// When it expires, in seconds since 1970.
    pub expires_at: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    hash: String,
    role: String,
    municipality: Option<String>,
    langs: String,
    topics: String,
    lang: String,
    shown_as: Option<String>,
    invited_by: String,
    account: Option<String>,
    expires_at: i64,
}

impl Row {
    fn invitation(self) -> Result<Invitation, StoreError> {
        Ok(Invitation {
            role: decode(TABLE, "role", &self.role, Role::parse(&self.role))?,
            limits: limits(TABLE, self.municipality.as_deref(), &self.langs, &self.topics)?,
            lang: lang(TABLE, &self.lang)?,
            hash: self.hash,
            shown_as: self.shown_as,
            invited_by: self.invited_by,
            account: self.account,
            expires_at: self.expires_at,
        })
    }
}

/// Stores an invitation.
pub async fn add(tx: &mut Tx, invitation: &Invitation) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO invitations (hash, role, municipality, langs, topics, lang, shown_as, invited_by, account, \
         expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    run!(
        tx,
        SQL,
        &invitation.hash,
        invitation.role.name(),
        municipality_text(&invitation.limits),
        langs_text(&invitation.limits),
        topics_text(&invitation.limits),
        invitation.lang.code(),
        invitation.shown_as.as_deref(),
        &invitation.invited_by,
        invitation.account.as_deref(),
        invitation.expires_at,
    );
    Ok(())
}

/// The invitation with this hash, unless it has expired by `now` (seconds since 1970).
pub async fn find(db: &Db, hash: &str, now: i64) -> Result<Option<Invitation>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM invitations WHERE hash = $1 AND expires_at > $2");
    let row: Option<Row> = maybe!(db, sqlx::AssertSqlSafe(sql.clone()), hash, now);
    row.map(Row::invitation).transpose()
}

/// All invitations that have not expired by `now` (seconds since 1970), the newest first.
pub async fn list(db: &Db, now: i64) -> Result<Vec<Invitation>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM invitations WHERE expires_at > $1 ORDER BY expires_at DESC, hash");
    let rows: Vec<Row> = all!(db, sqlx::AssertSqlSafe(sql.clone()), now);
    rows.into_iter().map(Row::invitation).collect()
}

/// Uses or revokes an invitation: it works once. False if it is gone.
pub async fn take(tx: &mut Tx, hash: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM invitations WHERE hash = $1", hash) == 1)
}

/// Deletes the invitations that an account gave.
pub async fn drop_of(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM invitations WHERE account = $1", account);
    Ok(())
}

/// Deletes invitations that have expired by `now` (seconds since 1970).
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM invitations WHERE expires_at <= $1", now);
    Ok(())
}
