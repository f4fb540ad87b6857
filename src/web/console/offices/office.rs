//! The page of an office: its data, its hours in words, and a map with its nearest neighbours.

use askama::Template;
use axum::extract::{Path, Query};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::hours_form::{Cells, Grid, SpecialRow, in_words};
use super::office_form::{Far, PageForm};
use super::office_map::OfficeMap;
use crate::app::{new_office, save_draft, submit};
use crate::domain::content::body::{Body, OfficeBody, Problem};
use crate::domain::content::draft::{Change, Draft, DraftState};
use crate::domain::content::item::ContentItem;
use crate::domain::offices::hours::Hours;
use crate::domain::offices::municipality::Municipality;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::RunKind;
use crate::domain::text::id::{OfficeKey, ServiceKey};
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::content::drafts::Comment;
use crate::store::content::{self, drafts, items};
use crate::store::offices::municipalities;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::content::conflict::Conflict;
use crate::web::console::content::items::query;
use crate::web::console::form_errors::FormErrors;
use crate::web::console::markers::FilledPage;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

#[derive(Template)]
#[template(path = "console/offices/office.html")]
struct Page<'a> {
    session: &'a StaffSession,
    title: String,
    /// `None` for a new office.
    key: Option<OfficeKey>,
    /// `None` for a new office.
    item: Option<ContentItem>,
    query: String,
    /// `None` if no municipality was chosen yet.
    place: Option<Municipality>,
    /// Set if the office is implausibly far from its municipality.
    far: Option<Far>,
    /// The municipalities that a new office may belong to.
    places: Vec<Municipality>,
    published: Option<OfficeBody>,
    draft: Option<Draft>,
    in_review: bool,
    comments: Vec<Comment>,
    services: Vec<(String, String)>,
    form: PageForm,
    grid: Grid,
    form_errors: FormErrors,
    refusal: Option<String>,
    conflict: Option<Conflict>,
    words: Option<Vec<(Lang, Vec<String>)>>,
    map: Option<OfficeMap>,
    may_write: bool,
}

/// A weekday in the form.
struct DayRow {
    id: String,
    name: String,
    cells: Cells,
}

/// Special days in the form.
struct SpecialDaysRow {
    id: String,
    name: String,
    row: SpecialRow,
}

impl Page<'_> {
    fn days(&self) -> Vec<DayRow> {
        let names = self.session.lang.about().weekdays.iter();
        let rows = names.zip(&self.grid.days).enumerate();
        rows.map(|(number, (name, cells))| DayRow {
            id: format!("day-{number}"),
            name: name.clone(),
            cells: cells.clone(),
        })
        .collect()
    }

    fn special(&self) -> Vec<SpecialDaysRow> {
        let name = |number: usize| self.session.word(Label::OfficeSpecialNumber { number: &(number + 1).to_string() });
        let rows = self.grid.special.iter().enumerate();
        rows.map(|(number, row)| SpecialDaysRow {
            id: format!("special-{number}"),
            name: name(number),
            row: row.clone(),
        })
        .collect()
    }

    fn speaks(&self, lang: &Lang) -> bool {
        self.form.languages.iter().any(|code| code == lang.code())
    }
}

/// The page's content besides the form.
#[derive(Default)]
struct Extra {
    form_errors: FormErrors,
    refusal: Option<Refusal>,
    conflict: Option<Conflict>,
}

/// The office on the page and its municipality.
struct Subject {
    key: Option<OfficeKey>,
    /// `None` if no municipality was chosen yet.
    place: Option<Municipality>,
}

impl Subject {
    /// The content item; `None` for a new office until it is saved.
    fn item(&self) -> Option<ContentItem> {
        Some(ContentItem::Office(self.place.as_ref()?.key.clone(), self.key.clone()?))
    }
}

async fn subject(session: &StaffSession, key: &str) -> Result<(Subject, ContentItem, Municipality), PageError> {
    let gone = || session.refuse(&Refusal::Gone);
    let db = &session.window.app.db;
    let key: OfficeKey = key.parse().map_err(|_| gone())?;
    let owner = municipalities::of_office(db, &key).await.map_err(failed)?.ok_or_else(gone)?;
    let place = places(session).await?.into_iter().find(|place| place.key == owner).ok_or_else(gone)?;
    let item = ContentItem::Office(place.key.clone(), key.clone());
    Ok((Subject { key: Some(key), place: Some(place.clone()) }, item, place))
}

async fn places(session: &StaffSession) -> Result<Vec<Municipality>, PageError> {
    let mut places = content::municipalities(&session.window.app.db).await.map_err(failed)?;
    places.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(places)
}

fn office(body: Option<Body>) -> Option<OfficeBody> {
    match body {
        Some(Body::Office(office)) => Some(office),
        Some(Body::Text(_) | Body::Metadata(_) | Body::Note(_) | Body::Proposed(_)) | None => None,
    }
}

