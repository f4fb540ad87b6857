//! The Prometheus metrics of the running program; all their names are here. No label identifies a person or what they
//! asked about.

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

/// Buckets of the latency histogram in seconds: fine around the duration of a turn, up to where a person gives up.
const LATENCIES: [f64; 12] = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// A handle to read the metrics.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

/// Installs the recorder; `None` if it was installed before. Without a recorder, measuring costs next to nothing.
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
    /// All metrics in Prometheus's text format.
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

/// Records a turn and its duration.
pub fn turn(door: &'static str, took: Duration) {
    histogram!(TURN, "door" => door).record(took);
}

/// Counts a message in words by language and outcome.
pub fn verdict(lang: &'static str, verdict: &'static str) {
    counter!(VERDICTS, "lang" => lang, "verdict" => verdict).increment(1);
}

/// Records how long it took to build the model.
pub fn built(took: Duration) {
    gauge!(BUILD).set(took);
}

/// Records the revision that answers now.
pub fn revision(number: i64) {
    gauge!(REVISION).set(number as f64);
}

/// Counts a committed transaction.
pub fn committed() {
    counter!(COMMITS).increment(1);
}

/// Counts an attempt to sign in, by result.
pub fn sign_in(result: &'static str) {
    counter!(SIGN_INS, "result" => result).increment(1);
}

/// Counts a message that Telegram accepted.
pub fn sent() {
    counter!(SENT).increment(1);
}

/// Counts a call that Telegram refused or did not answer, by kind.
pub fn refused(kind: &'static str) {
    counter!(REFUSED, "kind" => kind).increment(1);
}

/// Counts a request that was refused, by door and reason.
pub fn turned_away(door: &'static str, reason: &'static str) {
    counter!(TURNED_AWAY, "door" => door, "reason" => reason).increment(1);
}

/// Counts an update that could not be decoded as sent, by result: mended or skipped.
pub fn undecodable(delivery: &'static str) {
    counter!(UNDECODABLE, "fate" => delivery).increment(1);
}

/// Records the number of messages in the outbox and the age of the oldest.
pub fn outbox(waiting: i64, age: Duration) {
    gauge!(WAITING).set(waiting as f64);
    gauge!(AGE).set(age);
}

/// Records whether the database answers and can be written.
pub fn database(up: bool) {
    gauge!(DATABASE).set(if up { 1.0 } else { 0.0 });
}

/// Counts encrypted data that could not be decrypted.
pub fn unreadable() {
    counter!(UNREADABLE).increment(1);
}

/// Records the number of outbox messages that cannot be decrypted.
pub fn aside(messages: i64) {
    gauge!(ASIDE).set(messages as f64);
}

/// Records the number of outbox messages that could not be delivered.
pub fn undelivered(rows: i64) {
    gauge!(UNDELIVERED).set(rows as f64);
}

/// Records a pool's idle and busy connections.
pub fn pool(name: &'static str, idle: usize, busy: usize) {
    gauge!(POOL, "pool" => name, "state" => "idle").set(idle as f64);
    gauge!(POOL, "pool" => name, "state" => "busy").set(busy as f64);
}
