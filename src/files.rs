//! Files that hold something of people, or keys: only their owner may read them.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a file that is not there yet, for its owner only.
///
/// # Errors
/// Where it is there already, or cannot be made.
pub fn make(path: &Path) -> io::Result<File> {
    for_the_owner().create_new(true).open(path)
}

/// Opens a file to be written from its beginning; one that is made is for its owner only, one that is there stays as it is.
///
/// # Errors
/// Where it cannot be written.
pub fn overwrite(path: &Path) -> io::Result<File> {
    for_the_owner().create(true).truncate(true).open(path)
}

/// Opens a file whose content does not matter, such as one that is locked; made for its owner only where it is not there.
///
/// # Errors
/// Where it cannot be opened.
pub fn open(path: &Path) -> io::Result<File> {
    for_the_owner().create(true).truncate(false).open(path)
}

fn for_the_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Gives a file to whom another file or folder belongs, where this user may: what root makes is for the service's user. Where it
/// may not, the file stays its maker's.
pub fn give_to_owner_of(path: &Path, model: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let (Ok(now), Ok(model)) = (fs::metadata(path), fs::metadata(model)) else { return };
        if (now.uid(), now.gid()) != (model.uid(), model.gid()) {
            // Only root can give a file away.
            let _ = chown(path, Some(model.uid()), Some(model.gid()));
        }
    }
    #[cfg(not(unix))]
    let _ = (path, model);
}

/// The folder of a file; the one in which the program was started where none is named.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What the group and others may do with a file, besides its owner; nothing where only the owner may, or it is not there.
pub fn open_to(path: &Path) -> Option<OpenTo> {
    let found = fs::metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let mode = found.permissions().mode() & 0o777;
        (mode & 0o077 != 0).then(|| OpenTo { mode, roots: found.uid() == 0 })
    }
    #[cfg(not(unix))]
    {
        let _ = found;
        None
    }
}

/// How far a file is open to the group and to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenTo {
    /// Its mode.
    pub mode: u32,
    /// Whether it belongs to root.
    pub roots: bool,
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_made_is_for_its_owner_only_and_what_is_there_keeps_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for (name, made) in [("made", make as fn(&Path) -> io::Result<File>), ("over", overwrite), ("open", open)] {
            let path = folder.path().join(name);
            made(&path).unwrap();
            assert_eq!(mode(&path), 0o600, "{name}");
            assert_eq!(open_to(&path), None);
        }
        let path = folder.path().join("over");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        overwrite(&path).unwrap();
        assert_eq!(open_to(&path).map(|open| open.mode), Some(0o640));
        assert!(make(&path).is_err(), "it is there already");
    }
}
