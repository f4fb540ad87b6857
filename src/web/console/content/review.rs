//! Review: the list of drafts in review, and the page where a reviewer accepts changes or sends them back.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::items::{Names, edit_path, query};
use super::preview::{preview, preview_text};
use crate::app::{Accepted, Publishing, bulk_publish, publish, publishing, send_back};
use crate::domain::content::body::Body;
use crate::domain::content::draft::{Draft, DraftState};
use crate::domain::content::item::{ContentItem, Kind as ItemKind};
use crate::domain::content::proposed::{Proposed, ProposedBody};
use crate::domain::offices::municipality::Municipality;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::{Changed, RunKind, fields};
use crate::domain::text::id::EntryKey;
use crate::i18n::Label;
use crate::store::content::drafts::{Comment, Heading};
use crate::store::content::{self, drafts, items, overview};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::chat::render::{Bubble, Kind};
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// Content items that a page shows with all their changes.
const IN_FULL: usize = 12;
/// Up to this many drafts are published within the request; more are published in the background.
const WAITING: usize = 200;

/// The progress of publishing.
#[derive(Template)]
#[template(path = "console/content/publishing.html")]
struct AtWork<'a> {
    session: &'a StaffSession,
    done: usize,
    all: usize,
}

/// Drafts that are reviewed together: those of an entry, of an office, or of an import.
struct Group {
    path: String,
    title: String,
    headings: Vec<Heading>,
}

#[derive(Template)]
#[template(path = "console/content/review.html")]
struct List<'a> {
    session: &'a StaffSession,
    groups: Vec<Group>,
}

/// A draft as a reviewer sees it.
struct Item {
    draft: Draft,
    title: String,
    changed: Vec<Changed>,
    bubble: Option<Bubble>,
    comments: Vec<Comment>,
    /// A question about a possible but implausible value.
    ask: Option<String>,
    /// Whether this account wrote a part of it and therefore may not publish it.
    mine: bool,
    may: bool,
    may_write: bool,
}

/// A draft shown by its title only. `may` checks the author of the newest version; publishing checks earlier ones too.
struct Named {
    value: String,
    title: String,
    /// A question about a possible but implausible value.
    ask: Option<String>,
    may: bool,
}

/// A version of a content item as a form's value.
fn value(item: &ContentItem, number: i64) -> String {
    format!("{}|{}|{}|{number}", item.kind().name(), item.subject(), item.lang_code())
}

impl Item {
    fn edit_path(&self) -> String {
        edit_path(&self.draft.item)
    }

    fn value(&self) -> String {
        value(&self.draft.item, self.draft.version.number)
    }
}

#[derive(Template)]
#[template(path = "console/content/reviewing.html")]
struct Page<'a> {
    session: &'a StaffSession,
    title: String,
    here: String,
    items: Vec<Item>,
    /// Drafts shown by title only, because the page would be too long.
    others: Vec<Named>,
    rules_changed: bool,
    refusal: Option<String>,
}

impl Page<'_> {
    /// Whether this account may decide about any of the drafts.
    fn may_decide(&self) -> bool {
        self.items.iter().any(|item| item.may) || self.others.iter().any(|other| other.may)
    }
}

/// Which drafts are reviewed together.
enum Chosen {
    Entry(EntryKey),
    ContentItem(ContentItem),
    Import(String),
}

impl Chosen {
    fn holds(&self, heading: &Heading) -> bool {
        match self {
            Chosen::Entry(key) => heading.item.kind() != ItemKind::Note && heading.item.entry() == Some(key),
            Chosen::ContentItem(item) => heading.item == *item,
            Chosen::Import(batch) => heading.batch.as_ref() == Some(batch),
        }
    }

    fn path(&self) -> String {
        match self {
            Chosen::Entry(key) => format!("/console/review/entry/{key}"),
            Chosen::ContentItem(item) => format!("/console/review/piece?{}", query(item)),
            Chosen::Import(batch) => format!("/console/review/batch/{batch}"),
        }
    }
}

pub(in crate::web::console) async fn list(session: StaffSession) -> PageResult {
    session.must(&Right::Review)?;
    let headings = drafts::headings(&session.window.app.db).await.map_err(failed)?;
    let waiting = headings.into_iter().filter(|heading| heading.state == DraftState::InReview);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for heading in waiting.filter(|heading| session.may(Right::Publish(&heading.item))) {
        let chosen = match (&heading.batch, &heading.item) {
            (Some(batch), _) => Chosen::Import(batch.clone()),
            (
                None,
                ContentItem::Text(key, _)
                | ContentItem::Metadata(key)
                | ContentItem::Proposed(Proposed::Reason(key, _)),
            ) => Chosen::Entry(key.clone()),
            (None, item @ (ContentItem::Note(..) | ContentItem::Office(..) | ContentItem::Proposed(_))) => {
                Chosen::ContentItem(item.clone())
            }
        };
        let path = chosen.path();
        let title = match &chosen {
            Chosen::Entry(key) => key.to_string(),
            Chosen::ContentItem(item) => session.item(item),
            Chosen::Import(_) => session.word(Label::FromTable),
        };
        groups.entry(path.clone()).or_insert(Group { path, title, headings: Vec::new() }).headings.push(heading);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| group.headings.iter().map(|heading| heading.updated_at).min());
    Ok(rendered(&List { session: &session, groups }))
}

