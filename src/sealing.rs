//! Sealing: what leads back to a person is locked with a key that is not in the database, and chats are known by a keyed hash.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::domain::chat::{ChatKey, Door};

/// Bytes of the key, of a nonce of XChaCha20, and of a chat's keyed hash.
const KEY: usize = 32;
const NONCE: usize = 24;
const HASH: usize = 16;

/// What was sealed cannot be opened: another key, or somebody has changed it.
#[derive(Debug, Error)]
#[error("sealed with another key, or changed")]
pub struct NotOurs;

/// A key that cannot be used.
#[derive(Debug, Error)]
pub enum KeyTrouble {
    /// The file cannot be read or made.
    #[error("the key file cannot be read or made: {0}")]
    File(#[from] io::Error),
    /// The file holds something else.
    #[error("the key file must hold 64 hexadecimal digits")]
    Form,
}

/// Hashes addresses and seals what has to be kept about them.
pub struct Seal {
    hash_key: SecretBox<[u8; KEY]>,
    cipher: XChaCha20Poly1305,
}

impl Seal {
    /// Made of a master key; hashing and sealing have keys of their own.
    pub fn new(master: &[u8; KEY]) -> Seal {
        let cipher_key = derive(master, "seal");
        Seal {
            hash_key: SecretBox::new(Box::new(derive(master, "chat"))),
            cipher: XChaCha20Poly1305::new(&cipher_key.into()),
        }
    }

    /// The key of this file; a new one, readable by its owner only, where there is no file.
    ///
    /// # Errors
    /// Where the file cannot be read or made, or holds no key.
    pub fn of_file(path: &Path) -> Result<Seal, KeyTrouble> {
        let mut text = String::new();
        match File::open(path) {
            Ok(mut file) => {
                file.read_to_string(&mut text)?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                text = HEXLOWER.encode(&random::<KEY>());
                private_file(path)?.write_all(text.as_bytes())?;
            }
            Err(error) => return Err(error.into()),
        }
        let bytes = HEXLOWER.decode(text.trim().as_bytes()).map_err(|_| KeyTrouble::Form)?;
        Ok(Seal::new(&bytes.try_into().map_err(|_| KeyTrouble::Form)?))
    }

    /// By what a chat is known: HMAC-SHA-256 of its door and address, cut to 128 bits.
    pub fn chat_key(&self, door: Door, address: &str) -> ChatKey {
        let mac = keyed_hash(self.hash_key.expose_secret(), &[door.name(), ":", address]);
        ChatKey::from_hash(HEXLOWER.encode(&mac[..HASH]))
    }

    /// By what something else is known that must not be kept as it is, such as an address: a keyed hash of 128 bits.
    pub fn hash(&self, kind: &str, value: &str) -> String {
        let mac = keyed_hash(self.hash_key.expose_secret(), &["other:", kind, ":", value]);
        HEXLOWER.encode(&mac[..HASH])
    }

    /// Locks a value; it opens only for the same chat.
    pub fn seal<T: Serialize>(&self, chat: &ChatKey, value: &T) -> String {
        self.seal_for(chat.as_str(), value)
    }

    /// Opens what was locked for this chat.
    ///
    /// # Errors
    /// Where it was sealed with another key or for another chat, or has been changed.
    pub fn open<T: DeserializeOwned>(&self, chat: &ChatKey, sealed: &str) -> Result<T, NotOurs> {
        self.open_for(chat.as_str(), sealed)
    }

    /// Locks a value; it opens only for the same owner, such as `account:…`.
    pub fn seal_for<T: Serialize>(&self, owner: &str, value: &T) -> String {
        let nonce = random::<NONCE>();
        // Our own types always become JSON, and the cipher refuses nothing shorter than gigabytes.
        let plain = serde_json::to_vec(value).unwrap_or_default();
        let payload = Payload { msg: &plain, aad: owner.as_bytes() };
        let locked = self.cipher.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        BASE64.encode(&[&nonce[..], &locked[..]].concat())
    }

    /// Opens what was locked for this owner.
    ///
    /// # Errors
    /// Where it was sealed with another key or for another owner, or has been changed.
    pub fn open_for<T: DeserializeOwned>(&self, owner: &str, sealed: &str) -> Result<T, NotOurs> {
        let bytes = BASE64.decode(sealed.as_bytes()).map_err(|_| NotOurs)?;
        let (nonce, locked) = bytes.split_at_checked(NONCE).ok_or(NotOurs)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| NotOurs)?;
        let payload = Payload { msg: locked, aad: owner.as_bytes() };
        let plain = self.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| NotOurs)?;
        serde_json::from_slice(&plain).map_err(|_| NotOurs)
    }
}

/// A new name that nobody can guess: 32 hexadecimal digits.
pub fn new_id() -> String {
    HEXLOWER.encode(&random::<HASH>())
}

/// A short code by which a person and a log line mean the same fault: six hexadecimal digits.
pub fn new_code() -> String {
    HEXLOWER.encode(&random::<3>())
}

/// Bytes that nobody can guess, for salts and secrets.
pub fn new_bytes<const N: usize>() -> [u8; N] {
    random()
}

/// A token that nobody can guess, 64 hexadecimal digits: its owner keeps it, we keep its [`token_hash`].
pub fn new_token() -> String {
    HEXLOWER.encode(&random::<KEY>())
}

/// By what a token is known: SHA-256, which needs no salt where the token is as long as the hash.
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

#[expect(clippy::disallowed_methods, reason = "this is the one place that asks for chance")]
#[expect(clippy::expect_used, reason = "a system without chance cannot seal anything: better to stop")]
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(seal: &Seal, address: &str) -> ChatKey {
        seal.chat_key(Door::Telegram, address)
    }

    #[test]
    fn a_chat_has_another_key_at_another_door_and_with_another_master_key() {
        let (seal, other) = (Seal::new(&[1; KEY]), Seal::new(&[2; KEY]));
        assert_eq!(chat(&seal, "42"), chat(&seal, "42"));
        assert_ne!(chat(&seal, "42"), chat(&seal, "43"));
        assert_ne!(chat(&seal, "42"), seal.chat_key(Door::Web, "42"));
        assert_ne!(chat(&seal, "42"), chat(&other, "42"));
    }

    #[test]
    fn what_was_sealed_opens_only_with_its_key_and_for_its_chat() {
        let (seal, other) = (Seal::new(&[1; KEY]), Seal::new(&[2; KEY]));
        let key = chat(&seal, "42");
        let sealed = seal.seal(&key, &"words");
        assert!(!sealed.contains("words"));
        assert_eq!(seal.open::<String>(&key, &sealed).unwrap(), "words");
        assert!(other.open::<String>(&key, &sealed).is_err());
        assert!(seal.open::<String>(&chat(&seal, "43"), &sealed).is_err());
        assert!(seal.open::<String>(&key, &sealed[4..]).is_err());
    }

    #[test]
    fn the_key_file_is_made_once_and_only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        let first = Seal::of_file(&path).unwrap();
        let second = Seal::of_file(&path).unwrap();
        assert_eq!(chat(&first, "1"), chat(&second, "1"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, "not a key").unwrap();
        assert!(matches!(Seal::of_file(&path), Err(KeyTrouble::Form)));
    }
}
