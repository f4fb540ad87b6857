//! Local notes: a municipality's own lines under an answer, and the way from there into the text that all share.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use ventanilla::domain::content::body::{Body, TextBody};
use ventanilla::domain::content::draft::DraftState;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, say};
use ventanilla::store::content::{drafts, items};

use super::forms::Filled;
use super::{accept_draft, clerk, console, limited_clerk, words};
use crate::visitor::Site;

const PAGE: &str = "/console/municipalities/recoleta/notes/health/cost/es";
const FORM: &str = "form.form";
const NOTE: &str = "En Recoleta pregunte en **Av. Recoleta 2774**.";

fn spanish() -> Lang {
    Lang::parse("es").unwrap()
}

fn note() -> ContentItem {
    ContentItem::Note("recoleta".parse().unwrap(), "health/cost".parse().unwrap(), spanish())
}

fn base() -> ContentItem {
    ContentItem::Text("health/cost".parse().unwrap(), spanish())
}

fn in_recoleta() -> Limits {
    Limits { municipality: "recoleta".parse().ok(), ..Limits::default() }
}

async fn known(site: &Site) -> Option<String> {
    site.app.live.refresh(&site.app.db).await.unwrap();
    let knowledge = site.app.live.now();
    let note = knowledge.note(&"recoleta".parse().unwrap(), &"health/cost".parse().unwrap(), spanish());
    note.map(|note| note.text.markdown().to_owned())
}

async fn base_draft(site: &Site) -> Option<(TextBody, DraftState)> {
    let draft = drafts::find(&site.app.db, &base()).await.unwrap()?;
    match draft.version.body {
        Body::Text(text) => Some((text, draft.state)),
        Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_) => None,
    }
}

#[tokio::test]
async fn a_note_is_written_published_and_taken_away_again() {
    let site = console().await;
    let jean = limited_clerk(&site, "jean", Role::Author, in_recoleta()).await;
    limited_clerk(&site, "rosa", Role::Reviewer, in_recoleta()).await;
    let empty = Filled::of(&jean.look(PAGE).await, FORM);
    let page = empty.clone().set("text", NOTE).send(&jean, PAGE, "preview").await;
    let shown = page.words(".preview").concat();
    assert!(shown.contains("Av. Recoleta 2774") && shown.contains("🏠"), "{shown}");
    assert_eq!(page.attributes(".preview", "lang"), ["es"]);
    let page = empty.set("text", NOTE).send(&jean, PAGE, "submit").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSubmitted)]);
    assert!(accept_draft(&site, "jean", &note()).await.is_err());
    accept_draft(&site, "rosa", &note()).await.unwrap();
    assert_eq!(known(&site).await.as_deref(), Some(NOTE));
    let page = Filled::of(&jean.look(PAGE).await, FORM).set("text", " ").send(&jean, PAGE, "preview").await;
    assert!(page.text.contains(&words(Label::NoteGoesAway)));
    Filled::of(&page, FORM).send(&jean, PAGE, "submit").await;
    accept_draft(&site, "rosa", &note()).await.unwrap();
    assert_eq!(known(&site).await, None);
}

