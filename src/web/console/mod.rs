//! The console: pages on which municipal staff write, review and verify content, answer questions and see statistics.

mod address;
mod content;
mod fill_form;
mod form_errors;
mod imports;
mod inbox;
mod markers;
mod notice;
mod offices;
mod operations;
mod page_error;
mod preserve_form;
mod refused;
mod safety;
mod session_cookie;
mod staff;
mod staff_session;
mod statistics;
mod todo;
mod unanswered;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};

use self::preserve_form::{Keeper, LONGEST_CARRIED, LONGEST_FORM, preserve_form};
use super::window::Window;
use crate::domain::text::lang::Lang;

/// Every page with its address.
fn pages() -> Vec<(&'static str, MethodRouter<Window>)> {
    vec![
        ("/console", get(todo::board::show)),
        (
            session_cookie::SIGN_IN,
            get(staff::sign_in::show).post(staff::sign_in::take).layer(DefaultBodyLimit::max(LONGEST_CARRIED)),
        ),
        ("/console/sign-out", post(staff::sign_in::leave)),
        ("/console/invitation/{token}", get(staff::invitation::show).post(staff::invitation::accept)),
        ("/console/new-password/{token}", get(staff::new_password::show).post(staff::new_password::choose)),
        ("/console/account", get(staff::account::show).post(staff::account::save)),
        ("/console/account/password", post(staff::account::password)),
        ("/console/account/second-factor", get(staff::account_factor::show).post(staff::account_factor::turn_on)),
        ("/console/account/second-factor/off", post(staff::account_factor::turn_off)),
        ("/console/account/recovery-codes", post(staff::account_factor::new_codes)),
        ("/console/account/sessions", post(staff::account::end_sessions_now)),
        ("/console/account/telegram", get(staff::account_telegram::show).post(staff::account_telegram::make_code)),
        ("/console/account/telegram/unlink", post(staff::account_telegram::unlink)),
        ("/console/account/telegram/reminders", post(staff::account_telegram::reminders)),
        ("/console/entries", get(content::entries::list)),
        ("/console/new-entry", get(content::new_entry::show).post(content::new_entry::make)),
        ("/console/entries/{topic}/{name}", get(content::entries::show)),
        ("/console/entries/{topic}/{name}/check", post(content::entries::check)),
        ("/console/entries/{topic}/{name}/native/{lang}", post(content::entries::native)),
        ("/console/entries/{topic}/{name}/facts", get(content::metadata::show).post(content::metadata::save)),
        ("/console/entries/{topic}/{name}/text/{lang}", get(content::text::show).post(content::text::save)),
        ("/console/entries/{topic}/{name}/withdraw/{lang}", post(content::entries::take_back)),
        ("/console/history", get(content::history::show)),
        ("/console/history/back", post(content::history::back)),
        ("/console/history/comment", post(content::history::say)),
        ("/console/draft/discard", post(content::history::throw_away)),
        ("/console/review", get(content::review::list)),
        ("/console/review/entry/{topic}/{name}", get(content::review::entry).post(content::review::decide_entry)),
        ("/console/review/piece", get(content::review::item).post(content::review::decide_item)),
        ("/console/review/batch/{batch}", get(content::review::batch).post(content::review::decide_import)),
        ("/console/gaps", get(unanswered::list::list)),
        ("/console/gaps/{id}", get(unanswered::group::show).post(unanswered::group::act)),
        ("/console/sources", get(content::sources::list)),
        ("/console/new-source", get(content::sources::new).post(content::sources::make)),
        ("/console/sources/{key}", get(content::sources::show).post(content::sources::save)),
        ("/console/sources/{key}/changed", post(content::sources::changed)),
        ("/console/offices", get(offices::list)),
        ("/console/new-office", get(offices::office::new).post(offices::office::make)),
        ("/console/offices/{office}", get(offices::office::show).post(offices::office::save)),
        ("/console/municipalities", get(offices::municipalities::list)),
        ("/console/new-municipality", get(offices::municipalities::new).post(offices::municipalities::make)),
        (
            "/console/municipalities/{municipality}",
            get(offices::municipalities::show).post(offices::municipalities::save),
        ),
        ("/console/municipalities/{municipality}/overdue", post(offices::municipalities::choose)),
        ("/console/municipalities/{municipality}/notes", get(content::notes::list)),
        (
            "/console/municipalities/{municipality}/notes/{topic}/{name}/{lang}",
            get(content::note::show).post(content::note::save),
        ),
        ("/console/municipalities/{municipality}/notes/{topic}/{name}/{lang}/propose", post(content::note::propose)),
        ("/console/staff", get(staff::list).post(staff::invite)),
        ("/console/staff/invitations/{hash}/remove", post(staff::take_back)),
        ("/console/staff/{id}", get(staff::show).post(staff::save)),
        ("/console/staff/{id}/shown-as", post(staff::show_as)),
        ("/console/staff/{id}/end", post(staff::end)),
        ("/console/staff/{id}/password-link", post(staff::new_password)),
        ("/console/staff/{id}/second-factor-off", post(staff::factor_off)),
        ("/console/undelivered", get(operations::undelivered::show).post(operations::undelivered::act)),
        ("/console/tables", get(imports::spreadsheets::show).post(imports::spreadsheets::take).layer(uploads())),
        ("/console/tables/export/{name}", get(imports::download::table)),
        ("/console/tables/published.json", get(imports::download::published)),
        ("/console/tables/{id}", get(imports::import::show)),
        ("/console/tables/{id}/confirm", post(imports::import::confirm)),
        ("/console/tables/{id}/restart", post(imports::import::restart)),
        ("/console/tables/{id}/remove", post(imports::import::remove)),
        ("/console/questions", get(inbox::questions::list)),
        ("/console/questions/{id}", get(inbox::question::show).post(inbox::question::act)),
        ("/console/stats", get(statistics::stats::show)),
        ("/console/stats/export/{name}", get(statistics::stats::export)),
        ("/console/report", get(statistics::report::show)),
        ("/console/privacy", get(operations::privacy::show)),
        ("/console/audit", get(staff::audit::show)),
        ("/console/audit.csv", get(staff::audit::export)),
        ("/console/danger", get(safety::danger::show).post(safety::danger::add)),
        ("/console/danger/try", post(safety::danger::try_message)),
        ("/console/danger/example", post(safety::danger::example)),
        ("/console/danger/change", post(safety::danger::change)),
        ("/console/danger/help", post(safety::danger::help)),
        ("/console/settings", get(operations::settings::show).post(operations::settings::save)),
        ("/console/settings/public", post(operations::settings::save_public)),
        ("/console/settings/operator", post(operations::settings::operator)),
        ("/console/settings/questions", post(operations::settings::add)),
        ("/console/settings/questions/import", post(operations::settings::import).layer(uploads())),
        ("/console/settings/questions/{id}/remove", post(operations::settings::remove)),
    ]
}

/// Uploads have no general size limit: each handler limits what it reads, and lets the browser finish sending.
fn uploads() -> DefaultBodyLimit {
    DefaultBodyLimit::disable()
}

pub(super) fn routes(window: Window) -> Router<Window> {
    let router = pages().into_iter().fold(Router::new(), |router, (path, page)| router.route(path, page));
    let pages: Router = router.layer(DefaultBodyLimit::max(LONGEST_FORM)).with_state(window.clone());
    let keeper = Keeper { window, pages: pages.clone() };
    pages.layer(from_fn_with_state(keeper, preserve_form)).with_state(())
}

/// The addresses of all pages, which tests check against every role.
pub fn paths() -> Vec<&'static str> {
    pages().into_iter().map(|(path, _)| path).collect()
}

pub(super) use self::address::holds;
pub(super) use self::statistics::stats::{in_words, months_between};

/// An error page that needs no staff session.
pub(super) fn problem(lang: Lang, words: String) -> Response {
    refused::problem(lang, words)
}
