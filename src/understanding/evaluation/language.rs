//! Evaluates the identification of languages, by the whole text and by its first words: `evaluate language`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::score::share;
use super::table::Sample;
use crate::domain::text::lang::Lang;

/// The name under which texts in unsupported languages are counted: for them "unsure" is right.
const UNSURE: &str = "unsure";

/// How often the language was identified correctly.
#[derive(Debug, Serialize)]
pub struct LanguageReport {
    /// Of all texts, from 0 to 1.
    pub accuracy: f64,
    /// By language, with `unsure` for the unsupported ones.
    pub languages: BTreeMap<String, Recall>,
    /// Accuracy for the first 1, 2 and 3 words of each text.
    pub first_words: BTreeMap<usize, f64>,
}

/// How often one language was identified correctly.
#[derive(Debug, PartialEq, Serialize)]
pub struct Recall {
    /// Number of its texts.
    pub n: usize,
    /// Part of its texts that was identified as this language.
    pub recall: f64,
    /// Part of the texts identified as this language that is in it.
    pub precision: f64,
}

/// Runs `identify` on every text and counts the results.
pub fn evaluate_language(samples: &[Sample], identify: impl Fn(&str) -> Option<Lang>) -> LanguageReport {
    let told = |words: usize| {
        samples.iter().map(|sample| (sample.lang, identify(&beginning(&sample.text, words)))).collect::<Vec<_>>()
    };
    let whole = told(usize::MAX);
    LanguageReport {
        accuracy: accuracy(&whole),
        languages: Lang::all()
            .map(Some)
            .chain([None])
            .map(|lang| (name(lang), recall(&whole, lang)))
            .filter(|(_, recall)| recall.n > 0)
            .collect(),
        first_words: (1..=3).map(|words| (words, accuracy(&told(words)))).collect(),
    }
}

fn beginning(text: &str, words: usize) -> String {
    text.split_whitespace().take(words).collect::<Vec<_>>().join(" ")
}

fn name(lang: Option<Lang>) -> String {
    lang.map_or(UNSURE, Lang::code).to_owned()
}

fn accuracy(told: &[(Option<Lang>, Option<Lang>)]) -> f64 {
    share(told.iter().filter(|(is, told)| is == told).count(), told.len())
}

fn recall(told: &[(Option<Lang>, Option<Lang>)], lang: Option<Lang>) -> Recall {
    let n = told.iter().filter(|(is, _)| *is == lang).count();
    let taken = told.iter().filter(|(_, told)| *told == lang).count();
    let right = told.iter().filter(|(is, told)| *is == lang && *told == lang).count();
    Recall { n, recall: share(right, n), precision: share(right, taken) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsure_is_right_for_a_language_that_we_do_not_speak() {
        let lang = Lang::first();
        let samples = [(Some(lang), "ours"), (None, "theirs"), (None, "ours too")]
            .map(|(lang, text)| Sample { lang, text: text.to_owned() });
        let report = evaluate_language(&samples, |text| text.starts_with("ours").then_some(lang));
        assert_eq!(report.languages[lang.code()], Recall { n: 1, recall: 1.0, precision: 0.5 });
        assert_eq!(report.languages[UNSURE], Recall { n: 2, recall: 0.5, precision: 1.0 });
    }
}
