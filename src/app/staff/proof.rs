//! Proving who somebody is: the password and, where the account has a second factor, a code of it or a recovery code.

use secrecy::SecretString;

use super::audit::note_account;
use super::password::{self, Place};
use super::rights::Actor;
use super::throttle::{Try, attempt};
use super::totp::SecondFactor;
use super::typed_code::{is_typed_code, typed_code_hash};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::Account;
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::store::Tx;
use crate::store::staff::accounts::Secrets;
use crate::store::staff::{accounts, second_factors};

/// What somebody types to prove who they are.
pub struct Proof {
    /// Their password.
    pub password: SecretString,
    /// A code of the second factor or a recovery code; empty where they have no second factor.
    pub code: String,
}

/// What fitted before the transaction began; [`Proven::hold`] holds it against the row that the transaction reads.
pub(in crate::app) struct Proven {
    /// The hash of the password that fitted.
    password: String,
    code: Option<Code>,
}

/// The code that fitted.
enum Code {
    /// Of the second factor that is sealed like this, at this step of time.
    Step { sealed: String, step: i64 },
    /// A recovery code's hash; whether the account has it is known when it is taken.
    Recovery(String),
}

impl Proven {
    /// Refuses where password or second factor have changed since, and uses the code up: one that was read over a shoulder is
    /// worth nothing.
    pub async fn hold(&self, app: &App, tx: &mut Tx, by: &Actor) -> Result<(), AppError> {
        ensure(accounts::has_password(tx, &by.id, &self.password).await?, Refusal::SignIn)?;
        ensure(by.has_second_factor == self.code.is_some(), Refusal::SignIn)?;
        match &self.code {
            None => Ok(()),
            Some(Code::Step { sealed, step }) => {
                ensure(second_factors::use_step(tx, &by.id, sealed, *step).await?, Refusal::SignIn)
            }
            Some(Code::Recovery(hash)) => {
                ensure(second_factors::take_code(tx, &by.id, hash).await?, Refusal::SignIn)?;
                let left = second_factors::codes_left_in(tx, &by.id).await?.to_string();
                note_account(app, tx, Some(by), AuditAction::UseRecoveryCode, &by.id, (None, Some(left))).await?;
                Ok(())
            }
        }
    }
}

/// What fits of what was typed; nothing where password or code do not. For an account that is not there it takes as long.
pub(in crate::app) async fn check(
    app: &App,
    place: &Place,
    account: Option<&Account>,
    proof: Proof,
) -> Result<Option<Proven>, AppError> {
    let secrets = match account {
        Some(account) => accounts::secrets(&app.db, &account.id).await?,
        None => None,
    };
    let hash = secrets.as_ref().map(|secrets| secrets.password.clone());
    let fits = password::fits(place, proof.password, hash).await?;
    let (true, Some(account), Some(Secrets { password, second, .. })) = (fits, account, secrets) else {
        return Ok(None);
    };
    let Some(sealed) = second else { return Ok(Some(Proven { password, code: None })) };
    let code = fitting(app, account, sealed, &proof.code);
    Ok(code.map(|code| Proven { password, code: Some(code) }))
}

fn fitting(app: &App, account: &Account, sealed: String, code: &str) -> Option<Code> {
    // A recovery code works also where the second factor was sealed with a key that is lost.
    if is_typed_code(code) {
        return Some(Code::Recovery(typed_code_hash(code)));
    }
    let step = SecondFactor::open(app, account, &sealed)?.step(code, app.clock.now().timestamp())?;
    Some(Code::Step { sealed, step })
}

/// The same for somebody who is signed in: each try is counted.
///
/// # Errors
/// Refused where password or code do not fit (it is not said which), after too many tries, or where too many sign in.
pub(in crate::app) async fn prove(app: &App, account: &Account, proof: Proof) -> Result<Proven, AppError> {
    let place = app.hashing.place()?;
    attempt(app, Try::Proof(&account.id)).await?;
    Ok(check(app, &place, Some(account), proof).await?.ok_or(Refusal::SignIn)?)
}
