//! The console over HTTP: a desk on a port of its own, and clerks who sit at it.

mod audit;
mod both;
mod danger;
mod forms;
mod gaps;
mod municipalities;
mod notes;
mod offices;
mod own_telegram;
mod pages;
mod publishing;
mod rights;
mod settings;
mod sign_in;
mod stats;
mod story;
mod tables;

use reqwest::Response;
use ventanilla::actions::{
    Accepted, Chosen, House, Trouble, accept_invitation, import_starter, invite, invite_first, publish, signed_in,
};
use ventanilla::domain::lang::Lang;
use ventanilla::domain::piece::Piece;
use ventanilla::domain::staff::{Account, Limits, Role};
use ventanilla::locale::{Label, say};
use ventanilla::store::{accounts, drafts};
use ventanilla::web::Settings;

use crate::houses::morning;
use crate::visitor::{Page, Site, Visitor, site_with};

/// A password that the console takes.
pub const PASSWORD: &str = "un puente de madera";

/// A console over the starter pack.
pub async fn console() -> Site {
    let site = site_with(Settings::default()).await;
    import_starter(&site.house.db, morning()).await.unwrap();
    site
}

/// Somebody who sits at the console.
pub struct Clerk {
    pub browser: Visitor,
}

/// A new account with this role, by an invitation as everybody comes, signed in.
pub async fn clerk(site: &Site, login: &str, role: Role) -> Clerk {
    limited_clerk(site, login, role, Limits::default()).await
}

/// A new account with these limits.
pub async fn limited_clerk(site: &Site, login: &str, role: Role, limits: Limits) -> Clerk {
    clerk_in(site, login, role, limits, Lang::parse("es").unwrap()).await
}

/// A new account whose console speaks `lang`.
pub async fn clerk_in(site: &Site, login: &str, role: Role, limits: Limits, lang: Lang) -> Clerk {
    let token = match limits == Limits::default() {
        true => invite_first(&site.house.db, morning(), role, lang).await.unwrap(),
        false => invite(&site.house, &administrator(site).await, role, limits, lang).await.unwrap(),
    };
    let browser = site.visitor("es-CL");
    let answer = accept(&browser, &token, login).await;
    assert_eq!(answer.status(), 303, "the invitation of {login}");
    Clerk { browser }
}

/// An administrator who is never seen.
async fn administrator(site: &Site) -> Account {
    let token = invite_first(&site.house.db, morning(), Role::Administrator, Lang::first()).await.unwrap();
    let browser = site.visitor("es");
    let answer = accept(&browser, &token, &format!("admin-{}", &token[..8])).await;
    assert_eq!(answer.status(), 303);
    let cookie = browser.cookies("/console").to_str().unwrap().to_owned();
    signed_in(&site.house, cookie.strip_prefix("desk=").unwrap()).await.unwrap().unwrap()
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
pub async fn accept_draft(site: &Site, login: &str, piece: &Piece) -> Result<i64, Trouble> {
    let db = &site.house.db;
    let account = accounts::list(db).await.unwrap().into_iter().find(|account| account.login == login).unwrap();
    let number = drafts::newest(db, piece).await.unwrap();
    publish(&site.house, &account, &[Accepted { piece: piece.clone(), number }], false).await
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
pub async fn member(house: &House, login: &str, role: Role) -> Account {
    let token = invite_first(&house.db, morning(), role, Lang::first()).await.unwrap();
    let chosen = Chosen {
        login: login.to_owned(),
        name: login.to_owned(),
        shown_as: "Oficina".to_owned(),
        password: PASSWORD.into(),
        again: PASSWORD.into(),
    };
    let session = accept_invitation(house, &token, chosen).await.unwrap();
    signed_in(house, &session).await.unwrap().unwrap()
}
