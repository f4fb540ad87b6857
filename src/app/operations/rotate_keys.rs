//! Rotates the encryption key, in a way that can be interrupted and run again.
//!
//! The phases: every replica loads the new key; every replica encrypts with it; all stored values are re-encrypted; the
//! old key is dropped. The key file stores the phase, so a second run continues where the first stopped.

use std::time::Duration;

use thiserror::Error;
use tokio::time::sleep;

use super::heartbeat::SILENT;
use crate::app::runtime::app::App;
use crate::encryption::{KeyError, Phase, Reencrypted};
use crate::store::StoreError;
use crate::store::operations::encrypted_columns::{SEALED, SealedColumn, page, replace};
use crate::store::operations::key_marks::{self, KeyMarks};
use crate::store::operations::replicas;

/// How often the replicas' keys are checked.
const LOOK: Duration = Duration::from_millis(500);

/// Progress of the rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotation {
    /// These replicas do not have the new key yet, or do not encrypt with it yet.
    WaitsFor(Vec<String>),
    /// Number of values re-encrypted so far.
    SealedAnew(usize),
}

/// A rotation that stopped; running it again continues it.
#[derive(Debug, Error)]
pub enum RotationError {
    /// The key file failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Replicas that use another key file.
    #[error(
        "these replicas do not know the new key: {0}. Bring them this key file, and run the command again: it goes on from here"
    )]
    Unknown(String),
}

/// Result of the rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rotated {
    /// Values that were re-encrypted.
    pub anew: usize,
    /// Values that no key decrypts.
    pub lost: usize,
}

/// Timeouts.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For replicas to load the new key.
    pub replicas: Duration,
    /// For turns that began with the old key to be saved.
    pub turns: Duration,
}

/// Rotates the encryption key and returns how many values were re-encrypted. Calls `told` with the progress.
///
/// # Errors
/// Where the key file or the database cannot be used, or a replica does not load the new key in time.
pub async fn rotate_keys(
    app: &App,
    patience: Patience,
    told: &mut (dyn FnMut(Rotation) + Send),
) -> Result<Rotated, RotationError> {
    app.encryption.reload()?;
    if app.encryption.keys().0 == Phase::Still {
        app.encryption.begin_replacing()?;
    }
    if app.encryption.keys().0 == Phase::Next {
        let new = app.encryption.keys().1.get(1).cloned().unwrap_or_default();
        wait_for(app, patience, told, &|keys: &str| keys.split(' ').any(|mark| mark == new)).await?;
        app.encryption.use_next_key()?;
    }
    let new = app.encryption.keys().1.first().cloned().unwrap_or_default();
    wait_for(app, patience, told, &|keys: &str| keys.split(' ').next() == Some(new.as_str())).await?;
    let mut done = Rotated::default();
    loop {
        // By now, turns that began with the old key are saved.
        sleep(patience.turns).await;
        let round = reseal_all(app, told, done.anew).await?;
        done = Rotated { anew: done.anew + round.anew, lost: round.lost };
        if round.anew == 0 {
            break;
        }
    }
    // The database first: the file still has both keys, so it fits even if this is interrupted in between.
    let (hash, encryption) = app.encryption.marks();
    let mut tx = app.db.begin().await?;
    key_marks::put(&mut tx, &KeyMarks { hash, encryption }).await?;
    tx.commit().await?;
    app.encryption.end_replacing()?;
    Ok(done)
}

async fn wait_for(
    app: &App,
    patience: Patience,
    told: &mut (dyn FnMut(Rotation) + Send),
    knows: &(dyn Fn(&str) -> bool + Sync),
) -> Result<(), RotationError> {
    let mut waited = Duration::ZERO;
    loop {
        let since = (app.clock.now() - SILENT).timestamp();
        let all = replicas::keys(&app.db, since).await?;
        let missing: Vec<String> = all.into_iter().filter(|(_, keys)| !knows(keys)).map(|(name, _)| name).collect();
        if missing.is_empty() {
            return Ok(());
        }
        if waited >= patience.replicas {
            return Err(RotationError::Unknown(missing.join(", ")));
        }
        told(Rotation::WaitsFor(missing));
        sleep(LOOK).await;
        waited += LOOK;
    }
}

/// Re-encrypts all values that use the old key, page by page, each page in its own transaction.
async fn reseal_all(app: &App, told: &mut (dyn FnMut(Rotation) + Send), before: usize) -> Result<Rotated, StoreError> {
    let mut done = Rotated::default();
    for column in SEALED {
        let mut after = String::new();
        loop {
            let rows = page(&app.db, column, &after).await?;
            let Some((last, _)) = rows.last() else { break };
            after.clone_from(last);
            let some = reencrypt(app, column, &rows).await?;
            done = Rotated { anew: done.anew + some.anew, lost: done.lost + some.lost };
            told(Rotation::SealedAnew(before + done.anew));
        }
    }
    Ok(done)
}

async fn reencrypt(app: &App, column: &SealedColumn, rows: &[(String, String)]) -> Result<Rotated, StoreError> {
    let mut done = Rotated::default();
    let mut tx = app.db.begin().await?;
    for (owner, sealed) in rows {
        match app.encryption.reencrypt(&format!("{}{owner}", column.prefix), sealed) {
            Reencrypted::Still => {}
            Reencrypted::Lost => done.lost += 1,
            Reencrypted::Anew(anew) => {
                replace(&mut tx, column, owner, sealed, &anew).await?;
                done.anew += 1;
            }
        }
    }
    tx.commit().await?;
    Ok(done)
}
