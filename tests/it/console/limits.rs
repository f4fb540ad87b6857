//! The table of action × role × limit: every action of staff, held against every role and every kind of limit.

use std::collections::BTreeSet;
use std::sync::Arc;

use reqwest::StatusCode;
use ventanilla::app::{App, invite, save_draft, submit};
use ventanilla::domain::content::draft::Change;
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::staff::audit_action::AuditAction;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::Label;
use ventanilla::store::safety::danger;
use ventanilla::web::Settings;

use super::actions::{lang, text, tried, tried_own, words};
use super::rights::{DOORS, PAGES, filled};
use super::{console, limited_clerk, member};
use crate::fixtures::{app, started_databases};
use crate::visitor::{Site, site_on};

/// How a limit of one kind bears on an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bears {
    /// Not at all.
    Not,
    /// The action is about one of them, which has to lie within the limit.
    One,
    /// It is about all of them: nobody does it who has a limit of the kind.
    All,
}

/// An action: for which roles, and how limits to topics, languages and municipalities bear on it.
struct Row(&'static str, &'static str, Bears, Bears, Bears);

use Bears::{All, Not, One};

const TABLE: &[Row] = &[
    Row("save_text", "arA", One, One, All),
    Row("save_facts", "arA", One, Not, All),
    Row("save_note", "arA", One, One, One),
    Row("save_office", "arA", Not, Not, One),
    Row("submit", "arA", One, One, All),
    Row("discard", "arA", One, One, All),
    Row("bring_back", "arA", One, One, All),
    Row("new_entry", "arA", One, One, All),
    Row("new_office", "arA", Not, Not, One),
    Row("propose_note", "arA", One, One, One),
    Row("add_comment", "arA", Not, Not, Not),
    Row("publish_text", "rA", One, One, All),
    Row("publish_facts", "rA", One, Not, All),
    Row("publish_note", "rA", One, One, One),
    Row("publish_office", "rA", Not, Not, One),
    Row("send_back", "rA", One, One, All),
    Row("verify", "rA", One, All, All),
    Row("native_read", "rA", One, One, All),
    Row("withdraw", "rA", One, One, All),
    Row("publish_source", "rA", All, All, All),
    Row("publish_help", "rA", All, All, All),
    Row("publish_danger", "rA", All, All, All),
    Row("publish_reason", "rA", One, One, All),
    Row("source_changed", "rA", All, All, All),
    Row("save_source", "rA", All, All, All),
    Row("change_settings", "A", All, All, All),
    Row("open_statistics", "A", All, All, All),
    Row("set_operator", "A", All, All, All),
    Row("keep_questions", "A", All, All, All),
    Row("remove_question", "A", All, All, All),
    Row("add_danger_example", "A", All, All, All),
    Row("remove_danger_example", "A", All, All, All),
    Row("add_danger_words", "A", All, All, All),
    Row("remove_danger_words", "A", All, All, All),
    Row("turn_danger_pattern", "A", All, All, All),
    Row("set_line_of_help", "A", All, All, All),
    Row("new_municipality", "A", All, All, All),
    Row("save_municipality", "A", All, All, All),
    Row("choose_overdue", "rA", All, All, One),
    Row("close_unanswered", "arA", One, One, All),
    Row("teach", "arA", One, One, All),
    Row("claim_question", "arA", Not, One, One),
    Row("answer_question", "arA", Not, One, One),
    Row("send_entry", "arA", Not, One, One),
    Row("hand_question", "arA", Not, One, One),
    Row("move_question", "arA", Not, One, One),
    Row("give_back_question", "arA", Not, One, One),
    Row("close_question", "arA", Not, One, One),
    Row("entry_of_question", "arA", One, One, All),
    // What is in a table is asked for piece by piece.
    Row("take_spreadsheet", "arA", Not, Not, Not),
    Row("confirm_import", "arA", Not, Not, Not),
    Row("restart_import", "arA", Not, Not, Not),
    Row("drop_import", "arA", Not, Not, Not),
    // A group is that of the account's own municipality, or of all.
    Row("set_group", "A", Not, All, Not),
    Row("take_over_group", "A", Not, All, All),
    Row("drop_group", "A", Not, All, All),
    // Nobody gives more than they have: these are about accounts without a limit.
    Row("invite", "A", All, All, All),
    Row("take_back_invitation", "A", All, All, All),
    Row("change_role", "A", All, All, All),
    Row("end_account", "A", All, All, All),
    Row("change_shown_as", "A", All, All, All),
    Row("make_password_link", "A", All, All, All),
    Row("lost_factor_off", "A", All, All, All),
    Row("decide_undelivered", "A", All, All, All),
    // One's own account.
    Row("change_names", "arAo", Not, Not, Not),
    Row("end_sessions", "arAo", Not, Not, Not),
    Row("make_link_code", "arAo", Not, Not, Not),
    Row("unlink_telegram", "arAo", Not, Not, Not),
    Row("change_reminders", "arAo", Not, Not, Not),
];

