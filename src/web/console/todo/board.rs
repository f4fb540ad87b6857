//! The to-do board: the console's first page, with open work per language and topic.

use askama::Template;
use chrono::TimeDelta;

use crate::app::open_questions;
use crate::domain::content::draft::DraftState;
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::Right;
use crate::domain::statistics::feedback::Complaint;
use crate::domain::text::id::TopicKey;
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::content::drafts::Heading;
use crate::store::content::{drafts, overview};
use crate::store::outbox::{self, undelivered};
use crate::store::statistics::events::{self, Sum};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::content::entries::{Row, State, rows};
use crate::web::console::content::feedback::{complaint_label, complaints, count};
use crate::web::console::content::items::{edit_path, query};
use crate::web::console::page_error::{PageError, PageResult, failed};
use crate::web::console::staff_session::StaffSession;
use crate::web::console::unanswered::list::missing_parts;

/// Unanswered messages are counted over this many days.
const DAYS: i64 = 30;
/// Entries with bad feedback shown.
const WORST: usize = 8;

/// A kind of open work, counted per language.
struct Tile {
    state: State,
    total: usize,
    langs: Vec<(Lang, usize)>,
}

/// A topic, with the number of its texts in each state.
struct TopicRow {
    key: TopicKey,
    name: String,
    counts: Vec<(State, usize)>,
}

/// A draft of this account.
struct Own {
    title: String,
    path: String,
    state: DraftState,
}

#[derive(Template)]
#[template(path = "console/todo/board.html")]
struct Page<'a> {
    session: &'a StaffSession,
    /// Whether the privacy notice names the operator of the bot.
    has_operator: bool,
    /// Outbox messages that cannot be decrypted with the present key.
    unreadable: i64,
    /// Messages that could not be delivered.
    undelivered: i64,
    waiting: usize,
    tiles: Vec<Tile>,
    topics: Vec<TopicRow>,
    own: Vec<Own>,
    /// Proposals that wait for a second person, each with the page that decides it.
    proposals: Vec<(String, String)>,
    /// Unclaimed questions that this account may answer.
    questions: usize,
    /// How many of them came after a line of help.
    in_danger: usize,
    /// Talks that went on about something else after a line of help, in the last days.
    danger_left: i64,
    unanswered: Vec<(Lang, i64)>,
    /// How many parts people asked for that no answer has.
    missing_parts: usize,
    bad: Vec<Bad>,
}

/// An answer rated as not useful, with its complaints.
struct Bad {
    sum: Sum,
    complaints: Vec<(Complaint, i64)>,
}

/// The columns of the table of topics.
const COLUMNS: [State; 5] = [State::InReview, State::Missing, State::Outdated, State::RulesChanged, State::Late];

pub(in crate::web::console) async fn show(session: StaffSession) -> PageResult {
    let db = &session.window.app.db;
    let headings = drafts::headings(db).await.map_err(failed)?;
    let overview = overview::entries(db).await.map_err(failed)?;
    let rows = if session.may(Right::Read) { rows(&overview, &headings, session.today()) } else { Vec::new() };
    let day = session.today() - TimeDelta::days(DAYS);
    let waits =
        |heading: &&Heading| heading.state == DraftState::InReview && session.may(Right::Publish(&heading.item));
    let (questions, in_danger) = questions(&session).await?;
    let left = events::sums(db, events::DANGER_LEFT, day).await.map_err(failed)?;
    let shown = Page {
        has_operator: session.window.app.live.now().operator().is_some(),
        unreadable: outbox::backlog(db).await.map_err(failed)?.unreadable,
        undelivered: undelivered::count(db).await.map_err(failed)?,
        waiting: headings.iter().filter(waits).count(),
        tiles: State::ALL.into_iter().map(|state| tile(state, &rows)).filter(|tile| tile.total > 0).collect(),
        topics: topics(&session, &rows),
        own: own(&session, &headings),
        proposals: proposals(&session, &headings),
        questions,
        in_danger,
        danger_left: left.iter().map(|sum| sum.n).sum(),
        unanswered: unanswered(&session, day).await?,
        missing_parts: missing_parts(&session).await?.len(),
        bad: bad(&session, day).await?,
        session: &session,
    };
    Ok(rendered(&shown))
}

