//! Statistics as files: a workbook with a sheet per table, one long CSV, and JSON.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::disclosure_control::LEAST;
use super::numbers::span;
use super::table::{Figure, Table};
use super::{Reader, Statistics};
use crate::exports::spreadsheets::{Sheet, Value, csv_of, write_book};
use crate::i18n::{Label, say};

/// A workbook; the first sheet describes the others.
///
/// # Errors
/// Only if memory runs out: no title is longer than a cell.
pub fn xlsx(statistics: &Statistics) -> Result<Vec<u8>, String> {
    let sheets: Vec<Sheet> = [about(statistics)].into_iter().chain(statistics.tables.iter().map(sheet)).collect();
    write_book(&sheets).map_err(|error| error.to_string())
}

fn about(statistics: &Statistics) -> Sheet {
    let lang = statistics.lang;
    let mut rows = vec![
        vec![Value::Text(format!("ventanilla: {}", span(lang, statistics.period)))],
        vec![Value::Text(say(lang, &Label::StatsCompared { span: &span(lang, statistics.before) }))],
    ];
    if statistics.reader == Reader::Outside {
        rows.push(vec![Value::Text(format!("* {}", say(lang, &Label::StatsHiddenAbout)))]);
    }
    rows.extend(
        statistics
            .tables
            .iter()
            .filter(|table| !table.about.is_empty())
            .map(|table| vec![Value::Text(format!("{}: {}", table.title, table.about))]),
    );
    Sheet { name: say(lang, &Label::NavStats), rows }
}

fn sheet(table: &Table) -> Sheet {
    let titles = table.columns.iter().map(|column| Value::Text(column.title.clone()));
    let header = [Value::Text(table.corner.clone())].into_iter().chain(titles).collect();
    let row = |row: &super::Row| {
        let figures = row.figures.iter().map(|figure| cell(*figure));
        [Value::Text(row.title.clone())].into_iter().chain(figures).collect()
    };
    let rows = [header].into_iter().chain(table.rows.iter().map(row)).collect();
    Sheet { name: table.title.clone(), rows }
}

fn cell(figure: Figure) -> Value {
    match (figure, figure.number()) {
        (Figure::Count(_), Some(n)) => Value::Whole(n),
        (Figure::Mean(_), Some(n)) => Value::Parted(n),
        (Figure::Share(_) | Figure::Change(_), Some(n)) => Value::Share(n),
        (Figure::Hidden, _) => Value::Text("*".to_owned()),
        (_, _) => Value::Empty,
    }
}

/// One long table: a line per figure, with keys for programs and titles for people. A hidden figure is a star.
///
/// # Errors
/// Only if memory runs out.
pub fn csv(statistics: &Statistics) -> Result<Vec<u8>, String> {
    let header = ["from", "until", "table", "row", "column", "value", "table_title", "row_title", "column_title"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let (from, until) = (statistics.period.from().to_string(), statistics.period.to().to_string());
    for table in &statistics.tables {
        for row in &table.rows {
            for (column, figure) in
                table.columns.iter().zip(&row.figures).filter(|(_, figure)| **figure != Figure::Nothing)
            {
                let value = figure.number().map_or_else(|| "*".to_owned(), |n| n.to_string());
                let keys =
                    [from.clone(), until.clone(), table.id.name().to_owned(), row.key.clone(), column.key.clone()];
                let titles = [table.title.clone(), row.title.clone(), column.title.clone()];
                rows.push(keys.into_iter().chain([value]).chain(titles).collect());
            }
        }
    }
    csv_of(&rows).map_err(|error| error.to_string())
}

/// The JSON document. A hidden figure is null; a figure without a value is left out.
#[derive(Serialize)]
struct Written<'a> {
    from: String,
    until: String,
    compared_with: [String; 2],
    language: &'a str,
    /// Counts under this are null, and so are others that would reveal one.
    hidden_under: Option<u64>,
    tables: Map<String, Json>,
}

/// The statistics as JSON.
///
/// # Errors
/// Never: all keys are texts.
pub fn json(statistics: &Statistics) -> Result<Vec<u8>, String> {
    let written = Written {
        from: statistics.period.from().to_string(),
        until: statistics.period.to().to_string(),
        compared_with: [statistics.before.from().to_string(), statistics.before.to().to_string()],
        language: statistics.lang.code(),
        hidden_under: (statistics.reader == Reader::Outside).then_some(LEAST),
        tables: statistics.tables.iter().map(|table| (table.id.name().to_owned(), written(table))).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&written).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn written(table: &Table) -> Json {
    let row = |row: &super::Row| {
        let mut figures = Map::new();
        for (column, figure) in table.columns.iter().zip(&row.figures).filter(|(_, figure)| **figure != Figure::Nothing)
        {
            let value = match figure {
                Figure::Count(n) => json!(n),
                other => json!(other.number()),
            };
            figures.insert(column.key.clone(), value);
        }
        json!({ "key": row.key, "title": row.title, "figures": figures })
    };
    json!({ "title": table.title, "rows": table.rows.iter().map(row).collect::<Vec<_>>() })
}
