//! The development questions, written by other hands than the phrasings: understanding must not fall below these floors.
//!
//! Measured on 24 November 2026 with `ventanilla evaluate matching tests/questions/<lang>.tsv` and `evaluate talks
//! tests/questions/talks.tsv`; the numbers stand in docs/understanding.md. The floors lie a little below, so that a change of
//! phrasings may move single messages, but nobody can lose ground without noticing.

use std::path::PathBuf;

use ventanilla::domain::text::lang::Lang;
use ventanilla::understanding::evaluation::{
    Keys, Report, TalkEntry, evaluate_messages, evaluate_talks, read_messages,
};

use crate::fixtures::KNOWLEDGE;

/// Least share of messages whose best entry is right, in every language.
const TOP1: f64 = 0.93;
/// The same where neither the phrasings nor any other question had been seen by their writer.
const BLIND_TOP1: f64 = 0.875;
/// Least share of messages with a right entry among the best three.
const TOP3: f64 = 0.98;
/// Least share answered directly and right.
const RIGHT: f64 = 0.84;
/// Largest share answered directly and wrong.
const WRONG: f64 = 0.02;
/// Largest share of messages out of scope that are answered all the same: 2 of the 62 of a language.
const OUT_OF_SCOPE: f64 = 0.035;

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/questions").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn keys() -> Keys {
    Keys::from_names(KNOWLEDGE.entries().iter().map(|entry| entry.key.to_string()))
}

fn questions(lang: Lang) -> Report {
    let keys = keys();
    let messages = read_messages(&file(&format!("{lang}.tsv")), &keys).unwrap();
    evaluate_messages(&messages, &keys, |message| KNOWLEDGE.model().understand(&message.text, None))
}

#[test]
fn questions_in_every_language_are_understood() {
    for lang in Lang::all() {
        let all = questions(lang).overall;
        assert!(all.n >= 200 && all.out_of_scope.n >= 40, "{lang}: too few questions to say anything");
        assert!(all.top1 >= TOP1, "{lang}: top-1 {}", all.top1);
        assert!(all.top3 >= TOP3, "{lang}: top-3 {}", all.top3);
        assert!(all.right >= RIGHT, "{lang}: right {}", all.right);
        assert!(all.wrong <= WRONG, "{lang}: wrong {}", all.wrong);
        assert!(all.out_of_scope.answered <= OUT_OF_SCOPE, "{lang}: out of scope {}", all.out_of_scope.answered);
    }
}

#[test]
fn questions_that_were_written_blind_are_understood() {
    for lang in Lang::all() {
        let keys = keys();
        let messages = read_messages(&file(&format!("blind/{lang}.tsv")), &keys).unwrap();
        let all =
            evaluate_messages(&messages, &keys, |message| KNOWLEDGE.model().understand(&message.text, None)).overall;
        assert!(all.n >= 150 && all.out_of_scope.n >= 40, "{lang}: too few questions to say anything");
        assert!(all.top1 >= BLIND_TOP1, "{lang}: top-1 {}", all.top1);
        assert!(all.wrong <= WRONG, "{lang}: wrong {}", all.wrong);
    }
}

#[test]
fn the_language_of_a_question_is_found() {
    for lang in Lang::all() {
        let keys = keys();
        let messages = read_messages(&file(&format!("{lang}.tsv")), &keys).unwrap();
        let found =
            messages.iter().filter(|message| KNOWLEDGE.identify(&message.text, None).lang == Some(lang)).count();
        assert!(found * 100 >= messages.len() * 90, "{lang}: {found} of {}", messages.len());
    }
}

#[test]
fn messages_that_need_those_before_are_understood() {
    let keys = keys();
    let messages = read_messages(&file("talks.tsv"), &keys).unwrap();
    let entries: Vec<TalkEntry> = KNOWLEDGE
        .entries()
        .iter()
        .map(|entry| TalkEntry { related: entry.related.iter().filter_map(|key| keys.place(key.as_str())).collect() })
        .collect();
    let report = evaluate_talks(&messages, &keys, &entries, |text, before| KNOWLEDGE.model().understand(text, before));
    let follow_ups = &report.styles["follow-up"];
    assert!(follow_ups.right + follow_ups.offered_right >= 0.85, "{follow_ups:?}");
    assert!(report.overall.wrong <= 0.04, "{:?}", report.overall);
    let friendly = report.overall.small_talk.as_ref().unwrap();
    assert!(friendly.answered <= 0.03, "{friendly:?}");
}
