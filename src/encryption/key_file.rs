//! The key file: the hash key, the key that encrypts, and a second key while the encryption key is being replaced.

use std::fmt::Write as _;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use thiserror::Error;

use super::random::new_bytes;
use crate::files::{self, OpenTo, folder};

/// Bytes of a key.
pub const KEY: usize = 32;

/// Why a key file cannot be used.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The file does not exist.
    #[error("there is no key file {}", .0.display())]
    Missing(PathBuf),
    /// The file cannot be read, created or replaced.
    #[error("the key file {} cannot be read or written: {error}{}", .path.display(), advice(.error))]
    File {
        /// The file.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
    /// The file has no valid keys.
    #[error(
        "the key file {} must hold 64 hexadecimal digits, or lines `hash …`, `seal …`, `next …`, `open …` of them",
        .0.display()
    )]
    Form(PathBuf),
    /// Others than its owner may read it.
    #[error(
        "the key file {} can be read by others than its owner (mode {:o}), who could open everything that is sealed: {}",
        .path.display(), .open.mode, mending(.path, *.open)
    )]
    Readable {
        /// The file.
        path: PathBuf,
        /// The permissions of group and others.
        open: OpenTo,
    },
    /// The file was replaced by one that has no key in common with it.
    #[error("the key file {} is another one now; the keys that were known stay in use", .0.display())]
    Another(PathBuf),
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => ". Run this as root, or as the user that the file and its folder belong to",
        io::ErrorKind::NotFound => ". Its folder has to be there",
        _ => "",
    }
}

/// Adds the file's path to an error of the system.
fn about(path: &Path) -> impl FnOnce(io::Error) -> KeyError {
    let path = path.to_owned();
    |error| match error.kind() {
        io::ErrorKind::NotFound if folder(&path).is_dir() => KeyError::Missing(path),
        _ => KeyError::File { path, error },
    }
}

/// The phase of replacing the encryption key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// One key encrypts and decrypts.
    Still,
    /// The next key only decrypts: every replica must have it before one encrypts with it.
    Next,
    /// The new key encrypts; the old one decrypts values that are not re-encrypted yet.
    Anew,
}

/// The keys of a file. A file with a single key has never had it replaced: it serves for hashes and encryption.
#[derive(Clone)]
pub(crate) struct KeyFile {
    /// Hashes the addresses of chats; it never changes.
    pub hash: [u8; KEY],
    /// Encrypts.
    pub seal: [u8; KEY],
    /// Will encrypt, and decrypts already.
    pub next: Option<[u8; KEY]>,
    /// The old key, which still decrypts.
    pub open: Option<[u8; KEY]>,
}

impl KeyFile {
    /// Reads the file's keys; without a file, creates one readable by its owner only.
    pub fn read_or_make(path: &Path) -> Result<KeyFile, KeyError> {
        match KeyFile::read(path) {
            Err(KeyError::Missing(_)) => {
                let text = HEXLOWER.encode(&new_bytes::<KEY>());
                let made = files::make(path).and_then(|mut file| {
                    file.write_all(text.as_bytes())?;
                    file.sync_all()
                });
                made.map_err(about(path))?;
                KeyFile::parse(&text).ok_or_else(|| KeyError::Form(path.to_owned()))
            }
            read => read,
        }
    }

    pub fn read(path: &Path) -> Result<KeyFile, KeyError> {
        let mut text = String::new();
        File::open(path).and_then(|mut file| file.read_to_string(&mut text)).map_err(about(path))?;
        KeyFile::parse(&text).ok_or_else(|| KeyError::Form(path.to_owned()))
    }

    fn parse(text: &str) -> Option<KeyFile> {
        let key = |digits: &str| <[u8; KEY]>::try_from(HEXLOWER.decode(digits.trim().as_bytes()).ok()?).ok();
        if !text.trim().contains(char::is_whitespace) {
            let one = key(text)?;
            return Some(KeyFile { hash: one, seal: one, next: None, open: None });
        }
        let (mut hash, mut seal, mut next, mut open) = (None, None, None, None);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, digits) = line.split_once(char::is_whitespace)?;
            let place = match name {
                "hash" => &mut hash,
                "seal" => &mut seal,
                "next" => &mut next,
                "open" => &mut open,
                _ => return None,
            };
            if place.replace(key(digits)?).is_some() {
                return None;
            }
        }
        Some(KeyFile { hash: hash?, seal: seal?, next, open })
    }

    pub fn phase(&self) -> Phase {
        match (self.next, self.open) {
            (Some(_), _) => Phase::Next,
            (None, Some(_)) => Phase::Anew,
            (None, None) => Phase::Still,
        }
    }

    /// Adds a new key that only decrypts for now.
    pub fn begun(mut self) -> KeyFile {
        self.next = Some(new_bytes());
        self
    }

    /// Makes the next key the one that encrypts; the one before still decrypts.
    pub fn switched(mut self) -> KeyFile {
        if let Some(next) = self.next.take() {
            self.open = Some(std::mem::replace(&mut self.seal, next));
        }
        self
    }

    /// Removes the old key, once no value is encrypted with it.
    pub fn finished(mut self) -> KeyFile {
        self.open = None;
        self
    }

    /// Replaces the file atomically. The new file keeps owner, group and mode of the old one, so that the service can
    /// still read it if another user, such as root, runs this.
    pub fn write(&self, path: &Path) -> Result<(), KeyError> {
        let mut text = String::from("# Keys of ventanilla: keep this file apart from the database and its backups.\n");
        let keys = [("hash", Some(self.hash)), ("seal", Some(self.seal)), ("next", self.next), ("open", self.open)];
        for (name, key) in keys.into_iter().filter_map(|(name, key)| Some((name, key?))) {
            // Writing into a `String` cannot fail.
            let _ = writeln!(text, "{name} {}", HEXLOWER.encode(&key));
        }
        let new = path.with_file_name(format!("{}.new", path.file_name().unwrap_or_default().to_string_lossy()));
        // A file left behind by an interrupted run.
        let _ = fs::remove_file(&new);
        let replaced = replace(path, &new, &text);
        if replaced.is_err() {
            let _ = fs::remove_file(&new);
        }
        replaced.map_err(about(path))
    }
}

