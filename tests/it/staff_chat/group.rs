//! A group of staff: what is announced there, and who may answer it.

use serde_json::json;
use ventanilla::app::{
    App, Arrival, Delivery, Job, Spoken, StaffTurnOutcome, Taken, UpdateId, claim_question, end_account,
    make_link_code, open_questions, settle_and_claim, take_staff_turn, take_turn, take_up,
};
use ventanilla::bot::citizen::{Button, Input, Message, StaffButton, StaffInput, TurnInput};
use ventanilla::bot::staff::input::Code;
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, say};
use ventanilla::store::inbox::questions;
use ventanilla::store::staff::telegram_groups;

use super::{buttons, delivered, done, fixtures, joins, lang, linked, restarted, told};
use crate::forget::everything;

const GROUP: i64 = -1007215551234;
const ADMIN: i64 = 41;
const COLLEAGUE: i64 = 42;
const STRANGER: i64 = 43;

/// Somebody says something in the group: what is sent, to the group or to a person.
async fn in_group(app: &App, from: i64, said: StaffInput) -> (StaffTurnOutcome, Vec<Message>) {
    static UPDATES: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(5_000_000);
    let number = UPDATES.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    let home = json!({ "chat": GROUP });
    let spoken = Spoken {
        address: from.to_string(),
        group: Some(GROUP.to_string()),
        update: Some(UpdateId { source: "bot".into(), number }),
        input: said,
        proposed: None,
        return_to: home.clone(),
        home,
    };
    let taken = take_staff_turn(app, &spoken).await.unwrap();
    (taken, delivered(app).await)
}

async fn person(app: &App, said: Input) -> Vec<Message> {
    person_in(app, 99, said).await
}

async fn person_in(app: &App, chat: i64, said: Input) -> Vec<Message> {
    let heard = TurnInput { input: said, proposed: Some(lang("ht")), reachable: true };
    let to = json!({ "chat": chat });
    let (address, return_to, later) = (chat.to_string(), to.clone(), Some(to));
    let arrival = Arrival { door: Door::Telegram, address, update: None, turn_input: heard, return_to, later };
    let Taken::Replied(_) = take_turn(app, &arrival).await.unwrap() else { panic!("no reply") };
    delivered(app).await
}

/// A person leaves a question in Kreyòl.
async fn asks(app: &App) {
    person(app, Input::Text("ki ekip ki genyen match foutbòl la yè swa?".into())).await;
    person(app, Input::Press(Button::Person(lang("ht")))).await;
    person(app, Input::Press(Button::Leave(lang("ht")))).await;
}

async fn announced(app: &App) -> Vec<Message> {
    take_up(app, Job::Announce, "r").await.unwrap();
    delivered(app).await
}

fn off(off: bool) -> StaffInput {
    StaffInput::Group { off }
}

