//! The labels of staff roles and of what each role may do.

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

/// What a role may do.
pub(in crate::web::console) fn role_about(role: Role) -> Label<'static> {
    match role {
        Role::Author => Label::RoleAuthorAbout,
        Role::Reviewer => Label::RoleReviewerAbout,
        Role::Administrator => Label::RoleAdministratorAbout,
        Role::Observer => Label::RoleObserverAbout,
    }
}
