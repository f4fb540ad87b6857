//! Refusals: what a person at the console can mend, said to them in their language.

use crate::domain::content::body::Problem;

/// Why something was not done; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Their role or limits do not allow it.
    NoRight,
    /// It is not there (any more).
    Gone,
    /// Nobody publishes what they have written themselves.
    OwnText,
    /// Somebody else has saved it since the page was opened.
    Changed,
    /// It is not in the state that this needs, such as accepting what is not in review.
    WrongState,
    /// Somebody else's proposal waits: it has to be accepted or sent back first.
    Waits,
    /// It cannot be published as it is.
    Problems(Vec<Problem>),
    /// A colleague has the question, or nobody has it yet.
    Taken,
    /// A word of explanation is missing.
    NoReason,
    /// Name and password, or the code, do not fit. Which of them is not said.
    SignIn,
    /// Too many sign in at this moment.
    Busy,
    /// Too many tries; so many seconds to wait.
    TooMany(u64),
    /// The invitation was used, or has expired.
    Invitation,
    /// The link for a new password was used, or has expired.
    PasswordLink,
    /// Nobody lets themselves back in: on one's own account the password is asked for.
    OwnAccount,
    /// The sign-in name is taken.
    LoginTaken,
    /// A sign-in name has 3 to 40 small letters, digits, dots, hyphens.
    Login,
    /// A name is missing or too long.
    Name,
    /// The password is too short, too long or too simple.
    Password,
    /// The two passwords differ.
    PasswordsDiffer,
    /// The code of the second factor does not fit.
    Code,
    /// The last administrator cannot leave.
    LastAdministrator,
    /// Nobody gives more than they have.
    Wider,
    /// The key is taken, or is none.
    Key,
    /// Something is possible and not plausible, and nobody has said that it is right.
    NotSure,
    /// Something that is not as it has to be: a link, a day, a number.
    Invalid,
    /// Nothing differs from what is there already.
    NothingDiffers,
    /// It is too long to be kept.
    TooLong,
    /// What was being asked in Telegram is over: it was too long ago, or thrown away.
    DialogueOver,
}
