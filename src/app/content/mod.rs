//! Writing, reviewing, publishing and verifying content.

pub(in crate::app) mod bring_back;
pub(in crate::app) mod bulk_publish;
pub(in crate::app) mod edit_drafts;
pub(in crate::app) mod edit_sources;
pub(in crate::app) mod key_of_name;
pub(in crate::app) mod propose;
pub(in crate::app) mod propose_note;
pub(in crate::app) mod publish;
pub(in crate::app) mod publishing;
pub(in crate::app) mod try_out;
pub(in crate::app) mod verification;
