//! Laws of replay, inverse and derived downgrade, over random operations on few names.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::sample::select;
use proptest::sample::subsequence;

use super::ColumnChange;
use super::DataKind;
use super::Obstacle;
use super::Operation;
use super::PortableOptions;
use super::WorkingSchema;
use super::derive_downgrade;
use super::parse_statement;
use super::portable_sql;
use super::testing::*;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::DataType;
use crate::schema::Generated;
use crate::schema::Name;
use crate::schema::PrimaryKey;
use crate::schema::Schema;
use crate::schema::Storage;
use crate::schema::Table;
use crate::sql::Span;

fn relation() -> impl Strategy<Value = &'static str> {
    select(vec!["a", "b", "c", "d"])
}

fn any_column() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        9 => select(vec!["x", "y", "z", "w"]),
        1 => select(vec!["v", "X"]),
    ]
}

fn constraint_name() -> impl Strategy<Value = &'static str> {
    select(vec!["k1", "k2", "k3", "k4"])
}

fn data_type() -> impl Strategy<Value = DataType> {
    select(vec![
        DataType::Integer,
        DataType::Integer,
        DataType::BigInt,
        DataType::Boolean,
        DataType::Text,
    ])
}

fn default() -> impl Strategy<Value = &'static str> {
    select(vec!["1", "'one'", "TRUE", "CURRENT_TIMESTAMP"])
}

prop_compose! {
    fn new_column()(
        column_name in any_column(),
        data_type in data_type(),
        nullable in any::<bool>(),
        identity in prop::bool::weighted(0.1),
        default in option::weighted(0.3, default()),
        generated in option::weighted(0.2, any_column()),
    ) -> Column {
        let mut new = column(column_name, data_type);
        new.nullable = nullable;
        new.identity = identity;
        new.default = default.map(expression);
        new.generated = generated
            .map(|read| Generated::new(expression(&format!("{read} + 1")), Storage::Stored));
        new
    }
}

fn constraint() -> impl Strategy<Value = Constraint> {
    let columns = || vec(any_column(), 1..3);
    prop_oneof![
        (constraint_name(), columns()).prop_map(|(text, columns)| {
            Constraint::PrimaryKey(PrimaryKey::new(name(text), names(&columns)))
        }),
        (constraint_name(), columns()).prop_map(|(text, columns)| unique(text, &columns)),
        (
            constraint_name(),
            any_column(),
            relation(),
            option::of(any_column())
        )
            .prop_map(|(text, column, target, referenced)| {
                let referenced: Vec<&str> = referenced.into_iter().collect();
                foreign_key(text, &[column], target, &referenced)
            }),
        (constraint_name(), any_column()).prop_map(|(text, column)| check(text, &format!("{column} > 1"))),
    ]
}

prop_compose! {
    fn new_table()(
        table_name in relation(),
        columns in subsequence(vec!["x", "y", "z", "w"], 2..=4),
        types in vec(new_column(), 4),
        key in option::weighted(0.8, any::<Index>()),
        comment in option::of(Just("words".to_owned())),
    ) -> Table {
        let mut new = Table::new(name(table_name), types);
        new.columns.truncate(columns.len());
        for (column, text) in new.columns.iter_mut().zip(&columns) {
            column.name = name(text);
            column.identity = false;
        }
        new.primary_key = key.map(|key| PrimaryKey::new(name("k0"), names(&[*key.get(&columns)])));
        new.comment = comment;
        new
    }
}

/// A schema on which most operations have something to do.
fn some_tables() -> Schema {
    let mut schema = schema(&[
        table("a", &["x", "y", "z"]),
        table("b", &["x", "y", "w"]),
        table("c", &["z"]),
    ]);
    for operation in [
        add("b", foreign_key("k1", &["y"], "a", &[])),
        add("c", check("k2", "z > 1")),
        add("a", unique("k3", &["y", "z"])),
        create_index("a", "i", &["z"]),
        create_view("v", "SELECT a . x , w FROM a JOIN b ON a . x = b . y"),
        create_view("u", "SELECT x AS q FROM v"),
    ] {
        schema.apply(&operation).unwrap();
    }
    schema
}

