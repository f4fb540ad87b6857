//! Creates an office: a draft under a key that no other office has.

use crate::app::content::edit_drafts::save_in;
use crate::app::content::key_of_name::key_of_name;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::note;
use crate::app::staff::rights::{ensure_now, with_right};
use crate::domain::content::body::{Body, OfficeBody};
use crate::domain::content::draft::Change;
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::{MunicipalityKey, OfficeKey};
use crate::store::content;
use crate::store::offices::municipalities;

/// Writes the first draft of an office, and returns its key: the typed one, or one made from its name.
///
/// # Errors
/// Refused if the account may not write offices of this municipality, there is no such municipality, or the key is
/// taken or not valid.
pub async fn new_office(
    app: &App,
    by: &Account,
    municipality: &MunicipalityKey,
    typed: &str,
    body: OfficeBody,
) -> Result<OfficeKey, AppError> {
    let typed = typed.trim();
    let key = if typed.is_empty() { key_of_name(&body.name) } else { typed.to_owned() };
    let key: OfficeKey = key.parse().map_err(|_| Refusal::Key)?;
    let item = ContentItem::Office(municipality.clone(), key.clone());
    ensure_now(&app.db, by, &Right::Write(&item)).await?;
    let known = content::municipalities(&app.db).await?;
    ensure(known.iter().any(|place| place.key == *municipality), Refusal::Gone)?;
    ensure(municipalities::of_office(&app.db, &key).await?.is_none(), Refusal::Key)?;
    let name = body.name.clone();
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Write(&item)).await?;
    match save_in(app, &mut tx, &by, &item, Body::Office(body), (Change::Meaning, 0, None), None).await {
        // Somebody else took the key in the same moment.
        Err(AppError::Refused(Refusal::Changed)) => return Err(Refusal::Key.into()),
        other => other?,
    };
    note(app, &mut tx, Some(&by), AuditAction::NewOffice, &item, (None, Some(name))).await?;
    tx.commit().await?;
    Ok(key)
}
