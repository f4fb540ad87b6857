//! The page of danger words: the list per language and kind, the line of help, and a box to try messages and new words.

use askama::Template;
use axum::extract::{Form, Query};
use serde::Deserialize;

use crate::app::{LONGEST_HELP, add_danger_words, remove_danger_words, set_line_of_help, turn_danger_pattern};
use crate::bot::citizen::danger_phrase;
use crate::bot::knowledge::{DangerWords, LONGEST_DANGER_WORDS, PatternError, danger_pattern, ordinary_questions};
use crate::domain::content::proposed::{Proposed, ProposedBody};
use crate::domain::safety::danger::{Danger, DangerEdits, DangerWord};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::RunKind;
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;
use crate::i18n::content_items::danger_kind;
use crate::i18n::{Label, say};
use crate::store::safety::danger;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::content::pending::{Waiting, waiting};
use crate::web::console::notice::Notice;
use crate::web::console::page_error::{PageError, PageResult, failed, redirect};
use crate::web::console::refused::words as refusal_words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;

/// The language and kind shown, as in addresses and forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct Part {
    lang: String,
    kind: String,
}

/// The posted form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageForm {
    lang: String,
    kind: String,
    words: String,
    message: String,
    act: String,
}

/// The result of trying a message or new words.
#[derive(Default)]
struct Tried {
    /// The message, and the kind and words that raise the line of help, if any.
    message: Option<(String, Option<(Danger, String)>)>,
    /// Ordinary questions that the new words would take for danger.
    broken: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "console/safety/danger.html")]
struct Page<'a> {
    session: &'a StaffSession,
    lang: Lang,
    kind: Danger,
    /// The line of help in use, and whether the municipality wrote it.
    help: String,
    own_help: bool,
    /// Proposals that wait for a second person: the line of help and the words.
    waits: Vec<Waiting>,
    own: Vec<&'a DangerWord>,
    /// The program's own patterns, and whether each is on.
    shipped: Vec<(&'static DangerWord, bool)>,
    words: String,
    flaw: Option<String>,
    tried: Tried,
    refusal: Option<String>,
    longest: usize,
    longest_help: usize,
}

impl Page<'_> {
    /// The label of a kind of danger.
    fn kind_words(&self, kind: &Danger) -> String {
        self.session.word(danger_kind(*kind))
    }
}

fn flaw_words(session: &StaffSession, flaw: PatternError) -> String {
    match flaw {
        PatternError::Short => session.word(Label::DangerWordsShort),
        PatternError::Long => session.word(Label::FlawCharacters { most: &LONGEST_DANGER_WORDS.to_string() }),
        PatternError::Sign(sign) => session.word(Label::DangerWordsSign { sign: &sign.to_string() }),
        PatternError::Brackets => session.word(Label::DangerWordsBrackets),
    }
}

/// The requested language and kind; by default the console's language and the most urgent kind.
fn part(session: &StaffSession, lang: &str, kind: &str) -> (Lang, Danger) {
    (Lang::parse(lang).unwrap_or(session.lang), Danger::parse(kind).unwrap_or(Danger::Medical))
}

fn path((lang, kind): (Lang, Danger)) -> String {
    format!("/console/danger?lang={lang}&kind={}", kind.name())
}

pub(in crate::web::console) async fn show(session: StaffSession, Query(query): Query<Part>) -> PageResult {
    session.must(&Right::Settings)?;
    page(&session, part(&session, &query.lang, &query.kind), Extra::default()).await
}

/// The page's content besides the list.
#[derive(Default)]
struct Extra {
    words: String,
    flaw: Option<String>,
    tried: Tried,
    refusal: Option<Refusal>,
    /// A line of help that was refused.
    help: Option<String>,
}

