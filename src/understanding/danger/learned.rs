//! The learned detector: finds danger that is told and not named, where no pattern matches.
//!
//! It is a classifier of its own (the one that finds entries, with each kind of danger at each level as a class), learned
//! from each language's `danger.tsv` and, as what is no danger, from near misses there and from ordinary phrasings of the
//! content. It gives the whole alarm only where it is sure: an alarm on an ordinary message teaches people to overlook
//! it. A quiet line costs less, so it comes from a lower probability on.

use serde::{Deserialize, Serialize};

use crate::domain::safety::danger::{Danger, DangerExample, Level, Sign};
use crate::domain::text::lang::Lang;
use crate::understanding::matching::{Class, Example, Glossary, Model};

/// From this probability of any danger at level alarm on, the whole alarm is given (docs/understanding.md).
const ALARM: f32 = 0.8;
/// From this probability of any danger at any level on, the quiet line is shown.
const CARE: f32 = 0.4;
/// Fewest words that tell of something. Shorter messages ("my child") name a subject; danger said so shortly has patterns.
const FEWEST_WORDS: usize = 3;
/// Fewest words of two messages together: "no sé", said twice, tells of nothing.
const FEWEST_WORDS_TOGETHER: usize = 6;
/// The file of a language's folder with the examples: kind or `-`, level, text.
const FILE: &str = "danger.tsv";
/// The name of messages that only look like danger.
const NONE: &str = "-";
/// Begins a line that says who wrote the following ones.
const HAND: char = '#';

/// The classifier of danger.
#[derive(Clone, Serialize, Deserialize)]
pub struct DangerModel(Model);

/// How likely a message speaks of danger.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likelihood {
    /// The likeliest kind, of both levels together.
    pub kind: Danger,
    /// Probability that it speaks of any danger, from 0 to 1.
    pub any: f32,
    /// Probability that it speaks of any danger at level alarm, from 0 to 1.
    pub alarm: f32,
}

impl DangerModel {
    /// Learns from the examples of all languages, from those that staff added, and from ordinary messages. The same
    /// examples give the same model.
    pub fn learn<'t>(
        glossary: Glossary,
        added: &'t [DangerExample],
        ordinary: impl Iterator<Item = (Lang, &'t str)>,
    ) -> DangerModel {
        let own = Lang::all().flat_map(|lang| examples(lang, lang.file(FILE).unwrap_or_default()));
        let added = added.iter().map(|example| Example {
            class: example.sign().map_or(Class::OutOfScope, |sign| Class::Entry(place(sign))),
            lang: example.lang,
            text: example.text.as_str(),
        });
        DangerModel::train(glossary, own.chain(added), ordinary)
    }

    fn train<'t>(
        glossary: Glossary,
        own: impl Iterator<Item = Example<'t>>,
        ordinary: impl Iterator<Item = (Lang, &'t str)>,
    ) -> DangerModel {
        let ordinary = ordinary.map(|(lang, text)| Example { class: Class::OutOfScope, lang, text });
        let spelled: Vec<(Class, Lang, String)> =
            own.chain(ordinary).map(|one| (one.class, one.lang, with_words_for_emoji(one.text))).collect();
        let examples: Vec<Example<'_>> =
            spelled.iter().map(|(class, lang, text)| Example { class: *class, lang: *lang, text }).collect();
        DangerModel(Model::train(Danger::ALL.len() * Level::ALL.len(), &examples, &[], glossary))
    }

    /// The danger that shows in a message, if that is clear enough.
    pub fn find(&self, text: &str) -> Option<Sign> {
        text.split_whitespace().nth(FEWEST_WORDS - 1)?;
        let Likelihood { kind, any, alarm } = self.weigh(text);
        let level = match (alarm >= ALARM, any >= CARE) {
            (true, _) => Level::Alarm,
            (false, true) => Level::Care,
            (false, false) => return None,
        };
        Some(Sign { kind, level })
    }

