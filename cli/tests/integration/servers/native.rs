//! What portable SQL does not say: native models, drift, dumps and adopted databases.

use limbeck_testkit::Engine;

use super::Place;

/// Two states of a database in its own words.
fn states(engine: Engine) -> [&'static str; 2] {
    match engine {
        Engine::Postgres => [
            "CREATE TYPE mood AS ENUM ('sad', 'ok');\n\
             CREATE SEQUENCE numbers START 100;\n\
             CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE \"C\" NOT NULL, mood mood \
             DEFAULT 'ok' NOT NULL, tags text[] DEFAULT '{}', number bigint DEFAULT nextval('numbers') NOT NULL);\n\
             CREATE TABLE pet (id bigint PRIMARY KEY, mood mood, owner bigint REFERENCES person);\n\
             CREATE INDEX ix_person_tags ON person USING gin (tags);\n\
             CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  NEW.name := upper(NEW.name);\n  RETURN \
             NEW;\nEND\n$$;\n\
             CREATE TRIGGER shout BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION shout();\n",
            "CREATE TYPE mood AS ENUM ('sad', 'fair', 'ok');\n\
             CREATE TABLE pet (id bigint PRIMARY KEY, mood mood, name varchar(20));\n\
             CREATE SEQUENCE numbers START 100 INCREMENT 5;\n\
             CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE \"C\" NOT NULL, mood mood \
             DEFAULT 'ok' NOT NULL, tags text[] DEFAULT '{}', number bigint DEFAULT nextval('numbers') NOT NULL, size int);\n\
             CREATE INDEX ix_person_tags ON person USING gin (tags) WHERE size IS NOT NULL;\n\
             CREATE UNIQUE INDEX uq_person_name ON person (lower(name)) INCLUDE (mood);\n\
             CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  NEW.name := upper(NEW.name) || '!';\n  \
             RETURN NEW;\nEND\n$$;\n\
             CREATE TRIGGER shout BEFORE INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION shout();\n\
             CREATE MATERIALIZED VIEW counted AS SELECT mood, count(*) AS n FROM person GROUP BY mood;\n",
        ],
        _ => [
            "CREATE TABLE person (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(50) CHARACTER SET latin1 NOT \
             NULL, bio text, seen timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY ix_bio (bio(10))) \
             ENGINE=InnoDB COMMENT='people';\n\
             CREATE TRIGGER shout BEFORE INSERT ON person FOR EACH ROW SET NEW.name = upper(NEW.name);\n",
            "CREATE TABLE person (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, size int, name varchar(60) CHARACTER SET \
             latin1 NOT NULL, bio text, seen timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY ix_bio \
             (bio(20)), FULLTEXT KEY ft_bio (bio)) ENGINE=InnoDB COMMENT='persons';\n\
             DELIMITER //\n\
             CREATE TRIGGER shout BEFORE INSERT ON person FOR EACH ROW BEGIN\n  SET NEW.name = upper(NEW.name);\n  SET NEW.size = \
             1;\nEND//\n\
             CREATE PROCEDURE forget() BEGIN\n  DELETE FROM person;\nEND//\nDELIMITER ;\n",
        ],
    }
}

fn is_clean(place: &Place, command: &str) {
    let ran = place.project.limbeck(command);
    assert_eq!(ran.code, 0, "{}: {command}: {}", place.word(), ran.whole());
}

/// A place with native models of the first state, written and applied.
fn begun(engine: Engine) -> Option<Place> {
    let place = Place::on(engine)?;
    let project = &place.project;
    project.write(
        "limbeck.toml",
        "[models]\nfile = \"schema.sql\"\nsql = \"native\"\n",
    );
    std::fs::create_dir_all(project.path("migrations")).unwrap();
    let [first, _] = states(engine);
    project.write("schema.sql", first);
    is_clean(&place, "revision --autogenerate --rev-id a1");
    is_clean(&place, "upgrade");
    Some(place)
}

#[test]
fn native_models_are_led_to_and_back() {
    for place in Engine::ALL.into_iter().filter_map(begun) {
        let project = &place.project;
        let [_, second] = states(place.engine);
        for command in ["check", "drift --scratch", "diff --from database --to models"] {
            is_clean(&place, command);
        }
        project.write("schema.sql", second);
        let ran = project.limbeck("check");
        assert_eq!(ran.code, 1, "{}: {}", place.word(), ran.whole());
        is_clean(&place, "revision --autogenerate --rev-id b2 --no-rename");
        is_clean(&place, "upgrade --check-drift");
        for command in ["check", "drift --scratch", "diff --from database --to models"] {
            is_clean(&place, command);
        }
        is_clean(&place, "downgrade a1 --allow-data-loss");
        is_clean(&place, "diff --from a1 --to database --scratch");
        is_clean(&place, "downgrade base --allow-data-loss");
        is_clean(&place, "diff --from base --to database");
    }
}

