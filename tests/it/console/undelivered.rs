//! What could not be delivered, at the console: seen without words or numbers, tried again or dropped, one or all.

use chrono::TimeDelta;
use reqwest::StatusCode;
use ventanilla::app::runtime::live::Live;
use ventanilla::app::{App, Arrival, Delivery, settle_and_claim, take_turn, undelivered};
use ventanilla::bot::citizen::{Input, TurnInput};
use ventanilla::clock::Clock;
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::Role;
use ventanilla::encryption::Encryption;
use ventanilla::i18n::Label;
use ventanilla::store::outbox;
use ventanilla::store::staff::audit;

use super::{clerk, console, words};
use crate::fixtures::KNOWLEDGE;

const HERE: &str = "/console/undelivered";

/// Puts the reply to a question of this chat aside, as the sender does.
pub async fn put_aside(app: &App, chat: i64, reason: &str) {
    let arrival = Arrival {
        door: Door::Telegram,
        address: chat.to_string(),
        update: None,
        turn_input: TurnInput {
            input: Input::Text("where can I get free legal help".into()),
            proposed: None,
            reachable: false,
        },
        return_to: serde_json::json!({ "chat": chat }),
        later: None,
    };
    take_turn(app, &arrival).await.unwrap();
    let mut done = Vec::new();
    loop {
        let outbox_messages = settle_and_claim(app, "test", &done, 9).await.unwrap();
        if outbox_messages.is_empty() {
            break;
        }
        done = outbox_messages
            .into_iter()
            .map(|outgoing| (outgoing.id, Delivery::Undelivered(reason.to_owned())))
            .collect();
    }
}

#[tokio::test]
async fn administrators_see_what_could_not_be_delivered_without_words_or_numbers() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    assert!(admin.look("/console").await.attributes("main a", "href").iter().all(|href| href != HERE));
    assert!(admin.look(HERE).await.text.contains(&words(Label::UndeliveredNone)));
    put_aside(&site.app, 700_123, "refused: chat not found").await;
    let refused = undelivered(&site.app.db).await.unwrap().len();
    site.app.clock.advance(TimeDelta::minutes(1));
    put_aside(&site.app, 700_124, "it may have arrived: no answer").await;
    let count = undelivered(&site.app.db).await.unwrap().len();
    let board = admin.look("/console").await;
    assert!(board.text.contains(&words(Label::BoardUndelivered { count: &count.to_string() })));
    assert!(board.attributes("main .notice a", "href").contains(&HERE.to_owned()));
    let page = admin.look(HERE).await;
    assert_eq!(page.words("tbody tr").len(), count);
    assert!(!page.text.contains("70012") && !page.text.contains("legal"), "no number, no word");
    let (first, last) = (page.words("tbody tr").remove(0), page.words("tbody tr").remove(refused));
    for part in [words(Label::UndeliveredToPerson), words(Label::UndeliveredRefused), "chat not found".to_owned()] {
        assert!(first.contains(&part), "{part} in {first}");
    }
    assert!(last.contains(&words(Label::UndeliveredMayHaveArrived)), "{last}");
    assert_eq!(page.words("tbody tr:first-child .number"), ["1"], "how often it was tried");
    let author = clerk(&site, "author", Role::Reviewer).await;
    put_aside(&site.app, 700_125, "refused: chat not found").await;
    assert!(author.look("/console").await.attributes("main a", "href").iter().all(|href| href != HERE));
}

#[tokio::test]
async fn what_no_key_opens_is_on_the_page_and_can_be_dropped_there() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let zone = "America/Santiago".parse().unwrap();
    let (db, clock) = (site.app.db.clone(), Clock::set(site.app.clock.now()));
    let elsewhere = App::of(db, Live::of(KNOWLEDGE.clone()), Encryption::new(&[9; 32]), clock, zone);
    assert!(crate::fixtures::turn(&elsewhere, 1).await);
    while !settle_and_claim(&site.app, "test", &[], 9).await.unwrap().is_empty() {}
    assert!(admin.look("/console").await.attributes("main .notice a", "href").contains(&HERE.to_owned()));
    let page = admin.look(HERE).await;
    assert!(page.text.contains(&words(Label::UndeliveredNoKey)) && page.text.contains(&words(Label::UndeliveredStays)));
    let seen = page.attributes("section [name=seen]", "value").remove(0);
    let dropped = admin.post(HERE, &[("act", "drop"), ("seen", &seen)]).await;
    assert_eq!(dropped.words(".done"), [words(Label::DoneDropped)]);
    assert_eq!(outbox::waiting(&site.app.db).await.unwrap(), 0);
}

#[tokio::test]
async fn what_could_not_be_delivered_is_tried_again_or_dropped_one_by_one_or_all_and_the_log_says_so() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    for chat in 1..=4 {
        put_aside(&site.app, chat, "refused: chat not found").await;
    }
    let left = async || undelivered(&site.app.db).await.unwrap();
    let all = left().await;
    let again = admin.post(HERE, &[("act", "again"), ("id", &all[0].id)]).await;
    assert_eq!(again.words(".done"), [words(Label::DoneTriedAgain)]);
    assert_eq!(outbox::waiting(&site.app.db).await.unwrap(), 1);
    let dropped = admin.post(HERE, &[("act", "drop"), ("id", &all[1].id)]).await;
    assert_eq!(dropped.words(".done"), [words(Label::DoneDropped)]);
    let gone = admin.post(HERE, &[("act", "drop"), ("id", &all[1].id)]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(admin.post(HERE, &[("act", "burn")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(left().await.len(), all.len() - 2);

    // What was put aside after the page was opened is not meant by *all*.
    let seen = admin.look(HERE).await.attributes("section [name=seen]", "value").remove(0);
    site.app.clock.advance(TimeDelta::minutes(1));
    put_aside(&site.app, 9, "refused: chat not found").await;
    admin.post(HERE, &[("act", "drop"), ("seen", &seen)]).await;
    let rest = left().await;
    assert!(!rest.is_empty() && rest.iter().all(|one| one.since > seen.parse::<i64>().unwrap()), "{rest:?}");
    let seen = admin.look(HERE).await.attributes("section [name=seen]", "value").remove(0);
    admin.post(HERE, &[("act", "again"), ("seen", &seen)]).await;
    assert!(left().await.is_empty());
    let lines = audit::list(&site.app.db, &audit::Filter::default(), 50, 0).await.unwrap();
    let of = |action: &str| lines.iter().filter(|line| line.action == action && line.who == "admin").count();
    assert_eq!((of("undelivered-tried-again"), of("undelivered-dropped")), (2, 2));
}
