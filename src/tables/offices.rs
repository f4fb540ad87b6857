//! Offices as rows: one for each, with all its fields.

use super::cells::{Cells, yes_word};
use super::columns::Column;
use super::flaw::Flaw;
use super::sheet::{Row, Table};
use crate::domain::body::{Body, Field, OfficeBody};
use crate::domain::content::Content;
use crate::domain::id::{MunicipalityKey, OfficeKey};
use crate::domain::office::Office;

/// A row as it was typed.
pub(super) struct OfficeRow {
    pub row: u32,
    /// The key as it was written.
    pub written: String,
    pub key: Option<OfficeKey>,
    pub municipality: Option<MunicipalityKey>,
    pub body: OfficeBody,
    pub flaws: Vec<(Option<Column>, Flaw)>,
}

/// Every office, those that are closed included.
pub(super) fn office_rows(content: &Content) -> Vec<Vec<String>> {
    content.offices.iter().map(office_row).collect()
}

fn office_row(office: &Office) -> Vec<String> {
    let body = office_body(office);
    let services: Vec<String> = body.services.iter().map(ToString::to_string).collect();
    vec![
        office.key.to_string(),
        office.municipality.to_string(),
        body.name,
        services.join("\n"),
        body.languages.join("\n"),
        body.phone,
        body.address,
        body.lat.to_string(),
        body.lon.to_string(),
        yes_word(body.approximate),
        body.hours,
        yes_word(body.hours_checked),
        body.time_zone,
        yes_word(body.active),
    ]
}

/// What is published of an office, as it would be typed.
pub(super) fn office_body(office: &Office) -> OfficeBody {
    OfficeBody {
        name: office.name.trim().to_owned(),
        services: office.services.clone(),
        languages: office.languages.clone(),
        phone: office.phone.clone().unwrap_or_default().trim().to_owned(),
        address: office.address.clone().unwrap_or_default().trim().to_owned(),
        lat: office.position.lat(),
        lon: office.position.lon(),
        approximate: office.approximate,
        hours: office.hours.as_str().trim().to_owned(),
        hours_checked: office.hours_checked,
        time_zone: office.time_zone.name().to_owned(),
        active: office.active,
    }
}

/// Reads a row by itself.
pub(super) fn read_row(table: &Table, row: &Row) -> OfficeRow {
    let mut cells = Cells::of(table, row);
    let key = cells.key(Column::Key);
    let municipality = cells.key(Column::Municipality);
    let body = OfficeBody {
        name: cells.words(Column::Name),
        services: cells.keys(Column::Services),
        languages: cells.list(Column::Languages),
        phone: cells.words(Column::Phone),
        address: cells.words(Column::Address),
        lat: cells.number(Column::Lat),
        lon: cells.number(Column::Lon),
        approximate: cells.yes(Column::Approximate),
        hours: cells.words(Column::Hours),
        hours_checked: cells.yes(Column::HoursChecked),
        time_zone: cells.words(Column::TimeZone),
        active: cells.yes(Column::Active),
    };
    let mut flaws = cells.flaws;
    for problem in Body::Office(body.clone()).problems() {
        let column = Some(column(problem.field()));
        // A cell that could not be read has been noted already.
        if !flaws.iter().any(|(of, _)| *of == column) {
            flaws.push((column, Flaw::from(&problem)));
        }
    }
    OfficeRow { row: row.row, written: Cells::of(table, row).words(Column::Key), key, municipality, body, flaws }
}

/// The column in which a field is typed.
pub(super) fn column(field: Field) -> Column {
    match field {
        Field::Question => Column::Question,
        Field::Answer => Column::Answer,
        Field::Phrasings => Column::Phrasings,
        Field::Name => Column::Name,
        Field::Position => Column::Lat,
        Field::Hours => Column::Hours,
        Field::TimeZone => Column::TimeZone,
        Field::Languages => Column::Languages,
        Field::Phone => Column::Phone,
        Field::Address => Column::Address,
        Field::Services => Column::Services,
        Field::Note => Column::Note,
    }
}
