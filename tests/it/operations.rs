//! What operators see of the running program: its measures, its end, and work that replicas share.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use reqwest::{Client, StatusCode};
use tempfile::TempDir;
use ventanilla::app::{Job, take_up};
use ventanilla::store::Db;

use crate::fake_bot_api::{FakeBotApi, TOKEN, updates};
use crate::fixtures::{app, databases};
use crate::postgres;
use crate::telegram::killed::stop;

/// The real program, with its web chat and its measures.
pub struct Running {
    pub program: Child,
    pub web: String,
    pub metrics: String,
    pub folder: TempDir,
}

impl Running {
    fn start() -> Running {
        Running::launch(Command::new(env!("CARGO_BIN_EXE_ventanilla")))
    }

    /// Starts it by this command, in a folder of its own.
    pub fn launch(mut command: Command) -> Running {
        let folder = tempfile::tempdir().unwrap();
        let mut program = command
            .current_dir(folder.path())
            .env("VENTANILLA_LISTEN", "127.0.0.1:0")
            .env("VENTANILLA_METRICS_LISTEN", "127.0.0.1:0")
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut address = |what: &str| {
            let line = lines.find(|line| line.starts_with(what)).unwrap();
            line.split_whitespace().last().unwrap().to_owned()
        };
        let (web, metrics) = (address("Web chat:"), address("Metrics:"));
        Running { program, web, metrics, folder }
    }

    /// What a page of the web chat answers.
    pub async fn status(&self, path: &str) -> StatusCode {
        Client::new().get(format!("{}{path}", self.web)).send().await.unwrap().status()
    }

    /// Somebody says something in the web chat.
    pub async fn say(&self) -> StatusCode {
        let said = Client::new().post(&self.web).header("origin", &self.web);
        said.form(&[("text", "where can I get free legal help?")]).send().await.unwrap().status()
    }

    /// Waits until a page answers so.
    pub async fn wait_for(&self, path: &str, status: StatusCode) {
        let (begun, mut look) = (Instant::now(), tokio::time::interval(Duration::from_millis(100)));
        while self.status(path).await != status {
            assert!(begun.elapsed() < Duration::from_secs(30), "{path} never answered {status}");
            look.tick().await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[tokio::test]
async fn metrics_have_an_address_of_their_own_and_say_nothing_of_people() {
    let running = Running::start();
    let http = Client::new();
    assert_eq!(http.get(format!("{}/ready", running.web)).send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(http.get(format!("{}/metrics", running.web)).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let said =
        http.post(&running.web).header("origin", &running.web).form(&[("text", "where can I get free legal help?")]);
    assert!(said.send().await.unwrap().status().is_success());
    let lines = [
        "ventanilla_turn_seconds_count{door=\"web\"} 1",
        "ventanilla_turn_seconds_bucket{door=\"web\",le=\"10\"} 1",
        "ventanilla_verdicts_total{lang=\"en\",verdict=\"answered\"} 1",
        "ventanilla_outbox_waiting 0",
        "ventanilla_outbox_oldest_seconds 0",
        "ventanilla_database_up 1",
        "ventanilla_revision 1",
        "ventanilla_database_connections{pool=\"write\",state=\"idle\"} 1",
    ];
    let begun = Instant::now();
    let page = loop {
        let page = http.get(&running.metrics).send().await.unwrap().text().await.unwrap();
        let missing = lines.iter().find(|line| !page.lines().any(|found| found == **line));
        // The write connection may be busy with a heartbeat for a moment.
        let Some(missing) = missing else { break page };
        assert!(begun.elapsed() < Duration::from_secs(20), "{missing}: {page}");
    };
    assert!(page.contains("ventanilla_model_build_seconds ") && page.contains("# HELP ventanilla_commits_total"));
    assert!(!page.contains("legal"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_answered_although_whoever_started_it_has_closed_its_outputs() {
    let (fake, folder) = (FakeBotApi::start().await, tempfile::tempdir().unwrap());
    fake.push(updates::text(1, "where can I get free legal help?"));
    let mut program = Command::new(env!("CARGO_BIN_EXE_ventanilla"))
        .current_dir(folder.path())
        .env("VENTANILLA_LISTEN", "127.0.0.1:0")
        .env("TELEGRAM_BOT_TOKEN", TOKEN)
        .env("TELEGRAM_API_URL", fake.url())
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop((program.stdout.take(), program.stderr.take()));
    let sent = fake.wait_sent(1, 1).await;
    stop(&mut program);
    assert!(!sent[0].text.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_ends_the_program_in_good_order_whatever_is_still_open() {
    let mut running = Running::start();
    // Somebody has a connection open and says nothing.
    let address = running.web.trim_start_matches("http://").to_owned();
    let silent = tokio::net::TcpStream::connect(&address).await.unwrap();
    let told = Instant::now();
    Command::new("kill").arg(running.program.id().to_string()).status().unwrap();
    let status = tokio::task::block_in_place(|| running.program.wait().unwrap());
    assert!(status.success());
    assert!(told.elapsed() < Duration::from_secs(10), "a supervisor would have killed it");
    drop(silent);
}

#[tokio::test]
async fn a_job_is_done_by_one_replica_and_again_when_it_is_due() {
    for test in databases().await {
        let app = app(&test);
        let doing = ["a", "b", "c"].map(|replica| take_up(&app, Job::CleanUp, replica));
        let done = futures::future::join_all(doing).await;
        assert_eq!(done.into_iter().filter(|done| *done.as_ref().unwrap()).count(), 1);
        app.clock.advance(TimeDelta::minutes(9));
        assert!(!take_up(&app, Job::CleanUp, "b").await.unwrap());
        app.clock.advance(TimeDelta::minutes(2));
        assert!(take_up(&app, Job::CleanUp, "b").await.unwrap());
    }
}

#[tokio::test]
async fn replicas_that_start_at_once_make_the_schema_once() {
    let Some(address) = postgres::database().await else { return };
    let opened = futures::future::join_all((0..4).map(|_| Db::open(&address))).await;
    for db in opened {
        let db = db.unwrap();
        assert!(db.is_up_to_date().await.unwrap());
        db.close().await;
    }
}
