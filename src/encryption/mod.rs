//! Encryption: personal data is stored encrypted, and chats under keyed hashes; the keys are never in the database.
//!
//! Values are encrypted with XChaCha20-Poly1305. The owner (a chat or an account) is the associated data, so that a
//! value moved to another row cannot be decrypted. Keys are derived from master keys in the key file: one for hashes,
//! which never changes, and one for encryption, which can be replaced in three steps while replicas run:
//!
//! 1. The next key decrypts only, until every replica has it (known by the key's mark).
//! 2. The next key encrypts; the old one decrypts what has not been re-encrypted yet.
//! 3. The old key is removed once all rows are re-encrypted.

mod compression;
mod key_file;
mod random;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::domain::people::chat::{ChatKey, Door};
use crate::metrics;

use self::compression::{packed, unpacked};
use self::key_file::{KEY, KeyFile, ensure_private};
pub use self::key_file::{KeyError, Phase};
use self::random::random;
pub use self::random::{new_bytes, new_code, new_id, new_token};

/// Bytes of a nonce of XChaCha20, of a keyed hash, and of a key's mark.
const NONCE: usize = 24;
const HASH: usize = 16;
const MARK: usize = 8;

/// A value cannot be decrypted: it was encrypted with another key, or changed.
#[derive(Debug, Error)]
#[error("sealed with another key, or changed")]
pub struct DecryptError;

/// Computes keyed hashes, and encrypts and decrypts stored values.
pub struct Encryption {
    ring: RwLock<Arc<Ring>>,
    file: Option<PathBuf>,
}

/// The keys in use, derived from the key file.
struct Ring {
    hash_key: SecretBox<[u8; KEY]>,
    hash_mark: String,
    /// All of them decrypt; the first one encrypts.
    keys: Vec<Key>,
    phase: Phase,
}

struct Key {
    /// A fingerprint of the key, by which replicas report the keys they have; the key cannot be computed from it.
    mark: String,
    cipher: XChaCha20Poly1305,
}

/// The result of checking an encrypted value while the key is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reencrypted {
    /// It is already encrypted with the new key.
    Still,
    /// The value, encrypted with the new key.
    Anew(String),
    /// No key decrypts it: it can never be read again.
    Lost,
}

impl Ring {
    fn of(file: &KeyFile) -> Ring {
        let mark = |master: &[u8; KEY], of| HEXLOWER.encode(&derive(master, of)[..MARK]);
        let key = |master: &[u8; KEY]| Key {
            mark: mark(master, "mark"),
            cipher: XChaCha20Poly1305::new(&derive(master, "seal").into()),
        };
        let keys = [Some(&file.seal), file.next.as_ref(), file.open.as_ref()];
        Ring {
            hash_key: SecretBox::new(Box::new(derive(&file.hash, "chat"))),
            hash_mark: mark(&file.hash, "hash mark"),
            keys: keys.into_iter().flatten().map(key).collect(),
            phase: file.phase(),
        }
    }

    /// Whether these keys may replace `before`: the same hash key, and at least one encryption key in common.
    fn follows(&self, before: &Ring) -> bool {
        let known = |key: &Key| before.keys.iter().any(|other| other.mark == key.mark);
        self.hash_mark == before.hash_mark && self.keys.iter().any(known)
    }
}

impl Encryption {
    /// Keys derived from one master key, which serves for hashes and encryption.
    pub fn new(master: &[u8; KEY]) -> Encryption {
        let file = KeyFile { hash: *master, seal: *master, next: None, open: None };
        Encryption { ring: RwLock::new(Arc::new(Ring::of(&file))), file: None }
    }

    /// Reads the keys of this file; without a file, creates one readable by its owner only.
    ///
    /// # Errors
    /// Where the file cannot be read or created, has no valid keys, or others than its owner may read it.
    pub fn of_file(path: &Path) -> Result<Encryption, KeyError> {
        let ring = Ring::of(&KeyFile::read_or_make(path)?);
        ensure_private(path)?;
        Ok(Encryption { ring: RwLock::new(Arc::new(ring)), file: Some(path.to_owned()) })
    }