#[tokio::test]
async fn a_question_is_announced_once_answered_by_a_reply_and_closed_through_any_restart() {
    for (test, mut app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let colleague = joins(&app, "jean", Role::Author, Limits::default(), lang("ht")).await;
        linked(&app, &admin, ADMIN).await;
        linked(&app, &colleague, COLLEAGUE).await;
        asks(&app).await;
        assert_eq!(announced(&app).await, [], "there is no group yet");
        assert_eq!(
            in_group(&app, COLLEAGUE, off(false)).await,
            (StaffTurnOutcome::Nothing, vec![]),
            "an author may not"
        );
        let (_, set) = in_group(&app, ADMIN, off(false)).await;
        assert_eq!(set[0].words(), say(lang("es"), &Label::GroupSetAll));
        assert!(!everything(&test.db).await.contains(&GROUP.to_string()[1..]), "the group is never kept in the clear");

        let news = announced(&app).await;
        assert_eq!(news.len(), 1);
        let words = news[0].words();
        assert!(words.contains("match foutbòl") && words.contains("Kreyòl") && words.contains("/console/questions/"));
        let code = Code::found_in(&words).unwrap();
        assert!(buttons(&news).contains(&StaffButton::Claim(code.clone())));
        app = restarted(&test, &app);
        assert_eq!(announced(&app).await, [], "once");

        // Whoever is none of the staff gets nothing, and changes nothing.
        let answer = |words: &str| StaffInput::Reply(code.clone(), words.to_owned());
        let claim = || StaffInput::Press(StaffButton::Claim(code.clone()));
        for said in [answer("non"), claim(), StaffInput::Press("w:c:health/cost".parse().unwrap())] {
            assert_eq!(in_group(&app, STRANGER, said).await, (StaffTurnOutcome::Nothing, vec![]));
        }
        assert_eq!(in_group(&app, STRANGER, off(false)).await, (StaffTurnOutcome::NotStaff, vec![]));
        assert_eq!((done(&app, "claim-question").await, done(&app, "answer-question").await), (0, 0));

        // A reply claims what is free and answers it.
        let (_, sent) = in_group(&app, COLLEAGUE, answer("Nou pa konn sa, mande klib la.")).await;
        let to_person = sent.iter().find(|message| message.words().contains("mande klib la")).unwrap();
        assert!(!to_person.words().contains(&code.tag()));
        let told = sent.iter().find(|message| message.words().contains(&code.tag())).unwrap();
        assert!(told.words().contains(&say(lang("ht"), &Label::DoneAnswered)), "{}", told.words());
        assert_eq!(
            buttons(std::slice::from_ref(told)),
            [StaffButton::Close(code.clone()), StaffButton::GiveBack(code.clone())]
        );
        let (_, refused) = in_group(&app, ADMIN, answer("Sí")).await;
        assert_eq!(refused[0].words(), say(lang("es"), &Label::RefusedTaken));
        assert_eq!(done(&app, "answer-question").await, 1);

        // What the person says next comes to the group as well; an answer of our own does not.
        assert_eq!(announced(&app).await, []);
        person(&app, Input::Text("mèsi, e demen?".into())).await;
        app = restarted(&test, &app);
        let more = announced(&app).await;
        assert!(more.len() == 1 && more[0].words().contains("e demen?"), "{more:?}");
        assert!(!more[0].words().contains("match foutbòl") && more[0].words().contains(&code.tag()));

        in_group(
            &app,
            COLLEAGUE,
            StaffInput::Press(StaffButton::SendEntry(code.clone(), "health/cost".parse().unwrap())),
        )
        .await;
        assert_eq!(done(&app, "answer-question").await, 2);
        in_group(&app, COLLEAGUE, StaffInput::Press(StaffButton::GiveBack(code.clone()))).await;
        in_group(&app, ADMIN, claim()).await;
        let (_, refused) = in_group(&app, COLLEAGUE, StaffInput::Press(StaffButton::Close(code.clone()))).await;
        assert_eq!(refused[0].words(), say(lang("ht"), &Label::RefusedTaken));
        in_group(&app, ADMIN, StaffInput::Press(StaffButton::Close(code.clone()))).await;
        assert_eq!(questions::list(&app.db).await.unwrap(), []);
        let (_, gone) = in_group(&app, ADMIN, answer("tarde")).await;
        assert_eq!(gone[0].words(), say(lang("es"), &Label::RefusedGone));
    }
}

#[tokio::test]
async fn questions_that_speak_of_danger_come_first_in_the_list_and_in_the_group_and_their_answers_go_out_first() {
    const DANGER: &str = "mari m ap bat mwen, mwen pè";
    for (test, app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        linked(&app, &admin, ADMIN).await;
        in_group(&app, ADMIN, off(false)).await;
        asks(&app).await;
        app.clock.advance(chrono::TimeDelta::hours(1));
        person_in(&app, 98, Input::Press(Button::LeaveOther(lang("ht")))).await;
        person_in(&app, 98, Input::Text(DANGER.into())).await;
        person_in(&app, 98, Input::Press(Button::Leave(lang("ht")))).await;

        let open = open_questions(&app, &admin).await.unwrap();
        let danger: Vec<bool> = open.iter().map(|open| open.question.danger).collect();
        assert_eq!(danger, [true, false], "on {}", test.db.name());
        let news = announced(&app).await;
        let mark = say(lang("es"), &Label::QuestionDanger);
        assert!(news.len() == 2 && news[0].words().contains(DANGER) && news[0].words().contains(&mark), "{news:?}");
        assert!(!news[1].words().contains(&mark));

        // Somebody reads the older one, the other, and answers: what goes to the one in danger goes out first.
        let [urgent, other] = [&open[0], &open[1]].map(|open| open.question.id.clone());
        claim_question(&app, &admin, &other).await.unwrap();
        claim_question(&app, &admin, &urgent).await.unwrap();
        let next = settle_and_claim(&app, "w", &[], 1).await.unwrap().remove(0);
        assert_eq!(next.return_to["chat"], 98);
        settle_and_claim(&app, "w", &[(next.id, Delivery::Delivered)], 0).await.unwrap();
        delivered(&app).await;
        // What is said later may speak of danger as well.
        person(&app, Input::Text(DANGER.into())).await;
        let open = open_questions(&app, &admin).await.unwrap();
        assert!(open.iter().all(|open| open.question.danger));
    }
}

