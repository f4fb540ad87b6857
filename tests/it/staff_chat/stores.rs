//! A story for the store of links, on both databases.

use ventanilla::domain::people::chat::ChatKey;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::store::outbox::{self, RowId};
use ventanilla::store::staff::telegram_links::{self, Link};

use super::{fixtures, joins, lang};

fn key() -> ChatKey {
    ChatKey::from_hash("c".into())
}

#[tokio::test]
async fn links_codes_and_dialogues_are_kept_and_go() {
    for (test, app) in fixtures().await {
        let account = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let staff = key().staff();
        let link = Link {
            chat: staff.as_str().to_owned(),
            account: account.id.clone(),
            address: "sealed".into(),
            linked_at: 5,
            reminders: true,
            reminded_on: "2026-11-23".into(),
            dialogue: None,
            dialogue_until: None,
            version: 0,
        };
        let mut tx = test.db.begin().await.unwrap();
        telegram_links::remember_code(&mut tx, "old", &account.id, 100).await.unwrap();
        telegram_links::remember_code(&mut tx, "new", &account.id, 100).await.unwrap();
        assert!(!telegram_links::take_code(&mut tx, "old").await.unwrap());
        telegram_links::link(&mut tx, &link).await.unwrap();
        telegram_links::link(&mut tx, &link).await.unwrap();
        assert!(telegram_links::save_dialogue(&mut tx, &staff, 0, Some(("words", 50))).await.unwrap());
        assert!(!telegram_links::save_dialogue(&mut tx, &staff, 0, None).await.unwrap(), "an old version");
        assert!(telegram_links::reminded(&mut tx, &link.chat, "2026-11-23", "2026-11-30").await.unwrap());
        assert!(!telegram_links::reminded(&mut tx, &link.chat, "2026-11-23", "2026-11-30").await.unwrap());
        telegram_links::set_reminders(&mut tx, &account.id, false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(telegram_links::whose_code(&test.db, "new", 99).await.unwrap(), Some(account.id.clone()));
        assert_eq!(telegram_links::whose_code(&test.db, "new", 100).await.unwrap(), None);
        let kept = Link {
            reminders: false,
            reminded_on: "2026-11-30".into(),
            dialogue: Some("words".into()),
            dialogue_until: Some(50),
            version: 1,
            ..link.clone()
        };
        assert_eq!(telegram_links::of_chat(&test.db, &staff).await.unwrap(), Some(kept.clone()));
        assert_eq!(telegram_links::of_account(&test.db, &account.id).await.unwrap(), Some(kept.clone()));
        assert_eq!(telegram_links::list(&test.db).await.unwrap(), [kept]);

        let mut tx = test.db.begin().await.unwrap();
        telegram_links::drop_expired(&mut tx, 100).await.unwrap();
        assert!(!telegram_links::take_code(&mut tx, "new").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(telegram_links::of_chat(&test.db, &staff).await.unwrap().unwrap().dialogue, None);

        let mut tx = test.db.begin().await.unwrap();
        assert!(telegram_links::unlink(&mut tx, &account.id).await.unwrap());
        assert!(!telegram_links::unlink(&mut tx, &account.id).await.unwrap());
        telegram_links::link(&mut tx, &link).await.unwrap();
        telegram_links::forget(&mut tx, &key()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(telegram_links::of_chat(&test.db, &staff).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_last_place_in_the_outbox_is_known() {
    for (test, _house) in fixtures().await {
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(outbox::last(&mut tx, &key()).await.unwrap(), None);
        let row = |seq| (RowId { chat: key(), seq }, "sealed".to_owned());
        outbox::put(&mut tx, &[row(3), row(7)], crate::fixtures::morning()).await.unwrap();
        assert_eq!(outbox::last(&mut tx, &key()).await.unwrap(), Some(7));
    }
}
