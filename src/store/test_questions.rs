//! Labelled questions: messages with the entry that ought to answer them, to see what a change would do.

use super::content_rows::{lang, sane};
use super::db::{Db, StoreError, all};
use crate::domain::id::EntryKey;
use crate::domain::lang::Lang;

/// A message with what ought to answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestQuestion {
    /// 32 hexadecimal digits.
    pub id: String,
    /// Its language.
    pub lang: Lang,
    /// As somebody wrote it.
    pub text: String,
    /// The entry; nothing where the bot should not answer.
    pub expected: Option<EntryKey>,
}

/// All of them.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn list(db: &Db) -> Result<Vec<TestQuestion>, StoreError> {
    const TABLE: &str = "test_questions";
    let rows: Vec<(String, String, String, Option<String>)> =
        all!(db, "SELECT id, lang, text, expected FROM test_questions ORDER BY lang, text, id");
    let question = |(id, code, text, expected): (String, String, String, Option<String>)| {
        let expected = match expected {
            None => None,
            Some(key) => Some(sane(TABLE, "expected", &key, key.parse().ok())?),
        };
        Ok(TestQuestion { id, lang: lang(TABLE, &code)?, text, expected })
    };
    rows.into_iter().map(question).collect()
}
