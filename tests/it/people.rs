//! Questions left for a person: given only after a yes, answered by one, delivered, taken back, and erased.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::json;
use ventanilla::app::runtime::live::Live;
use ventanilla::app::{
    Arrival, Fate, House, Taken, AppError, answer_question, claim_question, clean_up, close_question, entry_of_question,
    give_back_question, hand_in, hand_question, move_question, open_question, open_questions, send_entry, take_turn,
    tell_wishes,
};
use ventanilla::bot::citizen::{Button, Command, Heard, Message, Said};
use ventanilla::bot::knowledge::Knowledge;
use ventanilla::domain::content::body::Body;
use ventanilla::domain::content::item::Piece;
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

use crate::houses::{TestDb, databases, house, sqlite, started_sqlite};

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
    house: &'a House,
    address: &'a str,
    lang: Lang,
}

impl Person<'_> {
    async fn does(&self, said: Said) -> Vec<Message> {
        let heard = Heard { said, proposed: Some(self.lang), reachable: true };
        let (return_to, later) = (json!({ "chat": 1, "pressed": 5 }), Some(json!({ "chat": 1 })));
        let address = self.address.to_owned();
        let arrival = Arrival { door: Door::Telegram, address, update: None, heard, return_to, later };
        match take_turn(self.house, &arrival).await.unwrap() {
            Taken::Replied(messages) | Taken::Forgotten(messages) | Taken::Hushed(messages) => messages,
            Taken::Seen => panic!("not seen before"),
        }
    }

    async fn says(&self, words: &str) -> Vec<Message> {
        self.does(Said::Text(words.to_owned())).await
    }

    /// Asks something strange, and leaves it for a person.
    async fn leaves(&self, words: &str) {
        self.says(words).await;
        self.does(Said::Press(Button::Person(self.lang))).await;
        let left = self.does(Said::Press(Button::Leave(self.lang))).await;
        assert!(left[0].words().contains(&plain(&say(self.lang, &Phrase::QuestionLeft))), "{left:?}");
    }
}

fn plain(words: &str) -> String {
    words.replace("**", "")
}

/// All that is on its way, in order; it arrives. None of it is bound to a button that was pressed.
async fn delivered(house: &House) -> Vec<Message> {
    let mut messages = Vec::new();
    loop {
        let parcels = hand_in(house, "w", &[], 50).await.unwrap();
        if parcels.is_empty() {
            return messages;
        }
        for parcel in parcels {
            messages.push(parcel.message);
            hand_in(house, "w", &[(parcel.id, Fate::Delivered)], 0).await.unwrap();
        }
    }
}

/// The words of the newest message on its way.
async fn last(house: &House) -> String {
    delivered(house).await.last().map(Message::words).unwrap_or_default()
}

async fn account(house: &House, login: &str, role: Role, limits: Limits) -> Account {
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
    let mut tx = house.db.begin().await.unwrap();
    assert!(accounts::add(&mut tx, &account, "no password", 0).await.unwrap());
    tx.commit().await.unwrap();
    account
}

async fn clerk(house: &House, login: &str) -> Account {
    account(house, login, Role::Author, Limits::default()).await
}

async fn only_question(house: &House, by: &Account) -> QuestionId {
    let open = open_questions(house, by).await.unwrap();
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
            let house = house(&db);
            let by = account(&house, &format!("ana-{code}"), Role::Author, Limits::default()).await;
            let person = Person { house: &house, address: code, lang: lang(code) };
            person.leaves(strange).await;
            let id = only_question(&house, &by).await;
            let open = open_question(&house, &by, &id).await.unwrap();
            assert_eq!(open.lines[0].words, [(lang(code), strange.to_owned())]);
            delivered(&house).await;
            claim_question(&house, &by, &id).await.unwrap();
            assert!(last(&house).await.contains(&by.shown_as), "the person is told who reads it");
            assert_eq!(person.says("…?").await, [], "we keep silent while somebody answers");
            let two = vec![(lang("es"), "Hola".to_owned()), (lang(code), format!("({code})"))];
            assert_eq!(refused(answer_question(&house, &by, &id, two.clone(), 1).await), Refusal::Changed);
            answer_question(&house, &by, &id, two, 2).await.unwrap();
            let answer = delivered(&house).await.pop().unwrap();
            assert_eq!(answer.lines[1].lang, lang(code), "their language stands first");
            assert!(answer.words().contains("Hola") || code == "es", "{}", answer.words());
            let open = open_question(&house, &by, &id).await.unwrap();
            assert_eq!(open.lines.iter().filter(|line| line.by == Speaker::Person).count(), 2);
            close_question(&house, &by, &id).await.unwrap();
            assert!(last(&house).await.contains(&plain(&say(lang(code), &Phrase::PersonLeft))));
            assert_eq!(refused(open_question(&house, &by, &id).await), Refusal::Gone);
            assert_ne!(person.says(strange).await, [], "and we answer again");
        }
        assert_eq!([count(&db, "question-left").await, count(&db, "question-closed").await], [3, 3]);
        assert_eq!(count(&db, "first-answer").await, 3);
    }
}

