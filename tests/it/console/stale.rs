//! A right that was taken away stays away: every action asks the account's row again, in the transaction that acts.

use std::sync::Arc;

use ventanilla::app::{
    AppError, Chosen, Proof, accept_invitation, change_names, change_password, change_role, end_account,
    import_starter, invitation, invite, new_recovery_codes, open_invitations, save_draft, second_factor_off, submit,
    take_back_invitation,
};
use ventanilla::domain::content::body::{Body, NoteBody};
use ventanilla::domain::content::draft::Change;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::refusal::Refusal;
use ventanilla::store::content::drafts;
use ventanilla::store::staff::accounts;
use ventanilla::store::staff::telegram_groups::{self, Group};

use super::actions::{lang, secret, text, tried, tried_own, words};
use super::{PASSWORD, member};
use crate::fixtures::{app, databases, morning};

#[tokio::test]
async fn a_right_that_was_taken_away_meanwhile_stays_away() {
    for test in databases().await {
        let app = Arc::new(app(&test));
        import_starter(&app.db, morning()).await.unwrap();
        let (keeper, colleague) =
            (member(&app, "keeper", Role::Administrator).await, member(&app, "jean", Role::Author).await);
        let ana = member(&app, "ana", Role::Administrator).await;
        let number = save_draft(&app, &colleague, &text(), words("Anyen."), Change::Small, 0).await.unwrap();
        submit(&app, &colleague, &text()).await.unwrap();

        invite(&app, &keeper, Role::Author, Limits::default(), "Oficina", lang()).await.unwrap();

        // Her request has begun; meanwhile she is made an observer.
        change_role(&app, &keeper, &ana.id, Role::Observer, Limits::default()).await.unwrap();
        let said = tried(&app, &ana, &colleague, number).await;
        assert_eq!(said.wrong(), Vec::<&str>::new());
        change_names(&app, &ana, "Ana R.", ana.lang).await.unwrap();
        let now = accounts::find(&app.db, &ana.id).await.unwrap().unwrap();
        assert_eq!((now.role, now.name.as_str()), (Role::Observer, "Ana R."), "a name that is saved is no role");

        // And here her account ends.
        end_account(&app, &keeper, &ana.id).await.unwrap();
        let said = tried_own(&app, &ana).await;
        assert_eq!(said.wrong(), Vec::<&str>::new());
        let ended = change_password(&app, &ana, "x", secret(PASSWORD), (secret("x"), secret("x"))).await;
        assert!(matches!(ended, Err(AppError::Refused(Refusal::SignIn))));
        let proof = || Proof { password: secret(PASSWORD), code: String::new() };
        let ended = second_factor_off(&app, &ana, "x", proof()).await;
        assert!(matches!(ended, Err(AppError::Refused(Refusal::SignIn))));
        let ended = new_recovery_codes(&app, &ana, proof()).await;
        assert!(matches!(ended, Err(AppError::Refused(Refusal::SignIn))));
        let draft = drafts::find(&app.db, &text()).await.unwrap().unwrap();
        assert_eq!(draft.version.body, words("Anyen."));
        let note = ContentItem::Note("recoleta".parse().unwrap(), "health/cost".parse().unwrap(), lang());
        let stale = save_draft(&app, &ana, &note, Body::Note(NoteBody { text: "x".into() }), Change::Small, 0).await;
        assert!(matches!(stale, Err(AppError::Refused(Refusal::NoRight))));
    }
}

#[tokio::test]
async fn two_administrators_who_end_each_other_leave_one() {
    for test in databases().await {
        let app = app(&test);
        import_starter(&app.db, morning()).await.unwrap();
        let (one, other) =
            (member(&app, "one", Role::Administrator).await, member(&app, "other", Role::Administrator).await);
        let (a, b) = tokio::join!(end_account(&app, &one, &other.id), end_account(&app, &other, &one.id));
        let done = [&a, &b].into_iter().filter(|done| done.is_ok()).count();
        assert_eq!(done, 1, "{a:?} {b:?}");
        assert!([a, b].iter().any(|done| matches!(done, Err(AppError::Refused(Refusal::NoRight)))));
        let left = accounts::list(&app.db).await.unwrap().into_iter().filter(|account| !account.ended).count();
        assert_eq!(left, 1);
    }
}

