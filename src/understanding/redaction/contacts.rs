//! E-mail addresses, written or spoken, links, user names and passwords.

use std::sync::LazyLock;

use regex::Regex;

use super::folded_text::{Marked, Seen};
use super::mark::Mark;
use super::numbers::is_year;
use super::word_lists::{LanguageWords, Rules, any, pattern};

/// Compiled once, from the words of all languages.
pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(&Rules::of_the_program().words));

/// Patterns of links and addresses.
pub(super) struct Patterns {
    mail: Regex,
    said: Regex,
    links: [Regex; 3],
    user: Regex,
    user_named: Regex,
    user_words: Regex,
    handle: Regex,
    dotted: Regex,
    secret: Regex,
}

impl Patterns {
    pub fn of(words: &LanguageWords) -> Patterns {
        let (at, spoken_dot) = (any(&words.at), any(&words.dot));
        let (user, secret, filler) = (any(&words.user), any(&words.secret), any(&words.filler));
        let at = format!(r" ?[(\[{{<]? ?(?:@|\b(?:{at})\b) ?[)\]}}>]? ?");
        let dot = format!(r" ?[(\[{{]? ?(?:\.|\b(?:{spoken_dot})\b) ?[)\]}}]? ?");
        let user_link = format!(
            r"\b(?:{user})\b[ :.]*((?:(?:{filler}|como|as|kom|non|nom|name|nombre|user|usuario|itilizate|de|id|facebook|instagram|tiktok|telegram|fb|ig)\b ?[:.]* ?){{0,5}})"
        );
        Patterns {
            mail: pattern(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"),
            said: pattern(&format!(
                r"(?:\w+ ?[(\[{{]? ?\b(?:{spoken_dot})\b ?[)\]}}]? ?){{0,3}}[\w.+%-]+{at}[\w-]+(?:{dot}[\w-]+){{0,2}}{dot}(?:com|net|org|cl|edu|gob|gov|fr|ht|ve|pe|co|es|bo|ec|ar|br|mx|ng|ph|info)\b"
            )),
            links: [
                pattern(r"\b[a-z][a-z0-9+]*://\S+|\bwww\.\S+"),
                pattern(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S+"),
                pattern(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cl|org|net|info|edu|app|link)\b"),
            ],
            user: pattern(r"(?:^|[^\w@])(@\w[\w.-]*\w)"),
            user_named: pattern(&format!(r"{user_link}(\w[\w.-]*\w)")),
            user_words: pattern(&format!(r"{}([a-z'-]+(?: [a-z'-]+){{1,3}})", user_link.replace("[ :.]", "[ :]"))),
            handle: pattern(
                r"(?:\b[a-z]+[.:-])?\b[a-z][\w.-]*_\w(?:[\w.-]*\w)?(?:#\d{3,5})?|\b([a-z]{4,})[.-]?\d{2,4}\b",
            ),
            dotted: pattern(r"\b[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+\b"),
            secret: pattern(&format!(
                r"\b(?:{secret})\b[ :]*(?:[a-z]+ ){{0,2}}(?:(?:{filler}|[:=]|unica|wifi|mwen se|m se|banco|bank|kont|tarjeta|card|kat)(?:\b|=|:) ?[:=]? ?){{1,5}}(\S*\d\S*)"
            )),
        }
    }
}

/// Pages of the state are not personal.
const OF_THE_STATE: &str = ".gob.cl";

pub(super) fn find(seen: &Seen<'_>, rules: &Rules, marked: &mut Marked) {
    let Patterns { mail, said, links, user, user_named, user_words, handle, dotted, secret } = &*PATTERNS;
    for found in mail.find_iter(&seen.plain).chain(said.find_iter(&seen.plain)) {
        marked.add(found.range(), Mark::Mail);
    }
    for found in links.iter().flat_map(|link| link.find_iter(&seen.plain)) {
        if !found.as_str().trim_end_matches(['/', '.', ',']).ends_with(OF_THE_STATE) {
            marked.add(found.range(), Mark::Link);
        }
    }
    let at = user.captures_iter(&seen.plain).filter_map(|found| found.get(1));
    let named = user_named.captures_iter(&seen.plain).filter_map(|found| {
        let said = found.get(1).is_some_and(|link| !link.is_empty());
        found.get(2).filter(|name| is_handle(rules, name.as_str(), said))
    });
    let bare = handle.captures_iter(&seen.plain).filter_map(|found| {
        let known = found.get(1).is_some_and(|letters| is_known(rules, letters.as_str()));
        found.get(0).filter(|_| !known)
    });
    let dotted = dotted.find_iter(&seen.plain).filter(|found| is_dotted(rules, found.as_str()));
    for found in at.chain(named).chain(bare).chain(dotted) {
        marked.add(found.range(), Mark::User);
    }
    for words in user_words.captures_iter(&seen.plain).filter_map(|found| found.get(2)) {
        let capital = capitals(seen, words.start(), words.as_str());
        if !marked.covers(&words.range()) && capital.1 > 1 {
            marked.add(words.start()..words.start() + capital.0, Mark::User);
        }
    }
    for found in
        secret.captures_iter(&seen.plain).filter_map(|found| found.get(1)).filter(|word| is_secret(word.as_str()))
    {
        marked.add(found.range(), Mark::Secret);
    }
}

/// Whether a word is long enough for a password, and not a year.
fn is_secret(word: &str) -> bool {
    word.len() > 3 && !is_year(word.trim_end_matches(|sign: char| sign.is_ascii_punctuation()))
}

/// Whether a text after a word for a user name is one: it has a digit, dot or underscore, or is a word unknown from
/// questions.
fn is_handle(rules: &Rules, name: &str, said: bool) -> bool {
    let odd = name.contains(['_', '.']) || name.contains(|sign: char| sign.is_ascii_digit());
    let letters = name.contains(|sign: char| sign.is_ascii_alphabetic());
    letters
        && ((odd && !is_known(rules, name.trim_end_matches(|sign: char| sign.is_ascii_digit())))
            || (said && name.len() > 3 && !is_known(rules, name)))
}

/// Whether dots or hyphens join words and a digit (`lobo.gamer.cl07`), not all of them words known from questions.
fn is_dotted(rules: &Rules, text: &str) -> bool {
    let letters = |part: &str| part.trim_matches(|sign: char| sign.is_ascii_digit()).to_owned();
    let parts: Vec<String> = text.split(['.', '-']).map(letters).filter(|part| part.len() > 2).collect();
    let digit = text.contains(|sign: char| sign.is_ascii_digit());
    digit && parts.len() > 1 && !parts.iter().all(|part| is_known(rules, part))
}

/// The length in bytes of the capitalized words at the start, and their number.
fn capitals(seen: &Seen<'_>, start: usize, text: &str) -> (usize, usize) {
    let (mut end, mut count, mut from) = (0, 0, 0);
    for word in text.split(' ') {
        if !seen.is_capital(start + from) {
            break;
        }
        (end, count, from) = (from + word.len(), count + 1, from + word.len() + 1);
    }
    (end, count)
}

pub(super) fn is_known(rules: &Rules, word: &str) -> bool {
    let name = |word: &str| rules.given.contains(word) || rules.family.contains(word);
    let known = |word: &str| {
        !name(word) && (rules.written.contains(word) || rules.function.contains(word) || rules.known.contains(word))
    };
    word.split(['.', '-', '_']).all(known)
}
