//! Hides words that only one person has written from staff: a name that no rule found may be among them.

use super::word_lists::Rules;
use crate::domain::text::redacted::Redacted;
use crate::understanding::language::words;

/// Replaces a word that is not shown.
pub const HIDDEN: &str = "[…]";

/// The words as shown while they have been asked only once; the stored words do not change.
///
/// A word is hidden if it is neither in the content (`known`, of folded words) nor in the built-in questions.
pub fn hide_strange(kept: &Redacted, known: impl Fn(&str) -> bool) -> String {
    let rules = Rules::of_the_program();
    let is_shown = |word: &String| {
        let own = rules.written.contains(word) || rules.function.contains(word) || rules.known.contains(word);
        !rules.given.contains(word) && (known(word) || own || rules.place.contains(word))
    };
    let shown = |piece: &str| piece.starts_with('[') || words(piece, false).iter().all(is_shown);
    let pieces = kept.as_str().split(' ').map(|piece| if shown(piece) { piece.to_owned() } else { hide(piece) });
    let mut all: Vec<String> = pieces.collect();
    // Several hidden words in a row become one mark.
    all.dedup_by(|next, before| next == HIDDEN && before == HIDDEN);
    all.join(" ")
}

/// The mark, with the punctuation after the word.
fn hide(piece: &str) -> String {
    let end = piece.trim_end_matches(|sign: char| !sign.is_alphanumeric()).len();
    format!("{HIDDEN}{}", piece.get(end..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::hide_strange;
    use crate::understanding::redaction::redact;

    #[test]
    fn a_word_of_no_vocabulary_is_hidden_and_marks_and_the_contents_own_words_stay() {
        let kept = redact("kote m ka jwenn Blorkwa, rele +56 9 1234 5678 pou zwizwi");
        assert_eq!(hide_strange(&kept, |_| false), "kote m ka jwenn […], rele [tel] pou […]");
        assert_eq!(hide_strange(&kept, |word| word == "blorkwa"), "kote m ka jwenn Blorkwa, rele [tel] pou […]");
        assert_eq!(redact(kept.as_str()), kept, "what is kept stays");
    }
}