fn tile(state: State, rows: &[Row]) -> Tile {
    let count = |lang: Lang| {
        let of = |row: &Row| row.cells.iter().filter(|cell| cell.lang == lang && state.holds(row, cell)).count();
        rows.iter().map(of).sum()
    };
    let langs: Vec<(Lang, usize)> = Lang::all().map(|lang| (lang, count(lang))).collect();
    Tile { state, total: langs.iter().map(|(_, count)| count).sum(), langs }
}

fn topics(session: &StaffSession, rows: &[Row]) -> Vec<TopicRow> {
    let count = |key: &TopicKey, state: State| {
        let of = |row: &&Row| row.key.topic() == *key;
        rows.iter().filter(of).map(|row| row.cells.iter().filter(|cell| state.holds(row, cell)).count()).sum()
    };
    session
        .topics()
        .into_iter()
        .map(|(key, name)| TopicRow { counts: COLUMNS.map(|state| (state, count(&key, state))).into(), key, name })
        .collect()
}

fn own(session: &StaffSession, headings: &[Heading]) -> Vec<Own> {
    let mine = |heading: &&Heading| heading.author.as_ref() == Some(&session.account.id);
    let open = |heading: &&Heading| heading.state != DraftState::InReview;
    let own = headings.iter().filter(mine).filter(open);
    own.map(|heading| Own { title: session.item(&heading.item), path: edit_path(&heading.item), state: heading.state })
        .collect()
}

/// Proposals in review: links a reviewer to the decision, and the author to the page where it was made.
fn proposals(session: &StaffSession, headings: &[Heading]) -> Vec<(String, String)> {
    let waits =
        |heading: &&Heading| heading.state == DraftState::InReview && matches!(heading.item, ContentItem::Proposed(_));
    let led = |heading: &Heading| {
        let is_own = heading.author.as_ref() == Some(&session.account.id);
        let path = match is_own {
            true => edit_path(&heading.item),
            false => format!("/console/review/piece?{}", query(&heading.item)),
        };
        (is_own || session.may(Right::Publish(&heading.item))).then(|| (session.item(&heading.item), path))
    };
    headings.iter().filter(waits).filter_map(led).collect()
}

/// The unclaimed questions that this account may answer, and how many of them came after a line of help.
async fn questions(session: &StaffSession) -> Result<(usize, usize), PageError> {
    if !session.may(Right::Answers) {
        return Ok((0, 0));
    }
    let open =
        open_questions(&session.window.app, &session.account).await.map_err(|error| session.page_error(error))?;
    let unclaimed: Vec<_> = open.iter().filter(|open| open.question.claimed_by.is_none()).collect();
    Ok((unclaimed.len(), unclaimed.iter().filter(|open| open.question.danger).count()))
}

async fn bad(session: &StaffSession, day: chrono::NaiveDate) -> Result<Vec<Bad>, PageError> {
    let sums = events::sums(&session.window.app.db, events::NOT_USEFUL.0, day).await.map_err(failed)?;
    let said = complaints(session, day).await?;
    let of = |sum: Sum| {
        let lang = Lang::parse(&sum.lang);
        let n = |sums: &[Sum]| lang.map_or(0, |lang| count(sums, lang, &sum.subject));
        let complaints = said.iter().map(|(complaint, sums)| (*complaint, n(sums))).filter(|(_, n)| *n > 0).collect();
        Bad { sum, complaints }
    };
    Ok(sums.into_iter().take(WORST).map(of).collect())
}

/// Messages without any match, and those for which no offered entry fitted.
async fn unanswered(session: &StaffSession, day: chrono::NaiveDate) -> Result<Vec<(Lang, i64)>, PageError> {
    let db = &session.window.app.db;
    let mut all = events::sums(db, "not-understood", day).await.map_err(failed)?;
    all.extend(events::sums(db, "none-fitted", day).await.map_err(failed)?);
    let count = |lang: Lang| all.iter().filter(|sum| sum.lang == lang.code()).map(|sum| sum.n).sum();
    Ok(Lang::all().map(|lang| (lang, count(lang))).collect())
}
