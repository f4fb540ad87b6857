//! Questions in the inbox: claim, answer, hand on, move, close, and what ends by itself.

use serde_json::Value;

use crate::app::content::edit_drafts::new_entry_in;
use crate::app::outbox::send_to_chat::{Destination, send};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::runtime::internal_error::InternalError;
use crate::app::staff::audit::note;
use crate::app::staff::rights::{Actor, actor};
use crate::bot::citizen::reply::{Answer, ReplyKind};
use crate::domain::content::body::{Body, TextBody};
use crate::domain::inbox::question::{CLAIM, LONGEST_LINE, Line, Question, QuestionId, Speaker, Wait};
use crate::domain::people::chat::{ChatKey, Door};
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::{EntryKey, MunicipalityKey, ServiceKey};
use crate::domain::text::lang::Lang;
use crate::store::inbox::questions;
use crate::store::inbox::questions::StoredQuestion;
use crate::store::staff::accounts;
use crate::store::staff::accounts::Hold;
use crate::store::statistics::events;
use crate::store::{StoreError, Tx, chats};

/// How many questions are expired or released in one round.
const AT_ONCE: i64 = 50;

/// A question with its lines, decrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// The question.
    pub question: Question,
    /// The lines in order; in a list only the first.
    pub lines: Vec<Line>,
}

/// Every open question that the account may answer, with its first line.
/// Questions about danger come first, then the one that has waited longest.
pub async fn open_questions(app: &App, by: &Account) -> Result<Vec<OpenQuestion>, AppError> {
    let all = questions::list(&app.db).await?;
    let theirs = all.into_iter().filter(|(stored, _)| by.may(&right(&stored.question)));
    Ok(theirs.map(|(stored, first)| opened(app, stored, first.into_iter().collect())).collect())
}

/// A question with all its lines.
///
/// # Errors
/// Refused if it does not exist any more, or the account may not answer it.
pub async fn open_question(app: &App, by: &Account, id: &QuestionId) -> Result<OpenQuestion, AppError> {
    let stored = questions::find(&app.db, id).await?.ok_or(Refusal::Gone)?;
    ensure(by.may(&right(&stored.question)), Refusal::NoRight)?;
    Ok(opened(app, stored, questions::lines(&app.db, id).await?))
}

fn opened(app: &App, stored: StoredQuestion, sealed: Vec<String>) -> OpenQuestion {
    // A line that was encrypted with a lost key is left out.
    let lines = sealed.iter().filter_map(|line| app.encryption.decrypt(&stored.chat, line).ok()).collect();
    OpenQuestion { question: stored.question, lines }
}

fn right(question: &Question) -> Right<'_> {
    Right::Answer { municipality: question.municipality.as_ref(), lang: question.lang }
}

/// A question whose row and chat are locked until the transaction ends.
struct LockedQuestion {
    stored: StoredQuestion,
    version: i64,
    later: Value,
}

impl LockedQuestion {
    fn to(&self) -> Destination<'_> {
        let StoredQuestion { chat, question, .. } = &self.stored;
        Destination { chat, version: self.version, later: &self.later, lang: question.lang, urgent: question.danger }
    }

    fn id(&self) -> &QuestionId {
        &self.stored.question.id
    }
}

/// The result of locking a question.
enum Locked {
    Question(Box<LockedQuestion>),
    /// The question or its chat does not exist any more.
    Gone,
    /// The person's address was encrypted with another key, which may come back.
    Unreadable,
}

/// Locks the chat first and then its question, as turns do: one lock order (no deadlock).
async fn lock(app: &App, tx: &mut Tx, chat: &ChatKey, id: &QuestionId) -> Result<Locked, StoreError> {
    let Some(version) = chats::next_version(tx, chat).await? else { return Ok(Locked::Gone) };
    let Some(stored) = questions::find_in(tx, id).await? else { return Ok(Locked::Gone) };
    let Ok(later) = app.encryption.decrypt(chat, &stored.return_to) else { return Ok(Locked::Unreadable) };
    Ok(Locked::Question(Box::new(LockedQuestion { stored, version, later })))
}

impl Locked {
    /// The question, or the refusal or internal error that staff get.
    fn for_staff(self) -> Result<LockedQuestion, AppError> {
        match self {
            Locked::Question(held) => Ok(*held),
            Locked::Gone => Err(Refusal::Gone.into()),
            Locked::Unreadable => Err(InternalError::new("open a question", "it was sealed with another key").into()),
        }
    }
}

/// Locks a question for an account that may answer it.
async fn take(app: &App, by: &Account, id: &QuestionId) -> Result<(Tx, Actor, LockedQuestion), AppError> {
    let known = questions::find(&app.db, id).await?.ok_or(Refusal::Gone)?;
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, by).await?;
    let held = lock(app, &mut tx, &known.chat, id).await?.for_staff()?;
    by.ensure(&right(&held.stored.question))?;
    Ok((tx, by, held))
}

