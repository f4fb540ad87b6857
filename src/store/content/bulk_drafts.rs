//! Drafts by the thousand, as imports create and reviewers publish them: few statements, so that the database is not
//! blocked for long.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::drafts::{Comment, DRAFT, DraftRow, item};
use super::rows::decode;
use crate::domain::content::draft::{Draft, DraftState, Version};
use crate::domain::content::item::ContentItem;
use crate::store::db::{StoreError, Tx, on_tx};

/// How many rows go into one statement: eight values each, far below the limits of both databases.
const AT_ONCE: usize = 500;

/// The version numbers of a content item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// Its newest version; 0 if there is none.
    pub newest: i64,
    /// Whether a version of it was ever published.
    pub published: bool,
    /// The version of its draft; 0 if there is none.
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

/// The version numbers of every item that was ever written, inside a transaction.
pub async fn numbers(tx: &mut Tx) -> Result<HashMap<ContentItem, Numbers>, StoreError> {
    const SQL: &str = "SELECT v.kind, v.subject, v.lang, v.newest, COALESCE(p.number, 0) AS published, \
         COALESCE(d.number, 0) AS draft \
         FROM (SELECT kind, subject, lang, MAX(number) AS newest FROM versions GROUP BY kind, subject, lang) v \
         LEFT JOIN (SELECT kind, subject, lang, MAX(number) AS number FROM publications GROUP BY kind, subject, lang) p \
         ON p.kind = v.kind AND p.subject = v.subject AND p.lang = v.lang \
         LEFT JOIN drafts d ON d.kind = v.kind AND d.subject = v.subject AND d.lang = v.lang";
    let rows: Vec<Row> = on_tx!(tx, c => async { sqlx::query_as(SQL).fetch_all(c).await })?;
    let numbers = |row: Row| {
        let name = format!("{} {} {}", row.kind, row.subject, row.lang);
        let item = decode("versions", "subject", &name, ContentItem::parse(&row.kind, &row.subject, &row.lang))?;
        Ok((item, Numbers { newest: row.newest, published: row.published > 0, draft: row.draft }))
    };
    rows.into_iter().map(numbers).collect()
}

