//! Offices at the console: written by one, published by another, closed without being deleted.

use reqwest::StatusCode;
use ventanilla::bot::citizen::Button;
use ventanilla::domain::content::body::Body;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::offices::hours::Hours;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::exports::open_data;
use ventanilla::exports::spreadsheets::{Subject, rows_of};
use ventanilla::i18n::Label;
use ventanilla::store::content::{self, drafts};
use ventanilla::store::operations::revision;
use ventanilla::store::staff::audit;

use super::forms::Filled;
use super::{accept_draft, clerk, console, limited_clerk, words};
use crate::fixtures::morning;
use crate::visitor::Site;

const OFFICE: &str = "recoleta";
const PAGE: &str = "/console/offices/recoleta";
const FORM: &str = "form.form";

fn office() -> ContentItem {
    ContentItem::Office("recoleta".parse().unwrap(), OFFICE.parse().unwrap())
}

fn in_recoleta() -> Limits {
    Limits { municipality: "recoleta".parse().ok(), ..Limits::default() }
}

async fn hours(site: &Site) -> String {
    let offices = content::offices(&site.app.db).await.unwrap();
    let office = offices.into_iter().find(|office| office.key.as_str() == OFFICE).unwrap();
    office.hours.map(|hours| hours.as_str().to_owned()).unwrap_or_default()
}

/// A console at which the office has hours; whether somebody has confirmed them.
async fn console_with_hours(checked: bool) -> Site {
    let site = console().await;
    let mut all = content::load(&site.app.db).await.unwrap();
    let office = all.offices.iter_mut().find(|office| office.key.as_str() == OFFICE).unwrap();
    (office.hours, office.hours_checked) = (Hours::parse("Mo-Fr 08:30-14:00; PH off").ok(), checked);
    let mut tx = site.app.db.begin().await.unwrap();
    revision::raise(&mut tx, morning()).await.unwrap();
    content::replace(&mut tx, &all).await.unwrap();
    tx.commit().await.unwrap();
    site.app.live.refresh(&site.app.db).await.unwrap();
    site
}

#[tokio::test]
async fn an_office_is_written_by_one_and_published_by_another() {
    let site = console_with_hours(false).await;
    let marie = limited_clerk(&site, "marie", Role::Author, in_recoleta()).await;
    clerk(&site, "rosa", Role::Reviewer).await;
    let form = Filled::of(&marie.look(PAGE).await, FORM);
    assert_eq!(form.values("open")[..3], ["08:30", "", "08:30"], "Monday, its second time, Tuesday");
    // Monday with a break for lunch, closed on Friday, and the week between the years.
    let form = form.set_at("open", 1, "15:00").set_at("close", 1, "17:30").set_at("open", 8, "").set_at("close", 8, "");
    let form = form.set("special_from", "2026-12-24").set("special_to", "2027-01-02").set("special_note", "vacaciones");
    let page = form.set("phone", "+56 2 2945 7000").set("hours_checked", "on").send(&marie, PAGE, "submit").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSubmitted)]);
    assert_eq!(hours(&site).await, "Mo-Fr 08:30-14:00; PH off", "nothing is published yet");
    assert!(accept_draft(&site, "marie", &office()).await.is_err(), "an author does not publish");
    accept_draft(&site, "rosa", &office()).await.unwrap();
    assert_eq!(
        hours(&site).await,
        "Mo 08:30-14:00,15:00-17:30; Tu-Th 08:30-14:00; PH off; 2026 Dec 24-2027 Jan 02 off \"vacaciones\""
    );
}

#[tokio::test]
async fn the_hours_are_read_back_in_every_language() {
    let site = console_with_hours(false).await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let page = Filled::of(&marie.look(PAGE).await, FORM).without("holidays").send(&marie, PAGE, "preview").await;
    let said: Vec<String> = Lang::all().map(|lang| page.words(&format!("dd[lang={lang}]")).concat()).collect();
    assert_eq!(
        said,
        [
            "lunes a viernes 8:30–14:00; los feriados como los demás días",
            "lendi rive vandredi 8:30–14:00; jou ferye tankou lòt jou yo",
            "Monday to Friday 8:30–14:00; public holidays like other days",
        ]
    );
    assert_eq!(drafts::newest(&site.app.db, &office()).await.unwrap(), 0, "looking saves nothing");
}

