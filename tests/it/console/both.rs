//! What the console does to the database, the same story on SQLite and on PostgreSQL.

use chrono::TimeDelta;
use secrecy::SecretString;
use ventanilla::app::{
    Accepted, App, AppError, Chosen, Credentials, Proof, accept_invitation, add_comment, bring_back, change_names,
    change_password, change_role, device, discard, end_account, end_sessions, heartbeat, invite_first, native_read,
    new_entry, publish, reach, save_draft, save_source, second_factor_off, second_factor_on, send_back, sign_in,
    sign_out, signed_in, source_changed, submit, verify, withdraw,
};
use ventanilla::domain::content::aspect::{Aspect, PartName};
use ventanilla::domain::content::body::{Body, MetadataBody, NoteBody, OfficeBody, TextBody};
use ventanilla::domain::content::draft::{Change, DraftState};
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::content::provenance::{Certainty, Provenance};
use ventanilla::domain::content::source::{Source, SourceKind};
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::refusal::Refusal;
use ventanilla::domain::statistics::feedback::Revision;
use ventanilla::domain::text::lang::Lang;
use ventanilla::store::content::{self, drafts, items, overview, sources};
use ventanilla::store::operations::replicas::Reach;
use ventanilla::store::staff::{accounts, audit, sessions};
use ventanilla::store::statistics::events;