/// The same, for the account that has claimed the question.
async fn lock_claimed(app: &App, by: &Account, id: &QuestionId) -> Result<(Tx, Actor, LockedQuestion), AppError> {
    let (tx, by, held) = take(app, by, id).await?;
    ensure(held.stored.question.claimed_by.as_ref() == Some(&by.id), Refusal::Taken)?;
    Ok((tx, by, held))
}

async fn done(app: &App, mut tx: Tx, by: &Actor, action: AuditAction, id: &QuestionId) -> Result<(), AppError> {
    // The audit log never holds the words or the person.
    note(app, &mut tx, Some(by), action, id.short(), (None, None)).await?;
    tx.commit().await?;
    app.outbox_ready.notify_one();
    Ok(())
}

/// Claims a question that nobody has claimed; the person is told that somebody reads it.
///
/// # Errors
/// Refused if a colleague has claimed it.
pub async fn claim_question(app: &App, by: &Account, id: &QuestionId) -> Result<(), AppError> {
    apply(app, by, id, &QuestionAction::Claim).await
}

/// Answers a question; `seen` is how many lines were on the page.
/// At least one language needs words; the person's language comes first.
///
/// # Errors
/// Refused if a colleague has claimed it, the words are empty or too long, or a line was added since.
pub async fn answer_question(
    app: &App,
    by: &Account,
    id: &QuestionId,
    words: Vec<(Lang, String)>,
    seen: usize,
) -> Result<(), AppError> {
    let (mut tx, by, held) = lock_claimed(app, by, id).await?;
    let now = usize::try_from(questions::count_lines(&mut tx, id).await?).unwrap_or_default();
    ensure(now == seen, Refusal::Changed)?;
    let words = sayable(held.stored.question.lang, words)?;
    let said = ReplyKind::FromPerson(by.shown_as.clone(), words.clone());
    say(app, &mut tx, &by, &held, words, said).await?;
    done(app, tx, &by, AuditAction::AnswerQuestion, id).await
}

