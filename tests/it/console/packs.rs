//! A folder taken over by an installation that is at work: what nobody has touched is updated, the rest is for reviewers.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use ventanilla::app::{
    Accepted, App, discard, import_pack, import_starter, plan_import, publish, save_draft, submit, verify, withdraw,
};
use ventanilla::domain::content::Content;
use ventanilla::domain::content::body::{Body, TextBody};
use ventanilla::domain::content::draft::{Change, DraftState};
use ventanilla::domain::content::entry::Text;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::text::id::EntryKey;
use ventanilla::domain::text::lang::Lang;
use ventanilla::domain::text::rich::Rich;
use ventanilla::encryption::new_id;
use ventanilla::pack::compare::{ItemOutcome, Plan};
use ventanilla::pack::{STARTER, embedded, read};
use ventanilla::store::content::{self, drafts, sources};
use ventanilla::store::operations::revision;
use ventanilla::store::staff::audit;
use ventanilla::store::{Db, Tx};

use crate::fixtures::{TestDb, app, databases, key_file, morning};
use crate::staff::works;

fn starter() -> Content {
    read(&embedded(&STARTER)).unwrap()
}

fn spanish() -> Lang {
    Lang::parse("es").unwrap()
}

fn key() -> EntryKey {
    "health/cost".parse().unwrap()
}

fn item() -> ContentItem {
    ContentItem::Text(key(), spanish())
}

fn account(name: &str, role: Role) -> Account {
    Account {
        id: new_id(),
        login: name.to_owned(),
        name: name.to_owned(),
        shown_as: "Oficina".to_owned(),
        role,
        limits: Limits::default(),
        lang: spanish(),
        has_second_factor: false,
        ended: false,
    }
}

async fn at_work(db: &TestDb) -> Arc<App> {
    import_starter(&db.db, morning()).await.unwrap();
    Arc::new(app(db))
}

fn text(content: &Content) -> &Text {
    &content.entries.iter().find(|entry| entry.key == key()).unwrap().texts[&spanish()]
}

fn text_mut(content: &mut Content) -> &mut Text {
    content.entries.iter_mut().find(|entry| entry.key == key()).unwrap().texts.get_mut(&spanish()).unwrap()
}

/// The starter pack with another answer.
fn with_answer(answer: &str) -> Content {
    let mut folder = starter();
    text_mut(&mut folder).answer = Rich::parse(answer).unwrap();
    folder
}

async fn published(app: &App) -> Content {
    content::load(&app.db).await.unwrap()
}

fn outcomes(plan: &Plan) -> Vec<(String, ItemOutcome)> {
    plan.outcomes.iter().map(|outcome| (outcome.item.1.clone(), outcome.outcome.clone())).collect()
}

/// Somebody here writes the text, and somebody else publishes it.
async fn written(app: &App, change: impl Fn(&mut TextBody)) {
    let author = works(app, account("autora", Role::Author)).await;
    let reviewer = works(app, account("rosa", Role::Reviewer)).await;
    let Some(Body::Text(mut body)) = published(app).await.bodies().remove(&item()) else { panic!("a text") };
    change(&mut body);
    let seen = drafts::newest(&app.db, &item()).await.unwrap();
    let number = save_draft(app, &author, &item(), Body::Text(body), Change::Small, seen).await.unwrap();
    submit(app, &author, &item()).await.unwrap();
    publish(app, &reviewer, &[Accepted { item: item(), number }], false).await.unwrap();
}

