//! The console, where municipal staff keep every answer true.

mod audit;
mod batch;
mod board;
mod desk;
mod done;
mod download;
mod invitation;
mod own;
mod refused;
mod settings;
mod sign_in;
mod staff;
mod tables;
mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};

use super::Window;
use crate::domain::lang::Lang;

/// Longest form in bytes: every text of a page at its longest, with room.
const LONGEST_FORM: usize = 1024 * 1024;

/// Every page with its address.
fn pages() -> Vec<(&'static str, MethodRouter<Window>)> {
    vec![
        ("/console", get(board::show)),
        ("/console/sign-in", get(sign_in::show).post(sign_in::take)),
        ("/console/sign-out", post(sign_in::leave)),
        ("/console/invitation/{token}", get(invitation::show).post(invitation::accept)),
        ("/console/account", get(own::show).post(own::save)),
        ("/console/account/password", post(own::password)),
        ("/console/account/second-factor", get(own::second_factor).post(own::second_factor_turn_on)),
        ("/console/account/second-factor/off", post(own::second_factor_turn_off)),
        ("/console/account/sessions", post(own::end_sessions_now)),
        ("/console/staff", get(staff::list).post(staff::invite)),
        ("/console/staff/{id}", get(staff::show).post(staff::save)),
        ("/console/staff/{id}/end", post(staff::end)),
        ("/console/tables", get(tables::show).post(tables::take).layer(uploads())),
        ("/console/tables/export/{name}", get(download::table)),
        ("/console/tables/published.json", get(download::published)),
        ("/console/tables/{id}", get(batch::show)),
        ("/console/tables/{id}/confirm", post(batch::confirm)),
        ("/console/tables/{id}/restart", post(batch::restart)),
        ("/console/tables/{id}/remove", post(batch::remove)),
        ("/console/audit", get(audit::show)),
        ("/console/audit.csv", get(audit::export)),
        ("/console/settings", get(settings::show).post(settings::save)),
        ("/console/settings/questions", post(settings::add)),
        ("/console/settings/questions/import", post(settings::import).layer(uploads())),
        ("/console/settings/questions/{id}/remove", post(settings::remove)),
    ]
}

/// Files are as long as they are: whoever reads one bounds it, and lets the browser finish sending.
fn uploads() -> DefaultBodyLimit {
    DefaultBodyLimit::disable()
}

pub(super) fn routes() -> Router<Window> {
    let router = pages().into_iter().fold(Router::new(), |router, (path, page)| router.route(path, page));
    router.layer(DefaultBodyLimit::max(LONGEST_FORM))
}

/// The addresses of all pages: tests hold each against every role.
pub fn paths() -> Vec<&'static str> {
    pages().into_iter().map(|(path, _)| path).collect()
}

/// Whether an address is the console's.
pub(super) fn holds(path: &str) -> bool {
    path == "/console" || path.starts_with("/console/")
}

/// A page that says what went wrong, for whoever it is.
pub(super) fn problem(lang: Lang, words: String) -> Response {
    refused::problem(lang, words)
}
