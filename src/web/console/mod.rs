//! The console, where municipal staff keep every answer true.

mod audit;
mod audit_words;
mod batch;
mod board;
mod conflict;
mod danger;
mod desk;
mod done;
mod download;
mod entries;
mod facts;
mod feedback;
mod fill_form;
mod gap;
mod gaps;
mod history;
mod hours_form;
mod invitation;
mod keep_typed;
mod municipalities;
mod new_entry;
mod new_password;
mod note;
mod notes;
mod office;
mod office_form;
mod office_map;
mod offices;
mod own;
mod own_factor;
mod own_telegram;
mod people;
mod pieces;
mod preview;
mod privacy;
mod question;
mod questions;
mod ready;
mod refused;
mod report;
mod review;
mod settings;
mod sign_in;
mod slips;
mod sources;
mod staff;
mod stats;
mod tables;
mod text;
mod undelivered;
mod upload;
mod waiting;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};

use self::keep_typed::{Keeper, LONGEST_CARRIED, LONGEST_FORM, keep_typed};
use super::Window;
use crate::domain::changed;
use crate::domain::lang::Lang;

/// Every page with its address.
fn pages() -> Vec<(&'static str, MethodRouter<Window>)> {
    vec![
        ("/console", get(board::show)),
        (sign_in::HERE, get(sign_in::show).post(sign_in::take).layer(DefaultBodyLimit::max(LONGEST_CARRIED))),
        ("/console/sign-out", post(sign_in::leave)),
        ("/console/invitation/{token}", get(invitation::show).post(invitation::accept)),
        ("/console/new-password/{token}", get(new_password::show).post(new_password::choose)),
        ("/console/account", get(own::show).post(own::save)),
        ("/console/account/password", post(own::password)),
        ("/console/account/second-factor", get(own_factor::show).post(own_factor::turn_on)),
        ("/console/account/second-factor/off", post(own_factor::turn_off)),
        ("/console/account/recovery-codes", post(own_factor::new_codes)),
        ("/console/account/sessions", post(own::end_sessions_now)),
        ("/console/account/telegram", get(own_telegram::show).post(own_telegram::make_code)),
        ("/console/account/telegram/unlink", post(own_telegram::unlink)),
        ("/console/account/telegram/reminders", post(own_telegram::reminders)),
        ("/console/entries", get(entries::list)),
        ("/console/new-entry", get(new_entry::show).post(new_entry::make)),
        ("/console/entries/{topic}/{name}", get(entries::show)),
        ("/console/entries/{topic}/{name}/check", post(entries::check)),
        ("/console/entries/{topic}/{name}/facts", get(facts::show).post(facts::save)),
        ("/console/entries/{topic}/{name}/text/{lang}", get(text::show).post(text::save)),
        ("/console/entries/{topic}/{name}/withdraw/{lang}", post(entries::take_back)),
        ("/console/history", get(history::show)),
        ("/console/history/back", post(history::back)),
        ("/console/history/comment", post(history::say)),
        ("/console/draft/discard", post(history::throw_away)),
        ("/console/review", get(review::list)),
        ("/console/review/entry/{topic}/{name}", get(review::entry).post(review::decide_entry)),
        ("/console/review/piece", get(review::piece).post(review::decide_piece)),
        ("/console/review/batch/{batch}", get(review::batch).post(review::decide_batch)),
        ("/console/gaps", get(gaps::list)),
        ("/console/gaps/{id}", get(gap::show).post(gap::act)),
        ("/console/sources", get(sources::list)),
        ("/console/new-source", get(sources::new).post(sources::make)),
        ("/console/sources/{key}", get(sources::show).post(sources::save)),
        ("/console/sources/{key}/changed", post(sources::changed)),
        ("/console/offices", get(offices::list)),
        ("/console/new-office", get(office::new).post(office::make)),
        ("/console/offices/{office}", get(office::show).post(office::save)),
        ("/console/municipalities", get(municipalities::list)),
        ("/console/new-municipality", get(municipalities::new).post(municipalities::make)),
        ("/console/municipalities/{municipality}", get(municipalities::show).post(municipalities::save)),
        ("/console/municipalities/{municipality}/overdue", post(municipalities::choose)),
        ("/console/municipalities/{municipality}/notes", get(notes::list)),
        ("/console/municipalities/{municipality}/notes/{topic}/{name}/{lang}", get(note::show).post(note::save)),
        ("/console/municipalities/{municipality}/notes/{topic}/{name}/{lang}/propose", post(note::propose)),
        ("/console/staff", get(staff::list).post(staff::invite)),
        ("/console/staff/invitations/{hash}/remove", post(staff::take_back)),
        ("/console/staff/{id}", get(staff::show).post(staff::save)),
        ("/console/staff/{id}/shown-as", post(staff::show_as)),
        ("/console/staff/{id}/end", post(staff::end)),
        ("/console/staff/{id}/password-link", post(staff::new_password)),
        ("/console/staff/{id}/second-factor-off", post(staff::factor_off)),
        ("/console/undelivered", get(undelivered::show).post(undelivered::act)),
        ("/console/tables", get(tables::show).post(tables::take).layer(uploads())),
        ("/console/tables/export/{name}", get(download::table)),
        ("/console/tables/published.json", get(download::published)),
        ("/console/tables/{id}", get(batch::show)),
        ("/console/tables/{id}/confirm", post(batch::confirm)),
        ("/console/tables/{id}/restart", post(batch::restart)),
        ("/console/tables/{id}/remove", post(batch::remove)),
        ("/console/questions", get(questions::list)),
        ("/console/questions/{id}", get(question::show).post(question::act)),
        ("/console/stats", get(stats::show)),
        ("/console/stats/export/{name}", get(stats::export)),
        ("/console/report", get(report::show)),
        ("/console/privacy", get(privacy::show)),
        ("/console/audit", get(audit::show)),
        ("/console/audit.csv", get(audit::export)),
        ("/console/danger", get(danger::show).post(danger::add)),
        ("/console/danger/try", post(danger::try_message)),
        ("/console/danger/change", post(danger::change)),
        ("/console/danger/help", post(danger::help)),
        ("/console/settings", get(settings::show).post(settings::save)),
        ("/console/settings/public", post(settings::save_public)),
        ("/console/settings/operator", post(settings::operator)),
        ("/console/settings/questions", post(settings::add)),
        ("/console/settings/questions/import", post(settings::import).layer(uploads())),
        ("/console/settings/questions/{id}/remove", post(settings::remove)),
    ]
}

/// Files are as long as they are: whoever reads one bounds it, and lets the browser finish sending.
fn uploads() -> DefaultBodyLimit {
    DefaultBodyLimit::disable()
}

pub(super) fn routes(window: Window) -> Router<Window> {
    let router = pages().into_iter().fold(Router::new(), |router, (path, page)| router.route(path, page));
    let pages: Router = router.layer(DefaultBodyLimit::max(LONGEST_FORM)).with_state(window.clone());
    let keeper = Keeper { window, pages: pages.clone() };
    pages.layer(from_fn_with_state(keeper, keep_typed)).with_state(())
}

/// The addresses of all pages: tests hold each against every role.
pub fn paths() -> Vec<&'static str> {
    pages().into_iter().map(|(path, _)| path).collect()
}

pub(super) use stats::{in_words, months_between};

/// Whether an address is the console's.
pub(super) fn holds(path: &str) -> bool {
    path == "/console" || path.starts_with("/console/")
}

/// A page that says what went wrong, for whoever it is.
pub(super) fn problem(lang: Lang, words: String) -> Response {
    refused::problem(lang, words)
}
