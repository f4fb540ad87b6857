//! Words that nobody else has written are hidden where staff read them: what no rule took for a name may still be one.

use super::word_lists::Rules;
use crate::domain::text::redacted::Redacted;
use crate::understanding::language::words;

/// What stands in place of a word that is not shown.
pub const HIDDEN: &str = "[…]";

/// The words as they may be shown while they have been asked only once: each that stands neither in the content (`known`, of
/// folded words) nor in the program's own questions is hidden. What is kept stays as it is.
pub fn hide_strange(kept: &Redacted, known: impl Fn(&str) -> bool) -> String {
    let rules = Rules::of_the_program();
    let is_shown = |word: &String| {
        let own = rules.written.contains(word) || rules.function.contains(word) || rules.known.contains(word);
        !rules.given.contains(word) && (known(word) || own || rules.place.contains(word))
    };
    let shown = |piece: &str| piece.starts_with('[') || words(piece, false).iter().all(is_shown);
    let pieces = kept.as_str().split(' ').map(|piece| if shown(piece) { piece.to_owned() } else { hide(piece) });
    let mut all: Vec<String> = pieces.collect();
    // Several in a row say no more than one.
    all.dedup_by(|next, before| next == HIDDEN && before == HIDDEN);
    all.join(" ")
}

/// The sign, with what closes the sentence.
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
