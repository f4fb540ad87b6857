//! All content that the municipality has written: read as a whole, and replaced as a whole.

pub mod bulk_drafts;
pub mod bulk_items;
pub mod drafts;
pub mod items;
pub mod overview;
pub mod proposed;
pub mod published_items;
pub(in crate::store) mod rows;
pub mod sources;
pub mod test_questions;
pub mod text_status;

use std::collections::{BTreeMap, HashMap};

use sqlx::QueryBuilder;

use self::rows::{
    EntryRow, MunicipalityRow, NoteRow, OfficeRow, PartRow, PhrasingRow, SourceRow, TextRow, TopicRow, decode, json,
    keys, lang, maybe_day, names, outdated_parts, parts,
};
use super::db::{Db, StoreError, Tx, all, maybe, on_tx, run};
use super::safety::danger;
use crate::domain::content::Content;
use crate::domain::content::entry::{Entry, Overdue, Text};
use crate::domain::content::note::LocalNote;
use crate::domain::content::phrasing::Phrasing;
use crate::domain::content::source::{Source, SourceKind};
use crate::domain::content::topic::Topic;
use crate::domain::offices::hours::Hours;
use crate::domain::offices::municipality::Municipality;
use crate::domain::offices::office::{Office, Service};
use crate::domain::offices::position::Position;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;

/// All marks of outdated parts.
pub(in crate::store) const OUTDATED_PARTS: &str =
    "SELECT entry, lang, aspect, outdated_on, outdated_lang, outdated_version FROM outdated_parts";
/// How many phrasings go into one statement: four values each, far below the limits of both databases.
const AT_ONCE: usize = 500;

/// All published content.
pub async fn load(db: &Db) -> Result<Content, StoreError> {
    Ok(Content {
        topics: topics(db).await?,
        entries: entries(db).await?,
        phrasings: phrasings(db).await?,
        sources: sources(db).await?,
        services: services(db).await?,
        municipalities: municipalities(db).await?,
        offices: offices(db).await?,
        notes: notes(db).await?,
        overdue: overdue(db).await?,
        danger: danger::load(db).await?,
        operator: operator(db).await?,
    })
}

async fn overdue(db: &Db) -> Result<Overdue, StoreError> {
    let row: Option<(String,)> = maybe!(db, "SELECT value FROM settings WHERE key = 'overdue'");
    row.map_or(Ok(Overdue::default()), |(name,)| decode("settings", "value", &name, Overdue::parse(&name)))
}

async fn operator(db: &Db) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe!(db, "SELECT value FROM settings WHERE key = 'operator'");
    Ok(row.map(|(value,)| value).filter(|value| !value.is_empty()))
}

async fn topics(db: &Db) -> Result<Vec<Topic>, StoreError> {
    let mut named = names("topic_names", all!(db, "SELECT topic AS of, lang, name FROM topic_names"))?;
    let rows: Vec<TopicRow> = all!(db, "SELECT key, emoji, discreet FROM topics ORDER BY place");
    let topic = |row: TopicRow| {
        let names = named.remove(&row.key).unwrap_or_default();
        let key = decode("topics", "key", &row.key, row.key.parse().ok())?;
        Ok(Topic { key, emoji: row.emoji, names, discreet: row.discreet })
    };
    rows.into_iter().map(topic).collect()
}

async fn entries(db: &Db) -> Result<Vec<Entry>, StoreError> {
    let mut texts: BTreeMap<String, BTreeMap<Lang, Text>> = BTreeMap::new();
    let rows: Vec<TextRow> = all!(
        db,
        "SELECT entry, lang, question, apart, answer, parts, checked_by, checked_on, checked_until, outdated_on, \
         outdated_lang, outdated_version, withdrawn FROM entry_texts"
    );
    let mut marks = outdated_parts(all!(db, OUTDATED_PARTS))?;
    for row in rows {
        let entry = row.entry.clone();
        let marks = marks.remove(&(entry.clone(), row.lang.clone())).unwrap_or_default();
        let (lang, text) = row.text(&marks)?;
        texts.entry(entry).or_default().insert(lang, text);
    }
    let mut sources = parts(all!(db, "SELECT entry AS of, source AS part FROM entry_sources ORDER BY entry, place"));
    let mut related = parts(all!(db, "SELECT entry AS of, related AS part FROM entry_related ORDER BY entry, place"));
    let rows: Vec<EntryRow> =
        all!(db, "SELECT key, service, discreet, provenance, rules_changed_on FROM entries ORDER BY place");
    let entry = |row: EntryRow| {
        Ok(Entry {
            texts: texts.remove(&row.key).unwrap_or_default(),
            sources: keys("entry_sources", "source", sources.remove(&row.key))?,
            related: keys("entry_related", "related", related.remove(&row.key))?,
            service: decode("entries", "service", &row.service, row.service.parse().ok())?,
            discreet: row.discreet,
            provenance: json("entries", "provenance", &row.provenance)?,
            rules_changed_on: maybe_day("entries", "rules_changed_on", row.rules_changed_on.as_deref())?,
            key: decode("entries", "key", &row.key, row.key.parse().ok())?,
        })
    };
    rows.into_iter().map(entry).collect()
}

