//! Tables of answers: by topic, and the most frequent ones.

use std::collections::{BTreeMap, BTreeSet};

use super::load::{ANSWERS, Sum};
use super::maker::Maker;
use super::maker::Reader;
use super::table::{Figure, Row, Table, TableId};
use crate::domain::content::aspect::Aspect;
use crate::i18n::content_items::aspect_name;
use crate::i18n::{Label, say};
use crate::store::statistics::events;
use crate::store::statistics::sums::Total;

/// Most answers that are listed.
const MOST_ENTRIES: usize = 15;

impl Maker<'_> {
    pub fn topics(&self) -> Table {
        let keys = self.subjects(&ANSWERS, |entry| topic_of(entry).to_owned());
        let keys = keys.into_iter().map(|key| (key.clone(), self.names.topic(&key))).collect();
        let what = (TableId::Topics, Label::StatsTopics, Some(Label::StatsAnswersAbout));
        self.compared(what, Label::Topic, keys, |sum, key| sum.of(&ANSWERS, |total| topic_of(&total.subject) == key))
    }

    /// Parts of answers that were shown, by aspect.
    pub fn parts(&self) -> Table {
        let what = (TableId::Parts, Label::StatsParts, Some(Label::StatsPartsAbout));
        self.by_aspect(what, events::PART_SHOWN)
    }

    /// Parts that people asked for and that no answer has, by aspect.
    pub fn missing_parts(&self) -> Table {
        let what = (TableId::MissingParts, Label::StatsMissingParts, Some(Label::StatsMissingPartsAbout));
        self.by_aspect(what, events::PART_MISSING)
    }

    fn by_aspect(&self, what: (TableId, Label<'_>, Option<Label<'_>>), counter: &str) -> Table {
        let keys = Aspect::ALL.map(|aspect| (aspect.name().to_owned(), say(self.lang, &aspect_name(aspect))));
        let of = |total: &Total, key: &str| events::part_of(&total.subject).is_some_and(|(_, is)| is.name() == key);
        self.compared(what, Label::StatsAspect, keys.into(), |sum, key| sum.of(&[counter], |total| of(total, key)))
    }

    /// The subjects of these counters, now or before, the most frequent first.
    pub fn subjects(&self, names: &[&str], group: impl Fn(&str) -> String) -> Vec<String> {
        let topic = self.gathered.filter.topic.as_ref();
        let fits = |subject: &str| topic.is_none_or(|topic| topic_of(subject) == topic.as_str());
        let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for total in self.gathered.now.iter().filter(|total| names.contains(&total.name.as_str())) {
            counts.entry(group(&total.subject)).or_default().0 += total.n.unsigned_abs();
        }
        for subject in self.before().subjects(names) {
            counts.entry(group(subject)).or_default().1 += 1;
        }
        counts.retain(|key, _| fits(key));
        let mut keys: Vec<(String, (u64, u64))> = counts.into_iter().collect();
        keys.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
        keys.into_iter().map(|(key, _)| key).collect()
    }

    /// The most frequent answers. For readers outside, the answers of a topic are parts of a sum that the table of
    /// topics shows.
    pub fn entries(&self) -> Table {
        let keys = self.subjects(&ANSWERS, str::to_owned);
        let now = self.shown_entries(self.now(), &keys);
        let before = self.shown_entries(self.before(), &keys);
        let row = |key: &String| {
            let (now, before) = (now[key], before[key]);
            let inside = || ["useful", "not-useful"].map(|vote| Figure::Count(self.now().to(&[vote], key)));
            let votes = (self.reader == Reader::Inside).then(inside).into_iter().flatten();
            let figures = [now, before, now.change_since(before)].into_iter().chain(votes).collect();
            Row { key: key.clone(), title: self.names.entry(key), figures, is_part: true }
        };
        let worth = |key: &&String| now[*key].count().is_some_and(|n| n > 0);
        let votes = [("useful", Label::StatsUsefulYes), ("not-useful", Label::StatsUsefulNo)];
        let votes = votes.map(|(key, label)| self.column(key, label));
        let columns = [
            self.column("count", Label::StatsNow),
            self.column("before", Label::StatsBefore),
            self.column("change", Label::StatsChange),
        ];
        let votes = (self.reader == Reader::Inside).then_some(votes).into_iter().flatten();
        Table {
            id: TableId::Entries,
            title: self.word(Label::StatsEntries),
            about: self.word(Label::StatsAnswersAbout),
            corner: self.word(Label::StatsAnswer),
            columns: columns.into_iter().chain(votes).collect(),
            rows: keys.iter().filter(worth).take(MOST_ENTRIES).map(row).collect(),
        }
    }

    pub fn shown_entries(&self, sum: Sum<'_>, keys: &[String]) -> BTreeMap<String, Figure> {
        let topics: BTreeSet<&str> = keys.iter().map(|key| topic_of(key)).collect();
        let topics: Vec<&str> = topics.into_iter().collect();
        let whole: Vec<u64> =
            topics.iter().map(|topic| sum.of(&ANSWERS, |total| topic_of(&total.subject) == *topic)).collect();
        let mut shown = BTreeMap::new();
        for (topic, whole) in topics.iter().zip(self.divided(&whole)) {
            let own: Vec<&String> = keys.iter().filter(|key| topic_of(key) == *topic).collect();
            let counts: Vec<u64> = own.iter().map(|key| sum.to(&ANSWERS, key)).collect();
            let figures = self.divided(&counts).into_iter();
            // If the sum of a topic is hidden, all its answers are hidden.
            let figures = figures.map(|figure| if whole == Figure::Hidden { Figure::Hidden } else { figure });
            shown.extend(own.into_iter().cloned().zip(figures));
        }
        shown
    }
}

/// The topic of an entry's key.
fn topic_of(entry: &str) -> &str {
    entry.split('/').next().unwrap_or(entry)
}
