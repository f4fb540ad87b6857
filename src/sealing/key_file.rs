//! The key file: what hashes, what seals, and what still opens while the sealing key is being replaced.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use data_encoding::HEXLOWER;
use thiserror::Error;

use super::new_bytes;

/// Bytes of a key.
pub const KEY: usize = 32;

/// A key that cannot be used.
#[derive(Debug, Error)]
pub enum KeyTrouble {
    /// The file cannot be read or made.
    #[error("the key file cannot be read or made: {0}")]
    File(#[from] io::Error),
    /// The file holds something else.
    #[error("the key file must hold 64 hexadecimal digits, or lines `hash …`, `seal …`, `next …`, `open …` of them")]
    Form,
}

/// How far the replacement of the sealing key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// One key seals and opens.
    Still,
    /// The next key opens already: every replica has to know it before one seals with it.
    Next,
    /// The new key seals; the old one opens what has not been sealed anew yet.
    Anew,
}

/// The keys of a file. A file with one key only is of a time before that was replaced: it hashes and seals.
#[derive(Clone)]
pub(crate) struct KeyFile {
    /// What chats are hashed with; it never changes.
    pub hash: [u8; KEY],
    /// What seals.
    pub seal: [u8; KEY],
    /// What will seal, and opens already.
    pub next: Option<[u8; KEY]>,
    /// What was sealed with before.
    pub open: Option<[u8; KEY]>,
}

impl KeyFile {
    /// The file's keys; a new file, readable by its owner only, where there is none.
    pub fn read_or_make(path: &Path) -> Result<KeyFile, KeyTrouble> {
        match KeyFile::read(path) {
            Err(KeyTrouble::File(error)) if error.kind() == io::ErrorKind::NotFound => {
                let text = HEXLOWER.encode(&new_bytes::<KEY>());
                private_file(path)?.write_all(text.as_bytes())?;
                KeyFile::parse(&text)
            }
            read => read,
        }
    }

    pub fn read(path: &Path) -> Result<KeyFile, KeyTrouble> {
        let mut text = String::new();
        File::open(path)?.read_to_string(&mut text)?;
        KeyFile::parse(&text)
    }

    fn parse(text: &str) -> Result<KeyFile, KeyTrouble> {
        let key = |digits: &str| {
            let bytes = HEXLOWER.decode(digits.trim().as_bytes()).map_err(|_| KeyTrouble::Form)?;
            <[u8; KEY]>::try_from(bytes).map_err(|_| KeyTrouble::Form)
        };
        if !text.trim().contains(char::is_whitespace) {
            let one = key(text)?;
            return Ok(KeyFile { hash: one, seal: one, next: None, open: None });
        }
        let (mut hash, mut seal, mut next, mut open) = (None, None, None, None);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, digits) = line.split_once(char::is_whitespace).ok_or(KeyTrouble::Form)?;
            let place = match name {
                "hash" => &mut hash,
                "seal" => &mut seal,
                "next" => &mut next,
                "open" => &mut open,
                _ => return Err(KeyTrouble::Form),
            };
            if place.replace(key(digits)?).is_some() {
                return Err(KeyTrouble::Form);
            }
        }
        Ok(KeyFile { hash: hash.ok_or(KeyTrouble::Form)?, seal: seal.ok_or(KeyTrouble::Form)?, next, open })
    }

    pub fn phase(&self) -> Phase {
        match (self.next, self.open) {
            (Some(_), _) => Phase::Next,
            (None, Some(_)) => Phase::Anew,
            (None, None) => Phase::Still,
        }
    }

    /// With a new key that only opens as yet.
    pub fn begun(mut self) -> KeyFile {
        self.next = Some(new_bytes());
        self
    }

    /// The next key seals from now on, the one before opens.
    pub fn switched(mut self) -> KeyFile {
        if let Some(next) = self.next.take() {
            self.open = Some(std::mem::replace(&mut self.seal, next));
        }
        self
    }

    /// Nothing is sealed with the key before any more.
    pub fn finished(mut self) -> KeyFile {
        self.open = None;
        self
    }

    /// Puts it in the place of the file, all of it or nothing.
    pub fn write(&self, path: &Path) -> Result<(), KeyTrouble> {
        let mut text = String::from("# Keys of ventanilla: keep this file apart from the database and its backups.\n");
        let keys = [("hash", Some(self.hash)), ("seal", Some(self.seal)), ("next", self.next), ("open", self.open)];
        for (name, key) in keys.into_iter().filter_map(|(name, key)| Some((name, key?))) {
            // Writing into a text cannot fail.
            let _ = writeln!(text, "{name} {}", HEXLOWER.encode(&key));
        }
        let new = path.with_extension("new");
        // One that a run before has left behind.
        let _ = fs::remove_file(&new);
        let mut file = private_file(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        Ok(())
    }
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

    #[test]
    fn a_key_is_replaced_step_by_step_and_what_hashes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        let first = KeyFile::read_or_make(&path).unwrap();
        assert_eq!(first.phase(), Phase::Still);
        first.clone().begun().write(&path).unwrap();
        let begun = KeyFile::read(&path).unwrap();
        assert_eq!((begun.phase(), begun.seal), (Phase::Next, first.seal));
        begun.clone().switched().write(&path).unwrap();
        let switched = KeyFile::read(&path).unwrap();
        assert_eq!((switched.phase(), Some(switched.seal), switched.open), (Phase::Anew, begun.next, Some(first.seal)));
        switched.finished().write(&path).unwrap();
        let last = KeyFile::read(&path).unwrap();
        assert_eq!((last.phase(), last.hash), (Phase::Still, first.hash));
        assert_ne!(last.seal, first.seal);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_that_holds_something_else_is_refused() {
        let key = "ab".repeat(KEY);
        for text in
            ["", "not a key", &key[1..], &format!("hash {key}\n"), &format!("hash {key}\nseal {key}\nseal {key}")]
        {
            assert!(matches!(KeyFile::parse(text), Err(KeyTrouble::Form)), "{text}");
        }
        assert!(KeyFile::parse(&format!("# x\nhash {key}\n\nseal {key}\n")).is_ok());
    }
}
