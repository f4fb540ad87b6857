//! A group of staff: what is announced there, and who may answer it.

use serde_json::json;
use ventanilla::actions::{
    Arrival, AtDesk, House, Job, Spoken, Taken, UpdateId, at_desk, claim_question, end_account, take_turn, take_up,
};
use ventanilla::conversation::desk::Code;
use ventanilla::conversation::{Button, DeskButton, DeskSaid, Heard, Message, Said};
use ventanilla::domain::chat::Door;
use ventanilla::domain::staff::{Limits, Role};
use ventanilla::locale::{Label, say};
use ventanilla::store::{questions, staff_groups};

use super::{buttons, delivered, done, houses, joins, lang, linked, restarted};
use crate::forget::everything;

const GROUP: i64 = -1007215551234;
const ADMIN: i64 = 41;
const COLLEAGUE: i64 = 42;
const STRANGER: i64 = 43;

/// Somebody says something in the group: what is sent, to the group or to a person.
async fn in_group(house: &House, from: i64, said: DeskSaid) -> (AtDesk, Vec<Message>) {
    static UPDATES: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(5_000_000);
    let number = UPDATES.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    let home = json!({ "chat": GROUP });
    let spoken = Spoken {
        address: from.to_string(),
        group: Some(GROUP.to_string()),
        update: Some(UpdateId { source: "bot".into(), number }),
        said,
        proposed: None,
        return_to: home.clone(),
        home,
    };
    let taken = at_desk(house, &spoken).await.unwrap();
    (taken, delivered(house).await)
}

async fn person(house: &House, said: Said) -> Vec<Message> {
    let heard = Heard { said, proposed: Some(lang("ht")), reachable: true };
    let to = json!({ "chat": 99 });
    let (return_to, later) = (to.clone(), Some(to));
    let arrival = Arrival { door: Door::Telegram, address: "99".into(), update: None, heard, return_to, later };
    let Taken::Replied(_) = take_turn(house, &arrival).await.unwrap() else { panic!("no reply") };
    delivered(house).await
}

/// A person leaves a question in Kreyòl.
async fn asks(house: &House) {
    person(house, Said::Text("ki ekip ki genyen match foutbòl la yè swa?".into())).await;
    person(house, Said::Press(Button::Person(lang("ht")))).await;
    person(house, Said::Press(Button::Leave(lang("ht")))).await;
}

async fn announced(house: &House) -> Vec<Message> {
    take_up(house, Job::Announce, "r").await.unwrap();
    delivered(house).await
}

fn off(off: bool) -> DeskSaid {
    DeskSaid::Group { off }
}

