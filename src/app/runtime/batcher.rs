//! Group commit: work that arrives while a batch of the same kind runs is done in the next batch.
//!
//! A commit costs one write to the disk, however much it holds. Callers put work into a queue and wait; a worker takes
//! up to 128 of them and does them in one transaction. If the database refuses a shared batch, each is done alone, so
//! that one cannot fail the others. A batch of more than half a second does not hold up the queue: another worker
//! begins beside it, up to three on PostgreSQL, never on SQLite. On PostgreSQL a batch of more than five seconds is
//! given up. Work once queued is done even if its caller is gone.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::store::{Db, StoreError};

/// Most work in one batch: a caller should not wait for too many others.
const MOST: usize = 128;
/// A batch that takes longer does not hold up the queue: another worker begins beside it.
const SLOW: Duration = Duration::from_millis(500);

/// Work that can be done in batches.
pub(in crate::app) trait Work: Send + Sync + Sized + 'static {
    /// The result of one.
    type Done: Send + 'static;

    /// Does the work in one transaction; returns the results in the same order.
    fn together(db: &Db, work: &[Self]) -> impl Future<Output = Result<Vec<Self::Done>, StoreError>> + Send;
}

type Answer<W> = oneshot::Sender<Result<<W as Work>::Done, StoreError>>;

/// The queue of one kind of work.
pub(in crate::app) struct Batcher<W: Work>(Arc<Mutex<Queue<W>>>);

struct Queue<W: Work> {
    waiting: Vec<(W, Answer<W>)>,
    /// The number of each worker and the start of its batch; workers run until the queue is empty.
    workers: Vec<(u64, Instant)>,
    /// The number of the next worker.
    next: u64,
    /// When the database last failed to do a batch, unless it has done one since.
    failed: Option<Instant>,
}

impl<W: Work> Default for Batcher<W> {
    fn default() -> Batcher<W> {
        Batcher(Arc::new(Mutex::new(Queue { waiting: Vec::new(), workers: Vec::new(), next: 0, failed: None })))
    }
}

impl<W: Work> Batcher<W> {
    /// Queues the work and waits for its result. It is done even if the caller goes: it shares a batch with others.
    pub async fn ask(&self, db: &Db, work: W) -> Result<W::Done, StoreError> {
        let (answer, mut answered) = oneshot::channel();
        self.queue().waiting.push((work, answer));
        loop {
            self.start_worker(db);
            if let Ok(answer) = timeout(SLOW, &mut answered).await {
                // The worker answers everything it took, unless it panicked.
                return answer.unwrap_or(Err(StoreError::Together));
            }
        }
    }

    /// Whether a batch has failed within this time, and none has been done since.
    pub fn failed_within(&self, time: Duration) -> bool {
        self.queue().failed.is_some_and(|at| at.elapsed() < time)
    }

    /// Starts a worker if work is queued, all workers are slow, and one more is allowed.
    fn start_worker(&self, db: &Db) {
        let mut queue = self.queue();
        let stuck = queue.workers.iter().all(|(_, began)| began.elapsed() >= SLOW);
        if queue.waiting.is_empty() || !stuck || queue.workers.len() >= db.batches_at_once() {
            return;
        }
        let number = queue.next;
        queue.next += 1;
        queue.workers.push((number, Instant::now()));
        drop(queue);
        tokio::spawn(Worker { batcher: Batcher(Arc::clone(&self.0)), db: db.clone(), number }.run());
    }

    fn queue(&self) -> MutexGuard<'_, Queue<W>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Worker<W: Work> {
    batcher: Batcher<W>,
    db: Db,
    number: u64,
}

impl<W: Work> Drop for Worker<W> {
    /// Also after a panic, so that the next work gets a new worker.
    fn drop(&mut self) {
        self.batcher.queue().workers.retain(|(number, _)| *number != self.number);
    }
}

impl<W: Work> Worker<W> {
    async fn run(self) {
        loop {
            // Lets tasks that are ready queue their work first: a batch of many costs the same as a batch of one.
            yield_now().await;
            let Some(batch) = self.next() else { break };
            self.work(batch).await;
        }
    }

    /// Takes queued work, up to the limit; with an empty queue the worker ends.
    fn next(&self) -> Option<Vec<(W, Answer<W>)>> {
        let mut queue = self.batcher.queue();
        let many = queue.waiting.len().min(MOST);
        if many == 0 {
            // Under the same lock: a new caller must not rely on a worker that is about to end.
            queue.workers.retain(|(number, _)| *number != self.number);
            return None;
        }
        let now = Instant::now();
        queue.workers.iter_mut().filter(|(number, _)| *number == self.number).for_each(|(_, began)| *began = now);
        Some(queue.waiting.drain(..many).collect())
    }

    async fn work(&self, batch: Vec<(W, Answer<W>)>) {
        let (work, answers): (Vec<W>, Vec<Answer<W>>) = batch.into_iter().unzip();
        match self.together(&work).await {
            Ok(done) => answers.into_iter().zip(done).for_each(|(answer, done)| tell::<W>(answer, Ok(done))),
            // The database answered and refused; perhaps because of one of them only.
            Err(error) if error.is_refusal() && work.len() > 1 => {
                let mut late = false;
                for (one, answer) in work.iter().zip(answers) {
                    // If one takes too long, all would.
                    let alone = if late { Err(StoreError::Together) } else { self.alone(one).await };
                    late = late || alone.as_ref().is_err_and(|error| !error.is_refusal());
                    tell::<W>(answer, alone);
                }
            }
            Err(error) => {
                // The first gets the error itself, the others only that their batch failed.
                let mut answers = answers.into_iter();
                if let Some(answer) = answers.next() {
                    tell::<W>(answer, Err(error));
                }
                answers.for_each(|answer| tell::<W>(answer, Err(StoreError::Together)));
            }
        }
    }

    async fn alone(&self, one: &W) -> Result<W::Done, StoreError> {
        self.together(std::slice::from_ref(one)).await?.into_iter().next().ok_or(StoreError::Together)
    }

    /// Does the work within the deadline of a batch, and notes whether the database could do it.
    async fn together(&self, work: &[W]) -> Result<Vec<W::Done>, StoreError> {
        let done = match self.db.batch_deadline() {
            Some(deadline) => {
                timeout(deadline, W::together(&self.db, work)).await.unwrap_or(Err(StoreError::Late(deadline)))
            }
            None => W::together(&self.db, work).await,
        };
        match &done {
            Ok(_) => self.batcher.queue().failed = None,
            // A violated rule of the schema does not mean that the database is failing.
            Err(error) if error.breaks_a_rule() => {}
            Err(_) => self.batcher.queue().failed = Some(Instant::now()),
        }
        done
    }
}

/// Sends the result; the caller may be gone.
fn tell<W: Work>(answer: Answer<W>, done: Result<W::Done, StoreError>) {
    let _ = answer.send(done);
}
