//! Processes and sessions that die in the middle of a statement.
//!
//! The statement waits for a lock that the test holds, so the test knows that it is inside.

use limbeck_testkit::Engine;

use super::Place;
use super::Session;
use crate::project::finish;

/// What dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Victim {
    /// The process of the command, by SIGKILL.
    Process,
    /// Its session, by a statement of the server.
    Session,
}

const VICTIMS: [Victim; 2] = [Victim::Process, Victim::Session];

/// The second revision changes rows, then the table, on which the test sits.
pub(super) fn history(place: &Place) {
    place.project.revision(
        "a1",
        "",
        "Add a table",
        "CREATE TABLE one (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);\nINSERT INTO one (id, n) VALUES (1, 1);\n\
         CREATE TABLE two (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);\nINSERT INTO two (id, n) VALUES (1, 1);",
        "DROP TABLE one;",
    );
    place.project.revision(
        "b2",
        "revises a1",
        "Change both",
        "UPDATE two SET n = n + 10;\nALTER TABLE one ADD COLUMN note VARCHAR(20);\nUPDATE two SET n = n + 100;\n\
         UPDATE one SET n = n + 1000, note = 'x';",
        "SELECT 1 FROM one;",
    );
    place
        .project
        .write("limbeck.toml", "[timeouts]\nlock = \"none\"\n");
}

impl Place {
    /// The sessions that wait inside of a statement which begins like this.
    pub(super) fn inside(&self, beginning: &str) -> String {
        match self.engine {
            Engine::Postgres => format!(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '{beginning}%' \
                 AND wait_event_type = 'Lock'"
            ),
            _ => format!(
                "SELECT id FROM information_schema.processlist WHERE db = database() AND info LIKE '{beginning}%' \
                 AND state LIKE 'Waiting%'"
            ),
        }
    }

    /// Kills the victim while it is inside, and waits until it is dead.
    async fn kill(&self, victim: Victim, inside: &str, look: &mut Session) {
        let mut child = self.project.start(&["upgrade"]);
        look.until(inside).await;
        match (victim, self.engine) {
            (Victim::Process, _) => child.kill().unwrap(),
            (Victim::Session, Engine::Postgres) => {
                look.rows(&format!(
                    "SELECT pg_terminate_backend(pid) FROM ({inside}) AS inside"
                ))
                .await;
            }
            (Victim::Session, _) => {
                let ids = look.rows(inside).await;
                look.rows(&format!("KILL {}", ids[0])).await;
            }
        }
        let ran = finish(child);
        match victim {
            Victim::Process => assert_eq!(ran.code, -1, "{}", ran.whole()),
            Victim::Session => assert_eq!(ran.code, 2, "{}", ran.whole()),
        }
    }
}

#[tokio::test]
async fn a_plain_upgrade_finishes_what_died_inside_a_change_of_a_table() {
    for victim in VICTIMS {
        for place in Place::everywhere() {
            history(&place);
            place.project.good("upgrade a1");
            let mut gate = place.session().await;
            gate.rows("BEGIN").await;
            gate.rows("SELECT n FROM one").await;
            let mut look = place.session().await;
            let quote = if place.engine == Engine::Postgres {
                "\""
            } else {
                "`"
            };
            let inside = place.inside(&format!("ALTER TABLE {quote}one{quote}"));
            place.kill(victim, &inside, &mut look).await;
            gate.rows("COMMIT").await;
            let ran = place.project.limbeck("upgrade heads");
            let what = format!("{} {victim:?}: {}", place.word(), ran.whole());
            assert_eq!(ran.code, 0, "{what}");
            assert_eq!(look.rows("SELECT n, note FROM one").await, ["1001|x"], "{what}");
            assert_eq!(look.rows("SELECT n FROM two").await, ["111"], "{what}");
            assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{what}");
        }
    }
}

/// What a server builds goes on when its client has died, and is seen to be there.
#[tokio::test]
async fn a_plain_upgrade_finishes_what_died_while_an_index_was_built() {
    for victim in VICTIMS {
        let Some(place) = Place::on(Engine::Postgres) else {
            return;
        };
        history(&place);
        place.project.write(
            "migrations/b2_change_both.sql",
            "-- limbeck:revision b2\n-- limbeck:revises a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade postgres\n\
             UPDATE two SET n = n + 10;\n-- limbeck:no_transaction\nCREATE INDEX CONCURRENTLY ix_one ON one (n);\n\
             UPDATE two SET n = n + 100;\n",
        );
        place.project.good("upgrade a1");
        let mut gate = place.session().await;
        gate.rows("BEGIN").await;
        gate.rows("UPDATE one SET n = n + 1").await;
        let mut look = place.session().await;
        let inside = place.inside("CREATE INDEX CONCURRENTLY");
        place.kill(victim, &inside, &mut look).await;
        gate.rows("COMMIT").await;
        let ran = place.project.limbeck("upgrade heads");
        let what = format!("{victim:?}: {}", ran.whole());
        assert_eq!(ran.code, 0, "{what}");
        assert_eq!(look.rows("SELECT n FROM two").await, ["111"], "{what}");
        let valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_one'::regclass";
        assert_eq!(look.rows(valid).await, ["t"], "{what}");
        assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{what}");
    }
}

