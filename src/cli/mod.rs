//! The command line: one file per subcommand; without a subcommand it runs `serve`.

mod ask;
mod backup;
mod chat;
mod config;
mod evaluate;
mod faq;
mod keys;
mod logs;
mod open;
mod outbox;
mod serve;
mod staff;
mod stats;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::open::Failure;
use crate::config::{AppConfig, Origin, ServeConfig, Settled, Unsettled, environment, environment_names, settle};

/// Trusted answers for migrants in Haitian Creole, Spanish and English: web chat, Telegram and terminal.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    app: AppConfig,
    #[command(flatten)]
    serve: ServeConfig,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the web chat, and Telegram where there is a token (also without a subcommand)
    Serve,
    /// Talk with the bot in the terminal
    Chat(chat::ChatArguments),
    /// Ask one question and get one answer
    Ask(ask::AskArguments),
    /// Check, load or write out entries, offices and sources
    #[command(subcommand)]
    Faq(faq::FaqCommand),
    /// Let people into the console
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Show what was counted: messages, answers, languages, hours; small counts are hidden
    Stats(stats::StatsArguments),
    /// Measure how well messages are understood
    #[command(subcommand)]
    Evaluate(evaluate::EvaluateCommand),
    /// Copy the SQLite database into a file, also while ventanilla runs
    Backup(backup::BackupArguments),
    /// Put a backup in the place of the SQLite database
    Restore(backup::RestoreArguments),
    /// Move everything from SQLite to PostgreSQL
    Move(backup::MoveArguments),
    /// See what could not be delivered, try it again or drop it
    #[command(subcommand)]
    Outbox(outbox::OutboxCommand),
    /// Replace the key that seals
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Show the settings that hold, and where each came from
    #[command(subcommand)]
    Config(config::ConfigCommand),
}

/// Runs the subcommand of the command line.
pub fn main() -> ExitCode {
    logs::quiet_panics();
    let variables = environment_names();
    let settled =
        settle(&Arguments::command(), std::env::args_os(), &environment, &variables, |arguments: &Arguments| {
            arguments.serve.contradictions()
        });
    let settled = match settled {
        Ok(settled) => settled,
        Err(Unsettled::Usage(error)) => error.exit(),
        Err(Unsettled::Problems(problems)) => return config::refuse(&problems),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    match runtime.block_on(run(settled)) {
        Ok(code) => code,
        // The reader closed the pipe early, as `head` does.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

async fn run(settled: Settled<Arguments>) -> Result<ExitCode, Failure> {
    let Arguments { command, mut app, serve } = settled.arguments;
    app.names_database = settled.settings.iter().any(|one| one.name == "database_url" && one.origin != Origin::BuiltIn);
    match command {
        None | Some(Command::Serve) => serve::serve(&app, &serve).await,
        Some(Command::Chat(chat)) => chat::chat(&app, &chat).await,
        Some(Command::Ask(ask)) => ask::ask(&app, &ask).await,
        Some(Command::Faq(command)) => faq::faq(&app, &command).await,
        Some(Command::Staff(command)) => staff::staff(&app, &serve, &command).await,
        Some(Command::Stats(arguments)) => stats::stats(&app, &arguments).await,
        Some(Command::Evaluate(command)) => evaluate::evaluate(&app, &command).await,
        Some(Command::Backup(backup)) => backup::back_up(&app, &backup).await,
        Some(Command::Restore(restore)) => backup::bring_back(&app, &restore).await,
        Some(Command::Move(arguments)) => backup::move_app(&app, &arguments).await,
        Some(Command::Outbox(command)) => outbox::outbox(&app, &command).await,
        Some(Command::Keys(command)) => keys::keys(&app, &command).await,
        Some(Command::Config(config::ConfigCommand::Check)) => config::show(&settled.settings),
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    // An error while writing to stderr cannot be reported anywhere.
    let _ = writeln!(anstream::stderr(), "ventanilla: {error}");
    ExitCode::FAILURE
}
