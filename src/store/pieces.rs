//! Pieces as they are published: read and written one by one.

use sqlx::QueryBuilder;

use super::content_rows::{EntryRow, OfficeRow, keys, sane};
use super::db::{Db, StoreError, Tx, all, maybe, maybe_in, on_tx, run};
use crate::domain::body::{Body, FactsBody, NoteBody, OfficeBody, TextBody};
use crate::domain::entry::Check;
use crate::domain::id::{EntryKey, MunicipalityKey, OfficeKey};
use crate::domain::lang::Lang;
use crate::domain::piece::Piece;

/// How many phrasings go into one statement.
const AT_ONCE: usize = 500;

/// What is published of a piece.
///
/// # Errors
/// Where the database does not answer, or holds a row that makes no sense.
pub async fn published(db: &Db, piece: &Piece) -> Result<Option<Body>, StoreError> {
    Ok(match piece {
        Piece::Text(entry, lang) => text(db, entry, *lang).await?.map(Body::Text),
        Piece::Facts(entry) => facts(db, entry).await?.map(Body::Facts),
        Piece::Note(municipality, entry, lang) => note(db, municipality, entry, *lang).await?.map(Body::Note),
        Piece::Office(municipality, key) => office(db, municipality, key).await?.map(Body::Office),
    })
}

async fn text(db: &Db, entry: &EntryKey, lang: Lang) -> Result<Option<TextBody>, StoreError> {
    const TEXT: &str = "SELECT question, answer FROM entry_texts WHERE entry = $1 AND lang = $2";
    const PHRASINGS: &str = "SELECT text FROM phrasings WHERE entry = $1 AND lang = $2 ORDER BY place";
    let row: Option<(String, String)> = maybe!(db, TEXT, entry.as_str(), lang.code());
    let Some((question, answer)) = row else { return Ok(None) };
    let rows: Vec<(String,)> = all!(db, PHRASINGS, entry.as_str(), lang.code());
    Ok(Some(TextBody { question, answer, phrasings: rows.into_iter().map(|(text,)| text).collect() }))
}

async fn facts(db: &Db, entry: &EntryKey) -> Result<Option<FactsBody>, StoreError> {
    const FACTS: &str = "SELECT key, service, rules_changed_on FROM entries WHERE key = $1";
    let row: Option<EntryRow> = maybe!(db, FACTS, entry.as_str());
    let Some(row) = row else { return Ok(None) };
    let sources: Vec<(String,)> =
        all!(db, "SELECT source FROM entry_sources WHERE entry = $1 ORDER BY place", entry.as_str());
    let related: Vec<(String,)> =
        all!(db, "SELECT related FROM entry_related WHERE entry = $1 ORDER BY place", entry.as_str());
    let list = |rows: Vec<(String,)>| Some(rows.into_iter().map(|(key,)| key).collect());
    Ok(Some(FactsBody {
        service: sane("entries", "service", &row.service, row.service.parse().ok())?,
        sources: keys("entry_sources", "source", list(sources))?,
        related: keys("entry_related", "related", list(related))?,
    }))
}

async fn note(
    db: &Db,
    municipality: &MunicipalityKey,
    entry: &EntryKey,
    lang: Lang,
) -> Result<Option<NoteBody>, StoreError> {
    const SQL: &str = "SELECT text FROM local_notes WHERE municipality = $1 AND entry = $2 AND lang = $3";
    let row: Option<(String,)> = maybe!(db, SQL, municipality.as_str(), entry.as_str(), lang.code());
    Ok(row.map(|(text,)| NoteBody { text }))
}

async fn office(db: &Db, municipality: &MunicipalityKey, key: &OfficeKey) -> Result<Option<OfficeBody>, StoreError> {
    const SQL: &str = "SELECT key, municipality, name, phone, address, lat, lon, approximate, hours, hours_checked, time_zone, \
         active FROM offices WHERE key = $1 AND municipality = $2";
    let row: Option<OfficeRow> = maybe!(db, SQL, key.as_str(), municipality.as_str());
    let Some(row) = row else { return Ok(None) };
    let services: Vec<(String,)> =
        all!(db, "SELECT service FROM office_services WHERE office = $1 ORDER BY place", key.as_str());
    let languages: Vec<(String,)> =
        all!(db, "SELECT code FROM office_languages WHERE office = $1 ORDER BY place", key.as_str());
    Ok(Some(OfficeBody {
        services: keys("office_services", "service", Some(services.into_iter().map(|(key,)| key).collect()))?,
        languages: languages.into_iter().map(|(code,)| code).collect(),
        name: row.name,
        phone: row.phone.unwrap_or_default(),
        address: row.address.unwrap_or_default(),
        lat: row.lat,
        lon: row.lon,
        approximate: row.approximate,
        hours: row.hours,
        hours_checked: row.hours_checked,
        time_zone: row.time_zone,
        active: row.active,
    }))
}

/// Publishes what a piece says; `check` is who stands behind a text.
///
/// # Errors
/// Where the database does not answer, or the body refers to a key that is not there or belongs to another kind of piece.
pub async fn put(tx: &mut Tx, piece: &Piece, body: &Body, check: &Check) -> Result<(), StoreError> {
    match (piece, body) {
        (Piece::Text(entry, lang), Body::Text(body)) => put_text(tx, entry, *lang, body, check).await,
        (Piece::Facts(entry), Body::Facts(body)) => put_facts(tx, entry, body).await,
        (Piece::Note(place, entry, lang), Body::Note(body)) => put_note(tx, place, entry, *lang, body).await,
        (Piece::Office(place, key), Body::Office(body)) => put_office(tx, place, key, body).await,
        (Piece::Text(..) | Piece::Facts(_) | Piece::Note(..) | Piece::Office(..), _) => {
            Err(StoreError::Corrupt { table: "versions", column: "body", value: piece.to_string() })
        }
    }
}

