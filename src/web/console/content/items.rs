//! Content items in forms and addresses, and their states in words.

use serde::Deserialize;

use crate::domain::content::body::Problem;
use crate::domain::content::draft::{Change, DraftState};
use crate::domain::content::item::ContentItem;
use crate::domain::content::proposed::Proposed;
use crate::domain::content::text_status::{Due, TextStatus};
use crate::i18n::content_items;
use crate::web::console::staff_session::StaffSession;

/// A content item's kind, subject and language, as in forms and addresses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct Names {
    pub kind: String,
    pub subject: String,
    pub lang: String,
}

impl Names {
    /// The content item, if the names are valid.
    pub fn item(&self) -> Option<ContentItem> {
        ContentItem::parse(&self.kind, &self.subject, &self.lang)
    }
}

/// The query of pages about this content item.
pub(in crate::web::console) fn query(item: &ContentItem) -> String {
    format!("kind={}&subject={}&lang={}", item.kind().name(), item.subject(), item.lang_code())
}

/// The page on which a content item is edited.
pub(in crate::web::console) fn edit_path(item: &ContentItem) -> String {
    match item {
        ContentItem::Text(entry, lang) => format!("/console/entries/{entry}/text/{lang}"),
        ContentItem::Metadata(entry) => format!("/console/entries/{entry}/facts"),
        ContentItem::Note(municipality, entry, lang) => {
            format!("/console/municipalities/{municipality}/notes/{entry}/{lang}")
        }
        ContentItem::Office(_, key) => format!("/console/offices/{key}"),
        ContentItem::Proposed(Proposed::Source(key)) => format!("/console/sources/{key}"),
        ContentItem::Proposed(Proposed::Help(kind, lang) | Proposed::Danger(kind, lang)) => {
            format!("/console/danger?lang={lang}&kind={}", kind.name())
        }
        ContentItem::Proposed(Proposed::Reason(entry, _)) => format!("/console/entries/{entry}"),
    }
}

impl StaffSession {
    /// A content item in words.
    pub fn item(&self, item: &ContentItem) -> String {
        content_items::item(self.lang, item)
    }

    /// A draft's state in words.
    pub fn draft_state(&self, state: &DraftState) -> String {
        content_items::draft_state(self.lang, *state)
    }

    /// A published text's state in words.
    pub fn text_state(&self, state: &TextStatus) -> String {
        content_items::text_state(self.lang, *state)
    }

    /// In words, whether a text is due for verification.
    pub fn due(&self, due: &Due) -> String {
        content_items::due(self.lang, *due)
    }

    /// A kind of change in words.
    pub fn change(&self, change: &Change) -> String {
        content_items::change(self.lang, *change)
    }

    /// The effect of a kind of change, in words.
    pub fn change_about(&self, change: &Change) -> String {
        content_items::change_about(self.lang, *change)
    }

    /// The label of a field; fields are named as in [`crate::domain::content::body::Body::lines`].
    pub fn field(&self, field: &str) -> String {
        content_items::field(self.lang, field)
    }

    /// A problem in words.
    pub fn problem(&self, problem: &Problem) -> String {
        content_items::problem(self.lang, problem)
    }
}
