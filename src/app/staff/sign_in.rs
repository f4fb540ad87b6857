//! Signs staff in to the console and out of it; sessions are stored on the server.

use chrono::TimeDelta;
use secrecy::SecretString;
use subtle::ConstantTimeEq;

use super::audit::{note, note_account};
use super::proof::{Proof, Proven, check};
use super::rights::{actor, actor_alone};
use super::throttle::{Try, attempt};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::AppError;
use crate::app::runtime::internal_error::InternalError;
use crate::domain::staff::account::Account;
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::encryption::{new_id, new_token, token_hash};
use crate::metrics;
use crate::store::staff::{accounts, sessions, sign_in_tries};
use crate::store::{StoreError, Tx};

/// A session ends after being idle this long.
pub const IDLE: TimeDelta = TimeDelta::hours(8);
/// Longest session.
pub const LONGEST: TimeDelta = TimeDelta::days(7);
/// Hexadecimal digits of a device cookie: its id and our keyed hash.
pub const DEVICE: usize = 64;
/// Last use is stored at most this often, so that most page views do not write.
const NOTED: TimeDelta = TimeDelta::minutes(5);

/// Input of the sign-in form.
pub struct Credentials {
    /// The sign-in name.
    pub login: String,
    /// The password.
    pub password: SecretString,
    /// A code of the second factor, or a recovery code; empty where there is none.
    pub code: String,
    /// The client's network.
    pub address: String,
    /// The browser's device cookie for this account, if any; see [`device`].
    pub device: Option<String>,
}

/// Begins a session and returns its token; the server stores only the token's hash.
///
/// # Errors
/// Refused where name, password or code is wrong (not said which), after too many tries, or where the queue is full.
pub async fn sign_in(app: &App, credentials: Credentials) -> Result<String, AppError> {
    let done = enter(app, credentials).await;
    metrics::sign_in(match &done {
        Ok(_) => "done",
        Err(AppError::Refused(Refusal::Busy)) => "busy",
        Err(AppError::Refused(Refusal::TooMany(_))) => "too-many",
        Err(AppError::Refused(_)) => "refused",
        Err(AppError::Failed(_)) => "failed",
    });
    if matches!(done, Err(AppError::Refused(Refusal::SignIn | Refusal::TooMany(_)))) {
        let day = app.day(app.clock.now()).to_string();
        let mut tx = app.db.begin().await?;
        sign_in_tries::failed(&mut tx, &day).await?;
        tx.commit().await?;
    }
    done
}

/// Writes one audit line for each past day with failed sign-ins, with their number.
pub(in crate::app) async fn tell_failed(app: &App, tx: &mut Tx) -> Result<(), StoreError> {
    let now = app.clock.now();
    for (day, n) in sign_in_tries::take_failed(tx, &app.day(now).to_string()).await? {
        note(app, tx, None, AuditAction::FailedSignIns, day, (None, Some(n.to_string()))).await?;
    }
    Ok(())
}

async fn enter(app: &App, credentials: Credentials) -> Result<String, AppError> {
    let Credentials { login, password, code, address, device } = credentials;
    // Before any database query, so that a refusal costs next to nothing. A device cookie allows one query, to check it
    // for the separate queue.
    let place = app.hashing.place();
    if let (Err(busy), None) = (&place, &device) {
        return Err(busy.clone().into());
    }
    let login = plain(&login);
    let account = accounts::by_login(&app.db, &login).await?;
    // By account, not by sign-in name: an earlier holder of the name is not trusted.
    let id = account.as_ref().map_or("", |account| &account.id);
    let device = device.filter(|device| is_known(app, id, device));
    let place = match (place, &device) {
        (Ok(place), _) => place,
        (Err(_), Some(_)) => app.hashing.place_of_known()?,
        (Err(busy), None) => return Err(busy.into()),
    };
    attempt(app, Try::SignIn { login: &login, network: &address, device: device.as_deref() }).await?;
    let proven = check(app, &place, account.as_ref(), Proof { password, code }).await?;
    let (Some(account), Some(proven)) = (account, proven) else { return Err(Refusal::SignIn.into()) };
    begin(app, &account, &proven).await
}

fn plain(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Device cookie of an account. It spares its holder the rate limits that strangers use up, and grants no access.
/// Nothing is stored on the server: the keyed hash proves that we issued it.
pub fn device(app: &App, account: &str) -> String {
    let id = new_id();
    let mark = app.encryption.hash("device", &format!("{account} {id}"));
    format!("{id}{mark}")
}

/// Name of the device cookie; per sign-in name, since several colleagues may share a browser.
pub fn device_name(app: &App, login: &str) -> String {
    let hash = app.encryption.hash("device name", &plain(login));
    format!("device-{}", hash.get(..8).unwrap_or_default())
}

fn is_known(app: &App, account: &str, device: &str) -> bool {
    let Some((id, mark)) = device.split_at_checked(DEVICE / 2) else { return false };
    let ours = app.encryption.hash("device", &format!("{account} {id}"));
    ours.as_bytes().ct_eq(mark.as_bytes()).into()
}

/// Begins the session, after checking that the account has not ended and its password is unchanged.
async fn begin(app: &App, account: &Account, proven: &Proven) -> Result<String, AppError> {
    let now = app.clock.now().timestamp();
    let token = new_token();
    let mut tx = app.db.begin().await?;
    let by = actor_alone(&mut tx, account).await.map_err(unknown)?;
    proven.hold(app, &mut tx, &by).await?;
    sessions::begin(&mut tx, &token_hash(&token), &account.id, now).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::SignIn, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Hides the reason why signing in failed.
fn unknown(trouble: AppError) -> AppError {
    match trouble {
        AppError::Refused(_) => Refusal::SignIn.into(),
        AppError::Failed(fault) => fault.into(),
    }
}

/// The account of this session; `None` where it has ended.
pub async fn signed_in(app: &App, token: &str) -> Result<Option<Account>, InternalError> {
    whose(app, token).await.map_err(|error| InternalError::new("look up a session", error))
}

/// The account id of this session, even if it has expired, as long as the row is kept.
pub async fn owner_of_session(app: &App, token: &str) -> Result<Option<String>, StoreError> {
    sessions::owner(&app.db, &token_hash(token)).await
}

async fn whose(app: &App, token: &str) -> Result<Option<Account>, StoreError> {
    let (now, hash) = (app.clock.now(), token_hash(token));
    let (begun, idle) = ((now - LONGEST).timestamp(), (now - IDLE).timestamp());
    let Some((account, seen_at)) = sessions::whose(&app.db, &hash, begun, idle).await? else { return Ok(None) };
    if now.timestamp() - seen_at > NOTED.num_seconds() {
        let mut tx = app.db.begin().await?;
        sessions::seen(&mut tx, &hash, now.timestamp()).await?;
        tx.commit().await?;
    }
    Ok(Some(account))
}

/// Ends the session of this token.
pub async fn sign_out(app: &App, account: &Account, token: &str) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, account).await?;
    sessions::end(&mut tx, &account.id, &token_hash(token)).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::SignOut, &account.id, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}
