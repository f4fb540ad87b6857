//! Published content items, read one by one.

use super::proposed;
use super::published_items::BodyRow;
use super::rows::{EntryRow, OfficeRow, decode, json, keys};
use crate::domain::content::body::{Body, MetadataBody, NoteBody, OfficeBody, TextBody};
use crate::domain::content::item::ContentItem;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey};
use crate::domain::text::lang::Lang;
use crate::store::db::{Db, StoreError, all, maybe};

/// The published body of an item.
pub async fn published(db: &Db, item: &ContentItem) -> Result<Option<Body>, StoreError> {
    Ok(match item {
        ContentItem::Text(entry, lang) => text(db, entry, *lang).await?.map(Body::Text),
        ContentItem::Metadata(entry) => metadata(db, entry).await?.map(Body::Metadata),
        ContentItem::Note(municipality, entry, lang) => note(db, municipality, entry, *lang).await?.map(Body::Note),
        ContentItem::Office(municipality, key) => office(db, municipality, key).await?.map(Body::Office),
        ContentItem::Proposed(of) => proposed::published(db, of).await?.map(Body::Proposed),
    })
}

async fn text(db: &Db, entry: &EntryKey, lang: Lang) -> Result<Option<TextBody>, StoreError> {
    const TEXT: &str =
        "SELECT entry, lang, question, apart, answer, parts FROM entry_texts WHERE entry = $1 AND lang = $2";
    const PHRASINGS: &str = "SELECT text FROM phrasings WHERE entry = $1 AND lang = $2 ORDER BY place";
    let row: Option<BodyRow> = maybe!(db, TEXT, entry.as_str(), lang.code());
    let Some(row) = row else { return Ok(None) };
    let rows: Vec<(String,)> = all!(db, PHRASINGS, entry.as_str(), lang.code());
    row.body(rows.into_iter().map(|(text,)| text).collect()).map(Some)
}

async fn metadata(db: &Db, entry: &EntryKey) -> Result<Option<MetadataBody>, StoreError> {
    const METADATA: &str = "SELECT key, service, discreet, provenance, rules_changed_on FROM entries WHERE key = $1";
    let row: Option<EntryRow> = maybe!(db, METADATA, entry.as_str());
    let Some(row) = row else { return Ok(None) };
    let sources: Vec<(String,)> =
        all!(db, "SELECT source FROM entry_sources WHERE entry = $1 ORDER BY place", entry.as_str());
    let related: Vec<(String,)> =
        all!(db, "SELECT related FROM entry_related WHERE entry = $1 ORDER BY place", entry.as_str());
    let list = |rows: Vec<(String,)>| Some(rows.into_iter().map(|(key,)| key).collect());
    Ok(Some(MetadataBody {
        service: decode("entries", "service", &row.service, row.service.parse().ok())?,
        sources: keys("entry_sources", "source", list(sources))?,
        related: keys("entry_related", "related", list(related))?,
        discreet: row.discreet,
        provenance: json("entries", "provenance", &row.provenance)?,
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
    let services = keys("office_services", "service", Some(services.into_iter().map(|(key,)| key).collect()))?;
    Ok(Some(row.body(services, languages.into_iter().map(|(code,)| code).collect())))
}
