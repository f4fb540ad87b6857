//! The server bounds what a connection may cost: the head of a request, idle time, how many there are.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::timeout;
use ventanilla::web::{Bounds, Settings, routes, serve};

use crate::fixtures::{TestDb, app, sqlite};

/// Long enough for a loaded machine.
const PATIENCE: Duration = Duration::from_secs(20);
const ASK: &[u8] = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n";

struct Server {
    address: String,
    stop: Option<oneshot::Sender<()>>,
    ended: tokio::task::JoinHandle<()>,
    _db: TestDb,
}

async fn server(bounds: Bounds) -> Server {
    let db = sqlite().await;
    let routes = routes(std::sync::Arc::new(app(&db)), Settings::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    let ended = tokio::spawn(serve(listener, routes, bounds, async move {
        let _ = stopped.await;
    }));
    Server { address, stop: Some(stop), ended, _db: db }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).await.unwrap()
    }
}

/// Asks for a page and reads the answer's first bytes.
async fn asks(stream: &mut TcpStream) -> String {
    stream.write_all(ASK).await.unwrap();
    let mut bytes = [0; 4096];
    let read = timeout(PATIENCE, stream.read(&mut bytes)).await.expect("an answer in time").unwrap();
    String::from_utf8_lossy(&bytes[..read]).into_owned()
}

/// Whether the server ends the connection by itself.
async fn is_ended(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut rest)).await.is_ok()
}

fn quick() -> Bounds {
    Bounds { head: Duration::from_millis(300), connections: 100, of_a_network: None }
}

#[tokio::test]
async fn a_head_that_does_not_come_and_a_connection_that_lies_idle_are_ended() {
    let server = server(quick()).await;
    let mut slow = server.connect().await;
    slow.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
    assert!(is_ended(&mut slow).await, "half a head");
    let mut silent = server.connect().await;
    assert!(is_ended(&mut silent).await, "no head at all");
    let mut idle = server.connect().await;
    assert!(asks(&mut idle).await.starts_with("HTTP/1.1 200"));
    assert!(asks(&mut idle).await.starts_with("HTTP/1.1 200"), "a connection serves more than one request");
    assert!(is_ended(&mut idle).await, "nothing after an answer");
}

#[tokio::test]
async fn a_network_has_so_many_connections_and_no_more() {
    let patient = Bounds { head: PATIENCE * 2, ..quick() };
    let server = server(Bounds { of_a_network: Some(2), ..patient }).await;
    let (mut one, mut two) = (server.connect().await, server.connect().await);
    assert!(asks(&mut one).await.starts_with("HTTP/1.1 200"));
    assert!(asks(&mut two).await.starts_with("HTTP/1.1 200"));
    let mut three = server.connect().await;
    assert!(is_ended(&mut three).await);
    drop(one);
    let again = async {
        loop {
            let mut next = server.connect().await;
            let asked = next.write_all(ASK).await;
            let mut byte = [0];
            if asked.is_ok() && next.read(&mut byte).await.is_ok_and(|read| read > 0) {
                break;
            }
        }
    };
    timeout(PATIENCE, again).await.expect("a place that is left is free");
}

#[tokio::test]
async fn over_the_bound_connections_wait_until_one_is_free() {
    let server = server(Bounds { head: PATIENCE * 2, connections: 1, of_a_network: None }).await;
    let mut one = server.connect().await;
    assert!(asks(&mut one).await.starts_with("HTTP/1.1 200"));
    let mut two = server.connect().await;
    two.write_all(ASK).await.unwrap();
    let mut byte = [0];
    assert!(timeout(Duration::from_millis(300), two.read(&mut byte)).await.is_err(), "it waits");
    drop(one);
    assert_eq!(timeout(PATIENCE, two.read(&mut byte)).await.expect("its turn comes").unwrap(), 1);
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_ends_idle_connections() {
    let mut server = server(Bounds { head: PATIENCE * 2, ..quick() }).await;
    let mut idle = server.connect().await;
    assert!(asks(&mut idle).await.starts_with("HTTP/1.1 200"));
    server.stop.take().unwrap().send(()).unwrap();
    timeout(PATIENCE, &mut server.ended).await.expect("it stops").unwrap();
    assert!(is_ended(&mut idle).await);
}
