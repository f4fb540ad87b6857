//! The page on which an entry's text is written in one language, with the other languages beside it.

use askama::Template;
use axum::extract::{Form, Path};
use serde::Deserialize;

use super::entries::news;
use super::preview::{plain_text, preview_text};
use crate::app::{Tried, save_draft, submit, try_out};
use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::{Body, Field, Problem, TextBody, words as count_words};
use crate::domain::content::draft::{Change, Draft};
use crate::domain::content::item::ContentItem;
use crate::domain::content::text_status::TextStatus;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::{RunKind, Words};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::spelling::{Misspelt, misspelt};
use crate::i18n::content_items::{aspect_about, aspect_name};
use crate::i18n::{Label, say};
use crate::pack::lint::FEWEST_PHRASINGS;
use crate::store::content::drafts::Comment;
use crate::store::content::{drafts, items, overview};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::chat::render::{Bubble, Kind};
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// The posted form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageForm {
    question: String,
    apart: String,
    answer: String,
    papers: String,
    cost: String,
    how: String,
    #[serde(rename = "where")]
    place: String,
    time: String,
    refused: String,
    #[serde(rename = "no-papers")]
    no_papers: String,
    family: String,
    rights: String,
    phrasings: String,
    change: String,
    seen: i64,
    act: String,
    message: String,
}

impl PageForm {
    fn body(&self) -> TextBody {
        let part = |aspect: Aspect| match aspect {
            Aspect::Papers => &self.papers,
            Aspect::Cost => &self.cost,
            Aspect::How => &self.how,
            Aspect::Where => &self.place,
            Aspect::Time => &self.time,
            Aspect::Refused => &self.refused,
            Aspect::NoPapers => &self.no_papers,
            Aspect::Family => &self.family,
            Aspect::Rights => &self.rights,
        };
        TextBody::typed(&self.question, &self.answer, &self.phrasings)
            .told_apart(&self.apart)
            .divided(Aspect::ALL.map(|aspect| (aspect, part(aspect).as_str())))
    }
}

/// Another language beside the text.
struct Beside {
    lang: Lang,
    question: String,
    bubble: Option<Bubble>,
    news: Vec<Words>,
}

/// The text that the page edits.
struct Writing {
    body: TextBody,
    change: Change,
    /// The number of the newest version that the author has seen.
    seen: i64,
}

#[derive(Template)]
#[template(path = "console/content/text.html")]
struct Page<'a> {
    session: &'a StaffSession,
    key: EntryKey,
    lang: Lang,
    writing: Writing,
    state: TextStatus,
    draft: Option<Draft>,
    comments: Vec<Comment>,
    beside: Vec<Beside>,
    bubble: Option<Bubble>,
    problems: Vec<Problem>,
    spelling: Vec<Misspelt>,
    /// The version that somebody else saved in the meantime.
    theirs: Option<(String, TextBody)>,
    tried: Option<Tried>,
    message: String,
    refusal: Option<String>,
}

impl Page<'_> {
    fn problem(&self, field: Field) -> Option<String> {
        self.problems.iter().find(|problem| problem.field() == field).map(|problem| self.session.problem(problem))
    }

    fn wanted(&self) -> String {
        FEWEST_PHRASINGS.saturating_sub(self.writing.body.phrasings.len()).to_string()
    }

    fn has_enough(&self) -> bool {
        self.writing.body.phrasings.len() >= FEWEST_PHRASINGS
    }

    fn answer_words(&self) -> String {
        count_words(&self.writing.body.answer).to_string()
    }

    fn part_words(&self, aspect: Aspect) -> String {
        count_words(self.writing.body.part(aspect)).to_string()
    }

    fn part_name(&self, aspect: Aspect) -> String {
        say(self.session.lang, &aspect_name(aspect))
    }

    /// Whether a part's box is open: it holds something, or has a problem.
    fn is_open(&self, aspect: Aspect) -> bool {
        !self.writing.body.part(aspect).is_empty() || self.problem(Field::Part(aspect)).is_some()
    }
}

fn item(
    session: &StaffSession,
    (topic, name, lang): &(String, String, String),
) -> Result<(EntryKey, Lang), crate::web::console::page_error::PageError> {
    let key = format!("{topic}/{name}").parse::<EntryKey>();
    match (key, Lang::parse(lang)) {
        (Ok(key), Some(lang)) => Ok((key, lang)),
        (Ok(_) | Err(_), _) => Err(session.refuse(&Refusal::Gone)),
    }
}

pub(in crate::web::console) async fn show(
    session: StaffSession,
    Path(path): Path<(String, String, String)>,
) -> PageResult {
    let (key, lang) = item(&session, &path)?;
    let of = ContentItem::Text(key.clone(), lang);
    session.must(&Right::Write(&of))?;
    let db = &session.window.app.db;
    let draft = drafts::find(db, &of).await.map_err(failed)?;
    let published = text(items::published(db, &of).await.map_err(failed)?);
    let seen = drafts::newest(db, &of).await.map_err(failed)?;
    let change = match &draft {
        Some(draft) => draft.change,
        None => likely_change(&session, &key, lang).await?,
    };
    let body = draft.and_then(|draft| text(Some(draft.version.body))).or(published).unwrap_or_default();
    page(&session, key, lang, Writing { body, change, seen }, Extra::default()).await
}

fn text(body: Option<Body>) -> Option<TextBody> {
    match body {
        Some(Body::Text(text)) => Some(text),
        Some(Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_)) | None => None,
    }
}

