//! How far publishing in bulk is, in this process.

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::app::runtime::app_error::AppError;

/// How far publishing a batch is.
#[derive(Debug)]
pub enum Publishing {
    /// About so many drafts of so many.
    AtWork {
        /// Done.
        done: usize,
        /// Of all.
        all: usize,
    },
    /// It has ended; told once.
    Ended(Result<(), AppError>),
}

pub(in crate::app) struct Work {
    pub seen: Arc<AtomicUsize>,
    pub all: usize,
    pub ended: Option<Result<(), AppError>>,
}

/// The batches that this process publishes, or has published and told nobody yet: by batch and account.
#[derive(Default)]
pub(in crate::app) struct PublishingAtWork(Mutex<HashMap<(String, String), Work>>);

impl PublishingAtWork {
    pub fn all(&self) -> MutexGuard<'_, HashMap<(String, String), Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
