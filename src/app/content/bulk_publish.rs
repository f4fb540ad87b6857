//! Publishes the drafts of an import (often hundreds) in the background, and reports the progress.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::publish::{Accepted, publish_seen};
use super::publishing::{Publishing, Work};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::Account;
use crate::domain::staff::refusal::Refusal;

/// Begins to publish drafts of an import: all or none, as [`super::publish::publish()`] does.
///
/// # Errors
/// Refused if this account is already publishing the import.
pub fn bulk_publish(app: &Arc<App>, by: &Account, batch: &str, accepted: Vec<Accepted>) -> Result<(), AppError> {
    let name = (batch.to_owned(), by.id.clone());
    let seen = Arc::new(AtomicUsize::new(0));
    let work = Work { seen: Arc::clone(&seen), all: accepted.len(), ended: None };
    {
        let mut all = app.publishing.all();
        ensure(all.get(&name).is_none_or(|work| work.ended.is_some()), Refusal::WrongState)?;
        all.insert(name.clone(), work);
    }
    let (app, by) = (Arc::clone(app), by.clone());
    tokio::spawn(async move {
        let published = publish_seen(&app, &by, &accepted, false, &seen).await;
        if let Some(work) = app.publishing.all().get_mut(&name) {
            work.ended = Some(published.map(|_| ()));
        }
    });
    Ok(())
}

/// Progress of publishing an import for this account; nothing if this process is not working on it.
pub fn publishing(app: &App, by: &Account, batch: &str) -> Option<Publishing> {
    let name = (batch.to_owned(), by.id.clone());
    let mut all = app.publishing.all();
    let work = all.get_mut(&name)?;
    match work.ended.take() {
        None => Some(Publishing::AtWork { done: work.seen.load(Ordering::Relaxed), all: work.all }),
        Some(ended) => {
            all.remove(&name);
            Some(Publishing::Ended(ended))
        }
    }
}
