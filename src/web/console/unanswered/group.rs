//! The page of a group of unanswered words: all its words, and the actions that close it.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Form, Path};
use serde::Deserialize;

use super::list::{Group, groups};
use crate::app::{Closing, Tried, close_unanswered, taught_text, teach, try_out};
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::unanswered::group::LONGEST_UNANSWERED;
use crate::i18n::Label;
use crate::store::unanswered::groups::{self, Kept};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// The address of the list.
const LIST: &str = "/console/gaps";

/// The posted form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageForm {
    entry: String,
    lang: String,
    words: String,
    act: String,
}

#[derive(Template)]
#[template(path = "console/unanswered/group.html")]
struct Page<'a> {
    session: &'a StaffSession,
    group: Group,
    likely: Vec<(EntryKey, u8)>,
    entries: Vec<(EntryKey, String)>,
    form: PageForm,
    /// The language of the words to be added as phrasings.
    lang: Lang,
    /// The languages in which this account may add phrasings.
    langs: Vec<Lang>,
    /// Whether this account may close all unanswered words of the group.
    may_close: bool,
    tried: Option<Tried>,
    longest: usize,
    refusal: Option<String>,
}

async fn found(session: &StaffSession, id: &str) -> Result<Group, PageError> {
    let db = &session.window.app.db;
    let kept = groups::group(db, id).await.map_err(failed)?;
    let weeks = groups::weeks(db).await.map_err(failed)?;
    groups(kept, &weeks, &session.window.app.live.now())
        .into_iter()
        .next()
        .ok_or_else(|| session.refuse(&Refusal::Gone))
}

pub(in crate::web::console) async fn show(session: StaffSession, Path(id): Path<String>) -> PageResult {
    session.must(&Right::Read)?;
    let group = found(&session, &id).await?;
    page(&session, group, PageForm::default(), None, None)
}

fn page(
    session: &StaffSession,
    group: Group,
    mut form: PageForm,
    tried: Option<Tried>,
    refusal: Option<&Refusal>,
) -> PageResult {
    let knowledge = session.window.app.live.now();
    let likely = group.likely(&knowledge);
    if form.words.is_empty() {
        form.words = group.words_without_marks();
    }
    if form.entry.is_empty() {
        let best = group.entry.as_ref().or_else(|| likely.first().map(|(key, _)| key));
        form.entry = best.map(ToString::to_string).unwrap_or_default();
    }
    let lang = Lang::parse(&form.lang).unwrap_or_else(|| group.lang());
    let langs_of: Vec<_> =
        knowledge.entries().iter().map(|entry| (&entry.key, session.langs_to_write(&entry.key))).collect();
    let to_write = langs_of.iter().filter(|(_, langs)| !langs.is_empty());
    let shown = Page {
        entries: to_write.clone().map(|(key, _)| ((*key).clone(), session.question(key))).collect(),
        langs: to_write.flat_map(|(_, langs)| langs).copied().collect::<BTreeSet<_>>().into_iter().collect(),
        may_close: group.gaps.iter().all(|member| session.may(right(&member.kept))),
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
        longest: LONGEST_UNANSWERED,
        session,
        group,
        likely,
        form,
        lang,
        tried,
    };
    Ok(with_status(rendered(&shown), refusal))
}

/// The right that closing unanswered words requires.
fn right(kept: &Kept) -> Right<'_> {
    Right::Unanswered { lang: kept.gap.lang, entry: kept.nearest() }
}

pub(in crate::web::console) async fn act(
    session: StaffSession,
    Path(id): Path<String>,
    Form(form): Form<PageForm>,
) -> PageResult {
    session.must(&Right::Read)?;
    let app = &session.window.app;
    let closing = match form.act.as_str() {
        "not-for-us" => Some(Closing::NotForUs),
        "ignore" => Some(Closing::Ignored),
        _ => None,
    };
    if let Some(closing) = closing {
        close_unanswered(app, &session.account, &id, closing).await.map_err(|error| session.page_error(error))?;
        return Ok(redirect_with(LIST, Notice::GapClosed));
    }
    let group = found(&session, &id).await?;
    let (Ok(key), Some(lang)) = (form.entry.parse::<EntryKey>(), Lang::parse(&form.lang)) else {
        return page(&session, group, form, None, Some(&Refusal::Invalid));
    };
    let item = ContentItem::Text(key, lang);
    session.must(&Right::Write(&item))?;
    if form.act == "teach" {
        return match teach(app, &session.account, &id, &item, &form.words).await {
            Ok(()) => Ok(redirect_with(LIST, Notice::Taught)),
            Err(error) => page(&session, group, form, None, Some(&session.refusal_or_page(error)?)),
        };
    }
    let tried = match taught_text(app, &item, &form.words).await {
        Ok(text) => try_out(app, &item, &text, &form.words).await,
        Err(error) => Err(error),
    };
    match tried {
        Ok(tried) => page(&session, group, form, Some(tried), None),
        Err(error) => page(&session, group, form, None, Some(&session.refusal_or_page(error)?)),
    }
}
