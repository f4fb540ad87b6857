//! The whole way of an answer in a real browser against the real program: invited, written, sent back, published, asked for in
//! two languages, outdated, and marked when its source changes.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;

use super::PASSWORD;
use crate::browser::{Browser, ENTER, PATIENCE, browser, browser_with_javascript};

/// How soon what was published answers a question in words of its own phrasings.
const LIVE: Duration = Duration::from_secs(5);
const ENTRY: &str = "/console/entries/health/dentist";

/// The real program on a port of its own, stopped with the test.
struct Program {
    child: Child,
    address: String,
    folder: tempfile::TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ventanilla"));
    command
        .env("DATABASE_URL", format!("sqlite:{}", folder.join("story.db").display()))
        .env("VENTANILLA_KEY_FILE", folder.join("story.key"))
        .env("VENTANILLA_LISTEN", "127.0.0.1:0")
        .env_remove("TELEGRAM_BOT_TOKEN");
    command
}

fn start() -> Program {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(folder.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let told = |line: String| line.strip_prefix("Web chat:  ").map(str::to_owned);
    let address = lines.find_map(told).expect("the program tells its address");
    Program { child, address, folder }
}

impl Program {
    fn invitation(&self) -> String {
        let out = command(self.folder.path())
            .args(["staff", "invite", "--lang", "es", "--address", &self.address])
            .output()
            .unwrap();
        String::from_utf8(out.stdout).unwrap().lines().next().unwrap().to_owned()
    }
}

/// What a person does with a browser.
struct Person<'a> {
    browser: &'a Browser,
    address: String,
}

