//! Names for what has none.

use super::parse;
use crate::operation::NamingConvention;
use crate::operation::Operation;
use crate::operation::Operations;
use crate::operation::portable::naming::numbered;
use crate::schema::Constraint;
use crate::schema::Name;
use crate::schema::Schema;

fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}

#[test]
fn long_names_are_cut_the_same_way_each_time_and_stay_apart() {
    let naming = NamingConvention::default();
    let table = name(&"ä".repeat(30));
    let one = naming.unique(&table, &[name("one")]);
    let two = naming.unique(&table, &[name("two")]);
    assert_eq!(one, naming.unique(&table, &[name("one")]));
    assert_ne!(one, two);
    assert!(one.as_str().len() <= Name::MAX_PORTABLE_BYTES);
    insta::assert_snapshot!(
        naming.foreign_key(&name("repository_build_trigger_history"), &[name("repository_build_trigger_id")]),
        @"fk_repository_build_trigger_history_repository_build_trigger_id"
    );
}

#[test]
fn a_check_without_columns_is_named_after_the_table_alone() {
    assert_eq!(
        NamingConvention::default().check(&name("t"), &[]).as_str(),
        "ck_t"
    );
}

#[test]
fn names_keep_all_of_their_parts() {
    let naming = NamingConvention::default();
    assert_eq!(naming.primary_key(&name("t_")).as_str(), "pk_t_");
    assert_eq!(naming.unique(&name("t"), &[name("a_")]).as_str(), "uq_t_a_");
    assert_eq!(
        naming.unique(&name("{columns}"), &[name("{table}")]).as_str(),
        "uq_{columns}_{table}"
    );
}

/// Databases hold these names: they stay the same in every release.
#[test]
fn long_names_are_cut_as_they_always_were() {
    let naming = NamingConvention::default();
    let table = name("repository_build_trigger_history");
    let columns = [name("repository_build_trigger_id"), name("created_by_account_id")];
    let umlauts = name(&"ä".repeat(31));
    let unique = naming.unique(&table, &columns);
    let names = [
        naming.primary_key(&name(&"x".repeat(61))),
        unique.clone(),
        naming.foreign_key(&table, &columns),
        naming.check(&table, &columns),
        naming.index(&table, &columns),
        naming.index(&umlauts, &[name("a")]),
        naming.index(&name(&format!("x{umlauts}")), &[name("a")]),
        numbered(&unique, 2),
        numbered(&unique, 3),
    ];
    let lines = names.map(|name| format!("{} {name}", name.as_str().len()));
    insta::assert_snapshot!(lines.join("\n"), @r"
    63 pk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_6bbe5b28
    63 uq_repository_build_trigger_history_repository_build_t_abc3ab34
    63 fk_repository_build_trigger_history_repository_build_t_cbba07cb
    63 ck_repository_build_trigger_history_repository_build_t_1b1a8bb7
    63 ix_repository_build_trigger_history_repository_build_t_8ebfd993
    62 ix_äääääääääääääääääääääääää_a8818d38
    63 ix_xäääääääääääääääääääääääää_2e1a7326
    63 uq_repository_build_trigger_history_repository_build_t_7f636db9
    63 uq_repository_build_trigger_history_repository_build_t_013b1f5f
    ");
}

#[test]
fn a_pattern_without_its_place_holders_is_refused() {
    let naming = NamingConvention {
        index: "ix_{columns}".to_owned(),
        ..NamingConvention::default()
    };
    assert_eq!(
        naming.check_patterns().unwrap_err().to_string(),
        "the pattern `ix_{columns}` of `index` has no `{table}`"
    );
    assert_eq!(NamingConvention::default().check_patterns(), Ok(()));
}

/// The names of the constraints and indexes that an operation makes.
fn made(operation: &Operation) -> Vec<String> {
    let name = |constraint: &Constraint| constraint.name().to_string();
    match operation {
        Operation::CreateTable(table) => {
            let keys = table.primary_key.iter().map(|key| key.name.to_string());
            keys.chain(table.uniques.iter().map(|unique| unique.name.to_string()))
                .chain(table.foreign_keys.iter().map(|key| key.name.to_string()))
                .chain(table.checks.iter().map(|check| check.name.to_string()))
                .collect()
        }
        Operation::AddColumn { constraints, .. } => constraints.iter().map(name).collect(),
        Operation::AddConstraint { constraint, .. } => vec![name(constraint)],
        Operation::CreateIndex { index, .. } => vec![index.name.to_string()],
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_name_is_the_same_however_the_constraint_is_written() {
    for (name, clause, item) in [
        ("pk_t", "PRIMARY KEY", "PRIMARY KEY (a)"),
        ("uq_t_a", "UNIQUE", "UNIQUE (a)"),
        ("fk_t_a", "REFERENCES o", "FOREIGN KEY (a) REFERENCES o"),
        ("ck_t_a", "CHECK (a > 0)", "CHECK (a > 0)"),
    ] {
        for text in [
            format!("CREATE TABLE t (a INTEGER {clause})"),
            format!("CREATE TABLE t (a INTEGER, {item})"),
            format!("ALTER TABLE t ADD {item}"),
            format!("ALTER TABLE t ADD COLUMN a INTEGER {clause}"),
        ] {
            let operations = parse(&text).unwrap();
            assert_eq!(made(&operations[0]), [name], "{text}");
        }
    }
    let mut operations = Operations::default();
    operations
        .alter_table("t", |t| {
            t.add_primary_key(["a"]);
            t.add_unique(["a"]);
            t.add_foreign_key(["a"], "o");
            t.add_check("a > 0");
            t.add_index(["a"]);
        })
        .unwrap();
    operations.execute("CREATE INDEX ON t (a)").unwrap();
    let names: Vec<String> = operations.as_slice().iter().flat_map(made).collect();
    assert_eq!(names, ["pk_t", "uq_t_a", "fk_t_a", "ck_t_a", "ix_t_a", "ix_t_a"]);
}

#[test]
fn names_that_clash_are_told() {
    let clash = |text: &str| {
        let mut operations = Operations::default();
        operations.execute(text).unwrap();
        let mut schema = Schema::new();
        let applied = operations
            .as_slice()
            .iter()
            .try_for_each(|operation| schema.apply(operation));
        applied.unwrap_err().to_string()
    };
    insta::assert_snapshot!(
        clash(
            "CREATE TABLE a (b_c INTEGER); CREATE TABLE a_b (c INTEGER);
             CREATE INDEX ON a (b_c); CREATE INDEX ON a_b (c)"
        ),
        @"the name of the new index `ix_a_b_c` is taken by index `ix_a_b_c`"
    );
    insta::assert_snapshot!(
        clash("CREATE TABLE a (b INTEGER UNIQUE); ALTER TABLE a ADD UNIQUE NULLS NOT DISTINCT (b)"),
        @"the name of the new constraint `uq_a_b` of table `a` is taken by constraint `uq_a_b` of table `a`"
    );
}
