//! The learned part of a snapshot: the language identifier and the classifier of entries, newly trained or loaded.
//!
//! Training takes a second or two, so the result is stored as bytes, with a digest and with the fingerprint of all
//! training data: content, the languages' files, the glossary, and the version of the training code. Stored bytes are
//! used only if both match; otherwise training runs again. Until the next revision has been trained, the model of this
//! one serves it.

use std::collections::HashMap;
use std::panic::resume_unwind;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::content::Content;
use crate::domain::content::entry::Entry;
use crate::domain::content::phrasing::Phrasing;
use crate::domain::people::small_talk::SmallTalk;
use crate::domain::safety::danger::DangerEdits;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::{LOCALES, Lang};
use crate::starter::{DANGER_GLOSSARY, GLOSSARY};
use crate::understanding::aspects::AspectModel;
use crate::understanding::danger::learned::DangerModel;
use crate::understanding::danger::patterns::DangerWords;
use crate::understanding::language::Identifier;
use crate::understanding::matching::{Class, EntryText, Example, Glossary, Model, own_examples};
use crate::understanding::requests::{self, RequestModel};

/// Version of the training code. Raise it if the same content gives another model (the golden test below fails then) or
/// if [`Learned`] is serialized in another form: bytes stored by an older version are then trained again.
const LEARNER: &str = "5";
/// One of so many phrasings is an example of an ordinary message for the detector of danger.
const ORDINARY_EACH: usize = 2;
/// One of so many of those is an example of an ordinary message for the classifier of requests: there are few requests.
const NO_REQUEST_EACH: usize = 3;
/// Entries outside of the discreet topics whose phrasings tell of danger: they are no examples of ordinary messages.
const ABOUT_DANGER: [&str; 4] =
    ["health/emergency", "health/mental-health", "regularization/expulsion-order", "work/accident"];
/// Files of a language's folder that are training data.
const LEARNED_FROM: [&str; 7] =
    ["language.toml", "smalltalk.tsv", "followups.txt", "aspects.tsv", "danger.tsv", "danger.toml", "requests.tsv"];
/// Length of the digest after the stored bytes, in bytes.
const DIGEST: usize = 32;

/// The result of training on one revision; it also serves the next revision until that has been trained.
#[derive(Serialize, Deserialize)]
pub(super) struct Learned {
    pub identifier: Identifier,
    pub model: Model,
    pub aspects: AspectModel,
    pub danger: DangerModel,
    pub requests: RequestModel,
    /// The entry of each class of the model.
    pub classes: Vec<EntryKey>,
    pub class_of: HashMap<EntryKey, usize>,
    /// Fingerprint of all training data.
    pub fingerprint: String,
}

impl Learned {
    /// Trains while `beside` runs on another thread: the model does not keep both processors busy all the time.
    pub fn anew<T: Send>(
        content: &Content,
        places: &HashMap<EntryKey, usize>,
        beside: impl FnOnce() -> T + Send,
    ) -> (Learned, T) {
        let (model, ((identifier, aspects, danger, requests), done)) = std::thread::scope(|scope| {
            let rest = scope.spawn(|| {
                let no_danger = ordinary(content).chain(small_talk()).chain(requests::requests());
                let danger = DangerModel::learn(danger_glossary(), &content.danger.examples, no_danger);
                let no_request = ordinary(content).step_by(NO_REQUEST_EACH).chain(greetings());
                let requests = RequestModel::learn(glossary(), no_request);
                ((learn_languages(content), AspectModel::learn(glossary()), danger, requests), beside())
            });
            let model = learn_entries(content, places);
            (model, rest.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let classes = content.entries.iter().map(|entry| entry.key.clone()).collect();
        let learned = Learned {
            identifier,
            model,
            aspects,
            danger,
            requests,
            classes,
            class_of: places.clone(),
            fingerprint: fingerprint(content),
        };
        (learned, done)
    }

    /// Learns only the entries of changed content; languages, aspects, danger and requests stay as learned before. A page
    /// waits for it.
    pub fn with_entries_of(&self, content: &Content, places: &HashMap<EntryKey, usize>) -> Learned {
        Learned {
            identifier: self.identifier.clone(),
            model: learn_entries(content, places),
            aspects: self.aspects.clone(),
            danger: self.danger.clone(),
            requests: self.requests.clone(),
            classes: content.entries.iter().map(|entry| entry.key.clone()).collect(),
            class_of: places.clone(),
            fingerprint: fingerprint(content),
        }
    }

    /// The bytes to store, with their digest; nothing if serialization fails.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = postcard::to_allocvec(self).ok()?;
        let digest = Sha256::digest(&bytes);
        bytes.extend_from_slice(&digest);
        Some(bytes)
    }

    /// Loads stored bytes; nothing if they are damaged or come from other training data.
    pub fn of_bytes(bytes: &[u8], content: &Content) -> Option<Learned> {
        let (bytes, digest) = bytes.split_at_checked(bytes.len().checked_sub(DIGEST)?)?;
        if Sha256::digest(bytes).as_slice() != digest {
            return None;
        }
        let learned: Learned = postcard::from_bytes(bytes).ok()?;
        Some(learned).filter(|learned| learned.fingerprint == fingerprint(content))
    }
}

/// Some ordinary messages: phrasings of topics that are not discreet, and in which no pattern finds danger.
pub fn ordinary(content: &Content) -> impl Iterator<Item = (Lang, &str)> {
    let patterns = DangerWords::of(&DangerEdits::default());
    let discreet: Vec<_> = content.topics.iter().filter(|topic| topic.discreet).map(|topic| &topic.key).collect();
    let calm = move |phrasing: &&Phrasing| {
        let is_calm = |entry: &EntryKey| !discreet.contains(&&entry.topic()) && !ABOUT_DANGER.contains(&entry.as_str());
        phrasing.entry.as_ref().is_none_or(is_calm) && patterns.find(&phrasing.text).is_none()
    };
    let some = content.phrasings.iter().step_by(ORDINARY_EACH).filter(calm);
    some.map(|phrasing| (phrasing.lang, phrasing.text.as_str()))
}

/// All small talk: "see you tomorrow" is no farewell for ever.
fn small_talk<'t>() -> impl Iterator<Item = (Lang, &'t str)> {
    let talk = own_examples().into_iter().filter(|example| matches!(example.class, Class::SmallTalk(_)));
    talk.map(|example| (example.lang, example.text))
}

/// Small talk but for news, which the classifier of requests knows by itself.
fn greetings<'t>() -> impl Iterator<Item = (Lang, &'t str)> {
    let talk = own_examples().into_iter().filter(|example| match example.class {
        Class::SmallTalk(kind) => kind != SmallTalk::News,
        Class::Entry(_) | Class::OutOfScope | Class::FollowUp => false,
    });
    talk.map(|example| (example.lang, example.text))
}

