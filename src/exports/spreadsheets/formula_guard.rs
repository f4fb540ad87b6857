//! The guard against formula injection: a text that a spreadsheet would evaluate gets an apostrophe in front.
//!
//! An import removes it. The guard follows OWASP's advice on CSV injection and is exactly reversible: a text that
//! starts with such an apostrophe of its own gets one more.

/// Whether a spreadsheet program may take a text that starts with this character for a formula.
fn calculates(sign: char) -> bool {
    // The last four are full-width characters, which some programs read as the normal ones.
    matches!(sign, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
}

/// Whether [`undo`] would take this for a guarded text.
fn seems_guarded(text: &str) -> bool {
    text.strip_prefix('\'').and_then(|rest| rest.chars().next()).is_some_and(|sign| sign == '\'' || calculates(sign))
}

/// A text for a plain file, where the program itself decides what is a formula.
pub(super) fn for_plain(text: &str) -> String {
    let calculated = text.chars().next().is_some_and(calculates);
    if calculated || seems_guarded(text) { format!("'{text}") } else { text.to_owned() }
}

/// A text for a cell that is formatted as text.
pub(super) fn for_text_cell(text: &str) -> String {
    if seems_guarded(text) { format!("'{text}") } else { text.to_owned() }
}

/// Removes the guard, from either kind of file.
pub(super) fn undo(text: &str) -> &str {
    if seems_guarded(text) { &text[1..] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_program_would_calculate_stands_bare_in_a_plain_file() {
        for text in ["=1+1", "+56 2", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert!(for_plain(text).starts_with('\''), "{text}");
        }
        assert_eq!(for_plain("Kijan? = wi"), "Kijan? = wi");
    }

    #[test]
    fn the_guard_is_undone_exactly() {
        for text in ["", "'", "''", "'a", "'=a", "''=a", "=a", "-", "'-", "''", "'''", "Ki kote?", "'tanpri'", "＝"] {
            assert_eq!(undo(&for_plain(text)), text);
            assert_eq!(undo(&for_text_cell(text)), text);
        }
    }
}
