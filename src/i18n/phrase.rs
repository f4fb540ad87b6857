//! Typed phrases: each is a variant of an enum with its arguments; the words are in the Fluent files.

/// A phrase that has words in every language.
pub trait Spoken {
    /// Its id in the Fluent files.
    fn id(&self) -> &str;
    /// Its arguments: names and values.
    fn args(&self) -> Vec<(&'static str, &str)>;
}

macro_rules! phrases {
    ($(#[$about:meta])* $enum:ident, $( $(#[$doc:meta])* $name:ident $({ $($arg:ident),+ })? = $id:literal; )+) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the words in locales/ are their own description")]
        pub enum $enum<'a> {
            $( $(#[$doc])* $name $({ $($arg: &'a str),+ })?, )+
            #[doc(hidden)]
            #[cfg(test)]
            Unused(&'a str),
        }

        impl $crate::i18n::phrase::Spoken for $enum<'_> {
            fn id(&self) -> &str {
                match self {
                    $( $enum::$name $({ $($arg: _),+ })? => $id, )+
                    #[cfg(test)]
                    $enum::Unused(id) => id,
                }
            }

            fn args(&self) -> Vec<(&'static str, &str)> {
                match self {
                    $( $enum::$name $({ $($arg),+ })? => vec![$($( (stringify!($arg), *$arg) ),+)?], )+
                    #[cfg(test)]
                    $enum::Unused(_) => vec![],
                }
            }
        }

        #[cfg(test)]
        impl $enum<'_> {
            /// The id of every phrase, with the names of its arguments.
            pub(crate) const ALL: &'static [(&'static str, &'static [&'static str])] =
                &[$( ($id, &[$($( stringify!($arg) ),+)?]) ),+];
        }
    };
}

pub(super) use phrases;

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    use crate::domain::text::lang::Lang;
    use crate::domain::text::rich::Rich;
    use crate::domain::text::spelling::misspelt;
    use crate::i18n::bundles::FILES;
    use crate::i18n::{Label, Phrase, say};

    type Phrases = &'static [(&'static str, &'static [&'static str])];

    /// The phrases of the bot and the labels of the console.
    fn all() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
        let of_the_bot: Phrases = Phrase::ALL;
        let of_the_console: Phrases = Label::ALL;
        of_the_bot.iter().chain(of_the_console)
    }

    fn arguments(pattern: &Pattern<&str>) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                match expression {
                    Expression::Inline(InlineExpression::VariableReference { id }) => {
                        names.insert(id.name.to_owned());
                    }
                    Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
                    other => panic!("a form that this test cannot check: {other:?}"),
                }
            }
        }
        names
    }

    fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        for file in FILES {
            let text = lang.file(file).unwrap_or_else(|| panic!("{lang} has no {file}"));
            let resource =
                fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{lang}: {errors:?}"));
            for entry in resource.body {
                if let Entry::Message(message) = entry {
                    let pattern = message.value.expect("every message has words");
                    let before = found.insert(message.id.name.to_owned(), arguments(&pattern));
                    assert!(before.is_none(), "{lang}: {} stands twice", message.id.name);
                }
            }
        }
        found
    }

    #[test]
    fn every_phrase_has_words_and_the_same_arguments_in_every_language_and_no_word_is_left_over() {
        let wanted: BTreeMap<String, BTreeSet<String>> =
            all().map(|(id, args)| ((*id).to_owned(), args.iter().map(|arg| (*arg).to_owned()).collect())).collect();
        for lang in Lang::all() {
            assert_eq!(messages(lang), wanted, "locales/{lang}");
        }
    }

    #[test]
    fn every_phrase_can_be_shown() {
        for lang in Lang::all() {
            for (id, _) in all() {
                let words = say(lang, &Phrase::Unused(id));
                assert!(Rich::parse(&words).is_ok(), "{lang} {id}: {words}");
            }
        }
    }

    #[test]
    fn our_own_words_keep_the_languages_spelling() {
        // Names of arguments and of commands are the same in every language.
        let arguments = regex::Regex::new(r"\{\$\w+\}|/\w+").unwrap();
        for lang in Lang::all() {
            for (id, _) in all() {
                let words = arguments.replace_all(&say(lang, &Phrase::Unused(id)), "").into_owned();
                assert_eq!(misspelt(lang, &words), [], "{lang} {id}: {words}");
            }
        }
    }
}
