//! The similarity of two short texts: the share of words and of groups of three letters that they have in common.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use crate::domain::text::lang::Lang;
use crate::understanding::language::words;

static FUNCTION_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| Lang::all().flat_map(|lang| &lang.about().function_words).map(String::as_str).collect());

/// Texts with at least this similarity ask the same.
const SAME: f32 = 0.55;

/// The parts of a text that are compared: its words without function words, and their groups of three letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Makeup(BTreeSet<String>);

impl Makeup {
    /// The parts of a text. Marks in square brackets, which replace personal data, do not count.
    pub fn of(text: &str) -> Makeup {
        let said = text.split_whitespace().filter(|word| !word.starts_with('['));
        let all = words(&said.collect::<Vec<_>>().join(" "), true);
        let telling: Vec<&String> = all.iter().filter(|word| !FUNCTION_WORDS.contains(word.as_str())).collect();
        let telling = if telling.is_empty() { all.iter().collect() } else { telling };
        Makeup(telling.into_iter().flat_map(|word| parts(word)).collect())
    }

    /// Similarity from 0 to 1 (Dice, "Measures of the amount of ecologic association between species", 1945).
    pub fn share(&self, other: &Makeup) -> f32 {
        let both = self.0.intersection(&other.0).count();
        let all = self.0.len() + other.0.len();
        if all == 0 { 0.0 } else { 2.0 * both as f32 / all as f32 }
    }

    /// Whether both texts ask the same.
    pub fn is_like(&self, other: &Makeup) -> bool {
        self.share(other) >= SAME
    }
}

/// A word, and its groups of three letters with its ends marked, so that endings and typing errors cost little.
fn parts(word: &str) -> Vec<String> {
    let letters: Vec<char> = format!("^{word}$").chars().collect();
    let threes = letters.windows(3).map(|three| three.iter().collect::<String>());
    threes.chain([word.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_in_other_words_is_alike_and_another_is_not() {
        let like = |a, b| Makeup::of(a).is_like(&Makeup::of(b));
        assert!(like("¿Dónde puedo sacar licencia de conducir?", "donde saco la licencia para conducir"));
        assert!(like("kote m ka fè lisans pou kondi", "Ki kote mwen ka fè yon lisans kondi?"));
        assert!(like("where do I get a driving licence", "where can I get driving license"));
        assert!(!like("donde saco la licencia para conducir", "donde saco la cedula de mi hijo"));
        assert!(!like("where do I get a driving licence", "where do I pay my taxes"));
        assert!(like("mi numero es [tel] y quiero jugar futbol", "quiero jugar futbol"));
    }

    #[test]
    fn a_text_is_like_itself_and_nothing_is_like_nothing() {
        assert!(Makeup::of("que").is_like(&Makeup::of("que")));
        assert!(!Makeup::of("").is_like(&Makeup::of("")));
    }
}
