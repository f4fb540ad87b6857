//! Throttling: how often somebody may try a password or a code, at all replicas together.

use crate::app::runtime::app::App;
use crate::app::runtime::app_error::AppError;
use crate::domain::staff::refusal::Refusal;
use crate::store::staff::sign_in_tries::{Allowance, count};

/// Tries with one name from one network or known device: whoever has mistyped it eight times waits half a minute for the next.
const BY_NAME: Allowance = Allowance { burst: 8, every: 30 };
/// Tries from one network, which a whole town hall may share.
const BY_NETWORK: Allowance = Allowance { burst: 40, every: 5 };
/// Tries with one name from everywhere together, by devices that are not known. Whoever uses them up keeps nobody out who has
/// signed in before.
const BY_STRANGERS: Allowance = Allowance { burst: 100, every: 30 };

/// Who tries what.
pub(in crate::app) enum Try<'a> {
    /// Somebody signs in.
    SignIn {
        /// The sign-in name.
        login: &'a str,
        /// The network they come from.
        network: &'a str,
        /// The device, where somebody has signed in to this account with it before.
        device: Option<&'a str>,
    },
    /// Somebody who is signed in proves who they are.
    Proof(&'a str),
    /// A chat sends a code that links it to an account.
    Link(&'a str),
}

impl Try<'_> {
    /// By what it is counted, each with how often it may be.
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

/// Counts a try, whatever becomes of it.
///
/// # Errors
/// Refused where it is one too many: how long to wait.
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
