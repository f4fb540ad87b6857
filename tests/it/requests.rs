//! Requests about the talk itself and bad news, said in words in each language.

use ventanilla::bot::citizen::reply::{AboutTalk, ReplyKind, Shown};
use ventanilla::bot::citizen::{Input, Reply, TurnInput, respond};
use ventanilla::domain::content::aspect::Aspect;
use ventanilla::domain::people::chat::Chat;
use ventanilla::domain::people::request::Request;
use ventanilla::domain::people::small_talk::SmallTalk;
use ventanilla::domain::statistics::event::{Event, Outcome};
use ventanilla::domain::text::id::EntryKey;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};

use crate::fixtures::{KNOWLEDGE, morning};

fn chat(code: &str) -> Chat {
    Chat { lang: Lang::parse(code), ..Chat::default() }
}

/// What is said to these messages, one after the other; of the last one, with its events.
fn talk(code: &str, messages: &[&str]) -> (Chat, Vec<Reply>, Vec<Event>) {
    messages.iter().fold((chat(code), Vec::new(), Vec::new()), |(chat, ..), words| {
        let turn_input = TurnInput { input: Input::Text((*words).to_owned()), proposed: None, reachable: true };
        let turn = respond(&KNOWLEDGE, &chat, &turn_input, morning());
        (turn.chat, turn.replies, turn.events)
    })
}

fn heard(events: &[Event]) -> Option<Request> {
    events.iter().find_map(|event| {
        if let Event::Message { outcome: Outcome::Request(request), .. } = event { Some(*request) } else { None }
    })
}

#[test]
fn requests_are_heard_in_words_in_every_language() {
    let kreyol = Lang::parse("ht").unwrap();
    for (request, said) in [
        (Request::Person, ["mwen vle pale ak yon moun", "quiero hablar con una persona", "I want to talk to a person"]),
        (Request::Menu, ["montre m meni an", "muéstrame el menú", "show me the menu"]),
        (Request::Restart, ["an nou rekòmanse", "empecemos de nuevo", "let's start again"]),
        (
            Request::Language(kreyol),
            ["pale kreyòl avè m tanpri", "háblame en creole por favor", "speak Creole with me please"],
        ),
        (Request::Robot, ["èske w se yon robo?", "¿eres un robot?", "are you a robot?"]),
        (
            Request::Simpler,
            ["mwen pa konprann, di l pi senp", "no entiendo, dígalo más fácil", "I don't understand, say it simpler"],
        ),
        (Request::Repeat, ["repete sa tanpri", "repita por favor", "say that again please"]),
    ] {
        for (lang, words) in ["ht", "es", "en"].into_iter().zip(said) {
            let (_, replies, events) = talk(lang, &[words]);
            assert_eq!(heard(&events), Some(request), "{lang} {words}: {replies:?}");
        }
    }
}

#[test]
fn who_asks_for_a_person_is_led_to_one_and_a_language_that_is_asked_for_is_spoken() {
    let (_, replies, _) = talk("es", &["quiero hablar con una persona"]);
    assert!(matches!(replies[0].kind, ReplyKind::Consent { .. }), "{replies:?}");
    let (chat, replies, _) = talk("es", &["speak English with me please"]);
    assert_eq!((chat.lang, replies[0].lang), (Lang::parse("en"), Lang::parse("en").unwrap()), "{replies:?}");
}

