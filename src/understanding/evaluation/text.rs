//! Formats the reports as tables for people.

use std::fmt::{self, Display, Formatter};

use super::language::LanguageReport;
use super::messages::Report;
use super::score::{OutOfScopeShares, Shares};

/// How many confusions are shown.
const CONFUSIONS: usize = 20;

const HEADER: &str =
    "                 n   top1  top3   mrr | right wrong offered only-wrong nothing | out of scope: n answered offered";

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        line(f, "all", &self.overall)?;
        self.languages.iter().try_for_each(|(name, shares)| line(f, name, shares))?;
        self.styles.iter().try_for_each(|(name, shares)| line(f, name, shares))?;
        writeln!(f, "\nRisk by coverage\n{}", self.risk_coverage.text())?;
        writeln!(f, "Confusions (expected, understood, times, answered directly)")?;
        let shown = self.confusions.iter().take(CONFUSIONS);
        shown.into_iter().try_for_each(|pair| {
            writeln!(f, "{:>4} {:>3}  {} → {}", pair.times, pair.answered, pair.expected, pair.understood)
        })
    }
}

fn line(f: &mut Formatter<'_>, name: &str, shares: &Shares) -> fmt::Result {
    let Shares { n, top1, top3, mrr, right, wrong, offered_right, offered_wrong, nothing, out_of_scope, small_talk } =
        shares;
    write!(
        f,
        "{name:12} {n:>5}  {top1:.3} {top3:.3} {mrr:.3} | {right:.3} {wrong:.3}   {offered_right:.3}      {offered_wrong:.3}   {nothing:.3} |"
    )?;
    let OutOfScopeShares { n, answered, offered } = out_of_scope;
    write!(f, "          {n:>6}    {answered:.3}   {offered:.3}")?;
    match small_talk {
        Some(OutOfScopeShares { n, answered, offered }) => writeln!(f, "  small talk: {n} {answered:.3} {offered:.3}"),
        None => writeln!(f),
    }
}

impl Display for LanguageReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "accuracy {:.4}", self.accuracy)?;
        writeln!(f, "language      n  recall  precision")?;
        self.languages.iter().try_for_each(|(name, recall)| {
            writeln!(f, "{name:8} {:>6}  {:.4}     {:.4}", recall.n, recall.recall, recall.precision)
        })?;
        self.first_words.iter().try_for_each(|(words, accuracy)| writeln!(f, "first {words} words  {accuracy:.4}"))
    }
}