/// The catalogue tells by a name whether a change in the engine's own words has taken effect.
#[tokio::test]
async fn a_plain_upgrade_finishes_what_died_inside_a_native_change_of_a_table() {
    let changes = [
        ("ALTER TABLE one ADD COLUMN note VARCHAR(20)", "note"),
        ("ALTER TABLE one RENAME COLUMN n TO m", "m"),
        ("CREATE INDEX ix_one ON one (n)", "n"),
        (
            "CREATE TRIGGER tr_one BEFORE UPDATE ON one FOR EACH ROW SET NEW.n = NEW.n",
            "n",
        ),
    ];
    let each = changes
        .into_iter()
        .flat_map(|change| VICTIMS.map(|victim| (change, victim)));
    for (((change, column), victim), engine) in
        each.flat_map(|case| [Engine::MySql, Engine::MariaDb].map(|engine| (case, engine)))
    {
        let Some(place) = Place::on(engine) else { continue };
        history(&place);
        let word = place.word();
        place.project.write(
            "migrations/b2_change_both.sql",
            format!(
                "-- limbeck:revision b2\n-- limbeck:revises a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade {word}\n\
                 UPDATE two SET n = n + 10;\n{change};\nUPDATE two SET n = n + 100;\n"
            ),
        );
        place.project.good("upgrade a1");
        let mut gate = place.session().await;
        gate.rows("BEGIN").await;
        gate.rows("SELECT n FROM one").await;
        let mut look = place.session().await;
        let inside = place.inside(change);
        place.kill(victim, &inside, &mut look).await;
        gate.rows("COMMIT").await;
        let ran = place.project.limbeck("upgrade heads");
        let what = format!("{word} {victim:?} {change}: {}", ran.whole());
        assert_eq!(ran.code, 0, "{what}");
        look.rows(&format!("SELECT {column} FROM one")).await;
        assert_eq!(look.rows("SELECT n FROM two").await, ["111"], "{what}");
        assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{what}");
    }
}

/// The load waits for a row that the test has written and not committed.
#[tokio::test]
async fn a_plain_upgrade_loads_again_what_died_inside_a_load() {
    for victim in VICTIMS {
        for place in Place::everywhere() {
            history(&place);
            let rows: String = (2..=30_000).map(|id| format!("{id},{id}\n")).collect();
            place
                .project
                .write("migrations/rows.csv", format!("id,n\n{rows}"));
            place.project.revision(
                "b2",
                "revises a1",
                "Change both",
                "-- limbeck:load rows.csv into one",
                "DELETE FROM one;",
            );
            place.project.good("upgrade a1");
            let mut gate = place.session().await;
            gate.rows("BEGIN").await;
            gate.rows("INSERT INTO one (id, n) VALUES (29999, 1)").await;
            let mut look = place.session().await;
            let inside = match place.engine {
                Engine::Postgres => place.inside("COPY"),
                // A part that does not wait would be over before it is killed.
                _ => "SELECT id FROM information_schema.processlist WHERE db = database() AND time >= 1 \
                      AND (info LIKE 'LOAD DATA%' OR info LIKE 'INSERT INTO `one`%')"
                    .to_owned(),
            };
            place.kill(victim, &inside, &mut look).await;
            gate.rows("ROLLBACK").await;
            let ran = place.project.limbeck("upgrade heads");
            let what = format!("{} {victim:?}: {}", place.word(), ran.whole());
            assert_eq!(ran.code, 0, "{what}");
            assert_eq!(look.rows("SELECT count(*) FROM one").await, ["30000"], "{what}");
            assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{what}");
        }
    }
}

/// Nobody can tell of a statement without a probe: the run says so, and finishes once it is told.
#[tokio::test]
async fn an_opaque_statement_that_died_is_decided_by_a_person() {
    for place in Place::everywhere() {
        history(&place);
        let word = place.word();
        place.project.write(
            "migrations/b2_change_both.sql",
            format!(
                "-- limbeck:revision b2\n-- limbeck:revises a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade {word}\n\
                 UPDATE two SET n = n + 10;\n-- limbeck:no_transaction\nUPDATE one SET n = n + 1000;\nUPDATE two SET n = n + 100;\n"
            ),
        );
        place.project.good("upgrade a1");
        let mut gate = place.session().await;
        gate.rows("BEGIN").await;
        gate.rows("UPDATE one SET n = n + 1").await;
        let mut look = place.session().await;
        let inside = match place.engine {
            Engine::Postgres => place.inside("UPDATE one SET n = n + 1000"),
            _ => "SELECT id FROM information_schema.processlist WHERE db = database() \
                  AND info LIKE 'UPDATE one SET n = n + 1000%'"
                .to_owned(),
        };
        place.kill(Victim::Session, &inside, &mut look).await;
        gate.rows("COMMIT").await;
        let asked = place.project.limbeck("upgrade heads");
        assert_eq!(asked.code, 6, "{word}: {}", asked.whole());
        assert!(
            asked.err.contains("limbeck resolve b2 --not-run"),
            "{word}: {}",
            asked.whole()
        );
        let status = place.project.limbeck("status");
        assert!(status.out.contains("b2"), "{word}: {}", status.whole());
        place.project.good("resolve b2 --not-run");
        place.project.good("upgrade heads");
        assert_eq!(look.rows("SELECT n FROM one").await, ["1002"], "{word}");
        assert_eq!(look.rows("SELECT n FROM two").await, ["111"], "{word}");
    }
}
