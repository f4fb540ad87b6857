//! The plan of a pack's import: compares a folder with its last import and with what is published, item by item.
//!
//! An item that nobody here has edited is updated and published. For an item that was edited or verified here, the
//! merge becomes a draft for review: fields changed only here stay, and in fields that both sides changed (conflicts)
//! the folder wins. Registers (topics, services, sources, municipalities) have no drafts: there, conflicting fields
//! stay as published. Items that left the folder are kept and reported.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use serde::de::DeserializeOwned;

use super::merge::{Merge, body, municipality, service, source, topic};
use crate::domain::content::body::Body;
use crate::domain::content::item::ContentItem;
use crate::domain::content::source::Source;
use crate::domain::content::topic::Topic;
use crate::domain::content::{Content, ItemName};
use crate::domain::offices::municipality::Municipality;
use crate::domain::offices::office::Service;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;

/// What an import does with an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemOutcome {
    /// It does not exist yet: it is published.
    New,
    /// Nobody here has edited it: it is updated.
    Updated,
    /// Somebody here has edited or verified it: the folder's version becomes a draft for review.
    Drafted,
    /// Both sides have changed the same fields: the published version stays.
    Kept,
    /// This person has a draft of it: nothing happens until the draft is published or discarded.
    Waits(String),
    /// This municipality has an office with the same key: nothing happens.
    Elsewhere(String),
    /// It is no longer in the folder: the published version stays.
    Missing,
}

/// What an import does with one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The item.
    pub item: ItemName,
    /// What happens to it.
    pub outcome: ItemOutcome,
    /// The fields that change.
    pub fields: Vec<&'static str>,
    /// The fields that both sides have changed.
    pub conflicts: Vec<&'static str>,
}

/// The editing status of a content item, besides its published body.
#[derive(Debug, Clone, Default)]
pub struct ItemStatus {
    /// The folder's body at the last import, where only the versions record it.
    pub packed: Option<Body>,
    /// Whether an edited version was published, or the item was verified or withdrawn, by staff here.
    pub touched: bool,
    /// The body that an earlier import submitted for review.
    pub imported: Option<Body>,
    /// Who has a draft of it.
    pub writer: Option<String>,
}

/// The state with which a folder is compared.
pub struct Here<'a> {
    /// The published content.
    pub content: &'a Content,
    /// The editing status of items; an item without one is only published.
    pub pieces: &'a HashMap<ContentItem, ItemStatus>,
    /// What the folder said at its last import, as JSON.
    pub said: &'a HashMap<ItemName, String>,
    /// Keys of sources and municipalities that staff have edited.
    pub written: &'a HashSet<(&'static str, String)>,
}

/// Everything that an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The items with which something happens.
    pub outcomes: Vec<Outcome>,
    /// Topics to write.
    pub topics: Vec<Topic>,
    /// Services to write.
    pub services: Vec<Service>,
    /// Sources to write.
    pub sources: Vec<Source>,
    /// Municipalities to write, and whether they are new.
    pub municipalities: Vec<(Municipality, bool)>,
    /// Messages that no entry answers, for the languages in which they change.
    pub outside: BTreeMap<Lang, Vec<String>>,
    /// Items to publish: new body, published body.
    pub updates: Vec<(ContentItem, Body, Option<Body>)>,
    /// Items to submit for review: new body, published body, and the fields that both sides have changed.
    pub drafts: Vec<(ContentItem, Body, Option<Body>, Vec<&'static str>)>,
    /// What the folder says now of each item, as JSON, to store for the next import.
    pub said: Vec<(ItemName, String)>,
}

impl Plan {
    /// The number of items with this outcome.
    pub fn count(&self, is: fn(&ItemOutcome) -> bool) -> usize {
        self.outcomes.iter().filter(|outcome| is(&outcome.outcome)).count()
    }

    /// Whether the import would publish or draft something.
    pub fn changes_anything(&self) -> bool {
        self.outcomes
            .iter()
            .any(|outcome| matches!(outcome.outcome, ItemOutcome::New | ItemOutcome::Updated | ItemOutcome::Drafted))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, subject, lang) = &self.item;
        let lang = if lang.is_empty() { String::new() } else { format!(" ({lang})") };
        let (fields, conflicts) = (self.fields.join(", "), self.conflicts.join(", "));
        let both = if conflicts.is_empty() { String::new() } else { format!("; changed here as well: {conflicts}") };
        match &self.outcome {
            ItemOutcome::New => write!(f, "new      {kind} {subject}{lang}"),
            ItemOutcome::Updated => write!(f, "updated  {kind} {subject}{lang}: {fields}"),
            ItemOutcome::Drafted => write!(f, "draft    {kind} {subject}{lang}: {fields}{both}"),
            ItemOutcome::Kept => write!(
                f,
                "kept     {kind} {subject}{lang}: {conflicts} differs from the folder, and stays as it is here"
            ),
            ItemOutcome::Waits(who) => {
                write!(f, "waits    {kind} {subject}{lang}: {who} is writing about it; import again after that")
            }
            ItemOutcome::Elsewhere(place) => {
                write!(f, "kept     {kind} {subject}{lang}: this key is an office of {place} here")
            }
            ItemOutcome::Missing => write!(
                f,
                "kept     {kind} {subject}{lang}: no longer in the folder; withdraw or close it at the console"
            ),
        }
    }
}

