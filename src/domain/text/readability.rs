//! Readability: sentences, and how easy a text is by the length of its words and sentences.

/// The sentences of a text; a line ends one too.
pub fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut sentence = String::new();
        let mut before = ' ';
        for c in line.chars() {
            // A point within a number or an address ends no sentence.
            if matches!(before, '.' | '!' | '?' | ':' | ';') && c.is_whitespace() {
                sentences.push(std::mem::take(&mut sentence));
            }
            sentence.push(c);
            before = c;
        }
        sentences.push(sentence);
    }
    let trimmed = sentences.into_iter().map(|sentence| sentence.trim().to_owned());
    trimmed.filter(|sentence| sentence.chars().any(char::is_alphanumeric)).collect()
}

/// The vowels of a language with regular spelling, from which syllables are counted.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vowels {
    /// Vowels that are a syllable each, also side by side.
    pub strong: String,
    /// Vowels that join a neighbour.
    pub weak: String,
}

/// Ease of reading on the INFLESZ scale (Barrio-Cantalejo 2008, after Szigriszt-Pazos 1993): 206.835 − 62.3 · syllables
/// per word − words per sentence. From 65 on a text is quite easy, below 40 very hard.
pub fn inflesz(text: &str, vowels: &Vowels) -> f32 {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let count = words.len().max(1) as f32;
    let syllables: usize = words.iter().map(|word| syllables(word, vowels)).sum();
    let sentences = sentences(text).len().max(1) as f32;
    206.835 - 62.3 * syllables as f32 / count - count / sentences
}

fn syllables(word: &str, vowels: &Vowels) -> usize {
    let (mut count, mut in_group, mut strong_before) = (0, false, false);
    for c in word.to_lowercase().chars() {
        let strong = vowels.strong.contains(c);
        let is_vowel = strong || vowels.weak.contains(c);
        if is_vowel && (!in_group || (strong && strong_before)) {
            count += 1;
        }
        strong_before = is_vowel && (strong || (in_group && strong_before));
        in_group = is_vowel;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spanish() -> Vowels {
        Vowels { strong: "aeoáéóíú".to_owned(), weak: "iuü".to_owned() }
    }

    #[test]
    fn sentences_end_at_marks_and_lines_and_not_within_numbers() {
        let text = "Llame al 131. Es gratis: siempre.\nCuesta 34.000 pesos";
        assert_eq!(sentences(text), ["Llame al 131.", "Es gratis:", "siempre.", "Cuesta 34.000 pesos"]);
    }

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, count) in [("casa", 2), ("ciudad", 2), ("teatro", 3), ("día", 2), ("viuda", 2), ("131", 1)] {
            assert_eq!(syllables(word, &spanish()), count, "{word}");
        }
    }

    #[test]
    fn short_words_and_sentences_are_easier() {
        let easy = inflesz("Llame al 131. Es gratis.", &spanish());
        let hard =
            inflesz("La solicitud administrativa correspondiente requiere documentación complementaria.", &spanish());
        assert!(easy > 80.0 && hard < 20.0, "{easy} {hard}");
    }
}
