//! One group of gaps: all its words, and the actions that close it.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Form, Path};
use serde::Deserialize;

use super::list::{Group, groups};
use crate::app::{Closing, Tried, close_gap, taught_text, teach, try_out};
use crate::domain::content::item::Piece;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::unanswered::group::LONGEST_GAP;
use crate::i18n::Label;
use crate::store::unanswered::groups::{self, Kept};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::painted;
use crate::web::console::notice::Done;
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::{Desk, PageError, PageResult, failed, redirect_with};

/// Where the list is.
const LIST: &str = "/console/gaps";

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct Typed {
    entry: String,
    lang: String,
    words: String,
    act: String,
}

#[derive(Template)]
#[template(path = "console/unanswered/group.html")]
struct Page<'a> {
    desk: &'a Desk,
    group: Group,
    likely: Vec<(EntryKey, u8)>,
    entries: Vec<(EntryKey, String)>,
    typed: Typed,
    /// The language of the words that would be taught.
    lang: Lang,
    /// The languages in which this account may teach.
    langs: Vec<Lang>,
    /// Whether this account may close every gap of the group.
    may_close: bool,
    tried: Option<Tried>,
    longest: usize,
    refusal: Option<String>,
}

async fn found(desk: &Desk, id: &str) -> Result<Group, PageError> {
    let db = &desk.window.app.db;
    let kept = groups::group(db, id).await.map_err(failed)?;
    let weeks = groups::weeks(db).await.map_err(failed)?;
    groups(kept, &weeks, &desk.window.app.live.now()).into_iter().next().ok_or_else(|| desk.refuse(&Refusal::Gone))
}

pub(in crate::web::console) async fn show(desk: Desk, Path(id): Path<String>) -> PageResult {
    desk.must(&Right::Read)?;
    let group = found(&desk, &id).await?;
    page(&desk, group, Typed::default(), None, None)
}

fn page(desk: &Desk, group: Group, mut typed: Typed, tried: Option<Tried>, refusal: Option<&Refusal>) -> PageResult {
    let knowledge = desk.window.app.live.now();
    let likely = group.likely(&knowledge);
    if typed.words.is_empty() {
        typed.words = group.words_without_marks();
    }
    if typed.entry.is_empty() {
        let best = group.entry.as_ref().or_else(|| likely.first().map(|(key, _)| key));
        typed.entry = best.map(ToString::to_string).unwrap_or_default();
    }
    let lang = Lang::parse(&typed.lang).unwrap_or_else(|| group.lang());
    let langs_of: Vec<_> =
        knowledge.entries().iter().map(|entry| (&entry.key, desk.langs_to_write(&entry.key))).collect();
    let to_write = langs_of.iter().filter(|(_, langs)| !langs.is_empty());
    let shown = Page {
        entries: to_write.clone().map(|(key, _)| ((*key).clone(), desk.question(key))).collect(),
        langs: to_write.flat_map(|(_, langs)| langs).copied().collect::<BTreeSet<_>>().into_iter().collect(),
        may_close: group.gaps.iter().all(|member| desk.may(right(&member.kept))),
        refusal: refusal.map(|refusal| words(desk.lang, refusal)),
        longest: LONGEST_GAP,
        desk,
        group,
        likely,
        typed,
        lang,
        tried,
    };
    Ok(with_status(painted(&shown), refusal))
}

/// What closing a gap asks for.
fn right(kept: &Kept) -> Right<'_> {
    Right::Gap { lang: kept.gap.lang, entry: kept.nearest() }
}

pub(in crate::web::console) async fn act(desk: Desk, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    desk.must(&Right::Read)?;
    let app = &desk.window.app;
    let closing = match typed.act.as_str() {
        "not-for-us" => Some(Closing::NotForUs),
        "ignore" => Some(Closing::Ignored),
        _ => None,
    };
    if let Some(closing) = closing {
        close_gap(app, &desk.account, &id, closing).await.map_err(|error| desk.page_error(error))?;
        return Ok(redirect_with(LIST, Done::GapClosed));
    }
    let group = found(&desk, &id).await?;
    let (Ok(key), Some(lang)) = (typed.entry.parse::<EntryKey>(), Lang::parse(&typed.lang)) else {
        return page(&desk, group, typed, None, Some(&Refusal::Invalid));
    };
    let piece = Piece::Text(key, lang);
    desk.must(&Right::Write(&piece))?;
    if typed.act == "teach" {
        return match teach(app, &desk.account, &id, &piece, &typed.words).await {
            Ok(()) => Ok(redirect_with(LIST, Done::Taught)),
            Err(error) => page(&desk, group, typed, None, Some(&desk.refusal_or_page(error)?)),
        };
    }
    let tried = match taught_text(app, &piece, &typed.words).await {
        Ok(text) => try_out(app, &piece, &text, &typed.words).await,
        Err(error) => Err(error),
    };
    match tried {
        Ok(tried) => page(&desk, group, typed, Some(tried), None),
        Err(error) => page(&desk, group, typed, None, Some(&desk.refusal_or_page(error)?)),
    }
}
