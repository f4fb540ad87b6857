//! Questions left for a person, stored until they are closed.

use crate::domain::inbox::question::{Question, QuestionId};
use crate::domain::people::chat::ChatKey;
use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::lang::Lang;
use crate::store::content::rows::decode;
use crate::store::db::{Db, StoreError, Tx, all, maybe, maybe_in, on_tx, run};

const ROW: &str = "SELECT id, chat, lang, municipality, return_to, claimed_by, touched_at, created_at, first_answer_at, \
     danger FROM questions";

/// A question as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredQuestion {
    /// The part that everybody who may answer can see.
    pub question: Question,
    /// Its chat.
    pub chat: ChatKey,
    /// The person's address, encrypted.
    pub return_to: String,
    /// When its holder last acted on it, in seconds since 1970.
    pub touched_at: i64,
}

/// A new question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// Its id.
    pub id: QuestionId,
    /// Its language.
    pub lang: Lang,
    /// The municipality that is to answer.
    pub municipality: Option<MunicipalityKey>,
    /// The person's address, encrypted.
    pub return_to: String,
    /// When it was left, in seconds since 1970.
    pub created_at: i64,
    /// When it is deleted at the latest, in seconds since 1970.
    pub expires_at: i64,
    /// Whether its words are about danger.
    pub danger: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    chat: String,
    lang: String,
    municipality: Option<String>,
    return_to: String,
    claimed_by: Option<String>,
    touched_at: i64,
    created_at: i64,
    first_answer_at: Option<i64>,
    danger: i64,
}

impl Row {
    fn stored(self) -> Result<StoredQuestion, StoreError> {
        let municipality = match self.municipality {
            None => None,
            Some(key) => Some(decode("questions", "municipality", &key, key.parse().ok())?),
        };
        let question = Question {
            id: decode("questions", "id", &self.id, self.id.parse().ok())?,
            lang: decode("questions", "lang", &self.lang, Lang::parse(&self.lang))?,
            municipality,
            claimed_by: self.claimed_by,
            created_at: self.created_at,
            first_answer_at: self.first_answer_at,
            danger: self.danger != 0,
        };
        let chat = ChatKey::from_hash(self.chat);
        Ok(StoredQuestion { question, chat, return_to: self.return_to, touched_at: self.touched_at })
    }
}

/// Stores a question of a chat; false if the chat has an open one already.
pub async fn put(tx: &mut Tx, chat: &ChatKey, new: &NewQuestion) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO questions (id, chat, lang, municipality, return_to, touched_at, created_at, expires_at, danger) \
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8) ON CONFLICT (chat) DO NOTHING";
    let place = new.municipality.as_ref().map(MunicipalityKey::as_str);
    let (lang, at, until, danger) = (new.lang.code(), new.created_at, new.expires_at, i64::from(new.danger));
    Ok(run!(tx, SQL, new.id.as_str(), chat.as_str(), lang, place, &new.return_to, at, until, danger) == 1)
}

/// Marks a chat's open question as one about danger.
pub async fn speaks_of_danger(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    run!(tx, "UPDATE questions SET danger = 1 WHERE chat = $1", chat.as_str());
    Ok(())
}

/// Appends an encrypted line to a chat's open question; false if it has none.
pub async fn add_line(tx: &mut Tx, chat: &ChatKey, sealed: &str) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO question_lines (question, place, chat, sealed) SELECT q.id, \
         (SELECT COALESCE(MAX(l.place), -1) + 1 FROM question_lines l WHERE l.question = q.id), q.chat, $2 \
         FROM questions q WHERE q.chat = $1";
    Ok(run!(tx, SQL, chat.as_str(), sealed) == 1)
}

/// The encrypted lines of a question, in order.
pub async fn lines(db: &Db, id: &QuestionId) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "SELECT sealed FROM question_lines WHERE question = $1 ORDER BY place";
    let rows: Vec<(String,)> = all!(db, SQL, id.as_str());
    Ok(rows.into_iter().map(|(sealed,)| sealed).collect())
}

/// How many lines a question has, inside a transaction.
pub async fn count_lines(tx: &mut Tx, id: &QuestionId) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM question_lines WHERE question = $1";
    let row: Option<(i64,)> = maybe_in!(tx, SQL, id.as_str());
    Ok(row.map_or(0, |(count,)| count))
}

/// Every open question with its first encrypted line; those about danger first, then the oldest.
pub async fn list(db: &Db) -> Result<Vec<(StoredQuestion, Option<String>)>, StoreError> {
    let rows: Vec<Row> = all!(db, sqlx::AssertSqlSafe(format!("{ROW} ORDER BY danger DESC, created_at, id")));
    const FIRST: &str = "SELECT question, sealed FROM question_lines WHERE place = 0 ORDER BY question";
    let firsts: Vec<(String, String)> = all!(db, FIRST);
    let first = |id: &QuestionId| {
        let found = firsts.binary_search_by(|(question, _)| question.as_str().cmp(id.as_str()));
        found.ok().map(|place| firsts[place].1.clone())
    };
    let with_first = |row: Row| row.stored().map(|stored| (stored.clone(), first(&stored.question.id)));
    rows.into_iter().map(with_first).collect()
}

/// The question with this id.
pub async fn find(db: &Db, id: &QuestionId) -> Result<Option<StoredQuestion>, StoreError> {
    let row: Option<Row> = maybe!(db, sqlx::AssertSqlSafe(format!("{ROW} WHERE id = $1")), id.as_str());
    row.map(Row::stored).transpose()
}

/// The open question of a chat.
pub async fn of(db: &Db, chat: &ChatKey) -> Result<Option<StoredQuestion>, StoreError> {
    let row: Option<Row> = maybe!(db, sqlx::AssertSqlSafe(format!("{ROW} WHERE chat = $1")), chat.as_str());
    row.map(Row::stored).transpose()
}

