//! The same talks on the chat page: it shows what the conversation says, and offers the same buttons.

use chrono::TimeDelta;
use ventanilla::bot::citizen::{Input, Message};
use ventanilla::bot::script::talk_file;

use crate::talks::{Turn, run_at, talks_anywhere};
use crate::talks_terminal::assert_shows;
use crate::visitor::{Page, Visitor, site};

#[tokio::test]
async fn every_talk_goes_the_same_way_on_the_page() {
    for (name, text) in talks_anywhere() {
        let turns = run_at(&name, &text, false);
        let site = site().await;
        // A browser without a language of ours says none at all.
        let visitor = site.visitor(turns[0].proposed.map_or("zz", |lang| lang.code()));
        for (number, turn) in turns.iter().enumerate() {
            site.app.clock.advance(TimeDelta::minutes(turn.wait));
            let page = hold(&visitor, turn).await;
            assert_shows(&format!("{name}, turn {}", number + 1), &page.newest(), &on_a_page(turn));
        }
    }
}

async fn hold(visitor: &Visitor, turn: &Turn) -> Page {
    match &turn.said {
        Input::Press(button) => visitor.press(&button.to_string()).await,
        Input::OldButton => visitor.press("of long ago").await,
        said => visitor.say(talk_file::line(said, None).trim_start_matches("> ")).await,
    }
}

/// What a page shows of a turn: it cannot send where somebody is, and only the last message keeps its buttons.
fn on_a_page(turn: &Turn) -> Turn {
    let shown: Vec<Message> = turn.messages.iter().filter(|message| message.asks_place.is_none()).cloned().collect();
    let last = shown.iter().rposition(|message| !message.rows.is_empty());
    let messages = shown.into_iter().enumerate().map(|(place, message)| {
        let rows = if Some(place) == last { message.rows } else { Vec::new() };
        Message { rows, ..message }
    });
    Turn { said: turn.said.clone(), label: None, proposed: turn.proposed, wait: 0, messages: messages.collect() }
}
