//! Answers in parts, over all published answers: short enough for a small screen, and nothing that exists is missed.

use ventanilla::bot::citizen::reply::{Answer, ReplyKind, Shown};
use ventanilla::bot::citizen::{Button, Input, Reply, TurnInput, respond, wording};
use ventanilla::domain::content::aspect::Aspect;
use ventanilla::domain::people::chat::Chat;
use ventanilla::domain::text::id::EntryKey;
use ventanilla::domain::text::lang::Lang;

use crate::fixtures::{KNOWLEDGE, morning};

/// Most signs of a first reply that a small phone shows in Telegram without scrolling.
const SMALL_SCREEN: usize = 700;

fn press(chat: &Chat, button: Button) -> (Chat, Vec<Reply>) {
    let turn_input = TurnInput { input: Input::Press(button), proposed: None, reachable: true };
    let turn = respond(&KNOWLEDGE, chat, &turn_input, morning());
    (turn.chat, turn.replies)
}

fn first_reply(entry: &EntryKey, lang: Lang) -> ventanilla::bot::message::Message {
    let kind = ReplyKind::Answer(Answer::lead(entry.clone(), None));
    wording(&KNOWLEDGE, &Reply::new(lang, kind), morning()).remove(0)
}

#[test]
fn a_first_reply_fits_a_small_screen_and_has_at_most_five_buttons() {
    for lang in Lang::all() {
        let signs: Vec<_> = (KNOWLEDGE.entries().iter())
            .map(|entry| (first_reply(&entry.key, lang).words().encode_utf16().count(), &entry.key))
            .collect();
        let long: Vec<_> = signs.iter().filter(|(signs, _)| *signs > SMALL_SCREEN).collect();
        assert!(long.is_empty(), "{lang}: {long:?}");
        for entry in KNOWLEDGE.entries() {
            let buttons = first_reply(&entry.key, lang).choices().count();
            assert!((2..=5).contains(&buttons), "{lang} {}: {buttons}", entry.key);
        }
    }
}

#[test]
fn every_part_is_said_when_its_button_is_pressed_with_its_subject_and_none_is_said_to_be_missing() {
    for lang in Lang::all() {
        for entry in KNOWLEDGE.entries() {
            for (aspect, part) in &entry.texts[&lang].parts {
                let (_, replies) = press(&Chat::default(), Button::Part(entry.key.clone(), *aspect, lang));
                let said: Vec<String> = (replies.iter())
                    .flat_map(|reply| wording(&KNOWLEDGE, reply, morning()))
                    .map(|message| message.words())
                    .collect();
                let first = part.text.blocks()[0].words();
                assert!(said[0].contains(&first), "{lang} {} {aspect:?}: {said:?}", entry.key);
                assert!(said[0].contains(&entry.texts[&lang].question), "{lang} {} {aspect:?}", entry.key);
                let missing = replies.iter().any(|reply| matches!(reply.kind, ReplyKind::PartMissing { .. }));
                assert!(!missing, "{lang} {} {aspect:?}", entry.key);
            }
        }
    }
}

#[test]
fn a_part_that_was_said_is_not_offered_again_under_the_next() {
    let entry: EntryKey = "documents/id-card".parse().unwrap();
    let lang = Lang::first();
    let (chat, _) = press(&Chat::default(), Button::Entry(entry.clone(), lang));
    let (chat, _) = press(&chat, Button::Part(entry.clone(), Aspect::Papers, lang));
    let (_, replies) = press(&chat, Button::Part(entry.clone(), Aspect::Cost, lang));
    let message = wording(&KNOWLEDGE, &replies[0], morning()).remove(0);
    assert!(matches!(&replies[0].kind, ReplyKind::Answer(answer) if answer.shown == Shown::Part(Aspect::Cost)));
    let offered: Vec<_> = message.choices().map(|choice| choice.button.clone()).collect();
    for aspect in [Aspect::Papers, Aspect::Cost] {
        assert!(!offered.contains(&Button::Part(entry.clone(), aspect, lang)), "{aspect:?}: {offered:?}");
    }
    assert!(offered.contains(&Button::Part(entry.clone(), Aspect::How, lang)), "{offered:?}");
}

#[test]
fn what_else_there_is_lists_every_part_the_sources_in_full_and_a_person() {
    for lang in Lang::all() {
        for entry in KNOWLEDGE.entries() {
            let (_, replies) = press(&Chat::default(), Button::More(entry.key.clone(), lang));
            let message = wording(&KNOWLEDGE, &replies[0], morning()).remove(0);
            let buttons: Vec<_> = message.choices().map(|choice| choice.button.clone()).collect();
            for aspect in entry.texts[&lang].parts.keys().filter(|aspect| **aspect != Aspect::Where) {
                let part = Button::Part(entry.key.clone(), *aspect, lang);
                assert!(buttons.contains(&part), "{lang} {} {aspect:?}", entry.key);
            }
            assert!(buttons.contains(&Button::Person(lang)), "{lang} {}", entry.key);
            for source in &entry.sources {
                let title = &KNOWLEDGE.source(source).unwrap().titles[&lang];
                assert!(message.words().contains(title.as_str()), "{lang} {} {source}", entry.key);
            }
        }
    }
}

fn say(chat: &Chat, words: &str) -> (Chat, Vec<Reply>) {
    let turn_input = TurnInput { input: Input::Text(words.to_owned()), proposed: Lang::parse("es"), reachable: true };
    let turn = respond(&KNOWLEDGE, chat, &turn_input, morning());
    (turn.chat, turn.replies)
}

#[test]
fn danger_comes_first_also_where_a_place_was_asked_for() {
    let entry: EntryKey = "health/no-documents".parse().unwrap();
    let lang = Lang::parse("es").unwrap();
    let (chat, _) = press(&Chat::default(), Button::Entry(entry.clone(), lang));
    let (chat, replies) = press(&chat, Button::InCharge(entry, lang));
    assert!(replies.iter().any(|reply| matches!(reply.kind, ReplyKind::AskPlace)), "{replies:?}");
    let (_, replies) = say(&chat, "mi marido me pega, estoy en Maipú");
    assert!(matches!(replies[0].kind, ReplyKind::Danger(_)), "{replies:?}");
}

#[test]
fn after_a_line_of_help_nobody_is_told_what_is_missing_or_was_already_said() {
    let (chat, first) = say(&Chat::default(), "mi marido me pega");
    let (_, again) = say(&chat, "mi marido me pega");
    for replies in [first, again] {
        assert!(matches!(replies[0].kind, ReplyKind::Danger(_)), "{replies:?}");
        let other = |reply: &Reply| matches!(reply.kind, ReplyKind::AlreadySaid(_) | ReplyKind::PartMissing { .. });
        assert!(!replies.iter().any(other), "{replies:?}");
    }
}

#[test]
fn a_place_named_with_the_question_gets_its_own_office() {
    let (_, replies) = say(&Chat::default(), "¿Dónde está la oficina de migrantes en Quilicura?");
    let words: String =
        replies.iter().flat_map(|reply| wording(&KNOWLEDGE, reply, morning())).map(|message| message.words()).collect();
    assert!(words.contains("Quilicura"), "{words}");
}
