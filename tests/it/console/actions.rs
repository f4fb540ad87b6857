//! Every action of staff, tried with an account: what each of them said.

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::json;
use ventanilla::app::{
    Accepted, App, AppError, Arrival, Closing, Decision, Meant, Spoken, UpdateId, add_comment, add_danger_example,
    add_danger_words, answer_question, bring_back, change_names, change_reminders, change_role, change_settings,
    change_shown_as, choose_overdue, claim_question, close_question, close_unanswered, confirm_import,
    decide_undelivered, discard, drop_import, end_account, end_sessions, entry_of_question, give_back_question,
    hand_question, invite, keep_questions, lost_factor_off, make_link_code, make_password_link, move_question,
    native_read, new_entry, new_municipality, new_office, open_invitations, open_statistics, propose_note, publish,
    remove_danger_example, remove_danger_words, remove_question, restart_import, save_draft, save_municipality,
    save_source, send_back, send_entry, set_line_of_help, set_operator, source_changed, submit, take_back_invitation,
    take_spreadsheet, take_staff_turn, take_turn, teach, turn_danger_pattern, unlink_telegram, verify, withdraw,
};
use ventanilla::bot::citizen::{Input as Words, StaffInput, TurnInput};
use ventanilla::bot::knowledge::DangerWords;
use ventanilla::domain::content::body::{Body, MetadataBody, NoteBody, OfficeBody, TextBody};
use ventanilla::domain::content::draft::Change;
use ventanilla::domain::content::entry::Overdue;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::content::proposed::Proposed;
use ventanilla::domain::content::source::Source;
use ventanilla::domain::inbox::question::QuestionId;
use ventanilla::domain::offices::municipality::TypedMunicipality;
use ventanilla::domain::offices::position::Position;
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::safety::danger::{Danger, DangerExample, DangerWord, Shows};
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::refusal::Refusal;
use ventanilla::domain::statistics::event::Event;
use ventanilla::domain::statistics::feedback::Revision;
use ventanilla::domain::text::id::{EntryKey, MunicipalityKey};
use ventanilla::domain::text::lang::Lang;
use ventanilla::domain::unanswered::group::UnansweredWords;
use ventanilla::encryption::new_id;
use ventanilla::exports::spreadsheets::{Spreadsheet, Subject};
use ventanilla::store::content;
use ventanilla::store::inbox::questions::{self, NewQuestion};
use ventanilla::store::staff::telegram_groups;
use ventanilla::store::statistics::events;
use ventanilla::understanding::redaction::redact;

use crate::fixtures::morning;

pub fn secret(text: &str) -> SecretString {
    text.to_owned().into()
}

/// The language that everything here is about.
pub fn lang() -> Lang {
    Lang::first()
}

/// The entry that everything here is about.
pub fn entry() -> EntryKey {
    "health/cost".parse().unwrap()
}

/// The municipality that everything here is about.
pub fn recoleta() -> MunicipalityKey {
    "recoleta".parse().unwrap()
}

pub fn text() -> ContentItem {
    ContentItem::Text(entry(), lang())
}

pub fn words(answer: &str) -> Body {
    Body::Text(TextBody::typed("Konbyen?", answer, "konbyen"))
}

fn office() -> OfficeBody {
    OfficeBody {
        name: "Oficina".into(),
        services: vec!["migrant-help".parse().unwrap()],
        languages: Vec::new(),
        phone: String::new(),
        address: String::new(),
        lat: Some(-33.4),
        lon: Some(-70.6),
        approximate: true,
        hours: "Mo-Fr 09:00-13:00".into(),
        hours_checked: false,
        time_zone: "America/Santiago".into(),
        active: true,
    }
}

/// Every other kind of piece with something to write.
fn others() -> [(&'static str, &'static str, ContentItem, Body); 3] {
    let metadata = MetadataBody {
        service: "migrant-help".parse().unwrap(),
        sources: Vec::new(),
        related: Vec::new(),
        discreet: false,
        provenance: Default::default(),
    };
    let note = ContentItem::Note(recoleta(), entry(), lang());
    [
        ("save_facts", "publish_facts", ContentItem::Metadata(entry()), Body::Metadata(metadata)),
        ("save_note", "publish_note", note, Body::Note(NoteBody { text: "x".into() })),
        (
            "save_office",
            "publish_office",
            ContentItem::Office(recoleta(), "recoleta-x".parse().unwrap()),
            Body::Office(office()),
        ),
    ]
}

