//! Proposing a change and judging it, with a restart at every step.

use chrono::TimeDelta;
use ventanilla::app::{
    Accepted, App, Arrival, SourceMessage, StaffTurnOutcome, Taken, publish, save_draft, submit, take_staff_turn_of,
    take_turn,
};
use ventanilla::bot::citizen::{Button, Input, Message, StaffButton, StaffInput, TurnInput};
use ventanilla::domain::content::aspect::Aspect;
use ventanilla::domain::content::body::{Body, TextBody};
use ventanilla::domain::content::draft::{Change, DraftState};
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::id::EntryKey;
use ventanilla::i18n::content_items::aspect_name;
use ventanilla::i18n::{Label, say};
use ventanilla::store::content::{drafts, items, overview};

use super::{buttons, delivered, done, fixtures, joins, lang, linked, presses, restarted, says, spoken, told, writes};

const AUTHOR: i64 = 11;
const REVIEWER: i64 = 12;

fn key() -> EntryKey {
    "health/cost".parse().unwrap()
}

fn item() -> ContentItem {
    ContentItem::Text(key(), lang("ht"))
}

/// What a person is answered who opens the entry.
async fn asked(app: &App) -> Vec<Message> {
    let arrival = Arrival {
        door: Door::Web,
        address: "person".into(),
        update: None,
        turn_input: TurnInput {
            input: Input::Press(Button::EntryIn(key(), lang("ht"))),
            proposed: None,
            reachable: false,
        },
        return_to: serde_json::Value::Null,
        later: None,
    };
    match take_turn(app, &arrival).await.unwrap() {
        Taken::Replied(messages) => messages,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_proposed_read_by_somebody_else_published_and_answered_through_any_restart() {
    for (test, mut app) in fixtures().await {
        let author = joins(&app, "jean", Role::Reviewer, Limits::default(), lang("ht")).await;
        let reviewer = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        linked(&app, &author, AUTHOR).await;
        linked(&app, &reviewer, REVIEWER).await;

        let card = told(&app, AUTHOR, StaffInput::Entry("health/cost".into())).await;
        for language in ["Kreyòl", "Español", "English"] {
            assert!(card.contains(language), "{card}");
        }
        presses(&app, AUTHOR, StaffButton::Propose(key())).await;
        app = restarted(&test, &app);
        let asks = presses(&app, AUTHOR, StaffButton::ProposeIn(key(), lang("ht"))).await;
        let old = items::published(&app.db, &item()).await.unwrap();
        let Some(Body::Text(old)) = old else { panic!("a text") };
        assert!(asks.contains(&old.answer), "the text stands there to be copied: {asks}");

        app = restarted(&test, &app);
        let words = "Ou pa peye anyen ak **FONASA**.";
        let (_, shown) = says(&app, AUTHOR, StaffInput::Text(words.into())).await;
        let preview = shown[1].clone();
        let all: String = shown.iter().map(Message::words).collect();
        assert!(
            all.contains("[−") && all.contains("[+") && all.contains(&say(lang("ht"), &Label::ChangeTitle)),
            "{all}"
        );
        assert!(buttons(&shown).contains(&StaffButton::Change(Change::Meaning)));

        let asks = presses(&app, AUTHOR, StaffButton::Part(Aspect::Time)).await;
        assert!(asks.contains(&say(lang("ht"), &aspect_name(Aspect::Time))), "{asks}");
        app = restarted(&test, &app);
        says(&app, AUTHOR, StaffInput::Text("2 jou.".into())).await;

        app = restarted(&test, &app);
        presses(&app, AUTHOR, StaffButton::Change(Change::Small)).await;
        app = restarted(&test, &app);
        let submitted = presses(&app, AUTHOR, StaffButton::Submit).await;
        assert_eq!(submitted, say(lang("ht"), &Label::DoneSubmitted));
        assert_eq!(presses(&app, AUTHOR, StaffButton::Submit).await, say(lang("ht"), &Label::RefusedDialogueOver));
        let draft = drafts::find(&app.db, &item()).await.unwrap().unwrap();
        assert_eq!((draft.state, draft.change), (DraftState::InReview, Change::Small));
        let Body::Text(body) = &draft.version.body else { panic!("a text") };
        assert_eq!((&body.answer, &body.phrasings), (&words.to_owned(), &old.phrasings));
        assert_eq!(body.part(Aspect::Time), "2 jou.");
        assert!(
            old.parts.iter().all(|(aspect, text)| *aspect == Aspect::Time || body.part(*aspect) == text),
            "the others stay"
        );

        // Nobody publishes what they wrote, whatever they may besides.
        let (_, list) = says(&app, AUTHOR, StaffInput::Review).await;
        let [StaffButton::Read(mark)] = &buttons(&list)[..] else { panic!("one waits: {list:?}") };
        let (_, read) = says(&app, AUTHOR, StaffInput::Press(StaffButton::Read(mark.clone()))).await;
        assert_eq!(buttons(&read), []);
        for button in [StaffButton::Accept(mark.clone()), StaffButton::SendBack(mark.clone())] {
            assert_eq!(presses(&app, AUTHOR, button).await, say(lang("ht"), &Label::RefusedOwnText));
        }
        assert_eq!(done(&app, "publish").await, 0);

        app = restarted(&test, &app);
        let (_, read) = says(&app, REVIEWER, StaffInput::Press(StaffButton::Read(mark.clone()))).await;
        assert!(read.iter().any(|message| message.words().contains("FONASA")));
        assert_eq!(buttons(&read), [StaffButton::Accept(mark.clone()), StaffButton::SendBack(mark.clone())]);
        let published = presses(&app, REVIEWER, StaffButton::Accept(mark.clone())).await;
        assert!(published.starts_with(&say(lang("es"), &Label::DonePublished)), "{published}");
        assert_eq!(
            presses(&app, REVIEWER, StaffButton::Accept(mark.clone())).await,
            say(lang("es"), &Label::RefusedGone)
        );
        assert_eq!((done(&app, "submit").await, done(&app, "publish").await), (1, 1));

        app.live.refresh(&app.db).await.unwrap();
        let answer = &asked(&app).await[0];
        // The question and the lead are there as the preview showed them.
        assert_eq!(answer.lines[..2], preview.lines[..2]);
        let standing = overview::entry(&app.db, &key()).await.unwrap().unwrap();
        assert_eq!(standing.texts[&lang("ht")].check.as_ref().unwrap().0, "Oficina de Migrantes");
    }
}

#[tokio::test]
async fn a_draft_is_sent_back_with_a_reason() {
    for (test, mut app) in fixtures().await {
        let author = joins(&app, "jean", Role::Author, Limits::default(), lang("ht")).await;
        let reviewer = joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        linked(&app, &reviewer, REVIEWER).await;
        let body = Body::Text(TextBody::typed("Konbyen?", "Anyen.", "konbyen"));
        save_draft(&app, &author, &item(), body, Change::Meaning, 0).await.unwrap();
        ventanilla::app::submit(&app, &author, &item()).await.unwrap();
        let (_, list) = says(&app, REVIEWER, StaffInput::Review).await;
        let [StaffButton::Read(mark)] = &buttons(&list)[..] else { panic!("one waits") };
        presses(&app, REVIEWER, StaffButton::SendBack(mark.clone())).await;
        app = restarted(&test, &app);
        assert_eq!(writes(&app, REVIEWER, " ").await, say(lang("es"), &Label::RefusedNoReason));
        let back = writes(&app, REVIEWER, "Falta FONASA").await;
        assert!(back.starts_with(&say(lang("es"), &Label::DoneSentBack)), "{back}");
        let draft = drafts::find(&app.db, &item()).await.unwrap().unwrap();
        assert_eq!(draft.state, DraftState::SentBack);
        assert_eq!(drafts::comments(&app.db, &item()).await.unwrap()[0].text, "Falta FONASA");
        // The dialogue is over: what is written now is a question like anybody's.
        assert_eq!(says(&app, REVIEWER, StaffInput::Text("x".into())).await.0, StaffTurnOutcome::NotStaff);
    }
}

#[tokio::test]
async fn what_cannot_be_published_cannot_be_submitted_and_a_dialogue_ends_after_half_an_hour() {
    for (_test, app) in fixtures().await {
        let author = joins(&app, "jean", Role::Author, Limits::default(), lang("ht")).await;
        linked(&app, &author, AUTHOR).await;
        presses(&app, AUTHOR, StaffButton::ProposeIn(key(), lang("ht"))).await;
        presses(&app, AUTHOR, StaffButton::Question).await;
        let (_, shown) = says(&app, AUTHOR, StaffInput::Text("k".repeat(61))).await;
        assert!(shown.last().unwrap().words().contains(&say(lang("ht"), &Label::ProblemLong { most: "60" })));
        let parts = Aspect::ALL.map(StaffButton::Part);
        let [first, last] = [StaffButton::Question, StaffButton::ThrowAway];
        assert_eq!(buttons(&shown), [first].into_iter().chain(parts).chain([last]).collect::<Vec<_>>());
        // A button of an older message does not get around it.
        presses(&app, AUTHOR, StaffButton::Change(Change::Small)).await;
        assert_eq!(presses(&app, AUTHOR, StaffButton::Submit).await, say(lang("ht"), &Label::RefusedProblems));
        assert_eq!(drafts::newest(&app.db, &item()).await.unwrap(), 0);
        assert_eq!(presses(&app, AUTHOR, StaffButton::ThrowAway).await, say(lang("ht"), &Label::StaffChatThrownAway));

        presses(&app, AUTHOR, StaffButton::ProposeIn(key(), lang("ht"))).await;
        app.clock.advance(TimeDelta::minutes(30));
        assert_eq!(says(&app, AUTHOR, StaffInput::Text("x".into())).await.0, StaffTurnOutcome::NotStaff);
        let over = say(lang("ht"), &Label::RefusedDialogueOver);
        assert_eq!(presses(&app, AUTHOR, StaffButton::Change(Change::Small)).await, over);
    }
}

/// Somebody writes a message of this number, or changes it.
async fn message(app: &App, update: i64, number: i64, edited: bool, words: &str) -> (StaffTurnOutcome, String) {
    let source = SourceMessage { number, edited, words: Some(words.into()), album: None, at: None };
    let spoken = spoken(AUTHOR, update, StaffInput::Text(words.into()));
    let taken = take_staff_turn_of(app, &spoken, Some(&source)).await.unwrap();
    let said = delivered(app).await.iter().map(Message::words).collect::<Vec<_>>().join("\n");
    (taken, said)
}

#[tokio::test]
async fn words_that_were_changed_take_the_place_of_those_before_and_never_that_of_others() {
    for (_test, app) in fixtures().await {
        let author = joins(&app, "jean", Role::Author, Limits::default(), lang("ht")).await;
        linked(&app, &author, AUTHOR).await;
        presses(&app, AUTHOR, StaffButton::ProposeIn(key(), lang("ht"))).await;
        presses(&app, AUTHOR, StaffButton::Question).await;
        message(&app, 501, 51, false, "Konbyen lajan?").await;
        message(&app, 502, 52, false, "Pa m nan.").await;
        // Telegram says "edited" of what has the same words as well.
        assert_eq!(message(&app, 503, 51, true, "Konbyen lajan?").await, (StaffTurnOutcome::Taken, String::new()));
        let (_, shown) = message(&app, 504, 51, true, "Konbyen sa koute?").await;
        assert!(shown.contains("Konbyen sa koute?") && shown.contains("Pa m nan."), "{shown}");
        let (_, shown) = message(&app, 505, 52, true, "Pa nou an.").await;
        assert!(shown.contains("Pa nou an.") && !shown.contains("Pa m nan."), "{shown}");
        // A message that was a question like anybody's is none of the dialogue when it is changed.
        assert_eq!(message(&app, 506, 40, true, "ki kote?").await.0, StaffTurnOutcome::NotStaff);
        presses(&app, AUTHOR, StaffButton::Change(Change::Small)).await;
        assert_eq!(presses(&app, AUTHOR, StaffButton::Submit).await, say(lang("ht"), &Label::DoneSubmitted));
        let draft = drafts::find(&app.db, &item()).await.unwrap().unwrap();
        let Body::Text(text) = draft.version.body else { panic!("a text") };
        assert_eq!((text.question.as_str(), text.answer.as_str()), ("Konbyen sa koute?", "Pa nou an."));
        // What was sent on cannot be changed here any more, and that is said.
        let (taken, said) = message(&app, 507, 52, true, "Pa yo a.").await;
        assert_eq!((taken, said), (StaffTurnOutcome::Taken, say(lang("ht"), &Label::RefusedDialogueOver)));
    }
}

#[tokio::test]
async fn whoever_is_overtaken_sees_both_texts_and_loses_nothing() {
    for (_test, app) in fixtures().await {
        let author = joins(&app, "jean", Role::Author, Limits::default(), lang("ht")).await;
        let other = joins(&app, "rosa", Role::Author, Limits::default(), lang("es")).await;
        linked(&app, &author, AUTHOR).await;
        presses(&app, AUTHOR, StaffButton::ProposeIn(key(), lang("ht"))).await;
        writes(&app, AUTHOR, "Pa m nan.").await;
        presses(&app, AUTHOR, StaffButton::Change(Change::Small)).await;
        let theirs = Body::Text(TextBody::typed("Konbyen?", "Pa l la.", "konbyen"));
        save_draft(&app, &other, &item(), theirs, Change::Meaning, 0).await.unwrap();
        let both = presses(&app, AUTHOR, StaffButton::Submit).await;
        assert!(both.contains("Pa m nan.") && both.contains("Pa l la.") && both.contains("rosa"), "{both}");
        assert_eq!(presses(&app, AUTHOR, StaffButton::Submit).await, say(lang("ht"), &Label::DoneSubmitted));
        assert_eq!(drafts::versions(&app.db, &item()).await.unwrap().len(), 3, "the pack's, theirs and mine");
    }
}

#[tokio::test]
async fn limits_hold_and_words_find_entries() {
    for (_test, app) in fixtures().await {
        joins(&app, "ana", Role::Administrator, Limits::default(), lang("es")).await;
        let limits = Limits { langs: [lang("ht")].into(), ..Limits::default() };
        let translator = joins(&app, "tradiktè-1".replace('è', "e").as_str(), Role::Reviewer, limits, lang("ht")).await;
        linked(&app, &translator, AUTHOR).await;
        let (_, card) = says(&app, AUTHOR, StaffInput::Entry("health/cost".into())).await;
        assert_eq!(buttons(&card), [StaffButton::Propose(key())], "not the whole entry");
        let (_, langs) = says(&app, AUTHOR, StaffInput::Press(StaffButton::Propose(key()))).await;
        assert_eq!(buttons(&langs), [StaffButton::ProposeIn(key(), lang("ht"))]);
        let no = say(lang("ht"), &Label::RefusedNoRight);
        for button in [StaffButton::ProposeIn(key(), lang("es")), StaffButton::Verify(key())] {
            assert_eq!(presses(&app, AUTHOR, button).await, no);
        }
        assert_eq!(done(&app, "still-correct").await, 0);

        let (_, found) = says(&app, AUTHOR, StaffInput::Entry("konbyen lopital la koute".into())).await;
        let found = buttons(&found);
        assert!(found.len() == 5 && found.contains(&StaffButton::Show(key())), "{found:?}");
        let how = told(&app, AUTHOR, StaffInput::Entry(" ".into())).await;
        assert_eq!(how, say(lang("ht"), &Label::StaffChatEntryHow));
    }
}

#[tokio::test]
async fn whoever_wrote_an_answer_is_not_offered_still_correct_in_telegram_either() {
    for (_test, app) in fixtures().await {
        let ana = joins(&app, "ana", Role::Reviewer, Limits::default(), lang("es")).await;
        let rosa = joins(&app, "rosa", Role::Reviewer, Limits::default(), lang("es")).await;
        linked(&app, &ana, AUTHOR).await;
        linked(&app, &rosa, REVIEWER).await;
        let body = Body::Text(TextBody::typed("Konbyen?", "Anyen.", ""));
        let number = save_draft(&app, &ana, &item(), body, Change::Small, 0).await.unwrap();
        submit(&app, &ana, &item()).await.unwrap();
        publish(&app, &rosa, &[Accepted { item: item(), number }], false).await.unwrap();
        for (chat, may) in [(AUTHOR, false), (REVIEWER, true)] {
            let (_, card) = says(&app, chat, StaffInput::Entry("health/cost".into())).await;
            assert_eq!(buttons(&card).contains(&StaffButton::Verify(key())), may);
            let why = say(lang("es"), &Label::StillCorrectOwn);
            assert_eq!(card.iter().any(|message| message.words().contains(&why)), !may);
        }
    }
}