#[tokio::test]
async fn a_question_is_announced_once_answered_by_a_reply_and_closed_through_any_restart() {
    for (test, mut house) in houses().await {
        let admin = joins(&house, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let colleague = joins(&house, "jean", Role::Author, Limits::default(), lang("ht")).await;
        linked(&house, &admin, ADMIN).await;
        linked(&house, &colleague, COLLEAGUE).await;
        asks(&house).await;
        assert_eq!(announced(&house).await, [], "there is no group yet");
        assert_eq!(in_group(&house, COLLEAGUE, off(false)).await, (AtDesk::Nothing, vec![]), "an author may not");
        let (_, set) = in_group(&house, ADMIN, off(false)).await;
        assert_eq!(set[0].words(), say(lang("es"), &Label::GroupSetAll));
        assert!(!everything(&test.db).await.contains(&GROUP.to_string()[1..]), "the group is never kept in the clear");

        let news = announced(&house).await;
        assert_eq!(news.len(), 1);
        let words = news[0].words();
        assert!(words.contains("match foutbòl") && words.contains("Kreyòl") && words.contains("/console/questions/"));
        let code = Code::found_in(&words).unwrap();
        assert!(buttons(&news).contains(&DeskButton::Claim(code.clone())));
        house = restarted(&test, &house);
        assert_eq!(announced(&house).await, [], "once");

        // Whoever is none of the staff gets nothing, and changes nothing.
        let answer = |words: &str| DeskSaid::Reply(code.clone(), words.to_owned());
        let claim = || DeskSaid::Press(DeskButton::Claim(code.clone()));
        for said in [answer("non"), claim(), DeskSaid::Press("w:c:health/cost".parse().unwrap())] {
            assert_eq!(in_group(&house, STRANGER, said).await, (AtDesk::Nothing, vec![]));
        }
        assert_eq!(in_group(&house, STRANGER, off(false)).await, (AtDesk::NotStaff, vec![]));
        assert_eq!((done(&house, "claim-question").await, done(&house, "answer-question").await), (0, 0));

        // A reply claims what is free and answers it.
        let (_, sent) = in_group(&house, COLLEAGUE, answer("Nou pa konn sa, mande klib la.")).await;
        let to_person = sent.iter().find(|message| message.words().contains("mande klib la")).unwrap();
        assert!(!to_person.words().contains(&code.tag()));
        let told = sent.iter().find(|message| message.words().contains(&code.tag())).unwrap();
        assert!(told.words().contains(&say(lang("ht"), &Label::DoneAnswered)), "{}", told.words());
        assert_eq!(
            buttons(std::slice::from_ref(told)),
            [DeskButton::Close(code.clone()), DeskButton::GiveBack(code.clone())]
        );
        let (_, refused) = in_group(&house, ADMIN, answer("Sí")).await;
        assert_eq!(refused[0].words(), say(lang("es"), &Label::RefusedTaken));
        assert_eq!(done(&house, "answer-question").await, 1);

        // What the person says next comes to the group as well; an answer of our own does not.
        assert_eq!(announced(&house).await, []);
        person(&house, Said::Text("mèsi, e demen?".into())).await;
        house = restarted(&test, &house);
        let more = announced(&house).await;
        assert!(more.len() == 1 && more[0].words().contains("e demen?"), "{more:?}");
        assert!(!more[0].words().contains("match foutbòl") && more[0].words().contains(&code.tag()));

        in_group(
            &house,
            COLLEAGUE,
            DeskSaid::Press(DeskButton::SendEntry(code.clone(), "health/cost".parse().unwrap())),
        )
        .await;
        assert_eq!(done(&house, "answer-question").await, 2);
        in_group(&house, COLLEAGUE, DeskSaid::Press(DeskButton::GiveBack(code.clone()))).await;
        in_group(&house, ADMIN, claim()).await;
        let (_, refused) = in_group(&house, COLLEAGUE, DeskSaid::Press(DeskButton::Close(code.clone()))).await;
        assert_eq!(refused[0].words(), say(lang("ht"), &Label::RefusedTaken));
        in_group(&house, ADMIN, DeskSaid::Press(DeskButton::Close(code.clone()))).await;
        assert_eq!(questions::list(&house.db).await.unwrap(), []);
        let (_, gone) = in_group(&house, ADMIN, answer("tarde")).await;
        assert_eq!(gone[0].words(), say(lang("es"), &Label::RefusedGone));
    }
}

#[tokio::test]
async fn a_group_of_one_municipality_hears_only_its_own_and_ends_with_the_right_of_whoever_set_it() {
    for (_test, house) in houses().await {
        let admin = joins(&house, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
        let local = joins(&house, "rosa", Role::Author, own, lang("es")).await;
        linked(&house, &local, COLLEAGUE).await;
        let (_, set) = in_group(&house, COLLEAGUE, off(false)).await;
        assert_eq!(set[0].words(), say(lang("es"), &Label::GroupSet { place: "Recoleta" }));
        asks(&house).await;
        assert_eq!(announced(&house).await, [], "it is of no municipality");
        let stored = questions::list(&house.db).await.unwrap().remove(0).0;
        claim_question(&house, &admin, &stored.question.id).await.unwrap();
        ventanilla::actions::move_question(&house, &admin, &stored.question.id, &"recoleta".parse().unwrap())
            .await
            .unwrap();
        delivered(&house).await;
        end_account(&house, &admin, &local.id).await.unwrap();
        assert_eq!(announced(&house).await, [], "whoever set it is not there any more");
        linked(&house, &admin, ADMIN).await;
        in_group(&house, ADMIN, off(false)).await;
        assert_eq!(announced(&house).await.len(), 1, "what has waited is told");
        in_group(&house, ADMIN, off(true)).await;
        assert_eq!(staff_groups::list(&house.db).await.unwrap(), []);
        assert_eq!((done(&house, "set-group").await, done(&house, "drop-group").await), (2, 1));
    }
}

#[tokio::test]
async fn a_group_that_puts_the_bot_out_is_forgotten() {
    for (_test, house) in houses().await {
        let admin = joins(&house, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        linked(&house, &admin, ADMIN).await;
        in_group(&house, ADMIN, off(false)).await;
        let key = house.seal.chat_key(Door::Telegram, &GROUP.to_string()).desk();
        assert!(staff_groups::of_chat(&house.db, &key).await.unwrap().is_some());
        ventanilla::actions::forget_chat(&house, Door::Telegram, &GROUP.to_string()).await.unwrap();
        assert_eq!(staff_groups::of_chat(&house.db, &key).await.unwrap(), None);
    }
}