async fn phrasings(db: &Db) -> Result<Vec<Phrasing>, StoreError> {
    let rows: Vec<PhrasingRow> = all!(db, "SELECT entry, lang, text FROM phrasings ORDER BY place");
    // Thousands of phrasings share some tens of entries: one copy of each key.
    let mut known: HashMap<String, EntryKey> = HashMap::new();
    let mut phrasings = Vec::with_capacity(rows.len());
    for PhrasingRow { entry, lang, text } in rows {
        let entry = match entry {
            None => None,
            Some(key) => match known.get(&key) {
                Some(known) => Some(known.clone()),
                None => {
                    let parsed: EntryKey = decode("phrasings", "entry", &key, key.parse().ok())?;
                    Some(known.entry(key).or_insert(parsed).clone())
                }
            },
        };
        phrasings.push(Phrasing { entry, lang: self::lang("phrasings", &lang)?, text });
    }
    Ok(phrasings)
}

/// The register of sources, in order.
pub async fn sources(db: &Db) -> Result<Vec<Source>, StoreError> {
    let mut titles = names("source_titles", all!(db, "SELECT source AS of, lang, title AS name FROM source_titles"))?;
    let rows: Vec<SourceRow> = all!(db, "SELECT key, kind, agency, year, link FROM sources ORDER BY place");
    let source = |row: SourceRow| {
        let year = match row.year {
            None => None,
            Some(year) => Some(decode("sources", "year", &year.to_string(), u16::try_from(year).ok())?),
        };
        Ok(Source {
            titles: titles.remove(&row.key).unwrap_or_default(),
            key: decode("sources", "key", &row.key, row.key.parse().ok())?,
            kind: decode("sources", "kind", &row.kind, SourceKind::parse(&row.kind))?,
            agency: row.agency,
            year,
            link: row.link,
        })
    };
    rows.into_iter().map(source).collect()
}

/// The kinds of service, in order.
pub async fn services(db: &Db) -> Result<Vec<Service>, StoreError> {
    let mut named = names("service_names", all!(db, "SELECT service AS of, lang, name FROM service_names"))?;
    let rows: Vec<(String,)> = all!(db, "SELECT key FROM services ORDER BY place");
    let service = |(key,): (String,)| {
        let names = named.remove(&key).unwrap_or_default();
        Ok(Service { key: decode("services", "key", &key, key.parse().ok())?, names })
    };
    rows.into_iter().map(service).collect()
}

/// The municipalities, in order.
pub async fn municipalities(db: &Db) -> Result<Vec<Municipality>, StoreError> {
    const TABLE: &str = "municipalities";
    let rows: Vec<PartRow> =
        all!(db, "SELECT municipality AS of, alias AS part FROM municipality_aliases ORDER BY municipality, place");
    let mut aliases = parts(rows);
    let rows: Vec<MunicipalityRow> =
        all!(db, "SELECT key, name, lat, lon, time_zone, overdue FROM municipalities ORDER BY place");
    let municipality = |row: MunicipalityRow| {
        Ok(Municipality {
            aliases: aliases.remove(&row.key).unwrap_or_default(),
            overdue: row.overdue()?,
            position: decode(TABLE, "lat", &row.key, Position::new(row.lat, row.lon).ok())?,
            time_zone: decode(TABLE, "time_zone", &row.time_zone, row.time_zone.parse().ok())?,
            key: decode(TABLE, "key", &row.key, row.key.parse().ok())?,
            name: row.name,
        })
    };
    rows.into_iter().map(municipality).collect()
}

/// The offices, in order, including closed ones.
pub async fn offices(db: &Db) -> Result<Vec<Office>, StoreError> {
    const TABLE: &str = "offices";
    let mut services =
        parts(all!(db, "SELECT office AS of, service AS part FROM office_services ORDER BY office, place"));
    let mut spoken = parts(all!(db, "SELECT office AS of, code AS part FROM office_languages ORDER BY office, place"));
    let rows: Vec<OfficeRow> = all!(
        db,
        "SELECT key, municipality, name, phone, address, lat, lon, approximate, hours, hours_checked, time_zone, active \
         FROM offices ORDER BY place"
    );
    let office = |row: OfficeRow| {
        Ok(Office {
            services: keys("office_services", "service", services.remove(&row.key))?,
            languages: spoken.remove(&row.key).unwrap_or_default(),
            municipality: decode(TABLE, "municipality", &row.municipality, row.municipality.parse().ok())?,
            position: row.position()?,
            hours: row.hours()?,
            time_zone: decode(TABLE, "time_zone", &row.time_zone, row.time_zone.parse().ok())?,
            key: decode(TABLE, "key", &row.key, row.key.parse().ok())?,
            name: row.name,
            phone: row.phone,
            address: row.address,
            approximate: row.approximate,
            hours_checked: row.hours_checked,
            active: row.active,
        })
    };
    rows.into_iter().map(office).collect()
}

