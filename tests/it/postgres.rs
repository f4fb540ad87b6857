//! A PostgreSQL server of the tests' own, started once, with a database for each test.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, mpsc};
use std::thread;

use sqlx::{Connection, Executor, PgConnection};

use crate::needs::missing;

/// The server's address without a database's name, or nothing where PostgreSQL is not on the machine.
static SERVER: LazyLock<Option<String>> = LazyLock::new(start);
static DATABASES: AtomicUsize = AtomicUsize::new(0);

/// The address of a new, empty database; nothing where the test has to be skipped.
pub async fn database() -> Option<String> {
    let Some(server) = tokio::task::spawn_blocking(|| SERVER.clone()).await.unwrap() else {
        missing("PostgreSQL");
        return None;
    };
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::SeqCst));
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    Some(format!("{server}/{name}"))
}

fn programs() -> Option<PathBuf> {
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

fn start() -> Option<String> {
    let bin = programs()?;
    let (ready, port) = mpsc::channel();
    // The server ends with the thread that started it, so that thread lives as long as the tests.
    thread::spawn(move || {
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            let user = |flag| {
                let id = Command::new("id").args([flag, "postgres"]).output().unwrap();
                String::from_utf8(id.stdout).unwrap().trim().parse::<u32>().unwrap()
            };
            chown(folder.path(), Some(user("-u")), Some(user("-g"))).unwrap();
        }
        let data = folder.path().join("data");
        let made = as_its_user(&bin.join("initdb"))
            .args(["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C", "-D"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = as_its_user(&bin.join("postgres"))
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"])
            .args([
                "-c",
                &format!("port={port}"),
                "-c",
                &format!("unix_socket_directories={}", folder.path().display()),
                "-D",
            ])
            .arg(&data)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("ready to accept connections")), "PostgreSQL did not start");
        ready.send(port).unwrap();
        // Its log has to be read, or it stands still when the pipe is full.
        lines.for_each(drop);
        server.wait().unwrap();
    });
    let port: u16 = port.recv().unwrap();
    Some(format!("postgres://postgres@127.0.0.1:{port}"))
}
