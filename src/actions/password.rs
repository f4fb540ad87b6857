//! Passwords of staff: hashed with argon2id, checked where nobody waits.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};

use super::fault::Fault;
use crate::domain::refusal::Refusal;
use crate::sealing::new_bytes;

/// Fewest characters of a password. Length is what makes it strong (NIST SP 800-63B, 2025).
pub const SHORTEST: usize = 12;
/// Most characters of a password: hashing a book would be a way to keep us busy.
pub const LONGEST: usize = 128;
/// Fewest different characters.
const DIFFERENT: usize = 5;
/// A hash of a password that nobody has: an unknown name takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$MDAwMDAwMDAwMDAwMDAwMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whether the password may be chosen by somebody with this sign-in name.
///
/// # Errors
/// Where it is too short, too long, too simple, or holds the name.
pub(super) fn good(password: &SecretString, login: &str) -> Result<(), Refusal> {
    let text = password.expose_secret();
    let length = text.chars().count();
    let mut signs: Vec<char> = text.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    let holds_name = text.to_lowercase().contains(&login.to_lowercase());
    if (SHORTEST..=LONGEST).contains(&length) && signs.len() >= DIFFERENT && !holds_name {
        Ok(())
    } else {
        Err(Refusal::Password)
    }
}

/// The hash of a password, in PHC's form.
///
/// # Errors
/// Where it cannot be computed.
pub(super) async fn hash(password: SecretString) -> Result<String, Fault> {
    let hashed = tokio::task::spawn_blocking(move || {
        let salt = new_bytes::<16>();
        let hash: PasswordHash =
            Argon2::default().hash_password_with_salt(password.expose_secret().as_bytes(), &salt)?;
        Ok::<_, argon2::password_hash::Error>(hash.to_string())
    });
    match hashed.await {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(error)) => Err(Fault::new("hash a password", error)),
        Err(error) => Err(Fault::new("hash a password", error)),
    }
}

/// Whether the password is the one that was hashed; where there is no hash it takes as long and is not.
///
/// # Errors
/// Where it cannot be computed.
pub(super) async fn fits(password: SecretString, hashed: Option<String>) -> Result<bool, Fault> {
    let known = hashed.is_some();
    let checked = tokio::task::spawn_blocking(move || {
        let text = hashed.as_deref().unwrap_or(NOBODY);
        let bytes = password.expose_secret().as_bytes();
        PasswordHash::new(text).is_ok_and(|hash| Argon2::default().verify_password(bytes, &hash).is_ok())
    });
    checked.await.map(|fits| fits && known).map_err(|error| Fault::new("check a password", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_fits() {
        let hashed = hash(secret("a window with a view")).await.unwrap();
        assert!(hashed.starts_with("$argon2id$"), "{hashed}");
        assert!(fits(secret("a window with a view"), Some(hashed.clone())).await.unwrap());
        assert!(!fits(secret("a window with a vieW"), Some(hashed)).await.unwrap());
        assert!(!fits(secret("anything"), None).await.unwrap());
        assert!(!fits(secret(""), Some(String::new())).await.unwrap(), "an ended account has no password");
    }

    #[test]
    fn a_password_for_nobody_has_the_form_of_a_hash() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn short_simple_and_telling_passwords_are_refused() {
        for bad in ["short", "aaaaaaaaaaaaaaaa", "my name is marie", &"x1y2z".repeat(30)] {
            assert_eq!(good(&secret(bad), "marie"), Err(Refusal::Password), "{bad}");
        }
        assert_eq!(good(&secret("un puente de madera"), "marie"), Ok(()));
    }
}
