//! The text form of buttons: a door gets it with the message and sends it back when the button is pressed.

/// Longest text of a button in bytes: Telegram's limit for callback data.
pub const LONGEST_BUTTON: usize = 64;

/// A text that is not a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ButtonError;
