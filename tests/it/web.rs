//! The web chat: answered in the person's language, safe against what people and strangers send.

use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION, ORIGIN, SET_COOKIE, VARY};
use ventanilla::domain::lang::Lang;
use ventanilla::locale::{Phrase, say};
use ventanilla::store::Db;
use ventanilla::web::Settings;

use crate::visitor::{Site, Visitor, site, site_with};

const KREYOL: &str = "m pa gen papye, èske lopital ap pran m?";

fn lang(code: &str) -> Lang {
    Lang::parse(code).unwrap()
}

async fn newcomer(code: &str) -> (Site, Visitor) {
    let site = site().await;
    let visitor = site.visitor(code);
    (site, visitor)
}

#[tokio::test]
async fn a_question_in_kreyol_is_answered_in_kreyol() {
    let (_site, visitor) = newcomer("es-CL").await;
    let page = visitor.say(KREYOL).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.words(".you p"), [KREYOL]);
    assert_eq!(page.attributes(".talk > li.bot:last-child .bubble", "lang"), ["ht"]);
    assert_eq!(page.lang(), "ht", "who has chosen no language has done so by writing in one");
    assert_eq!(page.attributes("header [aria-current]", "value"), ["l:ht"]);
}

#[tokio::test]
async fn the_greeting_proposes_the_browsers_language_and_marks_every_foreign_line() {
    let (_site, visitor) = newcomer("fr-FR,fr;q=0.9,es;q=0.5").await;
    let page = visitor.look("/").await;
    assert_eq!(page.lang(), "ht");
    assert_eq!(page.attributes(".words p", "lang"), ["es", "en"]);
    assert_eq!(page.attributes(".languages button", "value"), ["l:ht", "l:es", "l:en"]);
    assert_eq!(page.attributes(".languages button", "lang"), ["es", "en"]);
    assert!(page.newest().contains(&say(lang("ht"), &Phrase::ButtonTopics)));
}

