//! Danger in a talk: two levels, the message before, how long a line stays, and what follows it.

use std::collections::BTreeSet;

use ventanilla::bot::citizen::reply::ReplyKind;
use ventanilla::bot::citizen::{Button, Input, Reply, TurnInput, respond, wording};
use ventanilla::domain::people::chat::Chat;
use ventanilla::domain::safety::danger::{Danger, Level, Sign};
use ventanilla::domain::statistics::event::Event;
use ventanilla::domain::text::lang::Lang;

use crate::fixtures::{KNOWLEDGE, morning};

/// A talk at the door that can be written to later.
#[derive(Default)]
struct Talk {
    chat: Chat,
    events: Vec<Event>,
    replies: Vec<Reply>,
}

impl Talk {
    fn in_lang(code: &str) -> Talk {
        Talk { chat: Chat { lang: Lang::parse(code), ..Chat::default() }, ..Talk::default() }
    }

    fn turn(&mut self, input: Input) -> &mut Talk {
        let turn = respond(&KNOWLEDGE, &self.chat, &TurnInput { input, proposed: None, reachable: true }, morning());
        self.chat = turn.chat;
        self.events = turn.events;
        self.replies = turn.replies;
        self
    }

    fn say(&mut self, words: &str) -> &mut Talk {
        self.turn(Input::Text(words.to_owned()))
    }

    fn press(&mut self, button: Button) -> &mut Talk {
        self.turn(Input::Press(button))
    }

    /// The lines of help of the last turn.
    fn lines(&self) -> Vec<Sign> {
        let line = |reply: &Reply| if let ReplyKind::Danger(sign) = reply.kind { Some(sign) } else { None };
        self.replies.iter().filter_map(line).collect()
    }

    fn buttons(&self) -> Vec<Button> {
        let messages = self.replies.iter().flat_map(|reply| wording(&KNOWLEDGE, reply, morning()));
        messages.flat_map(|message| message.choices().map(|choice| choice.button.clone()).collect::<Vec<_>>()).collect()
    }
}

fn sign(kind: Danger, level: Level) -> Sign {
    Sign { kind, level }
}

/// A message that says danger, one that hints at it, and two that show it only together.
const TOLD: [(&str, &str, &str, (&str, &str)); 3] = [
    (
        "ht",
        "mari m ap bat mwen kounye a",
        "mari m konn rele sou mwen, mwen pè lè l bwè",
        ("mari m ap bwè depi maten", "l ap frape pòt chanm nan, timoun yo anba kabann"),
    ),
    (
        "es",
        "mi marido me está pegando ahora",
        "mi pareja me grita mucho y a veces le tengo miedo",
        ("mi pareja llegó tomado otra vez", "estoy con los niños en el baño con llave"),
    ),
    (
        "en",
        "my husband is beating me now",
        "my husband shouts a lot and sometimes I am afraid of him",
        ("my husband came home drunk again", "I am in the bathroom with the kids, the door is locked"),
    ),
];

#[test]
fn danger_that_is_said_gets_the_whole_line_first_and_a_hint_gets_a_quiet_line_above_the_answer() {
    for (lang, said, hinted, _) in TOLD {
        let mut talk = Talk::in_lang(lang);
        assert_eq!(talk.say(said).lines(), [sign(Danger::Violence, Level::Alarm)], "{lang}");
        assert!(matches!(talk.replies[0].kind, ReplyKind::Danger(_)), "{lang}");
        let mut talk = Talk::in_lang(lang);
        assert_eq!(talk.say(hinted).lines(), [sign(Danger::Violence, Level::Care)], "{lang}");
        assert!(talk.replies.len() > 1, "{lang}: something else is said below");
    }
}

#[test]
fn two_messages_show_together_what_neither_shows_alone() {
    for (lang, _, _, (first, second)) in TOLD {
        let level = |sign: Option<Sign>| sign.map(|sign| sign.level);
        let (alone, before) = (level(KNOWLEDGE.danger_in(second)), level(KNOWLEDGE.danger_in(first)));
        let mut talk = Talk::in_lang(lang);
        let shown = talk.say(first).say(second).lines().into_iter().map(|sign| sign.level).max();
        assert!(shown > alone || shown == Some(Level::Alarm), "{lang}: {shown:?}, alone {alone:?}, before {before:?}");
    }
}

