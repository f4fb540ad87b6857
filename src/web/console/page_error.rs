//! A page in place of the one that was asked for, and ways to another page.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

use super::notice::Notice;
use crate::store::StoreError;

/// A page that is shown in place of what was asked for.
pub(super) struct PageError(Box<Response>);

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl From<Response> for PageError {
    fn from(response: Response) -> PageError {
        PageError(Box::new(response))
    }
}

/// What a page becomes: itself, or another in its place.
pub(super) type PageResult = Result<Response, PageError>;

/// Sends the browser to another page of the console.
pub(super) fn redirect(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// Sends the browser to another page, which says what was done.
pub(super) fn redirect_with(address: &str, notice: Notice) -> Response {
    redirect(&format!("{address}?done={}", notice.name()))
}

/// The trouble of reading: only we can mend it, but for an address that cannot be text.
pub(super) fn failed(error: StoreError) -> PageError {
    if error.is_no_text() {
        return StatusCode::BAD_REQUEST.into_response().into();
    }
    internal_error(error)
}

/// What could not be read or made for a page: only we can mend it.
pub(super) fn internal_error(error: impl std::fmt::Display) -> PageError {
    crate::app::InternalError::new("read for a page", error).into_response().into()
}
