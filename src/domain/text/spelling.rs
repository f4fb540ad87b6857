//! The spelling check: finds words of a published text that break the language's spelling rules.

use std::sync::LazyLock;

use regex::Regex;

use super::lang::Lang;

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{M}\d'’]+|[.!?:;\n•]").ok());
/// Text that is not checked: in brackets or quotation marks (foreign names, quotations), and addresses of pages.
static FOREIGN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\([^)]*\)|«[^»]*»|“[^”]*”|https?://\S+|[\p{L}\d-]+(\.[\p{L}\d-]+)+").ok());
static RULES: LazyLock<Vec<Vec<(Regex, &'static str)>>> = LazyLock::new(|| Lang::all().map(rules).collect());

/// A word that breaks a spelling rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misspelt {
    /// The word as written.
    pub word: String,
    /// What to write instead.
    pub why: &'static str,
}

/// The words of `text` that break a rule of `lang`. Not checked: proper names (a capital letter inside a sentence, or
/// on the language's list of names), text in brackets or quotation marks, and addresses of pages.
pub fn misspelt(lang: Lang, text: &str) -> Vec<Misspelt> {
    let (Some(word), Some(foreign)) = (WORD.as_ref(), FOREIGN.as_ref()) else { return Vec::new() };
    let Some(rules) = RULES.get(lang.index()) else { return Vec::new() };
    let own = foreign.replace_all(text, " ");
    let mut sentence_begins = true;
    let mut found = Vec::new();
    for token in word.find_iter(&own).map(|token| token.as_str()) {
        let is_word = token.starts_with(char::is_alphanumeric);
        if is_word && !is_name(lang, token, sentence_begins) {
            let small = token.to_lowercase();
            let broken = rules.iter().find(|(pattern, _)| pattern.is_match(&small));
            found.extend(broken.map(|(_, why)| Misspelt { word: token.to_owned(), why }));
        }
        sentence_begins = !is_word;
    }
    found
}

fn is_name(lang: Lang, word: &str, sentence_begins: bool) -> bool {
    let mut capitals = word.chars().map(char::is_uppercase);
    let begins_large = capitals.next().unwrap_or(false);
    capitals.any(|large| large)
        || (begins_large && !sentence_begins)
        || lang.about().names.iter().any(|name| name.eq_ignore_ascii_case(word))
}

#[expect(clippy::panic, reason = "the rules are part of the program: a broken one must not start")]
fn rules(lang: Lang) -> Vec<(Regex, &'static str)> {
    let read = |pattern: &str| Regex::new(pattern).unwrap_or_else(|error| panic!("{lang}: {error}"));
    lang.about().orthography.iter().map(|rule| (read(&rule.pattern), rule.why.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_spelling_is_found_in_kreyol_and_names_are_left_alone() {
        let ht = Lang::parse("ht").unwrap();
        let words = |text| misspelt(ht, text).into_iter().map(|m| m.word).collect::<Vec<_>>();
        assert_eq!(words("Mwen bezwen papier, qui côté?"), ["qui", "côté"]);
        assert_eq!(words("Ale nan sant sante (CESFAM) oswa Registro Civil. Gade https://x.cl/q"), Vec::<String>::new());
        assert_eq!(words("Avec yo."), ["Avec"]);
    }
}
