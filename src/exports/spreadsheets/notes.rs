//! Notes of municipalities as rows: one per municipality, entry and language.

use std::collections::BTreeSet;

use super::cells::Cells;
use super::columns::Column;
use super::flaw::Flaw;
use super::sheet::{Row, Spreadsheet};
use crate::domain::content::Content;
use crate::domain::content::body::NoteBody;
use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;

/// A row as typed.
pub(super) struct NoteRow {
    pub row: u32,
    /// The key as typed.
    pub written: String,
    pub municipality: Option<MunicipalityKey>,
    pub entry: Option<EntryKey>,
    pub lang: Option<Lang>,
    pub body: NoteBody,
    pub flaws: Vec<(Option<Column>, Flaw)>,
}

/// A row for every note and language; a missing language has an empty row to fill in.
pub(super) fn note_rows(content: &Content) -> Vec<Vec<String>> {
    let subjects: BTreeSet<(&MunicipalityKey, &EntryKey)> =
        content.notes.iter().map(|note| (&note.municipality, &note.entry)).collect();
    let rows = subjects.into_iter().flat_map(|subject| Lang::all().map(move |lang| (subject, lang)));
    rows.map(|((municipality, entry), lang)| {
        let text = published(content, municipality, entry, lang).map(|body| body.text).unwrap_or_default();
        vec![municipality.to_string(), entry.to_string(), lang.code().to_owned(), text]
    })
    .collect()
}

/// The published note, as it would be typed.
pub(super) fn published(
    content: &Content,
    municipality: &MunicipalityKey,
    entry: &EntryKey,
    lang: Lang,
) -> Option<NoteBody> {
    let mut notes = content.notes.iter();
    let note = notes.find(|note| note.municipality == *municipality && note.entry == *entry && note.lang == lang)?;
    Some(NoteBody::typed(note.text.markdown()))
}

/// Parses a row by itself.
pub(super) fn read_row(table: &Spreadsheet, row: &Row) -> NoteRow {
    let mut cells = Cells::of(table, row);
    let municipality = cells.key(Column::Municipality);
    let entry = cells.key(Column::Key);
    let lang = cells.language();
    let text = cells.words(Column::Note);
    NoteRow {
        row: row.row,
        written: Cells::of(table, row).words(Column::Key),
        municipality,
        entry,
        lang,
        body: NoteBody::typed(&text),
        flaws: cells.flaws,
    }
}
