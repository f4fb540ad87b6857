//! Evaluates how often a line of help shows where it should, and where it should not: `evaluate danger`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::score::share;
use super::table::{Rows, TableFormatError, cell};
use crate::domain::safety::danger::{Danger, Level, Sign};

/// The name of ordinary messages.
const NONE: &str = "-";
/// The level that wants the line of help large and first.
const ALARM: &str = "alarm";

/// A labelled message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DangerMessage {
    /// The kinds of danger that it speaks of; none for an ordinary message.
    pub expected: Vec<Danger>,
    /// The language's code.
    pub lang: String,
    /// Whether the whole alarm is wanted; `None` where the set does not say.
    pub alarm_wanted: Option<bool>,
    /// Whose message it is: the rows of one person are one talk. Empty for a talk of one message.
    pub person: String,
    /// The text as written.
    pub text: String,
}

/// How often the line of help showed on messages about danger.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct DangerShares {
    /// Number of messages about danger.
    pub n: usize,
    /// Share whose own kind's alarm showed.
    pub alarm: f64,
    /// Share whose own kind's quiet line showed.
    pub care: f64,
    /// Share on which no line showed.
    pub none: f64,
    /// Share on which another kind's line showed.
    pub other_kind: f64,
    /// Of the messages that want the whole alarm.
    pub alarm_wanted: AlarmWanted,
}

/// How often the whole alarm showed where it is wanted.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct AlarmWanted {
    /// Number of messages that want it.
    pub n: usize,
    /// Share on which it showed.
    pub alarm: f64,
}

/// How often a line of help showed on ordinary messages.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct Ordinary {
    /// Number of ordinary messages.
    pub n: usize,
    /// Share on which an alarm showed.
    pub alarm: f64,
    /// Share on which a quiet line showed.
    pub care: f64,
}

/// The shares of all messages, by language and by kind.
#[derive(Debug, Serialize)]
pub struct DangerReport {
    /// Of all messages about danger.
    pub overall: DangerShares,
    /// Of ordinary messages.
    pub ordinary: Ordinary,
    /// By language: of ordinary messages.
    pub ordinary_by_language: BTreeMap<String, Ordinary>,
    /// By language: of messages about danger.
    pub languages: BTreeMap<String, DangerShares>,
    /// By kind.
    pub kinds: BTreeMap<&'static str, DangerShares>,
}

/// Reads a table with the columns `expected` (kinds separated by `|`, or `-`), `lang`, `text`, and optionally `level`
/// and `person`.
///
/// # Errors
/// If it has no such columns, or a kind does not exist.
pub fn read_danger(tsv: &str) -> Result<Vec<DangerMessage>, TableFormatError> {
    let rows = Rows::read(tsv)?;
    let expected = rows.column("expected", &["expected"])?;
    let (lang, text) = (rows.column("lang", &["lang"])?, rows.column("text", &["text"])?);
    let message = |(n, row)| {
        let names = cell(row, expected).split('|').map(str::trim).filter(|name| *name != NONE);
        let kinds = names.map(|name| {
            Danger::parse(name).ok_or_else(|| TableFormatError::NoKind { line: n + 2, name: name.to_owned() })
        });
        let level = rows.optional("level", row);
        Ok(DangerMessage {
            expected: kinds.collect::<Result<_, _>>()?,
            lang: cell(row, lang).to_owned(),
            alarm_wanted: (!level.is_empty() && level != NONE).then(|| level == ALARM),
            person: rows.optional("person", row).to_owned(),
            text: cell(row, text).to_owned(),
        })
    };
    rows.lines.iter().enumerate().map(message).collect()
}

/// Runs `line` on every message, in order: it gives the line of help that shows. Its second argument says whether the
/// message goes on with the talk of the one before.
pub fn evaluate_danger(
    messages: &[DangerMessage],
    mut line: impl FnMut(&DangerMessage, bool) -> Option<Sign>,
) -> DangerReport {
    let mut before = "";
    let mut shown = Vec::new();
    for message in messages {
        let goes_on = !message.person.is_empty() && message.person == before;
        shown.push((message, line(message, goes_on)));
        before = &message.person;
    }
    let knows_stranger = messages.iter().any(|message| message.expected.contains(&Danger::Stranger));
    let of = |fits: &dyn Fn(&DangerMessage) -> bool| {
        shares(knows_stranger, shown.iter().filter(|(message, _)| !message.expected.is_empty() && fits(message)))
    };
    let ordinary = |fits: &dyn Fn(&DangerMessage) -> bool| {
        let of: Vec<_> = shown.iter().filter(|(message, _)| message.expected.is_empty() && fits(message)).collect();
        let with = |level: Level| {
            let with = of.iter().filter(|(_, line)| line.is_some_and(|sign| sign.level == level));
            share(with.count(), of.len())
        };
        Ordinary { n: of.len(), alarm: with(Level::Alarm), care: with(Level::Care) }
    };
    let languages = || messages.iter().map(|message| message.lang.clone());
    DangerReport {
        overall: of(&|_| true),
        ordinary: ordinary(&|_| true),
        ordinary_by_language: languages().map(|lang| (lang.clone(), ordinary(&|other| other.lang == lang))).collect(),
        languages: languages().map(|lang| (lang.clone(), of(&|other| other.lang == lang))).collect(),
        kinds: Danger::ALL.map(|kind| (kind.name(), of(&|message| message.expected.contains(&kind)))).into(),
    }
}

