//! A visitor of the web chat: a browser without JavaScript, as far as a server can tell.

use std::sync::Arc;

use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{ACCEPT_LANGUAGE, COOKIE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use scraper::{ElementRef, Html, Selector};
use ventanilla::app::App;
use ventanilla::web::{Settings, routes};

use crate::fixtures::{TestDb, app, sqlite};

/// A web chat on a port of its own.
pub struct Site {
    pub address: String,
    pub app: Arc<App>,
    _db: TestDb,
}

/// Opens the web chat on a new database.
pub async fn site() -> Site {
    site_with(Settings::default()).await
}

/// Opens the web chat on a new database with these settings.
pub async fn site_with(settings: Settings) -> Site {
    site_on(sqlite().await, settings).await
}

/// Opens the web chat on this database with these settings.
pub async fn site_on(db: TestDb, settings: Settings) -> Site {
    let app = Arc::new(app(&db));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let routes = routes(Arc::clone(&app), settings);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Site { address, app, _db: db }
}

impl Site {
    /// A visitor whose browser speaks `lang`, with its cookies.
    pub fn visitor(&self, lang: &str) -> Visitor {
        let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, lang.parse().unwrap())]);
        let jar = Arc::new(Jar::default());
        let client = || Client::builder().cookie_provider(Arc::clone(&jar)).default_headers(headers.clone());
        Visitor {
            address: self.address.clone(),
            jar: Arc::clone(&jar),
            follows: client().build().unwrap(),
            stays: client().redirect(Policy::none()).build().unwrap(),
        }
    }
}

/// A visitor with a browser's cookies.
pub struct Visitor {
    address: String,
    jar: Arc<Jar>,
    follows: Client,
    stays: Client,
}

impl Visitor {
    /// Looks at a page.
    pub async fn look(&self, path: &str) -> Page {
        Page::of(self.follows.get(format!("{}{path}", self.address))).await
    }

    /// Fills a form and follows where it leads.
    pub async fn post(&self, fields: &[(&str, &str)]) -> Page {
        self.post_to("/", fields).await
    }

    /// Fills a form of any page and follows where it leads.
    pub async fn post_to(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        Page::of(self.follows.post(format!("{}{path}", self.address)).form(fields)).await
    }

    /// Fills a form of any page; the answer is looked at as it is.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.raw_post_to(path).form(fields).send().await.unwrap()
    }

    /// Gives the browser a cookie, as a server's answer would.
    pub fn keep_cookie(&self, cookie: &str) {
        self.jar.add_cookie_str(cookie, &self.address.parse().unwrap());
    }

    /// The cookies that this browser would send to an address.
    pub fn cookies(&self, path: &str) -> HeaderValue {
        self.jar.cookies(&format!("{}{path}", self.address).parse().unwrap()).unwrap()
    }

    /// A look with somebody else's cookies.
    pub async fn raw_get_with(&self, path: &str, cookies: &HeaderValue) -> Response {
        self.stays.get(format!("{}{path}", self.address)).header(COOKIE, cookies).send().await.unwrap()
    }

    /// Writes words.
    pub async fn say(&self, words: &str) -> Page {
        self.post(&[("text", words)]).await
    }

    /// Presses a button by its value.
    pub async fn press(&self, value: &str) -> Page {
        self.post(&[("press", value)]).await
    }

    /// A post whose answer is looked at as it is.
    pub fn raw_post(&self) -> RequestBuilder {
        self.raw_post_to("/")
    }

    /// A post to any page whose answer is looked at as it is.
    pub fn raw_post_to(&self, path: &str) -> RequestBuilder {
        self.stays.post(format!("{}{path}", self.address))
    }

    /// A look whose answer is looked at as it is.
    pub async fn raw_get(&self, path: &str) -> Response {
        self.stays.get(format!("{}{path}", self.address)).send().await.unwrap()
    }
}

/// A page as it came.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    async fn of(request: RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Page { status, headers, text: response.text().await.unwrap() }
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.text)
    }

    /// The words of every element that the selector finds.
    pub fn words(&self, selector: &str) -> Vec<String> {
        let html = self.html();
        html.select(&Selector::parse(selector).unwrap()).map(words).collect()
    }

    /// This attribute of every element that the selector finds and that has it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let html = self.html();
        html.select(&Selector::parse(selector).unwrap()).filter_map(|e| e.attr(name).map(str::to_owned)).collect()
    }

    /// The words and buttons of the newest replies, in order.
    pub fn newest(&self) -> String {
        self.words(".talk > li.bot:last-child").concat()
    }

    /// The language of the page.
    pub fn lang(&self) -> String {
        self.attributes("html", "lang").concat()
    }
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}
