//! Writing: drafts are saved, submitted, discarded and brought back; nothing that people read changes.

use super::audit::note;
use super::house::House;
use super::trouble::{Trouble, unless};
use crate::domain::audit_action::AuditAction;
use crate::domain::body::{Body, FactsBody, TextBody};
use crate::domain::draft::{Change, Draft, DraftState, Version};
use crate::domain::id::{EntryKey, ServiceKey};
use crate::domain::lang::Lang;
use crate::domain::piece::Piece;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Account, Right};
use crate::store::{Tx, drafts, pieces};

/// Longest body in bytes of its JSON: every field at its longest, with room.
const LONGEST: usize = 256 * 1024;
/// Longest reason or comment, in characters.
const LONGEST_REASON: usize = 500;
/// The author of what came with a pack.
pub(super) const PACK: &str = "starter";

/// Saves a draft and gives the number of its version. `seen` is the newest version that the author had before them, 0 for none.
///
/// # Errors
/// Refused where they may not write the piece, or somebody else has saved a version in the meantime.
pub async fn save_draft(
    house: &House,
    by: &Account,
    piece: &Piece,
    body: Body,
    change: Change,
    seen: i64,
) -> Result<i64, Trouble> {
    unless(by.may(&Right::Write(piece)), Refusal::NoRight)?;
    let base = pieces::published(&house.db, piece).await?;
    let mut tx = house.db.begin().await?;
    let number = save_in(house, &mut tx, by, piece, body, (change, seen, None), base).await?;
    tx.commit().await?;
    Ok(number)
}

/// Saves a draft inside a transaction; `base` is what is published.
pub(super) async fn save_in(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    piece: &Piece,
    body: Body,
    (change, seen, batch): (Change, i64, Option<String>),
    base: Option<Body>,
) -> Result<i64, Trouble> {
    unless(serde_json::to_string(&body).is_ok_and(|text| text.len() <= LONGEST), Refusal::Invalid)?;
    let before = drafts::find_in(tx, piece).await?;
    unless(drafts::last_number(tx, piece).await? == seen, Refusal::Changed)?;
    let same = |draft: &Draft| draft.version.body == body && draft.change == change;
    if let Some(draft) = before.filter(same) {
        return Ok(draft.version.number);
    }
    if let Some(base) = base {
        keep_base(house, tx, piece, base).await?;
    }
    let version = version(house, Some(by), body);
    let draft = Draft { piece: piece.clone(), version, state: DraftState::Draft, change, batch };
    Ok(drafts::save(tx, &draft).await?)
}

/// What a pack had published becomes the first version, so that there is something to compare with and to go back to.
pub(super) async fn keep_base(house: &House, tx: &mut Tx, piece: &Piece, base: Body) -> Result<(), Trouble> {
    if drafts::published_number(tx, piece).await? == 0 {
        let number = drafts::add_version(tx, piece, &version(house, None, base)).await?;
        drafts::published(tx, piece, number, PACK, house.clock.now().timestamp()).await?;
    }
    Ok(())
}

pub(super) fn version(house: &House, by: Option<&Account>, body: Body) -> Version {
    Version {
        number: 0,
        body,
        author: by.map(|account| account.id.clone()),
        author_name: by.map_or(PACK, |account| &account.name).to_owned(),
        saved_at: house.clock.now().timestamp(),
    }
}

/// Gives a draft to the reviewers.
///
/// # Errors
/// Refused where it is not a draft (any more), or has problems that have to be mended first.
pub async fn submit(house: &House, by: &Account, piece: &Piece) -> Result<(), Trouble> {
    let mut tx = house.db.begin().await?;
    submit_in(house, &mut tx, by, piece).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives a draft to the reviewers, inside a transaction.
pub(super) async fn submit_in(house: &House, tx: &mut Tx, by: &Account, piece: &Piece) -> Result<(), Trouble> {
    unless(by.may(&Right::Write(piece)), Refusal::NoRight)?;
    let draft = drafts::find_in(tx, piece).await?.ok_or(Refusal::Gone)?;
    unless(draft.state != DraftState::InReview, Refusal::WrongState)?;
    let problems = draft.version.body.problems();
    unless(problems.is_empty(), Refusal::Problems(problems))?;
    drafts::set_state(tx, piece, DraftState::InReview, house.clock.now().timestamp()).await?;
    note(house, tx, Some(by), AuditAction::Submit, piece, (None, None)).await?;
    Ok(())
}

/// Drops a draft; what was written stays in the history.
///
/// # Errors
/// Refused where there is none.
pub async fn discard(house: &House, by: &Account, piece: &Piece) -> Result<(), Trouble> {
    unless(by.may(&Right::Write(piece)), Refusal::NoRight)?;
    let mut tx = house.db.begin().await?;
    unless(drafts::find_in(&mut tx, piece).await?.is_some(), Refusal::Gone)?;
    drafts::drop(&mut tx, piece).await?;
    note(house, &mut tx, Some(by), AuditAction::Discard, piece, (None, None)).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings an old version back as a new draft.
///
/// # Errors
/// Refused where there is no such version, or somebody else has saved a newer one.
pub async fn bring_back(house: &House, by: &Account, piece: &Piece, number: i64, seen: i64) -> Result<i64, Trouble> {
    unless(by.may(&Right::Write(piece)), Refusal::NoRight)?;
    let version = drafts::version(&house.db, piece, number).await?.ok_or(Refusal::Gone)?;
    save_draft(house, by, piece, version.body, Change::Meaning, seen).await
}

/// Begins a new entry: its facts, and its question in the language in which it is written first.
///
/// # Errors
/// Refused where they may not write it, or somebody else has begun it in the same moment.
pub async fn new_entry(
    house: &House,
    by: &Account,
    key: &EntryKey,
    service: ServiceKey,
    lang: Lang,
    question: &str,
) -> Result<(), Trouble> {
    let words = Body::Text(TextBody::typed(question, "", ""));
    let mut tx = house.db.begin().await?;
    new_entry_in(house, &mut tx, by, key, service, vec![(lang, words)]).await?;
    tx.commit().await?;
    Ok(())
}

/// The same inside a transaction, with a text in each of these languages.
pub(super) async fn new_entry_in(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    key: &EntryKey,
    service: ServiceKey,
    texts: Vec<(Lang, Body)>,
) -> Result<(), Trouble> {
    let facts = Piece::Facts(key.clone());
    unless(by.may(&Right::NewEntry) && by.may(&Right::Write(&facts)), Refusal::NoRight)?;
    let body = Body::Facts(FactsBody { service, sources: Vec::new(), related: Vec::new() });
    save_in(house, tx, by, &facts, body, (Change::Meaning, 0, None), None).await?;
    for (lang, words) in texts {
        let text = Piece::Text(key.clone(), lang);
        unless(by.may(&Right::Write(&text)), Refusal::NoRight)?;
        save_in(house, tx, by, &text, words, (Change::Meaning, 0, None), None).await?;
    }
    drafts::set_state(tx, &facts, DraftState::InReview, house.clock.now().timestamp()).await?;
    Ok(note(house, tx, Some(by), AuditAction::NewEntry, key, (None, None)).await?)
}

/// Words that say why, or a comment.
pub(super) fn said(words: &str) -> Result<String, Refusal> {
    let words = words.trim();
    let fits = !words.is_empty() && words.chars().count() <= LONGEST_REASON;
    if fits { Ok(words.to_owned()) } else { Err(Refusal::NoReason) }
}
