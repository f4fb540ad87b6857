//! Tables: round trips, dry runs, imports that are all or nothing, and hostile files.

use std::collections::HashMap;
use std::io::{Cursor, Write};
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use rust_xlsxwriter::{Format, Workbook};
use tokio::time::{Instant, interval};
use ventanilla::app::{
    Accepted, App, AppError, clean_up, confirm_import, import_has_stopped, import_pack, import_report, publish,
    restart_import, take_spreadsheet,
};
use ventanilla::domain::content::Content;
use ventanilla::domain::content::body::Body;
use ventanilla::domain::content::draft::{Draft, DraftState};
use ventanilla::domain::content::entry::Overdue;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::content::phrasing::Phrasing;
use ventanilla::domain::offices::hours::Hours;
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::refusal::Refusal;
use ventanilla::domain::text::lang::Lang;
use ventanilla::domain::text::rich::Rich;
use ventanilla::encryption::new_id;
use ventanilla::exports::open_data;
use ventanilla::exports::spreadsheets::{
    Column, Flaw, Known, LONGEST_CELL, MOST_ROWS, Report, RowOutcome, Spreadsheet, Subject, check, read, rows_of,
    write_csv, write_xlsx,
};
use ventanilla::i18n::{Label, say};
use ventanilla::pack::{STARTER, embedded};
use ventanilla::store::Db;
use ventanilla::store::content::{self, bulk_items, drafts};
use ventanilla::store::imports::spreadsheets::{self, Import, ImportState};
use ventanilla::store::offices::municipalities;
use ventanilla::store::operations::revision;
use ventanilla::store::staff::{accounts, audit};

use super::forms::Filled;
use super::{Clerk, accept_draft, clerk, console, limited_clerk};
use crate::fixtures::{TestDb, app, databases, morning, started_databases};
use crate::staff::works;
use crate::visitor::{Page, Site};

/// How long work in the background may take.
const PATIENCE: Duration = Duration::from_secs(60);
const QUESTION: usize = 3;
const ANSWER: usize = 5;
const CHANGE: usize = 15;
const SERVICE: usize = 16;
const SOURCES: usize = 17;
const RELATED: usize = 18;
const PHRASINGS: usize = 19;

fn starter() -> Content {
    ventanilla::pack::read(&embedded(&STARTER)).unwrap()
}

fn spanish() -> Lang {
    Lang::parse("es").unwrap()
}

fn account(name: &str, role: Role, limits: Limits) -> Account {
    Account {
        id: new_id(),
        login: name.to_owned(),
        name: name.to_owned(),
        shown_as: "Oficina".to_owned(),
        role,
        limits,
        lang: spanish(),
        has_second_factor: false,
        ended: false,
    }
}

fn author() -> Account {
    account("autora", Role::Author, Limits::default())
}

fn judged(table: &Spreadsheet, content: &Content, account: &Account) -> Report {
    check(table, &Known { content, drafts: &HashMap::new(), account }, &|_| {})
}

/// What is exported and imported again is the same, in every kind of file.
fn comes_back_without_a_change(content: &Content) {
    for subject in Subject::ALL {
        let rows = rows_of(content, subject);
        for bytes in [write_xlsx(subject, spanish(), &rows).unwrap(), write_csv(subject, spanish(), &rows).unwrap()] {
            let report = judged(&read(&bytes).unwrap(), content, &author());
            let other: Vec<_> = report.lines.iter().filter(|line| line.outcome != RowOutcome::Same).collect();
            assert!(other.is_empty(), "{other:?}");
        }
    }
}

/// The starter pack with texts that programs like to misread.
fn nasty() -> Content {
    let mut content = starter();
    let texts = [
        "=1+1",
        "+56 2 2345",
        "-x",
        "@cmd",
        "'quoted",
        "''=x",
        "a;b,c\td",
        "\"dos\" comillas",
        "🙂 Kijan w ye? Mèsi ò è",
    ];
    for (entry, text) in content.entries.iter_mut().zip(texts) {
        let words = entry.texts.values_mut().next().unwrap();
        words.question = text.to_owned();
        words.answer = Rich::parse(&format!("{text}\n\n- uno\n- dos **tres**\n\n_x000D_ & <3")).unwrap();
        let (entry, lang) = (Some(entry.key.clone()), *entry.texts.keys().next().unwrap());
        content.phrasings.push(Phrasing { entry, lang, text: text.to_owned() });
    }
    let entry = Some(content.entries[0].key.clone());
    for n in 0..400 {
        let text = format!("{n} {}", "mwen pa gen papye ".repeat(6));
        content.phrasings.push(Phrasing { entry: entry.clone(), lang: Lang::first(), text });
    }
    content.offices[0].name = "=HYPERLINK(\"x\") «Oficina» ñ".to_owned();
    content.offices[1].active = false;
    content.offices[2].hours = Hours::parse("Mo-Fr 08:30-14:00; PH off").ok();
    content.offices[3].hours = content.offices[2].hours.clone();
    content.offices[3].hours_checked = true;
    content.offices[4].position = None;
    content.offices[4].approximate = false;
    content
}

#[test]
fn what_is_exported_and_comes_back_changes_nothing() {
    let content = nasty();
    for subject in Subject::ALL {
        let rows = rows_of(&content, subject);
        for lang in Lang::all() {
            for bytes in [write_xlsx(subject, lang, &rows).unwrap(), write_csv(subject, lang, &rows).unwrap()] {
                let table = read(&bytes).unwrap();
                assert_eq!((table.subject, table.rows.len()), (subject, rows.len()));
                let report = judged(&table, &content, &author());
                let other: Vec<_> = report.lines.iter().filter(|line| line.outcome != RowOutcome::Same).collect();
                assert!(other.is_empty(), "{other:?}");
                assert!(!report.can_be_imported());
            }
        }
    }
}

#[test]
fn the_same_content_makes_the_same_file() {
    let rows = rows_of(&starter(), Subject::Offices);
    let once = || write_xlsx(Subject::Offices, Lang::first(), &rows).unwrap();
    assert_eq!(once(), once());
}