#[tokio::test]
async fn a_note_in_a_form_that_a_message_cannot_show_is_kept_and_not_submitted() {
    let site = console().await;
    let jean = limited_clerk(&site, "jean", Role::Author, in_recoleta()).await;
    let form = Filled::of(&jean.look(PAGE).await, FORM).set("text", "<script>alert(1)</script>");
    let page = form.send(&jean, PAGE, "submit").await;
    assert_eq!((page.status, page.words("#text-slip").len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    assert_eq!(Filled::of(&page, FORM).value("text"), "<script>alert(1)</script>");
    assert!(!page.text.contains("<script>"));
    let other = clerk(&site, "other", Role::Author).await;
    let page = form.set("text", "otra").send(&other, PAGE, "save").await;
    assert_eq!((page.status, page.words("#theirs").len()), (StatusCode::CONFLICT, 1));
    assert_eq!(Filled::of(&page, FORM).value("text"), "otra");
}

#[tokio::test]
async fn limits_of_place_language_and_topic_hold_for_notes() {
    let site = console().await;
    let lang = |code: &str| Limits { langs: BTreeSet::from([Lang::parse(code).unwrap()]), ..Limits::default() };
    let topic = Limits { topics: BTreeSet::from(["work".parse().unwrap()]), ..Limits::default() };
    let place = Limits { municipality: "quilicura".parse().ok(), ..Limits::default() };
    for (login, limits) in [("language", lang("ht")), ("topic", topic), ("place", place)] {
        let clerk = limited_clerk(&site, login, Role::Administrator, limits).await;
        let page = clerk.look(PAGE).await;
        assert_eq!((page.status, page.attributes("fieldset.all", "disabled").len()), (StatusCode::OK, 1), "{login}");
        let saved = Filled::of(&page, FORM).set("text", NOTE).send(&clerk, PAGE, "save").await;
        assert_eq!(saved.status, StatusCode::FORBIDDEN, "{login}");
        assert_eq!(clerk.post(&format!("{PAGE}/propose"), &[]).await.status, StatusCode::FORBIDDEN, "{login}");
    }
    let observer = clerk(&site, "observer", Role::Observer).await;
    for path in [PAGE, "/console/municipalities/recoleta/notes"] {
        assert_eq!(observer.look(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let author = clerk(&site, "author", Role::Author).await;
    for gone in ["recoleta/notes/health/cost/zz", "recoleta/notes/health/none/es", "x/notes/health/cost/es", "x/notes"]
    {
        assert_eq!(
            author.look(&format!("/console/municipalities/{gone}")).await.status,
            StatusCode::NOT_FOUND,
            "{gone}"
        );
    }
}

#[tokio::test]
async fn a_note_is_proposed_for_the_base_text_by_somebody_who_may_not_write_it() {
    let site = console().await;
    let jean = limited_clerk(&site, "jean", Role::Author, in_recoleta()).await;
    limited_clerk(&site, "rosa", Role::Reviewer, in_recoleta()).await;
    let nothing = jean.post(&format!("{PAGE}/propose"), &[]).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND, "only what is published is proposed");
    Filled::of(&jean.look(PAGE).await, FORM).set("text", NOTE).send(&jean, PAGE, "submit").await;
    accept_draft(&site, "rosa", &note()).await.unwrap();
    let page = jean.post(&format!("{PAGE}/propose"), &[]).await;
    assert_eq!(page.words(".done"), [words(Label::DoneProposed)]);
    let (text, state) = base_draft(&site).await.unwrap();
    let Some(Body::Text(published)) = items::published(&site.app.db, &base()).await.unwrap() else { panic!() };
    let mark = say(spanish(), &Label::NoteProposed { place: "Recoleta" });
    assert_eq!(text.answer, format!("{}\n\n**{mark}**\n\n{NOTE}", published.answer));
    assert_eq!((text.question, text.phrasings, state), (published.question, published.phrasings, DraftState::Draft));
    let comments = drafts::comments(&site.app.db, &base()).await.unwrap();
    assert_eq!((comments.len(), comments[0].author_name.as_str()), (1, "jean"));
    jean.post(&format!("{PAGE}/propose"), &[]).await;
    assert_eq!(drafts::comments(&site.app.db, &base()).await.unwrap().len(), 1, "the same words come in once");
    // Somebody with rights on the base text takes it up; while it is in review, nothing is added.
    let writer = clerk(&site, "writer", Role::Author).await;
    let page = writer.look("/console/entries/health/cost/text/es").await;
    assert!(page.text.contains(&words(Label::NoteProposedComment { place: "Recoleta" })));
    // A note on top of a lead is too long for a small screen: the writer shortens it.
    let refused = Filled::of(&page, "#write").send(&writer, "/console/entries/health/cost/text/es", "submit").await;
    assert!(!refused.words("#answer-error").concat().is_empty());
    Filled::of(&refused, "#write")
        .set("answer", NOTE)
        .send(&writer, "/console/entries/health/cost/text/es", "submit")
        .await;
    assert_eq!(base_draft(&site).await.unwrap().1, DraftState::InReview);
    assert_eq!(jean.post(&format!("{PAGE}/propose"), &[]).await.status, StatusCode::CONFLICT);
    assert!(jean.look(PAGE).await.text.contains(&words(Label::NoteProposeWaits)));
}

#[tokio::test]
async fn the_notes_of_a_municipality_are_listed_by_entry_and_language() {
    let site = console().await;
    let jean = limited_clerk(&site, "jean", Role::Author, in_recoleta()).await;
    let list = "/console/municipalities/recoleta/notes";
    let entries = async |query: &str| jean.look(&format!("{list}?{query}")).await.words("tbody th").len();
    let before = entries("").await;
    Filled::of(&jean.look(PAGE).await, FORM).set("text", NOTE).send(&jean, PAGE, "save").await;
    assert_eq!(entries("").await, before + 1);
    assert_eq!(entries("topic=health").await, 1);
    assert_eq!(entries("all=yes").await, 83);
    assert!(jean.look(list).await.attributes("td a", "href").contains(&PAGE.to_owned()));
}
