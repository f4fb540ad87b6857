//! From a draft to people: four eyes, changes of meaning, checks, withdrawals, changed sources, two editors at once.

use std::sync::Arc;

use chrono::TimeDelta;
use reqwest::StatusCode;
use ventanilla::app::preview;
use ventanilla::app::runtime::live::Live;
use ventanilla::bot::citizen::{Input, Link, TurnInput};
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, Phrase, say};
use ventanilla::store::content::drafts;

use super::{Clerk, clerk, console};
use crate::fixtures::{KNOWLEDGE, app, started_databases};
use crate::visitor::{Page, Site};

const TEXT: &str = "/console/entries/health/cost/text/es";
const REVIEW: &str = "/console/review/entry/health/cost";

fn lang(code: &str) -> Lang {
    Lang::parse(code).unwrap()
}

fn es(label: Label<'_>) -> String {
    say(lang("es"), &label)
}

fn seen(page: &Page) -> String {
    page.attributes("input[name=seen]", "value")[0].clone()
}

async fn write(clerk: &Clerk, path: &str, answer: &str, change: &str) -> Page {
    let form = clerk.look(path).await;
    let fields = [
        ("question", "¿Cuánto tengo que pagar?"),
        ("answer", answer),
        ("phrasings", "cuanto pago por el doctor\ncuanto sale"),
        ("change", change),
        ("act", "submit"),
    ];
    let seen = seen(&form);
    clerk.post(path, &[&fields[..], &[("seen", seen.as_str())]].concat()).await
}

async fn accept(clerk: &Clerk) -> Page {
    let page = clerk.look(REVIEW).await;
    let pieces = page.attributes("input[name=piece]:not([disabled])", "value");
    let fields: Vec<(&str, &str)> =
        pieces.iter().map(|item| ("piece", item.as_str())).chain([("act", "accept")]).collect();
    clerk.post(REVIEW, &fields).await
}

