//! Random ids, codes, tokens and salts that nobody can guess.

use data_encoding::HEXLOWER;

/// A new random id: 32 hexadecimal digits.
pub fn new_id() -> String {
    HEXLOWER.encode(&random::<16>())
}

/// A short random code that is shown for an internal error and logged with it: six hexadecimal digits.
pub fn new_code() -> String {
    HEXLOWER.encode(&random::<3>())
}

/// Random bytes, for salts and secrets.
pub fn new_bytes<const N: usize>() -> [u8; N] {
    random()
}

/// A random token of 64 hexadecimal digits; only its [`super::token_hash`] is stored.
pub fn new_token() -> String {
    HEXLOWER.encode(&random::<32>())
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that asks for chance")]
#[expect(clippy::expect_used, reason = "a system without chance cannot encrypt anything: better to stop")]
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}
