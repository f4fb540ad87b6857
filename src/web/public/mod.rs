//! Pages for everybody, and for the programs that watch this one.

pub(in crate::web) mod health;
pub(in crate::web) mod metrics;
pub(in crate::web) mod statistics;
