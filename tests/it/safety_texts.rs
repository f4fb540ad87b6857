//! What the shipped texts must say, and never say, where a wrong sentence puts a person in danger.

use std::sync::LazyLock;

use regex::Regex;
use ventanilla::bot::citizen::reply::ReplyKind;
use ventanilla::bot::citizen::{Reply, wording};
use ventanilla::domain::content::Content;
use ventanilla::domain::offices::office::Office;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};
use ventanilla::pack::{STARTER, embedded, read};

use crate::fixtures::{KNOWLEDGE, morning};

static CONTENT: LazyLock<Content> = LazyLock::new(|| read(&embedded(&STARTER)).unwrap());

/// Streets that were checked on an official page or a good list.
const STREETS: &[&str] = &["San Antonio 580", "Av. 5 de Abril 0260"];
/// Phones of offices and long numbers that were checked.
const NUMBERS: &[&str] = &[
    "134",
    "600 360 7777",
    "600 360 3000",
    "600 836 9000",
    "600 450 4000",
    "600 600 2626",
    "600 370 2000",
    "600 818 1000",
    "800 104 777",
];
/// What to say to the police when held for a crime, and when held or expelled for migration.
const PUBLIC_DEFENDER: &str = "Quiero un defensor público y un intérprete";
const EXPULSION_LAWYER: &str = "Quiero un abogado de la Corporación de Asistencia Judicial y un intérprete";

/// Who decides whether the consulate is told.
const ONLY_IF_WANTED: &[&str] =
    &["si usted quiere", "usted decide", "si ou vle", "se ou ki deside", "if you want", "you decide"];

/// A lead, a part, a paragraph of a note or a line of the bot that people read: where it stands, and its words in
/// small letters.
struct Paragraph {
    place: String,
    words: String,
}

impl Paragraph {
    fn of(place: String, words: &str) -> Paragraph {
        Paragraph { place, words: words.to_lowercase() }
    }

    fn has_any(&self, wanted: &[&str]) -> bool {
        wanted.iter().any(|wanted| self.words.contains(*wanted))
    }

    /// What it says besides some phrases.
    fn without(&self, phrases: &[&str]) -> Paragraph {
        let words = phrases.iter().fold(self.words.clone(), |words, phrase| words.replace(*phrase, ""));
        Paragraph { place: self.place.clone(), words }
    }
}

/// All that people can read: answers, notes and the bot's own phrases.
fn paragraphs() -> Vec<Paragraph> {
    let mut all = Vec::new();
    for entry in &CONTENT.entries {
        for (lang, text) in &entry.texts {
            let place = format!("{} {lang}", entry.key);
            // A lead or a part is read by itself: its sentences stand beside each other.
            let parts = text.parts.values().map(|part| part.text.words());
            all.extend(
                [text.answer.words()].into_iter().chain(parts).map(|words| Paragraph::of(place.clone(), &words)),
            );
        }
    }
    for note in &CONTENT.notes {
        let place = format!("note {} {}", note.municipality, note.lang);
        all.extend(note.text.blocks().iter().map(|block| Paragraph::of(place.clone(), &block.words())));
    }
    for lang in Lang::all() {
        let lines = lang.file("bot.ftl").unwrap().lines();
        all.extend(lines.map(|line| Paragraph::of(format!("bot.ftl {lang}"), line)));
    }
    all
}

/// An answer with all its parts in a language, as it is written.
fn answer(key: &str, lang: Lang) -> String {
    let entry = CONTENT.entries.iter().find(|entry| entry.key.to_string() == key);
    let text = &entry.unwrap_or_else(|| panic!("there is no entry {key}")).texts[&lang];
    let parts = text.parts.values().map(|part| part.text.markdown());
    [text.answer.markdown()].into_iter().chain(parts).collect::<Vec<_>>().join("\n\n")
}

/// The words of a language out of those in Spanish, Kreyòl and English.
fn in_language(lang: Lang, [spanish, kreyol, english]: [&str; 3]) -> &str {
    match lang.code() {
        "es" => spanish,
        "ht" => kreyol,
        "en" => english,
        code => panic!("say here how it is said in {code}"),
    }
}

