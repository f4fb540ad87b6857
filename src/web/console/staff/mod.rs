//! The pages of staff accounts: the list, invitations, roles and limits.

pub(in crate::web::console) mod account;
pub(in crate::web::console) mod account_factor;
pub(in crate::web::console) mod account_telegram;
pub(in crate::web::console) mod audit;
pub(in crate::web::console) mod audit_words;
pub(in crate::web::console) mod invitation;
pub(in crate::web::console) mod names_in_history;
pub(in crate::web::console) mod new_password;
pub(in crate::web::console) mod roles;
pub(in crate::web::console) mod sign_in;

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum_extra::extract::Form;
use serde::Deserialize;

use self::account::with_status;
use self::names_in_history::who;
use super::notice::Notice;
use super::page_error::{PageResult, failed, redirect_with};
use super::refused::words;
use super::staff_session::StaffSession;
use crate::app::{
    change_role, change_shown_as, end_account, invite as invite_somebody, lost_factor_off, make_password_link,
    open_invitations, take_back_invitation,
};
use crate::domain::staff::account::{Account, Limits, Right, Role};
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::TopicKey;
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::staff::accounts;
use crate::store::staff::invitations::Invitation;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;

#[derive(Template)]
#[template(path = "console/staff/staff.html")]
struct Page<'a> {
    session: &'a StaffSession,
    staff: Vec<Account>,
    choice: Choice,
    /// The full link of an invitation that was just created.
    link: Option<String>,
    invitations: Vec<Invitation>,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "console/staff/member.html")]
struct Member<'a> {
    session: &'a StaffSession,
    member: Account,
    choice: Choice,
    /// The full link for a new password that was just created.
    link: Option<String>,
    refusal: Option<String>,
}

/// The roles and limits that this account may grant, which are no wider than its own, and those selected.
struct Choice {
    role: Role,
    limits: Limits,
    /// Whether a municipality has to be chosen.
    is_bound: bool,
    langs: Vec<Lang>,
    municipalities: Vec<(String, String)>,
    topics: Vec<(TopicKey, String)>,
}

impl Choice {
    fn is_limited_to(&self, municipality: &str) -> bool {
        self.limits.municipality.as_ref().is_some_and(|own| own.as_str() == municipality)
    }
}

/// A role with limits, as posted.
#[derive(Deserialize)]
pub(super) struct PageForm {
    role: String,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    shown_as: String,
    #[serde(default)]
    municipality: String,
    #[serde(default)]
    langs: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
}

impl PageForm {
    fn role(&self) -> Option<Role> {
        Role::parse(&self.role)
    }

    fn limits(&self) -> Option<Limits> {
        let langs: Option<BTreeSet<_>> = self.langs.iter().map(|code| Lang::parse(code)).collect();
        let topics: Option<BTreeSet<_>> = self.topics.iter().map(|key| key.parse().ok()).collect();
        let municipality = match self.municipality.as_str() {
            "" => None,
            key => Some(key.parse().ok()?),
        };
        Some(Limits { municipality, langs: langs?, topics: topics? })
    }
}

fn choice(session: &StaffSession, role: Role, limits: Limits) -> Choice {
    let knowledge = session.window.app.live.now();
    let own = &session.account.limits;
    let places = knowledge.municipalities().iter();
    let places = places.filter(|place| own.municipality.as_ref().is_none_or(|own| *own == place.key));
    Choice {
        role,
        limits,
        is_bound: own.municipality.is_some(),
        municipalities: places.map(|place| (place.key.to_string(), place.name.clone())).collect(),
        langs: Lang::all().filter(|lang| own.langs.is_empty() || own.langs.contains(lang)).collect(),
        topics: session
            .topics()
            .into_iter()
            .filter(|(key, _)| own.topics.is_empty() || own.topics.contains(key))
            .collect(),
    }
}

pub(super) async fn list(session: StaffSession) -> PageResult {
    page(&session, None, None).await
}

async fn page(session: &StaffSession, link: Option<String>, refusal: Option<&Refusal>) -> PageResult {
    session.must(&Right::Staff)?;
    let staff = accounts::list(&session.window.app.db).await.map_err(failed)?;
    let staff = staff.into_iter().filter(|account| session.may(Right::Account(&account.limits))).collect();
    let open =
        open_invitations(&session.window.app, &session.account).await.map_err(|error| session.page_error(error))?;
    let shown = Page {
        session,
        staff,
        choice: choice(session, Role::Author, session.account.limits.clone()),
        link,
        invitations: open,
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
    };
    Ok(with_status(rendered(&shown), refusal))
}

