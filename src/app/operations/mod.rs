//! Operations: jobs, retention, keys, backups, readiness, settings.

pub(in crate::app) mod backup;
pub(in crate::app) mod edit_settings;
pub(in crate::app) mod future_times;
pub(in crate::app) mod heartbeat;
pub(in crate::app) mod jobs;
pub(in crate::app) mod key_fit;
pub(in crate::app) mod move_database;
pub(in crate::app) mod personal_data;
pub(in crate::app) mod probing;
pub(in crate::app) mod readiness;
pub(in crate::app) mod retention;
pub(in crate::app) mod rotate_keys;
pub(in crate::app) mod telegram_health;
pub(in crate::app) mod wipe;
