//! The file of an open SQLite database: whether its path still leads to it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file as it was when the database was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFile {
    path: PathBuf,
    identity: Option<(u64, u64)>,
}

impl OpenFile {
    /// The file at this path now.
    ///
    /// # Errors
    /// If there is none.
    pub fn of(path: &Path) -> io::Result<OpenFile> {
        Ok(OpenFile { path: path.to_owned(), identity: identity(&fs::metadata(path)?) })
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the path still leads to this file. If the file was moved, deleted or replaced, SQLite goes on writing to
    /// a file that nobody finds.
    pub fn is_in_its_place(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|now| identity(&now) == self.identity)
    }
}

/// Whether a path still leads to this open file.
pub(in crate::store) fn bears(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => identity(&open) == identity(&named),
        (Err(_), _) | (_, Err(_)) => false,
    }
}

/// The identity of a file, whatever its path.
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
