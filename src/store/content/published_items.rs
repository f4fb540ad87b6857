//! The published bodies of many content items, read inside the transaction that replaces them.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::proposed;
use super::rows::{OfficeRow, decode, json, keys, lang};
use crate::domain::content::body::{Body, MetadataBody, NoteBody, OfficeBody, TextBody};
use crate::domain::content::item::ContentItem;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey};
use crate::domain::text::lang::Lang;
use crate::store::db::{StoreError, Tx, on_tx};

/// How many keys go into one statement: up to three values each, far below the limits of both databases.
const AT_ONCE: usize = 1000;

/// The rows that match one of `keys`: `head` is the SQL up to `IN (`.
macro_rules! rows {
    ($tx:expr, $head:expr, $keys:expr, $end:expr, |$row:ident, $item:pat_param| $bind:expr) => {{
        let mut found = Vec::new();
        for some in $keys.chunks(AT_ONCE) {
            found.append(&mut on_tx!($tx, c => async {
                let mut query = QueryBuilder::new(concat!($head, " IN ("));
                query.push_values(some, |mut $row, $item| {
                    $bind;
                });
                query.push($end);
                query.build_query_as().fetch_all(c).await
            })?);
        }
        found
    }};
}

/// The published bodies of these items; unpublished items are missing.
pub async fn find(tx: &mut Tx, pieces: &[&ContentItem]) -> Result<HashMap<ContentItem, Body>, StoreError> {
    let mut found = HashMap::new();
    let (mut texts, mut entries, mut notes, mut offices) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            ContentItem::Text(entry, lang) => texts.push((entry, *lang)),
            ContentItem::Metadata(entry) => entries.push(entry),
            ContentItem::Note(municipality, entry, lang) => notes.push((municipality, entry, *lang)),
            ContentItem::Office(municipality, office) => offices.push((municipality, office)),
            ContentItem::Proposed(of) => {
                let body = proposed::published_in(tx, of).await?;
                found.extend(body.map(|body| ((*piece).clone(), Body::Proposed(body))));
            }
        }
    }
    find_texts(tx, &texts, &mut found).await?;
    find_metadata(tx, &entries, &mut found).await?;
    find_notes(tx, &notes, &mut found).await?;
    find_offices(tx, &offices, &mut found).await?;
    Ok(found)
}

type Found = HashMap<ContentItem, Body>;

async fn find_texts(tx: &mut Tx, texts: &[(&EntryKey, Lang)], found: &mut Found) -> Result<(), StoreError> {
    const TABLE: &str = "entry_texts";
    let rows: Vec<BodyRow> = rows!(
        tx,
        "SELECT entry, lang, question, apart, answer, parts FROM entry_texts WHERE (entry, lang)",
        texts,
        ")",
        |row, (entry, lang)| row.push_bind(entry.as_str()).push_bind(lang.code())
    );
    let said: Vec<(String, String, String)> = rows!(
        tx,
        "SELECT entry, lang, text FROM phrasings WHERE (entry, lang)",
        texts,
        ") ORDER BY place",
        |row, (entry, lang)| row.push_bind(entry.as_str()).push_bind(lang.code())
    );
    let mut phrasings: HashMap<(String, String), Vec<String>> = HashMap::new();
    for (entry, lang, text) in said {
        phrasings.entry((entry, lang)).or_default().push(text);
    }
    for row in rows {
        let entry = decode(TABLE, "entry", &row.entry, row.entry.parse().ok())?;
        let item = ContentItem::Text(entry, lang(TABLE, &row.lang)?);
        let phrasings = phrasings.remove(&(row.entry.clone(), row.lang.clone())).unwrap_or_default();
        found.insert(item, Body::Text(row.body(phrasings)?));
    }
    Ok(())
}

async fn find_metadata(tx: &mut Tx, entries: &[&EntryKey], found: &mut Found) -> Result<(), StoreError> {
    let rows: Vec<(String, String, bool, String)> =
        rows!(tx, "SELECT key, service, discreet, provenance FROM entries WHERE (key)", entries, ")", |row, entry| row
            .push_bind(entry.as_str()));
    let sources: Vec<(String, String)> = rows!(
        tx,
        "SELECT entry, source FROM entry_sources WHERE (entry)",
        entries,
        ") ORDER BY entry, place",
        |row, entry| row.push_bind(entry.as_str())
    );
    let related: Vec<(String, String)> = rows!(
        tx,
        "SELECT entry, related FROM entry_related WHERE (entry)",
        entries,
        ") ORDER BY entry, place",
        |row, entry| row.push_bind(entry.as_str())
    );
    let (mut sources, mut related) = (parts(sources), parts(related));
    for (key, service, discreet, provenance) in rows {
        let body = MetadataBody {
            discreet,
            provenance: json("entries", "provenance", &provenance)?,
            service: decode("entries", "service", &service, service.parse().ok())?,
            sources: keys("entry_sources", "source", sources.remove(&key))?,
            related: keys("entry_related", "related", related.remove(&key))?,
        };
        found.insert(ContentItem::Metadata(decode("entries", "key", &key, key.parse().ok())?), Body::Metadata(body));
    }
    Ok(())
}

