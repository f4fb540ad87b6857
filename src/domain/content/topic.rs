//! Topics: the groups into which entries are sorted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::id::TopicKey;
use crate::domain::text::lang::Lang;

/// A topic with its name in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its key: the first half of its entries' keys.
    pub key: TopicKey,
    /// One emoji, shown before the name on buttons.
    pub emoji: String,
    /// Its name per language.
    pub names: BTreeMap<Lang, String>,
    /// Whether reading about it is risky on a phone that others use: its messages can be retracted with one tap.
    pub discreet: bool,
}
