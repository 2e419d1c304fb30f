//! Foreign keys: what the engines would read and forget is refused.

use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Deferrable;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::ReferentialAction;

use super::support::*;

const TABLE: &str = "
    CREATE TABLE team (id BIGINT PRIMARY KEY);
    CREATE TABLE t (a BIGINT, b BIGINT, CONSTRAINT ck_b CHECK (b > 0));";

fn add(change: impl FnOnce(&mut ForeignKey)) -> String {
    let mut key = ForeignKey::new(name("fk_a"), vec![name("a")], name("team"), vec![]);
    change(&mut key);
    let add = Operation::AddConstraint {
        table: name("t"),
        constraint: Constraint::ForeignKey(key),
    };
    both_of(&schema(TABLE), &[add])
}

#[test]
fn the_referenced_columns_are_written() {
    insta::assert_snapshot!(add(|key| key.on_delete = ReferentialAction::SetNull), @"ALTER TABLE `t` ADD CONSTRAINT `fk_a` FOREIGN KEY (`a`) REFERENCES `team` (`id`) ON DELETE SET NULL");
    insta::assert_snapshot!(both("", "CREATE TABLE node (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES node ON UPDATE CASCADE)"), @"
    -- mysql
    CREATE TABLE `node` (
        `id` BIGINT NOT NULL,
        `parent` BIGINT,
        PRIMARY KEY (`id`),
        CONSTRAINT `fk_node_parent` FOREIGN KEY (`parent`) REFERENCES `node` (`id`) ON UPDATE CASCADE
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin
    -- mariadb
    CREATE TABLE `node` (
        `id` BIGINT NOT NULL,
        `parent` BIGINT,
        PRIMARY KEY (`id`),
        CONSTRAINT `fk_node_parent` FOREIGN KEY (`parent`) REFERENCES `node` (`id`) ON UPDATE CASCADE
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin
    ");
}

#[test]
fn what_would_be_forgotten_is_refused() {
    insta::assert_snapshot!(add(|key| key.on_delete = ReferentialAction::SetDefault), @"
    -- mysql
    mysql cannot set the default by the foreign key fk_a
    hint: write SET NULL, CASCADE or RESTRICT
    -- mariadb
    mariadb cannot set the default by the foreign key fk_a
    hint: write SET NULL, CASCADE or RESTRICT
    ");
    insta::assert_snapshot!(add(|key| key.deferrable = Deferrable::InitiallyDeferred), @"
    -- mysql
    mysql cannot defer the foreign key fk_a
    hint: leave DEFERRABLE out, or write the key in native sections
    -- mariadb
    mariadb cannot defer the foreign key fk_a
    hint: leave DEFERRABLE out, or write the key in native sections
    ");
}

#[test]
fn no_check_looks_at_what_a_key_writes() {
    let add = |action: &str| {
        both(
            TABLE,
            &format!("ALTER TABLE t ADD CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES team {action}"),
        )
    };
    insta::assert_snapshot!(add("ON DELETE SET NULL"), @"
    -- mysql
    mysql cannot check the column b of the table t with ck_b while the foreign key fk_b may write it
    hint: leave the check or the action of the key out, or write them in native sections
    -- mariadb
    mariadb cannot check the column b of the table t with ck_b while the foreign key fk_b may write it
    hint: leave the check or the action of the key out, or write them in native sections
    ");
    assert!(add("ON UPDATE CASCADE").contains("hint"));
    insta::assert_snapshot!(add("ON DELETE CASCADE"), @"ALTER TABLE `t` ADD CONSTRAINT `fk_b` FOREIGN KEY (`b`) REFERENCES `team` (`id`) ON DELETE CASCADE");
    let column = "CREATE TABLE x (a BIGINT CHECK (a > 0) REFERENCES team ON DELETE SET NULL)";
    assert!(both(TABLE, column).contains("may write it"));
    let column = "ALTER TABLE t ADD COLUMN c BIGINT CHECK (c > 0) REFERENCES team ON DELETE SET NULL";
    assert!(both(TABLE, column).contains("may write it"));
}

#[test]
fn nothing_stored_is_computed_from_what_a_key_writes() {
    let computed = |storage: &str, action: &str| {
        let table = format!(
            "CREATE TABLE x (
                a BIGINT, g BIGINT GENERATED ALWAYS AS (a + 1) {storage},
                CONSTRAINT fk_x FOREIGN KEY (a) REFERENCES team {action}
            )"
        );
        both(TABLE, &table)
    };
    insta::assert_snapshot!(computed("STORED", "ON DELETE SET NULL"), @"
    -- mysql
    mysql cannot let the foreign key fk_x write what the stored column g of the table x is computed from
    hint: write VIRTUAL for STORED, or leave the action of the key out
    -- mariadb
    mariadb cannot let the foreign key fk_x write what the stored column g of the table x is computed from
    hint: write VIRTUAL for STORED, or leave the action of the key out
    ");
    insta::assert_snapshot!(computed("STORED", "ON DELETE CASCADE"), @"
    -- mysql
    mysql cannot let the foreign key fk_x write what the stored column g of the table x is computed from
    hint: write VIRTUAL for STORED, or leave the action of the key out
    -- mariadb
    CREATE TABLE `x` (
        `a` BIGINT,
        `g` BIGINT GENERATED ALWAYS AS (`a` + 1) STORED,
        CONSTRAINT `fk_x` FOREIGN KEY (`a`) REFERENCES `team` (`id`) ON DELETE CASCADE
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin
    ");
    assert!(!computed("VIRTUAL", "ON DELETE SET NULL").contains("cannot"));
    let before = format!("{TABLE} CREATE TABLE y (a BIGINT REFERENCES team ON DELETE SET NULL);");
    let column = "ALTER TABLE y ADD COLUMN g BIGINT GENERATED ALWAYS AS (a * 2) STORED";
    assert!(both(&before, column).contains("is computed from"));
}
