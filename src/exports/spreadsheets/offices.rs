//! Offices as rows: one per office, with all its fields.

use super::cells::{Cells, yes_word};
use super::columns::Column;
use super::flaw::Flaw;
use super::sheet::{Row, Spreadsheet};
use crate::domain::content::Content;
use crate::domain::content::body::{Body, Field, OfficeBody};
use crate::domain::offices::office::Office;
use crate::domain::text::id::{MunicipalityKey, OfficeKey};

/// A row as typed.
pub(super) struct OfficeRow {
    pub row: u32,
    /// The key as typed.
    pub written: String,
    pub key: Option<OfficeKey>,
    pub municipality: Option<MunicipalityKey>,
    pub body: OfficeBody,
    pub flaws: Vec<(Option<Column>, Flaw)>,
}

/// Every office, including closed ones.
pub(super) fn office_rows(content: &Content) -> Vec<Vec<String>> {
    content.offices.iter().map(office_row).collect()
}

fn office_row(office: &Office) -> Vec<String> {
    let body = office.body();
    let services: Vec<String> = body.services.iter().map(ToString::to_string).collect();
    vec![
        office.key.to_string(),
        office.municipality.to_string(),
        body.name,
        services.join("\n"),
        body.languages.join("\n"),
        body.phone,
        body.address,
        degrees(body.lat),
        degrees(body.lon),
        if office.position.is_some() { yes_word(body.approximate) } else { String::new() },
        body.hours,
        if office.hours.is_some() { yes_word(body.hours_checked) } else { String::new() },
        body.time_zone,
        yes_word(body.active),
    ]
}

fn degrees(degrees: Option<f64>) -> String {
    degrees.map(|degrees| degrees.to_string()).unwrap_or_default()
}

/// Parses a row by itself.
pub(super) fn read_row(table: &Spreadsheet, row: &Row) -> OfficeRow {
    let mut cells = Cells::of(table, row);
    let key = cells.key(Column::Key);
    let municipality = cells.key(Column::Municipality);
    let (lat, lon) = (cells.number(Column::Lat), cells.number(Column::Lon));
    let body = OfficeBody {
        name: cells.words(Column::Name),
        services: cells.keys(Column::Services),
        languages: cells.list(Column::Languages),
        phone: cells.words(Column::Phone),
        address: cells.words(Column::Address),
        lat,
        lon,
        // A position must say whether it is approximate; without a position the cell may be empty.
        approximate: match (lat, lon) {
            (None, None) => cells.yes_or_empty(Column::Approximate),
            (Some(_), _) | (_, Some(_)) => cells.yes(Column::Approximate),
        },
        hours: cells.words(Column::Hours),
        // An empty cell means that nobody has confirmed the hours.
        hours_checked: cells.yes_or_empty(Column::HoursChecked),
        time_zone: cells.words(Column::TimeZone),
        active: cells.yes(Column::Active),
    };
    let body = body.plain();
    let mut flaws = cells.flaws;
    for problem in Body::Office(body.clone()).problems() {
        let column = Some(column(problem.field()));
        // A cell that could not be parsed has a flaw already.
        if !flaws.iter().any(|(of, _)| *of == column) {
            flaws.push((column, Flaw::from(&problem)));
        }
    }
    OfficeRow { row: row.row, written: Cells::of(table, row).words(Column::Key), key, municipality, body, flaws }
}

/// The column of a field.
pub(super) fn column(field: Field) -> Column {
    match field {
        Field::Question => Column::Question,
        Field::Apart => Column::Apart,
        Field::Answer => Column::Answer,
        Field::Part(aspect) => Column::of_aspect(aspect),
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
