//! Topics: the drawers in which entries lie.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::id::TopicKey;
use crate::domain::text::lang::Lang;

/// A topic with its name in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// First half of its entries' keys.
    pub key: TopicKey,
    /// One emoji that stands before the name on buttons.
    pub emoji: String,
    /// Its name per language.
    pub names: BTreeMap<Lang, String>,
    /// Whether nobody else should read about it on somebody's phone: its messages can be taken back with one tap.
    pub discreet: bool,
}
