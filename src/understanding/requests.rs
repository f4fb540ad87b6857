//! Hears requests about the talk itself ("I want a person", "say it again") and news ("they refused it").
//!
//! It is a classifier of its own beside the one of entries, learned from each language's `requests.tsv` and, as what is
//! neither, from ordinary phrasings of the content. One among the entries would take words from them: "to talk with
//! somebody" is a language course for the one and a wish for a person for the other.

use serde::{Deserialize, Serialize};

use crate::domain::people::request::Request;
use crate::domain::text::lang::Lang;
use crate::understanding::matching::{Class, Example, Glossary, Model};

/// From this probability on it is heard whatever else the message may be.
const SURE: f32 = 0.65;
/// From this probability on it is heard where no entry answers the message.
const LIKELY: f32 = 0.35;
/// Fewest words of news: "my child" names a subject.
const FEWEST_WORDS: usize = 3;
/// The file of a language's folder with the examples: kind, text.
const FILE: &str = "requests.tsv";

/// What a message is, if it is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// A request about the talk.
    Request(Request),
    /// Something was refused, lost or went wrong.
    BadNews,
    /// Something went well.
    GoodNews,
    /// Other news of the person.
    OtherNews,
}

impl Spoken {
    fn all() -> impl Iterator<Item = Spoken> {
        let news = [Spoken::BadNews, Spoken::GoodNews, Spoken::OtherNews];
        Request::all().map(Spoken::Request).chain(news)
    }

    fn name(self) -> String {
        match self {
            Spoken::Request(request) => request.name(),
            Spoken::BadNews => "bad-news".to_owned(),
            Spoken::GoodNews => "good-news".to_owned(),
            Spoken::OtherNews => "other-news".to_owned(),
        }
    }

    fn parse(name: &str) -> Option<usize> {
        Spoken::all().position(|spoken| spoken.name() == name)
    }
}

/// How clearly a message was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clarity {
    /// It counts only where no entry answers the message.
    Likely,
    /// It counts whatever else the message may be.
    Sure,
}

/// The classifier of requests and news.
#[derive(Clone, Serialize, Deserialize)]
pub struct RequestModel(Model);

impl RequestModel {
    /// Learns from the examples of all languages and from ordinary messages. The same examples give the same model.
    pub fn learn<'t>(glossary: Glossary, ordinary: impl Iterator<Item = (Lang, &'t str)>) -> RequestModel {
        let own = Lang::all().flat_map(|lang| examples(lang, lang.file(FILE).unwrap_or_default()));
        let ordinary = ordinary.map(|(lang, text)| Example { class: Class::OutOfScope, lang, text });
        let examples: Vec<Example<'_>> = own.chain(ordinary).collect();
        RequestModel(Model::train(Spoken::all().count(), &examples, &[], glossary))
    }

    /// Whether news is rather bad than good.
    pub fn is_rather_bad(&self, text: &str) -> bool {
        if !says_enough(text) {
            return false;
        }
        let shares = self.0.shares(text);
        let of = |wanted: Spoken| {
            Spoken::all().zip(&shares).filter(|(spoken, _)| *spoken == wanted).map(|(_, share)| share).sum::<f32>()
        };
        of(Spoken::BadNews) > of(Spoken::GoodNews) + of(Spoken::OtherNews)
    }

    /// What a message is, if that is clear enough.
    pub fn find(&self, text: &str) -> Option<(Spoken, Clarity)> {
        let shares = self.0.shares(text);
        let (spoken, share) = Spoken::all().zip(shares).max_by(|one, other| one.1.total_cmp(&other.1))?;
        let tells = match spoken {
            Spoken::Request(_) => true,
            Spoken::BadNews | Spoken::GoodNews | Spoken::OtherNews => says_enough(text),
        };
        if !tells {
            return None;
        }
        let clarity = match (share >= SURE, share >= LIKELY) {
            (true, _) => Clarity::Sure,
            (false, true) => Clarity::Likely,
            (false, false) => return None,
        };
        Some((spoken, clarity))
    }
}

/// The requests of all languages and their good news, as what is no danger.
pub fn requests<'t>() -> impl Iterator<Item = (Lang, &'t str)> {
    Lang::all().flat_map(|lang| {
        let lines = lang.file(FILE).unwrap_or_default().lines().filter_map(|line| line.split_once('\t'));
        lines.filter(|(name, _)| *name != Spoken::BadNews.name()).map(move |(_, text)| (lang, text))
    })
}

fn says_enough(text: &str) -> bool {
    text.split_whitespace().nth(FEWEST_WORDS - 1).is_some()
}

fn examples(lang: Lang, text: &str) -> impl Iterator<Item = Example<'_>> {
    text.lines().filter_map(move |line| {
        let (name, text) = line.split_once('\t')?;
        Some(Example { class: Class::Entry(Spoken::parse(name)?), lang, text })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_examples_of_every_request_and_of_news() {
        for lang in Lang::all() {
            let text = lang.file(FILE).unwrap();
            let found: Vec<_> = examples(lang, text).map(|example| example.class).collect();
            assert_eq!(found.len(), text.lines().count(), "{lang}: every line is an example");
            for (place, spoken) in Spoken::all().enumerate() {
                let count = found.iter().filter(|class| **class == Class::Entry(place)).count();
                assert!(count >= 20, "{lang} {}: {count}", spoken.name());
            }
        }
    }
}
