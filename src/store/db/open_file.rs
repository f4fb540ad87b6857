//! The file of a SQLite database that is open: whether it is still the one that bears its name.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file, as it was when the database was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFile {
    path: PathBuf,
    identity: Option<(u64, u64)>,
}

impl OpenFile {
    /// The file that bears this name now.
    ///
    /// # Errors
    /// Where there is none.
    pub fn of(path: &Path) -> io::Result<OpenFile> {
        Ok(OpenFile { path: path.to_owned(), identity: identity(&fs::metadata(path)?) })
    }

    /// Its name.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the name is still its own. Where it was moved away, deleted, or another was put in its place, SQLite goes on
    /// writing where nobody will look for it.
    pub fn is_in_its_place(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|now| identity(&now) == self.identity)
    }
}

/// Whether an open file bears this name still.
pub(in crate::store) fn bears(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => identity(&open) == identity(&named),
        (Err(_), _) | (_, Err(_)) => false,
    }
}

/// Which file it is, whatever it is called.
#[cfg(unix)]
fn identity(file: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_moved_or_replaced_is_not_in_its_place_and_one_that_came_back_is() {
        let folder = tempfile::tempdir().unwrap();
        let (path, away) = (folder.path().join("f"), folder.path().join("away"));
        fs::write(&path, "").unwrap();
        let file = OpenFile::of(&path).unwrap();
        assert!(file.is_in_its_place());
        fs::rename(&path, &away).unwrap();
        assert!(!file.is_in_its_place());
        fs::write(&path, "").unwrap();
        assert!(!file.is_in_its_place());
        fs::rename(&away, &path).unwrap();
        assert!(file.is_in_its_place());
    }
}
