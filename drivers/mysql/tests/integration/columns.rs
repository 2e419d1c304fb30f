//! Columns: defaults, generated values, NOT NULL.

use super::support::*;

#[test]
fn defaults_have_parentheses_only_where_they_must() {
    let written = both(
        "",
        r"CREATE TABLE t (
            number INTEGER DEFAULT -1,
            flag BOOLEAN DEFAULT TRUE,
            word VARCHAR(10) DEFAULT 'it''s',
            slash VARCHAR(10) DEFAULT 'a\b',
            nothing TEXT DEFAULT NULL,
            text TEXT DEFAULT 'x',
            bytes BLOB DEFAULT X'00FF',
            doc JSON DEFAULT '[]',
            computed INTEGER DEFAULT (1 + 1),
            joined VARCHAR(10) DEFAULT ('a' || 'b'),
            day DATE DEFAULT CURRENT_DATE,
            clock TIME DEFAULT CURRENT_TIME,
            made TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
            moment TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
            said VARCHAR(30) DEFAULT CURRENT_TIMESTAMP,
            whole TIMESTAMP mysql(DATETIME) DEFAULT CURRENT_TIMESTAMP,
            old TIMESTAMP mysql(TIMESTAMP(3)) DEFAULT CURRENT_TIMESTAMP NOT NULL,
            id UUID DEFAULT '00000000-0000-0000-0000-000000000000'
        )",
    );
    insta::assert_snapshot!(written, @"
    -- mysql
    CREATE TABLE `t` (
        `number` INTEGER DEFAULT -1,
        `flag` TINYINT(1) DEFAULT TRUE,
        `word` VARCHAR(10) DEFAULT 'it''s',
        `slash` VARCHAR(10) DEFAULT _utf8mb4 X'615C62',
        `nothing` LONGTEXT DEFAULT NULL,
        `text` LONGTEXT DEFAULT ('x'),
        `bytes` LONGBLOB DEFAULT (X'00FF'),
        `doc` JSON DEFAULT ('[]'),
        `computed` INTEGER DEFAULT (1 + 1),
        `joined` VARCHAR(10) DEFAULT ('a' || 'b'),
        `day` DATE DEFAULT (CURRENT_DATE),
        `clock` TIME(6) DEFAULT (CURRENT_TIME(6)),
        `made` DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),
        `moment` DATETIME(6) DEFAULT (UTC_TIMESTAMP(6)),
        `said` VARCHAR(30) DEFAULT (CURRENT_TIMESTAMP(6)),
        `whole` DATETIME NULL DEFAULT CURRENT_TIMESTAMP,
        `old` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        `id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT '00000000-0000-0000-0000-000000000000'
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin
    -- mariadb
    CREATE TABLE `t` (
        `number` INTEGER DEFAULT -1,
        `flag` TINYINT(1) DEFAULT TRUE,
        `word` VARCHAR(10) DEFAULT 'it''s',
        `slash` VARCHAR(10) DEFAULT _utf8mb4 X'615C62',
        `nothing` LONGTEXT DEFAULT NULL,
        `text` LONGTEXT DEFAULT 'x',
        `bytes` LONGBLOB DEFAULT X'00FF',
        `doc` JSON DEFAULT '[]',
        `computed` INTEGER DEFAULT (1 + 1),
        `joined` VARCHAR(10) DEFAULT ('a' || 'b'),
        `day` DATE DEFAULT (CURRENT_DATE),
        `clock` TIME(6) DEFAULT (CURRENT_TIME(6)),
        `made` DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),
        `moment` DATETIME(6) DEFAULT (UTC_TIMESTAMP(6)),
        `said` VARCHAR(30) DEFAULT (CURRENT_TIMESTAMP(6)),
        `whole` DATETIME NULL DEFAULT CURRENT_TIMESTAMP,
        `old` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        `id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT '00000000-0000-0000-0000-000000000000'
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin
    ");
}

