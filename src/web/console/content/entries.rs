//! The list of entries with its filters, and the page of an entry with its languages side by side.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, Query};
use chrono::NaiveDate;
use serde::Deserialize;

use super::feedback::{self, Feedback, complaint_label};
use super::pending::{Waiting, waiting};
use super::preview::{plain_text, preview_text};
use crate::app::{AppError, has_written, native_read, reach, verify, withdraw};
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::content::body::{Body, MetadataBody, TextBody};
use crate::domain::content::draft::{Draft, DraftState};
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::Proposed;
use crate::domain::content::provenance::Provenance;
use crate::domain::content::text_status::{Due, TextStatus};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::statistics::feedback::Revision;
use crate::domain::text::diff::{RunKind, Words, changed};
use crate::domain::text::id::{EntryKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::i18n::content_items::aspect_name;
use crate::i18n::{Label, say};
use crate::store::content::drafts::Heading;
use crate::store::content::overview::{self, EntryOverview, TextOverview};
use crate::store::content::{drafts, items};
use crate::store::operations::replicas::Reach;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::chat::render::{Bubble, Kind};
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect_with};
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// Entries per page.
const ON_A_PAGE: usize = 50;

/// The state of a text in one language, with its draft.
pub(in crate::web::console) struct Cell {
    pub lang: Lang,
    pub state: TextStatus,
    pub due: Due,
    pub draft: Option<DraftState>,
    pub question: String,
    /// Whether its answer is one long text.
    pub undivided: bool,
    /// Whether nobody has said yet that a native speaker has read it, where the language wants that.
    pub native_unread: bool,
}

/// An entry with its state in each language.
pub(in crate::web::console) struct Row {
    pub key: EntryKey,
    pub rules_changed_on: Option<NaiveDate>,
    pub cells: Vec<Cell>,
}

impl Row {
    /// The question in the reader's language, or else in another.
    pub fn title(&self, lang: &Lang) -> (Lang, &str) {
        let has = |cell: &&Cell| !cell.question.is_empty();
        let own = self.cells.iter().filter(has).find(|cell| cell.lang == *lang);
        let cell = own.or_else(|| self.cells.iter().find(has));
        cell.map_or((*lang, self.key.as_str()), |cell| (cell.lang, &cell.question))
    }
}

/// The states that the list can be filtered by; their names are part of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web::console) enum State {
    InReview,
    Draft,
    SentBack,
    Missing,
    Outdated,
    Withdrawn,
    Late,
    Soon,
    Never,
    RulesChanged,
    Undivided,
    NativeUnread,
}

impl State {
    pub const ALL: [State; 12] = [
        State::InReview,
        State::SentBack,
        State::Draft,
        State::Missing,
        State::Outdated,
        State::RulesChanged,
        State::Late,
        State::Soon,
        State::Never,
        State::Withdrawn,
        State::Undivided,
        State::NativeUnread,
    ];

    pub fn name(self) -> &'static str {
        match self {
            State::InReview => "in-review",
            State::Draft => "draft",
            State::SentBack => "sent-back",
            State::Missing => "missing",
            State::Outdated => "outdated",
            State::Withdrawn => "withdrawn",
            State::Late => "late",
            State::Soon => "soon",
            State::Never => "never",
            State::RulesChanged => "rules-changed",
            State::Undivided => "undivided",
            State::NativeUnread => "native-unread",
        }
    }

    pub fn label(self) -> Label<'static> {
        match self {
            State::InReview => Label::StateInReview,
            State::Draft => Label::StateDraft,
            State::SentBack => Label::StateSentBack,
            State::Missing => Label::StateMissing,
            State::Outdated => Label::StateOutdated,
            State::Withdrawn => Label::StateWithdrawn,
            State::Late => Label::DueLate,
            State::Soon => Label::DueSoon,
            State::Never => Label::DueNever,
            State::RulesChanged => Label::StateRulesChanged,
            State::Undivided => Label::StateUndivided,
            State::NativeUnread => Label::NativeNotRead,
        }
    }

    /// Whether a text of a row is in this state.
    pub fn holds(self, row: &Row, cell: &Cell) -> bool {
        let published = cell.state == TextStatus::Published;
        match self {
            State::InReview => cell.draft == Some(DraftState::InReview),
            State::Draft => cell.draft == Some(DraftState::Draft),
            State::SentBack => cell.draft == Some(DraftState::SentBack),
            State::Missing => cell.state == TextStatus::Missing,
            State::Outdated => cell.state == TextStatus::Outdated,
            State::Withdrawn => cell.state == TextStatus::Withdrawn,
            State::Late => published && cell.due == Due::Late,
            State::Soon => published && cell.due == Due::Soon,
            State::Never => published && cell.due == Due::Never,
            State::RulesChanged => row.rules_changed_on.is_some() && cell.state != TextStatus::Missing,
            State::Undivided => cell.undivided,
            State::NativeUnread => cell.native_unread,
        }
    }
}

