//! The page of one's own second factor: setting it up, replacing it, turning it off, and recovery codes, shown once.

use askama::Template;
use axum::extract::Form;
use axum::response::Response;
use qrcode::QrCode;
use qrcode::render::svg;
use secrecy::SecretString;
use serde::Deserialize;

use super::account::{after, with_status};
use crate::app::{Proof, SecondFactor, new_recovery_codes, second_factor_off, second_factor_on};
use crate::domain::staff::refusal::Refusal;
use crate::i18n::Label;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, internal_error};
use crate::web::console::refused::words;
use crate::web::console::staff_session::StaffSession;

#[derive(Template)]
#[template(path = "console/staff/second_factor.html")]
struct Second<'a> {
    session: &'a StaffSession,
    refusal: Option<String>,
    /// The secret, encrypted, as a hidden field of the form.
    sealed: String,
    picture: String,
    words: String,
}

/// New recovery codes.
#[derive(Template)]
#[template(path = "console/staff/recovery_codes.html")]
struct Codes<'a> {
    session: &'a StaffSession,
    /// The notice of the action that created them.
    said: Option<Notice>,
    codes: Vec<String>,
}

/// The new second factor's secret and its first code, with the proof of identity.
#[derive(Deserialize)]
pub(in crate::web::console) struct First {
    sealed: String,
    code: String,
    #[serde(default)]
    proof: String,
    password: SecretString,
}

/// The proof of identity: the password, and a code if there is a second factor.
#[derive(Deserialize)]
pub(in crate::web::console) struct Proving {
    password: SecretString,
    #[serde(default)]
    code: String,
}

impl Proving {
    fn proof(self) -> Proof {
        Proof { password: self.password, code: self.code }
    }
}

pub(in crate::web::console) async fn show(session: StaffSession) -> PageResult {
    page(&session, &SecondFactor::new(), None)
}

fn page(session: &StaffSession, factor: &SecondFactor, refusal: Option<&Refusal>) -> PageResult {
    let address = factor.address(&session.account.login).unwrap_or_default();
    let shown = Second {
        session,
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
        sealed: factor.encryption(&session.window.app, &session.account),
        picture: picture(&address)?,
        words: factor.words(),
    };
    Ok(with_status(rendered(&shown), refusal))
}

/// A QR code as inline SVG, so that no image has to be loaded.
fn picture(address: &str) -> Result<String, PageError> {
    let code = QrCode::new(address).map_err(internal_error)?;
    let svg = code.render::<svg::Color>().min_dimensions(220, 220).build();
    Ok(svg.split_once("?>").map_or(svg.clone(), |(_, svg)| svg.to_owned()))
}

pub(in crate::web::console) async fn turn_on(session: StaffSession, Form(first): Form<First>) -> PageResult {
    let First { sealed, code, proof, password } = first;
    let app = &session.window.app;
    let Some(factor) = SecondFactor::open(app, &session.account, &sealed) else {
        return Err(session.refuse(&Refusal::WrongState));
    };
    let proof = Proof { password, code: proof };
    match second_factor_on(app, &session.account, &session.token, &factor, &code, proof).await {
        // Shown in this response only: no other page has the codes.
        Ok(codes) => Ok(shown_once(&session, Some(Notice::SecondOn), codes)),
        Err(error) => page(&session, &factor, Some(&session.refusal_or_page(error)?)),
    }
}

pub(in crate::web::console) async fn turn_off(session: StaffSession, Form(proving): Form<Proving>) -> PageResult {
    let done = second_factor_off(&session.window.app, &session.account, &session.token, proving.proof()).await;
    after(&session, done, Notice::SecondOff).await
}

pub(in crate::web::console) async fn new_codes(session: StaffSession, Form(proving): Form<Proving>) -> PageResult {
    match new_recovery_codes(&session.window.app, &session.account, proving.proof()).await {
        Ok(codes) => Ok(shown_once(&session, None, codes)),
        Err(error) => after(&session, Err(error), Notice::Saved).await,
    }
}

fn shown_once(session: &StaffSession, said: Option<Notice>, codes: Vec<String>) -> Response {
    rendered(&Codes { session, said, codes })
}
