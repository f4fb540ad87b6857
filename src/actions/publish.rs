//! Publishing: a reviewer accepts what others wrote or sends it back, stands behind an entry, or takes a text back.

use chrono::{NaiveDate, TimeDelta};

use super::audit::note;
use super::house::House;
use super::trouble::{Trouble, unless};
use super::write::keep_base;
use crate::domain::body::Body;
use crate::domain::draft::{Change, Draft, DraftState};
use crate::domain::entry::Check;
use crate::domain::id::{EntryKey, SourceKey};
use crate::domain::lang::Lang;
use crate::domain::piece::Piece;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Account, Right};
use crate::sealing::new_id;
use crate::store::drafts::Comment;
use crate::store::{StoreError, Tx, drafts, pieces, revision, settings, sources, standing};

/// After so many days an entry has to be checked again, where no setting says otherwise.
pub const CHECK_DAYS: i64 = 180;
/// Longest reason or comment, in characters.
const LONGEST_REASON: usize = 500;

/// A draft that a reviewer has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Of which piece.
    pub piece: Piece,
    /// The version that they read.
    pub number: i64,
}

/// Publishes drafts in one commit, and gives the new revision's number. `checked` says that entries whose source has changed
/// have been checked against it.
///
/// # Errors
/// Refused where one of them may not be published by this account (its own text included), has changed since it was read, is
/// not in review, or cannot be published as it is; then none is.
pub async fn publish(house: &House, by: &Account, accepted: &[Accepted], checked: bool) -> Result<i64, Trouble> {
    let (check, bases) = (check_by(house, by).await?, bases(house, accepted).await?);
    let mut tx = house.db.begin().await?;
    let number = publish_in(house, &mut tx, by, (accepted, bases), &check, checked).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(number)
}

/// What is published of each piece before it is published anew.
pub(super) async fn bases(house: &House, accepted: &[Accepted]) -> Result<Vec<Option<Body>>, StoreError> {
    let mut bases = Vec::new();
    for one in accepted {
        bases.push(pieces::published(&house.db, &one.piece).await?);
    }
    Ok(bases)
}

/// Publishes drafts inside a transaction, each over its base; after the commit `house.news` has to be rung.
pub(super) async fn publish_in(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    (accepted, bases): (&[Accepted], Vec<Option<Body>>),
    check: &Check,
    checked: bool,
) -> Result<i64, Trouble> {
    unless(!accepted.is_empty(), Refusal::Gone)?;
    let mut ready = Vec::new();
    for (one, base) in accepted.iter().zip(bases) {
        ready.push((acceptable(tx, by, one).await?, base));
    }
    // An entry has to be there before its texts.
    ready.sort_by_key(|(draft, _)| (draft.piece.kind() != crate::domain::piece::Kind::Facts, draft.piece.clone()));
    for (draft, base) in &ready {
        publish_one(house, tx, by, draft, base.clone(), check).await?;
    }
    outdate_others(house, tx, &ready).await?;
    for key in entries(&ready).filter(|_| checked) {
        standing::rules_checked(tx, &key).await?;
    }
    Ok(revision::raise(tx, house.clock.now()).await?)
}

type Ready = (Draft, Option<Body>);

fn entries(ready: &[Ready]) -> impl Iterator<Item = EntryKey> {
    ready.iter().filter_map(|(draft, _)| draft.piece.entry().cloned())
}

/// The draft, if this account may publish it as it was read.
async fn acceptable(tx: &mut Tx, by: &Account, one: &Accepted) -> Result<Draft, Trouble> {
    unless(by.may(&Right::Publish(&one.piece)), Refusal::NoRight)?;
    let draft = drafts::find_in(tx, &one.piece).await?.ok_or(Refusal::Gone)?;
    unless(draft.state == DraftState::InReview, Refusal::WrongState)?;
    unless(draft.version.number == one.number, Refusal::Changed)?;
    let since = drafts::published_number(tx, &one.piece).await?;
    let authors = drafts::authors_since(tx, &one.piece, since).await?;
    unless(!authors.contains(&by.id), Refusal::OwnText)?;
    let problems = draft.version.body.problems();
    unless(problems.is_empty(), Refusal::Problems(problems))?;
    Ok(draft)
}

