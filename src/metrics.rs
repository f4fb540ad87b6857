//! Measures of the running program for Prometheus, named here and nowhere else. No label says who spoke or what about.

use std::time::Duration;

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

const TURN: &str = "ventanilla_turn_seconds";
const VERDICTS: &str = "ventanilla_verdicts_total";
const BUILD: &str = "ventanilla_model_build_seconds";
const REVISION: &str = "ventanilla_revision";
const COMMITS: &str = "ventanilla_commits_total";
const SIGN_INS: &str = "ventanilla_sign_ins_total";
const SENT: &str = "ventanilla_messages_sent_total";
const REFUSED: &str = "ventanilla_telegram_errors_total";
const TURNED_AWAY: &str = "ventanilla_requests_refused_total";
const UNDECODABLE: &str = "ventanilla_updates_undecodable_total";
const WAITING: &str = "ventanilla_outbox_waiting";
const AGE: &str = "ventanilla_outbox_oldest_seconds";
const UNDELIVERED: &str = "ventanilla_outbox_undelivered";
const DATABASE: &str = "ventanilla_database_up";
const UNREADABLE: &str = "ventanilla_sealed_unreadable_total";
const ASIDE: &str = "ventanilla_outbox_unreadable";
const POOL: &str = "ventanilla_database_connections";

/// Bounds of the latency histogram in seconds: fine around what a turn takes, up to where a person gives up.
const LATENCIES: [f64; 12] = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// What has been measured so far, to be read.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

/// Begins to measure; nothing where it had begun before. Until then, measuring costs next to nothing.
pub fn begin() -> Option<Metrics> {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(TURN.into()), &LATENCIES).ok()?;
    let metrics = Metrics(builder.install_recorder().ok()?);
    describe_histogram!(TURN, "From a message taken to its replies saved, in seconds, by door");
    describe_counter!(VERDICTS, "Messages in words by language and what became of them");
    describe_gauge!(BUILD, "How long the present model took to build, in seconds");
    describe_gauge!(REVISION, "The revision that answers");
    describe_counter!(COMMITS, "Transactions that were committed");
    describe_counter!(SIGN_INS, "Tries to sign in to the console, by what became of them");
    describe_counter!(SENT, "Messages that Telegram has taken");
    describe_counter!(REFUSED, "Calls that Telegram refused or did not answer, by kind");
    describe_counter!(
        UNDECODABLE,
        "Updates that could not be decoded as they were, by what became of them: mended or skipped"
    );
    describe_counter!(TURNED_AWAY, "Requests that were turned away, by door and reason");
    describe_gauge!(WAITING, "Messages in the outbox of all replicas");
    describe_gauge!(AGE, "Age of the oldest message in the outbox, in seconds");
    describe_gauge!(
        UNDELIVERED,
        "Messages that could not be delivered and wait for an operator: ventanilla outbox list"
    );
    describe_gauge!(DATABASE, "Whether the database answers and can be written, as /ready says");
    describe_counter!(UNREADABLE, "Times that something sealed did not open with the key that there is");
    describe_gauge!(ASIDE, "Messages in the outbox that do not open with the key that there is; they stay");
    describe_gauge!(POOL, "Connections to the database by pool and state");
    Some(metrics)
}

impl Metrics {
    /// Everything, as Prometheus reads it.
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

/// A turn was taken.
pub fn turn(door: &'static str, took: Duration) {
    histogram!(TURN, "door" => door).record(took);
}

/// Words came in a language, and this became of them.
pub fn verdict(lang: &'static str, verdict: &'static str) {
    counter!(VERDICTS, "lang" => lang, "verdict" => verdict).increment(1);
}

/// The model was built.
pub fn built(took: Duration) {
    gauge!(BUILD).set(took);
}

/// This revision answers now.
pub fn revision(number: i64) {
    gauge!(REVISION).set(number as f64);
}

/// A transaction was committed.
pub fn committed() {
    counter!(COMMITS).increment(1);
}

/// Somebody tried to sign in, and this became of it.
pub fn sign_in(result: &'static str) {
    counter!(SIGN_INS, "result" => result).increment(1);
}

/// A message has arrived.
pub fn sent() {
    counter!(SENT).increment(1);
}

/// Telegram did not do what it was asked to.
pub fn refused(kind: &'static str) {
    counter!(REFUSED, "kind" => kind).increment(1);
}

/// A request was turned away at a door.
pub fn turned_away(door: &'static str, reason: &'static str) {
    counter!(TURNED_AWAY, "door" => door, "reason" => reason).increment(1);
}

/// An update could not be decoded as it was sent: it was mended, or skipped.
pub fn undecodable(delivery: &'static str) {
    counter!(UNDECODABLE, "fate" => delivery).increment(1);
}

/// So many messages wait in the outbox, the oldest for so long.
pub fn outbox(waiting: i64, age: Duration) {
    gauge!(WAITING).set(waiting as f64);
    gauge!(AGE).set(age);
}

/// Whether the database takes what a message needs.
pub fn database(up: bool) {
    gauge!(DATABASE).set(if up { 1.0 } else { 0.0 });
}

/// Something sealed did not open.
pub fn unreadable() {
    counter!(UNREADABLE).increment(1);
}

/// So many messages of the outbox do not open.
pub fn aside(messages: i64) {
    gauge!(ASIDE).set(messages as f64);
}

/// So many messages could not be delivered.
pub fn undelivered(rows: i64) {
    gauge!(UNDELIVERED).set(rows as f64);
}

/// A pool's connections.
pub fn pool(name: &'static str, idle: usize, busy: usize) {
    gauge!(POOL, "pool" => name, "state" => "idle").set(idle as f64);
    gauge!(POOL, "pool" => name, "state" => "busy").set(busy as f64);
}