/// Adds versions under the numbers that the caller gives.
///
/// # Errors
/// If a version with this number exists.
pub async fn add_versions(tx: &mut Tx, versions: &[(ContentItem, Version)]) -> Result<(), StoreError> {
    for some in versions.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new(
                "INSERT INTO versions (kind, subject, lang, number, body, author, author_name, saved_at) ",
            );
            query.push_values(some, |mut row, (item, version)| {
                row.push_bind(item.kind().name()).push_bind(item.subject()).push_bind(item.lang_code());
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

/// Records that versions (item, number) were published.
pub async fn published(tx: &mut Tx, versions: &[(ContentItem, i64)], by: &str, now: i64) -> Result<(), StoreError> {
    for some in versions.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new(
                "INSERT INTO publications (kind, subject, lang, number, published_at, published_by) ",
            );
            query.push_values(some, |mut row, (item, number)| {
                row.push_bind(item.kind().name()).push_bind(item.subject()).push_bind(item.lang_code());
                row.push_bind(*number).push_bind(now).push_bind(by);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Stores drafts in place of the items' earlier ones; their versions must exist.
pub async fn put(tx: &mut Tx, drafts: &[Draft]) -> Result<(), StoreError> {
    for some in drafts.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new(
                "INSERT INTO drafts (kind, subject, lang, number, state, change, updated_at, batch) ",
            );
            query.push_values(some, |mut row, draft| {
                let item = &draft.item;
                row.push_bind(item.kind().name()).push_bind(item.subject()).push_bind(item.lang_code());
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

/// The history of a content item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Its newest version; 0 if there is none.
    pub newest: i64,
    /// The versions that were published, the latest first.
    pub published: Vec<i64>,
    /// The accounts that have written versions since the latest published one.
    pub authors: Vec<String>,
}

/// How many keys go into one statement: three values each.
const KEYS_AT_ONCE: usize = 1000;

/// Queries the rows of these items: `head` is the SQL up to WHERE, `prefix` precedes column names, `end` is the rest.
macro_rules! of_pieces {
    ($tx:expr, $items:expr, $head:expr, $prefix:literal, $end:literal) => {{
        let mut found = Vec::new();
        for some in $items.chunks(KEYS_AT_ONCE) {
            found.append(&mut on_tx!($tx, c => async {
                let mut query = QueryBuilder::new($head);
                query.push(concat!(" WHERE (", $prefix, "kind, ", $prefix, "subject, ", $prefix, "lang) IN ("));
                query.push_values(some, |mut row, item| {
                    row.push_bind(item.kind().name()).push_bind(item.subject()).push_bind(item.lang_code());
                });
                query.push($end);
                query.build_query_as().fetch_all(c).await
            })?);
        }
        found
    }};
}

/// The drafts of these items, inside a transaction; locked until the transaction ends.
pub async fn find_in(tx: &mut Tx, items: &[&ContentItem]) -> Result<HashMap<ContentItem, Draft>, StoreError> {
    // An update takes the row locks on PostgreSQL; on SQLite the transaction has the whole file.
    let _locked: Vec<(i64,)> = of_pieces!(tx, items, "UPDATE drafts SET number = number", "", ") RETURNING number");
    let rows: Vec<DraftRow> = of_pieces!(tx, items, DRAFT, "d.", ")");
    let draft = |row: DraftRow| row.draft().map(|draft| (draft.item.clone(), draft));
    rows.into_iter().map(draft).collect()
}

/// The history of these items, inside a transaction; items without any version are missing.
pub async fn past(tx: &mut Tx, items: &[&ContentItem]) -> Result<HashMap<ContentItem, Past>, StoreError> {
    type Published = (String, String, String, i64);
    type Written = (String, String, String, i64, Option<String>);
    let published: Vec<Published> = of_pieces!(
        tx,
        items,
        "SELECT kind, subject, lang, number FROM publications",
        "",
        ") ORDER BY published_at DESC, number DESC"
    );
    let written: Vec<Written> =
        of_pieces!(tx, items, "SELECT kind, subject, lang, number, author FROM versions", "", ") ORDER BY number");
    let mut all: HashMap<ContentItem, Past> = HashMap::new();
    for (kind, subject, lang, number) in published {
        all.entry(item("publications", &kind, &subject, &lang)?).or_default().published.push(number);
    }
    for (kind, subject, lang, number, author) in written {
        let past = all.entry(item("versions", &kind, &subject, &lang)?).or_default();
        past.newest = past.newest.max(number);
        let since = past.published.first().copied().unwrap_or_default();
        past.authors.extend(author.filter(|_| number > since));
    }
    Ok(all)
}

/// Sets the state of drafts.
pub async fn set_state(tx: &mut Tx, items: &[&ContentItem], state: DraftState, now: i64) -> Result<(), StoreError> {
    for some in items.chunks(KEYS_AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new("UPDATE drafts SET state = ");
            query.push_bind(state.name()).push(", updated_at = ").push_bind(now);
            query.push(" WHERE (kind, subject, lang) IN (");
            query.push_values(some, |mut row, item| {
                row.push_bind(item.kind().name()).push_bind(item.subject()).push_bind(item.lang_code());
            });
            query.push(")").build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Deletes drafts; their bodies stay among the versions.
pub async fn drop(tx: &mut Tx, items: &[&ContentItem]) -> Result<(), StoreError> {
    let _dropped: Vec<(i64,)> = of_pieces!(tx, items, "DELETE FROM drafts", "", ") RETURNING number");
    Ok(())
}

/// Adds comments.
pub async fn comment(tx: &mut Tx, comments: &[(&ContentItem, Comment)]) -> Result<(), StoreError> {
    for some in comments.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new(
                "INSERT INTO comments (id, kind, subject, lang, number, author_name, written_at, text) ",
            );
            query.push_values(some, |mut row, (item, comment)| {
                row.push_bind(comment.id.as_str()).push_bind(item.kind().name()).push_bind(item.subject());
                row.push_bind(item.lang_code()).push_bind(comment.number).push_bind(comment.author_name.as_str());
                row.push_bind(comment.written_at).push_bind(comment.text.as_str());
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}
