//! The list of questions that wait for a person or are being answered by one.

use std::collections::BTreeMap;

use askama::Template;

use crate::app::{OpenQuestion, open_questions};
use crate::domain::inbox::question::Question;
use crate::domain::staff::account::Right;
use crate::i18n::Label;
use crate::store::staff::accounts;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::page_error::{PageError, PageResult, failed};
use crate::web::console::staff_session::StaffSession;

/// Length of a question in the list, in characters.
const SHOWN: usize = 160;

/// A question in the list.
struct Row {
    question: Question,
    words: String,
    place: Option<String>,
    /// The clerk who claimed it.
    holder: Option<String>,
}

#[derive(Template)]
#[template(path = "console/inbox/questions.html")]
struct Page<'a> {
    session: &'a StaffSession,
    groups: Vec<Group>,
}

/// Questions with the same kind of claim: own, unclaimed, of others.
struct Group {
    title: Label<'static>,
    rows: Vec<Row>,
}

pub(in crate::web::console) async fn list(session: StaffSession) -> PageResult {
    session.must(&Right::Answers)?;
    let open =
        open_questions(&session.window.app, &session.account).await.map_err(|error| session.page_error(error))?;
    let names = names(&session).await?;
    let (mut waiting, mut own, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for question in open {
        let row = row(&session, question, &names);
        match &row.question.claimed_by {
            None => waiting.push(row),
            Some(id) if *id == session.account.id => own.push(row),
            Some(_) => others.push(row),
        }
    }
    let all = [(Label::QuestionsOwn, own), (Label::QuestionsWaiting, waiting), (Label::QuestionsOthers, others)];
    // The group of unclaimed questions is shown even if empty, the others are not.
    let said = all.into_iter().filter(|(title, rows)| !rows.is_empty() || *title == Label::QuestionsWaiting);
    let groups = said.map(|(title, rows)| Group { title, rows }).collect();
    Ok(rendered(&Page { session: &session, groups }))
}

/// The names of all accounts, by account id.
pub(in crate::web::console) async fn names(session: &StaffSession) -> Result<BTreeMap<String, String>, PageError> {
    let all = accounts::list(&session.window.app.db).await.map_err(failed)?;
    Ok(all.into_iter().map(|account| (account.id, account.name)).collect())
}

fn row(session: &StaffSession, open: OpenQuestion, names: &BTreeMap<String, String>) -> Row {
    let OpenQuestion { question, lines } = open;
    let words = lines.first().and_then(|line| line.words.first()).map_or("", |(_, words)| words.as_str());
    Row {
        words: words.chars().take(SHOWN).collect(),
        place: session.place(&question),
        holder: question.claimed_by.as_ref().and_then(|id| names.get(id)).cloned(),
        question,
    }
}

impl StaffSession {
    /// The name of the question's municipality.
    pub fn place(&self, question: &Question) -> Option<String> {
        let key = question.municipality.as_ref()?;
        let knowledge = self.window.app.live.now();
        Some(knowledge.municipality(key).map_or(key.to_string(), |place| place.name.clone()))
    }
}
