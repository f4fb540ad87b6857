//! Paths in settings: relative paths in a settings file start at its folder, not at the working directory.

use std::path::{Path, PathBuf};

/// The setting that names the file.
pub(super) const FILE: &str = "config";
/// The setting that holds a path inside a URL.
const DATABASE: &str = "database_url";
/// The setting that is a path.
const KEY_FILE: &str = "key_file";

/// A value from a settings file.
pub(super) struct Beside {
    /// The relative path as written, if it is one.
    written: Option<PathBuf>,
    /// The resolved value.
    pub resolved: String,
}

/// Resolves a value of the settings file `file`: a relative path starts at the file's folder.
pub(super) fn beside(name: &str, value: &str, file: &Path) -> Beside {
    let folder = file.parent().unwrap_or(Path::new(""));
    match path(name, value) {
        Some(path) if path.is_relative() => {
            let joined = std::path::absolute(folder.join(&path)).unwrap_or_else(|_| folder.join(&path));
            Beside { resolved: with_path(name, value, &joined), written: Some(path) }
        }
        Some(_) | None => Beside { resolved: value.to_owned(), written: None },
    }
}

/// Reports a file that exists in the working directory (where earlier versions looked for a relative path) but not
/// beside the settings file: starting with a new file there would look like losing all data.
pub(super) fn left_behind(name: &str, value: &Beside, file: &Path) -> Option<String> {
    let written = value.written.as_ref()?;
    let (meant, here) = (path(name, &value.resolved)?, std::path::absolute(written).ok()?);
    (meant != here && !meant.exists() && here.exists()).then(|| {
        format!(
            "{name} (file {}): `{}` is relative to that file and would be {}, which is not there; {} is. Write the whole path",
            file.display(),
            written.display(),
            meant.display(),
            here.display()
        )
    })
}

/// The value with an absolute path, if it holds a path.
pub(super) fn whole(name: &str, value: &str) -> String {
    match path(name, value).and_then(|path| std::path::absolute(path).ok()) {
        Some(path) => with_path(name, value, &path),
        None => value.to_owned(),
    }
}

/// The path in a value, if there is one.
fn path(name: &str, value: &str) -> Option<PathBuf> {
    match name {
        _ if value.is_empty() => None,
        KEY_FILE | FILE => Some(value.into()),
        DATABASE => {
            let path = value.strip_prefix("sqlite:")?;
            let path = path.strip_prefix("//").unwrap_or(path).split('?').next().unwrap_or_default();
            let in_memory = path.is_empty() || path == ":memory:";
            (!in_memory).then(|| path.replace("%3F", "?").replace("%23", "#").replace("%25", "%").into())
        }
        _ => None,
    }
}

/// The value with its path replaced.
fn with_path(name: &str, value: &str, path: &Path) -> String {
    let path = path.display().to_string();
    if name != DATABASE {
        return path;
    }
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    match value.split_once('?') {
        Some((_, how)) => format!("sqlite:{path}?{how}"),
        None => format!("sqlite:{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_of_a_file_begins_at_the_files_folder() {
        let of = |name, value| beside(name, value, Path::new("/etc/v/v.toml")).resolved;
        assert_eq!(of("key_file", "k"), "/etc/v/k");
        assert_eq!(of("key_file", "/var/k"), "/var/k");
        assert_eq!(of("database_url", "sqlite:v.db"), "sqlite:/etc/v/v.db");
        assert_eq!(of("database_url", "sqlite://v.db?mode=rwc"), "sqlite:/etc/v/v.db?mode=rwc");
        assert_eq!(of("database_url", "sqlite:/var/v.db"), "sqlite:/var/v.db");
        assert_eq!(of("database_url", "sqlite::memory:"), "sqlite::memory:");
        assert_eq!(of("database_url", "postgres://h/d"), "postgres://h/d");
        assert_eq!(of("listen", "127.0.0.1:80"), "127.0.0.1:80");
        let odd = beside("database_url", "sqlite:v.db", Path::new("/etc/100%?/v.toml")).resolved;
        assert_eq!(odd, "sqlite:/etc/100%25%3F/v.db");
        assert_eq!(path("database_url", &odd).unwrap(), Path::new("/etc/100%?/v.db"));
    }
}
