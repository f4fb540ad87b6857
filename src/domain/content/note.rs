//! Local notes: what one municipality adds to an entry that all share.

use crate::domain::text::id::{EntryKey, MunicipalityKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;

/// A municipality's own lines at the end of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalNote {
    /// Whose.
    pub municipality: MunicipalityKey,
    /// Under which answer.
    pub entry: EntryKey,
    /// In which language.
    pub lang: Lang,
    /// The lines.
    pub text: Rich,
}
