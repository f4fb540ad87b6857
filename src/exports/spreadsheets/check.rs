//! The dry run: compares every row with the published content, the open drafts and the account's rights.

use std::collections::{HashMap, HashSet};

use super::columns::{Column, Subject};
use super::entries::{self, EntryRow, phrasings};
use super::flaw::Flaw;
use super::notes::{self, NoteRow};
use super::offices::{self, OfficeRow, column};
use super::report::{Difference, Line, Proposal, Report, RowOutcome};
use super::sheet::Spreadsheet;
use crate::domain::content::Content;
use crate::domain::content::body::{Body, MetadataBody, TextBody, one_a_line};
use crate::domain::content::draft::{Change, DraftState};
use crate::domain::content::item::{ContentItem, LONGEST};
use crate::domain::staff::account::{Account, Right};
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey};
use crate::domain::text::lang::Lang;

/// Most bytes of all phrasings of an entry in one language.
const MOST_PHRASINGS: usize = 200_000;

/// An open draft of a content item.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its content.
    pub body: Body,
    /// Its state.
    pub state: DraftState,
    /// The account that wrote it.
    pub author: Option<String>,
    /// The author's name.
    pub author_name: String,
}

/// The data that a spreadsheet is compared with.
pub struct Known<'a> {
    /// The published content.
    pub content: &'a Content,
    /// The open drafts.
    pub drafts: &'a HashMap<ContentItem, Waiting>,
    /// The account that imports.
    pub account: &'a Account,
}

/// Compares a spreadsheet with the known data; calls `seen` with the number of rows checked so far.
pub fn check(table: &Spreadsheet, known: &Known<'_>, seen: &dyn Fn(usize)) -> Report {
    let (mut lines, mut proposals) = match table.subject {
        Subject::Entries => check_entries(table, known, seen),
        Subject::Offices => check_offices(table, known, seen),
        Subject::Notes => check_notes(table, known, seen),
    };
    lines.sort_by_key(|line| line.row);
    if lines.iter().any(|line| line.outcome == RowOutcome::Refused) {
        proposals.clear();
    }
    Report { subject: table.subject, sheet: table.sheet.clone(), lines, proposals }
}

/// The result for one row, under construction.
struct Judged {
    line: Line,
    proposals: Vec<Proposal>,
}

impl Judged {
    fn new(row: u32, key: String, lang: Option<Lang>, flaws: Vec<(Option<Column>, Flaw)>) -> Judged {
        let line = Line { row, key, lang, outcome: RowOutcome::Same, differences: Vec::new(), flaws, asks: Vec::new() };
        Judged { line, proposals: Vec::new() }
    }

    fn flaw(&mut self, column: Option<Column>, flaw: Flaw) {
        self.line.flaws.push((column, flaw));
    }

    /// Proposes a new version of a content item; `base` is the published one.
    fn item(&mut self, known: &Known<'_>, item: ContentItem, body: Body, base: Option<Body>, change: Change) {
        if base.as_ref() == Some(&body) {
            return;
        }
        if !known.account.may(&Right::Write(&item)) {
            return self.flaw(None, Flaw::NoRight);
        }
        let own = Some(&known.account.id);
        match known.drafts.get(&item) {
            Some(draft) if draft.body == body && draft.state == DraftState::InReview => {
                self.line.outcome = self.line.outcome.min(RowOutcome::Waiting);
                return;
            }
            Some(draft) if draft.author.as_ref() != own => {
                return self.flaw(None, Flaw::DraftOf(draft.author_name.clone()));
            }
            Some(_) | None => {}
        }
        self.line.outcome = self.line.outcome.min(if base.is_some() { RowOutcome::Changed } else { RowOutcome::New });
        self.line.differences.extend(differences(base.as_ref(), &body));
        self.proposals.push(Proposal { item, body, base, change });
    }

    fn done(mut self, lines: &mut Vec<Line>, proposals: &mut Vec<Proposal>) {
        if self.line.flaws.is_empty() {
            proposals.append(&mut self.proposals);
        } else {
            self.line.outcome = RowOutcome::Refused;
        }
        lines.push(self.line);
    }
}

