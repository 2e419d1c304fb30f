//! What operations do to a schema, and what they refuse.

use insta::assert_snapshot;

use crate::operation::ColumnChange;
use crate::operation::DataKind;
use crate::operation::Operation;
use crate::operation::testing::*;
use crate::schema::Constraint;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::ForeignKey;
use crate::schema::Generated;
use crate::schema::Name;
use crate::schema::PrimaryKey;
use crate::schema::Schema;
use crate::schema::Storage;
use crate::schema::TokenRun;

fn shop() -> Schema {
    let mut schema = schema(&[
        table("account", &["id", "team", "age"]),
        table("team", &["id", "size"]),
    ]);
    for operation in [
        add("account", foreign_key("fk_account_team", &["team"], "team", &[])),
        add("account", check("ck_account_age", "age > 17")),
        create_index("account", "ix_account_age", &["age"]),
        create_view(
            "big",
            "SELECT a . id , team . size AS width FROM account AS a JOIN team ON a . team = team . id",
        ),
    ] {
        schema.apply(&operation).unwrap();
    }
    schema
}

fn applied(schema: &Schema, operation: &Operation) -> Schema {
    let mut after = schema.clone();
    after.apply(operation).unwrap();
    after
}

fn query<'a>(schema: &'a Schema, view: &str) -> &'a TokenRun {
    match &schema.views[&name(view)].query {
        Expression::Portable(run) => run,
        Expression::Native(_) => panic!("the query is portable"),
    }
}

fn reference<'a>(schema: &'a Schema, table: &str) -> &'a ForeignKey {
    &schema.tables[&name(table)].foreign_keys[0]
}

#[test]
fn a_renamed_table_has_its_new_name_everywhere() {
    let after = applied(&shop(), &rename_table("team", "crew"));
    assert_eq!(reference(&after, "account").referenced_table, name("crew"));
    assert_eq!(
        *query(&after, "big"),
        run("SELECT a . id , crew . size AS width FROM account AS a JOIN crew ON a . team = crew . id")
    );
    assert!(!after.tables.contains_key(&name("team")));
}

#[test]
fn a_renamed_column_has_its_new_name_everywhere() {
    let after = applied(&shop(), &rename_column("team", "id", "number"));
    assert_eq!(
        reference(&after, "account").referenced_columns,
        names(&["number"])
    );
    assert_eq!(
        *query(&after, "big"),
        run("SELECT a . id , team . size AS width FROM account AS a JOIN team ON a . team = team . number")
    );

    let after = applied(&shop(), &rename_column("account", "age", "years"));
    let account = &after.tables[&name("account")];
    assert_eq!(account.checks[0].expression, expression("years > 17"));
    assert_eq!(
        after,
        applied(&after, &rename_column("account", "years", "years"))
    );
}

#[test]
fn a_rename_that_another_view_would_feel_is_refused() {
    let schema = applied(&shop(), &create_view("ids", "SELECT big . id FROM big"));
    assert_snapshot!(refusal(&schema, &rename_column("account", "id", "number")), @"the query of view `ids` would read something else by the name `number` | drop `ids` before the change and create it anew after it");
}

#[test]
fn a_rename_that_makes_a_name_ambiguous_is_refused() {
    let schema = applied(
        &shop(),
        &create_view("all_sizes", "SELECT size , age FROM account , team"),
    );
    assert_snapshot!(refusal(&schema, &rename_column("account", "age", "size")), @"the query of view `all_sizes` would read something else by the name `size` | drop `all_sizes` before the change and create it anew after it");
}

#[test]
fn a_new_column_that_makes_a_name_ambiguous_is_refused() {
    let schema = applied(
        &shop(),
        &create_view("all_sizes", "SELECT size FROM account , team"),
    );
    let new = Operation::AddColumn {
        table: name("account"),
        column: column("size", DataType::Integer),
        constraints: Vec::new(),
    };
    assert_snapshot!(refusal(&schema, &new), @"the query of view `all_sizes` would read something else by the name `size` | drop `all_sizes` before the change and create it anew after it");
}

