//! The load tool: many chats talk with the real program over loopback, by a fake Bot API server, and every reply is checked.
//!
//! `cargo build --profile dist --features jemalloc && cargo run --release --example load -- --chats 500 --messages 20`
//!
//! Beside it, in the same run, stands the floor: the same web framework and commits to the same database, with no work between.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that cannot go on has failed, and says so"
)]

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/it/fake_bot_api/mod.rs"]
mod fake_bot_api;
mod floor;
#[path = "../../tests/it/needs.rs"]
mod needs;
#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/it/postgres.rs"]
mod postgres;
mod program;
mod report;
mod run;
mod script;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use self::program::Program;
use self::report::Report;

/// What to measure.
#[derive(Debug, Clone, Parser)]
#[command(name = "load")]
pub struct Load {
    /// How many chats talk at once
    #[arg(long, default_value_t = 500)]
    pub chats: usize,
    /// How many messages each of them writes
    #[arg(long, default_value_t = 20)]
    pub messages: usize,
    /// The database
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    pub database: Database,
    /// How many replicas; more than one needs PostgreSQL and the webhook
    #[arg(long, default_value_t = 1)]
    pub replicas: usize,
    /// How updates come in
    #[arg(long, value_enum, default_value_t = Mode::Polling)]
    pub mode: Mode,
    /// So many messages a second from all chats together; without it each chat writes as soon as it is answered
    #[arg(long)]
    pub rate: Option<f64>,
    /// Ten times the rate from the fifth to the fifteenth second
    #[arg(long, requires = "rate")]
    pub burst: bool,
    /// How many commits the floor makes for a message: one when it is taken and one when its reply has gone out
    #[arg(long, default_value_t = 2)]
    pub floor_commits: usize,
    /// Print JSON for programs
    #[arg(long)]
    pub json: bool,
    /// The folder for the databases, on the disk to be measured
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target"))]
    pub folder: PathBuf,
    /// The program to measure
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/dist/ventanilla"))]
    pub program: PathBuf,
    #[arg(long, hide = true)]
    floor_server: Option<String>,
}

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Database {
    /// A file of its own
    Sqlite,
    /// A server of its own that writes to the disk with every commit
    Postgres,
}

/// How updates come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// They are fetched
    Polling,
    /// They are brought
    Webhook,
}

fn main() -> ExitCode {
    let load = Load::parse();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match &load.floor_server {
        Some(database) => runtime.block_on(floor::serve(database, load.floor_commits)),
        None => match missing(&load) {
            None => runtime.block_on(measure(&load)),
            Some(words) => {
                eprintln!("{words}");
                ExitCode::FAILURE
            }
        },
    }
}

/// What is missing before anything can be measured, in a sentence that says what to do.
fn missing(load: &Load) -> Option<String> {
    let (program, folder) = (load.program.display(), load.folder.display());
    if !load.program.is_file() {
        let build = "cargo build --profile dist --features jemalloc";
        Some(format!("There is no program at {program}. Build it with `{build}`, or name one with --program."))
    } else if !load.folder.is_dir() {
        Some(format!("There is no folder {folder} for the databases. Make it, or name another one with --folder."))
    } else if load.replicas > 1 && (load.database != Database::Postgres || load.mode != Mode::Webhook) {
        Some("Several replicas need --database postgres and --mode webhook.".to_owned())
    } else if load.database == Database::Postgres && postgres::programs().is_none() {
        Some("PostgreSQL is not on this machine. Install it (`apt-get install postgresql`).".to_owned())
    } else {
        None
    }
}

async fn measure(load: &Load) -> ExitCode {
    let folder = tempfile::tempdir_in(&load.folder).unwrap();
    let server = (load.database == Database::Postgres).then(|| postgres::Server::start(true).expect("PostgreSQL"));
    let (database, floor_database) = match &server {
        None => {
            let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
            (file("load.db"), file("floor.db"))
        }
        Some(server) => (server.database().await, server.database().await),
    };
    let floor = floor::measure(load, &floor_database).await;
    let scripts = script::scripts(load.messages);
    let fake = fake_bot_api::FakeBotApi::start().await;
    let mut programs = Vec::new();
    for _ in 0..load.replicas {
        programs.push(Program::start(load, &database, folder.path(), &fake).await);
    }
    let ran = run::run(load, &fake, &scripts, &programs).await;
    let report = Report::of(load, &ran, floor, &programs).await;
    for program in programs {
        program.stop();
    }
    report.print(load.json);
    if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
