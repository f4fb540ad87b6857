//! Staff accounts: names, roles and limits, and the hashes of their passwords.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::staff::account::{Account, Limits, Role};
use crate::domain::text::lang::Lang;
use crate::store::content::rows::decode;
use crate::store::db::{Db, StoreError, Tx, all, maybe, maybe_in, run};

const TABLE: &str = "accounts";
const COLUMNS: &str = "id, login, name, shown_as, role, municipality, langs, topics, lang, second IS NOT NULL AS second, \
     ended_at IS NOT NULL AS ended";

/// The secrets for signing in.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Secrets {
    /// The hash of the password, in PHC format.
    pub password: String,
    /// The secret of the second factor, encrypted.
    pub second: Option<String>,
    /// The last time step whose code was used.
    pub second_used: i64,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct Row {
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

impl Row {
    pub(in crate::store) fn account(self) -> Result<Account, StoreError> {
        Ok(Account {
            role: decode(TABLE, "role", &self.role, Role::parse(&self.role))?,
            limits: limits(TABLE, self.municipality.as_deref(), &self.langs, &self.topics)?,
            lang: crate::store::content::rows::lang(TABLE, &self.lang)?,
            id: self.id,
            login: self.login,
            name: self.name,
            shown_as: self.shown_as,
            has_second_factor: self.second,
            ended: self.ended,
        })
    }
}

pub(in crate::store) fn limits(
    table: &'static str,
    municipality: Option<&str>,
    langs: &str,
    topics: &str,
) -> Result<Limits, StoreError> {
    let parts =
        |list: &str| -> Vec<String> { list.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect() };
    let municipality = match municipality {
        None => None,
        Some(key) => Some(decode(table, "municipality", key, key.parse().ok())?),
    };
    let langs: Result<BTreeSet<_>, _> =
        parts(langs).iter().map(|code| decode(table, "langs", code, Lang::parse(code))).collect();
    let topics: Result<BTreeSet<_>, _> =
        parts(topics).iter().map(|key| decode(table, "topics", key, key.parse().ok())).collect();
    Ok(Limits { municipality, langs: langs?, topics: topics? })
}

pub(in crate::store) fn langs_text(limits: &Limits) -> String {
    limits.langs.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(",")
}

pub(in crate::store) fn topics_text(limits: &Limits) -> String {
    limits.topics.iter().map(|topic| topic.as_str()).collect::<Vec<_>>().join(",")
}

pub(in crate::store) fn municipality_text(limits: &Limits) -> Option<&str> {
    limits.municipality.as_ref().map(|key| key.as_str())
}

/// All accounts by name, active ones first.
pub async fn list(db: &Db) -> Result<Vec<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts ORDER BY ended_at IS NOT NULL, name, id");
    let rows: Vec<Row> = all!(db, sqlx::AssertSqlSafe(sql.clone()));
    rows.into_iter().map(Row::account).collect()
}

/// The account with this id.
pub async fn find(db: &Db, id: &str) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = $1");
    let row: Option<Row> = maybe!(db, sqlx::AssertSqlSafe(sql.clone()), id);
    row.map(Row::account).transpose()
}

/// How a row is locked until the transaction ends. On SQLite the transaction has the whole file anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Nobody else can change it.
    Shared,
    /// Nobody else can lock it: it is about to be changed.
    Alone,
}

/// The account with this id, locked.
pub async fn find_in(tx: &mut Tx, id: &str, hold: Hold) -> Result<Option<Account>, StoreError> {
    let lock = match (&*tx, hold) {
        (Tx::Sqlite(_), _) => "",
        (Tx::Postgres(_), Hold::Shared) => " FOR SHARE",
        // Not FOR UPDATE: sessions that begin meanwhile refer to the row, and need not wait.
        (Tx::Postgres(_), Hold::Alone) => " FOR NO KEY UPDATE",
    };
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = $1{lock}");
    let row: Option<Row> = maybe_in!(tx, sqlx::AssertSqlSafe(sql.clone()), id);
    row.map(Row::account).transpose()
}

/// The active account with this sign-in name.
pub async fn by_login(db: &Db, login: &str) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE login = $1 AND ended_at IS NULL");
    let row: Option<Row> = maybe!(db, sqlx::AssertSqlSafe(sql.clone()), login);
    row.map(Row::account).transpose()
}

