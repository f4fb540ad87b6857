//! Roles of staff in words.

use crate::domain::staff::account::Role;
use crate::i18n::Label;

/// A role's name.
pub(in crate::web::console) fn role_label(role: Role) -> Label<'static> {
    match role {
        Role::Author => Label::RoleAuthor,
        Role::Reviewer => Label::RoleReviewer,
        Role::Administrator => Label::RoleAdministrator,
        Role::Observer => Label::RoleObserver,
    }
}

/// What a role does.
pub(in crate::web::console) fn role_about(role: Role) -> Label<'static> {
    match role {
        Role::Author => Label::RoleAuthorAbout,
        Role::Reviewer => Label::RoleReviewerAbout,
        Role::Administrator => Label::RoleAdministratorAbout,
        Role::Observer => Label::RoleObserverAbout,
    }
}
