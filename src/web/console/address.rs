//! Addresses of the console.

/// Whether an address is the console's.
pub(in crate::web) fn holds(path: &str) -> bool {
    path == "/console" || path.starts_with("/console/")
}
