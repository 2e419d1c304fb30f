//! How often the command waits for a server's answer.

use std::fs;
use std::time::Duration;
use std::time::SystemTime;

use limbeck_core::driver::DatabaseUrl;
use limbeck_testkit::TurnCounter;

use super::Place;
use super::Session;

#[tokio::test]
async fn a_no_op_costs_a_session_and_one_question() {
    for place in Place::everywhere() {
        let server = place.url.server().unwrap();
        let counter =
            TurnCounter::before(format!("{}:{}", server.host.unwrap(), server.port.unwrap())).unwrap();
        let url = counter.url(&place.url_text);
        place.connect_by(&url);
        for (id, directives) in [("a1", ""), ("b2", "revises a1")] {
            let create = format!("CREATE TABLE {id} (id BIGINT PRIMARY KEY);");
            let drop = format!("DROP TABLE {id};");
            place.project.revision(id, directives, "Add", &create, &drop);
            let file = place.project.path(&format!("migrations/{id}_add.sql"));
            let file = fs::File::options().write(true).open(file).unwrap();
            let before = SystemTime::now() - Duration::from_secs(60);
            file.set_modified(before).unwrap();
        }
        place.project.good("upgrade");
        counter.take();

        let url: DatabaseUrl = url.parse().unwrap();
        let mut session = Session::open(place.engine, &url).await;
        session.rows("SELECT 1").await;
        session.0.close().await.unwrap();
        let session_and_question = counter.take();

        let cache = place.project.path("cache");
        for what in ["the files are read", "the files are known"] {
            let variables = [("XDG_CACHE_HOME", cache.to_str().unwrap())];
            let ran = place.project.run(&["upgrade"], &variables);
            assert_eq!(ran.code, 0, "{}", ran.whole());
            assert!(ran.out.starts_with("nothing to do"), "{}", ran.out);
            assert_eq!(counter.take(), session_and_question, "{}: {what}", place.engine);
            assert!(cache.exists(), "{}", place.engine);
        }
    }
}
