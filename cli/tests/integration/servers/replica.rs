//! Servers that only read.

use limbeck_testkit::Engine;
use limbeck_testkit::PrivateServer;
use limbeck_testkit::Server;
use serde_json::json;

use super::Place;
use crate::project::is;

/// Two revisions, of which the first is applied.
fn begun(place: &Place) {
    for (id, directives) in [("a1", ""), ("b2", "revises a1")] {
        place.project.revision(
            id,
            directives,
            "Add a table",
            &format!("CREATE TABLE {id} (id BIGINT PRIMARY KEY);"),
            &format!("DROP TABLE {id};"),
        );
    }
    place.project.good("upgrade a1");
}

/// Makes a server one that only reads, for all but those who may write there.
fn only_read(server: &mut PrivateServer, place: &Place) {
    match server.engine() {
        Engine::Postgres => {
            // By the server itself, whose folder may be in a container.
            server.rows("COPY (SELECT 1) TO PROGRAM 'cat > standby.signal'");
            server.stop();
            server.start();
        }
        Engine::MySql => {
            server.rows("SET GLOBAL super_read_only = ON");
        }
        Engine::MariaDb => {
            let database = place.database_name();
            server.rows("CREATE USER guest@'%' IDENTIFIED BY 'gu3st'");
            server.rows(&format!("GRANT ALL ON {database}.* TO guest@'%'"));
            server.rows("SET GLOBAL read_only = ON");
            let (_, address) = place.url_text.split_once('@').unwrap();
            place.connect_by(&format!("mariadb://guest:gu3st@{address}"));
        }
    }
}

#[tokio::test]
async fn a_replica_says_where_it_is_and_is_not_changed() {
    for engine in Engine::ALL {
        let Some(mut server) = Server::private(engine) else {
            continue;
        };
        let place = Place::of(&mut server);
        begun(&place);
        only_read(&mut server, &place);
        is(&place.project, "upgrade", 2, "permission");
        let ran = place.project.limbeck("upgrade");
        let what = format!("{engine}: {}", ran.whole());
        assert!(
            ["replica", "only reads"]
                .iter()
                .any(|word| ran.err.contains(word)),
            "{what}"
        );
        assert!(ran.err.contains("connect to the"), "{what}");
        let (code, current) = place.project.json("current");
        assert_eq!((code, current), (0, json!({"revisions": ["a1"]})), "{engine}");
        let status = place.project.good("status");
        assert!(status.contains("b2"), "{engine}: {status}");
    }
}
