//! Ready answers: frequent replies of clerks in every language, to begin an answer with.

use std::borrow::Borrow;

use crate::domain::text::lang::Lang;
use crate::i18n::{Phrase, say};

/// A ready answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web::console) enum Ready {
    /// Where do you live?
    Where,
    /// Tell me more.
    More,
    /// I will ask and write again.
    Asking,
    /// Come with your papers.
    Come,
}

impl Ready {
    /// All ready answers.
    pub const ALL: [Ready; 4] = [Ready::Where, Ready::More, Ready::Asking, Ready::Come];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Ready::Where => "where",
            Ready::More => "more",
            Ready::Asking => "asking",
            Ready::Come => "come",
        }
    }

    /// The ready answer with this name.
    pub fn parse(name: &str) -> Option<Ready> {
        Ready::ALL.into_iter().find(|ready| ready.name() == name)
    }

    /// Its words in a language.
    pub fn words(self, lang: impl Borrow<Lang>) -> String {
        let phrase = match self {
            Ready::Where => Phrase::ReadyWhere,
            Ready::More => Phrase::ReadyMore,
            Ready::Asking => Phrase::ReadyAsking,
            Ready::Come => Phrase::ReadyCome,
        };
        say(*lang.borrow(), &phrase)
    }
}