fn query() -> impl Strategy<Value = String> {
    let parts = (relation(), relation(), any_column(), any_column());
    (parts, 0..6).prop_map(|((a, b, x, y), form)| match form {
        0 => format!("SELECT {x} FROM {a}"),
        1 => format!("SELECT count( * ) AS q FROM {a} WHERE EXISTS ( SELECT * FROM {b} )"),
        2 => format!("SELECT {a} . {x} AS q FROM {a} WHERE {y} > 1 ORDER BY q"),
        3 => format!("SELECT t . {x} , {b} . {y} FROM {a} t JOIN {b} ON t . {x} = {b} . {y}"),
        4 => format!("SELECT {x} FROM {a} WHERE EXISTS ( SELECT {y} FROM {b} WHERE {b} . {y} = {a} . {x} )"),
        _ => format!("SELECT q FROM ( SELECT {x} AS q FROM {a} UNION SELECT {y} FROM {b} ) AS e"),
    })
}

fn change() -> impl Strategy<Value = ColumnChange> {
    prop_oneof![
        data_type().prop_map(ColumnChange::SetType),
        Just(ColumnChange::SetNotNull),
        Just(ColumnChange::DropNotNull),
        default().prop_map(|default| ColumnChange::SetDefault(expression(default))),
        Just(ColumnChange::DropDefault),
        Just(ColumnChange::AddIdentity),
        Just(ColumnChange::DropIdentity),
    ]
}

fn of_column() -> impl Strategy<Value = Operation> {
    prop_oneof![
        3 => (relation(), new_column(), vec(constraint(), 0..2)).prop_map(|(table, column, constraints)| {
            Operation::AddColumn { table: name(table), column, constraints }
        }),
        2 => (relation(), any_column()).prop_map(|(table, column)| drop_column(table, column)),
        2 => (relation(), any_column(), any_column()).prop_map(|(table, from, to)| rename_column(table, from, to)),
        2 => (relation(), any_column(), change()).prop_map(|(table, column, change)| Operation::AlterColumn {
            table: name(table),
            column: name(column),
            change,
        }),
        1 => (relation(), any_column(), option::of(Just("words".to_owned()))).prop_map(
            |(table, column, comment)| Operation::CommentOnColumn {
                table: name(table),
                column: name(column),
                comment,
            }
        ),
    ]
}

fn of_table() -> impl Strategy<Value = Operation> {
    let index_name = || select(vec!["i", "j", "k"]);
    prop_oneof![
        2 => new_table().prop_map(Operation::CreateTable),
        1 => relation().prop_map(|table| Operation::DropTable { table: name(table) }),
        1 => (relation(), relation()).prop_map(|(from, to)| rename_table(from, to)),
        3 => (relation(), constraint()).prop_map(|(table, constraint)| add(table, constraint)),
        1 => (relation(), constraint_name()).prop_map(|(table, constraint)| Operation::DropConstraint {
            table: name(table),
            constraint: name(constraint),
        }),
        1 => (relation(), constraint_name(), constraint_name()).prop_map(|(table, from, to)| {
            Operation::RenameConstraint { table: name(table), from: name(from), to: name(to) }
        }),
        2 => (relation(), index_name(), vec(any_column(), 1..3)).prop_map(|(table, index, columns)| {
            create_index(table, index, &columns)
        }),
        1 => index_name().prop_map(|index| Operation::DropIndex { index: name(index) }),
        2 => (select(vec!["v", "u", "d"]), query()).prop_map(|(view, query)| create_view(view, &query)),
        1 => select(vec!["v", "u", "d"]).prop_map(|view| Operation::DropView { view: name(view) }),
    ]
}

fn of_rows() -> impl Strategy<Value = Operation> {
    (relation(), any_column()).prop_map(|(table, column)| {
        let text = format!("INSERT INTO {table} ( {column} ) VALUES ( NULL )");
        data(DataKind::Insert, table, &[column], &text)
    })
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![4 => of_table(), 4 => of_column(), 1 => of_rows()]
}

/// Applies what can be applied, and gives it.
fn apply_some(schema: &mut Schema, operations: Vec<Operation>) -> Vec<Operation> {
    let mut applied = Vec::new();
    for operation in operations {
        let before = schema.clone();
        match schema.apply(&operation) {
            Ok(()) => applied.push(operation),
            Err(error) => {
                assert_eq!(*schema, before, "{error}");
                assert!(!error.to_string().is_empty());
                let _ = error.hint();
            }
        }
    }
    applied
}

pub(crate) fn applied(schema: &Schema, operations: &[Operation]) -> Schema {
    let mut schema = schema.clone();
    for operation in operations {
        schema
            .apply(operation)
            .unwrap_or_else(|error| panic!("{operation:?}: {error}"));
    }
    schema
}

