//! The text of an entry in one language as typed: question, lead, parts, and phrasings.
//!
//! A divided answer has a lead and parts, each short. An undivided one is a long answer without parts, as clerks wrote
//! them before answers had parts: it is shown whole until somebody divides it.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::aspect::Aspect;
use super::body::{Field, Problem, rich, words};
use super::entry::{Part, Text};
use crate::domain::text::plain;
use crate::domain::text::rich::{Rich, RichError};

/// Longest question in characters: it has to fit on a button.
pub const LONGEST_QUESTION: usize = 60;
/// Longest undivided answer in words: more is not read on a phone.
pub const LONGEST_ANSWER: usize = 130;
/// Longest lead and longest part in words: one small screen. A longer answer without parts is undivided: it is shown
/// whole.
pub const LONGEST_PART: usize = 40;
/// Longest line that tells an entry from its neighbours, in words.
pub const LONGEST_APART: usize = 12;
/// Most phrasings of an entry in one language.
pub const MOST_PHRASINGS: usize = 500;

/// An entry's text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextBody {
    /// The question as a person would ask it.
    pub question: String,
    /// What tells this entry from its neighbours; empty if nobody has written it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub apart: String,
    /// The lead of a divided answer, else the whole answer, in the Markdown that `Rich` reads.
    pub answer: String,
    /// The parts of the answer, in the same Markdown; no part is empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<Aspect, String>,
    /// Messages as people write them.
    pub phrasings: Vec<String>,
}

/// Phrasings as a form or a cell holds them, one a line; a line end within a phrasing would split it, so it becomes a
/// space.
pub fn one_a_line<T: AsRef<str>>(phrasings: &[T]) -> String {
    phrasings.iter().map(|phrasing| plain::line(phrasing.as_ref())).collect::<Vec<_>>().join("\n")
}

impl TextBody {
    /// Reads the fields of a form; `phrasings` holds one a line. Empty lines and repeated ones are dropped.
    pub fn typed(question: &str, answer: &str, phrasings: &str) -> TextBody {
        let mut lines: Vec<String> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        for line in plain::lines(phrasings).lines().map(plain::line).filter(|line| !line.is_empty()) {
            if seen.insert(line.clone()) {
                lines.push(line);
            }
        }
        let (question, answer) = (plain::line(question), plain::lines(answer).trim().to_owned());
        TextBody { question, apart: String::new(), answer, parts: BTreeMap::new(), phrasings: lines }
    }

    /// The same with the line that tells it from its neighbours.
    #[must_use]
    pub fn told_apart(self, apart: &str) -> TextBody {
        TextBody { apart: plain::line(apart), ..self }
    }