/// The local notes, in order.
pub async fn notes(db: &Db) -> Result<Vec<LocalNote>, StoreError> {
    const TABLE: &str = "local_notes";
    let rows: Vec<NoteRow> = all!(db, "SELECT municipality, entry, lang, text FROM local_notes ORDER BY place");
    let note = |row: NoteRow| {
        Ok(LocalNote {
            municipality: decode(TABLE, "municipality", &row.municipality, row.municipality.parse().ok())?,
            entry: decode(TABLE, "entry", &row.entry, row.entry.parse().ok())?,
            lang: lang(TABLE, &row.lang)?,
            text: decode(TABLE, "text", &row.entry, Rich::parse(&row.text).ok())?,
        })
    };
    rows.into_iter().map(note).collect()
}

/// Replaces all content with this one.
///
/// # Errors
/// If something refers to a key that does not exist.
pub async fn replace(tx: &mut Tx, content: &Content) -> Result<(), StoreError> {
    clear(tx).await?;
    save_topics(tx, &content.topics).await?;
    save_services(tx, &content.services).await?;
    save_sources(tx, &content.sources).await?;
    save_entries(tx, &content.entries).await?;
    save_phrasings(tx, &content.phrasings).await?;
    save_municipalities(tx, &content.municipalities).await?;
    save_offices(tx, &content.offices).await?;
    save_notes(tx, &content.notes).await
}

async fn clear(tx: &mut Tx) -> Result<(), StoreError> {
    run!(tx, "DELETE FROM local_notes");
    run!(tx, "DELETE FROM phrasings");
    run!(tx, "DELETE FROM offices");
    run!(tx, "DELETE FROM municipalities");
    run!(tx, "DELETE FROM entries");
    run!(tx, "DELETE FROM sources");
    run!(tx, "DELETE FROM services");
    run!(tx, "DELETE FROM topics");
    Ok(())
}

async fn save_topics(tx: &mut Tx, topics: &[Topic]) -> Result<(), StoreError> {
    for (place, topic) in topics.iter().enumerate() {
        let key = topic.key.as_str();
        const TOPIC: &str = "INSERT INTO topics (key, place, emoji, discreet) VALUES ($1, $2, $3, $4)";
        run!(tx, TOPIC, key, place as i64, &topic.emoji, topic.discreet);
        for (lang, name) in &topic.names {
            run!(tx, "INSERT INTO topic_names (topic, lang, name) VALUES ($1, $2, $3)", key, lang.code(), name);
        }
    }
    Ok(())
}

async fn save_services(tx: &mut Tx, services: &[Service]) -> Result<(), StoreError> {
    for (place, service) in services.iter().enumerate() {
        let key = service.key.as_str();
        run!(tx, "INSERT INTO services (key, place) VALUES ($1, $2)", key, place as i64);
        for (lang, name) in &service.names {
            run!(tx, "INSERT INTO service_names (service, lang, name) VALUES ($1, $2, $3)", key, lang.code(), name);
        }
    }
    Ok(())
}

async fn save_sources(tx: &mut Tx, sources: &[Source]) -> Result<(), StoreError> {
    for (place, source) in sources.iter().enumerate() {
        let key = source.key.as_str();
        run!(
            tx,
            "INSERT INTO sources (key, place, kind, agency, year, link) VALUES ($1, $2, $3, $4, $5, $6)",
            key,
            place as i64,
            source.kind.name(),
            &source.agency,
            source.year.map(i64::from),
            &source.link,
        );
        for (lang, title) in &source.titles {
            run!(tx, "INSERT INTO source_titles (source, lang, title) VALUES ($1, $2, $3)", key, lang.code(), title);
        }
    }
    Ok(())
}

async fn save_entries(tx: &mut Tx, entries: &[Entry]) -> Result<(), StoreError> {
    for (place, entry) in entries.iter().enumerate() {
        let (key, topic) = (entry.key.as_str(), entry.key.topic());
        run!(
            tx,
            "INSERT INTO entries (key, place, topic, service, discreet, provenance) VALUES ($1, $2, $3, $4, $5, $6)",
            key,
            place as i64,
            topic.as_str(),
            entry.service.as_str(),
            entry.discreet,
            to_json(&entry.provenance),
        );
        for (lang, text) in &entry.texts {
            save_text(tx, key, *lang, text).await?;
        }
        for (place, source) in entry.sources.iter().enumerate() {
            run!(
                tx,
                "INSERT INTO entry_sources (entry, source, place) VALUES ($1, $2, $3)",
                key,
                source.as_str(),
                place as i64,
            );
        }
        for (place, related) in entry.related.iter().enumerate() {
            run!(
                tx,
                "INSERT INTO entry_related (entry, related, place) VALUES ($1, $2, $3)",
                key,
                related.as_str(),
                place as i64,
            );
        }
    }
    Ok(())
}

