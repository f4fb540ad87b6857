//! Invites staff by links that work once and create an account.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;

use super::audit::{COMMAND_LINE, note, note_account, note_at};
use super::password;
use super::rights::{Actor, actor, with_right};
use crate::app::runtime::app::App;
use crate::app::runtime::app_error::{AppError, ensure};
use crate::domain::staff::account::{Account, Limits, Right, Role};
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;
use crate::encryption::{new_id, new_token, token_hash};
use crate::store::staff::accounts::{self, Hold};
use crate::store::staff::invitations::{self, Invitation};
use crate::store::staff::sessions;
use crate::store::{Db, StoreError, Tx};

/// How long an invitation can be accepted.
pub const INVITED: TimeDelta = TimeDelta::days(7);
/// Longest name, in characters.
const LONGEST_NAME: usize = 80;

/// Input of the person who accepts an invitation.
pub struct Chosen {
    /// Sign-in name.
    pub login: String,
    /// Name shown to colleagues.
    pub name: String,
    /// Name that people see beside verified answers; used only where the invitation does not set it.
    pub shown_as: String,
    /// The password.
    pub password: SecretString,
    /// The password again.
    pub again: SecretString,
}

/// Creates an invitation and returns the token of its link. People will see the new colleague as `shown_as`.
///
/// # Errors
/// Refused where `by` may not invite, would give more than they have, or the name is missing or too long.
pub async fn invite(
    app: &App,
    by: &Account,
    role: Role,
    limits: Limits,
    shown_as: &str,
    lang: Lang,
) -> Result<String, AppError> {
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Staff).await?;
    ensure(by.may(&Right::Account(&limits)), Refusal::Wider)?;
    let new = New { role, limits, shown_as: Some(name(shown_as)?), lang };
    Ok(invited(tx, app.clock.now(), Some(&by), new).await?)
}

/// Creates an invitation from the command line; needs only the database. This is how the first account is made.
/// The invited person chooses their own `shown_as`, since there may be no administrator yet.
pub async fn invite_first(db: &Db, now: DateTime<Utc>, role: Role, lang: Lang) -> Result<String, StoreError> {
    let new = New { role, limits: Limits::default(), shown_as: None, lang };
    invited(db.begin().await?, now, None, new).await
}

/// Role and settings of the account to be created.
struct New {
    role: Role,
    limits: Limits,
    shown_as: Option<String>,
    lang: Lang,
}

async fn invited(mut tx: Tx, now: DateTime<Utc>, by: Option<&Actor>, new: New) -> Result<String, StoreError> {
    let New { role, limits, shown_as, lang } = new;
    let token = new_token();
    let invited_by = by.map_or(COMMAND_LINE, |account| &account.name).to_owned();
    let expires_at = (now + INVITED).timestamp();
    let account = by.map(|account| account.id.clone());
    let invitation =
        Invitation { hash: token_hash(&token), role, limits, lang, shown_as, invited_by, account, expires_at };
    invitations::add(&mut tx, &invitation).await?;
    note_at(now, &mut tx, by, AuditAction::Invite, role.name(), (None, None)).await?;
    tx.commit().await?;
    Ok(token)
}

/// The invitation with this token; `None` if used, expired, or its giver may no longer give it.
pub async fn invitation(app: &App, token: &str) -> Result<Option<Invitation>, AppError> {
    let found = invitations::find(&app.db, &token_hash(token), app.clock.now().timestamp()).await?;
    let giver = match found.as_ref().and_then(|invitation| invitation.account.as_ref()) {
        Some(id) => accounts::find(&app.db, id).await?,
        None => None,
    };
    Ok(found.filter(|invitation| may_give(giver.as_ref(), invitation)))
}

/// Whether the giver of the invitation may still give it.
fn may_give(giver: Option<&Account>, invitation: &Invitation) -> bool {
    match giver {
        Some(giver) => giver.may(&Right::Account(&invitation.limits)),
        // Invitations from the command line need no account: access to the machine is enough.
        None => invitation.account.is_none() && invitation.invited_by == COMMAND_LINE,
    }
}

