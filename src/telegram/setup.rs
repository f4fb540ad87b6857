//! Sets up the bot at Telegram: webhook or polling, and its name, descriptions and commands in each language.

use std::collections::BTreeSet;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::{Value, json};
use teloxide::payloads::{
    DeleteWebhook, GetMe, GetMyCommands, GetMyDescription, GetMyName, GetMyShortDescription, SetMyCommands,
    SetMyDescription, SetMyName, SetMyShortDescription,
};
use teloxide::requests::Payload;
use teloxide::types::BotCommand;
use tokio::sync::watch;
use tokio::time::sleep;

use super::client::{Client, Refusal, SET_WEBHOOK};
use super::door::Door;
use super::incoming::update;
use super::settings::Mode;
use super::webhook;
use crate::bot::citizen::{Command, command_phrase};
use crate::domain::text::lang::Lang;
use crate::i18n::{Phrase, say};

/// Longest pause between attempts to reach Telegram.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Reads the bot's username and sets how updates arrive; retries until it succeeds or is told to stop.
pub(super) async fn arrive(door: &Door, mode: &Mode, stop: &mut watch::Receiver<bool>) {
    let mut pause = Duration::from_secs(1);
    while !*stop.borrow() {
        match greet(door, mode).await {
            Ok(()) => {
                door.app.telegram.start_refused(None);
                return tracing::info!(way = mode.name(), "Telegram is open");
            }
            Err(refusal) => {
                door.app.telegram.start_refused(Some(refusal.to_string()));
                explain(&refusal, mode);
            }
        }
        tokio::select! {
            () = sleep(pause) => {}
            // An error means that the sender of `stop` is gone: stop as well.
            told = stop.changed() => if told.is_err() { return },
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn explain(refusal: &Refusal, mode: &Mode) {
    match (refusal, mode) {
        (Refusal::Never(_), Mode::Webhook { public_url, .. }) => {
            tracing::error!(%refusal, url = public_url, "Telegram does not take this webhook: mend telegram_webhook_url");
        }
        (Refusal::BadToken, _) => {
            tracing::error!(
                "Telegram does not know this token: write the bot's token into telegram_bot_token, and restart"
            );
        }
        _ => tracing::warn!(%refusal, "Telegram was not reached; trying again"),
    }
}

async fn greet(door: &Door, mode: &Mode) -> Result<(), Refusal> {
    let me = door.client.ask(&GetMe::new()).await?;
    if let Some(username) = me.get("username").and_then(Value::as_str) {
        // Already set on a second attempt.
        let _ = door.username.set(username.to_owned());
    }
    match mode {
        Mode::Polling => door.client.ask(&DeleteWebhook::new()).await.map(|_| ()),
        Mode::Webhook { public_url, secret } => set_webhook(&door.client, public_url, secret).await,
    }
}

async fn set_webhook(client: &Client, public_url: &str, secret: &SecretString) -> Result<(), Refusal> {
    let url = format!("{}{}", public_url.trim_end_matches('/'), webhook::PATH);
    let request = json!({"url": url, "secret_token": secret.expose_secret(), "allowed_updates": update::KINDS});
    client.ask_for(SET_WEBHOOK, &request, LONGEST_PAUSE).await.map(|_| ())
}

/// Writes names, descriptions and commands where they differ; Telegram limits the number of changes.
pub(super) async fn introduce(client: &Client) {
    for (lang, code) in codes() {
        if let Err(refusal) = introduce_in(client, lang, code).await {
            tracing::warn!(%refusal, code, "the bot's own page was not written");
        }
    }
}

async fn introduce_in(client: &Client, lang: Lang, code: &str) -> Result<(), Refusal> {
    let (name, about, short) =
        (say(lang, &Phrase::BotName), say(lang, &Phrase::BotDescription), say(lang, &Phrase::BotShort));
    let code = || Some(code.to_owned()).filter(|code| !code.is_empty());
    let get = GetMyCommands { language_code: code(), ..GetMyCommands::new() };
    let set = SetMyCommands { language_code: code(), ..SetMyCommands::new(commands(lang)) };
    keep(client, &get, &json!(set.commands), &set).await?;
    let get = GetMyDescription { language_code: code() };
    let set = SetMyDescription { language_code: code(), description: Some(about.clone()) };
    keep(client, &get, &json!({"description": about}), &set).await?;
    let get = GetMyShortDescription { language_code: code() };
    let set = SetMyShortDescription { language_code: code(), short_description: Some(short.clone()) };
    keep(client, &get, &json!({"short_description": short}), &set).await?;
    let get = GetMyName { language_code: code() };
    let set = SetMyName { language_code: code(), name: Some(name.clone()) };
    keep(client, &get, &json!({"name": name}), &set).await
}

async fn keep<G, S>(client: &Client, get: &G, wanted: &Value, set: &S) -> Result<(), Refusal>
where
    G: Payload + Serialize,
    S: Payload + Serialize,
{
    if client.ask(get).await? == *wanted {
        return Ok(());
    }
    client.ask(set).await.map(|_| ())
}

/// Every language code that Telegram uses, and an empty one as the default.
fn codes() -> Vec<(Lang, &'static str)> {
    let mut codes = vec![(Lang::first(), "")];
    for lang in Lang::all() {
        let own: BTreeSet<&str> = lang.about().proposed_for.iter().map(String::as_str).chain([lang.code()]).collect();
        codes.extend(own.into_iter().map(|code| (lang, code)));
    }
    codes
}

fn commands(lang: Lang) -> Vec<BotCommand> {
    let start = BotCommand::new("start", say(lang, &Phrase::CommandStart));
    let others = Command::ALL.map(|command| BotCommand::new(command.name(), say(lang, &command_phrase(command))));
    [start].into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_telegram_shows_of_the_bot_fits_its_limits() {
        for lang in Lang::all() {
            let long = |phrase| say(lang, &phrase).chars().count();
            assert!(long(Phrase::BotName) <= 64, "{lang}");
            assert!(long(Phrase::BotDescription) <= 512, "{lang}");
            assert!(long(Phrase::BotShort) <= 120, "{lang}");
            assert!(commands(lang).iter().all(|command| (1..=256).contains(&command.description.chars().count())));
        }
    }

    #[test]
    fn every_code_is_two_letters_and_stands_once() {
        let codes = codes();
        let all: BTreeSet<_> = codes.iter().map(|(_, code)| code).collect();
        assert_eq!(all.len(), codes.len());
        assert!(all.iter().all(|code| matches!(code.len(), 0 | 2)));
    }
}
