//! Drafts, every version that was ever written, comments, and which versions were published.

use super::rows::decode;
use crate::domain::content::body::Body;
use crate::domain::content::draft::{Change, Draft, DraftState, Version};
use crate::domain::content::item::ContentItem;
use crate::domain::text::id::EntryKey;
use crate::store::db::{Db, StoreError, Tx, all, maybe, maybe_in, on_tx, run};

/// A draft with its newest version.
pub(in crate::store) const DRAFT: &str = "SELECT d.kind, d.subject, d.lang, d.number, d.state, d.change, d.batch, v.body, v.author, v.author_name, \
     v.saved_at FROM drafts d JOIN versions v ON v.kind = d.kind AND v.subject = d.subject AND v.lang = d.lang AND v.number = d.number";

/// A draft without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// About which piece.
    pub item: ContentItem,
    /// Its newest version.
    pub number: i64,
    /// Where it is on its way.
    pub state: DraftState,
    /// What it does to other languages.
    pub change: Change,
    /// Who wrote its newest version: the account and its name.
    pub author: Option<String>,
    /// The name of the author.
    pub author_name: String,
    /// When it was last touched, in seconds since 1970.
    pub updated_at: i64,
    /// The table by which it came, if it did.
    pub batch: Option<String>,
}

/// What somebody said about a version.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Comment {
    /// 32 hexadecimal digits.
    pub id: String,
    /// About which version.
    pub number: i64,
    /// Who.
    pub author_name: String,
    /// When, in seconds since 1970.
    pub written_at: i64,
    /// What.
    pub text: String,
}

/// A version that was published.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Publication {
    /// Which version.
    pub number: i64,
    /// When, in seconds since 1970.
    pub published_at: i64,
    /// By whom.
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

/// The draft of this piece.
pub async fn find(db: &Db, item: &ContentItem) -> Result<Option<Draft>, StoreError> {
    let sql = format!("{DRAFT} WHERE d.kind = $1 AND d.subject = $2 AND d.lang = $3");
    let (kind, subject, lang) = names(item);
    let row: Option<DraftRow> = maybe!(db, sqlx::AssertSqlSafe(sql.clone()), kind, subject.clone(), lang);
    row.map(DraftRow::draft).transpose()
}

