//! Identifies the language of a text by the evidence of its words; function words have more weight.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::fold;
use super::votes::Votes;
use crate::domain::text::lang::{LOCALES, Lang};

/// Weight of a function word relative to other words.
const FUNCTION_WORD: f32 = 1.5;
/// Weight of a capitalized word inside a sentence, which is likely a name.
const NAME: f32 = 0.15;
/// Bonus for the chat's language, in nats: enough to decide a close call, too little against two clear words.
const PRIOR: f32 = 1.2;
/// Below this probability the language is unsure.
const SURE: f32 = 0.65;

/// The identified language of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The language, or nothing if it is unsure.
    pub lang: Option<Lang>,
    /// Probabilities of the supported languages, best first, from 0 to 1; the rest up to 1 is for unsupported ones.
    pub scores: Vec<(Lang, f32)>,
}

/// Distinguishes the supported languages from each other, and from the languages that are easily taken for them.
#[derive(Clone, Serialize, Deserialize)]
pub struct Identifier {
    votes: Votes,
    function_words: HashMap<String, Vec<usize>>,
    classes: usize,
}

impl Identifier {
    /// Learns from texts, from the languages' function words, and from `locales/<lang>/confusables/`.
    pub fn learn<'a>(texts: impl IntoIterator<Item = (Lang, &'a str)>) -> Identifier {
        let confusables = confusables();
        let classes = Lang::all().len() + confusables.len();
        let ours = texts.into_iter().map(|(lang, text)| (lang.index(), text));
        let others =
            confusables.iter().zip(Lang::all().len()..).flat_map(|(text, n)| text.lines().map(move |line| (n, line)));
        let mut votes = Votes::new(classes);
        count_words(&mut votes, ours.chain(others));
        votes.learn();
        Identifier { votes, function_words: function_words(), classes }
    }

    /// Identifies the text's language; `prior` is the chat's language and decides close calls only.
    pub fn identify(&self, text: &str, prior: Option<Lang>) -> Guess {
        let words: Vec<Word> = weighted_words(text).collect();
        let mut sums = vec![0.0; self.classes];
        for word in &words {
            self.add_word(word, &mut sums);
        }
        if let Some(prior) = prior {
            sums[prior.index()] += PRIOR;
        }
        // Without any known word letters prove nothing: gibberish is in no language.
        self.guess(&sums, words.iter().any(|word| self.votes.knows(&word.plain)))
    }

    fn add_word(&self, word: &Word, sums: &mut [f32]) {
        let function_of = self.function_words.get(&word.plain);
        let weight = if function_of.is_some() { FUNCTION_WORD } else { word.weight };
        let evidence = self.votes.of(&word.written, &word.plain);
        sums.iter_mut().zip(evidence).for_each(|(sum, cell)| *sum += weight * cell);
        for class in function_of.into_iter().flatten() {
            sums[*class] += 1.0;
        }
    }

    fn guess(&self, sums: &[f32], any_known: bool) -> Guess {
        let probabilities = softmax(sums);
        let mut scores: Vec<(Lang, f32)> = Lang::all().map(|lang| (lang, probabilities[lang.index()])).collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        let lang = scores.first().filter(|(_, score)| any_known && *score >= SURE).map(|(lang, _)| *lang);
        Guess { lang, scores }
    }
}

/// Counts the words of each language's texts, without names. Texts repeat the same few thousand words, so each is split
/// into letter groups once, which takes a fifth of the time.
fn count_words<'a>(votes: &mut Votes, texts: impl Iterator<Item = (usize, &'a str)>) {
    let mut times: FxHashMap<(usize, &str), f32> = FxHashMap::default();
    for (class, text) in texts {
        for (piece, _) in weighted_pieces(text).filter(|(_, weight)| *weight == 1.0) {
            *times.entry((class, piece)).or_default() += 1.0;
        }
    }
    for ((class, piece), times) in times {
        words(piece, 1.0).iter().for_each(|word| votes.count(class, &word.written, &word.plain, times));
    }
}

