//! Who may what: every page held against every role.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::web::console_paths;

use super::{Clerk, clerk, console, limited_clerk};

/// What a role may open, as the letters of author, reviewer, administrator, observer; `-` for nobody to refuse.
pub struct Page {
    pub path: &'static str,
    pub get: Option<&'static str>,
    pub post: Option<&'static str>,
}

const fn page(path: &'static str, get: Option<&'static str>, post: Option<&'static str>) -> Page {
    Page { path, get, post }
}

const ALL: Option<&str> = Some("arAo");
const WRITERS: Option<&str> = Some("arA");
const REVIEWERS: Option<&str> = Some("rA");
const ADMINISTRATORS: Option<&str> = Some("A");

pub const PAGES: &[Page] = &[
    page("/console", ALL, None),
    page("/console/account", ALL, ALL),
    page("/console/account/password", None, ALL),
    page("/console/account/second-factor", ALL, ALL),
    page("/console/account/second-factor/off", None, ALL),
    page("/console/account/recovery-codes", None, ALL),
    page("/console/account/sessions", None, ALL),
    page("/console/account/telegram", ALL, ALL),
    page("/console/account/telegram/unlink", None, ALL),
    page("/console/account/telegram/reminders", None, ALL),
    page("/console/entries", WRITERS, None),
    page("/console/new-entry", WRITERS, WRITERS),
    page("/console/entries/{topic}/{name}", WRITERS, None),
    page("/console/entries/{topic}/{name}/check", None, REVIEWERS),
    page("/console/entries/{topic}/{name}/native/{lang}", None, REVIEWERS),
    page("/console/entries/{topic}/{name}/facts", WRITERS, WRITERS),
    page("/console/entries/{topic}/{name}/text/{lang}", WRITERS, WRITERS),
    page("/console/entries/{topic}/{name}/withdraw/{lang}", None, REVIEWERS),
    page("/console/history", WRITERS, None),
    page("/console/history/back", None, WRITERS),
    page("/console/history/comment", None, WRITERS),
    page("/console/draft/discard", None, WRITERS),
    page("/console/review", REVIEWERS, None),
    page("/console/review/entry/{topic}/{name}", REVIEWERS, REVIEWERS),
    page("/console/review/piece", REVIEWERS, REVIEWERS),
    page("/console/review/batch/{batch}", REVIEWERS, REVIEWERS),
    page("/console/sources", WRITERS, None),
    page("/console/new-source", REVIEWERS, REVIEWERS),
    page("/console/sources/{key}", WRITERS, REVIEWERS),
    page("/console/sources/{key}/changed", None, REVIEWERS),
    page("/console/offices", WRITERS, None),
    page("/console/new-office", WRITERS, WRITERS),
    page("/console/offices/{office}", WRITERS, WRITERS),
    page("/console/gaps", WRITERS, None),
    page("/console/gaps/{id}", WRITERS, WRITERS),
    page("/console/municipalities", WRITERS, None),
    page("/console/new-municipality", ADMINISTRATORS, ADMINISTRATORS),
    page("/console/municipalities/{municipality}", WRITERS, ADMINISTRATORS),
    page("/console/municipalities/{municipality}/overdue", None, REVIEWERS),
    page("/console/municipalities/{municipality}/notes", WRITERS, None),
    page("/console/municipalities/{municipality}/notes/{topic}/{name}/{lang}", WRITERS, WRITERS),
    page("/console/municipalities/{municipality}/notes/{topic}/{name}/{lang}/propose", None, WRITERS),
    page("/console/tables", WRITERS, WRITERS),
    page("/console/tables/export/{name}", WRITERS, None),
    page("/console/tables/published.json", WRITERS, None),
    page("/console/tables/{id}", WRITERS, None),
    page("/console/tables/{id}/confirm", None, WRITERS),
    page("/console/tables/{id}/restart", None, WRITERS),
    page("/console/tables/{id}/remove", None, WRITERS),
    page("/console/questions", WRITERS, None),
    page("/console/questions/{id}", WRITERS, WRITERS),
    page("/console/audit", ADMINISTRATORS, None),
    page("/console/audit.csv", ADMINISTRATORS, None),
    page("/console/danger", ADMINISTRATORS, ADMINISTRATORS),
    page("/console/danger/try", None, ADMINISTRATORS),
    page("/console/danger/example", None, ADMINISTRATORS),
    page("/console/danger/change", None, ADMINISTRATORS),
    page("/console/danger/help", None, ADMINISTRATORS),
    page("/console/settings", ADMINISTRATORS, ADMINISTRATORS),
    page("/console/settings/public", None, ADMINISTRATORS),
    page("/console/privacy", ALL, None),
    page("/console/stats", ALL, None),
    page("/console/stats/export/{name}", ALL, None),
    page("/console/report", ALL, None),
    page("/console/settings/operator", None, ADMINISTRATORS),
    page("/console/settings/questions", None, ADMINISTRATORS),
    page("/console/settings/questions/import", None, ADMINISTRATORS),
    page("/console/settings/questions/{id}/remove", None, ADMINISTRATORS),
    page("/console/staff", ADMINISTRATORS, ADMINISTRATORS),
    page("/console/staff/{id}", ADMINISTRATORS, ADMINISTRATORS),
    page("/console/staff/{id}/shown-as", None, ADMINISTRATORS),
    page("/console/staff/{id}/end", None, ADMINISTRATORS),
    page("/console/staff/{id}/password-link", None, ADMINISTRATORS),
    page("/console/staff/{id}/second-factor-off", None, ADMINISTRATORS),
    page("/console/undelivered", ADMINISTRATORS, ADMINISTRATORS),
    page("/console/staff/invitations/{hash}/remove", None, ADMINISTRATORS),
];

