//! The history of a content item: every version with its changes, and the button that restores an old one.

use askama::Template;
use axum::extract::{Form, Query};
use serde::Deserialize;

use super::items::{Names, edit_path, query};
use crate::app::{add_comment, bring_back, discard};
use crate::domain::content::draft::Version;
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::{Changed, RunKind, fields};
use crate::i18n::Label;
use crate::store::content::drafts::{self, Comment, Publication};
use crate::store::staff::accounts;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageResult, failed, redirect_with};
use crate::web::console::staff::names_in_history::People;
use crate::web::console::staff_session::StaffSession;

/// Versions shown.
const SHOWN: usize = 50;

/// A version with its changes and its publications.
struct Past {
    version: Version,
    changed: Vec<Changed>,
    published: Vec<Publication>,
}

#[derive(Template)]
#[template(path = "console/content/history.html")]
struct Page<'a> {
    session: &'a StaffSession,
    item: ContentItem,
    title: String,
    edit: String,
    query: String,
    newest: i64,
    past: Vec<Past>,
    people: People,
    comments: Vec<Comment>,
    may_write: bool,
}

impl Page<'_> {
    /// The author of a version.
    fn author(&self, past: &Past) -> String {
        self.people.called(past.version.author.as_deref(), &past.version.author_name)
    }
}

pub(in crate::web::console) async fn show(session: StaffSession, Query(names): Query<Names>) -> PageResult {
    session.must(&Right::Read)?;
    let item = names.item().ok_or_else(|| session.refuse(&Refusal::Gone))?;
    let db = &session.window.app.db;
    let versions = drafts::versions(db, &item).await.map_err(failed)?;
    let publications = drafts::publications(db, &item).await.map_err(failed)?;
    let signed = versions.iter().map(|version| (version.author.clone(), version.author_name.clone()));
    let people = People::of(signed, accounts::handles(db).await.map_err(failed)?);
    let before: Vec<_> = versions.iter().skip(1).map(|version| version.body.lines()).chain([Vec::new()]).collect();
    let newest = versions.first().map_or(0, |version| version.number);
    let past = versions
        .into_iter()
        .zip(before)
        .take(SHOWN)
        .map(|(version, before)| Past {
            changed: fields(&before, &version.body.lines()),
            published: publications.iter().filter(|one| one.number == version.number).cloned().collect(),
            version,
        })
        .collect();
    Ok(rendered(&Page {
        session: &session,
        title: session.item(&item),
        edit: edit_path(&item),
        query: query(&item),
        comments: drafts::comments(db, &item).await.map_err(failed)?,
        may_write: session.may(Right::Write(&item)),
        item,
        newest,
        past,
        people,
    }))
}

/// The version to restore.
#[derive(Deserialize)]
pub(in crate::web::console) struct Back {
    number: i64,
    seen: i64,
}

pub(in crate::web::console) async fn back(
    session: StaffSession,
    Query(names): Query<Names>,
    Form(back): Form<Back>,
) -> PageResult {
    let item = names.item().ok_or_else(|| session.refuse(&Refusal::Gone))?;
    let done = bring_back(&session.window.app, &session.account, &item, back.number, back.seen).await;
    done.map_err(|error| session.page_error(error))?;
    Ok(redirect_with(&edit_path(&item), Notice::Saved))
}

/// A comment on a content item.
#[derive(Deserialize)]
pub(in crate::web::console) struct Said {
    text: String,
}

pub(in crate::web::console) async fn say(
    session: StaffSession,
    Query(names): Query<Names>,
    Form(said): Form<Said>,
) -> PageResult {
    let item = names.item().ok_or_else(|| session.refuse(&Refusal::Gone))?;
    let done = add_comment(&session.window.app, &session.account, &item, &said.text).await;
    done.map_err(|error| session.page_error(error))?;
    Ok(crate::web::console::page_error::redirect(&format!(
        "/console/history?{}&done={}",
        query(&item),
        Notice::Saved.name()
    )))
}

pub(in crate::web::console) async fn throw_away(session: StaffSession, Form(names): Form<Names>) -> PageResult {
    let item = names.item().ok_or_else(|| session.refuse(&Refusal::Gone))?;
    discard(&session.window.app, &session.account, &item).await.map_err(|error| session.page_error(error))?;
    let after = match item.entry() {
        Some(entry) if item.municipality().is_none() => format!("/console/entries/{entry}"),
        Some(_) | None => "/console".to_owned(),
    };
    // An entry that consisted of this draft only no longer exists.
    let gone = match item.entry() {
        Some(entry) if item.municipality().is_none() => is_gone(&session, entry).await?,
        Some(_) | None => false,
    };
    Ok(redirect_with(if gone { "/console" } else { &after }, Notice::Discarded))
}

async fn is_gone(
    session: &StaffSession,
    entry: &crate::domain::text::id::EntryKey,
) -> Result<bool, crate::web::console::page_error::PageError> {
    let db = &session.window.app.db;
    let published = crate::store::content::overview::entry(db, entry).await.map_err(failed)?.is_some();
    let headings = drafts::headings(db).await.map_err(failed)?;
    Ok(!published && !headings.iter().any(|heading| heading.item.entry() == Some(entry)))
}