/// The default kind of change: translation of a missing or outdated text, meaning for the first language, else small.
async fn likely_change(
    session: &StaffSession,
    key: &EntryKey,
    lang: Lang,
) -> Result<Change, crate::web::console::page_error::PageError> {
    let entry = overview::entry(&session.window.app.db, key).await.map_err(failed)?;
    let Some(entry) = entry else { return Ok(Change::Meaning) };
    let others = entry.texts.keys().any(|other| *other != lang);
    Ok(match entry.texts.get(&lang) {
        None if others => Change::Translation,
        Some(text) if text.is_outdated() => Change::Translation,
        None => Change::Meaning,
        Some(_) => Change::Small,
    })
}

/// The page's content besides the text.
#[derive(Default)]
struct Extra {
    refusal: Option<Refusal>,
    theirs: Option<(String, TextBody)>,
    tried: Option<Tried>,
    message: String,
    /// Whether problems are shown before the text is submitted.
    strict: bool,
}

async fn page(session: &StaffSession, key: EntryKey, lang: Lang, writing: Writing, extra: Extra) -> PageResult {
    let db = &session.window.app.db;
    let of = ContentItem::Text(key.clone(), lang);
    let entry = overview::entry(db, &key).await.map_err(failed)?;
    let mut beside = Vec::new();
    for other in Lang::all().filter(|other| *other != lang) {
        let item = ContentItem::Text(key.clone(), other);
        let published = text(items::published(db, &item).await.map_err(failed)?);
        let draft = drafts::find(db, &item).await.map_err(failed)?.map(|draft| draft.version.body);
        let Some(body) = published.clone().or_else(|| text(draft)) else { continue };
        let news = match (&published, &entry) {
            (Some(now), Some(entry)) => news(session, &item, now, entry).await.map_err(failed)?,
            (Some(_) | None, _) => Vec::new(),
        };
        let bubble = preview_text(other, &body);
        beside.push(Beside { lang: other, question: body.question, bubble, news });
    }
    let draft = drafts::find(db, &of).await.map_err(failed)?;
    let problems = match &extra.refusal {
        Some(Refusal::Problems(problems)) => problems.clone(),
        Some(_) | None if extra.strict || draft.is_some() => Body::Text(writing.body.clone()).problems(),
        Some(_) | None => Vec::new(),
    };
    let body = &writing.body;
    let texts = [&body.question, &body.apart, &body.answer].into_iter().chain(body.parts.values());
    let spelling = texts.flat_map(|text| misspelt(lang, text)).collect();
    let shown = Page {
        session,
        lang,
        state: match entry.as_ref().and_then(|entry| entry.texts.get(&lang)) {
            None => TextStatus::Missing,
            Some(text) => text.status(),
        },
        comments: drafts::comments(db, &of).await.map_err(failed)?,
        bubble: preview_text(lang, body),
        key,
        draft,
        beside,
        problems,
        spelling,
        theirs: extra.theirs,
        tried: extra.tried,
        message: extra.message,
        refusal: extra.refusal.as_ref().map(|refusal| words(session.lang, refusal)),
        writing,
    };
    Ok(with_status(rendered(&shown), extra.refusal.as_ref()))
}

pub(in crate::web::console) async fn save(
    session: StaffSession,
    Path(path): Path<(String, String, String)>,
    Form(form): Form<PageForm>,
) -> PageResult {
    let (key, lang) = item(&session, &path)?;
    let of = ContentItem::Text(key.clone(), lang);
    session.must(&Right::Write(&of))?;
    let body = form.body();
    let change = Change::parse(&form.change).unwrap_or(Change::Meaning);
    let writing = Writing { body: body.clone(), change, seen: form.seen };
    let app = &session.window.app;
    match form.act.as_str() {
        "preview" => page(&session, key, lang, writing, Extra { strict: true, ..Extra::default() }).await,
        "try" => {
            let tried = try_out(app, &of, &body, &form.message).await.map_err(|error| session.page_error(error))?;
            let extra = Extra { tried: Some(tried), message: form.message, ..Extra::default() };
            page(&session, key, lang, writing, extra).await
        }
        act => {
            let saved = save_draft(app, &session.account, &of, Body::Text(body), change, form.seen).await;
            let seen = match saved {
                Ok(number) => number,
                Err(error) => return not_saved(&session, key, lang, writing, session.refusal_or_page(error)?).await,
            };
            if act != "submit" {
                return Ok(redirect_with(&format!("/console/entries/{key}/text/{lang}"), Notice::Saved));
            }
            match submit(app, &session.account, &of).await {
                Ok(()) => Ok(redirect_with(&format!("/console/entries/{key}"), Notice::Submitted)),
                Err(error) => {
                    let refusal = Some(session.refusal_or_page(error)?);
                    page(&session, key, lang, Writing { seen, ..writing }, Extra { refusal, ..Extra::default() }).await
                }
            }
        }
    }
}

/// Edit conflict: shows both texts; saving again stores this one as the newer version.
async fn not_saved(
    session: &StaffSession,
    key: EntryKey,
    lang: Lang,
    writing: Writing,
    refusal: Refusal,
) -> PageResult {
    let of = ContentItem::Text(key.clone(), lang);
    let db = &session.window.app.db;
    let newest = drafts::newest(db, &of).await.map_err(failed)?;
    let version = drafts::version(db, &of, newest).await.map_err(failed)?;
    let theirs = version.and_then(|version| Some((version.author_name, text(Some(version.body))?)));
    let writing = if refusal == Refusal::Changed { Writing { seen: newest, ..writing } } else { writing };
    page(session, key, lang, writing, Extra { refusal: Some(refusal), theirs, ..Extra::default() }).await
}
