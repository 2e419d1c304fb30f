//! Constraints of tables that exist.

use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Unique;

use super::support::*;

const TABLE: &str = "
    CREATE TABLE team (id BIGINT PRIMARY KEY);
    CREATE TABLE t (
        a BIGINT NOT NULL, b INTEGER, f BOOLEAN,
        CONSTRAINT pk PRIMARY KEY (a),
        CONSTRAINT uq UNIQUE (b),
        CONSTRAINT ck CHECK (b > 0 OR f),
        CONSTRAINT fk FOREIGN KEY (a) REFERENCES team
    );
    CREATE TABLE bare (a BIGINT NOT NULL, b INTEGER, note TEXT);";

#[test]
fn each_kind_is_added() {
    let written = both(
        TABLE,
        "ALTER TABLE bare ADD CONSTRAINT pk_bare PRIMARY KEY (a);
         ALTER TABLE bare ADD CONSTRAINT uq_bare UNIQUE (b);
         ALTER TABLE bare ADD CONSTRAINT ck_bare CHECK (length(note) < 100);
         ALTER TABLE bare ADD CONSTRAINT fk_bare FOREIGN KEY (a) REFERENCES team",
    );
    insta::assert_snapshot!(written, @"
    ALTER TABLE `bare`
        ADD PRIMARY KEY (`a`),
        ADD CONSTRAINT `uq_bare` UNIQUE (`b`),
        ADD CONSTRAINT `ck_bare` CHECK (char_length(`note`) < 100),
        ADD CONSTRAINT `fk_bare` FOREIGN KEY (`a`) REFERENCES `team` (`id`)
    ");
}

#[test]
fn each_kind_is_dropped_in_its_own_words() {
    let drop = |name: &str| both(TABLE, &format!("ALTER TABLE t DROP CONSTRAINT {name}"));
    let written: Vec<_> = ["fk", "pk", "uq", "ck"].map(drop).into();
    insta::assert_snapshot!(written.join("\n"), @"
    ALTER TABLE `t` DROP FOREIGN KEY `fk`
    ALTER TABLE `t`
        DROP FOREIGN KEY `fk`,
        DROP PRIMARY KEY;
    ALTER TABLE `t` ADD CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `team` (`id`)
    ALTER TABLE `t` DROP INDEX `uq`
    -- mysql
    ALTER TABLE `t` DROP CHECK `ck`
    -- mariadb
    ALTER TABLE `t` DROP CONSTRAINT `ck`
    ");
}

#[test]
fn each_kind_is_renamed() {
    let rename = |name: &str| {
        both(
            TABLE,
            &format!("ALTER TABLE t RENAME CONSTRAINT {name} TO new_{name}"),
        )
    };
    let written: Vec<_> = ["fk", "pk", "uq", "ck"].map(rename).into();
    insta::assert_snapshot!(written.join("\n"), @"
    ALTER TABLE `t`
        DROP FOREIGN KEY `fk`,
        ADD CONSTRAINT `new_fk` FOREIGN KEY (`a`) REFERENCES `team` (`id`)
    -- mysql

    note: MySQL calls every primary key PRIMARY: the name new_pk of that of t is left out
    -- mariadb

    note: MariaDB calls every primary key PRIMARY: the name new_pk of that of t is left out
    ALTER TABLE `t` RENAME INDEX `uq` TO `new_uq`
    -- mysql
    ALTER TABLE `t`
        DROP CHECK `ck`,
        ADD CONSTRAINT `new_ck` CHECK (`b` > 0 OR `f`)
    -- mariadb
    ALTER TABLE `t`
        DROP CONSTRAINT `ck`,
        ADD CONSTRAINT `new_ck` CHECK (`b` > 0 OR `f`)
    ");
}

#[test]
fn a_truth_value_alone_is_compared() {
    insta::assert_snapshot!(both(TABLE, "ALTER TABLE t ADD CONSTRAINT ck_f CHECK (f)"), @"ALTER TABLE `t` ADD CONSTRAINT `ck_f` CHECK (`f` <> 0)");
}

#[test]
fn text_without_a_bound_is_no_key() {
    insta::assert_snapshot!(both(TABLE, "ALTER TABLE bare ADD CONSTRAINT uq_note UNIQUE (note)"), @"
    -- mysql
    mysql cannot make the UNIQUE constraint uq_note of the table bare: the text or document of the column note has no bound
    hint: give the column the type VARCHAR(n) with n of at most 768
    -- mariadb
    mariadb cannot make the UNIQUE constraint uq_note of the table bare: the text or document of the column note has no bound
    hint: give the column the type VARCHAR(n) with n of at most 768
    ");
    insta::assert_snapshot!(both("", "CREATE TABLE x (note BLOB PRIMARY KEY)"), @"
    -- mysql
    mysql cannot make the primary key of the table x: the text or document of the column note has no bound
    hint: give the column the type VARCHAR(n) with n of at most 768
    -- mariadb
    mariadb cannot make the primary key of the table x: the text or document of the column note has no bound
    hint: give the column the type VARCHAR(n) with n of at most 768
    ");
}

#[test]
fn nulls_are_always_distinct() {
    let mut unique = Unique::new(name("uq_b"), vec![name("b")]);
    unique.nulls_not_distinct = true;
    let add = Operation::AddConstraint {
        table: name("bare"),
        constraint: Constraint::Unique(unique),
    };
    insta::assert_snapshot!(both_of(&schema(TABLE), &[add]), @"
    -- mysql
    mysql cannot hold two NULLs for the same in the UNIQUE constraint uq_b
    hint: make the columns NOT NULL, or write a generated column of COALESCE and make it UNIQUE
    -- mariadb
    mariadb cannot hold two NULLs for the same in the UNIQUE constraint uq_b
    hint: make the columns NOT NULL, or write a generated column of COALESCE and make it UNIQUE
    ");
}
