//! Limits of spreadsheets that are imported.

/// Largest file in bytes: 10,000 rows with their phrasings, and some room.
pub const LARGEST_FILE: usize = 24 * 1024 * 1024;
/// Most rows below the header.
pub const MOST_ROWS: usize = 10_000;
/// Most columns.
pub const MOST_COLUMNS: usize = 64;
/// Longest cell in characters: Excel's limit.
pub const LONGEST_CELL: usize = 32_767;
