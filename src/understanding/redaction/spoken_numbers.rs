//! Numbers in words, digit by digit or in groups: phones and documents that people do not type as digits.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen};
use super::mark::Mark;
use super::numbers::{is_public, tail};
use super::secrets::speaks_of_secret;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Fewest digits of a number in words that may identify a person.
const LONG: usize = 6;
/// Fewest digits after a word for a phone or a document.
const NAMED: usize = 4;
/// From this many digits on it is not a list of counts ("two, four and seven years").
const BEYOND_COUNTS: usize = 8;
/// From this many digits on, one number word among digits is enough.
const MIXED: usize = 7;
/// From this many words on, a number with "thousand" is not a round amount.
const EXACT: usize = 7;
/// Fewest letters of a word in which a typing error is recognised: shorter words are too similar to each other.
const SLIP: usize = 4;
/// Fewest correct number words in a number for others in it to count as typing errors.
const WELL: usize = 3;

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().each));

/// The number words and the patterns around them.
pub(super) struct Patterns {
    counting: Vec<Counting>,
    token: Regex,
    between: Regex,
    trigger: Regex,
    counted: Regex,
    /// "Plus" before a number, and "dash k" after it.
    plus: Regex,
    check: Regex,
    /// A number with millions or thousands that ends with a dash and its check digit, with words of any language.
    counted_out: Regex,
    /// Digits with words for millions and thousands between.
    half: Regex,
}

/// The number words of one language; words of two languages do not form one number.
struct Counting {
    spoken: HashMap<String, String>,
    tens: Vec<String>,
    tails: HashSet<String>,
    times: HashSet<String>,
    joins: HashSet<String>,
    repeat: HashMap<String, usize>,
}

impl Patterns {
    pub fn of(each: &[LanguageWords]) -> Patterns {
        let both = |one: fn(&LanguageWords) -> &Vec<String>| each.iter().flat_map(one).cloned().collect::<Vec<_>>();
        let named = any(&[both(|own| &own.phone), both(|own| &own.document)].concat());
        let counted = any(&[both(|own| &own.counted), both(|own| &own.money)].concat());
        let filler = any(&both(|own| &own.filler));
        let (times, joins, dash) =
            (any(&both(|own| &own.times)), any(&both(|own| &own.joins)), any(&both(|own| &own.dash)));
        Patterns {
            counting: each.iter().map(Counting::of).collect(),
            token: pattern(r"[a-z']+|\d+"),
            between: pattern(r"^[ ,.:;+()/-]{0,3}$"),
            trigger: pattern(&format!(r"\b(?:{named})[ :.#]*(?:(?:{filler}) ?[:.#]? ?){{0,4}}$")),
            counted: pattern(&format!(r"^[ ,]*(?:de )?(?:{counted})\b")),
            plus: pattern(&format!(r"\b(?:{})[ ,]*$", any(&both(|own| &own.plus)))),
            counted_out: pattern(&format!(
                r"\b(?:[a-z]+ )?[a-z0-9]+ ?(?:{times})\b,? (?:[a-z0-9]+,? ){{1,8}}(?:{dash}) [\dk]\b"
            )),
            half: pattern(&format!(
                r"\b\d{{1,3}} ?(?:{times}),? (?:(?:{joins}) )?\d{{1,3}} ?(?:{times}),? (?:(?:{joins}) )?\d{{1,3}}(?:(?: ?-? ?| (?:{dash}) )[\dk])?\b"
            )),
            check: pattern(&format!(
                r"^[ ,]*(?:(?:(?:{})\b|-)[ ,]*(?:{})|k)\b",
                any(&both(|own| &own.dash)),
                any(&both(|own| &own.check))
            )),
        }
    }
}

impl Counting {
    fn of(own: &LanguageWords) -> Counting {
        let set = |words: &[String]| words.iter().cloned().collect();
        Counting {
            spoken: own.spoken.clone(),
            tens: own.tens.clone(),
            tails: set(&own.tails),
            times: set(&own.times),
            joins: set(&own.joins),
            repeat: own.repeat.clone(),
        }
    }

    /// The digits of a number word with one typing error: `nuebe`, `sinkant`, `eigth`. Words known from questions are
    /// not typing errors.
    fn slip(&self, word: &str, rules: &Rules) -> Option<&str> {
        if word.len() < SLIP || rules.common.contains(word) || rules.function.contains(word) {
            return None;
        }
        self.spoken.iter().find(|(right, _)| right.len() >= SLIP && one_apart(word, right)).map(|(_, digits)| &**digits)
    }

    /// The digits of a number word; the exact ones matter only below twenty and for whole hundreds.
    fn digits(&self, word: &str) -> Option<&str> {
        if let Some(digits) = self.spoken.get(word) {
            return Some(digits);
        }
        let rests = self.tens.iter().filter_map(|ten| word.strip_prefix(ten.as_str()));
        let mut found = None;
        for rest in rests {
            match rest {
                "" => found = Some("90"),
                rest if self.tails.contains(rest) => found = found.or(Some("99")),
                _ => {}
            }
        }
        found
    }
}

/// A number under construction.
#[derive(Default)]
struct Said {
    digits: String,
    /// How many number words it has, and how many of them have typing errors.
    words: usize,
    slips: usize,
    /// How many of them are multipliers.
    times: usize,
    /// Length of the last group while the next one can fill its zeros: `900`, then `87`.
    open: usize,
    repeat: Option<usize>,
    range: Range<usize>,
}

