//! Local notes: the lines that one municipality adds to an entry shared by all.

use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;

/// A municipality's own lines at the end of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalNote {
    /// The municipality.
    pub municipality: MunicipalityKey,
    /// The entry below whose answer it is shown.
    pub entry: EntryKey,
    /// Its language.
    pub lang: Lang,
    /// Its text.
    pub text: Rich,
}
