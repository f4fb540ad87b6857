//! Gathering: what waits while the database is busy with the same kind of work is done together, in one go.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::task::yield_now;

use crate::store::{Db, StoreError};

/// How many pieces of work go together at the most: one should not wait for too many others.
const MOST: usize = 128;

/// Work that can be done together with its like.
pub(super) trait Work: Send + Sync + Sized + 'static {
    /// What each comes to.
    type Done: Send + 'static;

    /// Does the work; what each came to, in the same order.
    fn together(db: &Db, work: &[Self]) -> impl Future<Output = Result<Vec<Self::Done>, StoreError>> + Send;
}

type Answer<W> = oneshot::Sender<Result<<W as Work>::Done, StoreError>>;

/// Where work waits.
pub(super) struct Gathering<W: Work>(Arc<Mutex<Desk<W>>>);

struct Desk<W: Work> {
    waiting: Vec<(W, Answer<W>)>,
    /// Whether somebody works; they go on until nothing waits.
    working: bool,
}

impl<W: Work> Default for Gathering<W> {
    fn default() -> Gathering<W> {
        Gathering(Arc::new(Mutex::new(Desk { waiting: Vec::new(), working: false })))
    }
}

impl<W: Work> Gathering<W> {
    /// Has the work done. It goes on where the caller is gone: what waits beside it must not suffer.
    pub async fn ask(&self, db: &Db, work: W) -> Result<W::Done, StoreError> {
        let (answer, answered) = oneshot::channel();
        let begin = {
            let mut desk = self.desk();
            desk.waiting.push((work, answer));
            !std::mem::replace(&mut desk.working, true)
        };
        if begin {
            tokio::spawn(Worker { gathering: Gathering(Arc::clone(&self.0)), db: db.clone() }.run());
        }
        // The worker gives everything an answer, unless the program is being stopped.
        answered.await.unwrap_or(Err(StoreError::Together))
    }

    fn desk(&self) -> MutexGuard<'_, Desk<W>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Worker<W: Work> {
    gathering: Gathering<W>,
    db: Db,
}

impl<W: Work> Drop for Worker<W> {
    /// Also where it broke down, so that the next piece of work finds a new worker.
    fn drop(&mut self) {
        let mut desk = self.gathering.desk();
        desk.waiting.clear();
        desk.working = false;
    }
}

impl<W: Work> Worker<W> {
    async fn run(self) {
        loop {
            // Whoever is ready to ask does so first: a batch costs the same for many as for one.
            yield_now().await;
            let Some(batch) = self.next() else { break };
            self.work(batch).await;
        }
    }

    /// What waits, up to a limit; nothing, and the worker is done, where nothing waits.
    fn next(&self) -> Option<Vec<(W, Answer<W>)>> {
        let mut desk = self.gathering.desk();
        let many = desk.waiting.len().min(MOST);
        desk.working = many > 0;
        (many > 0).then(|| desk.waiting.drain(..many).collect())
    }

    async fn work(&self, batch: Vec<(W, Answer<W>)>) {
        let (work, answers): (Vec<W>, Vec<Answer<W>>) = batch.into_iter().unzip();
        match W::together(&self.db, &work).await {
            Ok(done) => answers.into_iter().zip(done).for_each(|(answer, done)| tell::<W>(answer, Ok(done))),
            // The database answered and refused: perhaps only one of them.
            Err(StoreError::Sql(error)) if error.as_database_error().is_some() && work.len() > 1 => {
                for (one, answer) in work.iter().zip(answers) {
                    let alone = W::together(&self.db, std::slice::from_ref(one)).await;
                    tell::<W>(answer, alone.and_then(|done| done.into_iter().next().ok_or(StoreError::Together)));
                }
            }
            Err(error) => {
                // The first says what it was; the others only that it could not be done.
                let mut answers = answers.into_iter();
                if let Some(answer) = answers.next() {
                    tell::<W>(answer, Err(error));
                }
                answers.for_each(|answer| tell::<W>(answer, Err(StoreError::Together)));
            }
        }
    }
}

/// Whoever asked may be gone.
fn tell<W: Work>(answer: Answer<W>, done: Result<W::Done, StoreError>) {
    let _ = answer.send(done);
}
