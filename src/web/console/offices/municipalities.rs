//! The list of municipalities, and the page of each with its offices, its staff and a link to its notes.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path};
use serde::Deserialize;

use super::office_form::Far;
use super::{Row, names, rows};
use crate::app::{choose_overdue, new_municipality, save_municipality};
use crate::domain::content::entry::Overdue;
use crate::domain::offices::municipality::{Municipality, TypedMunicipality};
use crate::domain::offices::position::Position;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::plain;
use crate::i18n::Label;
use crate::store::content;
use crate::store::staff::accounts;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::form_errors::FormErrors;
use crate::web::console::notice::Notice;
use crate::web::console::operations::settings::overdue_label;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// A municipality in the list.
struct Place {
    key: MunicipalityKey,
    name: String,
    aliases: String,
    offices: usize,
    notes: usize,
}

#[derive(Template)]
#[template(path = "console/offices/municipalities.html")]
struct List<'a> {
    session: &'a StaffSession,
    places: Vec<Place>,
}

#[derive(Template)]
#[template(path = "console/offices/municipality.html")]
struct Page<'a> {
    session: &'a StaffSession,
    /// `None` for a new municipality.
    place: Option<Municipality>,
    form: PageForm,
    /// Set if the position is implausibly far from all other municipalities.
    far: Option<Far>,
    form_errors: FormErrors,
    refusal: Option<String>,
    /// The saved version, if somebody else saved in the meantime.
    conflict: Option<String>,
    rows: Vec<Row>,
    people: Option<Vec<Account>>,
    notes: usize,
    /// The installation's handling of overdue answers, used if the municipality has chosen none.
    overdue: Overdue,
}

/// The posted form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageForm {
    name: String,
    aliases: String,
    lat: String,
    lon: String,
    time_zone: String,
    /// The distant position that somebody has confirmed.
    far: String,
    /// The saved description at the time the page was opened, to detect edit conflicts.
    was: String,
}

impl PageForm {
    fn of(place: &Municipality) -> PageForm {
        PageForm {
            name: place.name.clone(),
            aliases: place.aliases.join("\n"),
            lat: place.position.lat().to_string(),
            lon: place.position.lon().to_string(),
            time_zone: place.time_zone.name().to_owned(),
            was: place.described(),
            far: String::new(),
        }
    }

    fn position(&self) -> Option<Position> {
        Position::new(plain::number(&self.lat)?, plain::number(&self.lon)?).ok()
    }

    /// The distance to the nearest other municipality, if it is implausible and the position is not published already.
    fn far_from(&self, own: Option<&Municipality>, all: &[Municipality]) -> Option<Far> {
        let here = self.position().filter(|here| own.is_none_or(|own| own.position != *here))?;
        let others = all.iter().filter(|other| own.is_none_or(|own| own.key != other.key));
        let km = here.too_far_from_all(others.map(|other| other.position))?;
        Some(Far { right: Far::said(here), km })
    }

    fn municipality(
        &self,
        session: &StaffSession,
        own: Option<&Municipality>,
        all: &[Municipality],
    ) -> Result<TypedMunicipality, FormErrors> {
        let mut form_errors = FormErrors::default();
        let position = self.position();
        if let Some(far) = self.far_from(own, all)
            && self.far != far.right
        {
            let label = Label::SlipFarFromAll { km: &session.km(far.km) };
            form_errors.add(session, "position", session.field("position"), label);
        }
        let time_zone = self.time_zone.trim().parse().ok();
        if self.name.trim().is_empty() {
            form_errors.add(session, "name", session.field("name"), Label::ProblemEmpty);
        }
        if position.is_none() {
            form_errors.add(session, "position", session.field("position"), Label::SlipPosition);
        }
        if time_zone.is_none() {
            form_errors.add(session, "time_zone", session.field("time-zone"), Label::ProblemWrong);
        }
        let aliases = self.aliases.lines().map(str::trim).filter(|line| !line.is_empty());
        match (position, time_zone, form_errors.is_empty()) {
            (Some(position), Some(time_zone), true) => Ok(TypedMunicipality {
                name: self.name.clone(),
                aliases: aliases.map(str::to_owned).collect(),
                position,
                time_zone,
            }),
            (Some(_) | None, _, _) => Err(form_errors),
        }
    }
}

pub(in crate::web::console) async fn list(session: StaffSession) -> PageResult {
    session.must(&Right::Read)?;
    let db = &session.window.app.db;
    let mut offices: BTreeMap<MunicipalityKey, usize> = BTreeMap::new();
    for office in content::offices(db).await.map_err(failed)?.into_iter().filter(|office| office.active) {
        *offices.entry(office.municipality).or_default() += 1;
    }
    let mut notes: BTreeMap<MunicipalityKey, usize> = BTreeMap::new();
    for note in content::notes(db).await.map_err(failed)? {
        *notes.entry(note.municipality).or_default() += 1;
    }
    let places = content::municipalities(db).await.map_err(failed)?.into_iter().map(|place| Place {
        offices: offices.get(&place.key).copied().unwrap_or_default(),
        notes: notes.get(&place.key).copied().unwrap_or_default(),
        aliases: place.aliases.join(", "),
        name: place.name,
        key: place.key,
    });
    let mut places: Vec<Place> = places.collect();
    places.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(rendered(&List { session: &session, places }))
}

/// The municipality with this key.
pub(in crate::web::console) async fn find(session: &StaffSession, key: &str) -> Result<Municipality, PageError> {
    let places = content::municipalities(&session.window.app.db).await.map_err(failed)?;
    places.into_iter().find(|place| place.key.as_str() == key).ok_or_else(|| session.refuse(&Refusal::Gone))
}

