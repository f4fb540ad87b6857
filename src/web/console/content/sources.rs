//! The register of sources: which entries rest on a source, and changes of a source, after which they need a check.

use askama::Template;
use axum::extract::{Form, Path};
use chrono::NaiveDate;
use serde::Deserialize;

use super::pending::{Waiting, waiting};
use crate::app::{AppError, save_source, source_changed};
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::{Proposed, ProposedBody};
use crate::domain::content::source::{Source, SourceKind};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::RunKind;
use crate::domain::text::id::{EntryKey, SourceKey};
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::content::sources::SourceChange;
use crate::store::content::{self, drafts, overview, sources};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// A row of the register.
struct Row {
    source: Source,
    title: String,
    entries: i64,
}

#[derive(Template)]
#[template(path = "console/content/sources.html")]
struct List<'a> {
    session: &'a StaffSession,
    rows: Vec<Row>,
    /// Proposed new sources that wait for a second person.
    new: Vec<SourceKey>,
}

/// An entry that rests on the source.
struct Dependent {
    key: EntryKey,
    question: String,
    waits: bool,
}

#[derive(Template)]
#[template(path = "console/content/source.html")]
struct Page<'a> {
    session: &'a StaffSession,
    /// `None` for a new source.
    key: Option<SourceKey>,
    form: PageForm,
    changes: Vec<SourceChange>,
    dependents: Vec<Dependent>,
    may: bool,
    waiting: Option<Waiting>,
    today: NaiveDate,
    refusal: Option<String>,
}

impl Page<'_> {
    fn title(&self, lang: &Lang) -> &str {
        self.form.titles.get(lang.index()).map_or("", String::as_str)
    }
}

/// The posted form; titles are in the order of the languages.
#[derive(Default)]
pub(in crate::web::console) struct PageForm {
    key: String,
    kind: String,
    agency: String,
    year: String,
    link: String,
    titles: Vec<String>,
}

impl PageForm {
    fn of(source: &Source) -> PageForm {
        PageForm {
            key: source.key.to_string(),
            kind: source.kind.name().to_owned(),
            agency: source.agency.clone(),
            year: source.year.map(|year| year.to_string()).unwrap_or_default(),
            link: source.link.clone().unwrap_or_default(),
            titles: Lang::all().map(|lang| source.titles.get(&lang).cloned().unwrap_or_default()).collect(),
        }
    }