#[test]
fn the_button_under_a_quiet_line_shows_the_whole_line_in_the_language_of_the_line() {
    for (lang, _, hinted, _) in TOLD {
        let mut talk = Talk::in_lang(lang);
        let help = Button::HelpNow(Danger::Violence, Lang::parse(lang).unwrap());
        assert!(talk.say(hinted).buttons().contains(&help), "{lang}");
        assert_eq!(talk.press(help).lines(), [sign(Danger::Violence, Level::Alarm)], "{lang}");
        assert!(talk.replies.iter().all(|reply| reply.lang.code() == lang), "{lang}");
    }
}

#[test]
fn after_an_alarm_the_quiet_line_stays_until_the_subject_clearly_changes() {
    let mut talk = Talk::in_lang("es");
    talk.say("mi marido me está pegando ahora");
    assert_eq!(talk.say("no sé qué hacer").lines(), [sign(Danger::Violence, Level::Care)]);
    assert!(talk.say("¿Cómo saco la cédula de identidad?").lines().is_empty(), "{:?}", talk.replies);
    let left = Event::DangerLeft(Danger::Violence, Lang::parse("es").unwrap());
    assert!(talk.events.contains(&left), "{:?}", talk.events);
    assert!(talk.say("gracias").lines().is_empty(), "the subject has changed");
}

#[test]
fn after_thoughts_of_suicide_there_is_no_menu_and_no_leaflet_and_the_line_stays() {
    for (lang, said, next) in [
        ("ht", "mwen vle touye tèt mwen", "mwen pa konnen"),
        ("es", "me quiero matar", "no sé"),
        ("en", "I want to kill myself", "I don't know"),
    ] {
        let mut talk = Talk::in_lang(lang);
        assert_eq!(talk.say(said).lines(), [sign(Danger::Suicide, Level::Alarm)], "{lang}");
        for _ in 0..2 {
            let leaflet = |reply: &Reply| reply.kind.answer().is_some() || matches!(reply.kind, ReplyKind::Several(_));
            assert!(!talk.replies.iter().any(leaflet), "{lang}: {:?}", talk.replies);
            assert!(!talk.buttons().contains(&Button::Menu), "{lang}: {:?}", talk.replies);
            assert!(talk.buttons().iter().any(|button| matches!(button, Button::Person(_))), "{lang}");
            assert_eq!(talk.say(next).lines(), [sign(Danger::Suicide, Level::Care)], "{lang}");
        }
    }
}

#[test]
fn entries_about_danger_are_offered_only_where_the_message_gives_a_cause_and_then_below_a_line() {
    for (lang, calm) in [("ht", "lapolis papye"), ("es", "policía papel"), ("en", "police paper")] {
        let mut talk = Talk::in_lang(lang);
        talk.say(calm);
        for reply in &talk.replies {
            let ReplyKind::Several(offers) = &reply.kind else { continue };
            let frightening: Vec<_> = offers.iter().filter(|entry| KNOWLEDGE.danger_of(entry).is_some()).collect();
            assert!(frightening.is_empty() || !talk.lines().is_empty(), "{lang}: {frightening:?}");
        }
    }
}

#[test]
fn some_entries_speak_of_danger_in_their_question_and_most_do_not() {
    let frightening: BTreeSet<_> = KNOWLEDGE
        .entries()
        .iter()
        .filter(|entry| KNOWLEDGE.danger_of(&entry.key).is_some())
        .map(|entry| entry.key.as_str())
        .collect();
    for expected in ["protection/gender-violence", "protection/detained", "protection/trafficking"] {
        assert!(frightening.contains(expected), "{expected}: {frightening:?}");
    }
    for calm in
        ["documents/id-card", "health/enroll-cesfam", "work/contract", "education/enroll-school", "housing/eviction"]
    {
        assert!(!frightening.contains(calm), "{calm}: {frightening:?}");
    }
}

#[test]
fn lines_are_counted_by_kind_and_level_without_words() {
    for (lang, said, hinted, _) in TOLD {
        for (words, level) in [(said, Level::Alarm), (hinted, Level::Care)] {
            let mut talk = Talk::in_lang(lang);
            talk.say(words);
            let shown = Event::DangerShown(sign(Danger::Violence, level), Lang::parse(lang).unwrap());
            assert!(talk.events.contains(&shown), "{lang}: {:?}", talk.events);
        }
    }
}