/// Holds an answer in every language to words that it must have.
fn must_say(key: &str, wanted: [&str; 3]) {
    for lang in Lang::all() {
        let (answer, wanted) = (answer(key, lang).to_lowercase(), in_language(lang, wanted));
        assert!(answer.contains(&wanted.to_lowercase()), "{key} {lang} does not say `{wanted}`");
    }
}

#[test]
fn the_line_1455_is_never_said_to_answer_day_and_night() {
    let always = [
        "día y noche",
        "día y de noche",
        "día o de noche",
        "24 horas",
        "24/7",
        "a toda hora",
        "lajounen kou lannwit",
        "24 sou 24",
        "nenpòt lè",
        "day and night",
        "day or night",
        "24 hours",
        "at any hour",
    ];
    for paragraph in paragraphs().iter().filter(|paragraph| paragraph.words.contains("1455")) {
        assert!(!paragraph.has_any(&always), "{}: {}", paragraph.place, paragraph.words);
    }
}

#[test]
fn wherever_1455_is_named_its_hours_and_the_number_for_the_night_stand_beside_it() {
    let named: Vec<_> = paragraphs().into_iter().filter(|paragraph| paragraph.words.contains("1455")).collect();
    assert!(named.len() >= 6 * Lang::all().len(), "only {} paragraphs name it", named.len());
    for paragraph in named {
        let week = ["lunes a viernes", "lendi jiska vandredi", "lendi rive vandredi", "monday to friday"];
        assert!(paragraph.has_any(&week), "{}: no days", paragraph.place);
        let hours = ["8:00 a medianoche", "8:00 a 24:00", "8è dimaten rive minwi", "8 am to midnight"];
        assert!(paragraph.has_any(&hours), "{}: no hours", paragraph.place);
        let holidays =
            ["no en feriados", "fèmen jou ferye", "sof jou konje", "not on holidays", "not on public holidays"];
        assert!(paragraph.has_any(&holidays), "{}: no holidays", paragraph.place);
        assert!(paragraph.has_any(&["133"]), "{}: nothing for the night", paragraph.place);
        assert!(paragraph.has_any(&["fin de semana", "wikenn", "weekends"]), "{}: no weekends", paragraph.place);
    }
}

#[test]
fn a_call_to_salud_responde_is_never_said_to_be_free() {
    let named: Vec<_> = paragraphs().into_iter().filter(|paragraph| paragraph.words.contains("600 360 7777")).collect();
    assert!(!named.is_empty());
    let not_free = ["no es gratis", "pa gratis", "not free", "not a free call"];
    for paragraph in named {
        let besides = paragraph.without(&not_free);
        assert!(!besides.has_any(&["gratis", "gratuit", "free"]), "{}: {}", paragraph.place, paragraph.words);
    }
}

#[test]
fn who_is_held_for_a_crime_is_sent_to_the_public_defender_and_who_is_to_be_expelled_to_legal_aid() {
    for lang in Lang::all() {
        for text in [answer("protection/detained", lang), say(lang, &Phrase::DangerArrest)] {
            for wanted in ["Defensoría Penal Pública", PUBLIC_DEFENDER, EXPULSION_LAWYER] {
                assert!(text.contains(wanted), "{lang} lacks {wanted}: {text}");
            }
        }
        assert!(answer("protection/legal-aid", lang).contains("Defensoría Penal Pública"), "{lang}");
        let accused = answer("protection/criminal-defence", lang);
        assert!(accused.contains(PUBLIC_DEFENDER) && accused.contains(EXPULSION_LAWYER), "{lang}: {accused}");
    }
    let refusal =
        ["No defiende a quien acusan de un delito", "Li pa defann moun yo akize", "It does not defend people accused"];
    must_say("protection/legal-aid", refusal);
}

