//! Every reply in every language, as people read it: a picture of all words, and what must hold for each.

use std::fmt::Write;

use ventanilla::bot::citizen::reply::{AboutTalk, Answer, Expected, Held, ReplyKind, Shown, Where};
use ventanilla::bot::citizen::{Media, Message, Reply, wording};
use ventanilla::bot::script::talk_file::name;
use ventanilla::domain::content::aspect::Aspect;
use ventanilla::domain::inbox::question::Handoff;
use ventanilla::domain::offices::position::Away;
use ventanilla::domain::people::small_talk::SmallTalk;
use ventanilla::domain::safety::danger::{Danger, Level, Sign};
use ventanilla::domain::text::lang::Lang;
use ventanilla::domain::text::rich::{Block, Style};
use ventanilla::i18n::weekday_and_time;

use crate::fixtures::{KNOWLEDGE, morning};

/// One of each reply.
fn reply_kinds() -> Vec<ReplyKind> {
    let answer = Answer {
        named: "maipu".parse().ok(),
        offer_language: true,
        ..Answer::lead("offices/migrant-office".parse().unwrap(), "quilicura".parse().ok())
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
        ReplyKind::Welcome(None),
        ReplyKind::Languages,
        ReplyKind::LanguageChosen,
        ReplyKind::Menu { notice: true },
        ReplyKind::Menu { notice: false },
        ReplyKind::Ask,
        ReplyKind::Topics,
        ReplyKind::Topic("health".parse().unwrap()),
        ReplyKind::Answer(answer.clone()),
        ReplyKind::Answer(Answer { shown: Shown::LeadAnd(Aspect::How), ..answer.clone() }),
        ReplyKind::Answer(Answer { shown: Shown::Part(Aspect::How), ..answer.clone() }),
        ReplyKind::More(answer.clone()),
        ReplyKind::AlreadySaid(answer.entry.clone()),
        ReplyKind::PartMissing {
            entry: answer.entry.clone(),
            aspect: Aspect::Refused,
            offices: vec!["quilicura".parse().unwrap()],
        },
        ReplyKind::PartMissing { entry: answer.entry.clone(), aspect: Aspect::Time, offices: Vec::new() },
        ReplyKind::Where(Where {
            entry: answer.entry.clone(),
            says_part: true,
            offices: vec![("quilicura".parse().unwrap(), Some(Away { km: 1.25, to_town: false }))],
            asks_place: false,
            place: "quilicura".parse().ok(),
            elsewhere: false,
            instead: false,
        }),
        ReplyKind::Where(Where {
            entry: answer.entry.clone(),
            says_part: false,
            offices: vec![("quilicura".parse().unwrap(), Some(Away { km: 1650.0, to_town: false }))],
            asks_place: false,
            place: "arica".parse().ok(),
            elsewhere: true,
            instead: true,
        }),
        ReplyKind::Answer(Answer { follows: true, offer_language: false, named: None, municipality: None, ..answer }),
        ReplyKind::Several(vec!["health/cost".parse().unwrap(), "health/fonasa".parse().unwrap()]),
        ReplyKind::NothingFound { long: false },
        ReplyKind::NothingFound { long: true },
        ReplyKind::NoneFitted,
        ReplyKind::DangerNext(Danger::Medical, Expected::Unknown),
        ReplyKind::DangerNext(Danger::Suicide, Expected::OpenUntil("2026-11-23T14:00:00".parse().unwrap())),
        ReplyKind::NoWords,
        ReplyKind::OldButton,
        ReplyKind::OfficesMenu,
        ReplyKind::AskPlace,
        ReplyKind::PlaceNotFound,
        ReplyKind::Services,
        ReplyKind::Municipalities,
        ReplyKind::OfficesNear {
            offices: vec![("quilicura".parse().unwrap(), Away { km: 1.25, to_town: false })],
            municipality: "quilicura".parse().ok(),
        },
        ReplyKind::OfficesNear {
            offices: vec![("maipu".parse().unwrap(), Away { km: 1100.0, to_town: false })],
            municipality: None,
        },
        ReplyKind::OfficesIn("santiago".parse().unwrap()),
        ReplyKind::OfficesFor("legal-aid".parse().unwrap(), vec!["caj-santiago".parse().unwrap()]),
        ReplyKind::Office("sermig-santiago".parse().unwrap()),
        ReplyKind::PlaceChosen("estacion-central".parse().unwrap()),
        ReplyKind::VotedUseful,
        ReplyKind::VotedNotUseful("health/cost".parse().unwrap()),
        ReplyKind::Complained("health/cost".parse().unwrap()),
        ReplyKind::AskLine,
        ReplyKind::LineTaken,
        ReplyKind::Privacy,
        ReplyKind::Copy,
        ReplyKind::PrivacyFull,
        ReplyKind::Held(held),
        ReplyKind::Held(nothing_held),
        ReplyKind::Forgotten,
        ReplyKind::ForgetKept,
        ReplyKind::Help,
        ReplyKind::About,
        ReplyKind::Consent { words: Some("…".into()), municipality: "quilicura".parse().ok() },
        ReplyKind::Consent { words: None, municipality: None },
        ReplyKind::WriteQuestion,
        ReplyKind::QuestionLeft(Expected::OpenUntil("2026-11-23T14:00:00".parse().unwrap())),
        ReplyKind::QuestionLeft(Expected::OpensNext {
            at: "2026-11-24T08:30:00".parse().unwrap(),
            now: "2026-11-23T10:00:00".parse().unwrap(),
        }),
        ReplyKind::QuestionLeft(Expected::Unknown),
        ReplyKind::QuestionOpen { handoff: Handoff::Waiting, words: Some("…".into()) },
        ReplyKind::QuestionOpen { handoff: Handoff::Claimed, words: None },
        ReplyKind::QuestionContinued,
        ReplyKind::NotLeft,
        ReplyKind::TakenBack,
        ReplyKind::NoQuestion,
        ReplyKind::NobodyHere(vec!["quilicura".parse().unwrap()]),
        ReplyKind::WillTell,
        ReplyKind::PersonHere("…".into()),
        ReplyKind::FromPerson("…".into(), Lang::all().map(|lang| (lang, lang.name().to_owned())).collect()),
        ReplyKind::PersonAway,
        ReplyKind::PersonLeft,
        ReplyKind::QuestionMoved("quilicura".parse().unwrap()),
        ReplyKind::QuestionExpired,
        ReplyKind::Told("…".into(), told),
    ];
    for level in Level::ALL {
        all.extend(Danger::ALL.map(|kind| ReplyKind::Danger(Sign { kind, level })));
    }
    all.extend(SmallTalk::ALL.map(ReplyKind::SmallTalk));
    all.extend(AboutTalk::ALL.map(ReplyKind::AboutTalk));
    all.push(ReplyKind::Sorry);
    all.push(ReplyKind::BadNews(vec!["regularization/refused".parse().unwrap()]));
    all.push(ReplyKind::BadNews(Vec::new()));
    all.extend([Media::Photo, Media::Voice, Media::Sticker, Media::Other].map(ReplyKind::Media));
    all
}