async fn save_text(tx: &mut Tx, entry: &str, lang: Lang, text: &Text) -> Result<(), StoreError> {
    let check = text.check.as_ref();
    let by = text.outdated.and_then(|outdated| outdated.by);
    run!(
        tx,
        "INSERT INTO entry_texts (entry, lang, question, apart, answer, parts, checked_by, checked_on, checked_until, \
         outdated_on, outdated_lang, outdated_version, withdrawn) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        entry,
        lang.code(),
        &text.question,
        &text.apart,
        text.answer.markdown(),
        to_json(&text.parts.iter().map(|(aspect, part)| (*aspect, part.text.markdown())).collect::<BTreeMap<_, _>>()),
        check.map(|check| check.by.as_str()),
        check.map(|check| check.on.to_string()),
        check.map(|check| check.until.to_string()),
        text.outdated.map(|outdated| outdated.on.to_string()),
        by.map(|(lang, _)| lang.code()),
        by.map(|(_, version)| version),
        &text.withdrawn,
    );
    Ok(())
}

/// Our own keys and texts as JSON, which cannot fail.
pub(in crate::store) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned())
}

async fn save_phrasings(tx: &mut Tx, phrasings: &[Phrasing]) -> Result<(), StoreError> {
    for (chunk, rows) in phrasings.chunks(AT_ONCE).enumerate() {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new("INSERT INTO phrasings (place, entry, lang, text) ");
            query.push_values(rows.iter().enumerate(), |mut row, (place, phrasing)| {
                row.push_bind((chunk * AT_ONCE + place) as i64);
                row.push_bind(phrasing.entry.as_ref().map(|key| key.as_str().to_owned()));
                row.push_bind(phrasing.lang.code());
                row.push_bind(phrasing.text.as_str());
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

async fn save_municipalities(tx: &mut Tx, municipalities: &[Municipality]) -> Result<(), StoreError> {
    for (place, municipality) in municipalities.iter().enumerate() {
        let key = municipality.key.as_str();
        run!(
            tx,
            "INSERT INTO municipalities (key, place, name, lat, lon, time_zone, overdue) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            key,
            place as i64,
            &municipality.name,
            municipality.position.lat(),
            municipality.position.lon(),
            municipality.time_zone.name(),
            municipality.overdue.map(Overdue::name),
        );
        for (place, alias) in municipality.aliases.iter().enumerate() {
            run!(
                tx,
                "INSERT INTO municipality_aliases (municipality, place, alias) VALUES ($1, $2, $3)",
                key,
                place as i64,
                alias,
            );
        }
    }
    Ok(())
}

async fn save_offices(tx: &mut Tx, offices: &[Office]) -> Result<(), StoreError> {
    for (place, office) in offices.iter().enumerate() {
        let key = office.key.as_str();
        run!(
            tx,
            "INSERT INTO offices (key, place, municipality, name, phone, address, lat, lon, approximate, hours, \
             hours_checked, time_zone, active) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            key,
            place as i64,
            office.municipality.as_str(),
            &office.name,
            &office.phone,
            &office.address,
            office.position.map(Position::lat),
            office.position.map(Position::lon),
            office.approximate,
            office.hours.as_ref().map(Hours::as_str),
            office.hours_checked,
            office.time_zone.name(),
            office.active,
        );
        for (place, service) in office.services.iter().enumerate() {
            run!(
                tx,
                "INSERT INTO office_services (office, service, place) VALUES ($1, $2, $3)",
                key,
                service.as_str(),
                place as i64,
            );
        }
        for (place, code) in office.languages.iter().enumerate() {
            run!(tx, "INSERT INTO office_languages (office, code, place) VALUES ($1, $2, $3)", key, code, place as i64);
        }
    }
    Ok(())
}

async fn save_notes(tx: &mut Tx, notes: &[LocalNote]) -> Result<(), StoreError> {
    for (place, note) in notes.iter().enumerate() {
        run!(
            tx,
            "INSERT INTO local_notes (municipality, entry, lang, place, text) VALUES ($1, $2, $3, $4, $5)",
            note.municipality.as_str(),
            note.entry.as_str(),
            note.lang.code(),
            place as i64,
            note.text.markdown(),
        );
    }
    Ok(())
}
