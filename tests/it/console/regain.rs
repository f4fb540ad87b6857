//! Getting back in: links for a new password and lost second factors, by administrators and by whoever has the machine.

use chrono::TimeDelta;
use reqwest::StatusCode;
use secrecy::SecretString;
use ventanilla::app::{
    App, NEW_PASSWORD, change_password, change_role, choose_password, end_account, lost_factor_off_of,
    make_password_link, password_link, password_link_of, sign_in, signed_in,
};
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::refusal::Refusal;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::Label;
use ventanilla::store::staff::{accounts, audit, second_factors};

use super::second_factor::{code, enter, refused, with_factor};
use super::{PASSWORD, clerk, console, member, words};
use crate::configuration::{run, words as said};
use crate::fixtures::{Holds, app, copy_file, databases, morning, sqlite};
use crate::forget::everything;
use crate::staff::joins;

const NEW: &str = "otro puente de piedra";

fn twice(password: &str) -> (SecretString, SecretString) {
    (password.to_owned().into(), password.to_owned().into())
}

async fn logged(app: &App, action: &str) -> Vec<(String, String)> {
    let filter = audit::Filter { action: Some(action.into()), ..audit::Filter::default() };
    let lines = audit::list(&app.db, &filter, 20, 0).await.unwrap();
    lines.into_iter().map(|line| (line.who, line.subject)).collect()
}

#[tokio::test]
async fn a_link_for_a_new_password_works_once_ends_all_sessions_and_leaves_the_second_factor() {
    for test in databases().await {
        let app = app(&test);
        let keeper = member(&app, "keeper", Role::Administrator).await;
        let (marie, session, factor, _) = with_factor(&app, "marie").await;
        let dead = make_password_link(&app, &keeper, &marie.id).await.unwrap();
        let token = make_password_link(&app, &keeper, &marie.id).await.unwrap();
        assert_eq!(refused(choose_password(&app, &dead, twice(NEW)).await), Refusal::PasswordLink, "only the last");
        assert_eq!(refused(choose_password(&app, &token, twice("short")).await), Refusal::Password);
        choose_password(&app, &token, twice(NEW)).await.unwrap();
        assert_eq!(refused(choose_password(&app, &token, twice(PASSWORD)).await), Refusal::PasswordLink);
        assert!(signed_in(&app, &session).await.unwrap().is_none());
        assert_eq!(refused(sign_in(&app, enter("marie", NEW, "")).await), Refusal::SignIn);
        sign_in(&app, enter("marie", NEW, &code(&app, &factor))).await.unwrap();
        assert_eq!(logged(&app, "make-password-link").await, vec![("keeper".to_owned(), "marie".to_owned()); 2]);
        assert_eq!(logged(&app, "use-password-link").await, [("marie".to_owned(), "marie".to_owned())]);
        let kept = everything(&app.db).await;
        assert!(!kept.contains(&token) && !kept.contains(&dead), "never the link itself");
    }
}

#[tokio::test]
async fn a_link_for_a_new_password_dies_with_its_time_and_with_the_rights_of_whoever_made_it() {
    for test in databases().await {
        let app = app(&test);
        let keeper = member(&app, "keeper", Role::Administrator).await;
        let (ana, marie) = (member(&app, "ana", Role::Administrator).await, member(&app, "marie", Role::Author).await);
        let gone = async |token: &str| {
            assert_eq!(refused(choose_password(&app, token, twice(NEW)).await), Refusal::PasswordLink);
            assert!(password_link(&app, token).await.unwrap().is_none());
        };
        let made = async |by: &Account| make_password_link(&app, by, &marie.id).await.unwrap();
        let token = made(&ana).await;
        change_role(&app, &keeper, &ana.id, Role::Observer, Limits::default()).await.unwrap();
        gone(&token).await;
        change_role(&app, &keeper, &ana.id, Role::Administrator, Limits::default()).await.unwrap();
        gone(&token).await;

        // What is narrower than the account that the link is for may not make it any more.
        let here = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
        change_role(&app, &keeper, &marie.id, Role::Author, here.clone()).await.unwrap();
        let (clerk, _) = joins(&app, "clerk", Role::Administrator, here, Lang::first()).await;
        let token = made(&clerk).await;
        change_role(&app, &keeper, &marie.id, Role::Author, Limits::default()).await.unwrap();
        gone(&token).await;
        let wider = make_password_link(&app, &clerk, &marie.id).await;
        assert_eq!(refused(wider), Refusal::NoRight);

        let token = made(&ana).await;
        end_account(&app, &keeper, &ana.id).await.unwrap();
        gone(&token).await;
        let token = made(&keeper).await;
        app.clock.advance(NEW_PASSWORD + TimeDelta::seconds(1));
        gone(&token).await;
        let token = made(&keeper).await;
        change_password(&app, &marie, "x", PASSWORD.to_owned().into(), twice(NEW)).await.unwrap();
        gone(&token).await;
        let token = made(&keeper).await;
        end_account(&app, &keeper, &marie.id).await.unwrap();
        gone(&token).await;
    }
}