/// The draft of this piece, inside a transaction: nobody changes it before the transaction ends.
pub async fn find_in(tx: &mut Tx, item: &ContentItem) -> Result<Option<Draft>, StoreError> {
    let (kind, subject, lang) = names(item);
    // A write takes the row's lock on PostgreSQL; on SQLite the transaction has the whole file.
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

/// All drafts, without what they say; those that were touched last come first.
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

/// Saves a draft with a new version, and gives the version's number; the piece's other versions stay.
///
/// # Errors
/// Where the database does not answer, or somebody else has saved a version in the same moment.
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

/// Adds a version without a draft, such as what a pack had brought; its number is the next, whatever the version says.
///
/// # Errors
/// Where the database does not answer, or somebody else has saved a version in the same moment.
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

/// The number of the newest version of a piece, inside a transaction; 0 where there is none.
pub async fn last_number(tx: &mut Tx, item: &ContentItem) -> Result<i64, StoreError> {
    let (kind, subject, lang) = names(item);
    let row: Option<(i64,)> = maybe_in!(tx, LAST, kind, subject.clone(), lang);
    Ok(row.map_or(0, |(number,)| number))
}

/// The number of the newest version of a piece, 0 where there is none: what an editor has to have seen.
pub async fn newest(db: &Db, item: &ContentItem) -> Result<i64, StoreError> {
    let (kind, subject, lang) = names(item);
    let row: Option<(i64,)> = maybe!(db, LAST, kind, subject.clone(), lang);
    Ok(row.map_or(0, |(number,)| number))
}

/// Moves a draft on its way.
pub async fn set_state(tx: &mut Tx, item: &ContentItem, state: DraftState, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE drafts SET state = $4, updated_at = $5 WHERE kind = $1 AND subject = $2 AND lang = $3";
    let (kind, subject, lang) = names(item);
    run!(tx, SQL, kind, subject.clone(), lang, state.name(), now);
    Ok(())
}

/// Drops a draft; what was written stays among the versions.
pub async fn drop(tx: &mut Tx, item: &ContentItem) -> Result<(), StoreError> {
    let (kind, subject, lang) = names(item);
    run!(tx, "DELETE FROM drafts WHERE kind = $1 AND subject = $2 AND lang = $3", kind, subject.clone(), lang);
    Ok(())
}

/// Every version of a piece, the newest first.
pub async fn versions(db: &Db, of: &ContentItem) -> Result<Vec<Version>, StoreError> {
    const SQL: &str = "SELECT number, body, author, author_name, saved_at FROM versions \
         WHERE kind = $1 AND subject = $2 AND lang = $3 ORDER BY number DESC";
    let (kind, subject, lang) = names(of);
    let rows: Vec<VersionRow> = all!(db, SQL, kind, subject.clone(), lang);
    rows.into_iter().map(|row| row.version(of)).collect()
}

/// One version of a piece.
pub async fn version(db: &Db, of: &ContentItem, number: i64) -> Result<Option<Version>, StoreError> {
    const SQL: &str = "SELECT number, body, author, author_name, saved_at FROM versions \
         WHERE kind = $1 AND subject = $2 AND lang = $3 AND number = $4";
    let (kind, subject, lang) = names(of);
    let row: Option<VersionRow> = maybe!(db, SQL, kind, subject.clone(), lang, number);
    row.map(|row| row.version(of)).transpose()
}

/// Notes that a version was published.
pub async fn published(tx: &mut Tx, item: &ContentItem, number: i64, by: &str, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO publications (kind, subject, lang, number, published_at, published_by) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, subject, lang, number, published_at) DO NOTHING";
    let (kind, subject, lang) = names(item);
    run!(tx, SQL, kind, subject.clone(), lang, number, now, by);
    Ok(())
}

/// What was published of a piece, the newest first.
pub async fn publications(db: &Db, of: &ContentItem) -> Result<Vec<Publication>, StoreError> {
    const SQL: &str = "SELECT number, published_at, published_by FROM publications \
         WHERE kind = $1 AND subject = $2 AND lang = $3 ORDER BY published_at DESC, number DESC";
    let (kind, subject, lang) = names(of);
    Ok(all!(db, SQL, kind, subject.clone(), lang))
}

/// The number of the version that was published last; 0 where none was.
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

/// The comments on a piece, the oldest first.
pub async fn comments(db: &Db, of: &ContentItem) -> Result<Vec<Comment>, StoreError> {
    const SQL: &str = "SELECT id, number, author_name, written_at, text FROM comments \
         WHERE kind = $1 AND subject = $2 AND lang = $3 ORDER BY written_at, id";
    let (kind, subject, lang) = names(of);
    Ok(all!(db, SQL, kind, subject.clone(), lang))
}

fn names(item: &ContentItem) -> (&'static str, String, &'static str) {
    (item.kind().name(), item.subject(), item.lang_code())
}

/// All drafts with what they say.
pub async fn list(db: &Db) -> Result<Vec<Draft>, StoreError> {
    let sql = format!("{DRAFT} ORDER BY d.kind, d.subject, d.lang");
    let rows: Vec<DraftRow> = all!(db, sqlx::AssertSqlSafe(sql.clone()));
    rows.into_iter().map(DraftRow::draft).collect()
}

const AUTHORS: &str = "SELECT v.author FROM versions v WHERE v.kind = 'text' AND v.subject = $1 AND v.author IS NOT NULL \
     AND v.number <= (SELECT MAX(p.number) FROM publications p WHERE p.kind = v.kind AND p.subject = v.subject AND p.lang = v.lang) \
     AND v.number > COALESCE((SELECT p.number FROM publications p WHERE p.kind = v.kind AND p.subject = v.subject \
     AND p.lang = v.lang ORDER BY p.number DESC LIMIT 1 OFFSET 1), 0)";

/// The accounts that wrote at what was published last of an entry's texts, each draft that led to it included; nobody where all of
/// it came with a pack.
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