async fn publish_one(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    draft: &Draft,
    base: Option<Body>,
    check: &Check,
) -> Result<(), Trouble> {
    let piece = &draft.piece;
    if let (Piece::Text(entry, _), true) = (piece, base.is_none()) {
        unless(standing::is_there(tx, entry).await?, Refusal::WrongState)?;
    }
    let was = base.as_ref().map(json);
    if let Some(base) = base {
        keep_base(house, tx, piece, base).await?;
    }
    pieces::put(tx, piece, &draft.version.body, check).await.map_err(unknown_key)?;
    drafts::published(tx, piece, draft.version.number, &by.name, house.clock.now().timestamp()).await?;
    drafts::drop(tx, piece).await?;
    note(house, tx, Some(by), "publish", piece, (was, Some(json(&draft.version.body)))).await?;
    Ok(())
}

/// A source, a service or a topic that is not there (any more) is for the person to mend.
fn unknown_key(error: StoreError) -> Trouble {
    if error.is_missing_key() { Refusal::Invalid.into() } else { error.into() }
}

fn json(body: &Body) -> String {
    // Bodies are our own types, which always become JSON.
    serde_json::to_string(body).unwrap_or_default()
}

/// A change of meaning leaves the other languages behind, those that were published with it excepted.
async fn outdate_others(house: &House, tx: &mut Tx, ready: &[Ready]) -> Result<(), Trouble> {
    let today = house.day(house.clock.now());
    for (draft, base) in ready {
        let Piece::Text(entry, lang) = &draft.piece else { continue };
        match draft.change {
            Change::Small => continue,
            Change::Translation => standing::up_to_date(tx, entry, *lang).await?,
            Change::Meaning => {
                standing::up_to_date(tx, entry, *lang).await?;
                if base.is_some() {
                    let with = written_with(ready, entry);
                    let others: Vec<Lang> = Lang::all().filter(|other| !with.contains(other)).collect();
                    let before = before_this(tx, draft).await?;
                    standing::outdate(tx, entry, *lang, &others, before, today).await?;
                }
            }
        }
    }
    Ok(())
}

/// The languages of an entry that are published together and say the same.
fn written_with(ready: &[Ready], entry: &EntryKey) -> Vec<Lang> {
    let renewed = |change: Change| matches!(change, Change::Meaning | Change::Translation);
    let texts = ready.iter().filter(|(draft, _)| draft.piece.entry() == Some(entry) && renewed(draft.change));
    texts.filter_map(|(draft, _)| draft.piece.lang()).collect()
}

/// The version that was published before the one of this draft.
async fn before_this(tx: &mut Tx, draft: &Draft) -> Result<i64, StoreError> {
    drafts::published_before(tx, &draft.piece, draft.version.number).await
}

