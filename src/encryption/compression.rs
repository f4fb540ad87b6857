//! Compresses JSON before it is encrypted, because encrypted data cannot be compressed.

use lz4_flex::{compress_prepend_size, decompress_size_prepended};

/// The first byte of compressed data; JSON never begins with it.
const PACKED: u8 = 1;
/// Shorter JSON stays uncompressed: below this many bytes compression saves nothing.
const LITTLE: usize = 256;

/// Compresses the JSON if it is long enough.
pub(super) fn packed(json: Vec<u8>) -> Vec<u8> {
    if json.len() < LITTLE {
        return json;
    }
    let mut packed = vec![PACKED];
    packed.extend(compress_prepend_size(&json));
    packed
}

/// Gives back the JSON; `None` if the compressed data is damaged.
pub(super) fn unpacked(bytes: Vec<u8>) -> Option<Vec<u8>> {
    match bytes.split_first() {
        Some((&PACKED, packed)) => decompress_size_prepended(packed).ok(),
        Some(_) | None => Some(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked_and_long_words_become_short() {
        for long in [0, 1, LITTLE - 1, LITTLE, 4_000] {
            let json = serde_json::to_vec(&"an nou wè ".repeat(long / 10)).unwrap();
            let packed = packed(json.clone());
            assert!(json.len() < 2 * LITTLE || packed.len() < json.len() / 4);
            assert_eq!(unpacked(packed), Some(json));
        }
    }

    #[test]
    fn what_is_broken_is_not_unpacked() {
        let packed = packed(vec![b'7'; 1_000]);
        assert_eq!(unpacked(packed[..packed.len() - 1].to_vec()), None);
    }
}