    /// The danger that shows in two messages of a talk together, if they say enough.
    pub fn find_together(&self, before: &str, text: &str) -> Option<Sign> {
        let words = before.split_whitespace().chain(text.split_whitespace()).count();
        if words < FEWEST_WORDS_TOGETHER || before == text {
            return None;
        }
        self.find(&format!("{before} … {text}"))
    }

    /// How likely a message speaks of danger.
    pub fn weigh(&self, text: &str) -> Likelihood {
        let shares = self.0.shares(&with_words_for_emoji(text));
        let of = |kind: Danger, level: Level| shares.get(place(Sign { kind, level })).copied().unwrap_or_default();
        let both = |kind: Danger| of(kind, Level::Care) + of(kind, Level::Alarm);
        let kinds = Danger::ALL.into_iter();
        let kind = kinds.clone().max_by(|a, b| both(*a).total_cmp(&both(*b))).unwrap_or(Danger::Medical);
        Likelihood { kind, any: shares.iter().sum(), alarm: kinds.map(|kind| of(kind, Level::Alarm)).sum() }
    }
}

/// The text with a word beside each emoji that speaks of danger: features are made of letters. The words are no words of
/// any language.
fn with_words_for_emoji(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        out.push(sign);
        let word = match sign {
            '🔪' | '🗡' => "xxblade",
            '💊' => "xxpills",
            '🔫' => "xxgun",
            '🩸' => "xxblood",
            '☠' | '💀' | '⚰' | '🪦' => "xxdeath",
            '🚑' | '🆘' | '🚨' => "xxrescue",
            '😭' | '😢' | '😿' => "xxtears",
            '😱' | '😨' | '😰' => "xxfright",
            '💔' | '🖤' | '🥀' => "xxbroken",
            '🔥' => "xxfire",
            '👊' | '🤛' | '🤜' => "xxfist",
            '🚔' | '🚓' | '👮' => "xxpolice",
            '😂' | '🤣' | '😅' | '😄' => "xxlaughing",
            _ => continue,
        };
        out.extend([" ", word, " "]);
    }
    out
}

/// The class of a kind at a level.
fn place(sign: Sign) -> usize {
    sign.kind as usize * Level::ALL.len() + sign.level as usize
}

fn examples(lang: Lang, text: &str) -> impl Iterator<Item = Example<'_>> {
    text.lines().filter(|line| !line.starts_with(HAND)).filter_map(move |line| {
        let (name, level, text) = row(line)?;
        let class = match name {
            NONE => Class::OutOfScope,
            name => Class::Entry(place(Sign { kind: Danger::parse(name)?, level: Level::parse(level)? })),
        };
        Some(Example { class, lang, text })
    })
}

/// Kind, level and text of a line.
fn row(line: &str) -> Option<(&str, &str, &str)> {
    let mut cells = line.splitn(3, '\t');
    Some((cells.next()?, cells.next()?, cells.next()?))
}