#[tokio::test]
async fn closures_that_are_over_leave_the_form_when_it_is_saved() {
    let site = console_with_hours(false).await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let form = Filled::of(&marie.look(PAGE).await, FORM).set_at("special_from", 0, "2026-11-22");
    let form = form.set_at("special_from", 1, "2026-11-20").set_at("special_to", 1, "2026-11-23");
    let page = form.send(&marie, PAGE, "save").await;
    let form = Filled::of(&page, FORM);
    assert_eq!(form.values("special_from"), ["2026-11-20", "", ""], "today is the 23rd");
    assert_eq!(form.value("hours"), "Mo-Fr 08:30-14:00; PH off; 2026 Nov 20-2026 Nov 23 off");
}

#[tokio::test]
async fn hours_that_the_form_cannot_say_are_shown_as_text_and_never_destroyed() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let odd = "Mo-Fr 09:00-12:00 || \"llame antes\"";
    let form = Filled::of(&marie.look(PAGE).await, FORM).set("hours_as", "text").set("hours", odd);
    let page = form.send(&marie, PAGE, "save").await;
    assert!(page.text.contains(&words(Label::OfficeNoWords)));
    let form = Filled::of(&page, FORM);
    assert_eq!((form.value("hours_as"), form.value("hours")), ("text", odd));
    let again = Filled::of(&form.set("name", "Otra").send(&marie, PAGE, "save").await, FORM);
    assert_eq!((again.value("name"), again.value("hours")), ("Otra", odd));
    // The grid is filled, but nobody has said that it counts.
    let page = again.clone().set("open", "09:00").set("close", "12:00").send(&marie, PAGE, "save").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.words("#hours-slip"), [words(Label::SlipHoursChoice)]);
    let page =
        again.set("open", "09:00").set("close", "12:00").set("hours_as", "week").send(&marie, PAGE, "save").await;
    assert_eq!(Filled::of(&page, FORM).value("hours"), "Mo 09:00-12:00");
}

#[tokio::test]
async fn a_closed_office_is_kept_and_no_longer_shown_to_people() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    clerk(&site, "rosa", Role::Reviewer).await;
    let key: ventanilla::domain::text::id::OfficeKey = OFFICE.parse().unwrap();
    let button = Button::Office(key.clone()).to_string();
    let name = site.app.live.now().office(&key).unwrap().name.clone();
    let seen = site.visitor("es").press(&button).await.newest();
    assert!(seen.contains(&name), "{seen}");
    for (active, shown) in [(false, false), (true, true)] {
        let form = Filled::of(&marie.look(PAGE).await, FORM).without("active");
        let form = if active { form.set("active", "on") } else { form };
        form.send(&marie, PAGE, "submit").await;
        accept_draft(&site, "rosa", &office()).await.unwrap();
        site.app.live.refresh(&site.app.db).await.unwrap();
        assert_eq!(site.visitor("es").press(&button).await.newest().contains(&name), shown);
        let list = marie.look("/console/offices?municipality=recoleta").await;
        assert!(list.attributes("td a", "href").contains(&PAGE.to_owned()), "it is still in the list");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_said_at_its_field_and_nothing_typed_is_lost() {
    let site = console_with_hours(false).await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let form =
        Filled::of(&marie.look(PAGE).await, FORM).set("name", "\"><script>alert(1)</script>").set("lat", "norte");
    let form = form.set_at("close", 2, "").set_at("special_note", 1, "why?");
    let page = form.send(&marie, PAGE, "save").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (field, label) in
        [("position", Label::SlipPosition), ("day-1", Label::SlipTimes), ("special-0", Label::SlipSpecial)]
    {
        assert_eq!(page.words(&format!("#{field}-slip")), [words(label)], "{field}");
        assert_eq!(page.attributes(&format!("#{field}"), "aria-invalid"), ["true"]);
        let described = page.attributes(&format!("#{field}"), "aria-describedby").concat();
        assert!(described.contains(&format!("{field}-slip")));
        assert_eq!(page.attributes(&format!(".alert a[href='#{field}']"), "href").len(), 1, "the way to {field}");
    }
    let again = Filled::of(&page, FORM);
    assert_eq!(again.value("name"), "\"><script>alert(1)</script>");
    assert_eq!((again.value("lat"), again.values("open")[2], again.values("close")[2]), ("norte", "08:30", ""));
    assert_eq!(again.value("special_note"), "why?");
    assert!(!page.text.contains("<script>"));
    assert_eq!(drafts::newest(&site.app.db, &office()).await.unwrap(), 0);
}

#[tokio::test]
async fn an_unfinished_office_is_kept_and_cannot_be_submitted() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let form = Filled::of(&marie.look(PAGE).await, FORM).set("name", "").set("phone", "call me").without("services");
    let page = form.set("time_zone", "Mars/Olympus").send(&marie, PAGE, "submit").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["name", "services", "phone", "time_zone"] {
        assert_eq!(page.words(&format!("#{field}-slip")).len(), 1, "{field}");
    }
    let again = Filled::of(&marie.look(PAGE).await, FORM);
    assert_eq!(again.value("phone"), "call me", "it is saved as a draft");
}

