//! Patterns of danger as a clerk writes them, turned into regular expressions.
//!
//! `*` stands for any ending, `…` for up to four words between, `(a|b)` for alternatives.

use crate::understanding::language::fold;

/// Longest pattern in characters.
pub const LONGEST: usize = 120;
/// Fewest letters of a pattern: with fewer it would match everywhere.
const FEWEST: usize = 4;
/// Matches up to four words.
const BETWEEN: &str = " (?:[a-z0-9'*]+ ){0,4}";

/// Why a text is not a valid pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternError {
    /// Too few letters: the pattern would match everywhere.
    Short,
    /// More than [`LONGEST`] characters.
    Long,
    /// A character without a meaning here.
    Sign(char),
    /// Brackets that are not closed, are nested, or are empty.
    Brackets,
}

/// Translates a clerk's pattern into a regular expression for folded messages.
///
/// # Errors
/// Why the pattern is not valid.
pub fn pattern(words: &str) -> Result<String, PatternError> {
    let folded = fold(&words.replace("...", "…")).split_whitespace().collect::<Vec<_>>().join(" ");
    // Folding turns … into three dots.
    let plain = folded.replace("...", "…").replace(" …", "…").replace("… ", "…");
    if words.chars().count() > LONGEST {
        return Err(PatternError::Long);
    }
    if plain.chars().filter(|c| c.is_alphanumeric()).count() < FEWEST {
        return Err(PatternError::Short);
    }
    if plain.starts_with('…') || plain.ends_with('…') {
        return Err(PatternError::Sign('…'));
    }
    let (mut pattern, mut open, mut before) = (String::new(), false, ' ');
    for c in plain.chars() {
        match c {
            'a'..='z' | '0'..='9' | '\'' | ' ' => pattern.push(c),
            '*' if before.is_ascii_alphanumeric() => pattern.push_str("[a-z0-9'*]*"),
            '…' if !open => pattern.push_str(BETWEEN),
            '(' if !open => {
                open = true;
                pattern.push_str("(?:");
            }
            '|' if open && !matches!(before, '(' | '|') => pattern.push('|'),
            ')' if open && !matches!(before, '(' | '|') => {
                open = false;
                pattern.push(')');
            }
            '(' | '|' | ')' => return Err(PatternError::Brackets),
            sign => return Err(PatternError::Sign(sign)),
        }
        before = c;
    }
    if open { Err(PatternError::Brackets) } else { Ok(pattern) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_signs_have_their_meaning() {
        assert_eq!(pattern(" Mwen  PÈDI wout "), Ok("mwen pedi wout".to_owned()));
        assert_eq!(pattern("amenaz*"), Ok("amenaz[a-z0-9'*]*".to_owned()));
        assert_eq!(pattern("me (sigue|persigue) … ex"), Ok(format!("me (?:sigue|persigue){BETWEEN}ex")));
        assert_eq!(pattern("me sigue ... ex"), Ok(format!("me sigue{BETWEEN}ex")));
    }

    #[test]
    fn what_makes_no_pattern_says_why() {
        assert_eq!(pattern("ay"), Err(PatternError::Short));
        assert_eq!(pattern("*"), Err(PatternError::Short));
        assert_eq!(pattern(&"ay ".repeat(50)), Err(PatternError::Long));
        assert_eq!(pattern("socorro.+"), Err(PatternError::Sign('.')));
        assert_eq!(pattern("… socorro"), Err(PatternError::Sign('…')));
        for brackets in ["(socorro", "socorro)", "(auxilio|)", "()auxilio", "(a(b|auxilio))", "auxilio|socorro"] {
            assert_eq!(pattern(brackets), Err(PatternError::Brackets), "{brackets}");
        }
    }
}
