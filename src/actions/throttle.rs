//! Throttling: how often somebody may try to sign in, by account and by address, at all replicas together.

use super::house::House;
use super::trouble::Trouble;
use crate::domain::refusal::Refusal;
use crate::store::sign_in_tries::{Allowance, count};

/// Tries with one name: whoever has mistyped it eight times waits half a minute for the next.
const BY_LOGIN: Allowance = Allowance { burst: 8, every: 30 };
/// Tries from one address, which a whole town hall may share.
const BY_ADDRESS: Allowance = Allowance { burst: 40, every: 5 };

/// Counts a try, whatever becomes of it.
///
/// # Errors
/// Refused where it is one too many: how long to wait.
pub(super) async fn attempt(house: &House, login: &str, address: &str) -> Result<(), Trouble> {
    let now = house.clock.now().timestamp();
    let mut tx = house.db.begin().await?;
    let mut wait = count(&mut tx, &house.seal.hash("sign-in address", address), BY_ADDRESS, now).await?;
    if wait.is_none() {
        wait = count(&mut tx, &house.seal.hash("sign-in name", login), BY_LOGIN, now).await?;
    }
    tx.commit().await?;
    match wait {
        None => Ok(()),
        Some(seconds) => Err(Refusal::TooMany(seconds.unsigned_abs()).into()),
    }
}
