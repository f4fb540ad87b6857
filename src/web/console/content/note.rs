//! The page of a municipality's note in one language, shown under the answer that it belongs to.

use askama::Template;
use axum::extract::{Form, Path};
use serde::Deserialize;

use super::conflict::Conflict;
use super::items::{edit_path, query};
use crate::app::{propose_note, save_draft, submit};
use crate::bot::citizen::Message;
use crate::domain::content::body::{Body, NoteBody, Problem, TextBody};
use crate::domain::content::draft::{Change, Draft, DraftState};
use crate::domain::content::item::ContentItem;
use crate::domain::offices::municipality::Municipality;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::RunKind;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Rich, Span};
use crate::domain::text::spelling::{Misspelt, misspelt};
use crate::i18n::{Label, Phrase, say};
use crate::store::content::drafts::Comment;
use crate::store::content::{drafts, items};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::chat::render::{Bubble, Kind, bubbles};
use crate::web::console::form_errors::FormErrors;
use crate::web::console::notice::Notice;
use crate::web::console::offices::municipalities::find;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

#[derive(Template)]
#[template(path = "console/content/note.html")]
struct Page<'a> {
    session: &'a StaffSession,
    place: Municipality,
    entry: EntryKey,
    lang: Lang,
    item: ContentItem,
    query: String,
    question: String,
    form: PageForm,
    /// The published note.
    published: Option<NoteBody>,
    draft: Option<Draft>,
    in_review: bool,
    comments: Vec<Comment>,
    bubble: Option<Bubble>,
    has_base: bool,
    /// Whether the base text is in review, so that no note can be added.
    base_waits: bool,
    form_errors: FormErrors,
    spelling: Vec<Misspelt>,
    refusal: Option<String>,
    conflict: Option<Conflict>,
    may_write: bool,
}

/// The posted form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageForm {
    text: String,
    seen: i64,
    act: String,
}

/// The page's content besides the form.
#[derive(Default)]
struct Extra {
    form_errors: FormErrors,
    refusal: Option<Refusal>,
    conflict: Option<Conflict>,
}

/// The names in the address: municipality, topic, entry, language.
type Names = (String, String, String, String);

/// The note that the page shows.
struct Subject {
    place: Municipality,
    entry: EntryKey,
    lang: Lang,
}

impl Subject {
    fn item(&self) -> ContentItem {
        ContentItem::Note(self.place.key.clone(), self.entry.clone(), self.lang)
    }

    /// The text that all municipalities share.
    fn base(&self) -> ContentItem {
        ContentItem::Text(self.entry.clone(), self.lang)
    }
}

async fn subject(session: &StaffSession, (place, topic, name, lang): &Names) -> Result<Subject, PageError> {
    let place = find(session, place).await?;
    let entry = format!("{topic}/{name}").parse::<EntryKey>().ok();
    let entry = entry.filter(|key| session.window.app.live.now().entry(key).is_some());
    let (Some(entry), Some(lang)) = (entry, Lang::parse(lang)) else { return Err(session.refuse(&Refusal::Gone)) };
    Ok(Subject { place, entry, lang })
}

fn note(body: Option<Body>) -> Option<NoteBody> {
    match body {
        Some(Body::Note(note)) => Some(note),
        Some(Body::Text(_) | Body::Metadata(_) | Body::Office(_) | Body::Proposed(_)) | None => None,
    }
}

fn text(body: Option<Body>) -> Option<TextBody> {
    match body {
        Some(Body::Text(text)) => Some(text),
        Some(Body::Note(_) | Body::Metadata(_) | Body::Office(_) | Body::Proposed(_)) | None => None,
    }
}

pub(in crate::web::console) async fn show(session: StaffSession, Path(names): Path<Names>) -> PageResult {
    session.must(&Right::Read)?;
    let subject = subject(&session, &names).await?;
    let (db, item) = (&session.window.app.db, subject.item());
    let draft = drafts::find(db, &item).await.map_err(failed)?;
    let published = note(items::published(db, &item).await.map_err(failed)?);
    let body = draft.and_then(|draft| note(Some(draft.version.body))).or(published).unwrap_or_default();
    let seen = drafts::newest(db, &item).await.map_err(failed)?;
    page(&session, subject, PageForm { text: body.text, seen, ..PageForm::default() }, Extra::default()).await
}