/// Open invitations, limited to those that this account could give itself.
///
/// # Errors
/// Refused where they may not invite.
pub async fn open_invitations(app: &App, by: &Account) -> Result<Vec<Invitation>, AppError> {
    ensure(by.may(&Right::Staff), Refusal::NoRight)?;
    let open = invitations::list(&app.db, app.clock.now().timestamp()).await?;
    Ok(open.into_iter().filter(|invitation| by.may(&Right::Account(&invitation.limits))).collect())
}

/// Revokes an invitation: its link stops working.
///
/// # Errors
/// Refused where they may not invite, it is gone, or would give more than they have.
pub async fn take_back_invitation(app: &App, by: &Account, hash: &str) -> Result<(), AppError> {
    let found = invitations::find(&app.db, hash, app.clock.now().timestamp()).await?.ok_or(Refusal::Gone)?;
    let mut tx = app.db.begin().await?;
    let by = with_right(&mut tx, by, &Right::Staff).await?;
    by.ensure(&Right::Account(&found.limits))?;
    ensure(invitations::take(&mut tx, hash).await?, Refusal::Gone)?;
    note(app, &mut tx, Some(&by), AuditAction::TakeBackInvitation, found.role.name(), (Some(found.invited_by), None))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Accepts an invitation, creates the account, and returns the token of its first session.
///
/// # Errors
/// Refused where the invitation is gone, the sign-in name is taken or not valid, or the password is too weak.
pub async fn accept_invitation(app: &App, token: &str, chosen: Chosen) -> Result<String, AppError> {
    let Some(invitation) = invitation(app, token).await? else { return Err(Refusal::Invitation.into()) };
    let account = account(&chosen, &invitation)?;
    ensure(secret_eq(&chosen.password, &chosen.again), Refusal::PasswordsDiffer)?;
    password::good(&chosen.password, &account.login)?;
    let hashed = password::hash(&app.hashing.place()?, chosen.password).await?;
    let session = new_token();
    let now = app.clock.now().timestamp();
    let mut tx = app.db.begin().await?;
    if let Some(id) = &invitation.account {
        let giver = accounts::find_in(&mut tx, id, Hold::Shared).await?;
        ensure(may_give(giver.as_ref(), &invitation), Refusal::Invitation)?;
    }
    ensure(invitations::take(&mut tx, &invitation.hash).await?, Refusal::Invitation)?;
    let added = accounts::add(&mut tx, &account, &hashed, now).await?;
    ensure(added, Refusal::LoginTaken)?;
    let by = actor(&mut tx, &account).await?;
    sessions::begin(&mut tx, &token_hash(&session), &account.id, now).await?;
    note_account(app, &mut tx, Some(&by), AuditAction::Join, &account.id, (None, Some(account.role.name().to_owned())))
        .await?;
    tx.commit().await?;
    Ok(session)
}

fn account(chosen: &Chosen, invitation: &Invitation) -> Result<Account, Refusal> {
    let login = chosen.login.trim().to_lowercase();
    if !is_login(&login) {
        return Err(Refusal::Login);
    }
    Ok(Account {
        id: new_id(),
        login,
        name: name(&chosen.name)?,
        shown_as: match &invitation.shown_as {
            Some(given) => given.clone(),
            None => name(&chosen.shown_as)?,
        },
        role: invitation.role,
        limits: invitation.limits.clone(),
        lang: invitation.lang,
        has_second_factor: false,
        ended: false,
    })
}

fn is_login(login: &str) -> bool {
    let signs = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    (3..=40).contains(&login.len()) && login.bytes().all(signs)
}

/// Checks a name: removes line breaks and control characters, refuses invisible and bidirectional characters.
pub(in crate::app) fn name(typed: &str) -> Result<String, Refusal> {
    let name = plain::line(typed);
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME && plain::is_plain(name);
    if fits { Ok(name.to_owned()) } else { Err(Refusal::Name) }
}

pub(in crate::app) fn secret_eq(one: &SecretString, other: &SecretString) -> bool {
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
        assert_eq!(name("Marie \u{202E}.J"), Err(Refusal::Name));
    }
}
