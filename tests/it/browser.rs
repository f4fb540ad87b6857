//! The web chat in a real browser whose JavaScript is off, as on a phone that saves data.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::time::{Instant, interval};

use crate::needs::missing;
use crate::visitor::site;

/// How long a page, a script or an element may take to come while everything else is at work on the machine.
pub const PATIENCE: Duration = Duration::from_secs(120);
/// The key, as WebDriver writes it.
pub const ENTER: &str = "\u{E007}";
const QUESTION: &str = "Kijan pou m enskri nan CESFAM?";

/// A browser, which ends with its driver.
pub struct Browser {
    pub client: Client,
    driver: Driver,
}

/// chromedriver, which is stopped with the test, whether it passes or fails.
struct Driver {
    child: Child,
    port: u16,
}

impl Drop for Driver {
    /// Asked to, it ends its browsers; killed, it would leave them running.
    fn drop(&mut self) {
        let asked = TcpStream::connect(("127.0.0.1", self.port))
            .and_then(|mut stream| stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        if asked.is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// A browser without JavaScript and with a page of this width in pixels, if there is one on the machine.
pub async fn browser(width: u32) -> Option<Browser> {
    start(width, false).await
}

/// The same with JavaScript, for tools that look at pages.
pub async fn browser_with_javascript(width: u32) -> Option<Browser> {
    start(width, true).await
}

async fn start(width: u32, javascript: bool) -> Option<Browser> {
    let Ok(mut child) = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn() else {
        missing("chromedriver");
        return None;
    };
    let said = BufReader::new(child.stdout.take().unwrap());
    let told = |line: String| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok();
    let port = said.lines().find_map(|line| told(line.unwrap())).expect("chromedriver tells its port");
    let driver = Driver { child, port };
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities(width, javascript))
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("chromedriver starts chromium");
    Some(Browser { client, driver })
}

fn capabilities(width: u32, javascript: bool) -> Capabilities {
    let options = json!({
        "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
        ],
        "prefs": {
            "profile.managed_default_content_settings.javascript": if javascript { 1 } else { 2 },
            "intl.accept_languages": "es-CL,es",
        },
        // Not "touch": with it and without JavaScript chromedriver waits for ever for a tap.
        "mobileEmulation": { "deviceMetrics": { "width": width, "height": 740, "pixelRatio": 2, "touch": false } },
    });
    let patience = PATIENCE.as_millis();
    let timeouts = json!({ "script": patience, "pageLoad": patience });
    Capabilities::from_iter([("goog:chromeOptions".to_owned(), options), ("timeouts".to_owned(), timeouts)])
}

impl Browser {
    /// Takes the network away, or gives it back.
    pub async fn network(&self, there: bool) {
        let session = self.client.session_id().await.unwrap().unwrap();
        let address = format!("http://127.0.0.1:{}/session/{session}/chromium/network_conditions", self.driver.port);
        let speed = if there { -1 } else { 0 };
        let conditions =
            json!({"offline": !there, "latency": 0, "download_throughput": speed, "upload_throughput": speed});
        let body = json!({"network_conditions": conditions});
        assert!(reqwest::Client::new().post(address).json(&body).send().await.unwrap().status().is_success());
    }

    /// Waits until the address of the page ends so.
    pub async fn stands_at(&self, end: &str) {
        let (start, mut look) = (Instant::now(), interval(Duration::from_millis(50)));
        loop {
            let at = self.client.current_url().await.unwrap();
            if at.as_str().ends_with(end) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{at}");
            look.tick().await;
        }
    }

    /// What stands in the box.
    pub async fn box_holds(&self) -> String {
        let wait = self.client.wait().at_most(PATIENCE);
        let words = wait.for_element(Locator::Id("words")).await.unwrap();
        words.prop("value").await.unwrap().unwrap_or_default()
    }

    async fn types_and_sends(&self, words: &str) {
        self.keys("#words", words).await;
        self.keys(".ask button", ENTER).await;
    }

    /// Sends keys to an element, also where its page has just taken the place of another.
    async fn keys(&self, css: &str, keys: &str) {
        let (start, mut look) = (Instant::now(), interval(Duration::from_millis(50)));
        loop {
            let wait = self.client.wait().at_most(PATIENCE);
            match wait.for_element(Locator::Css(css)).await.unwrap().send_keys(keys).await {
                Ok(()) => return,
                Err(error) => assert!(error.is_stale_element_reference() && start.elapsed() < PATIENCE, "{error}"),
            }
            look.tick().await;
        }
    }

    /// Waits until the page says nothing of this.
    async fn is_rid_of(&self, words: &str) {
        let (start, mut look) = (Instant::now(), interval(Duration::from_millis(50)));
        while self.client.source().await.unwrap().contains(words) {
            assert!(start.elapsed() < PATIENCE, "{words} still stands there");
            look.tick().await;
        }
    }

    /// The words of the element, once it is there.
    pub async fn shows(&self, css: &str) -> String {
        let wait = self.client.wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(css)).await.unwrap().text().await.unwrap()
    }