#[test]
fn the_first_and_the_second_and_none_are_those_that_were_offered() {
    let offered = |chat: &Chat| chat.recall(morning()).unwrap().offers.clone();
    let (before, replies, _) = talk("es", &["papeles"]);
    assert!(matches!(replies[0].kind, ReplyKind::Several(_)), "{replies:?}");
    let offers = offered(&before);
    for (words, place) in [("la primera", 0), ("2", 1), ("la segunda", 1)] {
        let (_, replies, _) = talk("es", &["papeles", words]);
        let entry = replies.iter().find_map(|reply| reply.kind.answer()).map(|answer| answer.entry.clone());
        assert_eq!(entry.as_ref(), offers.get(place), "{words}: {replies:?}");
    }
    let (_, replies, events) = talk("es", &["papeles", "ninguna de esas"]);
    assert!(matches!(replies[0].kind, ReplyKind::NoneFitted), "{replies:?}");
    assert!(events.iter().any(|event| matches!(event, Event::NoneFitted(_))));
    let (_, _, events) = talk("es", &["la segunda"]);
    assert_eq!(heard(&events), None, "nothing was offered");
}

#[test]
fn the_examples_that_the_program_shows_are_answered() {
    for lang in Lang::all() {
        let box_example = say(lang, &Phrase::WebExample);
        let own_words = say(lang, &Phrase::AskInWords);
        let quoted = own_words.split(['«', '“', '»', '”']).nth(1).unwrap();
        for words in [box_example.split_once(": ").unwrap().1, quoted] {
            let (_, replies, _) = talk(lang.code(), &[words]);
            assert!(replies.iter().any(|reply| reply.kind.answer().is_some()), "{lang} {words}: {replies:?}");
        }
    }
}

#[test]
fn bad_news_is_never_thanked_for_and_leads_to_what_helps() {
    let refused: EntryKey = "regularization/refused".parse().unwrap();
    for (lang, words) in
        [("ht", "yo refize viza mwen an"), ("es", "me rechazaron la visa"), ("en", "they rejected my visa")]
    {
        let (_, replies, _) = talk(lang, &[words]);
        assert!(!replies.iter().any(|reply| matches!(reply.kind, ReplyKind::SmallTalk(_))), "{lang}: {replies:?}");
        let leads = |reply: &Reply| match &reply.kind {
            ReplyKind::BadNews(offers) => offers.contains(&refused),
            kind => kind.answer().is_some_and(|answer| {
                answer.entry == refused
                    || answer.shown == Shown::LeadAnd(Aspect::Refused)
                    || answer.shown == Shown::Part(Aspect::Refused)
            }),
        };
        assert!(replies.iter().any(leads), "{lang}: {replies:?}");
    }
}

#[test]
fn good_news_is_still_thanked_for() {
    for (lang, words) in [
        ("ht", "mèsi, mwen jwenn randevou a, tout bagay pase byen"),
        ("es", "gracias, ya me dieron la hora, todo salió bien"),
        ("en", "thanks, I got the appointment, it all went well"),
    ] {
        let (_, replies, _) = talk(lang, &[words]);
        let kind = |reply: &Reply| matches!(reply.kind, ReplyKind::SmallTalk(SmallTalk::News | SmallTalk::Thanks));
        assert!(replies.iter().any(kind), "{lang}: {replies:?}");
    }
}

#[test]
fn what_is_said_simpler_or_again_is_the_last_answer() {
    for (lang, question, simpler, again) in [
        ("ht", "kijan pou m fè kat idantite?", "mwen pa konprann, di l pi senp", "repete sa tanpri"),
        ("es", "¿Cómo saco la cédula de identidad?", "no entiendo, dígalo más fácil", "repita por favor"),
        ("en", "How do I get the identity card?", "I don't understand, say it simpler", "say that again please"),
    ] {
        let entry = |replies: &[Reply]| replies.iter().find_map(|reply| reply.kind.answer()).map(|a| a.entry.clone());
        let answered = entry(&talk(lang, &[question]).1);
        assert!(answered.is_some(), "{lang}");
        let (_, replies, _) = talk(lang, &[question, simpler]);
        assert!(matches!(replies[0].kind, ReplyKind::AboutTalk(AboutTalk::Shortest)), "{lang}: {replies:?}");
        assert_eq!(entry(&replies), answered, "{lang}");
        assert_eq!(entry(&talk(lang, &[question, again]).1), answered, "{lang}");
    }
}