pub(in crate::web::console) async fn show(session: StaffSession, Path(key): Path<String>) -> PageResult {
    session.must(&Right::Read)?;
    let place = find(&session, &key).await?;
    let form = PageForm::of(&place);
    page(&session, Some(place), form, Extra::default()).await
}

pub(in crate::web::console) async fn new(session: StaffSession) -> PageResult {
    session.must(&Right::Settings)?;
    let time_zone = session.window.app.zone.name().to_owned();
    page(&session, None, PageForm { time_zone, ..PageForm::default() }, Extra::default()).await
}

pub(in crate::web::console) async fn make(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Settings)?;
    let all = content::municipalities(&session.window.app.db).await.map_err(failed)?;
    let new = match form.municipality(&session, None, &all) {
        Ok(new) => new,
        Err(form_errors) => return page(&session, None, form, Extra::slipped(form_errors)).await,
    };
    match new_municipality(&session.window.app, &session.account, new).await {
        Ok(key) => Ok(redirect_with(&format!("/console/municipalities/{key}"), Notice::Saved)),
        Err(error) => page(&session, None, form, Extra::refused(session.refusal_or_page(error)?)).await,
    }
}

/// The handling of overdue answers; empty for the installation's setting.
#[derive(Deserialize)]
pub(in crate::web::console) struct Choice {
    overdue: String,
}

pub(in crate::web::console) async fn choose(
    session: StaffSession,
    Path(key): Path<String>,
    Form(choice): Form<Choice>,
) -> PageResult {
    let place = find(&session, &key).await?;
    session.must(&Right::Overdue(&place.key))?;
    let overdue = match choice.overdue.as_str() {
        "" => None,
        name => Some(Overdue::parse(name).ok_or_else(|| session.refuse(&Refusal::Invalid))?),
    };
    let chosen = choose_overdue(&session.window.app, &session.account, &place.key, overdue).await;
    chosen.map_err(|error| session.page_error(error))?;
    Ok(redirect_with(&format!("/console/municipalities/{key}"), Notice::Saved))
}

pub(in crate::web::console) async fn save(
    session: StaffSession,
    Path(key): Path<String>,
    Form(form): Form<PageForm>,
) -> PageResult {
    session.must(&Right::Settings)?;
    let place = find(&session, &key).await?;
    let all = content::municipalities(&session.window.app.db).await.map_err(failed)?;
    let changed = match form.municipality(&session, Some(&place), &all) {
        Ok(changed) => changed,
        Err(form_errors) => return page(&session, Some(place), form, Extra::slipped(form_errors)).await,
    };
    // Browsers end lines with CR LF.
    let was = form.was.replace("\r\n", "\n");
    match save_municipality(&session.window.app, &session.account, &place.key, changed, &was).await {
        Ok(()) => Ok(redirect_with(&format!("/console/municipalities/{key}"), Notice::Saved)),
        Err(error) => {
            let refusal = session.refusal_or_page(error)?;
            let now = place.described();
            let conflict = (refusal == Refusal::Changed).then(|| now.clone());
            // Saving again overwrites the version that was shown.
            let form = if conflict.is_some() { PageForm { was: now, ..form } } else { form };
            page(&session, Some(place), form, Extra { conflict, ..Extra::refused(refusal) }).await
        }
    }
}

/// The page's content besides the form.
#[derive(Default)]
struct Extra {
    form_errors: FormErrors,
    refusal: Option<Refusal>,
    conflict: Option<String>,
}

impl Extra {
    fn slipped(form_errors: FormErrors) -> Extra {
        Extra { form_errors, refusal: Some(Refusal::Invalid), conflict: None }
    }

    fn refused(refusal: Refusal) -> Extra {
        Extra { refusal: Some(refusal), ..Extra::default() }
    }
}

async fn page(session: &StaffSession, place: Option<Municipality>, form: PageForm, extra: Extra) -> PageResult {
    let key = place.as_ref().map(|place| &place.key);
    let (mut own, mut people, mut notes) = (Vec::new(), None, 0);
    if let Some(key) = key {
        let all = rows(session, &names(session).await?).await?;
        own = all.into_iter().filter(|row| row.municipality == *key).collect();
        people = people_of(session, key).await?;
        let known = content::notes(&session.window.app.db).await.map_err(failed)?;
        notes = known.iter().filter(|note| note.municipality == *key).count();
    }
    let all = content::municipalities(&session.window.app.db).await.map_err(failed)?;
    let shown = Page {
        session,
        far: form.far_from(place.as_ref(), &all),
        // Errors shown at their fields are not repeated above the form.
        refusal: extra
            .refusal
            .as_ref()
            .filter(|_| extra.form_errors.is_empty())
            .map(|refusal| words(session.lang, refusal)),
        form_errors: extra.form_errors,
        conflict: extra.conflict,
        rows: own,
        people,
        notes,
        overdue: session.window.app.live.now().overdue(None),
        place,
        form,
    };
    Ok(with_status(rendered(&shown), extra.refusal.as_ref()))
}

/// The accounts limited to this municipality; `None` if this account may not manage accounts.
async fn people_of(session: &StaffSession, key: &MunicipalityKey) -> Result<Option<Vec<Account>>, PageError> {
    if !session.may(&Right::Staff) {
        return Ok(None);
    }
    let accounts = accounts::list(&session.window.app.db).await.map_err(failed)?;
    let theirs = |account: &Account| {
        !account.ended
            && account.limits.municipality.as_ref() == Some(key)
            && session.may(Right::Account(&account.limits))
    };
    Ok(Some(accounts.into_iter().filter(theirs).collect()))
}