/// As a database that was filled before anybody kept what a folder says.
async fn forget_what_was_said(app: &App) {
    let mut tx = app.db.begin().await.unwrap();
    match &mut tx {
        Tx::Sqlite(tx) => drop(sqlx::query("DELETE FROM pack_items").execute(&mut **tx).await.unwrap()),
        Tx::Postgres(tx) => drop(sqlx::query("DELETE FROM pack_items").execute(&mut **tx).await.unwrap()),
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_same_folder_changes_nothing() {
    for db in databases().await {
        let app = at_work(&db).await;
        let (plan, revision) = plan_import(&app.db, &starter()).await.unwrap();
        assert_eq!((outcomes(&plan), revision), (vec![], 1));
        forget_what_was_said(&app).await;
        let (plan, _) = plan_import(&app.db, &starter()).await.unwrap();
        assert_eq!(outcomes(&plan), []);
    }
}

#[tokio::test]
async fn what_nobody_here_has_touched_is_updated_and_history_and_log_know_of_it() {
    for kept in [true, false] {
        for db in databases().await {
            let app = at_work(&db).await;
            if !kept {
                forget_what_was_said(&app).await;
            }
            let folder = with_answer("Es gratis en **urgencia**.");
            let was = text(&published(&app).await).answer.clone();
            let (plan, _) = plan_import(&app.db, &folder).await.unwrap();
            assert_eq!(outcomes(&plan), [("health/cost".to_owned(), ItemOutcome::Updated)]);
            assert_eq!(text(&published(&app).await).answer, was, "a dry run changes nothing");
            let (_, number) = import_pack(&app, &folder, "folder").await.unwrap();
            assert_eq!(number, 2);
            let now = published(&app).await;
            assert_eq!(text(&now).answer.markdown(), "Es gratis en **urgencia**.");
            assert_eq!(text(&now).check, None, "nobody stands behind it");
            let versions = drafts::versions(&app.db, &item()).await.unwrap();
            let answers: Vec<&str> = versions
                .iter()
                .map(|version| if let Body::Text(text) = &version.body { text.answer.as_str() } else { "" })
                .collect();
            assert_eq!(answers, ["Es gratis en **urgencia**.", was.markdown()]);
            assert_eq!(drafts::publications(&app.db, &item()).await.unwrap().len(), 2);
            let lines = audit::list(&app.db, &audit::Filter::default(), 100, 0).await.unwrap();
            let actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
            assert!(actions.contains(&"publish") && actions.contains(&"import-pack"), "{actions:?}");
            let (again, _) = import_pack(&app, &folder, "folder").await.unwrap();
            assert_eq!(outcomes(&again), []);
        }
    }
}

#[tokio::test]
async fn what_was_edited_here_becomes_a_draft_that_keeps_what_was_edited() {
    for kept in [true, false] {
        for db in databases().await {
            let app = at_work(&db).await;
            if !kept {
                forget_what_was_said(&app).await;
            }
            written(&app, |body| {
                body.question = "¿Cuánto cuesta aquí?".to_owned();
                body.phrasings.push("cuanto sale en nuestro consultorio".to_owned());
            })
            .await;
            let folder = with_answer("Respuesta nueva de la carpeta.");
            let (plan, _) = import_pack(&app, &folder, "folder").await.unwrap();
            assert_eq!(outcomes(&plan), [("health/cost".to_owned(), ItemOutcome::Drafted)]);
            let now = published(&app).await;
            assert_eq!(text(&now).question, "¿Cuánto cuesta aquí?");
            assert_ne!(text(&now).answer.markdown(), "Respuesta nueva de la carpeta.", "people read what was checked");
            let draft = drafts::find(&app.db, &item()).await.unwrap().unwrap();
            assert_eq!((draft.state, draft.version.author), (DraftState::InReview, None));
            let Body::Text(body) = draft.version.body else { panic!("a text") };
            assert_eq!(
                (body.question.as_str(), body.answer.as_str()),
                ("¿Cuánto cuesta aquí?", "Respuesta nueva de la carpeta.")
            );
            assert!(body.phrasings.contains(&"cuanto sale en nuestro consultorio".to_owned()));
            assert_eq!(drafts::comments(&app.db, &item()).await.unwrap(), [], "they changed other fields");
            let (again, _) = import_pack(&app, &folder, "folder").await.unwrap();
            assert_eq!(outcomes(&again), [], "the draft waits already");
            let reviewer = works(&app, account("rosa", Role::Reviewer)).await;
            let number = drafts::newest(&app.db, &item()).await.unwrap();
            publish(&app, &reviewer, &[Accepted { item: item(), number }], false).await.unwrap();
            assert_eq!(text(&published(&app).await).answer.markdown(), "Respuesta nueva de la carpeta.");
        }
    }
}

#[tokio::test]
async fn where_both_have_changed_the_same_field_a_reviewer_is_told() {
    for db in databases().await {
        let app = at_work(&db).await;
        written(&app, |body| body.answer = "Lo que sabemos aquí.".to_owned()).await;
        import_pack(&app, &with_answer("Lo que dice la carpeta."), "folder").await.unwrap();
        assert_eq!(text(&published(&app).await).answer.markdown(), "Lo que sabemos aquí.");
        assert_eq!(drafts::comments(&app.db, &item()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_somebody_stands_behind_becomes_a_draft_and_what_was_withdrawn_stays_so() {
    for db in databases().await {
        let app = at_work(&db).await;
        let reviewer = works(&app, account("rosa", Role::Reviewer)).await;
        verify(&app, &reviewer, &key()).await.unwrap();
        let (plan, _) = plan_import(&app.db, &with_answer("Otra.")).await.unwrap();
        assert_eq!(outcomes(&plan), [("health/cost".to_owned(), ItemOutcome::Drafted)]);
        withdraw(&app, &reviewer, &key(), spanish(), "Ya no es así.").await.unwrap();
        let second = works(&app, account("paul", Role::Reviewer)).await;
        super::accept_proposals(&app, &second).await;
        import_pack(&app, &with_answer("Otra."), "folder").await.unwrap();
        let now = published(&app).await;
        assert_eq!(text(&now).withdrawn.as_deref(), Some("Ya no es así."));
        assert_ne!(text(&now).answer.markdown(), "Otra.");
        assert!(drafts::find(&app.db, &item()).await.unwrap().is_some(), "a reviewer can bring it back");
    }
}

#[tokio::test]
async fn what_somebody_is_writing_waits_and_is_asked_again_after_that() {
    for db in databases().await {
        let app = at_work(&db).await;
        let author = works(&app, account("autora", Role::Author)).await;
        let body = Body::Text(TextBody::typed("¿A medias?", "", ""));
        save_draft(&app, &author, &item(), body.clone(), Change::Small, 0).await.unwrap();
        let (plan, _) = import_pack(&app, &with_answer("Nueva."), "folder").await.unwrap();
        assert_eq!(outcomes(&plan), [("health/cost".to_owned(), ItemOutcome::Waits("autora".to_owned()))]);
        let draft = drafts::find(&app.db, &item()).await.unwrap().unwrap();
        assert_eq!(draft.version.body, body, "what is being written is hers");
        discard(&app, &author, &item()).await.unwrap();
        let (plan, _) = import_pack(&app, &with_answer("Nueva."), "folder").await.unwrap();
        assert_eq!(outcomes(&plan), [("health/cost".to_owned(), ItemOutcome::Updated)]);
    }
}

#[tokio::test]
async fn registers_are_taken_over_field_by_field_and_keep_what_was_changed_here() {
    for db in databases().await {
        let app = at_work(&db).await;
        let mut ours = published(&app).await.sources[0].clone();
        ours.agency = "Como se llama ahora".to_owned();
        let mut tx = app.db.begin().await.unwrap();
        sources::save(&mut tx, &ours).await.unwrap();
        tx.commit().await.unwrap();
        let mut folder = starter();
        folder.sources[0].agency = "Como la llama la carpeta".to_owned();
        folder.sources[0].year = Some(2031);
        folder.topics[0].emoji = "🩺".to_owned();
        let mut town = folder.municipalities[0].clone();
        (town.key, town.name) = ("arica".parse().unwrap(), "Arica".to_owned());
        folder.municipalities.push(town);
        let mut office = folder.offices[0].clone();
        (office.key, office.municipality) = ("arica".parse().unwrap(), "arica".parse().unwrap());
        folder.offices.push(office);
        folder.offices.remove(1);
        let (plan, _) = import_pack(&app, &folder, "folder").await.unwrap();
        let now = published(&app).await;
        assert_eq!((now.sources[0].agency.as_str(), now.sources[0].year), ("Como se llama ahora", Some(2031)));
        assert_eq!(now.topics[0].emoji, "🩺");
        assert!(now.municipalities.iter().any(|place| place.name == "Arica"));
        assert!(now.offices.iter().any(|office| office.key.as_str() == "arica"));
        assert_eq!(now.offices.len(), starter().offices.len() + 1, "what the folder no longer has stays");
        assert_eq!(now.entries, starter().entries);
        for outcome in [ItemOutcome::Kept, ItemOutcome::Missing] {
            assert_eq!(
                plan.count(if outcome == ItemOutcome::Kept {
                    |outcome| *outcome == ItemOutcome::Kept
                } else {
                    |outcome| *outcome == ItemOutcome::Missing
                }),
                1
            );
        }
    }
}

/// Files of a folder like the starter pack.
fn written_out(folder: &Path) {
    for (path, text) in embedded(&STARTER) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[tokio::test]
async fn the_command_line_shows_what_would_change_and_does_it_with_yes_only() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("v.db").display());
    let db = Db::open(&address).await.unwrap();
    import_starter(&db, morning()).await.unwrap();
    // An installation that is at work has its key.
    key_file(&folder.path().join("key"), "07");
    let pack = folder.path().join("pack");
    written_out(&pack);
    let sources = pack.join("sources.toml");
    let text = fs::read_to_string(&sources).unwrap().replacen("agency = \"", "agency = \"Nueva ", 1);
    fs::write(&sources, text).unwrap();
    let run = |yes: bool| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_ventanilla"));
        program.arg("--database-url").arg(&address).arg("--key-file").arg(folder.path().join("key"));
        program.args(["faq", "import"]).arg(&pack).args(yes.then_some("--yes"));
        let out = program.output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    let said = run(false);
    assert!(said.contains("updated  source") && said.contains("--yes"), "{said}");
    assert_eq!(revision::current(&db).await.unwrap(), 1);
    assert!(run(true).contains("Published as revision 2"));
    assert!(run(false).contains("there is nothing to do"));
    assert!(content::load(&db).await.unwrap().sources[0].agency.starts_with("Nueva "));
}