fn learn_languages(content: &Content) -> Identifier {
    let phrasings = content.phrasings.iter().map(|phrasing| (phrasing.lang, phrasing.text.as_str()));
    let own = own_examples();
    let small_talk = own.iter().map(|example| (example.lang, example.text));
    let texts: Vec<(Lang, String)> = content.entries.iter().flat_map(published).collect();
    Identifier::learn(phrasings.chain(small_talk).chain(texts.iter().map(|(lang, text)| (*lang, text.as_str()))))
}

fn published(entry: &Entry) -> impl Iterator<Item = (Lang, String)> + '_ {
    entry.texts.iter().flat_map(|(lang, text)| [(*lang, text.question.clone()), (*lang, text.words())])
}

/// The glossary is built in, like small talk: concepts of migration are the same everywhere.
#[expect(clippy::expect_used, reason = "the glossary is part of the program: a broken one must not start")]
fn glossary() -> Glossary {
    Glossary::parse(GLOSSARY).expect("starter/glossary.toml")
}

/// Concepts of migration and of danger together.
#[expect(clippy::expect_used, reason = "the glossaries are part of the program: a broken one must not start")]
pub fn danger_glossary() -> Glossary {
    Glossary::parse(&format!("{GLOSSARY}\n{DANGER_GLOSSARY}")).expect("starter/danger-glossary.toml")
}

fn learn_entries(content: &Content, places: &HashMap<EntryKey, usize>) -> Model {
    let class = |entry: &Option<EntryKey>| match entry {
        None => Some(Class::OutOfScope),
        Some(key) => places.get(key).map(|place| Class::Entry(*place)),
    };
    let phrasings = content.phrasings.iter().filter_map(|phrasing| {
        Some(Example { class: class(&phrasing.entry)?, lang: phrasing.lang, text: &phrasing.text })
    });
    let examples: Vec<Example<'_>> = phrasings.chain(own_examples()).collect();
    let answers: Vec<(usize, Lang, &str, String)> = content
        .entries
        .iter()
        .enumerate()
        .flat_map(|(place, entry)| {
            entry.texts.iter().map(move |(lang, text)| (place, *lang, text.question.as_str(), text.words()))
        })
        .collect();
    let texts: Vec<EntryText<'_>> = answers
        .iter()
        .map(|(entry, lang, question, answer)| EntryText { entry: *entry, lang: *lang, question, answer })
        .collect();
    Model::train(content.entries.len(), &examples, &texts, glossary())
}

