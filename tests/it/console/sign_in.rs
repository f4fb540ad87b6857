//! Signing in: invitations work once, failures say nothing, sessions end on the server.

use reqwest::StatusCode;
use reqwest::header::{LOCATION, ORIGIN, SET_COOKIE};
use ventanilla::app::invite_first;
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, say};
use ventanilla::store::staff::accounts;

use crate::fixtures::morning;

use super::{PASSWORD, accept, clerk, console};

fn words(label: Label<'_>) -> String {
    say(Lang::parse("es").unwrap(), &label)
}

#[tokio::test]
async fn an_invitation_makes_one_account_and_signs_it_in() {
    let site = console().await;
    let token = invite_first(&site.app.db, morning(), Role::Author, Lang::first()).await.unwrap();
    let (marie, thief) = (site.visitor("ht"), site.visitor("ht"));
    assert_eq!(accept(&marie, &token, "marie").await.headers()[LOCATION], "/console?entered");
    assert_eq!(marie.look("/console").await.status, StatusCode::OK);
    assert_eq!(accept(&thief, &token, "thief").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(thief.look(&format!("/console/invitation/{token}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_stranger_is_led_to_the_door_and_back_to_the_page() {
    let site = console().await;
    clerk(&site, "marie", Role::Administrator).await;
    let browser = site.visitor("es");
    let door = browser.raw_get("/console/staff").await;
    assert_eq!(
        (door.status(), &door.headers()[LOCATION]),
        (StatusCode::SEE_OTHER, &"/console/sign-in?to=%2Fconsole%2Fstaff".parse().unwrap())
    );
    let form = [("login", "marie"), ("password", PASSWORD), ("to", "/console/staff")];
    let inside = browser.send("/console/sign-in", &form).await;
    assert_eq!(inside.headers()[LOCATION], "/console/staff?entered");
    let cookie = inside.headers()[SET_COOKIE].to_str().unwrap();
    for part in ["desk=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
}

#[tokio::test]
async fn a_wrong_name_a_wrong_password_and_an_ended_account_are_told_the_same() {
    let site = console().await;
    clerk(&site, "marie", Role::Author).await;
    let mut said = Vec::new();
    for (login, password) in [("marie", "wrong"), ("nobody", PASSWORD)] {
        let page = site.visitor("es").post_to("/console/sign-in", &[("login", login), ("password", password)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        said.push(page.words("#alert"));
    }
    assert_eq!(said[0], [words(Label::RefusedSignIn)]);
    assert_eq!(said[0], said[1]);
}

#[tokio::test]
async fn a_password_cannot_be_guessed_again_and_again() {
    let site = console().await;
    clerk(&site, "marie", Role::Author).await;
    let browser = site.visitor("es");
    let form = [("login", "marie"), ("password", "guess guess guess")];
    let mut last = StatusCode::OK;
    for _ in 0..9 {
        last = browser.send("/console/sign-in", &form).await.status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let right = browser.send("/console/sign-in", &[("login", "marie"), ("password", PASSWORD)]).await;
    assert_eq!(right.status(), StatusCode::TOO_MANY_REQUESTS, "nor is it told that a guess was right");
}

#[tokio::test]
async fn a_session_that_was_ended_opens_nothing() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let stolen = marie.browser.cookies("/console");
    assert_eq!(site.visitor("es").raw_get_with("/console", &stolen).await.status(), StatusCode::OK);
    marie.post("/console/sign-out", &[]).await;
    assert_eq!(site.visitor("es").raw_get_with("/console", &stolen).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_from_another_site_does_nothing() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let forged = marie
        .browser
        .raw_post_to("/console/account")
        .header(ORIGIN, "https://evil.example")
        .header("sec-fetch-site", "cross-site")
        .form(&[("name", "Evil"), ("lang", "es")])
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    assert!(!marie.look("/console/account").await.text.contains("Evil"));
}

#[tokio::test]
async fn a_password_that_is_changed_ends_the_other_sessions() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let other = site.visitor("es");
    other.send("/console/sign-in", &[("login", "marie"), ("password", PASSWORD)]).await;
    assert_eq!(other.raw_get("/console").await.status(), StatusCode::OK);
    let new = "otro puente de piedra";
    let page = marie.post("/console/account/password", &[("old", PASSWORD), ("new", new), ("again", new)]).await;
    assert_eq!(page.words(".done"), [words(Label::DonePassword)]);
    assert_eq!(other.raw_get("/console").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(marie.browser.raw_get("/console").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let list = admin.look("/console/staff").await;
    let own = list.attributes("td a", "href")[0].clone();
    let page = admin.post(&format!("{own}/end"), &[]).await;
    assert_eq!(
        (page.status, page.words("#alert")),
        (StatusCode::CONFLICT, vec![words(Label::RefusedLastAdministrator)])
    );
    assert_eq!(admin.look("/console").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_open_invitation_is_shown_whole_once_listed_and_can_be_taken_back() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let made = admin.post("/console/staff", &[("role", "author"), ("lang", "ht"), ("shown_as", "Oficina")]).await;
    let link = made.attributes("input#link[readonly]", "value").concat();
    assert!(link.starts_with(&format!("{}/console/invitation/", site.address)), "{link}");
    let path = link.strip_prefix(&site.address).unwrap();
    assert_eq!(site.visitor("ht").look(path).await.status, StatusCode::OK);
    let list = admin.look("/console/staff").await;
    assert!(!list.text.contains(path.rsplit('/').next().unwrap()), "the token is not kept");
    let back = list.attributes("form[action*='/invitations/']", "action");
    assert_eq!(back.len(), 1);
    let page = admin.post(&back[0], &[]).await;
    assert_eq!(page.words(".done").first(), Some(&words(Label::DoneTakenBack)));
    assert_eq!(site.visitor("ht").look(path).await.status, StatusCode::NOT_FOUND);
    let gone = admin.post(&back[0], &[]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_name_that_people_see_is_given_by_an_administrator_and_by_nobody_else() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let shown = async |login: &str| {
        let all = accounts::list(&site.app.db).await.unwrap();
        all.into_iter().find(|account| account.login == login).unwrap().shown_as
    };
    let nameless = admin.post("/console/staff", &[("role", "reviewer"), ("lang", "es"), ("shown_as", " ")]).await;
    assert_eq!(nameless.words("#alert"), [words(Label::RefusedName)]);
    let invited = [("role", "reviewer"), ("lang", "es"), ("shown_as", "Oficina de Recoleta")];
    let link = admin.post("/console/staff", &invited).await.attributes("input#link", "value").concat();
    let path = link.strip_prefix(&site.address).unwrap();
    let rosa = site.visitor("es");
    let door = rosa.look(path).await;
    assert!(door.text.contains("Oficina de Recoleta") && door.attributes("input[name=shown_as]", "name").is_empty());
    // What the form does not ask for is not taken over either: here, and at the account's own page.
    accept(&rosa, path.rsplit('/').next().unwrap(), "rosa").await;
    assert_eq!(shown("rosa").await, "Oficina de Recoleta");
    let forged = [("name", "Rosa R."), ("shown_as", "Ministerio"), ("lang", "es")];
    assert_eq!(rosa.post_to("/console/account", &forged).await.words(".done"), [words(Label::DoneSaved)]);
    let own = rosa.look("/console/account").await;
    assert_eq!(
        (own.words("#shown_as"), shown("rosa").await),
        (vec!["Oficina de Recoleta".into()], "Oficina de Recoleta".into())
    );
    let id = accounts::list(&site.app.db).await.unwrap().into_iter().find(|one| one.login == "rosa").unwrap().id;
    let page = format!("/console/staff/{id}");
    assert_eq!(rosa.send(&format!("{page}/shown-as"), &forged).await.status(), StatusCode::FORBIDDEN);
    let done = admin.post(&format!("{page}/shown-as"), &[("shown_as", "Migrantes Recoleta")]).await;
    assert_eq!(done.words(".done"), [words(Label::DoneSaved)]);
    assert_eq!(shown("rosa").await, "Migrantes Recoleta");
    let log = admin.look("/console/audit").await;
    assert!(log.text.contains(&words(Label::AuditChangeShownAs)) && log.text.contains("Migrantes Recoleta"));
}
