//! The shape of a pack's TOML files, as they are deserialized.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::content::aspect::Aspect;
use crate::domain::content::provenance::{Certainty, Seen};
use crate::domain::content::source::SourceKind;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey, ServiceKey, SourceKey};
use crate::domain::text::lang::Lang;

pub(super) type Words = BTreeMap<Lang, String>;

/// `faq/<topic>.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicFile {
    pub order: u16,
    pub emoji: String,
    pub name: Words,
    /// Whether reading about the topic is risky on a phone that others use.
    #[serde(default)]
    pub discreet: bool,
    #[serde(default)]
    pub entry: Vec<EntryRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryRow {
    pub key: EntryKey,
    pub sources: Vec<SourceKey>,
    #[serde(default)]
    pub related: Vec<EntryKey>,
    pub service: ServiceKey,
    /// Whether reading about it is risky on a phone that others use, whatever its topic is.
    #[serde(default)]
    pub discreet: bool,
    pub question: Words,
    #[serde(default)]
    pub apart: Words,
    /// Undivided answers.
    #[serde(default)]
    pub answer: Words,
    pub lead: Option<PartRow>,
    #[serde(default)]
    pub parts: BTreeMap<Aspect, PartRow>,
}

/// The lead or a part: where its facts come from, and its text in each language.
#[derive(Deserialize)]
pub(super) struct PartRow {
    pub source: SourceKey,
    pub seen: Seen,
    pub certainty: Certainty,
    #[serde(flatten)]
    pub text: Words,
}

/// `sources.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourcesFile {
    pub source: Vec<SourceRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceRow {
    pub key: SourceKey,
    pub kind: SourceKind,
    pub agency: String,
    pub year: Option<u16>,
    pub link: Option<String>,
    pub title: Words,
}

/// `offices.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficesFile {
    pub time_zone: String,
    pub service: Vec<ServiceRow>,
    pub municipality: Vec<MunicipalityRow>,
    pub office: Vec<OfficeRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceRow {
    pub key: ServiceKey,
    pub name: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MunicipalityRow {
    pub key: MunicipalityKey,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub at: (f64, f64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeRow {
    pub key: OfficeKey,
    pub municipality: MunicipalityKey,
    pub name: String,
    pub services: Vec<ServiceKey>,
    pub languages: Vec<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// `None` if unknown.
    pub at: Option<(f64, f64)>,
    pub position: Option<Precision>,
    /// `None` if unknown.
    pub hours: Option<String>,
    #[serde(default)]
    pub hours_checked: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Precision {
    Exact,
    Approximate,
}

/// `notes.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NotesFile {
    #[serde(default)]
    pub note: Vec<NoteRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteRow {
    pub municipality: MunicipalityKey,
    pub entry: EntryKey,
    pub text: Words,
}
