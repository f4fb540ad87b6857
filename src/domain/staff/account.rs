//! Staff: who works at the console, in which role, and within which limits.

use std::collections::BTreeSet;

pub use super::right::Right;
use super::right::{Of, Target};
use crate::domain::text::id::{MunicipalityKey, TopicKey};
use crate::domain::text::lang::Lang;

/// What somebody does at the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Writes; cannot publish.
    Author,
    /// Checks and publishes what others wrote; writes as well.
    Reviewer,
    /// Keeps accounts, settings and municipalities, besides all that a reviewer does.
    Administrator,
    /// Reads statistics.
    Observer,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 4] = [Role::Author, Role::Reviewer, Role::Administrator, Role::Observer];

    /// Its name in tables and forms.
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

/// What an account is limited to; nothing means no limit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// Only what is this municipality's own: its notes and offices.
    pub municipality: Option<MunicipalityKey>,
    /// Only these languages.
    pub langs: BTreeSet<Lang>,
    /// Only these topics.
    pub topics: BTreeSet<TopicKey>,
}

/// Somebody who works at the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// 32 hexadecimal digits.
    pub id: String,
    /// What they sign in with.
    pub login: String,
    /// How colleagues know them.
    pub name: String,
    /// How people see who has checked an answer: an office rather than a name.
    pub shown_as: String,
    /// What they do.
    pub role: Role,
    /// Where they may do it.
    pub limits: Limits,
    /// The language of their console.
    pub lang: Lang,
    /// Whether signing in asks for a second factor.
    pub has_second_factor: bool,
    /// Whether the account has been ended.
    pub ended: bool,
}

impl Account {
    /// Whether they may do it: the one place that decides, for every action of staff. Nobody may do anything after their
    /// account has ended.
    pub fn may(&self, right: &Right<'_>) -> bool {
        !self.ended && right.is_for(self.role) && right.lies_within(&self.limits)
    }
}

impl Limits {
    /// Whether what an action is about lies within the limits.
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

    /// Whether somebody within these limits may give others `wanted`: never more than they have themselves.
    pub(in crate::domain) fn allow(&self, wanted: &Limits) -> bool {
        fn within<T: Ord>(own: &BTreeSet<T>, wanted: &BTreeSet<T>) -> bool {
            own.is_empty() || (!wanted.is_empty() && wanted.is_subset(own))
        }
        let municipality = self.municipality.is_none() || self.municipality == wanted.municipality;
        municipality && within(&self.langs, &wanted.langs) && within(&self.topics, &wanted.topics)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::item::ContentItem;

    fn account(role: Role, limits: Limits) -> Account {
        let text = |text: &str| text.to_owned();
        Account {
            id: text("a"),
            login: text("a"),
            name: text("A"),
            shown_as: text("Office"),
            role,
            limits,
            lang: Lang::first(),
            has_second_factor: false,
            ended: false,
        }
    }

    fn text() -> ContentItem {
        ContentItem::Text("health/cost".parse().unwrap(), Lang::first())
    }

    fn note(municipality: &str) -> ContentItem {
        ContentItem::Note(municipality.parse().unwrap(), "health/cost".parse().unwrap(), Lang::first())
    }

    #[test]
    fn authors_write_and_cannot_publish_and_observers_do_neither() {
        let may = |role, right: &Right<'_>| account(role, Limits::default()).may(right);
        let item = text();
        assert!(may(Role::Author, &Right::Write(&item)) && !may(Role::Author, &Right::Publish(&item)));
        assert!(may(Role::Reviewer, &Right::Publish(&item)) && !may(Role::Reviewer, &Right::Staff));
        assert!(may(Role::Administrator, &Right::Staff) && may(Role::Administrator, &Right::Publish(&item)));
        assert!(!may(Role::Observer, &Right::Read) && may(Role::Observer, &Right::Statistics));
    }

    #[test]
    fn an_account_of_one_municipality_keeps_only_what_is_its_own() {
        let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
        let reviewer = account(Role::Reviewer, own);
        assert!(!reviewer.may(&Right::Write(&text())));
        assert!(reviewer.may(&Right::Publish(&note("recoleta"))));
        assert!(!reviewer.may(&Right::Publish(&note("quilicura"))));
        assert!(!reviewer.may(&Right::Sources) && !reviewer.may(&Right::NewEntry));
    }

    #[test]
    fn limits_of_language_and_topic_hold_for_every_piece_that_has_one() {
        let other = Lang::all().nth(1).unwrap();
        let langs = Limits { langs: BTreeSet::from([other]), ..Limits::default() };
        let hold = |limits: &Limits, item: &ContentItem| limits.hold(&Target::of(item));
        assert!(!hold(&langs, &text()) && hold(&langs, &ContentItem::Metadata("health/cost".parse().unwrap())));
        let topics = Limits { topics: BTreeSet::from(["work".parse().unwrap()]), ..Limits::default() };
        assert!(!hold(&topics, &text()) && !hold(&topics, &note("recoleta")));
    }

    #[test]
    fn nobody_gives_wider_limits_than_their_own() {
        let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
        assert!(own.allow(&own) && !own.allow(&Limits::default()));
        let one = Limits { langs: BTreeSet::from([Lang::first()]), ..Limits::default() };
        assert!(Limits::default().allow(&one) && one.allow(&one) && !one.allow(&Limits::default()));
    }

    #[test]
    fn an_ended_account_may_do_nothing() {
        let ended = Account { ended: true, ..account(Role::Administrator, Limits::default()) };
        assert!(!ended.may(&Right::Statistics) && !ended.may(&Right::Staff));
    }
}
