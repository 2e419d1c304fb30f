//! How often a client waits for its server.

use std::io;
use std::io::Read;
use std::io::Write;
use std::net::Shutdown;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::thread::JoinHandle;

/// Stands before a server and counts turns: how often a client begins to speak, after the server has. What a client sends
/// at once is one turn, however many statements it holds, and over a network each turn costs a way there and back. It ends
/// when it is dropped.
#[derive(Debug)]
pub struct TurnCounter {
    address: SocketAddr,
    turns: Arc<Counted>,
    is_over: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Counted {
    turns: Mutex<Turns>,
    ended: Condvar,
}

#[derive(Debug, Default)]
struct Turns {
    client_speaks: bool,
    count: usize,
    /// The directions of connections that are open.
    open: usize,
}

impl Counted {
    fn lock(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TurnCounter {
    /// Stands before the server at `host:port`.
    ///
    /// # Errors
    /// There is no port to listen on.
    pub fn before(server: impl Into<String>) -> io::Result<Self> {
        let server = server.into();
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let turns = Arc::new(Counted::default());
        let is_over = Arc::new(AtomicBool::new(false));
        let (counted, ended) = (Arc::clone(&turns), Arc::clone(&is_over));
        let accepting = thread::spawn(move || {
            let mut carrying = Vec::new();
            for client in listener.incoming().map_while(Result::ok) {
                if ended.load(Ordering::SeqCst) {
                    break;
                }
                // A client that is not connected through sees the end of its connection.
                if let Ok(threads) = pass_on(&client, &server, &counted) {
                    carrying.extend(threads);
                }
            }
            for thread in carrying {
                let _ = thread.join();
            }
        });
        Ok(Self {
            address,
            turns,
            is_over,
            accepting: Some(accepting),
        })
    }

    /// The same URL by way of here, and without encryption, whose handshake would count.
    pub fn url(&self, url: &str) -> String {
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let (user, rest) = rest.rsplit_once('@').unwrap_or(("", rest));
        let (_, database) = rest.split_once('/').unwrap_or_default();
        format!("{scheme}://{user}@{}/{database}?sslmode=disable", self.address)
    }

    /// The turns since this was asked last, goodbyes included: waits for the end of all connections.
    pub fn take(&self) -> usize {
        let turns = self.turns.lock();
        let waited = self.turns.ended.wait_while(turns, |turns| turns.open > 0);
        std::mem::take(&mut *waited.unwrap_or_else(PoisonError::into_inner)).count
    }
}

impl Drop for TurnCounter {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // So that it looks.
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

fn pass_on(client: &TcpStream, server: &str, counted: &Arc<Counted>) -> io::Result<[JoinHandle<()>; 2]> {
    let server = TcpStream::connect(server)?;
    let carried = |from: &TcpStream, to: &TcpStream, is_client| {
        let (from, to, counted) = (from.try_clone()?, to.try_clone()?, Arc::clone(counted));
        counted.lock().open += 1;
        io::Result::Ok(thread::spawn(move || {
            carry(from, to, is_client, &counted);
            counted.lock().open -= 1;
            counted.ended.notify_all();
        }))
    };
    Ok([carried(client, &server, true)?, carried(&server, client, false)?])
}

fn carry(mut from: TcpStream, mut to: TcpStream, is_client: bool, counted: &Counted) {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer).unwrap_or(0);
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        {
            // Before it is passed on: what follows from it comes after it.
            let mut turns = counted.lock();
            turns.count += usize::from(is_client && !turns.client_speaks);
            turns.client_speaks = is_client;
        }
        if to.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