#[tokio::test]
async fn who_changes_names_while_a_role_changes_loses_neither() {
    for test in databases().await {
        let app = app(&test);
        import_starter(&app.db, morning()).await.unwrap();
        let keeper = member(&app, "keeper", Role::Administrator).await;
        let ana = member(&app, "ana", Role::Reviewer).await;
        for (turn, role) in [Role::Author, Role::Reviewer, Role::Observer, Role::Author].into_iter().enumerate() {
            let name = format!("Ana {turn}");
            let (renamed, changed) = tokio::join!(
                change_names(&app, &ana, &name, ana.lang),
                change_role(&app, &keeper, &ana.id, role, Limits::default())
            );
            renamed.unwrap();
            changed.unwrap();
            let now = accounts::find(&app.db, &ana.id).await.unwrap().unwrap();
            assert_eq!((now.role, now.name), (role, name));
        }
    }
}

#[tokio::test]
async fn an_invitation_dies_with_the_rights_of_whoever_gave_it() {
    for test in databases().await {
        let app = app(&test);
        import_starter(&app.db, morning()).await.unwrap();
        let (keeper, ana) =
            (member(&app, "keeper", Role::Administrator).await, member(&app, "ana", Role::Administrator).await);
        let given = async |by: &Account| {
            invite(&app, by, Role::Administrator, Limits::default(), "Oficina", lang()).await.unwrap()
        };
        let of_keeper = given(&keeper).await;
        let here = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };

        for (turn, (role, limits)) in
            [(Role::Observer, Limits::default()), (Role::Administrator, here)].into_iter().enumerate()
        {
            let token = given(&ana).await;
            change_role(&app, &keeper, &ana.id, role, limits).await.unwrap();
            let taken = accept_invitation(&app, &token, chosen(&format!("friend{turn}"))).await;
            assert!(matches!(taken, Err(AppError::Refused(Refusal::Invitation))), "{role:?}");
            assert!(invitation(&app, &token).await.unwrap().is_none());
            change_role(&app, &keeper, &ana.id, Role::Administrator, Limits::default()).await.unwrap();
        }
        let token = given(&ana).await;
        end_account(&app, &keeper, &ana.id).await.unwrap();
        assert!(invitation(&app, &token).await.unwrap().is_none());

        let open = open_invitations(&app, &keeper).await.unwrap();
        assert_eq!(open.len(), 1, "{open:?}");
        assert!(matches!(
            take_back_invitation(&app, &ana, &open[0].hash).await,
            Err(AppError::Refused(Refusal::NoRight))
        ));
        take_back_invitation(&app, &keeper, &open[0].hash).await.unwrap();
        assert!(invitation(&app, &of_keeper).await.unwrap().is_none());
        assert!(matches!(
            take_back_invitation(&app, &keeper, &open[0].hash).await,
            Err(AppError::Refused(Refusal::Gone))
        ));
    }
}

fn chosen(login: &str) -> Chosen {
    Chosen {
        login: login.to_owned(),
        name: login.to_owned(),
        shown_as: "Oficina".to_owned(),
        password: secret(PASSWORD),
        again: secret(PASSWORD),
    }
}

#[tokio::test]
async fn a_group_ends_with_the_right_of_whoever_made_it_and_does_not_come_back_with_it() {
    for test in databases().await {
        let app = app(&test);
        import_starter(&app.db, morning()).await.unwrap();
        let (keeper, ana) =
            (member(&app, "keeper", Role::Administrator).await, member(&app, "ana", Role::Administrator).await);
        let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
        let (mut kept, all) = (Vec::new(), async || telegram_groups::list(&app.db).await.unwrap().len());
        for (role, limits) in [
            (Role::Administrator, own.clone()),
            (Role::Reviewer, Limits::default()),
            (Role::Administrator, Limits::default()),
        ] {
            let mut tx = app.db.begin().await.unwrap();
            for municipality in [None, "recoleta".parse().ok()] {
                let chat = format!("{municipality:?}");
                let address = String::from("sealed");
                let group = Group { chat, address, municipality, set_by: ana.id.clone(), set_at: 0 };
                telegram_groups::set(&mut tx, &group).await.unwrap();
            }
            tx.commit().await.unwrap();
            change_role(&app, &keeper, &ana.id, role, limits).await.unwrap();
            kept.push(all().await);
        }
        // Of the municipality; none; none that was not made anew, but for that of all.
        assert_eq!(kept, [1, 0, 1], "on {}", test.db.name());
        end_account(&app, &keeper, &ana.id).await.unwrap();
        assert_eq!(all().await, 0);
    }
}
