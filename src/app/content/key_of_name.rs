//! Makes a key from a name, so that nobody has to invent one.

use crate::understanding::language::fold;

/// Longest key that is made, in bytes; a key that somebody types may be longer.
const LONGEST: usize = 40;

/// Small letters, digits and single hyphens; empty if the name has no letters or digits.
pub(in crate::app) fn key_of_name(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut key = String::new();
    for word in words {
        let hyphen = usize::from(!key.is_empty());
        if key.len() + hyphen + word.len() > LONGEST {
            break;
        }
        if hyphen == 1 {
            key.push('-');
        }
        key.push_str(word);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_key_that_is_one() {
        assert_eq!(key_of_name("Oficina de Migración — Peñalolén Nº 2"), "oficina-de-migracion-penalolen-no-2");
        let long = key_of_name(&"palabra ".repeat(20));
        assert!(long.len() <= LONGEST && long.parse::<crate::domain::text::id::OfficeKey>().is_ok(), "{long}");
        assert_eq!(key_of_name("¿?"), "");
    }
}