#[tokio::test]
async fn whoever_is_second_sees_both_and_nothing_is_lost() {
    let site = console().await;
    let (marie, rosa) = (clerk(&site, "marie", Role::Author).await, clerk(&site, "rosa", Role::Author).await);
    let (first, second) =
        (Filled::of(&marie.look(PAGE).await, FORM), Filled::of(&rosa.look(PAGE).await, FORM).set("address", "Calle 2"));
    first.set("address", "Calle 1").send(&marie, PAGE, "save").await;
    let page = second.send(&rosa, PAGE, "save").await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(page.words("#theirs"), [words(Label::OfficeConflict { who: "marie" })]);
    assert_eq!((page.words("dd.diff del"), page.words("dd.diff ins")), (vec!["1".to_owned()], vec!["2".to_owned()]));
    let again = Filled::of(&page, FORM);
    assert_eq!(again.value("address"), "Calle 2");
    let page = again.send(&rosa, PAGE, "save").await;
    assert_eq!((page.status, page.words(".done")), (StatusCode::OK, vec![words(Label::DoneSaved)]));
}

#[tokio::test]
async fn a_new_office_has_a_key_of_its_name_that_nothing_else_has() {
    let site = console().await;
    let marie = limited_clerk(&site, "marie", Role::Author, in_recoleta()).await;
    let empty = Filled::of(&marie.look("/console/new-office?municipality=recoleta").await, FORM);
    let form = empty.set("name", "Oficina del Ñandú Nº 2").set("services", "social");
    let page = form.send(&marie, "/console/new-office", "save").await;
    assert_eq!(page.words("h1"), ["Oficina del Ñandú Nº 2"]);
    assert_eq!(page.words("main .about code"), ["oficina-del-nandu-no-2"]);
    for key in ["", OFFICE, "Not a key", "../../etc/passwd", "a%00b", "'; DROP TABLE offices; --"] {
        let page = form.clone().set("key", key).send(&marie, "/console/new-office", "save").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert_eq!(page.words("#key-slip"), [words(Label::RefusedKey)]);
        assert_eq!(Filled::of(&page, FORM).value("name"), "Oficina del Ñandú Nº 2");
    }
    let lines = audit::list(&site.app.db, &audit::Filter::default(), 100, 0).await.unwrap();
    assert!(lines.iter().any(|line| line.action == "new-office" && line.subject.contains("oficina-del-nandu-no-2")));
}