pub(in crate::web::console) async fn show(session: StaffSession, Path(key): Path<String>) -> PageResult {
    session.must(&Right::Read)?;
    let (subject, item, _) = subject(&session, &key).await?;
    let db = &session.window.app.db;
    let draft = drafts::find(db, &item).await.map_err(failed)?;
    let form_errors = match &draft {
        Some(draft) => FormErrors::of(&session, &draft.version.body.problems()),
        None => FormErrors::default(),
    };
    let published = office(items::published(db, &item).await.map_err(failed)?);
    let Some(body) = draft.and_then(|draft| office(Some(draft.version.body))).or(published) else {
        return show_last(&session, subject, &item).await;
    };
    let seen = drafts::newest(db, &item).await.map_err(failed)?;
    page(&session, subject, PageForm::of(&body, seen), Extra { form_errors, ..Extra::default() }).await
}

/// An office whose only draft was discarded: shows its last version, so that work on it can continue.
async fn show_last(session: &StaffSession, subject: Subject, item: &ContentItem) -> PageResult {
    let last = drafts::versions(&session.window.app.db, item).await.map_err(failed)?.into_iter().next();
    let Some((number, body)) = last.and_then(|last| Some((last.number, office(Some(last.body))?))) else {
        return Err(session.refuse(&Refusal::Gone));
    };
    page(session, subject, PageForm::of(&body, number), Extra::default()).await
}

/// The municipality of a new office.
#[derive(Deserialize)]
pub(in crate::web::console) struct Wanted {
    #[serde(default)]
    municipality: String,
}

/// The municipalities in which this account may create offices.
async fn own_places(session: &StaffSession) -> Result<Vec<Municipality>, PageError> {
    let own = |place: &Municipality| session.may(Right::Municipality(&place.key));
    Ok(places(session).await?.into_iter().filter(own).collect())
}

/// The requested municipality, or the only possible one; `None` if there is a choice.
async fn place_for(session: &StaffSession, wanted: &str) -> Result<Option<Municipality>, PageError> {
    let own = own_places(session).await?;
    if own.is_empty() {
        return Err(session.refuse(&Refusal::NoRight));
    }
    let only = if own.len() == 1 { own.first() } else { None };
    Ok(own.iter().find(|place| place.key.as_str() == wanted).or(only).cloned())
}

pub(in crate::web::console) async fn new(session: StaffSession, Query(wanted): Query<Wanted>) -> PageResult {
    session.must(&Right::Read)?;
    let place = place_for(&session, &wanted.municipality).await?;
    let form = PageForm::new_in(place.as_ref());
    page(&session, Subject { key: None, place }, form, Extra::default()).await
}

pub(in crate::web::console) async fn make(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Read)?;
    let place = place_for(&session, &form.municipality).await?;
    // A municipality outside the account's limits must not be replaced silently by the account's own.
    let chosen = place.clone().filter(|place| place.key.as_str() == form.municipality);
    let subject = Subject { key: None, place };
    let Some(place) = chosen else {
        if form.municipality.is_empty() {
            let mut form_errors = FormErrors::default();
            form_errors.add(&session, "municipality", session.word(Label::Municipality), Label::ProblemEmpty);
            return slipped(&session, subject, form, form_errors).await;
        }
        return page(&session, subject, form, Extra { refusal: Some(Refusal::NoRight), ..Extra::default() }).await;
    };
    let form = form.in_zone_of(&place);
    let body = match form.body(&session, session.today(), &place, None) {
        Ok(body) => body,
        Err(form_errors) => return slipped(&session, subject, form, form_errors).await,
    };
    if form.act == "preview" {
        return look(&session, subject, form, body).await;
    }
    let app = &session.window.app;
    let key = match new_office(app, &session.account, &place.key, &form.key, body).await {
        Ok(key) => key,
        Err(error) => {
            let refusal = session.refusal_or_page(error)?;
            let mut form_errors = FormErrors::default();
            if refusal == Refusal::Key {
                form_errors.add(&session, "key", session.word(Label::OfficeKey), Label::RefusedKey);
            }
            return page(&session, subject, form, Extra { form_errors, refusal: Some(refusal), ..Extra::default() })
                .await;
        }
    };
    let subject = Subject { key: Some(key), ..subject };
    finish(&session, subject, PageForm { seen: 1, ..form }).await
}

