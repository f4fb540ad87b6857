//! Tables of messages: by language, by outcome, by usefulness, and those without an answer.

use super::maker::Maker;
use super::table::{Figure, Row, Table, TableId};
use crate::i18n::Label;

/// The outcomes of a message, as shown; an answer that follows another counts as an answer.
const VERDICTS: [(&str, &[&str], Label<'static>); 7] = [
    ("answered", &["answered", "followed-up"], Label::StatsAnswered),
    ("offered", &["offered"], Label::StatsOffered),
    ("not-understood", &["not-understood"], Label::StatsNotUnderstood),
    ("place-named", &["place-named"], Label::StatsPlaceNamed),
    ("help-only", &["help-only"], Label::StatsHelpOnly),
    ("small-talk", &["small-talk"], Label::StatsSmallTalk),
    ("requests", &["request"], Label::StatsRequests),
];

impl Maker<'_> {
    pub fn languages(&self) -> Table {
        let keys = self.langs().map(|lang| (lang.code().to_owned(), lang.name().to_owned())).collect();
        let what = (TableId::Languages, Label::StatsLanguages, None);
        self.compared(what, Label::Language, keys, |sum, key| sum.of(&["messages"], |total| total.lang == key))
    }

    /// The outcomes of messages: a row each, a column per language.
    pub fn verdicts(&self) -> Table {
        let cells = VERDICTS.map(|(_, names, _)| self.langs().map(|lang| self.now().in_lang(names, lang)).collect());
        let titles = VERDICTS.map(|(key, _, title)| (key.to_owned(), self.word(title)));
        self.by_lang((TableId::Verdicts, Label::StatsVerdicts, None), &cells, &titles)
    }

    /// Messages without an answer. Groups of unanswered words belong here as soon as there are any.
    pub fn gaps(&self, verdicts: &Table) -> Table {
        // Messages that were not understood are in another table too: figures that it hides stay hidden here.
        let not_understood = verdicts.rows.iter().find(|row| row.key == "not-understood");
        let fitted: Vec<u64> = self.langs().map(|lang| self.now().in_lang(&["none-fitted"], lang)).collect();
        let fitted = self.divided(&fitted);
        let is_empty = not_understood.is_none() && fitted.last() == Some(&Figure::Count(0));
        let nothing = |place: usize| not_understood.and_then(|row| row.figures.get(place)).copied();
        let langs = self.langs().map(|lang| (lang.code().to_owned(), lang.name().to_owned(), true));
        let titles = langs.chain([("total".to_owned(), self.word(Label::StatsTotal), false)]);
        let row = |(place, (key, title, is_part)): (usize, (String, String, bool))| Row {
            key,
            title,
            figures: vec![nothing(place).unwrap_or(Figure::Count(0)), fitted[place]],
            is_part,
        };
        Table {
            id: TableId::Gaps,
            title: self.word(Label::StatsGaps),
            about: self.word(Label::StatsGapsAbout),
            corner: self.word(Label::Language),
            columns: vec![
                self.column("not-understood", Label::StatsNotUnderstood),
                self.column("none-fitted", Label::StatsNoneFitted),
            ],
            rows: if is_empty { Vec::new() } else { titles.enumerate().map(row).collect() },
        }
    }

    pub fn usefulness(&self) -> Table {
        let votes = [("useful", Label::StatsUsefulYes), ("not-useful", Label::StatsUsefulNo)];
        let cells = votes.map(|(name, _)| self.langs().map(|lang| self.now().in_lang(&[name], lang)).collect());
        let titles = votes.map(|(name, label)| (name.to_owned(), self.word(label)));
        self.by_lang((TableId::Usefulness, Label::StatsUseful, Some(Label::StatsUsefulAbout)), &cells, &titles)
    }
}
