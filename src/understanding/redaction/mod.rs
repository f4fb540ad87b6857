//! Redaction: replaces personal data in people's words by short marks before the words are stored.
//!
//! How it works: the text is folded character by character (`folded_text`), so that the rules see no accents, capitals
//! or invisible characters and each range found can be cut out of the original. Each module then marks one kind of
//! data, with patterns built from the word lists of all languages (`word_lists`, read from
//! `locales/<lang>/redaction.toml`). The order of the modules matters: a range marked first keeps its mark, and
//! overlapping ranges are merged. Names have no list that is complete, so a word may also be one if none of the starter
//! pack's questions contains it.

mod accounts;
mod address_lines;
mod addresses;
mod contacts;
mod dates;
mod documents;
mod folded_text;
mod harmless;
mod homes;
mod mark;
mod names;
mod numbers;
mod plate_letters;
mod plates;
mod rare_words;
mod repeated_names;
mod secrets;
mod spoken_numbers;
mod word_lists;

pub use self::rare_words::{HIDDEN, hide_strange};

use self::folded_text::{Marked, Seen};
use self::word_lists::Rules;

use std::sync::LazyLock;

use crate::domain::text::redacted::Redacted;

/// Compiles the patterns, which takes a moment; otherwise the first redaction waits for it.
pub fn prepare() {
    LazyLock::force(&contacts::PATTERNS);
    LazyLock::force(&harmless::PATTERNS);
    LazyLock::force(&numbers::PATTERNS);
    LazyLock::force(&documents::PATTERNS);
    LazyLock::force(&plates::PATTERNS);
    LazyLock::force(&addresses::PATTERNS);
    LazyLock::force(&homes::PATTERNS);
    LazyLock::force(&names::PATTERNS);
    LazyLock::force(&dates::PATTERNS);
    LazyLock::force(&spoken_numbers::PATTERNS);
    LazyLock::force(&secrets::PATTERNS);
    LazyLock::force(&plate_letters::PATTERNS);
    LazyLock::force(&address_lines::PATTERNS);
    LazyLock::force(&repeated_names::PATTERNS);
    LazyLock::force(&accounts::PATTERNS);
}

/// Replaces by marks: phone numbers, e-mail addresses, numbers of documents and cases, licence plates, street
/// addresses, links, user names, passwords, long numbers of any kind (in digits or in words), dates of birth, and names
/// as far as rules can find them. Amounts, other dates, years, ages, hours, articles and laws stay.
///
/// Takes time in proportion to the length of the words. Idempotent.
pub fn redact(words: &str) -> Redacted {
    let (seen, rules) = (Seen::of(words), Rules::of_the_program());
    let mut marked = Marked::default();
    contacts::find(&seen, rules, &mut marked);
    dates::find(&seen, &mut marked);
    let harmless = harmless::find(&seen);
    numbers::find(&seen, &harmless, &mut marked);
    spoken_numbers::find(&seen, rules, &mut marked);
    documents::find(&seen, rules, &harmless, &mut marked);
    plates::find(&seen, rules, &harmless, &mut marked);
    plate_letters::find(&seen, rules, &harmless, &mut marked);
    secrets::find(&seen, rules, &harmless, &mut marked);
    accounts::find(&seen, rules, &mut marked);
    addresses::find(&seen, rules, &mut marked);
    address_lines::find(&seen, rules, &mut marked);
    names::find(&seen, rules, &mut marked);
    repeated_names::find(&seen, rules, &mut marked);
    Redacted::of_redacted(seen.without(marked))
}

/// Like [`redact`], and cut to at most this many characters afterwards, so that no half of a name or number remains.
pub fn redact_to(words: &str, longest: usize) -> Redacted {
    let kept = redact(words);
    match kept.as_str().char_indices().nth(longest) {
        Some((end, _)) => Redacted::of_redacted(kept.as_str().get(..end).unwrap_or_default().to_owned()),
        None => kept,
    }
}

#[cfg(test)]
mod tests {
    use super::{redact, redact_to};

    #[test]
    fn what_is_cut_off_is_cut_off_after_what_is_personal_is_out() {
        assert_eq!(redact_to("rele m nan +56 9 1234 5678", 13).as_str(), "rele m nan [t");
    }

    #[test]
    fn redacting_again_changes_nothing() {
        let once = redact(
            "Me llamo Juan Pérez, +56 9 1234 5678, juan@correo.cl, RUN 12.345.678-k, https://x.cl/y, calle Lota 12",
        );
        assert_eq!(redact(once.as_str()), once);
    }

    #[test]
    fn the_words_do_not_show_in_a_log() {
        assert!(!format!("{:?}", redact("kote m ka jwenn yon doktè")).contains("dokt"));
    }
}
