//! Drafts, all versions that were ever written, comments, and which versions were published.

use super::rows::decode;
use crate::domain::content::body::Body;
use crate::domain::content::draft::{Change, Draft, DraftState, Version};
use crate::domain::content::item::ContentItem;
use crate::domain::text::id::EntryKey;
use crate::store::db::{Db, StoreError, Tx, all, maybe, maybe_in, on_tx, run};

/// A draft with its newest version.
pub(in crate::store) const DRAFT: &str = "SELECT d.kind, d.subject, d.lang, d.number, d.state, d.change, d.batch, v.body, v.author, v.author_name, \
     v.saved_at FROM drafts d JOIN versions v ON v.kind = d.kind AND v.subject = d.subject AND v.lang = d.lang AND v.number = d.number";

/// A draft without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its content item.
    pub item: ContentItem,
    /// Its newest version.
    pub number: i64,
    /// Its state.
    pub state: DraftState,
    /// What it does to other languages.
    pub change: Change,
    /// The account that wrote its newest version.
    pub author: Option<String>,
    /// The author's name.
    pub author_name: String,
    /// When it was last changed, in seconds since 1970.
    pub updated_at: i64,
    /// The import that created it, if any.
    pub batch: Option<String>,
}

/// A comment on a version.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Comment {
    /// Its id: 32 hexadecimal digits.
    pub id: String,
    /// The version's number.
    pub number: i64,
    /// The author's name.
    pub author_name: String,
    /// When it was written, in seconds since 1970.
    pub written_at: i64,
    /// The comment.
    pub text: String,
}

/// A version that was published.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Publication {
    /// The version's number.
    pub number: i64,
    /// When it was published, in seconds since 1970.
    pub published_at: i64,
    /// Who published it.
    pub published_by: String,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct DraftRow {
    kind: String,
    subject: String,
    lang: String,
    number: i64,
    state: String,
    change: String,
    batch: Option<String>,
    body: String,
    author: Option<String>,
    author_name: String,
    saved_at: i64,
}

#[derive(sqlx::FromRow)]
struct HeadingRow {
    kind: String,
    subject: String,
    lang: String,
    number: i64,
    state: String,
    change: String,
    author: Option<String>,
    author_name: String,
    updated_at: i64,
    batch: Option<String>,
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    number: i64,
    body: String,
    author: Option<String>,
    author_name: String,
    saved_at: i64,
}

impl DraftRow {
    pub(in crate::store) fn draft(self) -> Result<Draft, StoreError> {
        let item = item("drafts", &self.kind, &self.subject, &self.lang)?;
        let version = VersionRow {
            number: self.number,
            body: self.body,
            author: self.author,
            author_name: self.author_name,
            saved_at: self.saved_at,
        };
        Ok(Draft {
            version: version.version(&item)?,
            item,
            state: decode("drafts", "state", &self.state, DraftState::parse(&self.state))?,
            change: decode("drafts", "change", &self.change, Change::parse(&self.change))?,
            batch: self.batch,
        })
    }
}

impl VersionRow {
    fn version(self, item: &ContentItem) -> Result<Version, StoreError> {
        let place = format!("{item}, version {}", self.number);
        let body = decode("versions", "body", &place, serde_json::from_str::<Body>(&self.body).ok())?;
        let VersionRow { number, author, author_name, saved_at, .. } = self;
        Ok(Version { number, body, author, author_name, saved_at })
    }
}

pub(in crate::store) fn item(
    table: &'static str,
    kind: &str,
    subject: &str,
    lang: &str,
) -> Result<ContentItem, StoreError> {
    decode(table, "subject", &format!("{kind} {subject} {lang}"), ContentItem::parse(kind, subject, lang))
}

/// The draft of this item.
pub async fn find(db: &Db, item: &ContentItem) -> Result<Option<Draft>, StoreError> {
    let sql = format!("{DRAFT} WHERE d.kind = $1 AND d.subject = $2 AND d.lang = $3");
    let (kind, subject, lang) = names(item);
    let row: Option<DraftRow> = maybe!(db, sqlx::AssertSqlSafe(sql.clone()), kind, subject.clone(), lang);
    row.map(DraftRow::draft).transpose()
}

/// The draft of this item, inside a transaction; locked until the transaction ends.
pub async fn find_in(tx: &mut Tx, item: &ContentItem) -> Result<Option<Draft>, StoreError> {
    let (kind, subject, lang) = names(item);
    // An update takes the row lock on PostgreSQL; on SQLite the transaction has the whole file.
    run!(
        tx,
        "UPDATE drafts SET number = number WHERE kind = $1 AND subject = $2 AND lang = $3",
        kind,
        subject.clone(),
        lang
    );
    let sql = format!("{DRAFT} WHERE d.kind = $1 AND d.subject = $2 AND d.lang = $3");
    let row: Option<DraftRow> = maybe_in!(tx, sqlx::AssertSqlSafe(sql.clone()), kind, subject.clone(), lang);
    row.map(DraftRow::draft).transpose()
}

