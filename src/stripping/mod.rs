//! Takes what is personal out of people's words before they are kept: numbers, addresses and names become short marks.

mod addresses;
mod contacts;
mod cues;
mod documents;
mod harmless;
mod names;
mod numbers;
mod seen;

use cues::Cues;
use seen::{Marked, Seen};

use crate::domain::stripped::Stripped;

/// What stands in place of something personal; the same in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Mail,
    Link,
    User,
    Phone,
    Document,
    Number,
    Address,
    Name,
}

impl Mark {
    fn sign(self) -> &'static str {
        match self {
            Mark::Mail => "[mail]",
            Mark::Link => "[link]",
            Mark::User => "[user]",
            Mark::Phone => "[tel]",
            Mark::Document => "[id]",
            Mark::Number => "[num]",
            Mark::Address => "[adr]",
            Mark::Name => "[nom]",
        }
    }
}

/// Makes the patterns ready, which takes a moment; otherwise the first words to be stripped wait for it.
pub fn prepare() {
    Cues::of_the_program();
}

/// The words without phone numbers, e-mail addresses, numbers of documents and cases, street addresses, links, names of users,
/// long numbers of any kind, and names as far as rules can. Amounts, dates, years, ages, hours, articles and laws stay.
///
/// Takes time in proportion to the length of the words. Stripping again changes nothing.
pub fn strip(words: &str) -> Stripped {
    let (seen, cues) = (Seen::of(words), Cues::of_the_program());
    let mut marked = Marked::default();
    contacts::find(&seen, cues, &mut marked);
    let harmless = harmless::find(&seen, cues);
    numbers::find(&seen, cues, &harmless, &mut marked);
    documents::find(&seen, cues, &harmless, &mut marked);
    addresses::find(&seen, cues, &mut marked);
    names::find(&seen, cues, &mut marked);
    Stripped::of_stripped(seen.without(marked))
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn stripping_again_changes_nothing() {
        let once = strip(
            "Me llamo Juan Pérez, +56 9 1234 5678, juan@correo.cl, RUN 12.345.678-k, https://x.cl/y, calle Lota 12",
        );
        assert_eq!(strip(once.as_str()), once);
    }

    #[test]
    fn the_words_do_not_show_in_a_log() {
        assert!(!format!("{:?}", strip("kote m ka jwenn yon doktè")).contains("dokt"));
    }
}
