//! Evaluates whether a talk says what was asked for, and not only something about the subject: `evaluate talks` where a
//! table has the column `aspect`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::score::share;
use super::table::{Rows, TableFormatError, cell};

/// What is said of an entry itself and not of an aspect.
const LEAD: &str = "-";
/// The name of what the bot should not answer, and of small talk.
const OUTSIDE: [&str; 2] = ["-", "~"];
/// A row's aspect that the part `where` answers, with its hours.
const HOURS: &str = "hours";
const WHERE: &str = "where";

/// A row of a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkRow {
    /// Whose message it is; the rows of one person, in their order, are a talk.
    pub person: String,
    /// The code of the language.
    pub lang: String,
    /// The style of writing.
    pub style: String,
    /// The keys of the right entries; none for what the bot should not answer.
    pub expected: Vec<String>,
    /// The aspects that are asked for; none where the lead is wanted.
    pub aspects: Vec<String>,
    /// The text as written.
    pub text: String,
}

/// What the bot said to a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The entry that was answered.
    pub entry: Option<String>,
    /// Whether its lead was said.
    pub lead: bool,
    /// The aspects that were said.
    pub aspects: Vec<&'static str>,
    /// The aspects that were said to be missing.
    pub missing: Vec<&'static str>,
    /// Whether a text was pointed to or sent that stood on the screen already.
    pub repeated: bool,
    /// The entries that were offered.
    pub offered: Vec<String>,
    /// Whether the bot asked what bad news is about.
    pub asks_what_about: bool,
    /// The request about the talk that was followed.
    pub request: Option<&'static str>,
}

/// Shares of the rows that an entry answers, from 0 to 1.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct SubstanceShares {
    /// Number of rows.
    pub n: usize,
    /// The right entry, and what was asked for was said.
    pub substance: f64,
    /// The right entry, and it was said that this part is missing.
    pub missing: f64,
    /// The right entry, but another part.
    pub other_part: f64,
    /// The right entry, but a text that stood on the screen already.
    pub repeated: f64,
    /// The right entry was among those offered.
    pub offered: f64,
    /// Only wrong entries were offered.
    pub offered_wrong: f64,
    /// A wrong entry was answered.
    pub wrong: f64,
    /// Nothing was found.
    pub nothing: f64,
}

/// The shares of all rows that an entry answers, by language, style and aspect.
#[derive(Debug, Serialize)]
pub struct SubstanceReport {
    /// Of all these rows.
    pub overall: SubstanceShares,
    /// By language.
    pub languages: BTreeMap<String, SubstanceShares>,
    /// By style.
    pub styles: BTreeMap<String, SubstanceShares>,
    /// By aspect; `-` where the lead is wanted.
    pub aspects: BTreeMap<String, SubstanceShares>,
    /// Number of rows whose only right entry does not exist yet; they are in no share.
    pub unwritten: usize,
    /// Share of the rows that nothing should answer which an entry answered.
    pub outside_answered: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Substance,
    Missing,
    OtherPart,
    Repeated,
    Offered,
    OfferedWrong,
    Wrong,
    Nothing,
}

/// Whether a table has the column `aspect`.
pub fn has_aspects(tsv: &str) -> bool {
    tsv.lines().next().is_some_and(|header| header.split('\t').any(|name| name == "aspect"))
}