/// What the bot says to somebody who opens the entry by its link, in this language.
async fn says(site: &Site, code: &str) -> String {
    site.app.live.refresh(&site.app.db).await.unwrap();
    let link = Link::parse("health_cost");
    let heard = TurnInput { input: Input::Start(link), proposed: Some(lang(code)), reachable: false };
    preview(&site.app, &heard).iter().map(|message| message.words()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn what_one_writes_another_publishes_and_people_read_who_stands_behind_it() {
    let site = console().await;
    let (author, reviewer) =
        (clerk(&site, "autora", Role::Author).await, clerk(&site, "revisora", Role::Reviewer).await);
    let sent = write(&author, TEXT, "Con FONASA usted paga **cero** pesos.", "small").await;
    assert_eq!(sent.words(".done"), [es(Label::DoneSubmitted)]);
    assert!(!says(&site, "es").await.contains("cero"), "a draft is not read by people");
    assert_eq!(author.browser.send(REVIEW, &[("act", "accept")]).await.status(), StatusCode::FORBIDDEN);
    let reading = reviewer.look(REVIEW).await;
    assert!(reading.words("ins").concat().contains("cero"), "{}", reading.text);
    let accepted = accept(&reviewer).await;
    assert_eq!(accepted.words(".done"), [es(Label::DonePublished)], "{}", accepted.text);
    let said = says(&site, "es").await;
    assert!(said.contains("cero") && said.contains("Oficina de Migrantes"), "{said}");
}

#[tokio::test]
async fn nobody_publishes_their_own_text_whatever_their_role() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    write(&admin, TEXT, "Algo nuevo.", "small").await;
    let page = admin.look(REVIEW).await;
    assert_eq!(page.attributes("input[name=piece]", "disabled").len(), 1);
    let value = page.attributes("input[name=piece]", "value").concat();
    let forced = admin.post(REVIEW, &[("piece", &value), ("act", "accept")]).await;
    assert_eq!((forced.status, forced.words("#alert")), (StatusCode::FORBIDDEN, vec![es(Label::RefusedOwnText)]));
}

#[tokio::test]
async fn a_text_that_is_sent_back_says_why_and_comes_again() {
    let site = console().await;
    let (author, reviewer) =
        (clerk(&site, "autora", Role::Author).await, clerk(&site, "revisora", Role::Reviewer).await);
    write(&author, TEXT, "Algo nuevo.", "small").await;
    let value = reviewer.look(REVIEW).await.attributes("input[name=piece]", "value").concat();
    let silent = reviewer.post(REVIEW, &[("piece", &value), ("act", "back"), ("reason", " ")]).await;
    assert_eq!(silent.words("#alert"), [es(Label::RefusedNoReason)]);
    reviewer.post(REVIEW, &[("piece", &value), ("act", "back"), ("reason", "Falta la fuente")]).await;
    assert!(author.look(TEXT).await.text.contains("Falta la fuente"));
    assert!(author.look("/console").await.words("main").concat().contains(&es(Label::StateSentBack)));
    write(&author, TEXT, "Algo nuevo con fuente.", "small").await;
    assert_eq!(accept(&reviewer).await.words(".done"), [es(Label::DonePublished)]);
}

#[tokio::test]
async fn a_change_of_meaning_leaves_translations_behind_until_they_follow_and_a_small_correction_does_not() {
    let site = console().await;
    let (author, reviewer) =
        (clerk(&site, "autora", Role::Author).await, clerk(&site, "revisora", Role::Reviewer).await);
    write(&author, TEXT, "Corregido.", "small").await;
    accept(&reviewer).await;
    let outdated = say(lang("ht"), &Phrase::Outdated { date: "" });
    let notice = outdated.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    assert!(!says(&site, "ht").await.contains(&notice));
    write(&author, TEXT, "Ahora **todo** es distinto.", "meaning").await;
    accept(&reviewer).await;
    assert!(says(&site, "ht").await.contains(&notice), "{}", says(&site, "ht").await);
    let board = author.look("/console/entries?state=outdated&lang=ht").await;
    assert!(board.attributes("th a", "href").contains(&"/console/entries/health/cost".to_owned()));
    let kreyol = "/console/entries/health/cost/text/ht";
    let beside = author.look(kreyol).await;
    assert!(beside.words("ins").concat().contains("todo"), "what changed is marked beside the translation");
    assert_eq!(beside.attributes("input[name=change][checked]", "value"), ["translation"]);
    write(&author, kreyol, "Kounye a tout bagay diferan.", "translation").await;
    accept(&reviewer).await;
    assert!(!says(&site, "ht").await.contains(&notice));
}

#[tokio::test]
async fn still_correct_is_one_click_for_all_languages_and_runs_out() {
    let site = console().await;
    let reviewer = clerk(&site, "revisora", Role::Reviewer).await;
    let checked = reviewer.post("/console/entries/health/cost/check", &[]).await;
    assert_eq!(checked.words(".done"), [es(Label::DoneChecked)]);
    for code in ["ht", "es", "en"] {
        assert!(says(&site, code).await.contains("Oficina de Migrantes"), "{code}");
    }
    site.app.clock.advance(TimeDelta::days(181));
    for code in ["ht", "es", "en"] {
        let late = say(lang(code), &Phrase::CheckedLate { date: "" });
        let notice = late.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        assert!(says(&site, code).await.contains(&notice), "{code}");
    }
}

#[tokio::test]
async fn a_withdrawn_text_says_why_and_comes_back_by_being_published_again() {
    let site = console().await;
    let (author, reviewer) =
        (clerk(&site, "autora", Role::Author).await, clerk(&site, "revisora", Role::Reviewer).await);
    let path = "/console/entries/health/cost/withdraw/es";
    reviewer.post(path, &[("reason", "El monto estaba mal.")]).await;
    let said = says(&site, "es").await;
    let checked = say(lang("es"), &Phrase::BeingChecked);
    assert!(said.contains(&checked) && !said.contains("El monto") && !said.contains("FONASA usted"), "{said}");
    super::accept_proposals(&site.app, &super::member(&site.app, "otra", Role::Reviewer).await).await;
    let said = says(&site, "es").await;
    assert!(said.contains("El monto estaba mal.") && !said.contains("FONASA usted"), "{said}");
    assert!(!says(&site, "ht").await.contains("monto"));
    write(&author, TEXT, "El monto correcto.", "small").await;
    accept(&reviewer).await;
    assert!(says(&site, "es").await.contains("El monto correcto."));
}

#[tokio::test]
async fn a_source_that_changes_is_told_at_once_under_every_answer_that_rests_on_it() {
    let site = console().await;
    let reviewer = clerk(&site, "revisora", Role::Reviewer).await;
    let source =
        reviewer.look("/console/entries/health/cost").await.attributes("dd a[href^='/console/sources/']", "href");
    let path = format!("{}/changed", source[0]);
    let tomorrow = reviewer.post(&path, &[("day", "2030-01-01"), ("what", "x")]).await;
    assert_eq!(tomorrow.status, StatusCode::UNPROCESSABLE_ENTITY);
    let noted = reviewer.post(&path, &[("day", "2026-11-20"), ("what", "Nuevo monto")]).await;
    assert_eq!(noted.words(".done"), [es(Label::DoneSourceChanged)]);
    for code in ["ht", "es", "en"] {
        assert!(says(&site, code).await.contains("20 "), "{code}: the day stands in the notice");
    }
    let list = reviewer.look("/console/entries?state=rules-changed").await;
    assert!(list.attributes("th a", "href").contains(&"/console/entries/health/cost".to_owned()));
    reviewer.post("/console/entries/health/cost/check", &[]).await;
    let list = reviewer.look("/console/entries?state=rules-changed").await;
    assert!(!list.attributes("th a", "href").contains(&"/console/entries/health/cost".to_owned()));
}

#[tokio::test]
async fn the_second_of_two_editors_sees_both_texts_and_loses_nothing() {
    let site = console().await;
    let (one, other) = (clerk(&site, "una", Role::Author).await, clerk(&site, "otra", Role::Author).await);
    let (first, second) = (one.look(TEXT).await, other.look(TEXT).await);
    let form = |answer: &'static str, seen: String| {
        vec![
            ("question".to_owned(), "q".to_owned()),
            ("answer".to_owned(), answer.to_owned()),
            ("phrasings".to_owned(), String::new()),
            ("change".to_owned(), "small".to_owned()),
            ("act".to_owned(), "save".to_owned()),
            ("seen".to_owned(), seen),
        ]
    };
    let send = |clerk: &Clerk, fields: Vec<(String, String)>| {
        let browser = clerk.browser.raw_post_to(TEXT).form(&fields);
        async move { browser.send().await.unwrap() }
    };
    assert_eq!(send(&one, form("El texto de una.", seen(&first))).await.status(), StatusCode::SEE_OTHER);
    let conflict = send(&other, form("El texto de otra.", seen(&second))).await;
    assert_eq!(conflict.status(), StatusCode::CONFLICT);
    let text = conflict.text().await.unwrap();
    assert!(text.contains("El texto de una.") && text.contains("El texto de otra."));
    let newest = text.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(send(&other, form("Los dos textos.", newest)).await.status(), StatusCode::SEE_OTHER);
    let item = ContentItem::Text("health/cost".parse().unwrap(), lang("es"));
    let versions = drafts::versions(&site.app.db, &item).await.unwrap();
    let answer = |lines: Vec<(&str, String)>| lines.into_iter().find(|(name, _)| *name == "answer").unwrap().1;
    let answers: Vec<String> = versions.into_iter().map(|version| answer(version.body.lines())).collect();
    assert_eq!(answers[..2], ["Los dos textos.", "El texto de una."]);
}

