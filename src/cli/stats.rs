//! `ventanilla stats`: prints statistics; small counts are hidden, because a terminal's text is easily passed on.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::ask::language;
use super::open::Failure;
use crate::clock::Clock;
use crate::config::AppConfig;
use crate::domain::statistics::period::{LONGEST_PERIOD, Period};
use crate::domain::text::lang::Lang;
use crate::exports::statistics::{Names, Statistics, json, plain};
use crate::store::{Db, content};

/// Default period in days.
const USUAL: u64 = 30;

/// Period, language and format.
#[derive(Debug, Args)]
pub(super) struct StatsArguments {
    /// A month, such as 2026-11
    #[arg(long, value_parser = month, conflicts_with = "days")]
    month: Option<Period>,
    /// The last so many days, today included [default: 30]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=LONGEST_PERIOD))]
    days: Option<u64>,
    /// The language of the words
    #[arg(long, value_parser = language)]
    lang: Option<Lang>,
    /// Print JSON for programs
    #[arg(long)]
    json: bool,
}

fn month(text: &str) -> Result<Period, String> {
    Period::parse_month(text).ok_or_else(|| "write year and month, such as 2026-11".to_owned())
}

pub(super) async fn stats(config: &AppConfig, arguments: &StatsArguments) -> Result<ExitCode, Failure> {
    // Only counts and names are read: no training, no key.
    let db = Db::open_existing(&config.database_url).await?;
    let today = Clock::System.now().with_timezone(&config.time_zone).date_naive();
    let lang = arguments.lang.unwrap_or_else(Lang::first);
    let period = arguments.month.unwrap_or_else(|| Period::last(arguments.days.unwrap_or(USUAL), today));
    let content = content::load(&db).await?;
    let names = Names::of(content.topics.iter(), &content.entries, &content.municipalities, lang);
    let statistics = Statistics::outside(&db, period, &names, lang, today).await?;
    let mut out = anstream::stdout();
    if arguments.json {
        out.write_all(&json(&statistics)?)?;
    } else {
        write!(out, "{}", plain(&statistics))?;
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}