/// All drafts without their bodies, the most recently changed first.
pub async fn headings(db: &Db) -> Result<Vec<Heading>, StoreError> {
    const SQL: &str = "SELECT d.kind, d.subject, d.lang, d.number, d.state, d.change, v.author, v.author_name, d.updated_at, d.batch \
         FROM drafts d JOIN versions v ON v.kind = d.kind AND v.subject = d.subject AND v.lang = d.lang \
         AND v.number = d.number ORDER BY d.updated_at DESC, d.kind, d.subject, d.lang";
    let rows: Vec<HeadingRow> = all!(db, SQL);
    let heading = |row: HeadingRow| {
        Ok(Heading {
            item: item("drafts", &row.kind, &row.subject, &row.lang)?,
            number: row.number,
            state: decode("drafts", "state", &row.state, DraftState::parse(&row.state))?,
            change: decode("drafts", "change", &row.change, Change::parse(&row.change))?,
            author: row.author,
            author_name: row.author_name,
            updated_at: row.updated_at,
            batch: row.batch,
        })
    };
    rows.into_iter().map(heading).collect()
}

/// Saves a draft with a new version and returns the version's number; the item's other versions stay.
///
/// # Errors
/// If somebody else saved a version at the same moment.
pub async fn save(tx: &mut Tx, draft: &Draft) -> Result<i64, StoreError> {
    const SQL: &str = "INSERT INTO drafts (kind, subject, lang, number, state, change, updated_at, batch) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (kind, subject, lang) DO UPDATE SET number = excluded.number, \
         state = excluded.state, change = excluded.change, updated_at = excluded.updated_at, batch = excluded.batch";
    let number = add_version(tx, &draft.item, &draft.version).await?;
    let (kind, subject, lang) = names(&draft.item);
    let (state, change, at) = (draft.state.name(), draft.change.name(), draft.version.saved_at);
    run!(tx, SQL, kind, subject.clone(), lang, number, state, change, at, &draft.batch);
    Ok(number)
}

/// Adds a version without a draft, such as one from a pack, under the next number; `version.number` is ignored.
///
/// # Errors
/// If somebody else saved a version at the same moment.
pub async fn add_version(tx: &mut Tx, item: &ContentItem, version: &Version) -> Result<i64, StoreError> {
    const SQL: &str = "INSERT INTO versions (kind, subject, lang, number, body, author, author_name, saved_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let number = last_number(tx, item).await? + 1;
    let (kind, subject, lang) = names(item);
    // Bodies are our own types, which always become JSON.
    let body = serde_json::to_string(&version.body).unwrap_or_default();
    let (author, name, at) = (&version.author, &version.author_name, version.saved_at);
    run!(tx, SQL, kind, subject.clone(), lang, number, body.clone(), author, name, at);
    Ok(number)
}

const LAST: &str = "SELECT COALESCE(MAX(number), 0) FROM versions WHERE kind = $1 AND subject = $2 AND lang = $3";

/// The number of an item's newest version, inside a transaction; 0 if there is none.
pub async fn last_number(tx: &mut Tx, item: &ContentItem) -> Result<i64, StoreError> {
    let (kind, subject, lang) = names(item);
    let row: Option<(i64,)> = maybe_in!(tx, LAST, kind, subject.clone(), lang);
    Ok(row.map_or(0, |(number,)| number))
}

/// The number of an item's newest version, which an editor must have seen to save; 0 if there is none.
pub async fn newest(db: &Db, item: &ContentItem) -> Result<i64, StoreError> {
    let (kind, subject, lang) = names(item);
    let row: Option<(i64,)> = maybe!(db, LAST, kind, subject.clone(), lang);
    Ok(row.map_or(0, |(number,)| number))
}

/// Sets the state of a draft.
pub async fn set_state(tx: &mut Tx, item: &ContentItem, state: DraftState, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE drafts SET state = $4, updated_at = $5 WHERE kind = $1 AND subject = $2 AND lang = $3";
    let (kind, subject, lang) = names(item);
    run!(tx, SQL, kind, subject.clone(), lang, state.name(), now);
    Ok(())
}

/// Deletes a draft; its bodies stay among the versions.
pub async fn drop(tx: &mut Tx, item: &ContentItem) -> Result<(), StoreError> {
    let (kind, subject, lang) = names(item);
    run!(tx, "DELETE FROM drafts WHERE kind = $1 AND subject = $2 AND lang = $3", kind, subject.clone(), lang);
    Ok(())
}