/// Sends a draft back to its author, with what has to be mended.
///
/// # Errors
/// Refused where nothing is said, or it is not in review.
pub async fn send_back(house: &House, by: &Account, one: &Accepted, reason: &str) -> Result<(), Trouble> {
    let mut tx = house.db.begin().await?;
    send_back_in(house, &mut tx, by, one, reason).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends a draft back to its author, inside a transaction.
pub(super) async fn send_back_in(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    one: &Accepted,
    reason: &str,
) -> Result<(), Trouble> {
    unless(by.may(&Right::Publish(&one.piece)), Refusal::NoRight)?;
    let text = said(reason)?;
    let draft = drafts::find_in(tx, &one.piece).await?.ok_or(Refusal::Gone)?;
    unless(draft.state == DraftState::InReview, Refusal::WrongState)?;
    unless(draft.version.number == one.number, Refusal::Changed)?;
    let now = house.clock.now().timestamp();
    drafts::set_state(tx, &one.piece, DraftState::SentBack, now).await?;
    drafts::comment(tx, &one.piece, &comment(by, one.number, text.clone(), now)).await?;
    note(house, tx, Some(by), "send-back", &one.piece, (None, Some(text))).await?;
    Ok(())
}

/// Says something about a piece to whoever works on it.
///
/// # Errors
/// Refused where nothing is said, or they may not read.
pub async fn add_comment(house: &House, by: &Account, piece: &Piece, words: &str) -> Result<(), Trouble> {
    unless(by.may(&Right::Read), Refusal::NoRight)?;
    let text = said(words)?;
    let mut tx = house.db.begin().await?;
    let number = drafts::last_number(&mut tx, piece).await?;
    drafts::comment(&mut tx, piece, &comment(by, number, text, house.clock.now().timestamp())).await?;
    tx.commit().await?;
    Ok(())
}

fn comment(by: &Account, number: i64, text: String, now: i64) -> Comment {
    Comment { id: new_id(), number, author_name: by.name.clone(), written_at: now, text }
}

fn said(words: &str) -> Result<String, Refusal> {
    let words = words.trim();
    let fits = !words.is_empty() && words.chars().count() <= LONGEST_REASON;
    if fits { Ok(words.to_owned()) } else { Err(Refusal::NoReason) }
}

/// Stands behind an entry in all languages, until it is due again. Texts that are outdated or taken back are left alone.
///
/// # Errors
/// Refused where this account may not publish the entry in any language.
pub async fn still_correct(house: &House, by: &Account, entry: &EntryKey) -> Result<(), Trouble> {
    let check = check_by(house, by).await?;
    let mut tx = house.db.begin().await?;
    still_correct_in(house, &mut tx, by, entry, &check).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(())
}

/// Stands behind an entry inside a transaction; after the commit `house.news` has to be rung.
pub(super) async fn still_correct_in(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    entry: &EntryKey,
    check: &Check,
) -> Result<(), Trouble> {
    unless(may_stand_for(by, entry), Refusal::NoRight)?;
    unless(standing::check(tx, entry, check).await? > 0, Refusal::Gone)?;
    standing::rules_checked(tx, entry).await?;
    note(house, tx, Some(by), "still-correct", entry, (None, Some(check.until.to_string()))).await?;
    revision::raise(tx, house.clock.now()).await?;
    Ok(())
}

/// Whether this account may say of the whole entry that it is still correct.
pub(super) fn may_stand_for(by: &Account, entry: &EntryKey) -> bool {
    Lang::all().all(|lang| by.may(&Right::Publish(&Piece::Text(entry.clone(), lang))))
}

/// Takes a text back at once; people read the reason in its place. It comes back by being published again.
///
/// # Errors
/// Refused where no reason is given, or there is no such text.
pub async fn withdraw(house: &House, by: &Account, entry: &EntryKey, lang: Lang, reason: &str) -> Result<(), Trouble> {
    let piece = Piece::Text(entry.clone(), lang);
    unless(by.may(&Right::Publish(&piece)), Refusal::NoRight)?;
    let reason = said(reason)?;
    let mut tx = house.db.begin().await?;
    unless(standing::withdraw(&mut tx, entry, lang, &reason).await?, Refusal::Gone)?;
    note(house, &mut tx, Some(by), "withdraw", &piece, (None, Some(reason))).await?;
    revision::raise(&mut tx, house.clock.now()).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(())
}

/// A source has changed: every entry that rests on it says so at once, until somebody has checked it. Gives how many.
///
/// # Errors
/// Refused where nothing is said about the change, the day is in the future, or there is no such source.
pub async fn source_changed(
    house: &House,
    by: &Account,
    source: &SourceKey,
    day: NaiveDate,
    what: &str,
) -> Result<u64, Trouble> {
    unless(by.may(&Right::Sources), Refusal::NoRight)?;
    let what = said(what)?;
    unless(day <= house.day(house.clock.now()), Refusal::Invalid)?;
    let mut tx = house.db.begin().await?;
    unless(sources::note_change(&mut tx, source, day, &what, &by.name).await?, Refusal::Gone)?;
    let entries = standing::rules_changed(&mut tx, source, day).await?;
    note(house, &mut tx, Some(by), "source-changed", source, (None, Some(format!("{day}: {what}")))).await?;
    revision::raise(&mut tx, house.clock.now()).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(entries)
}

pub(super) async fn check_by(house: &House, by: &Account) -> Result<Check, StoreError> {
    let days = settings::list(&house.db).await?.into_iter().find(|(key, _)| key == "check_days");
    let days = days.and_then(|(_, value)| value.parse().ok()).unwrap_or(CHECK_DAYS);
    let on = house.day(house.clock.now());
    Ok(Check { by: by.shown_as.clone(), on, until: on + TimeDelta::days(days) })
}