type Shown<'m> = (&'m DangerMessage, Option<Sign>);

/// In a set that knows only `violence`, violence by others counts as the same.
fn shares<'m>(knows_stranger: bool, shown: impl Iterator<Item = &'m Shown<'m>>) -> DangerShares {
    let shown: Vec<_> = shown.collect();
    let fits = |message: &DangerMessage, kind: Danger| {
        let as_violence = !knows_stranger && kind == Danger::Stranger;
        message.expected.contains(&if as_violence { Danger::Violence } else { kind })
    };
    let own = |level: Level| {
        let with = shown
            .iter()
            .filter(|(message, line)| line.is_some_and(|sign| sign.level == level && fits(message, sign.kind)));
        with.count()
    };
    let none = shown.iter().filter(|(_, line)| line.is_none()).count();
    let wanted: Vec<_> = shown.iter().filter(|(message, _)| message.alarm_wanted == Some(true)).collect();
    let with_alarm = wanted.iter().filter(|(_, line)| line.is_some_and(|sign| sign.level == Level::Alarm)).count();
    let (alarm, care) = (own(Level::Alarm), own(Level::Care));
    DangerShares {
        n: shown.len(),
        alarm: share(alarm, shown.len()),
        care: share(care, shown.len()),
        none: share(none, shown.len()),
        other_kind: share(shown.len() - alarm - care - none, shown.len()),
        alarm_wanted: AlarmWanted { n: wanted.len(), alarm: share(with_alarm, wanted.len()) },
    }
}

impl fmt::Display for DangerReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<12} {:>5} {:>6} {:>6} {:>6} {:>10}", "", "n", "alarm", "care", "none", "other kind")?;
        let all = [("all", &self.overall)].into_iter();
        let languages = self.languages.iter().map(|(name, of)| (name.as_str(), of));
        for (name, of) in all.chain(languages).chain(self.kinds.iter().map(|(name, of)| (*name, of))) {
            let DangerShares { n, alarm, care, none, other_kind, alarm_wanted: _ } = of;
            writeln!(f, "{name:<12} {n:>5} {alarm:>6.3} {care:>6.3} {none:>6.3} {other_kind:>10.3}")?;
        }
        let AlarmWanted { n, alarm } = &self.overall.alarm_wanted;
        writeln!(f, "of {n} that want the whole alarm: {alarm:.3}")?;
        for (lang, of) in &self.languages {
            let AlarmWanted { n, alarm } = &of.alarm_wanted;
            writeln!(f, "  {lang}: of {n}, {alarm:.3}")?;
        }
        let Ordinary { n, alarm, care } = &self.ordinary;
        writeln!(f, "of {n} ordinary messages: alarm {alarm:.3}, care {care:.3}")?;
        for (lang, Ordinary { n, alarm, care }) in &self.ordinary_by_language {
            writeln!(f, "  {lang}: of {n}, alarm {alarm:.3}, care {care:.3}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_its_own_kind_is_found_and_another_is_counted_apart() {
        let table = "expected\tlang\tlevel\tperson\ttext\nstranger\tes\talarm\t\ta\nmedical|child\tes\tcare\tp\tb\n\
                     -\tht\t-\tp\tc\nsuicide\tht\talarm\t\td\n";
        let messages = read_danger(table).unwrap();
        let mut talks = Vec::new();
        let report = evaluate_danger(&messages, |message, goes_on| {
            talks.push(goes_on);
            match message.text.as_str() {
                "d" => None,
                "b" => Some(Sign { kind: Danger::Medical, level: Level::Care }),
                "a" => Some(Sign { kind: Danger::Stranger, level: Level::Alarm }),
                _ => Some(Sign { kind: Danger::Violence, level: Level::Alarm }),
            }
        });
        assert_eq!(talks, [false, false, true, false]);
        let third = 1.0 / 3.0;
        let overall = &report.overall;
        for (found, wanted) in [(overall.alarm, third), (overall.care, third), (overall.none, third)] {
            assert!((found - wanted).abs() < 1e-9);
        }
        assert_eq!((overall.alarm_wanted.n, report.ordinary.n), (2, 1));
        assert!((report.ordinary.alarm - 1.0).abs() < 1e-9 && (overall.alarm_wanted.alarm - 0.5).abs() < 1e-9);
        assert!(read_danger("expected\tlang\ttext\nfire\tes\tx").is_err());
    }
}
