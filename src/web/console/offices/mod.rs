//! The list of offices, including closed ones and drafts.

pub(in crate::web::console) mod hours_form;
pub(in crate::web::console) mod municipalities;
pub(in crate::web::console) mod office;
pub(in crate::web::console) mod office_form;
pub(in crate::web::console) mod office_map;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use super::page_error::{PageError, PageResult, failed};
use super::staff_session::StaffSession;
use crate::domain::content::body::Body;
use crate::domain::content::draft::DraftState;
use crate::domain::content::item::ContentItem;
use crate::domain::offices::hours::Hours;
use crate::domain::offices::office::Office;
use crate::domain::offices::week::Week;
use crate::domain::staff::account::Right;
use crate::domain::text::id::{MunicipalityKey, OfficeKey};
use crate::i18n::{Label, week_in_words};
use crate::store::content::{self, drafts};
use crate::understanding::language::fold;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;

/// The filters of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PageQuery {
    /// `None` if the list was opened without a form: then the account's own municipality is shown.
    municipality: Option<String>,
    service: String,
    active: String,
    hours: String,
    words: String,
}

/// An office in the list.
pub(super) struct Row {
    pub key: OfficeKey,
    pub municipality: MunicipalityKey,
    pub place: String,
    pub name: String,
    pub address: String,
    pub services: Vec<String>,
    pub hours: String,
    pub active: bool,
    pub hours_checked: bool,
    pub published: bool,
    pub draft: Option<DraftState>,
    service_keys: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/offices/offices.html")]
struct Page<'a> {
    session: &'a StaffSession,
    query: PageQuery,
    municipality: String,
    municipalities: Vec<(String, String)>,
    services: Vec<(String, String)>,
    rows: Vec<Row>,
    may_open: bool,
}

impl Row {
    fn matches(&self, query: &PageQuery, municipality: &str) -> bool {
        let is = |wanted: &str, yes: &str, value: bool| wanted.is_empty() || (wanted == yes) == value;
        let words = fold(&format!("{} {} {} {}", self.name, self.address, self.key, self.place));
        (municipality.is_empty() || self.municipality.as_str() == municipality)
            && (query.service.is_empty() || self.service_keys.contains(&query.service))
            && is(&query.active, "yes", self.active)
            && is(&query.hours, "checked", self.hours_checked)
            && fold(&query.words).split_whitespace().all(|word| words.contains(word))
    }
}

pub(super) async fn list(session: StaffSession, Query(query): Query<PageQuery>) -> PageResult {
    session.must(&Right::Read)?;
    let own = session.account.limits.municipality.as_ref().map(ToString::to_string).unwrap_or_default();
    let municipality = query.municipality.clone().unwrap_or(own);
    let places = names(&session).await?;
    let knowledge = session.window.app.live.now();
    let mut municipalities: Vec<_> = places.iter().map(|(key, name)| (key.to_string(), name.clone())).collect();
    municipalities.sort_by(|a, b| a.1.cmp(&b.1));
    let rows = rows(&session, &places).await?.into_iter().filter(|row| row.matches(&query, &municipality)).collect();
    let services = knowledge.all_services().iter();
    Ok(rendered(&Page {
        services: services.map(|known| (known.key.to_string(), session.service(&known.key))).collect(),
        may_open: places.keys().any(|key| session.may(Right::Municipality(key))),
        session: &session,
        query,
        municipality,
        municipalities,
        rows,
    }))
}

/// The names of the municipalities.
pub(super) async fn names(session: &StaffSession) -> Result<BTreeMap<MunicipalityKey, String>, PageError> {
    let places = content::municipalities(&session.window.app.db).await.map_err(failed)?;
    Ok(places.into_iter().map(|place| (place.key, place.name)).collect())
}

/// All offices; those that are only drafts come last.
pub(super) async fn rows(
    session: &StaffSession,
    places: &BTreeMap<MunicipalityKey, String>,
) -> Result<Vec<Row>, PageError> {
    let db = &session.window.app.db;
    let mut written: BTreeMap<(MunicipalityKey, OfficeKey), DraftState> = BTreeMap::new();
    for heading in drafts::headings(db).await.map_err(failed)? {
        if let ContentItem::Office(municipality, key) = heading.item {
            written.insert((municipality, key), heading.state);
        }
    }
    let name = |key: &MunicipalityKey| places.get(key).cloned().unwrap_or_else(|| key.to_string());
    let offices = content::offices(db).await.map_err(failed)?;
    let mut rows: Vec<Row> = Vec::new();
    for office in offices {
        let draft = written.remove(&(office.municipality.clone(), office.key.clone()));
        rows.push(published(session, office, draft, &name));
    }
    for ((municipality, key), state) in written {
        let item = ContentItem::Office(municipality.clone(), key.clone());
        let draft = drafts::find(db, &item).await.map_err(failed)?;
        if let Some(Body::Office(body)) = draft.map(|draft| draft.version.body) {
            rows.push(Row {
                place: name(&municipality),
                service_keys: body.services.iter().map(ToString::to_string).collect(),
                services: body.services.iter().map(|service| session.service(service)).collect(),
                hours: hours(session, &body.hours),
                name: if body.name.is_empty() { key.to_string() } else { body.name },
                address: body.address,
                active: body.active,
                hours_checked: body.hours_checked,
                published: false,
                draft: Some(state),
                municipality,
                key,
            });
        }
    }
    Ok(rows)
}

fn published(
    session: &StaffSession,
    office: Office,
    draft: Option<DraftState>,
    name: &impl Fn(&MunicipalityKey) -> String,
) -> Row {
    Row {
        place: name(&office.municipality),
        service_keys: office.services.iter().map(ToString::to_string).collect(),
        services: office.services.iter().map(|service| session.service(service)).collect(),
        hours: hours(session, office.hours.as_ref().map(Hours::as_str).unwrap_or_default()),
        name: office.name,
        address: office.address.unwrap_or_default(),
        active: office.active,
        hours_checked: office.hours_checked,
        published: true,
        draft,
        municipality: office.municipality,
        key: office.key,
    }
}

/// The hours in words; as written if they cannot be expressed in words; "unknown" if there are none.
fn hours(session: &StaffSession, text: &str) -> String {
    if text.is_empty() {
        return session.word(Label::HoursUnknown);
    }
    let said = Week::read(text).and_then(|week| week_in_words(session.lang, &week).into_iter().next());
    said.unwrap_or_else(|| text.to_owned())
}
