//! Every reply in every language, as people read it: a picture of all words, and what must hold for each.

use std::fmt::Write;

use ventanilla::bot::citizen::reply::{Answer, Expected, Held, Meaning};
use ventanilla::bot::citizen::{Media, Message, Reply, wording};
use ventanilla::bot::script::talk_file::name;
use ventanilla::domain::inbox::question::Handoff;
use ventanilla::domain::offices::position::Away;
use ventanilla::domain::people::small_talk::SmallTalk;
use ventanilla::domain::safety::danger::Danger;
use ventanilla::domain::text::lang::Lang;
use ventanilla::domain::text::rich::{Block, Style};

use crate::fixtures::{KNOWLEDGE, morning};

/// One of each reply.
fn meanings() -> Vec<Meaning> {
    let answer = Answer {
        entry: "offices/migrant-office".parse().unwrap(),
        municipality: "quilicura".parse().ok(),
        named: "maipu".parse().ok(),
        offer_language: true,
        follows: false,
    };
    let told = Answer { named: None, ..answer.clone() };
    let held = Held {
        lang: Some(Lang::first()),
        municipality: "quilicura".parse().ok(),
        entry: "health/cost".parse().ok(),
        words: true,
        handoff: Some(Handoff::Waiting),
        subscribed: true,
        discreet: true,
    };
    let nothing_held = Held {
        lang: None,
        municipality: None,
        entry: None,
        words: false,
        handoff: None,
        subscribed: false,
        discreet: false,
    };
    let mut all = vec![
        Meaning::Welcome(None),
        Meaning::Languages,
        Meaning::LanguageChosen,
        Meaning::Menu { notice: true },
        Meaning::Menu { notice: false },
        Meaning::Ask,
        Meaning::Topics,
        Meaning::Topic("health".parse().unwrap()),
        Meaning::Answer(answer.clone()),
        Meaning::Answer(Answer { follows: true, offer_language: false, named: None, municipality: None, ..answer }),
        Meaning::Several(vec!["health/cost".parse().unwrap(), "health/fonasa".parse().unwrap()]),
        Meaning::NothingFound { long: false },
        Meaning::NothingFound { long: true },
        Meaning::NoneFitted,
        Meaning::DangerNext,
        Meaning::NoWords,
        Meaning::OldButton,
        Meaning::OfficesMenu,
        Meaning::AskPlace,
        Meaning::PlaceNotFound,
        Meaning::Services,
        Meaning::Municipalities,
        Meaning::OfficesNear {
            offices: vec![("quilicura".parse().unwrap(), Away { km: 1.25, to_town: false })],
            municipality: "quilicura".parse().ok(),
        },
        Meaning::OfficesNear {
            offices: vec![("maipu".parse().unwrap(), Away { km: 1100.0, to_town: false })],
            municipality: None,
        },
        Meaning::OfficesIn("santiago".parse().unwrap()),
        Meaning::OfficesFor("legal-aid".parse().unwrap(), vec!["caj-santiago".parse().unwrap()]),
        Meaning::Office("sermig-santiago".parse().unwrap()),
        Meaning::PlaceChosen("estacion-central".parse().unwrap()),
        Meaning::VotedUseful,
        Meaning::VotedNotUseful("health/cost".parse().unwrap()),
        Meaning::Complained("health/cost".parse().unwrap()),
        Meaning::AskLine,
        Meaning::LineTaken,
        Meaning::Privacy,
        Meaning::Copy,
        Meaning::PrivacyFull,
        Meaning::Held(held),
        Meaning::Held(nothing_held),
        Meaning::Forgotten,
        Meaning::ForgetKept,
        Meaning::Help,
        Meaning::About,
        Meaning::Consent { words: Some("…".into()), municipality: "quilicura".parse().ok() },
        Meaning::Consent { words: None, municipality: None },
        Meaning::WriteQuestion,
        Meaning::QuestionLeft(Expected::OpenUntil("2026-11-23T14:00:00".parse().unwrap())),
        Meaning::QuestionLeft(Expected::OpensNext("2026-11-24T08:30:00".parse().unwrap())),
        Meaning::QuestionLeft(Expected::Unknown),
        Meaning::QuestionOpen { handoff: Handoff::Waiting, words: Some("…".into()) },
        Meaning::QuestionOpen { handoff: Handoff::Claimed, words: None },
        Meaning::QuestionContinued,
        Meaning::NotLeft,
        Meaning::TakenBack,
        Meaning::NoQuestion,
        Meaning::NobodyHere,
        Meaning::WillTell,
        Meaning::PersonHere("…".into()),
        Meaning::FromPerson("…".into(), Lang::all().map(|lang| (lang, lang.name().to_owned())).collect()),
        Meaning::PersonAway,
        Meaning::PersonLeft,
        Meaning::QuestionMoved("quilicura".parse().unwrap()),
        Meaning::QuestionExpired,
        Meaning::Told("…".into(), told),
    ];
    all.extend(Danger::ALL.map(Meaning::Danger));
    all.extend(SmallTalk::ALL.map(Meaning::SmallTalk));
    all.extend([Media::Photo, Media::Voice, Media::Sticker, Media::Other].map(Meaning::Media));
    all
}

