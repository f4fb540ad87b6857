//! Recurring jobs: each is claimed with a lease, so that one replica at a time runs it.

use chrono::TimeDelta;

use super::retention::clean_up;
use crate::app::inbox::announce::announce;
use crate::app::inbox::notify_subscribers::notify_subscribers;
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::app::staff::remind::remind;
use crate::app::unanswered::grouping::group_unanswered;
use crate::store::StoreError;
use crate::store::operations::jobs;

/// A recurring job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Deletes rows whose retention period is over.
    CleanUp,
    /// Reminds staff of verifications that are due.
    Remind,
    /// Announces people's questions in staff groups.
    Announce,
    /// Notifies subscribers of new answers.
    NotifySubscribers,
    /// Groups similar unanswered words.
    GroupUnanswered,
}

impl Job {
    /// Every job.
    pub const ALL: [Job; 5] = [Job::CleanUp, Job::Remind, Job::Announce, Job::NotifySubscribers, Job::GroupUnanswered];

    fn name(self) -> &'static str {
        match self {
            Job::CleanUp => "clean-up",
            Job::Remind => "remind",
            Job::Announce => "announce",
            Job::NotifySubscribers => "tell-wishes",
            Job::GroupUnanswered => "group-gaps",
        }
    }

    /// Time from one run to the next.
    fn every(self) -> TimeDelta {
        match self {
            Job::CleanUp => TimeDelta::minutes(10),
            // Each colleague is reminded once a week; this is the greatest delay.
            Job::Remind => TimeDelta::minutes(10),
            // Also runs at once when a question was left on this replica.
            Job::Announce => TimeDelta::zero(),
            Job::NotifySubscribers => TimeDelta::minutes(1),
            Job::GroupUnanswered => TimeDelta::minutes(2),
        }
    }

    /// Lease: after this time the replica that claimed the job counts as dead.
    fn at_most(self) -> TimeDelta {
        match self {
            Job::CleanUp | Job::Remind | Job::Announce => TimeDelta::minutes(5),
            Job::NotifySubscribers => TimeDelta::minutes(5),
            Job::GroupUnanswered => TimeDelta::minutes(5),
        }
    }

    async fn work(self, app: &App) -> Result<(), InternalError> {
        match self {
            Job::CleanUp => clean_up(app).await,
            Job::Remind => remind(app).await,
            Job::Announce => announce(app).await,
            Job::NotifySubscribers => notify_subscribers(app).await,
            Job::GroupUnanswered => group_unanswered(app).await,
        }
    }
}

/// Runs a job if it is due and not claimed; true if it ran here. `replica` must be a unique name.
///
/// # Errors
/// Where the database or the job fails; it runs again when the claim has expired.
pub async fn take_up(app: &App, job: Job, replica: &str) -> Result<bool, InternalError> {
    let lost = |error: StoreError| InternalError::again(&app.lasting, "take up a job", error);
    if !claim(app, job, replica).await.map_err(lost)? {
        return Ok(false);
    }
    job.work(app).await?;
    lay_down(app, job, replica).await.map_err(lost)?;
    Ok(true)
}

async fn claim(app: &App, job: Job, replica: &str) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let until = now + job.at_most();
    let (now, until, every) = (now.timestamp(), until.timestamp(), job.every().num_seconds());
    let claimed = jobs::claim(&mut tx, job.name(), replica, now, until, every).await?;
    tx.commit().await?;
    Ok(claimed)
}

async fn lay_down(app: &App, job: Job, replica: &str) -> Result<(), StoreError> {
    let due_at = (app.clock.now() + job.every()).timestamp();
    let mut tx = app.db.begin().await?;
    jobs::done(&mut tx, job.name(), replica, due_at).await?;
    tx.commit().await
}
