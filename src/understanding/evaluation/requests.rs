//! Evaluates how often requests about the talk are heard, and where bad news leads: `evaluate requests`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::score::share;
use super::substance::Said;
use super::table::{Rows, TableFormatError, cell};
use crate::domain::people::request::Request;

/// The expected entry of bad news of which the subject is not said.
const NO_SUBJECT: &str = "-";

/// A message that is a request, or bad news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestMessage {
    /// The code of the language.
    pub lang: String,
    /// What is expected.
    pub expected: ExpectedRequest,
    /// The text as written.
    pub text: String,
}

/// What a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedRequest {
    /// A request with this name.
    Request(&'static str),
    /// Bad news about one of these entries; about nothing in particular where there is none.
    BadNews(Vec<String>),
}

/// The shares of one language, from 0 to 1.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct RequestShares {
    /// Number of requests.
    pub requests: usize,
    /// Share of the requests that were heard as what they are.
    pub heard: f64,
    /// Number of messages with bad news.
    pub bad_news: usize,
    /// Share that was thanked for.
    pub thanked: f64,
    /// Share that led to a right entry, or, where the subject is not said, to the question what it is about.
    pub led: f64,
}

/// The shares by language.
#[derive(Debug, Serialize)]
pub struct RequestReport {
    /// By the code of the language.
    pub languages: BTreeMap<String, RequestShares>,
}

/// Reads a table with the columns `lang`, `expected` (a request; or entries separated by `|`, or `-`, for bad news) and
/// `text`.
///
/// # Errors
/// If it has no such columns.
pub fn read_requests(tsv: &str) -> Result<Vec<RequestMessage>, TableFormatError> {
    let rows = Rows::read(tsv)?;
    let (expected, text) = (rows.column("expected", &["expected"])?, rows.column("text", &["text"])?);
    let lang = rows.column("lang", &["lang"])?;
    let message = |row| {
        let name = cell(row, expected).trim();
        let request = Request::all().find(|request| request.kind() == name || request.name() == name);
        let entries = || name.split('|').filter(|key| *key != NO_SUBJECT).map(str::to_owned).collect();
        RequestMessage {
            lang: cell(row, lang).to_owned(),
            expected: request
                .map_or_else(|| ExpectedRequest::BadNews(entries()), |one| ExpectedRequest::Request(one.kind())),
            text: cell(row, text).to_owned(),
        }
    };
    Ok(rows.lines.iter().map(message).collect())
}

/// Judges what is said to each message; the second value of `play` says whether the bot thanked.
pub fn evaluate_requests(
    messages: &[RequestMessage],
    mut play: impl FnMut(&RequestMessage) -> (Said, bool),
) -> RequestReport {
    let played: Vec<_> = messages.iter().map(|message| (message, play(message))).collect();
    let of = |lang: &str| {
        let (mut requests, mut heard) = (0, 0);
        let (mut bad_news, mut thanked, mut led) = (0, 0, 0);
        for (message, (said, thanks)) in played.iter().filter(|(message, _)| message.lang == lang) {
            match &message.expected {
                ExpectedRequest::Request(kind) => {
                    requests += 1;
                    heard += usize::from(said.request == Some(kind));
                }
                ExpectedRequest::BadNews(entries) => {
                    bad_news += 1;
                    thanked += usize::from(*thanks);
                    let right = |key: &String| entries.contains(key);
                    let leads = said.entry.iter().any(right) || said.offered.iter().any(right);
                    led += usize::from(leads || (entries.is_empty() && said.asks_what_about));
                }
            }
        }
        RequestShares {
            requests,
            heard: share(heard, requests),
            bad_news,
            thanked: share(thanked, bad_news),
            led: share(led, bad_news),
        }
    };
    RequestReport { languages: messages.iter().map(|message| (message.lang.clone(), of(&message.lang))).collect() }
}

impl fmt::Display for RequestReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<4} {:>8} {:>6} {:>8} {:>8} {:>6}", "", "requests", "heard", "bad news", "thanked", "led")?;
        for (lang, RequestShares { requests, heard, bad_news, thanked, led }) in &self.languages {
            writeln!(f, "{lang:<4} {requests:>8} {heard:>6.3} {bad_news:>8} {thanked:>8.3} {led:>6.3}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_heard_and_bad_news_is_led_somewhere_or_not() {
        let table = "lang\texpected\ttext\nes\tperson\t1\nes\tlanguage-ht\t2\nes\ta/b|c/d\t3\nes\t-\t4\nht\ta/b\t5\n";
        let report = evaluate_requests(&read_requests(table).unwrap(), |message| match message.text.as_str() {
            "1" => (Said { request: Some("person"), ..Said::default() }, false),
            "3" => (Said { offered: vec!["c/d".to_owned()], ..Said::default() }, false),
            "4" => (Said { asks_what_about: true, ..Said::default() }, false),
            _ => (Said::default(), true),
        });
        let expected =
            |requests, heard, bad_news, thanked, led| RequestShares { requests, heard, bad_news, thanked, led };
        assert_eq!(report.languages["es"], expected(2, 0.5, 2, 0.0, 1.0));
        assert_eq!(report.languages["ht"], expected(0, 0.0, 1, 1.0, 0.0));
    }
}
