//! Finds out whether a message is addressed to the bot: commands with and without its username, and mentions.

use std::ops::Range;

use crate::bot::citizen::Input;
use crate::bot::script::talk_file::command;

/// The bot's identity.
#[derive(Debug, Clone, Copy)]
pub(in crate::telegram) struct Myself<'a> {
    /// Its user id.
    pub id: i64,
    /// Its username without the @; unknown until Telegram has told it.
    pub username: Option<&'a str>,
}

impl Myself<'_> {
    /// Whether this is the bot's username.
    pub fn is_called(self, name: &str) -> bool {
        self.username.is_some_and(|own| own.eq_ignore_ascii_case(name))
    }

    /// The first mention in a text: "@name" that is not part of a longer name or an address.
    pub fn mention_in(self, text: &str) -> Option<Range<usize>> {
        let name = self.username?;
        let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
        text.match_indices('@').map(|(at, _)| at..at + 1 + name.len()).find(|range| {
            text.get(range.start + 1..range.end).is_some_and(|found| found.eq_ignore_ascii_case(name))
                && !text[range.end..].starts_with(part_of_name)
                && !text[..range.start].ends_with(part_of_name)
        })
    }

    /// The text without the mention.
    pub fn without_mention(self, text: &str) -> String {
        match self.mention_in(text) {
            Some(at) => format!("{} {}", text[..at.start].trim_end(), text[at.end..].trim_start()).trim().to_owned(),
            None => text.to_owned(),
        }
    }
}

/// A command as written: `/name@by rest`.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::telegram) struct Called<'a> {
    /// The command's name as written.
    pub name: &'a str,
    /// The bot it is addressed to.
    pub by: Option<&'a str>,
    /// The text after it.
    pub rest: &'a str,
}

impl<'a> Called<'a> {
    /// Parses the command at the start of a text.
    pub fn read(text: &'a str) -> Option<Called<'a>> {
        let text = text.strip_prefix('/')?;
        let (call, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let (name, by) = call.split_once('@').map_or((call, None), |(name, by)| (name, Some(by)));
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        (!name.is_empty() && name.chars().all(plain)).then_some(Called { name, by, rest: rest.trim() })
    }

    /// Whether it is one of our commands.
    pub fn is_ours(&self) -> bool {
        self.command().is_some()
    }

    /// The input it means; unknown commands are read as plain words.
    pub fn input(&self) -> Input {
        self.command().unwrap_or_else(|| Input::Text(format!("{} {}", self.name, self.rest).trim_end().to_owned()))
    }

    fn command(&self) -> Option<Input> {
        command(&format!("/{} {}", self.name.to_ascii_lowercase(), self.rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::citizen::{Command, Link};

    const ME: Myself<'static> = Myself { id: 1, username: Some("ventanilla_bot") };

    #[test]
    fn a_command_is_read_with_and_without_a_name() {
        let read = |text| {
            Called::read(text).map(|called| (called.name.to_owned(), called.by.map(str::to_owned), called.input()))
        };
        assert_eq!(read("/topics"), Some(("topics".into(), None, Input::Command(Command::Topics))));
        assert_eq!(read("/Help@Bot x"), Some(("Help".into(), Some("Bot".into()), Input::Command(Command::Help))));
        assert_eq!(read("/start\noffice_quilicura").unwrap().2, Input::Start(Link::parse("office_quilicura")));
        assert_eq!(read("/start").unwrap().2, Input::Start(None));
        assert_eq!(read("/hola amigo").unwrap().2, Input::Text("hola amigo".into()));
        for text in ["", "/", "//", "/ x", "/@bot", "/é", "topics", "/a-b"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_mention_is_a_whole_name() {
        for text in ["@ventanilla_bot", "kote, @Ventanilla_Bot?", "é@ @ventanilla_bot"] {
            assert!(ME.mention_in(text).is_some(), "{text}");
        }
        for text in ["@ventanilla_bots", "a@ventanilla_bot", "ventanilla_bot", "@", "@ventanilla_bo", "@ventanilla_bö"]
        {
            assert!(ME.mention_in(text).is_none(), "{text}");
        }
        assert!(Myself { username: None, ..ME }.mention_in("@ventanilla_bot").is_none());
    }

    #[test]
    fn our_name_is_not_part_of_the_question() {
        assert_eq!(ME.without_mention("@ventanilla_bot kote biwo a ye?"), "kote biwo a ye?");
        assert_eq!(ME.without_mention("di m @ventanilla_bot kote"), "di m kote");
        assert_eq!(ME.without_mention("@ventanilla_bot"), "");
        assert_eq!(ME.without_mention(" as it is "), " as it is ");
    }
}
