//! Edits signs of danger and lines of help by proposals: live as soon as a second person accepts them.

use crate::app::content::propose::{propose, so_far};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::rights::with_right;
use crate::bot::knowledge::{DangerWords, danger_pattern};
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::{DangerBody, Proposed, ProposedBody};
use crate::domain::safety::danger::{Danger, DangerExample, DangerWord, Shows};
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;
use crate::domain::text::rich::Rich;

/// Longest line of help in characters: it has to be read in a second.
pub const LONGEST_HELP: usize = 600;
/// Longest example in characters.
pub const LONGEST_EXAMPLE: usize = 300;
/// Fewest words of an example: a single word belongs to too many messages.
const FEWEST_WORDS: usize = 2;
/// Most of a municipality's own words of danger, and most of its examples, for one kind in one language.
const MOST: usize = 200;

/// Proposes to add a message as an example of danger, or of what only looks like it. One that is there already gets
/// the new level.
///
/// # Errors
/// Refused if the account may not, the message has fewer than two words or is too long, it is there already, there are
/// too many, or somebody else's proposal is in review.
pub async fn add_danger_example(app: &App, by: &Account, example: &DangerExample) -> Result<(), AppError> {
    let text = plain::line(&example.text);
    let fits = text.split_whitespace().nth(FEWEST_WORDS - 1).is_some() && text.chars().count() <= LONGEST_EXAMPLE;
    ensure(fits, Refusal::Invalid)?;
    change(app, by, (example.kind, example.lang), |body| {
        let wanted = (example.shows, text);
        if body.examples.contains(&wanted) {
            return Err(Refusal::NothingDiffers);
        }
        body.examples.retain(|(_, there)| *there != wanted.1);
        if body.examples.len() >= MOST {
            return Err(Refusal::Invalid);
        }
        body.examples.push(wanted);
        body.examples.sort();
        Ok(())
    })
    .await
}

/// Proposes to remove an example.
///
/// # Errors
/// Refused if the account may not, there is no such example, or somebody else's proposal is in review.
pub async fn remove_danger_example(app: &App, by: &Account, example: &DangerExample) -> Result<(), AppError> {
    change(app, by, (example.kind, example.lang), |body| {
        let is_it = |(shows, text): &(Shows, String)| *shows == example.shows && *text == example.text;
        let place = body.examples.iter().position(is_it).ok_or(Refusal::Gone)?;
        body.examples.remove(place);
        Ok(())
    })
    .await
}

/// Proposes to add words of the municipality's own.
///
/// # Errors
/// Refused if the account may not, the words make no pattern or exist already, there are too many, or somebody else's
/// proposal is in review.
pub async fn add_danger_words(app: &App, by: &Account, word: &DangerWord) -> Result<(), AppError> {
    ensure(danger_pattern(&word.words).is_ok(), Refusal::Invalid)?;
    change(app, by, (word.kind, word.lang), |body| match body.own.len() < MOST {
        true => put(&mut body.own, &word.words),
        false => Err(Refusal::Invalid),
    })
    .await
}

/// Proposes to remove words of the municipality's own.
///
/// # Errors
/// Refused if the account may not, the words do not exist, or somebody else's proposal is in review.
pub async fn remove_danger_words(app: &App, by: &Account, word: &DangerWord) -> Result<(), AppError> {
    change(app, by, (word.kind, word.lang), |body| take(&mut body.own, &word.words, Refusal::Gone)).await
}

/// Proposes to turn a pattern that comes with the program off, or on again.
///
/// # Errors
/// Refused if the account may not, there is no such pattern, nothing differs, or somebody else's proposal is in review.
pub async fn turn_danger_pattern(app: &App, by: &Account, word: &DangerWord, on: bool) -> Result<(), AppError> {
    ensure(DangerWords::shipped().any(|shipped| shipped == word), Refusal::Gone)?;
    change(app, by, (word.kind, word.lang), |body| match on {
        true => take(&mut body.off, &word.words, Refusal::NothingDiffers),
        false => put(&mut body.off, &word.words),
    })
    .await
}

fn put(list: &mut Vec<String>, words: &str) -> Result<(), Refusal> {
    if list.iter().any(|there| there == words) {
        return Err(Refusal::NothingDiffers);
    }
    list.push(words.to_owned());
    list.sort();
    Ok(())
}

fn take(list: &mut Vec<String>, words: &str, missing: Refusal) -> Result<(), Refusal> {
    let place = list.iter().position(|there| there == words).ok_or(missing)?;
    list.remove(place);
    Ok(())
}

/// Proposes the words and examples of this kind and language after a change.
async fn change(
    app: &App,
    by: &Account,
    (kind, lang): (Danger, Lang),
    change: impl FnOnce(&mut DangerBody) -> Result<(), Refusal>,
) -> Result<(), AppError> {
    let of = Proposed::Danger(kind, lang);
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(&ContentItem::Proposed(of.clone()))).await?;
    let mut body = match so_far(&mut tx, &by, &of).await? {
        Some(ProposedBody::Danger(body)) => body,
        Some(ProposedBody::Source(_) | ProposedBody::Help(_) | ProposedBody::Reason(_)) | None => DangerBody::default(),
    };
    change(&mut body)?;
    propose(app, &mut tx, &by, of, ProposedBody::Danger(body)).await?;
    tx.commit().await?;
    Ok(())
}

/// Proposes a line of help for a danger in a language; without a text, the one that comes with the program.
///
/// # Errors
/// Refused if the account may not, nothing differs, the text is too long or cannot be shown, or somebody else's
/// proposal is in review.
pub async fn set_line_of_help(
    app: &App,
    by: &Account,
    lang: Lang,
    kind: Danger,
    text: Option<&str>,
) -> Result<(), AppError> {
    let fits = |text: &str| text.chars().count() <= LONGEST_HELP && Rich::parse(text).is_ok();
    ensure(text.is_none_or(fits), Refusal::Invalid)?;
    let of = Proposed::Help(kind, lang);
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(&ContentItem::Proposed(of.clone()))).await?;
    propose(app, &mut tx, &by, of, ProposedBody::Help(text.unwrap_or_default().to_owned())).await?;
    tx.commit().await?;
    Ok(())
}
