//! Random changes of well-formed input for everything that reads what strangers send: no panic, and what is read again is the same.
//!
//! Not part of every run: `.ci/check fuzz`. A failure names the seed; `FUZZ_SEED` plays it again.

use std::time::{Duration, Instant};

use ventanilla::bot::citizen::{Input, TurnInput, respond, wording};
use ventanilla::bot::script::talk_file;
use ventanilla::domain::offices::hours::Hours;
use ventanilla::domain::offices::week::Week;
use ventanilla::domain::people::chat::Chat;
use ventanilla::domain::text::phone::Phone;
use ventanilla::domain::text::rich::Rich;
use ventanilla::exports::spreadsheets;

use crate::fixtures::{KNOWLEDGE, morning};
use crate::statistics::Draw;

const SIGNS: [&str; 24] = [
    "\0",
    "\n",
    "\r\n",
    "\t",
    "\u{B}",
    "\u{2028}",
    "\u{202E}",
    "\u{301}",
    "\u{FEFF}",
    "💥",
    "İ",
    "*",
    "**",
    "[",
    "](",
    "tel:",
    "|",
    ";",
    "\"",
    ",",
    "-",
    "24:00",
    "PH",
    "99999999999",
];

/// The text with a few pieces dropped, doubled, swapped or replaced.
fn changed(text: &str, random: &mut Draw) -> String {
    let mut signs: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(6) {
        let from = random.below(signs.len().max(1));
        let until = (from + random.below(12)).min(signs.len());
        let piece: Vec<char> = match random.below(4) {
            0 => Vec::new(),
            1 => signs[from..until].repeat(1 + random.below(40)),
            2 => SIGNS[random.below(SIGNS.len())].chars().collect(),
            _ => signs[from..until].iter().rev().copied().collect(),
        };
        signs.splice(from..until, piece);
    }
    signs.into_iter().collect()
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration of their own")]
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// Changed seeds with the number that makes each again, for `FUZZ_SECONDS` (20).
pub fn changes(seeds: &[&str]) -> impl Iterator<Item = (u64, String)> {
    let until = Instant::now() + Duration::from_secs(number("FUZZ_SECONDS", 20));
    (number("FUZZ_SEED", 1)..).take_while(move |_| Instant::now() < until).map(|seed| {
        let mut random = Draw(seed);
        (seed, changed(seeds[random.below(seeds.len())], &mut random))
    })
}

/// Tries this with each change; a panic names the seed.
fn fuzz(seeds: &[&str], tried: impl Fn(&str)) {
    for (seed, text) in changes(seeds) {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| tried(&text)));
        assert!(outcome.is_ok(), "FUZZ_SEED={seed}: {text:?}");
    }
}

const RICH: &str =
    "Call **600 360 7777**, [write](https://chileatiende.gob.cl) or go.\n\n- one\n- two\n\nThen ask *there*.";

#[test]
#[ignore = "random: .ci/check fuzz"]
fn formatted_text_is_refused_or_read_again_as_it_is() {
    fuzz(&[RICH], |text| {
        if let Ok(rich) = Rich::parse(text) {
            assert_eq!(Rich::parse(rich.markdown()).unwrap().blocks(), rich.blocks());
        }
    });
}

#[test]
#[ignore = "random: .ci/check fuzz"]
fn opening_hours_and_phones_are_refused_or_read_again_as_they_are() {
    fuzz(
        &["Mo-Fr 08:30-14:00; Sa 09:00-13:00; PH off", "+56 2 2345 6789 ext. 12", "lunes a viernes 8.30–14 h"],
        |text| {
            if let Ok(hours) = Hours::parse(text) {
                assert_eq!(Hours::parse(hours.as_str()).unwrap().as_str(), hours.as_str());
                hours.at(morning().naive_utc());
            }
            if let Some(phone) = Phone::parse(text) {
                assert!(phone.number.chars().all(|sign| sign.is_ascii_digit() || "+*".contains(sign)), "{phone:?}");
            }
            Week::read(text);
        },
    );
}

#[test]
#[ignore = "random: .ci/check fuzz"]
fn a_spreadsheet_is_read_or_refused() {
    fuzz(
        &["entry;lang;question;answer\nhealth/dentist;ht;Dantis?;Ale\n", "sep=,\na,b\n\"x\"\"y\",\"z\nw\"\n"],
        |text| {
            let _ = spreadsheets::read(text.as_bytes());
            let mut workbook = b"PK\x03\x04".to_vec();
            workbook.extend(text.as_bytes());
            let _ = spreadsheets::read(&workbook);
        },
    );
}

#[test]
#[ignore = "random: .ci/check fuzz"]
fn a_talk_is_read_or_refused() {
    fuzz(&[include_str!("../talks/en-answer-of-no-use.talk")], |text| {
        let _ = talk_file::parse(text);
    });
}

#[test]
#[ignore = "random: .ci/check fuzz"]
fn every_message_gets_a_reply_with_a_next_step() {
    let seeds = [
        "Kijan pou m enskri nan CESFAM?",
        "me echaron del hospital y no tengo papeles",
        "/start offices",
        "my husband hits me",
    ];
    fuzz(&seeds, |text| {
        let heard = TurnInput { input: Input::Text(text.to_owned()), proposed: None, reachable: false };
        let turn = respond(&KNOWLEDGE, &Chat::default(), &heard, morning());
        let messages: Vec<_> = turn.replies.iter().flat_map(|reply| wording(&KNOWLEDGE, reply, morning())).collect();
        assert!(messages.iter().any(|message| message.choices().next().is_some()));
    });
}
