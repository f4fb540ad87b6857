//! The page of a question: the conversation, entries that may answer it, and the actions on it.

use askama::Template;
use axum::extract::{Form, Path, Query};
use serde::Deserialize;

use super::questions::names;
use super::ready_answers::Ready;
use crate::app::{
    AppError, OpenQuestion, answer_question, claim_question, close_question, entry_of_question, give_back_question,
    hand_question, move_question, open_question, send_entry,
};
use crate::domain::inbox::question::{LONGEST_LINE, Line, QuestionId, Speaker, newest_words};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::{EntryKey, MunicipalityKey, ServiceKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::staff::accounts;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect, redirect_with};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// Suggested entries.
const LIKELY: usize = 4;

/// The posted form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageForm {
    act: String,
    seen: usize,
    /// The answer in the person's language.
    theirs: String,
    /// The answer in the clerk's language.
    own: String,
    entry: String,
    colleague: String,
    municipality: String,
    topic: String,
    name: String,
    service: String,
}

/// The page's query.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageQuery {
    ready: String,
}

/// An entry that may answer the question.
struct Likely {
    key: EntryKey,
    question: String,
    /// Its question in the person's language.
    theirs: String,
}

#[derive(Template)]
#[template(path = "console/inbox/question.html")]
struct Page<'a> {
    session: &'a StaffSession,
    open: OpenQuestion,
    holder: Option<String>,
    place: Option<String>,
    likely: Vec<Likely>,
    form: PageForm,
    colleagues: Vec<(String, String)>,
    places: Vec<(MunicipalityKey, String)>,
    topics: Vec<(TopicKey, String)>,
    services: Vec<(ServiceKey, String)>,
    refusal: Option<String>,
}

impl Page<'_> {
    fn is_own(&self) -> bool {
        self.open.question.claimed_by.as_ref() == Some(&self.session.account.id)
    }

    fn speaker(&self, line: &Line) -> String {
        match &line.by {
            Speaker::Person => self.session.word(Label::QuestionPerson),
            Speaker::Staff(who) => who.clone(),
        }
    }

    /// Whether the clerk's language differs from the person's.
    fn has_two(&self) -> bool {
        self.open.question.lang != self.session.lang
    }
}

fn id(session: &StaffSession, text: &str) -> Result<QuestionId, PageError> {
    text.parse().map_err(|_| session.refuse(&Refusal::Gone))
}

pub(in crate::web::console) async fn show(
    session: StaffSession,
    Path(text): Path<String>,
    Query(query): Query<PageQuery>,
) -> PageResult {
    session.must(&Right::Answers)?;
    let id = id(&session, &text)?;
    let open =
        open_question(&session.window.app, &session.account, &id).await.map_err(|error| session.page_error(error))?;
    let ready = Ready::parse(&query.ready);
    let begun = |lang: Lang| ready.map(|ready| ready.words(lang)).unwrap_or_default();
    let form = PageForm { theirs: begun(open.question.lang), own: begun(session.lang), ..PageForm::default() };
    page(&session, open, form, None).await
}

async fn page(session: &StaffSession, open: OpenQuestion, form: PageForm, refusal: Option<&Refusal>) -> PageResult {
    let knowledge = session.window.app.live.now();
    let names = names(session).await?;
    let question = &open.question;
    let right = Right::Answer { municipality: question.municipality.as_ref(), lang: question.lang };
    let colleagues = accounts::list(&session.window.app.db).await.map_err(failed)?;
    let colleagues = colleagues.into_iter().filter(|other| other.id != session.account.id && other.may(&right));
    let shown = Page {
        holder: question.claimed_by.as_ref().and_then(|id| names.get(id)).cloned(),
        place: session.place(question),
        likely: likely(session, &open),
        form,
        colleagues: colleagues.map(|other| (other.id, other.name)).collect(),
        places: knowledge.municipalities().iter().map(|place| (place.key.clone(), place.name.clone())).collect(),
        topics: session.topics_to_write(),
        services: knowledge
            .all_services()
            .iter()
            .map(|known| (known.key.clone(), session.service(&known.key)))
            .collect(),
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
        open,
        session,
    };
    Ok(with_status(rendered(&shown), refusal))
}

/// The entries that best match the person's newest message.
fn likely(session: &StaffSession, open: &OpenQuestion) -> Vec<Likely> {
    let knowledge = session.window.app.live.now();
    let lang = open.question.lang;
    let ranked = knowledge.understand(newest_words(&open.lines), Some(lang), None).ranked;
    let likely = ranked.into_iter().take(LIKELY).filter_map(|(key, _)| {
        let theirs = knowledge.entry(&key)?.question(lang).to_owned();
        Some(Likely { question: session.question(&key), theirs, key })
    });
    likely.collect()
}

pub(in crate::web::console) async fn act(
    session: StaffSession,
    Path(text): Path<String>,
    Form(form): Form<PageForm>,
) -> PageResult {
    session.must(&Right::Answers)?;
    let id = id(&session, &text)?;
    let open =
        open_question(&session.window.app, &session.account, &id).await.map_err(|error| session.page_error(error))?;
    match done(&session, &open, &form).await {
        Ok(Next::Here(done)) => Ok(redirect_with(&format!("/console/questions/{id}"), done)),
        Ok(Next::List(done)) => Ok(redirect_with("/console/questions", done)),
        Ok(Next::Entry(key)) => Ok(redirect(&format!("/console/entries/{key}"))),
        Err(error) => {
            let refusal = session.refusal_or_page(error)?;
            match open_question(&session.window.app, &session.account, &id).await {
                Ok(open) => page(&session, open, form, Some(&refusal)).await,
                // The question was retracted, or closed by somebody else.
                Err(_) => Err(session.refuse(&refusal)),
            }
        }
    }
}

/// The redirect after an action.
enum Next {
    Here(Notice),
    List(Notice),
    Entry(EntryKey),
}

async fn done(session: &StaffSession, open: &OpenQuestion, form: &PageForm) -> Result<Next, AppError> {
    let (app, by, id) = (&session.window.app, &session.account, &open.question.id);
    let key = |text: &str| text.parse::<EntryKey>().map_err(|_| Refusal::Key);
    match form.act.as_str() {
        "claim" => claim_question(app, by, id).await.map(|()| Next::Here(Notice::Claimed)),
        "answer" => {
            let words = vec![(open.question.lang, form.theirs.clone()), (session.lang, form.own.clone())];
            answer_question(app, by, id, words, form.seen).await.map(|()| Next::Here(Notice::Answered))
        }
        "send" => send_entry(app, by, id, &key(&form.entry)?).await.map(|()| Next::Here(Notice::Answered)),
        "hand" => hand_question(app, by, id, &form.colleague).await.map(|()| Next::List(Notice::Handed)),
        "move" => {
            let to = form.municipality.parse().map_err(|_| Refusal::Invalid)?;
            move_question(app, by, id, &to).await.map(|()| Next::List(Notice::Handed))
        }
        "back" => give_back_question(app, by, id).await.map(|()| Next::List(Notice::GivenBack)),
        "close" => close_question(app, by, id).await.map(|()| Next::List(Notice::Closed)),
        "draft" => {
            let key = key(&format!("{}/{}", form.topic, form.name.trim()))?;
            let service = form.service.parse().map_err(|_| Refusal::Invalid)?;
            entry_of_question(app, by, id, &key, service).await.map(|_| Next::Entry(key))
        }
        _ => Err(Refusal::Invalid.into()),
    }
}
