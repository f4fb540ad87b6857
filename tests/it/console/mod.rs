//! The console over HTTP: a desk on a port of its own, and clerks who sit at it.

mod actions;
mod audit;
mod both;
mod danger;
mod forms;
mod limits;
mod municipalities;
mod notes;
mod offices;
mod own_telegram;
mod packs;
mod pages;
mod proposals;
mod publishing;
mod regain;
mod rights;
mod second_factor;
mod settings;
mod sign_in;
mod stale;
mod stats;
mod story;
mod tables;
mod typed;
mod unanswered;
mod undelivered;

use reqwest::Response;
use ventanilla::app::{Accepted, App, AppError, publish};
use ventanilla::domain::content::draft::DraftState;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, say};
use ventanilla::store::content::drafts;
use ventanilla::store::staff::accounts;
use ventanilla::web::Settings;

use crate::fixtures::started_sqlite;
use crate::staff;
pub use crate::staff::PASSWORD;
use crate::visitor::{Page, Site, Visitor, site_on};

/// A console over the starter pack.
pub async fn console() -> Site {
    site_on(started_sqlite().await, Settings::default()).await
}

/// Somebody who sits at the console.
pub struct Clerk {
    pub browser: Visitor,
}

/// A new account with this role, signed in.
pub async fn clerk(site: &Site, login: &str, role: Role) -> Clerk {
    limited_clerk(site, login, role, Limits::default()).await
}

/// A new account with these limits.
pub async fn limited_clerk(site: &Site, login: &str, role: Role, limits: Limits) -> Clerk {
    clerk_in(site, login, role, limits, Lang::parse("es").unwrap()).await
}

/// A new account whose console speaks `lang`.
pub async fn clerk_in(site: &Site, login: &str, role: Role, limits: Limits, lang: Lang) -> Clerk {
    let (_, session) = staff::joins(&site.app, login, role, limits, lang).await;
    let browser = site.visitor("es-CL");
    browser.keep_cookie(&format!("desk={session}; Path=/"));
    Clerk { browser }
}

pub async fn accept(browser: &Visitor, token: &str, login: &str) -> Response {
    let form = [
        ("login", login),
        ("name", login),
        ("shown_as", "Oficina de Migrantes"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    browser.send(&format!("/console/invitation/{token}"), &form).await
}

/// A label as a clerk's console says it.
pub fn words(label: Label<'_>) -> String {
    say(Lang::parse("es").unwrap(), &label)
}

/// Publishes the newest draft of a piece in the name of this account.
pub async fn accept_draft(site: &Site, login: &str, item: &ContentItem) -> Result<i64, AppError> {
    let db = &site.app.db;
    let account = accounts::list(db).await.unwrap().into_iter().find(|account| account.login == login).unwrap();
    let number = drafts::newest(db, item).await.unwrap();
    publish(&site.app, &account, &[Accepted { item: item.clone(), number }], false).await
}

/// Accepts every proposal that waits, in the name of a second person.
pub async fn accept_proposals(app: &App, by: &Account) {
    for heading in drafts::headings(&app.db).await.unwrap() {
        if matches!(heading.item, ContentItem::Proposed(_)) && heading.state == DraftState::InReview {
            publish(app, by, &[Accepted { item: heading.item, number: heading.number }], false).await.unwrap();
        }
    }
}

impl Clerk {
    /// Looks at a page of the console.
    pub async fn look(&self, path: &str) -> Page {
        self.browser.look(path).await
    }

    /// Sends a form and follows where it leads.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.browser.post_to(path, fields).await
    }
}

/// A new account at a house without a page.
pub async fn member(app: &App, login: &str, role: Role) -> Account {
    staff::joins(app, login, role, Limits::default(), Lang::first()).await.0
}
