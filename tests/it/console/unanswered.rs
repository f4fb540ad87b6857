//! The gap list at the console: taught, written, closed, with a filter, and never a word of it in the log.

use reqwest::StatusCode;
use ventanilla::app::group_unanswered;
use ventanilla::domain::content::body::Body;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::unanswered::group::MOST_OF_ONE;
use ventanilla::i18n::{Label, say};
use ventanilla::store::content::drafts;
use ventanilla::store::staff::audit::{self, Filter};
use ventanilla::store::unanswered::groups;
use ventanilla::web::Settings;

use super::{clerk, clerk_in, console, words};
use crate::fixtures::started_databases;
use crate::unanswered::{asked_by, gap, happened, lang, strange};
use crate::visitor::{Site, site_on};

async fn asked(site: &Site) {
    let all = [
        gap("es", "¿dónde puedo jugar fútbol el domingo?"),
        gap("es", "donde juego futbol los domingos"),
        gap("es", "donde juego futbol los domingos"),
        gap("ht", "kote m ka jwenn yon pwason pou achte"),
        gap("en", "where can I learn to swim, call +56 9 1234 5678"),
    ];
    happened(&site.app.db, 0, &all).await;
    group_unanswered(&site.app).await.unwrap();
}

async fn id(site: &Site, part: &str) -> String {
    let kept = groups::list(&site.app.db).await.unwrap();
    kept.into_iter().find(|kept| kept.gap.words.as_str().contains(part)).unwrap().group
}

