//! Accounts of staff and the invitations by which they come.

use std::collections::BTreeSet;

use super::content_rows::sane;
use super::db::{Db, StoreError, Tx, all, maybe, maybe_in, run};
use crate::domain::lang::Lang;
use crate::domain::staff::{Account, Limits, Role};

const TABLE: &str = "accounts";
const COLUMNS: &str = "id, login, name, shown_as, role, municipality, langs, topics, lang, second IS NOT NULL AS second, \
     ended_at IS NOT NULL AS ended";

/// What signing in needs besides the account.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Secrets {
    /// The hash of the password, in PHC's form.
    pub password: String,
    /// The secret of the second factor, sealed.
    pub second: Option<String>,
    /// The last step of time whose code was used.
    pub second_used: i64,
}

/// An invitation that has not been taken yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What the new account will be.
    pub role: Role,
    /// What it will be limited to.
    pub limits: Limits,
    /// The language in which the invited person is spoken to.
    pub lang: Lang,
    /// The name of who invited.
    pub invited_by: String,
    /// Seconds since 1970.
    pub expires_at: i64,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: String,
    login: String,
    name: String,
    shown_as: String,
    role: String,
    municipality: Option<String>,
    langs: String,
    topics: String,
    lang: String,
    second: bool,
    ended: bool,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    role: String,
    municipality: Option<String>,
    langs: String,
    topics: String,
    lang: String,
    invited_by: String,
    expires_at: i64,
}

impl Row {
    pub(super) fn account(self) -> Result<Account, StoreError> {
        Ok(Account {
            role: sane(TABLE, "role", &self.role, Role::parse(&self.role))?,
            limits: limits(TABLE, self.municipality.as_deref(), &self.langs, &self.topics)?,
            lang: super::content_rows::lang(TABLE, &self.lang)?,
            id: self.id,
            login: self.login,
            name: self.name,
            shown_as: self.shown_as,
            has_second_factor: self.second,
            ended: self.ended,
        })
    }
}

fn limits(table: &'static str, municipality: Option<&str>, langs: &str, topics: &str) -> Result<Limits, StoreError> {
    let parts =
        |list: &str| -> Vec<String> { list.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect() };
    let municipality = match municipality {
        None => None,
        Some(key) => Some(sane(table, "municipality", key, key.parse().ok())?),
    };
    let langs: Result<BTreeSet<_>, _> =
        parts(langs).iter().map(|code| sane(table, "langs", code, Lang::parse(code))).collect();
    let topics: Result<BTreeSet<_>, _> =
        parts(topics).iter().map(|key| sane(table, "topics", key, key.parse().ok())).collect();
    Ok(Limits { municipality, langs: langs?, topics: topics? })
}

fn langs_text(limits: &Limits) -> String {
    limits.langs.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(",")
}

fn topics_text(limits: &Limits) -> String {
    limits.topics.iter().map(|topic| topic.as_str()).collect::<Vec<_>>().join(",")
}

fn municipality_text(limits: &Limits) -> Option<&str> {
    limits.municipality.as_ref().map(|key| key.as_str())
}

/// All accounts, those that work first, by name.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn list(db: &Db) -> Result<Vec<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts ORDER BY ended_at IS NOT NULL, name, id");
    let rows: Vec<Row> = all!(db, sqlx::AssertSqlSafe(sql.clone()));
    rows.into_iter().map(Row::account).collect()
}

/// The account with this id.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn find(db: &Db, id: &str) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = $1");
    let row: Option<Row> = maybe!(db, sqlx::AssertSqlSafe(sql.clone()), id);
    row.map(Row::account).transpose()
}

/// The account that signs in by this name, unless it has ended.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn by_login(db: &Db, login: &str) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE login = $1 AND ended_at IS NULL");
    let row: Option<Row> = maybe!(db, sqlx::AssertSqlSafe(sql.clone()), login);
    row.map(Row::account).transpose()
}

/// How many administrators without a limit there are: the last one cannot be ended.
///
/// # Errors
/// Where the database does not answer.
pub async fn administrators(tx: &mut Tx) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM accounts WHERE role = 'administrator' AND ended_at IS NULL \
         AND municipality IS NULL AND langs = '' AND topics = ''";
    let row: Option<(i64,)> = maybe_in!(tx, SQL);
    Ok(row.map_or(0, |(count,)| count))
}

/// What signing in to this account needs.
///
/// # Errors
/// Where the database does not answer.
pub async fn secrets(db: &Db, id: &str) -> Result<Option<Secrets>, StoreError> {
    Ok(maybe!(db, "SELECT password, second, second_used FROM accounts WHERE id = $1", id))
}