#[tokio::test]
async fn nobody_writes_an_office_outside_of_their_limits() {
    let site = console().await;
    let marie = limited_clerk(&site, "marie", Role::Author, in_recoleta()).await;
    let other = "/console/offices/quilicura";
    let page = marie.look(other).await;
    assert_eq!((page.status, page.attributes("fieldset.all", "disabled").len()), (StatusCode::OK, 1), "it can be read");
    let form = Filled::of(&page, FORM);
    assert_eq!(form.send(&marie, other, "save").await.status, StatusCode::FORBIDDEN);
    let new =
        Filled::of(&marie.look("/console/new-office").await, FORM).set("name", "Mine").set("municipality", "quilicura");
    assert_eq!(new.send(&marie, "/console/new-office", "save").await.status, StatusCode::FORBIDDEN);
    let observer = clerk(&site, "observer", Role::Observer).await;
    for path in ["/console/offices", PAGE, "/console/new-office"] {
        assert_eq!(observer.look(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(form.send(&observer, PAGE, "save").await.status, StatusCode::FORBIDDEN);
    for gone in ["/console/offices/nowhere", "/console/offices/%27OR%201=1", "/console/offices/A"] {
        assert_eq!(marie.look(gone).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
}

#[tokio::test]
async fn the_list_is_narrowed_by_place_service_state_hours_and_words() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let list = async |query: &str| marie.look(&format!("/console/offices?{query}")).await.words("tbody tr").len();
    let all = list("").await;
    assert_eq!(all, 25);
    let own = list("municipality=recoleta").await;
    assert!((1..all).contains(&own));
    assert_eq!((list("hours=unchecked").await, list("hours=checked").await), (all, 0));
    assert_eq!((list("active=yes").await, list("active=no").await), (all, 0));
    assert!((1..all).contains(&list("service=legal-aid").await));
    assert!((1..all).contains(&list("words=RECOLETA").await));
    assert_eq!(list("words=%25%27%22%3Cscript%3E").await, 0);
    let limited = limited_clerk(&site, "limited", Role::Author, in_recoleta()).await;
    let rows = limited.look("/console/offices").await.words("tbody tr").len();
    assert_eq!(rows, own, "one's own municipality comes first");
}

#[tokio::test]
async fn the_position_is_shown_on_a_map_and_in_a_table() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let page = marie.look(PAGE).await;
    let name = page.words("h1").concat();
    assert_eq!(page.attributes(".map svg", "aria-label"), [words(Label::OfficeMap { name: &name })]);
    assert_eq!(page.words(".map text").len(), 9, "eight offices and the scale");
    assert_eq!(page.words("caption + thead + tbody tr").len(), 8);
    assert!(!page.attributes("tbody a", "href").contains(&PAGE.to_owned()));
}

#[tokio::test]
async fn hours_that_nobody_has_confirmed_show_no_light_and_no_next_opening() {
    let button = Button::Office(OFFICE.parse().unwrap()).to_string();
    for (checked, light) in [(false, false), (true, true)] {
        let site = console_with_hours(checked).await;
        let seen = site.visitor("es").press(&button).await.newest();
        assert_eq!(seen.contains("🟢"), light, "{seen}");
        assert_eq!(seen.contains("horario sin confirmar: pregunte antes de ir"), !light, "{seen}");
        assert!(light || !seen.contains("14:00"), "{seen}");
    }
}

#[tokio::test]
async fn position_and_hours_that_are_left_empty_are_unknown_everywhere() {
    let site = console_with_hours(true).await;
    let marie = clerk(&site, "marie", Role::Author).await;
    clerk(&site, "rosa", Role::Reviewer).await;
    let form = Filled::of(&marie.look(PAGE).await, FORM).set("lat", "").set("lon", "");
    let form = form.set_all("open", "").set_all("close", "");
    let page = form.clone().send(&marie, PAGE, "submit").await;
    assert_eq!(page.words("#hours-slip"), [words(Label::ProblemEmpty)], "nobody can have confirmed them");
    let page = Filled::of(&marie.look(PAGE).await, FORM).without("hours_checked").send(&marie, PAGE, "submit").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSubmitted)]);
    accept_draft(&site, "rosa", &office()).await.unwrap();
    let all = content::load(&site.app.db).await.unwrap();
    let office = all.offices.iter().find(|office| office.key.as_str() == OFFICE).unwrap();
    assert_eq!((office.position, &office.hours, office.hours_checked), (None, &None, false));
    let page = marie.look(PAGE).await;
    assert!(page.text.contains(&words(Label::HoursUnknown)) && page.words(".map").is_empty());
    let form = Filled::of(&page, FORM);
    assert_eq!((form.value("lat"), form.value("hours"), form.values("open")[0]), ("", "", ""));
    assert!(marie.look("/console/offices?municipality=recoleta").await.text.contains(&words(Label::HoursUnknown)));
    let rows = rows_of(&all, Subject::Offices);
    let row = rows.iter().find(|row| row[0] == OFFICE).unwrap();
    assert_eq!(row[7..=11], [""; 5], "lat, lon, approximate, hours, hours_checked");
    let json = open_data(&all, 1);
    let services = json["offices"]["services"].as_array().unwrap();
    let location = services.iter().map(|service| &service["service_at_locations"][0]["location"]);
    let location = location.into_iter().find(|location| location["external_identifier"] == OFFICE).unwrap();
    assert!(location.get("latitude").is_none() && location["schedules"].as_array().unwrap().is_empty());
    site.app.live.refresh(&site.app.db).await.unwrap();
    let seen = site.visitor("es").press(&Button::Office(OFFICE.parse().unwrap()).to_string()).await.newest();
    assert!(seen.contains("horario sin confirmar") && !seen.contains("openstreetmap"), "{seen}");
}

