//! Staff: who works here, inviting others, changing roles and limits.

pub(in crate::web::console) mod account;
pub(in crate::web::console) mod account_factor;
pub(in crate::web::console) mod account_telegram;
pub(in crate::web::console) mod audit;
pub(in crate::web::console) mod audit_words;
pub(in crate::web::console) mod invitation;
pub(in crate::web::console) mod names_in_history;
pub(in crate::web::console) mod new_password;
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
use super::notice::Done;
use super::refused::words;
use super::staff_session::{Desk, PageResult, failed, redirect_with};
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
use crate::web::chat::page::painted;

#[derive(Template)]
#[template(path = "console/staff/staff.html")]
struct Page<'a> {
    desk: &'a Desk,
    staff: Vec<Account>,
    choice: Choice,
    /// The whole link of an invitation that was just made.
    link: Option<String>,
    invitations: Vec<Invitation>,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "console/staff/member.html")]
struct Member<'a> {
    desk: &'a Desk,
    member: Account,
    choice: Choice,
    /// The whole link for a new password that was just made.
    link: Option<String>,
    refusal: Option<String>,
}

/// What can be chosen for an account by this one, which gives no more than it has, with what is chosen.
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

/// A role with limits, as a form sends them.
#[derive(Deserialize)]
pub(super) struct Typed {
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

impl Typed {
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

/// A role's name.
pub(super) fn role_label(role: Role) -> Label<'static> {
    match role {
        Role::Author => Label::RoleAuthor,
        Role::Reviewer => Label::RoleReviewer,
        Role::Administrator => Label::RoleAdministrator,
        Role::Observer => Label::RoleObserver,
    }
}

pub(super) fn role_about(role: Role) -> Label<'static> {
    match role {
        Role::Author => Label::RoleAuthorAbout,
        Role::Reviewer => Label::RoleReviewerAbout,
        Role::Administrator => Label::RoleAdministratorAbout,
        Role::Observer => Label::RoleObserverAbout,
    }
}

fn choice(desk: &Desk, role: Role, limits: Limits) -> Choice {
    let knowledge = desk.window.app.live.now();
    let own = &desk.account.limits;
    let places = knowledge.municipalities().iter();
    let places = places.filter(|place| own.municipality.as_ref().is_none_or(|own| *own == place.key));
    Choice {
        role,
        limits,
        is_bound: own.municipality.is_some(),
        municipalities: places.map(|place| (place.key.to_string(), place.name.clone())).collect(),
        langs: Lang::all().filter(|lang| own.langs.is_empty() || own.langs.contains(lang)).collect(),
        topics: desk
            .topics()
            .into_iter()
            .filter(|(key, _)| own.topics.is_empty() || own.topics.contains(key))
            .collect(),
    }
}

pub(super) async fn list(desk: Desk) -> PageResult {
    page(&desk, None, None).await
}

async fn page(desk: &Desk, link: Option<String>, refusal: Option<&Refusal>) -> PageResult {
    desk.must(&Right::Staff)?;
    let staff = accounts::list(&desk.window.app.db).await.map_err(failed)?;
    let staff = staff.into_iter().filter(|account| desk.may(Right::Account(&account.limits))).collect();
    let open = open_invitations(&desk.window.app, &desk.account).await.map_err(|error| desk.page_error(error))?;
    let shown = Page {
        desk,
        staff,
        choice: choice(desk, Role::Author, desk.account.limits.clone()),
        link,
        invitations: open,
        refusal: refusal.map(|refusal| words(desk.lang, refusal)),
    };
    Ok(with_status(painted(&shown), refusal))
}

/// Where the console is reached from outside: as the settings say, or as this browser reached it.
fn whole_link(desk: &Desk, headers: &HeaderMap, path: &str) -> String {
    let scheme = if desk.window.settings.secure_cookies { "https" } else { "http" };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let here = format!("{scheme}://{host}");
    let base = desk.window.app.public_url.get().map_or(here.as_str(), |url| url.trim_end_matches('/'));
    format!("{base}{path}")
}