/// The rows of what the audit log tells: whoever adds an action to it says here which rows it is.
fn rows_of(action: AuditAction) -> &'static [&'static str] {
    match action {
        // Of somebody who is at no desk yet, or of the command line.
        AuditAction::Join
        | AuditAction::SignIn
        | AuditAction::FailedSignIns
        | AuditAction::UsePasswordLink
        | AuditAction::ImportPack => &[],
        // These ask for the account's own password or session, whatever its role.
        AuditAction::SignOut
        | AuditAction::ChangePassword
        | AuditAction::SecondFactorOn
        | AuditAction::SecondFactorOff
        | AuditAction::SecondFactorReplaced
        | AuditAction::UseRecoveryCode
        | AuditAction::NewRecoveryCodes => &[],
        AuditAction::MakePasswordLink => &["make_password_link"],
        AuditAction::LostFactorOff => &["lost_factor_off"],
        AuditAction::TryAgainUndelivered | AuditAction::DropUndelivered => &["decide_undelivered"],
        AuditAction::Invite => &["invite"],
        AuditAction::TakeBackInvitation => &["take_back_invitation"],
        AuditAction::EndSessions => &["end_sessions"],
        AuditAction::ChangeRole => &["change_role"],
        AuditAction::EndAccount => &["end_account"],
        AuditAction::ChangeNames => &["change_names"],
        AuditAction::ChangeShownAs => &["change_shown_as"],
        AuditAction::NewEntry => &["new_entry", "entry_of_question"],
        AuditAction::Submit => &["submit"],
        AuditAction::Discard => &["discard"],
        AuditAction::Publish => &["publish_text", "publish_facts", "publish_note", "publish_office", "publish_reason"],
        AuditAction::SendBack => &["send_back"],
        AuditAction::Verify => &["verify"],
        AuditAction::NativeRead => &["native_read"],
        AuditAction::Withdraw => &["withdraw"],
        AuditAction::SaveSource => &["save_source", "publish_source"],
        AuditAction::SourceChanged => &["source_changed"],
        AuditAction::NewOffice => &["new_office"],
        AuditAction::ProposeNote => &["propose_note"],
        AuditAction::NewMunicipality => &["new_municipality"],
        AuditAction::SaveMunicipality => &["save_municipality"],
        AuditAction::ChooseOverdue => &["choose_overdue"],
        AuditAction::ImportSpreadsheet => &["take_spreadsheet", "confirm_import", "restart_import", "drop_import"],
        AuditAction::ChangeSetting => &["change_settings", "open_statistics", "set_operator"],
        AuditAction::KeepQuestions => &["keep_questions"],
        AuditAction::RemoveQuestion => &["remove_question"],
        AuditAction::ChangeDanger => &[
            "add_danger_example",
            "remove_danger_example",
            "add_danger_words",
            "remove_danger_words",
            "turn_danger_pattern",
            "publish_danger",
        ],
        AuditAction::ChangeHelp => &["set_line_of_help", "publish_help"],
        AuditAction::MakeTelegramCode | AuditAction::LinkTelegram => &["make_link_code"],
        AuditAction::UnlinkTelegram => &["unlink_telegram"],
        AuditAction::SetGroup => &["set_group", "take_over_group"],
        AuditAction::DropGroup => &["drop_group"],
        AuditAction::ClaimQuestion => &["claim_question"],
        AuditAction::AnswerQuestion => &["answer_question", "send_entry"],
        AuditAction::GiveBackQuestion => &["give_back_question"],
        AuditAction::HandQuestion => &["hand_question"],
        AuditAction::MoveQuestion => &["move_question"],
        AuditAction::CloseQuestion => &["close_question"],
        AuditAction::TeachUnanswered => &["teach"],
        AuditAction::WriteUnanswered | AuditAction::RefuseUnanswered | AuditAction::IgnoreUnanswered => {
            &["close_unanswered"]
        }
    }
}

