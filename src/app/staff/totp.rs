//! The second factor: six-digit codes of an authenticator app (TOTP, RFC 6238).

use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};

use crate::app::runtime::app::App;
use crate::domain::staff::account::Account;
use crate::encryption::new_bytes;

/// How long a code is valid, in seconds.
const STEP: u64 = 30;

/// Secret shared with the authenticator app.
#[derive(Clone, Serialize, Deserialize)]
pub struct SecondFactor([u8; 20]);

impl SecondFactor {
    /// A new random secret.
    pub fn new() -> SecondFactor {
        SecondFactor(new_bytes())
    }

    fn totp(&self, name: &str) -> Option<Totp> {
        let secret = Secret::from(&self.0[..]);
        Builder::new().with_secret(secret).with_issuer(Some("ventanilla")).with_account_name(name).build().ok()
    }

    /// The `otpauth://` URL for the QR code.
    pub fn address(&self, login: &str) -> Option<String> {
        self.totp(login)?.to_url().ok()
    }

    /// The secret in base32, for typing into the app.
    pub fn words(&self) -> String {
        Secret::from(&self.0[..]).to_base32()
    }

    /// The time step of this code; accepts one step early or late.
    pub(in crate::app) fn step(&self, code: &str, now: i64) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let now = u64::try_from(now).ok()?;
        let totp = self.totp("x")?;
        let near = [now.checked_sub(STEP)?, now, now + STEP];
        let fits = |at: &u64| totp.generate(*at).to_string() == code;
        near.into_iter().find(fits).map(|at| (at / STEP) as i64)
    }

    /// Encrypted for this account, as stored in the database.
    pub fn encryption(&self, app: &App, account: &Account) -> String {
        app.encryption.encrypt_for(&owner(account), self)
    }

    /// Decrypts; `None` where it was encrypted for another account or with another key.
    pub fn open(app: &App, account: &Account, sealed: &str) -> Option<SecondFactor> {
        app.encryption.decrypt_for(&owner(account), sealed).ok()
    }
}

impl Default for SecondFactor {
    fn default() -> SecondFactor {
        SecondFactor::new()
    }
}

fn owner(account: &Account) -> String {
    format!("account:{}", account.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_in_its_half_minute_and_the_ones_beside_it() {
        let factor = SecondFactor(*b"12345678901234567890");
        // RFC 6238, appendix B, cut to six digits: 94287082 at 59 seconds.
        assert_eq!(factor.step("287082", 59), Some(1));
        assert_eq!(factor.step("287 082", 89), Some(1));
        assert_eq!(factor.step("287082", 120), None);
        assert_eq!(factor.step("", 59), None);
    }

    #[test]
    fn an_app_is_told_whose_code_it_is() {
        let address = SecondFactor::new().address("marie").unwrap();
        assert!(address.starts_with("otpauth://totp/ventanilla:marie?"), "{address}");
    }
}
