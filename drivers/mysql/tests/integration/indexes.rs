//! Indexes.

use super::support::*;

const TABLE: &str = "
    CREATE TABLE t (a INTEGER, b VARCHAR(768), c VARCHAR(769), d TEXT, e JSON, f NUMERIC(38, 30), g BLOB, h VARCHAR(100));
    CREATE INDEX ix_a ON t (a);";

#[test]
fn made_and_dropped() {
    let written = both(
        TABLE,
        "CREATE INDEX ix_b ON t (b);
         CREATE UNIQUE INDEX ux ON t (a, f DESC);
         DROP INDEX ix_a;
         DROP INDEX ux",
    );
    insta::assert_snapshot!(written, @"
    -- mysql
    CREATE INDEX `ix_b` ON `t` (`b`);
    CREATE UNIQUE INDEX `ux` ON `t` (`a`, `f` DESC);
    DROP INDEX `ix_a` ON `t`;
    DROP INDEX `ux` ON `t`
    -- mariadb
    CREATE INDEX `ix_b` ON `t` (`b`);
    CREATE UNIQUE INDEX `ux` ON `t` (`a`, `f` DESC);
    DROP INDEX `ix_a` ON `t`;
    DROP INDEX `ux` ON `t`
    note: MariaDB 10.5.2 keeps the index ux in ascending order
    ");
}

#[test]
fn of_an_expression() {
    insta::assert_snapshot!(both(TABLE, "CREATE INDEX ix_lower ON t (lower(h) DESC, a)"), @"
    -- mysql
    CREATE INDEX `ix_lower` ON `t` ((lower(`h`)) DESC, `a`)
    -- mariadb
    mariadb cannot index an expression (ix_lower)
    hint: add a generated column of the expression and index that
    ");
}

#[test]
fn of_a_part_of_the_rows() {
    insta::assert_snapshot!(both(TABLE, "CREATE INDEX ix_part ON t (a) WHERE a > 0"), @"
    -- mysql
    mysql cannot index a part of the rows (ix_part)
    hint: leave the WHERE out, or keep the index from it with a section of its own
    -- mariadb
    mariadb cannot index a part of the rows (ix_part)
    hint: leave the WHERE out, or keep the index from it with a section of its own
    ");
}

#[test]
fn of_text_without_a_bound() {
    insta::assert_snapshot!(both(TABLE, "CREATE INDEX ix_d ON t (d)"), @"
    -- mysql
    mysql cannot make the index ix_d of the table t: the text or document of the column d has no bound
    hint: give the column the type VARCHAR(n) with n of at most 768
    -- mariadb
    mariadb cannot make the index ix_d of the table t: the text or document of the column d has no bound
    hint: give the column the type VARCHAR(n) with n of at most 768
    ");
    for column in ["e", "g"] {
        let written = both(TABLE, &format!("CREATE INDEX ix_x ON t ({column})"));
        assert!(written.contains("has no bound"), "{written}");
    }
}

#[test]
fn of_long_text() {
    insta::assert_snapshot!(both(TABLE, "CREATE INDEX ix_c ON t (c)"), @"
    -- mysql
    mysql cannot make the index ix_c of the table t: its key may have 3076 bytes, and at most 3072 are kept
    hint: shorten its VARCHAR columns to 768 characters in all
    -- mariadb
    mariadb cannot make the index ix_c of the table t: its key may have 3076 bytes, and at most 3072 are kept
    hint: shorten its VARCHAR columns to 768 characters in all
    ");
    let together = both(TABLE, "CREATE INDEX ix_together ON t (b, a)");
    assert!(together.contains("may have 3076 bytes"), "{together}");
}

#[test]
fn a_foreign_key_keeps_an_index() {
    let table = "CREATE TABLE team (id BIGINT PRIMARY KEY);
        CREATE TABLE t (a BIGINT REFERENCES team, b BIGINT UNIQUE REFERENCES team);
        CREATE INDEX ix ON t (a, b);";
    insta::assert_snapshot!(both(table, "DROP INDEX ix"), @"
    ALTER TABLE `t` DROP FOREIGN KEY `fk_t_a`, DROP INDEX `ix`;
    ALTER TABLE `t` ADD CONSTRAINT `fk_t_a` FOREIGN KEY (`a`) REFERENCES `team` (`id`)
    ");
    insta::assert_snapshot!(both(table, "ALTER TABLE t DROP CONSTRAINT uq_t_b; DROP INDEX ix"), @"
    ALTER TABLE `t`
        DROP FOREIGN KEY `fk_t_b`,
        DROP INDEX `uq_t_b`;
    ALTER TABLE `t` ADD CONSTRAINT `fk_t_b` FOREIGN KEY (`b`) REFERENCES `team` (`id`);
    ALTER TABLE `t` DROP FOREIGN KEY `fk_t_a`, DROP INDEX `ix`;
    ALTER TABLE `t` ADD CONSTRAINT `fk_t_a` FOREIGN KEY (`a`) REFERENCES `team` (`id`)
    ");
    insta::assert_snapshot!(both(table, "CREATE INDEX other ON t (a); DROP INDEX ix"), @"
    CREATE INDEX `other` ON `t` (`a`);
    DROP INDEX `ix` ON `t`
    ");
}
