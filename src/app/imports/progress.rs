//! Progress of imports in this process. They run one after the other, so that turns of chats are not slowed down.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

/// The imports that this process works on, by id.
pub(in crate::app) struct ImportsInProgress {
    rows: Mutex<HashMap<String, Arc<AtomicUsize>>>,
    /// The permit to work: one import at a time.
    pub turn: Semaphore,
}

impl ImportsInProgress {
    pub fn new() -> ImportsInProgress {
        ImportsInProgress { rows: Mutex::default(), turn: Semaphore::new(1) }
    }

    fn rows(&self) -> MutexGuard<'_, HashMap<String, Arc<AtomicUsize>>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Registers an import; the counter counts the rows that are done.
    pub fn begin(&self, batch: &str) -> Arc<AtomicUsize> {
        let count = Arc::new(AtomicUsize::new(0));
        self.rows().insert(batch.to_owned(), Arc::clone(&count));
        count
    }

    /// How many rows are done; nothing if this process does not work on the import.
    pub fn done(&self, batch: &str) -> Option<usize> {
        self.rows().get(batch).map(|count| count.load(Ordering::Relaxed))
    }

    pub fn end(&self, batch: &str) {
        self.rows().remove(batch);
    }
}
