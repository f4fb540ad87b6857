//! Rate limits for passwords and codes, shared by all replicas.

use crate::app::runtime::app::App;
use crate::app::runtime::app_error::AppError;
use crate::domain::staff::refusal::Refusal;
use crate::store::staff::sign_in_tries::{Allowance, count};

/// One name from one network, or one known device: after eight tries, one every 30 seconds.
const BY_NAME: Allowance = Allowance { burst: 8, every: 30 };
/// One network, which a whole town hall may share.
const BY_NETWORK: Allowance = Allowance { burst: 40, every: 5 };
/// One name from all unknown devices together. Exhausting it does not lock out devices that have signed in before.
const BY_STRANGERS: Allowance = Allowance { burst: 100, every: 30 };

/// A try that is counted.
pub(in crate::app) enum Try<'a> {
    /// Signing in.
    SignIn {
        /// The sign-in name.
        login: &'a str,
        /// The client's network.
        network: &'a str,
        /// The device, if it has signed in to this account before.
        device: Option<&'a str>,
    },
    /// A signed-in account confirms its password or code.
    Proof(&'a str),
    /// A chat sends a code that links it to an account.
    Link(&'a str),
}

impl Try<'_> {
    /// The keys it is counted by, each with its limit.
    fn counted(&self) -> Vec<(&'static str, String, Allowance)> {
        match self {
            Try::SignIn { device: Some(device), .. } => vec![("sign-in device", (*device).to_owned(), BY_NAME)],
            Try::SignIn { login, network, device: None } => vec![
                ("sign-in address", (*network).to_owned(), BY_NETWORK),
                ("sign-in name and address", format!("{login} {network}"), BY_NAME),
                ("sign-in name", (*login).to_owned(), BY_STRANGERS),
            ],
            Try::Proof(account) => vec![("proof", (*account).to_owned(), BY_NAME)],
            Try::Link(chat) => vec![("link", (*chat).to_owned(), BY_NAME)],
        }
    }
}

/// Counts a try, successful or not.
///
/// # Errors
/// Refused where it exceeds the limit, with the time to wait.
pub(in crate::app) async fn attempt(app: &App, tried: Try<'_>) -> Result<(), AppError> {
    let now = app.clock.now().timestamp();
    let mut tx = app.db.begin().await?;
    let mut wait = None;
    for (kind, key, allowed) in tried.counted() {
        wait = count(&mut tx, &app.encryption.hash(kind, &key), allowed, now).await?;
        if wait.is_some() {
            break;
        }
    }
    tx.commit().await?;
    match wait {
        None => Ok(()),
        Some(seconds) => Err(Refusal::TooMany(seconds.unsigned_abs()).into()),
    }
}
