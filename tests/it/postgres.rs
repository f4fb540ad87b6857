//! A PostgreSQL server of the tests' own, started once, with a database for each test.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, mpsc};
use std::thread;

use sqlx::{Connection, Executor, PgConnection};
use tempfile::TempDir;

use crate::needs::missing;

/// The server of most tests, without a database's name, or nothing where PostgreSQL is not on the machine.
static SERVER: LazyLock<Option<String>> = LazyLock::new(shared);
static DATABASES: AtomicUsize = AtomicUsize::new(0);

/// The address of a new, empty database; nothing where the test has to be skipped.
pub async fn database() -> Option<String> {
    let Some(server) = tokio::task::spawn_blocking(|| SERVER.clone()).await.unwrap() else {
        missing("PostgreSQL");
        return None;
    };
    Some(create(&server).await)
}

/// The address of a new database that holds what another one holds, which nobody has open.
pub async fn copy(address: &str) -> String {
    let (server, name) = address.rsplit_once('/').unwrap();
    create_by(server, &format!("TEMPLATE {name}")).await
}

async fn create(server: &str) -> String {
    create_by(server, "").await
}

async fn create_by(server: &str, how: &str) -> String {
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::SeqCst));
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name} {how}"))).await.unwrap();
    format!("{server}/{name}")
}

/// Starts a server that lives as long as the tests: it ends with the thread that started it.
fn shared() -> Option<String> {
    let (ready, started) = mpsc::channel();
    thread::spawn(move || {
        let server = Server::start(false);
        ready.send(server.as_ref().map(Server::address)).unwrap();
        loop {
            thread::park();
        }
    });
    started.recv().unwrap()
}

/// A server of one's own, which writes every commit to the disk where it is durable; it ends with the thread that
/// started it.
pub struct Server {
    bin: PathBuf,
    folder: TempDir,
    port: u16,
    durable: bool,
    process: Child,
}

impl Server {
    /// Makes and starts it; nothing where PostgreSQL is not on the machine.
    pub fn start(durable: bool) -> Option<Server> {
        let bin = programs()?;
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            let user = |flag| {
                let id = Command::new("id").args([flag, "postgres"]).output().unwrap();
                String::from_utf8(id.stdout).unwrap().trim().parse::<u32>().unwrap()
            };
            chown(folder.path(), Some(user("-u")), Some(user("-g"))).unwrap();
        }
        let made = as_its_user(&bin.join("initdb"))
            .args(["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C", "-D"])
            .arg(folder.path().join("data"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = run(&bin, &folder, port, durable);
        Some(Server { bin, folder, port, durable, process })
    }

    /// Its address without a database's name.
    pub fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}", self.port)
    }

    /// The address of a new, empty database.
    pub async fn database(&self) -> String {
        create(&self.address()).await
    }

    /// Stops it, as for an upgrade, and starts it again.
    pub fn restart(&mut self) {
        self.stop();
        self.process = run(&self.bin, &self.folder, self.port, self.durable);
    }

    /// Breaks off all connections and what they do.
    fn stop(&mut self) {
        Command::new("kill").args(["-INT", &self.process.id().to_string()]).status().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The folder of the newest server's programs on this machine.
pub fn programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> =
        std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|v| v.path().join("bin")).collect();
    versions.retain(|bin| bin.join("initdb").exists());
    versions.sort();
    versions.pop()
}

/// PostgreSQL refuses to run as root, so there it runs as the user that its package made.
fn as_its_user(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=INT"]).arg(program);
        command
    } else {
        let mut command = Command::new("setpriv");
        command.arg("--pdeathsig=INT").arg(program);
        command
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

fn run(bin: &Path, folder: &TempDir, port: u16, durable: bool) -> Child {
    let folder = folder.path();
    let mut server = as_its_user(&bin.join("postgres"))
        .args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", &format!("port={port}")])
        .args(["-c", if durable { "fsync=on" } else { "fsync=off" }])
        .args(["-c", &format!("unix_socket_directories={}", folder.display()), "-D"])
        .arg(folder.join("data"))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("ready to accept connections")), "PostgreSQL did not start");
    // Its log has to be read, or it stands still when the pipe is full.
    thread::spawn(move || lines.for_each(drop));
    server
}