#[test]
fn nobody_is_told_to_have_the_consulate_told_unless_they_want_it() {
    let tells = ["avis", "avèti", "told", "tell "];
    let mut found = 0;
    for paragraph in paragraphs() {
        if !paragraph.has_any(&["consulado", "konsila", "consulate"]) || !paragraph.has_any(&tells) {
            continue;
        }
        found += 1;
        assert!(paragraph.has_any(ONLY_IF_WANTED), "{}: {}", paragraph.place, paragraph.words);
    }
    assert!(found >= Lang::all().len(), "the line for arrests says it in every language");
    let decides = [
        "**Usted decide** si avisan a su consulado",
        "**Se ou ki deside** si yo avèti konsila",
        "**You decide** if they tell your consulate",
    ];
    must_say("protection/detained", decides);
    must_say("protection/criminal-defence", decides);
}

#[test]
fn after_rape_a_person_is_sent_to_the_hospital_now_hurt_or_not() {
    let now = ["ahora a la urgencia de un hospital", "nan ijans lopital kounye a", "to a hospital emergency room now"];
    let adults = ["protection/sexual-violence", "protection/gender-violence", "health/contraception"];
    for key in adults.into_iter().chain(["protection/child-abuse"]) {
        must_say(key, now);
    }
    for key in adults {
        must_say(key, ["con o sin heridas", "menm si ou pa blese", "hurt or not"]);
        must_say(key, ["72 horas", "72 èdtan", "72 hours"]);
    }
    for lang in Lang::all() {
        let line = say(lang, &Phrase::DangerViolence);
        assert!(line.to_lowercase().contains(in_language(lang, now)), "{lang}: {line}");
    }
    must_say("health/contraception", ["cinco días después", "senk jou apre", "five days later"]);
}

#[test]
fn an_expulsion_order_is_taken_to_a_lawyer_today_and_filing_stops_it() {
    let key = "regularization/expulsion-order";
    must_say(key, ["Vaya hoy a la Corporación", "Ale jodi a nan CAJ", "Go today to CAJ"]);
    must_say(key, ["10 días", "10 jou", "10 days"]);
    must_say(key, ["Corte de Apelaciones"; 3]);
    must_say(key, ["detiene la expulsión", "kanpe ekspilsyon an", "stops the expulsion"]);
    for lang in Lang::all() {
        assert!(answer(key, lang).contains(EXPULSION_LAWYER), "{lang}");
    }
}

#[test]
fn a_free_lawyer_comes_before_any_declaration_to_the_police_and_no_text_calls_irregular_entry_no_crime() {
    let key = "regularization/irregular-entry";
    must_say(
        key,
        [
            "Antes de firmar o declarar, vea al abogado gratis",
            "Anvan ou siyen oswa deklare, wè avoka gratis",
            "Before you sign or declare, see the free lawyer",
        ],
    );
    must_say(
        key,
        [
            "«declaración voluntaria» de la PDI **no es un permiso",
            "«Declaración voluntaria» PDI a **se pa yon pèmi",
            "PDI's \"declaración voluntaria\" **is no permit",
        ],
    );
    let promises = ["no es delito", "no es un delito", "se pa yon krim", "is no crime", "is not a crime"];
    for paragraph in paragraphs() {
        assert!(!paragraph.has_any(&promises), "{}: {}", paragraph.place, paragraph.words);
    }
}

#[test]
fn foreigners_vote_after_ten_years_and_not_after_five() {
    must_say("offices/voting", ["más de 10 años seguidos", "plis pase 10 an", "over 10 years in a row"]);
    for lang in Lang::all() {
        let answer = answer("offices/voting", lang).to_lowercase();
        for old in ["cinco años", "5 años", "senk an", " 5 an", "five years", "5 years"] {
            assert!(!answer.contains(old), "{lang} still says {old}");
        }
    }
}

#[test]
fn nobody_is_sent_to_the_closed_consulate_of_venezuela() {
    for key in ["documents/passport", "documents/lost", "documents/criminal-record", "offices/consulates"] {
        must_say(key, ["cerró", "fèmen", "closed"]);
        must_say(key, ["2024"; 3]);
        must_say(key, ["refugio", "refij", "refuge"]);
    }
}

