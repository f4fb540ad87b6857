//! The HTTP server: limits on the time for a request's head, on idle time, and on the number of connections.

use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

use super::limits::neighbourhood;

/// Delay before the next attempt when the system cannot accept a connection.
const NO_ROOM: Duration = Duration::from_millis(200);

/// The limits of a server.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Time limit for a request's head, and for an idle connection before the next request.
    pub head: Duration,
    /// Most connections at a time; further ones wait.
    pub connections: usize,
    /// Most connections per network; `None` behind a proxy, from which all connections come.
    pub of_a_network: Option<usize>,
}

impl Bounds {
    /// For a server that people reach directly, or through our own proxy.
    pub fn new(behind_proxy: bool) -> Bounds {
        let of_a_network = (!behind_proxy).then_some(100);
        Bounds { head: Duration::from_secs(15), connections: 1000, of_a_network }
    }

    /// For the metrics address: few programs use it, and its connections do not count against those of people.
    pub fn of_metrics() -> Bounds {
        Bounds { head: Duration::from_secs(15), connections: 20, of_a_network: None }
    }
}

/// The number of connections per network.
#[derive(Debug, Default)]
struct Networks(Mutex<HashMap<IpAddr, usize>>);

/// A connection counted for its network; dropping it releases the count.
struct Seat {
    networks: Arc<Networks>,
    network: IpAddr,
}

impl Networks {
    /// Counts a connection if the network has fewer than `most`.
    fn enter(self: &Arc<Networks>, network: IpAddr, most: Option<usize>) -> Option<Seat> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(network).or_default();
        if most.is_some_and(|most| *count >= most) {
            return None;
        }
        *count += 1;
        Some(Seat { networks: Arc::clone(self), network })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.networks.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.network);
            }
        }
    }
}

/// Serves until `stop` resolves; then finishes running requests and closes idle connections.
pub async fn serve(listener: TcpListener, routes: Router, bounds: Bounds, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    let (places, networks) = (Arc::new(Semaphore::new(bounds.connections)), Arc::new(Networks::default()));
    let graceful = GracefulShutdown::new();
    loop {
        // Connections above the limit wait in the system's accept queue, which costs the program nothing.
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.ok()?;
            Some((place, accept(&listener).await))
        };
        let next = tokio::select! {
            () = &mut stop => None,
            next = next => next,
        };
        let Some((place, (stream, peer))) = next else { break };
        let network = neighbourhood(peer.ip().to_canonical());
        if let Some(seat) = networks.enter(network, bounds.of_a_network) {
            connect(stream, peer, routes.clone(), bounds.head, (place, seat), &graceful);
        }
    }
    drop(listener);
    graceful.shutdown().await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(NO_ROOM).await;
            }
        }
    }
}

fn connect(
    stream: TcpStream,
    peer: SocketAddr,
    routes: Router,
    head: Duration,
    held: (OwnedSemaphorePermit, Seat),
    graceful: &GracefulShutdown,
) {
    // Sends small responses immediately.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        routes.clone().oneshot(request)
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(head);
    let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        let _held = held;
        // A disconnect or a timeout of the browser is not our error.
        let _ = connection.await;
    });
}