/// A full link, with the base address from the settings or from this request's `Host`.
fn whole_link(session: &StaffSession, headers: &HeaderMap, path: &str) -> String {
    let scheme = if session.window.settings.secure_cookies { "https" } else { "http" };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let here = format!("{scheme}://{host}");
    let base = session.window.app.public_url.get().map_or(here.as_str(), |url| url.trim_end_matches('/'));
    format!("{base}{path}")
}

pub(super) async fn invite(session: StaffSession, headers: HeaderMap, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Staff)?;
    let (Some(role), Some(limits)) = (form.role(), form.limits()) else {
        return page(&session, None, Some(&Refusal::Invalid)).await;
    };
    let lang = Lang::parse(&form.lang).unwrap_or(session.lang);
    match invite_somebody(&session.window.app, &session.account, role, limits, &form.shown_as, lang).await {
        // Shown once in this response: an address would stay in the browser's history.
        Ok(token) => {
            let link = whole_link(&session, &headers, &format!("/console/invitation/{token}"));
            page(&session, Some(link), None).await
        }
        Err(error) => page(&session, None, Some(&session.refusal_or_page(error)?)).await,
    }
}

pub(super) async fn take_back(session: StaffSession, Path(hash): Path<String>) -> PageResult {
    session.must(&Right::Staff)?;
    match take_back_invitation(&session.window.app, &session.account, &hash).await {
        Ok(()) => Ok(redirect_with("/console/staff", Notice::TakenBack)),
        Err(error) => Err(session.page_error(error)),
    }
}

pub(super) async fn show(session: StaffSession, Path(id): Path<String>) -> PageResult {
    member(&session, &id, None, None).await
}

async fn member(session: &StaffSession, id: &str, link: Option<String>, refusal: Option<&Refusal>) -> PageResult {
    session.must(&Right::Staff)?;
    let found = accounts::find(&session.window.app.db, id).await.map_err(failed)?;
    let found = found.filter(|account| !account.ended && session.may(Right::Account(&account.limits)));
    let Some(member) = found else { return Err(session.refuse(&Refusal::Gone)) };
    let choice = choice(session, member.role, member.limits.clone());
    let shown = Member { session, member, choice, link, refusal: refusal.map(|refusal| words(session.lang, refusal)) };
    Ok(with_status(rendered(&shown), refusal))
}

pub(super) async fn save(session: StaffSession, Path(id): Path<String>, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Staff)?;
    let (Some(role), Some(limits)) = (form.role(), form.limits()) else {
        return member(&session, &id, None, Some(&Refusal::Invalid)).await;
    };
    match change_role(&session.window.app, &session.account, &id, role, limits).await {
        Ok(()) => Ok(redirect_with("/console/staff", Notice::Saved)),
        Err(error) => member(&session, &id, None, Some(&session.refusal_or_page(error)?)).await,
    }
}

/// The name that people see for an account.
#[derive(Deserialize)]
pub(super) struct Shows {
    shown_as: String,
}

pub(super) async fn show_as(session: StaffSession, Path(id): Path<String>, Form(form): Form<Shows>) -> PageResult {
    session.must(&Right::Staff)?;
    match change_shown_as(&session.window.app, &session.account, &id, &form.shown_as).await {
        Ok(()) => Ok(redirect_with(&format!("/console/staff/{id}"), Notice::Saved)),
        Err(error) => member(&session, &id, None, Some(&session.refusal_or_page(error)?)).await,
    }
}

pub(super) async fn end(session: StaffSession, Path(id): Path<String>) -> PageResult {
    session.must(&Right::Staff)?;
    match end_account(&session.window.app, &session.account, &id).await {
        Ok(()) => Ok(redirect_with("/console/staff", Notice::Ended)),
        Err(error) => member(&session, &id, None, Some(&session.refusal_or_page(error)?)).await,
    }
}

pub(super) async fn new_password(session: StaffSession, headers: HeaderMap, Path(id): Path<String>) -> PageResult {
    session.must(&Right::Staff)?;
    match make_password_link(&session.window.app, &session.account, &id).await {
        // Shown once in this response: an address would stay in the browser's history.
        Ok(token) => {
            let link = whole_link(&session, &headers, &format!("/console/new-password/{token}"));
            member(&session, &id, Some(link), None).await
        }
        Err(error) => member(&session, &id, None, Some(&session.refusal_or_page(error)?)).await,
    }
}

pub(super) async fn factor_off(session: StaffSession, Path(id): Path<String>) -> PageResult {
    session.must(&Right::Staff)?;
    match lost_factor_off(&session.window.app, &session.account, &id).await {
        Ok(()) => Ok(redirect_with(&format!("/console/staff/{id}"), Notice::FactorOff)),
        Err(error) => member(&session, &id, None, Some(&session.refusal_or_page(error)?)).await,
    }
}
