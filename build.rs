//! Rebuilds when a file that is part of the program changes, and names what learns, so that what was learned by another program
//! is not taken for its own.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Everything by which the same content could be learned in another way.
const LEARNER: [&str; 7] =
    ["src/domain", "src/matching", "src/language", "src/knowledge", "locales", "starter/glossary.toml", "Cargo.lock"];

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=starter");
    let mut learner = DefaultHasher::new();
    for path in LEARNER {
        println!("cargo::rerun-if-changed={path}");
        feed(Path::new(path), &mut learner);
    }
    println!("cargo::rustc-env=LEARNER_OF_VENTANILLA={:016x}", learner.finish());
}

/// A folder's files in the order of their names.
fn feed(path: &Path, learner: &mut DefaultHasher) {
    let Ok(folder) = fs::read_dir(path) else {
        return fs::read(path).unwrap_or_default().hash(learner);
    };
    let mut inside: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    inside.iter().for_each(|path| feed(path, learner));
}
