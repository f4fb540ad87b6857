//! Questions left for a person: given only after a yes, answered by one, delivered, taken back, and erased.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::json;
use ventanilla::app::runtime::live::Live;
use ventanilla::app::{
    App, AppError, Arrival, Delivery, Taken, answer_question, claim_question, clean_up, close_question,
    entry_of_question, give_back_question, hand_question, move_question, notify_subscribers, open_question,
    open_questions, send_entry, settle_and_claim, take_turn,
};
use ventanilla::bot::citizen::{Button, Command, Input, Message, TurnInput};
use ventanilla::bot::knowledge::Knowledge;
use ventanilla::domain::content::body::Body;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::inbox::question::{CLAIM, KEPT, QuestionId, Speaker};
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::refusal::Refusal;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};
use ventanilla::pack::{STARTER, embedded, read};
use ventanilla::store::content::drafts;
use ventanilla::store::staff::accounts;
use ventanilla::store::statistics::events;

use crate::fixtures::{TestDb, app, databases, sqlite, started_sqlite};

/// Something that nothing of ours answers, in each language.
const STRANGE: [(&str, &str); 3] = [
    ("ht", "ki ekip ki genyen match foutbòl la yè swa?"),
    ("es", "¿cuánto tiempo se cuece el arroz con pollo?"),
    ("en", "who won the football match last night?"),
];

fn lang(code: &str) -> Lang {
    Lang::parse(code).unwrap()
}

/// Somebody who writes to us on Telegram.
struct Person<'a> {
    app: &'a App,
    address: &'a str,
    lang: Lang,
}

impl Person<'_> {
    async fn does(&self, said: Input) -> Vec<Message> {
        let heard = TurnInput { input: said, proposed: Some(self.lang), reachable: true };
        let (return_to, later) = (json!({ "chat": 1, "pressed": 5 }), Some(json!({ "chat": 1 })));
        let address = self.address.to_owned();
        let arrival = Arrival { door: Door::Telegram, address, update: None, turn_input: heard, return_to, later };
        match take_turn(self.app, &arrival).await.unwrap() {
            Taken::Replied(messages) | Taken::Forgotten(messages) | Taken::Retracted(messages) => messages,
            Taken::Seen => panic!("not seen before"),
        }
    }

    async fn says(&self, words: &str) -> Vec<Message> {
        self.does(Input::Text(words.to_owned())).await
    }

    /// Asks something strange, and leaves it for a person.
    async fn leaves(&self, words: &str) {
        self.says(words).await;
        self.does(Input::Press(Button::Person(self.lang))).await;
        let left = self.does(Input::Press(Button::Leave(self.lang))).await;
        assert!(left[0].words().contains(&plain(&say(self.lang, &Phrase::QuestionLeft))), "{left:?}");
    }
}

fn plain(words: &str) -> String {
    words.replace("**", "")
}

/// All that is on its way, in order; it arrives. None of it is bound to a button that was pressed.
async fn delivered(app: &App) -> Vec<Message> {
    let mut messages = Vec::new();
    loop {
        let outbox_messages = settle_and_claim(app, "w", &[], 50).await.unwrap();
        if outbox_messages.is_empty() {
            return messages;
        }
        for outgoing in outbox_messages {
            messages.push(outgoing.message);
            settle_and_claim(app, "w", &[(outgoing.id, Delivery::Delivered)], 0).await.unwrap();
        }
    }
}

/// The words of the newest message on its way.
async fn last(app: &App) -> String {
    delivered(app).await.last().map(Message::words).unwrap_or_default()
}

async fn account(app: &App, login: &str, role: Role, limits: Limits) -> Account {
    let text = |text: &str| text.to_owned();
    let account = Account {
        id: format!("{login:a<32}"),
        login: text(login),
        name: text(login),
        shown_as: format!("Oficina {login}"),
        role,
        limits,
        lang: lang("es"),
        has_second_factor: false,
        ended: false,
    };
    let mut tx = app.db.begin().await.unwrap();
    assert!(accounts::add(&mut tx, &account, "no password", 0).await.unwrap());
    tx.commit().await.unwrap();
    account
}

async fn clerk(app: &App, login: &str) -> Account {
    account(app, login, Role::Author, Limits::default()).await
}

async fn only_question(app: &App, by: &Account) -> QuestionId {
    let open = open_questions(app, by).await.unwrap();
    assert_eq!(open.len(), 1);
    open[0].question.id.clone()
}

