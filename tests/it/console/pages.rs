//! Every page in every language: complete, in one language, and readable without eyes.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use scraper::{ElementRef, Html, Selector};
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::lang::Lang;

use super::{clerk, clerk_in, console};
use crate::unanswered::{gap, happened};
use crate::visitor::Site;

/// A page of every kind, with something on it.
pub async fn samples(site: &Site) -> Vec<String> {
    let author = clerk(site, "sample-author", Role::Author).await;
    let text = "/console/entries/health/cost/text/es";
    let form = [
        ("question", "¿Cuánto pago?"),
        ("answer", "Nada con **FONASA**."),
        ("phrasings", "cuanto pago"),
        ("change", "meaning"),
        ("seen", "0"),
    ];
    let sent = author.post(text, &[&form[..], &[("act", "submit")]].concat()).await;
    assert_eq!(sent.words(".done").len(), 1, "{}", sent.text);
    author.post("/console/history/comment?kind=text&subject=health/cost&lang=es", &[("text", "Listo")]).await;
    super::stats::counted(site).await;
    let id = member(site).await;
    super::undelivered::put_aside(&site.app, 700, "tried for a day: no connection").await;
    happened(&site.app.db, 0, &[gap("es", "donde juego futbol los domingos")]).await;
    let asked = ventanilla::store::unanswered::groups::list(&site.app.db).await.unwrap().remove(0).id;
    let fixed = [
        "/console",
        "/console/entries",
        "/console/entries?state=in-review&lang=es",
        "/console/entries?q=zzzz",
        "/console/entries/health/cost",
        "/console/entries/health/cost/facts",
        text,
        "/console/entries/health/cost/text/ht",
        "/console/new-entry",
        "/console/gaps",
        "/console/history?kind=text&subject=health/cost&lang=es",
        "/console/review",
        "/console/review/entry/health/cost",
        "/console/sources",
        "/console/sources/law-21325",
        "/console/new-source",
        "/console/offices",
        "/console/offices/quilicura",
        "/console/new-office",
        "/console/municipalities",
        "/console/municipalities/recoleta",
        "/console/new-municipality",
        "/console/municipalities/recoleta/notes",
        "/console/municipalities/recoleta/notes/health/cost/ht",
        "/console/tables",
        "/console/stats",
        "/console/stats?period=2026-10",
        "/console/stats?period=90&topic=health",
        "/console/stats?period=own&from=2026-11-01&until=x",
        "/console/report?month=2026-10&lang=ht",
        "/console/privacy",
        "/console/audit",
        "/console/danger",
        "/console/danger?lang=ht&kind=violence",
        "/console/settings",
        "/console/staff",
        "/console/undelivered",
        "/console/account",
        "/console/account/second-factor",
        "/console/account/telegram",
    ];
    fixed
        .into_iter()
        .map(str::to_owned)
        .chain([format!("/console/staff/{id}"), format!("/console/gaps/{asked}")])
        .collect()
}

async fn member(site: &Site) -> String {
    let accounts = ventanilla::store::staff::accounts::list(&site.app.db).await.unwrap();
    accounts.into_iter().find(|account| account.login == "sample-author").unwrap().id
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// What a screen reader, a keyboard or a narrow phone would stumble over.
fn stumbles(html: &Html) -> Vec<String> {
    let mut wrong = Vec::new();
    let ids: Vec<&str> = all(html, "[id]").iter().filter_map(|element| element.attr("id")).collect();
    let different: BTreeSet<&str> = ids.iter().copied().collect();
    if different.len() != ids.len() {
        wrong.push("an id stands twice".to_owned());
    }
    if all(html, "h1").len() != 1 {
        wrong.push("a page has one heading of the first level".to_owned());
    }
    let labelled: BTreeSet<&str> = all(html, "label[for]").iter().filter_map(|label| label.attr("for")).collect();
    for field in all(html, "input:not([type=hidden]), select, textarea") {
        let by_id = field.attr("id").is_some_and(|id| labelled.contains(id));
        let inside = field.ancestors().filter_map(ElementRef::wrap).any(|parent| parent.value().name() == "label");
        if !by_id && !inside && field.attr("aria-label").is_none() {
            wrong.push(format!("a field without a label: {}", field.html()));
        }
    }
    for element in all(html, "[aria-describedby], [aria-labelledby]") {
        let names = ["aria-describedby", "aria-labelledby"].into_iter().filter_map(|name| element.attr(name));
        for id in names.flat_map(str::split_whitespace).filter(|id| !different.contains(id)) {
            wrong.push(format!("described by {id}, which is not there"));
        }
    }
    for element in all(html, "button, a") {
        let words: String = element.text().collect();
        if words.trim().is_empty() && element.attr("aria-label").is_none() {
            wrong.push(format!("no words: {}", element.html()));
        }
    }
    for cell in all(html, ".wide tbody td").into_iter().filter(|cell| cell.attr("data-label").is_none()) {
        wrong.push(format!("no label on a phone: {}", cell.html()));
    }
    wrong
}

#[tokio::test]
async fn every_page_is_there_in_every_language_and_can_be_read_without_eyes() {
    let site = console().await;
    let samples = samples(&site).await;
    for lang in Lang::all() {
        let admin = clerk_in(&site, &format!("admin-{lang}"), Role::Administrator, Limits::default(), lang).await;
        for path in &samples {
            let page = admin.look(path).await;
            assert_eq!(page.status, StatusCode::OK, "{lang} {path}");
            assert_eq!(page.lang(), lang.code(), "{path}");
            assert_eq!(stumbles(&page.html()), Vec::<String>::new(), "{lang} {path}");
            assert!(!page.text.contains("<script"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_the_console() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    for path in [
        "/console/nothing",
        "/console/entries/health/nothing",
        "/console/entries/../../etc/passwd",
        "/console/sources/'--",
        "/console/history?kind=text&subject=x&lang=es",
        "/console/staff/%00",
    ] {
        let page = admin.look(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.words("h1").concat().is_empty(), "{path}");
    }
}