#[tokio::test]
async fn an_administrator_lets_others_back_in_and_never_themselves_and_whoever_is_concerned_sees_it() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let app = &site.app;
    let (marie, ..) = with_factor(app, "marie").await;
    let path = format!("/console/staff/{}", marie.id);
    let made = admin.post(&format!("{path}/password-link"), &[]).await;
    let link = made.attributes("input#link[readonly]", "value").concat();
    let whole = format!("{}/console/new-password/", site.address);
    assert!(link.starts_with(&whole), "{link}");
    let token = &link[whole.len()..];
    assert!(!admin.look(&path).await.text.contains(token), "shown once");
    assert!(!admin.look("/console/audit").await.text.contains(token), "and never in the log");
    let off = admin.post(&format!("{path}/second-factor-off"), &[]).await;
    assert_eq!(off.words(".done"), [words(Label::DoneFactorOff)]);
    assert_eq!(second_factors::codes_left(&app.db, &marie.id).await.unwrap(), 0);
    let again = admin.post(&format!("{path}/second-factor-off"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "nothing to turn off");

    let browser = site.visitor("es");
    let address = format!("/console/new-password/{token}");
    let page = browser.look(&address).await;
    assert_eq!((page.status, page.attributes("#login", "value")), (StatusCode::OK, vec!["marie".to_owned()]));
    let differ = browser.post_to(&address, &[("new", NEW), ("again", "x")]).await;
    assert_eq!(differ.status, StatusCode::UNPROCESSABLE_ENTITY);
    let door = browser.post_to(&address, &[("new", NEW), ("again", NEW)]).await;
    assert_eq!(door.words(".notice"), [words(Label::NewPasswordChosen)]);
    assert_eq!(browser.look(&address).await.status, StatusCode::NOT_FOUND);
    browser.post_to("/console/sign-in", &[("login", "marie"), ("password", NEW)]).await;
    let own = browser.look("/console/account").await;
    let lines = own.words("main .notice li");
    assert_eq!(lines.len(), 2, "{}", own.text);
    assert!(lines.iter().all(|line| line.contains("admin")), "{lines:?}");

    let keeper = accounts::by_login(&app.db, "admin").await.unwrap().unwrap();
    let own = format!("/console/staff/{}", keeper.id);
    for act in ["password-link", "second-factor-off"] {
        let page = admin.post(&format!("{own}/{act}"), &[]).await;
        let said = vec![words(Label::RefusedOwnAccount)];
        assert_eq!((page.status, page.words("#alert")), (StatusCode::FORBIDDEN, said), "{act}");
    }
    assert!(admin.look(&own).await.attributes("form", "action").iter().all(|action| !action.contains("password")));
    assert!(admin.look("/console/account").await.words("main .notice li").is_empty());
}

#[tokio::test]
async fn whoever_has_the_machine_lets_the_only_administrator_back_in() {
    for test in databases().await {
        let app = app(&test);
        with_factor(&app, "admin").await;
        let now = app.clock.now();
        assert!(password_link_of(&app.db, now, "nobody").await.unwrap().is_none());
        assert!(lost_factor_off_of(&app.db, now, "nobody").await.unwrap().is_none());
        let token = password_link_of(&app.db, now, "admin").await.unwrap().unwrap();
        assert_eq!(lost_factor_off_of(&app.db, now, "admin").await.unwrap(), Some(true));
        assert_eq!(lost_factor_off_of(&app.db, now, "admin").await.unwrap(), Some(false));
        choose_password(&app, &token, twice(NEW)).await.unwrap();
        sign_in(&app, enter("admin", NEW, "")).await.unwrap();
        for action in ["make-password-link", "lost-factor-off"] {
            assert_eq!(logged(&app, action).await, [("command line".to_owned(), "admin".to_owned())], "{action}");
        }
    }
}

#[tokio::test]
async fn the_commands_of_staff_list_accounts_and_let_somebody_back_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("v.db");
    copy_file(Holds::Tables, &file).await;
    let address = format!("sqlite:{}", file.display());
    let staff = |line: &[&str]| {
        let output = run(&folder, &[&["staff"], line].concat(), &[("DATABASE_URL", &*address)]);
        (output.status.success(), format!("{}{}", said(&output.stdout), said(&output.stderr)))
    };
    assert!(staff(&["list"]).1.contains("staff invite"));
    {
        let test = crate::fixtures::TestDb::of(ventanilla::store::Db::open(&address).await.unwrap());
        with_factor(&app(&test), "admin").await;
        test.db.close().await;
    }
    let (_, list) = staff(&["list"]);
    assert!(list.contains("admin") && list.contains("second factor"), "{list}");
    let (done, link) = staff(&["reset", "Admin", "--address", "https://bot.example.org/"]);
    assert!(done && link.contains("https://bot.example.org/console/new-password/"), "{link}");
    let (done, off) = staff(&["factor-off", "admin"]);
    assert!(done && off.contains("is off"), "{off}");
    assert!(staff(&["factor-off", "admin"]).1.contains("nothing has changed"));
    for line in [["reset", "nobody"], ["factor-off", "nobody"]] {
        let (done, why) = staff(&line);
        assert!(!done && why.contains("staff list"), "{why}");
    }
}

