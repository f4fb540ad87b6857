//! Staff chat: turns of colleagues in Telegram, in a flow separate from people's turns.
//!
//! Every turn reads the account anew and checks its rights again. Its action, its replies and the update's number are
//! written in one transaction.

mod anonymous;
mod command;
mod decision;
mod dialogue;
mod entry;
mod group;
pub(super) mod known_chats;
mod linking;
mod proposal;
mod review;
mod submit;
mod turn_commit;
mod visit;
pub(super) mod wording;

use std::future::Future;
use std::pin::Pin;

pub use self::anonymous::explain_anonymous;
use self::decision::Decision;
use self::dialogue::Dialogue;
pub(super) use self::dialogue::LIFE as DIALOGUE;
use self::turn_commit::write;
pub use self::visit::{Spoken, StaffTurnOutcome};
use self::visit::{Visit, group_key, said_no};
use super::runtime::app::App;
use super::runtime::app_error::{AppError, ensure};
use super::runtime::internal_error::InternalError;
use super::turns::source_message::{Before, Hashed, SourceMessage};
use crate::bot::citizen::{StaffButton, StaffInput};
use crate::domain::people::chat::{ChatKey, Door};
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::lang::Lang;
use crate::store::StoreError;
use crate::store::staff::accounts;
use crate::store::staff::telegram_links::{self, Link};

/// Most attempts of a turn; another is needed when a different replica saved the dialogue first.
const ATTEMPTS: usize = 8;

/// Takes a message that may be a colleague's turn. If it is, the replies are in the outbox when this returns.
///
/// # Errors
/// Where the database fails: nothing has been saved, and the update should be delivered again.
pub async fn take_staff_turn(app: &App, spoken: &Spoken) -> Result<StaffTurnOutcome, InternalError> {
    take_staff_turn_of(app, spoken, None).await
}

/// Like `take_staff_turn` for a message that can be edited: new words replace earlier ones, and an edit without a
/// change does nothing.
pub async fn take_staff_turn_of(
    app: &App,
    spoken: &Spoken,
    source: Option<&SourceMessage>,
) -> Result<StaffTurnOutcome, InternalError> {
    let failed = |error: StoreError| InternalError::new("look for a colleague", error);
    let key = app.encryption.chat_key(Door::Telegram, &spoken.address).staff();
    // Most messages come from people; the cache spares them a query.
    if matches!(spoken.input, StaffInput::Text(_))
        && !app.staff_chats.has(&app.db, &key, app.clock.now()).await.map_err(failed)?
    {
        return Ok(StaffTurnOutcome::NotStaff);
    }
    let _lock = app.chat_locks.enter(&key).await;
    for _ in 0..ATTEMPTS {
        if let Some(done) = attempt(app, spoken, source, &key).await? {
            return Ok(done);
        }
    }
    Err(InternalError::new("take a colleague's turn", "the dialogue was saved by others again and again"))
}

/// One attempt; `None` where another replica saved first.
async fn attempt(
    app: &App,
    spoken: &Spoken,
    source: Option<&SourceMessage>,
    key: &ChatKey,
) -> Result<Option<StaffTurnOutcome>, InternalError> {
    let message = source
        .map(|source| Hashed::of(&app.encryption, &group_key(app, spoken).unwrap_or_else(|| key.clone()), source));
    let message = message.as_ref();
    let link = telegram_links::of_chat(&app.db, key).await;
    let link = link.map_err(|error| InternalError::new("look for a colleague", error))?;
    if let (StaffInput::Link(code), Some(_)) = (&spoken.input, &spoken.group) {
        return match linking::said_aloud(app, spoken, code).await? {
            Some(decision) => write(app, (spoken, message), key, (None, None), decision).await,
            None => Ok(Some(StaffTurnOutcome::Nothing)),
        };
    }
    if let StaffInput::Link(code) = &spoken.input {
        let (account, decision) = linking::link(app, key, spoken, code).await.or_else(|trouble| {
            let lang = spoken.proposed.unwrap_or_else(Lang::first);
            Ok((None, said_no(lang, trouble)?))
        })?;
        return write(app, (spoken, message), key, (account.as_ref(), None), decision).await;
    }
    let stranger = if is_for_staff_alone(spoken) { StaffTurnOutcome::Nothing } else { StaffTurnOutcome::NotStaff };
    let Some((mut visit, link)) = visit(app, key, link).await? else { return Ok(Some(stranger)) };
    visit.group = group_key(app, spoken).map(|key| (key, spoken.home.clone()));
    let change = match message.filter(|message| message.edited && matches!(spoken.input, StaffInput::Text(_))) {
        None => None,
        Some(message) => Some((message.number, before(app, message).await?)),
    };
    match change {
        // The message was not part of a staff chat before the edit.
        Some((_, Before::Unknown)) => return Ok(Some(StaffTurnOutcome::NotStaff)),
        Some((_, Before::Same)) => return Ok(Some(StaffTurnOutcome::Taken)),
        None if matches!(spoken.input, StaffInput::Text(_)) && visit.dialogue.is_none() => {
            return Ok(Some(StaffTurnOutcome::NotStaff));
        }
        Some((_, Before::Other)) | None => {}
    }
    visit.message = message.map(|message| message.number);
    let decision = match (change, &spoken.input) {
        (Some((number, _)), StaffInput::Text(words)) => visit.changed(number, words).await,
        (Some(_) | None, input) => visit.decide(input).await,
    };
    let decision = match decision {
        // The rest of the group need not read that somebody lacks a right.
        Err(AppError::Refused(Refusal::NoRight)) if spoken.group.is_some() => {
            return Ok(Some(StaffTurnOutcome::Nothing));
        }
        decision => decision.or_else(|trouble| said_no(visit.lang, trouble))?,
    };
    write(app, (spoken, message), key, (Some(&visit.account), Some(link.version)), decision).await
}

