//! Tables that other tools have made.

use limbeck_core::dialect::RenderContext;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Scope;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;

use super::Place;
use crate::session::databases;
use crate::session::run;
use crate::support::parse;

const TABLE: &str = "CREATE TABLE old (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT,
    name VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci NOT NULL DEFAULT 'x' COMMENT 'it''s',
    body MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
    changed TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    exact DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3),
    flags SET('a','b') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    PRIMARY KEY (id),
    KEY part (body(10)),
    FULLTEXT KEY words (body),
    UNIQUE KEY down (name DESC)
) ENGINE=InnoDB";

/// What a change of one part of a column writes keeps all that the engine knows of it.
#[tokio::test]
async fn a_change_keeps_what_the_model_has_no_word_for() {
    for database in databases() {
        let mut place = Place::new(database).await;
        run(&mut place.session, &[TABLE]).await;
        let before = columns(&mut place).await;
        for column in ["name", "body", "exact", "flags", "changed"] {
            for change in [
                format!("COMMENT ON COLUMN old.{column} IS 'seen'"),
                format!("ALTER TABLE old ALTER COLUMN {column} SET NOT NULL"),
                format!("ALTER TABLE old ALTER COLUMN {column} DROP NOT NULL"),
                format!("COMMENT ON COLUMN old.{column} IS NULL"),
            ] {
                let schema = place.read().await;
                let context = RenderContext::new(place.session.server().version).with_schema(&schema);
                let rendering = place
                    .session
                    .server()
                    .dialect
                    .render(&parse(&change), &context)
                    .unwrap();
                for statement in rendering.statements {
                    run(&mut place.session, &[&statement.sql]).await;
                }
            }
        }
        assert_eq!(columns(&mut place).await, before);
    }
}

/// A check in the definition of a column belongs to that definition.
#[tokio::test]
async fn a_change_keeps_the_check_that_stands_in_the_column() {
    for database in databases() {
        let mut place = Place::new(database).await;
        run(
            &mut place.session,
            &["CREATE TABLE t (a INTEGER CHECK (a > 0), b INTEGER)"],
        )
        .await;
        for operation in parse("ALTER TABLE t ALTER COLUMN a SET NOT NULL; COMMENT ON COLUMN t.a IS 'more'") {
            let schema = place.read().await;
            place.carry_out(&operation, &schema).await;
        }
        let refused = place.session.query("INSERT INTO t VALUES (0, 1)", &[]).await;
        assert_eq!(refused.unwrap_err().kind, DriverErrorKind::Constraint);
        assert_eq!(place.read().await.tables[&name("t")].checks.len(), 1);
    }
}

/// All that changes do not touch.
async fn columns(place: &mut Place) -> Vec<String> {
    let rows = place
        .session
        .query(
            "SELECT column_name, column_type, column_default, extra, collation_name FROM information_schema.columns \
             WHERE table_schema = database() ORDER BY ordinal_position",
            &[],
        )
        .await
        .unwrap();
    rows.rows.iter().map(|row| row.in_words(&rows.columns)).collect()
}

#[tokio::test]
async fn what_the_model_cannot_say_is_the_engines_own() {
    for database in databases() {
        let mut place = Place::new(database).await;
        run(
            &mut place.session,
            &[
                TABLE,
                "CREATE TABLE other (a INTEGER, CONSTRAINT odd CHECK (a & 1 = 1), b INTEGER DEFAULT (a << 1))",
            ],
        )
        .await;
        let schema = place.read().await;
        let old = schema.table(&name("old")).unwrap();
        let column = |column: &str| old.column(&name(column)).unwrap();
        let native = |column_name: &str| {
            let data_type = &column(column_name).data_type;
            data_type.native_for(&["mysql", "mariadb"]).unwrap().to_owned()
        };
        assert!(native("id").contains("unsigned") && column("id").identity);
        assert_eq!(
            native("name"),
            "varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci"
        );
        assert!(
            native("changed")
                .to_lowercase()
                .starts_with("timestamp on update current_timestamp")
        );
        assert_eq!(column("name").comment.as_deref(), Some("it's"));
        let indexes: Vec<_> = old.indexes.iter().map(|index| index.name.as_str()).collect();
        assert!(
            indexes.contains(&"part") && !indexes.contains(&"words"),
            "{indexes:?}"
        );
        let other = schema.table(&name("other")).unwrap();
        assert!(matches!(&other.checks[0].expression, Expression::Native(text) if text.contains('&')));
    }
}

/// The engines keep neither the name of a primary key nor what a unique index was made as.
#[tokio::test]
async fn keys_are_dropped_by_the_names_that_they_were_made_with() {
    for database in databases() {
        let mut place = Place::new(database).await;
        let statements = "CREATE TABLE t (a INTEGER NOT NULL, b INTEGER, c INTEGER,
                CONSTRAINT t_pkey PRIMARY KEY (a), CONSTRAINT made UNIQUE (b));
            CREATE UNIQUE INDEX created ON t (c);
            ALTER TABLE t DROP CONSTRAINT made;
            DROP INDEX created;
            ALTER TABLE t DROP CONSTRAINT t_pkey";
        for operation in parse(statements) {
            let schema = place.read().await;
            place.carry_out(&operation, &schema).await;
        }
        let schema = place.read().await;
        let table = schema.table(&name("t")).unwrap();
        assert_eq!((table.uniques.len(), table.indexes.len()), (0, 0));
        assert_eq!(table.primary_key, None);
    }
}

#[tokio::test]
async fn only_the_tables_that_are_asked_for_are_read() {
    for database in databases() {
        let mut place = Place::new(database).await;
        run(
            &mut place.session,
            &[
                "CREATE TABLE a (id INTEGER PRIMARY KEY)",
                "CREATE TABLE `b'\\ c` (a_id INTEGER, FOREIGN KEY (a_id) REFERENCES a (id))",
                "CREATE VIEW v AS SELECT id FROM a",
            ],
        )
        .await;
        for (asked, found) in [
            (vec!["a"], vec!["a"]),
            (vec!["b'\\ c", "nowhere", "v"], vec!["b'\\ c"]),
            (vec![], vec![]),
        ] {
            let names: Vec<Name> = asked.into_iter().map(name).collect();
            let schema = place.session.introspect(Scope::Tables(&names)).await.unwrap();
            let tables: Vec<&str> = schema.tables.keys().map(Name::as_str).collect();
            assert_eq!(tables, found);
            assert!(schema.views.is_empty());
        }
    }
}

fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}
