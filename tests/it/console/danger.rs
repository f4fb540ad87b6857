//! Signs of danger at the console: examples and patterns, tried, added and turned off, live at every replica; lines of
//! help of the municipality's own.

use reqwest::StatusCode;
use ventanilla::app::{Arrival, Taken, take_turn};
use ventanilla::bot::citizen::{Input, TurnInput};
use ventanilla::bot::knowledge::{DangerWords, ordinary_questions};
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::safety::danger::{Danger, DangerEdits, DangerExample, DangerWord, Level, Shows, Sign};
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::text::lang::Lang;
use ventanilla::domain::text::rich::Rich;
use ventanilla::i18n::Label;
use ventanilla::store::safety::danger;
use ventanilla::store::staff::audit;

use super::{Clerk, clerk, console, words};
use crate::fixtures::{app, databases, started_databases};
use crate::visitor::{Page, Site};

const HERE: &str = "/console/danger";

fn word(words: &str) -> DangerWord {
    DangerWord { lang: Lang::parse("es").unwrap(), kind: Danger::Violence, words: words.to_owned() }
}

fn example(shows: Shows, text: &str) -> DangerExample {
    DangerExample { lang: word("").lang, kind: Danger::Violence, shows, text: text.to_owned() }
}

#[tokio::test]
async fn words_and_lines_of_help_come_out_of_the_store_as_they_went_in() {
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        assert!(danger::add(&mut tx, &word("me sigue"), true).await.unwrap());
        assert!(!danger::add(&mut tx, &word("me sigue"), true).await.unwrap());
        assert!(danger::add(&mut tx, &word("me sigue"), false).await.unwrap());
        let lang = Lang::first();
        danger::set_help(&mut tx, lang, Danger::Child, Some("a")).await.unwrap();
        danger::set_help(&mut tx, lang, Danger::Child, Some("**b**")).await.unwrap();
        danger::set_help(&mut tx, lang, Danger::Arrest, Some("c")).await.unwrap();
        danger::set_help(&mut tx, lang, Danger::Arrest, None).await.unwrap();
        let examples = [(Shows::Alarm, "me espera abajo".to_owned()), (Shows::None, "me espera el jefe".to_owned())];
        danger::set_examples(&mut tx, (Danger::Violence, word("").lang), &[(Shows::Care, "otro más".into())])
            .await
            .unwrap();
        danger::set_examples(&mut tx, (Danger::Violence, word("").lang), &examples).await.unwrap();
        tx.commit().await.unwrap();
        let help = [((lang, Danger::Child), Rich::parse("**b**").unwrap())].into();
        let examples = examples.map(|(shows, text)| example(shows, &text)).to_vec();
        let expected = DangerEdits { own: vec![word("me sigue")], off: vec![word("me sigue")], examples, help };
        assert_eq!(danger::load(&test.db).await.unwrap(), expected);
        let mut tx = test.db.begin().await.unwrap();
        assert!(danger::remove(&mut tx, &word("me sigue"), true).await.unwrap());
        assert!(!danger::remove(&mut tx, &word("me sigue"), true).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(danger::load(&test.db).await.unwrap().own, []);
    }
}

#[tokio::test]
async fn what_is_added_at_one_replica_raises_the_line_of_help_at_another() {
    for test in started_databases().await {
        let (one, other) = (app(&test), app(&test));
        let admin = super::member(&one, "admin", Role::Administrator).await;
        ventanilla::app::add_danger_words(&one, &admin, &word("me (sigue|persigue) … cuadra*")).await.unwrap();
        let (spanish, help) = (word("").lang, "Llame al **1455**, ahora mismo.");
        ventanilla::app::set_line_of_help(&one, &admin, spanish, Danger::Violence, Some(help)).await.unwrap();
        assert!(!other.live.refresh(&other.db).await.unwrap(), "nobody else has accepted it");
        let second = super::member(&one, "rosa", Role::Reviewer).await;
        super::accept_proposals(&one, &second).await;
        assert!(other.live.refresh(&other.db).await.unwrap());
        let arrival = Arrival {
            door: Door::Terminal,
            address: "x".into(),
            update: None,
            turn_input: TurnInput {
                input: Input::Text("Me PERSIGUE todas las cuadras, qué hago".into()),
                proposed: Some(spanish),
                reachable: false,
            },
            return_to: serde_json::Value::Null,
            later: None,
        };
        let Taken::Replied(messages) = take_turn(&other, &arrival).await.unwrap() else { panic!() };
        assert_eq!(messages[0].words(), "Llame al 1455, ahora mismo.");
    }
}