/// What an action said, by the action's name.
#[derive(Default)]
pub struct Input(pub Vec<(&'static str, Option<Refusal>)>);

impl Input {
    fn note<T>(&mut self, name: &'static str, done: Result<T, AppError>) {
        let refusal = match done {
            Ok(_) => None,
            Err(AppError::Refused(refusal)) => Some(refusal),
            Err(AppError::Failed(fault)) => panic!("{name}: {fault}"),
        };
        self.0.push((name, refusal));
    }

    /// The actions that said anything else than that they may not be done.
    pub fn wrong(&self) -> Vec<&'static str> {
        let may_not = |said: &Option<Refusal>| matches!(said, Some(Refusal::NoRight | Refusal::Wider));
        self.0.iter().filter(|(_, said)| !may_not(said)).map(|(name, _)| *name).collect()
    }
}

/// Everything that a role allows, tried with an account as it was; `number` is a version of [`text`] that a colleague wrote.
pub async fn tried(app: &Arc<App>, by: &Account, colleague: &Account, number: i64) -> Input {
    let mut said = Input::default();
    write(app, by, number, &mut said).await;
    judge(app, by, number, &mut said).await;
    keep(app, by, &mut said).await;
    gaps(app, by, &mut said).await;
    answer(app, by, colleague, &mut said).await;
    tables(app, by, &mut said).await;
    groups(app, by, &mut said).await;
    staff(app, by, colleague, &mut said).await;
    undelivered(app, by, &mut said).await;
    said
}

async fn write(app: &App, by: &Account, number: i64, said: &mut Input) {
    let (item, new) = (text(), "health/new-one".parse().unwrap());
    // A key that is taken would be said before the right is asked.
    let biwo = format!("biwo-{}", &new_id()[..8]);
    said.note("save_text", save_draft(app, by, &item, words("Lòt."), Change::Small, number).await);
    for (name, _, item, body) in others() {
        said.note(name, save_draft(app, by, &item, body, Change::Small, 0).await);
    }
    said.note("submit", submit(app, by, &item).await);
    said.note("discard", discard(app, by, &item).await);
    said.note("bring_back", bring_back(app, by, &item, number, number).await);
    said.note("new_entry", new_entry(app, by, &new, "migrant-help".parse().unwrap(), lang(), "Ki sa?").await);
    said.note("new_office", new_office(app, by, &recoleta(), &biwo, office()).await);
    said.note("propose_note", propose_note(app, by, &ContentItem::Note(recoleta(), entry(), lang())).await);
    said.note("add_comment", add_comment(app, by, &item, "Non").await);
}

async fn judge(app: &App, by: &Account, number: i64, said: &mut Input) {
    let read = [Accepted { item: text(), number }];
    said.note("publish_text", publish(app, by, &read, false).await);
    for (_, name, item, _) in others() {
        said.note(name, publish(app, by, &[Accepted { item, number: 99 }], false).await);
    }
    for (name, of) in [
        ("publish_source", Proposed::Source("law-21325".parse().unwrap())),
        ("publish_help", Proposed::Help(Danger::Child, lang())),
        ("publish_danger", Proposed::Danger(Danger::Child, lang())),
        ("publish_reason", Proposed::Reason(entry(), lang())),
    ] {
        let read = [Accepted { item: ContentItem::Proposed(of), number: 99 }];
        said.note(name, publish(app, by, &read, false).await);
    }
    said.note("send_back", send_back(app, by, &read, "Non").await);
    said.note("verify", verify(app, by, &entry()).await);
    said.note("native_read", native_read(app, by, (&entry(), lang()), Revision::default()).await);
    said.note("withdraw", withdraw(app, by, &entry(), lang(), "Non").await);
}

async fn keep(app: &App, by: &Account, said: &mut Input) {
    let today = app.day(morning());
    let source = content::sources(&app.db).await.unwrap().remove(0);
    said.note("source_changed", source_changed(app, by, &source.key, today, "Lwa").await);
    let other = Source { year: Some(1999), ..source.clone() };
    said.note("save_source", save_source(app, by, Some(source), &other).await);
    said.note("change_settings", change_settings(app, by, Overdue::Replace, 33).await);
    said.note("open_statistics", open_statistics(app, by, true).await);
    said.note("set_operator", set_operator(app, by, "Minisipalite").await);
    said.note("keep_questions", keep_questions(app, by, Vec::new()).await);
    said.note("remove_question", remove_question(app, by, "x").await);
    let word = DangerWord { lang: lang(), kind: Danger::Medical, words: "san koule anpil".into() };
    let text = "li pa ka leve".to_owned();
    let example = DangerExample { lang: lang(), kind: Danger::Medical, shows: Shows::Care, text };
    said.note("add_danger_example", add_danger_example(app, by, &example).await);
    said.note("remove_danger_example", remove_danger_example(app, by, &example).await);
    said.note("add_danger_words", add_danger_words(app, by, &word).await);
    said.note("remove_danger_words", remove_danger_words(app, by, &word).await);
    let shipped = DangerWords::shipped().next().unwrap();
    said.note("turn_danger_pattern", turn_danger_pattern(app, by, shipped, false).await);
    said.note("set_line_of_help", set_line_of_help(app, by, lang(), Danger::Medical, Some("Rele 131")).await);
    let typed = |name: &str| TypedMunicipality {
        name: name.into(),
        aliases: Vec::new(),
        position: Position::new(-33.4, -70.6).unwrap(),
        time_zone: "America/Santiago".parse().unwrap(),
    };
    said.note("new_municipality", new_municipality(app, by, typed("Nouvo")).await);
    said.note("save_municipality", save_municipality(app, by, &recoleta(), typed("Lòt"), "").await);
    said.note("choose_overdue", choose_overdue(app, by, &recoleta(), Some(Overdue::Replace)).await);
}

async fn gaps(app: &App, by: &Account, said: &mut Input) {
    let gap = UnansweredWords { lang: lang(), entry: Some(entry()), words: redact("konbyen kob sa koute") };
    let id = gap.id();
    let mut tx = app.db.begin().await.unwrap();
    events::record(&mut tx, morning().date_naive(), Door::Web, &[Event::Unanswered(gap)]).await.unwrap();
    tx.commit().await.unwrap();
    said.note("close_unanswered", close_unanswered(app, by, &id, Closing::Ignored).await);
    said.note("teach", teach(app, by, &id, &text(), "konbyen kob").await);
}

/// A question of somebody in the municipality, in the hands of this account.
async fn question(app: &App, holder: Option<&Account>) -> QuestionId {
    let chat = app.encryption.chat_key(Door::Telegram, "77");
    let heard = TurnInput { input: Words::Text("bonjou".into()), proposed: Some(lang()), reachable: true };
    let arrival = Arrival {
        door: Door::Telegram,
        address: "77".into(),
        update: None,
        turn_input: heard,
        return_to: json!({ "chat": 77 }),
        later: None,
    };
    take_turn(app, &arrival).await.unwrap();
    let id: QuestionId = new_id().parse().unwrap();
    let new = NewQuestion {
        id: id.clone(),
        lang: lang(),
        municipality: Some(recoleta()),
        return_to: app.encryption.encrypt(&chat, &json!({ "chat": 77 })),
        created_at: morning().timestamp(),
        expires_at: morning().timestamp() + 86_400,
        danger: false,
    };
    let mut tx = app.db.begin().await.unwrap();
    questions::forget(&mut tx, &chat).await.unwrap();
    assert!(questions::put(&mut tx, &chat, &new).await.unwrap());
    questions::give(&mut tx, &id, holder.map(|holder| holder.id.as_str()), morning().timestamp()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn answer(app: &App, by: &Account, colleague: &Account, said: &mut Input) {
    said.note("claim_question", claim_question(app, by, &question(app, None).await).await);
    let own = async || question(app, Some(by)).await;
    let words = vec![(lang(), "Wi.".to_owned())];
    said.note("answer_question", answer_question(app, by, &own().await, words, 0).await);
    said.note("send_entry", send_entry(app, by, &own().await, &entry()).await);
    said.note("hand_question", hand_question(app, by, &own().await, &colleague.id).await);
    said.note("move_question", move_question(app, by, &own().await, &"quilicura".parse().unwrap()).await);
    said.note("give_back_question", give_back_question(app, by, &own().await).await);
    said.note("close_question", close_question(app, by, &own().await).await);
    let (key, service) = ("health/other-one".parse().unwrap(), "migrant-help".parse().unwrap());
    said.note("entry_of_question", entry_of_question(app, by, &own().await, &key, service).await);
}

async fn tables(app: &Arc<App>, by: &Account, said: &mut Input) {
    let table = Spreadsheet { subject: Subject::Notes, sheet: "Notes".into(), columns: Vec::new(), rows: Vec::new() };
    said.note("take_spreadsheet", take_spreadsheet(app, by, "x.csv", &table).await);
    said.note("confirm_import", confirm_import(app, by, "x", false).await);
    said.note("restart_import", restart_import(app, by, "x").await);
    said.note("drop_import", drop_import(app, by, "x").await);
}

/// `/group` and `/group off` of somebody who is linked, in a group of nobody's and in one of all municipalities.
async fn groups(app: &App, by: &Account, said: &mut Input) {
    let group = app.encryption.chat_key(Door::Telegram, "-5");
    let groups = async || telegram_groups::list(&app.db).await.unwrap().len();
    let outcome = |done: bool| if done { Ok(()) } else { Err(AppError::Refused(Refusal::NoRight)) };
    let clear = async || {
        let mut tx = app.db.begin().await.unwrap();
        telegram_groups::forget(&mut tx, &group).await.unwrap();
        tx.commit().await.unwrap();
    };
    clear().await;
    in_group(app, by, false).await;
    said.note("set_group", outcome(groups().await == 1));
    clear().await;
    let all = telegram_groups::Group {
        chat: group.staff().as_str().to_owned(),
        address: String::new(),
        municipality: None,
        set_by: by.id.clone(),
        set_at: 0,
    };
    let mut tx = app.db.begin().await.unwrap();
    telegram_groups::set(&mut tx, &all).await.unwrap();
    tx.commit().await.unwrap();
    in_group(app, by, false).await;
    let now = telegram_groups::list(&app.db).await.unwrap();
    said.note("take_over_group", outcome(now.iter().any(|group| group.set_at != 0)));
    in_group(app, by, true).await;
    said.note("drop_group", outcome(groups().await == 0));
}

async fn in_group(app: &App, by: &Account, off: bool) {
    let (home, number) = (json!({ "chat": -5 }), i64::from_str_radix(&new_id()[..12], 16).unwrap());
    let mut spoken = Spoken {
        address: by.id.clone(),
        group: None,
        update: Some(UpdateId { source: "bot".into(), number }),
        input: StaffInput::Group { off },
        proposed: None,
        return_to: home.clone(),
        home,
    };
    if let Ok(code) = make_link_code(app, by).await {
        let number = number + 1;
        let link = Spoken {
            address: by.id.clone(),
            group: None,
            update: Some(UpdateId { source: "bot".into(), number }),
            input: StaffInput::Link(code),
            proposed: None,
            return_to: json!({ "chat": 1 }),
            home: json!({ "chat": 1 }),
        };
        take_staff_turn(app, &link).await.unwrap();
    }
    spoken.group = Some("-5".into());
    take_staff_turn(app, &spoken).await.unwrap();
}

async fn staff(app: &App, by: &Account, colleague: &Account, said: &mut Input) {
    let none = Limits::default;
    said.note("invite", invite(app, by, Role::Administrator, none(), "Oficina", lang()).await);
    let keeper = Account { role: Role::Administrator, limits: none(), ..by.clone() };
    let open = open_invitations(app, &keeper).await.unwrap();
    let hash = open.first().map_or("x", |invitation| invitation.hash.as_str());
    said.note("take_back_invitation", take_back_invitation(app, by, hash).await);
    said.note("change_role", change_role(app, by, &colleague.id, Role::Author, none()).await);
    said.note("change_shown_as", change_shown_as(app, by, &colleague.id, "Lòt biwo").await);
    said.note("make_password_link", make_password_link(app, by, &colleague.id).await);
    said.note("lost_factor_off", lost_factor_off(app, by, &colleague.id).await);
    said.note("end_account", end_account(app, by, &colleague.id).await);
}

async fn undelivered(app: &App, by: &Account, said: &mut Input) {
    let all = Meant::UpTo(i64::MAX);
    said.note("decide_undelivered", decide_undelivered(app, by, &all, Decision::Drop).await);
}

/// What everybody may do about their own account, tried with an account as it was.
pub async fn tried_own(app: &App, by: &Account) -> Input {
    let mut said = Input::default();
    said.note("change_names", change_names(app, by, "Lòt", by.lang).await);
    said.note("end_sessions", end_sessions(app, by, "x").await);
    said.note("make_link_code", make_link_code(app, by).await);
    said.note("unlink_telegram", unlink_telegram(app, by).await);
    said.note("change_reminders", change_reminders(app, by, false).await);
    said
}