/// A question inside a transaction, locked until the transaction ends.
pub async fn find_in(tx: &mut Tx, id: &QuestionId) -> Result<Option<StoredQuestion>, StoreError> {
    // An update takes the row lock on PostgreSQL; on SQLite the transaction has the whole file.
    run!(tx, "UPDATE questions SET touched_at = touched_at WHERE id = $1", id.as_str());
    let row: Option<Row> = maybe_in!(tx, sqlx::AssertSqlSafe(format!("{ROW} WHERE id = $1")), id.as_str());
    row.map(Row::stored).transpose()
}

/// Assigns a question to an account, or to nobody.
pub async fn give(tx: &mut Tx, id: &QuestionId, to: Option<&str>, now: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE questions SET claimed_by = $2, touched_at = $3 WHERE id = $1", id.as_str(), to, now);
    Ok(())
}

/// Hands a question over to a municipality: nobody has claimed it any more, and it is announced again.
pub async fn hand_over(tx: &mut Tx, id: &QuestionId, to: &MunicipalityKey, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE questions SET municipality = $2, claimed_by = NULL, touched_at = $3, announced_at = NULL \
         WHERE id = $1";
    run!(tx, SQL, id.as_str(), to.as_str(), now);
    Ok(())
}

/// Records that a question was answered.
pub async fn answered(tx: &mut Tx, id: &QuestionId, now: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE questions SET first_answer_at = COALESCE(first_answer_at, $2), touched_at = $2 WHERE id = $1";
    run!(tx, SQL, id.as_str(), now);
    Ok(())
}

/// Deletes a question with all its lines.
pub async fn delete(tx: &mut Tx, id: &QuestionId) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM questions WHERE id = $1", id.as_str());
    Ok(())
}

/// Deletes the question of a chat, if it has one.
pub async fn forget(tx: &mut Tx, chat: &ChatKey) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM questions WHERE chat = $1", chat.as_str());
    Ok(())
}

/// Up to `limit` questions that have expired by `now` (seconds since 1970).
pub async fn expired(tx: &mut Tx, now: i64, limit: i64) -> Result<Vec<StoredQuestion>, StoreError> {
    some(tx, "expires_at <= $1", now, limit).await
}

/// Up to `limit` claimed questions on which the holder has not acted since `before` (seconds since 1970).
pub async fn left_lying(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<StoredQuestion>, StoreError> {
    some(tx, "claimed_by IS NOT NULL AND touched_at <= $1", before, limit).await
}

/// Up to `limit` questions left by `now` (seconds since 1970) that have not been announced to staff.
pub async fn unannounced(tx: &mut Tx, now: i64, limit: i64) -> Result<Vec<StoredQuestion>, StoreError> {
    some(tx, "announced_at IS NULL AND created_at <= $1", now, limit).await
}

/// Records that a question was announced to staff.
pub async fn announced(tx: &mut Tx, id: &QuestionId, now: i64) -> Result<(), StoreError> {
    run!(tx, "UPDATE questions SET announced_at = $2 WHERE id = $1", id.as_str(), now);
    Ok(())
}

async fn some(tx: &mut Tx, which: &'static str, at: i64, limit: i64) -> Result<Vec<StoredQuestion>, StoreError> {
    let sql = format!("{ROW} WHERE {which} ORDER BY created_at, id LIMIT $2");
    let rows: Vec<Row> = on_tx!(tx, c => async {
        sqlx::query_as(sqlx::AssertSqlSafe(sql.clone())).bind(at).bind(limit).fetch_all(c).await
    })?;
    rows.into_iter().map(Row::stored).collect()
}

/// A question with lines that have not been announced to staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The question.
    pub stored: StoredQuestion,
    /// How many lines were announced; `None` if the question itself was not.
    pub told: Option<i64>,
}

/// Every question with lines that have not been announced to staff; those about danger first, then the oldest.
pub async fn with_news(db: &Db) -> Result<Vec<News>, StoreError> {
    const TOLD: &str = "SELECT id, announced_lines FROM questions WHERE announced_at IS NOT NULL ORDER BY id";
    let sql = format!(
        "{ROW} WHERE announced_at IS NULL \
         OR announced_lines < (SELECT COUNT(*) FROM question_lines l WHERE l.question = questions.id) \
         ORDER BY danger DESC, created_at, id"
    );
    let rows: Vec<Row> = all!(db, sqlx::AssertSqlSafe(sql.clone()));
    let told: Vec<(String, i64)> = all!(db, TOLD);
    let news = |row: Row| {
        let known = told.binary_search_by(|(id, _)| id.as_str().cmp(&row.id));
        let told = known.ok().map(|place| told[place].1);
        Ok(News { stored: row.stored()?, told })
    };
    rows.into_iter().map(news).collect()
}

/// Records how many lines were announced to staff, if it was `was` before; false if another process was faster or the
/// question is gone.
pub async fn told(tx: &mut Tx, id: &QuestionId, was: Option<i64>, lines: i64, now: i64) -> Result<bool, StoreError> {
    const NEW: &str =
        "UPDATE questions SET announced_at = $2, announced_lines = $3 WHERE id = $1 AND announced_at IS NULL";
    const MORE: &str = "UPDATE questions SET announced_at = $2, announced_lines = $3 WHERE id = $1 \
         AND announced_at IS NOT NULL AND announced_lines = $4";
    let rows = match was {
        None => run!(tx, NEW, id.as_str(), now, lines),
        Some(was) => run!(tx, MORE, id.as_str(), now, lines, was),
    };
    Ok(rows == 1)
}
