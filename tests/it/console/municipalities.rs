//! Municipalities at the console and in the store.

use reqwest::StatusCode;
use ventanilla::domain::body::{Body, OfficeBody};
use ventanilla::domain::entry::Check;
use ventanilla::domain::id::MunicipalityKey;
use ventanilla::domain::municipality::Municipality;
use ventanilla::domain::piece::Piece;
use ventanilla::domain::position::Position;
use ventanilla::domain::staff::{Limits, Role};
use ventanilla::locale::Label;
use ventanilla::pack::{STARTER, embedded, read};
use ventanilla::store::{audit, content, municipalities, pieces};

use super::forms::Filled;
use super::{clerk, console, limited_clerk, words};
use crate::houses::{databases, morning};

const PAGE: &str = "/console/municipalities/recoleta";
const FORM: &str = "form.form";

#[tokio::test]
async fn an_administrator_keeps_names_and_places_and_the_bot_knows_them() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let form = Filled::of(&admin.look(PAGE).await, FORM);
    let aliases = format!("{}\r\n\r\n La Chimba ", form.value("aliases"));
    let page = form.set("aliases", &aliases).set("lat", "-33,4061").send(&admin, PAGE, "").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSaved)]);
    site.house.live.refresh(&site.house.db).await.unwrap();
    let knowledge = site.house.live.now();
    let found = knowledge.place_like("la chimba").unwrap();
    assert_eq!((found.key.as_str(), found.position.lat()), ("recoleta", -33.4061));
    let lines = audit::list(&site.house.db, &audit::Filter::default(), 100, 0).await.unwrap();
    let line = lines.iter().find(|line| line.action == "save-municipality").unwrap();
    assert!(!line.was.as_ref().unwrap().contains("Chimba") && line.became.as_ref().unwrap().contains("Chimba"));
}