    /// The same with these parts; empty ones are dropped.
    #[must_use]
    pub fn divided<'t>(self, parts: impl IntoIterator<Item = (Aspect, &'t str)>) -> TextBody {
        let parts = parts.into_iter().map(|(aspect, text)| (aspect, plain::lines(text).trim().to_owned()));
        TextBody { parts: parts.filter(|(_, text)| !text.is_empty()).collect(), ..self }
    }

    /// A published text as a form would hold it; `phrasings` holds one a line.
    pub fn of(text: &Text, phrasings: &str) -> TextBody {
        TextBody::typed(&text.question, text.answer.markdown(), phrasings)
            .told_apart(&text.apart)
            .divided(text.parts.iter().map(|(aspect, part)| (*aspect, part.text.markdown())))
    }

    /// The text as it would be published, without a status.
    ///
    /// # Errors
    /// If the answer or a part has Markdown that a message cannot show.
    pub fn text(&self) -> Result<Text, RichError> {
        let part =
            |(aspect, text): (&Aspect, &String)| Rich::parse(text).map(|text| (*aspect, Part { text, outdated: None }));
        Ok(Text {
            apart: self.apart.clone(),
            parts: self.parts.iter().map(part).collect::<Result<_, _>>()?,
            ..Text::new(self.question.clone(), Rich::parse(&self.answer)?)
        })
    }

    pub(super) fn plain(&self) -> TextBody {
        TextBody::typed(&self.question, &self.answer, &one_a_line(&self.phrasings))
            .told_apart(&self.apart)
            .divided(self.parts.iter().map(|(aspect, text)| (*aspect, text.as_str())))
    }

    /// The text of a part; empty if there is none.
    pub fn part(&self, aspect: Aspect) -> &str {
        self.parts.get(&aspect).map_or("", String::as_str)
    }

    /// Whether all fields are empty.
    pub fn is_empty(&self) -> bool {
        *self == TextBody::default()
    }

    /// Whether the answer is one long text that waits to be divided into a lead and parts.
    pub fn is_undivided(&self) -> bool {
        self.parts.is_empty() && words(&self.answer) > LONGEST_PART
    }

    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let head =
            [("question", self.question.clone()), ("apart", self.apart.clone()), ("answer", self.answer.clone())];
        let parts = Aspect::ALL.map(|aspect| (aspect.name(), self.part(aspect).to_owned()));
        head.into_iter().chain(parts).chain([("phrasings", self.phrasings.join("\n"))]).collect()
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.question.trim().is_empty() {
            problems.push(Problem::Empty(Field::Question));
        } else if self.question.chars().count() > LONGEST_QUESTION {
            problems.push(Problem::TooLong(Field::Question, LONGEST_QUESTION));
        }
        if words(&self.apart) > LONGEST_APART {
            problems.push(Problem::TooLong(Field::Apart, LONGEST_APART));
        }
        problems.extend(rich(Field::Answer, &self.answer));
        let longest = if self.parts.is_empty() { LONGEST_ANSWER } else { LONGEST_PART };
        if words(&self.answer) > longest {
            problems.push(Problem::TooLong(Field::Answer, longest));
        }
        for (aspect, text) in &self.parts {
            problems.extend(rich(Field::Part(*aspect), text));
            if words(text) > LONGEST_PART {
                problems.push(Problem::TooLong(Field::Part(*aspect), LONGEST_PART));
            }
        }
        if self.phrasings.len() > MOST_PHRASINGS {
            problems.push(Problem::TooLong(Field::Phrasings, MOST_PHRASINGS));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::body::Body;

    #[test]
    fn a_phrasing_is_a_line_and_stands_once() {
        let text = TextBody::typed(" q ", "a\r\nb", "one\r\n\r\n two \none");
        assert_eq!(
            text,
            TextBody {
                question: "q".into(),
                answer: "a\nb".into(),
                phrasings: vec!["one".into(), "two".into()],
                ..TextBody::default()
            }
        );
    }

    #[test]
    fn an_unfinished_text_says_all_that_is_missing() {
        let text = Body::Text(TextBody::typed("", "# Big", ""));
        assert_eq!(
            text.problems(),
            [Problem::Empty(Field::Question), Problem::Form(Field::Answer, RichError::Form("headings"))]
        );
        let long = TextBody::typed(&"q".repeat(61), &"word ".repeat(131), "");
        assert_eq!(
            Body::Text(long).problems(),
            [Problem::TooLong(Field::Question, 60), Problem::TooLong(Field::Answer, 130)]
        );
    }

    #[test]
    fn a_lead_and_parts_are_short_and_a_whole_answer_without_parts_may_be_long() {
        let long = "word ".repeat(LONGEST_PART + 1);
        let whole = TextBody::typed("q", &long, "");
        assert!(whole.is_undivided() && whole.problems().is_empty());
        let divided = whole.divided([(Aspect::Cost, long.as_str()), (Aspect::How, "  ")]);
        assert!(!divided.is_undivided());
        let too_long = |field| Problem::TooLong(field, LONGEST_PART);
        assert_eq!(divided.problems(), [too_long(Field::Answer), too_long(Field::Part(Aspect::Cost))]);
        let broken = TextBody::typed("q", "a", "").divided([(Aspect::Time, "# Big")]);
        assert_eq!(broken.problems(), [Problem::Form(Field::Part(Aspect::Time), RichError::Form("headings"))]);
        assert_eq!(TextBody::typed("q", "a", "").told_apart(&"w ".repeat(13)).problems().len(), 1);
    }

    #[test]
    fn a_text_stored_before_answers_had_parts_is_still_read_and_is_written_as_before() {
        let old = r#"{"kind":"text","question":"q","answer":"a","phrasings":["p"]}"#;
        let body: Body = serde_json::from_str(old).unwrap();
        assert_eq!(body, Body::Text(TextBody::typed("q", "a", "p")));
        assert_eq!(serde_json::to_string(&body).unwrap(), old, "no draft becomes another one by being read");
    }
}
