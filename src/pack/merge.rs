//! A three-way merge, field by field: the folder at its last import (base), the folder now (new), and what is published
//! (ours).

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::{Body, MetadataBody, NoteBody, OfficeBody, TextBody};
use crate::domain::content::source::Source;
use crate::domain::content::topic::Topic;
use crate::domain::offices::municipality::Municipality;
use crate::domain::offices::office::Service;
use crate::domain::text::lang::Lang;

/// A three-way merge of one item, with the fields that it changed.
pub(super) struct Merge {
    /// Whether the folder wins where both sides have changed a field.
    folder_counts: bool,
    /// The fields that the merge changes.
    pub fields: Vec<&'static str>,
    /// The fields that both sides have changed.
    pub conflicts: Vec<&'static str>,
}

impl Merge {
    pub fn new(folder_counts: bool) -> Merge {
        Merge { folder_counts, fields: Vec::new(), conflicts: Vec::new() }
    }

    /// Merges one value; without `base`, any difference counts as a conflict.
    pub fn value<T: PartialEq + Clone>(&mut self, name: &'static str, base: Option<&T>, new: &T, ours: &T) -> T {
        if new == ours || base == Some(new) {
            return ours.clone();
        }
        if base != Some(ours) {
            self.conflicts.push(name);
            if !self.folder_counts {
                return ours.clone();
            }
        }
        self.fields.push(name);
        new.clone()
    }

    /// Merges a list: additions and removals of the folder are applied, additions made here stay.
    pub fn list<T: Eq + Hash + Clone>(
        &mut self,
        name: &'static str,
        base: Option<&[T]>,
        new: &[T],
        ours: &[T],
    ) -> Vec<T> {
        let (before, after): (HashSet<&T>, HashSet<&T>) =
            (base.unwrap_or_default().iter().collect(), new.iter().collect());
        let kept = ours.iter().filter(|item| after.contains(item) || !before.contains(item));
        let here: HashSet<&T> = ours.iter().collect();
        let added = new.iter().filter(|item| !before.contains(item) && !here.contains(item));
        let merged: Vec<T> = kept.chain(added).cloned().collect();
        // If nothing was changed here, the folder's order counts too.
        let merged = if base == Some(ours) { new.to_vec() } else { merged };
        if merged != ours {
            self.fields.push(name);
        }
        merged
    }
}

fn text(merge: &mut Merge, base: Option<&TextBody>, new: &TextBody, ours: &TextBody) -> TextBody {
    let mut parts = BTreeMap::new();
    for aspect in Aspect::ALL {
        let of = |text: &TextBody| text.parts.get(&aspect).cloned();
        let merged = merge.value(aspect.name(), base.map(of).as_ref(), &of(new), &of(ours));
        parts.extend(merged.map(|text| (aspect, text)));
    }
    TextBody {
        question: merge.value("question", base.map(|base| &base.question), &new.question, &ours.question),
        apart: merge.value("apart", base.map(|base| &base.apart), &new.apart, &ours.apart),
        answer: merge.value("answer", base.map(|base| &base.answer), &new.answer, &ours.answer),
        parts,
        phrasings: merge.list("phrasings", base.map(|base| &base.phrasings[..]), &new.phrasings, &ours.phrasings),
    }
}

fn metadata(merge: &mut Merge, base: Option<&MetadataBody>, new: &MetadataBody, ours: &MetadataBody) -> MetadataBody {
    MetadataBody {
        service: merge.value("service", base.map(|base| &base.service), &new.service, &ours.service),
        sources: merge.list("sources", base.map(|base| &base.sources[..]), &new.sources, &ours.sources),
        related: merge.list("related", base.map(|base| &base.related[..]), &new.related, &ours.related),
        discreet: merge.value("discreet", base.map(|base| &base.discreet), &new.discreet, &ours.discreet),
        provenance: merge.value("provenance", base.map(|base| &base.provenance), &new.provenance, &ours.provenance),
    }
}

fn office(merge: &mut Merge, base: Option<&OfficeBody>, new: &OfficeBody, ours: &OfficeBody) -> OfficeBody {
    // Latitude, longitude and precision are merged as one value, and so are hours with their confirmation.
    let position = |office: &OfficeBody| (office.lat, office.lon, office.approximate);
    let hours = |office: &OfficeBody| (office.hours.clone(), office.hours_checked);
    let base_position = base.map(position);
    let (lat, lon, approximate) = merge.value("position", base_position.as_ref(), &position(new), &position(ours));
    let (hours, hours_checked) = merge.value("hours", base.map(hours).as_ref(), &hours(new), &hours(ours));
    OfficeBody {
        name: merge.value("name", base.map(|base| &base.name), &new.name, &ours.name),
        services: merge.list("services", base.map(|base| &base.services[..]), &new.services, &ours.services),
        languages: merge.list("languages", base.map(|base| &base.languages[..]), &new.languages, &ours.languages),
        phone: merge.value("phone", base.map(|base| &base.phone), &new.phone, &ours.phone),
        address: merge.value("address", base.map(|base| &base.address), &new.address, &ours.address),
        lat,
        lon,
        approximate,
        hours,
        hours_checked,
        time_zone: merge.value("time-zone", base.map(|base| &base.time_zone), &new.time_zone, &ours.time_zone),
        active: merge.value("active", base.map(|base| &base.active), &new.active, &ours.active),
    }
}

