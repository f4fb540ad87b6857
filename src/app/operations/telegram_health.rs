//! Telegram's health for `/ready`: progress of polling, wrong secrets at the webhook, and what Telegram refused at the
//! start.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Polling counts as stuck after this time without progress. An idle long poll ends after 40 seconds.
const STUCK: TimeDelta = TimeDelta::minutes(2);
/// Wrong secrets are logged at most this often.
const LINE: TimeDelta = TimeDelta::minutes(1);
/// How long `/ready` mentions a wrong secret.
const SPOKEN_OF: TimeDelta = TimeDelta::minutes(10);

/// Health of the connection to Telegram.
#[derive(Debug, Default)]
pub struct TelegramHealth(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Last progress of polling; `None` where this process does not poll.
    polled: Option<DateTime<Utc>>,
    /// Why Telegram refused a request at the start.
    refused: Option<String>,
    /// Backpressure: the outbox is so full that updates are left with Telegram.
    full: bool,
    secrets: Secrets,
}

/// Requests to the webhook with a wrong or missing secret.
#[derive(Debug, Default)]
struct Secrets {
    /// When the last one came.
    last: Option<DateTime<Utc>>,
    /// When they were last logged.
    line: Option<DateTime<Utc>>,
    /// How many came since.
    since_line: u64,
    /// Whether an update with the right secret came after the last one.
    right_since: bool,
}

impl TelegramHealth {
    /// Records progress: polling begins, or has taken everything it fetched.
    pub fn polled(&self, now: DateTime<Utc>) {
        self.state().polled = Some(now);
    }

    /// Whether polling has made no progress for two minutes; never where this process does not poll.
    pub fn is_stuck(&self, now: DateTime<Utc>) -> bool {
        self.state().polled.is_some_and(|last| now - last > STUCK)
    }

    /// Records why Telegram refused a request at the start (without personal data); `None` once it has accepted.
    pub fn start_refused(&self, why: Option<String>) {
        self.state().refused = why;
    }

    /// Records whether the outbox is full; true where that has changed.
    pub(in crate::app) fn is_full(&self, full: bool) -> bool {
        std::mem::replace(&mut self.state().full, full) != full
    }

    /// Records a request with a wrong secret. Returns how many came since the last log line, when a new line is due.
    pub fn wrong_secret(&self, now: DateTime<Utc>) -> Option<u64> {
        let secrets = &mut self.state().secrets;
        (secrets.last, secrets.right_since) = (Some(now), false);
        secrets.since_line += 1;
        // Absolute difference: after a clock was set back, a line waits no longer than a minute.
        if secrets.line.is_some_and(|line| (now - line).abs() < LINE) {
            return None;
        }
        secrets.line = Some(now);
        Some(std::mem::take(&mut secrets.since_line))
    }

    /// Records an update with the right secret.
    pub fn right_secret(&self) {
        self.state().secrets.right_since = true;
    }

    /// Warnings for operators that do not make the program unready.
    pub fn warnings(&self, now: DateTime<Utc>) -> Vec<String> {
        let state = self.state();
        let refused = state.refused.as_ref().map(|why| format!("Telegram did not do what the start asks of it: {why}"));
        let secret = state.secrets.last.filter(|last| (now - *last).abs() < SPOKEN_OF).map(|_| {
            if state.secrets.right_since {
                "requests to the webhook were refused because of a wrong secret; Telegram's own arrive".to_owned()
            } else {
                "requests to the webhook are refused because of a wrong secret: if they are Telegram's, restart to tell it the \
                 secret anew, and set telegram_webhook_secret alike for all replicas"
                    .to_owned()
            }
        });
        let full =
            state.full.then(|| "too many replies wait to be sent: new messages are left with Telegram".to_owned());
        refused.into_iter().chain(secret).chain(full).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polling_is_stuck_after_two_minutes_without_progress_and_only_where_there_is_polling() {
        let (health, now) = (TelegramHealth::default(), DateTime::<Utc>::default());
        assert!(!health.is_stuck(now + TimeDelta::days(1)));
        health.polled(now);
        assert!(!health.is_stuck(now + STUCK) && !health.is_stuck(now - TimeDelta::hours(1)));
        assert!(health.is_stuck(now + STUCK + TimeDelta::seconds(1)));
    }

    #[test]
    fn wrong_secrets_make_one_line_a_minute_that_says_how_many_they_were() {
        let (health, now) = (TelegramHealth::default(), DateTime::<Utc>::default());
        let lines: Vec<u64> =
            (0..210).filter_map(|n| health.wrong_secret(now + TimeDelta::milliseconds(n * 500))).collect();
        assert_eq!(lines, [1, 120]);
        // A clock that was set back by an hour.
        assert_eq!(health.wrong_secret(now - TimeDelta::hours(1)), Some(90));
    }

    #[test]
    fn what_was_refused_is_spoken_of_until_it_is_over() {
        let (health, now) = (TelegramHealth::default(), DateTime::<Utc>::default());
        assert_eq!(health.warnings(now), Vec::<String>::new());
        health.start_refused(Some("bad webhook".into()));
        health.wrong_secret(now);
        let said = health.warnings(now);
        assert!(said.len() == 2 && said[0].contains("bad webhook") && said[1].contains("telegram_webhook_secret"));
        health.start_refused(None);
        health.right_secret();
        assert!(health.warnings(now)[0].contains("Telegram's own arrive"));
        assert_eq!(health.warnings(now + SPOKEN_OF), Vec::<String>::new());
    }
}
