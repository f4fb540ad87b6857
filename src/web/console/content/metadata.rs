//! What an entry rests on: the office in charge, its sources, related entries.

use askama::Template;
use axum::extract::Path;
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::app::{save_draft, submit};
use crate::domain::content::body::{Body, FactsBody};
use crate::domain::content::draft::{Change, Draft};
use crate::domain::content::item::Piece;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::{EntryKey, ServiceKey, SourceKey};
use crate::i18n::Label;
use crate::store::content::{drafts, items};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::painted;
use crate::web::console::notice::Done;
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::{Desk, PageError, PageResult, failed, redirect_with};

/// What was chosen.
#[derive(Deserialize)]
pub(in crate::web::console) struct Typed {
    service: String,
    #[serde(default)]
    sources: Vec<String>,
    /// A key a line.
    #[serde(default)]
    related: String,
    seen: i64,
    act: String,
}

#[derive(Template)]
#[template(path = "console/content/metadata.html")]
struct Page<'a> {
    desk: &'a Desk,
    key: EntryKey,
    body: FactsBody,
    related: String,
    seen: i64,
    draft: Option<Draft>,
    services: Vec<(ServiceKey, String)>,
    sources: Vec<(SourceKey, String)>,
    entries: Vec<(EntryKey, String)>,
    may_write: bool,
    refusal: Option<String>,
}

fn key(
    desk: &Desk,
    (topic, name): &(String, String),
) -> Result<EntryKey, crate::web::console::staff_session::PageError> {
    format!("{topic}/{name}").parse().map_err(|_| desk.refuse(&Refusal::Gone))
}

pub(in crate::web::console) async fn show(desk: Desk, Path(path): Path<(String, String)>) -> PageResult {
    let key = key(&desk, &path)?;
    desk.must(&Right::Read)?;
    let of = Piece::Facts(key.clone());
    let db = &desk.window.app.db;
    let Some(body) = before(&desk, &of).await? else { return Err(desk.refuse(&Refusal::Gone)) };
    let seen = drafts::newest(db, &of).await.map_err(failed)?;
    let related = lines(&body.related);
    page(&desk, key, body, related, seen, None).await
}

/// What stands there now: what is being written, or else what is published.
async fn before(desk: &Desk, of: &Piece) -> Result<Option<FactsBody>, PageError> {
    let db = &desk.window.app.db;
    let draft = drafts::find(db, of).await.map_err(failed)?;
    let published = items::published(db, of).await.map_err(failed)?;
    Ok(facts(draft.map(|draft| draft.version.body)).or(facts(published)))
}

/// Sources in the order that they had; new ones behind them. The form lists all sources in one order of its own, and saving what
/// nobody has changed must change nothing.
fn in_order(mut chosen: Vec<SourceKey>, before: &[SourceKey]) -> Vec<SourceKey> {
    chosen.sort_by_key(|key| before.iter().position(|known| known == key).unwrap_or(before.len()));
    chosen
}

fn facts(body: Option<Body>) -> Option<FactsBody> {
    match body {
        Some(Body::Facts(facts)) => Some(facts),
        Some(Body::Text(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_)) | None => None,
    }
}

fn lines(keys: &[EntryKey]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

async fn page(
    desk: &Desk,
    key: EntryKey,
    body: FactsBody,
    related: String,
    seen: i64,
    refusal: Option<&Refusal>,
) -> PageResult {
    let of = Piece::Facts(key.clone());
    let knowledge = desk.window.app.live.now();
    let service = |key: &ServiceKey| (key.clone(), desk.service(key));
    let source = |key: &SourceKey| (key.clone(), desk.source(key));
    let entry = |key: &EntryKey| (key.clone(), desk.question(key));
    let shown = Page {
        desk,
        draft: drafts::find(&desk.window.app.db, &of).await.map_err(failed)?,
        services: knowledge.all_services().iter().map(|known| service(&known.key)).collect(),
        sources: knowledge.sources().iter().map(|known| source(&known.key)).collect(),
        entries: knowledge.entries().iter().map(|known| entry(&known.key)).collect(),
        may_write: desk.may(Right::Write(&of)),
        key,
        body,
        related,
        seen,
        refusal: refusal.map(|refusal| words(desk.lang, refusal)),
    };
    Ok(with_status(painted(&shown), refusal))
}

pub(in crate::web::console) async fn save(
    desk: Desk,
    Path(path): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> PageResult {
    let key = key(&desk, &path)?;
    let of = Piece::Facts(key.clone());
    desk.must(&Right::Write(&of))?;
    let related: Vec<&str> = typed.related.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let keys: Option<Vec<EntryKey>> = related.iter().map(|line| line.parse().ok()).collect();
    let sources: Result<Vec<SourceKey>, _> = typed.sources.iter().map(|key| key.parse()).collect();
    let (Ok(service), Ok(sources)) = (typed.service.parse(), sources) else {
        return Err(desk.refuse(&Refusal::Invalid));
    };
    let known = |other: &EntryKey| *other != key && desk.window.app.live.now().entry(other).is_some();
    let before = before(&desk, &of).await?.map(|facts| facts.sources).unwrap_or_default();
    let body = FactsBody { service, sources: in_order(sources, &before), related: keys.clone().unwrap_or_default() };
    if !keys.is_some_and(|keys| keys.iter().all(known)) {
        return page(&desk, key, body, typed.related, typed.seen, Some(&Refusal::Key)).await;
    }
    let app = &desk.window.app;
    let saved = save_draft(app, &desk.account, &of, Body::Facts(body.clone()), Change::Meaning, typed.seen).await;
    let seen = match saved {
        Ok(number) => number,
        Err(error) => {
            let refusal = desk.refusal_or_page(error)?;
            let seen = drafts::newest(&app.db, &of).await.map_err(failed)?;
            return page(&desk, key, body, typed.related, seen, Some(&refusal)).await;
        }
    };
    if typed.act != "submit" {
        return Ok(redirect_with(&format!("/console/entries/{key}/facts"), Done::Saved));
    }
    match submit(app, &desk.account, &of).await {
        Ok(()) => Ok(redirect_with(&format!("/console/entries/{key}"), Done::Submitted)),
        Err(error) => page(&desk, key, body, typed.related, seen, Some(&desk.refusal_or_page(error)?)).await,
    }
}
