//! Linking a chat to an account, and what becomes of it.

use chrono::TimeDelta;
use ventanilla::app::{AtDesk, LINK_CODE, change_role, end_account, forget_chat, make_link_code, unlink_telegram};
use ventanilla::bot::citizen::DeskSaid;
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::i18n::{Label, say};
use ventanilla::store::staff::telegram_links;

use super::{done, houses, joins, lang, linked, says, spoken, told};
use crate::forget::everything;

const CHAT: i64 = 7215551234;

fn entry() -> DeskSaid {
    DeskSaid::Entry("health/cost".into())
}

#[tokio::test]
async fn a_code_links_once_within_its_time_and_is_kept_as_a_hash() {
    for (test, house) in houses().await {
        let admin = joins(&house, "ana", Role::Administrator, Limits::default(), lang("ht")).await;
        let wrong = say(lang("es"), &Label::DeskCodeWrong);
        assert_eq!(told(&house, CHAT, DeskSaid::Link("ABCD-EFGH-IJKL-MNOP".into())).await, wrong);

        let first = make_link_code(&house, &admin).await.unwrap();
        let second = make_link_code(&house, &admin).await.unwrap();
        assert_eq!(told(&house, CHAT, DeskSaid::Link(first)).await, wrong, "a newer one was made");
        assert!(!everything(&test.db).await.contains(&second.replace('-', "")));
        house.clock.advance(LINK_CODE);
        assert_eq!(told(&house, CHAT, DeskSaid::Link(second)).await, wrong, "it has expired");

        let code = make_link_code(&house, &admin).await.unwrap();
        house.clock.advance(LINK_CODE - TimeDelta::seconds(1));
        let typed = code.to_lowercase().replace('-', " ");
        let welcome = told(&house, CHAT, DeskSaid::Link(typed)).await;
        assert!(welcome.starts_with(&say(lang("ht"), &Label::DeskWelcome { name: "ana" })), "{welcome}");
        assert_eq!(told(&house, CHAT + 1, DeskSaid::Link(code)).await, wrong, "it was used");
        assert_eq!(says(&house, CHAT + 1, entry()).await.0, AtDesk::NotStaff);
        assert!(told(&house, CHAT, entry()).await.contains("health/cost"));
        assert_eq!((done(&house, "make-telegram-code").await, done(&house, "link-telegram").await), (3, 1));
        assert!(!everything(&test.db).await.contains(&CHAT.to_string()), "the chat is never kept in the clear");
    }
}

#[tokio::test]
async fn codes_cannot_be_tried_out() {
    for (_test, house) in houses().await {
        let admin = joins(&house, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let code = make_link_code(&house, &admin).await.unwrap();
        for _ in 0..8 {
            told(&house, CHAT, DeskSaid::Link("AAAA".into())).await;
        }
        let wait = say(lang("es"), &Label::RefusedTooMany { seconds: "30" });
        assert_eq!(told(&house, CHAT, DeskSaid::Link(code.clone())).await, wait);
        assert!(told(&house, CHAT + 1, DeskSaid::Link(code)).await.contains("ana"), "others do not have to wait");
    }
}

#[tokio::test]
async fn an_ended_account_another_role_and_an_unlinked_chat_take_effect_at_once() {
    for (test, house) in houses().await {
        let admin = joins(&house, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let author = joins(&house, "jean", Role::Author, Limits::default(), lang("es")).await;
        linked(&house, &author, CHAT).await;
        assert!(told(&house, CHAT, entry()).await.contains("health/cost"));
        change_role(&house, &admin, &author.id, Role::Observer, Limits::default()).await.unwrap();
        let no = say(lang("es"), &Label::RefusedNoRight);
        for said in [entry(), DeskSaid::Review, DeskSaid::Press("w:p:health/cost".parse().unwrap())] {
            assert_eq!(told(&house, CHAT, said).await, no);
        }
        end_account(&house, &admin, &author.id).await.unwrap();
        for said in [entry(), DeskSaid::Review, DeskSaid::Unlink, DeskSaid::Text("x".into())] {
            assert_eq!(says(&house, CHAT, said).await, (AtDesk::NotStaff, vec![]));
        }

        linked(&house, &admin, CHAT).await;
        linked(&house, &admin, CHAT + 1).await;
        assert_eq!(says(&house, CHAT, entry()).await.0, AtDesk::NotStaff, "an account has one chat");
        assert_eq!(told(&house, CHAT + 1, DeskSaid::Unlink).await, say(lang("es"), &Label::DeskUnlinked));
        assert_eq!(says(&house, CHAT + 1, entry()).await.0, AtDesk::NotStaff);
        linked(&house, &admin, CHAT).await;
        unlink_telegram(&house, &admin).await.unwrap();
        assert!(unlink_telegram(&house, &admin).await.is_err());
        assert_eq!(says(&house, CHAT, entry()).await.0, AtDesk::NotStaff);
        assert_eq!(done(&house, "unlink-telegram").await, 2);

        // Whoever blocks the bot, or has everything erased, is unlinked as well.
        linked(&house, &admin, CHAT).await;
        let key = house.seal.chat_key(Door::Telegram, &CHAT.to_string());
        assert!(everything(&test.db).await.contains(key.as_str()));
        forget_chat(&house, Door::Telegram, &CHAT.to_string()).await.unwrap();
        assert!(!everything(&test.db).await.contains(key.as_str()));
        assert_eq!(telegram_links::of_account(&house.db, &admin.id).await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_update_that_comes_again_does_nothing_again() {
    for (_test, house) in houses().await {
        let admin = joins(&house, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        linked(&house, &admin, CHAT).await;
        let still = || DeskSaid::Press("w:c:health/cost".parse().unwrap());
        for _ in 0..3 {
            let taken = ventanilla::app::at_desk(&house, &spoken(CHAT, 1_000_000, still())).await.unwrap();
            assert_eq!(taken, AtDesk::Taken);
        }
        assert_eq!(super::delivered(&house).await.len(), 1);
        assert_eq!(done(&house, "still-correct").await, 1);
    }
}
