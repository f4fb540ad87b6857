//! Builds anew when a file that is part of the program changes: `include_dir` does not notice new files by itself.

fn main() {
    for folder in ["locales", "migrations", "starter"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
