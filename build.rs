//! Rebuilds when a file of `locales/`, `migrations/` or `starter/` changes: they are part of the program.

fn main() {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=starter");
}
