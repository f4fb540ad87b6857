//! Splits a text into folded words, without links, addresses, mentions, numbers and emoji.

use super::fold;

/// The folded words of a text, in order; `m'ap` is `m` and `ap`. With `numbers`, groups of digits are words too.
pub fn words(text: &str, numbers: bool) -> Vec<String> {
    text.split_whitespace().filter(|piece| !is_address(piece)).flat_map(|piece| split(&fold(piece), numbers)).collect()
}

/// Links, e-mail addresses, mentions and commands: they say nothing about the language or the subject.
fn is_address(piece: &str) -> bool {
    piece.starts_with(['@', '/'])
        || piece.contains("://")
        || piece.contains('@')
        || piece.to_lowercase().starts_with("www.")
}

fn split(piece: &str, numbers: bool) -> Vec<String> {
    let parts = piece.split(|c: char| !(c.is_alphabetic() || c.is_numeric()));
    parts.filter(|part| is_word(part, numbers)).map(str::to_owned).collect()
}

fn is_word(part: &str, numbers: bool) -> bool {
    !part.is_empty() && (numbers || !part.contains(char::is_numeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_and_punctuation_divide_words() {
        assert_eq!(words("M’ap chèche: papye!", false), ["m", "ap", "cheche", "papye"]);
    }

    #[test]
    fn links_mentions_and_emoji_are_no_words() {
        assert_eq!(words("https://a.cl/x @bot hola 🙏 yo@b.cl", false), ["hola"]);
    }

    #[test]
    fn numbers_are_words_only_where_asked_for() {
        assert_eq!(words("llamo al 131", false), ["llamo", "al"]);
        assert_eq!(words("llamo al 131", true), ["llamo", "al", "131"]);
    }
}
