//! Municipalities at the console and in the store.

use chrono::TimeDelta;
use reqwest::StatusCode;
use ventanilla::bot::citizen::reply::{Answer, ReplyKind};
use ventanilla::bot::citizen::{Reply, wording};
use ventanilla::domain::content::body::{Body, OfficeBody};
use ventanilla::domain::content::entry::Overdue;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::offices::municipality::Municipality;
use ventanilla::domain::offices::position::Position;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::id::MunicipalityKey;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, Phrase, say};
use ventanilla::pack::{STARTER, embedded, read};
use ventanilla::store::content::{self, bulk_items, items};
use ventanilla::store::offices::municipalities;
use ventanilla::store::staff::audit;

use super::forms::Filled;
use super::{clerk, console, limited_clerk, words};
use crate::fixtures::{databases, morning};
use crate::visitor::Site;

const PAGE: &str = "/console/municipalities/recoleta";
const FORM: &str = "form.place";

#[tokio::test]
async fn an_administrator_keeps_names_and_places_and_the_bot_knows_them() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let form = Filled::of(&admin.look(PAGE).await, FORM);
    let aliases = format!("{}\r\n\r\n La Chimba ", form.value("aliases"));
    let page = form.set("aliases", &aliases).set("lat", "-33,4061").send(&admin, PAGE, "").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSaved)]);
    site.app.live.refresh(&site.app.db).await.unwrap();
    let knowledge = site.app.live.now();
    let found = knowledge.place_like("la chimba").unwrap();
    assert_eq!((found.key.as_str(), found.position.lat()), ("recoleta", -33.4061));
    let lines = audit::list(&site.app.db, &audit::Filter::default(), 100, 0).await.unwrap();
    let line = lines.iter().find(|line| line.action == "save-municipality").unwrap();
    assert!(!line.was.as_ref().unwrap().contains("Chimba") && line.became.as_ref().unwrap().contains("Chimba"));
}

#[tokio::test]
async fn a_municipality_far_from_all_others_asks_whether_that_is_right() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let new = "/console/new-municipality";
    let form =
        Filled::of(&admin.look(new).await, FORM).set("name", "Arica").set("lat", "18.4783").set("lon", "-70.319");
    let page = form.send(&admin, new, "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.words("#position-slip").concat().contains("km"));
    let page = Filled::of(&page, FORM).set("lat", "-18.4783").send(&admin, new, "").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSaved)], "with its minus it is in Chile");
    let page = form.set("name", "Otra").send(&admin, new, "").await;
    let right = page.attributes("input[name=far]", "value").concat();
    let page = Filled::of(&page, FORM).set("far", &right).send(&admin, new, "").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSaved)], "somebody has said that it is right");
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

/// What people in this municipality's chats, or in one without, are told in place of an answer that is long overdue.
fn told(site: &Site, municipality: Option<&str>) -> bool {
    let knowledge = site.app.live.now();
    let entry = knowledge.entries()[0].key.clone();
    let municipality = municipality.map(|key| key.parse().unwrap());
    let answer = Answer::lead(entry, municipality);
    let lang = Lang::parse("es").unwrap();
    let reply = Reply::new(lang, ReplyKind::Answer(answer));
    let said = wording(&knowledge, &reply, morning() + TimeDelta::days(400)).remove(0).words();
    said.contains(&say(lang, &Phrase::BeingChecked))
}