/// Pages that anybody may open.
pub const DOORS: [&str; 4] =
    ["/console/sign-in", "/console/sign-out", "/console/invitation/{token}", "/console/new-password/{token}"];

pub fn filled(path: &str) -> String {
    let path = path.replace("{topic}/{name}", "health/cost").replace("{lang}", "es").replace("{key}", "law-21325");
    let path =
        path.replace("{municipality}", "recoleta").replace("{office}", "quilicura").replace("{name}", "entries.csv");
    let path = path.replace("{id}", "0").replace("{batch}", "0").replace("{hash}", "0");
    let about_an_item = path.starts_with("/console/history") || path.starts_with("/console/review/piece");
    if about_an_item { format!("{path}?kind=text&subject=health/cost&lang=es") } else { path }
}

/// A form that is whole, so that only the right decides.
const FORM: &[(&str, &str)] = &[
    ("name", "x"),
    ("shown_as", "x"),
    ("lang", "es"),
    ("old", "x"),
    ("new", "x"),
    ("again", "x"),
    ("sealed", "x"),
    ("code", "x"),
    ("password", "x"),
    ("service", "migrant-help"),
    ("seen", "0"),
    ("act", "accept"),
    ("reason", ""),
    ("number", "0"),
    ("text", ""),
    ("kind", "text"),
    ("subject", "health/cost"),
    ("day", "x"),
    ("what", ""),
    ("role", "author"),
    ("municipality", "recoleta"),
    ("overdue", "notice"),
    ("check_days", "180"),
    ("expected", "-"),
    ("operator", ""),
];

#[tokio::test]
async fn every_page_is_open_to_its_roles_and_to_no_other() {
    let site = console().await;
    let listed: BTreeSet<&str> = PAGES.iter().map(|page| page.path).chain(DOORS).collect();
    assert_eq!(listed, console_paths().into_iter().collect(), "every page stands in the table");
    let mut wrong = Vec::new();
    // The administrator comes last: their forms may change something.
    for (letter, role) in
        [('o', Role::Observer), ('a', Role::Author), ('r', Role::Reviewer), ('A', Role::Administrator)]
    {
        for page in PAGES {
            let somebody = clerk(&site, &unique(letter, page.path), role).await;
            for (allowed, post) in [(page.get, false), (page.post, true)] {
                let Some(allowed) = allowed else { continue };
                let status = status(&somebody, page.path, post).await;
                let method = if post { "POST" } else { "GET" };
                let refused = status == StatusCode::FORBIDDEN;
                if refused == allowed.contains(letter) || status.is_server_error() {
                    wrong.push(format!("{role:?} {method} {}: {status}", page.path));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Passwords that do not fit use up the tries of an account, so each page has its own.
fn unique(letter: char, path: &str) -> String {
    let hash = path.bytes().fold(7u32, |hash, b| hash.wrapping_mul(31).wrapping_add(u32::from(b)));
    format!("{}{}-{hash}", if letter.is_uppercase() { "x" } else { "y" }, letter.to_ascii_lowercase())
}

async fn status(somebody: &Clerk, path: &str, post: bool) -> StatusCode {
    let path = filled(path);
    match post {
        true => somebody.browser.send(&path, FORM).await.status(),
        false => somebody.browser.raw_get(&path).await.status(),
    }
}

#[tokio::test]
async fn a_stranger_opens_nothing() {
    let site = console().await;
    for page in PAGES {
        let stranger = site.visitor("es");
        let (get, post) = (stranger.raw_get(&filled(page.path)).await, stranger.send(&filled(page.path), FORM).await);
        // A form of a stranger is answered by the door itself, which carries what was typed.
        let door = |status: StatusCode| {
            matches!(status, StatusCode::SEE_OTHER | StatusCode::METHOD_NOT_ALLOWED | StatusCode::FORBIDDEN)
        };
        assert!(door(get.status()) && door(post.status()), "{}: {} {}", page.path, get.status(), post.status());
    }
}

#[tokio::test]
async fn limits_of_language_and_topic_hold_on_every_way_to_a_text() {
    let site = console().await;
    let langs =
        Limits { langs: [ventanilla::domain::text::lang::Lang::parse("ht").unwrap()].into(), ..Limits::default() };
    let translator = limited_clerk(&site, "translator", Role::Reviewer, langs).await;
    let topics = Limits { topics: ["work".parse().unwrap()].into(), ..Limits::default() };
    let worker = limited_clerk(&site, "worker", Role::Reviewer, topics).await;
    let statuses = |clerk: Clerk| async move {
        let mut found = Vec::new();
        for path in [
            "/console/entries/health/cost/text/ht",
            "/console/entries/health/cost/text/es",
            "/console/entries/work/rights/text/es",
        ] {
            found.push(clerk.browser.raw_get(path).await.status().as_u16());
        }
        for path in ["/console/entries/health/cost/withdraw/es", "/console/entries/health/cost/check"] {
            found.push(clerk.browser.send(path, &[("reason", "x")]).await.status().as_u16());
        }
        found
    };
    assert_eq!(statuses(translator).await, [200, 403, 403, 403, 403]);
    assert_eq!(statuses(worker).await, [403, 403, 200, 403, 403]);
}
