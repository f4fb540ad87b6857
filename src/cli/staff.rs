//! `ventanilla staff`: invites staff, lists accounts, and restores access to an account.

use std::io::Write;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::ask::language;
use super::open::Failure;
use crate::app::{INVITED, NEW_PASSWORD, invite_first, lost_factor_off_of, password_link_of};
use crate::clock::Clock;
use crate::config::{AppConfig, ServeConfig};
use crate::domain::staff::account::{Account, Role};
use crate::domain::text::lang::Lang;
use crate::store::Db;
use crate::store::staff::accounts;

#[derive(Debug, Subcommand)]
pub(super) enum StaffCommand {
    /// Print a link that makes somebody an account of the console; it works once
    Invite(Invite),
    /// List the accounts that work: sign-in name, role, whether there is a second factor, name
    List,
    /// Print a link by which somebody chooses a new password; it works once
    Reset(Reset),
    /// Turn off the second factor of somebody who has lost it
    FactorOff {
        /// The sign-in name, as `staff list` shows it
        name: String,
    },
}

/// Options of an invitation.
#[derive(Debug, Args)]
pub(super) struct Invite {
    /// What the account may do: observer, author, reviewer or administrator
    #[arg(long, value_parser = role, default_value = "administrator")]
    role: Role,
    /// The language in which the invited person is spoken to
    #[arg(long, value_parser = language)]
    lang: Option<Lang>,
    /// The address at which the console is reached; without it that of the settings: telegram_webhook_url, or listen
    #[arg(long)]
    address: Option<String>,
}

/// Options of a password link.
#[derive(Debug, Args)]
pub(super) struct Reset {
    /// The sign-in name, as `staff list` shows it
    name: String,
    /// The address at which the console is reached; without it that of the settings: telegram_webhook_url, or listen
    #[arg(long)]
    address: Option<String>,
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| format!("choose one of {}", Role::ALL.map(Role::name).join(", ")))
}

pub(super) async fn staff(
    config: &AppConfig,
    serve: &ServeConfig,
    command: &StaffCommand,
) -> Result<ExitCode, Failure> {
    // Nothing is decrypted, so no key is needed.
    let db = Db::open_existing(&config.database_url).await?;
    let said = match command {
        StaffCommand::Invite(wanted) => invited(&db, serve, wanted).await?,
        StaffCommand::List => listed(&accounts::list(&db).await?),
        StaffCommand::Reset(Reset { name, address }) => {
            let token = password_link_of(&db, Clock::System.now(), &plain(name)).await?;
            let token = token.ok_or_else(|| nobody(name))?;
            let link = format!("{}/console/new-password/{token}", reached(address.as_deref(), serve));
            format!(
                "{link}\nIt works once, for {} hours. It ends the sessions of `{name}`.\n",
                NEW_PASSWORD.num_hours()
            )
        }
        StaffCommand::FactorOff { name } => {
            let had = lost_factor_off_of(&db, Clock::System.now(), &plain(name)).await?.ok_or_else(|| nobody(name))?;
            match had {
                true => format!(
                    "The second factor of `{name}` is off: the password alone signs in. The sessions have ended.\n"
                ),
                false => format!("`{name}` has no second factor: nothing has changed.\n"),
            }
        }
    };
    db.close().await;
    write!(anstream::stdout(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}

async fn invited(db: &Db, serve: &ServeConfig, wanted: &Invite) -> Result<String, Failure> {
    let Invite { role, lang, address } = wanted;
    let token = invite_first(db, Clock::System.now(), *role, lang.unwrap_or_else(Lang::first)).await?;
    let link = format!("{}/console/invitation/{token}", reached(address.as_deref(), serve));
    let (days, role) = (INVITED.num_days(), role.name());
    Ok(format!("{link}\nIt works once, for {days} days. It makes an account with the role {role}.\n"))
}

/// The console's base URL: as given, else the public one, else a local one.
fn reached(said: Option<&str>, serve: &ServeConfig) -> String {
    let outside =
        said.or(serve.telegram_webhook_url.as_deref()).map(|address| address.trim_end_matches('/').to_owned());
    outside.unwrap_or_else(|| {
        let mut here = serve.listen;
        if here.ip().is_unspecified() {
            here.set_ip(if here.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
        }
        format!("http://{here}")
    })
}

/// The form in which sign-in names are stored.
fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

fn nobody(name: &str) -> String {
    format!("nobody signs in as `{name}`; `ventanilla staff list` shows all who do")
}

fn listed(all: &[Account]) -> String {
    let working: Vec<&Account> = all.iter().filter(|account| !account.ended).collect();
    if working.is_empty() {
        return "Nobody has an account yet; `ventanilla staff invite` makes a link for the first.\n".to_owned();
    }
    let line = |account: &&Account| {
        let factor = if account.has_second_factor { "second factor" } else { "-" };
        format!("{:<20}  {:<13}  {factor:<13}  {}\n", account.login, account.role.name(), account.name)
    };
    working.iter().map(line).collect()
}