pub(super) async fn invite(desk: Desk, headers: HeaderMap, Form(typed): Form<Typed>) -> PageResult {
    desk.must(&Right::Staff)?;
    let (Some(role), Some(limits)) = (typed.role(), typed.limits()) else {
        return page(&desk, None, Some(&Refusal::Invalid)).await;
    };
    let lang = Lang::parse(&typed.lang).unwrap_or(desk.lang);
    match invite_somebody(&desk.window.app, &desk.account, role, limits, &typed.shown_as, lang).await {
        // Shown once, on this very page: an address would stay in the history of the browser.
        Ok(token) => {
            let link = whole_link(&desk, &headers, &format!("/console/invitation/{token}"));
            page(&desk, Some(link), None).await
        }
        Err(error) => page(&desk, None, Some(&desk.refusal_or_page(error)?)).await,
    }
}

pub(super) async fn take_back(desk: Desk, Path(hash): Path<String>) -> PageResult {
    desk.must(&Right::Staff)?;
    match take_back_invitation(&desk.window.app, &desk.account, &hash).await {
        Ok(()) => Ok(redirect_with("/console/staff", Done::TakenBack)),
        Err(error) => Err(desk.page_error(error)),
    }
}

pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> PageResult {
    member(&desk, &id, None, None).await
}

async fn member(desk: &Desk, id: &str, link: Option<String>, refusal: Option<&Refusal>) -> PageResult {
    desk.must(&Right::Staff)?;
    let found = accounts::find(&desk.window.app.db, id).await.map_err(failed)?;
    let found = found.filter(|account| !account.ended && desk.may(Right::Account(&account.limits)));
    let Some(member) = found else { return Err(desk.refuse(&Refusal::Gone)) };
    let choice = choice(desk, member.role, member.limits.clone());
    let shown = Member { desk, member, choice, link, refusal: refusal.map(|refusal| words(desk.lang, refusal)) };
    Ok(with_status(painted(&shown), refusal))
}

pub(super) async fn save(desk: Desk, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    desk.must(&Right::Staff)?;
    let (Some(role), Some(limits)) = (typed.role(), typed.limits()) else {
        return member(&desk, &id, None, Some(&Refusal::Invalid)).await;
    };
    match change_role(&desk.window.app, &desk.account, &id, role, limits).await {
        Ok(()) => Ok(redirect_with("/console/staff", Done::Saved)),
        Err(error) => member(&desk, &id, None, Some(&desk.refusal_or_page(error)?)).await,
    }
}

/// By which name people see somebody.
#[derive(Deserialize)]
pub(super) struct Shows {
    shown_as: String,
}

pub(super) async fn show_as(desk: Desk, Path(id): Path<String>, Form(typed): Form<Shows>) -> PageResult {
    desk.must(&Right::Staff)?;
    match change_shown_as(&desk.window.app, &desk.account, &id, &typed.shown_as).await {
        Ok(()) => Ok(redirect_with(&format!("/console/staff/{id}"), Done::Saved)),
        Err(error) => member(&desk, &id, None, Some(&desk.refusal_or_page(error)?)).await,
    }
}

pub(super) async fn end(desk: Desk, Path(id): Path<String>) -> PageResult {
    desk.must(&Right::Staff)?;
    match end_account(&desk.window.app, &desk.account, &id).await {
        Ok(()) => Ok(redirect_with("/console/staff", Done::Ended)),
        Err(error) => member(&desk, &id, None, Some(&desk.refusal_or_page(error)?)).await,
    }
}

pub(super) async fn new_password(desk: Desk, headers: HeaderMap, Path(id): Path<String>) -> PageResult {
    desk.must(&Right::Staff)?;
    match make_password_link(&desk.window.app, &desk.account, &id).await {
        // Shown once, on this very page: an address would stay in the history of the browser.
        Ok(token) => {
            let link = whole_link(&desk, &headers, &format!("/console/new-password/{token}"));
            member(&desk, &id, Some(link), None).await
        }
        Err(error) => member(&desk, &id, None, Some(&desk.refusal_or_page(error)?)).await,
    }
}

pub(super) async fn factor_off(desk: Desk, Path(id): Path<String>) -> PageResult {
    desk.must(&Right::Staff)?;
    match lost_factor_off(&desk.window.app, &desk.account, &id).await {
        Ok(()) => Ok(redirect_with(&format!("/console/staff/{id}"), Done::FactorOff)),
        Err(error) => member(&desk, &id, None, Some(&desk.refusal_or_page(error)?)).await,
    }
}
