//! Downloads: published entries and offices as spreadsheets, everything published as JSON.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::exports::open_data;
use crate::exports::spreadsheets::{Subject, rows_of, write_csv, write_xlsx};
use crate::store::content;
use crate::store::operations::revision;
use crate::web::console::page_error::{PageResult, failed, internal_error};
use crate::web::console::staff_session::StaffSession;

pub(in crate::web::console) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub(in crate::web::console) const CSV: &str = "text/csv; charset=utf-8";

/// `entries.xlsx`, `offices.csv` and so on.
pub(in crate::web::console) async fn table(session: StaffSession, Path(name): Path<String>) -> PageResult {
    session.must(&Right::Read)?;
    let parsed = name.split_once('.').and_then(|(subject, form)| Some((Subject::parse(subject)?, form)));
    let Some((subject, form @ ("xlsx" | "csv"))) = parsed else { return Err(session.refuse(&Refusal::Gone)) };
    let content = content::load(&session.window.app.db).await.map_err(failed)?;
    let (lang, workbook) = (session.lang, form == "xlsx");
    // Compressing hundreds of kilobytes would block an async worker thread.
    let made = tokio::task::spawn_blocking(move || {
        let rows = rows_of(&content, subject);
        if workbook {
            write_xlsx(subject, lang, &rows).map_err(|error| error.to_string())
        } else {
            write_csv(subject, lang, &rows).map_err(|error| error.to_string())
        }
    });
    let bytes = made.await.map_err(internal_error)?.map_err(internal_error)?;
    let kind = if workbook { XLSX } else { CSV };
    Ok(file(&session, subject.name(), form, kind, bytes))
}

/// All published content.
pub(in crate::web::console) async fn published(session: StaffSession) -> PageResult {
    session.must(&Right::Read)?;
    let db = &session.window.app.db;
    let number = revision::current(db).await.map_err(failed)?;
    let content = content::load(db).await.map_err(failed)?;
    let json = tokio::task::spawn_blocking(move || serde_json::to_vec_pretty(&open_data(&content, number)));
    let bytes = json.await.map_err(internal_error)?.map_err(internal_error)?;
    Ok(file(&session, "published", "json", "application/json", bytes))
}

/// A download, named after its content and the day.
pub(in crate::web::console) fn file(
    session: &StaffSession,
    what: &str,
    form: &str,
    kind: &'static str,
    bytes: Vec<u8>,
) -> Response {
    let app = &session.window.app;
    let name = format!("attachment; filename=\"ventanilla-{what}-{}.{form}\"", app.day(app.clock.now()));
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response()
}
