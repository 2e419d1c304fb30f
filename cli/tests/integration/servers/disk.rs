//! Servers whose disk is full.

use limbeck_testkit::Engine;
use limbeck_testkit::PrivateOptions;

use super::Place;
use crate::project::kind;

/// Rows of a kilobyte, some megabytes of them.
fn rows(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => {
            "INSERT INTO one SELECT number, repeat(md5(number::text), 32) FROM generate_series(1, 20000) AS number;"
        }
        Engine::MySql => {
            "INSERT INTO one WITH RECURSIVE numbers AS (SELECT 1 AS number UNION ALL SELECT number + 1 FROM numbers \
             WHERE number < 1000) SELECT a.number * 1000 + b.number, repeat(sha2(b.number, 256), 16) \
             FROM numbers AS a JOIN numbers AS b ON a.number <= 20;"
        }
        Engine::MariaDb => "INSERT INTO one SELECT seq, repeat(md5(seq), 32) FROM seq_1_to_20000;",
    }
}

#[tokio::test]
async fn what_a_full_disk_has_stopped_goes_on_when_there_is_room() {
    for engine in Engine::ALL {
        let size = if engine == Engine::Postgres { 200 } else { 300 };
        let Some(mut server) = PrivateOptions::new(engine).disk(size).start() else {
            continue;
        };
        let place = Place::of(&mut server);
        let word = place.word();
        place.project.write(
            "migrations/a1.sql",
            format!(
                "-- limbeck:revision a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade {word}\n\
                 CREATE TABLE one (id BIGINT PRIMARY KEY, body TEXT);\nCREATE TABLE two (n BIGINT);\nINSERT INTO two VALUES (0);\n"
            ),
        );
        place.project.write(
            "migrations/b2.sql",
            format!(
                "-- limbeck:revision b2\n-- limbeck:revises a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade {word}\n\
                 UPDATE two SET n = n + 1;\n{}\nUPDATE two SET n = n + 10;\n",
                rows(engine)
            ),
        );
        place.project.good("upgrade a1");
        server.fill_disk();
        let (code, word) = kind(&place.project, "upgrade");
        assert_eq!(
            (code, word.as_str()),
            (2, "disk_full"),
            "{engine}: {}",
            place.project.limbeck("upgrade").whole()
        );
        let ran = place.project.limbeck("upgrade");
        let what = format!("{engine}: {}", ran.whole());
        // The journal needs room, too.
        let places = ["b2.sql:7", "upgrade of b2 failed while it was recorded"];
        assert!(places.iter().any(|place| ran.err.contains(place)), "{what}");
        assert!(ran.err.contains("make room on the"), "{what}");
        assert!(ran.err.contains("nothing of b2 was kept"), "{what}");
        server.free_disk();
        let ran = place.project.limbeck("upgrade");
        let what = format!("{engine}: {}", ran.whole());
        assert_eq!(ran.code, 0, "{what}");
        let mut look = place.session().await;
        assert_eq!(look.rows("SELECT n FROM two").await, ["11"], "{what}");
        assert_eq!(look.rows("SELECT count(*) FROM one").await, ["20000"], "{what}");
        assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{what}");
    }
}
