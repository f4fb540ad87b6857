//! Publishes content items by the thousand, as imports bring them: few statements, so that the database is not blocked
//! for long.

use std::collections::{HashMap, HashSet};

use sqlx::QueryBuilder;

use super::rows::decode;
use super::to_json;
use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::{MetadataBody, NoteBody, OfficeBody, TextBody};
use crate::domain::content::entry::Check;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey};
use crate::domain::text::lang::Lang;
use crate::store::db::{StoreError, Tx, maybe_in, on_tx, run};

/// How many rows go into one statement: up to thirteen values each, far below the limits of both databases.
const AT_ONCE: usize = 500;

/// Inserts rows in few statements: `head` is the SQL up to VALUES, `end` the rest. Returns how many were affected.
macro_rules! insert {
    ($tx:expr, $head:expr, $rows:expr, $end:expr, |$row:ident, $item:pat_param| $bind:expr) => {{
        let mut touched = 0;
        for some in $rows.chunks(AT_ONCE) {
            touched += on_tx!($tx, c => async {
                let mut query = QueryBuilder::new($head);
                query.push_values(some, |mut $row, $item| {
                    $bind;
                });
                query.push($end);
                query.build().execute(c).await.map(|done| done.rows_affected())
            })?;
        }
        touched
    }};
}

/// Runs a statement on the rows that match one of `keys`: `head` is the SQL up to `IN (`.
macro_rules! on_rows {
    ($tx:expr, $head:expr, $keys:expr, |$row:ident, $item:pat_param| $bind:expr) => {
        insert!($tx, concat!($head, " IN ("), $keys, ")", |$row, $item| $bind)
    };
}

async fn next_place(tx: &mut Tx, sql: &'static str) -> Result<i64, StoreError> {
    let row: Option<(i64,)> = maybe_in!(tx, sql);
    Ok(row.map_or(0, |(place,)| place))
}

/// Numbers items from `first` on.
fn placed<T>(first: i64, items: impl Iterator<Item = T>) -> Vec<(i64, T)> {
    (first..).zip(items).collect()
}

/// Publishes texts with their phrasings; `check` is their verification, `None` if they have none. No text may occur
/// twice.
///
/// # Errors
/// If an entry does not exist.
pub async fn put_texts(
    tx: &mut Tx,
    texts: &[(&EntryKey, Lang, &TextBody)],
    check: Option<&Check>,
) -> Result<(), StoreError> {
    // A native speaker has read the old words, not the new ones.
    const END: &str = " ON CONFLICT (entry, lang) DO UPDATE SET question = excluded.question, \
         apart = excluded.apart, answer = excluded.answer, parts = excluded.parts, \
         checked_by = excluded.checked_by, checked_on = excluded.checked_on, \
         checked_until = excluded.checked_until, withdrawn = NULL, \
         native_read_by = CASE WHEN entry_texts.question = excluded.question \
         AND entry_texts.answer = excluded.answer AND entry_texts.parts = excluded.parts \
         THEN entry_texts.native_read_by END, \
         native_read_on = CASE WHEN entry_texts.question = excluded.question \
         AND entry_texts.answer = excluded.answer AND entry_texts.parts = excluded.parts \
         THEN entry_texts.native_read_on END";
    let by = check.map(|check| check.by.as_str());
    let (on, until) = (check.map(|check| check.on.to_string()), check.map(|check| check.until.to_string()));
    insert!(
        tx,
        "INSERT INTO entry_texts (entry, lang, question, apart, answer, parts, checked_by, checked_on, checked_until) ",
        texts,
        END,
        |row, (entry, lang, body)| {
            row.push_bind(entry.as_str()).push_bind(lang.code());
            row.push_bind(body.question.as_str()).push_bind(body.apart.as_str());
            row.push_bind(body.answer.as_str()).push_bind(to_json(&body.parts));
            row.push_bind(by).push_bind(on.as_deref()).push_bind(until.as_deref());
        }
    );
    on_rows!(tx, "DELETE FROM phrasings WHERE (entry, lang)", texts, |row, (entry, lang, _)| row
        .push_bind(entry.as_str())
        .push_bind(lang.code()));
    let first = next_place(tx, "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM phrasings").await?;
    let lines = texts.iter().flat_map(|(entry, lang, body)| body.phrasings.iter().map(move |text| (entry, lang, text)));
    let lines = placed(first, lines);
    insert!(tx, "INSERT INTO phrasings (place, entry, lang, text) ", lines, "", |row, (place, (entry, lang, text))| {
        row.push_bind(*place).push_bind(entry.as_str()).push_bind(lang.code()).push_bind(text.as_str())
    });
    Ok(())
}