/// The filters of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageQuery {
    topic: String,
    lang: String,
    state: String,
    q: String,
    page: usize,
}

#[derive(Template)]
#[template(path = "console/content/entries.html")]
struct List<'a> {
    session: &'a StaffSession,
    rows: Vec<Row>,
    found: String,
    topics: Vec<(TopicKey, String)>,
    query: PageQuery,
    more: bool,
}

impl List<'_> {
    fn page(&self, page: usize) -> String {
        let PageQuery { topic, lang, state, q, .. } = &self.query;
        let pairs =
            [("topic", topic.as_str()), ("lang", lang), ("state", state), ("q", q), ("page", &page.to_string())];
        format!("/console/entries?{}", serde_html_form(&pairs))
    }
}

fn serde_html_form(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

/// Percent-encodes a value for an address.
pub(in crate::web::console) fn encoded(value: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'/');
    value.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The state of all entries, including those that exist only as drafts.
pub(in crate::web::console) fn rows(overview: &[EntryOverview], headings: &[Heading], today: NaiveDate) -> Vec<Row> {
    let mut written: BTreeMap<(EntryKey, Lang), DraftState> = BTreeMap::new();
    let mut new: Vec<EntryKey> = Vec::new();
    for heading in headings {
        if let ContentItem::Text(key, lang) = &heading.item {
            written.insert((key.clone(), *lang), heading.state);
            if !new.contains(key) && !overview.iter().any(|entry| entry.key == *key) {
                new.push(key.clone());
            }
        }
    }
    let known = overview.iter().map(|entry| (entry.key.clone(), entry.rules_changed_on, Some(entry)));
    let new = new.into_iter().map(|key| (key, None, None));
    known
        .chain(new)
        .map(|(key, rules_changed_on, entry)| {
            let cell = |lang: Lang| {
                let text = entry.and_then(|entry| entry.texts.get(&lang));
                cell(lang, text, written.get(&(key.clone(), lang)).copied(), today)
            };
            Row { cells: Lang::all().map(cell).collect(), rules_changed_on, key }
        })
        .collect()
}

fn cell(lang: Lang, text: Option<&TextOverview>, draft: Option<DraftState>, today: NaiveDate) -> Cell {
    let until = text.and_then(|text| text.check.as_ref()).map(|(_, _, until)| *until);
    Cell {
        lang,
        state: state(text),
        due: Due::of(until, today),
        draft,
        question: text.map(|text| text.question.clone()).unwrap_or_default(),
        undivided: text.is_some_and(|text| text.undivided),
        native_unread: lang.about().wants_native_reader && text.is_some_and(|text| text.native_read.is_none()),
    }
}

fn state(text: Option<&TextOverview>) -> TextStatus {
    text.map_or(TextStatus::Missing, TextOverview::status)
}

impl PageQuery {
    fn takes(&self, row: &Row) -> bool {
        let topic = self.topic.is_empty() || row.key.topic().as_str() == self.topic;
        let words = self.q.trim().to_lowercase();
        let said = |cell: &Cell| cell.question.to_lowercase().contains(&words);
        let q = words.is_empty() || row.key.as_str().contains(&words) || row.cells.iter().any(said);
        let state = State::ALL.into_iter().find(|state| state.name() == self.state);
        let in_lang = |cell: &&Cell| self.lang.is_empty() || cell.lang.code() == self.lang;
        let stands = state.is_none_or(|state| row.cells.iter().filter(in_lang).any(|cell| state.holds(row, cell)));
        topic && q && stands
    }
}

pub(in crate::web::console) async fn list(session: StaffSession, Query(query): Query<PageQuery>) -> PageResult {
    session.must(&Right::Read)?;
    let db = &session.window.app.db;
    let overview = overview::entries(db).await.map_err(failed)?;
    let headings = drafts::headings(db).await.map_err(failed)?;
    let mut rows = rows(&overview, &headings, session.today());
    rows.retain(|row| query.takes(row));
    let (found, first) = (rows.len().to_string(), query.page.saturating_mul(ON_A_PAGE));
    let more = rows.len() > first.saturating_add(ON_A_PAGE);
    let rows = rows.into_iter().skip(first).take(ON_A_PAGE).collect();
    let topics = session.topics();
    Ok(rendered(&List { session: &session, rows, found, topics, query, more }))
}

/// A language's column on an entry's page.
struct Column {
    cell: Cell,
    /// The verification: by whom, since when, until when.
    check: Option<(String, NaiveDate, NaiveDate)>,
    withdrawn: Option<String>,
    outdated_on: Option<NaiveDate>,
    /// The parts that say less than another language's.
    outdated_parts: Vec<Aspect>,
    /// Who said that a native speaker has read it, and when; the outer `None` where the language does not want that.
    native_read: Option<Option<(String, NaiveDate)>>,
    bubble: Option<Bubble>,
    phrasings: usize,
    /// The published revision.
    revision: Option<Revision>,
    draft: Option<Draft>,
    /// The changes of this text since the last version that its outdated translations match.
    news: Vec<Words>,
    may_write: bool,
    may_publish: bool,
    /// A proposed reason for withdrawing the text that waits for a second person.
    waiting: Option<Waiting>,
}

#[derive(Template)]
#[template(path = "console/content/entry.html")]
struct Page<'a> {
    session: &'a StaffSession,
    key: EntryKey,
    title: String,
    entry: Option<EntryOverview>,
    metadata_draft: Option<Draft>,
    related: Vec<EntryKey>,
    columns: Vec<Column>,
    /// Each part with its source, and when that was read.
    provenance: Vec<(String, String, String)>,
    feedback: Vec<Feedback>,
    reach: Reach,
    waits: bool,
    may_check: bool,
    /// Whether this account wrote the published text: then somebody else has to verify it.
    is_own: bool,
    may_write_metadata: bool,
    refusal: Option<String>,
}