pub(super) fn body(merge: &mut Merge, base: Option<&Body>, new: &Body, ours: &Body) -> Body {
    match (new, ours) {
        (Body::Text(new), Body::Text(ours)) => {
            let base = base.and_then(|base| if let Body::Text(base) = base { Some(base) } else { None });
            Body::Text(text(merge, base, new, ours))
        }
        (Body::Metadata(new), Body::Metadata(ours)) => {
            let base = base.and_then(|base| if let Body::Metadata(base) = base { Some(base) } else { None });
            Body::Metadata(metadata(merge, base, new, ours))
        }
        (Body::Note(new), Body::Note(ours)) => {
            let base = base.and_then(|base| if let Body::Note(base) = base { Some(&base.text) } else { None });
            Body::Note(NoteBody { text: merge.value("text", base, &new.text, &ours.text) })
        }
        (Body::Office(new), Body::Office(ours)) => {
            let base = base.and_then(|base| if let Body::Office(base) = base { Some(base) } else { None });
            Body::Office(office(merge, base, new, ours))
        }
        // Both bodies of an item have the same kind.
        (Body::Text(_) | Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_), _) => ours.clone(),
    }
}

type Names = BTreeMap<Lang, String>;

fn names(merge: &mut Merge, field: &'static str, base: Option<&Names>, new: &Names, ours: &Names) -> Names {
    let each = Lang::all().filter_map(|lang| {
        let of = |names: &Names| names.get(&lang).cloned();
        Some((lang, merge.value(field, base.map(of).as_ref(), &of(new), &of(ours))?))
    });
    let merged = each.collect();
    merge.fields.dedup();
    merge.conflicts.dedup();
    merged
}

pub(super) fn topic(merge: &mut Merge, base: Option<&Topic>, new: &Topic, ours: &Topic) -> Topic {
    Topic {
        key: ours.key.clone(),
        emoji: merge.value("emoji", base.map(|base| &base.emoji), &new.emoji, &ours.emoji),
        names: names(merge, "name", base.map(|base| &base.names), &new.names, &ours.names),
        discreet: merge.value("discreet", base.map(|base| &base.discreet), &new.discreet, &ours.discreet),
    }
}

pub(super) fn service(merge: &mut Merge, base: Option<&Service>, new: &Service, ours: &Service) -> Service {
    let names = names(merge, "name", base.map(|base| &base.names), &new.names, &ours.names);
    Service { key: ours.key.clone(), names }
}

pub(super) fn source(merge: &mut Merge, base: Option<&Source>, new: &Source, ours: &Source) -> Source {
    Source {
        key: ours.key.clone(),
        kind: merge.value("kind", base.map(|base| &base.kind), &new.kind, &ours.kind),
        agency: merge.value("agency", base.map(|base| &base.agency), &new.agency, &ours.agency),
        year: merge.value("year", base.map(|base| &base.year), &new.year, &ours.year),
        link: merge.value("link", base.map(|base| &base.link), &new.link, &ours.link),
        titles: names(merge, "title", base.map(|base| &base.titles), &new.titles, &ours.titles),
    }
}

pub(super) fn municipality(
    merge: &mut Merge,
    base: Option<&Municipality>,
    new: &Municipality,
    ours: &Municipality,
) -> Municipality {
    Municipality {
        key: ours.key.clone(),
        name: merge.value("name", base.map(|base| &base.name), &new.name, &ours.name),
        aliases: merge.list("aliases", base.map(|base| &base.aliases[..]), &new.aliases, &ours.aliases),
        position: merge.value("position", base.map(|base| &base.position), &new.position, &ours.position),
        time_zone: merge.value("time-zone", base.map(|base| &base.time_zone), &new.time_zone, &ours.time_zone),
        overdue: ours.overdue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(question: &str, answer: &str, phrasings: &str) -> TextBody {
        TextBody::typed(question, answer, phrasings)
    }

    #[test]
    fn each_field_is_taken_from_whoever_changed_it() {
        let base = texts("q", "a", "one\ntwo");
        let (new, ours) = (texts("q", "a of the folder", "one\nthree"), texts("q of ours", "a", "one\ntwo\nfour"));
        let mut merge = Merge::new(true);
        assert_eq!(
            text(&mut merge, Some(&base), &new, &ours),
            texts("q of ours", "a of the folder", "one\nfour\nthree")
        );
        assert_eq!((merge.fields, merge.conflicts), (vec!["answer", "phrasings"], vec![]));
    }

    #[test]
    fn a_field_that_both_have_changed_is_a_conflict_and_the_same_change_is_none() {
        let base = texts("q", "a", "");
        for (folder_counts, answer) in [(true, "theirs"), (false, "ours")] {
            let mut merge = Merge::new(folder_counts);
            let merged = text(&mut merge, Some(&base), &texts("Q", "theirs", ""), &texts("Q", "ours", ""));
            assert_eq!((merged.question.as_str(), merged.answer.as_str()), ("Q", answer));
            assert_eq!(merge.conflicts, ["answer"]);
        }
    }

    #[test]
    fn where_nobody_knows_what_the_folder_said_nothing_of_ours_is_dropped_from_a_list() {
        let mut merge = Merge::new(true);
        assert_eq!(merge.list("l", None, &["a", "b"], &["c", "a"]), ["c", "a", "b"]);
        assert_eq!(merge.list("l", Some(&["a", "b"]), &["b", "a"], &["a", "b"]), ["b", "a"], "the folder's order");
    }
}