/// The name of a content item.
pub fn item_name(piece: &ContentItem) -> ItemName {
    (piece.kind().name().to_owned(), piece.subject(), piece.lang_code().to_owned())
}

/// What each item of a folder says, as JSON, to store until the next import.
pub fn said(folder: &Content) -> Vec<(ItemName, String)> {
    let mut said: Vec<(ItemName, String)> = Vec::new();
    let name = |kind: &str, key: &str| (kind.to_owned(), key.to_owned(), String::new());
    said.extend(folder.topics.iter().map(|topic| (name("topic", topic.key.as_str()), json(topic))));
    said.extend(folder.services.iter().map(|service| (name("service", service.key.as_str()), json(service))));
    said.extend(folder.sources.iter().map(|source| (name("source", source.key.as_str()), json(source))));
    said.extend(folder.municipalities.iter().map(|place| (name("municipality", place.key.as_str()), json(place))));
    let outside = folder.outside();
    said.extend(outside.iter().map(|(lang, lines)| (outside_name(*lang), json(lines))));
    said.extend(folder.bodies().iter().map(|(piece, body)| (item_name(piece), json(body))));
    said
}

fn outside_name(lang: Lang) -> ItemName {
    ("outside".to_owned(), "-".to_owned(), lang.code().to_owned())
}

/// The program's own types always serialize to JSON.
fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Plans the import of this folder.
pub fn compare(folder: &Content, here: &Here<'_>) -> Plan {
    let mut plan = Plan { said: said(folder), ..Plan::default() };
    // Collected before items that wait are removed from `said`: they are in the folder too.
    let there: HashSet<ItemName> = plan.said.iter().map(|(name, _)| name.clone()).collect();
    registers(&mut plan, folder, here);
    pieces(&mut plan, folder, here);
    let mut missing: Vec<ItemName> = here.said.keys().filter(|name| !there.contains(*name)).cloned().collect();
    missing.sort();
    let gone = |item| Outcome { item, outcome: ItemOutcome::Missing, fields: Vec::new(), conflicts: Vec::new() };
    plan.outcomes.extend(missing.into_iter().map(gone));
    plan
}

/// The item at the last import; `None` if it was never imported, or an older program stored it in another form.
fn base<T: DeserializeOwned>(here: &Here<'_>, name: &ItemName) -> Option<T> {
    serde_json::from_str(here.said.get(name)?).ok()
}

/// What to do with one content item.
enum Put {
    Nothing,
    Update(Body),
    Draft(Body),
    Wait(String),
}

fn piece(base: Option<&Body>, new: &Body, ours: Option<&Body>, status: &ItemStatus) -> (Put, Merge) {
    let mut merge = Merge::new(true);
    let Some(ours) = ours else {
        let put = match (&status.writer, base) {
            (_, Some(base)) if base == new => Put::Nothing,
            (Some(writer), _) => Put::Wait(writer.clone()),
            // The item was removed here: a reviewer decides whether it comes back.
            (None, Some(_)) if status.imported.as_ref() == Some(new) => Put::Nothing,
            (None, Some(_)) => Put::Draft(new.clone()),
            (None, None) => Put::Update(new.clone()),
        };
        return (put, merge);
    };
    // An item that nobody has edited is as the folder had it, even if the last import was not stored.
    let base = base.or(status.packed.as_ref()).or((!status.touched).then_some(ours));
    let touched = status.touched || base != Some(ours);
    let before = status.imported.as_ref().unwrap_or(ours);
    let merged = body(&mut merge, base, new, before);
    let put = match &status.writer {
        _ if merged == *before => Put::Nothing,
        Some(writer) => Put::Wait(writer.clone()),
        None if touched || status.imported.is_some() => Put::Draft(merged),
        None => Put::Update(merged),
    };
    (put, merge)
}

