//! What the handlers of pages share.

use std::sync::Arc;

use super::limits::Limits;
use crate::app::App;

/// How the page is served.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Whether people come by https, so that the cookie must never be sent without.
    pub secure_cookies: bool,
    /// Whether a proxy of our own says in X-Forwarded-For where people come from.
    pub behind_proxy: bool,
}

/// What the handlers share.
#[derive(Clone)]
pub(super) struct Window {
    pub app: Arc<App>,
    pub settings: Settings,
    pub limits: Arc<Limits>,
}
