//! The same talks at the terminal: every word and button that the conversation says is shown, in order.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use chrono::TimeDelta;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};
use ventanilla::bot::script::talk_file;
use ventanilla::clock::Clock;
use ventanilla::terminal::{Settings, talk};

use crate::fixtures::{app, sqlite};
use crate::talks::{Turn, run, run_at, talks_anywhere};

/// What is typed: a line when the terminal waits for one, after its minutes have gone by.
struct Typist {
    lines: VecDeque<(i64, String)>,
    now: Vec<u8>,
    clock: Clock,
    screen: Screen,
    /// How much stood on the screen whenever a line was waited for.
    marks: Arc<Mutex<Vec<usize>>>,
}

#[derive(Clone, Default)]
struct Screen(Arc<Mutex<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsyncRead for Typist {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        unreachable!("the terminal reads lines")
    }
}

impl AsyncBufRead for Typist {
    fn poll_fill_buf(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.now.is_empty() {
            let shown = self.screen.0.lock().unwrap().len();
            self.marks.lock().unwrap().push(shown);
            if let Some((minutes, line)) = self.lines.pop_front() {
                self.clock.advance(TimeDelta::minutes(minutes));
                self.now = format!("{line}\n").into_bytes();
            }
        }
        Poll::Ready(Ok(&self.get_mut().now))
    }
    fn consume(mut self: Pin<&mut Self>, amount: usize) {
        self.now.drain(..amount);
    }
}

/// Checks that the words and the buttons of the messages stand in what was shown, in order.
pub fn assert_shows(what: &str, shown: &str, turn: &Turn) {
    let mut rest = shown;
    let words = turn.messages.iter().flat_map(|message| {
        let spans = message.lines.iter().flat_map(|line| line.block.spans()).flat_map(|span| span.text.lines());
        spans
            .chain(message.choices().map(|choice| choice.label.as_str()))
            .map(str::trim)
            .filter(|words| !words.is_empty())
    });
    for words in words {
        let found = rest.find(words).unwrap_or_else(|| panic!("{what}: `{words}` is not shown in\n{rest}"));
        rest = &rest[found + words.len()..];
    }
}

#[tokio::test]
async fn every_talk_goes_the_same_at_the_terminal() {
    let test = sqlite().await;
    for (name, text) in talks_anywhere() {
        let turns = run_at(&name, &text, false);
        let app = app(&test);
        let lines = turns.iter().map(|turn| {
            let line = talk_file::line(&turn.said, turn.label.as_deref());
            (turn.wait, line.trim_start_matches("> ").to_owned())
        });
        let (screen, marks) = (Screen::default(), Arc::default());
        let typist = Typist {
            lines: lines.collect(),
            now: Vec::new(),
            clock: app.clock.clone(),
            screen: screen.clone(),
            marks: Arc::clone(&marks),
        };
        let settings = Settings { address: name.clone(), lang: turns[0].proposed, record: None };
        talk(&app, typist, &mut screen.clone(), &settings).await.unwrap();
        let shown = screen.0.lock().unwrap().clone();
        let marks = marks.lock().unwrap().clone();
        for (place, turn) in turns.iter().enumerate() {
            let part = String::from_utf8(shown[marks[place]..marks[place + 1]].to_vec()).unwrap();
            let plain = anstream::adapter::strip_str(&part).to_string();
            assert_shows(&format!("{name}, turn {}", place + 1), &plain, turn);
        }
    }
}

#[tokio::test]
async fn a_recorded_talk_is_a_test_that_passes() {
    let test = sqlite().await;
    let app = app(&test);
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("t.talk");
    let lang = ventanilla::domain::text::lang::Lang::all().last();
    let settings = Settings { address: "r".into(), lang, record: Some(record.clone()) };
    let typed = "where can I get free legal help\n1\n[no such button]\n(voice)\n@ -33.36 -70.73\n";
    let mut screen = Screen::default();
    talk(&app, typed.as_bytes(), &mut screen, &settings).await.unwrap();
    let recorded = std::fs::read_to_string(record).unwrap();
    // The greeting, the question, its first button, a label, a voice message and a place: the label is none.
    assert_eq!(run("recorded", &recorded).len(), 5, "{recorded}");
}
