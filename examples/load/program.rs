//! The program: the real ventanilla in a process of its own, watched from outside.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::fake_bot_api::{FakeBotApi, TOKEN};
use crate::{Load, Mode};

/// The most connections that Telegram makes to a webhook.
const CONNECTIONS: usize = 100;

/// What is shown with each update.
const SECRET: &str = "a-secret_that-nobody-guesses";

/// A running ventanilla.
pub struct Program {
    child: Child,
    http: Client,
    /// As many connections as Telegram makes to a webhook at the most.
    connections: Semaphore,
    web: String,
    metrics: String,
    /// How long it took from its start until it was ready.
    pub ready: Duration,
}

impl Program {
    /// Starts it and waits until it is ready.
    pub async fn start(load: &Load, database: &str, folder: &Path, fake: &FakeBotApi) -> Program {
        let begun = Instant::now();
        let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
        let mut command = Command::new(std::fs::canonicalize(&load.program).unwrap());
        command
            .arg("serve")
            .current_dir(folder)
            .env("DATABASE_URL", database)
            .env("VENTANILLA_KEY_FILE", "key")
            .env("VENTANILLA_LISTEN", "127.0.0.1:0")
            .env("VENTANILLA_METRICS_LISTEN", "127.0.0.1:0")
            .env("TELEGRAM_BOT_TOKEN", TOKEN)
            .env("TELEGRAM_API_URL", fake.url())
            .env("TELEGRAM_PACE", "1000000")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(log);
        if load.mode == Mode::Webhook {
            command.env("TELEGRAM_WEBHOOK_URL", "https://bot.example").env("TELEGRAM_WEBHOOK_SECRET", SECRET);
        }
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut address = |what: &str| {
            let line = lines.find(|line| line.starts_with(what)).unwrap_or_else(|| panic!("no {what}: see the log"));
            line.split_whitespace().last().unwrap().to_owned()
        };
        let (web, metrics) = (address("Web chat:"), address("Metrics:"));
        let program = Program {
            child,
            http: Client::new(),
            connections: Semaphore::new(CONNECTIONS),
            web,
            metrics,
            ready: Duration::ZERO,
        };
        while program.http.get(format!("{}/ready", program.web)).send().await.unwrap().status() != StatusCode::OK {}
        Program { ready: begun.elapsed(), ..program }
    }

    /// Brings an update, as Telegram does; true where it was taken.
    pub async fn bring(&self, update: &Value) -> bool {
        let _connection = self.connections.acquire().await.unwrap();
        let request = self.http.post(format!("{}/telegram/webhook", self.web));
        let request = request.header("X-Telegram-Bot-Api-Secret-Token", SECRET).body(update.to_string());
        request.send().await.is_ok_and(|response| response.status() == StatusCode::OK)
    }

    /// How many transactions it has committed.
    pub async fn commits(&self) -> u64 {
        let page = self.http.get(&self.metrics).send().await.unwrap().text().await.unwrap();
        let line = page.lines().find_map(|line| line.strip_prefix("ventanilla_commits_total "));
        line.map_or(0, |number| number.parse().unwrap())
    }

    /// The memory it holds, in megabytes.
    pub fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }

    /// Tells it to stop and waits until it has.
    pub fn stop(mut self) {
        Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(self.child.wait().unwrap().success(), "it stops in good order");
    }
}