    /// Reads a form's fields; the field of the title in a language is named `title-` and the language's code.
    fn posted(fields: Vec<(String, String)>) -> PageForm {
        let field = |name: &str| {
            fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        PageForm {
            key: field("key"),
            kind: field("kind"),
            agency: field("agency"),
            year: field("year"),
            link: field("link"),
            titles: Lang::all().map(|lang| field(&format!("title-{lang}"))).collect(),
        }
    }

    fn source(&self) -> Result<Source, Refusal> {
        let year = match self.year.as_str() {
            "" => None,
            year => Some(year.parse().ok().filter(|year| (1800..=2200).contains(year)).ok_or(Refusal::Invalid)?),
        };
        let link = Some(self.link.clone()).filter(|link| !link.is_empty());
        if link.as_ref().is_some_and(|link| !link.starts_with("https://") || link.contains(char::is_whitespace)) {
            return Err(Refusal::Invalid);
        }
        if self.agency.is_empty() || self.titles.iter().any(String::is_empty) {
            return Err(Refusal::Invalid);
        }
        Ok(Source {
            key: self.key.parse().map_err(|_| Refusal::Key)?,
            kind: SourceKind::parse(&self.kind).ok_or(Refusal::Invalid)?,
            agency: self.agency.clone(),
            year,
            link,
            titles: Lang::all().zip(self.titles.iter().cloned()).collect(),
        })
    }
}

pub(in crate::web::console) async fn list(session: StaffSession) -> PageResult {
    session.must(&Right::Read)?;
    let counts = sources::dependents(&session.window.app.db).await.map_err(failed)?;
    let all = content::sources(&session.window.app.db).await.map_err(failed)?;
    let row = |source: Source| Row {
        title: session.named(&source.titles, source.key.as_str()),
        entries: counts.iter().find(|(key, _)| *key == source.key).map_or(0, |(_, count)| *count),
        source,
    };
    let rows: Vec<Row> = all.into_iter().map(row).collect();
    let is_new = |key: &SourceKey| !rows.iter().any(|row| row.source.key == *key);
    let headings = drafts::headings(&session.window.app.db).await.map_err(failed)?;
    let proposed = headings.into_iter().filter_map(|heading| match heading.item {
        ContentItem::Proposed(Proposed::Source(key)) => Some(key),
        ContentItem::Text(..)
        | ContentItem::Metadata(_)
        | ContentItem::Note(..)
        | ContentItem::Office(..)
        | ContentItem::Proposed(_) => None,
    });
    let new = proposed.filter(is_new).collect();
    Ok(rendered(&List { session: &session, rows, new }))
}

async fn found(session: &StaffSession, key: &str) -> Result<Source, crate::web::console::page_error::PageError> {
    let all = content::sources(&session.window.app.db).await.map_err(failed)?;
    all.into_iter().find(|source| source.key.as_str() == key).ok_or_else(|| session.refuse(&Refusal::Gone))
}

pub(in crate::web::console) async fn show(session: StaffSession, Path(key): Path<String>) -> PageResult {
    session.must(&Right::Read)?;
    let found = found(&session, &key).await;
    let of = key.parse().map(Proposed::Source).map_err(|_| session.refuse(&Refusal::Gone))?;
    match waiting(&session, of).await?.and_then(|waiting| waiting.body) {
        // The form shows the proposed version, as a text's page shows its draft.
        Some(ProposedBody::Source(source)) => {
            page(&session, Some(source.key.clone()), PageForm::of(&source), None).await
        }
        Some(ProposedBody::Help(_) | ProposedBody::Danger(_) | ProposedBody::Reason(_)) | None => {
            let source = found?;
            page(&session, Some(source.key.clone()), PageForm::of(&source), None).await
        }
    }
}

pub(in crate::web::console) async fn new(session: StaffSession) -> PageResult {
    session.must(&Right::Sources)?;
    page(&session, None, PageForm::default(), None).await
}

async fn page(session: &StaffSession, key: Option<SourceKey>, form: PageForm, refusal: Option<&Refusal>) -> PageResult {
    let db = &session.window.app.db;
    let (mut changes, mut dependents, mut waits) = (Vec::new(), Vec::new(), None);
    if let Some(key) = &key {
        waits = waiting(session, Proposed::Source(key.clone())).await?;
        changes = sources::changes(db, key).await.map_err(failed)?;
        let entries = overview::entries(db).await.map_err(failed)?;
        let rests = entries.into_iter().filter(|entry| entry.sources.contains(key));
        dependents = rests
            .map(|entry| Dependent {
                question: session.question(&entry.key),
                waits: entry.rules_changed_on.is_some(),
                key: entry.key,
            })
            .collect();
    }
    let shown = Page {
        session,
        key,
        form,
        changes,
        dependents,
        may: session.may(&Right::Sources),
        waiting: waits,
        today: session.today(),
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
    };
    Ok(with_status(rendered(&shown), refusal))
}

pub(in crate::web::console) async fn make(
    session: StaffSession,
    Form(fields): Form<Vec<(String, String)>>,
) -> PageResult {
    session.must(&Right::Sources)?;
    let form = PageForm::posted(fields);
    save_typed(&session, None, form).await
}

pub(in crate::web::console) async fn save(
    session: StaffSession,
    Path(key): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> PageResult {
    session.must(&Right::Sources)?;
    let form = PageForm { key: key.clone(), ..PageForm::posted(fields) };
    // A source that exists only as a proposal is saved as a new one again.
    match found(&session, &key).await {
        Ok(source) => save_typed(&session, Some(source), form).await,
        Err(gone) => match waits(&session, &key).await? {
            true => save_typed(&session, None, form).await,
            false => Err(gone),
        },
    }
}

/// Whether a source with this key is proposed.
async fn waits(session: &StaffSession, key: &str) -> Result<bool, crate::web::console::page_error::PageError> {
    match key.parse() {
        Ok(key) => Ok(waiting(session, Proposed::Source(key)).await?.is_some()),
        Err(_) => Ok(false),
    }
}

async fn save_typed(session: &StaffSession, before: Option<Source>, form: PageForm) -> PageResult {
    let key = before.as_ref().map(|source| source.key.clone());
    let saved = match form.source() {
        Ok(source) => {
            let saved = save_source(&session.window.app, &session.account, before, &source).await;
            saved.map(|()| source.key)
        }
        Err(refusal) => Err(AppError::Refused(refusal)),
    };
    match saved {
        Ok(key) => Ok(redirect_with(&format!("/console/sources/{key}"), Notice::Submitted)),
        Err(error) => page(session, key, form, Some(&session.refusal_or_page(error)?)).await,
    }
}

/// A change of a source.
#[derive(Deserialize)]
pub(in crate::web::console) struct Change {
    day: String,
    what: String,
}

pub(in crate::web::console) async fn changed(
    session: StaffSession,
    Path(key): Path<String>,
    Form(change): Form<Change>,
) -> PageResult {
    session.must(&Right::Sources)?;
    let source = found(&session, &key).await?;
    let noted = match change.day.parse::<NaiveDate>() {
        Ok(day) => source_changed(&session.window.app, &session.account, &source.key, day, &change.what).await,
        Err(_) => Err(AppError::Refused(Refusal::Invalid)),
    };
    match noted {
        Ok(_) => Ok(redirect_with(&format!("/console/sources/{key}"), Notice::SourceChanged)),
        Err(error) => {
            page(&session, Some(source.key.clone()), PageForm::of(&source), Some(&session.refusal_or_page(error)?))
                .await
        }
    }
}
