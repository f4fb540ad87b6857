//! Staff of tests: accounts and their sessions, written without an invitation and without hashing a password for each.

use tokio::sync::OnceCell;
use ventanilla::app::{App, Chosen, accept_invitation, invite_first};
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::audit_action::AuditAction;
use ventanilla::domain::text::lang::Lang;
use ventanilla::encryption::{new_id, new_token, token_hash};
use ventanilla::store::staff::audit::{self, Line};
use ventanilla::store::staff::{accounts, sessions};

use crate::fixtures::{app, morning, sqlite};

/// The password of every account here; the console takes it.
pub const PASSWORD: &str = "un puente de madera";

/// A new account as an invitation would make it, and the token of its first session.
pub async fn joins(app: &App, login: &str, role: Role, limits: Limits, lang: Lang) -> (Account, String) {
    let account = Account {
        id: new_id(),
        login: login.to_owned(),
        name: login.to_owned(),
        shown_as: "Oficina de Migrantes".to_owned(),
        role,
        limits,
        lang,
        has_second_factor: false,
        ended: false,
    };
    let (now, session) = (app.clock.now().timestamp(), new_token());
    let line = Line {
        id: new_id(),
        at: now,
        account: Some(account.id.clone()),
        who: account.name.clone(),
        action: AuditAction::Join.code().to_owned(),
        subject: account.login.clone(),
        was: None,
        became: Some(role.name().to_owned()),
    };
    let mut tx = app.db.begin().await.unwrap();
    assert!(accounts::add(&mut tx, &account, hash().await, now).await.unwrap(), "{login} is there already");
    sessions::begin(&mut tx, &token_hash(&session), &account.id, now).await.unwrap();
    audit::add(&mut tx, &line).await.unwrap();
    tx.commit().await.unwrap();
    (account, session)
}

/// Writes an account that a test has made up, under a sign-in name of its own: rights are asked of its row.
pub async fn works(app: &App, account: Account) -> Account {
    let account = Account { login: format!("{}-{}", account.login, &account.id[..8]), ..account };
    let mut tx = app.db.begin().await.unwrap();
    assert!(accounts::add(&mut tx, &account, hash().await, 0).await.unwrap());
    tx.commit().await.unwrap();
    account
}

/// The hash of [`PASSWORD`], computed once: that is made to be slow.
async fn hash() -> &'static str {
    static HASH: OnceCell<String> = OnceCell::const_new();
    let hash = HASH.get_or_init(|| async {
        let db = sqlite().await;
        let app = app(&db);
        let token = invite_first(&app.db, morning(), Role::Author, Lang::first()).await.unwrap();
        let chosen = Chosen {
            login: "once".to_owned(),
            name: "Once".to_owned(),
            shown_as: "Once".to_owned(),
            password: PASSWORD.into(),
            again: PASSWORD.into(),
        };
        accept_invitation(&app, &token, chosen).await.unwrap();
        let account = accounts::by_login(&app.db, "once").await.unwrap().unwrap();
        accounts::secrets(&app.db, &account.id).await.unwrap().unwrap().password
    });
    hash.await
}
