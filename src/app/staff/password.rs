//! Hashes and checks staff passwords with argon2id, one at a time, so that sign-ins do not slow down replies.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::app::runtime::internal_error::InternalError;
use crate::domain::staff::refusal::Refusal;
use crate::encryption::new_bytes;

/// Fewest characters of a password. Length is what makes it strong (NIST SP 800-63B, 2025).
pub const SHORTEST: usize = 12;
/// Most characters of a password: hashing very long input would be a denial of service.
pub const LONGEST: usize = 128;
/// Fewest different characters.
const DIFFERENT: usize = 5;
/// Hash that no password matches: checking an unknown name takes as long as checking a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$MDAwMDAwMDAwMDAwMDAwMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Words that most guessed passwords are made of, one a line, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");
/// Passwords hashed at the same time: each takes 19 MB and a processor for about 30 ms.
const AT_ONCE: usize = 1;
/// Length of the queue, about half a second; further sign-ins are refused as busy.
const WAITING: usize = 16;
/// Length of a separate queue for browsers that signed in before, so that strangers cannot fill it.
const WAITING_KNOWN: usize = 8;

/// The queue for hashing.
#[derive(Debug)]
pub(in crate::app) struct Hashing {
    places: Arc<Semaphore>,
    places_of_known: Arc<Semaphore>,
    at_once: Arc<Semaphore>,
}

/// A position in the queue, freed on drop.
#[derive(Debug)]
pub(in crate::app) struct Place {
    _place: OwnedSemaphorePermit,
    at_once: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Hashing {
        let semaphore = |places| Arc::new(Semaphore::new(places));
        Hashing {
            places: semaphore(AT_ONCE + WAITING),
            places_of_known: semaphore(WAITING_KNOWN),
            at_once: semaphore(AT_ONCE),
        }
    }
}

impl Hashing {
    /// Takes a position in the queue; must come before any database query.
    ///
    /// # Errors
    /// Refused where the queue is full.
    pub fn place(&self) -> Result<Place, Refusal> {
        self.place_of(&self.places)
    }

    /// Takes a position in the queue of known browsers.
    pub fn place_of_known(&self) -> Result<Place, Refusal> {
        self.place_of(&self.places_of_known)
    }

    fn place_of(&self, places: &Arc<Semaphore>) -> Result<Place, Refusal> {
        let place = Arc::clone(places).try_acquire_owned().map_err(|_| Refusal::Busy)?;
        Ok(Place { _place: place, at_once: Arc::clone(&self.at_once) })
    }
}

/// Checks that a new password is strong enough for the account with this sign-in name.
///
/// # Errors
/// Where it is too short, too long, too simple, one of the commonest, or contains the sign-in name.
pub(in crate::app) fn good(password: &SecretString, login: &str) -> Result<(), Refusal> {
    let text = password.expose_secret();
    let length = text.chars().count();
    let mut signs: Vec<char> = text.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    let core = core(text);
    // Passwords without letters are dates, telephone numbers or rows of keys.
    let is_common = core.is_empty() || COMMON.lines().any(|common| common == core);
    let holds_name = text.to_lowercase().contains(&login.to_lowercase());
    if (SHORTEST..=LONGEST).contains(&length) && signs.len() >= DIFFERENT && !holds_name && !is_common {
        Ok(())
    } else {
        Err(Refusal::Password)
    }
}

/// Reduces a password to its word: removes digits and symbols before and after, maps digits and symbols that replace
/// letters, and halves a word that is written twice.
fn core(password: &str) -> String {
    let plain = |c: char| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        _ => c,
    };
    let text = password.to_lowercase();
    let word = text.trim_matches(|c: char| !c.is_alphabetic());
    let word: String = word.chars().map(plain).filter(|c| c.is_alphabetic()).collect();
    let middle = word.chars().count() / 2;
    let (first, second): (String, String) = (word.chars().take(middle).collect(), word.chars().skip(middle).collect());
    if first == second { first } else { word }
}

/// Hashes a password into PHC string format.
///
/// # Errors
/// Where it cannot be computed.
pub(in crate::app) async fn hash(place: &Place, password: SecretString) -> Result<String, InternalError> {
    let _turn = place.at_once.acquire().await;
    let hashed = tokio::task::spawn_blocking(move || {
        let salt = new_bytes::<16>();
        let hash: PasswordHash =
            Argon2::default().hash_password_with_salt(password.expose_secret().as_bytes(), &salt)?;
        Ok::<_, argon2::password_hash::Error>(hash.to_string())
    });
    match hashed.await {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(error)) => Err(InternalError::new("hash a password", error)),
        Err(error) => Err(InternalError::new("hash a password", error)),
    }
}

/// Whether the password matches the hash. Without a hash it takes as long and returns false.
///
/// # Errors
/// Where it cannot be computed.
pub(in crate::app) async fn fits(
    place: &Place,
    password: SecretString,
    hashed: Option<String>,
) -> Result<bool, InternalError> {
    let _turn = place.at_once.acquire().await;
    let known = hashed.is_some();
    let checked = tokio::task::spawn_blocking(move || {
        let text = hashed.as_deref().unwrap_or(NOBODY);
        let bytes = password.expose_secret().as_bytes();
        PasswordHash::new(text).is_ok_and(|hash| Argon2::default().verify_password(bytes, &hash).is_ok())
    });
    checked.await.map(|fits| fits && known).map_err(|error| InternalError::new("check a password", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn strangers_leave_places_to_those_whose_browser_is_known() {
        let hashing = Hashing::default();
        let strangers: Vec<Place> = std::iter::from_fn(|| hashing.place().ok()).collect();
        assert_eq!(strangers.len(), AT_ONCE + WAITING);
        let known: Vec<Place> = std::iter::from_fn(|| hashing.place_of_known().ok()).collect();
        assert_eq!(known.len(), WAITING_KNOWN);
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_fits() {
        let place = &Hashing::default().place().unwrap();
        let hashed = hash(place, secret("a window with a view")).await.unwrap();
        assert!(hashed.starts_with("$argon2id$"), "{hashed}");
        assert!(fits(place, secret("a window with a view"), Some(hashed.clone())).await.unwrap());
        assert!(!fits(place, secret("a window with a vieW"), Some(hashed)).await.unwrap());
        assert!(!fits(place, secret("anything"), None).await.unwrap());
        assert!(!fits(place, secret(""), Some(String::new())).await.unwrap(), "an ended account has no password");
    }

    #[test]
    fn only_a_few_wait_for_their_passwords_to_be_hashed_and_a_place_that_is_left_is_free() {
        let hashing = Hashing::default();
        let mut places: Vec<Place> = (0..AT_ONCE + WAITING).map(|_| hashing.place().unwrap()).collect();
        assert_eq!(hashing.place().unwrap_err(), Refusal::Busy);
        places.pop();
        assert!(hashing.place().is_ok());
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
        for common in [
            "Password1234!",
            "P@ssw0rd!2026",
            "contraseña2026",
            "MUNICIPALIDAD-1",
            "qwertyuiop[]1",
            "santiago.Santiago9",
            "123456789012",
        ] {
            assert_eq!(good(&secret(common), "marie"), Err(Refusal::Password), "{common}");
        }
        for good_one in ["un puente de madera", "la municipalidad duerme", "qwerty al revés no"] {
            assert_eq!(good(&secret(good_one), "marie"), Ok(()), "{good_one}");
        }
    }
}