/// The detector learns in the background; a message that is an example word for word need not wait for that.
#[tokio::test]
async fn an_example_holds_at_once_when_a_second_person_has_accepted_it() {
    const MESSAGE: &str = "La tortuga come LECHUGA los martes";
    for test in started_databases().await {
        let app = app(&test);
        let admin = super::member(&app, "admin", Role::Administrator).await;
        let second = super::member(&app, "rosa", Role::Reviewer).await;
        assert_eq!(app.live.now().danger_in(MESSAGE), None);
        for (shows, level) in
            [(Shows::Care, Some(Level::Care)), (Shows::Alarm, Some(Level::Alarm)), (Shows::None, None)]
        {
            let one = example(shows, "la tortuga come lechuga los martes");
            ventanilla::app::add_danger_example(&app, &admin, &one).await.unwrap();
            super::accept_proposals(&app, &second).await;
            let content = ventanilla::store::content::load(&test.db).await.unwrap();
            let (now, is_stale) = app.live.now().renewed(content, 1).unwrap();
            assert!(is_stale, "the detector has still to learn it");
            let sign = level.map(|level| Sign { kind: Danger::Violence, level });
            assert_eq!(now.danger_in(MESSAGE), sign, "{shows:?}");
            assert_eq!(danger::load(&app.db).await.unwrap().examples, [one], "a new level replaces the old one");
        }
    }
}

#[tokio::test]
async fn an_example_is_added_tried_and_removed_at_the_page() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let second = super::member(&site.app, "rosa", Role::Reviewer).await;
    let part = [("lang", "es"), ("kind", "violence")];
    let post = async |message: &str, shows: &str, act: &str| {
        let form = [&part[..], &[("message", message), ("shows", shows), ("act", act)]].concat();
        admin.post(&format!("{HERE}/example"), &form).await
    };
    let refused = post("zapato", "care", "add").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.words("#example-flaw"), [words(Label::DangerExampleFlaw)]);
    assert_eq!(refused.attributes("#example", "value"), ["zapato"], "what was typed stays");
    assert_eq!(refused.attributes("#shows option[selected]", "value"), ["care"]);
    assert_eq!(post("come lechuga los martes", "care", "add").await.words(".done"), [words(Label::DoneSubmitted)]);
    super::accept_proposals(&site.app, &second).await;
    let form = [&part[..], &[("message", "Come LECHUGA los martes!")]].concat();
    let tried = admin.post(&format!("{HERE}/try"), &form).await.words("#tried p");
    let kind = words(Label::DangerViolence);
    let raises = words(Label::DangerRaisesCare { kind: &kind });
    assert_eq!(tried, [format!("{raises} {}", words(Label::DangerByExample))]);
    let page = admin.look(&format!("{HERE}?lang=es&kind=violence")).await;
    assert_eq!(page.words("#own-examples q"), ["come lechuga los martes"]);
    post("come lechuga los martes", "care", "remove").await;
    super::accept_proposals(&site.app, &second).await;
    assert_eq!(danger::load(&site.app.db).await.unwrap(), DangerEdits::default());
}

#[tokio::test]
async fn a_message_is_tried_after_the_one_before_it() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let form = [("before", "mi marido tomó mucho y está gritando"), ("message", "los niños y yo en el baño con llave")];
    let page = admin.post(&format!("{HERE}/try"), &form).await;
    assert_eq!(page.attributes("#before", "value"), ["mi marido tomó mucho y está gritando"]);
    assert_eq!(page.words("#tried p").len(), 1);
}

async fn add(clerk: &Clerk, typed: &str, act: &str) -> Page {
    clerk.post(HERE, &[("lang", "es"), ("kind", "violence"), ("words", typed), ("act", act)]).await
}

async fn own(site: &Site) -> Vec<DangerWord> {
    danger::load(&site.app.db).await.unwrap().own
}

#[tokio::test]
async fn words_that_would_break_ordinary_questions_show_which_and_are_added_only_when_that_was_seen() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let second = super::member(&site.app, "rosa", Role::Reviewer).await;
    let page = add(&admin, "certificado", "add").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.words("#broken q").contains(&"necesito un certificado de violencia".to_owned()));
    assert_eq!(own(&site).await, []);
    assert_eq!(add(&admin, "certificado", "anyway").await.words(".done"), [words(Label::DoneSubmitted)]);
    assert_eq!(own(&site).await, []);
    super::accept_proposals(&site.app, &second).await;
    assert_eq!(own(&site).await, [word("certificado")]);
    for (typed, flaw) in [
        ("ay", words(Label::DangerWordsShort)),
        ("soc(orro", words(Label::DangerWordsBrackets)),
        ("socorro$", words(Label::DangerWordsSign { sign: "$" })),
    ] {
        let page = add(&admin, typed, "add").await;
        assert_eq!((page.status, page.words(".field-error")), (StatusCode::UNPROCESSABLE_ENTITY, vec![flaw]));
        assert_eq!(page.attributes("#words", "value"), [typed], "what was typed stays");
    }
    let page = admin
        .post(
            &format!("{HERE}/change"),
            &[("lang", "es"), ("kind", "violence"), ("words", "certificado"), ("act", "remove")],
        )
        .await;
    assert_eq!(page.words(".done"), [words(Label::DoneSubmitted)]);
    super::accept_proposals(&site.app, &second).await;
    assert_eq!(own(&site).await, []);
    let lines = audit::list(&site.app.db, &audit::Filter::default(), 10, 0).await.unwrap();
    let said: Vec<_> = lines
        .iter()
        .filter(|line| line.action == "change-danger")
        .map(|line| (line.was.as_deref(), line.became.as_deref()))
        .collect();
    assert_eq!(said.len(), 2);
    let holds = |side: Option<&str>| side.is_some_and(|json| json.contains("certificado"));
    assert!(said.iter().any(|(was, became)| !holds(*was) && holds(*became)), "{said:?}");
    assert!(said.iter().any(|(was, became)| holds(*was) && !holds(*became)), "{said:?}");
}