#[test]
fn what_is_needed_cannot_be_dropped() {
    let drop_table = |table: &str| Operation::DropTable { table: name(table) };
    let schema = shop();
    assert_snapshot!(refusal(&schema, &drop_table("team")), @"table `team` is needed by constraint `fk_account_team` of table `account` and view `big` | first drop or change constraint `fk_account_team` of table `account` and view `big`");
    assert_snapshot!(refusal(&schema, &drop_column("account", "age")), @"column `account.age` is needed by constraint `ck_account_age` of table `account` and index `ix_account_age` | first drop or change constraint `ck_account_age` of table `account` and index `ix_account_age`");
    assert_snapshot!(refusal(&schema, &drop_column("team", "id")), @"column `team.id` is needed by constraint `pk_team` of table `team`, constraint `fk_account_team` of table `account` and view `big` | first drop or change constraint `pk_team` of table `team`, constraint `fk_account_team` of table `account` and view `big`");
    let drop_key = Operation::DropConstraint {
        table: name("team"),
        constraint: name("pk_team"),
    };
    assert_snapshot!(refusal(&schema, &drop_key), @"constraint `pk_team` of table `team` is needed by constraint `fk_account_team` of table `account` | first drop or change constraint `fk_account_team` of table `account`");
}

#[test]
fn a_view_names_its_columns() {
    let schema = schema(&[table("a", &["x", "y"]), table("b", &["z"])]);
    assert_snapshot!(refusal(&schema, &create_view("v", "SELECT b . z , a . * FROM a , b")), @"the query of view `v` reads all columns of `a` with *, which does not mean the same everywhere when a column is added | name the columns");
    applied(
        &schema,
        &create_view(
            "v",
            "SELECT z FROM b WHERE EXISTS ( SELECT * FROM a WHERE x = z )",
        ),
    );
}

#[test]
fn names_share_their_space() {
    let schema = shop();
    let create = |text: &str| Operation::CreateTable(table(text, &["id"]));
    assert_snapshot!(refusal(&schema, &create("big")), @"the name of the new table `big` is taken by view `big` | choose another name");
    assert_snapshot!(refusal(&schema, &create("Team")), @"the names of table `Team` and table `team` differ only in the case of their letters | choose another name");
    assert_snapshot!(refusal(&schema, &create_index("team", "ix_account_age", &["size"])), @"the name of the new index `ix_account_age` is taken by index `ix_account_age` | choose another name");
    assert_snapshot!(refusal(&schema, &add("account", check("fk_account_team", "age > 1"))), @"the name of the new constraint `fk_account_team` of table `account` is taken by constraint `fk_account_team` of table `account` | choose another name");
    assert_snapshot!(refusal(&schema, &rename_column("account", "age", "ID")), @"the names of column `account.ID` and column `account.id` differ only in the case of their letters | choose another name");
    assert!(refusal(&schema, &create(&"x".repeat(64))).starts_with("the name of table `xxx"));
    applied(&schema, &rename_column("account", "age", "Age"));
    applied(&schema, &rename_table("team", "Team"));
}

#[test]
fn a_name_that_does_not_exist_brings_a_suggestion() {
    let schema = shop();
    assert_snapshot!(refusal(&schema, &drop_column("account", "aeg")), @"there is no column `account.aeg` | did you mean `age`?");
    assert_snapshot!(refusal(&schema, &drop_column("big", "id")), @"view `big` is not what this statement is for | `big` is a view: drop it and create it anew");
    assert_snapshot!(refusal(&schema, &Operation::DropView { view: name("bigg") }), @"there is no view `bigg` | did you mean `big`?");
    assert_snapshot!(refusal(&schema, &create_view("v", "SELECT sise FROM team")), @"the query of view `v` reads the column `sise`, which does not exist | did you mean `size`?");
    assert_snapshot!(refusal(&schema, &create_view("v", "SELECT size FROM teem")), @"the query of view `v` reads `teem`, which does not exist | did you mean `team`?");
}

#[test]
fn a_foreign_key_fits_what_it_references() {
    let mut text = table("note", &["id", "owner"]);
    text.columns[1].data_type = DataType::Text;
    let schema = applied(&shop(), &Operation::CreateTable(text));
    let refers = |columns: &[&str], referenced: &[&str]| {
        refusal(
            &schema,
            &add("note", foreign_key("fk", columns, "account", referenced)),
        )
    };
    assert_snapshot!(refers(&["owner"], &[]), @"foreign key `fk` of table `note` compares the columns `owner` and `account.id`, whose types differ | give both columns the same type; to change both, drop the foreign key first");
    assert_snapshot!(refers(&["id"], &["age"]), @"foreign key `fk` of table `note` references columns of table `account` that are neither its primary key nor unique | add a UNIQUE constraint on just these columns of `account`");
    assert_snapshot!(refers(&["id", "owner"], &["id"]), @"foreign key `fk` of table `note` has 2 columns and references 1 | reference as many columns as refer");
    assert_snapshot!(refers(&["id"], &["ag"]), @"there is no column `account.ag` | did you mean `age`?");
    let itself = add("account", foreign_key("fk_self", &["age"], "account", &[]));
    applied(&schema, &itself);
}