fn differences(base: Option<&Body>, body: &Body) -> Vec<Difference> {
    let was: HashMap<&str, String> = base.map(Body::lines).unwrap_or_default().into_iter().collect();
    let lines = body.lines().into_iter().filter_map(|(name, now)| {
        let was = was.get(name).cloned().unwrap_or_default();
        // `position` is two columns, the text of a note has another name, and field names have hyphens.
        let column = match name {
            "position" => Column::Lat,
            "text" => Column::Note,
            name => Column::parse(name)?,
        };
        (was != now).then_some(Difference { column, was, now })
    });
    lines.collect()
}

type Judgement = (Vec<Line>, Vec<Proposal>);

fn check_entries(table: &Spreadsheet, known: &Known<'_>, seen: &dyn Fn(usize)) -> Judgement {
    let rows: Vec<EntryRow> = table.rows.iter().map(|row| entries::read_row(table, row)).collect();
    let published = Published::of(known.content);
    let new: HashSet<&EntryKey> = rows.iter().filter_map(|row| row.key.as_ref()).collect();
    let mut first: HashMap<&EntryKey, &EntryRow> = HashMap::new();
    let mut taken: HashMap<(&EntryKey, Lang), u32> = HashMap::new();
    let worded: HashSet<&EntryKey> =
        rows.iter().filter(|row| !row.text.is_empty()).filter_map(|row| row.key.as_ref()).collect();
    let (mut lines, mut proposals) = (Vec::new(), Vec::new());
    for (n, row) in rows.iter().enumerate() {
        let mut judged = Judged::new(row.row, row.written.clone(), row.lang, row.flaws.clone());
        if let (Some(key), Some(lang)) = (&row.key, row.lang) {
            if let Some(before) = taken.insert((key, lang), row.row) {
                judged.flaw(Some(Column::Key), Flaw::RowTwice(before));
            }
            let leader = *first.entry(key).or_insert(row);
            if leader.row == row.row {
                check_metadata(&mut judged, known, &published, &new, key, row.metadata.as_ref());
                let is_new = published.metadata(key).is_none();
                if is_new && !worded.contains(key) {
                    judged.flaw(Some(Column::Question), Flaw::NoWords);
                }
            } else if leader.metadata != row.metadata {
                judged.flaw(disagreeing(leader.metadata.as_ref(), row.metadata.as_ref()), Flaw::Disagrees(leader.row));
            }
            let base = published.text(key, lang);
            let text = entries::completed(table, &row.text, base.as_ref());
            let item = ContentItem::Text(key.clone(), lang);
            check_text(&mut judged, known, (item, base), &text, row.change);
        }
        judged.done(&mut lines, &mut proposals);
        seen(n + 1);
    }
    (lines, proposals)
}

fn disagreeing(one: Option<&MetadataBody>, other: Option<&MetadataBody>) -> Option<Column> {
    let (one, other) = (one?, other?);
    Some(if one.service != other.service {
        Column::Service
    } else if one.sources != other.sources {
        Column::Sources
    } else {
        Column::Related
    })
}

/// The published content, indexed by key.
struct Published<'c> {
    content: &'c Content,
    entries: HashMap<&'c EntryKey, usize>,
    phrasings: HashMap<(&'c EntryKey, Lang), Vec<&'c str>>,
}

