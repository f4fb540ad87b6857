//! The list of municipalities, and the municipality of an office.

use crate::domain::content::entry::Overdue;
use crate::domain::offices::municipality::Municipality;
use crate::domain::offices::position::Position;
use crate::domain::text::id::{MunicipalityKey, OfficeKey};
use crate::store::content::rows::{MunicipalityRow, decode};
use crate::store::db::{Db, StoreError, Tx, maybe, maybe_in, on_tx, run};

const TABLE: &str = "municipalities";

/// Adds a municipality at the end of the list; false if its key is taken.
pub async fn add(tx: &mut Tx, municipality: &Municipality) -> Result<bool, StoreError> {
    const NEXT: &str = "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM municipalities";
    const ADD: &str = "INSERT INTO municipalities (key, place, name, lat, lon, time_zone, overdue) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (key) DO NOTHING";
    let next: Option<(i64,)> = maybe_in!(tx, NEXT);
    let place = next.map_or(0, |(place,)| place);
    let Municipality { key, name, position, time_zone, overdue, .. } = municipality;
    let overdue = overdue.map(Overdue::name);
    if run!(tx, ADD, key.as_str(), place, name, position.lat(), position.lon(), time_zone.name(), overdue) == 0 {
        return Ok(false);
    }
    set_aliases(tx, municipality).await?;
    Ok(true)
}

/// Saves a municipality's name, position, time zone and aliases.
pub async fn save(tx: &mut Tx, municipality: &Municipality) -> Result<(), StoreError> {
    const SAVE: &str = "UPDATE municipalities SET name = $2, lat = $3, lon = $4, time_zone = $5 WHERE key = $1";
    let Municipality { key, name, position, time_zone, .. } = municipality;
    run!(tx, SAVE, key.as_str(), name, position.lat(), position.lon(), time_zone.name());
    set_aliases(tx, municipality).await
}

/// Sets how overdue answers are treated in a municipality's chats; `None` means as the installation does.
pub async fn set_overdue(tx: &mut Tx, key: &MunicipalityKey, overdue: Option<Overdue>) -> Result<(), StoreError> {
    run!(tx, "UPDATE municipalities SET overdue = $2 WHERE key = $1", key.as_str(), overdue.map(Overdue::name));
    Ok(())
}

async fn set_aliases(tx: &mut Tx, municipality: &Municipality) -> Result<(), StoreError> {
    const ALIAS: &str = "INSERT INTO municipality_aliases (municipality, place, alias) VALUES ($1, $2, $3)";
    let key = municipality.key.as_str();
    run!(tx, "DELETE FROM municipality_aliases WHERE municipality = $1", key);
    for (place, alias) in municipality.aliases.iter().enumerate() {
        run!(tx, ALIAS, key, place as i64, alias);
    }
    Ok(())
}

/// The municipality with this key, inside a transaction; locked until the transaction ends.
pub async fn find_in(tx: &mut Tx, key: &MunicipalityKey) -> Result<Option<Municipality>, StoreError> {
    const FIND: &str = "SELECT key, name, lat, lon, time_zone, overdue FROM municipalities WHERE key = $1";
    const ALIASES: &str = "SELECT alias FROM municipality_aliases WHERE municipality = $1 ORDER BY place";
    // An update takes the row lock on PostgreSQL; on SQLite the transaction has the whole file.
    run!(tx, "UPDATE municipalities SET place = place WHERE key = $1", key.as_str());
    let row: Option<MunicipalityRow> = maybe_in!(tx, FIND, key.as_str());
    let Some(row) = row else { return Ok(None) };
    let aliases: Vec<(String,)> =
        on_tx!(tx, c => async { sqlx::query_as(ALIASES).bind(key.as_str()).fetch_all(c).await })?;
    Ok(Some(Municipality {
        key: key.clone(),
        aliases: aliases.into_iter().map(|(alias,)| alias).collect(),
        overdue: row.overdue()?,
        position: decode(TABLE, "lat", &row.key, Position::new(row.lat, row.lon).ok())?,
        time_zone: decode(TABLE, "time_zone", &row.time_zone, row.time_zone.parse().ok())?,
        name: row.name,
    }))
}

/// The municipality of an office that is published or has only versions.
pub async fn of_office(db: &Db, office: &OfficeKey) -> Result<Option<MunicipalityKey>, StoreError> {
    const PUBLISHED: &str = "SELECT municipality FROM offices WHERE key = $1";
    // A key has no character that LIKE treats as a pattern.
    const WRITTEN: &str =
        "SELECT subject FROM versions WHERE kind = 'office' AND subject LIKE $1 ORDER BY saved_at LIMIT 1";
    let published: Option<(String,)> = maybe!(db, PUBLISHED, office.as_str());
    if let Some((key,)) = published {
        return Ok(Some(decode("offices", "municipality", &key, key.parse().ok())?));
    }
    let written: Option<(String,)> = maybe!(db, WRITTEN, format!("%:{office}"));
    let key = |subject: &str| subject.split_once(':').and_then(|(municipality, _)| municipality.parse().ok());
    written.map(|(subject,)| decode("versions", "subject", &subject, key(&subject))).transpose()
}