async fn put_text(tx: &mut Tx, entry: &EntryKey, lang: Lang, body: &TextBody, check: &Check) -> Result<(), StoreError> {
    const TEXT: &str = "INSERT INTO entry_texts (entry, lang, question, answer, checked_by, checked_on, checked_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry, lang) DO UPDATE SET question = excluded.question, \
         answer = excluded.answer, checked_by = excluded.checked_by, checked_on = excluded.checked_on, \
         checked_until = excluded.checked_until, withdrawn = NULL";
    let (on, until) = (check.on.to_string(), check.until.to_string());
    run!(tx, TEXT, entry.as_str(), lang.code(), &body.question, &body.answer, &check.by, on.clone(), until.clone());
    run!(tx, "DELETE FROM phrasings WHERE entry = $1 AND lang = $2", entry.as_str(), lang.code());
    let first = next_place(tx, "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM phrasings").await?;
    for (chunk, texts) in body.phrasings.chunks(AT_ONCE).enumerate() {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new("INSERT INTO phrasings (place, entry, lang, text) ");
            query.push_values(texts.iter().enumerate(), |mut row, (place, text)| {
                row.push_bind(first + (chunk * AT_ONCE + place) as i64);
                row.push_bind(entry.as_str());
                row.push_bind(lang.code());
                row.push_bind(text.as_str());
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

async fn next_place(tx: &mut Tx, sql: &'static str) -> Result<i64, StoreError> {
    let row: Option<(i64,)> = maybe_in!(tx, sql);
    Ok(row.map_or(0, |(place,)| place))
}

async fn put_facts(tx: &mut Tx, entry: &EntryKey, body: &FactsBody) -> Result<(), StoreError> {
    const ENTRY: &str = "INSERT INTO entries (key, place, topic, service) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (key) DO UPDATE SET service = excluded.service";
    let place = next_place(tx, "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM entries").await?;
    let topic = entry.topic();
    run!(tx, ENTRY, entry.as_str(), place, topic.as_str(), body.service.as_str());
    run!(tx, "DELETE FROM entry_sources WHERE entry = $1", entry.as_str());
    run!(tx, "DELETE FROM entry_related WHERE entry = $1", entry.as_str());
    for (place, source) in body.sources.iter().enumerate() {
        const SQL: &str = "INSERT INTO entry_sources (entry, source, place) VALUES ($1, $2, $3) \
             ON CONFLICT (entry, source) DO NOTHING";
        run!(tx, SQL, entry.as_str(), source.as_str(), place as i64);
    }
    for (place, related) in body.related.iter().enumerate() {
        const SQL: &str = "INSERT INTO entry_related (entry, related, place) VALUES ($1, $2, $3) \
             ON CONFLICT (entry, related) DO NOTHING";
        run!(tx, SQL, entry.as_str(), related.as_str(), place as i64);
    }
    Ok(())
}

async fn put_note(
    tx: &mut Tx,
    municipality: &MunicipalityKey,
    entry: &EntryKey,
    lang: Lang,
    body: &NoteBody,
) -> Result<(), StoreError> {
    const GONE: &str = "DELETE FROM local_notes WHERE municipality = $1 AND entry = $2 AND lang = $3";
    const NOTE: &str = "INSERT INTO local_notes (municipality, entry, lang, place, text) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (municipality, entry, lang) DO UPDATE SET text = excluded.text";
    if body.text.trim().is_empty() {
        run!(tx, GONE, municipality.as_str(), entry.as_str(), lang.code());
        return Ok(());
    }
    let place = next_place(tx, "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM local_notes").await?;
    run!(tx, NOTE, municipality.as_str(), entry.as_str(), lang.code(), place, &body.text);
    Ok(())
}

async fn put_office(
    tx: &mut Tx,
    municipality: &MunicipalityKey,
    key: &OfficeKey,
    body: &OfficeBody,
) -> Result<(), StoreError> {
    const OFFICE: &str = "INSERT INTO offices (key, place, municipality, name, phone, address, lat, lon, approximate, hours, \
         hours_checked, time_zone, active) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT (key) DO UPDATE SET name = excluded.name, phone = excluded.phone, address = excluded.address, \
         lat = excluded.lat, lon = excluded.lon, approximate = excluded.approximate, hours = excluded.hours, \
         hours_checked = excluded.hours_checked, time_zone = excluded.time_zone, active = excluded.active";
    let place = next_place(tx, "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM offices").await?;
    run!(
        tx,
        OFFICE,
        key.as_str(),
        place,
        municipality.as_str(),
        &body.name,
        known(&body.phone),
        known(&body.address),
        body.lat,
        body.lon,
        body.approximate,
        &body.hours,
        body.hours_checked,
        &body.time_zone,
        body.active,
    );
    run!(tx, "DELETE FROM office_services WHERE office = $1", key.as_str());
    run!(tx, "DELETE FROM office_languages WHERE office = $1", key.as_str());
    for (place, service) in body.services.iter().enumerate() {
        const SQL: &str = "INSERT INTO office_services (office, service, place) VALUES ($1, $2, $3) \
             ON CONFLICT (office, service) DO NOTHING";
        run!(tx, SQL, key.as_str(), service.as_str(), place as i64);
    }
    for (place, code) in body.languages.iter().enumerate() {
        const SQL: &str = "INSERT INTO office_languages (office, code, place) VALUES ($1, $2, $3) ON CONFLICT (office, code) DO NOTHING";
        run!(tx, SQL, key.as_str(), code, place as i64);
    }
    Ok(())
}

fn known(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}
