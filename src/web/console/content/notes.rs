//! The list of a municipality's notes: which entries have one in which language.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::domain::content::draft::DraftState;
use crate::domain::content::item::ContentItem;
use crate::domain::offices::municipality::Municipality;
use crate::domain::staff::account::Right;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::content::{self, drafts};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::offices::municipalities::find;
use crate::web::console::page_error::{PageResult, failed};
use crate::web::console::staff_session::StaffSession;

/// The filters of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageQuery {
    topic: String,
    /// All entries, or only those with a published note or a draft.
    all: String,
}

/// A note in one language.
#[derive(Default)]
struct Cell {
    published: bool,
    draft: Option<DraftState>,
}

/// An entry with its notes, in the order of the languages.
struct Row {
    key: EntryKey,
    question: String,
    cells: Vec<(Lang, Cell)>,
}

#[derive(Template)]
#[template(path = "console/content/notes.html")]
struct Page<'a> {
    session: &'a StaffSession,
    place: Municipality,
    query: PageQuery,
    topics: Vec<(String, String)>,
    rows: Vec<Row>,
}

pub(in crate::web::console) async fn list(
    session: StaffSession,
    Path(key): Path<String>,
    Query(query): Query<PageQuery>,
) -> PageResult {
    session.must(&Right::Read)?;
    let place = find(&session, &key).await?;
    let mut written = written(&session, &place).await?;
    let knowledge = session.window.app.live.now();
    let wanted = |key: &EntryKey| query.topic.is_empty() || key.topic().as_str() == query.topic;
    let mut rows = Vec::new();
    for entry in knowledge.entries().iter().filter(|entry| wanted(&entry.key)) {
        let mut cells = written.remove(&entry.key).unwrap_or_default();
        if cells.is_empty() && query.all.is_empty() {
            continue;
        }
        rows.push(Row {
            key: entry.key.clone(),
            question: entry.question(session.lang).to_owned(),
            cells: Lang::all().map(|lang| (lang, cells.remove(&lang).unwrap_or_default())).collect(),
        });
    }
    let topics = session.topics().into_iter().map(|(key, name)| (key.to_string(), name)).collect();
    Ok(rendered(&Page { session: &session, place, query, topics, rows }))
}

type Cells = BTreeMap<EntryKey, BTreeMap<Lang, Cell>>;

async fn written(
    session: &StaffSession,
    place: &Municipality,
) -> Result<Cells, crate::web::console::page_error::PageError> {
    let db = &session.window.app.db;
    let mut cells = Cells::new();
    for note in content::notes(db).await.map_err(failed)?.into_iter().filter(|note| note.municipality == place.key) {
        cells.entry(note.entry).or_default().entry(note.lang).or_default().published = true;
    }
    for heading in drafts::headings(db).await.map_err(failed)? {
        if let ContentItem::Note(municipality, entry, lang) = heading.item
            && municipality == place.key
        {
            cells.entry(entry).or_default().entry(lang).or_default().draft = Some(heading.state);
        }
    }
    Ok(cells)
}
