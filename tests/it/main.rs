//! Tests of the whole program: real databases, real servers, real pages. One binary, so that it is linked once.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed, and one that is skipped says so"
)]

mod browser;
mod clock;
mod commands;
mod configuration;
mod connections;
mod console;
mod copy;
mod danger_talk;
mod fake_bot_api;
mod files;
mod fixtures;
mod forget;
mod full_disk;
mod fuzz;
mod hostile;
mod keep;
mod key_fit;
mod keys;
mod live;
mod misplaced;
mod needs;
mod operations;
mod parts;
mod people;
mod personal_data;
mod postgres;
mod questions;
mod redaction;
mod replies;
mod requests;
mod retention;
mod retract;
mod safety_texts;
mod scan;
mod silent;
mod staff;
mod staff_chat;
mod statistics;
mod store;
mod talks;
mod talks_terminal;
mod talks_web;
mod telegram;
mod unanswered;
mod visitor;
mod web;
