//! Cleans control characters and hidden characters out of typed text: the same rules for forms, spreadsheets and chats.

/// Normalizes line ends to `\n`: Word's vertical tab, form feed, U+0085, and Unicode's line and paragraph separators
/// too. Tabs stay; other control characters are dropped, because nobody sees them.
pub fn lines(text: &str) -> String {
    let unix = text.replace("\r\n", "\n");
    let plain = unix.chars().filter_map(|sign| match sign {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\n' | '\t' => Some(sign),
        sign => Some(sign).filter(|sign| !sign.is_control()),
    });
    plain.collect()
}

/// Puts a text on one line: line ends and tabs become spaces, spaces at both ends are removed.
pub fn line(text: &str) -> String {
    let plain: String = lines(text).chars().map(|sign| if matches!(sign, '\n' | '\t') { ' ' } else { sign }).collect();
    plain.trim().to_owned()
}

/// Normalizes characters that programs replace in hours, telephones and positions: every dash and minus sign becomes
/// `-`, every space becomes U+0020. Text in quotation marks is free text and stays.
pub fn signs(text: &str) -> String {
    let mut quoted = false;
    let fold = |sign: char| {
        quoted ^= sign == '"';
        match sign {
            sign if quoted => sign,
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
            sign if sign.is_whitespace() && !sign.is_control() => ' ',
            sign => sign,
        }
    };
    text.chars().map(fold).collect()
}

/// Reads degrees or another number with a decimal comma or point and any kind of minus sign; `None` if it is not a
/// number.
pub fn number(text: &str) -> Option<f64> {
    let plain = signs(text).trim().replace(',', ".");
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether a name has no character that reverses, joins or hides others, such as U+202E. Such characters make the
/// displayed name differ from the stored one, and two names look alike.
pub fn is_plain(name: &str) -> bool {
    !name.chars().any(is_hidden)
}

/// Whether it is a format character (Unicode's Cf), a line or paragraph separator, or a letter that shows as nothing.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0E}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_minus_signs_and_spaces_that_a_program_replaced_are_read_as_they_were_meant() {
        assert_eq!(signs("Mo–Fr\u{a0}08:30–14:00 \"a – b\""), "Mo-Fr 08:30-14:00 \"a – b\"");
        assert_eq!(signs("+56\u{a0}2\u{202f}2345‑6789"), "+56 2 2345-6789");
        for typed in ["-33.4", "−33,4", "–33.4", "\u{a0}-33.4 ", "－33.4"] {
            assert_eq!(number(typed), Some(-33.4), "{typed}");
        }
        for typed in ["", "norte", "33.4 S", "inf", "1e999"] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_end_of_a_line_becomes_the_same_and_what_nobody_sees_is_dropped() {
        let typed = "a\r\nb\rc\u{b}d\u{c}e\u{85}f\u{2028}g\u{2029}h\ti\u{0}\u{1b}\u{7f}\u{9b}j";
        assert_eq!(lines(typed), "a\nb\nc\nd\ne\nf\ng\nh\tij");
        assert_eq!(lines(&lines(typed)), lines(typed));
        assert_eq!(line(" Av. Grecia\u{b}8735\t\u{1b}\n"), "Av. Grecia 8735");
        assert_eq!(lines("ò 🙂 👩‍👩‍👧 e\u{301}"), "ò 🙂 👩‍👩‍👧 e\u{301}", "letters and emoji are no control characters");
    }

    #[test]
    fn a_name_with_signs_that_turn_or_hide_others_is_not_plain() {
        for plain in ["María José Núñez", "Oficina N.º 2 – Ñuñoa", "Jean-Baptiste O’Higgins", "Klinik 🏥"]
        {
            assert!(is_plain(plain), "{plain}");
        }
        for sign in ['\u{202E}', '\u{2066}', '\u{200B}', '\u{200F}', '\u{FEFF}', '\u{2028}', '\u{AD}', '\u{E0041}'] {
            assert!(!is_plain(&format!("Ana{sign}Rojas")), "{sign:?}");
        }
    }
}
