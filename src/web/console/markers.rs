//! Marks on a response, by which [`super::preserve_form()`] knows what became of a form.

/// On a response: nobody is signed in (any more).
#[derive(Debug, Clone, Copy)]
pub(super) struct SignedOut;

/// On a response: it is a page in place of the one that was asked for, which says why.
#[derive(Debug, Clone)]
pub(super) struct RefusedPage(pub String);

/// On a response: its form holds what was typed already, in an order of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct FilledPage;

/// On a response: somebody has just signed in, with this token and this form in hand.
#[derive(Debug, Clone)]
pub(super) struct SignedIn {
    pub token: String,
    pub carried: String,
}