#[test]
fn only_a_court_evicts_holds_for_rented_homes_and_not_for_occupied_land() {
    let key = "housing/eviction";
    must_say(
        key,
        ["si usted arrienda, solo un tribunal", "si ou lwe kay la, se tribinal", "if you rent, only a court"],
    );
    must_say(
        key,
        [
            "Toma: a veces desalojan sin juicio",
            "Toma: pafwa yo mete w deyò san jijman",
            "Occupied land (toma): sometimes evicted without trial",
        ],
    );
}

#[test]
fn deadlines_and_conditions_that_cost_a_person_dearly_are_said() {
    must_say("regularization/refugee", ["7 días hábiles", "7 jou travay", "7 working days"]);
    must_say("regularization/refugee", ["60 días", "60 jou", "60 days"]);
    must_say("documents/id-card", ["primero pague la multa", "peye amann reta a anvan", "first pay the late fine"]);
    must_say("documents/criminal-record", ["tradúzcalo", "fè yo tradui l", "have it translated"]);
    must_say("documents/criminal-record", ["60 días", "60 jou", "60 days"]);
    must_say(
        "regularization/work-while-pending",
        ["«comprobante de envío» no basta", "(«comprobante de envío») pa sifi", "«comprobante de envío» is not enough"],
    );
    must_say(
        "regularization/family-reunification",
        ["tener residencia definitiva", "fòk ou gen definitiva", "hold permanent residence"],
    );
    let key = "regularization/children";
    must_say(key, ["gratis y sin multa", "gratis, san amann", "free and without a fine"]);
    must_say(key, ["sin multa y sin autodenuncia", "san amann, san denonse tèt li", "no fine, no reporting oneself"]);
    must_say(key, ["menor de 18", "poko gen 18 an", "under 18"]);
}

#[test]
fn in_the_kreyol_answer_about_trafficking_others_are_forced_to_work() {
    let kreyol = answer("protection/trafficking", Lang::parse("ht").unwrap());
    assert!(kreyol.contains("fòse yon lòt moun travay") && !kreyol.contains("fè yon lòt travay"), "{kreyol}");
}

#[test]
fn only_checked_streets_are_shown() {
    for office in &CONTENT.offices {
        if let Some(street) = &office.address {
            assert!(STREETS.contains(&street.as_str()), "{}: {street} is not a checked street", office.key);
        }
    }
    for note in &CONTENT.notes {
        let words = note.text.words();
        let numbered = words.contains(|c: char| c.is_ascii_digit());
        let checked = STREETS.iter().any(|street| words.contains(street));
        assert!(!numbered || checked, "{} {}: {words}", note.municipality, note.lang);
    }
}

#[test]
fn only_checked_numbers_are_shown() {
    let long = Regex::new(r"(?:\+56|\b[68]00)(?: ?\d{1,4}){2,4}").unwrap();
    let phone_of = |office: &Office| Some((office.key.to_string(), office.phone.clone()?));
    let mut shown: Vec<_> = CONTENT.offices.iter().filter_map(phone_of).collect();
    for paragraph in paragraphs() {
        let place = &paragraph.place;
        shown.extend(long.find_iter(&paragraph.words).map(|number| (place.clone(), number.as_str().to_owned())));
    }
    assert!(!shown.is_empty());
    for (place, number) in shown {
        let known = NUMBERS.iter().any(|known| *known == number || known.replace(' ', "") == number);
        assert!(known, "{place}: {number} is not a checked number");
    }
}

#[test]
fn no_office_whose_hours_nobody_confirmed_is_shown_as_open_or_closed() {
    for office in CONTENT.offices.iter().filter(|office| !office.hours_checked) {
        for lang in Lang::all() {
            let reply = Reply::new(lang, ReplyKind::Office(office.key.clone()));
            let words: String = wording(&KNOWLEDGE, &reply, morning()).iter().map(|message| message.words()).collect();
            assert!(!words.contains('🟢') && !words.contains('🔴'), "{} {lang}: {words}", office.key);
            assert!(words.contains(&say(lang, &Phrase::HoursNotChecked)), "{} {lang}: {words}", office.key);
        }
    }
}