async fn page(session: &StaffSession, (lang, kind): (Lang, Danger), extra: Extra) -> PageResult {
    let edits = danger::load(&session.window.app.db).await.map_err(failed)?;
    let here = |word: &&DangerWord| word.lang == lang && word.kind == kind;
    let own_help = edits.help.get(&(lang, kind)).map(|help| help.markdown().to_owned());
    let is_own = own_help.is_some();
    let mut waits = Vec::new();
    for of in [Proposed::Help(kind, lang), Proposed::Danger(kind, lang)] {
        waits.extend(waiting(session, of).await?);
    }
    let proposed = waits.iter().find_map(|waiting| match &waiting.body {
        Some(ProposedBody::Help(text)) => Some(text.clone()).filter(|text| !text.is_empty()),
        Some(ProposedBody::Source(_) | ProposedBody::Danger(_) | ProposedBody::Reason(_)) | None => None,
    });
    let shown = Page {
        session,
        lang,
        kind,
        help: extra.help.or(proposed).or(own_help).unwrap_or_else(|| say(lang, &danger_phrase(kind))),
        own_help: is_own,
        waits,
        own: edits.own.iter().filter(here).collect(),
        shipped: DangerWords::shipped().filter(here).map(|word| (word, !edits.off.contains(word))).collect(),
        words: extra.words,
        flaw: extra.flaw,
        tried: extra.tried,
        refusal: extra.refusal.as_ref().map(|refusal| refusal_words(session.lang, refusal)),
        longest: LONGEST_DANGER_WORDS,
        longest_help: LONGEST_HELP,
    };
    Ok(with_status(rendered(&shown), extra.refusal.as_ref()))
}

fn word(session: &StaffSession, form: &PageForm) -> DangerWord {
    let (lang, kind) = part(session, &form.lang, &form.kind);
    DangerWord { lang, kind, words: form.words.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// Ordinary questions that these words alone would take for danger.
fn broken(word: &DangerWord) -> Vec<&'static str> {
    let edits = DangerEdits { own: vec![word.clone()], ..DangerEdits::default() };
    let alone = DangerWords::of(&edits);
    let raised = |question: &&'static str| alone.found(question) == Some(word);
    Lang::all().flat_map(ordinary_questions).filter(raised).collect()
}

/// Adds new words. Words that match ordinary questions are added only after the questions were shown.
pub(in crate::web::console) async fn add(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Settings)?;
    let word = word(&session, &form);
    let place = (word.lang, word.kind);
    if let Err(flaw) = danger_pattern(&word.words) {
        let flaw = Some(flaw_words(&session, flaw));
        let extra = Extra { words: form.words, flaw, refusal: Some(Refusal::Invalid), ..Extra::default() };
        return page(&session, place, extra).await;
    }
    let broken = broken(&word);
    if form.act != "anyway" && !broken.is_empty() {
        let tried = Tried { broken, ..Tried::default() };
        return page(
            &session,
            place,
            Extra { words: form.words, tried, refusal: Some(Refusal::Invalid), ..Extra::default() },
        )
        .await;
    }
    add_danger_words(&session.window.app, &session.account, &word).await.map_err(|error| session.page_error(error))?;
    Ok(saved(place))
}

/// Tries whether a message would raise the line of help.
pub(in crate::web::console) async fn try_message(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Settings)?;
    let found = words_now(&session).await?.found(&form.message).map(|word| (word.kind, word.words.clone()));
    let tried = Tried { message: Some((form.message, found)), ..Tried::default() };
    page(&session, part(&session, &form.lang, &form.kind), Extra { tried, ..Extra::default() }).await
}

/// The words as stored: another replica may have saved some a moment ago.
async fn words_now(session: &StaffSession) -> Result<DangerWords, PageError> {
    Ok(DangerWords::of(&danger::load(&session.window.app.db).await.map_err(failed)?))
}

pub(in crate::web::console) async fn change(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Settings)?;
    let (app, by) = (&session.window.app, &session.account);
    let (lang, kind) = part(&session, &form.lang, &form.kind);
    let word = DangerWord { lang, kind, words: form.words.clone() };
    let done = match form.act.as_str() {
        "remove" => remove_danger_words(app, by, &word).await,
        "on" => turn_danger_pattern(app, by, &word, true).await,
        "off" => turn_danger_pattern(app, by, &word, false).await,
        _ => Err(Refusal::Invalid.into()),
    };
    done.map_err(|error| session.page_error(error))?;
    Ok(saved((lang, kind)))
}

pub(in crate::web::console) async fn help(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Settings)?;
    let place = part(&session, &form.lang, &form.kind);
    let text = plain::lines(&form.words).trim().to_owned();
    // An empty text, or the shipped text, means the program's own line of help.
    let shipped = say(place.0, &danger_phrase(place.1));
    let own = Some(text.as_str()).filter(|text| !text.is_empty() && *text != shipped);
    match set_line_of_help(&session.window.app, &session.account, place.0, place.1, own).await {
        Ok(()) => Ok(saved(place)),
        Err(error) => {
            let refusal = Some(session.refusal_or_page(error)?);
            page(&session, place, Extra { help: Some(form.words), refusal, ..Extra::default() }).await
        }
    }
}

fn saved(place: (Lang, Danger)) -> axum::response::Response {
    redirect(&format!("{}&done={}", path(place), Notice::Submitted.name()))
}
