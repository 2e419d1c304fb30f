//! What is refused.

use insta::assert_snapshot;

use super::told;
use crate::operation::Operations;
use crate::schema::DataType;
use crate::schema::NativeType;
use crate::schema::ReferentialAction;

fn refused(define: impl FnOnce(&mut crate::operation::CreateTable)) -> String {
    let mut operations = Operations::default();
    let answer = told(operations.create_table("account", define));
    assert!(operations.as_slice().is_empty());
    answer
}

#[test]
fn every_fault_is_told_at_once() {
    assert_snapshot!(refused(|t| {
        t.column("public.name", DataType::Varchar { length: 0 }).default("now()");
        t.column("kind", "STRING").default_text("a\0b").comment("\0");
        t.column("age", "INTEGER").check("age >").references("");
        t.primary_key(["age", "Age"]);
        t.unique(Vec::<String>::new());
        t.foreign_key(["age"], "x y").references(["id"]);
        t.check("born < CURRENT_DATE").named("1st");
        t.index(["\"Age\""]).filter("age = ?");
    }), @r"
    table `account`: column `public.name`: `public.name` is not a name without quotes; column `public.name`: in `VARCHAR(0)`: the length in characters is a whole number from 1 to 16383; column `public.name`: in `now()`: `now` is not a portable function; column `kind`: in `STRING`: `STRING` is not a portable type; column `kind`: a NUL character cannot stand in SQL; column `kind`: a NUL character cannot stand in SQL; column `age`: in `age >`: expected an expression, but the statement ends here; column `age`: a name cannot be empty; primary key: the column `age` stands twice in this list; unique constraint: it has no column; foreign key: `x y` is not a name without quotes; check: `1st` is not a name without quotes; check: in `born < CURRENT_DATE`: `CURRENT_DATE` cannot stand here: the result must not change with time; index: the names `age` and `Age` differ by case only; index: in `age = ?`: `?` is not portable
      -> a name of other characters than letters, digits and _ stands between double quotes
      -> write CURRENT_TIMESTAMP
      -> write VARCHAR(n)
      -> not every engine tells them apart: write both the same way, or choose another name
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    ");
}

#[test]
fn parts_that_do_not_go_together_are_refused() {
    assert_snapshot!(refused(|_| {}), @"table `account`: a table needs at least one column");
    assert_snapshot!(refused(|t| {
        t.column("id", "BIGINT").identity();
    }), @r"
    table `account`: the identity column `id` must be the whole primary key
      -> add PRIMARY KEY to it
    ");
    assert_snapshot!(refused(|t| {
        t.id("id").nullable();
    }), @r"
    table `account`: column `id`: `id` cannot be NULL
      -> leave NULL out
    ");
    assert_snapshot!(refused(|t| {
        t.id("id").stored_as("1");
    }), @"table `account`: column `id`: a column is numbered or computed, not both");
    assert_snapshot!(refused(|t| {
        t.id("id");
        t.column("ID", "TEXT");
    }), @"table `account`: the column `id` stands twice in the table");
    assert_snapshot!(refused(|t| {
        t.id("id");
        t.unique(["nick"]);
    }), @"table `account`: the table has no column `nick`");
    assert_snapshot!(refused(|t| {
        t.id("id");
        t.foreign_key(["id"], "pair").references(["a", "b"]);
    }), @"table `account`: foreign key: a foreign key refers to as many columns as it has: 1, found 2");
    assert_snapshot!(refused(|t| {
        t.column("team", "BIGINT").not_null().foreign_key("team", |key| {
            key.on_delete(ReferentialAction::SetNull);
        });
    }), @r"
    table `account`: SET NULL on `team`, which cannot be NULL
      -> drop NOT NULL, or choose another action
    ");
    assert_snapshot!(refused(|t| {
        t.column("on", "BOOLEAN").default("1");
        t.check("\"on\"").named("x");
        t.check("\"on\"").named("x");
    }), @r"
    table `account`: column `on`: a number is not a truth value on every engine
      -> write DEFAULT TRUE
    ");
    assert_snapshot!(refused(|t| {
        let open = NativeType::new("postgres", "numeric(");
        t.column("x", DataType::overridden(None, vec![open]));
    }), @"table `account`: column `x`: the type `numeric(` of postgres cannot stand between parentheses");
}

#[test]
fn an_expression_cannot_leave_its_parentheses() {
    assert_snapshot!(refused(|t| {
        t.id("id").check("1 = 1), CHECK (2 = 2");
        t.column("a", "TEXT, b TEXT").default("'x' NOT NULL");
    }), @"table `account`: column `id`: in `1 = 1), CHECK (2 = 2`: expected the end of the statement, found `)`; column `a`: in `TEXT, b TEXT`: expected the end of the statement, found `,`; column `a`: in `'x' NOT NULL`: expected `IN`, `BETWEEN` or `LIKE`, found `NULL`");
}

#[test]
fn other_faults_name_what_they_are_about() {
    let mut operations = Operations::default();
    assert_snapshot!(told(operations.drop_table("a; b")), @r"
    table `a; b`: `a; b` is not a name without quotes
      -> a name of other characters than letters, digits and _ stands between double quotes
    ");
    assert_snapshot!(told(operations.rename_table("a", "")), @"table `a`: a name cannot be empty");
    assert_snapshot!(told(operations.drop_index("i".repeat(64))), @r"
    index `iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii`: the name is 64 bytes long, more than the 63 that every engine keeps
      -> choose a shorter name
    ");
    assert_snapshot!(told(operations.create_view("v", "SELECT now() FROM a")), @r"
    view `v`: in `SELECT now() FROM a`: `now` is not a portable function
      -> write CURRENT_TIMESTAMP
    ");
    assert_snapshot!(told(operations.create_index("a", [""; 0], |_| {})), @"table `a`: index: it has no column");
    assert_snapshot!(told(operations.alter_table("a", |t| {
        t.rename_to("b");
        t.add_column("c", "INT");
    })), @r"
    table `a`: the table is renamed before its last change; column `c`: in `INT`: `INT` is not a portable type
      -> put rename_to at the end
      -> write INTEGER
    ");
    assert!(operations.as_slice().is_empty());
}