/// The words without empty ones, the person's language first.
fn sayable(lang: Lang, words: Vec<(Lang, String)>) -> Result<Vec<(Lang, String)>, Refusal> {
    let mut words: Vec<(Lang, String)> = words
        .into_iter()
        .map(|(lang, text)| (lang, text.trim().to_owned()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    words.sort_by_key(|(other, _)| *other != lang);
    words.dedup_by_key(|(lang, _)| *lang);
    if words.is_empty() {
        return Err(Refusal::NoReason);
    }
    if words.iter().any(|(_, text)| text.chars().count() > LONGEST_LINE) {
        return Err(Refusal::Invalid);
    }
    Ok(words)
}

/// Sends the answer, and keeps it with the earlier lines.
async fn say(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    held: &LockedQuestion,
    words: Vec<(Lang, String)>,
    kind: ReplyKind,
) -> Result<(), AppError> {
    let (question, now) = (&held.stored.question, app.clock.now());
    let line = Line { by: Speaker::Staff(by.shown_as.clone()), words, at: now.timestamp() };
    questions::add_line(tx, &held.stored.chat, &app.encryption.encrypt(&held.stored.chat, &line)).await?;
    questions::answered(tx, &question.id, now.timestamp()).await?;
    send(app, tx, &held.to(), kind).await?;
    let first = question.first_answer_at.is_none().then(|| Wait::of(now.timestamp() - question.created_at));
    events::record(tx, app.day(now), Door::Telegram, &[Event::PersonAnswered(question.lang, first)]).await?;
    Ok(())
}

/// Answers with a published entry, in the person's language; claims the question first if it is free.
///
/// # Errors
/// Refused if a colleague has claimed the question, or there is no such entry.
pub async fn send_entry(app: &App, by: &Account, id: &QuestionId, entry: &EntryKey) -> Result<(), AppError> {
    apply(app, by, id, &QuestionAction::SendEntry(entry.clone())).await
}

/// An action on a question, inside the caller's transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum QuestionAction {
    /// Claim it.
    Claim,
    /// Answer it with these words in this language; claims it first if it is free.
    Answer(Lang, String),
    /// Answer it with this entry; claims it first if it is free.
    SendEntry(EntryKey),
    /// Give it back to everybody who may answer it.
    GiveBack,
    /// Close it.
    Close,
}

async fn apply(app: &App, by: &Account, id: &QuestionId, question_action: &QuestionAction) -> Result<(), AppError> {
    let known = questions::find(&app.db, id).await?.ok_or(Refusal::Gone)?;
    let mut tx = app.db.begin().await?;
    let by = actor(&mut tx, by).await?;
    apply_in(app, &mut tx, &by, (&known.chat, id), question_action).await?;
    tx.commit().await?;
    app.outbox_ready.notify_one();
    Ok(())
}

/// Applies the action; the caller notifies `app.outbox_ready` after the commit.
///
/// # Errors
/// Refused if a colleague has claimed the question, it is gone, or the account may not answer it.
pub(in crate::app) async fn apply_in(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    (chat, id): (&ChatKey, &QuestionId),
    question_action: &QuestionAction,
) -> Result<(), AppError> {
    let held = lock(app, tx, chat, id).await?.for_staff()?;
    by.ensure(&right(&held.stored.question))?;
    let (free, own) = match &held.stored.question.claimed_by {
        None => (true, false),
        Some(holder) => (false, *holder == by.id),
    };
    let now = app.clock.now().timestamp();
    ensure(
        own || (free && !matches!(question_action, QuestionAction::GiveBack | QuestionAction::Close)),
        Refusal::Taken,
    )?;
    if free {
        questions::give(tx, id, Some(&by.id), now).await?;
    }
    let action = match question_action {
        QuestionAction::Claim if own => return Ok(()),
        QuestionAction::Claim => {
            send(app, tx, &held.to(), ReplyKind::PersonHere(by.shown_as.clone())).await?;
            AuditAction::ClaimQuestion
        }
        QuestionAction::Answer(lang, words) => {
            let words = sayable(held.stored.question.lang, vec![(*lang, words.clone())])?;
            let said = ReplyKind::FromPerson(by.shown_as.clone(), words.clone());
            say(app, tx, by, &held, words, said).await?;
            AuditAction::AnswerQuestion
        }
        QuestionAction::SendEntry(entry) => {
            say_entry(app, tx, by, &held, entry).await?;
            AuditAction::AnswerQuestion
        }
        QuestionAction::GiveBack => {
            questions::give(tx, id, None, now).await?;
            send(app, tx, &held.to(), ReplyKind::PersonAway).await?;
            AuditAction::GiveBackQuestion
        }
        QuestionAction::Close => {
            erase(app, tx, &held).await?;
            AuditAction::CloseQuestion
        }
    };
    note(app, tx, Some(by), action, id.short(), (None, None)).await?;
    Ok(())
}

async fn say_entry(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    held: &LockedQuestion,
    entry: &EntryKey,
) -> Result<(), AppError> {
    let lang = held.stored.question.lang;
    let question = app.live.now().entry(entry).map(|entry| entry.question(lang).to_owned()).ok_or(Refusal::Gone)?;
    let municipality = held.stored.question.municipality.clone();
    let answer = Answer::lead(entry.clone(), municipality);
    say(app, tx, by, held, vec![(lang, question)], ReplyKind::Answer(answer)).await
}

/// Gives a question back to everybody who may answer it.
///
/// # Errors
/// Refused unless the account has claimed it.
pub async fn give_back_question(app: &App, by: &Account, id: &QuestionId) -> Result<(), AppError> {
    apply(app, by, id, &QuestionAction::GiveBack).await
}

/// Hands a question to a colleague who may answer it; the person's conversation goes on.
///
/// # Errors
/// Refused unless the account has claimed it, and if the colleague may not answer it.
pub async fn hand_question(app: &App, by: &Account, id: &QuestionId, colleague: &str) -> Result<(), AppError> {
    let (mut tx, by, held) = lock_claimed(app, by, id).await?;
    let to = accounts::find_in(&mut tx, colleague, Hold::Shared).await?.ok_or(Refusal::Gone)?;
    ensure(to.may(&right(&held.stored.question)), Refusal::NoRight)?;
    questions::give(&mut tx, id, Some(&to.id), app.clock.now().timestamp()).await?;
    send(app, &mut tx, &held.to(), ReplyKind::PersonHere(to.shown_as.clone())).await?;
    done(app, tx, &by, AuditAction::HandQuestion, id).await
}

/// Moves a question to the staff of another municipality.
///
/// # Errors
/// Refused unless the account has claimed it, and if there is no such municipality.
pub async fn move_question(app: &App, by: &Account, id: &QuestionId, to: &MunicipalityKey) -> Result<(), AppError> {
    ensure(app.live.now().municipality(to).is_some(), Refusal::Gone)?;
    let (mut tx, by, held) = lock_claimed(app, by, id).await?;
    questions::hand_over(&mut tx, id, to, app.clock.now().timestamp()).await?;
    send(app, &mut tx, &held.to(), ReplyKind::QuestionMoved(to.clone())).await?;
    done(app, tx, &by, AuditAction::MoveQuestion, id).await
}

/// Closes a question: the person is told, and everything about it is erased.
///
/// # Errors
/// Refused unless the account has claimed it.
pub async fn close_question(app: &App, by: &Account, id: &QuestionId) -> Result<(), AppError> {
    apply(app, by, id, &QuestionAction::Close).await
}

async fn erase(app: &App, tx: &mut Tx, held: &LockedQuestion) -> Result<(), StoreError> {
    questions::delete(tx, held.id()).await?;
    send(app, tx, &held.to(), ReplyKind::PersonLeft).await?;
    let closed = Event::QuestionClosed(held.stored.question.lang);
    events::record(tx, app.day(app.clock.now()), Door::Telegram, &[closed]).await
}

/// Makes a draft of an entry from a question, in every language with an answer, and closes the question.
///
/// # Errors
/// Refused unless the account has claimed it and may write the entry.
pub async fn entry_of_question(
    app: &App,
    by: &Account,
    id: &QuestionId,
    key: &EntryKey,
    service: ServiceKey,
) -> Result<Vec<Lang>, AppError> {
    let opened = open_question(app, by, id).await?;
    let (mut tx, by, held) = lock_claimed(app, by, id).await?;
    let texts = drafts_of(&opened);
    let langs = texts.iter().map(|(lang, _)| *lang).collect();
    new_entry_in(app, &mut tx, &by, key, service, texts).await?;
    erase(app, &mut tx, &held).await?;
    done(app, tx, &by, AuditAction::CloseQuestion, id).await?;
    Ok(langs)
}

/// The question in the person's language, and the newest answer in each language.
fn drafts_of(opened: &OpenQuestion) -> Vec<(Lang, Body)> {
    let asked = opened.lines.iter().find(|line| line.by == Speaker::Person);
    let asked = asked.and_then(|line| line.words.first()).map_or("", |(_, words)| words.as_str());
    let answered = |lang: Lang| {
        let mut words =
            opened.lines.iter().rev().filter(|line| line.by != Speaker::Person).flat_map(|line| &line.words);
        words.find(|(other, _)| *other == lang).map(|(_, words)| words.as_str())
    };
    let own = opened.question.lang;
    let text = |lang: Lang| {
        let question = if lang == own { asked } else { "" };
        let answer = answered(lang);
        (lang == own || answer.is_some())
            .then(|| (lang, Body::Text(TextBody::typed(question, answer.unwrap_or_default(), question))))
    };
    Lang::all().filter_map(text).collect()
}

/// Releases claims without activity for 12 hours, and ends questions whose retention period is over.
pub(in crate::app) async fn put_in_order(app: &App) -> Result<(), StoreError> {
    while some_in_order(app).await? == AT_ONCE {}
    app.outbox_ready.notify_one();
    Ok(())
}

/// Returns the larger of the two counts; if it is the limit, there may be more.
async fn some_in_order(app: &App) -> Result<i64, StoreError> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let old = questions::expired(&mut tx, now.timestamp(), AT_ONCE).await?;
    let left = questions::left_lying(&mut tx, (now - CLAIM).timestamp(), AT_ONCE).await?;
    drop(tx);
    for stored in &old {
        expire(app, stored).await?;
    }
    for stored in &left {
        take_away(app, stored).await?;
    }
    Ok(i64::try_from(old.len().max(left.len())).unwrap_or(AT_ONCE))
}

