//! Keeping words of danger and lines of help: what is changed is live at once, and stands in the audit log.

use super::audit::note;
use super::house::House;
use super::trouble::{Trouble, unless};
use crate::domain::audit_action::AuditAction;
use crate::domain::danger::{Danger, DangerWord};
use crate::domain::lang::Lang;
use crate::domain::refusal::Refusal;
use crate::domain::rich::Rich;
use crate::domain::staff::{Account, Right};
use crate::knowledge::{DangerWords, danger_pattern};
use crate::store::{Tx, danger, revision};

/// Longest line of help in characters: it has to be read in a second.
pub const LONGEST_HELP: usize = 600;
/// Most words of danger of a municipality's own.
const MOST: usize = 1_000;

/// Adds the municipality's own words.
///
/// # Errors
/// Refused where they may not, the words make no pattern, or there are too many.
pub async fn add_danger_words(house: &House, by: &Account, word: &DangerWord) -> Result<(), Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    unless(danger_pattern(&word.words).is_ok(), Refusal::Invalid)?;
    unless(danger::load(&house.db).await?.own.len() < MOST, Refusal::Invalid)?;
    let mut tx = house.db.begin().await?;
    if danger::add(&mut tx, word, true).await? {
        told(house, &mut tx, by, word, (None, Some(word.words.clone()))).await?;
        live(house, tx).await?;
    }
    Ok(())
}

/// Removes words of the municipality's own.
///
/// # Errors
/// Refused where they may not, or the words are not there.
pub async fn remove_danger_words(house: &House, by: &Account, word: &DangerWord) -> Result<(), Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    let mut tx = house.db.begin().await?;
    unless(danger::remove(&mut tx, word, true).await?, Refusal::Gone)?;
    told(house, &mut tx, by, word, (Some(word.words.clone()), None)).await?;
    live(house, tx).await
}

/// Turns a pattern that comes with the program off, or on again.
///
/// # Errors
/// Refused where they may not, or there is no such pattern.
pub async fn turn_danger_pattern(house: &House, by: &Account, word: &DangerWord, on: bool) -> Result<(), Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    unless(DangerWords::shipped().any(|shipped| shipped == word), Refusal::Gone)?;
    let mut tx = house.db.begin().await?;
    let changed = match on {
        true => danger::remove(&mut tx, word, false).await?,
        false => danger::add(&mut tx, word, false).await?,
    };
    if changed {
        let words = Some(word.words.clone());
        told(house, &mut tx, by, word, if on { (None, words) } else { (words, None) }).await?;
        live(house, tx).await?;
    }
    Ok(())
}

/// Sets the line of help for a danger in a language; without a text it is again as it comes with the program.
///
/// # Errors
/// Refused where they may not, or the text cannot be shown.
pub async fn set_line_of_help(
    house: &House,
    by: &Account,
    lang: Lang,
    kind: Danger,
    text: Option<&str>,
) -> Result<(), Trouble> {
    unless(by.may(&Right::Settings), Refusal::NoRight)?;
    let fits = |text: &str| text.chars().count() <= LONGEST_HELP && Rich::parse(text).is_ok();
    unless(text.is_none_or(fits), Refusal::Invalid)?;
    let before = danger::load(&house.db).await?.help.get(&(lang, kind)).map(|help| help.markdown().to_owned());
    if before.as_deref() == text {
        return Ok(());
    }
    let mut tx = house.db.begin().await?;
    danger::set_help(&mut tx, lang, kind, text).await?;
    let subject = format!("{} ({lang})", kind.name());
    let change = (before, text.map(str::to_owned));
    note(house, &mut tx, Some(by), AuditAction::ChangeHelp, subject, change).await?;
    live(house, tx).await
}

async fn told(
    house: &House,
    tx: &mut Tx,
    by: &Account,
    word: &DangerWord,
    change: (Option<String>, Option<String>),
) -> Result<(), Trouble> {
    let subject = format!("{} ({})", word.kind.name(), word.lang);
    Ok(note(house, tx, Some(by), AuditAction::ChangeDanger, subject, change).await?)
}

/// They are part of what the bot knows: every replica takes them over at once.
async fn live(house: &House, mut tx: Tx) -> Result<(), Trouble> {
    revision::raise(&mut tx, house.clock.now()).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(())
}
