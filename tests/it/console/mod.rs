//! The console over HTTP: a desk on a port of its own, and clerks who sit at it.

mod sign_in;

use reqwest::Response;
use ventanilla::actions::{import_starter, invite};
use ventanilla::domain::lang::Lang;
use ventanilla::domain::staff::{Limits, Role};
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
    let token = invite(&site.house, None, role, limits, lang).await.unwrap();
    let browser = site.visitor("es-CL");
    let answer = accept(&browser, &token, login).await;
    assert_eq!(answer.status(), 303, "the invitation of {login}");
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