async fn expire(app: &App, stored: &StoredQuestion) -> Result<(), StoreError> {
    let mut tx = app.db.begin().await?;
    let held = lock(app, &mut tx, &stored.chat, &stored.question.id).await?;
    questions::delete(&mut tx, &stored.question.id).await?;
    if let Locked::Question(held) = held {
        send(app, &mut tx, &held.to(), ReplyKind::QuestionExpired).await?;
    }
    tx.commit().await
}

async fn take_away(app: &App, stored: &StoredQuestion) -> Result<(), StoreError> {
    let mut tx = app.db.begin().await?;
    match lock(app, &mut tx, &stored.chat, &stored.question.id).await? {
        // The chat does not exist any more: there is nobody to answer.
        Locked::Gone => questions::delete(&mut tx, &stored.question.id).await?,
        Locked::Unreadable => {
            questions::give(&mut tx, &stored.question.id, None, app.clock.now().timestamp()).await?;
        }
        Locked::Question(held) if held.stored.touched_at == stored.touched_at => {
            questions::give(&mut tx, held.id(), None, app.clock.now().timestamp()).await?;
            send(app, &mut tx, &held.to(), ReplyKind::PersonAway).await?;
        }
        // The account that claimed it has done something since.
        Locked::Question(_) => {}
    }
    tx.commit().await
}