fn refused<T: std::fmt::Debug>(result: Result<T, AppError>) -> Refusal {
    match result {
        Err(AppError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn count(db: &TestDb, name: &str) -> i64 {
    let counters = events::counters(&db.db).await.unwrap();
    counters.iter().filter(|counter| counter.name == name).map(|counter| counter.n).sum()
}

#[tokio::test]
async fn what_is_left_reaches_a_person_and_the_answer_comes_back_in_the_persons_language_first() {
    for db in databases().await {
        for (code, strange) in STRANGE {
            let app = app(&db);
            let by = account(&app, &format!("ana-{code}"), Role::Author, Limits::default()).await;
            let person = Person { app: &app, address: code, lang: lang(code) };
            person.leaves(strange).await;
            let id = only_question(&app, &by).await;
            let open = open_question(&app, &by, &id).await.unwrap();
            assert_eq!(open.lines[0].words, [(lang(code), strange.to_owned())]);
            delivered(&app).await;
            claim_question(&app, &by, &id).await.unwrap();
            assert!(last(&app).await.contains(&by.shown_as), "the person is told who reads it");
            assert_eq!(person.says("…?").await, [], "we keep silent while somebody answers");
            let two = vec![(lang("es"), "Hola".to_owned()), (lang(code), format!("({code})"))];
            assert_eq!(refused(answer_question(&app, &by, &id, two.clone(), 1).await), Refusal::Changed);
            answer_question(&app, &by, &id, two, 2).await.unwrap();
            let answer = delivered(&app).await.pop().unwrap();
            assert_eq!(answer.lines[1].lang, lang(code), "their language stands first");
            assert!(answer.words().contains("Hola") || code == "es", "{}", answer.words());
            let open = open_question(&app, &by, &id).await.unwrap();
            assert_eq!(open.lines.iter().filter(|line| line.by == Speaker::Person).count(), 2);
            close_question(&app, &by, &id).await.unwrap();
            assert!(last(&app).await.contains(&plain(&say(lang(code), &Phrase::PersonLeft))));
            assert_eq!(refused(open_question(&app, &by, &id).await), Refusal::Gone);
            assert_ne!(person.says(strange).await, [], "and we answer again");
        }
        assert_eq!([count(&db, "question-left").await, count(&db, "question-closed").await], [3, 3]);
        assert_eq!(count(&db, "first-answer").await, 3);
    }
}

#[tokio::test]
async fn nothing_is_given_to_anybody_without_a_yes() {
    let db = sqlite().await;
    let app = app(&db);
    let by = clerk(&app, "ana").await;
    let person = Person { app: &app, address: "1", lang: lang("ht") };
    person.says(STRANGE[0].1).await;
    for button in [Button::Person(person.lang), Button::LeaveOther(person.lang)] {
        person.does(Input::Press(button)).await;
    }
    person.says("ki moun ki ka repare frijidè mwen").await;
    assert_eq!(open_questions(&app, &by).await.unwrap(), []);
    person.does(Input::Press(Button::LeaveNo(person.lang))).await;
    // What was refused cannot be sent by an old button any more.
    person.does(Input::Press(Button::Leave(person.lang))).await;
    assert_eq!(open_questions(&app, &by).await.unwrap(), []);
}

#[tokio::test]
async fn two_colleagues_never_answer_the_same_question() {
    for db in databases().await {
        let app = app(&db);
        let (ana, ben) = (clerk(&app, "ana").await, clerk(&app, "ben").await);
        Person { app: &app, address: "1", lang: lang("ht") }.leaves(STRANGE[0].1).await;
        let id = only_question(&app, &ana).await;
        let (first, second) = tokio::join!(claim_question(&app, &ana, &id), claim_question(&app, &ben, &id));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let (holder, other) = if first.is_ok() { (&ana, &ben) } else { (&ben, &ana) };
        let words = || vec![(lang("ht"), "Bonjou".to_owned())];
        assert_eq!(refused(answer_question(&app, other, &id, words(), 1).await), Refusal::Taken);
        assert_eq!(refused(close_question(&app, other, &id).await), Refusal::Taken);
        let (one, again) = tokio::join!(
            answer_question(&app, holder, &id, words(), 1),
            answer_question(&app, holder, &id, words(), 1)
        );
        assert!(one.is_ok() != again.is_ok(), "a form that is sent twice answers once");
        let said = delivered(&app).await;
        assert_eq!(said.iter().filter(|message| message.words().contains("Bonjou")).count(), 1);
        hand_question(&app, holder, &id, &other.id).await.unwrap();
        assert_eq!(refused(answer_question(&app, holder, &id, words(), 2).await), Refusal::Taken);
        answer_question(&app, other, &id, words(), 2).await.unwrap();
    }
}

#[tokio::test]
async fn who_has_no_right_sees_nothing_and_can_do_nothing() {
    let db = sqlite().await;
    let app = app(&db);
    let ana = clerk(&app, "ana").await;
    let observer = account(&app, "olga", Role::Observer, Limits::default()).await;
    let place = |key: &str| Limits { municipality: key.parse().ok(), ..Limits::default() };
    let elsewhere = account(&app, "eva", Role::Administrator, place("maipu")).await;
    let here = account(&app, "hugo", Role::Author, place("quilicura")).await;
    let spanish = Limits { langs: [lang("es")].into(), ..Limits::default() };
    let spanish = account(&app, "sol", Role::Author, spanish).await;
    let ended = Account { ended: true, ..clerk(&app, "fin").await };
    let mut tx = app.db.begin().await.unwrap();
    accounts::end(&mut tx, &ended.id, 0).await.unwrap();
    tx.commit().await.unwrap();
    let person = Person { app: &app, address: "1", lang: lang("ht") };
    person.does(Input::Press(Button::Mine("quilicura".parse().unwrap()))).await;
    person.leaves(STRANGE[0].1).await;
    let id = only_question(&app, &ana).await;
    for nobody in [&observer, &elsewhere, &spanish, &ended] {
        assert_eq!(open_questions(&app, nobody).await.unwrap(), [], "{}", nobody.login);
        assert_eq!(refused(open_question(&app, nobody, &id).await), Refusal::NoRight);
        assert_eq!(refused(claim_question(&app, nobody, &id).await), Refusal::NoRight);
    }
    claim_question(&app, &here, &id).await.unwrap();
    assert_eq!(refused(hand_question(&app, &here, &id, &elsewhere.id).await), Refusal::NoRight);
    move_question(&app, &here, &id, &"maipu".parse().unwrap()).await.unwrap();
    assert_eq!(refused(claim_question(&app, &here, &id).await), Refusal::NoRight);
    claim_question(&app, &elsewhere, &id).await.unwrap();
}

#[tokio::test]
async fn while_a_person_answers_danger_is_heard_and_stop_ends_it() {
    let db = sqlite().await;
    let app = app(&db);
    let ana = clerk(&app, "ana").await;
    let person = Person { app: &app, address: "1", lang: lang("ht") };
    person.leaves(STRANGE[0].1).await;
    let id = only_question(&app, &ana).await;
    claim_question(&app, &ana, &id).await.unwrap();
    let danger = person.says("mari m ap bat mwen, mwen pè").await;
    assert_eq!(danger.len(), 1, "{danger:?}");
    assert!(danger[0].words().contains("1455"), "{danger:?}");
    let stopped = person.does(Input::Command(Command::Stop)).await;
    assert!(stopped[0].words().contains(&say(person.lang, &Phrase::TakenBack)));
    let words = vec![(lang("ht"), "Bonjou".to_owned())];
    assert_eq!(refused(answer_question(&app, &ana, &id, words, 2).await), Refusal::Gone);
    assert_ne!(person.says(STRANGE[0].1).await, []);
}

#[tokio::test]
async fn a_published_answer_can_be_sent_and_a_question_become_an_entry() {
    let db = started_sqlite().await;
    let app = app(&db);
    let ana = account(&app, "ana", Role::Reviewer, Limits::default()).await;
    let person = Person { app: &app, address: "1", lang: lang("ht") };
    person.leaves(STRANGE[0].1).await;
    let id = only_question(&app, &ana).await;
    claim_question(&app, &ana, &id).await.unwrap();
    delivered(&app).await;
    send_entry(&app, &ana, &id, &"health/cost".parse().unwrap()).await.unwrap();
    let sent = delivered(&app).await.pop().unwrap();
    assert_eq!((sent.lang, sent.rows.is_empty()), (lang("ht"), false));
    let two = vec![(lang("ht"), "Gade nan televizyon.".to_owned()), (lang("es"), "Mire la televisión.".to_owned())];
    answer_question(&app, &ana, &id, two, 2).await.unwrap();
    let key = "social/football".parse().unwrap();
    entry_of_question(&app, &ana, &id, &key, "migrant-help".parse().unwrap()).await.unwrap();
    let draft = drafts::find(&app.db, &ContentItem::Text(key.clone(), lang("ht"))).await.unwrap().unwrap();
    let Body::Text(text) = draft.version.body else { panic!("a text") };
    assert_eq!((text.question.as_str(), text.answer.as_str()), (STRANGE[0].1, "Gade nan televizyon."));
    assert_eq!(text.phrasings, [STRANGE[0].1]);
    assert!(drafts::find(&app.db, &ContentItem::Text(key, lang("es"))).await.unwrap().is_some());
    assert_eq!(refused(open_question(&app, &ana, &id).await), Refusal::Gone);
}

#[tokio::test]
async fn a_question_left_lying_goes_back_to_all_and_one_that_nobody_answers_ends() {
    for db in databases().await {
        let app = app(&db);
        let (ana, ben) = (clerk(&app, "ana").await, clerk(&app, "ben").await);
        let person = Person { app: &app, address: "1", lang: lang("ht") };
        person.leaves(STRANGE[0].1).await;
        let id = only_question(&app, &ana).await;
        claim_question(&app, &ana, &id).await.unwrap();
        app.clock.advance(CLAIM - TimeDelta::seconds(1));
        clean_up(&app).await.unwrap();
        assert_eq!(refused(claim_question(&app, &ben, &id).await), Refusal::Taken);
        app.clock.advance(TimeDelta::seconds(2));
        clean_up(&app).await.unwrap();
        assert!(last(&app).await.contains(&say(person.lang, &Phrase::PersonAway)));
        assert_ne!(person.says(STRANGE[0].1).await, [], "we answer meanwhile");
        claim_question(&app, &ben, &id).await.unwrap();
        give_back_question(&app, &ben, &id).await.unwrap();
        app.clock.advance(KEPT);
        clean_up(&app).await.unwrap();
        assert!(last(&app).await.contains(&say(person.lang, &Phrase::QuestionExpired)));
        assert_eq!(open_questions(&app, &ana).await.unwrap(), []);
    }
}

#[tokio::test]
async fn who_wants_to_be_told_is_told_once_when_an_answer_is_published() {
    for db in databases().await {
        let mut app = app(&db);
        let person = Person { app: &app, address: "1", lang: lang("en") };
        let asked = "who won the football match last night?";
        person.says(asked).await;
        let told = person.does(Input::Press(Button::TellMe(lang("en")))).await;
        assert!(told[0].words().contains("30 days"));
        delivered(&app).await;
        notify_subscribers(&app).await.unwrap();
        assert_eq!(delivered(&app).await, [], "nothing is published yet");
        // The next revision has a phrasing that answers it, word for word.
        let mut content = read(&embedded(&STARTER)).unwrap();
        let mut phrasing = content.phrasings.iter().find(|one| one.entry.is_some()).unwrap().clone();
        (phrasing.lang, phrasing.text) = (lang("en"), asked.to_owned());
        content.phrasings.push(phrasing);
        app.live = Live::of(Arc::new(Knowledge::build(content, 2).unwrap()));
        notify_subscribers(&app).await.unwrap();
        let said = delivered(&app).await;
        assert_eq!(said.len(), 1);
        assert!(said[0].words().contains(asked), "{}", said[0].words());
        notify_subscribers(&app).await.unwrap();
        assert_eq!(delivered(&app).await, [], "and then it is forgotten");
        assert_eq!(count(&db, "wish-granted").await, 1);
    }
}

#[tokio::test]
async fn where_nobody_can_be_written_to_later_nothing_is_taken() {
    let db = sqlite().await;
    let app = app(&db);
    let by = clerk(&app, "ana").await;
    for said in [
        Input::Text(STRANGE[2].1.into()),
        Input::Press(Button::Person(lang("en"))),
        Input::Press(Button::Leave(lang("en"))),
    ] {
        let heard = TurnInput { input: said, proposed: Some(lang("en")), reachable: false };
        let (address, return_to) = ("page".to_owned(), json!(null));
        let arrival = Arrival { door: Door::Web, address, update: None, turn_input: heard, return_to, later: None };
        let Taken::Replied(messages) = take_turn(&app, &arrival).await.unwrap() else { panic!("replied") };
        assert!(!messages.is_empty());
    }
    assert_eq!(open_questions(&app, &by).await.unwrap(), []);
}

#[tokio::test]
async fn an_answer_that_a_person_has_sent_can_be_voted_on_once() {
    for db in databases().await {
        let app = app(&db);
        let ana = account(&app, "ana", Role::Reviewer, Limits::default()).await;
        let person = Person { app: &app, address: "1", lang: lang("ht") };
        person.leaves(STRANGE[0].1).await;
        let key = || "health/cost".parse().unwrap();
        let revision = app.live.now().revision_of(&key(), lang("ht")).unwrap();
        let vote = || Input::Press(Button::Useful(key(), lang("ht"), revision));
        person.does(vote()).await;
        assert_eq!(count(&db, "useful").await, 0, "nothing was answered yet");
        let id = only_question(&app, &ana).await;
        send_entry(&app, &ana, &id, &key()).await.unwrap();
        person.does(vote()).await;
        person.does(vote()).await;
        assert_eq!(count(&db, "useful").await, 1, "on {}", db.db.name());
    }
}
