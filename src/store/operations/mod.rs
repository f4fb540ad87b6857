//! Operation of the program and its database: replicas, jobs, keys, settings, copies.

pub mod db_copy;
pub mod encrypted_columns;
pub mod future_times;
pub mod jobs;
pub mod key_marks;
pub mod learned;
pub mod notifications;
pub mod probes;
pub mod replicas;
pub mod revision;
pub mod settings;
pub mod single_instance;
pub mod sqlite_file;