/// A new account; false where the login is taken.
///
/// # Errors
/// Where the database does not answer.
pub async fn add(tx: &mut Tx, account: &Account, password: &str, now: i64) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO accounts (id, login, name, shown_as, role, municipality, langs, topics, lang, password, \
         second_used, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11) ON CONFLICT (login) DO NOTHING";
    let rows = run!(
        tx,
        SQL,
        &account.id,
        &account.login,
        &account.name,
        &account.shown_as,
        account.role.name(),
        municipality_text(&account.limits),
        langs_text(&account.limits),
        topics_text(&account.limits),
        account.lang.code(),
        password,
        now,
    );
    Ok(rows == 1)
}

/// Saves role, limits, names and language.
///
/// # Errors
/// Where the database does not answer.
pub async fn save(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE accounts SET name = $2, shown_as = $3, role = $4, municipality = $5, langs = $6, topics = $7, \
         lang = $8 WHERE id = $1";
    run!(
        tx,
        SQL,
        &account.id,
        &account.name,
        &account.shown_as,
        account.role.name(),
        municipality_text(&account.limits),
        langs_text(&account.limits),
        topics_text(&account.limits),
        account.lang.code(),
    );
    Ok(())
}

/// Saves another password's hash.
///
/// # Errors
/// Where the database does not answer.
pub async fn set_password(tx: &mut Tx, id: &str, password: &str) -> Result<(), StoreError> {
    run!(tx, "UPDATE accounts SET password = $2 WHERE id = $1", id, password);
    Ok(())
}

/// Saves the sealed secret of a second factor, or takes it away.
///
/// # Errors
/// Where the database does not answer.
pub async fn set_second(tx: &mut Tx, id: &str, second: Option<&str>) -> Result<(), StoreError> {
    run!(tx, "UPDATE accounts SET second = $2, second_used = 0 WHERE id = $1", id, second);
    Ok(())
}

/// Notes that the code of this step of time was used; false where it, or a later one, was used before.
///
/// # Errors
/// Where the database does not answer.
pub async fn use_second(tx: &mut Tx, id: &str, step: i64) -> Result<bool, StoreError> {
    Ok(run!(tx, "UPDATE accounts SET second_used = $2 WHERE id = $1 AND second_used < $2", id, step) == 1)
}

/// Ends an account: nobody signs in with it any more, and its name stays in the history.
///
/// # Errors
/// Where the database does not answer.
pub async fn end(tx: &mut Tx, id: &str, now: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE accounts SET ended_at = $2, second = NULL, password = '' WHERE id = $1", id, now);
    Ok(())
}

/// Keeps an invitation under the hash of its token.
///
/// # Errors
/// Where the database does not answer.
pub async fn invite(tx: &mut Tx, hash: &str, invitation: &Invitation) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO invitations (hash, role, municipality, langs, topics, lang, invited_by, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(
        tx,
        SQL,
        hash,
        invitation.role.name(),
        municipality_text(&invitation.limits),
        langs_text(&invitation.limits),
        topics_text(&invitation.limits),
        invitation.lang.code(),
        &invitation.invited_by,
        invitation.expires_at,
    );
    Ok(())
}

/// The invitation with this hash, unless it has expired by `now` (seconds since 1970).
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn invitation(db: &Db, hash: &str, now: i64) -> Result<Option<Invitation>, StoreError> {
    const TABLE: &str = "invitations";
    const SQL: &str = "SELECT role, municipality, langs, topics, lang, invited_by, expires_at FROM invitations \
         WHERE hash = $1 AND expires_at > $2";
    let row: Option<InvitationRow> = maybe!(db, SQL, hash, now);
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Invitation {
        role: sane(TABLE, "role", &row.role, Role::parse(&row.role))?,
        limits: limits(TABLE, row.municipality.as_deref(), &row.langs, &row.topics)?,
        lang: super::content_rows::lang(TABLE, &row.lang)?,
        invited_by: row.invited_by,
        expires_at: row.expires_at,
    }))
}

/// Takes an invitation: it works once. False where somebody else was faster.
///
/// # Errors
/// Where the database does not answer.
pub async fn take_invitation(tx: &mut Tx, hash: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "DELETE FROM invitations WHERE hash = $1", hash) == 1)
}

/// Drops invitations that have expired by `now` (seconds since 1970).
///
/// # Errors
/// Where the database does not answer.
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM invitations WHERE expires_at <= $1", now);
    Ok(())
}