#[tokio::test]
async fn nothing_is_given_to_anybody_without_a_yes() {
    let db = sqlite().await;
    let house = house(&db);
    let by = clerk(&house, "ana").await;
    let person = Person { house: &house, address: "1", lang: lang("ht") };
    person.says(STRANGE[0].1).await;
    for button in [Button::Person(person.lang), Button::LeaveOther(person.lang)] {
        person.does(Said::Press(button)).await;
    }
    person.says("ki moun ki ka repare frijidè mwen").await;
    assert_eq!(open_questions(&house, &by).await.unwrap(), []);
    person.does(Said::Press(Button::LeaveNo(person.lang))).await;
    // What was refused cannot be sent by an old button any more.
    person.does(Said::Press(Button::Leave(person.lang))).await;
    assert_eq!(open_questions(&house, &by).await.unwrap(), []);
}

#[tokio::test]
async fn two_colleagues_never_answer_the_same_question() {
    for db in databases().await {
        let house = house(&db);
        let (ana, ben) = (clerk(&house, "ana").await, clerk(&house, "ben").await);
        Person { house: &house, address: "1", lang: lang("ht") }.leaves(STRANGE[0].1).await;
        let id = only_question(&house, &ana).await;
        let (first, second) = tokio::join!(claim_question(&house, &ana, &id), claim_question(&house, &ben, &id));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let (holder, other) = if first.is_ok() { (&ana, &ben) } else { (&ben, &ana) };
        let words = || vec![(lang("ht"), "Bonjou".to_owned())];
        assert_eq!(refused(answer_question(&house, other, &id, words(), 1).await), Refusal::Taken);
        assert_eq!(refused(close_question(&house, other, &id).await), Refusal::Taken);
        let (one, again) = tokio::join!(
            answer_question(&house, holder, &id, words(), 1),
            answer_question(&house, holder, &id, words(), 1)
        );
        assert!(one.is_ok() != again.is_ok(), "a form that is sent twice answers once");
        let said = delivered(&house).await;
        assert_eq!(said.iter().filter(|message| message.words().contains("Bonjou")).count(), 1);
        hand_question(&house, holder, &id, &other.id).await.unwrap();
        assert_eq!(refused(answer_question(&house, holder, &id, words(), 2).await), Refusal::Taken);
        answer_question(&house, other, &id, words(), 2).await.unwrap();
    }
}