    /// How far elements of the page stand out to the right of it, in pixels.
    pub async fn overhang(&self, width: f64) -> Vec<(String, f64)> {
        let mut out = Vec::new();
        for element in self.client.find_all(Locator::Css("body *:not(.unseen):not(.skip)")).await.unwrap() {
            let (left, _, wide, _) = element.rectangle().await.unwrap();
            if left + wide > width + 0.5 {
                out.push((element.tag_name().await.unwrap(), left + wide));
            }
        }
        out
    }

    /// The buttons and boxes that are too small for a thumb.
    pub async fn small_targets(&self) -> Vec<String> {
        let mut small = Vec::new();
        for element in self.client.find_all(Locator::Css("button, textarea, h1 a")).await.unwrap() {
            let (_, _, wide, high) = element.rectangle().await.unwrap();
            if wide < 44.0 || high < 43.9 {
                small.push(element.html(false).await.unwrap());
            }
        }
        small
    }
}

#[tokio::test]
async fn a_question_in_kreyol_is_asked_and_answered_on_a_small_phone_without_javascript() {
    const WIDTH: u32 = 360;
    let Some(browser) = browser(WIDTH).await else { return };
    let site = site().await;
    let client = &browser.client;
    client.goto("data:text/html,<noscript><p>off</p></noscript>").await.unwrap();
    assert_eq!(browser.shows("p").await, "off", "JavaScript is off");

    client.goto(&site.address).await.unwrap();
    assert!(browser.shows(".talk").await.contains("¡Hola!"));
    assert_eq!(browser.overhang(WIDTH.into()).await, []);
    let words = client.find(Locator::Id("words")).await.unwrap();
    words.send_keys(QUESTION).await.unwrap();
    client.find(Locator::Css(".ask button")).await.unwrap().click().await.unwrap();

    assert_eq!(browser.shows(".you#last p").await, QUESTION);
    let answer = browser.shows(".you#last + .bot [lang=ht]").await;
    assert!(answer.contains("CESFAM"), "{answer}");
    assert!(client.current_url().await.unwrap().as_str().ends_with("/?begun#last"));
    assert_eq!(browser.overhang(WIDTH.into()).await, []);
    assert_eq!(browser.small_targets().await, Vec::<String>::new());

    // By the keyboard: chromedriver would not scroll a button out from under the box to write in.
    client.find(Locator::Css(".bot button[value^='+:']")).await.unwrap().send_keys(ENTER).await.unwrap();
    assert!(browser.shows("li:nth-child(3)#last + .bot").await.contains("📖"));
}

#[tokio::test]
async fn words_that_were_sent_without_network_stand_in_the_box_after_going_back() {
    let Some(browser) = browser(360).await else { return };
    let site = site().await;
    browser.client.goto(&site.address).await.unwrap();
    // On the greeting, and in the middle of a talk.
    for place in ["greeting", "talk"] {
        browser.network(false).await;
        browser.types_and_sends(QUESTION).await;
        browser.stands_at("/say").await;
        browser.client.back().await.unwrap();
        assert_eq!(browser.box_holds().await, QUESTION, "{place}");
        browser.network(true).await;
        browser.keys(".ask button", ENTER).await;
        let asked = if place == "greeting" { ".you#last:first-child p" } else { ".you#last:nth-child(3) p" };
        assert_eq!(browser.shows(asked).await, QUESTION);
    }
}

#[tokio::test]
async fn going_back_after_erasing_or_taking_back_shows_nothing_of_the_talk_with_and_without_network() {
    let Some(browser) = browser(360).await else { return };
    let client = &browser.client;
    for erasing in [&["forget", "forget-yes"][..], &["hush"]] {
        let site = site().await;
        client.goto(&site.address).await.unwrap();
        browser.types_and_sends("mi marido me pega").await;
        browser.shows(".you#last p").await;
        browser.types_and_sends("necesito ayuda por violencia de género").await;
        browser.shows(".you:nth-child(3)#last p").await;
        for press in erasing {
            browser.keys(&format!(".bot button[value='{press}'], footer button[value='{press}']"), ENTER).await;
        }
        browser.is_rid_of("marido").await;
        for there in [true, false] {
            browser.network(there).await;
            for _ in 0..3 {
                client.back().await.unwrap();
                let page = client.source().await.unwrap();
                assert!(!page.contains("1455") && !page.contains("marido"), "{erasing:?}, network {there}: {page}");
            }
        }
        browser.network(true).await;
    }
}

#[tokio::test]
async fn long_words_stay_inside_the_narrowest_phone() {
    const WIDTH: u32 = 320;
    let Some(browser) = browser(WIDTH).await else { return };
    let site = site().await;
    browser.client.goto(&site.address).await.unwrap();
    let words = browser.client.find(Locator::Id("words")).await.unwrap();
    words.send_keys(&"ñ".repeat(300)).await.unwrap();
    browser.client.find(Locator::Css(".ask button")).await.unwrap().click().await.unwrap();
    assert!(browser.shows(".you#last p").await.starts_with("ññ"));
    assert_eq!(browser.overhang(WIDTH.into()).await, []);
}