/// Publishes the metadata of entries; new entries come last. No entry may occur twice.
///
/// # Errors
/// If a source, a service or a topic does not exist.
pub async fn put_metadata(tx: &mut Tx, metadata: &[(&EntryKey, &MetadataBody)]) -> Result<(), StoreError> {
    let first = next_place(tx, "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM entries").await?;
    let entries = placed(first, metadata.iter());
    insert!(
        tx,
        "INSERT INTO entries (key, place, topic, service, discreet, provenance) ",
        entries,
        " ON CONFLICT (key) DO UPDATE SET service = excluded.service, discreet = excluded.discreet, \
         provenance = excluded.provenance",
        |row, (place, (entry, body))| {
            row.push_bind(entry.as_str()).push_bind(*place);
            row.push_bind(entry.topic().as_str().to_owned()).push_bind(body.service.as_str());
            row.push_bind(body.discreet).push_bind(to_json(&body.provenance));
        }
    );
    on_rows!(tx, "DELETE FROM entry_sources WHERE (entry)", metadata, |row, (entry, _)| row.push_bind(entry.as_str()));
    on_rows!(tx, "DELETE FROM entry_related WHERE (entry)", metadata, |row, (entry, _)| row.push_bind(entry.as_str()));
    let sources: Vec<_> = metadata
        .iter()
        .flat_map(|(entry, body)| placed(0, body.sources.iter()).into_iter().map(move |source| (entry, source)))
        .collect();
    insert!(
        tx,
        "INSERT INTO entry_sources (entry, source, place) ",
        sources,
        " ON CONFLICT (entry, source) DO NOTHING",
        |row, (entry, (place, source))| row.push_bind(entry.as_str()).push_bind(source.as_str()).push_bind(*place)
    );
    let related: Vec<_> = metadata
        .iter()
        .flat_map(|(entry, body)| placed(0, body.related.iter()).into_iter().map(move |other| (entry, other)))
        .collect();
    insert!(
        tx,
        "INSERT INTO entry_related (entry, related, place) ",
        related,
        " ON CONFLICT (entry, related) DO NOTHING",
        |row, (entry, (place, other))| row.push_bind(entry.as_str()).push_bind(other.as_str()).push_bind(*place)
    );
    Ok(())
}

/// Publishes notes; an empty one deletes the published note. No note may occur twice.
///
/// # Errors
/// If an entry does not exist.
pub async fn put_notes(
    tx: &mut Tx,
    notes: &[(&MunicipalityKey, &EntryKey, Lang, &NoteBody)],
) -> Result<(), StoreError> {
    let (said, gone): (Vec<_>, Vec<_>) = notes.iter().partition(|(_, _, _, body)| !body.text.trim().is_empty());
    on_rows!(tx, "DELETE FROM local_notes WHERE (municipality, entry, lang)", gone, |row,
                                                                                     (
        municipality,
        entry,
        lang,
        _,
    )| row
        .push_bind(municipality.as_str())
        .push_bind(entry.as_str())
        .push_bind(lang.code()));
    let first = next_place(tx, "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM local_notes").await?;
    let said = placed(first, said.into_iter());
    insert!(
        tx,
        "INSERT INTO local_notes (municipality, entry, lang, place, text) ",
        said,
        " ON CONFLICT (municipality, entry, lang) DO UPDATE SET text = excluded.text",
        |row, (place, (municipality, entry, lang, body))| {
            row.push_bind(municipality.as_str()).push_bind(entry.as_str()).push_bind(lang.code());
            row.push_bind(*place).push_bind(body.text.as_str());
        }
    );
    Ok(())
}