fn replace(path: &Path, new: &Path, text: &str) -> io::Result<()> {
    let mut file = files::make(new)?;
    file.write_all(text.as_bytes())?;
    if let Ok(before) = fs::metadata(path) {
        keep_owner(&file, &before)?;
    }
    file.sync_all()?;
    fs::rename(new, path)?;
    File::open(folder(path))?.sync_all()
}

/// Gives the file the owner, group and mode that it had before.
fn keep_owner(file: &File, before: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let now = file.metadata()?;
        let changed = |was: u32, is: u32| (was != is).then_some(was);
        let (owner, group) = (changed(before.uid(), now.uid()), changed(before.gid(), now.gid()));
        if owner.or(group).is_some() {
            fchown(file, owner, group)?;
        }
    }
    file.set_permissions(before.permissions())
}

/// Refuses a file that others than its owner may read. Two exceptions for files of root: readable by the service's
/// group, as its other settings are; or readable by all below [`SECRETS`], because in a container only the service
/// runs.
pub fn ensure_private(path: &Path) -> Result<(), KeyError> {
    match files::open_to(path) {
        Some(open) if !is_handed_over(path, open) => Err(KeyError::Readable { path: path.to_owned(), open }),
        Some(_) | None => Ok(()),
    }
}

/// Where containers mount secrets.
const SECRETS: &str = "/run/secrets";

fn is_handed_over(path: &Path, open: OpenTo) -> bool {
    let only_read_by_the_group = open.mode & 0o037 == 0;
    open.roots && (only_read_by_the_group || (path.starts_with(SECRETS) && open.mode & 0o022 == 0))
}

/// The command that corrects the mode: a file of root stays readable for the service's group.
fn mending(path: &Path, open: OpenTo) -> String {
    format!("chmod {} {}", if open.roots { "640" } else { "600" }, path.display())
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

    #[cfg(unix)]
    #[test]
    fn whoever_replaces_the_key_the_file_keeps_its_owner_and_its_mode() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        let file = KeyFile::read_or_make(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
        // Only root can change the owner; any other user who runs this test owns both files.
        let _ = chown(&path, Some(12_345), Some(12_346));
        let before = fs::metadata(&path).unwrap();
        file.begun().write(&path).unwrap();
        let after = fs::metadata(&path).unwrap();
        let owner = |of: &Metadata| (of.uid(), of.gid(), of.mode());
        assert_eq!(owner(&after), owner(&before));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_command_that_mends_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        KeyFile::read_or_make(&path).unwrap();
        ensure_private(&path).unwrap();
        for mode in [0o644, 0o604, 0o660, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let refused = ensure_private(&path).unwrap_err().to_string();
            let command = refused.split(": ").last().unwrap();
            assert!(refused.contains(&format!("{mode:o}")) && command.starts_with("chmod 6"), "{refused}");
            let mut words = command.split(' ');
            let mut run = std::process::Command::new(words.next().unwrap());
            assert!(run.args(words).status().unwrap().success());
            ensure_private(&path).unwrap();
        }
    }

    #[test]
    fn root_may_hand_a_key_to_the_services_group_or_to_a_container_and_nobody_to_all() {
        let fine = |path: &str, mode, roots| is_handed_over(Path::new(path), OpenTo { mode, roots });
        assert!(fine("/etc/ventanilla.key", 0o640, true) && fine("/etc/ventanilla.key", 0o440, true));
        assert!(fine("/run/secrets/ventanilla.key", 0o444, true));
        assert!(!fine("/etc/ventanilla.key", 0o640, false), "any group of an ordinary user");
        assert!(!fine("/etc/ventanilla.key", 0o444, true), "all who are on the machine");
        assert!(!fine("/etc/ventanilla.key", 0o660, true) && !fine("/run/secrets/k", 0o666, true), "written by others");
        assert!(!fine("/run/secrets/k", 0o444, false));
    }

    #[test]
    fn what_is_wrong_with_a_file_names_it_and_says_what_fits_the_cause() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        let refused = |path: &Path| KeyFile::read(path).err().unwrap().to_string();
        assert_eq!(refused(&path), format!("there is no key file {}", path.display()));
        let nowhere = folder.path().join("no folder").join("k");
        let made = KeyFile::read_or_make(&nowhere).err().unwrap().to_string();
        assert!(made.contains(&nowhere.display().to_string()) && made.contains("folder has to be there"), "{made}");
        fs::write(&path, "words").unwrap();
        assert!(refused(&path).contains(&format!("{} must hold", path.display())));
        let denied = KeyError::File { path: path.clone(), error: io::ErrorKind::PermissionDenied.into() }.to_string();
        assert!(denied.contains(&path.display().to_string()) && denied.contains("as root"), "{denied}");
    }

    #[test]
    fn a_file_that_holds_something_else_is_refused() {
        let key = "ab".repeat(KEY);
        for text in
            ["", "not a key", &key[1..], &format!("hash {key}\n"), &format!("hash {key}\nseal {key}\nseal {key}")]
        {
            assert!(KeyFile::parse(text).is_none(), "{text}");
        }
        assert!(KeyFile::parse(&format!("# x\nhash {key}\n\nseal {key}\n")).is_some());
    }
}
