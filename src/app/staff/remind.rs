//! Weekly reminders: tells each colleague linked to Telegram which of their entries are due for verification.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use serde_json::Value;

use crate::app::outbox::send_to_staff::send_to_staff;
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::app::staff_chat::wording::choice;
use crate::bot::citizen::{Button, Message, StaffButton};
use crate::bot::message::Choice;
use crate::domain::content::item::ContentItem;
use crate::domain::content::text_status::Due;
use crate::domain::people::chat::ChatKey;
use crate::domain::staff::account::{Account, Right};
use crate::domain::text::id::EntryKey;
use crate::i18n::{Label, say};
use crate::store::StoreError;
use crate::store::content::overview::{self, EntryOverview};
use crate::store::staff::accounts;
use crate::store::staff::telegram_links::{self, Link};

/// Reminders start on Mondays at this time, in the municipality's time zone.
const FROM: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).unwrap();
/// Entries named in a reminder; the rest are only in the console.
const NAMED: usize = 8;

/// The Monday of the current week in local time; the Monday before until reminders are due.
pub(in crate::app) fn monday(app: &App, now: DateTime<Utc>) -> NaiveDate {
    let here = now.with_timezone(&app.zone);
    let back = u64::from(here.weekday().num_days_from_monday());
    let monday = here.date_naive().checked_sub_days(Days::new(back)).unwrap_or(here.date_naive());
    let early = back == 0 && here.time() < FROM;
    if early { monday.checked_sub_days(Days::new(7)).unwrap_or(monday) } else { monday }
}

/// Sends this week's reminders to colleagues who were not yet considered this week.
///
/// # Errors
/// Where the database fails; colleagues already reminded are not reminded again.
pub(in crate::app) async fn remind(app: &App) -> Result<(), InternalError> {
    run(app).await.map_err(|error| InternalError::new("remind of checks", error))
}

async fn run(app: &App) -> Result<(), StoreError> {
    let monday = monday(app, app.clock.now()).to_string();
    // Not equal rather than earlier: a clock that was set back may have left a future week.
    let waiting: Vec<Link> =
        telegram_links::list(&app.db).await?.into_iter().filter(|link| link.reminded_on != monday).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    let entries = overview::entries(&app.db).await?;
    for link in waiting {
        let account = accounts::find(&app.db, &link.account).await?;
        let account = account.filter(|account| link.reminders && !account.ended);
        let message = account.and_then(|account| reminder(app, &account, &entries));
        send(app, &link, &monday, message).await?;
    }
    Ok(())
}

/// Sends in the commit that marks the week as done, so that nobody is reminded twice.
async fn send(app: &App, link: &Link, monday: &str, message: Option<Message>) -> Result<(), StoreError> {
    let mut tx = app.db.begin().await?;
    if !telegram_links::reminded(&mut tx, &link.chat, &link.reminded_on, monday).await? {
        return Ok(());
    }
    // If the address cannot be decrypted, its key is gone and the chat cannot be reached.
    let home = app.encryption.decrypt_for::<Value>(&link.chat, &link.address).ok();
    if let (Some(message), Some(home)) = (message, home) {
        send_to_staff(app, &mut tx, &ChatKey::from_hash(link.chat.clone()), &home, &[message]).await?;
    }
    tx.commit().await?;
    app.outbox_ready.notify_one();
    Ok(())
}

/// The reminder for this account; `None` where nothing is due.
fn reminder(app: &App, account: &Account, entries: &[EntryOverview]) -> Option<Message> {
    let today = app.day(app.clock.now());
    let due: Vec<&EntryOverview> = entries.iter().filter(|entry| is_due(account, entry, today)).collect();
    if due.is_empty() {
        return None;
    }
    let (lang, count) = (account.lang, due.len().to_string());
    let message = Message::new(lang).line(say(lang, &Label::StaffChatReminder { count: &count }));
    let message = message.line(say(lang, &Label::StaffChatReminderAbout));
    let message = due.iter().take(NAMED).fold(message, |message, entry| message.row(vec![named(account, entry)]));
    Some(match account.may(&Right::Review) {
        true => message.row(vec![choice(lang, &Label::NavReview, StaffButton::Review)]),
        false => message,
    })
}

/// Whether a text that this account may verify is due, or a source of the entry has changed.
fn is_due(account: &Account, entry: &EntryOverview, today: NaiveDate) -> bool {
    entry.texts.iter().any(|(lang, text)| {
        let until = text.check.as_ref().map(|(_, _, until)| *until);
        let due = matches!(Due::of(until, today), Due::Soon | Due::Late) || entry.rules_changed_on.is_some();
        due && text.withdrawn.is_none() && account.may(&Right::Publish(&ContentItem::Text(entry.key.clone(), *lang)))
    })
}

fn named(account: &Account, entry: &EntryOverview) -> Choice {
    let text = entry.texts.get(&account.lang).or_else(|| entry.texts.values().next());
    let label = text.map_or(entry.key.as_str(), |text| &text.question).to_owned();
    let key: EntryKey = entry.key.clone();
    Choice { label, lang: account.lang, button: Button::Staff(StaffButton::Show(key)) }
}