impl Page<'_> {
    /// The names of aspects, in the reader's language.
    fn names(&self, aspects: &[Aspect]) -> String {
        aspects.iter().map(|aspect| say(self.session.lang, &aspect_name(*aspect))).collect::<Vec<_>>().join(", ")
    }

    /// Whether no reason is shown in place of the text, so that a first or another one can be given.
    fn has_no_reason(&self, column: &Column) -> bool {
        column.withdrawn.as_deref().is_none_or(str::is_empty)
    }
}

pub(in crate::web::console) async fn show(
    session: StaffSession,
    Path((topic, name)): Path<(String, String)>,
) -> PageResult {
    page(&session, &format!("{topic}/{name}"), None).await
}

async fn page(session: &StaffSession, key: &str, refusal: Option<&Refusal>) -> PageResult {
    session.must(&Right::Read)?;
    let Ok(key) = key.parse::<EntryKey>() else { return Err(session.refuse(&Refusal::Gone)) };
    let db = &session.window.app.db;
    let entry = overview::entry(db, &key).await.map_err(failed)?;
    let mut columns = Vec::new();
    for lang in Lang::all() {
        let mut column = column(session, &key, lang, entry.as_ref()).await.map_err(failed)?;
        column.waiting = waiting(session, Proposed::Reason(key.clone(), lang)).await?;
        columns.push(column);
    }
    let metadata = ContentItem::Metadata(key.clone());
    let metadata_draft = drafts::find(db, &metadata).await.map_err(failed)?;
    if entry.is_none() && metadata_draft.is_none() && columns.iter().all(|column| column.draft.is_none()) {
        return Err(session.refuse(&Refusal::Gone));
    }
    let related = match items::published(db, &metadata).await.map_err(failed)? {
        Some(Body::Metadata(metadata)) => metadata.related,
        Some(Body::Text(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_)) | None => Vec::new(),
    };
    let reach = reach(&session.window.app)
        .await
        .map_err(|internal_error| session.page_error(AppError::Failed(internal_error)))?;
    let waits = columns.iter().filter_map(|column| column.draft.as_ref()).chain(&metadata_draft);
    let waits = waits.clone().any(|draft| draft.state == DraftState::InReview);
    let may_check = session.may(Right::Verify(&key))
        && columns.iter().any(|column| matches!(column.cell.state, TextStatus::Published));
    let title = title(session, &key, &columns);
    let revisions: Vec<_> = columns.iter().map(|column| (column.cell.lang, column.revision)).collect();
    let feedback = feedback::of_entry(session, &key, &revisions).await?;
    let provenance = provenance(session, &key).await?;
    let told = refusal.map(|refusal| crate::web::console::refused::words(session.lang, refusal));
    let shown = Page {
        session,
        key: key.clone(),
        title,
        entry,
        metadata_draft,
        related,
        columns,
        provenance,
        feedback,
        reach,
        waits,
        may_check,
        is_own: has_written(&session.window.app, &session.account, &key).await.map_err(failed)?,
        may_write_metadata: session.may(Right::Write(&metadata)),
        refusal: told,
    };
    Ok(with_status(rendered(&shown), refusal))
}

