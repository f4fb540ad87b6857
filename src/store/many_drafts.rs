//! Drafts by the thousand, as a table brings them: few statements, so that nobody waits long for the database.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::content_rows::sane;
use super::db::{StoreError, Tx, on_tx};
use crate::domain::draft::{Draft, Version};
use crate::domain::piece::Piece;

/// How many rows go into one statement: eight values each, far below the limits of both databases.
const AT_ONCE: usize = 500;

/// How a piece stands among the versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// Its newest version; 0 where there is none.
    pub newest: i64,
    /// Whether one was ever published from the versions.
    pub published: bool,
    /// The version of its draft; 0 where there is none.
    pub draft: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    subject: String,
    lang: String,
    newest: i64,
    published: i64,
    draft: i64,
}

/// How every piece that was ever written stands, inside a transaction.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn numbers(tx: &mut Tx) -> Result<HashMap<Piece, Numbers>, StoreError> {
    const SQL: &str = "SELECT v.kind, v.subject, v.lang, v.newest, COALESCE(p.number, 0) AS published, \
         COALESCE(d.number, 0) AS draft \
         FROM (SELECT kind, subject, lang, MAX(number) AS newest FROM versions GROUP BY kind, subject, lang) v \
         LEFT JOIN (SELECT kind, subject, lang, MAX(number) AS number FROM publications GROUP BY kind, subject, lang) p \
         ON p.kind = v.kind AND p.subject = v.subject AND p.lang = v.lang \
         LEFT JOIN drafts d ON d.kind = v.kind AND d.subject = v.subject AND d.lang = v.lang";
    let rows: Vec<Row> = on_tx!(tx, c => async { sqlx::query_as(SQL).fetch_all(c).await })?;
    let numbers = |row: Row| {
        let name = format!("{} {} {}", row.kind, row.subject, row.lang);
        let piece = sane("versions", "subject", &name, Piece::parse(&row.kind, &row.subject, &row.lang))?;
        Ok((piece, Numbers { newest: row.newest, published: row.published > 0, draft: row.draft }))
    };
    rows.into_iter().map(numbers).collect()
}

/// Adds versions; their numbers are the caller's.
///
/// # Errors
/// Where the database does not answer, or a version of this number is there.
pub async fn add_versions(tx: &mut Tx, versions: &[(Piece, Version)]) -> Result<(), StoreError> {
    for some in versions.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new(
                "INSERT INTO versions (kind, subject, lang, number, body, author, author_name, saved_at) ",
            );
            query.push_values(some, |mut row, (piece, version)| {
                row.push_bind(piece.kind().name()).push_bind(piece.subject()).push_bind(piece.lang_code());
                // Bodies are our own types, which always become JSON.
                row.push_bind(version.number).push_bind(serde_json::to_string(&version.body).unwrap_or_default());
                row.push_bind(version.author.as_deref()).push_bind(version.author_name.as_str());
                row.push_bind(version.saved_at);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Notes that versions were published; (piece, number).
///
/// # Errors
/// Where the database does not answer.
pub async fn published(tx: &mut Tx, versions: &[(Piece, i64)], by: &str, now: i64) -> Result<(), StoreError> {
    for some in versions.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new(
                "INSERT INTO publications (kind, subject, lang, number, published_at, published_by) ",
            );
            query.push_values(some, |mut row, (piece, number)| {
                row.push_bind(piece.kind().name()).push_bind(piece.subject()).push_bind(piece.lang_code());
                row.push_bind(*number).push_bind(now).push_bind(by);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Puts drafts in the place of those that the pieces had; their versions have to be there.
///
/// # Errors
/// Where the database does not answer.
pub async fn put(tx: &mut Tx, drafts: &[Draft]) -> Result<(), StoreError> {
    for some in drafts.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new(
                "INSERT INTO drafts (kind, subject, lang, number, state, change, updated_at, batch) ",
            );
            query.push_values(some, |mut row, draft| {
                let piece = &draft.piece;
                row.push_bind(piece.kind().name()).push_bind(piece.subject()).push_bind(piece.lang_code());
                row.push_bind(draft.version.number).push_bind(draft.state.name()).push_bind(draft.change.name());
                row.push_bind(draft.version.saved_at).push_bind(draft.batch.as_deref());
            });
            query.push(
                " ON CONFLICT (kind, subject, lang) DO UPDATE SET number = excluded.number, state = excluded.state, \
                 change = excluded.change, updated_at = excluded.updated_at, batch = excluded.batch",
            );
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}
