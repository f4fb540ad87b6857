//! What a button is as text, which goes to a door and comes back when it is pressed.

/// Longest text of a button in bytes: Telegram's limit for callback data.
pub const LONGEST_BUTTON: usize = 64;

/// A text that is no button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ButtonError;