/// Texts in the languages that are easily taken for ours.
fn confusables() -> Vec<&'static str> {
    let folders = Lang::all().filter_map(|lang| LOCALES.get_dir(format!("{lang}/confusables")));
    let mut files: Vec<_> = folders.flat_map(|folder| folder.files()).collect();
    files.sort_by_key(|file| file.path());
    files.iter().filter_map(|file| file.contents_utf8()).collect()
}

fn function_words() -> HashMap<String, Vec<usize>> {
    let mut found: HashMap<String, Vec<usize>> = HashMap::new();
    for lang in Lang::all() {
        for word in &lang.about().function_words {
            let classes = found.entry(fold(word)).or_default();
            if !classes.contains(&lang.index()) {
                classes.push(lang.index());
            }
        }
    }
    found
}

struct Word {
    written: String,
    plain: String,
    weight: f32,
}

/// The words with their weights.
fn weighted_words(text: &str) -> impl Iterator<Item = Word> {
    weighted_pieces(text).flat_map(|(piece, weight)| words(piece, weight))
}

/// The tokens between spaces; a likely name (a capital inside a sentence of small letters) has little weight.
fn weighted_pieces(text: &str) -> impl Iterator<Item = (&str, f32)> {
    let shouted =
        text.chars().filter(|c| c.is_uppercase()).count() * 3 > text.chars().filter(|c| c.is_alphabetic()).count();
    let mut begins = true;
    text.split_whitespace().map(move |piece| {
        let name = !begins && !shouted && piece.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        begins = piece.ends_with(['.', '!', '?', ':', '…']);
        (piece, if name { NAME } else { 1.0 })
    })
}

fn words(piece: &str, weight: f32) -> Vec<Word> {
    let plain = super::words(piece, false).into_iter();
    let mut found: Vec<Word> = plain.map(|plain| Word { written: plain.clone(), plain, weight }).collect();
    restore_accents(&mut found, piece);
    found
}

/// Accents are evidence: if the token is a single word, `written` keeps them.
fn restore_accents(found: &mut [Word], piece: &str) {
    let lower = piece.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    if let Some(word) = found.last_mut().filter(|word| fold(&lower) == word.plain) {
        word.written = lower;
    }
}

fn softmax(sums: &[f32]) -> Vec<f32> {
    let best = sums.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = sums.iter().map(|sum| (sum - best).exp()).collect();
    let total: f32 = powers.iter().sum();
    powers.iter().map(|power| power / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Trains on the languages' function words and follow-ups.
    fn identifier() -> Identifier {
        let texts: Vec<(Lang, &str)> = Lang::all()
            .flat_map(|lang| lang.file("followups.txt").unwrap_or_default().lines().map(move |line| (lang, line)))
            .collect();
        Identifier::learn(texts)
    }

    #[test]
    fn every_language_is_told_by_its_own_words() {
        let identifier = identifier();
        for lang in Lang::all() {
            let words = lang.about().function_words[..12].join(" ");
            assert_eq!(identifier.identify(&words, None).lang, Some(lang), "{words}");
        }
    }

    #[test]
    fn the_confusable_languages_are_unsure() {
        let identifier = identifier();
        let lines: Vec<&str> =
            confusables().iter().flat_map(|text| text.lines().filter(|line| line.split(' ').count() > 8)).collect();
        let unsure = lines.iter().filter(|line| identifier.identify(line, None).lang.is_none()).count();
        assert!(unsure * 100 >= lines.len() * 95, "{unsure} of {}", lines.len());
    }

    #[test]
    fn numbers_links_and_emoji_do_not_decide() {
        for text in ["", "131", "🙏🙏", "https://example.cl/que-es-esto", "@nombre"] {
            assert_eq!(identifier().identify(text, Some(Lang::first())).lang, None, "{text}");
        }
    }

    #[test]
    fn gibberish_is_in_no_language() {
        for text in ["asdkj qwoeiu zzmn", "wpeoi zmxn laksd", "ghghgh tttrrr"] {
            assert_eq!(identifier().identify(text, Some(Lang::first())).lang, None, "{text}");
        }
    }

    #[test]
    fn scores_are_probabilities_with_the_best_first() {
        let guess = identifier().identify(&Lang::first().about().function_words.join(" "), None);
        assert!(guess.scores.windows(2).all(|pair| pair[0].1 >= pair[1].1) && guess.scores[0].1 <= 1.0);
    }
}
