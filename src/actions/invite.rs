//! Inviting staff: a link that works once becomes an account.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;

use super::audit::{COMMAND_LINE, note, note_at};
use super::house::House;
use super::password;
use super::trouble::{Trouble, unless};
use crate::domain::audit_action::AuditAction;
use crate::domain::lang::Lang;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Account, Limits, Right, Role};
use crate::sealing::{new_id, new_token, token_hash};
use crate::store::accounts::{self, Invitation};
use crate::store::{Db, StoreError, sessions};

/// How long an invitation can be taken.
pub const INVITED: TimeDelta = TimeDelta::days(7);
/// Longest name, in characters.
const LONGEST_NAME: usize = 80;

/// What somebody chose who was invited.
pub struct Chosen {
    /// The name to sign in with.
    pub login: String,
    /// How colleagues will know them.
    pub name: String,
    /// How people will see who has checked an answer.
    pub shown_as: String,
    /// The password.
    pub password: SecretString,
    /// The password once more.
    pub again: SecretString,
}

/// Invites somebody, and gives the token of the link.
///
/// # Errors
/// Refused where `by` may not invite, or would give more than they have.
pub async fn invite(house: &House, by: &Account, role: Role, limits: Limits, lang: Lang) -> Result<String, Trouble> {
    unless(by.may(&Right::Staff), Refusal::NoRight)?;
    unless(by.limits.allow(&limits), Refusal::Wider)?;
    Ok(invited(&house.db, house.clock.now(), Some(by), role, limits, lang).await?)
}

/// Invites somebody from the command line, where the first one comes from; nothing but the database is needed.
///
/// # Errors
/// Where the database does not answer.
pub async fn invite_first(db: &Db, now: DateTime<Utc>, role: Role, lang: Lang) -> Result<String, StoreError> {
    invited(db, now, None, role, Limits::default(), lang).await
}

async fn invited(
    db: &Db,
    now: DateTime<Utc>,
    by: Option<&Account>,
    role: Role,
    limits: Limits,
    lang: Lang,
) -> Result<String, StoreError> {
    let token = new_token();
    let invited_by = by.map_or(COMMAND_LINE, |account| &account.name).to_owned();
    let expires_at = (now + INVITED).timestamp();
    let invitation = Invitation { role, limits, lang, invited_by, expires_at };
    let mut tx = db.begin().await?;
    accounts::invite(&mut tx, &token_hash(&token), &invitation).await?;
    note_at(now, &mut tx, by, AuditAction::Invite, role.name(), (None, None)).await?;
    tx.commit().await?;
    Ok(token)
}

/// The invitation of this token, unless it was taken or has expired.
///
/// # Errors
/// Where the database does not answer.
pub async fn invitation(house: &House, token: &str) -> Result<Option<Invitation>, Trouble> {
    Ok(accounts::invitation(&house.db, &token_hash(token), house.clock.now().timestamp()).await?)
}

/// Takes an invitation, and gives the token of the new account's first session.
///
/// # Errors
/// Refused where the invitation is gone, the sign-in name is taken or none, or the password is not good.
pub async fn accept_invitation(house: &House, token: &str, chosen: Chosen) -> Result<String, Trouble> {
    let Some(invitation) = invitation(house, token).await? else { return Err(Refusal::Invitation.into()) };
    let account = account(&chosen, invitation)?;
    unless(secret_eq(&chosen.password, &chosen.again), Refusal::PasswordsDiffer)?;
    password::good(&chosen.password, &account.login)?;
    let hashed = password::hash(chosen.password).await?;
    let session = new_token();
    let now = house.clock.now().timestamp();
    let mut tx = house.db.begin().await?;
    unless(accounts::take_invitation(&mut tx, &token_hash(token)).await?, Refusal::Invitation)?;
    let added = accounts::add(&mut tx, &account, &hashed, now).await?;
    unless(added, Refusal::LoginTaken)?;
    sessions::begin(&mut tx, &token_hash(&session), &account.id, now).await?;
    note(
        house,
        &mut tx,
        Some(&account),
        AuditAction::Join,
        &account.login,
        (None, Some(account.role.name().to_owned())),
    )
    .await?;
    tx.commit().await?;
    Ok(session)
}

fn account(chosen: &Chosen, invitation: Invitation) -> Result<Account, Refusal> {
    let login = chosen.login.trim().to_lowercase();
    if !is_login(&login) {
        return Err(Refusal::Login);
    }
    Ok(Account {
        id: new_id(),
        login,
        name: name(&chosen.name)?,
        shown_as: name(&chosen.shown_as)?,
        role: invitation.role,
        limits: invitation.limits,
        lang: invitation.lang,
        has_second_factor: false,
        ended: false,
    })
}

fn is_login(login: &str) -> bool {
    let signs = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    (3..=40).contains(&login.len()) && login.bytes().all(signs)
}

/// A name without signs that nobody sees.
pub(super) fn name(typed: &str) -> Result<String, Refusal> {
    let name: String = typed.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME { Err(Refusal::Name) } else { Ok(name.to_owned()) }
}

pub(super) fn secret_eq(one: &SecretString, other: &SecretString) -> bool {
    use secrecy::ExposeSecret;
    use subtle::ConstantTimeEq;
    one.expose_secret().as_bytes().ct_eq(other.expose_secret().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_name_is_short_and_plain() {
        for good in ["marie", "j.p-2"] {
            assert!(is_login(good), "{good}");
        }
        for bad in ["", "ab", "Marie", "ma rie", "marie@x", &"a".repeat(41)] {
            assert!(!is_login(bad), "{bad}");
        }
        assert_eq!(name(" \u{7} "), Err(Refusal::Name));
        assert_eq!(name(" Marie J. "), Ok("Marie J.".into()));
    }
}
