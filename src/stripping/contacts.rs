//! E-mail addresses, written or said aloud, links and names of users.

use regex::Regex;

use super::Mark;
use super::cues::{CueWords, Cues, any, pattern};
use super::seen::{Marked, Seen};

/// How links and addresses look.
pub(super) struct Patterns {
    mail: Regex,
    said: Regex,
    links: [Regex; 3],
    user: Regex,
}

impl Patterns {
    pub fn of(words: &CueWords) -> Patterns {
        let (at, dot) = (any(&words.at), any(&words.dot));
        let at = format!(r" ?[(\[{{<]? ?(?:@|\b(?:{at})\b) ?[)\]}}>]? ?");
        let dot = format!(r" ?[(\[{{]? ?(?:\.|\b(?:{dot})\b) ?[)\]}}]? ?");
        Patterns {
            mail: pattern(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"),
            said: pattern(&format!(
                r"[\w.+%-]+{at}[\w-]+(?:{dot}[\w-]+){{0,2}}{dot}(?:com|net|org|cl|edu|gob|gov|fr|ht|ve|pe|co|info)\b"
            )),
            links: [
                pattern(r"\b[a-z][a-z0-9+]*://\S+|\bwww\.\S+"),
                pattern(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S+"),
                pattern(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cl|org|net|info|edu|app|link)\b"),
            ],
            user: pattern(r"(?:^|[^\w@])(@\w{3,})"),
        }
    }
}

/// Pages of the state are nobody's.
const OF_THE_STATE: &str = ".gob.cl";

pub(super) fn find(seen: &Seen<'_>, cues: &Cues, marked: &mut Marked) {
    let Patterns { mail, said, links, user } = &cues.contacts;
    for found in mail.find_iter(&seen.plain).chain(said.find_iter(&seen.plain)) {
        marked.add(found.range(), Mark::Mail);
    }
    for found in links.iter().flat_map(|link| link.find_iter(&seen.plain)) {
        if !found.as_str().trim_end_matches(['/', '.', ',']).ends_with(OF_THE_STATE) {
            marked.add(found.range(), Mark::Link);
        }
    }
    for found in user.captures_iter(&seen.plain).filter_map(|found| found.get(1)) {
        marked.add(found.range(), Mark::User);
    }
}