impl Person<'_> {
    async fn open(&self, path: &str) {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.address) };
        self.browser.client.goto(&address).await.unwrap();
    }

    async fn find(&self, css: &str) -> Element {
        let wait = self.browser.client.wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    async fn fill(&self, name: &str, words: &str) {
        let field = self.find(&format!(":is(input, textarea)[name={name}]")).await;
        field.clear().await.unwrap_or_else(|error| panic!("{name}: {error}"));
        field.send_keys(words).await.unwrap();
    }

    async fn choose(&self, name: &str, value: &str) {
        self.find(&format!("[name={name}]")).await.select_by_value(value).await.unwrap();
    }

    /// By the keyboard: whatever can be pressed can be reached with it.
    async fn press(&self, css: &str) {
        self.find(css).await.send_keys(ENTER).await.unwrap();
    }

    async fn tick(&self, css: &str) {
        self.find(css).await.send_keys(" ").await.unwrap();
    }

    /// The words of an element; one that goes away with its page is looked for again on the next.
    async fn reads(&self, css: &str) -> String {
        let begun = Instant::now();
        loop {
            match self.find(css).await.text().await {
                Ok(words) => return words,
                Err(error) => assert!(begun.elapsed() < PATIENCE, "{css}: {error}"),
            }
        }
    }

    async fn joins(&self, invitation: &str, login: &str) {
        self.open(invitation).await;
        self.fill("login", login).await;
        self.fill("name", login).await;
        // Whoever was invited at the console has been given a name; the first administrator chooses one.
        if login == "ana" {
            self.fill("shown_as", "Oficina de Migrantes de Quilicura").await;
        }
        self.fill("password", PASSWORD).await;
        self.fill("again", PASSWORD).await;
        self.press("main form button").await;
        self.find(".places").await;
    }

    async fn signs_in(&self, login: &str) {
        self.browser.client.delete_all_cookies().await.unwrap();
        self.open("/console/sign-in").await;
        self.fill("login", login).await;
        self.fill("password", PASSWORD).await;
        self.press("main form button").await;
        self.find(".places").await;
    }

    async fn invites(&self, role: &str) -> String {
        self.open("/console/staff").await;
        self.tick(&format!("[name=role][value={role}]")).await;
        self.press("form[action='/console/staff'] > button").await;
        self.find("#link").await.prop("value").await.unwrap().unwrap()
    }

    async fn writes(&self, lang: &str, words: (&str, &str, &str), change: &str) {
        self.open(&format!("{ENTRY}/text/{lang}")).await;
        self.fill("question", words.0).await;
        self.fill("answer", words.1).await;
        self.fill("phrasings", words.2).await;
        self.tick(&format!("[name=change][value={change}]")).await;
        self.press("button[value=submit]").await;
        self.find(".done").await;
    }

    async fn accepts(&self) {
        self.open("/console/review/entry/health/dentist").await;
        self.press("button[value=accept]").await;
        self.find(".done").await;
    }

    /// Asks the bot on the public page until it says `words`; a new answer takes a moment to be learned.
    async fn hears(&self, question: &str, words: &str) -> String {
        self.hears_within(PATIENCE, question, words).await
    }

    async fn hears_within(&self, patience: Duration, question: &str, words: &str) -> String {
        let begun = Instant::now();
        loop {
            self.open("/").await;
            // Another talk each time: what stands on the screen is not said again.
            let _ = self.browser.client.delete_cookie("talk").await;
            self.open("/").await;
            self.fill("text", question).await;
            self.press(".ask button").await;
            let said = self.reads(".talk > li.bot:last-child").await;
            if said.contains(words) {
                return said;
            }
            assert!(begun.elapsed() < patience, "{question}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_written_sent_back_published_outdated_and_marked_when_its_source_changes() {
    let Some(browser) = browser(1200).await else { return };
    let program = tokio::task::spawn_blocking(start).await.unwrap();
    let person = Person { browser: &browser, address: program.address.clone() };

    person.joins(&program.invitation(), "ana").await;
    let (author, reviewer) = (person.invites("author").await, person.invites("reviewer").await);
    browser.client.delete_all_cookies().await.unwrap();
    person.joins(&reviewer, "rosa").await;
    browser.client.delete_all_cookies().await.unwrap();
    person.joins(&author, "jean").await;

    person.open("/console/new-entry").await;
    person.choose("topic", "health").await;
    person.choose("service", "migrant-help").await;
    person.fill("question", "¿Dónde hay dentista gratis?").await;
    person.fill("name", "dentist").await;
    person.press("main form button").await;
    person.find("#answer").await;
    person.open(&format!("{ENTRY}/facts")).await;
    person.tick("[name=sources][value=decree-67]").await;
    person.press("button[value=submit]").await;
    person.find(".done").await;
    let spanish = "me duele una muela\nnecesito un dentista gratis\ndonde me sacan la muela sin plata";
    person.writes("es", ("¿Dónde hay dentista gratis?", "Pida hora dental en su CESFAM.", spanish), "meaning").await;
    let kreyol = "dan m ap fè m mal\nm bezwen yon dantis gratis\nki kote yo rache dan san lajan";
    person
        .writes(
            "ht",
            ("Ki kote ki gen dantis gratis?", "Mande yon randevou dantis nan CESFAM ou.", kreyol),
            "translation",
        )
        .await;
    person.open("/console/review/entry/health/dentist").await;
    assert!(
        person.browser.client.find(Locator::Css("button[value=accept]")).await.is_err(),
        "an author cannot publish"
    );

    person.signs_in("rosa").await;
    person.open("/console/review/entry/health/dentist").await;
    person.fill("reason", "Falta decir que es gratis.").await;
    person.press("button[value=back]").await;
    person.find(".done").await;
    person.signs_in("jean").await;
    person.open(&format!("{ENTRY}/facts")).await;
    person.press("button[value=submit]").await;
    person.find(".done").await;
    person
        .writes(
            "es",
            ("¿Dónde hay dentista gratis?", "Pida hora dental en su CESFAM. Es **gratis**.", spanish),
            "meaning",
        )
        .await;
    person
        .writes(
            "ht",
            ("Ki kote ki gen dantis gratis?", "Mande yon randevou dantis nan CESFAM ou. Li **gratis**.", kreyol),
            "translation",
        )
        .await;
    person.signs_in("rosa").await;
    person.accepts().await;

    for (question, words) in
        [("necesito un dentista gratis", "hora dental"), ("m bezwen yon dantis gratis", "randevou dantis")]
    {
        let said = person.hears_within(LIVE, question, words).await;
        assert!(said.contains("Oficina de Migrantes de Quilicura"), "who stands behind it: {said}");
    }

    person.signs_in("jean").await;
    person
        .writes(
            "es",
            ("¿Dónde hay dentista gratis?", "Pida hora dental en el hospital. Es **gratis**.", spanish),
            "meaning",
        )
        .await;
    person.signs_in("rosa").await;
    person.accepts().await;
    person.open("/console/entries?state=outdated&lang=ht").await;
    assert!(person.reads("tbody").await.contains("health/dentist"), "the Kreyòl is outdated on the board");

    person.open("/console/sources/decree-67").await;
    person.fill("what", "Nuevo reglamento").await;
    person.press("form[action$='/changed'] button").await;
    person.find(".done").await;
    let said = person.hears("necesito un dentista gratis", "Las reglas cambiaron").await;
    assert!(said.contains("en el hospital"), "{said}");
}

/// What axe-core, a checker of accessibility, finds serious on the page that is open.
async fn serious(browser: &Browser, axe: &str) -> Vec<String> {
    let client = &browser.client;
    client.execute(axe, Vec::new()).await.unwrap();
    let run = "const done = arguments[arguments.length - 1]; axe.run({ resultTypes: ['violations'] }) \
         .then(found => done(found.violations.filter(one => one.impact === 'serious' || one.impact === 'critical') \
         .map(one => one.id + ': ' + one.nodes.map(node => node.html).slice(0, 3).join(' | '))), \
         failure => done(['axe-core failed: ' + failure]));";
    let found = client.execute_async(run, Vec::new()).await.unwrap();
    serde_json::from_value(found).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_checker_of_accessibility_finds_nothing_serious_on_any_page_and_nothing_stands_out_on_a_phone() {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/node_modules/axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(&axe) else { return crate::needs::missing("axe-core (npm)") };
    const PHONE: u32 = 360;
    let Some(browser) = browser_with_javascript(PHONE).await else { return };
    let site = super::console().await;
    let samples = super::pages::samples(&site).await;
    super::clerk(&site, "axe-admin", ventanilla::domain::staff::account::Role::Administrator).await;
    let person = Person { browser: &browser, address: site.address.clone() };
    let mut wrong = Vec::new();
    person.open("/console/sign-in").await;
    wrong.extend(serious(&browser, &axe).await.into_iter().map(|found| format!("/console/sign-in {found}")));
    person.signs_in("axe-admin").await;
    for path in samples {
        person.open(&path).await;
        wrong.extend(serious(&browser, &axe).await.into_iter().map(|found| format!("{path} {found}")));
        let wide = browser.client.execute("return document.documentElement.scrollWidth", Vec::new()).await.unwrap();
        if wide.as_u64() > Some(u64::from(PHONE)) {
            wrong.push(format!("{path} is {wide} pixels wide"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