#[tokio::test]
async fn who_has_no_right_sees_nothing_and_can_do_nothing() {
    let db = sqlite().await;
    let house = house(&db);
    let ana = clerk(&house, "ana").await;
    let observer = account(&house, "olga", Role::Observer, Limits::default()).await;
    let place = |key: &str| Limits { municipality: key.parse().ok(), ..Limits::default() };
    let elsewhere = account(&house, "eva", Role::Administrator, place("maipu")).await;
    let here = account(&house, "hugo", Role::Author, place("quilicura")).await;
    let spanish = Limits { langs: [lang("es")].into(), ..Limits::default() };
    let spanish = account(&house, "sol", Role::Author, spanish).await;
    let ended = Account { ended: true, ..clerk(&house, "fin").await };
    let mut tx = house.db.begin().await.unwrap();
    accounts::end(&mut tx, &ended.id, 0).await.unwrap();
    tx.commit().await.unwrap();
    let person = Person { house: &house, address: "1", lang: lang("ht") };
    person.does(Said::Press(Button::Mine("quilicura".parse().unwrap()))).await;
    person.leaves(STRANGE[0].1).await;
    let id = only_question(&house, &ana).await;
    for nobody in [&observer, &elsewhere, &spanish, &ended] {
        assert_eq!(open_questions(&house, nobody).await.unwrap(), [], "{}", nobody.login);
        assert_eq!(refused(open_question(&house, nobody, &id).await), Refusal::NoRight);
        assert_eq!(refused(claim_question(&house, nobody, &id).await), Refusal::NoRight);
    }
    claim_question(&house, &here, &id).await.unwrap();
    assert_eq!(refused(hand_question(&house, &here, &id, &elsewhere.id).await), Refusal::NoRight);
    move_question(&house, &here, &id, &"maipu".parse().unwrap()).await.unwrap();
    assert_eq!(refused(claim_question(&house, &here, &id).await), Refusal::NoRight);
    claim_question(&house, &elsewhere, &id).await.unwrap();
}

#[tokio::test]
async fn while_a_person_answers_danger_is_heard_and_stop_ends_it() {
    let db = sqlite().await;
    let house = house(&db);
    let ana = clerk(&house, "ana").await;
    let person = Person { house: &house, address: "1", lang: lang("ht") };
    person.leaves(STRANGE[0].1).await;
    let id = only_question(&house, &ana).await;
    claim_question(&house, &ana, &id).await.unwrap();
    let danger = person.says("mari m ap bat mwen, mwen pè").await;
    assert_eq!(danger.len(), 1, "{danger:?}");
    assert!(danger[0].words().contains("1455"), "{danger:?}");
    let stopped = person.does(Said::Command(Command::Stop)).await;
    assert!(stopped[0].words().contains(&say(person.lang, &Phrase::TakenBack)));
    let words = vec![(lang("ht"), "Bonjou".to_owned())];
    assert_eq!(refused(answer_question(&house, &ana, &id, words, 2).await), Refusal::Gone);
    assert_ne!(person.says(STRANGE[0].1).await, []);
}

#[tokio::test]
async fn a_published_answer_can_be_sent_and_a_question_become_an_entry() {
    let db = started_sqlite().await;
    let house = house(&db);
    let ana = account(&house, "ana", Role::Reviewer, Limits::default()).await;
    let person = Person { house: &house, address: "1", lang: lang("ht") };
    person.leaves(STRANGE[0].1).await;
    let id = only_question(&house, &ana).await;
    claim_question(&house, &ana, &id).await.unwrap();
    delivered(&house).await;
    send_entry(&house, &ana, &id, &"health/cost".parse().unwrap()).await.unwrap();
    let sent = delivered(&house).await.pop().unwrap();
    assert_eq!((sent.lang, sent.rows.is_empty()), (lang("ht"), false));
    let two = vec![(lang("ht"), "Gade nan televizyon.".to_owned()), (lang("es"), "Mire la televisión.".to_owned())];
    answer_question(&house, &ana, &id, two, 2).await.unwrap();
    let key = "social/football".parse().unwrap();
    entry_of_question(&house, &ana, &id, &key, "migrant-help".parse().unwrap()).await.unwrap();
    let draft = drafts::find(&house.db, &Piece::Text(key.clone(), lang("ht"))).await.unwrap().unwrap();
    let Body::Text(text) = draft.version.body else { panic!("a text") };
    assert_eq!((text.question.as_str(), text.answer.as_str()), (STRANGE[0].1, "Gade nan televizyon."));
    assert_eq!(text.phrasings, [STRANGE[0].1]);
    assert!(drafts::find(&house.db, &Piece::Text(key, lang("es"))).await.unwrap().is_some());
    assert_eq!(refused(open_question(&house, &ana, &id).await), Refusal::Gone);
}

