//! Hooks of runs on servers: in their order, killed, and without the lock that they ran under.

use limbeck_testkit::Engine;
use serde_json::json;

use super::Place;
use super::Session;
use super::pooler::pooled;
use crate::project::WAITS;
use crate::project::finish;

/// Two revisions, and hooks.
fn history(place: &Place, hooks: &str) {
    place.project.write("limbeck.toml", format!("[hooks]\n{hooks}"));
    for (id, parent) in [("a1", ""), ("b2", "revises a1")] {
        let (up, down) = (
            format!("CREATE TABLE t_{id} (id BIGINT PRIMARY KEY);\nINSERT INTO t_{id} (id) VALUES (1);"),
            format!("DROP TABLE t_{id};"),
        );
        place.project.revision(id, parent, "Add a table", &up, &down);
    }
}

impl Place {
    /// The session that holds the migration lock.
    fn holder(&self) -> &'static str {
        match self.engine {
            Engine::Postgres => {
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' \
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            }
            _ => {
                "SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id()"
            }
        }
    }

    async fn tables(&self, session: &mut Session) -> Vec<String> {
        let schema = match self.engine {
            Engine::Postgres => "current_schema()",
            _ => "database()",
        };
        let sql = format!(
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = {schema} \
             AND table_name LIKE 't\\_%' ORDER BY 1"
        );
        session.rows(&sql).await
    }
}

#[tokio::test]
async fn hooks_are_called_in_order_and_one_that_fails_stops_the_run_there() {
    for place in Place::everywhere() {
        let hooks = "before_run = [\"echo before_run >> heard\"]\nbefore_step = [\"echo before_step >> heard; ! test -e stop\"]\n\
            after_step = [\"echo after_step >> heard; touch stop\"]\nafter_run = [\"echo after_run >> heard\"]\n\
            on_failure = [\"cat > failure.json; echo on_failure >> heard\"]\n";
        history(&place, hooks);
        let ran = place.project.limbeck("upgrade");
        assert_eq!(ran.code, 2, "{}: {}", place.word(), ran.whole());
        let heard = place.project.read("heard");
        let expected = [
            "before_run",
            "before_step",
            "after_step",
            "before_step",
            "on_failure",
        ];
        assert_eq!(heard.lines().collect::<Vec<_>>(), expected, "{}", place.word());
        let failure: serde_json::Value = serde_json::from_str(&place.project.read("failure.json")).unwrap();
        assert_eq!(failure["step"]["revision"], json!("b2"));
        assert_eq!(failure["step"]["tables"], json!(["t_b2"]));
        let password = place.url.server().unwrap().password.unwrap();
        let url = failure["database"]["url"].as_str().unwrap();
        assert!(
            url.contains(":***@") && !url.contains(&format!(":{}@", password.reveal())),
            "{url}"
        );
        let mut session = place.session().await;
        assert_eq!(place.tables(&mut session).await, ["t_a1"], "{}", place.word());
        std::fs::remove_file(place.project.path("stop")).unwrap();
        place.project.good("upgrade b2");
        assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{}", place.word());
    }
}

#[tokio::test]
async fn after_a_kill_in_a_hook_the_next_run_goes_on() {
    for hook in ["before_run", "before_step", "after_step", "after_run"] {
        for place in Place::everywhere() {
            history(&place, &format!("{hook} = [\"{WAITS}\"]\n"));
            let mut child = place.project.begun(&["upgrade"]);
            child.kill().unwrap();
            child.wait().unwrap();
            place.project.write("go", "");
            let ran = place.project.limbeck("upgrade");
            let what = format!("{} {hook}: {}", place.word(), ran.whole());
            assert_eq!(ran.code, 0, "{what}");
            assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{what}");
        }
    }
}

/// The lock goes with the session, so that somebody else may hold it when the hook comes to its end.
#[tokio::test]
async fn a_run_whose_session_was_ended_in_a_hook_changes_nothing() {
    for place in Place::everywhere() {
        history(
            &place,
            &format!("before_step = [\"{WAITS}\"]\non_failure = [\"touch failed\"]\n"),
        );
        let child = place.project.begun(&["upgrade"]);
        let mut session = place.session().await;
        let ids = session.rows(place.holder()).await;
        assert_eq!(ids.len(), 1, "{}: {ids:?}", place.word());
        match place.engine {
            Engine::Postgres => {
                session
                    .rows(&format!("SELECT pg_terminate_backend({})", ids[0]))
                    .await
            }
            _ => session.rows(&format!("KILL {}", ids[0])).await,
        };
        place.project.write("go", "");
        let ran = finish(child);
        assert_eq!(ran.code, 2, "{}: {}", place.word(), ran.whole());
        assert!(place.project.path("failed").exists());
        assert_eq!(place.tables(&mut session).await, [""; 0], "{}", place.word());
        place.project.good("upgrade");
        assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{}", place.word());
    }
}

#[tokio::test]
async fn a_run_whose_lease_was_taken_over_in_a_hook_changes_nothing() {
    let Some((place, _pooler)) = pooled() else { return };
    history(&place, &format!("before_step = [\"{WAITS}\"]\n"));
    let child = place.project.begun(&["upgrade"]);
    let mut session = place.session().await;
    session
        .rows("UPDATE limbeck_lock SET token = token + 1, owner = 'somebody'")
        .await;
    place.project.write("go", "");
    let ran = finish(child);
    assert_eq!(ran.code, 2, "{}", ran.whole());
    assert!(
        ran.err
            .contains("the migration lock was lost before upgrade of a1"),
        "{}",
        ran.whole()
    );
    assert_eq!(place.tables(&mut session).await, [""; 0]);
}

/// While a hook runs, the run gives signs of life: nobody takes its lease over, however long that is.
#[tokio::test]
async fn a_lease_lives_through_a_hook_that_takes_longer_than_it() {
    let Some((place, _pooler)) = pooled() else { return };
    history(&place, "before_run = [\"touch begun; sleep 4\"]\n");
    let text = place.project.read("limbeck.toml");
    place
        .project
        .write("limbeck.toml", format!("{text}[timeouts]\nlease = \"1s\"\n"));
    let first = place.project.begun(&["upgrade"]);
    let second = place.project.start(&["upgrade"]);
    let (first, second) = (finish(first), finish(second));
    assert_eq!(first.code, 0, "{}", first.whole());
    assert!(!second.err.contains("no sign of life"), "{}", second.whole());
    assert_eq!(
        second.out,
        "nothing to do; the database is at b2\n",
        "{}",
        second.whole()
    );
    assert_eq!(place.applied().await, ["a1|1", "b2|1"]);
}
