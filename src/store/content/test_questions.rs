//! The municipality's labelled questions: messages with the entry that should answer them.

use super::rows::{decode, lang};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::store::db::{Db, StoreError, Tx, all, maybe_in, run};

/// A labelled question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestQuestion {
    /// Its id: 32 hexadecimal digits.
    pub id: String,
    /// Its language.
    pub lang: Lang,
    /// Its words, as people write.
    pub text: String,
    /// The entry that should answer; `None` if no entry should.
    pub expected: Option<EntryKey>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    lang: String,
    text: String,
    expected: Option<String>,
}

/// All labelled questions, ordered by language and words.
pub async fn list(db: &Db) -> Result<Vec<TestQuestion>, StoreError> {
    const TABLE: &str = "test_questions";
    let rows: Vec<Row> = all!(db, "SELECT id, lang, text, expected FROM test_questions ORDER BY lang, text, id");
    let question = |row: Row| {
        let expected = match row.expected {
            None => None,
            Some(key) => Some(decode(TABLE, "expected", &key, key.parse().ok())?),
        };
        Ok(TestQuestion { id: row.id, lang: lang(TABLE, &row.lang)?, text: row.text, expected })
    };
    rows.into_iter().map(question).collect()
}

/// The number of labelled questions, inside a transaction.
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    let row: Option<(i64,)> = maybe_in!(tx, "SELECT COUNT(*) FROM test_questions");
    Ok(row.map_or(0, |(count,)| count))
}

/// Adds one; if its words exist in its language, replaces their expected entry instead. True if it was new.
pub async fn put(tx: &mut Tx, question: &TestQuestion) -> Result<bool, StoreError> {
    const AGAIN: &str = "UPDATE test_questions SET expected = $1 WHERE lang = $2 AND text = $3";
    const NEW: &str = "INSERT INTO test_questions (id, lang, text, expected) VALUES ($1, $2, $3, $4)";
    let TestQuestion { id, lang, text, expected } = question;
    let expected = expected.as_ref().map(EntryKey::as_str);
    if run!(tx, AGAIN, expected, lang.code(), text) > 0 {
        return Ok(false);
    }
    run!(tx, NEW, id, lang.code(), text, expected);
    Ok(true)
}

/// Deletes one and returns its words; `None` if it does not exist.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe_in!(tx, "DELETE FROM test_questions WHERE id = $1 RETURNING text", id);
    Ok(row.map(|(text,)| text))
}