#[tokio::test]
async fn the_sign_in_name_of_an_ended_account_is_used_again_and_the_history_tells_the_two_apart() {
    for test in databases().await {
        let app = app(&test);
        let keeper = member(&app, "keeper", Role::Administrator).await;
        let first = member(&app, "marie", Role::Author).await;
        let token = make_password_link(&app, &keeper, &first.id).await.unwrap();
        let device = ventanilla::app::device(&app, &first.id);
        end_account(&app, &keeper, &first.id).await.unwrap();
        let (second, _) = joins(&app, "marie", Role::Reviewer, Limits::default(), Lang::first()).await;
        assert_ne!(first.id, second.id);
        assert_eq!(accounts::by_login(&app.db, "marie").await.unwrap().unwrap().id, second.id);
        assert!(password_link(&app, &token).await.unwrap().is_none(), "the link was for the other");
        let mut tx = app.db.begin().await.unwrap();
        assert!(!accounts::add(&mut tx, &Account { id: "x".into(), ..second.clone() }, "x", 0).await.unwrap());
        drop(tx);

        make_password_link(&app, &keeper, &second.id).await.unwrap();
        let made = logged(&app, "make-password-link").await;
        let mut subjects: Vec<&str> = made.iter().map(|(_, subject)| subject.as_str()).collect();
        subjects.sort_unstable();
        assert_eq!(subjects, ["marie", "marie (2)"]);
        let told = ventanilla::app::done_to_account(&app, &second).await.unwrap();
        assert_eq!(told.len(), 1, "nobody reads what was done to somebody else: {told:?}");

        // A browser that the first was known by is a stranger to the second.
        for _ in 0..8 {
            assert_eq!(refused(sign_in(&app, enter("marie", "wrong wrong wrong", "")).await), Refusal::SignIn);
        }
        let known = ventanilla::app::Credentials { device: Some(device), ..enter("marie", PASSWORD, "") };
        assert!(matches!(refused(sign_in(&app, known).await), Refusal::TooMany(_)));
        let own = ventanilla::app::device(&app, &second.id);
        let known = ventanilla::app::Credentials { device: Some(own), ..enter("marie", PASSWORD, "") };
        sign_in(&app, known).await.unwrap();
    }
}

#[tokio::test]
async fn the_audit_log_finds_each_of_two_accounts_that_had_the_same_name() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let first = clerk(&site, "marie", Role::Author).await;
    first.post("/console/account/sessions", &[]).await;
    let id = accounts::by_login(&site.app.db, "marie").await.unwrap().unwrap().id;
    admin.post(&format!("/console/staff/{id}/end"), &[]).await;
    site.app.clock.advance(TimeDelta::minutes(1));
    let second = clerk(&site, "marie", Role::Author).await;
    second.post("/console/account/sessions", &[]).await;
    let log = admin.look("/console/audit?action=end-sessions").await;
    assert_eq!(log.words("tbody td:nth-child(2)"), ["marie (marie (2))", "marie (marie)"]);
    assert_eq!(log.words("tbody td:nth-child(4)"), ["marie (2)", "marie"]);
    let of_first = admin.look(&format!("/console/audit?action=end-sessions&who={id}")).await;
    assert_eq!(of_first.words("tbody td:nth-child(4)"), ["marie"]);
    assert!(of_first.attributes("#who option[selected]", "value").contains(&id));
}

#[tokio::test]
async fn nothing_of_a_link_is_kept_when_its_time_is_over() {
    let test = sqlite().await;
    let app = app(&test);
    let keeper = member(&app, "keeper", Role::Administrator).await;
    let marie = member(&app, "marie", Role::Author).await;
    make_password_link(&app, &keeper, &marie.id).await.unwrap();
    let count = async || {
        let ventanilla::store::Db::Sqlite { read, .. } = &app.db else { panic!() };
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM password_links").fetch_one(read).await.unwrap();
        count
    };
    assert_eq!((count().await, app.clock.now()), (1, morning()));
    app.clock.advance(NEW_PASSWORD + TimeDelta::seconds(1));
    ventanilla::app::clean_up(&app).await.unwrap();
    assert_eq!(count().await, 0);
}
