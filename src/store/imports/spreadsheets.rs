//! Imports (table `batches`): spreadsheets on their way from the upload to drafts.

use crate::store::content::rows::decode;
use crate::store::db::{Db, StoreError, Tx, all, maybe, run};

/// The state of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// The dry run is running.
    Checking,
    /// The dry run is done and waits for confirmation.
    Checked,
    /// Content has changed since the dry run, so a new dry run is to be confirmed.
    Differs,
    /// The drafts are being written.
    Importing,
    /// The drafts wait for review.
    Done,
    /// An internal error; nothing has changed.
    Failed,
}

impl ImportState {
    const ALL: [ImportState; 6] = [
        ImportState::Checking,
        ImportState::Checked,
        ImportState::Differs,
        ImportState::Importing,
        ImportState::Done,
        ImportState::Failed,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            ImportState::Checking => "checking",
            ImportState::Checked => "checked",
            ImportState::Differs => "differs",
            ImportState::Importing => "importing",
            ImportState::Done => "done",
            ImportState::Failed => "failed",
        }
    }

    fn parse(name: &str) -> Option<ImportState> {
        ImportState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// An import without the spreadsheet's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its id: 32 hexadecimal digits.
    pub id: String,
    /// The account that uploaded it.
    pub account: String,
    /// The file's name.
    pub file: String,
    /// How many rows it has.
    pub rows: i64,
    /// Its state.
    pub state: ImportState,
    /// Since when it has this state, in seconds since 1970.
    pub since: i64,
    /// When it is deleted, in seconds since 1970.
    pub expires_at: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    account: String,
    file: String,
    rows_count: i64,
    state: String,
    since: i64,
    expires_at: i64,
}

impl Row {
    fn batch(self) -> Result<Import, StoreError> {
        let Row { id, account, file, rows_count: rows, state, since, expires_at } = self;
        let state = decode("batches", "state", &state, ImportState::parse(&state))?;
        Ok(Import { id, account, file, rows, state, since, expires_at })
    }
}

/// Adds an import with the spreadsheet's content as JSON.
pub async fn add(tx: &mut Tx, batch: &Import, content: &str) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO batches (id, account, file, content, rows_count, state, since, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let Import { id, account, file, rows, state, since, expires_at } = batch;
    run!(tx, SQL, id, account, file, content, rows, state.name(), since, expires_at);
    Ok(())
}

/// An account's import, unless it has expired by `now` (seconds since 1970).
pub async fn find(db: &Db, account: &str, id: &str, now: i64) -> Result<Option<Import>, StoreError> {
    const SQL: &str = "SELECT id, account, file, rows_count, state, since, expires_at FROM batches \
         WHERE account = $1 AND id = $2 AND expires_at > $3";
    let row: Option<Row> = maybe!(db, SQL, account, id, now);
    row.map(Row::batch).transpose()
}

/// An account's imports that have not expired by `now` (seconds since 1970), the newest first.
pub async fn of(db: &Db, account: &str, now: i64) -> Result<Vec<Import>, StoreError> {
    const SQL: &str = "SELECT id, account, file, rows_count, state, since, expires_at FROM batches \
         WHERE account = $1 AND expires_at > $2 ORDER BY expires_at DESC, id";
    let rows: Vec<Row> = all!(db, SQL, account, now);
    rows.into_iter().map(Row::batch).collect()
}

/// The spreadsheet's content as JSON.
pub async fn content(db: &Db, id: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe!(db, "SELECT content FROM batches WHERE id = $1", id);
    Ok(row.map(|(content,)| content))
}

/// The report of the dry run as JSON; `None` before it is done.
pub async fn report(db: &Db, id: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(Option<String>,)> = maybe!(db, "SELECT report FROM batches WHERE id = $1", id);
    Ok(row.and_then(|(report,)| report))
}

/// Moves an import to a new state, if its state and `since` have not changed; false if another process was faster.
pub async fn move_on(tx: &mut Tx, batch: &Import, state: ImportState, now: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE batches SET state = $1, since = $2 WHERE id = $3 AND state = $4 AND since = $5";
    Ok(run!(tx, SQL, state.name(), now, &batch.id, batch.state.name(), batch.since) == 1)
}

/// Saves the report of a dry run with a new state; false if another process was faster.
pub async fn set_report(
    tx: &mut Tx,
    batch: &Import,
    state: ImportState,
    report: &str,
    now: i64,
) -> Result<bool, StoreError> {
    if !move_on(tx, batch, state, now).await? {
        return Ok(false);
    }
    run!(tx, "UPDATE batches SET report = $1 WHERE id = $2", report, &batch.id);
    Ok(true)
}

/// Deletes an import of an account.
pub async fn drop(tx: &mut Tx, account: &str, id: &str) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM batches WHERE account = $1 AND id = $2", account, id);
    Ok(())
}

/// Deletes imports that have expired.
pub async fn drop_expired(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM batches WHERE expires_at <= $1", now);
    Ok(())
}
