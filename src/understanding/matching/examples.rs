//! The built-in examples from each language's folder: small talk, and follow-ups (they need earlier words).

use super::{Class, Example};
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::text::lang::Lang;

/// Examples of small talk and of follow-ups in every language, to train on beside the entries' phrasings.
pub fn own_examples() -> Vec<Example<'static>> {
    Lang::all().flat_map(|lang| small_talk(lang).chain(follow_ups(lang))).collect()
}

fn small_talk(lang: Lang) -> impl Iterator<Item = Example<'static>> {
    let lines = lang.file("smalltalk.tsv").unwrap_or_default().lines();
    lines.filter_map(move |line| {
        let (kind, text) = line.split_once('\t')?;
        Some(Example { class: Class::SmallTalk(SmallTalk::parse(kind)?), lang, text })
    })
}

fn follow_ups(lang: Lang) -> impl Iterator<Item = Example<'static>> {
    let lines = lang.file("followups.txt").unwrap_or_default().lines();
    lines.filter(|line| !line.is_empty()).map(move |text| Example { class: Class::FollowUp, lang, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_as_many_examples_of_each_kind_as_the_others_within_a_fifth() {
        let examples = own_examples();
        let kinds = SmallTalk::ALL.map(Class::SmallTalk).into_iter().chain([Class::FollowUp]);
        for class in kinds {
            let counts = Lang::all()
                .map(|lang| examples.iter().filter(|example| example.class == class && example.lang == lang).count());
            let (least, most) =
                counts.fold((usize::MAX, 0), |(least, most), count| (least.min(count), most.max(count)));
            assert!(least >= 35 && most * 5 <= least * 6, "{class:?}: {least} to {most}");
        }
    }
}
