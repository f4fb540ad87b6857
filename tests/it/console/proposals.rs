//! What people are shown beside answers goes through four eyes: lines of help, words of danger, sources with their links, reasons.

use ventanilla::app::{
    Accepted, App, AppError, add_danger_words, bring_back, discard, publish, save_draft, save_source, send_back,
    set_line_of_help, submit, withdraw,
};
use ventanilla::domain::content::body::{Body, TextBody};
use ventanilla::domain::content::draft::{Change, DraftState};
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::content::proposed::Proposed;
use ventanilla::domain::content::source::Source;
use ventanilla::domain::safety::danger::{Danger, DangerWord};
use ventanilla::domain::staff::account::{Account, Role};
use ventanilla::domain::staff::refusal::Refusal;
use ventanilla::domain::text::id::EntryKey;
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::Label;
use ventanilla::store::content::{self, drafts, overview};
use ventanilla::store::safety::danger;

use super::{accept_proposals, clerk, console, member, words};
use crate::fixtures::{TestDb, app, started_databases};

async fn fixtures() -> Vec<(TestDb, App)> {
    let mut all = Vec::new();
    for test in started_databases().await {
        let app = app(&test);
        all.push((test, app));
    }
    all
}

fn refused<T: std::fmt::Debug>(done: Result<T, AppError>) -> Refusal {
    match done {
        Err(AppError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn spanish() -> Lang {
    Lang::parse("es").unwrap()
}

fn help() -> ContentItem {
    ContentItem::Proposed(Proposed::Help(Danger::Violence, spanish()))
}

fn word(words: &str) -> DangerWord {
    DangerWord { lang: spanish(), kind: Danger::Violence, words: words.to_owned() }
}

async fn newest(app: &App, item: &ContentItem) -> [Accepted; 1] {
    [Accepted { item: item.clone(), number: drafts::newest(&app.db, item).await.unwrap() }]
}

async fn own_words(app: &App) -> Vec<String> {
    danger::load(&app.db).await.unwrap().own.into_iter().map(|word| word.words).collect()
}

async fn helps(app: &App, by: &Account, text: &str) -> Result<(), AppError> {
    set_line_of_help(app, by, spanish(), Danger::Violence, Some(text)).await
}

#[tokio::test]
async fn a_line_of_help_is_shown_only_when_a_second_person_has_accepted_it() {
    for (_test, app) in fixtures().await {
        let (ana, rosa) = (member(&app, "ana", Role::Administrator).await, member(&app, "rosa", Role::Reviewer).await);
        let author = member(&app, "jean", Role::Author).await;
        helps(&app, &ana, "Llame al **1455**.").await.unwrap();
        assert_eq!(danger::load(&app.db).await.unwrap(), Default::default());
        let read = newest(&app, &help()).await;
        assert_eq!(refused(publish(&app, &ana, &read, false).await), Refusal::OwnText);
        assert_eq!(refused(publish(&app, &author, &read, false).await), Refusal::NoRight);
        publish(&app, &rosa, &read, false).await.unwrap();
        let shown = danger::load(&app.db).await.unwrap().help;
        assert_eq!(shown.values().next().unwrap().markdown(), "Llame al **1455**.");
        assert_eq!(refused(helps(&app, &ana, "Llame al **1455**.").await), Refusal::NothingDiffers);
        // What was before can come back, and that waits as well.
        helps(&app, &ana, "Llame al **149**.").await.unwrap();
        accept_proposals(&app, &rosa).await;
        let seen = drafts::newest(&app.db, &help()).await.unwrap();
        bring_back(&app, &ana, &help(), read[0].number, seen).await.unwrap();
        assert_eq!(drafts::find(&app.db, &help()).await.unwrap().unwrap().state, DraftState::InReview);
        accept_proposals(&app, &rosa).await;
        let shown = danger::load(&app.db).await.unwrap().help;
        assert_eq!(shown.values().next().unwrap().markdown(), "Llame al **1455**.");
    }
}

#[tokio::test]
async fn words_of_danger_wait_and_nobody_builds_on_what_a_colleague_has_proposed() {
    for (_test, app) in fixtures().await {
        let (ana, rosa) =
            (member(&app, "ana", Role::Administrator).await, member(&app, "rosa", Role::Administrator).await);
        let item = ContentItem::Proposed(Proposed::Danger(Danger::Violence, spanish()));
        add_danger_words(&app, &ana, &word("me sigue")).await.unwrap();
        add_danger_words(&app, &ana, &word("me vigila")).await.unwrap();
        assert_eq!(refused(add_danger_words(&app, &ana, &word("me sigue")).await), Refusal::NothingDiffers);
        assert_eq!(refused(add_danger_words(&app, &rosa, &word("me espera")).await), Refusal::Waits);
        assert_eq!(own_words(&app).await, Vec::<String>::new());
        accept_proposals(&app, &rosa).await;
        assert_eq!(own_words(&app).await, ["me sigue", "me vigila"]);

        // Two people are enough, also when one has sent the other's proposal back.
        add_danger_words(&app, &ana, &word("otra cosa")).await.unwrap();
        send_back(&app, &rosa, &newest(&app, &item).await, "No").await.unwrap();
        add_danger_words(&app, &rosa, &word("me espera")).await.unwrap();
        accept_proposals(&app, &ana).await;
        assert_eq!(own_words(&app).await, ["me espera", "me sigue", "me vigila"]);

        // What is as it was again is no proposal any more; and one's own can be taken back.
        add_danger_words(&app, &ana, &word("otra cosa")).await.unwrap();
        ventanilla::app::remove_danger_words(&app, &ana, &word("otra cosa")).await.unwrap();
        assert_eq!(drafts::find(&app.db, &item).await.unwrap(), None);
        add_danger_words(&app, &ana, &word("otra cosa")).await.unwrap();
        discard(&app, &ana, &item).await.unwrap();
        assert_eq!(own_words(&app).await.len(), 3);
    }
}

#[tokio::test]
async fn the_link_of_a_source_is_shown_only_when_a_second_person_has_accepted_it() {
    for (_test, app) in fixtures().await {
        let (ana, rosa) = (member(&app, "ana", Role::Reviewer).await, member(&app, "rosa", Role::Reviewer).await);
        let before = content::sources(&app.db).await.unwrap().remove(0);
        let moved = Source { link: Some("https://www.example.cl/ley".into()), ..before.clone() };
        save_source(&app, &ana, Some(before.clone()), &moved).await.unwrap();
        let new = Source { key: "law-1".parse().unwrap(), ..moved.clone() };
        save_source(&app, &ana, None, &new).await.unwrap();
        let now = content::sources(&app.db).await.unwrap();
        assert!(now.contains(&before) && !now.contains(&moved) && !now.contains(&new));
        let read = newest(&app, &ContentItem::Proposed(Proposed::Source(before.key.clone()))).await;
        assert_eq!(refused(publish(&app, &ana, &read, false).await), Refusal::OwnText);
        accept_proposals(&app, &rosa).await;
        let now = content::sources(&app.db).await.unwrap();
        assert!(now.contains(&moved) && now.contains(&new) && !now.contains(&before));
    }
}

#[tokio::test]
async fn a_text_is_taken_back_at_once_and_the_reason_waits_for_a_second_person() {
    for (_test, app) in fixtures().await {
        let (ana, rosa) = (member(&app, "ana", Role::Reviewer).await, member(&app, "rosa", Role::Reviewer).await);
        let entry: EntryKey = "health/cost".parse().unwrap();
        let reason = async || {
            let standing = overview::entry(&app.db, &entry).await.unwrap().unwrap();
            standing.texts[&spanish()].withdrawn.clone()
        };
        withdraw(&app, &ana, &entry, spanish(), "El monto estaba mal.").await.unwrap();
        assert_eq!(reason().await.as_deref(), Some(""));
        let item = ContentItem::Proposed(Proposed::Reason(entry.clone(), spanish()));
        assert_eq!(refused(publish(&app, &ana, &newest(&app, &item).await, false).await), Refusal::OwnText);
        accept_proposals(&app, &rosa).await;
        assert_eq!(reason().await.as_deref(), Some("El monto estaba mal."));

        // A text that comes back takes a reason that still waits with it.
        withdraw(&app, &ana, &entry, spanish(), "Otra razón.").await.unwrap();
        assert_eq!(reason().await.as_deref(), Some("El monto estaba mal."), "until the other is accepted");
        let text = ContentItem::Text(entry.clone(), spanish());
        let body = Body::Text(TextBody::typed("¿Cuánto?", "Nada.", ""));
        save_draft(&app, &ana, &text, body, Change::Small, 0).await.unwrap();
        submit(&app, &ana, &text).await.unwrap();
        let both = [newest(&app, &text).await, newest(&app, &item).await].concat();
        publish(&app, &rosa, &both, false).await.unwrap();
        assert_eq!(reason().await, None);
        assert_eq!(drafts::headings(&app.db).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_proposal_is_said_where_it_was_made_and_stands_on_the_board_of_whoever_may_accept_it() {
    let site = console().await;
    let (ana, rosa) = (clerk(&site, "ana", Role::Administrator).await, clerk(&site, "rosa", Role::Reviewer).await);
    let author = clerk(&site, "jean", Role::Author).await;
    let here = "/console/danger?lang=es&kind=violence";
    let form = [("lang", "es"), ("kind", "violence"), ("words", "Llame al **1455**.")];
    let page = ana.post("/console/danger/help", &form).await;
    assert_eq!(page.words(".done"), [words(Label::DoneSubmitted)]);
    let page = ana.look(here).await;
    assert_eq!(page.words(".waits").len(), 1);
    assert!(page.words(".waits")[0].contains("1455") && page.words("#help")[0].contains("1455"));
    assert!(page.attributes(".waits a[href*='/review/']", "href").is_empty(), "nobody accepts their own");
    assert_eq!(ana.look("/console").await.attributes("#proposals a", "href"), [here]);
    assert!(author.look("/console").await.attributes("#proposals a", "href").is_empty());
    let review = rosa.look("/console").await.attributes("#proposals a", "href").remove(0);
    let read = rosa.look(&review).await;
    assert!(read.text.contains("1455"));
    let item = read.attributes("input[name=piece]", "value").remove(0);
    let done = rosa.post(&review, &[("piece", &item), ("act", "accept"), ("reason", "")]).await;
    assert_eq!(done.words(".done"), [words(Label::DonePublished)]);
    assert!(ana.look(here).await.words(".waits").is_empty());
    assert_eq!(danger::load(&site.app.db).await.unwrap().help.len(), 1);

    let page = rosa.post("/console/entries/health/cost/withdraw/es", &[("reason", "Ya no es así.")]).await;
    assert!(page.text.contains(&words(Label::WithdrawnWaits)) && page.words(".waits")[0].contains("Ya no es así."));
    let source = [
        ("key", "law-1"),
        ("kind", "law"),
        ("title-ht", "Lwa"),
        ("title-es", "Ley"),
        ("title-en", "Law"),
        ("agency", "x"),
        ("link", "https://www.example.cl"),
    ];
    let page = rosa.post("/console/new-source", &source).await;
    assert!(page.words(".waits")[0].contains("https://www.example.cl"), "{}", page.text);
    let list = rosa.look("/console/sources").await;
    assert!(list.attributes("main a", "href").contains(&"/console/sources/law-1".to_owned()));
}