impl<'c> Published<'c> {
    fn of(content: &'c Content) -> Published<'c> {
        let entries = content.entries.iter().enumerate().map(|(place, entry)| (&entry.key, place)).collect();
        Published { content, entries, phrasings: phrasings(content) }
    }

    fn metadata(&self, key: &EntryKey) -> Option<MetadataBody> {
        Some(MetadataBody::of(&self.content.entries[*self.entries.get(key)?]))
    }

    fn text(&self, key: &EntryKey, lang: Lang) -> Option<TextBody> {
        let text = self.content.entries[*self.entries.get(key)?].texts.get(&lang)?;
        let phrasings = self.phrasings.get(&(key, lang)).map(|lines| one_a_line(lines)).unwrap_or_default();
        Some(TextBody::of(text, &phrasings))
    }
}

fn check_metadata(
    judged: &mut Judged,
    known: &Known<'_>,
    published: &Published<'_>,
    new: &HashSet<&EntryKey>,
    key: &EntryKey,
    metadata: Option<&MetadataBody>,
) {
    let Some(metadata) = metadata else { return };
    let base = published.metadata(key);
    // Spreadsheets have no columns for these.
    let (discreet, mut provenance) =
        base.as_ref().map(|base| (base.discreet, base.provenance.clone())).unwrap_or_default();
    // A source that the entry no longer rests on is not cited under a part either.
    provenance.retain(|_, from| metadata.sources.contains(&from.source));
    let metadata = &MetadataBody { discreet, provenance, ..metadata.clone() };
    if base.is_none() {
        if !known.account.may(&Right::NewEntry) {
            return judged.flaw(None, Flaw::NoRight);
        }
        if !known.content.topics.iter().any(|topic| topic.key == key.topic()) {
            judged.flaw(Some(Column::Topic), Flaw::NoSuch(key.topic().to_string()));
        }
    }
    let content = known.content;
    if !content.services.iter().any(|service| service.key == metadata.service) {
        judged.flaw(Some(Column::Service), Flaw::NoSuch(metadata.service.to_string()));
    }
    for missing in metadata.sources.iter().filter(|source| !content.sources.iter().any(|known| known.key == **source)) {
        judged.flaw(Some(Column::Sources), Flaw::NoSuch(missing.to_string()));
    }
    let there = |other: &EntryKey| published.entries.contains_key(other) || new.contains(other);
    for missing in metadata.related.iter().filter(|other| !there(other)) {
        judged.flaw(Some(Column::Related), Flaw::NoSuch(missing.to_string()));
    }
    judged.item(
        known,
        ContentItem::Metadata(key.clone()),
        Body::Metadata(metadata.clone()),
        base.map(Body::Metadata),
        Change::Small,
    );
}

fn check_text(
    judged: &mut Judged,
    known: &Known<'_>,
    (item, base): (ContentItem, Option<TextBody>),
    text: &TextBody,
    said: Option<Change>,
) {
    if base.as_ref() == Some(text) || (base.is_none() && text.is_empty()) {
        return;
    }
    if text.is_empty() {
        return judged.flaw(Some(Column::Question), Flaw::Emptied);
    }
    for problem in Body::Text(text.clone()).problems() {
        judged.flaw(Some(column(problem.field())), Flaw::from(&problem));
    }
    if text.answer.chars().count() > LONGEST {
        judged.flaw(Some(Column::Answer), Flaw::Characters(LONGEST));
    }
    if text.phrasings.iter().map(String::len).sum::<usize>() > MOST_PHRASINGS {
        judged.flaw(Some(Column::Phrasings), Flaw::Characters(MOST_PHRASINGS));
    }
    let Some(change) = change(base.as_ref(), text, said) else {
        // A cell that is not a kind of change has a flaw already.
        if !judged.line.flaws.contains(&(Some(Column::Change), Flaw::NotAChange)) {
            judged.flaw(Some(Column::Change), Flaw::NoChange);
        }
        return;
    };
    judged.item(known, item, Body::Text(text.clone()), base.map(Body::Text), change);
}

/// The effect of the change on other languages: stated by the clerk, or derived where it is clear.
fn change(base: Option<&TextBody>, text: &TextBody, said: Option<Change>) -> Option<Change> {
    match base {
        None => Some(said.unwrap_or(Change::Translation)),
        Some(base) if base.question == text.question && base.answer == text.answer && base.parts == text.parts => {
            Some(said.unwrap_or(Change::Small))
        }
        Some(_) => said,
    }
}

fn check_offices(table: &Spreadsheet, known: &Known<'_>, seen: &dyn Fn(usize)) -> Judgement {
    let rows: Vec<OfficeRow> = table.rows.iter().map(|row| offices::read_row(table, row)).collect();
    let mut taken: HashMap<&OfficeKey, u32> = HashMap::new();
    let (mut lines, mut proposals) = (Vec::new(), Vec::new());
    for (n, row) in rows.iter().enumerate() {
        let mut judged = Judged::new(row.row, row.written.clone(), None, row.flaws.clone());
        if let (Some(key), Some(municipality)) = (&row.key, &row.municipality) {
            if let Some(before) = taken.insert(key, row.row) {
                judged.flaw(Some(Column::Key), Flaw::RowTwice(before));
            }
            check_office(&mut judged, known, key, municipality, row);
        }
        judged.done(&mut lines, &mut proposals);
        seen(n + 1);
    }
    (lines, proposals)
}

fn check_office(
    judged: &mut Judged,
    known: &Known<'_>,
    key: &OfficeKey,
    municipality: &MunicipalityKey,
    row: &OfficeRow,
) {
    let content = known.content;
    if !content.municipalities.iter().any(|known| known.key == *municipality) {
        judged.flaw(Some(Column::Municipality), Flaw::NoSuch(municipality.to_string()));
    }
    for missing in row.body.services.iter().filter(|key| !content.services.iter().any(|known| known.key == **key)) {
        judged.flaw(Some(Column::Services), Flaw::NoSuch(missing.to_string()));
    }
    let published = content.offices.iter().find(|office| office.key == *key);
    if let Some(other) = published.filter(|office| office.municipality != *municipality) {
        return judged.flaw(Some(Column::Municipality), Flaw::OtherMunicipality(other.municipality.to_string()));
    }
    let town = content.municipalities.iter().find(|known| known.key == *municipality);
    let here = row.body.position().filter(|here| published.and_then(|office| office.position) != Some(*here));
    if let Some((town, km)) = town.and_then(|town| Some((town, here?.too_far_from(town.position)?))) {
        judged.line.asks.push((Column::Lat, Flaw::Far(km.round() as u32, town.name.clone())));
    }
    let base = published.map(|office| Body::Office(office.body()));
    let item = ContentItem::Office(municipality.clone(), key.clone());
    judged.item(known, item, Body::Office(row.body.clone()), base, Change::Small);
}

fn check_notes(table: &Spreadsheet, known: &Known<'_>, seen: &dyn Fn(usize)) -> Judgement {
    let rows: Vec<NoteRow> = table.rows.iter().map(|row| notes::read_row(table, row)).collect();
    let mut taken: HashMap<(&MunicipalityKey, &EntryKey, Lang), u32> = HashMap::new();
    let (mut lines, mut proposals) = (Vec::new(), Vec::new());
    for (n, row) in rows.iter().enumerate() {
        let mut judged = Judged::new(row.row, row.written.clone(), row.lang, row.flaws.clone());
        if let (Some(municipality), Some(entry), Some(lang)) = (&row.municipality, &row.entry, row.lang) {
            if let Some(before) = taken.insert((municipality, entry, lang), row.row) {
                judged.flaw(Some(Column::Key), Flaw::RowTwice(before));
            }
            check_note(&mut judged, known, ContentItem::Note(municipality.clone(), entry.clone(), lang), row);
        }
        judged.done(&mut lines, &mut proposals);
        seen(n + 1);
    }
    (lines, proposals)
}

/// An empty note removes the published one, as on its page.
fn check_note(judged: &mut Judged, known: &Known<'_>, item: ContentItem, row: &NoteRow) {
    let ContentItem::Note(municipality, entry, lang) = &item else { return };
    let content = known.content;
    if !content.municipalities.iter().any(|known| known.key == *municipality) {
        judged.flaw(Some(Column::Municipality), Flaw::NoSuch(municipality.to_string()));
    }
    if !content.entries.iter().any(|known| known.key == *entry) {
        judged.flaw(Some(Column::Key), Flaw::NoSuch(entry.to_string()));
    }
    for problem in Body::Note(row.body.clone()).problems() {
        judged.flaw(Some(column(problem.field())), Flaw::from(&problem));
    }
    if row.body.text.chars().count() > LONGEST {
        judged.flaw(Some(Column::Note), Flaw::Characters(LONGEST));
    }
    let base = notes::published(content, municipality, entry, *lang);
    if base.is_none() && row.body.text.is_empty() {
        return;
    }
    let body = Body::Note(row.body.clone());
    judged.item(known, item, body, base.map(Body::Note), Change::Small);
}
