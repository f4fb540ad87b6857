//! The command line: one file per subcommand; `serve` is the one without a name.

mod ask;
mod chat;
mod evaluate;
mod faq;
mod logs;
mod serve;
mod staff;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::actions::{House, NoHouse};
use crate::clock::Clock;
use crate::config::{HouseConfig, ServeConfig};

/// Trusted answers for migrants in Haitian Creole, Spanish and English: web chat, Telegram and terminal.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    house: HouseConfig,
    #[command(flatten)]
    serve: ServeConfig,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the web chat, and Telegram where there is a token (also without a subcommand)
    Serve(ServeConfig),
    /// Talk with the bot in the terminal
    Chat(chat::ChatArguments),
    /// Ask one question and get one answer
    Ask(ask::AskArguments),
    /// Check or load entries, offices and sources
    #[command(subcommand)]
    Faq(faq::FaqCommand),
    /// Let people into the console
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Measure how well messages are understood
    #[command(subcommand)]
    Evaluate(evaluate::EvaluateCommand),
}

/// A subcommand that did not succeed: what to tell the person.
type Failure = Box<dyn std::error::Error>;

/// Runs the subcommand of the command line.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    logs::quiet_panics();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    match runtime.block_on(run(arguments)) {
        Ok(code) => code,
        // Whoever reads has read enough, as `head` does.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments { command, house, serve } = arguments;
    match command {
        None => serve::serve(&house, &serve).await,
        Some(Command::Serve(serve)) => serve::serve(&house, &serve).await,
        Some(Command::Chat(chat)) => chat::chat(&house, &chat).await,
        Some(Command::Ask(ask)) => ask::ask(&house, &ask).await,
        Some(Command::Faq(command)) => faq::faq(&house, &command).await,
        Some(Command::Staff(command)) => staff::staff(&house, &command).await,
        Some(Command::Evaluate(command)) => evaluate::evaluate(&house, &command).await,
    }
}

async fn open(config: &HouseConfig) -> Result<House, NoHouse> {
    House::open(&config.database_url, &config.key_file, Clock::System, config.time_zone).await
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    // Nothing is left to do where not even this can be written.
    let _ = writeln!(anstream::stderr(), "ventanilla: {error}");
    ExitCode::FAILURE
}