#[tokio::test]
async fn the_list_shows_groups_and_its_filters_hold() {
    let site = console().await;
    asked(&site).await;
    let author = clerk(&site, "author", Role::Author).await;
    let all = author.look("/console/gaps").await;
    assert_eq!(all.words("tbody th").len(), 3);
    assert!(all.words("tbody th")[0].contains("futbol"), "the most asked first");
    assert!(all.words("tbody td")[0].contains('3'));
    assert!(all.text.contains("[tel]") && !all.text.contains("1234 5678"));
    let french = author.look("/console/gaps?lang=ht").await;
    assert_eq!(french.words("tbody th").len(), 1);
    assert_eq!(author.look("/console/gaps?topic=nothing").await.words("tbody th").len(), 0);
    assert_eq!(author.look("/console/gaps?page=7").await.status, StatusCode::OK);
    let observer = clerk(&site, "observer", Role::Observer).await;
    assert_eq!(observer.look("/console/gaps").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn words_are_tried_and_taught_into_a_draft_that_others_accept() {
    let site = console().await;
    asked(&site).await;
    let author = clerk(&site, "author", Role::Author).await;
    let path = format!("/console/gaps/{}", id(&site, "futbol").await);
    let form = [("words", "donde juego futbol los domingos"), ("lang", "es"), ("entry", "offices/what-to-bring")];
    let entry = author.look(&path).await.attributes("#entry option", "value")[0].clone();
    let form = [form[0], form[1], ("entry", entry.as_str())];
    let tried = author.post(&path, &[&form[..], &[("act", "try")]].concat()).await;
    assert_eq!(tried.status, StatusCode::OK);
    assert_eq!(tried.words(".tried tbody tr").len(), 2, "before and after");
    let item = ContentItem::Text(entry.parse().unwrap(), lang("es"));
    assert!(drafts::find(&site.app.db, &item).await.unwrap().is_none(), "trying saves nothing");
    let taught = author.post(&path, &[&form[..], &[("act", "teach")]].concat()).await;
    assert_eq!(taught.words(".done").len(), 1, "{}", taught.text);
    let draft = drafts::find(&site.app.db, &item).await.unwrap().unwrap();
    let Body::Text(text) = draft.version.body else { panic!("a text") };
    assert!(text.phrasings.contains(&"donde juego futbol los domingos".to_owned()));
    assert!(text.phrasings.len() > 20 && !text.answer.is_empty(), "with all that was there");
    assert!(!taught.text.contains("futbol"), "it is not on the list any more");
    let log = audit::list(&site.app.db, &Filter::default(), 500, 0).await.unwrap();
    assert!(log.iter().any(|line| line.action == "gap-taught"));
    assert!(log.iter().all(|line| !format!("{line:?}").contains("futbol")), "never the words");
}

#[tokio::test]
async fn a_new_entry_is_written_with_the_question_filled_in() {
    let site = console().await;
    asked(&site).await;
    let author = clerk(&site, "author", Role::Author).await;
    let gap = id(&site, "pwason").await;
    let page = author.look(&format!("/console/new-entry?gap={gap}")).await;
    assert_eq!(page.attributes("#question", "value"), ["kote m ka jwenn yon pwason pou achte"]);
    let form = [
        ("topic", "work"),
        ("question", "Kote m ka achte pwason?"),
        ("lang", "ht"),
        ("name", "fish"),
        ("service", "migrant-help"),
        ("gap", gap.as_str()),
    ];
    let made = author.post("/console/new-entry", &form).await;
    assert_eq!(made.status, StatusCode::OK);
    assert!(!author.look("/console/gaps").await.text.contains("pwason"));
}

#[tokio::test]
async fn what_is_not_for_us_or_removed_leaves_the_list_once() {
    let site = console().await;
    asked(&site).await;
    let author = clerk(&site, "author", Role::Author).await;
    for (part, act) in [("swim", "not-for-us"), ("pwason", "ignore")] {
        let path = format!("/console/gaps/{}", id(&site, part).await);
        let done = author.post(&path, &[("act", act)]).await;
        assert_eq!(done.words(".done").len(), 1, "{}", done.text);
        assert!(!done.text.contains(part));
        let gone = author.look(&path).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
    }
    let left: Vec<_> = groups::list(&site.app.db).await.unwrap();
    assert_eq!(left.iter().filter(|kept| kept.is_open()).count(), 2);
}

#[tokio::test]
async fn feedback_with_its_reasons_stands_on_the_board_and_on_the_entrys_page() {
    use ventanilla::domain::statistics::event::Event;
    use ventanilla::domain::statistics::feedback::{Complaint, Revision};
    let site = console().await;
    let entry: ventanilla::domain::text::id::EntryKey = "health/cost".parse().unwrap();
    let knowledge = site.app.live.now();
    let text = &knowledge.entry(&entry).unwrap().texts[&lang("es")];
    let now = text.revision();
    let vote = |useful, revision| Event::Voted { entry: entry.clone(), lang: lang("es"), useful, revision };
    let wrong = Event::Complained { entry: entry.clone(), lang: lang("es"), complaint: Complaint::Wrong };
    happened(&site.app.db, 0, &[vote(false, now), vote(false, Revision::default()), vote(true, now), wrong]).await;
    let author = clerk(&site, "author", Role::Author).await;
    let page = author.look("/console/entries/health/cost").await;
    let cells = page.words("section[aria-labelledby=feedback] td");
    assert_eq!(cells[..2], ["👍 1 · 👎 1", "👍 1 · 👎 2"]);
    assert!(cells[2].contains("Está mal o es antigua: 1"), "{}", cells[2]);
    let board = author.look("/console").await;
    assert!(board.text.contains("Está mal o es antigua 1") && board.text.contains("/console/gaps"));
}

#[tokio::test]
async fn the_list_says_on_which_days_too_many_came_and_how_many_were_not_taken_in_each_language() {
    let site = console().await;
    for code in ["ht", "es", "en"] {
        let clerk = clerk_in(&site, &format!("clerk-{code}"), Role::Author, Limits::default(), lang(code)).await;
        let heading = say(lang(code), &Label::GapsNotTaken);
        let before = clerk.look("/console/gaps").await;
        assert_eq!(before.words("#not-taken").len(), usize::from(code != "ht"), "{}", before.text);
        asked_by(&site.app.db, 0, code, &strange(&format!("quiero {code}"), MOST_OF_ONE + 4)).await;
        let page = clerk.look("/console/gaps").await;
        assert_eq!(page.words("#not-taken"), [heading]);
        let days = page.words("section[aria-labelledby=not-taken] li");
        let count = 4 * (1 + ["ht", "es", "en"].iter().position(|other| *other == code).unwrap());
        assert!(days.len() == 1 && days[0].contains("23") && days[0].ends_with(&format!(": {count}")), "{days:?}");
    }
}

#[tokio::test]
async fn five_thousand_gaps_are_one_page_of_twenty() {
    let site = console().await;
    let all: Vec<_> =
        (0..5000).map(|n| gap("es", &format!("pregunta {} sobre cosas {}", letters(n), letters(n * 7919)))).collect();
    happened(&site.app.db, 0, &all).await;
    let author = clerk(&site, "author", Role::Author).await;
    let begun = std::time::Instant::now();
    let page = author.look("/console/gaps?page=3").await;
    eprintln!("5,000 gaps: {:?}", begun.elapsed());
    assert_eq!(page.words("tbody th").len(), 20);
}

/// A word that no other number has.
fn letters(mut n: u64) -> String {
    let mut word = String::from("zu");
    while n > 0 {
        word.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    word
}

/// A word that nobody has written anywhere, among words that everybody writes.
const STRANGE: &str = "kote Zwibidou ka jwenn papye";

#[tokio::test]
async fn a_strange_word_of_what_was_asked_once_is_hidden_until_it_is_asked_again() {
    for test in started_databases().await {
        let site = site_on(test, Settings::default()).await;
        let lone = gap("ht", STRANGE);
        happened(&site.app.db, 0, std::slice::from_ref(&lone)).await;
        group_unanswered(&site.app).await.unwrap();
        let author = clerk(&site, "author", Role::Author).await;
        let id = groups::list(&site.app.db).await.unwrap().remove(0).id;
        let pages = ["/console/gaps".to_owned(), format!("/console/gaps/{id}"), format!("/console/new-entry?gap={id}")];
        for path in &pages {
            let page = author.look(path).await;
            assert!(!page.text.contains("Zwibidou") && page.text.contains("jwenn papye"), "{path}");
        }
        let page = author.look(&pages[1]).await;
        assert_eq!(page.words("h1"), ["kote […] ka jwenn papye"]);
        assert!(page.text.contains(&words(Label::GapHidden)), "it says why");
        assert_eq!(groups::list(&site.app.db).await.unwrap()[0].gap.words.as_str(), STRANGE, "what is kept stays");
        happened(&site.app.db, 1, std::slice::from_ref(&lone)).await;
        for path in &pages {
            assert!(author.look(path).await.text.contains("Zwibidou"), "{path}");
        }
        assert!(!author.look(&pages[1]).await.text.contains(&words(Label::GapHidden)));
    }
}
