//! Pages on which content is written, reviewed and verified.

pub(in crate::web::console) mod conflict;
pub(in crate::web::console) mod entries;
pub(in crate::web::console) mod feedback;
pub(in crate::web::console) mod history;
pub(in crate::web::console) mod items;
pub(in crate::web::console) mod metadata;
pub(in crate::web::console) mod new_entry;
pub(in crate::web::console) mod note;
pub(in crate::web::console) mod notes;
pub(in crate::web::console) mod pending;
pub(in crate::web::console) mod preview;
pub(in crate::web::console) mod review;
pub(in crate::web::console) mod sources;
pub(in crate::web::console) mod text;
