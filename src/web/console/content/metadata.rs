//! The page of an entry's metadata: the office in charge, its sources, related entries.

use askama::Template;
use axum::extract::Path;
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::app::{save_draft, submit};
use crate::domain::content::body::{Body, MetadataBody};
use crate::domain::content::draft::{Change, Draft};
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::{EntryKey, ServiceKey, SourceKey};
use crate::i18n::Label;
use crate::store::content::{drafts, items};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// The posted form.
#[derive(Deserialize)]
pub(in crate::web::console) struct PageForm {
    service: String,
    #[serde(default)]
    sources: Vec<String>,
    /// One entry key per line.
    #[serde(default)]
    related: String,
    /// Present if the box is ticked.
    discreet: Option<String>,
    seen: i64,
    act: String,
}

#[derive(Template)]
#[template(path = "console/content/metadata.html")]
struct Page<'a> {
    session: &'a StaffSession,
    key: EntryKey,
    body: MetadataBody,
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
    session: &StaffSession,
    (topic, name): &(String, String),
) -> Result<EntryKey, crate::web::console::page_error::PageError> {
    format!("{topic}/{name}").parse().map_err(|_| session.refuse(&Refusal::Gone))
}

pub(in crate::web::console) async fn show(session: StaffSession, Path(path): Path<(String, String)>) -> PageResult {
    let key = key(&session, &path)?;
    session.must(&Right::Read)?;
    let of = ContentItem::Metadata(key.clone());
    let db = &session.window.app.db;
    let Some(body) = before(&session, &of).await? else { return Err(session.refuse(&Refusal::Gone)) };
    let seen = drafts::newest(db, &of).await.map_err(failed)?;
    let related = lines(&body.related);
    page(&session, key, body, related, seen, None).await
}

/// The current metadata: the draft, or else the published version.
async fn before(session: &StaffSession, of: &ContentItem) -> Result<Option<MetadataBody>, PageError> {
    let db = &session.window.app.db;
    let draft = drafts::find(db, of).await.map_err(failed)?;
    let published = items::published(db, of).await.map_err(failed)?;
    Ok(metadata(draft.map(|draft| draft.version.body)).or(metadata(published)))
}

/// Keeps the order that sources had and appends new ones. The form lists all sources in its own order, and saving an
/// unchanged form must change nothing.
fn in_order(mut chosen: Vec<SourceKey>, before: &[SourceKey]) -> Vec<SourceKey> {
    chosen.sort_by_key(|key| before.iter().position(|known| known == key).unwrap_or(before.len()));
    chosen
}

fn metadata(body: Option<Body>) -> Option<MetadataBody> {
    match body {
        Some(Body::Metadata(metadata)) => Some(metadata),
        Some(Body::Text(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_)) | None => None,
    }
}

fn lines(keys: &[EntryKey]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

async fn page(
    session: &StaffSession,
    key: EntryKey,
    body: MetadataBody,
    related: String,
    seen: i64,
    refusal: Option<&Refusal>,
) -> PageResult {
    let of = ContentItem::Metadata(key.clone());
    let knowledge = session.window.app.live.now();
    let service = |key: &ServiceKey| (key.clone(), session.service(key));
    let source = |key: &SourceKey| (key.clone(), session.source(key));
    let entry = |key: &EntryKey| (key.clone(), session.question(key));
    let shown = Page {
        session,
        draft: drafts::find(&session.window.app.db, &of).await.map_err(failed)?,
        services: knowledge.all_services().iter().map(|known| service(&known.key)).collect(),
        sources: knowledge.sources().iter().map(|known| source(&known.key)).collect(),
        entries: knowledge.entries().iter().map(|known| entry(&known.key)).collect(),
        may_write: session.may(Right::Write(&of)),
        key,
        body,
        related,
        seen,
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
    };
    Ok(with_status(rendered(&shown), refusal))
}

pub(in crate::web::console) async fn save(
    session: StaffSession,
    Path(path): Path<(String, String)>,
    Form(form): Form<PageForm>,
) -> PageResult {
    let key = key(&session, &path)?;
    let of = ContentItem::Metadata(key.clone());
    session.must(&Right::Write(&of))?;
    let related: Vec<&str> = form.related.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let keys: Option<Vec<EntryKey>> = related.iter().map(|line| line.parse().ok()).collect();
    let sources: Result<Vec<SourceKey>, _> = form.sources.iter().map(|key| key.parse()).collect();
    let (Ok(service), Ok(sources)) = (form.service.parse(), sources) else {
        return Err(session.refuse(&Refusal::Invalid));
    };
    let known = |other: &EntryKey| *other != key && session.window.app.live.now().entry(other).is_some();
    let before = before(&session, &of).await?;
    let (kept, mut provenance) = before.map(|before| (before.sources, before.provenance)).unwrap_or_default();
    // A source that the entry no longer rests on is not cited under a part either.
    provenance.retain(|_, from| sources.contains(&from.source));
    let related = keys.clone().unwrap_or_default();
    let body = MetadataBody {
        service,
        sources: in_order(sources, &kept),
        related,
        discreet: form.discreet.is_some(),
        provenance,
    };
    if !keys.is_some_and(|keys| keys.iter().all(known)) {
        return page(&session, key, body, form.related, form.seen, Some(&Refusal::Key)).await;
    }
    let app = &session.window.app;
    let saved = save_draft(app, &session.account, &of, Body::Metadata(body.clone()), Change::Meaning, form.seen).await;
    let seen = match saved {
        Ok(number) => number,
        Err(error) => {
            let refusal = session.refusal_or_page(error)?;
            let seen = drafts::newest(&app.db, &of).await.map_err(failed)?;
            return page(&session, key, body, form.related, seen, Some(&refusal)).await;
        }
    };
    if form.act != "submit" {
        return Ok(redirect_with(&format!("/console/entries/{key}/facts"), Notice::Saved));
    }
    match submit(app, &session.account, &of).await {
        Ok(()) => Ok(redirect_with(&format!("/console/entries/{key}"), Notice::Submitted)),
        Err(error) => page(&session, key, body, form.related, seen, Some(&session.refusal_or_page(error)?)).await,
    }
}
