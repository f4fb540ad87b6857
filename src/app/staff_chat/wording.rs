//! Wording of messages to staff: lines, buttons, and differences between two texts.

use super::visit::Visit;
use crate::bot::citizen::{Button, StaffButton};
use crate::bot::message::{Choice, Line, Message};
use crate::domain::content::body::TextBody;
use crate::domain::text::diff::{RunKind, Words};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Rich, Span};
use crate::i18n::content_items::aspect_name;
use crate::i18n::{Label, say};

/// Characters of unchanged text shown on each side of a change.
const AROUND: usize = 60;

/// A button with a phrase as its label.
pub(in crate::app) fn choice(lang: Lang, label: &Label<'_>, button: StaffButton) -> Choice {
    named(lang, say(lang, label), button)
}

/// A button with its own label.
pub(super) fn named(lang: Lang, label: String, button: StaffButton) -> Choice {
    Choice { label, lang, button: Button::Staff(button) }
}

/// Differences in one text: removed words in `[− −]`, added ones in bold `[+ +]`; screen readers read the signs too.
pub(super) fn difference(runs: &[Words]) -> Vec<Span> {
    let count = runs.len();
    let span = |(place, run): (usize, &Words)| match run.kind {
        RunKind::Kept => Span::plain(shortened(&run.text, place > 0, place + 1 < count)),
        RunKind::Removed => Span::plain(signed(&run.text, "[−", "−]")),
        RunKind::Added => Span::bold(signed(&run.text, "[+", "+]")),
    };
    runs.iter().enumerate().map(span).collect()
}

/// Puts the signs directly around the words, and trailing spaces outside.
fn signed(text: &str, before: &str, after: &str) -> String {
    let words = text.trim_end();
    format!("{before}{words}{after}{}", &text[words.len()..])
}

/// Shortens unchanged text to the parts next to a change.
fn shortened(text: &str, follows_change: bool, precedes_change: bool) -> String {
    let all: Vec<char> = text.chars().collect();
    if all.len() <= 2 * AROUND + 1 {
        return text.to_owned();
    }
    let head: String = if follows_change { all[..AROUND].iter().collect() } else { String::new() };
    let tail: String = if precedes_change { all[all.len() - AROUND..].iter().collect() } else { String::new() };
    format!("{head}…{tail}")
}

/// Adds a text in its own language: formatted where it can be parsed, else as typed. Of its parts it adds the names:
/// with their words three languages would not fit into one message.
pub(super) fn add_text(message: &mut Message, lang: Lang, body: &TextBody) {
    let mut add = |block| message.lines.push(Line { lang, block });
    if !body.question.is_empty() {
        add(Block::Paragraph(vec![Span::bold(&body.question)]));
    }
    match Rich::parse(&body.answer) {
        Ok(rich) => rich.blocks().iter().cloned().for_each(&mut add),
        Err(_) if body.answer.trim().is_empty() => {}
        Err(_) => add(Block::plain(body.answer.as_str())),
    }
    let parts: Vec<String> = body.parts.keys().map(|aspect| say(lang, &aspect_name(*aspect))).collect();
    if !parts.is_empty() {
        add(Block::plain(format!("+ {}", parts.join(" · "))));
    }
}

impl Visit<'_> {
    pub(super) fn word(&self, label: &Label<'_>) -> String {
        say(self.lang, label)
    }

    /// A message of one paragraph.
    pub(super) fn told(&self, label: &Label<'_>) -> Message {
        Message::new(self.lang).line(self.word(label))
    }

    pub(super) fn choice(&self, label: &Label<'_>, button: StaffButton) -> Choice {
        choice(self.lang, label, button)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::diff::changed;

    fn shown(old: &str, new: &str) -> String {
        difference(&changed(old, new)).iter().map(|span| span.text.as_str()).collect()
    }

    #[test]
    fn what_went_out_and_what_came_in_has_signs_that_can_be_read_aloud() {
        assert_eq!(shown("llame al 131 ahora", "llame al 133 ahora"), "llame al [−131−][+133+] ahora");
        assert_eq!(shown("", "a b"), "[+a b+]");
    }

    #[test]
    fn long_parts_that_did_not_change_are_shortened() {
        let long = "x ".repeat(200);
        let text = shown(&format!("{long}a"), &format!("{long}b"));
        assert!(text.starts_with('…') && text.ends_with("x [−a−][+b+]"), "{text}");
        assert!(text.chars().count() < 100);
    }
}
