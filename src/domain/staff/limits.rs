//! Roles and limits of accounts, and what an action concerns in each kind of limit.

use std::collections::BTreeSet;

use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::Proposed;
use crate::domain::text::id::{MunicipalityKey, TopicKey};
use crate::domain::text::lang::Lang;

/// The role of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Writes, but cannot publish.
    Author,
    /// Writes, and reviews and publishes others' texts.
    Reviewer,
    /// Does all that a reviewer does, and manages accounts, settings and municipalities.
    Administrator,
    /// Reads statistics.
    Observer,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 4] = [Role::Author, Role::Reviewer, Role::Administrator, Role::Observer];

    /// Its name in the database and in forms.
    pub fn name(self) -> &'static str {
        match self {
            Role::Author => "author",
            Role::Reviewer => "reviewer",
            Role::Administrator => "administrator",
            Role::Observer => "observer",
        }
    }

    /// The role with this name.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// The limits of an account; an empty field is no limit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// Only this municipality's own notes and offices.
    pub municipality: Option<MunicipalityKey>,
    /// Only these languages.
    pub langs: BTreeSet<Lang>,
    /// Only these topics.
    pub topics: BTreeSet<TopicKey>,
}

/// What an action concerns, in one kind of limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of<T> {
    /// None, as an office has no topic: limits of this kind do not apply.
    Nothing,
    /// This one.
    One(T),
    /// All of them: only an account without a limit of this kind may do it.
    All,
}

impl<T> Of<T> {
    /// `One` if there is one, else `All`.
    pub(super) fn one_or_all(one: Option<T>) -> Of<T> {
        one.map_or(Of::All, Of::One)
    }
}

/// What an action concerns, in all three kinds of limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The topic.
    pub topic: Of<TopicKey>,
    /// The language.
    pub lang: Of<Lang>,
    /// The municipality.
    pub municipality: Of<MunicipalityKey>,
}

impl Target {
    /// No limit applies.
    pub(super) const ANYTHING: Target = Target { topic: Of::Nothing, lang: Of::Nothing, municipality: Of::Nothing };
    /// Concerns every answer: no limit may be set.
    pub(super) const EVERYTHING: Target = Target { topic: Of::All, lang: Of::All, municipality: Of::All };

    /// What an item concerns. An entry's text and metadata concern all municipalities; sources, lines of help and
    /// danger words concern every answer.
    pub fn of(item: &ContentItem) -> Target {
        if let ContentItem::Proposed(Proposed::Source(_) | Proposed::Help(..) | Proposed::Danger(..)) = item {
            return Target::EVERYTHING;
        }
        let topic = item.entry().map_or(Of::Nothing, |entry| Of::One(entry.topic()));
        let lang = item.lang().map_or(Of::Nothing, Of::One);
        Target { topic, lang, municipality: Of::one_or_all(item.municipality().cloned()) }
    }
}

impl Limits {
    /// Whether an action's target is within the limits.
    pub(in crate::domain) fn hold(&self, target: &Target) -> bool {
        fn holds<T>(of: &Of<T>, has_limit: bool, within: impl FnOnce(&T) -> bool) -> bool {
            match of {
                Of::Nothing => true,
                Of::One(one) => !has_limit || within(one),
                Of::All => !has_limit,
            }
        }
        holds(&target.lang, !self.langs.is_empty(), |lang| self.langs.contains(lang))
            && holds(&target.topic, !self.topics.is_empty(), |topic| self.topics.contains(topic))
            && holds(&target.municipality, self.municipality.is_some(), |key| self.municipality.as_ref() == Some(key))
    }

    /// Whether an account with these limits may give `wanted` to others: never wider limits than its own.
    pub(in crate::domain) fn allow(&self, wanted: &Limits) -> bool {
        fn within<T: Ord>(own: &BTreeSet<T>, wanted: &BTreeSet<T>) -> bool {
            own.is_empty() || (!wanted.is_empty() && wanted.is_subset(own))
        }
        let municipality = self.municipality.is_none() || self.municipality == wanted.municipality;
        municipality && within(&self.langs, &wanted.langs) && within(&self.topics, &wanted.topics)
    }
}
