//! What is not known is not guessed.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Needs;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;

use super::support::*;

const NEEDY: &[(&str, &str)] = &[
    ("ALTER TABLE t ALTER COLUMN a SET NOT NULL", "t"),
    ("ALTER TABLE t ALTER COLUMN a DROP IDENTITY", "*"),
    ("ALTER TABLE t DROP COLUMN a", "t"),
    ("ALTER TABLE t DROP CONSTRAINT a", "t"),
    ("ALTER TABLE t RENAME CONSTRAINT a TO b", "t"),
    ("ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)", "t"),
    ("ALTER TABLE t ADD CONSTRAINT c PRIMARY KEY (a)", "t"),
    ("ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u", "u"),
    ("ALTER TABLE t ADD COLUMN a BIGINT REFERENCES u", "u"),
    ("CREATE TABLE t (a BIGINT REFERENCES u)", "u"),
    ("CREATE INDEX i ON t (a)", "t"),
    ("COMMENT ON COLUMN t.a IS 'x'", "t"),
    ("DROP INDEX i", "*"),
    ("ALTER TABLE t RENAME TO u", "*"),
    ("ALTER TABLE t RENAME COLUMN a TO b", "*"),
];

#[test]
fn without_the_schema_it_is_an_error() {
    for (text, table) in NEEDY {
        let operations = parse(text);
        for (dialect, server) in [(&MYSQL, MYSQL_FLOOR), (&MARIADB, MARIADB_FLOOR)] {
            let error = dialect
                .render(&operations, &RenderContext::new(server))
                .unwrap_err();
            let RenderError::At { operation: 0, error } = error else {
                panic!("{text}: {error:?}");
            };
            assert!(matches!(*error, RenderError::Unknown { .. }), "{text}: {error:?}");
            let expected = match *table {
                "*" => Needs::Everything,
                table if text.starts_with("CREATE INDEX") => Needs::ToRefuse(name(table)),
                table => Needs::Table(name(table)),
            };
            assert_eq!(dialect.needs(&operations[0]), expected, "{text}");
        }
    }
}

#[test]
fn the_rest_needs_nothing() {
    for text in [
        "CREATE TABLE t (a BIGINT REFERENCES u (id))",
        "ALTER TABLE t ADD COLUMN a BIGINT UNIQUE",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
        "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u (id)",
        "COMMENT ON TABLE t IS 'x'",
        "CREATE VIEW v AS SELECT 1 AS one",
        "INSERT INTO t (a) VALUES (1)",
    ] {
        let operations = parse(text);
        assert_eq!(MYSQL.needs(&operations[0]), Needs::Nothing, "{text}");
        MYSQL
            .render(&operations, &RenderContext::new(MYSQL_FLOOR))
            .unwrap();
    }
}

#[test]
fn one_table_is_enough_for_its_own_changes() {
    let mut schema = schema(
        "CREATE TABLE u (id BIGINT PRIMARY KEY);
         CREATE TABLE t (a BIGINT REFERENCES u);",
    );
    schema.tables.remove(&name("u"));
    let operations = parse(
        "ALTER TABLE t ADD COLUMN b BIGINT REFERENCES u (id);
         ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT;
         ALTER TABLE t ALTER COLUMN b SET NOT NULL",
    );
    insta::assert_snapshot!(both_of(&schema, &operations), @"
    ALTER TABLE `t`
        ADD COLUMN `b` BIGINT,
        ADD CONSTRAINT `fk_t_b` FOREIGN KEY (`b`) REFERENCES `u` (`id`),
        MODIFY COLUMN `a` BIGINT;
    ALTER TABLE `t` MODIFY COLUMN `b` BIGINT NOT NULL
    ");
}