/// Each part of the published entry with its source, and when that was read.
async fn provenance(session: &StaffSession, key: &EntryKey) -> Result<Vec<(String, String, String)>, PageError> {
    let body = items::published(&session.window.app.db, &ContentItem::Metadata(key.clone())).await.map_err(failed)?;
    let Some(Body::Metadata(MetadataBody { provenance, .. })) = body else { return Ok(Vec::new()) };
    let part = |(part, from): (&PartName, &Provenance)| {
        let name = match part {
            PartName::Lead => session.word(Label::FieldAnswer),
            PartName::Of(aspect) => say(session.lang, &aspect_name(*aspect)),
        };
        (name, session.source(&from.source), format!("{}, {}", from.seen, from.certainty.name()))
    };
    Ok(provenance.iter().map(part).collect())
}

fn title(session: &StaffSession, key: &EntryKey, columns: &[Column]) -> String {
    let words = |column: &Column| match &column.draft {
        _ if !column.cell.question.is_empty() => Some(column.cell.question.clone()),
        Some(Draft { version, .. }) => match &version.body {
            Body::Text(text) if !text.question.is_empty() => Some(text.question.clone()),
            Body::Text(_) | Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_) => None,
        },
        None => None,
    };
    let own = columns.iter().find(|column| column.cell.lang == session.lang).and_then(words);
    own.or_else(|| columns.iter().find_map(words)).unwrap_or_else(|| key.to_string())
}

async fn column(
    session: &StaffSession,
    key: &EntryKey,
    lang: Lang,
    entry: Option<&EntryOverview>,
) -> Result<Column, crate::store::StoreError> {
    let db = &session.window.app.db;
    let item = ContentItem::Text(key.clone(), lang);
    let text = entry.and_then(|entry| entry.texts.get(&lang));
    let draft = drafts::find(db, &item).await?;
    let published = match items::published(db, &item).await? {
        Some(Body::Text(text)) => Some(text),
        Some(Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_)) | None => None,
    };
    Ok(Column {
        cell: cell(lang, text, draft.as_ref().map(|draft| draft.state), session.today()),
        check: text.and_then(|text| text.check.clone()),
        withdrawn: text.and_then(|text| text.withdrawn.clone()),
        outdated_on: text.and_then(|text| text.outdated_on),
        outdated_parts: text.map(|text| text.outdated_parts.keys().copied().collect()).unwrap_or_default(),
        native_read: text.map(|text| text.native_read.clone()).filter(|_| lang.about().wants_native_reader),
        bubble: published.as_ref().and_then(|text| preview_text(lang, text)),
        phrasings: published.as_ref().map_or(0, |text| text.phrasings.len()),
        revision: published.as_ref().and_then(|text| Some(text.text().ok()?.revision())),
        news: match (&published, entry) {
            (Some(now), Some(entry)) => news(session, &item, now, entry).await?,
            (Some(_) | None, _) => Vec::new(),
        },
        may_write: session.may(Right::Write(&item)),
        may_publish: session.may(Right::Publish(&item)),
        waiting: None,
        draft,
    })
}

