//! The languages of the program: one folder each in `locales/`; no code names a language.

use std::fmt;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::readability::Vowels;

/// The files of `locales/`, compiled into the program.
pub static LOCALES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/locales");

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(read_languages);

/// A supported language: an index into the folders of `locales/`, sorted by `order`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(u8);

/// The settings of a language, from `locales/<code>/language.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Its code of two letters (ISO 639-1); also the folder's name.
    pub code: String,
    /// Its name in the language itself, as shown on buttons.
    pub name: String,
    /// Position in lists; the lowest is the default language.
    pub order: u8,
    /// Telegram's language codes for which this language is proposed first.
    pub proposed_for: Vec<String>,
    /// Names of the months, January first.
    pub months: [String; 12],
    /// Names of the weekdays, Monday first.
    pub weekdays: [String; 7],
    /// Words for the present day.
    pub today: Vec<String>,
    /// Words for the day after.
    pub tomorrow: Vec<String>,
    /// The decimal separator.
    pub decimal: String,
    /// Words that are in nearly every message in this language and in no other language.
    pub function_words: Vec<String>,
    /// Whether its texts are marked until somebody of the staff says that a native speaker has read them.
    #[serde(default)]
    pub wants_native_reader: bool,
    /// The vowels, where the spelling is regular enough to count syllables: then texts have a readability.
    #[serde(default)]
    pub syllables: Option<Vowels>,
    /// Proper names from other languages that published texts may contain.
    #[serde(default)]
    pub names: Vec<String>,
    /// Spellings that published texts must not contain.
    #[serde(default)]
    pub orthography: Vec<SpellingRule>,
}

/// A spelling that published texts must not contain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpellingRule {
    /// A regular expression, matched against a word in lower case.
    pub pattern: String,
    /// What to write instead, shown to the clerk.
    pub why: String,
}

impl Lang {
    /// All languages, in the order in which people are offered them.
    pub fn all() -> impl ExactSizeIterator<Item = Lang> + Clone {
        (0..LANGUAGES.len()).map(|n| Lang(n as u8))
    }

    /// The default language, for a person of unknown language.
    pub fn first() -> Lang {
        Lang(0)
    }

    /// The language with this code; `None` if it is not supported.
    pub fn parse(code: &str) -> Option<Lang> {
        Lang::all().find(|lang| lang.code() == code)
    }

    /// The language to propose for Telegram's language code (such as `pt-BR`).
    pub fn proposed_for(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next().unwrap_or(code).to_lowercase();
        Lang::all().find(|lang| lang.about().proposed_for.contains(&primary))
    }

    /// Its code of two letters (ISO 639-1).
    pub fn code(self) -> &'static str {
        &self.about().code
    }

    /// Its name in the language itself.
    pub fn name(self) -> &'static str {
        &self.about().name
    }

    /// Its index in [`Lang::all`], from 0.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The settings of its `language.toml`.
    pub fn about(self) -> &'static Language {
        &LANGUAGES[self.index()]
    }

    /// The text of a file in the language's folder, such as `bot.ftl`.
    pub fn file(self, name: &str) -> Option<&'static str> {
        LOCALES.get_file(format!("{}/{name}", self.code()))?.contents_utf8()
    }
}

#[expect(clippy::panic, reason = "the folder is part of the program: a broken one must not start")]
fn read_languages() -> Vec<Language> {
    let mut languages: Vec<Language> = LOCALES
        .dirs()
        .map(|folder| {
            let file = folder.get_file(folder.path().join("language.toml"));
            let text = file.and_then(|file| file.contents_utf8()).unwrap_or_default();
            toml::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", folder.path().display()))
        })
        .collect();
    languages.sort_by_key(|language| language.order);
    languages
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Lang::parse(&code).ok_or_else(|| de::Error::custom(format!("no folder locales/{code}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_a_language_with_its_own_code() {
        for folder in LOCALES.dirs() {
            let code = folder.path().to_string_lossy().into_owned();
            assert_eq!(Lang::parse(&code).map(Lang::code), Some(code.as_str()));
        }
    }

    #[test]
    fn a_telegram_code_with_a_region_proposes_its_language() {
        for lang in Lang::all() {
            for code in &lang.about().proposed_for {
                assert_eq!(Lang::proposed_for(&format!("{code}-XX")), Some(lang));
            }
        }
        assert_eq!(Lang::proposed_for("zz"), None);
    }
}
