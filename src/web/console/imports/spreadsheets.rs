//! The page of spreadsheets: downloads of published content, and uploads for a dry run.

use askama::Template;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;

use super::upload::upload;
use crate::app::{import_has_stopped, take_spreadsheet};
use crate::domain::staff::account::Right;
use crate::exports::spreadsheets::{Flaw, LARGEST_FILE, Spreadsheet, Subject, read};
use crate::i18n::Label;
use crate::store::imports::spreadsheets::{self, Import, ImportState};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::page_error::{PageResult, failed, redirect};
use crate::web::console::staff_session::StaffSession;

#[derive(Template)]
#[template(path = "console/imports/spreadsheets.html")]
struct Page<'a> {
    session: &'a StaffSession,
    imports: Vec<(Import, Label<'static>)>,
    most: String,
    refusal: Option<String>,
}

/// The label of an import's state.
pub(in crate::web::console) fn state_label(session: &StaffSession, batch: &Import) -> Label<'static> {
    if import_has_stopped(&session.window.app, batch) {
        return Label::BatchFailed;
    }
    match batch.state {
        ImportState::Checking => Label::BatchChecking,
        ImportState::Checked => Label::BatchChecked,
        ImportState::Differs => Label::BatchDiffers,
        ImportState::Importing => Label::BatchImporting,
        ImportState::Done => Label::BatchDone,
        ImportState::Failed => Label::BatchFailed,
    }
}

/// The label of a spreadsheet's subject.
fn subject_label(subject: &Subject) -> Label<'static> {
    match subject {
        Subject::Entries => Label::TablesEntries,
        Subject::Offices => Label::TablesOffices,
        Subject::Notes => Label::TablesNotes,
    }
}

pub(in crate::web::console) async fn show(session: StaffSession) -> PageResult {
    page(&session, None).await
}

async fn page(session: &StaffSession, refusal: Option<String>) -> PageResult {
    session.must(&Right::Read)?;
    let app = &session.window.app;
    let own = spreadsheets::of(&app.db, &session.account.id, app.clock.now().timestamp()).await.map_err(failed)?;
    let imports = own.into_iter().map(|batch| (batch.clone(), state_label(session, &batch))).collect();
    let refused = refusal.is_some();
    let most = (LARGEST_FILE / 1024 / 1024).to_string();
    let mut response = rendered(&Page { session, imports, most, refusal });
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Takes an upload and redirects to the page of its dry run.
pub(in crate::web::console) async fn take(
    session: StaffSession,
    form: Result<Multipart, MultipartRejection>,
) -> PageResult {
    session.must(&Right::Import)?;
    let uploaded = match form {
        Ok(form) => upload(form).await,
        Err(_) => Ok(None),
    };
    let (name, table) = match uploaded {
        Ok(Some(file)) => (file.name, parsed(file.bytes).await),
        Ok(None) => return page(&session, Some(session.word(Label::TablesNoFile))).await,
        Err(flaw) => (String::new(), Err(flaw)),
    };
    let table = match table {
        Ok(table) => table,
        Err(flaw) => return page(&session, Some(flaw.words(session.lang))).await,
    };
    match take_spreadsheet(&session.window.app, &session.account, &name, &table).await {
        Ok(id) => Ok(redirect(&format!("/console/tables/{id}"))),
        Err(error) => Err(session.page_error(error)),
    }
}

/// Parses outside the async worker threads, because unpacking takes long.
async fn parsed(bytes: Vec<u8>) -> Result<Spreadsheet, Flaw> {
    tokio::task::spawn_blocking(move || read(&bytes)).await.unwrap_or(Err(Flaw::Broken))
}