pub(in crate::web::console) async fn entry(
    session: StaffSession,
    Path((topic, name)): Path<(String, String)>,
) -> PageResult {
    let key = format!("{topic}/{name}").parse().map_err(|_| session.refuse(&Refusal::Gone))?;
    page(&session, Chosen::Entry(key), None).await
}

pub(in crate::web::console) async fn item(session: StaffSession, Query(names): Query<Names>) -> PageResult {
    let item = names.item().ok_or_else(|| session.refuse(&Refusal::Gone))?;
    page(&session, Chosen::ContentItem(item), None).await
}

pub(in crate::web::console) async fn batch(session: StaffSession, Path(batch): Path<String>) -> PageResult {
    session.must(&Right::Review)?;
    match publishing(&session.window.app, &session.account, &batch) {
        None => {}
        Some(Publishing::AtWork { done, all }) => return Ok(rendered(&AtWork { session: &session, done, all })),
        Some(Publishing::Ended(Ok(()))) => return Ok(redirect_with("/console/review", Notice::Published)),
        Some(Publishing::Ended(Err(error))) => {
            return page(&session, Chosen::Import(batch), Some(&session.refusal_or_page(error)?)).await;
        }
    }
    page(&session, Chosen::Import(batch), None).await
}

async fn page(session: &StaffSession, chosen: Chosen, refusal: Option<&Refusal>) -> PageResult {
    session.must(&Right::Review)?;
    let db = &session.window.app.db;
    let headings = drafts::headings(db).await.map_err(failed)?;
    let waits = |heading: &Heading| heading.state == DraftState::InReview && chosen.holds(heading);
    let mut waiting: Vec<Heading> = headings.into_iter().filter(waits).collect();
    waiting.sort_by(|a, b| a.item.cmp(&b.item));
    if waiting.is_empty() && refusal.is_none() {
        return Err(session.refuse(&Refusal::Gone));
    }
    let (mut items, mut others) = (Vec::new(), Vec::new());
    let places = content::municipalities(db).await.map_err(failed)?;
    for heading in waiting {
        if items.len() < IN_FULL {
            items.extend(waiting_item(session, &heading.item, &places).await?);
        } else {
            others.push(Named {
                ask: ask_of(session, &heading.item, &places).await?,
                value: value(&heading.item, heading.number),
                title: session.item(&heading.item),
                may: heading.author.as_ref() != Some(&session.account.id) && session.may(Right::Publish(&heading.item)),
            });
        }
    }
    let rules_changed = match &chosen {
        Chosen::Entry(key) => {
            let entry = overview::entry(db, key).await.map_err(failed)?;
            entry.is_some_and(|entry| entry.rules_changed_on.is_some())
        }
        Chosen::ContentItem(_) | Chosen::Import(_) => false,
    };
    let title = match &chosen {
        Chosen::Entry(key) => session.question(key),
        Chosen::ContentItem(item) => session.item(item),
        Chosen::Import(_) => session.word(Label::FromTable),
    };
    let refusal_words = refusal.map(|refusal| words(session.lang, refusal));
    let shown = Page { session, title, here: chosen.path(), items, others, rules_changed, refusal: refusal_words };
    Ok(with_status(rendered(&shown), refusal))
}

/// A question if an office is implausibly far from its municipality.
fn ask(session: &StaffSession, item: &ContentItem, body: &Body, places: &[Municipality]) -> Option<String> {
    let (ContentItem::Office(place, _), Body::Office(office)) = (item, body) else { return None };
    let place = places.iter().find(|known| known.key == *place)?;
    let km = office.position()?.too_far_from(place.position)?;
    Some(session.word(Label::AskFar { km: &session.km(km), place: &place.name }))
}

/// The same for a draft shown by title only; only offices have a position.
async fn ask_of(
    session: &StaffSession,
    item: &ContentItem,
    places: &[Municipality],
) -> Result<Option<String>, PageError> {
    let ContentItem::Office(..) = item else { return Ok(None) };
    let draft = drafts::find(&session.window.app.db, item).await.map_err(failed)?;
    Ok(draft.and_then(|draft| ask(session, item, &draft.version.body, places)))
}

