//! Puts a pack's content into the database as a new revision.

use chrono::{DateTime, Utc};

use crate::domain::content::Content;
use crate::domain::entry::Text;
use crate::pack::{self, STARTER};
use crate::store::{Db, StoreError, content, revision};

/// Replaces everything that is published by this content, and gives the new revision's number. Who stands behind a text, and
/// what it is outdated by, stay where the text stays, and what a municipality has chosen stays; drafts, history and accounts are not touched.
///
/// # Errors
/// Where the database does not answer, or something refers to a key that is not there; then nothing has changed.
pub async fn import_pack(db: &Db, new: &Content, now: DateTime<Utc>) -> Result<i64, StoreError> {
    let mut new = new.clone();
    keep_standing(&content::load(db).await?, &mut new);
    let mut tx = db.begin().await?;
    let number = revision::raise(&mut tx, now).await?;
    content::replace(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(number)
}

fn keep_standing(old: &Content, new: &mut Content) {
    for place in &mut new.municipalities {
        let before = old.municipalities.iter().find(|before| before.key == place.key);
        place.overdue = place.overdue.or(before.and_then(|before| before.overdue));
    }
    for entry in &mut new.entries {
        let Some(before) = old.entries.iter().find(|before| before.key == entry.key) else { continue };
        entry.rules_changed_on = entry.rules_changed_on.or(before.rules_changed_on);
        for (lang, text) in &mut entry.texts {
            let same = |old: &&Text| old.question == text.question && old.answer == text.answer;
            if let Some(old) = before.texts.get(lang).filter(same) {
                *text = old.clone();
            }
        }
    }
}

/// Loads the starter pack where nothing has been published yet, and gives the number of the revision that it is; nothing where
/// something has.
///
/// # Errors
/// Where the database does not answer.
pub async fn import_starter(db: &Db, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
    put_first(db, &starter(), now).await
}

/// The same with a starter pack that has been read already.
pub(super) async fn put_first(db: &Db, pack: &Content, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
    if revision::current(db).await? > 0 {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    // Of several replicas that start at once, one raises the number to 1; the others wait here and see 2.
    let number = revision::raise(&mut tx, now).await?;
    if number > 1 {
        return Ok(None);
    }
    content::replace(&mut tx, pack).await?;
    tx.commit().await?;
    Ok(Some(number))
}

/// The starter pack.
#[expect(clippy::panic, reason = "the starter pack is part of the program, and a test reads it")]
pub(super) fn starter() -> Content {
    pack::read(&pack::embedded(&STARTER)).unwrap_or_else(|problems| panic!("starter: {problems:?}"))
}
