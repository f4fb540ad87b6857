//! Features are identified by a hash of their text: no text is stored, and looking one up is quick.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::features::Kind;

/// The index of each feature in the vocabulary.
pub type Places = HashMap<u64, u32, BuildHasherDefault<Mixed>>;

const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// The lowest bits of a key are the feature's family.
const KIND_BITS: u64 = 7;

/// FNV-1a over a feature's family and text, with the family in the lowest three bits. With a million features, two of
/// them have the same other 61 bits once in five million vocabularies.
pub fn feature_key(kind: Kind, piece: &str) -> u64 {
    let start = (START ^ (kind as u64 + 1)).wrapping_mul(PRIME);
    let hash = piece.bytes().fold(start, |key, byte| (key ^ u64::from(byte)).wrapping_mul(PRIME));
    (hash & !KIND_BITS) | kind as u64
}

/// The family of the feature with this key.
pub fn kind_of(key: u64) -> Kind {
    Kind::ALL[(key & KIND_BITS) as usize % Kind::COUNT]
}

/// Hashes keys that are hashes already: it only mixes their high bits, which FNV mixes best, into the low ones.
#[derive(Default)]
pub struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(self.0.rotate_left(8) ^ u64::from(*byte)));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key ^ (key >> 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_its_family_and_tells_features_apart() {
        for kind in Kind::ALL {
            assert_eq!(kind_of(feature_key(kind, "cedula")), kind);
            assert_ne!(feature_key(kind, "cedula"), feature_key(kind, "cedule"));
        }
    }
}