/// Publishes offices; new ones come last. No office may occur twice.
///
/// # Errors
/// If a service does not exist, or another municipality has an office with this key.
pub async fn put_offices(
    tx: &mut Tx,
    offices: &[(&MunicipalityKey, &OfficeKey, &OfficeBody)],
) -> Result<(), StoreError> {
    const END: &str = " ON CONFLICT (key) DO UPDATE SET name = excluded.name, phone = excluded.phone, \
         address = excluded.address, lat = excluded.lat, lon = excluded.lon, approximate = excluded.approximate, \
         hours = excluded.hours, hours_checked = excluded.hours_checked, time_zone = excluded.time_zone, \
         active = excluded.active WHERE offices.municipality = excluded.municipality";
    let keys: HashSet<&OfficeKey> = offices.iter().map(|(_, key, _)| *key).collect();
    let first = next_place(tx, "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM offices").await?;
    let rows = placed(first, offices.iter());
    // A key belongs to the municipality that took it first: no other may overwrite its office.
    let own = keys.len() == offices.len()
        && insert!(
            tx,
            "INSERT INTO offices (key, place, municipality, name, phone, address, lat, lon, approximate, hours, \
             hours_checked, time_zone, active) ",
            rows,
            END,
            |row, (place, (municipality, key, body))| {
                row.push_bind(key.as_str()).push_bind(*place).push_bind(municipality.as_str());
                row.push_bind(body.name.as_str()).push_bind(known(&body.phone)).push_bind(known(&body.address));
                row.push_bind(body.lat).push_bind(body.lon).push_bind(body.approximate);
                row.push_bind(known(&body.hours)).push_bind(body.hours_checked);
                row.push_bind(body.time_zone.as_str()).push_bind(body.active);
            }
        ) == offices.len() as u64;
    decode("offices", "municipality", "another", own.then_some(()))?;
    put_parts(tx, offices).await
}

/// Replaces the services and languages of offices.
async fn put_parts(tx: &mut Tx, offices: &[(&MunicipalityKey, &OfficeKey, &OfficeBody)]) -> Result<(), StoreError> {
    on_rows!(tx, "DELETE FROM office_services WHERE (office)", offices, |row, (_, key, _)| row.push_bind(key.as_str()));
    on_rows!(tx, "DELETE FROM office_languages WHERE (office)", offices, |row, (_, key, _)| row
        .push_bind(key.as_str()));
    let services: Vec<_> = offices
        .iter()
        .flat_map(|(_, key, body)| placed(0, body.services.iter()).into_iter().map(move |part| (key, part)))
        .collect();
    insert!(
        tx,
        "INSERT INTO office_services (office, service, place) ",
        services,
        " ON CONFLICT (office, service) DO NOTHING",
        |row, (key, (place, service))| row.push_bind(key.as_str()).push_bind(service.as_str()).push_bind(*place)
    );
    let languages: Vec<_> = offices
        .iter()
        .flat_map(|(_, key, body)| placed(0, body.languages.iter()).into_iter().map(move |part| (key, part)))
        .collect();
    insert!(
        tx,
        "INSERT INTO office_languages (office, code, place) ",
        languages,
        " ON CONFLICT (office, code) DO NOTHING",
        |row, (key, (place, code))| row.push_bind(key.as_str()).push_bind(code.as_str()).push_bind(*place)
    );
    Ok(())
}

