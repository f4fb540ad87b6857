//! Formatted text (bold, links, lists), parsed from a subset of Markdown; each door renders it in its own format.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The style of a run of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// No formatting.
    Plain,
    /// Bold.
    Bold,
    /// A link to this address (`https://` or `tel:`).
    Link(String),
}

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Its style.
    pub style: Style,
}

/// A paragraph or an item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// An item of a list.
    Item(Vec<Span>),
}

/// A formatted text: its blocks, and the Markdown from which they were parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rich {
    markdown: String,
    blocks: Vec<Block>,
}

/// Why a text cannot be parsed.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum RichError {
    /// A link with another scheme than `https://` or `tel:`.
    #[error("the link `{0}` must begin with https:// or tel:")]
    Link(String),
    /// `[words](` that is not a valid link.
    #[error("a link is broken: write [words](https://…)")]
    BrokenLink,
    /// Formatting that a message cannot show: headings, tables, pictures, HTML.
    #[error("only bold, links and lists can be used, not {0}")]
    Form(&'static str),
    /// The text is empty.
    #[error("the text is empty")]
    Empty,
}

impl Span {
    /// A run without formatting.
    pub fn plain(text: impl Into<String>) -> Span {
        Span { text: text.into(), style: Style::Plain }
    }

    /// A run in bold.
    pub fn bold(text: impl Into<String>) -> Span {
        Span { text: text.into(), style: Style::Bold }
    }

    /// A run that links to `address`.
    pub fn link(text: impl Into<String>, address: impl Into<String>) -> Span {
        Span { text: text.into(), style: Style::Link(address.into()) }
    }
}

impl Block {
    /// A paragraph without formatting.
    pub fn plain(text: impl Into<String>) -> Block {
        Block::Paragraph(vec![Span::plain(text)])
    }

    /// Its runs of text.
    pub fn spans(&self) -> &[Span] {
        match self {
            Block::Paragraph(spans) | Block::Item(spans) => spans,
        }
    }

    /// Its text without formatting.
    pub fn words(&self) -> String {
        self.spans().iter().map(|span| span.text.as_str()).collect()
    }
}

impl Rich {
    /// Parses the subset of Markdown that entries may use: **bold**, [links](https://…), and lists.
    pub fn parse(markdown: &str) -> Result<Rich, RichError> {
        // Trimmed before parsing, so that the stored text parses the same again: leading spaces mean something in
        // Markdown.
        let markdown = markdown.trim();
        let mut reader = Reader::default();
        for event in Parser::new_ext(markdown, Options::empty()) {
            reader.take(event)?;
        }
        Ok(Rich { markdown: markdown.to_owned(), blocks: reader.finish()? })
    }

    /// The trimmed Markdown.
    pub fn markdown(&self) -> &str {
        &self.markdown
    }

    /// Its paragraphs and list items.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Its text without formatting, one line a block.
    pub fn words(&self) -> String {
        self.blocks.iter().map(Block::words).collect::<Vec<_>>().join("\n")
    }
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    in_item: bool,
    bold: bool,
    link: Option<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), RichError> {
        match event {
            Event::Text(text) => self.words(&text),
            Event::Code(text) => self.words(&text),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.close(),
            Event::Start(tag) => self.open_tag(tag)?,
            Event::End(tag) => self.close_tag(tag),
            Event::Html(_) | Event::InlineHtml(_) => return Err(RichError::Form("HTML")),
            Event::Rule => return Err(RichError::Form("lines across")),
            Event::InlineMath(_) | Event::DisplayMath(_) => return Err(RichError::Form("formulas")),
            Event::FootnoteReference(_) => return Err(RichError::Form("footnotes")),
            Event::TaskListMarker(_) => return Err(RichError::Form("check boxes")),
        }
        Ok(())
    }

    fn open_tag(&mut self, tag: Tag<'_>) -> Result<(), RichError> {
        match tag {
            Tag::Paragraph | Tag::List(_) => self.close(),
            Tag::Item => {
                self.close();
                self.in_item = true;
            }
            Tag::Strong | Tag::Emphasis => self.bold = true,
            Tag::Link { link_type: LinkType::Inline | LinkType::Autolink, dest_url, .. } => {
                if !["https://", "tel:"].iter().any(|safe| dest_url.starts_with(safe)) {
                    return Err(RichError::Link(dest_url.into_string()));
                }
                self.link = Some(dest_url.into_string());
            }
            Tag::Link { .. } => return Err(RichError::BrokenLink),
            Tag::Heading { .. } => return Err(RichError::Form("headings")),
            Tag::HtmlBlock => return Err(RichError::Form("HTML")),
            Tag::Image { .. } => return Err(RichError::Form("pictures")),
            Tag::CodeBlock(_) => return Err(RichError::Form("indented text")),
            _ => return Err(RichError::Form("tables or quotes")),
        }
        Ok(())
    }

    fn close_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => self.bold = false,
            TagEnd::Link => self.link = None,
            TagEnd::Item => {
                self.close();
                self.in_item = false;
            }
            _ => self.close(),
        }
    }

    fn words(&mut self, text: &str) {
        let style = match (&self.link, self.bold) {
            (Some(address), _) => Style::Link(address.clone()),
            (None, true) => Style::Bold,
            (None, false) => Style::Plain,
        };
        match self.spans.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            Some(_) | None => self.spans.push(Span { text: text.into(), style }),
        }
    }

    fn close(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if spans.iter().any(|span| !span.text.trim().is_empty()) {
            self.blocks.push(if self.in_item { Block::Item(spans) } else { Block::Paragraph(spans) });
        }
    }

    fn finish(mut self) -> Result<Vec<Block>, RichError> {
        self.close();
        if self.blocks.is_empty() {
            return Err(RichError::Empty);
        }
        let broken = self.blocks.iter().flat_map(Block::spans).any(|span| span.text.contains("]("));
        if broken { Err(RichError::BrokenLink) } else { Ok(self.blocks) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_links_and_lists_are_read() {
        let rich = Rich::parse("Call **131** or see [us](https://x.cl).\n\n- one\n- two").unwrap();
        assert_eq!(
            rich.blocks(),
            [
                Block::Paragraph(vec![
                    Span::plain("Call "),
                    Span::bold("131"),
                    Span::plain(" or see "),
                    Span::link("us", "https://x.cl"),
                    Span::plain("."),
                ]),
                Block::Item(vec![Span::plain("one")]),
                Block::Item(vec![Span::plain("two")]),
            ]
        );
        assert_eq!(rich.words(), "Call 131 or see us.\none\ntwo");
    }

    #[test]
    fn what_is_kept_reads_as_what_was_written() {
        for written in ["    call 131\n", "call *131\u{2028}", "\tone  \n\n- two\n"] {
            let rich = Rich::parse(written).unwrap();
            assert_eq!(Rich::parse(rich.markdown()).as_ref(), Ok(&rich), "{written:?}");
        }
    }

    #[test]
    fn what_a_message_cannot_show_is_refused() {
        assert_eq!(Rich::parse("# Big"), Err(RichError::Form("headings")));
        assert_eq!(Rich::parse("<b>x</b>"), Err(RichError::Form("HTML")));
        assert_eq!(Rich::parse("[x](javascript:alert(1))"), Err(RichError::Link("javascript:alert(1)".into())));
        assert_eq!(Rich::parse("[x](https://a b)"), Err(RichError::BrokenLink));
        assert_eq!(Rich::parse(" \n"), Err(RichError::Empty));
    }
}