/// How many administrators without limits there are: the last one cannot be ended.
pub async fn administrators(tx: &mut Tx) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM accounts WHERE role = 'administrator' AND ended_at IS NULL \
         AND municipality IS NULL AND langs = '' AND topics = ''";
    let row: Option<(i64,)> = maybe_in!(tx, SQL);
    Ok(row.map_or(0, |(count,)| count))
}

/// The secrets for signing in to this account.
pub async fn secrets(db: &Db, id: &str) -> Result<Option<Secrets>, StoreError> {
    Ok(maybe!(db, "SELECT password, second, second_used FROM accounts WHERE id = $1", id))
}

/// The account's name in the audit log: its sign-in name, with a number if ended accounts had the same one.
pub async fn handle(tx: &mut Tx, id: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String, i64)> = maybe_in!(tx, "SELECT login, namesakes FROM accounts WHERE id = $1", id);
    Ok(row.map(|(login, namesakes)| numbered(login, namesakes)))
}

/// Each account's name in the audit log, by its id.
pub async fn handles(db: &Db) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<(String, String, i64)> = all!(db, "SELECT id, login, namesakes FROM accounts");
    Ok(rows.into_iter().map(|(id, login, namesakes)| (id, numbered(login, namesakes))).collect())
}

/// A sign-in name contains no space, so no other account gets this name.
fn numbered(login: String, namesakes: i64) -> String {
    if namesakes == 0 { login } else { format!("{login} ({})", namesakes + 1) }
}

/// Adds an account; false if an active account has the sign-in name.
pub async fn add(tx: &mut Tx, account: &Account, password: &str, now: i64) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO accounts (id, login, name, shown_as, role, municipality, langs, topics, lang, password, \
         second_used, created_at, namesakes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, \
         (SELECT COUNT(*) FROM accounts WHERE login = $2)) ON CONFLICT (login) WHERE ended_at IS NULL DO NOTHING";
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

/// Saves a role with its limits, and nothing else.
pub async fn set_role(tx: &mut Tx, id: &str, role: Role, limits: &Limits) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE accounts SET role = $2, municipality = $3, langs = $4, topics = $5 WHERE id = $1";
    run!(tx, SQL, id, role.name(), municipality_text(limits), langs_text(limits), topics_text(limits));
    Ok(())
}

/// Saves the name for colleagues and the language of the console, and nothing else.
pub async fn set_name(tx: &mut Tx, id: &str, name: &str, lang: Lang) -> Result<(), StoreError> {
    run!(tx, "UPDATE accounts SET name = $2, lang = $3 WHERE id = $1", id, name, lang.code());
    Ok(())
}

/// Saves the name that people see, and nothing else.
pub async fn set_shown_as(tx: &mut Tx, id: &str, shown_as: &str) -> Result<(), StoreError> {
    run!(tx, "UPDATE accounts SET shown_as = $2 WHERE id = $1", id, shown_as);
    Ok(())
}

/// Replaces the password hash `was`; false if another process was faster or the account has ended.
pub async fn set_password(tx: &mut Tx, id: &str, was: &str, password: &str) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE accounts SET password = $3 WHERE id = $1 AND password = $2 AND ended_at IS NULL";
    Ok(run!(tx, SQL, id, was, password) == 1)
}

/// Sets the password hash, whatever it was before; false if the account has ended.
pub async fn new_password(tx: &mut Tx, id: &str, password: &str) -> Result<bool, StoreError> {
    Ok(run!(tx, "UPDATE accounts SET password = $2 WHERE id = $1 AND ended_at IS NULL", id, password) == 1)
}

/// Whether the account is active and this is still its password hash.
pub async fn has_password(tx: &mut Tx, id: &str, password: &str) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT id FROM accounts WHERE id = $1 AND password = $2 AND ended_at IS NULL";
    let row: Option<(String,)> = maybe_in!(tx, SQL, id, password);
    Ok(row.is_some())
}

/// Ends an account: nobody can sign in with it any more, and its name stays in the history.
pub async fn end(tx: &mut Tx, id: &str, now: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE accounts SET ended_at = $2, second = NULL, password = '' WHERE id = $1", id, now);
    Ok(())
}
