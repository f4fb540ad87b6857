//! The page of signs of danger, by language and kind: a box to try messages, the line of help, examples, and patterns.

use askama::Template;
use axum::extract::{Form, Query};
use serde::Deserialize;

use crate::app::{
    LONGEST_EXAMPLE, LONGEST_HELP, add_danger_example, add_danger_words, remove_danger_example, remove_danger_words,
    set_line_of_help, turn_danger_pattern,
};
use crate::bot::citizen::danger_phrase;
use crate::bot::knowledge::{
    DangerWords, LONGEST_DANGER_WORDS, PatternError, danger_pattern, ordinary_questions, shipped_danger_examples,
};
use crate::domain::content::proposed::{Proposed, ProposedBody};
use crate::domain::safety::danger::{Danger, DangerEdits, DangerExample, DangerWord, Level, Shows, Sign};
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

/// How many of the program's examples are shown at each level.
const SHIPPED_SHOWN: usize = 5;

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
    before: String,
    message: String,
    shows: String,
    act: String,
}

/// The result of trying a message or new words.
#[derive(Default)]
struct Tried {
    /// The message before, if there was one.
    before: String,
    /// The message.
    message: String,
    /// What it raises; the outer `None` where nothing was tried.
    raised: Option<Option<(Sign, Because)>>,
    /// Ordinary questions that the new words would take for danger.
    broken: Vec<&'static str>,
}

/// Why a message raises a line.
enum Because {
    /// This pattern matches.
    Pattern(String),
    /// The municipality's examples have it.
    Example,
    /// It was learned from examples.
    Learned,
    /// It was learned, and only the message before together with it shows the danger.
    Together,
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
    /// The municipality's examples.
    examples: Vec<&'a DangerExample>,
    /// Some of the program's examples, and how many there are.
    shipped_examples: Vec<(Level, &'static str)>,
    shipped_count: usize,
    /// The text of a refused example, and the level that was chosen for it.
    example: String,
    shows: Shows,
    example_flaw: bool,
    own: Vec<&'a DangerWord>,
    /// The program's own patterns, and whether each is on.
    shipped: Vec<(&'static DangerWord, bool)>,
    words: String,
    flaw: Option<String>,
    tried: Tried,
    refusal: Option<String>,
    longest: usize,
    longest_help: usize,
    longest_example: usize,
}

impl Page<'_> {
    /// The label of a kind of danger.
    fn kind_words(&self, kind: &Danger) -> String {
        self.session.word(danger_kind(*kind))
    }

    /// The label of what an example shows.
    fn shows_words(&self, shows: &Shows) -> String {
        self.session.word(match shows {
            Shows::Alarm => Label::DangerAlarm,
            Shows::Care => Label::DangerCare,
            Shows::None => Label::DangerNone,
        })
    }

    /// The label of a level.
    fn level_words(&self, level: &Level) -> String {
        self.session.word(match level {
            Level::Alarm => Label::DangerAlarm,
            Level::Care => Label::DangerCare,
        })
    }

    /// What a tried message raises.
    fn raises(&self, sign: &Sign) -> String {
        let kind = self.kind_words(&sign.kind);
        self.session.word(match sign.level {
            Level::Alarm => Label::DangerRaises { kind: &kind },
            Level::Care => Label::DangerRaisesCare { kind: &kind },
        })
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
    /// An example that was refused, and the level that was chosen for it.
    example: Option<(String, Shows)>,
    refusal: Option<Refusal>,
    /// A line of help that was refused.
    help: Option<String>,
}

async fn page(session: &StaffSession, (lang, kind): (Lang, Danger), extra: Extra) -> PageResult {
    let edits = danger::load(&session.window.app.db).await.map_err(failed)?;
    let here = |word: &&DangerWord| word.lang == lang && word.kind == kind;
    let all = shipped_danger_examples(lang, kind);
    let shown = |wanted: Level| {
        let of_level = all.iter().filter(move |(level, _)| *level == wanted);
        of_level.take(SHIPPED_SHOWN).copied().collect::<Vec<_>>()
    };
    let shipped_examples = [shown(Level::Alarm), shown(Level::Care)].concat();
    let (example, example_flaw) =
        (extra.example.clone().unwrap_or((String::new(), Shows::Alarm)), extra.example.is_some());
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
        examples: edits.examples.iter().filter(|one| one.lang == lang && one.kind == kind).collect(),
        shipped_examples,
        shipped_count: all.len(),
        example: example.0,
        shows: example.1,
        example_flaw,
        own: edits.own.iter().filter(here).collect(),
        shipped: DangerWords::shipped().filter(here).map(|word| (word, !edits.off.contains(word))).collect(),
        words: extra.words,
        flaw: extra.flaw,
        tried: extra.tried,
        refusal: extra.refusal.as_ref().map(|refusal| refusal_words(session.lang, refusal)),
        longest: LONGEST_DANGER_WORDS,
        longest_help: LONGEST_HELP,
        longest_example: LONGEST_EXAMPLE,
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

/// Tries which line a message would raise, alone or after another one.
pub(in crate::web::console) async fn try_message(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Settings)?;
    let (before, message) = (plain::line(&form.before), plain::line(&form.message));
    let raised = Some(raised(&session, &before, &message).await?);
    let tried = Tried { before, message, raised, broken: Vec::new() };
    page(&session, part(&session, &form.lang, &form.kind), Extra { tried, ..Extra::default() }).await
}

/// What a message raises by the patterns and examples as stored (another replica may have saved some a moment ago) and
/// by what was learned.
async fn raised(session: &StaffSession, before: &str, message: &str) -> Result<Option<(Sign, Because)>, PageError> {
    let words = DangerWords::of(&danger::load(&session.window.app.db).await.map_err(failed)?);
    let knowledge = session.window.app.live.now();
    let Some(sign) = knowledge.danger_in_talk_by(&words, before, message) else { return Ok(None) };
    let alone = knowledge.danger_in_talk_by(&words, "", message);
    let because = match words.found(message) {
        _ if alone != Some(sign) => Because::Together,
        Some(word) => Because::Pattern(word.words.clone()),
        None if words.example(message).is_some() => Because::Example,
        None => Because::Learned,
    };
    Ok(Some((sign, because)))
}

/// Adds or removes an example.
pub(in crate::web::console) async fn example(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::Settings)?;
    let (app, by) = (&session.window.app, &session.account);
    let (lang, kind) = part(&session, &form.lang, &form.kind);
    let shows = Shows::parse(&form.shows).unwrap_or(Shows::Alarm);
    let one = DangerExample { lang, kind, shows, text: plain::line(&form.message) };
    let done = match form.act.as_str() {
        "remove" => remove_danger_example(app, by, &one).await,
        _ => add_danger_example(app, by, &one).await,
    };
    let Err(error) = done else { return Ok(saved((lang, kind))) };
    let refusal = session.refusal_or_page(error)?;
    let example = matches!(refusal, Refusal::Invalid).then_some((form.message, shows));
    page(&session, (lang, kind), Extra { example, refusal: Some(refusal), ..Extra::default() }).await
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
