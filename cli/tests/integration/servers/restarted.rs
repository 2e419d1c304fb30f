//! Servers that are down, that start, and that die in the middle of a run.

use std::net::TcpListener;

use limbeck_testkit::Engine;
use limbeck_testkit::Server;

use super::Place;
use super::killed::history;
use crate::project::finish;
use crate::project::is;

#[tokio::test]
async fn a_plain_upgrade_finishes_what_a_server_that_died_had_begun() {
    for engine in Engine::ALL {
        let Some(mut server) = Server::private(engine) else {
            continue;
        };
        let place = Place::of(&mut server);
        history(&place);
        place.project.good("upgrade a1");
        let mut gate = place.session().await;
        gate.rows("BEGIN").await;
        gate.rows("SELECT n FROM one").await;
        let quote = if engine == Engine::Postgres { "\"" } else { "`" };
        let inside = place.inside(&format!("ALTER TABLE {quote}one{quote}"));
        let child = place.project.start(&["upgrade"]);
        place.session().await.until(&inside).await;
        server.kill();
        let ran = finish(child);
        let what = format!("{engine}: {}", ran.whole());
        assert_eq!(ran.code, 2, "{what}");
        assert!(ran.err.contains("b2_change_both.sql:"), "{what}");
        assert!(ran.err.contains("run the same command again"), "{what}");

        is(&place.project, "upgrade", 2, "connect");
        is(&place.project, "wait --timeout 0", 3, "timeout");
        let ran = place.project.limbeck("upgrade");
        let what = format!("{engine}: {}", ran.whole());
        let port = place.url.server().unwrap().port.unwrap();
        assert!(ran.err.contains(&format!("127.0.0.1:{port}")), "{what}");
        assert!(ran.err.contains("`limbeck wait`"), "{what}");

        let waiting = place.project.start(&["wait", "--server", "--timeout", "1h"]);
        server.start();
        let ran = finish(waiting);
        assert_eq!(ran.code, 0, "{engine}: {}", ran.whole());
        let ran = place.project.limbeck("upgrade");
        let what = format!("{engine}: {}", ran.whole());
        assert_eq!(ran.code, 0, "{what}");
        let mut look = place.session().await;
        assert_eq!(look.rows("SELECT n, note FROM one").await, ["1001|x"], "{what}");
        assert_eq!(look.rows("SELECT n FROM two").await, ["111"], "{what}");
        assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{what}");
    }
}

/// Whatever takes the connection and says nothing is no server yet.
#[test]
fn who_takes_a_connection_and_never_answers_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let project = crate::project::Project::with_revisions();
    for scheme in ["postgres", "mysql"] {
        let url = format!("{scheme}://ann:s3cret@{address}/shop?connect_timeout=1");
        let arguments = format!("current --url {url}");
        is(&project, &arguments, 2, "connect");
        let ran = project.limbeck(&arguments);
        assert!(ran.err.contains(&address.to_string()), "{}", ran.whole());
        assert!(!ran.whole().contains("s3cret"), "{}", ran.whole());
    }
}
