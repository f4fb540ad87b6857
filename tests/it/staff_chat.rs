//! Staff in Telegram, as the actions do it: the same stories on SQLite and PostgreSQL, with a restart wherever one may come.

mod group;
mod linking;
mod proposal;
mod reminders;
mod stores;

use serde_json::json;
use ventanilla::app::{
    App, Delivery, Spoken, StaffTurnOutcome, UpdateId, make_link_code, settle_and_claim, take_staff_turn,
};
use ventanilla::bot::citizen::{Button, Message, StaffButton, StaffInput};
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::store::staff::audit;

use crate::fixtures::{TestDb, app, started_databases};

/// A house over the starter pack on each database.
pub async fn fixtures() -> Vec<(TestDb, App)> {
    let mut all = Vec::new();
    for test in started_databases().await {
        let app = app(&test);
        all.push((test, app));
    }
    all
}

/// A house on the same database, as after a restart.
pub fn restarted(test: &TestDb, before: &App) -> App {
    let again = app(test);
    again.clock.advance(before.clock.now() - again.clock.now());
    again
}

pub fn lang(code: &str) -> Lang {
    Lang::parse(code).unwrap()
}

/// A new account.
pub async fn joins(app: &App, login: &str, role: Role, limits: Limits, lang: Lang) -> Account {
    crate::staff::joins(app, login, role, limits, lang).await.0
}

/// Something said from a chat, in its own update.
pub fn spoken(chat: i64, update: i64, said: StaffInput) -> Spoken {
    let to = json!({ "chat": chat });
    let update = Some(UpdateId { source: "bot".into(), number: update });
    Spoken {
        address: chat.to_string(),
        group: None,
        update,
        input: said,
        proposed: None,
        return_to: to.clone(),
        home: to,
    }
}

/// Everything that waits in the outbox, delivered.
pub async fn delivered(app: &App) -> Vec<Message> {
    let mut all = Vec::new();
    loop {
        let outbox_messages = settle_and_claim(app, "w", &[], 9).await.unwrap();
        if outbox_messages.is_empty() {
            return all;
        }
        for outgoing in outbox_messages {
            settle_and_claim(app, "w", &[(outgoing.id, Delivery::Delivered)], 0).await.unwrap();
            all.push(outgoing.message);
        }
    }
}

/// Somebody says something: what they are told, and whether it was a colleague's.
pub async fn says(app: &App, chat: i64, said: StaffInput) -> (StaffTurnOutcome, Vec<Message>) {
    static UPDATES: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(1);
    let update = UPDATES.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    let taken = take_staff_turn(app, &spoken(chat, update, said)).await.unwrap();
    (taken, delivered(app).await)
}

/// The words of all that a colleague is told.
pub async fn told(app: &App, chat: i64, said: StaffInput) -> String {
    let (taken, messages) = says(app, chat, said).await;
    assert_eq!(taken, StaffTurnOutcome::Taken);
    messages.iter().map(Message::words).collect::<Vec<_>>().join("\n")
}

pub async fn presses(app: &App, chat: i64, button: StaffButton) -> String {
    told(app, chat, StaffInput::Press(button)).await
}

pub async fn writes(app: &App, chat: i64, words: &str) -> String {
    told(app, chat, StaffInput::Text(words.to_owned())).await
}

/// The buttons of staff under messages.
pub fn buttons(messages: &[Message]) -> Vec<StaffButton> {
    let staff = |button: &Button| match button {
        Button::Staff(button) => Some(button.clone()),
        _ => None,
    };
    messages.iter().flat_map(Message::choices).filter_map(|choice| staff(&choice.button)).collect()
}

/// Links an account to a chat.
pub async fn linked(app: &App, account: &Account, chat: i64) {
    let code = make_link_code(app, account).await.unwrap();
    let words = told(app, chat, StaffInput::Link(code)).await;
    assert!(words.contains(&account.name), "{words}");
}

/// How often this was done, by the audit log.
pub async fn done(app: &App, action: &str) -> usize {
    let filter = audit::Filter { action: Some(action.to_owned()), ..audit::Filter::default() };
    audit::list(&app.db, &filter, 1000, 0).await.unwrap().len()
}