async fn waiting_item(
    session: &StaffSession,
    item: &ContentItem,
    places: &[Municipality],
) -> Result<Option<Item>, PageError> {
    let db = &session.window.app.db;
    let Some(draft) = drafts::find(db, item).await.map_err(failed)? else { return Ok(None) };
    let published = items::published(db, item).await.map_err(failed)?;
    let before = published.map(|body| body.lines()).unwrap_or_default();
    let since = drafts::publications(db, item).await.map_err(failed)?.first().map_or(0, |last| last.number);
    let versions = drafts::versions(db, item).await.map_err(failed)?;
    // A proposal consists of its newest version alone, so only that author counts.
    let since = if matches!(item, ContentItem::Proposed(_)) { draft.version.number - 1 } else { since };
    let mine =
        versions.iter().any(|version| version.number > since && version.author.as_ref() == Some(&session.account.id));
    let bubble = match (&draft.version.body, item.lang()) {
        (Body::Text(text), Some(lang)) => preview_text(lang, text),
        (Body::Note(note), Some(lang)) => preview(lang, "", &note.text),
        (Body::Proposed(ProposedBody::Help(text) | ProposedBody::Reason(text)), Some(lang)) => preview(lang, "", text),
        (Body::Text(_) | Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_), _) => None,
    };
    Ok(Some(Item {
        title: session.item(item),
        ask: ask(session, item, &draft.version.body, places),
        changed: fields(&before, &draft.version.body.lines()),
        bubble,
        comments: drafts::comments(db, item).await.map_err(failed)?,
        may: !mine && session.may(Right::Publish(item)),
        mine,
        may_write: session.may(Right::Write(item)),
        draft,
    }))
}

/// A reviewer's decision.
#[derive(Deserialize)]
pub(in crate::web::console) struct Decided {
    #[serde(default, rename = "piece")]
    item: Vec<String>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    checked: Option<String>,
    act: String,
}

impl Decided {
    fn accepted(&self) -> Option<Vec<Accepted>> {
        self.item
            .iter()
            .map(|value| {
                let parts: Vec<&str> = value.split('|').collect();
                let [kind, subject, lang, number] = parts[..] else { return None };
                Some(Accepted { item: ContentItem::parse(kind, subject, lang)?, number: number.parse().ok()? })
            })
            .collect()
    }
}

pub(in crate::web::console) async fn decide_entry(
    session: StaffSession,
    Path((topic, name)): Path<(String, String)>,
    Form(decided): Form<Decided>,
) -> PageResult {
    let key = format!("{topic}/{name}").parse::<EntryKey>().map_err(|_| session.refuse(&Refusal::Gone))?;
    let after = format!("/console/entries/{key}");
    decide(session, Chosen::Entry(key), decided, after).await
}

pub(in crate::web::console) async fn decide_item(
    session: StaffSession,
    Query(names): Query<Names>,
    Form(decided): Form<Decided>,
) -> PageResult {
    let item = names.item().ok_or_else(|| session.refuse(&Refusal::Gone))?;
    let after = if session.may(Right::Write(&item)) { edit_path(&item) } else { "/console/review".to_owned() };
    decide(session, Chosen::ContentItem(item), decided, after).await
}

pub(in crate::web::console) async fn decide_import(
    session: StaffSession,
    Path(batch): Path<String>,
    Form(decided): Form<Decided>,
) -> PageResult {
    let many = decided.act != "back" && decided.item.len() > WAITING;
    let Some(accepted) = decided.accepted().filter(|_| many) else {
        return decide(session, Chosen::Import(batch), decided, "/console/review".to_owned()).await;
    };
    session.must(&Right::Review)?;
    bulk_publish(&session.window.app, &session.account, &batch, accepted).map_err(|error| session.page_error(error))?;
    Ok(redirect(&format!("/console/review/batch/{batch}")))
}

async fn decide(session: StaffSession, chosen: Chosen, decided: Decided, after: String) -> PageResult {
    session.must(&Right::Review)?;
    let Some(accepted) = decided.accepted() else { return page(&session, chosen, Some(&Refusal::Invalid)).await };
    let app = &session.window.app;
    if decided.act == "back" {
        if let Err(error) = send_back(app, &session.account, &accepted, &decided.reason).await {
            return page(&session, chosen, Some(&session.refusal_or_page(error)?)).await;
        }
        return Ok(redirect_with("/console/review", Notice::SentBack));
    }
    match publish(app, &session.account, &accepted, decided.checked.is_some()).await {
        Ok(_) => Ok(redirect_with(&after, Notice::Published)),
        Err(error) => page(&session, chosen, Some(&session.refusal_or_page(error)?)).await,
    }
}
