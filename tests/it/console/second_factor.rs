//! One's own second factor: changed only with the password and a present code; recovery codes stand in for it, once each.

use chrono::TimeDelta;
use reqwest::StatusCode;
use secrecy::SecretString;
use totp_rs::Totp;
use ventanilla::app::{
    App, AppError, Credentials, Proof, RECOVERY_CODES, SecondFactor, new_recovery_codes, second_factor_off,
    second_factor_on, sign_in, signed_in,
};
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::refusal::Refusal;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::Label;
use ventanilla::store::staff::{accounts, audit, second_factors, sessions};

use super::forms::Filled;
use super::{PASSWORD, clerk, console, words};
use crate::fixtures::{app, databases};
use crate::forget::everything;
use crate::staff::joins;

pub fn proof(password: &str, code: &str) -> Proof {
    Proof { password: SecretString::from(password.to_owned()), code: code.to_owned() }
}

/// The code that an app with this secret shows now.
pub fn code(app: &App, factor: &SecondFactor) -> String {
    let authenticator = Totp::from_url(factor.address("x").unwrap()).unwrap();
    authenticator.generate(u64::try_from(app.clock.now().timestamp()).unwrap()).to_string()
}

pub fn enter(login: &str, password: &str, code: &str) -> Credentials {
    Credentials {
        login: login.to_owned(),
        password: SecretString::from(password.to_owned()),
        code: code.to_owned(),
        address: String::new(),
        device: None,
    }
}

