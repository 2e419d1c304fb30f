//! Consecutive alterations of one table are one statement where that means the same.

use limbeck_core::dialect::Version;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;

use super::support::*;

const TABLE: &str = "
    CREATE TABLE team (id BIGINT PRIMARY KEY);
    CREATE TABLE other (a INTEGER);
    CREATE TABLE t (
        a INTEGER, b VARCHAR(10), c INTEGER DEFAULT 1, d TEXT, e INTEGER,
        CONSTRAINT ck_e CHECK (e > 0)
    );
    COMMENT ON COLUMN t.d IS 'kept';";

/// The operations of each statement, and the statement.
fn ranges(statements: &str) -> String {
    let operations = parse(statements);
    let written: Vec<_> = [(&MYSQL, MYSQL_FLOOR), (&MARIADB, MARIADB_FLOOR)]
        .into_iter()
        .map(|(dialect, server)| {
            let rendering = rendering(dialect, server, &schema(TABLE), &operations).unwrap();
            let statements = rendering.statements.iter();
            let written: Vec<_> = statements
                .map(|statement| format!("{:?} {}", statement.operations, statement.sql))
                .collect();
            written.join("\n")
        })
        .collect();
    if written[0] == written[1] {
        return written[0].clone();
    }
    written.join("\n-- mariadb\n")
}

