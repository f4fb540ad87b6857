//! Proposes a municipality's note for the base text, which all municipalities share.

use super::edit_drafts::save_in;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::note;
use crate::app::staff::rights::{ensure_now, with_right};
use crate::domain::content::body::{Body, TextBody};
use crate::domain::content::draft::{Change, Draft, DraftState};
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::lang::Lang;
use crate::encryption::new_id;
use crate::i18n::{Label, say};
use crate::store::content::drafts::Comment;
use crate::store::content::{self, drafts, items};

/// Appends a published note, marked, to a draft of its entry's base text, for somebody who may publish that text.
/// The right to write the note is enough to propose it.
///
/// # Errors
/// Refused if the account may not write the note, no note is published, or the base text is in review.
pub async fn propose_note(app: &App, by: &Account, item: &ContentItem) -> Result<(), AppError> {
    let ContentItem::Note(municipality, entry, lang) = item else { return Err(Refusal::Invalid.into()) };
    ensure_now(&app.db, by, &Right::Write(item)).await?;
    let Some(Body::Note(proposed)) = items::published(&app.db, item).await? else {
        return Err(Refusal::Gone.into());
    };
    let place = name_of(app, municipality).await?;
    let base = ContentItem::Text(entry.clone(), *lang);
    let published = items::published(&app.db, &base).await?;
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(item)).await?;
    let draft = drafts::find_in(&mut tx, &base).await?;
    ensure(draft.as_ref().is_none_or(|draft| draft.state != DraftState::InReview), Refusal::WrongState)?;
    let (text, change) = so_far(draft, published.clone())?;
    if text.answer.contains(&proposed.text) {
        return Ok(());
    }
    let seen = drafts::last_number(&mut tx, &base).await?;
    let body = Body::Text(with_proposal(text, *lang, &place, &proposed.text));
    let number = save_in(app, &mut tx, &by, &base, body, (change, seen, None), published).await?;
    drafts::comment(&mut tx, &base, &comment(app, &by, number, &place)).await?;
    note(app, &mut tx, Some(&by), AuditAction::ProposeNote, item, (None, Some(proposed.text))).await?;
    tx.commit().await?;
    Ok(())
}

async fn name_of(app: &App, key: &MunicipalityKey) -> Result<String, AppError> {
    let known = content::municipalities(&app.db).await?;
    let place = known.into_iter().find(|place| place.key == *key).ok_or(Refusal::Gone)?;
    Ok(place.name)
}

/// The base text of the draft, else the published one, else an empty one.
fn so_far(draft: Option<Draft>, published: Option<Body>) -> Result<(TextBody, Change), Refusal> {
    let change = draft.as_ref().map_or(Change::Meaning, |draft| draft.change);
    match draft.map(|draft| draft.version.body).or(published) {
        None => Ok((TextBody::default(), change)),
        Some(Body::Text(text)) => Ok((text, change)),
        Some(Body::Metadata(_) | Body::Note(_) | Body::Office(_) | Body::Proposed(_)) => Err(Refusal::Invalid),
    }
}

fn with_proposal(mut text: TextBody, lang: Lang, place: &str, words: &str) -> TextBody {
    let mark = format!("**{}**", say(lang, &Label::NoteProposed { place }));
    let parts = [text.answer.trim(), mark.as_str(), words];
    text.answer = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    text
}

fn comment(app: &App, by: &Account, number: i64, place: &str) -> Comment {
    Comment {
        id: new_id(),
        number,
        author_name: by.name.clone(),
        written_at: app.clock.now().timestamp(),
        text: say(by.lang, &Label::NoteProposedComment { place }),
    }
}
