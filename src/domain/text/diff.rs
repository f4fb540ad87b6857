//! What changed between two texts, word by word.

use similar::{ChangeTag, TextDiff};

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// They stand in both texts.
    Kept,
    /// Only in the new one.
    Added,
    /// Only in the old one.
    Removed,
}

/// Words that share a fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What became of them.
    pub kind: RunKind,
    /// The words, with the spaces between them.
    pub text: String,
}

/// A field of a piece with what changed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The field's name.
    pub field: &'static str,
    /// What became of its words.
    pub words: Vec<Words>,
}

impl Changed {
    /// Whether anything changed at all.
    pub fn is_different(&self) -> bool {
        self.words.iter().any(|words| words.kind != RunKind::Kept)
    }
}

/// The words of the new text, with those of the old that are gone: the difference of Myers (1986), as the crate `similar` has it.
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

/// Every field of a piece, compared; fields that both do not have are left out.
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
