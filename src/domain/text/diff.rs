//! The difference between two texts, word by word.

use similar::{ChangeTag, TextDiff};

/// Whether a run of words was kept, added or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// In both texts.
    Kept,
    /// Only in the new text.
    Added,
    /// Only in the old text.
    Removed,
}

/// A run of consecutive words of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Whether they were kept, added or removed.
    pub kind: RunKind,
    /// The words with the spaces between them.
    pub text: String,
}

/// A field of a content item with its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The field's name.
    pub field: &'static str,
    /// Its words: kept, added and removed.
    pub words: Vec<Words>,
}

impl Changed {
    /// Whether any word was added or removed.
    pub fn is_different(&self) -> bool {
        self.words.iter().any(|words| words.kind != RunKind::Kept)
    }
}

/// Compares two texts word by word, with the difference of Myers (1986) from the crate `similar`.
pub fn changed(old: &str, new: &str) -> Vec<Words> {
    let mut runs: Vec<Words> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => RunKind::Kept,
            ChangeTag::Insert => RunKind::Added,
            ChangeTag::Delete => RunKind::Removed,
        };
        match runs.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            Some(_) | None => runs.push(Words { kind, text: change.value().to_owned() }),
        }
    }
    runs
}

/// Compares two versions of an item field by field; fields that are empty in both are left out.
pub fn fields(old: &[(&'static str, String)], new: &[(&'static str, String)]) -> Vec<Changed> {
    let before = |field: &str| old.iter().find(|(name, _)| *name == field).map_or("", |(_, text)| text);
    new.iter()
        .map(|(field, text)| Changed { field, words: changed(before(field), text) })
        .filter(|changed| !changed.words.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_changed_are_marked_and_the_others_are_kept_together() {
        let runs = changed("llame al 131 ahora", "llame al 133 ahora");
        let shape: Vec<_> = runs.iter().map(|run| (run.kind, run.text.as_str())).collect();
        assert_eq!(
            shape,
            [
                (RunKind::Kept, "llame al "),
                (RunKind::Removed, "131"),
                (RunKind::Added, "133"),
                (RunKind::Kept, " ahora")
            ]
        );
    }

    #[test]
    fn a_field_that_is_new_is_added_as_a_whole() {
        let fields = fields(&[], &[("answer", "a b".into()), ("phrasings", String::new())]);
        assert_eq!(fields.len(), 1);
        assert!(fields[0].is_different() && fields[0].words.len() == 1);
    }
}
