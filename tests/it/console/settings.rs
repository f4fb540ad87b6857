//! Settings: overdue answers, how long a check holds, and the labelled questions.

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use ventanilla::bot::citizen::reply::ReplyKind;
use ventanilla::bot::citizen::{Reply, wording};
use ventanilla::domain::content::entry::Overdue;
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, Phrase, say};
use ventanilla::store::content;
use ventanilla::store::content::test_questions::{self, TestQuestion};
use ventanilla::store::operations::{revision, settings};

use super::tables::multipart;
use super::{Clerk, clerk, console};
use crate::fixtures::databases;

fn words(label: Label<'_>) -> String {
    say(Lang::parse("es").unwrap(), &label)
}

#[tokio::test]
async fn labelled_questions_are_kept_once_with_their_last_label() {
    let question = |id: &str, text: &str, expected: Option<&str>| TestQuestion {
        id: id.to_owned(),
        lang: Lang::first(),
        text: text.to_owned(),
        expected: expected.map(|key| key.parse().unwrap()),
    };
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        assert!(test_questions::put(&mut tx, &question("1", "b", Some("health/cost"))).await.unwrap());
        assert!(test_questions::put(&mut tx, &question("2", "a", None)).await.unwrap());
        assert!(!test_questions::put(&mut tx, &question("3", "b", None)).await.unwrap());
        assert_eq!(test_questions::count(&mut tx).await.unwrap(), 2);
        tx.commit().await.unwrap();
        let all = test_questions::list(&test.db).await.unwrap();
        assert_eq!(all, [question("2", "a", None), question("1", "b", None)]);
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(test_questions::remove(&mut tx, "1").await.unwrap().as_deref(), Some("b"));
        assert_eq!(test_questions::remove(&mut tx, "1").await.unwrap(), None);
        tx.commit().await.unwrap();
        assert_eq!(test_questions::list(&test.db).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_becomes_of_overdue_answers_is_live_at_once() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let before = revision::current(&site.app.db).await.unwrap();
    let page = admin.post("/console/settings", &[("overdue", "replace"), ("check_days", "30")]).await;
    assert_eq!(page.words(".done"), [words(Label::DoneSaved)]);
    assert_eq!(page.attributes("#check_days", "value"), ["30"]);
    assert_eq!(page.attributes("input[value=replace]", "checked").len(), 1);
    assert_eq!(revision::current(&site.app.db).await.unwrap(), before + 1);
    assert_eq!(content::load(&site.app.db).await.unwrap().overdue, Overdue::Replace);
    admin.post("/console/settings", &[("overdue", "replace"), ("check_days", "31")]).await;
    assert_eq!(revision::current(&site.app.db).await.unwrap(), before + 1, "people see no change");
}

#[tokio::test]
async fn days_that_make_no_sense_are_refused_and_nothing_changes() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    for days in ["6", "731", "", "-1", "1e3", "ciento"] {
        let page = admin.post("/console/settings", &[("overdue", "notice"), ("check_days", days)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{days}");
        assert_eq!(page.words("#alert"), [words(Label::RefusedInvalid)]);
    }
    assert_eq!(settings::list(&site.app.db).await.unwrap(), []);
}

async fn add(clerk: &Clerk, lang: &str, expected: &str, text: &str) -> crate::visitor::Page {
    clerk.post("/console/settings/questions", &[("lang", lang), ("expected", expected), ("text", text)]).await
}

#[tokio::test]
async fn a_question_is_added_and_removed_on_the_page() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let page = add(&admin, "ht", "health/cost", " Konbyen <b>sa koute</b>? ").await;
    assert_eq!(page.words(".done"), [words(Label::DoneQuestions)]);
    assert_eq!(page.words("q"), ["Konbyen <b>sa koute</b>?"]);
    assert_eq!(page.attributes("q", "lang"), ["ht"]);
    assert_eq!(add(&admin, "es", "-", "¿Qué tal?").await.words("q").len(), 2);
    for (lang, expected, text) in [
        ("fr", "", "x"),
        ("es", "health/none", "x"),
        ("es", "Salud", "x"),
        ("es", "", " "),
        ("es", "", &"x".repeat(501)),
    ] {
        let page = add(&admin, lang, expected, text).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{lang} {expected} {text}");
        assert_eq!(page.words("#alert").len(), 1);
    }
    let remove = page.attributes(".rows form", "action").concat();
    assert_eq!(admin.post(&remove, &[]).await.words("q"), ["¿Qué tal?"]);
    assert_eq!(admin.post(&remove, &[]).await.status, StatusCode::NOT_FOUND);
}

async fn import(clerk: &Clerk, table: &str) -> (StatusCode, String) {
    let (kind, body) = multipart("q.tsv", table.as_bytes());
    let request = clerk.browser.raw_post_to("/console/settings/questions/import").header(CONTENT_TYPE, kind).body(body);
    let response = request.send().await.unwrap();
    let status = response.status();
    let to = response.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
    (status, to.unwrap_or(response.text().await.unwrap()))
}

#[tokio::test]
async fn questions_come_from_a_table_all_or_none() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let count = async || test_questions::list(&site.app.db).await.unwrap().len();
    let good = "lang\texpected\ttext\nht\thealth/cost\tMwen di \"bonjou\"\nes\t-\tHola\n";
    assert_eq!(import(&admin, good).await.0, StatusCode::SEE_OTHER);
    assert_eq!(count().await, 2);
    assert_eq!(import(&admin, "text;lang;expected\n\"a;b\";en;health/cost\n").await.0, StatusCode::SEE_OTHER);
    assert_eq!(count().await, 3);
    for (bad, row) in [
        ("lang\ttext\nes\tx\n", 1),
        ("lang\texpected\ttext\nes\t-\tx\nxx\t-\ty\n", 3),
        ("lang\texpected\ttext\nes\tno key\tx\n", 2),
        ("lang\texpected\ttext\n", 1),
    ] {
        let (status, page) = import(&admin, bad).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(page.contains(&format!("Fila {row}: ")), "{bad}");
    }
    assert_eq!(import(&admin, "lang\texpected\ttext\nes\thealth/none\tx\n").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(count().await, 3);
}

#[tokio::test]
async fn who_runs_the_bot_stands_in_the_privacy_notice_and_the_board_says_where_it_is_missing() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let author = clerk(&site, "author", Role::Author).await;
    let notice = |lang: Lang| {
        let knowledge = site.app.live.now();
        let reply = Reply::new(lang, ReplyKind::PrivacyFull);
        wording(&knowledge, &reply, crate::fixtures::morning()).remove(0).words()
    };
    let missing = || admin.look("/console");
    assert!(missing().await.text.contains(&words(Label::BoardNoOperator)));
    assert!(
        !author.look("/console").await.text.contains(&words(Label::BoardNoOperator)),
        "who can do nothing about it"
    );
    for lang in Lang::all() {
        assert!(notice(lang).contains(&say(lang, &Phrase::PrivacyNobody)), "{lang}");
    }
    let long = "x".repeat(301);
    let page = admin.post("/console/settings/operator", &[("operator", &long)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page =
        admin.post("/console/settings/operator", &[("operator", " Municipalidad de  Quilicura, 600 <b> ")]).await;
    assert_eq!(page.words(".done"), [words(Label::DoneSaved)]);
    site.app.live.refresh(&site.app.db).await.unwrap();
    for lang in Lang::all() {
        let said = notice(lang);
        assert!(said.contains("Municipalidad de Quilicura, 600 <b>"), "{said}");
        for number in ["30", "180", "/forget"] {
            assert!(said.contains(number), "{lang} {number}");
        }
    }
    assert!(!missing().await.text.contains(&words(Label::BoardNoOperator)));
}