pub fn refused<T: std::fmt::Debug>(done: Result<T, AppError>) -> Refusal {
    match done {
        Err(AppError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// A colleague with a second factor: the account, its session, the secret and the recovery codes.
pub async fn with_factor(app: &App, login: &str) -> (Account, String, SecondFactor, Vec<String>) {
    let (account, token) = joins(app, login, Role::Author, Limits::default(), Lang::first()).await;
    let factor = SecondFactor::new();
    let first = code(app, &factor);
    let codes = second_factor_on(app, &account, &token, &factor, &first, proof(PASSWORD, "")).await.unwrap();
    app.clock.advance(TimeDelta::seconds(30));
    (accounts::find(&app.db, &account.id).await.unwrap().unwrap(), token, factor, codes)
}

async fn has_factor(app: &App, account: &Account) -> bool {
    accounts::find(&app.db, &account.id).await.unwrap().unwrap().has_second_factor
}

#[tokio::test]
async fn a_second_factor_is_replaced_and_turned_off_only_with_the_password_and_a_present_code() {
    for test in databases().await {
        let app = app(&test);
        let (marie, token, factor, codes) = with_factor(&app, "marie").await;
        let other = SecondFactor::new();
        let new = |app: &App| code(app, &other);
        let on = async |code: &str, proof| second_factor_on(&app, &marie, &token, &other, code, proof).await;
        assert_eq!(refused(on("000000", proof(PASSWORD, &codes[0])).await), Refusal::Code);
        for (password, present) in [(PASSWORD, ""), (PASSWORD, "000000"), ("wrong wrong wrong", codes[0].as_str())] {
            assert_eq!(refused(on(&new(&app), proof(password, present)).await), Refusal::SignIn, "{present}");
            let off = second_factor_off(&app, &marie, &token, proof(password, present)).await;
            assert_eq!(refused(off), Refusal::SignIn, "{present}");
        }
        app.clock.advance(TimeDelta::minutes(5));
        let present = code(&app, &factor);
        let fresh = on(&new(&app), proof(PASSWORD, &present)).await.unwrap();
        let old = second_factor_off(&app, &marie, &token, proof(PASSWORD, &codes[0])).await;
        assert_eq!(refused(old), Refusal::SignIn, "recovery codes of before are good no more");
        app.clock.advance(TimeDelta::minutes(1));
        let old = second_factor_off(&app, &marie, &token, proof(PASSWORD, &code(&app, &factor))).await;
        assert_eq!(refused(old), Refusal::SignIn, "nor is the app of before");
        assert!(has_factor(&app, &marie).await);
        second_factor_off(&app, &marie, &token, proof(PASSWORD, &fresh[0])).await.unwrap();
        assert!(!has_factor(&app, &marie).await);
        assert_eq!(second_factors::codes_left(&app.db, &marie.id).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn other_sessions_end_when_the_second_factor_changes() {
    for test in databases().await {
        let app = app(&test);
        let (marie, token, factor, _) = with_factor(&app, "marie").await;
        let elsewhere = async || {
            app.clock.advance(TimeDelta::minutes(1));
            sign_in(&app, enter("marie", PASSWORD, &code(&app, &factor))).await.unwrap()
        };
        let other = elsewhere().await;
        app.clock.advance(TimeDelta::minutes(1));
        let present = code(&app, &factor);
        second_factor_on(&app, &marie, &token, &factor, &present, proof(PASSWORD, &present)).await.unwrap();
        assert!(signed_in(&app, &other).await.unwrap().is_none());
        let other = elsewhere().await;
        app.clock.advance(TimeDelta::minutes(1));
        second_factor_off(&app, &marie, &token, proof(PASSWORD, &code(&app, &factor))).await.unwrap();
        assert!(signed_in(&app, &other).await.unwrap().is_none());
        assert!(signed_in(&app, &token).await.unwrap().is_some(), "one's own goes on");
        assert_eq!(sessions::of(&app.db, &marie.id).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_in_the_place_of_the_apps_code_and_the_audit_log_says_so() {
    for test in databases().await {
        let app = app(&test);
        let (marie, ..) = with_factor(&app, "marie").await;
        let (jean, _, _, of_jean) = with_factor(&app, "jean").await;
        let codes = {
            let by = proof(PASSWORD, "");
            assert_eq!(refused(new_recovery_codes(&app, &marie, by).await), Refusal::SignIn);
            let (rosa, _, _, codes) = with_factor(&app, "rosa").await;
            assert_eq!(rosa.login, "rosa");
            codes
        };
        assert_eq!(codes.len(), RECOVERY_CODES);
        let typed = codes[0].to_lowercase().replace('-', " ");
        sign_in(&app, enter("rosa", PASSWORD, &typed)).await.unwrap();
        assert_eq!(refused(sign_in(&app, enter("rosa", PASSWORD, &typed)).await), Refusal::SignIn, "once");
        assert_eq!(refused(sign_in(&app, enter("rosa", PASSWORD, &of_jean[0])).await), Refusal::SignIn, "one's own");
        assert_eq!(refused(sign_in(&app, enter("rosa", "wrong wrong wrong", &codes[1])).await), Refusal::SignIn);
        sign_in(&app, enter("rosa", PASSWORD, &codes[1])).await.unwrap();
        let used = audit::Filter { action: Some("use-recovery-code".into()), ..audit::Filter::default() };
        let lines = audit::list(&app.db, &used, 9, 0).await.unwrap();
        let mut left: Vec<_> = lines.iter().map(|line| line.became.clone().unwrap()).collect();
        left.sort();
        assert_eq!(left, ["8", "9"]);
        assert!(lines.iter().all(|line| line.subject == "rosa"));
        let anew = new_recovery_codes(&app, &jean, proof(PASSWORD, &of_jean[0])).await.unwrap();
        assert_eq!(refused(sign_in(&app, enter("jean", PASSWORD, &of_jean[1])).await), Refusal::SignIn);
        let kept = everything(&app.db).await;
        for code in codes.iter().chain(&anew).chain(&of_jean) {
            assert!(!kept.contains(code.as_str()) && !kept.contains(&code.replace('-', "")), "kept hashed");
        }
    }
}

#[tokio::test]
async fn recovery_codes_cannot_be_guessed_again_and_again() {
    for test in databases().await {
        let app = app(&test);
        let (marie, token, _, codes) = with_factor(&app, "marie").await;
        for n in 0..8 {
            let guess = format!("AAAA-AAAA-AAAA-AAA{}", char::from(b'A' + n));
            assert_eq!(refused(sign_in(&app, enter("marie", PASSWORD, &guess)).await), Refusal::SignIn);
            let off = second_factor_off(&app, &marie, &token, proof(PASSWORD, &guess)).await;
            assert!(matches!(refused(off), Refusal::SignIn));
        }
        let right = sign_in(&app, enter("marie", PASSWORD, &codes[0])).await;
        assert!(matches!(refused(right), Refusal::TooMany(_)));
        let right = second_factor_off(&app, &marie, &token, proof(PASSWORD, &codes[0])).await;
        assert!(matches!(refused(right), Refusal::TooMany(_)));
    }
}

#[tokio::test]
async fn recovery_codes_are_shown_once_after_the_second_factor_is_set_up_and_the_own_page_says_how_many_are_left() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    const HERE: &str = "/console/account/second-factor";
    let page = marie.look(HERE).await;
    let form = Filled::of(&page, "main form");
    let account = accounts::by_login(&site.app.db, "marie").await.unwrap().unwrap();
    let factor = SecondFactor::open(&site.app, &account, form.value("sealed")).unwrap();
    let filled = form.set("code", &code(&site.app, &factor));
    let wrong = filled.clone().set("password", "wrong wrong wrong").send(&marie, HERE, "").await;
    assert_eq!(
        (wrong.status, wrong.words("#alert")),
        (StatusCode::UNPROCESSABLE_ENTITY, vec![words(Label::RefusedSignIn)])
    );
    let shown = filled.set("password", PASSWORD).send(&marie, HERE, "").await;
    let codes = shown.words(".codes code");
    assert_eq!((codes.len(), shown.words("main form").len()), (RECOVERY_CODES, 0), "{}", shown.text);
    let own = marie.look("/console/account").await;
    assert!(own.text.contains(&words(Label::RecoveryCodesLeft { count: "10" })) && !own.text.contains(&codes[0]));

    site.app.clock.advance(TimeDelta::minutes(1));
    let other = site.visitor("es");
    let form = [("login", "marie"), ("password", PASSWORD), ("code", codes[3].as_str())];
    assert_eq!(other.send("/console/sign-in", &form).await.status(), StatusCode::SEE_OTHER);
    let own = marie.look("/console/account").await;
    assert!(own.text.contains(&words(Label::RecoveryCodesLeft { count: "9" })));
    let fields = [("password", PASSWORD), ("code", codes[4].as_str())];
    let anew = marie.post("/console/account/recovery-codes", &fields).await.words(".codes code");
    assert!(anew.len() == RECOVERY_CODES && !anew.contains(&codes[5]));
    let off = marie.post("/console/account/second-factor/off", &[("password", PASSWORD), ("code", &anew[0])]).await;
    assert_eq!(off.words(".done"), [words(Label::DoneSecondOff)]);
    assert_eq!(other.raw_get("/console").await.status(), StatusCode::SEE_OTHER, "the other session has ended");
}