/// A schema that operations can make, of tables that have much the same names each time.
pub(crate) fn some_schema() -> impl Strategy<Value = Schema> {
    vec(operation(), 0..50).prop_map(|operations| {
        let mut schema = some_tables();
        apply_some(&mut schema, operations);
        schema
    })
}

/// Whether the operation is read again as it is printed. One that a file holds is.
fn is_read_back(operation: &Operation) -> bool {
    let printed = portable_sql(operation).unwrap();
    let whole = Span::new(0, printed.len());
    parse_statement(&printed, whole, &PortableOptions::default())
        .is_ok_and(|read| read == [operation.clone()])
}

/// Every name that a part of the schema speaks of exists.
fn assert_whole(schema: &Schema) {
    for table in schema.tables.values() {
        for key in &table.foreign_keys {
            let target = &schema.tables[&key.referenced_table];
            assert!(
                key.referenced_columns
                    .iter()
                    .all(|column| target.column(column).is_some())
            );
            assert!(key.columns.iter().all(|column| table.column(column).is_some()));
        }
        let keys = table.primary_key.iter().flat_map(|key| &key.columns);
        let uniques = table.uniques.iter().flat_map(|unique| &unique.columns);
        let columns: Vec<&Name> = keys.chain(uniques).collect();
        assert!(columns.iter().all(|column| table.column(column).is_some()));
    }
    let mut again = Schema::new();
    again.tables = schema.tables.clone();
    let mut views: Vec<_> = schema.views.values().cloned().collect();
    while !views.is_empty() {
        let left = views.len();
        views.retain(|view| again.apply(&Operation::CreateView(view.clone())).is_err());
        assert!(views.len() < left, "no order creates {views:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_schema_stays_whole(operations in vec(operation(), 0..60)) {
        let mut schema = some_tables();
        apply_some(&mut schema, operations);
        assert_whole(&schema);
    }

    /// Who remembers the names finds the same faults as who looks for them.
    #[test]
    fn operations_fit_a_working_schema_as_they_fit_a_schema(operations in vec(operation(), 0..60)) {
        let mut schema = some_tables();
        let mut working = WorkingSchema::new(schema.clone());
        for operation in operations {
            prop_assert_eq!(working.apply(&operation), schema.apply(&operation), "{:?}", operation);
            prop_assert_eq!(&*working, &schema);
        }
    }

    #[test]
    fn an_inverse_leads_back(first in vec(operation(), 0..40), then in vec(operation(), 0..20)) {
        let mut before = some_tables();
        apply_some(&mut before, first);
        for operation in then {
            let mut after = before.clone();
            if after.apply(&operation).is_err() {
                continue;
            }
            match operation.inverse(&before) {
                Ok(inverse) => {
                    let back = applied(&after, &inverse.operations);
                    prop_assert_eq!(back.in_name_order(), before.clone().in_name_order());
                }
                Err(error) => prop_assert!(!matches!(error.obstacle, Obstacle::Apply(_)), "{}", error),
            }
            before = after;
        }
    }

    #[test]
    fn a_derived_downgrade_leads_back(first in vec(operation(), 0..30), then in vec(operation(), 0..30)) {
        let mut before = some_tables();
        apply_some(&mut before, first);
        let mut after = before.clone();
        let upgrade = apply_some(&mut after, then);
        match derive_downgrade(&upgrade, &before) {
            Ok(downgrade) => {
                let back = applied(&after, &downgrade.operations);
                prop_assert_eq!(back.in_name_order(), before.in_name_order());
            }
            Err(error) => {
                prop_assert!(error.index < upgrade.len());
                prop_assert!(!matches!(error.obstacle, Obstacle::Apply(_)), "{}", error);
            }
        }
    }
    #[test]
    fn a_derived_downgrade_can_stand_in_a_file(first in vec(operation(), 0..30), then in vec(operation(), 0..30)) {
        let mut before = some_tables();
        apply_some(&mut before, first.into_iter().filter(is_read_back).collect());
        let mut after = before.clone();
        let upgrade = apply_some(&mut after, then.into_iter().filter(is_read_back).collect());
        let Ok(downgrade) = derive_downgrade(&upgrade, &before) else {
            return Ok(());
        };
        for operation in &downgrade.operations {
            prop_assert!(is_read_back(operation), "{:?}", operation);
        }
        for loss in &downgrade.losses {
            prop_assert!(upgrade.iter().any(|operation| loss.is_by(operation)), "{}", loss);
            prop_assert!(downgrade.operations.iter().any(|operation| loss.is_left_by(operation)), "{}", loss);
        }
    }
}