fn messages(lang: Lang, meaning: Meaning) -> (String, Vec<Message>) {
    let reply = Reply { lang, meaning, in_place: false };
    (name(&reply), wording(&KNOWLEDGE, &reply, morning()))
}

/// A message as text: bold in stars, addresses in angles, buttons in brackets.
fn picture(message: &Message) -> String {
    let mut out = String::new();
    for line in &message.lines {
        if let Block::Item(_) = line.block {
            out.push_str("- ");
        }
        for span in line.block.spans() {
            match &span.style {
                Style::Plain => out.push_str(&span.text),
                Style::Bold => write!(out, "*{}*", span.text).unwrap(),
                Style::Link(address) => write!(out, "{} <{address}>", span.text).unwrap(),
            }
        }
        out.push('\n');
    }
    for row in &message.rows {
        let labels: Vec<_> = row.iter().map(|choice| format!("[{}]", choice.label)).collect();
        writeln!(out, "{}", labels.join(" ")).unwrap();
    }
    if let Some(label) = &message.asks_place {
        writeln!(out, "(place: {label})").unwrap();
    }
    if let Some(pin) = &message.pin {
        writeln!(out, "(map: {}, {})", pin.title, pin.address).unwrap();
    }
    out
}

#[test]
fn every_reply_reads_well_in_every_language() {
    for lang in Lang::all() {
        let mut all = String::new();
        for meaning in meanings() {
            let (name, messages) = messages(lang, meaning);
            writeln!(all, "=== {name}").unwrap();
            all.extend(messages.iter().map(picture));
        }
        insta::assert_snapshot!(format!("replies-{lang}"), all);
    }
}

#[test]
fn every_message_says_something_and_every_label_fits_on_a_phone() {
    for lang in Lang::all() {
        for meaning in meanings() {
            let (name, messages) = messages(lang, meaning);
            for message in messages {
                assert!(!message.words().trim().is_empty() || message.pin.is_some(), "{name}");
                assert!(message.words().encode_utf16().count() <= 4096, "{name}");
                for choice in message.choices() {
                    assert!((1..=90).contains(&choice.label.chars().count()), "{name}: {}", choice.label);
                    assert!(choice.button.to_string().len() <= 64, "{name}: {}", choice.button);
                }
            }
        }
    }
}

#[test]
fn every_answer_in_every_language_fits_into_one_telegram_message() {
    for lang in Lang::all() {
        for entry in KNOWLEDGE.entries() {
            let answer = Answer {
                entry: entry.key.clone(),
                municipality: None,
                named: None,
                offer_language: true,
                follows: false,
            };
            let (_, messages) = messages(lang, Meaning::Answer(answer));
            assert!(messages[0].words().encode_utf16().count() < 3000, "{} {lang}", entry.key);
            assert!(!entry.texts[&lang].answer.blocks().is_empty());
        }
    }
}