#[tokio::test]
async fn drift_is_seen_adopted_and_reverted() {
    for place in Engine::ALL.into_iter().filter_map(begun) {
        let project = &place.project;
        is_clean(&place, "drift");
        let by_hand = match place.engine {
            Engine::Postgres => "CREATE INDEX by_hand ON person (name) WITH (fillfactor = 70)",
            _ => "CREATE INDEX by_hand ON person (bio(5))",
        };
        place.session().await.rows(by_hand).await;
        let ran = project.limbeck("drift --scratch");
        assert_eq!(ran.code, 5, "{}: {}", place.word(), ran.whole());
        assert!(ran.out.contains("by_hand"), "{}", ran.whole());
        project.revision(
            "e9",
            "revises a1",
            "Later",
            "CREATE TABLE later (id BIGINT);",
            "DROP TABLE later;",
        );
        let refused = project.limbeck("upgrade --check-drift");
        assert_eq!(refused.code, 5, "{}: {}", place.word(), refused.whole());
        std::fs::remove_file(project.path("migrations/e9_later.sql")).unwrap();
        let (code, answer) = project.json("drift --scratch --fix revert");
        assert_eq!(code, 0, "{}: {answer}", place.word());
        let adopted = answer["revisions"][0].as_str().unwrap().to_owned();
        is_clean(&place, &format!("stamp {adopted}"));
        is_clean(&place, "drift --scratch");
        is_clean(&place, "upgrade");
        is_clean(&place, "diff --from a1 --to database --scratch");
        is_clean(&place, "downgrade a1");
    }
}

#[test]
fn a_database_is_adopted_and_dumped() {
    for place in Engine::ALL.into_iter().filter_map(begun) {
        let Some(other) = Place::on(place.engine) else {
            continue;
        };
        let dump = place.project.good("dump --format sql");
        other.project.write(
            "limbeck.toml",
            "[models]\nfile = \"dump.sql\"\nsql = \"native\"\n",
        );
        other.project.write("dump.sql", &dump);
        std::fs::create_dir_all(other.project.path("migrations")).unwrap();
        // The database of the first becomes another project, whose history makes the same.
        let again = "init again --from-database";
        let ran = place.project.run(
            &again.split(' ').collect::<Vec<_>>(),
            &[
                ("DATABASE_URL", &place.url_text),
                ("LIMBECK_VERSION_TABLE", "adopted_version"),
            ],
        );
        assert_eq!(ran.code, 0, "{}: {}", place.word(), ran.whole());
        let written = place.project.read("again/limbeck.toml");
        assert!(
            written.contains(&format!("url = \"{}://", place.url.scheme())),
            "{written}"
        );
        let password = place.url.server().unwrap().password.unwrap();
        assert!(
            !written.contains(&format!(":{}@", password.reveal())),
            "{written}"
        );
        let upgraded = place.project.run(
            &["-c", "again/limbeck.toml", "upgrade"],
            &[
                ("DATABASE_URL", &other.url_text),
                ("LIMBECK_VERSION_TABLE", "adopted_version"),
            ],
        );
        assert_eq!(upgraded.code, 0, "{}: {}", place.word(), upgraded.whole());
        let compared = other.project.limbeck("diff --from database --to models");
        assert!(
            !compared.out.contains("person"),
            "{}: {}",
            place.word(),
            compared.whole()
        );
    }
}

/// What a statement has set for those behind it is set again when a run goes on with one of those.
#[tokio::test]
async fn a_run_that_goes_on_has_the_session_of_the_one_before() {
    for engine in [Engine::MySql, Engine::MariaDb] {
        let Some(place) = Place::on(engine) else { continue };
        let word = place.word();
        place.project.write(
            "migrations/a1.sql",
            format!(
                "-- limbeck:revision a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade {word}\n\
                 SET SESSION sql_mode = 'ALLOW_INVALID_DATES';\nCREATE TABLE seen AS SELECT @@SESSION.sql_mode AS mode;\n"
            ),
        );
        let mut session = place.session().await;
        session.rows("CREATE TABLE seen (mode int)").await;
        assert_eq!(place.project.limbeck("upgrade").code, 2, "{word}");
        session.rows("DROP TABLE seen").await;
        is_clean(&place, "upgrade");
        assert_eq!(
            session.rows("SELECT mode FROM seen").await,
            ["ALLOW_INVALID_DATES"],
            "{word}"
        );
    }
}

/// It would hide the table of that name from the revisions behind it.
#[tokio::test]
async fn a_temporary_table_ends_with_its_revision() {
    let Some(place) = Place::on(Engine::Postgres) else {
        return;
    };
    place.project.write(
        "migrations/a1.sql",
        "-- Fill a box for a moment\n-- limbeck:revision a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade postgres\n\
         CREATE TEMPORARY TABLE box (id bigint);\n",
    );
    place.project.revision(
        "b2",
        "revises a1",
        "Add boxes",
        "CREATE TABLE box (id BIGINT PRIMARY KEY);\nINSERT INTO box (id) VALUES (1);",
        "DROP TABLE box;",
    );
    for command in [
        "upgrade a1",
        "upgrade b2",
        "downgrade a1",
        "upgrade b2 --transaction run",
    ] {
        place.project.good(command);
    }
    place.project.good("downgrade a1");
    place.project.good("stamp base --purge");
    place.project.good("upgrade");
    let mut session = place.session().await;
    assert_eq!(
        session.rows("SELECT CAST(count(*) AS text) FROM box").await,
        ["1"]
    );
}