/// Every version of an item, the newest first.
pub async fn versions(db: &Db, of: &ContentItem) -> Result<Vec<Version>, StoreError> {
    const SQL: &str = "SELECT number, body, author, author_name, saved_at FROM versions \
         WHERE kind = $1 AND subject = $2 AND lang = $3 ORDER BY number DESC";
    let (kind, subject, lang) = names(of);
    let rows: Vec<VersionRow> = all!(db, SQL, kind, subject.clone(), lang);
    rows.into_iter().map(|row| row.version(of)).collect()
}

/// One version of an item.
pub async fn version(db: &Db, of: &ContentItem, number: i64) -> Result<Option<Version>, StoreError> {
    const SQL: &str = "SELECT number, body, author, author_name, saved_at FROM versions \
         WHERE kind = $1 AND subject = $2 AND lang = $3 AND number = $4";
    let (kind, subject, lang) = names(of);
    let row: Option<VersionRow> = maybe!(db, SQL, kind, subject.clone(), lang, number);
    row.map(|row| row.version(of)).transpose()
}

/// Records that a version was published.
pub async fn published(tx: &mut Tx, item: &ContentItem, number: i64, by: &str, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO publications (kind, subject, lang, number, published_at, published_by) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, subject, lang, number, published_at) DO NOTHING";
    let (kind, subject, lang) = names(item);
    run!(tx, SQL, kind, subject.clone(), lang, number, now, by);
    Ok(())
}

/// The publications of an item, the newest first.
pub async fn publications(db: &Db, of: &ContentItem) -> Result<Vec<Publication>, StoreError> {
    const SQL: &str = "SELECT number, published_at, published_by FROM publications \
         WHERE kind = $1 AND subject = $2 AND lang = $3 ORDER BY published_at DESC, number DESC";
    let (kind, subject, lang) = names(of);
    Ok(all!(db, SQL, kind, subject.clone(), lang))
}

/// The number of the version that was published last; 0 if there is none.
pub async fn published_number(tx: &mut Tx, item: &ContentItem) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT number FROM publications WHERE kind = $1 AND subject = $2 AND lang = $3 \
         ORDER BY published_at DESC, number DESC LIMIT 1";
    let (kind, subject, lang) = names(item);
    let row: Option<(i64,)> = maybe_in!(tx, SQL, kind, subject.clone(), lang);
    Ok(row.map_or(0, |(number,)| number))
}

/// Adds a comment.
pub async fn comment(tx: &mut Tx, item: &ContentItem, comment: &Comment) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO comments (id, kind, subject, lang, number, author_name, written_at, text) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (kind, subject, lang) = names(item);
    let Comment { id, number, author_name, written_at, text } = comment;
    run!(tx, SQL, id, kind, subject.clone(), lang, number, author_name, written_at, text);
    Ok(())
}

/// The comments on an item, the oldest first.
pub async fn comments(db: &Db, of: &ContentItem) -> Result<Vec<Comment>, StoreError> {
    const SQL: &str = "SELECT id, number, author_name, written_at, text FROM comments \
         WHERE kind = $1 AND subject = $2 AND lang = $3 ORDER BY written_at, id";
    let (kind, subject, lang) = names(of);
    Ok(all!(db, SQL, kind, subject.clone(), lang))
}

fn names(item: &ContentItem) -> (&'static str, String, &'static str) {
    (item.kind().name(), item.subject(), item.lang_code())
}

/// All drafts with their bodies.
pub async fn list(db: &Db) -> Result<Vec<Draft>, StoreError> {
    let sql = format!("{DRAFT} ORDER BY d.kind, d.subject, d.lang");
    let rows: Vec<DraftRow> = all!(db, sqlx::AssertSqlSafe(sql.clone()));
    rows.into_iter().map(DraftRow::draft).collect()
}

const AUTHORS: &str = "SELECT v.author FROM versions v WHERE v.kind = 'text' AND v.subject = $1 AND v.author IS NOT NULL \
     AND v.number <= (SELECT MAX(p.number) FROM publications p WHERE p.kind = v.kind AND p.subject = v.subject AND p.lang = v.lang) \
     AND v.number > COALESCE((SELECT p.number FROM publications p WHERE p.kind = v.kind AND p.subject = v.subject \
     AND p.lang = v.lang ORDER BY p.number DESC LIMIT 1 OFFSET 1), 0)";

/// The accounts that wrote the latest published texts of an entry, including the drafts that led to them; none if all
/// of them came with a pack.
pub async fn authors_of_published(db: &Db, entry: &EntryKey) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = all!(db, AUTHORS, entry.as_str());
    Ok(rows.into_iter().map(|(author,)| author).collect())
}

/// The same inside a transaction.
pub async fn authors_of_published_in(tx: &mut Tx, entry: &EntryKey) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> =
        on_tx!(tx, c => async { sqlx::query_as(AUTHORS).bind(entry.as_str()).fetch_all(c).await })?;
    Ok(rows.into_iter().map(|(author,)| author).collect())
}
