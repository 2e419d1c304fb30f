//! How often the command waits for a server's answer.

use std::fs;
use std::io::Read;
use std::io::Write;
use std::net::Shutdown;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;
use std::time::SystemTime;

use limbeck_core::driver::DatabaseUrl;

use super::Place;
use super::Session;

/// Stands before a server and counts how often a client begins to speak. It ends with this value.
struct Proxy {
    address: SocketAddr,
    turns: Arc<Mutex<Turns>>,
    over: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Turns {
    client_speaks: bool,
    count: usize,
}

impl Proxy {
    fn before(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (turns, over) = (
            Arc::new(Mutex::new(Turns::default())),
            Arc::new(AtomicBool::new(false)),
        );
        let (counted, ended) = (Arc::clone(&turns), Arc::clone(&over));
        let accepting = std::thread::spawn(move || {
            let mut carrying = Vec::new();
            for client in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    break;
                }
                let client = client.unwrap();
                let server = TcpStream::connect(&server).unwrap();
                for (from, to, is_client) in [(&client, &server, true), (&server, &client, false)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    let turns = Arc::clone(&counted);
                    carrying.push(std::thread::spawn(move || carry(from, to, is_client, &turns)));
                }
            }
            for thread in carrying {
                thread.join().unwrap();
            }
        });
        Self {
            address,
            turns,
            over,
            accepting: Some(accepting),
        }
    }

    /// How often a client has begun to speak since this was asked last.
    fn turns(&self) -> usize {
        std::mem::take(&mut *self.turns.lock().unwrap()).count
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, is_client: bool, turns: &Mutex<Turns>) {
    let mut buffer = vec![0; 65536];
    while let Ok(read) = from.read(&mut buffer) {
        if read == 0 {
            break;
        }
        {
            // Before it is passed on: what follows from it comes after it.
            let mut turns = turns.lock().unwrap();
            turns.count += usize::from(is_client && !turns.client_speaks);
            turns.client_speaks = is_client;
        }
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// A URL with another server in it. In the clear, as a handshake takes as many turns as it likes.
fn by_way_of(proxy: &Proxy, url: &str) -> String {
    let (before, address) = url.split_once('@').unwrap();
    let (_, database) = address.split_once('/').unwrap();
    format!("{before}@{}/{database}?sslmode=disable", proxy.address)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_op_costs_a_session_and_one_question() {
    for place in Place::everywhere() {
        let server = place.url.server().unwrap();
        let proxy = Proxy::before(format!("{}:{}", server.host.unwrap(), server.port.unwrap()));
        let url = by_way_of(&proxy, &place.url_text);
        place.connect_by(&url);
        for (id, directives) in [("a1", ""), ("b2", "revises a1")] {
            let create = format!("CREATE TABLE {id} (id BIGINT PRIMARY KEY);");
            place
                .project
                .revision(id, directives, "Add", &create, &format!("DROP TABLE {id};"));
            let file = place.project.path(&format!("migrations/{id}_add.sql"));
            let file = fs::File::options().write(true).open(file).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(60))
                .unwrap();
        }
        place.project.good("upgrade");
        proxy.turns();

        let url: DatabaseUrl = url.parse().unwrap();
        let mut session = Session::open(place.engine, &url).await;
        session.rows("SELECT 1").await;
        session.0.close().await.unwrap();
        let floor = proxy.turns();

        let cache = place.project.path("cache");
        for what in ["the files are read", "the files are known"] {
            let variables = [("XDG_CACHE_HOME", cache.to_str().unwrap())];
            let ran = place.project.run(&["upgrade"], &variables);
            assert_eq!(ran.code, 0, "{}", ran.whole());
            assert!(ran.out.starts_with("nothing to do"), "{}", ran.out);
            assert_eq!(proxy.turns(), floor, "{}: {what}", place.engine);
            assert!(cache.exists(), "{}", place.engine);
        }
    }
}