/// Compares the message's words with those noted before.
async fn before(app: &App, message: &Hashed) -> Result<Before, InternalError> {
    let run = async {
        let mut tx = app.db.begin().await?;
        message.before(&mut tx).await
    };
    run.await.map_err(|error: StoreError| InternalError::new("look for a colleague's words", error))
}

/// The account linked to the chat, read anew; `None` where there is none or it has ended.
async fn visit<'a>(
    app: &'a App,
    key: &ChatKey,
    link: Option<Link>,
) -> Result<Option<(Visit<'a>, Link)>, InternalError> {
    let Some(link) = link else { return Ok(None) };
    let account = accounts::find(&app.db, &link.account).await;
    let account = account.map_err(|error| InternalError::new("read a colleague's account", error))?;
    let Some(account) = account.filter(|account| !account.ended) else { return Ok(None) };
    let now = app.clock.now();
    let dialogue = Dialogue::open(app, key, &link, now);
    Ok(Some((Visit { app, lang: account.lang, account, dialogue, group: None, message: None, now }, link)))
}

/// Staff buttons and replies to announcements in a group; other members get no answer to them.
fn is_for_staff_alone(spoken: &Spoken) -> bool {
    spoken.group.is_some() && matches!(spoken.input, StaffInput::Press(_) | StaffInput::Reply(..))
}

impl Visit<'_> {
    /// Decides the turn. Boxed because the future is very large and rarely needed.
    fn decide<'t>(
        &'t self,
        input: &'t StaffInput,
    ) -> Pin<Box<dyn Future<Output = Result<Decision, AppError>> + Send + 't>> {
        Box::pin(async move {
            match input {
                StaffInput::Link(_) => Err(Refusal::Invalid.into()),
                StaffInput::Unlink => Ok(self.unlink()),
                StaffInput::Entry(words) => self.entry(words).await,
                StaffInput::Review => self.review().await,
                StaffInput::Text(words) => self.turn_input(words).await,
                StaffInput::Press(button) => self.press(button).await,
                StaffInput::Group { off } => self.group(*off),
                StaffInput::Reply(code, words) => self.replied(code, words).await,
            }
        })
    }

    async fn turn_input(&self, words: &str) -> Result<Decision, AppError> {
        match &self.dialogue {
            Some(Dialogue::Writing(writing)) => self.written(writing.clone(), words).await,
            Some(Dialogue::SendingBack(mark)) => self.reason(mark, words).await,
            None => Err(Refusal::Gone.into()),
        }
    }

    /// An earlier message was edited: updates the text being written, or says that it was already submitted.
    async fn changed(&self, number: i64, words: &str) -> Result<Decision, AppError> {
        match &self.dialogue {
            Some(Dialogue::Writing(writing)) => self.rewritten(writing.clone(), number, words).await,
            Some(Dialogue::SendingBack(_)) | None => Err(Refusal::DialogueOver.into()),
        }
    }

    async fn press(&self, button: &StaffButton) -> Result<Decision, AppError> {
        // In a group others would read the colleague's drafts.
        ensure(self.group.is_none() || button.is_about_a_question(), Refusal::NoRight)?;
        match button {
            StaffButton::Show(key) => self.show(key).await,
            StaffButton::Verify(key) => self.verify(key).await,
            StaffButton::Propose(key) => self.propose(key),
            StaffButton::ProposeIn(key, lang) => self.propose_in(key, *lang).await,
            StaffButton::Question => self.ask_question(),
            StaffButton::Part(aspect) => self.ask_part(*aspect),
            StaffButton::Change(change) => self.choose(*change),
            StaffButton::Submit => self.submit().await,
            StaffButton::ThrowAway => Ok(self.throw_away()),
            StaffButton::Review => self.review().await,
            StaffButton::Read(mark) => self.read(mark).await,
            StaffButton::Accept(mark) => self.accept(mark).await,
            StaffButton::SendBack(mark) => self.send_back(mark).await,
            StaffButton::Claim(code) => self.claim(code).await,
            StaffButton::GiveBack(code) => self.give_back(code).await,
            StaffButton::Close(code) => self.close(code).await,
            StaffButton::SendEntry(code, entry) => self.send_entry(code, entry).await,
        }
    }
}