/// The examples of a kind and language that come with the program.
pub fn shipped_examples(lang: Lang, kind: Danger) -> Vec<(Level, &'static str)> {
    let lines = lang.file(FILE).unwrap_or_default().lines().filter(|line| !line.starts_with(HAND));
    let of_kind = lines.filter_map(row).filter(|(name, ..)| *name == kind.name());
    of_kind.filter_map(|(_, level, text)| Some((Level::parse(level)?, text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::safety::danger::DangerEdits;
    use crate::understanding::danger::patterns::DangerWords;

    fn questions(lang: Lang) -> String {
        let path = format!("{}/tests/questions/{lang}.tsv", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).expect(&path)
    }

    #[test]
    fn every_language_has_enough_examples_of_each_kind_at_each_level_and_of_near_misses() {
        for lang in Lang::all() {
            let own: Vec<_> = examples(lang, lang.file(FILE).unwrap()).collect();
            let lines = lang.file(FILE).unwrap().lines().filter(|line| !line.starts_with(HAND)).count();
            assert_eq!(own.len(), lines, "{lang}: every line is an example");
            for kind in Danger::ALL {
                let count = |level| {
                    let class = Class::Entry(place(Sign { kind, level }));
                    own.iter().filter(|example| example.class == class).count()
                };
                assert!(count(Level::Alarm) >= 250, "{lang} {kind:?}: {}", count(Level::Alarm));
                assert!(count(Level::Care) >= 120, "{lang} {kind:?}: {}", count(Level::Care));
            }
            let misses = own.iter().filter(|example| example.class == Class::OutOfScope).count();
            assert!(misses >= 1200, "{lang}: {misses} near misses");
        }
    }

    /// Learns from all hands but one and weighs what that one wrote, and the questions of `tests/questions`: hand left
    /// out, language, kind, level, then the likeliest kind, the probabilities, whether a pattern matches, and the text.
    /// Then the learning curve: the last hand's lines as weighed after one hand, two hands and so on.
    /// `cargo test --lib -- --ignored --nocapture each_hand_is_weighed > weights.tsv`
    #[test]
    #[ignore = "an experiment: prints the likelihood of each line, for choosing thresholds"]
    #[expect(clippy::print_stdout, reason = "its result is for reading")]
    fn each_hand_is_weighed_by_what_was_learned_from_the_others() {
        let of_hands = |lang: Lang| -> Vec<String> {
            let text = lang.file(FILE).unwrap();
            text.split(HAND).skip(1).map(|hand| hand.split_once('\n').unwrap().1.to_owned()).collect()
        };
        let files: Vec<(Lang, Vec<String>)> = Lang::all().map(|lang| (lang, of_hands(lang))).collect();
        let content = crate::pack::read(&crate::pack::embedded(&crate::pack::STARTER)).unwrap();
        let calm: Vec<(Lang, &str)> = crate::bot::knowledge::ordinary_phrasings(&content).collect();
        let hands = files.iter().map(|(_, hands)| hands.len()).min().unwrap();
        let patterns = DangerWords::of(&DangerEdits::default());
        let questions: Vec<(Lang, String)> = Lang::all().map(|lang| (lang, questions(lang))).collect();
        let all_but = |out: usize| (0..hands).filter(|hand| *hand != out).collect::<Vec<_>>();
        let leave_one_out = (0..hands).map(|out| ("out", out, all_but(out)));
        let curve = (1..hands).map(|first| ("curve", hands - 1, (0..first).collect()));
        for (name, left_out, learned_from) in leave_one_out.chain(curve) {
            let learned = files
                .iter()
                .flat_map(|(lang, hands)| learned_from.iter().flat_map(|hand| examples(*lang, &hands[*hand])));
            let kept = |n: usize| n % hands != left_out;
            let ordinary = calm.iter().enumerate().filter(|(n, _)| kept(*n)).map(|(_, one)| *one);
            let model = DangerModel::train(crate::bot::knowledge::danger_glossary(), learned, ordinary);
            let print = |lang: Lang, kind: &str, level: &str, text: &str| {
                let Likelihood { kind: found, any, alarm } = model.weigh(text);
                let (found, named) = (found.name(), patterns.find(text).is_some());
                println!(
                    "{name}\t{}\t{left_out}\t{lang}\t{kind}\t{level}\t{found}\t{any:.4}\t{alarm:.4}\t{named}\t{text}",
                    learned_from.len()
                );
            };
            for (lang, hands) in &files {
                for (kind, level, text) in hands[left_out].lines().filter_map(row) {
                    print(*lang, kind, level, text);
                }
            }
            for (lang, file) in &questions {
                for (entry, text) in file.lines().skip(1).filter_map(row).map(|(_, entry, text)| (entry, text)) {
                    print(*lang, "question", entry, text.split('\t').next().unwrap());
                }
            }
            for (n, (lang, text)) in calm.iter().enumerate().filter(|(n, _)| !kept(*n)) {
                print(*lang, "ordinary", &n.to_string(), text);
            }
        }
    }
}
