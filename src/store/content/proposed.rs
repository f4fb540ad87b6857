//! Published sources, lines of help, danger words and withdrawal reasons: read, and replaced inside a transaction.

use super::rows::{SourceRow, decode};
use super::{sources, text_status};
use crate::domain::content::proposed::{DangerBody, Proposed, ProposedBody};
use crate::domain::content::source::{Source, SourceKind};
use crate::domain::safety::danger::{DangerWord, Shows};
use crate::domain::text::lang::Lang;
use crate::store::db::{Db, StoreError, Tx, all, maybe, maybe_in, on_tx, run};
use crate::store::safety::danger;

const SOURCE: &str = "SELECT key, kind, agency, year, link FROM sources WHERE key = $1";
const TITLES: &str = "SELECT lang, title FROM source_titles WHERE source = $1";
const HELP: &str = "SELECT text FROM danger_help WHERE lang = $1 AND kind = $2";
const WORDS: &str = "SELECT words, own FROM danger_words WHERE lang = $1 AND kind = $2 ORDER BY words, own";
const EXAMPLES: &str = "SELECT level, text FROM danger_examples WHERE lang = $1 AND kind = $2 ORDER BY level, text";
const REASON: &str = "SELECT withdrawn FROM entry_texts WHERE entry = $1 AND lang = $2 AND withdrawn <> ''";

/// The published body; `None` if it is as it comes with the program.
pub async fn published(db: &Db, of: &Proposed) -> Result<Option<ProposedBody>, StoreError> {
    Ok(match of {
        Proposed::Source(key) => {
            let row: Option<SourceRow> = maybe!(db, SOURCE, key.as_str());
            let titles: Vec<(String, String)> = all!(db, TITLES, key.as_str());
            row.map(|row| source(row, titles)).transpose()?.map(ProposedBody::Source)
        }
        Proposed::Help(kind, lang) => {
            let row: Option<(String,)> = maybe!(db, HELP, lang.code(), kind.name());
            row.map(|(text,)| ProposedBody::Help(text))
        }
        Proposed::Danger(kind, lang) => {
            let examples = all!(db, EXAMPLES, lang.code(), kind.name());
            words(all!(db, WORDS, lang.code(), kind.name()), examples)?
        }
        Proposed::Reason(entry, lang) => {
            let row: Option<(String,)> = maybe!(db, REASON, entry.as_str(), lang.code());
            row.map(|(text,)| ProposedBody::Reason(text))
        }
    })
}

/// The same inside a transaction.
pub async fn published_in(tx: &mut Tx, of: &Proposed) -> Result<Option<ProposedBody>, StoreError> {
    Ok(match of {
        Proposed::Source(key) => {
            let row: Option<SourceRow> = maybe_in!(tx, SOURCE, key.as_str());
            let titles: Vec<(String, String)> =
                on_tx!(tx, c => async { sqlx::query_as(TITLES).bind(key.as_str()).fetch_all(c).await })?;
            row.map(|row| source(row, titles)).transpose()?.map(ProposedBody::Source)
        }
        Proposed::Help(kind, lang) => {
            let row: Option<(String,)> = maybe_in!(tx, HELP, lang.code(), kind.name());
            row.map(|(text,)| ProposedBody::Help(text))
        }
        Proposed::Danger(kind, lang) => {
            let own = on_tx!(tx, c => async {
                sqlx::query_as(WORDS).bind(lang.code()).bind(kind.name()).fetch_all(c).await
            })?;
            let examples = on_tx!(tx, c => async {
                sqlx::query_as(EXAMPLES).bind(lang.code()).bind(kind.name()).fetch_all(c).await
            })?;
            words(own, examples)?
        }
        Proposed::Reason(entry, lang) => {
            let row: Option<(String,)> = maybe_in!(tx, REASON, entry.as_str(), lang.code());
            row.map(|(text,)| ProposedBody::Reason(text))
        }
    })
}

/// Replaces the published body; false if its target no longer exists.
pub async fn put(tx: &mut Tx, of: &Proposed, body: &ProposedBody) -> Result<bool, StoreError> {
    match (of, body) {
        (Proposed::Source(_), ProposedBody::Source(source)) => sources::save(tx, source).await.map(|()| true),
        (Proposed::Help(kind, lang), ProposedBody::Help(text)) => {
            let text = Some(text.as_str()).filter(|text| !text.is_empty());
            danger::set_help(tx, *lang, *kind, text).await.map(|()| true)
        }
        (Proposed::Danger(kind, lang), ProposedBody::Danger(body)) => {
            run!(tx, "DELETE FROM danger_words WHERE lang = $1 AND kind = $2", lang.code(), kind.name());
            let own = body.own.iter().map(|words| (words, true));
            for (words, own) in own.chain(body.off.iter().map(|words| (words, false))) {
                danger::add(tx, &DangerWord { lang: *lang, kind: *kind, words: words.clone() }, own).await?;
            }
            danger::set_examples(tx, (*kind, *lang), &body.examples).await?;
            Ok(true)
        }
        (Proposed::Reason(entry, lang), ProposedBody::Reason(reason)) => {
            text_status::give_reason(tx, entry, *lang, reason).await
        }
        (Proposed::Source(_) | Proposed::Help(..) | Proposed::Danger(..) | Proposed::Reason(..), _) => {
            Err(StoreError::Corrupt { table: "versions", column: "body", value: of.subject() })
        }
    }
}

fn words(rows: Vec<(String, bool)>, examples: Vec<(String, String)>) -> Result<Option<ProposedBody>, StoreError> {
    let mut body = DangerBody::default();
    for (words, own) in rows {
        if own { &mut body.own } else { &mut body.off }.push(words);
    }
    for (level, text) in examples {
        body.examples.push((decode("danger_examples", "level", &level, Shows::parse(&level))?, text));
    }
    // The databases sort characters differently.
    body.own.sort();
    body.off.sort();
    body.examples.sort();
    Ok((body != DangerBody::default()).then_some(ProposedBody::Danger(body)))
}

fn source(row: SourceRow, titles: Vec<(String, String)>) -> Result<Source, StoreError> {
    let year = match row.year {
        None => None,
        Some(year) => Some(decode("sources", "year", &year.to_string(), u16::try_from(year).ok())?),
    };
    let title = |(code, title): (String, String)| {
        let lang: Lang = decode("source_titles", "lang", &code, Lang::parse(&code))?;
        Ok((lang, title))
    };
    Ok(Source {
        titles: titles.into_iter().map(title).collect::<Result<_, StoreError>>()?,
        key: decode("sources", "key", &row.key, row.key.parse().ok())?,
        kind: decode("sources", "kind", &row.kind, SourceKind::parse(&row.kind))?,
        agency: row.agency,
        year,
        link: row.link,
    })
}
