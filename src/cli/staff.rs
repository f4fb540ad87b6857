//! `ventanilla staff`: the first administrator's invitation, which nobody at the console can give.

use std::io::Write;
use std::process::ExitCode;

use clap::Subcommand;

use super::ask::language;
use super::{Failure, open};
use crate::actions::{INVITED, Trouble, invite};
use crate::config::HouseConfig;
use crate::domain::lang::Lang;
use crate::domain::staff::{Limits, Role};

#[derive(Debug, Subcommand)]
pub(super) enum StaffCommand {
    /// Print a link that makes somebody an account of the console; it works once
    Invite {
        /// What the account may do
        #[arg(long, value_parser = role, default_value = "administrator")]
        role: Role,
        /// The language in which the invited person is spoken to
        #[arg(long, value_parser = language)]
        lang: Option<Lang>,
        /// The address at which the console is reached
        #[arg(long, default_value = "http://127.0.0.1:8080")]
        address: String,
    },
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| format!("choose one of {}", Role::ALL.map(Role::name).join(", ")))
}

pub(super) async fn staff(config: &HouseConfig, command: &StaffCommand) -> Result<ExitCode, Failure> {
    let StaffCommand::Invite { role, lang, address } = command;
    let house = open(config).await?;
    let lang = lang.unwrap_or_else(Lang::first);
    let token = match invite(&house, None, *role, Limits::default(), lang).await {
        Ok(token) => token,
        Err(Trouble::Refused(refusal)) => return Err(format!("{refusal:?}").into()),
        Err(Trouble::Failed(fault)) => return Err(fault.into()),
    };
    house.db.close().await;
    let mut out = anstream::stdout();
    writeln!(out, "{}/console/invitation/{token}", address.trim_end_matches('/'))?;
    writeln!(
        out,
        "It works once, for {} days. It makes an account with the role {}.",
        INVITED.num_days(),
        role.name()
    )?;
    Ok(ExitCode::SUCCESS)
}