fn known(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// An outdated text: its entry and language, the language that changed, and the last version there that it matches.
pub type Left<'a> = (&'a EntryKey, Lang, Lang, i64);

/// An outdated part: its aspect, and the rest as for a text.
pub type LeftPart<'a> = (Aspect, Left<'a>);

/// Marks texts with all their parts as up to date with the other languages.
pub async fn up_to_date(tx: &mut Tx, texts: &[(&EntryKey, Lang)]) -> Result<(), StoreError> {
    leads_up_to_date(tx, texts).await?;
    on_rows!(tx, "DELETE FROM outdated_parts WHERE (entry, lang)", texts, |row, (entry, lang)| row
        .push_bind(entry.as_str())
        .push_bind(lang.code()));
    Ok(())
}

/// Marks texts as up to date with the other languages, without their parts.
pub async fn leads_up_to_date(tx: &mut Tx, texts: &[(&EntryKey, Lang)]) -> Result<(), StoreError> {
    on_rows!(
        tx,
        "UPDATE entry_texts SET outdated_on = NULL, outdated_lang = NULL, outdated_version = NULL WHERE (entry, lang)",
        texts,
        |row, (entry, lang)| row.push_bind(entry.as_str()).push_bind(lang.code())
    );
    Ok(())
}

/// Marks parts as up to date with the other languages.
pub async fn parts_up_to_date(tx: &mut Tx, parts: &[(Aspect, (&EntryKey, Lang))]) -> Result<(), StoreError> {
    on_rows!(tx, "DELETE FROM outdated_parts WHERE (entry, lang, aspect)", parts, |row, (aspect, (entry, lang))| row
        .push_bind(entry.as_str())
        .push_bind(lang.code())
        .push_bind(aspect.name()));
    Ok(())
}

/// Marks parts as outdated from `day` on; those that are already keep their own day. Languages without a text have no
/// part that could be outdated.
pub async fn outdate_parts(tx: &mut Tx, left: &[LeftPart<'_>], day: chrono::NaiveDate) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO outdated_parts (entry, lang, aspect, outdated_on, outdated_lang, outdated_version) \
         SELECT entry, lang, $3, $4, $5, $6 FROM entry_texts WHERE entry = $1 AND lang = $2 \
         ON CONFLICT (entry, lang, aspect) DO NOTHING";
    for (aspect, (entry, lang, changed, version)) in left {
        let day = day.to_string();
        run!(tx, SQL, entry.as_str(), lang.code(), aspect.name(), day.clone(), changed.code(), *version);
    }
    Ok(())
}

/// Marks texts as outdated from `day` on; those that are already keep their own day. If a text occurs twice, the first
/// counts.
/// `undivided`: only texts without parts.
pub async fn outdate(
    tx: &mut Tx,
    left: &[Left<'_>],
    day: chrono::NaiveDate,
    undivided: bool,
) -> Result<(), StoreError> {
    let mut seen: HashMap<(&EntryKey, Lang), ()> = HashMap::new();
    let once: Vec<_> = left.iter().filter(|(entry, lang, _, _)| seen.insert((entry, *lang), ()).is_none()).collect();
    let day = day.to_string();
    // Both databases name the columns of VALUES `column1` and on.
    for some in once.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new("UPDATE entry_texts SET outdated_on = ");
            query.push_bind(day.as_str());
            query.push(", outdated_lang = left_behind.column3, outdated_version = left_behind.column4 FROM (");
            query.push_values(some, |mut row, (entry, lang, changed, version)| {
                row.push_bind(entry.as_str()).push_bind(lang.code()).push_bind(changed.code()).push_bind(*version);
            });
            query.push(
                ") AS left_behind WHERE entry_texts.entry = left_behind.column1 AND entry_texts.lang = left_behind.column2 \
                 AND entry_texts.outdated_on IS NULL",
            );
            query.push(if undivided { " AND entry_texts.parts = '{}'" } else { "" });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}