#[tokio::test]
async fn looking_leaves_nothing_behind_and_the_first_words_set_the_cookie() {
    let (site, visitor) = newcomer("ht").await;
    for path in ["/", "/start/health_cost", "/nowhere"] {
        assert!(visitor.raw_get(path).await.headers().get(SET_COOKIE).is_none(), "{path}");
    }
    let empty = visitor.raw_post().form(&[("text", " ")]).send().await.unwrap();
    assert_eq!((empty.status(), empty.headers().get(SET_COOKIE)), (StatusCode::SEE_OTHER, None));
    assert_eq!(chats(&site).await, 0);
    let first = visitor.raw_post().form(&[("text", "bonjou")]).send().await.unwrap();
    assert_eq!((first.status(), &first.headers()[LOCATION]), (StatusCode::SEE_OTHER, &"/#last".parse().unwrap()));
    let cookie = first.headers()[SET_COOKIE].to_str().unwrap();
    for part in ["talk=", "; Path=/", "; Max-Age=1800", "; HttpOnly", "; SameSite=Strict"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Secure"));
    assert_eq!(chats(&site).await, 1);
}

#[tokio::test]
async fn behind_https_the_cookie_is_never_sent_without() {
    let site = site_with(Settings { secure_cookies: true, ..Settings::default() }).await;
    let reply = site.visitor("ht").raw_post().form(&[("text", "bonjou")]).send().await.unwrap();
    let cookie = reply.headers()[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-talk=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn buttons_work_and_only_the_newest_can_be_pressed() {
    let (_site, visitor) = newcomer("en").await;
    let topics = visitor.press("topics").await;
    assert_eq!(topics.words(".you p"), [say(lang("en"), &Phrase::ButtonTopics)]);
    let topic = visitor.press("t:health").await;
    assert!(topic.attributes("main button", "value").iter().all(|value| !value.starts_with("t:")));
    let question = topic.attributes("main .card button", "value").into_iter().next().unwrap();
    let answer = visitor.press(&question).await;
    assert_eq!(answer.words(".you p").len(), 3);
    assert!(
        answer
            .attributes(".words a", "href")
            .iter()
            .all(|href| href.starts_with("https://") || href.starts_with("tel:"))
    );
    assert!(answer.attributes(".words a", "rel").iter().all(|rel| rel == "noreferrer"));
    assert_eq!(answer.attributes("#last", "tabindex"), ["-1"]);
}

#[tokio::test]
async fn choosing_a_language_changes_the_page() {
    let (_site, visitor) = newcomer("en").await;
    let page = visitor.press("l:ht").await;
    assert_eq!(page.lang(), "ht");
    assert_eq!(page.words(".you p"), ["Kreyòl"]);
    assert!(page.newest().contains(&say(lang("ht"), &Phrase::MenuTitle)));
}

#[tokio::test]
async fn a_municipality_by_its_name_gives_offices_with_a_map() {
    let (_site, visitor) = newcomer("es").await;
    let menu = visitor.press("offices").await;
    assert!(!menu.newest().contains(&say(lang("es"), &Phrase::AskPlace)), "nobody can send a place without JavaScript");
    let offices = visitor.say("quilicurra").await;
    let office =
        offices.attributes("main .card button", "value").into_iter().find(|value| value.starts_with("o:")).unwrap();
    let links = visitor.press(&office).await.attributes(".maps a", "href");
    assert!(links[0].starts_with("https://www.openstreetmap.org/?mlat=-33."), "{links:?}");
    assert!(links[1].starts_with("geo:-33."), "{links:?}");
}

#[tokio::test]
async fn forgetting_erases_the_talk_and_the_cookie() {
    let (site, visitor) = newcomer("ht").await;
    visitor.say(KREYOL).await;
    visitor.say("/forget").await;
    let last = visitor.press("forget-yes").await;
    assert!(last.newest().contains("🗑"));
    assert_eq!(last.attributes("button.command", "value"), ["/start"]);
    assert!(last.headers[SET_COOKIE].to_str().unwrap().contains("talk=; Path=/; Max-Age=0"));
    assert_eq!(chats(&site).await, 0);
    assert!(!visitor.look("/").await.text.contains(KREYOL));
}

#[tokio::test]
async fn a_link_shows_its_answer_and_begins_the_talk_with_it() {
    let (site, visitor) = newcomer("en").await;
    let page = visitor.look("/start/health_no-documents").await;
    let question = question(&site, "health/no-documents", "en");
    assert!(page.newest().contains(&question));
    assert_eq!(page.attributes(".ask [name=start]", "value"), ["health_no-documents"]);
    let next = visitor.post(&[("start", "health_no-documents"), ("text", "thanks!")]).await;
    assert_eq!(next.words(".talk > li.bot").len(), 2);
    assert!(next.words(".talk > li.bot")[0].contains(&question));
    assert!(next.attributes(".ask [name=start]", "value").is_empty());
    assert_eq!(visitor.look("/start/nonsense").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_somebody_writes_is_shown_as_written_and_never_obeyed() {
    let (_site, visitor) = newcomer("en").await;
    let long = "ñandú ".repeat(700);
    let emoji = "👩‍👩‍👧🔥".repeat(20);
    let nasty = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE chats; --",
        "{{ 7*7 }} ${7*7} %s %n",
        "\u{202E}abc\u{200B}\u{2066}def",
        "&lt;b&gt; &#0; </p></form>",
        long.trim(),
        &emoji,
    ];
    for words in nasty {
        let page = visitor.say(words).await;
        assert_eq!(page.status, StatusCode::OK, "{words}");
        let shown = page.words(".you p").pop().unwrap();
        assert!(words.starts_with(&shown) && shown.chars().count() >= words.chars().count().min(4000), "{shown}");
        let html = page.html();
        let scripts = scraper::Selector::parse("script, img, [onerror], [onload], [style]").unwrap();
        assert_eq!(html.select(&scripts).count(), 0, "{words}");
        assert!(!page.newest().is_empty(), "{words}");
    }
}

#[tokio::test]
async fn a_button_that_nobody_knows_gets_a_friendly_reply() {
    let (_site, visitor) = newcomer("en").await;
    for press in ["", "nonsense", "e:no/where", "l:zz", "<b>", "o:nowhere", &"x".repeat(5000)] {
        let page = visitor.press(press).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.newest().contains(&say(lang("en"), &Phrase::OldButton)), "{press}");
    }
}

#[tokio::test]
async fn a_form_of_a_megabyte_is_refused_in_the_browsers_language() {
    let (_site, visitor) = newcomer("ht").await;
    let page = visitor.say(&"a".repeat(1 << 20)).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(page.lang(), "ht");
    assert!(page.text.contains(&say(lang("ht"), &Phrase::TooLong)));
}

#[tokio::test]
async fn what_goes_wrong_is_said_in_the_browsers_language_with_a_way_on() {
    let (_site, visitor) = newcomer("es-CL,es").await;
    let nowhere = visitor.look("/nowhere").await;
    assert_eq!((nowhere.status, nowhere.lang().as_str()), (StatusCode::NOT_FOUND, "es"));
    assert!(nowhere.text.contains(&say(lang("es"), &Phrase::WebNotFound)));
    assert_eq!(nowhere.attributes(".notice a", "href"), ["/"]);
    for body in ["text=a&text=b", "text=a&press=menu&press=menu"] {
        let kind = "application/x-www-form-urlencoded";
        let reply = visitor.raw_post().header("content-type", kind).body(body).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::BAD_REQUEST, "{body}");
    }
    let json = visitor.raw_post().header("content-type", "application/json").body("{}").send().await.unwrap();
    assert_eq!(json.status(), StatusCode::BAD_REQUEST);
    assert!(json.text().await.unwrap().contains(&say(lang("es"), &Phrase::WebRefused)));
}

#[tokio::test]
async fn a_fault_is_an_apology_with_its_code() {
    let (site, visitor) = newcomer("ht").await;
    visitor.say("bonjou").await;
    close(&site).await;
    let page = visitor.say("bonjou").await;
    assert_eq!((page.status, page.lang().as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "ht"));
    let words = page.words(".notice p").concat();
    let (before, _) = say(lang("ht"), &Phrase::Fault { code: "|" })
        .split_once('|')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let code: String = words.strip_prefix(&before).unwrap().chars().take(6).collect();
    assert!(code.bytes().all(|b| b.is_ascii_hexdigit()), "{words}");
    // The program is alive, and nothing should be brought to it.
    assert_eq!(visitor.raw_get("/health").await.status(), StatusCode::OK);
    assert_eq!(visitor.raw_get("/ready").await.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let (site, visitor) = newcomer("en").await;
    let post = || visitor.raw_post().form(&[("text", "hello")]);
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let reply = post().header(name, value).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(reply.text().await.unwrap().contains("<html lang=\"en\">"));
    }
    assert_eq!(chats(&site).await, 0);
    let own = post().header(ORIGIN, &site.address).send().await.unwrap();
    assert_eq!(own.status(), StatusCode::SEE_OTHER);
    let own = post().header("sec-fetch-site", "same-origin").header(ORIGIN, "null").send().await.unwrap();
    assert_eq!(own.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_first_page_is_small_and_asks_nobody_else_for_anything() {
    let (site, visitor) = newcomer("ht").await;
    let page = visitor.look("/").await;
    let mut size = page.text.len();
    let parts = page.attributes("link", "href");
    assert_eq!(parts.len(), 2);
    for part in parts {
        let part = visitor.look(&part).await;
        assert!(part.headers[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        size += part.text.len();
    }
    assert!(size < 30_000, "{size} bytes, before they are compressed");
    assert!(page.attributes("[src], script", "src").is_empty() && !page.text.contains("<script"));
    let packed = reqwest::Client::new().get(&site.address).header("accept-encoding", "gzip").send().await.unwrap();
    assert!(packed.headers()[VARY].to_str().unwrap().contains("accept-encoding"));
    assert!(packed.bytes().await.unwrap().len() * 2 < page.text.len());
}

#[tokio::test]
async fn every_page_has_the_headers_that_protect_it() {
    let (_site, visitor) = newcomer("ht").await;
    for path in ["/", "/nowhere", "/start/health_cost", "/health"] {
        let headers = visitor.look(path).await.headers;
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        for rule in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(rule), "{path}: {rule}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
        assert_eq!(headers[CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "same-origin");
    }
}

#[tokio::test]
async fn the_talk_is_gone_after_half_an_hour_and_an_open_page_clears_itself() {
    let (site, visitor) = newcomer("ht").await;
    let page = visitor.say(KREYOL).await;
    assert_eq!(page.attributes("[http-equiv=refresh]", "content"), ["1805;url=/?cleared"]);
    site.house.clock.advance(chrono::TimeDelta::minutes(31));
    let cleared = visitor.look("/?cleared").await;
    assert!(!cleared.text.contains(KREYOL) && cleared.text.contains(&say(lang("ht"), &Phrase::WebExpired)));
    assert!(cleared.attributes("[http-equiv=refresh]", "content").is_empty());
}

#[tokio::test]
async fn the_page_can_be_walked_without_seeing_it() {
    let (_site, visitor) = newcomer("en").await;
    let page = visitor.say("where can I get free legal help").await;
    for (landmark, times) in
        [("main", 1), ("header", 1), ("footer", 1), ("nav[aria-label]", 1), ("h1", 1), ("ol.talk", 1)]
    {
        assert_eq!(page.words(landmark).len(), times, "{landmark}");
    }
    assert_eq!(page.attributes(".skip", "href"), ["#words"]);
    assert_eq!(page.attributes("label", "for"), page.attributes(".ask input[type=text]", "id"));
    let who = page.words(".talk > li > .unseen");
    assert_eq!(who, ["You:", "Ventanilla:"]);
    assert!(page.words("button").iter().all(|label| !label.is_empty()));
}

#[tokio::test]
async fn health_and_ready_say_which_revision_answers() {
    let (_site, visitor) = newcomer("en").await;
    for path in ["/health", "/ready"] {
        let health: serde_json::Value = visitor.raw_get(path).await.json().await.unwrap();
        assert_eq!((&health["status"], &health["revision"]), (&"ok".into(), &1.into()), "{path}");
    }
}

#[tokio::test]
async fn who_says_too_much_is_told_to_wait_and_others_are_answered() {
    let (site, visitor) = newcomer("ht").await;
    let too_many = loop {
        let reply = visitor.raw_post().form(&[("text", "/help")]).send().await.unwrap();
        if reply.status() != StatusCode::SEE_OTHER {
            break reply;
        }
    };
    assert_eq!(too_many.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: i64 = too_many.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!(too_many.text().await.unwrap().contains(&say(lang("ht"), &Phrase::WebTooMany)));
    assert_eq!(site.visitor("en").say("hello").await.status, StatusCode::OK);
    site.house.clock.advance(chrono::TimeDelta::seconds(wait));
    assert_eq!(visitor.say("bonjou").await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_visitors_have_two_talks() {
    let site = site().await;
    let (one, other) = (site.visitor("ht"), site.visitor("es"));
    one.say(KREYOL).await;
    assert!(!other.look("/").await.text.contains(KREYOL));
    other.say("hola").await;
    assert_eq!(one.look("/").await.words(".you p"), [KREYOL]);
}

/// How many chats were begun and not forgotten.
async fn chats(site: &Site) -> i64 {
    let Db::Sqlite { read, .. } = &site.house.db else { unreachable!("a site is on SQLite") };
    sqlx::query_scalar("SELECT count(*) FROM chats").fetch_one(read).await.unwrap()
}

/// Takes the database away.
async fn close(site: &Site) {
    let Db::Sqlite { read, write } = &site.house.db else { unreachable!("a site is on SQLite") };
    read.close().await;
    write.close().await;
}

fn question(site: &Site, key: &str, code: &str) -> String {
    site.house.live.now().entry(&key.parse().unwrap()).unwrap().question(lang(code)).to_owned()
}