    /// Reads the keys of this file, which must exist.
    ///
    /// # Errors
    /// Where the file does not exist, cannot be read, has no valid keys, or others than its owner may read it.
    pub fn of_existing_file(path: &Path) -> Result<Encryption, KeyError> {
        let ring = Ring::of(&KeyFile::read(path)?);
        ensure_private(path)?;
        Ok(Encryption { ring: RwLock::new(Arc::new(ring)), file: Some(path.to_owned()) })
    }

    /// The marks (fingerprints) of the hash key and of the key that encrypts.
    pub fn marks(&self) -> (String, String) {
        let ring = self.ring();
        (ring.hash_mark.clone(), ring.keys.first().map(|key| key.mark.clone()).unwrap_or_default())
    }

    fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the file again, because another process may have changed it.
    ///
    /// # Errors
    /// Where it cannot be read, has no valid keys, or has no key in common with the keys in use; these stay in use.
    pub fn reload(&self) -> Result<(), KeyError> {
        let Some(path) = &self.file else { return Ok(()) };
        let ring = Ring::of(&KeyFile::read(path)?);
        // With the keys of another installation, no other replica could decrypt new values, and this one could decrypt
        // nothing.
        if !ring.follows(&self.ring()) {
            return Err(KeyError::Another(path.clone()));
        }
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
        Ok(())
    }

    /// Changes the file and uses the new keys.
    fn change(&self, change: impl Fn(KeyFile) -> KeyFile) -> Result<(), KeyError> {
        let Some(path) = &self.file else { return Ok(()) };
        change(KeyFile::read(path)?).write(path)?;
        self.reload()
    }

    /// Adds a new key, which only decrypts for now.
    ///
    /// # Errors
    /// Where the file cannot be changed.
    pub fn begin_replacing(&self) -> Result<(), KeyError> {
        self.change(KeyFile::begun)
    }

    /// Encrypts with the new key from now on; the old one still decrypts.
    ///
    /// # Errors
    /// Where the file cannot be changed.
    pub fn use_next_key(&self) -> Result<(), KeyError> {
        self.change(KeyFile::switched)
    }

    /// Removes the old key.
    ///
    /// # Errors
    /// Where the file cannot be changed.
    pub fn end_replacing(&self) -> Result<(), KeyError> {
        self.change(KeyFile::finished)
    }

    /// The phase of the key's replacement, and the marks of all keys; the key that encrypts comes first.
    pub fn keys(&self) -> (Phase, Vec<String>) {
        let ring = self.ring();
        (ring.phase, ring.keys.iter().map(|key| key.mark.clone()).collect())
    }

    /// Encrypts a value with the current key if an older or the next key decrypts it.
    pub fn reencrypt(&self, owner: &str, sealed: &str) -> Reencrypted {
        let ring = self.ring();
        let opened = ring.keys.iter().enumerate().find_map(|(place, key)| Some((place, opened(key, owner, sealed)?)));
        match opened {
            None => Reencrypted::Lost,
            Some((0, _)) => Reencrypted::Still,
            Some((_, plain)) => {
                ring.keys.first().map_or(Reencrypted::Lost, |key| Reencrypted::Anew(locked(key, owner, &plain)))
            }
        }
    }

    /// The id of a chat: HMAC-SHA-256 of its door and address, cut to 128 bits.
    pub fn chat_key(&self, door: Door, address: &str) -> ChatKey {
        let mac = keyed_hash(self.ring().hash_key.expose_secret(), &[door.name(), ":", address]);
        ChatKey::from_hash(HEXLOWER.encode(&mac[..HASH]))
    }

    /// A keyed hash of 128 bits, for other values that must not be stored in plain, such as an IP address.
    pub fn hash(&self, kind: &str, value: &str) -> String {
        let mac = keyed_hash(self.ring().hash_key.expose_secret(), &["other:", kind, ":", value]);
        HEXLOWER.encode(&mac[..HASH])
    }

    /// Encrypts a value for this chat; it cannot be decrypted for another one.
    pub fn encrypt<T: Serialize>(&self, chat: &ChatKey, value: &T) -> String {
        self.encrypt_for(chat.as_str(), value)
    }

    /// Decrypts a value of this chat.
    ///
    /// # Errors
    /// Where it was encrypted with another key or for another chat, or was changed.
    pub fn decrypt<T: DeserializeOwned>(&self, chat: &ChatKey, sealed: &str) -> Result<T, DecryptError> {
        self.decrypt_for(chat.as_str(), sealed)
    }

