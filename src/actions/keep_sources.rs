//! Keeping the sources register.

use super::audit::note;
use super::house::House;
use super::trouble::{Trouble, unless};
use crate::domain::audit_action::AuditAction;
use crate::domain::refusal::Refusal;
use crate::domain::source::Source;
use crate::domain::staff::{Account, Right};
use crate::store::{revision, sources};

/// Saves a source of the register; `before` is what it was, nothing for a new one.
///
/// # Errors
/// Refused where they may not, or a new one's key is taken.
pub async fn save_source(house: &House, by: &Account, before: Option<Source>, source: &Source) -> Result<(), Trouble> {
    unless(by.may(&Right::Sources), Refusal::NoRight)?;
    let mut tx = house.db.begin().await?;
    let known = sources::is_there(&mut tx, &source.key).await?;
    unless(known == before.is_some(), Refusal::Key)?;
    sources::save(&mut tx, source).await?;
    let told = (before.as_ref().map(told), Some(told(source)));
    note(house, &mut tx, Some(by), AuditAction::SaveSource, &source.key, told).await?;
    revision::raise(&mut tx, house.clock.now()).await?;
    tx.commit().await?;
    house.news.notify_one();
    Ok(())
}

fn told(source: &Source) -> String {
    let titles: Vec<String> = source.titles.iter().map(|(lang, title)| format!("{lang}: {title}")).collect();
    let year = source.year.map(|year| year.to_string()).unwrap_or_default();
    let link = source.link.as_deref().unwrap_or_default();
    format!("{} {} {year} {link} {}", source.kind.name(), source.agency, titles.join("; "))
}