/// Reads a table with the columns `expected`, `aspect`, `lang` and `text`, and optionally `person` and `style`.
///
/// # Errors
/// If it has no such columns.
pub fn read_talks(tsv: &str) -> Result<Vec<TalkRow>, TableFormatError> {
    let rows = Rows::read(tsv)?;
    let (expected, text) = (rows.column("expected", &["expected"])?, rows.column("text", &["text"])?);
    let (aspect, lang) = (rows.column("aspect", &["aspect"])?, rows.column("lang", &["lang"])?);
    let names = |cell: &str, none: &[&str]| {
        let names = cell.split('|').map(str::trim).filter(|name| !name.is_empty() && !none.contains(name));
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let row = |row| TalkRow {
        person: rows.optional("person", row).to_owned(),
        lang: cell(row, lang).to_owned(),
        style: rows.optional("style", row).to_owned(),
        expected: names(cell(row, expected), &OUTSIDE),
        aspects: names(cell(row, aspect), &[LEAD]),
        text: cell(row, text).to_owned(),
    };
    Ok(rows.lines.iter().map(row).collect())
}

/// Plays the rows in order and judges what was said. The second argument of `play` says whether the row goes on with the
/// talk of the one before; `exists` says whether there is an entry with a key.
pub fn evaluate_substance(
    rows: &[TalkRow],
    exists: impl Fn(&str) -> bool,
    mut play: impl FnMut(&TalkRow, bool) -> Said,
) -> SubstanceReport {
    let (mut before, mut judged) = ("", Vec::new());
    let (mut unwritten, mut outside, mut outside_answered) = (0, 0, 0);
    for row in rows {
        let said = play(row, !row.person.is_empty() && row.person == before);
        before = &row.person;
        if row.expected.is_empty() {
            outside += 1;
            outside_answered += usize::from(said.entry.is_some());
        } else if row.expected.iter().any(|key| exists(key)) {
            judged.push((row, judge(row, &said)));
        } else {
            unwritten += 1;
        }
    }
    let of = |fits: &dyn Fn(&TalkRow) -> bool| shares(judged.iter().filter(|(row, _)| fits(row)).map(|(_, v)| *v));
    let aspects = |row: &TalkRow| match row.aspects.is_empty() {
        true => vec![LEAD.to_owned()],
        false => row.aspects.clone(),
    };
    let named = |name: &dyn Fn(&TalkRow) -> Vec<String>| {
        let names: Vec<String> = judged.iter().flat_map(|(row, _)| name(row)).collect();
        names.into_iter().map(|one| (one.clone(), of(&|row| name(row).contains(&one)))).collect()
    };
    SubstanceReport {
        overall: of(&|_| true),
        languages: named(&|row| vec![row.lang.clone()]),
        styles: named(&|row| vec![row.style.clone()]),
        aspects: named(&aspects),
        unwritten,
        outside_answered: share(outside_answered, outside),
    }
}

fn judge(row: &TalkRow, said: &Said) -> Verdict {
    if said.request.is_some_and(|request| row.aspects.iter().any(|aspect| aspect == request)) {
        return Verdict::Substance;
    }
    let Some(entry) = &said.entry else {
        return match (said.offered.is_empty(), said.offered.iter().any(|key| row.expected.contains(key))) {
            (true, _) => Verdict::Nothing,
            (false, true) => Verdict::Offered,
            (false, false) => Verdict::OfferedWrong,
        };
    };
    if !row.expected.contains(entry) {
        return Verdict::Wrong;
    }
    let wants =
        |aspect: &str| row.aspects.iter().any(|wanted| wanted == aspect || (wanted == HOURS && aspect == WHERE));
    let has_substance = match row.aspects.is_empty() {
        true => said.lead,
        false => said.aspects.iter().any(|aspect| wants(aspect)),
    };
    match (said.repeated, has_substance) {
        (true, _) => Verdict::Repeated,
        (false, true) => Verdict::Substance,
        (false, false) if said.missing.iter().any(|aspect| wants(aspect)) => Verdict::Missing,
        (false, false) => Verdict::OtherPart,
    }
}

fn shares(verdicts: impl Iterator<Item = Verdict>) -> SubstanceShares {
    let verdicts: Vec<Verdict> = verdicts.collect();
    let of = |wanted: Verdict| share(verdicts.iter().filter(|verdict| **verdict == wanted).count(), verdicts.len());
    SubstanceShares {
        n: verdicts.len(),
        substance: of(Verdict::Substance),
        missing: of(Verdict::Missing),
        other_part: of(Verdict::OtherPart),
        repeated: of(Verdict::Repeated),
        offered: of(Verdict::Offered),
        offered_wrong: of(Verdict::OfferedWrong),
        wrong: of(Verdict::Wrong),
        nothing: of(Verdict::Nothing),
    }
}

impl fmt::Display for SubstanceReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<14} {:>5} {:>9} {:>7} {:>10} {:>8} {:>7} {:>13} {:>6} {:>7}",
            "", "n", "substance", "missing", "other part", "repeated", "offered", "offered wrong", "wrong", "nothing"
        )?;
        let groups = [&self.languages, &self.styles, &self.aspects];
        let groups = groups.into_iter().flatten().map(|(name, of)| (name.as_str(), of));
        for (name, of) in [("all", &self.overall)].into_iter().chain(groups) {
            let SubstanceShares { n, substance, missing, other_part, repeated, offered, offered_wrong, wrong, nothing } =
                of;
            writeln!(
                f,
                "{name:<14} {n:>5} {substance:>9.3} {missing:>7.3} {other_part:>10.3} {repeated:>8.3} {offered:>7.3} \
                 {offered_wrong:>13.3} {wrong:>6.3} {nothing:>7.3}"
            )?;
        }
        writeln!(f, "rows whose entry does not exist yet: {}", self.unwritten)?;
        writeln!(f, "answered though nothing should: {:.3}", self.outside_answered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_entry_with_what_was_asked_for_counts_as_substance() {
        let table = "person\tlang\tstyle\texpected\taspect\ttext\np\tes\tfirst\ta/b\t-\t1\np\tes\tnext\ta/b\tcost|hours\t2\n\
                     p\tes\tnext\ta/b\tperson\t3\nq\tht\tnext\tc/d\tcost\t4\nq\tht\tnext\t-\t-\t5\nq\tht\tfirst\ta/b\tcost\t6\n";
        assert!(has_aspects(table) && !has_aspects("expected\ttext\n"));
        let rows = read_talks(table).unwrap();
        let entry = Some("a/b".to_owned());
        let report = evaluate_substance(
            &rows,
            |key| key == "a/b",
            |row, goes_on| {
                assert_eq!(goes_on, !matches!(row.text.as_str(), "1" | "4"), "{}", row.text);
                match row.text.as_str() {
                    "1" => Said { entry: entry.clone(), lead: true, ..Said::default() },
                    "2" => Said { entry: entry.clone(), aspects: vec!["where"], ..Said::default() },
                    "3" => Said { request: Some("person"), ..Said::default() },
                    "5" => Said { entry: entry.clone(), ..Said::default() },
                    _ => Said { entry: entry.clone(), missing: vec!["cost"], ..Said::default() },
                }
            },
        );
        assert_eq!((report.overall.n, report.unwritten), (4, 1));
        let close = |found: f64, wanted: f64| (found - wanted).abs() < 1e-9;
        assert!(close(report.overall.substance, 0.75) && close(report.overall.missing, 0.25));
        assert!(close(report.outside_answered, 1.0) && close(report.languages["ht"].missing, 1.0));
    }

    #[test]
    fn what_stands_on_the_screen_already_never_counts_as_right() {
        let row = TalkRow {
            person: String::new(),
            lang: "es".to_owned(),
            style: String::new(),
            expected: vec!["a/b".to_owned()],
            aspects: Vec::new(),
            text: String::new(),
        };
        let said = Said { entry: Some("a/b".to_owned()), lead: true, repeated: true, ..Said::default() };
        assert_eq!(judge(&row, &said), Verdict::Repeated);
        let offered = Said { offered: vec!["c/d".to_owned()], ..Said::default() };
        assert_eq!(judge(&row, &offered), Verdict::OfferedWrong);
    }
}