/// Hash of all training data and of the training code's version: equal content has an equal fingerprint.
pub fn fingerprint(content: &Content) -> String {
    let mut digest = Sha256::new();
    // The length prefix prevents that two texts give the same bytes as one.
    let mut feed = |text: &str| {
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text);
    };
    feed(LEARNER);
    feed(GLOSSARY);
    feed(DANGER_GLOSSARY);
    for lang in Lang::all() {
        LEARNED_FROM.iter().for_each(|name| feed(lang.file(name).unwrap_or_default()));
        let confusables = LOCALES.get_dir(format!("{lang}/confusables"));
        let files = confusables.into_iter().flat_map(|folder| folder.files());
        files.for_each(|file| feed(file.contents_utf8().unwrap_or_default()));
    }
    for example in &content.danger.examples {
        feed(example.lang.code());
        feed(example.kind.name());
        feed(example.shows.name());
        feed(&example.text);
    }
    content.topics.iter().filter(|topic| topic.discreet).for_each(|topic| feed(topic.key.as_str()));
    for phrasing in &content.phrasings {
        feed(phrasing.entry.as_ref().map_or("", EntryKey::as_str));
        feed(phrasing.lang.code());
        feed(&phrasing.text);
    }
    for entry in content.entries.iter().filter(|entry| !entry.texts.is_empty()) {
        feed(entry.key.as_str());
        for (lang, text) in &entry.texts {
            feed(lang.code());
            feed(&text.question);
            feed(text.answer.markdown());
            for (aspect, part) in &text.parts {
                feed(aspect.name());
                feed(part.text.markdown());
            }
        }
    }
    HEXLOWER.encode(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::knowledge::Knowledge;
    use crate::pack::{STARTER, embedded, read};

    /// The starter pack with few phrasings.
    fn content() -> Content {
        let mut content = read(&embedded(&STARTER)).unwrap();
        content.phrasings.truncate(300);
        content
    }

    #[test]
    fn what_was_kept_understands_as_what_was_learned() {
        let learned = Knowledge::build(content(), 1).unwrap();
        let bytes = learned.to_bytes().unwrap();
        let (recalled, was_recalled) = Knowledge::recall_or_learn(content(), 1, Some(&bytes)).unwrap();
        assert!(was_recalled);
        for words in ["¿Cómo saco la cédula?", "kote m ka jwenn yon doktè", "asdf"] {
            assert_eq!(learned.understand(words, None, None), recalled.understand(words, None, None), "{words}");
        }
    }

    /// If this fails, training has changed: raise `LEARNER` and write down the new numbers.
    #[test]
    fn this_version_of_the_learner_finds_these_entries_this_surely() {
        let knowledge = Knowledge::build(content(), 1).unwrap();
        let golden = [
            ("kote m ka jwenn yon doktè", "protection/legal-aid", 0.551),
            ("mwen pa gen kat idantite", "documents/id-card", 1.000),
            ("pitit mwen an bezwen lekòl", "education/enroll-school", 0.502),
            ("¿Cómo saco la cédula?", "documents/id-card", 1.000),
            ("estoy embarazada y no tengo papeles", "health/pregnancy", 0.957),
            ("me quieren expulsar del país", "documents/criminal-record", 0.221),
            ("my visa expires next week", "regularization/expired-visa", 0.349),
        ];
        let mut other = Vec::new();
        for (words, entry, share) in golden {
            let (found, sure) = knowledge.understand(words, None, None).ranked.remove(0);
            if found.as_str() != entry || (sure - share).abs() > 0.01 {
                other.push(format!("({words:?}, {:?}, {sure:.3})", found.as_str()));
            }
        }
        assert!(LEARNER == "5" && other.is_empty(), "{other:#?}");
    }

    #[test]
    fn what_is_broken_or_of_other_content_is_learned_anew() {
        let bytes = Knowledge::build(content(), 1).unwrap().to_bytes().unwrap();
        let learns = |content: Content, kept: &[u8]| !Knowledge::recall_or_learn(content, 1, Some(kept)).unwrap().1;
        let mut broken = bytes.clone();
        broken[1000] ^= 1;
        assert!(learns(content(), &broken) && learns(content(), &bytes[1..]) && learns(content(), &[]));
        let mut other = content();
        other.phrasings[7].text.push('x');
        assert!(learns(other, &bytes));
    }

    #[test]
    fn the_fingerprint_stands_for_every_word_and_for_whose_it_is() {
        let phrasing = |entry: &str, text: &str| Phrasing {
            entry: Some(entry.parse().unwrap()),
            lang: Lang::first(),
            text: text.to_owned(),
        };
        let of = |phrasings: Vec<Phrasing>| fingerprint(&Content { phrasings, ..Content::default() });
        let one = of(vec![phrasing("a/b", "c d")]);
        assert_eq!(one, of(vec![phrasing("a/b", "c d")]));
        for other in [vec![phrasing("a/c", "c d")], vec![phrasing("a/b", "c  d")], vec![]] {
            assert_ne!(one, of(other));
        }
    }
}
