//! The guard against formulas: a text that a spreadsheet would calculate gets an apostrophe before it, and loses it when it
//! comes back.
//!
//! After OWASP's advice on CSV injection. The rule undoes itself exactly: a text that has such an apostrophe of its own gets one more.

/// Whether a spreadsheet program may take a text for a formula by this first sign.
fn calculates(sign: char) -> bool {
    // The last four are the full-width signs, which some programs read as the narrow ones.
    matches!(sign, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
}

/// Whether [`undo`] would take this for a guarded text.
fn seems_guarded(text: &str) -> bool {
    text.strip_prefix('\'').and_then(|rest| rest.chars().next()).is_some_and(|sign| sign == '\'' || calculates(sign))
}

/// A text as it stands in a plain file, where a program decides by itself what a formula is.
pub(super) fn for_plain(text: &str) -> String {
    let calculated = text.chars().next().is_some_and(calculates);
    if calculated || seems_guarded(text) { format!("'{text}") } else { text.to_owned() }
}

/// A text as it stands in a cell that is marked as text.
pub(super) fn for_text_cell(text: &str) -> String {
    if seems_guarded(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text without its guard, from either kind of file.
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
