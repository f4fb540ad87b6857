//! The web chat: answered in the person's language, safe against what people and strangers send.

use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION, ORIGIN, SET_COOKIE, VARY};
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, Phrase, say};
use ventanilla::store::Db;
use ventanilla::store::statistics::events;
use ventanilla::web::Settings;

use crate::fixtures::databases;
use crate::visitor::{Site, Visitor, site, site_on, site_with};

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
async fn two_presses_of_send_in_a_row_leave_one_question() {
    for db in databases().await {
        let site = site_on(db, Settings::default()).await;
        let visitor = site.visitor("ht");
        let sheet =
            |page: &crate::visitor::Page| page.attributes(".ask input[name=sheet]", "value").remove(0).to_owned();
        let first = visitor.look("/").await;
        // The second press comes before the answer to the first, so neither has a cookie.
        let form = [("sheet", sheet(&first)), ("text", KREYOL.to_owned())];
        let press = || visitor.raw_post().form(&form).send();
        let answers = futures::future::join_all([press(), press(), press()]).await;
        assert!(answers.iter().all(|answer| answer.as_ref().unwrap().status() == StatusCode::SEE_OTHER));
        let page = visitor.look("/").await;
        assert_eq!((page.words(".you p"), chats(&site).await), (vec![KREYOL.to_owned()], 1));
        // With a cookie as well; other words on the same page, and the same words on a new one, are something new.
        let again = |words: &str| [("sheet", sheet(&page)), ("text", words.to_owned())];
        for words in ["mèsi", "mèsi", "kote biwo a ye?"] {
            visitor.raw_post().form(&again(words)).send().await.unwrap();
        }
        let page = visitor.look("/").await;
        assert_eq!(page.words(".you p").len(), 3, "{:?}", page.words(".you p"));
        visitor.raw_post().form(&[("sheet", sheet(&page)), ("text", "mèsi".to_owned())]).send().await.unwrap();
        assert_eq!(visitor.look("/").await.words(".you p").len(), 4);
    }
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
    assert_eq!((first.status(), &first.headers()[LOCATION]), (StatusCode::SEE_OTHER, &"/?begun#last".parse().unwrap()));
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
    assert_eq!(reply.headers()["strict-transport-security"], "max-age=31536000");
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
    let long = "ñandú ".repeat(680);
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
async fn a_message_too_long_is_refused_in_the_browsers_language_and_comes_back_in_the_box() {
    let (_site, visitor) = newcomer("ht").await;
    for long in ["ñ ".repeat(2500), "a".repeat(1 << 20)] {
        let page = visitor.say(&long).await;
        assert_eq!((page.status, page.lang().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "ht"));
        assert!(page.text.contains(&say(lang("ht"), &Phrase::WebTooLong)));
        let again = page.words("#words").concat();
        assert!(long.starts_with(&again) && again.len() >= long.trim().len().min(60_000), "{} bytes", again.len());
    }
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
    // The console's forms say it as well, and no code asks for anybody to look into a log.
    for (path, kind, body, status) in [
        ("/console/sign-in", "application/json", "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("/console/sign-in", "application/x-www-form-urlencoded", "login=x", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let reply = visitor.raw_post_to(path).header("content-type", kind).body(body).send().await.unwrap();
        assert_eq!(reply.status(), status);
        assert!(reply.text().await.unwrap().contains(&say(lang("es"), &Label::RefusedForm)), "{status}");
    }
}

#[tokio::test]
async fn a_visitor_whose_browser_refuses_cookies_is_told_so() {
    let (site, visitor) = newcomer("es").await;
    let first = visitor.raw_post().form(&[("text", "hola")]).send().await.unwrap();
    let next = first.headers()[LOCATION].to_str().unwrap().to_owned();
    let told = say(lang("es"), &Phrase::WebNoCookies);
    assert_eq!(site.visitor("es").look(&next).await.words(".notice p"), [told.as_str()]);
    assert!(!visitor.look(&next).await.text.contains(&told), "who has the cookie sees the talk");
    assert!(!site.visitor("es").look("/").await.text.contains(&told), "who just comes is not told");
}

#[tokio::test]
async fn who_keeps_no_cookie_is_nobody_new_and_who_keeps_it_is_counted_once() {
    for db in databases().await {
        let site = site_on(db, Settings::default()).await;
        for n in 0..20 {
            let stranger = site.visitor("es");
            let link = [("text", "hola"), ("start", "health_cost")];
            let answer = stranger.raw_post().form(&link[..1 + n % 2]).send().await.unwrap();
            // It goes where it is led, and has forgotten the cookie on the way.
            let next = answer.headers()[LOCATION].to_str().unwrap().to_owned();
            site.visitor("es").look(&next).await;
        }
        let counted = async || {
            let all = events::counters(&site.app.db).await.unwrap();
            let sum = |name: &str| all.iter().filter(|c| c.name == name).map(|c| c.n).sum::<i64>();
            [sum("chats-begun"), sum("active-day"), sum("active-month"), sum("messages")]
        };
        assert_eq!(counted().await, [0, 0, 0, 20]);
        let one = site.visitor("es");
        one.say("hola").await;
        assert_eq!(counted().await, [1, 1, 1, 21]);
        one.look("/?begun").await;
        one.say("hola").await;
        assert_eq!(counted().await, [1, 1, 1, 22]);
        // Who keeps the cookie and does not look is counted with what they say next.
        let other = site.visitor("es");
        other.raw_post().form(&[("text", "hola")]).send().await.unwrap();
        other.raw_post().form(&[("text", "hola")]).send().await.unwrap();
        assert_eq!(counted().await, [2, 2, 2, 24]);
    }
}

#[tokio::test]
async fn the_address_to_which_forms_are_sent_leads_back_to_the_talk() {
    let (_site, visitor) = newcomer("ht").await;
    assert_eq!(visitor.look("/").await.attributes("form", "action").first().unwrap(), "/say");
    let page = visitor.post_to("/say", &[("text", KREYOL)]).await;
    assert_eq!(page.words(".you p"), [KREYOL]);
    assert_eq!(visitor.look("/say").await.words(".you p"), [KREYOL]);
}

#[tokio::test]
async fn what_could_not_be_said_now_stands_in_the_box_again() {
    let (site, visitor) = newcomer("ht").await;
    visitor.say("bonjou").await;
    close(&site).await;
    let page = visitor.say(KREYOL).await;
    assert_eq!((page.status, page.words("#words")), (StatusCode::INTERNAL_SERVER_ERROR, vec![KREYOL.to_owned()]));
}

#[tokio::test]
async fn a_greeting_may_be_kept_by_the_browser_and_a_talk_may_not() {
    let (_site, visitor) = newcomer("ht").await;
    for path in ["/", "/start/health_cost"] {
        assert_eq!(visitor.look(path).await.headers[CACHE_CONTROL], "private, no-cache", "{path}");
    }
    let talk = visitor.say("bonjou").await;
    assert_eq!(talk.headers[CACHE_CONTROL], "no-store");
    assert_eq!(talk.attributes("form[autocomplete=off]", "class"), Vec::<String>::new(), "back restores the box");
}

#[tokio::test]
async fn a_style_is_compressed_once_and_has_an_address_that_lasts() {
    let (site, visitor) = newcomer("ht").await;
    let client = reqwest::Client::new();
    for path in visitor.look("/").await.attributes("link", "href") {
        let plain = visitor.look(&path).await;
        assert!(plain.headers[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        assert_eq!(plain.headers[VARY], "accept-encoding");
        let packed =
            client.get(format!("{}{path}", site.address)).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(
            (&packed.headers()["content-encoding"], &packed.headers()[VARY]),
            (&"gzip".parse().unwrap(), &"accept-encoding".parse().unwrap())
        );
        assert!(packed.bytes().await.unwrap().len() < plain.text.len());
        // A page of another version is still open, or another replica is newer.
        let (before, after) = path.split_once('-').unwrap();
        let other = format!("{before}-00000000{}", &after[8..]);
        let other = visitor.look(&other).await;
        assert_eq!((other.status, other.text), (StatusCode::OK, plain.text));
        assert_eq!(other.headers[CACHE_CONTROL], "public, max-age=60");
    }
    assert_eq!(visitor.look("/static/nothing-00000000.css").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn search_engines_are_told_what_to_read_and_what_it_is_about() {
    let (_site, visitor) = newcomer("es").await;
    let robots = visitor.look("/robots.txt").await;
    assert_eq!((robots.status, robots.text.contains("Disallow: /console\n")), (StatusCode::OK, true));
    let icon = visitor.look("/favicon.ico").await;
    assert_eq!((icon.status, &icon.headers["content-type"]), (StatusCode::OK, &"image/svg+xml".parse().unwrap()));
    assert_eq!(
        visitor.look("/").await.attributes("[name=description]", "content"),
        [say(lang("es"), &Phrase::BotShort)]
    );
}

#[tokio::test]
async fn a_fault_is_an_apology_with_its_code() {
    let (site, visitor) = newcomer("ht").await;
    visitor.say("bonjou").await;
    close(&site).await;
    let page = visitor.say("bonjou").await;
    assert_eq!((page.status, page.lang().as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "ht"));
    let words = page.words(".notice p").concat();
    let (before, _) = say(lang("ht"), &Phrase::InternalError { code: "|" })
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
        let kept = if matches!(path, "/" | "/start/health_cost") { "private, no-cache" } else { "no-store" };
        let headers = visitor.look(path).await.headers;
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        for rule in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(rule), "{path}: {rule}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
        assert_eq!(headers[CACHE_CONTROL], kept, "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "same-origin");
    }
}

#[tokio::test]
async fn the_talk_is_gone_after_half_an_hour_and_an_open_page_clears_itself() {
    let (site, visitor) = newcomer("ht").await;
    let page = visitor.say(KREYOL).await;
    assert_eq!(page.attributes("[http-equiv=refresh]", "content"), ["1805;url=/?cleared"]);
    site.app.clock.advance(chrono::TimeDelta::minutes(31));
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
    assert_eq!(page.attributes("label", "for"), page.attributes(".ask textarea", "id"));
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
    site.app.clock.advance(chrono::TimeDelta::seconds(wait));
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
    const SQL: &str = "SELECT count(*) FROM chats";
    match &site.app.db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(SQL).fetch_one(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(SQL).fetch_one(pool).await.unwrap(),
    }
}

/// Takes the database away.
async fn close(site: &Site) {
    let Db::Sqlite { read, write, .. } = &site.app.db else { unreachable!("a site is on SQLite") };
    read.close().await;
    write.close().await;
}

fn question(site: &Site, key: &str, code: &str) -> String {
    site.app.live.now().entry(&key.parse().unwrap()).unwrap().question(lang(code)).to_owned()
}