/// The changes of this text since the last version that its outdated translations match.
pub(in crate::web::console) async fn news(
    session: &StaffSession,
    item: &ContentItem,
    now: &TextBody,
    entry: &EntryOverview,
) -> Result<Vec<Words>, crate::store::StoreError> {
    let by = |text: &TextOverview| {
        let parts = text.outdated_parts.values().filter_map(|outdated| outdated.by);
        text.outdated_by.into_iter().chain(parts).find(|(lang, _)| Some(*lang) == item.lang())
    };
    let Some(lang) = item.lang() else { return Ok(Vec::new()) };
    let Some((_, number)) = entry.texts.values().find_map(by) else { return Ok(Vec::new()) };
    Ok(match drafts::version(&session.window.app.db, item, number).await?.map(|version| version.body) {
        Some(Body::Text(before)) => changed(&plain_text(lang, &before), &plain_text(lang, now)),
        Some(Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_)) | None => Vec::new(),
    })
}

pub(in crate::web::console) async fn check(
    session: StaffSession,
    Path((topic, name)): Path<(String, String)>,
) -> PageResult {
    let key = format!("{topic}/{name}");
    let Ok(entry) = key.parse::<EntryKey>() else { return Err(session.refuse(&Refusal::Gone)) };
    verify(&session.window.app, &session.account, &entry).await.map_err(|error| session.page_error(error))?;
    Ok(redirect_with(&format!("/console/entries/{key}"), Notice::Checked))
}

pub(in crate::web::console) async fn native(
    session: StaffSession,
    Path((topic, name, lang)): Path<(String, String, String)>,
    Form(seen): Form<Seen>,
) -> PageResult {
    let key = format!("{topic}/{name}");
    let (Ok(entry), Some(lang)) = (key.parse::<EntryKey>(), Lang::parse(&lang)) else {
        return Err(session.refuse(&Refusal::Gone));
    };
    // A revision that cannot be read is none that was shown.
    let seen = seen.revision.parse().unwrap_or_default();
    let read = native_read(&session.window.app, &session.account, (&entry, lang), seen).await;
    read.map_err(|error| session.page_error(error))?;
    Ok(redirect_with(&format!("/console/entries/{key}"), Notice::Saved))
}

/// The text that the page showed.
#[derive(Deserialize)]
pub(in crate::web::console) struct Seen {
    #[serde(default)]
    revision: String,
}

/// The reason for withdrawing a text.
#[derive(Deserialize)]
pub(in crate::web::console) struct Reason {
    reason: String,
}

pub(in crate::web::console) async fn take_back(
    session: StaffSession,
    Path((topic, name, lang)): Path<(String, String, String)>,
    Form(reason): Form<Reason>,
) -> PageResult {
    let key = format!("{topic}/{name}");
    let (Ok(entry), Some(lang)) = (key.parse::<EntryKey>(), Lang::parse(&lang)) else {
        return Err(session.refuse(&Refusal::Gone));
    };
    match withdraw(&session.window.app, &session.account, &entry, lang, &reason.reason).await {
        Ok(()) => Ok(redirect_with(&format!("/console/entries/{key}"), Notice::Withdrawn)),
        Err(error) => page(&session, &key, Some(&session.refusal_or_page(error)?)).await,
    }
}
