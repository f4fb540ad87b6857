//! Edits the list of municipalities: names, other spellings, positions.

use crate::app::content::key_of_name::key_of_name;
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::app::staff::audit::note;
use crate::app::staff::invite::name;
use crate::app::staff::rights::with_right;
use crate::domain::content::entry::Overdue;
use crate::domain::offices::municipality::{Municipality, TypedMunicipality};
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::MunicipalityKey;
use crate::store::Tx;
use crate::store::offices::municipalities;
use crate::store::operations::revision;

/// Most other spellings of a municipality.
const MOST_ALIASES: usize = 50;

/// Adds a municipality; its key is made from its name.
///
/// # Errors
/// Refused if the account may not, an input does not fit, or the key is taken.
pub async fn new_municipality(app: &App, by: &Account, typed: TypedMunicipality) -> Result<MunicipalityKey, AppError> {
    let key = key_of_name(&typed.name).parse().map_err(|_| Refusal::Key)?;
    let new = checked(key, typed)?;
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Settings).await?;
    ensure(municipalities::add(&mut tx, &new).await?, Refusal::Key)?;
    note(app, &mut tx, Some(&by), AuditAction::NewMunicipality, &new.key, (None, Some(new.described()))).await?;
    published(app, tx).await?;
    Ok(new.key)
}

/// Changes a municipality. `was` is its description when the page was opened.
///
/// # Errors
/// Refused if the account may not, nothing differs, an input does not fit, or somebody else has changed it since.
pub async fn save_municipality(
    app: &App,
    by: &Account,
    key: &MunicipalityKey,
    typed: TypedMunicipality,
    was: &str,
) -> Result<(), AppError> {
    let changed = checked(key.clone(), typed)?;
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Settings).await?;
    let before = municipalities::find_in(&mut tx, key).await?.ok_or(Refusal::Gone)?;
    ensure(before.described() == was, Refusal::Changed)?;
    let changed = Municipality { overdue: before.overdue, ..changed };
    ensure(before != changed, Refusal::NothingDiffers)?;
    municipalities::save(&mut tx, &changed).await?;
    let words = (Some(before.described()), Some(changed.described()));
    note(app, &mut tx, Some(&by), AuditAction::SaveMunicipality, key, words).await?;
    published(app, tx).await
}

/// Chooses what is shown for overdue answers in this municipality's chats; nothing: the installation's setting.
///
/// # Errors
/// Refused if the account may not, there is no such municipality, or nothing differs.
pub async fn choose_overdue(
    app: &App,
    by: &Account,
    key: &MunicipalityKey,
    overdue: Option<Overdue>,
) -> Result<(), AppError> {
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Overdue(key)).await?;
    let before = municipalities::find_in(&mut tx, key).await?.ok_or(Refusal::Gone)?;
    ensure(before.overdue != overdue, Refusal::NothingDiffers)?;
    municipalities::set_overdue(&mut tx, key, overdue).await?;
    let name = |choice: Option<Overdue>| choice.map(|choice| choice.name().to_owned());
    note(app, &mut tx, Some(&by), AuditAction::ChooseOverdue, key, (name(before.overdue), name(overdue))).await?;
    published(app, tx).await
}

/// Names and positions are part of the knowledge, so a new revision makes every replica reload it at once.
async fn published(app: &App, mut tx: Tx) -> Result<(), AppError> {
    revision::raise(&mut tx, app.clock.now()).await?;
    tx.commit().await?;
    app.published.notify_one();
    Ok(())
}

fn checked(key: MunicipalityKey, typed: TypedMunicipality) -> Result<Municipality, Refusal> {
    let TypedMunicipality { name: typed_name, aliases, position, time_zone } = typed;
    if aliases.len() > MOST_ALIASES {
        return Err(Refusal::Invalid);
    }
    let aliases = aliases.iter().map(|alias| name(alias)).collect::<Result<Vec<_>, _>>()?;
    Ok(Municipality { key, name: name(&typed_name)?, aliases, position, time_zone, overdue: None })
}