#[tokio::test]
async fn a_message_is_tried_and_a_pattern_of_the_program_can_be_turned_off_and_on() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let second = super::member(&site.app, "rosa", Role::Reviewer).await;
    let part = [("lang", "es"), ("kind", "violence")];
    let try_it = async || {
        let form = [&part[..], &[("message", "mi marido me pega <b>")]].concat();
        admin.post(&format!("{HERE}/try"), &form).await
    };
    let page = try_it().await;
    let raises = words(Label::DangerRaises { kind: &words(Label::DangerViolence) });
    assert!(page.words("#tried p")[0].starts_with(&raises), "{:?}", page.words("#tried p"));
    assert!(page.words("#tried p")[0].contains(&words(Label::DangerByPattern)));
    assert_eq!(page.attributes("#message", "value"), ["mi marido me pega <b>"]);
    let mut turned = Vec::new();
    // More than one pattern may know this message.
    while let Some(pattern) = try_it().await.words("#tried code").pop() {
        let found = DangerWords::shipped()
            .find(|word| {
                word.words.split_whitespace().collect::<Vec<_>>() == pattern.split_whitespace().collect::<Vec<_>>()
            })
            .unwrap();
        let form = [("lang", found.lang.code()), ("kind", found.kind.name()), ("words", &found.words), ("act", "off")];
        assert_eq!(admin.post(&format!("{HERE}/change"), &form).await.words(".done"), [words(Label::DoneSubmitted)]);
        super::accept_proposals(&site.app, &second).await;
        turned.push(found);
        assert!(turned.len() < 20);
    }
    // The detector has learned what the patterns knew.
    assert!(try_it().await.words("#tried p")[0].ends_with(&words(Label::DangerLearned)));
    for found in turned {
        let form = [("lang", found.lang.code()), ("kind", found.kind.name()), ("words", &found.words), ("act", "on")];
        admin.post(&format!("{HERE}/change"), &form).await;
        super::accept_proposals(&site.app, &second).await;
    }
    assert_eq!(danger::load(&site.app.db).await.unwrap(), DangerEdits::default());
    let form = [&part[..], &[("words", "nothing of the program"), ("act", "off")]].concat();
    assert_eq!(admin.post(&format!("{HERE}/change"), &form).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_line_of_help_is_changed_and_comes_back_when_it_is_emptied() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let second = super::member(&site.app, "rosa", Role::Reviewer).await;
    let set = async |text: &str| {
        admin.post(&format!("{HERE}/help"), &[("lang", "ht"), ("kind", "child"), ("words", text)]).await
    };
    assert_eq!(set("Rele **147**.\r\n\r\nLi gratis.").await.words(".done"), [words(Label::DoneSubmitted)]);
    super::accept_proposals(&site.app, &second).await;
    let help = danger::load(&site.app.db).await.unwrap().help;
    assert_eq!(help.values().next().unwrap().markdown(), "Rele **147**.\n\nLi gratis.");
    let page = set("# Tit").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.words("#help"), ["# Tit"]);
    set(" ").await;
    super::accept_proposals(&site.app, &second).await;
    assert_eq!(danger::load(&site.app.db).await.unwrap(), DangerEdits::default());
}

/// Ordinary questions never bring the line of help alone, at any door: they are answered, offered, or honestly not found.
#[tokio::test]
async fn ordinary_questions_get_no_line_of_help() {
    let knowledge = crate::fixtures::KNOWLEDGE.clone();
    for lang in Lang::all() {
        assert!(ordinary_questions(lang).count() >= 20, "{lang}");
        for question in ordinary_questions(lang) {
            assert_eq!(knowledge.danger().found(question), None, "{lang} {question}");
        }
    }
}
