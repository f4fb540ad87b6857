//! Checks a password and, where the account has a second factor, its code or a recovery code.

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

/// Credentials that a person types to authenticate.
pub struct Proof {
    /// The password.
    pub password: SecretString,
    /// A code of the second factor or a recovery code; empty where there is no second factor.
    pub code: String,
}

/// Credentials that matched before the transaction; [`Proven::hold`] checks them against the row inside it.
pub(in crate::app) struct Proven {
    /// The hash that the password matched.
    password: String,
    code: Option<Code>,
}

/// The code that matched.
enum Code {
    /// Code of the second factor with this encrypted secret, at this time step.
    Step { sealed: String, step: i64 },
    /// Hash of a recovery code; whether the account has it is checked when it is used up.
    Recovery(String),
}

impl Proven {
    /// Uses the code up, so that it cannot be replayed. Refuses where the password or second factor has changed since.
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

/// Checks the credentials; `None` where any is wrong. A missing account takes as long as a wrong password.
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
    // A recovery code works even if the key that encrypted the second factor is lost.
    if is_typed_code(code) {
        return Some(Code::Recovery(typed_code_hash(code)));
    }
    let step = SecondFactor::open(app, account, &sealed)?.step(code, app.clock.now().timestamp())?;
    Some(Code::Step { sealed, step })
}

/// Checks the credentials of a signed-in account, under the rate limit.
///
/// # Errors
/// Refused where password or code is wrong (without saying which), after too many tries, or where the queue is full.
pub(in crate::app) async fn prove(app: &App, account: &Account, proof: Proof) -> Result<Proven, AppError> {
    let place = app.hashing.place()?;
    attempt(app, Try::Proof(&account.id)).await?;
    Ok(check(app, &place, Some(account), proof).await?.ok_or(Refusal::SignIn)?)
}