#[tokio::test]
async fn a_week_without_any_time_is_unknown_and_never_open_is_written_as_text() {
    let site = console_with_hours(false).await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let form = Filled::of(&marie.look(PAGE).await, FORM);
    let page = form.clone().set_all("open", "").set_all("close", "").send(&marie, PAGE, "save").await;
    assert_eq!(Filled::of(&page, FORM).value("hours"), "");
    let page = Filled::of(&page, FORM).set("hours_as", "text").set("hours", "off").send(&marie, PAGE, "save").await;
    assert_eq!(Filled::of(&page, FORM).value("hours"), "off");
    let page = Filled::of(&page, FORM).set("name", "Otra").send(&marie, PAGE, "save").await;
    assert_eq!(Filled::of(&page, FORM).value("hours"), "off", "it stays as somebody wrote it");
}

#[tokio::test]
async fn a_new_office_claims_nothing_that_nobody_has_typed() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let page = marie.look("/console/new-office").await;
    let form = Filled::of(&page, FORM);
    for field in ["municipality", "lat", "lon", "hours", "time_zone"] {
        assert_eq!(form.value(field), "", "{field}");
    }
    assert!(form.values("open").iter().all(|time| time.is_empty()));
    let form = form.set("name", "Nueva").set("services", "social");
    let page = form.send(&marie, "/console/new-office", "save").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has said where");
    assert_eq!(page.words("#municipality-slip"), [words(Label::ProblemEmpty)]);
    assert_eq!(Filled::of(&page, FORM).value("name"), "Nueva");
    let page =
        Filled::of(&page, FORM).set("municipality", "quilicura").send(&marie, "/console/new-office", "save").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let item = ContentItem::Office("quilicura".parse().unwrap(), "nueva".parse().unwrap());
    let draft = drafts::find(&site.app.db, &item).await.unwrap().unwrap();
    let Body::Office(body) = draft.version.body else { panic!("an office") };
    assert_eq!((body.position(), body.hours.as_str(), body.approximate), (None, "", false));
    assert_eq!(body.time_zone, "America/Santiago", "that of the municipality");
}

#[tokio::test]
async fn a_position_far_from_its_municipality_asks_with_the_distance_in_form_and_review() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let rosa = clerk(&site, "rosa", Role::Reviewer).await;
    let form = Filled::of(&marie.look(PAGE).await, FORM).set("lat", "33.406").set("lon", "-70.64");
    let page = form.send(&marie, PAGE, "submit").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let slip = page.words("#position-slip").concat();
    assert!(slip.contains("7429 km") && slip.contains("Recoleta"), "{slip}");
    assert_eq!(drafts::newest(&site.app.db, &office()).await.unwrap(), 0);
    let right = page.attributes("input[name=far]", "value").concat();
    // What was said of one position does not hold for another.
    let other = Filled::of(&page, FORM).set("far", &right).set("lat", "34.406").send(&marie, PAGE, "submit").await;
    assert_eq!(other.words("#position-slip").len(), 1);
    let page = Filled::of(&page, FORM).set("far", &right).send(&marie, PAGE, "submit").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSubmitted)]);
    let review = rosa.look("/console/review/piece?kind=office&subject=recoleta:recoleta&lang=").await;
    assert!(review.words(".ask").concat().contains("7429 km"), "{}", review.text);
    accept_draft(&site, "rosa", &office()).await.unwrap();
    // What two people have looked at asks nobody again.
    let page = Filled::of(&marie.look(PAGE).await, FORM).set("phone", "600 123").send(&marie, PAGE, "save").await;
    assert_eq!(page.words(".done"), [words(Label::DoneSaved)]);
}