#[tokio::test]
async fn a_municipality_chooses_for_its_own_chats_what_becomes_of_overdue_answers() {
    let site = console().await;
    let own = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
    let clerk_of_it = limited_clerk(&site, "limited", Role::Reviewer, own).await;
    let reviewer = clerk(&site, "rosa", Role::Reviewer).await;
    let first = site.app.live.now().entries()[0].key.clone();
    reviewer.post(&format!("/console/entries/{first}/check"), &[]).await;
    let choose = async |place: &str, choice: &str| {
        let page = format!("/console/municipalities/{place}");
        let sent = clerk_of_it.post(&format!("{page}/overdue"), &[("overdue", choice)]).await;
        site.app.live.refresh(&site.app.db).await.unwrap();
        sent.status
    };
    assert_eq!(choose("quilicura", "replace").await, StatusCode::FORBIDDEN);
    assert_eq!(choose("recoleta", "never").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!([Some("recoleta"), Some("quilicura"), None].map(|place| told(&site, place)), [false; 3]);
    assert_eq!(choose("recoleta", "replace").await, StatusCode::OK);
    assert_eq!([Some("recoleta"), Some("quilicura"), None].map(|place| told(&site, place)), [true, false, false]);
    let admin = clerk(&site, "admin", Role::Administrator).await;
    admin.post("/console/settings", &[("overdue", "replace"), ("check_days", "180")]).await;
    assert_eq!(choose("recoleta", "notice").await, StatusCode::OK);
    assert_eq!([Some("recoleta"), Some("quilicura"), None].map(|place| told(&site, place)), [false, true, true]);
    assert_eq!(clerk_of_it.look(PAGE).await.attributes(".overdue [value=notice]", "checked").len(), 1);
    assert_eq!(choose("recoleta", "").await, StatusCode::OK);
    assert_eq!([Some("recoleta"), Some("quilicura"), None].map(|place| told(&site, place)), [true; 3]);
    let lines = audit::list(&site.app.db, &audit::Filter::default(), 100, 0).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.action == "choose-overdue").count(), 3);
}

fn place(key: &str) -> Municipality {
    Municipality {
        key: key.parse().unwrap(),
        name: "Ñuñoa".into(),
        aliases: vec!["nunoa".into(), "ñuñowa".into()],
        position: Position::new(-33.45, -70.6).unwrap(),
        time_zone: "America/Santiago".parse().unwrap(),
        overdue: Some(Overdue::Replace),
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
        assert_eq!(content::municipalities(&test.db).await.unwrap(), std::slice::from_ref(&changed));
        let mut tx = test.db.begin().await.unwrap();
        municipalities::set_overdue(&mut tx, &changed.key, None).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(content::municipalities(&test.db).await.unwrap()[0].overdue, None);
    }
}

#[tokio::test]
async fn an_office_belongs_to_whoever_wrote_it_first_and_no_other_municipality_writes_over_it() {
    let pack = read(&embedded(&STARTER)).unwrap();
    let office = pack.offices[0].clone();
    for test in databases().await {
        let mut tx = test.db.begin().await.unwrap();
        content::replace(&mut tx, &pack).await.unwrap();
        tx.commit().await.unwrap();
        let owner = municipalities::of_office(&test.db, &office.key).await.unwrap();
        assert_eq!(owner.as_ref(), Some(&office.municipality));
        assert_eq!(municipalities::of_office(&test.db, &"none".parse().unwrap()).await.unwrap(), None);
        let own = ContentItem::Office(office.municipality.clone(), office.key.clone());
        let other: MunicipalityKey =
            pack.municipalities.iter().find(|place| place.key != office.municipality).unwrap().key.clone();
        let body = items::published(&test.db, &own).await.unwrap().unwrap();
        let stolen = OfficeBody { name: "Mine".into(), ..as_office(&body) };
        let mut tx = test.db.begin().await.unwrap();
        bulk_items::put_offices(&mut tx, &[(&office.municipality, &office.key, &as_office(&body))]).await.unwrap();
        assert!(bulk_items::put_offices(&mut tx, &[(&other, &office.key, &stolen)]).await.is_err());
        drop(tx);
        assert_eq!(items::published(&test.db, &own).await.unwrap(), Some(body));
    }
}

fn as_office(body: &Body) -> OfficeBody {
    match body {
        Body::Office(office) => office.clone(),
        Body::Text(_) | Body::Metadata(_) | Body::Note(_) | Body::Proposed(_) => panic!("no office"),
    }
}