/// The rows of what the forms of the console do; nothing where a form only tries something.
const FORMS: &[(&str, &[&str])] = &[
    ("/console/account", &["change_names"]),
    ("/console/account/password", &["end_sessions"]),
    ("/console/account/second-factor", &["change_names"]),
    ("/console/account/second-factor/off", &["change_names"]),
    ("/console/account/recovery-codes", &["change_names"]),
    ("/console/account/sessions", &["end_sessions"]),
    ("/console/account/telegram", &["make_link_code"]),
    ("/console/account/telegram/unlink", &["unlink_telegram"]),
    ("/console/account/telegram/reminders", &["change_reminders"]),
    ("/console/new-entry", &["new_entry", "close_unanswered"]),
    ("/console/entries/{topic}/{name}/check", &["verify"]),
    ("/console/entries/{topic}/{name}/native/{lang}", &["native_read"]),
    ("/console/entries/{topic}/{name}/facts", &["save_facts", "submit"]),
    ("/console/entries/{topic}/{name}/text/{lang}", &["save_text", "submit"]),
    ("/console/entries/{topic}/{name}/withdraw/{lang}", &["withdraw"]),
    ("/console/history/back", &["bring_back"]),
    ("/console/history/comment", &["add_comment"]),
    ("/console/draft/discard", &["discard"]),
    ("/console/review/entry/{topic}/{name}", &["publish_text", "publish_facts", "publish_reason", "send_back"]),
    (
        "/console/review/piece",
        &["publish_note", "publish_office", "publish_source", "publish_help", "publish_danger", "send_back"],
    ),
    (
        "/console/review/batch/{batch}",
        &["publish_text", "publish_facts", "publish_note", "publish_office", "send_back"],
    ),
    ("/console/new-source", &["save_source"]),
    ("/console/sources/{key}", &["save_source"]),
    ("/console/sources/{key}/changed", &["source_changed"]),
    ("/console/new-office", &["new_office"]),
    ("/console/offices/{office}", &["save_office", "submit"]),
    ("/console/gaps/{id}", &["close_unanswered", "teach"]),
    ("/console/new-municipality", &["new_municipality"]),
    ("/console/municipalities/{municipality}", &["save_municipality"]),
    ("/console/municipalities/{municipality}/overdue", &["choose_overdue"]),
    ("/console/municipalities/{municipality}/notes/{topic}/{name}/{lang}", &["save_note", "submit"]),
    ("/console/municipalities/{municipality}/notes/{topic}/{name}/{lang}/propose", &["propose_note"]),
    ("/console/tables", &["take_spreadsheet"]),
    ("/console/tables/{id}/confirm", &["confirm_import"]),
    ("/console/tables/{id}/restart", &["restart_import"]),
    ("/console/tables/{id}/remove", &["drop_import"]),
    (
        "/console/questions/{id}",
        &[
            "claim_question",
            "answer_question",
            "send_entry",
            "hand_question",
            "move_question",
            "give_back_question",
            "close_question",
            "entry_of_question",
        ],
    ),
    ("/console/danger", &["add_danger_words"]),
    ("/console/danger/try", &[]),
    ("/console/danger/example", &["add_danger_example", "remove_danger_example"]),
    ("/console/danger/change", &["remove_danger_words", "turn_danger_pattern"]),
    ("/console/danger/help", &["set_line_of_help"]),
    ("/console/settings", &["change_settings"]),
    ("/console/settings/public", &["open_statistics"]),
    ("/console/settings/operator", &["set_operator"]),
    ("/console/settings/questions", &["keep_questions"]),
    ("/console/settings/questions/import", &["keep_questions"]),
    ("/console/settings/questions/{id}/remove", &["remove_question"]),
    ("/console/staff", &["invite"]),
    ("/console/staff/{id}", &["change_role"]),
    ("/console/staff/{id}/shown-as", &["change_shown_as"]),
    ("/console/staff/{id}/end", &["end_account"]),
    ("/console/staff/{id}/password-link", &["make_password_link"]),
    ("/console/staff/{id}/second-factor-off", &["lost_factor_off"]),
    ("/console/staff/invitations/{hash}/remove", &["take_back_invitation"]),
    ("/console/undelivered", &["decide_undelivered"]),
];

/// Rows that stand for nothing the audit log tells, and for no form: they are reached from Telegram, or leave no line.
const UNLOGGED: &[&str] =
    &["save_text", "save_facts", "save_note", "save_office", "bring_back", "add_comment", "change_reminders"];

