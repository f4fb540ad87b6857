//! Refusals: why an action of staff was not done, shown in their language so that they can correct it.

use crate::domain::content::body::Problem;

/// Why an action was refused; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The account's role or limits do not allow it.
    NoRight,
    /// The row does not exist, or not any more.
    Gone,
    /// Nobody publishes their own text.
    OwnText,
    /// Somebody else has saved it since the page was opened.
    Changed,
    /// It is in another state than the action needs, such as accepting a draft that is not in review.
    WrongState,
    /// Somebody else's proposal is pending: it has to be accepted or sent back first.
    Waits,
    /// The body has problems and cannot be published.
    Problems(Vec<Problem>),
    /// A colleague has claimed the question, or nobody has claimed it yet.
    Taken,
    /// The reason is missing.
    NoReason,
    /// Wrong name, password or code; it does not say which.
    SignIn,
    /// Too many people are signing in at this moment.
    Busy,
    /// Too many attempts; the seconds to wait.
    TooMany(u64),
    /// The invitation was used or has expired.
    Invitation,
    /// The link for a new password was used or has expired.
    PasswordLink,
    /// Nobody resets their own account: changing it needs the password.
    OwnAccount,
    /// Another account has this sign-in name.
    LoginTaken,
    /// The sign-in name is not valid: 3 to 40 small letters, digits, dots, hyphens.
    Login,
    /// The name is missing or too long.
    Name,
    /// The password is too short, too long or too simple.
    Password,
    /// The two passwords differ.
    PasswordsDiffer,
    /// The code of the second factor is wrong.
    Code,
    /// The last administrator's account cannot end or lose its role.
    LastAdministrator,
    /// Nobody gives wider limits than their own.
    Wider,
    /// The key is taken or not valid.
    Key,
    /// A value is possible but not plausible, and was not confirmed.
    NotSure,
    /// A value is not valid, such as a link, a day or a number.
    Invalid,
    /// Nothing differs from the stored value.
    NothingDiffers,
    /// It is too long to be stored.
    TooLong,
    /// The dialogue in Telegram has expired or was cancelled.
    DialogueOver,
}
