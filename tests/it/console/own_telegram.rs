//! One's own Telegram at the console: a code that is shown once, unlinking, and reminders.

use reqwest::StatusCode;
use serde_json::json;
use ventanilla::app::{Spoken, StaffTurnOutcome, take_staff_turn};
use ventanilla::bot::citizen::StaffInput;
use ventanilla::domain::staff::account::Role;
use ventanilla::i18n::Label;

use super::{clerk, console, words};

const HERE: &str = "/console/account/telegram";

#[tokio::test]
async fn a_code_is_shown_once_and_what_it_links_can_be_unlinked_there() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    assert!(marie.look(HERE).await.text.contains(&words(Label::StaffChatNotLinked)));
    let shown = marie.post(HERE, &[]).await;
    let code = shown.words("code").concat();
    assert!(!marie.look(HERE).await.text.contains(&code), "only once");

    let to = json!({ "chat": 5 });
    let said = StaffInput::Link(code.strip_prefix("/link ").unwrap().to_owned());
    let (return_to, home) = (to.clone(), to);
    let spoken =
        Spoken { address: "5".into(), group: None, update: None, input: said, proposed: None, return_to, home };
    assert_eq!(take_staff_turn(&site.app, &spoken).await.unwrap(), StaffTurnOutcome::Taken);
    assert!(marie.look(HERE).await.text.contains(&words(Label::StaffChatRemindersOn)));
    let off = marie.post(&format!("{HERE}/reminders"), &[("on", "no")]).await;
    assert!(off.text.contains(&words(Label::StaffChatRemindersOff)));
    let gone = marie.post(&format!("{HERE}/unlink"), &[]).await;
    assert!(gone.text.contains(&words(Label::DoneUnlinked)) && gone.text.contains(&words(Label::StaffChatNotLinked)));
    assert_eq!(marie.post(&format!("{HERE}/unlink"), &[]).await.status, StatusCode::NOT_FOUND);
}