fn messages(lang: Lang, kind: ReplyKind) -> (String, Vec<Message>) {
    let reply = Reply::new(lang, kind);
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
        for kind in reply_kinds() {
            let (name, messages) = messages(lang, kind);
            writeln!(all, "=== {name}").unwrap();
            all.extend(messages.iter().map(picture));
        }
        insta::assert_snapshot!(format!("replies-{lang}"), all);
    }
}

#[test]
fn every_message_says_something_and_every_label_fits_on_a_phone() {
    for lang in Lang::all() {
        for kind in reply_kinds() {
            let (name, messages) = messages(lang, kind);
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
            let answer = Answer { offer_language: true, ..Answer::lead(entry.key.clone(), None) };
            let (_, messages) = messages(lang, ReplyKind::Answer(answer));
            assert!(messages[0].words().encode_utf16().count() < 3000, "{} {lang}", entry.key);
            assert!(!entry.texts[&lang].answer.blocks().is_empty());
        }
    }
}

#[test]
fn on_an_evening_that_is_tomorrow_elsewhere_people_still_read_that_an_office_opens_tomorrow() {
    let (at, now) = ("2026-11-24T08:30:00".parse().unwrap(), "2026-11-23T22:30:00".parse().unwrap());
    let utc = "2026-11-24T01:30:00Z".parse().unwrap();
    for lang in Lang::all() {
        let kind = ReplyKind::QuestionLeft(Expected::OpensNext { at, now });
        let said = wording(&KNOWLEDGE, &Reply::new(lang, kind), utc);
        assert!(said[0].words().contains(&weekday_and_time(lang, at, now)), "{lang}");
        assert_ne!(weekday_and_time(lang, at, now), "08:30", "{lang}");
    }
}
