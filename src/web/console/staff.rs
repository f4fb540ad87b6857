//! Staff: who works here, inviting others, changing roles and limits.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::desk::{Desk, Shown, failed, see_done};
use super::done::Done;
use super::own::with_status;
use super::refused::words;
use crate::actions::{change_role, end_account, invite as invite_somebody};
use crate::domain::id::TopicKey;
use crate::domain::lang::Lang;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Account, Limits, Right, Role};
use crate::locale::Label;
use crate::store::accounts;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::page::painted;

#[derive(Template)]
#[template(path = "console/staff.html")]
struct Page<'a> {
    desk: &'a Desk,
    staff: Vec<Account>,
    choice: Choice,
    /// The token of an invitation that was just made.
    link: Option<String>,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "console/member.html")]
struct Member<'a> {
    desk: &'a Desk,
    member: Account,
    choice: Choice,
    refusal: Option<String>,
}

/// What can be chosen for an account, with what is chosen.
struct Choice {
    role: Role,
    limits: Limits,
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
    let knowledge = desk.window.house.live.now();
    Choice {
        role,
        limits,
        municipalities: knowledge
            .municipalities()
            .iter()
            .map(|place| (place.key.to_string(), place.name.clone()))
            .collect(),
        topics: desk.topics(),
    }
}

pub(super) async fn list(desk: Desk) -> Shown {
    page(&desk, None, None).await
}

async fn page(desk: &Desk, link: Option<String>, refusal: Option<&Refusal>) -> Shown {
    desk.must(&Right::Staff)?;
    let staff = accounts::list(&desk.window.house.db).await.map_err(failed)?;
    let staff = staff.into_iter().filter(|account| desk.account.limits.allow(&account.limits)).collect();
    let shown = Page {
        desk,
        staff,
        choice: choice(desk, Role::Author, desk.account.limits.clone()),
        link,
        refusal: refusal.map(|refusal| words(desk.lang, refusal)),
    };
    Ok(with_status(painted(&shown), refusal))
}

pub(super) async fn invite(desk: Desk, Form(typed): Form<Typed>) -> Shown {
    desk.must(&Right::Staff)?;
    let (Some(role), Some(limits)) = (typed.role(), typed.limits()) else {
        return page(&desk, None, Some(&Refusal::Invalid)).await;
    };
    let lang = Lang::parse(&typed.lang).unwrap_or(desk.lang);
    match invite_somebody(&desk.window.house, Some(&desk.account), role, limits, lang).await {
        // Shown once, on this very page: an address would stay in the history of the browser.
        Ok(token) => page(&desk, Some(token), None).await,
        Err(trouble) => page(&desk, None, Some(&desk.mend(trouble)?)).await,
    }
}

pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Shown {
    member(&desk, &id, None).await
}

async fn member(desk: &Desk, id: &str, refusal: Option<&Refusal>) -> Shown {
    desk.must(&Right::Staff)?;
    let found = accounts::find(&desk.window.house.db, id).await.map_err(failed)?;
    let found = found.filter(|account| !account.ended && desk.account.limits.allow(&account.limits));
    let Some(member) = found else { return Err(desk.refuse(&Refusal::Gone)) };
    let choice = choice(desk, member.role, member.limits.clone());
    let shown = Member { desk, member, choice, refusal: refusal.map(|refusal| words(desk.lang, refusal)) };
    Ok(with_status(painted(&shown), refusal))
}

pub(super) async fn save(desk: Desk, Path(id): Path<String>, Form(typed): Form<Typed>) -> Shown {
    desk.must(&Right::Staff)?;
    let (Some(role), Some(limits)) = (typed.role(), typed.limits()) else {
        return member(&desk, &id, Some(&Refusal::Invalid)).await;
    };
    match change_role(&desk.window.house, &desk.account, &id, role, limits).await {
        Ok(()) => Ok(see_done("/console/staff", Done::Saved)),
        Err(trouble) => member(&desk, &id, Some(&desk.mend(trouble)?)).await,
    }
}

pub(super) async fn end(desk: Desk, Path(id): Path<String>) -> Shown {
    desk.must(&Right::Staff)?;
    match end_account(&desk.window.house, &desk.account, &id).await {
        Ok(()) => Ok(see_done("/console/staff", Done::Ended)),
        Err(trouble) => member(&desk, &id, Some(&desk.mend(trouble)?)).await,
    }
}
