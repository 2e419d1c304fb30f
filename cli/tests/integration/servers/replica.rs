//! Servers that only read.

use std::fs;

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
fn only_read(server: &mut PrivateServer, place: &Place) -> bool {
    match server.engine() {
        Engine::Postgres => {
            server.stop();
            let Some(folder) = server.folder().map(|folder| folder.join("data/standby.signal")) else {
                eprintln!("skipped: the folder of this server cannot be written");
                return false;
            };
            fs::write(folder, "").unwrap();
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
    true
}

#[tokio::test]
async fn a_replica_says_where_it_is_and_is_not_changed() {
    for engine in Engine::ALL {
        let Some(mut server) = Server::private(engine) else {
            continue;
        };
        let place = Place::of(&mut server);
        begun(&place);
        if !only_read(&mut server, &place) {
            continue;
        }
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
