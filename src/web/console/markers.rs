//! Marks on responses that tell [`super::preserve_form()`] how a form was handled.

/// Marks a response: nobody is signed in, or no longer.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignedOut;

/// Marks a response: an error page in place of the requested page, with its message.
#[derive(Debug, Clone)]
pub(super) struct RefusedPage(pub String);

/// Marks a response: its form already holds the posted values, in its own order.
#[derive(Debug, Clone, Copy)]
pub(super) struct FilledPage;

/// Marks a response: somebody has just signed in, with this token and this carried form.
#[derive(Debug, Clone)]
pub(super) struct SignedIn {
    pub token: String,
    pub carried: String,
}