async fn find_notes(
    tx: &mut Tx,
    notes: &[(&MunicipalityKey, &EntryKey, Lang)],
    found: &mut Found,
) -> Result<(), StoreError> {
    const TABLE: &str = "local_notes";
    let rows: Vec<(String, String, String, String)> = rows!(
        tx,
        "SELECT municipality, entry, lang, text FROM local_notes WHERE (municipality, entry, lang)",
        notes,
        ")",
        |row, (municipality, entry, lang)| row
            .push_bind(municipality.as_str())
            .push_bind(entry.as_str())
            .push_bind(lang.code())
    );
    for (municipality, entry, code, text) in rows {
        let municipality = decode(TABLE, "municipality", &municipality, municipality.parse().ok())?;
        let entry = decode(TABLE, "entry", &entry, entry.parse().ok())?;
        found.insert(ContentItem::Note(municipality, entry, lang(TABLE, &code)?), Body::Note(NoteBody { text }));
    }
    Ok(())
}

async fn find_offices(
    tx: &mut Tx,
    offices: &[(&MunicipalityKey, &OfficeKey)],
    found: &mut Found,
) -> Result<(), StoreError> {
    let rows: Vec<OfficeRow> = rows!(
        tx,
        "SELECT key, municipality, name, phone, address, lat, lon, approximate, hours, hours_checked, time_zone, active \
         FROM offices WHERE (key, municipality)",
        offices,
        ")",
        |row, (municipality, key)| row.push_bind(key.as_str()).push_bind(municipality.as_str())
    );
    let services: Vec<(String, String)> = rows!(
        tx,
        "SELECT office, service FROM office_services WHERE (office)",
        offices,
        ") ORDER BY office, place",
        |row, (_, key)| row.push_bind(key.as_str())
    );
    let languages: Vec<(String, String)> = rows!(
        tx,
        "SELECT office, code FROM office_languages WHERE (office)",
        offices,
        ") ORDER BY office, place",
        |row, (_, key)| row.push_bind(key.as_str())
    );
    let (mut services, mut languages) = (parts(services), parts(languages));
    for row in rows {
        let municipality = decode("offices", "municipality", &row.municipality, row.municipality.parse().ok())?;
        let key = decode("offices", "key", &row.key, row.key.parse().ok())?;
        let spoken = languages.remove(&row.key).unwrap_or_default();
        let services = keys("office_services", "service", services.remove(&row.key))?;
        found.insert(ContentItem::Office(municipality, key), Body::Office(row.body(services, spoken)));
    }
    Ok(())
}

fn parts(rows: Vec<(String, String)>) -> HashMap<String, Vec<String>> {
    let mut parts: HashMap<String, Vec<String>> = HashMap::new();
    for (of, part) in rows {
        parts.entry(of).or_default().push(part);
    }
    parts
}

/// A published text, without its status.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct BodyRow {
    entry: String,
    lang: String,
    question: String,
    apart: String,
    answer: String,
    parts: String,
}

impl BodyRow {
    /// The text with its phrasings, as it would be typed.
    pub(in crate::store) fn body(self, phrasings: Vec<String>) -> Result<TextBody, StoreError> {
        let parts = json("entry_texts", "parts", &self.parts)?;
        Ok(TextBody { question: self.question, apart: self.apart, answer: self.answer, parts, phrasings })
    }
}

impl OfficeRow {
    /// A published office, as it would be typed.
    pub(in crate::store) fn body(
        self,
        services: Vec<crate::domain::text::id::ServiceKey>,
        languages: Vec<String>,
    ) -> OfficeBody {
        OfficeBody {
            services,
            languages,
            name: self.name,
            phone: self.phone.unwrap_or_default(),
            address: self.address.unwrap_or_default(),
            lat: self.lat,
            lon: self.lon,
            approximate: self.approximate,
            hours: self.hours.unwrap_or_default(),
            hours_checked: self.hours_checked,
            time_zone: self.time_zone,
            active: self.active,
        }
    }
}