impl Said {
    fn add(&mut self, digits: &str, spoken: bool) {
        let zeros = self.digits.len() - self.digits.trim_end_matches('0').len();
        if spoken && self.open > digits.len() && zeros >= digits.len() && digits != "0" {
            self.digits.truncate(self.digits.len() - digits.len());
        }
        for _ in 0..self.repeat.take().unwrap_or(1) {
            self.digits.push_str(digits);
        }
        self.open = if spoken && digits.ends_with('0') && digits.len() > 1 { digits.len() } else { 0 };
        self.words += usize::from(spoken);
    }
}

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let tokens: Vec<Range<usize>> = patterns.token.find_iter(&seen.plain).map(|found| found.range()).collect();
    for found in patterns.counted_out.find_iter(&seen.plain) {
        marked.add(found.range(), Mark::Number);
    }
    for found in patterns.half.find_iter(&seen.plain) {
        let after = seen.plain.get(found.end()..).unwrap_or_default();
        let amount = patterns
            .counted
            .find(after)
            .is_some_and(|word| rules.money.contains(word.as_str().trim_matches([' ', ','])));
        if !amount && !found.as_str().ends_with("00") {
            marked.add(found.range(), Mark::Number);
        }
    }
    for counting in &patterns.counting {
        let mut from = 0;
        while from < tokens.len() {
            let (said, next) = read(&seen.plain, rules, counting, &tokens, from);
            let mixed = said.words == 1
                && said.times == 0
                && said.digits.len() >= MIXED
                && is_said(seen.plain.get(said.range.clone()).unwrap_or_default(), rules);
            if (said.words > 1 || mixed) && (said.slips == 0 || said.words >= said.slips + WELL) {
                mark(seen, &said, marked);
            }
            from = next.max(from + 1);
        }
    }
}

/// The number that starts at a token, and the index of the token after it.
fn read(plain: &str, rules: &Rules, counting: &Counting, tokens: &[Range<usize>], from: usize) -> (Said, usize) {
    let text = |n: usize| tokens.get(n).and_then(|place| plain.get(place.clone())).unwrap_or_default();
    let near = |n: usize| {
        let (before, place) = (tokens.get(n.wrapping_sub(1)), tokens.get(n));
        let gap = before.zip(place).and_then(|(before, place)| plain.get(before.end..place.start));
        gap.is_some_and(|gap| PATTERNS.between.is_match(gap))
    };
    let is_number =
        |n: usize| is_group(text(n)) || counting.digits(text(n)).or_else(|| counting.slip(text(n), rules)).is_some();
    let mut said = Said::default();
    let mut n = from;
    while n < tokens.len() && (n == from || near(n)) {
        let word = text(n);
        if is_group(word) {
            said.add(word, false);
        } else if let Some(digits) = counting.digits(word) {
            said.add(digits, true);
        } else if counting.times.contains(word) && n > from {
            (said.times, said.words, said.open) = (said.times + 1, said.words + 1, 0);
        } else if let Some(times) = counting.repeat.get(word).filter(|_| near(n + 1) && is_number(n + 1)) {
            said.repeat = Some(*times);
        } else if let Some(digits) = counting.slip(word, rules) {
            said.add(digits, true);
            said.slips += 1;
        } else if n > from && counting.joins.contains(word) && near(n + 1) && is_number(n + 1) {
        } else {
            break;
        }
        n += 1;
    }
    if let (Some(first), Some(last)) = (tokens.get(from), n.checked_sub(1).and_then(|last| tokens.get(last))) {
        said.range = first.start..last.end;
    }
    (said, n)
}

/// Whether the number words among digits are not function words: `en 131 132` is not a number in words.
fn is_said(text: &str, rules: &Rules) -> bool {
    let mut words = text.split(' ').filter(|word| word.starts_with(|sign: char| sign.is_ascii_alphabetic()));
    words.all(|word| word.len() > 2 && !rules.function.contains(word))
}

/// Whether it is a group of a few digits among words.
fn is_group(word: &str) -> bool {
    word.len() <= 4 && word.starts_with(|sign: char| sign.is_ascii_digit())
}

fn mark(seen: &Seen<'_>, said: &Said, marked: &mut Marked) {
    let patterns = &*PATTERNS;
    let before = seen.plain.get(..said.range.start).unwrap_or_default();
    let after = seen.plain.get(said.range.end..).unwrap_or_default();
    let named = patterns.trigger.is_match(tail(before));
    let counted = patterns.counted.is_match(after);
    let text = seen.plain.get(said.range.clone()).unwrap_or_default();
    let digits = said.digits.len();
    let secret = said.times == 0 && said.words > 2 && speaks_of_secret(before);
    let named = named || secret;
    let somebodys = match said.times {
        _ if !secret && is_public(&said.digits, &said.digits, false) => false,
        0 if counted => digits >= BEYOND_COUNTS,
        0 => digits >= if named { NAMED } else { LONG },
        // Fewer than three words may be a year, such as "two thousand".
        _ if text.split(' ').count() < 3 => false,
        _ => !counted && (named && said.words > EXACT / 2 || said.words >= EXACT),
    };
    if somebodys {
        let plus = patterns.plus.find(tail(before)).map_or(0, |found| found.len());
        let check = patterns.check.find(after).map_or(0, |found| found.len());
        marked.add(said.range.start - plus..said.range.end + check, Mark::Number);
    }
}

/// Whether one inserted, missing, different or swapped letter turns one word into the other.
fn one_apart(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let same = |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| pairs.take_while(|(a, b)| a == b).count();
    let begin = same(&mut one.iter().zip(other));
    let (one, other) = (one.get(begin..).unwrap_or_default(), other.get(begin..).unwrap_or_default());
    let end = same(&mut one.iter().rev().zip(other.iter().rev()));
    let rest = |word: &[u8]| word.get(..word.len() - end).unwrap_or_default().to_vec();
    match (rest(one).as_slice(), rest(other).as_slice()) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len() <= 1 && other.len() <= 1,
    }
}
