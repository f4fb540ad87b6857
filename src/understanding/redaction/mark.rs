//! Marks that replace personal data in redacted text.

/// A mark that replaces personal data; the same in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Mail,
    Link,
    User,
    Phone,
    Document,
    Number,
    Address,
    Name,
    Date,
    Secret,
}

impl Mark {
    /// The mark as text.
    pub fn sign(self) -> &'static str {
        match self {
            Mark::Mail => "[mail]",
            Mark::Link => "[link]",
            Mark::User => "[user]",
            Mark::Phone => "[tel]",
            Mark::Document => "[id]",
            Mark::Number => "[num]",
            Mark::Address => "[adr]",
            Mark::Name => "[nom]",
            Mark::Date => "[dat]",
            Mark::Secret => "[pin]",
        }
    }
}