use super::PASSWORD;
use crate::fixtures::{app, morning, started_databases};

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn refused<T: std::fmt::Debug>(done: Result<T, AppError>) -> Refusal {
    match done {
        Err(AppError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn joins(app: &App, login: &str, role: Role) -> (Account, String) {
    let token = invite_first(&app.db, morning(), role, Lang::first()).await.unwrap();
    let chosen = |login: &str| Chosen {
        login: login.to_owned(),
        name: login.to_owned(),
        shown_as: "Oficina".to_owned(),
        password: secret(PASSWORD),
        again: secret(PASSWORD),
    };
    let session = accept_invitation(app, &token, chosen(login)).await.unwrap();
    assert_eq!(refused(accept_invitation(app, &token, chosen("other")).await), Refusal::Invitation);
    (signed_in(app, &session).await.unwrap().unwrap(), session)
}

async fn fixtures() -> Vec<(crate::fixtures::TestDb, App)> {
    let mut all = Vec::new();
    for test in started_databases().await {
        let app = app(&test);
        all.push((test, app));
    }
    all
}

#[tokio::test]
async fn accounts_and_sessions_live_and_end() {
    for (_test, app) in fixtures().await {
        let (admin, session) = joins(&app, "ana", Role::Administrator).await;
        let (author, _) = joins(&app, "jean", Role::Author).await;
        let enter = |login: &str, password: &str, code: &str| Credentials {
            login: login.to_owned(),
            password: secret(password),
            code: code.to_owned(),
            address: String::new(),
            device: None,
        };
        assert_eq!(refused(sign_in(&app, enter("jean", "wrong wrong wrong", "")).await), Refusal::SignIn);
        let second = sign_in(&app, enter(" JEAN ", PASSWORD, "")).await.unwrap();
        assert_eq!(sessions::of(&app.db, &author.id).await.unwrap().len(), 2);
        end_sessions(&app, &author, &second).await.unwrap();
        assert_eq!(sessions::of(&app.db, &author.id).await.unwrap().len(), 1);

        let factor = ventanilla::app::SecondFactor::new();
        let proof = |password: &str| Proof { password: secret(password), code: String::new() };
        let on = second_factor_on(&app, &author, &second, &factor, "000", proof(PASSWORD)).await;
        assert_eq!(refused(on), Refusal::Code);
        let off = async |password: &str| refused(second_factor_off(&app, &author, &second, proof(password)).await);
        assert_eq!(off("wrong").await, Refusal::SignIn);
        assert_eq!(off(PASSWORD).await, Refusal::WrongState, "there is none");

        change_names(&app, &author, "Jean P.", Lang::first()).await.unwrap();
        let new = "otro puente de piedra";
        change_password(&app, &author, &second, secret(PASSWORD), (secret(new), secret(new))).await.unwrap();
        let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
        change_role(&app, &admin, &author.id, Role::Reviewer, own.clone()).await.unwrap();
        let changed = accounts::find(&app.db, &author.id).await.unwrap().unwrap();
        assert_eq!((changed.role, changed.limits, changed.name.as_str()), (Role::Reviewer, own, "Jean P."));

        sign_out(&app, &author, &second).await.unwrap();
        assert!(signed_in(&app, &second).await.unwrap().is_none());
        end_account(&app, &admin, &author.id).await.unwrap();
        assert_eq!(refused(sign_in(&app, enter("jean", new, "")).await), Refusal::SignIn);
        assert_eq!(refused(end_account(&app, &admin, &admin.id).await), Refusal::LastAdministrator);

        app.clock.advance(TimeDelta::hours(9));
        assert!(signed_in(&app, &session).await.unwrap().is_none(), "nobody used it for nine hours");
        ventanilla::app::clean_up(&app).await.unwrap();
        assert_eq!(sessions::of(&app.db, &admin.id).await.unwrap(), []);
        let log = audit::list(&app.db, &audit::Filter { who: Some("ana".into()), ..Default::default() }, 50, 0).await;
        let actions: Vec<String> = log.unwrap().into_iter().map(|line| line.action).collect();
        assert!(actions.contains(&"end-account".to_owned()) && actions.contains(&"change-role".to_owned()));
    }
}

#[tokio::test]
async fn tries_to_sign_in_are_counted_at_all_replicas_together_and_say_nothing_of_who_tried() {
    for test in started_databases().await {
        let (one, other) = (app(&test), app(&test));
        joins(&one, "marie", Role::Author).await;
        let enter = |login: &str, password: &str, address: &str| Credentials {
            login: login.to_owned(),
            password: secret(password),
            code: String::new(),
            address: address.to_owned(),
            device: None,
        };
        for n in 0..8 {
            let app = if n % 2 == 0 { &one } else { &other };
            let said = refused(sign_in(app, enter("marie", "wrong wrong wrong", "203.0.113.7")).await);
            assert_eq!(said, Refusal::SignIn, "{n}");
        }
        for app in [&one, &other] {
            let said = refused(sign_in(app, enter("marie", PASSWORD, "203.0.113.7")).await);
            assert_eq!(said, Refusal::TooMany(30), "nor is it told that a guess was right");
        }
        // Nobody is locked out from afar: elsewhere she signs in, and with a device of hers also there.
        sign_in(&one, enter("marie", PASSWORD, "203.0.113.9")).await.unwrap();
        let id_of = async |login: &str| accounts::by_login(&one.db, login).await.unwrap().map(|account| account.id);
        let known = device(&one, &id_of("marie").await.unwrap());
        let with =
            |device: &str| Credentials { device: Some(device.to_owned()), ..enter("marie", PASSWORD, "203.0.113.7") };
        sign_in(&other, with(&known)).await.unwrap();
        for made_up in ["", "x", &known[1..], &device(&one, "somebody else"), &"0".repeat(64)] {
            assert_eq!(refused(sign_in(&other, with(made_up)).await), Refusal::TooMany(30), "{made_up}");
        }
        for n in 0..7 {
            let wrong = Credentials { password: secret("wrong wrong wrong"), ..with(&known) };
            assert_eq!(refused(sign_in(&one, wrong).await), Refusal::SignIn, "{n}");
        }
        assert_eq!(refused(sign_in(&other, with(&known)).await), Refusal::TooMany(30), "a device is counted as well");
        let rows = crate::forget::everything(&test.db).await;
        assert!(!rows.contains("203.0.113."), "no address is kept");
        for app in [&one, &other] {
            app.clock.advance(TimeDelta::seconds(30));
        }
        sign_in(&other, enter("marie", PASSWORD, "203.0.113.7")).await.unwrap();
        // One address, many names: a whole town hall may share it, and no more than that.
        for n in 0..40 {
            let said = refused(sign_in(&one, enter(&format!("clerk-{n}"), "x", "198.51.100.1")).await);
            assert_eq!(said, Refusal::SignIn, "{n}");
        }
        assert_eq!(refused(sign_in(&other, enter("anybody", "x", "198.51.100.1")).await), Refusal::TooMany(5));
        one.clock.advance(TimeDelta::hours(1));
        ventanilla::app::clean_up(&one).await.unwrap();
        one.clock.advance(TimeDelta::hours(5));
        ventanilla::app::clean_up(&one).await.unwrap();
        let failed = audit::Filter { action: Some("failed-sign-ins".into()), ..Default::default() };
        assert_eq!(audit::list(&one.db, &failed, 10, 0).await.unwrap(), [], "the day is not over");
        one.clock.advance(TimeDelta::days(1));
        ventanilla::app::clean_up(&one).await.unwrap();
        ventanilla::app::clean_up(&one).await.unwrap();
        let lines = audit::list(&one.db, &failed, 10, 0).await.unwrap();
        let lines: Vec<_> = lines.iter().map(|line| (line.subject.as_str(), line.became.as_deref())).collect();
        assert_eq!(lines, [("2026-11-23", Some("64"))], "said once, and nothing of who tried");
        let left: Vec<String> = crate::forget::table(&test.db, "sign_in_tries").await;
        assert_eq!(left, Vec::<String>::new(), "what has come back is dropped");
    }
}

#[tokio::test]
async fn many_who_sign_in_at_once_wait_in_a_short_queue_and_others_are_told_to_come_again() {
    for test in started_databases().await {
        let app = app(&test);
        joins(&app, "marie", Role::Author).await;
        let enter = |n: usize| Credentials {
            login: "marie".to_owned(),
            password: secret(PASSWORD),
            code: String::new(),
            address: format!("203.0.113.{n}"),
            device: None,
        };
        let said = futures::future::join_all((0..100).map(|n| sign_in(&app, enter(n)))).await;
        let busy = |done: &Result<String, AppError>| matches!(done, Err(AppError::Refused(Refusal::Busy)));
        let (turned_away, inside) =
            (said.iter().filter(|done| busy(done)).count(), said.iter().filter(|done| done.is_ok()).count());
        assert_eq!((turned_away, inside), (83, 17), "one is hashed, sixteen wait");
        sign_in(&app, enter(200)).await.unwrap();
    }
}

fn provenance() -> Provenance {
    Provenance { source: "decree-67".parse().unwrap(), seen: "2026-03".parse().unwrap(), certainty: Certainty::A }
}

fn bodies() -> Vec<(ContentItem, Body)> {
    let entry = || "health/cost".parse().unwrap();
    let recoleta = || "recoleta".parse().unwrap();
    let lang = Lang::first();
    vec![
        (
            ContentItem::Metadata(entry()),
            Body::Metadata(MetadataBody {
                service: "migrant-help".parse().unwrap(),
                sources: vec!["decree-67".parse().unwrap()],
                related: vec!["health/fonasa".parse().unwrap()],
                discreet: true,
                provenance: [(PartName::Lead, provenance())].into(),
            }),
        ),
        (
            ContentItem::Text(entry(), lang),
            Body::Text(
                TextBody::typed("Konbyen?", "**Anyen.**", "konbyen sa koute\nkonbyen")
                    .told_apart("pou lopital")
                    .divided([(Aspect::Cost, "0 peso."), (Aspect::NoPapers, "Menm bagay.")]),
            ),
        ),
        (ContentItem::Note(recoleta(), entry(), lang), Body::Note(NoteBody { text: "Nan biwo nou an.".into() })),
        (
            ContentItem::Office(recoleta(), "recoleta-new".parse().unwrap()),
            Body::Office(OfficeBody {
                name: "Oficina".into(),
                services: vec!["migrant-help".parse().unwrap()],
                languages: vec!["ht".into()],
                phone: "600 123".into(),
                address: String::new(),
                lat: Some(-33.4),
                lon: Some(-70.6),
                approximate: true,
                hours: "Mo-Fr 09:00-13:00".into(),
                hours_checked: false,
                time_zone: "America/Santiago".into(),
                active: true,
            }),
        ),
    ]
}

/// The parts of a text that are outdated, and whether the lead is.
async fn outdated(app: &App, lang: Lang) -> (bool, Vec<Aspect>) {
    let entry = overview::entry(&app.db, &"health/cost".parse().unwrap()).await.unwrap().unwrap();
    let text = &entry.texts[&lang];
    (text.outdated_on.is_some(), text.outdated_parts.keys().copied().collect())
}

#[tokio::test]
async fn a_part_that_says_something_new_makes_only_that_part_of_the_other_languages_outdated() {
    for (_test, app) in fixtures().await {
        let (author, _) = joins(&app, "ana", Role::Author).await;
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        let langs: Vec<Lang> = Lang::all().collect();
        let publishes = async |lang: Lang, change: Change, body: TextBody| {
            let item = ContentItem::Text("health/cost".parse().unwrap(), lang);
            let seen = drafts::newest(&app.db, &item).await.unwrap();
            let number = save_draft(&app, &author, &item, Body::Text(body), change, seen).await.unwrap();
            submit(&app, &author, &item).await.unwrap();
            publish(&app, &reviewer, &[Accepted { item, number }], false).await.unwrap();
        };
        let text = |cost: &str| TextBody::typed("q", "lead", "p").divided([(Aspect::Cost, cost), (Aspect::How, "h")]);
        for lang in &langs {
            publishes(*lang, Change::Translation, text("1")).await;
        }
        publishes(langs[0], Change::Meaning, text("2")).await;
        assert_eq!(outdated(&app, langs[1]).await, (false, vec![Aspect::Cost]));
        assert_eq!(outdated(&app, langs[0]).await, (false, vec![]));
        publishes(langs[1], Change::Translation, text("2")).await;
        assert_eq!(outdated(&app, langs[1]).await, (false, vec![]), "translated");
        assert_eq!(outdated(&app, langs[2]).await, (false, vec![Aspect::Cost]), "not yet");
        let other = TextBody::typed("q", "another lead", "p").divided([(Aspect::Cost, "2")]);
        publishes(langs[0], Change::Meaning, other).await;
        assert_eq!(outdated(&app, langs[1]).await, (true, vec![Aspect::How]), "the lead, and the part that went");
        publishes(langs[2], Change::Translation, TextBody::typed("q", &"word ".repeat(60), "p")).await;
        let body = TextBody::typed("q", "another lead", "p").divided([(Aspect::Cost, "3")]);
        publishes(langs[0], Change::Meaning, body).await;
        assert!(outdated(&app, langs[2]).await.0, "an undivided text may say the price anywhere");
    }
}

#[tokio::test]
async fn a_new_meaning_ends_the_marks_and_the_source_of_what_it_says_anew_and_of_nothing_else() {
    for (_test, app) in fixtures().await {
        let (author, _) = joins(&app, "ana", Role::Author).await;
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        let langs: Vec<Lang> = Lang::all().collect();
        let entry = || "health/cost".parse().unwrap();
        let publishes = async |item: ContentItem, change: Change, body: Body| {
            let seen = drafts::newest(&app.db, &item).await.unwrap();
            let number = save_draft(&app, &author, &item, body, change, seen).await.unwrap();
            submit(&app, &author, &item).await.unwrap();
            publish(&app, &reviewer, &[Accepted { item, number }], false).await.unwrap();
        };
        let text = |lead: &str, cost: &str| {
            Body::Text(TextBody::typed("q", lead, "p").divided([(Aspect::Cost, cost), (Aspect::How, "how")]))
        };
        let of = |lang: Lang| ContentItem::Text(entry(), lang);
        for lang in &langs {
            publishes(of(*lang), Change::Translation, text("lead", "1")).await;
        }
        let metadata = ContentItem::Metadata(entry());
        let Some(Body::Metadata(mut body)) = items::published(&app.db, &metadata).await.unwrap() else { panic!() };
        let from = || Provenance {
            source: body.sources[0].clone(),
            seen: "2026-03".parse().unwrap(),
            certainty: Certainty::A,
        };
        let parts = [PartName::Lead, PartName::Of(Aspect::Cost), PartName::Of(Aspect::How)];
        body.provenance = parts.map(|part| (part, from())).into();
        publishes(metadata.clone(), Change::Small, Body::Metadata(body)).await;
        publishes(of(langs[0]), Change::Meaning, text("lead", "2")).await;
        publishes(of(langs[1]), Change::Meaning, text("another lead", "1")).await;
        assert_eq!(outdated(&app, langs[1]).await, (false, vec![Aspect::Cost]), "its cost is still the old one");
        let Some(Body::Metadata(body)) = items::published(&app.db, &metadata).await.unwrap() else { panic!() };
        let left: Vec<_> = body.provenance.keys().copied().collect();
        assert_eq!(left, [PartName::Of(Aspect::How)], "staff wrote the lead and the cost anew");
    }
}

#[tokio::test]
async fn a_native_speaker_has_read_a_text_until_it_has_other_words() {
    for (_test, app) in fixtures().await {
        let (author, _) = joins(&app, "ana", Role::Author).await;
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        let lang = Lang::first();
        let entry = || "health/cost".parse().unwrap();
        let read = async || overview::entry(&app.db, &entry()).await.unwrap().unwrap().texts[&lang].native_read.clone();
        assert_eq!(read().await, None);
        let item = ContentItem::Text(entry(), lang);
        let published = items::published(&app.db, &item).await.unwrap().unwrap();
        let Body::Text(mut body) = published else { panic!("a text") };
        let other = native_read(&app, &reviewer, (&entry(), lang), Revision::of("q", "what was shown before")).await;
        assert!(matches!(other, Err(AppError::Refused(Refusal::Changed))), "{other:?}");
        let seen = body.text().unwrap().revision();
        native_read(&app, &reviewer, (&entry(), lang), seen).await.unwrap();
        assert_eq!(read().await, Some((reviewer.shown_as.clone(), app.day(morning()))));
        for (phrasing, is_read) in [(true, true), (false, false)] {
            match phrasing {
                true => body.phrasings.push("another message".to_owned()),
                false => body.answer = "Other words.".to_owned(),
            }
            let seen = drafts::newest(&app.db, &item).await.unwrap();
            let number = save_draft(&app, &author, &item, Body::Text(body.clone()), Change::Small, seen).await.unwrap();
            submit(&app, &author, &item).await.unwrap();
            publish(&app, &reviewer, &[Accepted { item: item.clone(), number }], false).await.unwrap();
            assert_eq!(read().await.is_some(), is_read);
        }
    }
}

#[tokio::test]
async fn every_kind_of_piece_is_written_reviewed_and_published() {
    for (_test, app) in fixtures().await {
        let (author, _) = joins(&app, "jean", Role::Author).await;
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        let mut accepted = Vec::new();
        for (item, body) in bodies() {
            let number = save_draft(&app, &author, &item, body.clone(), Change::Meaning, 0).await.unwrap();
            let again = save_draft(&app, &author, &item, body.clone(), Change::Meaning, number).await.unwrap();
            assert_eq!(again, number, "the same words are no new version");
            let stale = save_draft(&app, &author, &item, body, Change::Small, number - 1).await;
            assert_eq!(refused(stale), Refusal::Changed);
            submit(&app, &author, &item).await.unwrap();
            let one = Accepted { item: item.clone(), number };
            send_back(&app, &reviewer, std::slice::from_ref(&one), "Gade ankò").await.unwrap();
            assert_eq!(drafts::find(&app.db, &item).await.unwrap().unwrap().state, DraftState::SentBack);
            add_comment(&app, &author, &item, "Dakò").await.unwrap();
            assert_eq!(drafts::comments(&app.db, &item).await.unwrap().len(), 2);
            submit(&app, &author, &item).await.unwrap();
            accepted.push(one);
        }
        assert_eq!(refused(publish(&app, &author, &accepted, false).await), Refusal::NoRight);
        let before = content::load(&app.db).await.unwrap();
        let number = publish(&app, &reviewer, &accepted, true).await.unwrap();
        assert_eq!(number, 2);
        assert_eq!(drafts::headings(&app.db).await.unwrap(), []);
        for (item, body) in bodies() {
            assert_eq!(items::published(&app.db, &item).await.unwrap(), Some(body), "{item}");
            assert!(!drafts::publications(&app.db, &item).await.unwrap().is_empty());
        }
        let standing = overview::entry(&app.db, &"health/cost".parse().unwrap()).await.unwrap().unwrap();
        let outdated: Vec<bool> = standing.texts.values().map(|text| text.outdated_on.is_some()).collect();
        assert_eq!(outdated.iter().filter(|outdated| **outdated).count(), Lang::all().len() - 1);
        let all = overview::entries(&app.db).await.unwrap();
        assert_eq!(all.iter().find(|entry| entry.key == standing.key), Some(&standing));
        let after = content::load(&app.db).await.unwrap();
        assert_eq!(after.offices.len(), before.offices.len() + 1);
        assert_eq!(after.entries.len(), before.entries.len());
        let published = audit::Filter { action: Some("publish".into()), ..Default::default() };
        let log = audit::list(&app.db, &published, 50, 0);
        assert_eq!(log.await.unwrap().len(), 4);
    }
}

#[tokio::test]
async fn a_text_that_fails_half_way_publishes_nothing() {
    for (_test, app) in fixtures().await {
        let (author, _) = joins(&app, "jean", Role::Author).await;
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        let entry: ventanilla::domain::text::id::EntryKey = "health/cost".parse().unwrap();
        let unknown = MetadataBody {
            service: "migrant-help".parse().unwrap(),
            sources: vec!["no-such-source".parse().unwrap()],
            related: Vec::new(),
            discreet: false,
            provenance: Default::default(),
        };
        let text = Body::Text(TextBody::typed("Konbyen?", "Anyen.", ""));
        let pieces = [
            (ContentItem::Text(entry.clone(), Lang::first()), text),
            (ContentItem::Metadata(entry), Body::Metadata(unknown)),
        ];
        let mut accepted = Vec::new();
        for (item, body) in pieces {
            let number = save_draft(&app, &author, &item, body, Change::Small, 0).await.unwrap();
            submit(&app, &author, &item).await.unwrap();
            accepted.push(Accepted { item, number });
        }
        let before = content::load(&app.db).await.unwrap();
        assert_eq!(refused(publish(&app, &reviewer, &accepted, false).await), Refusal::Invalid);
        assert_eq!(content::load(&app.db).await.unwrap(), before);
        assert_eq!(drafts::headings(&app.db).await.unwrap().len(), 2, "nothing is lost");
    }
}

#[tokio::test]
async fn entries_are_checked_withdrawn_and_marked_and_versions_come_back() {
    for (_test, app) in fixtures().await {
        let (author, _) = joins(&app, "jean", Role::Author).await;
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        let entry: ventanilla::domain::text::id::EntryKey = "health/cost".parse().unwrap();
        let lang = Lang::first();
        verify(&app, &reviewer, &entry).await.unwrap();
        withdraw(&app, &reviewer, &entry, lang, "Li pa bon.").await.unwrap();
        let (second, _) = joins(&app, "paul", Role::Reviewer).await;
        super::accept_proposals(&app, &second).await;
        let source = content::sources(&app.db).await.unwrap().remove(0);
        assert!(source_changed(&app, &reviewer, &source.key, app.day(morning()), "Nouvo lwa").await.unwrap() > 0);
        assert_eq!(sources::changes(&app.db, &source.key).await.unwrap()[0].what, "Nouvo lwa");
        assert!(sources::dependents(&app.db).await.unwrap().iter().any(|(key, n)| *key == source.key && *n > 0));
        let standing = overview::entry(&app.db, &entry).await.unwrap().unwrap();
        assert_eq!(standing.texts[&lang].withdrawn.as_deref(), Some("Li pa bon."));
        assert!(standing.texts.values().all(|text| text.check.is_some()));

        let new = Source { key: "law-1".parse().unwrap(), kind: SourceKind::Law, ..source };
        save_source(&app, &reviewer, None, &new).await.unwrap();
        super::accept_proposals(&app, &second).await;
        assert_eq!(refused(save_source(&app, &reviewer, None, &new).await), Refusal::Key);
        assert_eq!(content::sources(&app.db).await.unwrap().last(), Some(&new));

        let key = "health/dentist".parse().unwrap();
        new_entry(&app, &author, &key, "migrant-help".parse().unwrap(), lang, "Dantis?").await.unwrap();
        let item = ContentItem::Text(key, lang);
        let first = drafts::newest(&app.db, &item).await.unwrap();
        let body = Body::Text(TextBody::typed("Dantis?", "Nan CESFAM.", ""));
        let second = save_draft(&app, &author, &item, body, Change::Meaning, first).await.unwrap();
        let third = bring_back(&app, &author, &item, first, second).await.unwrap();
        let versions = drafts::versions(&app.db, &item).await.unwrap();
        assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [third, second, first]);
        assert_eq!(versions[0].body, versions[2].body);
        discard(&app, &author, &item).await.unwrap();
        assert_eq!(drafts::find(&app.db, &item).await.unwrap(), None);
        assert_eq!(drafts::versions(&app.db, &item).await.unwrap().len(), 3);
    }
}

#[tokio::test]
async fn nobody_says_of_what_they_wrote_themselves_that_it_is_still_correct() {
    for (_test, app) in fixtures().await {
        let (author, _) = joins(&app, "ana", Role::Reviewer).await;
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        let entry: ventanilla::domain::text::id::EntryKey = "health/cost".parse().unwrap();
        let item = ContentItem::Text(entry.clone(), Lang::first());
        verify(&app, &author, &entry).await.unwrap();
        let body = Body::Text(TextBody::typed("Konbyen?", "Anyen.", "konbyen"));
        let number = save_draft(&app, &author, &item, body, Change::Small, 0).await.unwrap();
        submit(&app, &author, &item).await.unwrap();
        publish(&app, &reviewer, &[Accepted { item: item.clone(), number }], false).await.unwrap();
        assert_eq!(refused(verify(&app, &author, &entry).await), Refusal::OwnText);
        verify(&app, &reviewer, &entry).await.unwrap();
        // Whoever wrote a draft that somebody else finished has written at it as well.
        let (third, _) = joins(&app, "caro", Role::Reviewer).await;
        for (by, words) in [(&third, "Anyen ditou."), (&author, "Anyen ditou, menm san papye.")] {
            let body = Body::Text(TextBody::typed("Konbyen?", words, "konbyen"));
            let seen = drafts::find(&app.db, &item).await.unwrap().map_or(number, |draft| draft.version.number);
            save_draft(&app, by, &item, body, Change::Small, seen).await.unwrap();
        }
        submit(&app, &author, &item).await.unwrap();
        let number = drafts::find(&app.db, &item).await.unwrap().unwrap().version.number;
        publish(&app, &reviewer, &[Accepted { item, number }], false).await.unwrap();
        for by in [&author, &third] {
            assert_eq!(refused(verify(&app, by, &entry).await), Refusal::OwnText, "{}", by.login);
        }
    }
}

#[tokio::test]
async fn a_publication_is_live_where_a_replica_says_so() {
    for (_test, app) in fixtures().await {
        let said = || async { reach(&app).await.unwrap() };
        assert_eq!(said().await, Reach { live: 0, replicas: 0 });
        heartbeat(&app, "one").await.unwrap();
        assert_eq!(said().await, Reach { live: 1, replicas: 1 });
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        verify(&app, &reviewer, &"health/cost".parse().unwrap()).await.unwrap();
        assert_eq!(said().await, Reach { live: 0, replicas: 1 });
        assert!(app.live.refresh(&app.db).await.unwrap());
        heartbeat(&app, "one").await.unwrap();
        assert_eq!(said().await, Reach { live: 1, replicas: 1 });
        app.clock.advance(TimeDelta::minutes(1));
        assert_eq!(said().await, Reach { live: 0, replicas: 0 }, "a replica that says nothing does not answer");
        assert_eq!(events::sums(&app.db, "not-understood", app.day(morning())).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_translation_that_is_mended_is_counted_with_the_days_it_was_outdated() {
    for (_test, app) in fixtures().await {
        let (author, _) = joins(&app, "ana", Role::Author).await;
        let (reviewer, _) = joins(&app, "rosa", Role::Reviewer).await;
        let [first, second] = [0, 1].map(|place| Lang::all().nth(place).unwrap());
        let publishes = async |lang: Lang, change: Change, words: &str| {
            let item = ContentItem::Text("health/cost".parse().unwrap(), lang);
            let seen = drafts::newest(&app.db, &item).await.unwrap();
            let body = TextBody::typed(words, words, words);
            let number = save_draft(&app, &author, &item, Body::Text(body), change, seen).await.unwrap();
            submit(&app, &author, &item).await.unwrap();
            publish(&app, &reviewer, &[Accepted { item, number }], false).await.unwrap();
        };
        publishes(first, Change::Meaning, "Nuevo").await;
        app.clock.advance(TimeDelta::days(5));
        publishes(second, Change::Small, "Nouvo").await;
        let fixed = async || events::sums(&app.db, "translation-fixed", app.day(morning())).await.unwrap();
        assert!(fixed().await.is_empty(), "a small correction mends nothing");
        publishes(second, Change::Translation, "Nouvo tou").await;
        publishes(second, Change::Translation, "Nouvo nèt").await;
        let sums: Vec<_> = fixed().await.into_iter().map(|sum| (sum.lang, sum.subject, sum.n)).collect();
        assert_eq!(sums, [(second.code().to_owned(), "within-7d".to_owned(), 1)]);
    }
}
