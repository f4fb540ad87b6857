//! A folder held against what it said at its last import and against what is published, item by item and field by field.

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

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemOutcome {
    /// There was nothing yet: it is published.
    New,
    /// Nobody here has touched it: it is updated.
    Updated,
    /// Somebody here has edited or checked it: what the folder says becomes a draft for review.
    Drafted,
    /// Both sides have changed the same fields: what is here stays.
    Kept,
    /// This person is writing about it: nothing happens until that is published or discarded.
    Waits(String),
    /// An office of this key belongs to this municipality here: nothing happens.
    Elsewhere(String),
    /// The folder does not have it any more: it stays.
    Missing,
}

/// What becomes of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Which item.
    pub item: ItemName,
    /// What becomes of it.
    pub outcome: ItemOutcome,
    /// The fields that change.
    pub fields: Vec<&'static str>,
    /// The fields that both sides have changed.
    pub conflicts: Vec<&'static str>,
}

/// How a piece stands here, besides what is published of it.
#[derive(Debug, Clone, Default)]
pub struct ItemStatus {
    /// What the folder said of it, where that is only known from the versions.
    pub packed: Option<Body>,
    /// Whether a version of somebody here was published, or somebody stands behind it, or it was taken back.
    pub touched: bool,
    /// What an import has left for review.
    pub imported: Option<Body>,
    /// Who is writing about it.
    pub writer: Option<String>,
}

/// What is known here.
pub struct Here<'a> {
    /// What is published.
    pub content: &'a Content,
    /// How pieces stand that are more than just published.
    pub pieces: &'a HashMap<ContentItem, ItemStatus>,
    /// What the folder said at its last import, as JSON.
    pub said: &'a HashMap<ItemName, String>,
    /// Keys of sources and municipalities that staff have written.
    pub written: &'a HashSet<(&'static str, String)>,
}

/// Everything that an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// What becomes of each item of which something becomes.
    pub outcomes: Vec<Outcome>,
    /// Topics to be put.
    pub topics: Vec<Topic>,
    /// Services to be put.
    pub services: Vec<Service>,
    /// Sources to be put.
    pub sources: Vec<Source>,
    /// Municipalities to be put, and whether they are new.
    pub municipalities: Vec<(Municipality, bool)>,
    /// Messages that nothing of ours answers, in the languages in which they change.
    pub outside: BTreeMap<Lang, Vec<String>>,
    /// Pieces to be published: with what is published now.
    pub updates: Vec<(ContentItem, Body, Option<Body>)>,
    /// Pieces to be reviewed: with what is published now, and the fields that both sides have changed.
    pub drafts: Vec<(ContentItem, Body, Option<Body>, Vec<&'static str>)>,
    /// What the folder says now of each item that was looked at.
    pub said: Vec<(ItemName, String)>,
}

impl Plan {
    /// How many items have a fate like this.
    pub fn count(&self, is: fn(&ItemOutcome) -> bool) -> usize {
        self.outcomes.iter().filter(|outcome| is(&outcome.outcome)).count()
    }

    /// Whether something would be published or drafted.
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

/// The name of a piece as an item.
pub fn item_name(piece: &ContentItem) -> ItemName {
    (piece.kind().name().to_owned(), piece.subject(), piece.lang_code().to_owned())
}

/// What each item of a folder says, as JSON: what is kept of it until the next import.
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

/// Our own types always become JSON.
fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What an import of this folder would do.
pub fn compare(folder: &Content, here: &Here<'_>) -> Plan {
    let mut plan = Plan { said: said(folder), ..Plan::default() };
    // Before pieces that wait are taken out of it: the folder has them all the same.
    let there: HashSet<ItemName> = plan.said.iter().map(|(name, _)| name.clone()).collect();
    registers(&mut plan, folder, here);
    pieces(&mut plan, folder, here);
    let mut missing: Vec<ItemName> = here.said.keys().filter(|name| !there.contains(*name)).cloned().collect();
    missing.sort();
    let gone = |item| Outcome { item, outcome: ItemOutcome::Missing, fields: Vec::new(), conflicts: Vec::new() };
    plan.outcomes.extend(missing.into_iter().map(gone));
    plan
}

/// What was said of an item; nothing where it was never imported, or by a program that wrote it otherwise.
fn base<T: DeserializeOwned>(here: &Here<'_>, name: &ItemName) -> Option<T> {
    serde_json::from_str(here.said.get(name)?).ok()
}

/// What is put of one piece.
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
            // It was taken away here: whether it comes back is for a reviewer to say.
            (None, Some(_)) if status.imported.as_ref() == Some(new) => Put::Nothing,
            (None, Some(_)) => Put::Draft(new.clone()),
            (None, None) => Put::Update(new.clone()),
        };
        return (put, merge);
    };
    // What nobody has touched is what the folder had said, also where that was not kept.
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
    // Entries that are not there yet and will not be put now: what belongs to them waits as well.
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
                // What the folder says now is looked at again after that.
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

/// The municipality that has an office of this key here, where it is another one.
fn other_place(content: &Content, piece: &ContentItem) -> Option<String> {
    let ContentItem::Office(place, key) = piece else { return None };
    let office = content.offices.iter().find(|office| office.key == *key)?;
    (office.municipality != *place).then(|| office.municipality.to_string())
}

/// Topics, services, sources, municipalities, and messages that nothing of ours answers: there are no drafts of them.
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

/// What is put of one item, if anything; what becomes of it is noted.
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
