//! The municipality's changes to danger patterns and lines of help.

use crate::domain::safety::danger::{Danger, DangerEdits, DangerExample, DangerWord, Shows};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;
use crate::store::content::rows::{decode, lang};
use crate::store::db::{Db, StoreError, Tx, all, run};

const WORDS: &str = "danger_words";
const EXAMPLES: &str = "danger_examples";

/// All differences from the patterns and lines that come with the program.
pub async fn load(db: &Db) -> Result<DangerEdits, StoreError> {
    let mut edits = DangerEdits::default();
    let rows: Vec<(String, String, String, bool)> =
        all!(db, "SELECT lang, kind, words, own FROM danger_words ORDER BY lang, kind, words, own");
    for (code, kind, words, own) in rows {
        let word = DangerWord { lang: lang(WORDS, &code)?, kind: parsed(WORDS, &kind)?, words };
        if own { &mut edits.own } else { &mut edits.off }.push(word);
    }
    let rows: Vec<(String, String, String, String)> =
        all!(db, "SELECT lang, kind, level, text FROM danger_examples ORDER BY lang, kind, level, text");
    for (code, kind, level, text) in rows {
        let shows = decode(EXAMPLES, "level", &level, Shows::parse(&level))?;
        let (lang, kind) = (lang(EXAMPLES, &code)?, parsed(EXAMPLES, &kind)?);
        edits.examples.push(DangerExample { lang, kind, shows, text });
    }
    // The databases sort characters differently, and the order is learned from.
    edits.examples.sort();
    let rows: Vec<(String, String, String)> = all!(db, "SELECT lang, kind, text FROM danger_help ORDER BY lang, kind");
    for (code, kind, text) in rows {
        let key = (lang("danger_help", &code)?, parsed("danger_help", &kind)?);
        edits.help.insert(key, decode("danger_help", "text", &kind, Rich::parse(&text).ok())?);
    }
    Ok(edits)
}

fn parsed(table: &'static str, kind: &str) -> Result<Danger, StoreError> {
    decode(table, "kind", kind, Danger::parse(kind))
}

/// Replaces the examples of this kind and language.
pub async fn set_examples(
    tx: &mut Tx,
    (kind, lang): (Danger, Lang),
    examples: &[(Shows, String)],
) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM danger_examples WHERE lang = $1 AND kind = $2", lang.code(), kind.name());
    const SQL: &str =
        "INSERT INTO danger_examples (lang, kind, level, text) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    for (shows, text) in examples {
        run!(tx, SQL, lang.code(), kind.name(), shows.name(), text.as_str());
    }
    Ok(())
}

/// Adds words of the municipality (`own`), or turns a pattern of the program off; false if that was done already.
pub async fn add(tx: &mut Tx, word: &DangerWord, own: bool) -> Result<bool, StoreError> {
    const SQL: &str =
        "INSERT INTO danger_words (lang, kind, words, own) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    Ok(run!(tx, SQL, word.lang.code(), word.kind.name(), &word.words, own) == 1)
}

/// Undoes `add`; false if there is nothing to undo.
pub async fn remove(tx: &mut Tx, word: &DangerWord, own: bool) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM danger_words WHERE lang = $1 AND kind = $2 AND words = $3 AND own = $4";
    Ok(run!(tx, SQL, word.lang.code(), word.kind.name(), &word.words, own) == 1)
}

/// Sets a line of help; `None` restores the one that comes with the program.
pub async fn set_help(tx: &mut Tx, lang: Lang, kind: Danger, text: Option<&str>) -> Result<(), StoreError> {
    const SET: &str = "INSERT INTO danger_help (lang, kind, text) VALUES ($1, $2, $3) \
         ON CONFLICT (lang, kind) DO UPDATE SET text = excluded.text";
    match text {
        Some(text) => run!(tx, SET, lang.code(), kind.name(), text),
        None => run!(tx, "DELETE FROM danger_help WHERE lang = $1 AND kind = $2", lang.code(), kind.name()),
    };
    Ok(())
}