    /// Encrypts a value for this owner, such as `account:…`; it cannot be decrypted for another one.
    pub fn encrypt_for<T: Serialize>(&self, owner: &str, value: &T) -> String {
        // The program's own types always serialize to JSON.
        let plain = packed(serde_json::to_vec(value).unwrap_or_default());
        self.ring().keys.first().map(|key| locked(key, owner, &plain)).unwrap_or_default()
    }

    /// Decrypts a value of this owner.
    ///
    /// # Errors
    /// Where it was encrypted with another key or for another owner, or was changed.
    pub fn decrypt_for<T: DeserializeOwned>(&self, owner: &str, sealed: &str) -> Result<T, DecryptError> {
        let plain = self.ring().keys.iter().find_map(|key| opened(key, owner, sealed)).ok_or_else(|| {
            metrics::unreadable();
            DecryptError
        })?;
        serde_json::from_slice(&unpacked(plain).ok_or(DecryptError)?).map_err(|_| DecryptError)
    }
}

fn locked(key: &Key, owner: &str, plain: &[u8]) -> String {
    let nonce = random::<NONCE>();
    let payload = Payload { msg: plain, aad: owner.as_bytes() };
    // The cipher fails only on messages of many gigabytes.
    let locked = key.cipher.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
    BASE64.encode(&[&nonce[..], &locked[..]].concat())
}

fn opened(key: &Key, owner: &str, sealed: &str) -> Option<Vec<u8>> {
    let bytes = BASE64.decode(sealed.as_bytes()).ok()?;
    let (nonce, locked) = bytes.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    key.cipher.decrypt(&XNonce::from(nonce), Payload { msg: locked, aad: owner.as_bytes() }).ok()
}

/// The stored hash of a token: SHA-256, without a salt because the token has 256 random bits.
pub fn token_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

fn derive(master: &[u8; KEY], purpose: &str) -> [u8; KEY] {
    keyed_hash(master, &["ventanilla:", purpose])
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn keyed_hash(key: &[u8; KEY], parts: &[&str]) -> [u8; KEY] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("any length");
    parts.iter().for_each(|part| mac.update(part.as_bytes()));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(encryption: &Encryption, address: &str) -> ChatKey {
        encryption.chat_key(Door::Telegram, address)
    }

    #[test]
    fn a_chat_has_another_key_at_another_door_and_with_another_master_key() {
        let (seal, other) = (Encryption::new(&[1; KEY]), Encryption::new(&[2; KEY]));
        assert_eq!(chat(&seal, "42"), chat(&seal, "42"));
        assert_ne!(chat(&seal, "42"), chat(&seal, "43"));
        assert_ne!(chat(&seal, "42"), seal.chat_key(Door::Web, "42"));
        assert_ne!(chat(&seal, "42"), chat(&other, "42"));
    }

    #[test]
    fn what_was_sealed_opens_only_with_its_key_and_for_its_chat() {
        let (seal, other) = (Encryption::new(&[1; KEY]), Encryption::new(&[2; KEY]));
        let key = chat(&seal, "42");
        let sealed = seal.encrypt(&key, &"words");
        assert!(!sealed.contains("words"));
        assert_eq!(seal.decrypt::<String>(&key, &sealed).unwrap(), "words");
        assert!(other.decrypt::<String>(&key, &sealed).is_err());
        assert!(seal.decrypt::<String>(&chat(&seal, "43"), &sealed).is_err());
        assert!(seal.decrypt::<String>(&key, &sealed[4..]).is_err());
    }

    #[test]
    fn a_key_file_that_is_exchanged_for_another_is_not_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        let seal = Encryption::of_file(&path).unwrap();
        let marks = seal.marks();
        std::fs::write(&path, "07".repeat(KEY)).unwrap();
        assert!(matches!(seal.reload(), Err(KeyError::Another(_))));
        assert_eq!(seal.marks(), marks, "the keys that were known stay");
    }

    #[test]
    fn the_key_file_is_made_once_and_only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        let first = Encryption::of_file(&path).unwrap();
        let second = Encryption::of_file(&path).unwrap();
        assert_eq!(chat(&first, "1"), chat(&second, "1"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, "not a key").unwrap();
        assert!(matches!(Encryption::of_file(&path), Err(KeyError::Form(_))));
    }
}
