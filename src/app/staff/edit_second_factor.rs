//! Turns one's own second factor on and off, replaces it, and makes recovery codes.

use super::audit::note_account;
use super::proof::{Proof, prove};
use super::rights::actor_alone;
use super::totp::SecondFactor;
use super::typed_code::{new_typed_code, typed_code_hash};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::Account;
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::encryption::token_hash;
use crate::store::staff::{second_factors, sessions};
use crate::store::{StoreError, Tx};

/// Number of recovery codes made at once.
pub const RECOVERY_CODES: usize = 10;

/// Turns the second factor on or replaces it; a code proves that the authenticator app has the secret.
/// Ends all other sessions and returns new recovery codes.
///
/// # Errors
/// Refused where the new code is wrong, or the password or the code of the present second factor is.
pub async fn second_factor_on(
    app: &App,
    account: &Account,
    token: &str,
    factor: &SecondFactor,
    code: &str,
    proof: Proof,
) -> Result<Vec<String>, AppError> {
    let step = factor.step(code, app.clock.now().timestamp()).ok_or(Refusal::Code)?;
    let proven = prove(app, account, proof).await?;
    let mut tx = app.db.begin().await?;
    let by = actor_alone(&mut tx, account).await?;
    proven.hold(app, &mut tx, &by).await?;
    second_factors::set(&mut tx, &by.id, &factor.encryption(app, account), step).await?;
    let codes = new_codes(&mut tx, &by.id).await?;
    sessions::end_others(&mut tx, &by.id, &token_hash(token)).await?;
    let action = if by.has_second_factor { AuditAction::SecondFactorReplaced } else { AuditAction::SecondFactorOn };
    note_account(app, &mut tx, Some(&by), action, &by.id, (None, None)).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Turns one's own second factor off, and ends all other sessions.
///
/// # Errors
/// Refused where there is none, or the password or code is wrong.
pub async fn second_factor_off(app: &App, account: &Account, token: &str, proof: Proof) -> Result<(), AppError> {
    let proven = prove(app, account, proof).await?;
    let mut tx = app.db.begin().await?;
    let by = actor_alone(&mut tx, account).await?;
    proven.hold(app, &mut tx, &by).await?;
    ensure(second_factors::remove(&mut tx, &by.id).await?, Refusal::WrongState)?;
    second_factors::drop_codes(&mut tx, &by.id).await?;
    sessions::end_others(&mut tx, &by.id, &token_hash(token)).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::SecondFactorOff, &by.id, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// Replaces one's own recovery codes; earlier codes stop working.
///
/// # Errors
/// Refused where there is no second factor, or the password or code is wrong.
pub async fn new_recovery_codes(app: &App, account: &Account, proof: Proof) -> Result<Vec<String>, AppError> {
    let proven = prove(app, account, proof).await?;
    let mut tx = app.db.begin().await?;
    let by = actor_alone(&mut tx, account).await?;
    ensure(by.has_second_factor, Refusal::WrongState)?;
    proven.hold(app, &mut tx, &by).await?;
    let codes = new_codes(&mut tx, &by.id).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::NewRecoveryCodes, &by.id, (None, None)).await?;
    tx.commit().await?;
    Ok(codes)
}

async fn new_codes(tx: &mut Tx, account: &str) -> Result<Vec<String>, StoreError> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| new_typed_code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| typed_code_hash(code)).collect();
    second_factors::put_codes(tx, account, &hashes).await?;
    Ok(codes)
}