#[tokio::test]
async fn a_question_left_lying_goes_back_to_all_and_one_that_nobody_answers_ends() {
    for db in databases().await {
        let house = house(&db);
        let (ana, ben) = (clerk(&house, "ana").await, clerk(&house, "ben").await);
        let person = Person { house: &house, address: "1", lang: lang("ht") };
        person.leaves(STRANGE[0].1).await;
        let id = only_question(&house, &ana).await;
        claim_question(&house, &ana, &id).await.unwrap();
        house.clock.advance(CLAIM - TimeDelta::seconds(1));
        clean_up(&house).await.unwrap();
        assert_eq!(refused(claim_question(&house, &ben, &id).await), Refusal::Taken);
        house.clock.advance(TimeDelta::seconds(2));
        clean_up(&house).await.unwrap();
        assert!(last(&house).await.contains(&say(person.lang, &Phrase::PersonAway)));
        assert_ne!(person.says(STRANGE[0].1).await, [], "we answer meanwhile");
        claim_question(&house, &ben, &id).await.unwrap();
        give_back_question(&house, &ben, &id).await.unwrap();
        house.clock.advance(KEPT);
        clean_up(&house).await.unwrap();
        assert!(last(&house).await.contains(&say(person.lang, &Phrase::QuestionExpired)));
        assert_eq!(open_questions(&house, &ana).await.unwrap(), []);
    }
}

#[tokio::test]
async fn who_wants_to_be_told_is_told_once_when_an_answer_is_published() {
    for db in databases().await {
        let mut house = house(&db);
        let person = Person { house: &house, address: "1", lang: lang("en") };
        let asked = "who won the football match last night?";
        person.says(asked).await;
        let told = person.does(Said::Press(Button::TellMe(lang("en")))).await;
        assert!(told[0].words().contains("30 days"));
        delivered(&house).await;
        tell_wishes(&house).await.unwrap();
        assert_eq!(delivered(&house).await, [], "nothing is published yet");
        // The next revision has a phrasing that answers it, word for word.
        let mut content = read(&embedded(&STARTER)).unwrap();
        let mut phrasing = content.phrasings.iter().find(|one| one.entry.is_some()).unwrap().clone();
        (phrasing.lang, phrasing.text) = (lang("en"), asked.to_owned());
        content.phrasings.push(phrasing);
        house.live = Live::of(Arc::new(Knowledge::build(content, 2).unwrap()));
        tell_wishes(&house).await.unwrap();
        let said = delivered(&house).await;
        assert_eq!(said.len(), 1);
        assert!(said[0].words().contains(asked), "{}", said[0].words());
        tell_wishes(&house).await.unwrap();
        assert_eq!(delivered(&house).await, [], "and then it is forgotten");
        assert_eq!(count(&db, "wish-granted").await, 1);
    }
}

#[tokio::test]
async fn where_nobody_can_be_written_to_later_nothing_is_taken() {
    let db = sqlite().await;
    let house = house(&db);
    let by = clerk(&house, "ana").await;
    for said in [
        Said::Text(STRANGE[2].1.into()),
        Said::Press(Button::Person(lang("en"))),
        Said::Press(Button::Leave(lang("en"))),
    ] {
        let heard = Heard { said, proposed: Some(lang("en")), reachable: false };
        let (address, return_to) = ("page".to_owned(), json!(null));
        let arrival = Arrival { door: Door::Web, address, update: None, heard, return_to, later: None };
        let Taken::Replied(messages) = take_turn(&house, &arrival).await.unwrap() else { panic!("replied") };
        assert!(!messages.is_empty());
    }
    assert_eq!(open_questions(&house, &by).await.unwrap(), []);
}

#[tokio::test]
async fn an_answer_that_a_person_has_sent_can_be_voted_on_once() {
    for db in databases().await {
        let house = house(&db);
        let ana = account(&house, "ana", Role::Reviewer, Limits::default()).await;
        let person = Person { house: &house, address: "1", lang: lang("ht") };
        person.leaves(STRANGE[0].1).await;
        let key = || "health/cost".parse().unwrap();
        let revision = house.live.now().revision_of(&key(), lang("ht")).unwrap();
        let vote = || Said::Press(Button::Useful(key(), lang("ht"), revision));
        person.does(vote()).await;
        assert_eq!(count(&db, "useful").await, 0, "nothing was answered yet");
        let id = only_question(&house, &ana).await;
        send_entry(&house, &ana, &id, &key()).await.unwrap();
        person.does(vote()).await;
        person.does(vote()).await;
        assert_eq!(count(&db, "useful").await, 1, "on {}", db.db.name());
    }
}
