//! Progress of publishing in bulk, in this process.

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::app::runtime::app_error::AppError;

/// How far publishing an import is.
#[derive(Debug)]
pub enum Publishing {
    /// About `done` drafts of `all` are done.
    AtWork {
        /// Drafts done.
        done: usize,
        /// Drafts in all.
        all: usize,
    },
    /// It has ended; reported once.
    Ended(Result<(), AppError>),
}

pub(in crate::app) struct Work {
    pub seen: Arc<AtomicUsize>,
    pub all: usize,
    pub ended: Option<Result<(), AppError>>,
}

/// The imports that this process is publishing, or whose result is not reported yet: by import and account.
#[derive(Default)]
pub(in crate::app) struct PublishingAtWork(Mutex<HashMap<(String, String), Work>>);

impl PublishingAtWork {
    pub fn all(&self) -> MutexGuard<'_, HashMap<(String, String), Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
