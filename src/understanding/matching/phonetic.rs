//! Phonetic forms of words: spellings that sound alike become the same.

use std::sync::LazyLock;

/// Spellings that sound alike in at least one of the languages, longest first: `papier` and `papye`, `q` and `k`, `ll`
/// and `y`.
const SOUNDS: [(&str, &str); 38] = [
    ("tion", "syon"),
    ("sion", "syon"),
    ("cion", "syon"),
    ("eaux", "o"),
    ("eau", "o"),
    ("ier", "ye"),
    ("iere", "ye"),
    ("oin", "uen"),
    ("oi", "ua"),
    ("au", "o"),
    ("ou", "u"),
    ("ph", "f"),
    ("que", "ke"),
    ("qui", "ki"),
    ("qu", "k"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("ce", "se"),
    ("ci", "si"),
    ("ch", "x"),
    ("ck", "k"),
    ("sh", "x"),
    ("ll", "y"),
    ("th", "t"),
    ("dj", "j"),
    ("ai", "e"),
    ("ei", "e"),
    ("am", "an"),
    ("em", "en"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("v", "b"),
    ("h", ""),
    ("i", "y"),
    ("w", "u"),
    ("x", "ks"),
    ("'", ""),
];

/// The spellings by their first letter: few letters have more than two.
static BY_LETTER: LazyLock<[Vec<(&str, &str)>; 128]> = LazyLock::new(|| {
    let begins = |letter: usize| move |(spelling, _): &(&str, &str)| spelling.starts_with(letter as u8 as char);
    std::array::from_fn(|letter| SOUNDS.into_iter().filter(begins(letter)).collect())
});

/// The phonetic form of a word, without double letters.
pub fn sound(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let spellings = BY_LETTER.get(first as usize).map(Vec::as_slice).unwrap_or_default();
        let spelled = spellings.iter().find(|(spelling, _)| rest.starts_with(spelling));
        let (taken, said) =
            spelled.map_or((first.len_utf8(), &rest[..first.len_utf8()]), |(spelling, said)| (spelling.len(), *said));
        for c in said.chars() {
            if c.is_ascii_digit() || !out.ends_with(c) {
                out.push(c);
            }
        }
        rest = &rest[taken..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_sound_alike_are_one() {
        for (one, other) in [("papier", "papye"), ("hospital", "ospital"), ("kasa", "casa"), ("bezwen", "besoin")] {
            assert_eq!(sound(one), sound(other));
        }
    }

    #[test]
    fn numbers_keep_all_their_digits() {
        assert_eq!(sound("133"), "133");
    }
}
