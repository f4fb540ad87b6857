//! The state and the settings that the page handlers share.

use std::sync::Arc;

use super::limits::Limits;
use crate::app::App;

/// How the pages are served.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Whether people use HTTPS, so that cookies are sent over HTTPS only.
    pub secure_cookies: bool,
    /// Whether our own proxy reports client addresses in `X-Forwarded-For`.
    pub behind_proxy: bool,
}

/// The state that the handlers share.
#[derive(Clone)]
pub(super) struct Window {
    pub app: Arc<App>,
    pub settings: Settings,
    pub limits: Arc<Limits>,
}
