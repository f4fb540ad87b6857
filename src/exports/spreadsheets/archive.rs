//! Checks the archive of a workbook before any other code reads it: unpacks it once, counts, and discards the result.
//!
//! A few kilobytes can unpack to gigabytes. The limits apply to the bytes that really come out, never to the sizes that
//! the archive declares.

use std::io::{Cursor, Read};
use std::sync::LazyLock;

use regex::bytes::Regex;
use zip::ZipArchive;

use super::flaw::Flaw;

/// Most unpacked bytes of all files together.
const MOST_UNPACKED: u64 = 48 * 1024 * 1024;
/// Most files in the archive.
const MOST_FILES: usize = 500;
/// Most shared strings of a workbook.
const MOST_SHARED: usize = 400_000;

/// Declared number of shared strings: the reader would allocate memory for all of them at once.
#[expect(clippy::expect_used, reason = "a constant pattern")]
static CLAIM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"uniqueCount\s*=\s*["']([^"']*)["']"#).expect("a pattern"));

/// The start of a shared string.
#[expect(clippy::expect_used, reason = "a constant pattern")]
static SHARED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<(\w+:)?si[\s/>]").expect("a pattern"));

/// Unpacks all files, checks the limits and keeps nothing.
pub(super) fn check(bytes: &[u8]) -> Result<(), Flaw> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Flaw::Broken)?;
    if archive.len() > MOST_FILES {
        return Err(Flaw::UnpackedTooLarge);
    }
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|_| Flaw::Broken)?;
        let mut unpacked = Vec::new();
        file.take(left + 1).read_to_end(&mut unpacked).map_err(|_| Flaw::Broken)?;
        left = left.checked_sub(unpacked.len() as u64).ok_or(Flaw::UnpackedTooLarge)?;
        honest(&unpacked)?;
    }
    Ok(())
}

fn honest(file: &[u8]) -> Result<(), Flaw> {
    let counted = |digits: &[u8]| std::str::from_utf8(digits).ok()?.trim().parse::<usize>().ok();
    for claim in CLAIM.captures_iter(file) {
        if claim.get(1).and_then(|claim| counted(claim.as_bytes())).is_none_or(|claim| claim > MOST_SHARED) {
            return Err(Flaw::UnpackedTooLarge);
        }
    }
    // XML in another encoding would hide its declared counts from the patterns; no program writes it.
    let wide = file.starts_with(b"\xFF\xFE")
        || file.starts_with(b"\xFE\xFF")
        || file.starts_with(b"<\0")
        || file.starts_with(b"\0<");
    if wide {
        return Err(Flaw::Broken);
    }
    if SHARED.find_iter(file).count() > MOST_SHARED { Err(Flaw::UnpackedTooLarge) } else { Ok(()) }
}
