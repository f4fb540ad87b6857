//! Linking a chat to an account, and what becomes of it.

use chrono::TimeDelta;
use ventanilla::app::{
    LINK_CODE, StaffTurnOutcome, change_role, end_account, forget_chat, make_link_code, unlink_telegram,
};
use ventanilla::bot::citizen::StaffInput;
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::i18n::{Label, say};
use ventanilla::store::staff::telegram_links;

use super::{done, fixtures, joins, lang, linked, says, spoken, told};
use crate::forget::everything;

const CHAT: i64 = 7215551234;

fn entry() -> StaffInput {
    StaffInput::Entry("health/cost".into())
}

#[tokio::test]
async fn a_code_links_once_within_its_time_and_is_kept_as_a_hash() {
    for (test, app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("ht")).await;
        let wrong = say(lang("es"), &Label::StaffChatCodeWrong);
        assert_eq!(told(&app, CHAT, StaffInput::Link("ABCD-EFGH-IJKL-MNOP".into())).await, wrong);

        let first = make_link_code(&app, &admin).await.unwrap();
        let second = make_link_code(&app, &admin).await.unwrap();
        assert_eq!(told(&app, CHAT, StaffInput::Link(first)).await, wrong, "a newer one was made");
        assert!(!everything(&test.db).await.contains(&second.replace('-', "")));
        app.clock.advance(LINK_CODE);
        assert_eq!(told(&app, CHAT, StaffInput::Link(second)).await, wrong, "it has expired");

        let code = make_link_code(&app, &admin).await.unwrap();
        app.clock.advance(LINK_CODE - TimeDelta::seconds(1));
        let typed = code.to_lowercase().replace('-', " ");
        let welcome = told(&app, CHAT, StaffInput::Link(typed)).await;
        assert!(welcome.starts_with(&say(lang("ht"), &Label::StaffChatWelcome { name: "ana" })), "{welcome}");
        assert_eq!(told(&app, CHAT + 1, StaffInput::Link(code)).await, wrong, "it was used");
        assert_eq!(says(&app, CHAT + 1, entry()).await.0, StaffTurnOutcome::NotStaff);
        assert!(told(&app, CHAT, entry()).await.contains("health/cost"));
        assert_eq!((done(&app, "make-telegram-code").await, done(&app, "link-telegram").await), (3, 1));
        assert!(!everything(&test.db).await.contains(&CHAT.to_string()), "the chat is never kept in the clear");
    }
}

#[tokio::test]
async fn codes_cannot_be_tried_out() {
    for (_test, app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let code = make_link_code(&app, &admin).await.unwrap();
        for _ in 0..8 {
            told(&app, CHAT, StaffInput::Link("AAAA".into())).await;
        }
        let wait = say(lang("es"), &Label::RefusedTooMany { seconds: "30" });
        assert_eq!(told(&app, CHAT, StaffInput::Link(code.clone())).await, wait);
        assert!(told(&app, CHAT + 1, StaffInput::Link(code)).await.contains("ana"), "others do not have to wait");
    }
}

#[tokio::test]
async fn an_ended_account_another_role_and_an_unlinked_chat_take_effect_at_once() {
    for (test, app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let author = joins(&app, "jean", Role::Author, Limits::default(), lang("es")).await;
        linked(&app, &author, CHAT).await;
        assert!(told(&app, CHAT, entry()).await.contains("health/cost"));
        change_role(&app, &admin, &author.id, Role::Observer, Limits::default()).await.unwrap();
        let no = say(lang("es"), &Label::RefusedNoRight);
        for said in [entry(), StaffInput::Review, StaffInput::Press("w:p:health/cost".parse().unwrap())] {
            assert_eq!(told(&app, CHAT, said).await, no);
        }
        end_account(&app, &admin, &author.id).await.unwrap();
        for said in [entry(), StaffInput::Review, StaffInput::Unlink, StaffInput::Text("x".into())] {
            assert_eq!(says(&app, CHAT, said).await, (StaffTurnOutcome::NotStaff, vec![]));
        }

        linked(&app, &admin, CHAT).await;
        linked(&app, &admin, CHAT + 1).await;
        assert_eq!(says(&app, CHAT, entry()).await.0, StaffTurnOutcome::NotStaff, "an account has one chat");
        assert_eq!(told(&app, CHAT + 1, StaffInput::Unlink).await, say(lang("es"), &Label::StaffChatUnlinked));
        assert_eq!(says(&app, CHAT + 1, entry()).await.0, StaffTurnOutcome::NotStaff);
        linked(&app, &admin, CHAT).await;
        unlink_telegram(&app, &admin).await.unwrap();
        assert!(unlink_telegram(&app, &admin).await.is_err());
        assert_eq!(says(&app, CHAT, entry()).await.0, StaffTurnOutcome::NotStaff);
        assert_eq!(done(&app, "unlink-telegram").await, 2);

        // Whoever blocks the bot, or has everything erased, is unlinked as well.
        linked(&app, &admin, CHAT).await;
        let key = app.encryption.chat_key(Door::Telegram, &CHAT.to_string());
        assert!(everything(&test.db).await.contains(key.as_str()));
        forget_chat(&app, Door::Telegram, &CHAT.to_string()).await.unwrap();
        assert!(!everything(&test.db).await.contains(key.as_str()));
        assert_eq!(telegram_links::of_account(&app.db, &admin.id).await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_update_that_comes_again_does_nothing_again() {
    for (_test, app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        linked(&app, &admin, CHAT).await;
        let still = || StaffInput::Press("w:c:health/cost".parse().unwrap());
        for _ in 0..3 {
            let taken = ventanilla::app::take_staff_turn(&app, &spoken(CHAT, 1_000_000, still())).await.unwrap();
            assert_eq!(taken, StaffTurnOutcome::Taken);
        }
        assert_eq!(super::delivered(&app).await.len(), 1);
        assert_eq!(done(&app, "still-correct").await, 1);
    }
}
