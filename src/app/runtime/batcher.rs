//! Group commit: work that arrives while a batch of the same kind runs goes into the next batch.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::store::{Db, StoreError};

/// How many pieces of work go together at the most: one should not wait for too many others.
const MOST: usize = 128;
/// A batch that takes longer than this does not hold up what arrives meanwhile: another worker begins beside it.
const SLOW: Duration = Duration::from_millis(500);

/// Work that can be done together with its like.
pub(in crate::app) trait Work: Send + Sync + Sized + 'static {
    /// What each comes to.
    type Done: Send + 'static;

    /// Does the work; what each came to, in the same order.
    fn together(db: &Db, work: &[Self]) -> impl Future<Output = Result<Vec<Self::Done>, StoreError>> + Send;
}

type Answer<W> = oneshot::Sender<Result<<W as Work>::Done, StoreError>>;

/// Where work waits.
pub(in crate::app) struct Batcher<W: Work>(Arc<Mutex<Queue<W>>>);

struct Queue<W: Work> {
    waiting: Vec<(W, Answer<W>)>,
    /// The workers, each with the moment in which its batch began; they go on until nothing waits.
    workers: Vec<(u64, Instant)>,
    /// The number of the next worker.
    next: u64,
    /// When the database last failed to do a batch, where it has done none since.
    failed: Option<Instant>,
}

impl<W: Work> Default for Batcher<W> {
    fn default() -> Batcher<W> {
        Batcher(Arc::new(Mutex::new(Queue { waiting: Vec::new(), workers: Vec::new(), next: 0, failed: None })))
    }
}

impl<W: Work> Batcher<W> {
    /// Has the work done. It goes on where the caller is gone: what waits beside it must not suffer.
    pub async fn ask(&self, db: &Db, work: W) -> Result<W::Done, StoreError> {
        let (answer, mut answered) = oneshot::channel();
        self.queue().waiting.push((work, answer));
        loop {
            self.start_worker(db);
            if let Ok(answer) = timeout(SLOW, &mut answered).await {
                // The worker gives everything an answer, unless it broke down.
                return answer.unwrap_or(Err(StoreError::Together));
            }
        }
    }

    /// Whether the database has failed to do a batch within this time, and has done none since.
    pub fn failed_within(&self, time: Duration) -> bool {
        self.queue().failed.is_some_and(|at| at.elapsed() < time)
    }

    /// Begins a worker where work waits that nobody will take soon.
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
    /// Also where it broke down, so that the next piece of work finds a new worker.
    fn drop(&mut self) {
        self.batcher.queue().workers.retain(|(number, _)| *number != self.number);
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
        let mut queue = self.batcher.queue();
        let many = queue.waiting.len().min(MOST);
        if many == 0 {
            // At once, under the lock: whoever asks next must not rely on a worker that is about to go.
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
            // The database answered and refused: perhaps only one of them.
            Err(error) if error.is_refusal() && work.len() > 1 => {
                let mut late = false;
                for (one, answer) in work.iter().zip(answers) {
                    // Where one takes too long, all would.
                    let alone = if late { Err(StoreError::Together) } else { self.alone(one).await };
                    late = late || alone.as_ref().is_err_and(|error| !error.is_refusal());
                    tell::<W>(answer, alone);
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

    async fn alone(&self, one: &W) -> Result<W::Done, StoreError> {
        self.together(std::slice::from_ref(one)).await?.into_iter().next().ok_or(StoreError::Together)
    }

    /// Does the work within the time that a batch may take, and notes whether the database could do it.
    async fn together(&self, work: &[W]) -> Result<Vec<W::Done>, StoreError> {
        let done = match self.db.batch_deadline() {
            Some(deadline) => {
                timeout(deadline, W::together(&self.db, work)).await.unwrap_or(Err(StoreError::Late(deadline)))
            }
            None => W::together(&self.db, work).await,
        };
        match &done {
            Ok(_) => self.batcher.queue().failed = None,
            // What breaks a rule of the schema says nothing about the database.
            Err(error) if error.breaks_a_rule() => {}
            Err(_) => self.batcher.queue().failed = Some(Instant::now()),
        }
        done
    }
}

/// Whoever asked may be gone.
fn tell<W: Work>(answer: Answer<W>, done: Result<W::Done, StoreError>) {
    let _ = answer.send(done);
}
