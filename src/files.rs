//! Creates and opens files with personal data or keys, readable by their owner only.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Creates a new file with mode 0600.
///
/// # Errors
/// Where it exists already or cannot be created.
pub fn make(path: &Path) -> io::Result<File> {
    for_the_owner().create_new(true).open(path)
}

/// Opens a file for writing and truncates it. A new file gets mode 0600; an existing one keeps its mode.
///
/// # Errors
/// Where it cannot be written.
pub fn overwrite(path: &Path) -> io::Result<File> {
    for_the_owner().create(true).truncate(true).open(path)
}

/// Opens a file without truncating it, for example a lock file; creates it with mode 0600 if it does not exist.
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

/// Gives `path` the owner and group of `model`, so that files created by root belong to the service's user. Without the
/// permission to do so, the owner stays.
pub fn give_to_owner_of(path: &Path, model: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let (Ok(now), Ok(model)) = (fs::metadata(path), fs::metadata(model)) else { return };
        if (now.uid(), now.gid()) != (model.uid(), model.gid()) {
            // Only root can change the owner.
            let _ = chown(path, Some(model.uid()), Some(model.gid()));
        }
    }
    #[cfg(not(unix))]
    let _ = (path, model);
}

/// The folder of a file; the current folder for a bare file name.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The permissions of group and others on a file; `None` if they have none or the file does not exist.
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

/// The permissions of a file that group or others can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenTo {
    /// Its mode: the lower nine bits.
    pub mode: u32,
    /// Whether root owns it.
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
