//! Signing in to the console and out of it; sessions are kept on the server.

use chrono::TimeDelta;
use secrecy::SecretString;

use super::audit::note;
use super::fault::Fault;
use super::house::House;
use super::password;
use super::second_factor::SecondFactor;
use super::throttle::attempt;
use super::trouble::{Trouble, unless};
use crate::domain::audit_action::AuditAction;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Account;
use crate::sealing::{new_token, token_hash};
use crate::store::{StoreError, accounts, sessions};

/// A session that is not used for so long has ended.
pub const IDLE: TimeDelta = TimeDelta::hours(8);
/// No session lasts longer.
pub const LONGEST: TimeDelta = TimeDelta::days(7);
/// Use is noted this often: a page view need not write.
const NOTED: TimeDelta = TimeDelta::minutes(5);

/// What somebody typed to sign in.
pub struct Credentials {
    /// Their sign-in name.
    pub login: String,
    /// Their password.
    pub password: SecretString,
    /// The code of the second factor; empty where they have none.
    pub code: String,
    /// The address they come from.
    pub address: String,
}

/// Begins a session and gives its token, which only the browser keeps.
///
/// # Errors
/// Refused where name, password or code do not fit (it is not said which), or after too many tries.
pub async fn sign_in(house: &House, credentials: Credentials) -> Result<String, Trouble> {
    let Credentials { login, password, code, address } = credentials;
    let login = login.trim().to_lowercase();
    attempt(house, &login, &address).await?;
    let account = accounts::by_login(&house.db, &login).await?;
    let secrets = match &account {
        Some(account) => accounts::secrets(&house.db, &account.id).await?,
        None => None,
    };
    let fits = password::fits(password, secrets.as_ref().map(|secrets| secrets.password.clone())).await?;
    let (true, Some(account), Some(secrets)) = (fits, account, secrets) else { return Err(Refusal::SignIn.into()) };
    let now = house.clock.now().timestamp();
    let step = match &secrets.second {
        None => None,
        Some(sealed) => {
            let factor = SecondFactor::open(house, &account, sealed);
            Some(factor.and_then(|factor| factor.step(&code, now)).ok_or(Refusal::SignIn)?)
        }
    };
    begin(house, &account, step).await
}

async fn begin(house: &House, account: &Account, step: Option<i64>) -> Result<String, Trouble> {
    let now = house.clock.now().timestamp();
    let token = new_token();
    let mut tx = house.db.begin().await?;
    if let Some(step) = step {
        // A code that was read over a shoulder is worth nothing.
        unless(accounts::use_second(&mut tx, &account.id, step).await?, Refusal::SignIn)?;
    }
    sessions::begin(&mut tx, &token_hash(&token), &account.id, now).await?;
    note(house, &mut tx, Some(account), AuditAction::SignIn, &account.login, (None, None)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Whose session this token is; nothing where it has ended.
///
/// # Errors
/// Where the database does not answer.
pub async fn signed_in(house: &House, token: &str) -> Result<Option<Account>, Fault> {
    whose(house, token).await.map_err(|error| Fault::new("look up a session", error))
}

async fn whose(house: &House, token: &str) -> Result<Option<Account>, StoreError> {
    let (now, hash) = (house.clock.now(), token_hash(token));
    let (begun, idle) = ((now - LONGEST).timestamp(), (now - IDLE).timestamp());
    let Some((account, seen_at)) = sessions::whose(&house.db, &hash, begun, idle).await? else { return Ok(None) };
    if now.timestamp() - seen_at > NOTED.num_seconds() {
        let mut tx = house.db.begin().await?;
        sessions::seen(&mut tx, &hash, now.timestamp()).await?;
        tx.commit().await?;
    }
    Ok(Some(account))
}

/// Ends the session of this token.
///
/// # Errors
/// Where the database does not answer.
pub async fn sign_out(house: &House, account: &Account, token: &str) -> Result<(), Trouble> {
    let mut tx = house.db.begin().await?;
    sessions::end(&mut tx, &account.id, &token_hash(token)).await?;
    note(house, &mut tx, Some(account), AuditAction::SignOut, &account.login, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}