#[test]
fn generated_columns() {
    let written = both(
        "",
        "CREATE TABLE t (
            a INTEGER, b VARCHAR(20),
            twice INTEGER GENERATED ALWAYS AS (a * 2) STORED,
            width INTEGER GENERATED ALWAYS AS (length(b)) VIRTUAL,
            label VARCHAR(30) GENERATED ALWAYS AS ('<' || lower(b) || '>') STORED
        )",
    );
    insta::assert_snapshot!(written, @"
    -- mysql
    CREATE TABLE `t` (
        `a` INTEGER,
        `b` VARCHAR(20),
        `twice` INTEGER GENERATED ALWAYS AS (`a` * 2) STORED,
        `width` INTEGER GENERATED ALWAYS AS (char_length(`b`)) VIRTUAL,
        `label` VARCHAR(30) GENERATED ALWAYS AS ('<' || lower(`b`) || '>') STORED
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin
    -- mariadb
    CREATE TABLE `t` (
        `a` INTEGER,
        `b` VARCHAR(20),
        `twice` INTEGER GENERATED ALWAYS AS (`a` * 2) STORED,
        `width` INTEGER GENERATED ALWAYS AS (char_length(`b`)) VIRTUAL,
        `label` VARCHAR(30) GENERATED ALWAYS AS ('<' || lower(`b`) || '>') STORED
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin
    ");
    let required =
        "CREATE TABLE t (a INTEGER NOT NULL, twice INTEGER GENERATED ALWAYS AS (a * 2) STORED NOT NULL)";
    insta::assert_snapshot!(both("", required), @"
    -- mysql
    CREATE TABLE `t` (
        `a` INTEGER NOT NULL,
        `twice` INTEGER GENERATED ALWAYS AS (`a` * 2) STORED NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin
    -- mariadb
    mariadb cannot hold the generated column twice to NOT NULL
    hint: leave NOT NULL out and write CHECK (twice IS NOT NULL)
    ");
}

#[test]
fn added_columns_bring_their_constraints() {
    let team = "CREATE TABLE team (id BIGINT PRIMARY KEY); CREATE TABLE t (a INTEGER);";
    let written = both(
        team,
        "ALTER TABLE t ADD COLUMN team_id BIGINT UNIQUE REFERENCES team ON DELETE RESTRICT CHECK (team_id > 0)",
    );
    insta::assert_snapshot!(written, @"
    ALTER TABLE `t`
        ADD COLUMN `team_id` BIGINT,
        ADD CONSTRAINT `uq_t_team_id` UNIQUE (`team_id`),
        ADD CONSTRAINT `fk_t_team_id` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`) ON DELETE RESTRICT,
        ADD CONSTRAINT `ck_t_team_id` CHECK (`team_id` > 0)
    ");
    let numbered = "ALTER TABLE t ADD COLUMN id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
    insta::assert_snapshot!(both(team, numbered), @"
    ALTER TABLE `t`
        ADD COLUMN `id` BIGINT NOT NULL AUTO_INCREMENT,
        ADD PRIMARY KEY (`id`)
    ");
}

#[test]
fn dropped_columns_are_in_no_use() {
    let table = "CREATE TABLE t (a INTEGER UNIQUE, b INTEGER, c INTEGER CHECK (c > 0), d INTEGER);
         CREATE INDEX ix_b ON t (b, a);
         CREATE VIEW v AS SELECT d FROM t;";
    for column in ["a", "b", "c", "d"] {
        let written = both(table, &format!("ALTER TABLE t DROP COLUMN {column}"));
        assert!(written.contains("is needed by"), "{written}");
    }
    insta::assert_snapshot!(both(table, "ALTER TABLE t DROP COLUMN b"), @"
    -- mysql
    mysql cannot drop the column b of the table t: column `t.b` is needed by index `ix_b`
    hint: drop what needs it in statements before this one
    -- mariadb
    mariadb cannot drop the column b of the table t: column `t.b` is needed by index `ix_b`
    hint: drop what needs it in statements before this one
    ");
    insta::assert_snapshot!(both(table, "DROP INDEX ix_b; ALTER TABLE t DROP COLUMN b"), @"
    DROP INDEX `ix_b` ON `t`;
    ALTER TABLE `t` DROP COLUMN `b`
    ");
}
