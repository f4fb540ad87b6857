//! `/link`: a code from the console links a Telegram chat to an account.

use super::decision::{Command, Decision, NextDialogue, sealed_home};
use super::visit::{Spoken, Visit};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::AppError;
use crate::app::runtime::internal_error::InternalError;
use crate::app::staff::remind::monday;
use crate::app::staff::throttle::{Try, attempt};
use crate::app::staff::typed_code::typed_code_hash;
use crate::bot::citizen::Message;
use crate::domain::people::chat::ChatKey;
use crate::domain::staff::account::Account;
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};
use crate::store::StoreError;
use crate::store::staff::accounts;
use crate::store::staff::telegram_links::{self, Link};

/// Handles `/link`. The rate limit per chat protects against load; an 80-bit code cannot be guessed anyway.
pub(super) async fn link(
    app: &App,
    key: &ChatKey,
    spoken: &Spoken,
    code: &str,
) -> Result<(Option<Account>, Decision), AppError> {
    let lang = spoken.proposed.unwrap_or_else(Lang::first);
    if code.trim().is_empty() {
        return Ok((None, told(lang, &Label::StaffChatLinkHow)));
    }
    attempt(app, Try::Link(key.as_str())).await?;
    let (hash, now) = (typed_code_hash(code), app.clock.now());
    let account = match telegram_links::whose_code(&app.db, &hash, now.timestamp()).await? {
        Some(id) => accounts::find(&app.db, &id).await?.filter(|account| !account.ended),
        None => None,
    };
    let Some(account) = account else { return Ok((None, told(lang, &Label::StaffChatCodeWrong))) };
    let link = Link {
        chat: key.as_str().to_owned(),
        account: account.id.clone(),
        address: sealed_home(app, key.as_str(), &spoken.home),
        linked_at: now.timestamp(),
        reminders: true,
        // The first reminder comes next week.
        reminded_on: monday(app, now).to_string(),
        dialogue: None,
        dialogue_until: None,
        version: 0,
    };
    let welcome = Message::new(account.lang).line(say(account.lang, &Label::StaffChatWelcome { name: &account.name }));
    let welcome = welcome.line(say(account.lang, &Label::StaffChatCommands));
    Ok((
        Some(account),
        Decision { messages: vec![welcome], next: NextDialogue::Stay, command: Command::Link(link, hash) },
    ))
}

/// Revokes a link code that was posted in a group, where everybody could read it. `None` if it is not a valid code.
pub(super) async fn said_aloud(app: &App, spoken: &Spoken, code: &str) -> Result<Option<Decision>, InternalError> {
    let failed = |error: StoreError| InternalError::new("drop a code that was said in a group", error);
    let mut tx = app.db.begin().await.map_err(failed)?;
    let known = telegram_links::take_code(&mut tx, &typed_code_hash(code)).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    let lang = spoken.proposed.unwrap_or_else(Lang::first);
    Ok(known.then(|| told(lang, &Label::StaffChatCodeRead)))
}

fn told(lang: Lang, label: &Label<'_>) -> Decision {
    Decision::say(Message::new(lang).line(say(lang, label)))
}

impl Visit<'_> {
    pub(super) fn unlink(&self) -> Decision {
        Decision::command(Command::Unlink, Message::new(self.lang).line(say(self.lang, &Label::StaffChatUnlinked)))
    }
}