pub(in crate::web::console) async fn save(
    session: StaffSession,
    Path(key): Path<String>,
    Form(form): Form<PageForm>,
) -> PageResult {
    let (subject, item, place) = subject(&session, &key).await?;
    session.must(&Right::Write(&item))?;
    let published = office(items::published(&session.window.app.db, &item).await.map_err(failed)?);
    let published = published.and_then(|office| office.position());
    let body = match form.body(&session, session.today(), &place, published) {
        Ok(body) => body,
        Err(form_errors) => return slipped(&session, subject, form, form_errors).await,
    };
    if form.act == "preview" {
        return look(&session, subject, form, body).await;
    }
    let app = &session.window.app;
    let mine = Body::Office(body);
    match save_draft(app, &session.account, &item, mine.clone(), Change::Meaning, form.seen).await {
        Ok(seen) => finish(&session, subject, PageForm { seen, ..form }).await,
        Err(error) => {
            let refusal = session.refusal_or_page(error)?;
            let changed = refusal == Refusal::Changed;
            let conflict = if changed { Conflict::find(&session, &item, &mine).await? } else { None };
            let seen = conflict.as_ref().map_or(form.seen, |conflict| conflict.number);
            let extra = Extra { refusal: Some(refusal), conflict, ..Extra::default() };
            page(&session, subject, PageForm { seen, ..form }, extra).await
        }
    }
}

/// After a draft was saved: shows the page again, or submits the draft if that was requested.
async fn finish(session: &StaffSession, subject: Subject, form: PageForm) -> PageResult {
    let Some(item) = subject.item() else { return Err(session.refuse(&Refusal::Gone)) };
    let here = crate::web::console::content::items::edit_path(&item);
    if form.act != "submit" {
        return Ok(redirect_with(&here, Notice::Saved));
    }
    match submit(&session.window.app, &session.account, &item).await {
        Ok(()) => Ok(redirect_with(&here, Notice::Submitted)),
        Err(error) => {
            let refusal = session.refusal_or_page(error)?;
            let problems: &[Problem] = if let Refusal::Problems(problems) = &refusal { problems } else { &[] };
            let form_errors = FormErrors::of(session, problems);
            page(session, subject, form, Extra { form_errors, refusal: Some(refusal), ..Extra::default() }).await
        }
    }
}

/// Preview: shows the form with its errors and saves nothing.
async fn look(session: &StaffSession, subject: Subject, form: PageForm, body: OfficeBody) -> PageResult {
    let hours = body.hours.clone();
    let form_errors = FormErrors::of(session, &Body::Office(body).problems());
    // Shows the hours as they would be saved.
    let shown = if form.is_week() { PageForm { hours: hours.clone(), hours_was: hours, ..form } } else { form };
    page(session, subject, shown, Extra { form_errors, ..Extra::default() }).await
}

async fn slipped(session: &StaffSession, subject: Subject, form: PageForm, form_errors: FormErrors) -> PageResult {
    page(session, subject, form, Extra { form_errors, refusal: Some(Refusal::Invalid), ..Extra::default() }).await
}

async fn page(session: &StaffSession, subject: Subject, form: PageForm, extra: Extra) -> PageResult {
    let db = &session.window.app.db;
    let item = subject.item();
    let (mut draft, mut published, mut comments) = (None, None, Vec::new());
    if let Some(item) = &item {
        draft = drafts::find(db, item).await.map_err(failed)?;
        published = office(items::published(db, item).await.map_err(failed)?);
        comments = drafts::comments(db, item).await.map_err(failed)?;
    }
    let offices = content::offices(db).await.map_err(failed)?;
    let knowledge = session.window.app.live.now();
    let service = |key: &ServiceKey| (key.to_string(), session.service(key));
    let here = published.as_ref().and_then(OfficeBody::position);
    let far = subject.place.as_ref().and_then(|place| form.far_from(place));
    let shown = Page {
        session,
        title: title(session, &subject, &form),
        query: item.as_ref().map(query).unwrap_or_default(),
        places: own_places(session).await?,
        published,
        far: far.filter(|_| form.position() != here),
        in_review: draft.as_ref().is_some_and(|draft| draft.state == DraftState::InReview),
        draft,
        comments,
        services: knowledge.all_services().iter().map(|known| service(&known.key)).collect(),
        grid: form.grid().with_spare_rows(),
        // Errors shown at their fields are not repeated above the form.
        refusal: extra
            .refusal
            .as_ref()
            .filter(|_| extra.form_errors.is_empty())
            .map(|refusal| words(session.lang, refusal)),
        form_errors: extra.form_errors,
        conflict: extra.conflict,
        words: in_words(&form.hours).filter(|_| Hours::parse(&form.hours).is_ok()),
        map: form.position().map(|here| OfficeMap::of(here, subject.key.as_ref(), &offices)),
        // An account that reaches the page of a new office may create offices in at least one municipality.
        may_write: item.as_ref().is_none_or(|item| session.may(Right::Write(item))),
        key: subject.key,
        place: subject.place,
        item,
        form,
    };
    let mut response = with_status(rendered(&shown), extra.refusal.as_ref());
    // Empty special days are left out, so the form's rows differ from the posted ones.
    response.extensions_mut().insert(FilledPage);
    Ok(response)
}

fn title(session: &StaffSession, subject: &Subject, form: &PageForm) -> String {
    match &subject.key {
        None => session.word(Label::OfficeNewTitle),
        Some(key) if form.name.trim().is_empty() => key.to_string(),
        Some(_) => form.name.clone(),
    }
}
