//! Tells the console's addresses from other addresses.

/// Whether an address belongs to the console.
pub(in crate::web) fn holds(path: &str) -> bool {
    path == "/console" || path.starts_with("/console/")
}
