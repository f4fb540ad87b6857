//! The result type of the console's pages: the page, or an error page in its place; and redirects.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

use super::notice::Notice;
use crate::store::StoreError;

/// A page shown in place of the requested one.
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

/// The requested page, or another in its place.
pub(super) type PageResult = Result<Response, PageError>;

/// Redirects to another page of the console.
pub(super) fn redirect(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// Redirects to another page, which shows the notice.
pub(super) fn redirect_with(address: &str, notice: Notice) -> Response {
    redirect(&format!("{address}?done={}", notice.name()))
}

/// A store error as a page: an internal error, or 400 if the address is not valid text.
pub(super) fn failed(error: StoreError) -> PageError {
    if error.is_no_text() {
        return StatusCode::BAD_REQUEST.into_response().into();
    }
    internal_error(error)
}

/// An internal error while the page was read or rendered.
pub(super) fn internal_error(error: impl std::fmt::Display) -> PageError {
    crate::app::InternalError::new("read for a page", error).into_response().into()
}
