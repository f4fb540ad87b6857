//! The audit log: who did what and when. Rows are added and read, never changed or deleted.

use sqlx::QueryBuilder;

use crate::store::db::{Db, StoreError, Tx, all, on_tx, run};

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Its id: 32 hexadecimal digits.
    pub id: String,
    /// When, in seconds since 1970.
    pub at: i64,
    /// The account; `None` for the command line.
    pub account: Option<String>,
    /// Its name at that time.
    pub who: String,
    /// What was done, such as `publish`.
    pub action: String,
    /// To what, such as `text health/cost (xx)`.
    pub subject: String,
    /// The value before.
    pub was: Option<String>,
    /// The value after.
    pub became: Option<String>,
}

/// Which lines to read; `None` means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// By somebody with this name, or by the account with this id.
    pub who: Option<String>,
    /// With this action.
    pub action: Option<String>,
    /// With a subject that contains these words.
    pub subject: Option<String>,
    /// From this moment on, in seconds since 1970.
    pub from: Option<i64>,
    /// Before this moment, in seconds since 1970.
    pub until: Option<i64>,
}

/// Adds a line.
pub async fn add(tx: &mut Tx, line: &Line) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO audit (id, at, account, who, action, subject, was, became) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(tx, SQL, &line.id, line.at, &line.account, &line.who, &line.action, &line.subject, &line.was, &line.became,);
    Ok(())
}

/// How many lines go into one statement: eight values each, far below the limits of both databases.
const AT_ONCE: usize = 500;

/// Adds many lines.
pub async fn add_all(tx: &mut Tx, lines: &[Line]) -> Result<(), StoreError> {
    for some in lines.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query =
                QueryBuilder::new("INSERT INTO audit (id, at, account, who, action, subject, was, became) ");
            query.push_values(some, |mut row, line| {
                row.push_bind(line.id.as_str()).push_bind(line.at).push_bind(line.account.as_deref());
                row.push_bind(line.who.as_str()).push_bind(line.action.as_str()).push_bind(line.subject.as_str());
                row.push_bind(line.was.as_deref()).push_bind(line.became.as_deref());
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Everybody in the log: each account, if any, with each name that it had, ordered by name.
pub async fn people(db: &Db) -> Result<Vec<(Option<String>, String)>, StoreError> {
    Ok(all!(db, "SELECT DISTINCT account, who FROM audit ORDER BY who, account"))
}

/// Up to `limit` lines of these two actions on this subject from `from` (seconds since 1970) on, the newest first.
pub async fn about(
    db: &Db,
    subject: &str,
    [one, other]: [&str; 2],
    from: i64,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    const SQL: &str = "SELECT id, at, account, who, action, subject, was, became FROM audit \
         WHERE subject = $1 AND action IN ($2, $3) AND at >= $4 ORDER BY at DESC, id DESC LIMIT $5";
    Ok(all!(db, SQL, subject, one, other, from, limit))
}

/// Every action in the log, ordered by name.
pub async fn actions(db: &Db) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = all!(db, "SELECT DISTINCT action FROM audit ORDER BY action");
    Ok(rows.into_iter().map(|(action,)| action).collect())
}

/// Up to `limit` lines after `offset` others, the newest first.
pub async fn list(db: &Db, filter: &Filter, limit: i64, offset: i64) -> Result<Vec<Line>, StoreError> {
    const SQL: &str = "SELECT id, at, account, who, action, subject, was, became FROM audit \
         WHERE ($1 = '' OR who = $1 OR account = $1) AND ($2 = '' OR action = $2) AND subject LIKE $3 ESCAPE '!' AND at >= $4 AND at < $5 \
         ORDER BY at DESC, id DESC LIMIT $6 OFFSET $7";
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let like = format!("%{}%", escaped(&text(&filter.subject)));
    let (from, until) = (filter.from.unwrap_or(0), filter.until.unwrap_or(i64::MAX));
    Ok(all!(db, SQL, text(&filter.who), text(&filter.action), like.clone(), from, until, limit, offset))
}

/// Escapes the characters that LIKE treats as patterns.
fn escaped(words: &str) -> String {
    words.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}
