//! Entries as rows: one per entry and language; values of the whole entry are repeated and must agree.

use std::collections::{BTreeMap, HashMap};

use super::cells::Cells;
use super::columns::Column;
use super::flaw::Flaw;
use super::sheet::{Row, Spreadsheet};
use crate::domain::content::Content;
use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::{MetadataBody, TextBody};
use crate::domain::content::draft::Change;
use crate::domain::content::entry::Entry;
use crate::domain::text::id::{EntryKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;

/// Most characters of phrasings that are written into one cell: well below the limit of a cell.
const FULL: usize = 30_000;

/// A row as typed.
pub(super) struct EntryRow {
    pub row: u32,
    /// The key as typed.
    pub written: String,
    pub key: Option<EntryKey>,
    pub lang: Option<Lang>,
    pub text: TextBody,
    pub change: Option<Change>,
    pub metadata: Option<MetadataBody>,
    pub flaws: Vec<(Option<Column>, Flaw)>,
}

/// A row for every published entry and language; a missing language has an empty row to fill in.
pub(super) fn entry_rows(content: &Content) -> Vec<Vec<String>> {
    let mut phrasings = phrasings(content);
    let rows = content.entries.iter().flat_map(|entry| Lang::all().map(move |lang| (entry, lang)));
    rows.map(|(entry, lang)| {
        let said = phrasings.remove(&(&entry.key, lang)).unwrap_or_default();
        entry_row(entry, lang, &said)
    })
    .collect()
}

/// The phrasings of every entry and language, in order.
pub(in crate::exports) fn phrasings(content: &Content) -> HashMap<(&EntryKey, Lang), Vec<&str>> {
    let mut found: HashMap<_, Vec<&str>> = HashMap::new();
    for phrasing in &content.phrasings {
        if let Some(key) = &phrasing.entry {
            found.entry((key, phrasing.lang)).or_default().push(&phrasing.text);
        }
    }
    found
}

fn entry_row(entry: &Entry, lang: Lang, phrasings: &[&str]) -> Vec<String> {
    let text = entry.texts.get(&lang);
    let mut cells = vec![
        entry.key.to_string(),
        entry.key.topic().to_string(),
        lang.code().to_owned(),
        text.map(|text| plain::line(&text.question)).unwrap_or_default(),
        text.map(|text| plain::line(&text.apart)).unwrap_or_default(),
        text.map(|text| plain::lines(text.answer.markdown())).unwrap_or_default(),
    ];
    cells.extend(Aspect::ALL.map(|aspect| {
        let part = text.and_then(|text| text.parts.get(&aspect));
        part.map(|part| plain::lines(part.text.markdown())).unwrap_or_default()
    }));
    cells.extend([String::new(), entry.service.to_string(), lines(&entry.sources), lines(&entry.related)]);
    let phrasings: Vec<String> = phrasings.iter().map(|line| plain::line(line)).collect();
    cells.extend(filled(&phrasings.iter().map(String::as_str).collect::<Vec<_>>()));
    cells
}

fn lines<K: ToString>(keys: &[K]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Distributes lines over as many cells as they need.
fn filled(lines: &[&str]) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut length = 0;
    for line in lines {
        let more = line.chars().count() + 1;
        if length > 0 && length + more > FULL {
            cells.push(String::new());
            length = 0;
        }
        if let Some(cell) = cells.last_mut() {
            if !cell.is_empty() {
                cell.push('\n');
            }
            cell.push_str(line);
        }
        length += more;
    }
    cells
}

/// Parses a row by itself; `check.rs` compares it with other rows.
pub(super) fn read_row(table: &Spreadsheet, row: &Row) -> EntryRow {
    let mut cells = Cells::of(table, row);
    let key: Option<EntryKey> = cells.key(Column::Key);
    let lang = cells.language();
    let topic = cells.words(Column::Topic);
    if let Some(own) = key.as_ref().map(EntryKey::topic)
        && !topic.is_empty()
        && topic.parse::<TopicKey>().ok().as_ref() != Some(&own)
    {
        cells.flaw(Column::Topic, Flaw::OtherTopic(own.to_string()));
    }
    let question = cells.words(Column::Question);
    let answer = cells.words(Column::Answer);
    let phrasings = cells.words(Column::Phrasings);
    let apart = cells.words(Column::Apart);
    let parts = Aspect::ALL.map(|aspect| (aspect, cells.words(Column::of_aspect(aspect))));
    let parts = parts.iter().map(|(aspect, text)| (*aspect, text.as_str()));
    let text = TextBody::typed(&question, &answer, &phrasings).told_apart(&apart).divided(parts);
    let change = change(&mut cells);
    let service = cells.key(Column::Service);
    let (sources, related) = (cells.keys(Column::Sources), cells.keys(Column::Related));
    EntryRow {
        row: row.row,
        written: Cells::of(table, row).words(Column::Key),
        key,
        lang,
        text,
        change,
        metadata: service.map(|service| MetadataBody {
            service,
            sources,
            related,
            discreet: false,
            provenance: BTreeMap::new(),
        }),
        flaws: cells.flaws,
    }
}

/// The text of a row with what its file has no column for, as it is published: a file from before answers had parts
/// changes none of them.
pub(super) fn completed(table: &Spreadsheet, text: &TextBody, published: Option<&TextBody>) -> TextBody {
    let (Some(published), false) = (published, text.is_empty()) else { return text.clone() };
    let has = |column: Column| table.columns.contains(&column);
    let mut text = text.clone();
    if !has(Column::Apart) {
        text.apart.clone_from(&published.apart);
    }
    for (aspect, part) in &published.parts {
        if !has(Column::of_aspect(*aspect)) {
            text.parts.insert(*aspect, part.clone());
        }
    }
    text
}

fn change(cells: &mut Cells<'_>) -> Option<Change> {
    let text = cells.words(Column::Change).to_lowercase();
    let change = Change::parse(&text);
    if change.is_none() && !text.is_empty() {
        cells.flaw(Column::Change, Flaw::NotAChange);
    }
    change
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings_that_one_cell_cannot_hold_go_on_in_the_next() {
        let long = "ò".repeat(20_000);
        assert_eq!(filled(&["a", "b"]), ["a\nb"]);
        assert_eq!(filled(&[]), [""]);
        assert_eq!(filled(&[&long, "b", &long]), [format!("{long}\nb"), long.clone()]);
    }
}