#[test]
fn five_columns_are_one_alteration() {
    let written = ranges(
        "ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT;
         ALTER TABLE t ALTER COLUMN a SET NOT NULL;
         ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x';
         ALTER TABLE t DROP COLUMN c;
         ALTER TABLE t ALTER COLUMN d SET NOT NULL;
         ALTER TABLE t ADD COLUMN f BIGINT;
         ALTER TABLE t ADD CONSTRAINT fk_f FOREIGN KEY (f) REFERENCES team;
         ALTER TABLE t DROP CONSTRAINT ck_e;
         COMMENT ON TABLE t IS 'one rewrite'",
    );
    insta::assert_snapshot!(written, @"
    0..9 ALTER TABLE `t`
        MODIFY COLUMN `a` BIGINT NOT NULL,
        MODIFY COLUMN `b` VARCHAR(10) DEFAULT 'x',
        DROP COLUMN `c`,
        MODIFY COLUMN `d` LONGTEXT NOT NULL COMMENT 'kept',
        ADD COLUMN `f` BIGINT,
        ADD CONSTRAINT `fk_f` FOREIGN KEY (`f`) REFERENCES `team` (`id`),
        DROP CHECK `ck_e`,
        COMMENT='one rewrite'
    -- mariadb
    0..9 ALTER TABLE `t`
        MODIFY COLUMN `a` BIGINT NOT NULL,
        MODIFY COLUMN `b` VARCHAR(10) DEFAULT 'x',
        DROP COLUMN `c`,
        MODIFY COLUMN `d` LONGTEXT NOT NULL COMMENT 'kept',
        ADD COLUMN `f` BIGINT,
        ADD CONSTRAINT `fk_f` FOREIGN KEY (`f`) REFERENCES `team` (`id`),
        DROP CONSTRAINT `ck_e`,
        COMMENT='one rewrite'
    ");
}

#[test]
fn the_same_part_of_a_column_changes_twice() {
    let written = ranges(
        "ALTER TABLE t ALTER COLUMN b SET DATA TYPE INTEGER;
         ALTER TABLE t ALTER COLUMN b SET DATA TYPE VARCHAR(10)",
    );
    insta::assert_snapshot!(written, @"
    0..1 ALTER TABLE `t` MODIFY COLUMN `b` INTEGER
    1..2 ALTER TABLE `t` MODIFY COLUMN `b` VARCHAR(10)
    ");
}

#[test]
fn rows_see_a_new_column_before_it_changes() {
    let written = ranges(
        "ALTER TABLE t ADD COLUMN f INTEGER DEFAULT 1 NOT NULL;
         ALTER TABLE t ALTER COLUMN f DROP DEFAULT;
         ALTER TABLE t ADD COLUMN g INTEGER",
    );
    insta::assert_snapshot!(written, @"
    0..1 ALTER TABLE `t` ADD COLUMN `f` INTEGER NOT NULL DEFAULT 1
    1..3 ALTER TABLE `t`
        MODIFY COLUMN `f` INTEGER NOT NULL,
        ADD COLUMN `g` INTEGER
    ");
}

#[test]
fn what_goes_and_comes_again_is_not_the_same() {
    let written = ranges(
        "ALTER TABLE t DROP COLUMN c;
         ALTER TABLE t ADD COLUMN c INTEGER;
         ALTER TABLE t DROP CONSTRAINT ck_e;
         ALTER TABLE t ADD CONSTRAINT ck_e CHECK (e > 1)",
    );
    insta::assert_snapshot!(written, @"
    0..1 ALTER TABLE `t` DROP COLUMN `c`
    1..3 ALTER TABLE `t`
        ADD COLUMN `c` INTEGER,
        DROP CHECK `ck_e`
    3..4 ALTER TABLE `t` ADD CONSTRAINT `ck_e` CHECK (`e` > 1)
    -- mariadb
    0..1 ALTER TABLE `t` DROP COLUMN `c`
    1..3 ALTER TABLE `t`
        ADD COLUMN `c` INTEGER,
        DROP CONSTRAINT `ck_e`
    3..4 ALTER TABLE `t` ADD CONSTRAINT `ck_e` CHECK (`e` > 1)
    ");
}

#[test]
fn other_tables_rows_and_indexes_come_between() {
    let written = ranges(
        "ALTER TABLE t ADD COLUMN f INTEGER;
         ALTER TABLE other ADD COLUMN f INTEGER;
         ALTER TABLE t ADD COLUMN g INTEGER;
         UPDATE t SET f = 1;
         ALTER TABLE t ALTER COLUMN f SET NOT NULL;
         CREATE INDEX ix_f ON t (f);
         ALTER TABLE t ALTER COLUMN g SET NOT NULL",
    );
    insta::assert_snapshot!(written, @"
    0..1 ALTER TABLE `t` ADD COLUMN `f` INTEGER
    1..2 ALTER TABLE `other` ADD COLUMN `f` INTEGER
    2..3 ALTER TABLE `t` ADD COLUMN `g` INTEGER
    3..4 UPDATE `t` SET `f` = 1
    4..5 ALTER TABLE `t` MODIFY COLUMN `f` INTEGER NOT NULL
    5..6 CREATE INDEX `ix_f` ON `t` (`f`)
    6..7 ALTER TABLE `t` MODIFY COLUMN `g` INTEGER NOT NULL
    ");
}

#[test]
fn renames_stand_with_renames() {
    let written = ranges(
        "ALTER TABLE t RENAME COLUMN a TO a1;
         ALTER TABLE t RENAME COLUMN b TO b1;
         ALTER TABLE t ALTER COLUMN a1 SET NOT NULL;
         ALTER TABLE t RENAME COLUMN e TO e1",
    );
    insta::assert_snapshot!(written, @"
    0..2 ALTER TABLE `t`
        RENAME COLUMN `a` TO `a1`,
        RENAME COLUMN `b` TO `b1`
    2..3 ALTER TABLE `t` MODIFY COLUMN `a1` INTEGER NOT NULL
    3..4 ALTER TABLE `t`
        DROP CHECK `ck_e`,
        RENAME COLUMN `e` TO `e1`,
        ADD CONSTRAINT `ck_e` CHECK (`e1` > 0)
    -- mariadb
    0..2 ALTER TABLE `t`
        RENAME COLUMN `a` TO `a1`,
        RENAME COLUMN `b` TO `b1`
    2..3 ALTER TABLE `t` MODIFY COLUMN `a1` INTEGER NOT NULL
    3..4 ALTER TABLE `t` RENAME COLUMN `e` TO `e1`
    ");
}

#[test]
fn columns_do_not_swap_their_names_in_one_statement() {
    let written = ranges(
        "ALTER TABLE t RENAME COLUMN a TO x;
         ALTER TABLE t RENAME COLUMN b TO a;
         ALTER TABLE t RENAME COLUMN x TO b",
    );
    insta::assert_snapshot!(written, @"
    0..1 ALTER TABLE `t` RENAME COLUMN `a` TO `x`
    1..2 ALTER TABLE `t` RENAME COLUMN `b` TO `a`
    2..3 ALTER TABLE `t` RENAME COLUMN `x` TO `b`
    ");
}

#[test]
fn a_primary_key_changes_at_once() {
    let written = ranges(
        "ALTER TABLE team DROP CONSTRAINT pk_team;
         ALTER TABLE team ADD COLUMN code CHAR(3) DEFAULT '' NOT NULL;
         ALTER TABLE team ADD CONSTRAINT pk_team PRIMARY KEY (id, code)",
    );
    insta::assert_snapshot!(written, @"
    0..3 ALTER TABLE `team`
        DROP PRIMARY KEY,
        ADD COLUMN `code` CHAR(3) NOT NULL DEFAULT '',
        ADD PRIMARY KEY (`id`, `code`)
    ");
}

/// A column comes and goes in the catalogue alone only where nothing beside it is done in place.
#[test]
fn what_would_rebuild_the_table_only_together_is_apart() {
    let light = "ALTER TABLE t ADD COLUMN f BIGINT;
         ALTER TABLE t ALTER COLUMN c SET DEFAULT 2;
         ALTER TABLE t ALTER COLUMN b SET DATA TYPE VARCHAR(20);
         ALTER TABLE t DROP CONSTRAINT ck_e;
         ALTER TABLE t ADD CONSTRAINT u UNIQUE (f, b);
         ALTER TABLE t DROP COLUMN a";
    insta::assert_snapshot!(mysql((8, 0, 29), TABLE, light), @"
    ALTER TABLE `t`
        ADD COLUMN `f` BIGINT,
        MODIFY COLUMN `c` INTEGER DEFAULT 2;
    ALTER TABLE `t`
        MODIFY COLUMN `b` VARCHAR(20),
        DROP CHECK `ck_e`,
        ADD CONSTRAINT `u` UNIQUE (`f`, `b`);
    ALTER TABLE `t` DROP COLUMN `a`
    ");
    insta::assert_snapshot!(mariadb((10, 5, 2), TABLE, light), @"
    ALTER TABLE `t`
        ADD COLUMN `f` BIGINT,
        MODIFY COLUMN `c` INTEGER DEFAULT 2,
        MODIFY COLUMN `b` VARCHAR(20),
        DROP CONSTRAINT `ck_e`;
    ALTER TABLE `t` ADD CONSTRAINT `u` UNIQUE (`f`, `b`);
    ALTER TABLE `t` DROP COLUMN `a`
    ");
    let one = [
        // It is rebuilt anyway.
        format!("{light}; ALTER TABLE t ALTER COLUMN e SET NOT NULL"),
        // The length of a longer value takes two bytes.
        "ALTER TABLE t ADD COLUMN f BIGINT; ALTER TABLE t ALTER COLUMN b SET DATA TYPE VARCHAR(64)"
            .to_owned(),
        // The whole definition of the column is written twice.
        "ALTER TABLE t ALTER COLUMN b SET DATA TYPE VARCHAR(20); ALTER TABLE t ADD COLUMN f BIGINT;
         ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x'"
            .to_owned(),
    ];
    for statements in one {
        let written = mysql((9, 7, 0), TABLE, &statements);
        assert_eq!(written.matches("ALTER TABLE").count(), 1, "{written}");
    }
}

#[test]
fn questions_come_before_the_first_of_several_statements() {
    let operations = parse(
        "ALTER TABLE t ALTER COLUMN b SET DATA TYPE VARCHAR(20); ALTER TABLE t ADD COLUMN f BIGINT NOT NULL",
    );
    let rendering = rendering(&MYSQL, Version::new(9, 7, 0), &schema(TABLE), &operations).unwrap();
    let asked: Vec<_> = rendering
        .statements
        .iter()
        .map(|statement| (statement.operations.clone(), statement.guards.len()))
        .collect();
    assert_eq!(asked, [(0..1, 1), (1..2, 0)]);
}