#[test]
fn no_cell_of_a_plain_file_is_a_formula() {
    let bytes = write_csv(Subject::Entries, spanish(), &rows_of(&nasty(), Subject::Entries)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{FEFF}').expect("the mark by which Excel knows UTF-8");
    let mut cells = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(text.as_bytes());
    for record in cells.records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

/// A table of entries with these rows, as CSV with commas.
fn typed(rows: &[Vec<String>]) -> Spreadsheet {
    let names: Vec<&str> = Subject::Entries.columns().iter().map(|column| column.name()).collect();
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    out.write_record(names).unwrap();
    rows.iter().for_each(|row| out.write_record(row).unwrap());
    read(&out.into_inner().unwrap()).unwrap()
}

fn row_of(content: &Content, key: &str, lang: &str) -> Vec<String> {
    let rows = rows_of(content, Subject::Entries);
    rows.into_iter().find(|row| row[0] == key && row[2] == lang).unwrap()
}

fn flaws(rows: &[Vec<String>], account: &Account) -> Vec<(Option<Column>, Flaw)> {
    let report = judged(&typed(rows), &starter(), account);
    report.lines.into_iter().flat_map(|line| line.flaws).collect()
}

#[test]
fn every_row_that_cannot_be_taken_says_why_and_in_which_column() {
    let content = starter();
    let good = row_of(&content, "health/cost", "es");
    let with = |place: usize, text: &str| {
        let mut row = good.clone();
        row[place] = text.to_owned();
        row
    };
    let one = |row: Vec<String>| flaws(&[row], &author());
    assert_eq!(one(with(0, "health cost")), [(Some(Column::Key), Flaw::NotAKey)]);
    assert_eq!(one(with(1, "work")), [(Some(Column::Topic), Flaw::OtherTopic("health".into()))]);
    assert_eq!(one(with(2, "fr")), [(Some(Column::Language), Flaw::NoLanguage)]);
    assert_eq!(one(with(QUESTION, "¿Otra?")), [(Some(Column::Change), Flaw::NoChange)]);
    assert_eq!(one(with(CHANGE, "big")), [(Some(Column::Change), Flaw::NotAChange)]);
    assert_eq!(one(with(SERVICE, "nobody")), [(Some(Column::Service), Flaw::NoSuch("nobody".into()))]);
    assert_eq!(one(with(SOURCES, "no-law")), [(Some(Column::Sources), Flaw::NoSuch("no-law".into()))]);
    assert_eq!(one(with(RELATED, "health/none")), [(Some(Column::Related), Flaw::NoSuch("health/none".into()))]);
    let mut heading = with(ANSWER, "# Big");
    heading[CHANGE] = "small".to_owned();
    assert_eq!(one(heading), [(Some(Column::Answer), Flaw::Form)]);
    let mut long = with(QUESTION, &"q".repeat(61));
    long[CHANGE] = "small".to_owned();
    assert_eq!(one(long), [(Some(Column::Question), Flaw::Characters(60))]);
    let mut empty = with(QUESTION, "");
    empty[QUESTION..CHANGE].iter_mut().for_each(String::clear);
    empty.truncate(PHRASINGS);
    assert_eq!(one(empty), [(Some(Column::Question), Flaw::Emptied)]);
    assert_eq!(flaws(&[good.clone(), good.clone()], &author()), [(Some(Column::Key), Flaw::RowTwice(2))]);
    let mut other = row_of(&content, "health/cost", "ht");
    other[SOURCES] = String::new();
    assert_eq!(flaws(&[good, other], &author()), [(Some(Column::Sources), Flaw::Disagrees(2))]);
}

#[test]
fn a_file_from_before_answers_had_parts_leaves_the_parts_as_they_are() {
    let content = starter();
    let before: Vec<usize> =
        (0..=PHRASINGS).filter(|place| !(ANSWER + 1..CHANGE).contains(place) && *place != 4).collect();
    let old = |row: &[String]| before.iter().map(|place| row[*place].clone()).collect::<Vec<_>>();
    let names: Vec<String> = Subject::Entries.columns().iter().map(|column| column.name().to_owned()).collect();
    let mut changed = row_of(&content, "health/cost", "es");
    changed[ANSWER] = "Otra.".to_owned();
    changed[CHANGE] = "small".to_owned();
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in [&names, &row_of(&content, "health/cost", "ht"), &changed] {
        out.write_record(old(row)).unwrap();
    }
    let report = judged(&read(&out.into_inner().unwrap()).unwrap(), &content, &author());
    assert_eq!(
        report.lines.iter().map(|line| line.outcome).collect::<Vec<_>>(),
        [RowOutcome::Same, RowOutcome::Changed]
    );
    let Body::Text(body) = &report.proposals[0].body else { panic!("a text") };
    let entry = content.entries.iter().find(|entry| entry.key.as_str() == "health/cost").unwrap();
    let published = &entry.texts[&spanish()];
    assert_eq!((body.answer.as_str(), &body.apart), ("Otra.", &published.apart));
    assert!(!body.parts.is_empty() && body.parts.len() == published.parts.len());
}

#[test]
fn a_new_entry_has_a_topic_that_there_is_and_words_in_one_language() {
    let new = |key: &str, question: &str| {
        let mut row = vec![String::new(); PHRASINGS + 1];
        let words = if question.is_empty() { ["", ""] } else { ["Sí.", "hola"] };
        let cells = [(0, key), (2, "es"), (QUESTION, question), (ANSWER, words[0]), (PHRASINGS, words[1])];
        for (place, text) in cells.into_iter().chain([(SERVICE, "migrant-help"), (RELATED, "health/cost")]) {
            row[place] = text.to_owned();
        }
        row
    };
    let report = judged(&typed(&[new("health/new", "¿Nueva?")]), &starter(), &author());
    assert_eq!((report.lines[0].outcome, report.proposals.len()), (RowOutcome::New, 2));
    assert_eq!(flaws(&[new("nowhere/new", "¿?")], &author()), [(Some(Column::Topic), Flaw::NoSuch("nowhere".into()))]);
    assert_eq!(flaws(&[new("health/new", "")], &author()), [(Some(Column::Question), Flaw::NoWords)]);
}

#[test]
fn the_limits_of_an_account_hold_for_every_row() {
    let content = starter();
    let changed = |lang: &str| {
        let mut row = row_of(&content, "health/cost", lang);
        row[QUESTION] = "Otra".to_owned();
        row[CHANGE] = "small".to_owned();
        row
    };
    let of = |limits: Limits| account("limitada", Role::Author, limits);
    let langs = of(Limits { langs: [spanish()].into(), ..Limits::default() });
    assert_eq!(flaws(&[changed("es")], &langs), []);
    assert_eq!(flaws(&[changed("ht")], &langs), [(None, Flaw::NoRight)]);
    let topics = of(Limits { topics: ["work".parse().unwrap()].into(), ..Limits::default() });
    assert_eq!(flaws(&[changed("es")], &topics), [(None, Flaw::NoRight)]);
    let town = of(Limits { municipality: "recoleta".parse().ok(), ..Limits::default() });
    assert_eq!(flaws(&[changed("es")], &town), [(None, Flaw::NoRight)]);
    // What only repeats what is published needs no right.
    assert_eq!(flaws(&[row_of(&content, "health/cost", "ht")], &langs), []);
}

/// A workbook whose first sheet has the header of the offices, filled by `fill`.
fn workbook(name: &str, fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name).unwrap();
    for (place, column) in (0..).zip(Subject::Offices.columns()) {
        sheet.write_string(0, place, column.name()).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

#[test]
fn numbers_dates_and_merged_cells_are_named_with_their_place() {
    let numbers = workbook("offices", |sheet| {
        sheet.write_string(1, 0, "town-hall").unwrap();
        sheet.write_number(1, 5, 56_222_334_455_f64).unwrap();
        sheet.write_number_with_format(1, 6, 45_000, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        sheet.write_string(1, 7, "norte").unwrap();
        sheet.write_string(1, 9, "quizás").unwrap();
    });
    let report = judged(&read(&numbers).unwrap(), &starter(), &author());
    let flaws = &report.lines[0].flaws;
    for expected in [
        (Some(Column::Phone), Flaw::NotText),
        (Some(Column::Address), Flaw::NotText),
        (Some(Column::Lat), Flaw::NotANumber),
        (Some(Column::Approximate), Flaw::NotYesOrNo),
        (Some(Column::Municipality), Flaw::Empty),
    ] {
        assert!(flaws.contains(&expected), "{expected:?} in {flaws:?}");
    }
    let merged = workbook("offices", |sheet| {
        sheet.merge_range(4, 1, 5, 2, "x", &Format::new()).unwrap();
    });
    let flaw = read(&merged).unwrap_err();
    assert!(matches!(&flaw, Flaw::Merged(place) if place.row == 5 && place.column == "B"), "{flaw:?}");
    assert!(flaw.words(spanish()).starts_with("Hoja offices, fila 5, columna B"), "{}", flaw.words(spanish()));
}

#[test]
fn words_of_a_flaw_are_there_in_every_language() {
    for lang in Lang::all() {
        for flaw in [Flaw::FileTooLarge, Flaw::NoLanguage, Flaw::RowTwice(7), Flaw::NoSuch("x".into()), Flaw::NoChange]
        {
            assert!(flaw.words(lang).len() > 5 && !flaw.words(lang).contains('{'), "{flaw:?}");
        }
    }
}

/// An archive with these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A workbook in which this file has been put in the place of another.
fn forged(name: &str, content: &[u8]) -> Vec<u8> {
    let good = workbook("offices", |sheet| {
        sheet.write_string(1, 0, "town-hall").unwrap();
    });
    let mut archive = zip::ZipArchive::new(Cursor::new(good)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let file = archive.by_index_raw(place).unwrap();
        if file.name().unwrap() == name {
            continue;
        }
        out.raw_copy_file(file).unwrap();
    }
    out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    out.write_all(content).unwrap();
    out.finish().unwrap().into_inner()
}

#[test]
fn bombs_and_lies_are_refused_before_they_take_memory() {
    let zeroes = vec![b' '; 200 * 1024 * 1024];
    let bomb = archive(&[("xl/worksheets/sheet1.xml", &zeroes)]);
    assert!(bomb.len() < 1024 * 1024, "a bomb is small");
    assert_eq!(read(&bomb), Err(Flaw::UnpackedTooLarge));
    let strings = "xl/sharedStrings.xml";
    let lie = |count: &str| forged(strings, format!("<sst uniqueCount=\"{count}\"><si><t>x</t></si></sst>").as_bytes());
    for count in ["18446744073709551615", "1000000000", "x"] {
        assert_eq!(read(&lie(count)), Err(Flaw::UnpackedTooLarge), "{count}");
    }
    let empties = format!("<sst>{}</sst>", "<si/>".repeat(500_000));
    assert_eq!(read(&forged(strings, empties.as_bytes())), Err(Flaw::UnpackedTooLarge));
    let wide: Vec<u8> = "\u{FEFF}<sst uniqueCount=\"9999999999\"/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&forged(strings, &wide)), Err(Flaw::Broken));
    let many: Vec<(String, &[u8])> = (0..600).map(|n| (format!("{n}"), b"".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    assert_eq!(read(&archive(&many)), Err(Flaw::UnpackedTooLarge));
}

#[test]
fn a_sheet_that_lies_about_its_cells_is_refused() {
    let sheet = "xl/worksheets/sheet1.xml";
    let cell = |place: &str, text: &str| {
        format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/>\
             <sheetData><row r=\"1\"><c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row></sheetData></worksheet>"
        )
    };
    assert_eq!(read(&forged(sheet, cell("A1", "nothing").as_bytes())), Err(Flaw::NoHeader));
    assert_eq!(read(&forged(sheet, cell("XFD1", "key").as_bytes())), Err(Flaw::TooManyColumns));
    assert_eq!(read(&forged(sheet, cell("A99999999999999999999", "key").as_bytes())), Err(Flaw::Broken));
    assert_eq!(read(&forged(sheet, b"<worksheet><sheetData><row")), Err(Flaw::Broken));
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]>";
    assert_eq!(read(&forged(sheet, format!("{entity}{}", cell("A1", "&b;")).as_bytes())), Err(Flaw::Broken));
}

#[test]
fn a_file_of_another_kind_or_shape_is_told_apart() {
    let header = "key,municipality,name,services,languages,phone,address,lat,lon,approximate,hours,hours_checked,time_zone,active\n";
    let csv = |rows: &str| read(format!("{header}{rows}").as_bytes());
    assert_eq!(read(b""), Err(Flaw::NoRows));
    assert_eq!(read(b"\x89PNG\r\n\x1a\n"), Err(Flaw::Encoding));
    assert_eq!(read("clé;nom\n".as_bytes()), Err(Flaw::NoHeader));
    assert_eq!(read(b"key;nombre\xf1\n"), Err(Flaw::Encoding));
    assert_eq!(read(b"PK\x03\x04 not really"), Err(Flaw::Broken));
    assert_eq!(read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old one"), Err(Flaw::OldFormat));
    assert_eq!(csv(""), Err(Flaw::NoRows));
    assert_eq!(csv(&"x\n".repeat(MOST_ROWS + 1)), Err(Flaw::TooManyRows));
    assert_eq!(csv(&",".repeat(70).replace(',', "x,")), Err(Flaw::TooManyColumns));
    assert!(matches!(csv(&"x".repeat(LONGEST_CELL + 1)), Err(Flaw::CellTooLong(place)) if place.row == 2));
    let mut two = Workbook::new();
    two.add_worksheet().set_name("Hoja1").unwrap();
    two.add_worksheet().set_name("Hoja2").unwrap();
    assert_eq!(read(&two.save_to_buffer().unwrap()), Err(Flaw::NoSheet));
}

#[test]
fn open_data_holds_everything_and_offices_have_the_shape_of_hsds() {
    let content = nasty();
    let json = open_data(&content, 7);
    assert_eq!(json["revision"], 7);
    assert_eq!(json["entries"].as_array().unwrap().len(), content.entries.len());
    assert_eq!(json["entries"][0]["texts"].as_object().unwrap().len(), content.entries[0].texts.len());
    let services = json["offices"]["services"].as_array().unwrap();
    assert_eq!(services.len(), content.offices.iter().map(|office| office.services.len()).sum::<usize>());
    for service in services {
        for required in ["id", "name", "status", "organization", "service_at_locations"] {
            assert!(!service[required].is_null(), "{required}");
        }
        assert_eq!(service["organization_id"], service["organization"]["id"]);
        let location = &service["service_at_locations"][0]["location"];
        assert_eq!(location["location_type"], "physical");
        let key = location["external_identifier"].as_str().unwrap();
        let office = content.offices.iter().find(|office| office.key.as_str() == key).unwrap();
        assert_eq!(location["latitude"].is_number(), office.position.is_some());
        let schedules = location["schedules"].as_array().unwrap();
        assert_eq!(schedules.is_empty(), office.confirmed_hours().is_none(), "hours that nobody confirmed go nowhere");
        for address in location["addresses"].as_array().unwrap() {
            for required in ["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"] {
                assert!(address[required].is_string(), "{required}");
            }
        }
    }
    let ids: std::collections::HashSet<_> = services.iter().map(|service| service["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), services.len(), "each service has its own identifier");
    assert!(services.iter().any(|service| service["status"] == "inactive"));
}

/// Puts this content in the place of all that is published.
async fn replace(db: &Db, new: &Content) {
    let mut tx = db.begin().await.unwrap();
    revision::raise(&mut tx, morning()).await.unwrap();
    content::replace(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
}

fn at_home(db: &TestDb) -> Arc<App> {
    Arc::new(app(db))
}

/// Waits until work on a batch has come to an end.
async fn ended(app: &App, by: &Account, id: &str) -> Import {
    let (start, mut look) = (Instant::now(), interval(Duration::from_millis(20)));
    loop {
        look.tick().await;
        let now = app.clock.now().timestamp();
        let batch = spreadsheets::find(&app.db, &by.id, id, now).await.unwrap().unwrap();
        if !matches!(batch.state, ImportState::Checking | ImportState::Importing) {
            return batch;
        }
        assert!(start.elapsed() < PATIENCE, "still {:?}", batch.state);
    }
}

/// A table in which the Spanish question of every entry is another.
fn corrected(content: &Content) -> Spreadsheet {
    let mut rows = rows_of(content, Subject::Entries);
    for row in rows.iter_mut().filter(|row| row[2] == "es" && !row[QUESTION].is_empty()) {
        row[QUESTION] = format!("¿{}?", row[0]);
        row[CHANGE] = "small".to_owned();
    }
    read(&write_xlsx(Subject::Entries, spanish(), &rows).unwrap()).unwrap()
}

#[tokio::test]
async fn a_table_is_checked_confirmed_and_waits_for_somebody_else_as_one_batch() {
    let content = starter();
    for db in started_databases().await {
        let app = at_home(&db);
        let by = works(&app, author()).await;
        let id = take_spreadsheet(&app, &by, "a.xlsx", &corrected(&content)).await.unwrap();
        assert_eq!(ended(&app, &by, &id).await.state, ImportState::Checked);
        let report = import_report(&app, &id).await.unwrap().unwrap();
        let changed = report.count(RowOutcome::Changed);
        assert_eq!((changed, report.count(RowOutcome::Refused)), (content.entries.len(), 0));
        assert_eq!(drafts::headings(&app.db).await.unwrap(), [], "a dry run writes nothing");

        confirm_import(&app, &by, &id, false).await.unwrap();
        assert!(
            matches!(confirm_import(&app, &by, &id, false).await, Err(AppError::Refused(Refusal::WrongState))),
            "twice"
        );
        assert_eq!(ended(&app, &by, &id).await.state, ImportState::Done);
        let written = drafts::list(&app.db).await.unwrap();
        assert_eq!(written.len(), changed);
        let waits = |draft: &Draft| draft.state == DraftState::InReview && draft.batch.as_ref() == Some(&id);
        assert!(written.iter().all(waits));
        let versions = drafts::versions(&app.db, &written[0].item).await.unwrap();
        assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [2, 1], "the base is kept");

        let accepted: Vec<Accepted> =
            written.iter().map(|draft| Accepted { item: draft.item.clone(), number: draft.version.number }).collect();
        let own = Account { role: Role::Reviewer, ..by.clone() };
        let mut tx = app.db.begin().await.unwrap();
        accounts::set_role(&mut tx, &by.id, Role::Reviewer, &by.limits).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(publish(&app, &own, &accepted, false).await, Err(AppError::Refused(Refusal::OwnText))));
        let other = works(&app, account("revisora", Role::Reviewer, Limits::default())).await;
        publish(&app, &other, &accepted, false).await.unwrap();
        let again = take_spreadsheet(&app, &by, "a.xlsx", &corrected(&content)).await.unwrap();
        ended(&app, &by, &again).await;
        let report = import_report(&app, &again).await.unwrap().unwrap();
        assert_eq!(report.count(RowOutcome::Same), report.lines.len(), "{:?}", db.db.name());
    }
}

#[tokio::test]
async fn what_waits_already_is_not_written_again_and_a_colleagues_draft_is_left_alone() {
    let content = starter();
    for db in started_databases().await {
        let app = at_home(&db);
        let by = works(&app, author()).await;
        let id = take_spreadsheet(&app, &by, "a.xlsx", &corrected(&content)).await.unwrap();
        ended(&app, &by, &id).await;
        confirm_import(&app, &by, &id, false).await.unwrap();
        ended(&app, &by, &id).await;

        let again = take_spreadsheet(&app, &by, "a.xlsx", &corrected(&content)).await.unwrap();
        ended(&app, &by, &again).await;
        let report = import_report(&app, &again).await.unwrap().unwrap();
        assert_eq!(report.count(RowOutcome::Waiting), content.entries.len());
        assert!(!report.can_be_imported());

        let mut rows = rows_of(&content, Subject::Entries);
        let row = rows.iter_mut().find(|row| row[2] == "es").unwrap();
        (row[QUESTION], row[CHANGE]) = ("¿Y esto?".to_owned(), "small".to_owned());
        let table = read(&write_csv(Subject::Entries, spanish(), &rows).unwrap()).unwrap();
        let other = works(&app, account("otra", Role::Author, Limits::default())).await;
        let theirs = take_spreadsheet(&app, &other, "b.csv", &table).await.unwrap();
        ended(&app, &other, &theirs).await;
        let report = import_report(&app, &theirs).await.unwrap().unwrap();
        let refused: Vec<_> = report.lines.iter().flat_map(|line| &line.flaws).collect();
        assert_eq!(refused, [&(None, Flaw::DraftOf("autora".into()))]);
        assert!(matches!(confirm_import(&app, &other, &theirs, false).await, Err(AppError::Refused(_))));
        // The author herself corrects what she had brought.
        let own = take_spreadsheet(&app, &by, "b.csv", &table).await.unwrap();
        ended(&app, &by, &own).await;
        confirm_import(&app, &by, &own, false).await.unwrap();
        assert_eq!(ended(&app, &by, &own).await.state, ImportState::Done);
    }
}

#[tokio::test]
async fn what_was_published_since_the_dry_run_has_to_be_looked_at_again() {
    let content = starter();
    for db in started_databases().await {
        let app = at_home(&db);
        let by = works(&app, author()).await;
        let id = take_spreadsheet(&app, &by, "a.xlsx", &corrected(&content)).await.unwrap();
        ended(&app, &by, &id).await;
        let mut other = starter();
        other.entries[0].texts.get_mut(&spanish()).unwrap().question = "¿Entretanto?".to_owned();
        replace(&app.db, &other).await;
        confirm_import(&app, &by, &id, false).await.unwrap();
        assert_eq!(ended(&app, &by, &id).await.state, ImportState::Differs);
        assert_eq!(drafts::headings(&app.db).await.unwrap(), []);
        let report = import_report(&app, &id).await.unwrap().unwrap();
        assert!(report.lines.iter().flat_map(|line| &line.differences).any(|change| change.was == "¿Entretanto?"));
        confirm_import(&app, &by, &id, false).await.unwrap();
        assert_eq!(ended(&app, &by, &id).await.state, ImportState::Done);
    }
}

#[tokio::test]
async fn a_process_that_broke_down_leaves_nothing_half_done_and_the_work_begins_anew() {
    let content = starter();
    for db in started_databases().await {
        let app = at_home(&db);
        let by = works(&app, author()).await;
        let id = take_spreadsheet(&app, &by, "a.xlsx", &corrected(&content)).await.unwrap();
        let checked = ended(&app, &by, &id).await;
        // As a process leaves it that was killed: the state says work, and nobody works.
        let mut tx = app.db.begin().await.unwrap();
        let now = app.clock.now().timestamp();
        assert!(spreadsheets::move_on(&mut tx, &checked, ImportState::Importing, now).await.unwrap());
        tx.commit().await.unwrap();
        let stuck = spreadsheets::find(&app.db, &by.id, &id, now).await.unwrap().unwrap();
        assert!(!import_has_stopped(&app, &stuck), "another replica may be at work");
        assert!(restart_import(&app, &by, &id).await.is_err());
        app.clock.advance(chrono::TimeDelta::minutes(3));
        assert!(import_has_stopped(&app, &stuck));
        assert_eq!(drafts::headings(&app.db).await.unwrap(), []);
        restart_import(&app, &by, &id).await.unwrap();
        assert_eq!(ended(&app, &by, &id).await.state, ImportState::Checked);
    }
}

#[tokio::test]
async fn a_batch_is_its_accounts_own_and_is_dropped_after_a_day() {
    for db in started_databases().await {
        let app = at_home(&db);
        let by = works(&app, author()).await;
        let other = works(&app, account("otra", Role::Administrator, Limits::default())).await;
        let id = take_spreadsheet(&app, &by, "a.xlsx", &corrected(&starter())).await.unwrap();
        ended(&app, &by, &id).await;
        let now = app.clock.now().timestamp();
        assert_eq!(spreadsheets::find(&app.db, &other.id, &id, now).await.unwrap(), None);
        assert!(matches!(confirm_import(&app, &other, &id, false).await, Err(AppError::Refused(Refusal::Gone))));
        assert_eq!(spreadsheets::of(&app.db, &by.id, now).await.unwrap().len(), 1);
        app.clock.advance(chrono::TimeDelta::hours(25));
        clean_up(&app).await.unwrap();
        assert_eq!(spreadsheets::content(&app.db, &id).await.unwrap(), None);
        assert_eq!(import_report(&app, &id).await.unwrap(), None);
    }
}

#[tokio::test]
async fn only_so_many_tables_of_an_account_are_kept_and_one_can_be_dropped() {
    for db in started_databases().await {
        let app = at_home(&db);
        let by = works(&app, author()).await;
        let table =
            read(&write_csv(Subject::Offices, spanish(), &rows_of(&starter(), Subject::Offices)).unwrap()).unwrap();
        let mut last = String::new();
        for _ in 0..12 {
            last = take_spreadsheet(&app, &by, "o.csv", &table).await.unwrap();
            ended(&app, &by, &last).await;
            app.clock.advance(chrono::TimeDelta::seconds(1));
        }
        let now = app.clock.now().timestamp();
        let own = spreadsheets::of(&app.db, &by.id, now).await.unwrap();
        assert_eq!((own.len(), &own[0].id), (10, &last));
        ventanilla::app::drop_import(&app, &by, &last).await.unwrap();
        assert_eq!(spreadsheets::find(&app.db, &by.id, &last, now).await.unwrap(), None);
    }
}

/// Content of so many entries more, each in every language.
fn grown(entries: usize) -> Content {
    let mut content = starter();
    let model = content.entries[0].clone();
    for n in 0..entries {
        let mut entry = model.clone();
        entry.key = format!("{}/copy-{n}", model.key.topic()).parse().unwrap();
        for lang in Lang::all() {
            let text = format!("mesaj {n} sou yon lòt bagay");
            content.phrasings.push(Phrasing { entry: Some(entry.key.clone()), lang, text });
        }
        content.entries.push(entry);
    }
    content
}

#[tokio::test]
async fn two_thousand_rows_become_drafts_of_one_batch() {
    let mut content = grown(600);
    for db in databases().await {
        replace(&db.db, &content).await;
        let app = Arc::new(app(&db));
        let by = works(&app, author()).await;
        let mut rows = rows_of(&content, Subject::Entries);
        rows.truncate(2000);
        for row in rows.iter_mut().filter(|row| !row[QUESTION].is_empty()) {
            (row[ANSWER], row[CHANGE]) = (format!("{}!", row[ANSWER]), "meaning".to_owned());
        }
        let changed = rows.iter().filter(|row| row[CHANGE] == "meaning").count();
        let bytes = write_xlsx(Subject::Entries, spanish(), &rows).unwrap();
        let id = take_spreadsheet(&app, &by, "big.xlsx", &read(&bytes).unwrap()).await.unwrap();
        assert_eq!(ended(&app, &by, &id).await.state, ImportState::Checked);
        confirm_import(&app, &by, &id, false).await.unwrap();
        assert_eq!(ended(&app, &by, &id).await.state, ImportState::Done);
        assert_eq!(drafts::list(&app.db).await.unwrap().len(), changed);
        assert_eq!(rows.len(), 2000);
    }
    content.entries.clear();
}

/// Sends a file as the form of the page does.
async fn bring(clerk: &Clerk, name: &str, bytes: &[u8]) -> (StatusCode, String, String) {
    let (kind, body) = multipart(name, bytes);
    let request = clerk.browser.raw_post_to("/console/tables").header(CONTENT_TYPE, kind).body(body);
    let response = request.send().await.unwrap();
    let to = response.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    (response.status(), to, response.text().await.unwrap())
}

/// The body of a form with one file, and its kind.
pub fn multipart(name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    const EDGE: &str = "----ventanilla-test";
    let mut body = format!(
        "--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={EDGE}"), body)
}

async fn settled(clerk: &Clerk, path: &str) -> Page {
    let (start, mut look) = (Instant::now(), interval(Duration::from_millis(30)));
    loop {
        look.tick().await;
        let page = clerk.look(path).await;
        if page.attributes("meta[http-equiv=refresh]", "content").is_empty() {
            return page;
        }
        assert!(start.elapsed() < PATIENCE, "{}", page.text);
    }
}

fn words(label: Label<'_>) -> String {
    say(spanish(), &label)
}

#[tokio::test]
async fn a_clerk_downloads_a_table_corrects_it_and_brings_it_back() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let page = marie.look("/console/tables").await;
    let links = page.attributes("a.button", "href");
    assert_eq!(links.len(), 2 * Subject::ALL.len());
    for link in &links {
        let file = marie.browser.raw_get(link).await;
        assert_eq!(file.status(), StatusCode::OK, "{link}");
        assert!(file.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let table = read(&file.bytes().await.unwrap()).unwrap();
        assert!(!table.rows.is_empty());
    }
    let json = marie.browser.raw_get("/console/tables/published.json").await.text().await.unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["entries"].is_array());

    let mut rows = rows_of(&content::load(&site.app.db).await.unwrap(), Subject::Entries);
    let row = rows.iter_mut().find(|row| row[0] == "health/cost" && row[2] == "es").unwrap();
    (row[ANSWER], row[CHANGE]) = ("Nada. <script>alert(1)</script>".replace('<', "‹"), "small".to_owned());
    let bytes = write_xlsx(Subject::Entries, spanish(), &rows).unwrap();
    let (status, to, _) = bring(&marie, "salud <b>.xlsx", &bytes).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let page = settled(&marie, &to).await;
    assert_eq!(page.words("h1"), ["salud <b>.xlsx"]);
    assert!(page.words("ins").concat().contains("Nada."));
    assert_eq!(page.words(".count"), ["0", "1", "0", "0", &(rows.len() - 1).to_string()]);
    marie.post(&format!("{to}/confirm"), &[]).await;
    let page = settled(&marie, &to).await;
    assert_eq!(page.words(".done"), [words(Label::BatchDoneAbout)]);
    let review = page.attributes("main a.button", "href").concat();
    assert_eq!(marie.look(&review).await.status, StatusCode::FORBIDDEN);
    let rosa = clerk(&site, "rosa", Role::Reviewer).await;
    let page = rosa.look(&review).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Nada."));
    let lines = audit::list(&site.app.db, &audit::Filter::default(), 9, 0).await.unwrap();
    assert!(lines.iter().any(|line| line.action == "import-table" && line.became.as_deref() == Some("1")));
    assert!(lines.iter().any(|line| line.action == "submit" && line.subject == "text health/cost (es)"));
}

#[tokio::test]
async fn a_hostile_file_is_refused_on_the_page_in_words() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let bomb = archive(&[("xl/worksheets/sheet1.xml", &vec![b' '; 200 * 1024 * 1024])]);
    for (bytes, flaw) in [
        (bomb, Flaw::UnpackedTooLarge),
        (b"%PDF-1.7".to_vec(), Flaw::NoHeader),
        (vec![b'x'; 100 * 1024 * 1024], Flaw::FileTooLarge),
    ] {
        let (status, _, page) = bring(&marie, "a.xlsx", &bytes).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{flaw:?}");
        assert!(page.contains(&flaw.words(spanish())), "{flaw:?}");
    }
    let (status, _, page) = bring(&marie, "", b"").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains(&words(Label::TablesNoFile)));
    let page = marie.post("/console/tables", &[("file", "no form of files")]).await;
    assert_eq!(page.words("#alert"), [words(Label::TablesNoFile)]);
}

#[tokio::test]
async fn a_refused_row_says_why_on_the_page_and_nothing_can_be_confirmed() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let mut rows = rows_of(&content::load(&site.app.db).await.unwrap(), Subject::Offices);
    rows[0][10] = "cuando se pueda".to_owned();
    let (_, to, _) = bring(&marie, "o.csv", &write_csv(Subject::Offices, spanish(), &rows).unwrap()).await;
    let page = settled(&marie, &to).await;
    let said = page.words("td li").concat();
    assert!(said.contains("hours") && said.contains(&words(Label::FlawWrong)), "{said}");
    assert_eq!(page.attributes(&format!("form[action='{to}/confirm']"), "method"), Vec::<String>::new());
    let page = marie.post(&format!("{to}/confirm"), &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(drafts::headings(&site.app.db).await.unwrap(), []);
}

#[tokio::test]
async fn what_a_form_takes_with_control_characters_is_exported_and_imported_without_a_change() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    clerk(&site, "rosa", Role::Reviewer).await;
    // As Word and others write lines, and signs that nobody sees.
    let odd = "Lè biwo a louvri:\u{b}lendi\u{2028}madi\u{2029}mèkredi\u{85}jedi\u{c}vandredi\u{0}\u{1b}\u{7f}";
    let page = "/console/municipalities/recoleta/notes/health/cost/ht";
    let form = Filled::of(&marie.look(page).await, "form.form").set("text", odd);
    form.send(&marie, page, "submit").await;
    let note =
        ContentItem::Note("recoleta".parse().unwrap(), "health/cost".parse().unwrap(), Lang::parse("ht").unwrap());
    accept_draft(&site, "rosa", &note).await.unwrap();
    let page = "/console/offices/recoleta";
    let form = Filled::of(&marie.look(page).await, "form.form").set("name", "Oficina\u{b}de Recoleta\u{1b}");
    form.set("address", "Av. Recoleta\u{2028}2774").send(&marie, page, "submit").await;
    let office = ContentItem::Office("recoleta".parse().unwrap(), "recoleta".parse().unwrap());
    accept_draft(&site, "rosa", &office).await.unwrap();
    let content = content::load(&site.app.db).await.unwrap();
    let note = content.notes.iter().find(|note| note.text.markdown().contains("vandredi")).unwrap();
    assert_eq!(note.text.markdown(), "Lè biwo a louvri:\nlendi\nmadi\nmèkredi\njedi\nvandredi");
    let office = content.offices.iter().find(|office| office.key.as_str() == "recoleta").unwrap();
    assert_eq!((office.name.as_str(), office.address.as_deref()), ("Oficina de Recoleta", Some("Av. Recoleta 2774")));
    comes_back_without_a_change(&content);
}

#[test]
fn what_was_published_with_control_characters_before_is_imported_without_a_change() {
    let mut content = starter();
    let entry = &mut content.entries[0];
    let key = entry.key.clone();
    let (lang, text) = entry.texts.iter_mut().next().unwrap();
    text.question = "Konbyen\u{b}sa koute\u{1b}?".to_owned();
    text.answer = Rich::parse("Premye\u{b}dezyèm\u{2028}twazyèm.").unwrap();
    content.phrasings.push(Phrasing { entry: Some(key), lang: *lang, text: "konbyen\u{b}lajan".to_owned() });
    content.offices[0].address = Some("Calle\u{b}1".to_owned());
    comes_back_without_a_change(&content);
}

#[test]
fn signs_that_a_program_replaced_are_read_in_rows_as_they_were_meant() {
    let content = starter();
    let mut rows = rows_of(&content, Subject::Offices);
    rows[0][5] = "+56\u{a0}2\u{202f}2345‑6789 anexo 12".to_owned();
    (rows[0][7], rows[0][8]) = ("−33,357".to_owned(), "–70.729".to_owned());
    (rows[0][9], rows[0][11], rows[0][13]) = ("VERDADERO".to_owned(), "SI".to_owned(), "1".to_owned());
    rows[0][10] = "Mo–Fr\u{a0}08:30–14:00; PH off".to_owned();
    let mut bytes = b"sep=;\r\n".to_vec();
    bytes.extend(write_csv(Subject::Offices, spanish(), &rows).unwrap().strip_prefix("\u{feff}".as_bytes()).unwrap());
    let report = judged(&read(&bytes).unwrap(), &content, &author());
    assert_eq!(report.count(RowOutcome::Refused), 0, "{:?}", report.lines[0]);
    let [proposal] = &report.proposals[..] else { panic!("{:?}", report.lines) };
    let Body::Office(office) = &proposal.body else { panic!("an office") };
    assert_eq!((office.lat, office.lon), (Some(-33.357), Some(-70.729)));
    assert_eq!(
        (office.phone.as_str(), office.hours.as_str()),
        ("+56 2 2345-6789 anexo 12", "Mo-Fr 08:30-14:00; PH off")
    );
    assert!(office.approximate && office.hours_checked && office.active);
}

#[tokio::test]
async fn a_row_whose_position_is_far_away_is_asked_about_before_it_is_taken() {
    let site = console().await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let mut rows = rows_of(&content::load(&site.app.db).await.unwrap(), Subject::Offices);
    rows[0][7] = "33.357".to_owned();
    let (_, to, _) = bring(&marie, "o.csv", &write_csv(Subject::Offices, spanish(), &rows).unwrap()).await;
    let page = settled(&marie, &to).await;
    let asked = page.words(".asks li").concat();
    assert!(asked.contains("74") && asked.contains("km") && asked.contains("Quilicura"), "{asked}");
    let page = marie.post(&format!("{to}/confirm"), &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has said that it is right");
    assert_eq!(drafts::headings(&site.app.db).await.unwrap(), []);
    marie.post(&format!("{to}/confirm"), &[("sure", "yes")]).await;
    settled(&marie, &to).await;
    assert_eq!(drafts::headings(&site.app.db).await.unwrap().len(), 1);
}

async fn statuses(site: &Site, clerk: &Clerk, paths: &[&str]) -> Vec<u16> {
    let _ = site;
    let mut found = Vec::new();
    for path in paths {
        found.push(clerk.look(path).await.status.as_u16());
    }
    found
}

#[tokio::test]
async fn who_may_see_tables_the_log_and_the_settings() {
    let site = console().await;
    let paths = [
        "/console/tables",
        "/console/tables/export/offices.csv",
        "/console/audit",
        "/console/audit.csv",
        "/console/settings",
    ];
    for (login, role, expected) in [
        ("observer", Role::Observer, [403, 403, 403, 403, 403]),
        ("author", Role::Author, [200, 200, 403, 403, 403]),
        ("reviewer", Role::Reviewer, [200, 200, 403, 403, 403]),
        ("admin", Role::Administrator, [200, 200, 200, 200, 200]),
    ] {
        let clerk = clerk(&site, login, role).await;
        assert_eq!(statuses(&site, &clerk, &paths).await, expected, "{login}");
    }
    let town = Limits { municipality: "recoleta".parse().ok(), ..Limits::default() };
    let limited = limited_clerk(&site, "town", Role::Administrator, town).await;
    assert_eq!(statuses(&site, &limited, &paths).await, [200, 200, 403, 403, 403]);
    for wrong in ["/console/tables/export/entries.exe", "/console/tables/export/../x.csv", "/console/tables/nothing"] {
        assert_eq!(limited.look(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let observer = accounts::list(&site.app.db).await.unwrap().into_iter().find(|one| one.login == "observer").unwrap();
    let taken = take_spreadsheet(&site.app, &observer, "a", &corrected(&starter())).await;
    assert!(matches!(taken, Err(AppError::Refused(Refusal::NoRight))));
}

#[tokio::test]
async fn hundreds_of_drafts_are_published_while_the_page_says_how_far_it_is() {
    let site = console().await;
    replace(&site.app.db, &grown(300)).await;
    let marie = clerk(&site, "marie", Role::Author).await;
    let mut rows = rows_of(&content::load(&site.app.db).await.unwrap(), Subject::Entries);
    for row in rows.iter_mut().filter(|row| row[2] == "es" && !row[QUESTION].is_empty()) {
        (row[QUESTION], row[CHANGE]) = (format!("¿{}?", row[0]), "small".to_owned());
    }
    let (_, to, _) = bring(&marie, "a.csv", &write_csv(Subject::Entries, spanish(), &rows).unwrap()).await;
    settled(&marie, &to).await;
    marie.post(&format!("{to}/confirm"), &[]).await;
    let review = settled(&marie, &to).await.attributes("main a.button", "href").concat();
    let rosa = clerk(&site, "rosa", Role::Reviewer).await;
    let pieces = rosa.look(&review).await.attributes("[name=piece]", "value");
    assert!(pieces.len() > 300, "{}", pieces.len());
    let fields = || pieces.iter().map(|item| ("piece", item.as_str()));
    let stale: Vec<(&str, String)> = fields().map(|(name, item)| (name, item.replace("|2", "|9"))).collect();
    let stale: Vec<(&str, &str)> =
        stale.iter().map(|(name, item)| (*name, item.as_str())).chain([("act", "accept")]).collect();
    rosa.browser.send(&review, &stale).await;
    let page = settled(&rosa, &review).await;
    assert_eq!(
        page.words("#alert"),
        [words(Label::RefusedChanged)],
        "what went wrong is said, and nothing is published"
    );
    let fields: Vec<(&str, &str)> = fields().chain([("act", "accept")]).collect();
    assert_eq!(rosa.browser.send(&review, &fields).await.status(), StatusCode::SEE_OTHER);
    let page = settled(&rosa, &review).await;
    assert_eq!(page.words(".done"), [words(Label::DonePublished)]);
    assert_eq!(drafts::headings(&site.app.db).await.unwrap(), []);
}

/// A table of notes with these rows.
fn typed_notes(rows: &[[&str; 4]]) -> Spreadsheet {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    read(&write_csv(Subject::Notes, spanish(), &rows).unwrap()).unwrap()
}

#[test]
fn every_row_of_notes_that_cannot_be_taken_says_why() {
    let content = starter();
    let of = |row: [&str; 4], account: &Account| {
        let report = judged(&typed_notes(&[row]), &content, account);
        report.lines.into_iter().flat_map(|line| line.flaws).collect::<Vec<_>>()
    };
    let one = |row: [&str; 4]| of(row, &author());
    let no_such = |column, key: &str| vec![(Some(column), Flaw::NoSuch(key.into()))];
    assert_eq!(one(["nowhere", "health/cost", "es", "Aquí."]), no_such(Column::Municipality, "nowhere"));
    assert_eq!(one(["recoleta", "health/none", "es", "Aquí."]), no_such(Column::Key, "health/none"));
    assert_eq!(one(["recoleta", "health/cost", "fr", "Aquí."]), [(Some(Column::Language), Flaw::NoLanguage)]);
    assert_eq!(one(["recoleta", "health/cost", "es", "# Aquí"]), [(Some(Column::Note), Flaw::Form)]);
    let town = account("ajena", Role::Author, Limits { municipality: "quilicura".parse().ok(), ..Limits::default() });
    assert_eq!(of(["recoleta", "health/cost", "es", "Aquí."], &town), [(None, Flaw::NoRight)]);
    let twice = judged(&typed_notes(&[["recoleta", "health/cost", "es", "Aquí."]; 2]), &content, &author());
    assert_eq!(twice.lines[1].flaws, [(Some(Column::Key), Flaw::RowTwice(3))]);
}

#[tokio::test]
async fn notes_come_from_a_table_wait_for_review_and_an_empty_cell_takes_one_away() {
    for db in started_databases().await {
        let app = at_home(&db);
        let by = works(&app, author()).await;
        let bring = async |rows: &[[&str; 4]]| {
            let id = take_spreadsheet(&app, &by, "notes.csv", &typed_notes(rows)).await.unwrap();
            ended(&app, &by, &id).await;
            let report = import_report(&app, &id).await.unwrap().unwrap();
            if report.can_be_imported() {
                confirm_import(&app, &by, &id, false).await.unwrap();
                ended(&app, &by, &id).await;
            }
            let waiting = drafts::headings(&app.db).await.unwrap();
            let accepted: Vec<Accepted> =
                waiting.into_iter().map(|one| Accepted { item: one.item, number: one.number }).collect();
            if !accepted.is_empty() {
                let other = works(&app, account("revisora", Role::Reviewer, Limits::default())).await;
                publish(&app, &other, &accepted, false).await.unwrap();
            }
            report
        };
        let before = content::notes(&app.db).await.unwrap().len();
        let rows = [["recoleta", "health/cost", "es", "En la **oficina** 3."], ["recoleta", "health/cost", "ht", ""]];
        let report = bring(&rows).await;
        assert_eq!((report.count(RowOutcome::New), report.count(RowOutcome::Same)), (1, 1));
        let notes = content::notes(&app.db).await.unwrap();
        assert_eq!(notes.len(), before + 1);
        assert_eq!(bring(&rows).await.count(RowOutcome::Same), 2, "what comes back changes nothing");
        let report = bring(&[["recoleta", "health/cost", "es", ""]]).await;
        assert_eq!(report.lines[0].differences[0].was, "En la **oficina** 3.");
        assert_eq!(content::notes(&app.db).await.unwrap().len(), before);
    }
}

#[tokio::test]
async fn a_pack_that_comes_back_keeps_what_texts_are_outdated_by_and_what_a_municipality_chose() {
    for db in started_databases().await {
        let app = at_home(&db);
        let entry = "health/cost".parse().unwrap();
        let mut tx = app.db.begin().await.unwrap();
        let others: Vec<Lang> = Lang::all().filter(|lang| *lang != spanish()).collect();
        let left: Vec<bulk_items::Left<'_>> = others.iter().map(|other| (&entry, *other, spanish(), 3)).collect();
        bulk_items::outdate(&mut tx, &left, morning().date_naive(), false).await.unwrap();
        municipalities::set_overdue(&mut tx, &"recoleta".parse().unwrap(), Some(Overdue::Replace)).await.unwrap();
        tx.commit().await.unwrap();
        let before = content::load(&app.db).await.unwrap();
        let text = before.entries.iter().find(|one| one.key == entry).unwrap().texts[&others[0]].clone();
        assert_eq!(text.outdated.unwrap().by, Some((spanish(), 3)));
        let json = open_data(&before, 1);
        let exported = json["entries"].as_array().unwrap().iter().find(|one| one["key"] == "health/cost").unwrap();
        assert_eq!(exported["texts"][others[0].code()]["outdated_by"]["version"], 3);
        for pack in [&before, &starter()] {
            import_pack(&app, pack, "folder").await.unwrap();
            let after = content::load(&app.db).await.unwrap();
            assert_eq!((&after.entries, &after.municipalities), (&before.entries, &before.municipalities));
        }
    }
}

/// How long a batch takes to be published; run with `cargo test --test it -- --ignored --nocapture publishing_a_batch`.
#[tokio::test]
#[ignore = "it measures and proves nothing"]
async fn how_long_publishing_a_batch_takes() {
    let content = grown(812);
    for db in databases().await {
        replace(&db.db, &content).await;
        let app = Arc::new(app(&db));
        let by = works(&app, author()).await;
        let mut rows = rows_of(&content, Subject::Entries);
        for row in rows.iter_mut().filter(|row| !row[QUESTION].is_empty()) {
            (row[ANSWER], row[CHANGE]) = (format!("{}!", row[ANSWER]), "meaning".to_owned());
        }
        let bytes = write_xlsx(Subject::Entries, spanish(), &rows).unwrap();
        let id = take_spreadsheet(&app, &by, "big.xlsx", &read(&bytes).unwrap()).await.unwrap();
        ended(&app, &by, &id).await;
        confirm_import(&app, &by, &id, false).await.unwrap();
        assert_eq!(ended(&app, &by, &id).await.state, ImportState::Done);
        let waiting = drafts::headings(&app.db).await.unwrap();
        let accepted: Vec<Accepted> =
            waiting.into_iter().map(|one| Accepted { item: one.item, number: one.number }).collect();
        let other = works(&app, account("revisora", Role::Reviewer, Limits::default())).await;
        let begun = Instant::now();
        publish(&app, &other, &accepted, false).await.unwrap();
        eprintln!("{}: {} pieces published in {:.2} s", db.db.name(), accepted.len(), begun.elapsed().as_secs_f64());
    }
}