fn pieces(plan: &mut Plan, folder: &Content, here: &Here<'_>) {
    let published = here.content.bodies();
    let nothing = ItemStatus::default();
    // New entries whose metadata wait for a writer, with the writer: their other items wait too.
    let mut held: HashMap<EntryKey, String> = HashMap::new();
    let mut bodies: Vec<(ContentItem, Body)> = folder.bodies().into_iter().collect();
    bodies.sort_by_key(|(piece, _)| !matches!(piece, ContentItem::Metadata(_)));
    for (one, new) in bodies {
        let name = item_name(&one);
        let status = here.pieces.get(&one).unwrap_or(&nothing);
        let ours = published.get(&one);
        let outcome = |outcome, merge: Merge| Outcome {
            item: item_name(&one),
            outcome,
            fields: merge.fields,
            conflicts: merge.conflicts,
        };
        if let Some(place) = other_place(here.content, &one) {
            plan.said.retain(|(said, _)| *said != name);
            plan.outcomes.push(outcome(ItemOutcome::Elsewhere(place), Merge::new(true)));
            continue;
        }
        let base: Option<Body> = base(here, &name);
        let (put, merge) = match one.entry().and_then(|entry| held.get(entry)) {
            Some(writer) => (Put::Wait(writer.clone()), Merge::new(true)),
            None => piece(base.as_ref(), &new, ours, status),
        };
        match put {
            Put::Nothing => {}
            Put::Wait(writer) => {
                if let (ContentItem::Metadata(entry), None) = (&one, ours) {
                    held.insert(entry.clone(), writer.clone());
                }
                // Not stored, so that the next import compares the item again.
                plan.said.retain(|(said, _)| *said != name);
                plan.outcomes.push(outcome(ItemOutcome::Waits(writer), merge));
            }
            Put::Draft(body) => {
                let conflicts = merge.conflicts.clone();
                plan.outcomes.push(outcome(ItemOutcome::Drafted, merge));
                plan.drafts.push((one, body, ours.cloned(), conflicts));
            }
            Put::Update(body) => {
                let which = if ours.is_some() { ItemOutcome::Updated } else { ItemOutcome::New };
                plan.outcomes.push(outcome(which, merge));
                plan.updates.push((one, body, ours.cloned()));
            }
        }
    }
}

/// The municipality that has an office with this key, if it is another one.
fn other_place(content: &Content, piece: &ContentItem) -> Option<String> {
    let ContentItem::Office(place, key) = piece else { return None };
    let office = content.offices.iter().find(|office| office.key == *key)?;
    (office.municipality != *place).then(|| office.municipality.to_string())
}

/// Topics, services, sources, municipalities, and messages that no entry answers: they are written without drafts.
fn registers(plan: &mut Plan, folder: &Content, here: &Here<'_>) {
    let content = here.content;
    for new in &folder.topics {
        let ours = content.topics.iter().find(|ours| ours.key == new.key);
        plan.topics.extend(register(&mut plan.outcomes, here, "topic", new.key.as_str(), new, ours, topic));
    }
    for new in &folder.services {
        let ours = content.services.iter().find(|ours| ours.key == new.key);
        plan.services.extend(register(&mut plan.outcomes, here, "service", new.key.as_str(), new, ours, service));
    }
    for new in &folder.sources {
        let ours = content.sources.iter().find(|ours| ours.key == new.key);
        plan.sources.extend(register(&mut plan.outcomes, here, "source", new.key.as_str(), new, ours, source));
    }
    for new in &folder.municipalities {
        let ours = content.municipalities.iter().find(|ours| ours.key == new.key);
        let put = register(&mut plan.outcomes, here, "municipality", new.key.as_str(), new, ours, municipality);
        plan.municipalities.extend(put.map(|put| (put, ours.is_none())));
    }
    let outside = content.outside();
    for (lang, new) in folder.outside() {
        let (name, ours) = (outside_name(lang), outside.get(&lang).cloned().unwrap_or_default());
        let base: Option<Vec<String>> = base(here, &name);
        let mut merge = Merge::new(false);
        let merged = merge.list("messages", Some(base.as_deref().unwrap_or(&ours)), &new, &ours);
        if merged != ours {
            plan.outside.insert(lang, merged);
            plan.outcomes.push(Outcome {
                item: name,
                outcome: ItemOutcome::Updated,
                fields: merge.fields,
                conflicts: Vec::new(),
            });
        }
    }
}

type MergeOf<T> = fn(&mut Merge, Option<&T>, &T, &T) -> T;

/// The merged row to write, if it changes; its outcome is added to `outcomes`.
fn register<T: PartialEq + Clone + DeserializeOwned>(
    outcomes: &mut Vec<Outcome>,
    here: &Here<'_>,
    kind: &'static str,
    key: &str,
    new: &T,
    ours: Option<&T>,
    merged: MergeOf<T>,
) -> Option<T> {
    let item = (kind.to_owned(), key.to_owned(), String::new());
    let Some(ours) = ours else {
        outcomes.push(Outcome { item, outcome: ItemOutcome::New, fields: Vec::new(), conflicts: Vec::new() });
        return Some(new.clone());
    };
    let kept: Option<T> = base(here, &item);
    let untouched = !here.written.contains(&(kind, key.to_owned()));
    let base = kept.as_ref().or(untouched.then_some(ours));
    let mut merge = Merge::new(false);
    let put = merged(&mut merge, base, new, ours);
    if !merge.conflicts.is_empty() {
        let (fields, conflicts) = (Vec::new(), merge.conflicts.clone());
        outcomes.push(Outcome { item: item.clone(), outcome: ItemOutcome::Kept, fields, conflicts });
    }
    if merge.fields.is_empty() {
        return None;
    }
    outcomes.push(Outcome { item, outcome: ItemOutcome::Updated, fields: merge.fields, conflicts: Vec::new() });
    Some(put)
}
