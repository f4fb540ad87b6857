//! Accounts of staff, with their role and limits, and the check whether an account has a right.

pub use super::limits::{Limits, Role};
pub use super::right::Right;
use crate::domain::text::lang::Lang;

/// The account of a member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id: 32 hexadecimal digits.
    pub id: String,
    /// The sign-in name.
    pub login: String,
    /// The name that colleagues see.
    pub name: String,
    /// The name under verified answers that people see: an office rather than a person.
    pub shown_as: String,
    /// The role.
    pub role: Role,
    /// The limits within which the role counts.
    pub limits: Limits,
    /// The language of the console for them.
    pub lang: Lang,
    /// Whether signing in needs a second factor.
    pub has_second_factor: bool,
    /// Whether the account was ended.
    pub ended: bool,
}

impl Account {
    /// Whether the account has this right: every action of staff is decided here. An ended account has none.
    pub fn may(&self, right: &Right<'_>) -> bool {
        !self.ended && right.is_for(self.role) && right.lies_within(&self.limits)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::content::item::ContentItem;
    use crate::domain::staff::limits::Target;

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