#[tokio::test]
async fn a_group_of_one_municipality_hears_only_its_own_and_ends_with_the_right_of_whoever_set_it() {
    for (_test, app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
        let author = joins(&app, "jean", Role::Reviewer, own.clone(), lang("es")).await;
        linked(&app, &author, COLLEAGUE).await;
        assert_eq!(in_group(&app, COLLEAGUE, off(false)).await.1, [], "only who administers chooses a group");
        let local = joins(&app, "rosa", Role::Administrator, own, lang("es")).await;
        linked(&app, &local, COLLEAGUE).await;
        let (_, set) = in_group(&app, COLLEAGUE, off(false)).await;
        assert_eq!(set[0].words(), say(lang("es"), &Label::GroupSet { place: "Recoleta" }));
        asks(&app).await;
        assert_eq!(announced(&app).await, [], "it is of no municipality");
        let stored = questions::list(&app.db).await.unwrap().remove(0).0;
        claim_question(&app, &admin, &stored.question.id).await.unwrap();
        ventanilla::app::move_question(&app, &admin, &stored.question.id, &"recoleta".parse().unwrap()).await.unwrap();
        delivered(&app).await;
        end_account(&app, &admin, &local.id).await.unwrap();
        assert_eq!(announced(&app).await, [], "whoever set it is not there any more");
        linked(&app, &admin, ADMIN).await;
        in_group(&app, ADMIN, off(false)).await;
        assert_eq!(announced(&app).await.len(), 1, "what has waited is told");
        in_group(&app, ADMIN, off(true)).await;
        assert_eq!(telegram_groups::list(&app.db).await.unwrap(), []);
        assert_eq!((done(&app, "set-group").await, done(&app, "drop-group").await), (2, 1));
    }
}

#[tokio::test]
async fn a_group_that_puts_the_bot_out_is_forgotten() {
    for (_test, app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        linked(&app, &admin, ADMIN).await;
        in_group(&app, ADMIN, off(false)).await;
        let key = app.encryption.chat_key(Door::Telegram, &GROUP.to_string()).staff();
        assert!(telegram_groups::of_chat(&app.db, &key).await.unwrap().is_some());
        ventanilla::app::forget_chat(&app, Door::Telegram, &GROUP.to_string()).await.unwrap();
        assert_eq!(telegram_groups::of_chat(&app.db, &key).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_code_that_is_said_in_a_group_links_nothing_any_more() {
    for (_test, app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let code = make_link_code(&app, &admin).await.unwrap();
        let (taken, messages) = in_group(&app, STRANGER, StaffInput::Link("ABCD-EFGH".into())).await;
        assert_eq!((taken, messages), (StaffTurnOutcome::Nothing, Vec::new()), "what is no code is nobody's business");
        let (_, messages) = in_group(&app, ADMIN, StaffInput::Link(code.clone())).await;
        assert_eq!(messages[0].words(), say(Lang::first(), &Label::StaffChatCodeRead));
        let told = told(&app, STRANGER, StaffInput::Link(code)).await;
        assert_eq!(told, say(Lang::first(), &Label::StaffChatCodeWrong));
    }
}