#[tokio::test]
async fn an_old_version_comes_back_as_a_draft() {
    let site = console().await;
    let (author, reviewer) =
        (clerk(&site, "autora", Role::Author).await, clerk(&site, "revisora", Role::Reviewer).await);
    write(&author, TEXT, "La primera.", "small").await;
    accept(&reviewer).await;
    write(&author, TEXT, "La segunda.", "small").await;
    accept(&reviewer).await;
    let history = "/console/history?kind=text&subject=health/cost&lang=es";
    let seen = author.look(history).await.attributes("input[name=seen]", "value")[0].clone();
    let back = author
        .post("/console/history/back?kind=text&subject=health/cost&lang=es", &[("number", "2"), ("seen", &seen)])
        .await;
    assert!(back.words("#answer").concat().contains("La primera."), "{}", back.text);
    assert!(says(&site, "es").await.contains("La segunda."));
}

#[tokio::test]
async fn an_unfinished_text_is_kept_and_says_field_by_field_what_is_missing() {
    let site = console().await;
    let author = clerk(&site, "autora", Role::Author).await;
    let sent = write(&author, TEXT, "# Un título\n\n<script>alert(1)</script>", "small").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sent.attributes("#answer", "aria-invalid"), ["true"]);
    assert_eq!(sent.words("#answer-error"), [es(Label::ProblemForm)]);
    assert!(sent.words("#answer").concat().contains("<script>"), "what was typed is still there, as text");
    assert!(author.look(TEXT).await.words("#answer").concat().contains("Un título"), "and it was saved");
}

