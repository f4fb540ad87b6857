//! Keys: the short names by which entries, offices, services, sources and municipalities refer to each other.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest key in bytes: with its prefix and a language it must fit into the 64 bytes of a Telegram button.
pub const LONGEST_KEY: usize = 48;

/// A text that is not a valid key.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is not a key: small letters, digits and single hyphens, at most {LONGEST_KEY}")]
pub struct KeyFormatError(String);

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The key as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = KeyFormatError;
            fn from_str(text: &str) -> Result<Self, KeyFormatError> {
                let valid: fn(&str) -> bool = $valid;
                if text.len() <= LONGEST_KEY && valid(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(KeyFormatError(text.chars().take(LONGEST_KEY).collect()))
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = KeyFormatError;
            fn try_from(text: String) -> Result<Self, KeyFormatError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(key: $name) -> String {
                key.0.to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

key!(
    /// The key of an entry: `topic/name`, such as `health/emergency`.
    EntryKey,
    |text| text.split_once('/').is_some_and(|(topic, name)| is_slug(topic) && is_slug(name))
);
key!(
    /// The key of a topic: the first half of its entries' keys.
    TopicKey,
    is_slug
);
key!(
    /// The key of an office.
    OfficeKey,
    is_slug
);
key!(
    /// The key of a kind of service that offices give, such as `legal-aid`.
    ServiceKey,
    is_slug
);
key!(
    /// The key of a municipality.
    MunicipalityKey,
    is_slug
);
key!(
    /// The key of a source: a law, decree, circular or agency in the sources register.
    SourceKey,
    is_slug
);

impl EntryKey {
    /// The key of the entry's topic.
    pub fn topic(&self) -> TopicKey {
        let (topic, _) = self.0.split_once('/').unwrap_or((&self.0, ""));
        TopicKey(topic.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_key_is_a_topic_and_a_name() {
        let key: EntryKey = "health/no-documents".parse().unwrap();
        assert_eq!(key.topic().as_str(), "health");
        for wrong in ["", "health", "health/", "/x", "a/b/c", "Health/x", "a--b/c", "a_b/c", "a/é"] {
            assert!(wrong.parse::<EntryKey>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_is_never_longer_than_a_button_can_carry() {
        assert!(format!("a/{}", "b".repeat(LONGEST_KEY)).parse::<EntryKey>().is_err());
    }
}