/// What somebody is limited to; whatever is tried here is about the first topic, language and municipality.
fn limits() -> [(&'static str, Limits); 7] {
    let topic = |key: &str| Limits { topics: [key.parse().unwrap()].into(), ..Limits::default() };
    let of_lang = |lang: Lang| Limits { langs: [lang].into(), ..Limits::default() };
    let place = |key: &str| Limits { municipality: key.parse().ok(), ..Limits::default() };
    [
        ("nothing", Limits::default()),
        ("its topic", topic("health")),
        ("another topic", topic("work")),
        ("its language", of_lang(lang())),
        ("another language", of_lang(Lang::all().nth(1).unwrap())),
        ("its municipality", place("recoleta")),
        ("another municipality", place("quilicura")),
    ]
}

/// Whether the table allows it to this role with these limits.
fn allows(row: &Row, letter: char, limited_to: &str) -> bool {
    let Row(_, roles, topic, lang, municipality) = row;
    let within = match limited_to {
        "nothing" => true,
        "its topic" => *topic != All,
        "another topic" => *topic == Not,
        "its language" => *lang != All,
        "another language" => *lang == Not,
        "its municipality" => *municipality != All,
        "another municipality" => *municipality == Not,
        other => panic!("{other}"),
    };
    roles.contains(letter) && within
}

const ROLES: [(char, Role); 4] =
    [('o', Role::Observer), ('a', Role::Author), ('r', Role::Reviewer), ('A', Role::Administrator)];

async fn joins(app: &App, login: &str, role: Role, limits: Limits) -> Account {
    crate::staff::joins(app, login, role, limits, lang()).await.0
}

#[tokio::test]
async fn every_action_asks_for_its_role_and_its_limits() {
    for test in started_databases().await {
        let app = Arc::new(app(&test));
        let keeper = member(&app, "keeper", Role::Administrator).await;
        let mut wrong = Vec::new();
        for (letter, role) in ROLES {
            for (place, (limited_to, limits)) in limits().into_iter().enumerate() {
                let name = format!("{}{place}", role.name());
                let colleague = member(&app, &format!("jean-{name}"), Role::Author).await;
                let by = joins(&app, &name, role, limits).await;
                invite(&app, &keeper, Role::Author, Limits::default(), "Oficina", lang()).await.unwrap();
                let _ = save_draft(&app, &colleague, &text(), words(&name), Change::Small, 0).await;
                let _ = submit(&app, &colleague, &text()).await;
                let mut said = tried(&app, &by, &colleague, 1).await;
                said.0.extend(tried_own(&app, &by).await.0);
                let done = said.wrong();
                let names: BTreeSet<&str> = said.0.iter().map(|(name, _)| *name).collect();
                let listed: BTreeSet<&str> = TABLE.iter().map(|row| row.0).collect();
                assert_eq!(names, listed, "every row is tried, and whatever is tried has a row");
                for row in TABLE {
                    if allows(row, letter, limited_to) != done.contains(&row.0) {
                        wrong.push(format!("{} by {role:?} limited to {limited_to}", row.0));
                    }
                }
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }
}

#[tokio::test]
async fn every_line_of_the_log_and_every_form_of_the_console_has_its_rows() {
    let listed: BTreeSet<&str> = TABLE.iter().map(|row| row.0).collect();
    let logged: BTreeSet<&str> = AuditAction::ALL.iter().flat_map(|action| rows_of(*action)).copied().collect();
    let unlogged: BTreeSet<&str> = UNLOGGED.iter().copied().collect();
    assert_eq!(logged.union(&unlogged).copied().collect::<BTreeSet<_>>(), listed);
    let posted: BTreeSet<&str> = PAGES.iter().filter(|page| page.post.is_some()).map(|page| page.path).collect();
    assert_eq!(posted, FORMS.iter().map(|(path, _)| *path).collect(), "every form of the console is named");
    let done: BTreeSet<&str> = FORMS.iter().flat_map(|(_, rows)| *rows).copied().collect();
    let elsewhere = ["set_group", "take_over_group", "drop_group"];
    assert_eq!(done.into_iter().chain(elsewhere).collect::<BTreeSet<_>>(), listed);
    // The list of pages says truly which of them take a form.
    let site = console().await;
    let admin = super::clerk(&site, "admin", Role::Administrator).await;
    for page in PAGES.iter().filter(|page| page.post.is_none() && !DOORS.contains(&page.path)) {
        let status = admin.browser.send(&filled(page.path), &[]).await.status();
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{}", page.path);
    }
}

async fn sites() -> Vec<Site> {
    let mut all = Vec::new();
    for test in started_databases().await {
        all.push(site_on(test, Settings::default()).await);
    }
    all
}

/// Forms of what concerns all, with what they need to be taken.
const OF_ALL: &[(&str, &[(&str, &str)])] = &[
    ("/console/settings", &[("overdue", "replace"), ("check_days", "33")]),
    ("/console/settings/operator", &[("operator", "x")]),
    ("/console/sources/law-21325/changed", &[("day", "2026-11-20"), ("what", "x")]),
    ("/console/danger", &[("lang", "es"), ("kind", "violence"), ("words", "me sigue"), ("act", "add")]),
    ("/console/danger/example", &[("lang", "es"), ("kind", "violence"), ("message", "me sigue"), ("shows", "alarm")]),
    ("/console/danger/help", &[("lang", "es"), ("kind", "violence"), ("words", "Llame.")]),
    ("/console/municipalities/recoleta/overdue", &[("overdue", "replace")]),
];

#[tokio::test]
async fn who_is_limited_is_refused_what_concerns_all_over_http_and_is_not_offered_it() {
    for site in sites().await {
        for (place, (limited_to, limits)) in limits().into_iter().enumerate().skip(1) {
            let clerk = limited_clerk(&site, &format!("clerk{place}"), Role::Administrator, limits).await;
            for (path, form) in OF_ALL {
                if limited_to == "its municipality" && path.contains("recoleta") {
                    continue;
                }
                let page = clerk.post(path, form).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}, limited to {limited_to}");
                assert!(page.text.contains(&super::words(Label::RefusedNoRight)), "{path}");
            }
            let menu = clerk.look("/console").await.attributes("nav a", "href");
            for hidden in ["/console/settings", "/console/danger", "/console/audit"] {
                assert!(!menu.iter().any(|to| to == hidden), "{hidden}, limited to {limited_to}");
            }
            let sources = clerk.look("/console/sources").await;
            assert!(sources.attributes(".head a", "href").is_empty(), "no new source, limited to {limited_to}");
        }
        assert_eq!(danger::load(&site.app.db).await.unwrap(), Default::default());
    }
}

#[tokio::test]
async fn a_question_without_an_answer_is_closed_only_by_whom_it_concerns() {
    for site in sites().await {
        let gap = crate::unanswered::gap(lang().code(), "kote m ka jwe foutbol");
        crate::unanswered::happened(&site.app.db, 0, &[gap]).await;
        let id = ventanilla::store::unanswered::groups::list(&site.app.db).await.unwrap()[0].id.clone();
        let path = format!("/console/gaps/{id}");
        for (place, (limited_to, limits)) in limits().into_iter().enumerate().skip(1) {
            let clerk = limited_clerk(&site, &format!("clerk{place}"), Role::Reviewer, limits).await;
            // Its topic is not known: who has topics may not say that it is none of them.
            let may = limited_to == "its language";
            let page = clerk.look(&path).await;
            let buttons = page.attributes("form.inline button", "value");
            assert_eq!(!buttons.is_empty(), may, "{limited_to}");
            assert_eq!(page.text.contains(&super::words(Label::GapOutside)), !may, "{limited_to}");
            if !may {
                let page = clerk.post(&path, &[("act", "ignore")]).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{limited_to}");
                assert_eq!(ventanilla::store::unanswered::groups::list(&site.app.db).await.unwrap().len(), 1);
            }
        }
        let own = limited_clerk(&site, "own", Role::Author, limits()[3].1.clone()).await;
        assert_eq!(own.post(&path, &[("act", "ignore")]).await.status, StatusCode::OK);
        assert_eq!(ventanilla::store::unanswered::groups::list(&site.app.db).await.unwrap(), []);
    }
}

#[tokio::test]
async fn what_is_no_text_is_the_senders_mistake_on_every_database() {
    for site in sites().await {
        let admin = super::clerk(&site, "admin", Role::Administrator).await;
        let stranger = site.visitor("es").send("/console/sign-in", &[("login", "\0"), ("password", "x")]).await;
        assert!(stranger.status().is_client_error(), "sign-in: {}", stranger.status());
        for path in ["audit?who=%00", "audit?subject=%00", "staff/%00", "gaps/%00", "tables/%00", "new-entry?gap=%00"] {
            let status = admin.look(&format!("/console/{path}")).await.status;
            assert!(!status.is_server_error(), "{path}: {status}");
        }
        let page = admin.post("/console/settings/operator", &[("operator", "a\0b")]).await;
        assert!(!page.status.is_server_error(), "{}", page.status);
    }
}