#[tokio::test]
async fn a_new_entry_goes_from_a_question_to_people() {
    let site = console().await;
    let (author, reviewer) =
        (clerk(&site, "autora", Role::Author).await, clerk(&site, "revisora", Role::Reviewer).await);
    let fields = [
        ("topic", "health"),
        ("lang", "es"),
        ("question", "¿Dónde hay dentista gratis?"),
        ("service", "migrant-help"),
        ("name", "dentist"),
    ];
    let form = author.post("/console/new-entry", &fields).await;
    assert_eq!(form.attributes("#question", "value"), ["¿Dónde hay dentista gratis?"], "{}", form.text);
    let twice = author.post("/console/new-entry", &fields).await;
    assert_eq!(twice.words("#alert"), [es(Label::RefusedKey)]);
    let path = "/console/entries/health/dentist/text/es";
    let seen = seen(&form);
    let text = [
        ("question", "¿Dónde hay dentista gratis?"),
        ("answer", "Pida hora dental en su CESFAM."),
        ("phrasings", "me duele una muela\ndentista gratis\nnecesito un dentista"),
        ("change", "meaning"),
        ("act", "submit"),
        ("seen", seen.as_str()),
    ];
    author.post(path, &text).await;
    let review = "/console/review/entry/health/dentist";
    let pieces = reviewer.look(review).await.attributes("input[name=piece]", "value");
    assert_eq!(pieces.len(), 2, "facts and text");
    let fields: Vec<(&str, &str)> =
        pieces.iter().map(|item| ("piece", item.as_str())).chain([("act", "accept")]).collect();
    let done = reviewer.post(review, &fields).await;
    assert_eq!(done.words(".done"), [es(Label::DonePublished)], "{}", done.text);
    site.app.live.refresh(&site.app.db).await.unwrap();
    let heard = TurnInput { input: Input::Text("Necesito un dentista".into()), proposed: None, reachable: false };
    let said: String = preview(&site.app, &heard).iter().map(|message| message.words()).collect();
    assert!(said.contains("hora dental"), "{said}");
}

#[tokio::test]
async fn new_texts_answer_before_they_are_learned_and_a_broken_revision_is_refused() {
    for test in started_databases().await {
        let app = Arc::new(app(&test));
        let live = Live::of(KNOWLEDGE.clone());
        assert!(!live.refresh(&app.db).await.unwrap(), "the same revision");
        let (renewed, stale) = {
            let content = ventanilla::store::content::load(&app.db).await.unwrap();
            live.now().renewed(content, 2).unwrap()
        };
        assert!(!stale && renewed.revision == 2, "the same content need not be learned again");
        assert!(live.now().renewed(Default::default(), 3).is_err());
    }
}

#[tokio::test]
async fn what_a_change_would_do_is_seen_before_it_is_saved() {
    let site = console().await;
    let author = clerk(&site, "autora", Role::Author).await;
    let fields = [
        ("question", "¿Cuánto tengo que pagar?"),
        ("answer", "Nada."),
        ("phrasings", "el trompo azul gira en la plaza\ntrompo azul\nquiero el trompo azul"),
        ("change", "small"),
        ("seen", "0"),
        ("act", "try"),
        ("message", "quiero el trompo azul"),
    ];
    let page = author.post(TEXT, &fields).await;
    let sides = page.words(".tried tbody tr");
    assert_eq!(sides.len(), 2, "{}", page.text);
    assert!(!sides[0].contains("health/cost") && sides[1].contains("health/cost"), "{sides:?}");
    assert!(author.look("/console").await.words("main").concat().find("health/cost").is_none(), "nothing was saved");
}

#[tokio::test]
async fn whoever_wrote_an_answer_is_not_offered_still_correct_and_reads_why() {
    let site = console().await;
    let (ana, rosa) = (clerk(&site, "ana", Role::Reviewer).await, clerk(&site, "rosa", Role::Reviewer).await);
    let page = "/console/entries/health/cost";
    let offered = async |clerk: &Clerk| {
        let seen = clerk.look(page).await;
        let forms = seen.attributes("form[action$='/check']", "action").len();
        (forms, seen.text.contains(&es(Label::StillCorrectOwn)))
    };
    assert_eq!((offered(&ana).await, offered(&rosa).await), ((1, false), (1, false)));
    write(&ana, TEXT, "Es gratis.", "small").await;
    assert_eq!(offered(&ana).await, (1, false), "a draft is nothing that anybody stands behind");
    accept(&rosa).await;
    assert_eq!((offered(&ana).await, offered(&rosa).await), ((0, true), (1, false)));
    let refused = ana.post(&format!("{page}/check"), &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
