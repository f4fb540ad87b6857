//! The web chat in a real browser whose JavaScript is off, as on a phone that saves data.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::needs::missing;
use crate::visitor::site;

/// How long a page may take to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// The key, as WebDriver writes it.
pub const ENTER: &str = "\u{E007}";
const QUESTION: &str = "Kijan pou m enskri nan CESFAM?";

/// A browser, which ends with its driver.
pub struct Browser {
    pub client: Client,
    _driver: Driver,
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
    Some(Browser { client, _driver: driver })
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
    Capabilities::from_iter([("goog:chromeOptions".to_owned(), options)])
}

impl Browser {
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
        for element in self.client.find_all(Locator::Css("button, input[type=text], h1 a")).await.unwrap() {
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
    assert!(client.current_url().await.unwrap().as_str().ends_with("/#last"));
    assert_eq!(browser.overhang(WIDTH.into()).await, []);
    assert_eq!(browser.small_targets().await, Vec::<String>::new());

    // By the keyboard: chromedriver would not scroll a button out from under the box to write in.
    client.find(Locator::Css(".bot button[value='menu']")).await.unwrap().send_keys(ENTER).await.unwrap();
    assert!(browser.shows("li:nth-child(3)#last + .bot").await.contains("📍"));
}

#[tokio::test]
async fn long_words_stay_inside_the_narrowest_phone() {
    const WIDTH: u32 = 320;
    let Some(browser) = browser(WIDTH).await else { return };
    let site = site().await;
    browser.client.goto(&site.address).await.unwrap();
    let words = browser.client.find(Locator::Id("words")).await.unwrap();
    words.send_keys(&format!("{}{ENTER}", "ñ".repeat(300))).await.unwrap();
    assert!(browser.shows(".you#last p").await.starts_with("ññ"));
    assert_eq!(browser.overhang(WIDTH.into()).await, []);
}
