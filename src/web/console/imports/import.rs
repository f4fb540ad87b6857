//! The page of an import: its progress, the report of the dry run, and the button that confirms it.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Form, Path, Query};
use serde::Deserialize;

use super::spreadsheets::state_label;
use crate::app::{confirm_import, drop_import, import_has_stopped, import_progress, import_report, restart_import};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::{RunKind as Run, Words, changed};
use crate::exports::spreadsheets::{Column, Difference, Flaw, Line, Report, RowOutcome};
use crate::i18n::Label;
use crate::store::imports::spreadsheets::{self, Import, ImportState};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageResult, failed, redirect, redirect_with};
use crate::web::console::staff_session::StaffSession;

/// Rows per page.
const AT_ONCE: usize = 50;
/// Most characters of a difference on the page: the rest is in the file.
const LONGEST: usize = 1_500;

#[derive(Template)]
#[template(path = "console/imports/import.html")]
struct Page<'a> {
    session: &'a StaffSession,
    batch: &'a Import,
    state: Label<'static>,
    done: Option<usize>,
    stopped: bool,
    report: Option<Found>,
}

/// The report as the page shows it.
struct Found {
    counts: Vec<(RowOutcome, usize)>,
    outcome: RowOutcome,
    lines: Vec<Line>,
    page: usize,
    pages: usize,
    sheet: String,
    can_be_imported: bool,
    is_refused: bool,
    /// The first rows that have to be confirmed by somebody.
    asking: Vec<Line>,
    asking_count: usize,
}

#[derive(Deserialize)]
pub(in crate::web::console) struct PageQuery {
    show: Option<String>,
    page: Option<usize>,
}

impl Page<'_> {
    /// Whether the import is running, so that the page reloads itself.
    fn is_at_work(&self) -> bool {
        matches!(self.batch.state, ImportState::Checking | ImportState::Importing) && !self.stopped
    }

    /// An error of the file, in the console's language.
    fn flaw(&self, flaw: &Flaw) -> String {
        flaw.words(self.session.lang)
    }

    fn is_checked(&self) -> bool {
        matches!(self.batch.state, ImportState::Checked | ImportState::Differs)
    }
}

fn outcome_label(outcome: &RowOutcome) -> Label<'static> {
    match outcome {
        RowOutcome::Refused => Label::FateRefused,
        RowOutcome::Changed => Label::FateChanged,
        RowOutcome::New => Label::FateNew,
        RowOutcome::Waiting => Label::FateWaiting,
        RowOutcome::Same => Label::FateSame,
    }
}

impl Found {
    fn of(report: Report, query: &PageQuery) -> Found {
        let counts: Vec<_> = RowOutcome::ALL.into_iter().map(|outcome| (outcome, report.count(outcome))).collect();
        let first = counts.iter().find(|(_, count)| *count > 0).map_or(RowOutcome::Same, |(outcome, _)| *outcome);
        let outcome = query.show.as_deref().and_then(RowOutcome::parse).unwrap_or(first);
        let (can_be_imported, is_refused) = (report.can_be_imported(), report.count(RowOutcome::Refused) > 0);
        let asking_count = report.asking();
        let asking = report.lines.iter().filter(|line| !line.asks.is_empty()).take(AT_ONCE).cloned().collect();
        let all: Vec<Line> = report.lines.into_iter().filter(|line| line.outcome == outcome).collect();
        let pages = all.len().div_ceil(AT_ONCE).max(1);
        let page = query.page.unwrap_or(1).clamp(1, pages);
        let lines = all.into_iter().skip((page - 1) * AT_ONCE).take(AT_ONCE).collect();
        let sheet = report.sheet;
        Found { counts, outcome, lines, page, pages, sheet, can_be_imported, is_refused, asking, asking_count }
    }
}

/// The change of a cell, word by word; for lists line by line, without unchanged lines.
fn pieces(difference: &Difference) -> Vec<Words> {
    let (was, now) = (difference.was.as_str(), difference.now.as_str());
    let is_list = matches!(
        difference.column,
        Column::Phrasings | Column::Sources | Column::Related | Column::Services | Column::Languages
    );
    let mut pieces = if is_list { lines(was, now) } else { changed(was, now) };
    let mut left = LONGEST;
    for piece in &mut pieces {
        let length = piece.text.chars().count();
        if length > left {
            piece.text = piece.text.chars().take(left).chain(['…']).collect();
        }
        left = left.saturating_sub(length);
    }
    pieces.retain(|piece| piece.text != "…");
    pieces
}

fn lines(was: &str, now: &str) -> Vec<Words> {
    let (before, after): (HashSet<&str>, HashSet<&str>) = (was.lines().collect(), now.lines().collect());
    let words = |kind, lines: Vec<&str>| Words { kind, text: lines.iter().map(|line| format!("{line}\n")).collect() };
    let gone = words(Run::Removed, was.lines().filter(|line| !after.contains(line)).collect());
    let new = words(Run::Added, now.lines().filter(|line| !before.contains(line)).collect());
    [gone, new].into_iter().filter(|words| !words.text.is_empty()).collect()
}

pub(in crate::web::console) async fn show(
    session: StaffSession,
    Path(id): Path<String>,
    Query(query): Query<PageQuery>,
) -> PageResult {
    session.must(&Right::Import)?;
    let app = &session.window.app;
    let now = app.clock.now().timestamp();
    let found = spreadsheets::find(&app.db, &session.account.id, &id, now).await.map_err(failed)?;
    let Some(batch) = found else { return Err(session.refuse(&Refusal::Gone)) };
    let shows = matches!(batch.state, ImportState::Checked | ImportState::Differs | ImportState::Done);
    let report = if shows { import_report(app, &id).await.map_err(failed)? } else { None };
    Ok(rendered(&Page {
        session: &session,
        state: state_label(&session, &batch),
        done: import_progress(app, &id),
        stopped: import_has_stopped(app, &batch),
        report: report.map(|report| Found::of(report, &query)),
        batch: &batch,
    }))
}

/// The check box beside the button.
#[derive(Deserialize)]
pub(in crate::web::console) struct Confirmed {
    sure: Option<String>,
}

pub(in crate::web::console) async fn confirm(
    session: StaffSession,
    Path(id): Path<String>,
    Form(confirmed): Form<Confirmed>,
) -> PageResult {
    let sure = confirmed.sure.is_some();
    confirm_import(&session.window.app, &session.account, &id, sure)
        .await
        .map_err(|error| session.page_error(error))?;
    Ok(redirect(&format!("/console/tables/{id}")))
}

pub(in crate::web::console) async fn restart(session: StaffSession, Path(id): Path<String>) -> PageResult {
    restart_import(&session.window.app, &session.account, &id).await.map_err(|error| session.page_error(error))?;
    Ok(redirect(&format!("/console/tables/{id}")))
}

pub(in crate::web::console) async fn remove(session: StaffSession, Path(id): Path<String>) -> PageResult {
    session.must(&Right::Import)?;
    drop_import(&session.window.app, &session.account, &id).await.map_err(|error| session.page_error(error))?;
    Ok(redirect_with("/console/tables", Notice::Removed))
}
