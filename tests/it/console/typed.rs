//! What was typed is never lost: a session that ends, a form that is too long, a refusal; and what is equal changes nothing.

use chrono::TimeDelta;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, LOCATION, REFERER};
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, say};
use ventanilla::store::content::drafts;

use super::forms::Filled;
use super::tables::multipart;
use super::{PASSWORD, accept_draft, clerk, console, words};

const TEXT: &str = "/console/entries/health/cost/text/es";
const ANSWER: &str = "Es **gratis** & \"simple\" <hoy>.\n\nLleve su documento.";

fn item() -> ContentItem {
    ContentItem::Text("health/cost".parse().unwrap(), Lang::parse("es").unwrap())
}

#[tokio::test]
async fn what_was_typed_when_the_session_had_ended_is_shown_again_unsaved_after_signing_in() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    clerk(&site, "rosa", Role::Reviewer).await;
    let form = Filled::of(&marie.look(TEXT).await, "#write").set("answer", ANSWER).set("change", "meaning");
    site.app.clock.advance(TimeDelta::hours(9));

    let door = form.send(&marie, TEXT, "save").await;
    assert_eq!(door.status, StatusCode::FORBIDDEN);
    assert!(door.text.contains(&words(Label::FormCarried)) && !door.text.contains("Lleve su documento"), "sealed");
    let sign_in = Filled::of(&door, "form").set("login", "marie");
    let wrong = sign_in.clone().set("password", "wrong wrong wrong").send(&marie, "/console/sign-in", "").await;
    let sign_in = Filled::of(&wrong, "form").set("password", PASSWORD);
    assert!(!sign_in.value("carried").is_empty(), "a mistyped password costs nothing");

    let page = sign_in.send(&marie, "/console/sign-in", "").await;
    assert_eq!((page.status, page.words("#alert")), (StatusCode::OK, vec![words(Label::FormNotSaved)]));
    let again = Filled::of(&page, "#write");
    assert_eq!((again.value("answer").trim_start(), again.value("seen")), (ANSWER, form.value("seen")));
    assert_eq!(page.attributes("#write", "action"), [TEXT]);
    assert_eq!(drafts::find(&site.app.db, &item()).await.unwrap(), None, "nothing is saved yet");
    let saved = again.send(&marie, TEXT, "save").await;
    assert_eq!(saved.words(".done"), [words(Label::DoneSaved)], "{} {}", saved.status, saved.text);

    // Whoever else signs in at this browser sees nothing of it.
    let stranger = door.attributes("[name=carried]", "value").concat();
    let fields = [("login", "rosa"), ("password", PASSWORD), ("carried", stranger.as_str())];
    let other = site.visitor("es").send("/console/sign-in", &fields).await;
    assert_eq!(other.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_sends_a_file_when_the_session_has_ended_is_told_to_choose_it_again_after_signing_in() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let page = format!("{}/console/tables", site.address);
    site.app.clock.advance(TimeDelta::hours(9));
    for size in [100, 20 * 1024 * 1024] {
        let (kind, body) = multipart("entries.csv", &vec![b'x'; size]);
        let request = marie.browser.raw_post_to("/console/tables").header(CONTENT_TYPE, kind).header(REFERER, &page);
        let answer = request.body(body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        let door = answer.text().await.unwrap();
        assert!(door.contains(&words(Label::FileNotCarried)), "{door}");
        assert!(door.contains("name=\"to\" value=\"/console/tables\""), "{door}");
    }
}

#[tokio::test]
async fn a_carried_form_that_somebody_made_up_is_no_form() {
    let site = console().await;
    clerk(&site, "marie", Role::Author).await;
    for carried in ["x", "AAAA", &"A".repeat(200_000)] {
        let fields = [("login", "marie"), ("password", PASSWORD), ("carried", carried)];
        let answer = site.visitor("es").send("/console/sign-in", &fields).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn signing_in_leads_back_to_the_page_with_its_query() {
    let site = console().await;
    clerk(&site, "marie", Role::Author).await;
    let browser = site.visitor("es");
    let page = "/console/entries?text=a+b%26c&lang=ht";
    let door = browser.raw_get(&format!("{page}&done=saved")).await;
    let door = door.headers()[LOCATION].to_str().unwrap().to_owned();
    let to = browser.look(&door).await.attributes("[name=to]", "value").concat();
    assert_eq!(to, page);
    let inside = browser.send("/console/sign-in", &[("login", "marie"), ("password", PASSWORD), ("to", &to)]).await;
    assert_eq!(inside.headers()[LOCATION].to_str().unwrap(), format!("{page}&entered"));
}

#[tokio::test]
async fn staff_whose_browser_refuses_cookies_are_told_so() {
    let site = console().await;
    clerk(&site, "marie", Role::Author).await;
    let fields = [("login", "marie"), ("password", PASSWORD), ("to", "/console/entries")];
    let inside = site.visitor("es").send("/console/sign-in", &fields).await;
    let next = inside.headers()[LOCATION].to_str().unwrap().to_owned();
    let page = site.visitor("es").look(&next).await;
    assert_eq!(page.words(".notice"), [words(Label::CookiesRefused)]);
    assert_eq!(page.attributes("[name=to]", "value"), ["/console/entries"]);
    assert!(
        site.visitor("es").look("/console/entries").await.words(".notice").is_empty(),
        "who just comes is not told"
    );
}

#[tokio::test]
async fn a_form_too_long_comes_back_with_its_text_and_says_so() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let form = Filled::of(&marie.look(TEXT).await, "#write");
    for length in [300_000, 1_200_000] {
        let long = "palabra ".repeat(length / 8);
        let page = form.clone().set("answer", &long).send(&marie, TEXT, "save").await;
        assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE, "{length}");
        assert_eq!(page.words("#alert"), [words(Label::RefusedTooLong)]);
        assert_eq!(Filled::of(&page, "#write").value("answer").trim(), long.trim());
        assert_eq!(drafts::find(&site.app.db, &item()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_refusal_costs_nothing_that_was_typed() {
    let site = console().await;
    let admin = clerk(&site, "ana", Role::Administrator).await;
    let long = "Oficina ".repeat(20);
    let invited = [("role", "author"), ("lang", "es"), ("shown_as", long.as_str())];
    let invited = admin.post("/console/staff", &invited).await;
    assert_eq!(invited.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(invited.attributes("#shown_as", "value"), [long]);

    let changed = [("day", ""), ("what", "Cambió el artículo 3")];
    let source = admin.post("/console/sources/law-21325/changed", &changed).await;
    assert_eq!((source.status, source.text.contains(changed[1].1)), (StatusCode::UNPROCESSABLE_ENTITY, true));

    let long = "x".repeat(600);
    let comment =
        admin.post("/console/history/comment?kind=text&subject=health/cost&lang=es", &[("text", &long)]).await;
    assert_eq!(comment.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(comment.text.contains(&long), "the page on which it was typed");
    assert_eq!(comment.words("#alert"), [words(Label::RefusedNoReason)]);

    let days = [("overdue", "replace"), ("check_days", "3")];
    let settings = admin.post("/console/settings", &days).await;
    assert_eq!(settings.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(settings.attributes("[name=check_days]", "value"), ["3"]);
}

#[tokio::test]
async fn a_text_that_says_what_is_published_changes_nothing_and_its_editor_is_told() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    clerk(&site, "rosa", Role::Reviewer).await;
    let form = Filled::of(&marie.look(TEXT).await, "#write").set("change", "meaning");
    for act in ["save", "submit"] {
        let page = form.send(&marie, TEXT, act).await;
        assert_eq!(
            (page.status, page.words("#alert")),
            (StatusCode::CONFLICT, vec![words(Label::RefusedNothingDiffers)])
        );
        assert_eq!(drafts::find(&site.app.db, &item()).await.unwrap(), None);
    }
    // A draft that came back to what is published cannot be submitted either.
    let mine = form.clone().set("answer", ANSWER).send(&marie, TEXT, "save").await;
    let back = Filled::of(&mine, "#write").set("answer", form.value("answer")).send(&marie, TEXT, "submit").await;
    assert_eq!(back.words("#alert"), [words(Label::RefusedNothingDiffers)]);
    assert!(accept_draft(&site, "rosa", &item()).await.is_err());
}

#[tokio::test]
async fn what_is_saved_as_it_was_changes_nothing_and_whoever_saves_is_told() {
    let site = console().await;
    let admin = clerk(&site, "ana", Role::Administrator).await;
    clerk(&site, "jean", Role::Author).await;
    let staff = admin.look("/console/staff").await;
    let jean = staff.attributes("td a", "href").into_iter().next_back().unwrap();
    let nothing = vec![words(Label::RefusedNothingDiffers)];
    for (page, form, path) in [
        ("/console/account", "form[action='/console/account']", "/console/account"),
        ("/console/settings", "form[action='/console/settings']", "/console/settings"),
        ("/console/settings", "#operator", "/console/settings/operator"),
        ("/console/settings", "form[action='/console/settings/public']", "/console/settings/public"),
        ("/console/sources/law-21325", "form[action='/console/sources/law-21325']", "/console/sources/law-21325"),
        ("/console/danger", "form[action='/console/danger/help']", "/console/danger/help"),
        ("/console/municipalities/recoleta", "form.place", "/console/municipalities/recoleta"),
        ("/console/municipalities/recoleta", "form.overdue", "/console/municipalities/recoleta/overdue"),
        ("/console/offices/recoleta", "main form.card.form", "/console/offices/recoleta"),
        ("/console/entries/health/cost/facts", "main form.card.form", "/console/entries/health/cost/facts"),
        (&jean, "main form.card.form", &jean),
    ] {
        let filled = Filled::of(&admin.look(page).await, form);
        let told = filled.send(&admin, path, "save").await;
        assert_eq!((told.status, told.words("#alert")), (StatusCode::CONFLICT, nothing.clone()), "{path}");
    }
    let log = admin.look("/console/audit").await;
    for action in ["change-setting", "save-source", "change-help", "save-municipality", "change-role", "change-names"] {
        assert!(!log.words("tbody").concat().contains(action), "{action}");
    }
}

#[tokio::test]
async fn a_name_with_signs_that_nobody_sees_is_refused() {
    let site = console().await;
    let admin = clerk(&site, "ana", Role::Administrator).await;
    for name in ["Ana \u{202E}sajoR", "Ana\u{200B}", "\u{2066}Ana"] {
        let page = admin.post("/console/account", &[("name", name), ("lang", "es")]).await;
        assert_eq!(page.words("#alert"), [words(Label::RefusedName)], "{name:?}");
    }
    let operator = admin.post("/console/settings/operator", &[("operator", "Muni\u{202E}cipio")]).await;
    assert_eq!(operator.status, StatusCode::UNPROCESSABLE_ENTITY);
    let es = Lang::parse("es").unwrap();
    assert_eq!(operator.words("#alert"), [say(es, &Label::RefusedInvalid)]);
}
