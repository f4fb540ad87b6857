//! Words made to break things: no panic, and always a reply with a next step.

use ventanilla::bot::citizen::{Input, TurnInput, respond, wording};
use ventanilla::domain::people::chat::Chat;
use ventanilla::domain::text::lang::Lang;

use crate::fixtures::{KNOWLEDGE, morning};

fn hostile() -> Vec<String> {
    let mut all: Vec<String> = [
        "",
        " ",
        "\0",
        "\u{200B}\u{200F}\u{202E}",
        "🙂🙂🙂",
        "👨‍👩‍👧‍👦🏳️‍🌈",
        "?!?!",
        "١٢٣٤",
        "مرحبا كيف حالك",
        "שלום",
        "你好，我需要医生",
        "a\u{0301}\u{0301}\u{0301}\u{0301}",
        "'; DROP TABLE chats; --",
        "<script>alert(1)</script>",
        "{{7*7}} ${x} %s %n {$place}",
        "../../../../etc/passwd",
        "\\u0000 \\x00 \\",
        "**[x](javascript:alert(1))**",
        "/start",
        "/nosuchcommand x",
        "@bot",
        "https://evil.example/?q=<b>",
        "ﬁﬂﬃ ﷽ ﷽ ﷽",
        "\u{1F1E8}\u{1F1F1}",
        "İIıi ßẞ ǅ",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push("a".repeat(4096));
    all.push("m bezwen ".repeat(500));
    all.push("💥".repeat(4096));
    all.push("\u{0301}".repeat(4096));
    all.push("(".repeat(4096));
    all.push("é\u{202E}\n".repeat(1365));
    all
}

#[test]
fn nothing_that_is_written_brings_a_turn_down() {
    for text in hostile() {
        for chosen in Lang::all().map(Some).chain([None]) {
            let chat = Chat { lang: chosen, ..Chat::default() };
            let heard = TurnInput { input: Input::Text(text.clone()), proposed: None, reachable: false };
            let turn = respond(&KNOWLEDGE, &chat, &heard, morning());
            let messages: Vec<_> =
                turn.replies.iter().flat_map(|reply| wording(&KNOWLEDGE, reply, morning())).collect();
            assert!(messages.iter().any(|message| message.choices().next().is_some()), "{text:?}");
        }
    }
}

#[test]
fn words_do_not_come_back_as_part_of_a_reply() {
    for text in hostile().into_iter().filter(|text| text.trim().len() > 8) {
        let heard = TurnInput { input: Input::Text(text.clone()), proposed: None, reachable: false };
        let turn = respond(&KNOWLEDGE, &Chat::default(), &heard, morning());
        for message in turn.replies.iter().flat_map(|reply| wording(&KNOWLEDGE, reply, morning())) {
            assert!(!message.words().contains(text.trim()), "{text:?}");
        }
    }
}