#[test]
fn a_type_that_a_foreign_key_compares_stays() {
    let change = Operation::AlterColumn {
        table: name("team"),
        column: name("id"),
        change: ColumnChange::SetType(DataType::BigInt),
    };
    assert_snapshot!(refusal(&shop(), &change), @"foreign key `fk_account_team` of table `account` compares the columns `team` and `team.id`, whose types differ | give both columns the same type; to change both, drop the foreign key first");
}

#[test]
fn a_primary_key_makes_its_columns_not_null() {
    let schema = shop();
    assert!(!schema.tables[&name("team")].columns[0].nullable);
    let nullable = Operation::AlterColumn {
        table: name("team"),
        column: name("id"),
        change: ColumnChange::DropNotNull,
    };
    assert_snapshot!(refusal(&schema, &nullable), @"column `team.id` is part of the primary key and cannot be NULL | drop the primary key first");
    let second = Constraint::PrimaryKey(PrimaryKey::new(name("pk"), names(&["size"])));
    assert_snapshot!(refusal(&schema, &add("team", second)), @"table `team` has the primary key `pk_team` already | drop `pk_team` first, or write UNIQUE for a second key");
}

#[test]
fn columns_have_one_origin() {
    let refused = |change: fn(&mut crate::schema::Column)| {
        let mut table = table("t", &["id", "x"]);
        change(&mut table.columns[1]);
        refusal(&Schema::new(), &Operation::CreateTable(table))
    };
    assert_snapshot!(refused(|column| column.identity = true), @"column `t.x` is numbered by the engine and must be the only column of the primary key | write PRIMARY KEY (…) with this column alone");
    assert_snapshot!(refused(|column| column.default = Some(expression("id + 1"))), @"column `t.x` has a default that reads the column `id` | write GENERATED ALWAYS AS (…) STORED");
    assert_snapshot!(refused(|column| column.generated = Some(Generated::new(expression("x + 1"), Storage::Stored))), @"column `t.x` is generated from `x`, which is generated itself | repeat the expression of that column");
    assert_snapshot!(refused(|column| column.name = Name::exact("id").unwrap()), @"the name of the new column `t.id` is taken by column `t.id` | choose another name");
}

#[test]
fn numbers_are_no_truth_values() {
    let mut flags = table("flag", &["id", "lit"]);
    flags.columns[1].data_type = DataType::Boolean;
    let schema = schema(&[flags]);
    let insert = |values: &str| data(DataKind::Insert, "flag", &["id", "lit"], values);
    assert_snapshot!(refusal(&schema, &insert("INSERT INTO flag ( id , lit ) VALUES ( 1 , TRUE ) , ( 2 , 0 )")), @"0 is not a value of the BOOLEAN column `flag.lit` | write FALSE");
    assert_snapshot!(refusal(&schema, &insert("INSERT INTO flag ( id , lit ) VALUES ( 1 )")), @"row 1 of the INSERT into `flag` has 1 values for 2 columns | name the columns, and give each a value");
    applied(
        &schema,
        &insert("INSERT INTO flag ( id , lit ) VALUES ( coalesce( 1 , 0 ) , FALSE )"),
    );
    let nested = "UPDATE flag SET lit = EXISTS ( SELECT id FROM other WHERE lit = 1 )";
    applied(&schema, &data(DataKind::Update, "flag", &["lit"], nested));
    let update = data(DataKind::Update, "flag", &["lit"], "UPDATE flag SET lit = 1");
    assert_snapshot!(refusal(&schema, &update), @"1 is not a value of the BOOLEAN column `flag.lit` | write TRUE");
    let default = Operation::AlterColumn {
        table: name("flag"),
        column: name("lit"),
        change: ColumnChange::SetDefault(expression("( 1 )")),
    };
    assert_snapshot!(refusal(&schema, &default), @"1 is not a value of the BOOLEAN column `flag.lit` | write TRUE");
    assert_snapshot!(refusal(&schema, &add("flag", check("ck", "lit <> 0"))), @"0 is not a value of the BOOLEAN column `flag.lit` | write FALSE");
}
