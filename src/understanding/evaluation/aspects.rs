//! Evaluates which aspect a message asks about, without any talk: `evaluate aspects`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::score::share;
use super::table::{Rows, TableFormatError, cell};
use crate::domain::content::aspect::Aspect;

/// A labelled message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AspectMessage {
    /// The language's code.
    pub lang: String,
    /// What it asks about; `None` for nothing in particular.
    pub aspect: Option<Aspect>,
    /// The text as written.
    pub text: String,
}

/// How often the aspect was found.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct AspectShares {
    /// Number of messages that ask for an aspect.
    pub n: usize,
    /// Share of them whose aspect was found.
    pub right: f64,
    /// Share of them for which another aspect was taken.
    pub wrong: f64,
    /// Number of messages that ask for none.
    pub none: usize,
    /// Share of those for which an aspect was taken all the same.
    pub needless: f64,
}

/// The shares of all messages, by language and by aspect.
#[derive(Debug, Serialize)]
pub struct AspectReport {
    /// Of all messages.
    pub overall: AspectShares,
    /// By language.
    pub languages: BTreeMap<String, AspectShares>,
    /// By aspect.
    pub aspects: BTreeMap<&'static str, AspectShares>,
}

/// Reads a table with the columns `lang`, `aspect` (`-` for none) and `text`.
///
/// # Errors
/// If it has no such columns, or an aspect does not exist.
pub fn read_aspects(tsv: &str) -> Result<Vec<AspectMessage>, TableFormatError> {
    let rows = Rows::read(tsv)?;
    let [lang, aspect, text] =
        [rows.column("lang", &["lang"])?, rows.column("aspect", &["aspect"])?, rows.column("text", &["text"])?];
    let message = |(n, row)| {
        let aspect = match cell(row, aspect) {
            "-" => None,
            name => Some(
                Aspect::parse(name).ok_or_else(|| TableFormatError::NoAspect { line: n + 2, name: name.to_owned() })?,
            ),
        };
        Ok(AspectMessage { lang: cell(row, lang).to_owned(), aspect, text: cell(row, text).to_owned() })
    };
    rows.lines.iter().enumerate().map(message).collect()
}

/// Runs `find` on every message and counts the results.
pub fn evaluate_aspects(messages: &[AspectMessage], find: impl Fn(&str) -> Option<Aspect>) -> AspectReport {
    let found: Vec<_> = messages.iter().map(|message| (message, find(&message.text))).collect();
    let of = |fits: &dyn Fn(&AspectMessage) -> bool| shares(found.iter().filter(|(message, _)| fits(message)));
    let languages: BTreeMap<String, AspectShares> =
        messages.iter().map(|message| (message.lang.clone(), of(&|other| other.lang == message.lang))).collect();
    let aspects = Aspect::ALL.map(|aspect| (aspect.name(), of(&|message| message.aspect == Some(aspect))));
    AspectReport { overall: of(&|_| true), languages, aspects: aspects.into() }
}

fn shares<'m>(found: impl Iterator<Item = &'m (&'m AspectMessage, Option<Aspect>)>) -> AspectShares {
    let (asking, other): (Vec<_>, Vec<_>) = found.partition(|(message, _)| message.aspect.is_some());
    let right = asking.iter().filter(|(message, found)| *found == message.aspect).count();
    let silent = asking.iter().filter(|(_, found)| found.is_none()).count();
    AspectShares {
        n: asking.len(),
        right: share(right, asking.len()),
        wrong: share(asking.len() - right - silent, asking.len()),
        none: other.len(),
        needless: share(other.iter().filter(|(_, found)| found.is_some()).count(), other.len()),
    }
}

impl fmt::Display for AspectReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<10} {:>5} {:>6} {:>6} {:>5} {:>9}", "", "n", "right", "wrong", "none", "needless")?;
        let overall = [("all", &self.overall)].into_iter();
        let languages = self.languages.iter().map(|(name, shares)| (name.as_str(), shares));
        for (name, of) in overall.chain(languages).chain(self.aspects.iter().map(|(name, shares)| (*name, shares))) {
            let AspectShares { n, right, wrong, none, needless } = of;
            writeln!(f, "{name:<10} {n:>5} {right:>6.3} {wrong:>6.3} {none:>5} {needless:>9.3}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aspect_counts_as_right_wrong_or_needless() {
        let table = "lang\taspect\tstyle\ttext\nes\tcost\tfirst\ta\nes\tcost\tfollow\tb\nes\ttime\tfollow\tc\nht\t-\tfirst\td\n";
        let messages = read_aspects(table).unwrap();
        let report = evaluate_aspects(&messages, |text| (text != "c").then_some(Aspect::Cost));
        assert_eq!((report.overall.n, report.overall.none), (3, 1));
        assert!((report.overall.right - 2.0 / 3.0).abs() < 1e-9 && report.overall.wrong < 1e-9);
        assert!((report.languages["ht"].needless - 1.0).abs() < 1e-9);
        assert!(read_aspects("lang\taspect\tstyle\ttext\nes\tprice\tfirst\ta").is_err());
    }
}