#[tokio::test]
async fn only_whoever_keeps_the_settings_of_all_changes_a_municipality() {
    let site = console().await;
    let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
    let reviewer = clerk(&site, "reviewer", Role::Reviewer).await;
    let limited = limited_clerk(&site, "limited", Role::Administrator, own).await;
    for one in [&reviewer, &limited] {
        let page = one.look(PAGE).await;
        assert_eq!((page.status, page.attributes("fieldset.all", "disabled").len()), (StatusCode::OK, 1));
        assert_eq!(Filled::of(&page, FORM).send(one, PAGE, "").await.status, StatusCode::FORBIDDEN);
        assert_eq!(one.look("/console/new-municipality").await.status, StatusCode::FORBIDDEN);
        let new = one.post("/console/new-municipality", &[("name", "X")]).await;
        assert_eq!(new.status, StatusCode::FORBIDDEN);
    }
    let observer = clerk(&site, "observer", Role::Observer).await;
    for path in ["/console/municipalities", PAGE] {
        assert_eq!(observer.look(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_municipality_shows_its_offices_and_its_people_to_whoever_keeps_accounts() {
    let site = console().await;
    let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
    limited_clerk(&site, "jean", Role::Author, own).await;
    let (admin, author) =
        (clerk(&site, "admin", Role::Administrator).await, clerk(&site, "author", Role::Author).await);
    let page = admin.look(PAGE).await;
    assert_eq!(page.words("section li a"), ["jean"]);
    assert!(page.attributes("td a", "href").contains(&"/console/offices/recoleta".to_owned()));
    let page = author.look(PAGE).await;
    assert!(page.words("#people").is_empty() && !page.text.contains("jean"));
}

#[tokio::test]
async fn what_does_not_fit_is_said_and_kept_and_a_second_writer_sees_what_is_saved() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let form = Filled::of(&admin.look(PAGE).await, FORM);
    let page = form.clone().set("lon", "-700").set("time_zone", "Chile").set("name", " ").send(&admin, PAGE, "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.words(".field-error").len(), 3);
    assert_eq!(Filled::of(&page, FORM).value("lon"), "-700");
    form.clone().set("name", "Recoleta (norte)").send(&admin, PAGE, "").await;
    let page = form.set("name", "Recoleta (sur)").send(&admin, PAGE, "").await;
    assert_eq!((page.status, page.words(".notice pre").len()), (StatusCode::CONFLICT, 1));
    assert!(page.words(".notice pre")[0].contains("Recoleta (norte)"));
    let again = Filled::of(&page, FORM);
    assert_eq!(again.value("name"), "Recoleta (sur)");
    assert_eq!(again.send(&admin, PAGE, "").await.words("h1"), ["Recoleta (sur)"]);
}

#[tokio::test]
async fn a_new_municipality_has_a_key_of_its_name_that_no_other_has() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let empty = Filled::of(&admin.look("/console/new-municipality").await, FORM);
    let form = empty.set("name", "Ñuñoa <b>").set("lat", "-33.45").set("lon", "-70.6");
    let page = form.send(&admin, "/console/new-municipality", "").await;
    assert_eq!(page.words("h1"), ["Ñuñoa <b>"]);
    let page = form.send(&admin, "/console/new-municipality", "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = form.set("name", "¿?").send(&admin, "/console/new-municipality", "").await;
    assert_eq!((page.status, page.words("#alert")), (StatusCode::UNPROCESSABLE_ENTITY, vec![words(Label::RefusedKey)]));
}

fn place(key: &str) -> Municipality {
    Municipality {
        key: key.parse().unwrap(),
        name: "Ñuñoa".into(),
        aliases: vec!["nunoa".into(), "ñuñowa".into()],
        position: Position::new(-33.45, -70.6).unwrap(),
        time_zone: "America/Santiago".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_municipality_comes_out_of_the_store_as_it_went_in() {
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        let new = place("nunoa");
        assert!(municipalities::add(&mut tx, &new).await.unwrap());
        assert!(!municipalities::add(&mut tx, &new).await.unwrap(), "the key is taken");
        assert_eq!(municipalities::find_in(&mut tx, &new.key).await.unwrap().as_ref(), Some(&new));
        let changed = Municipality { aliases: vec!["x".into()], name: "Y".into(), ..new };
        municipalities::save(&mut tx, &changed).await.unwrap();
        assert_eq!(municipalities::find_in(&mut tx, &"none".parse().unwrap()).await.unwrap(), None);
        tx.commit().await.unwrap();
        assert_eq!(content::municipalities(&test.db).await.unwrap(), [changed]);
    }
}

#[tokio::test]
async fn an_office_belongs_to_whoever_wrote_it_first_and_no_other_municipality_writes_over_it() {
    let pack = read(&embedded(&STARTER)).unwrap();
    let office = pack.offices[0].clone();
    let check = Check { by: "x".into(), on: morning().date_naive(), until: morning().date_naive() };
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        content::replace(&mut tx, &pack).await.unwrap();
        tx.commit().await.unwrap();
        let owner = municipalities::of_office(&test.db, &office.key).await.unwrap();
        assert_eq!(owner.as_ref(), Some(&office.municipality));
        assert_eq!(municipalities::of_office(&test.db, &"none".parse().unwrap()).await.unwrap(), None);
        let own = Piece::Office(office.municipality.clone(), office.key.clone());
        let other: MunicipalityKey =
            pack.municipalities.iter().find(|place| place.key != office.municipality).unwrap().key.clone();
        let body = pieces::published(&test.db, &own).await.unwrap().unwrap();
        let stolen = Body::Office(OfficeBody { name: "Mine".into(), ..as_office(&body) });
        let mut tx = test.db.begin().await.unwrap();
        pieces::put(&mut tx, &own, &body, &check).await.unwrap();
        assert!(pieces::put(&mut tx, &Piece::Office(other, office.key.clone()), &stolen, &check).await.is_err());
        drop(tx);
        assert_eq!(pieces::published(&test.db, &own).await.unwrap(), Some(body));
    }
}

fn as_office(body: &Body) -> OfficeBody {
    match body {
        Body::Office(office) => office.clone(),
        Body::Text(_) | Body::Facts(_) | Body::Note(_) => panic!("no office"),
    }
}