pub(in crate::web::console) async fn save(
    session: StaffSession,
    Path(names): Path<Names>,
    Form(form): Form<PageForm>,
) -> PageResult {
    let subject = subject(&session, &names).await?;
    let item = subject.item();
    session.must(&Right::Write(&item))?;
    // Browsers end lines with CR LF.
    let body = Body::Note(NoteBody::typed(&form.text));
    if form.act == "preview" {
        let form_errors = FormErrors::of(&session, &body.problems());
        return page(&session, subject, form, Extra { form_errors, ..Extra::default() }).await;
    }
    let app = &session.window.app;
    let seen = match save_draft(app, &session.account, &item, body.clone(), Change::Meaning, form.seen).await {
        Ok(seen) => seen,
        Err(error) => {
            let refusal = session.refusal_or_page(error)?;
            let changed = refusal == Refusal::Changed;
            let conflict = if changed { Conflict::find(&session, &item, &body).await? } else { None };
            let seen = conflict.as_ref().map_or(form.seen, |conflict| conflict.number);
            let extra = Extra { refusal: Some(refusal), conflict, ..Extra::default() };
            return page(&session, subject, PageForm { seen, ..form }, extra).await;
        }
    };
    if form.act != "submit" {
        return Ok(redirect_with(&edit_path(&item), Notice::Saved));
    }
    match submit(app, &session.account, &item).await {
        Ok(()) => Ok(redirect_with(&edit_path(&item), Notice::Submitted)),
        Err(error) => {
            let refusal = session.refusal_or_page(error)?;
            let problems: &[Problem] = if let Refusal::Problems(problems) = &refusal { problems } else { &[] };
            let form_errors = FormErrors::of(&session, problems);
            let extra = Extra { form_errors, refusal: Some(refusal), ..Extra::default() };
            page(&session, subject, PageForm { seen, ..form }, extra).await
        }
    }
}

pub(in crate::web::console) async fn propose(session: StaffSession, Path(names): Path<Names>) -> PageResult {
    let subject = subject(&session, &names).await?;
    let item = subject.item();
    propose_note(&session.window.app, &session.account, &item).await.map_err(|error| session.page_error(error))?;
    Ok(redirect_with(&edit_path(&item), Notice::Proposed))
}

async fn page(session: &StaffSession, subject: Subject, form: PageForm, extra: Extra) -> PageResult {
    let (db, item) = (&session.window.app.db, subject.item());
    let draft = drafts::find(db, &item).await.map_err(failed)?;
    let base = text(items::published(db, &subject.base()).await.map_err(failed)?);
    let base_draft = drafts::find(db, &subject.base()).await.map_err(failed)?;
    let shown = Page {
        session,
        query: query(&item),
        question: base.as_ref().map_or_else(|| subject.entry.to_string(), |base| base.question.clone()),
        bubble: preview(&subject, base.as_ref(), &form.text),
        has_base: base.is_some(),
        base_waits: base_draft.is_some_and(|draft| draft.state == DraftState::InReview),
        published: note(items::published(db, &item).await.map_err(failed)?),
        in_review: draft.as_ref().is_some_and(|draft| draft.state == DraftState::InReview),
        draft,
        comments: drafts::comments(db, &item).await.map_err(failed)?,
        spelling: misspelt(subject.lang, &form.text),
        form_errors: extra.form_errors,
        refusal: extra.refusal.as_ref().map(|refusal| words(session.lang, refusal)),
        conflict: extra.conflict,
        may_write: session.may(Right::Write(&item)),
        place: subject.place,
        entry: subject.entry,
        lang: subject.lang,
        item,
        form,
    };
    Ok(with_status(rendered(&shown), extra.refusal.as_ref()))
}

/// The answer followed by the note, as people of the municipality read it.
fn preview(subject: &Subject, base: Option<&TextBody>, note: &str) -> Option<Bubble> {
    let lang = subject.lang;
    let mut message = Message::new(lang);
    if let Some(base) = base {
        message = message.spans(vec![Span::bold(base.question.clone())]);
        message = message.blocks(Rich::parse(&base.answer).ok()?.blocks().iter().cloned());
    }
    if !note.trim().is_empty() {
        let place = &subject.place.name;
        message = message.line(say(lang, &Phrase::LocalNote { place }));
        message = message.blocks(Rich::parse(note).ok()?.blocks().iter().cloned());
    }
    bubbles(&[message], false).into_iter().next()
}
