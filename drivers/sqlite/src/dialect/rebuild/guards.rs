//! What is asked before and after a rebuild.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::DataKind;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::super::default;
use super::super::default::DefaultKind;
use super::super::implied;
use super::super::mention::mentions;
use super::super::traits::SQLITE;
use super::super::types;
use super::copy::Copy;

/// A table that is made only to be altered.
const READ_ALL: &str = "limbeck_read_all";

/// A question that finds the number of rows, when there are any.
pub(in super::super) fn counting(table: &Name, condition: &str) -> String {
    let table = render::quoted(&SQLITE, table);
    // HAVING without GROUP BY is from 3.39 on.
    format!("SELECT n FROM (SELECT count(*) AS n FROM {table} WHERE {condition}) WHERE n > 0")
}

/// What the rows must be like for an operation. About a column that the operations before have added or changed the old
/// table can't be asked: the new one refuses what does not fit.
pub(super) fn of(
    operation: &Operation,
    before: &Table,
    copy: &Copy,
    context: &RenderContext<'_>,
) -> Result<Vec<Guard>, RenderError> {
    Ok(match operation {
        Operation::AlterColumn {
            column,
            change: ColumnChange::SetNotNull,
            ..
        } if copy.is_old(column) => vec![not_null(&before.name, column)],
        Operation::AlterColumn {
            column,
            change: ColumnChange::SetNotNull,
            ..
        } if copy.is_nothing(column) => vec![no_row_without(&before.name, column)],
        Operation::AlterColumn {
            column,
            change: ColumnChange::SetType(data_type),
            ..
        } if copy.is_unchanged(column) => implied_check(before, column, data_type, context)?
            .into_iter()
            .chain(digits_kept(&before.name, column, data_type))
            .collect(),
        Operation::AddColumn { column, .. } => {
            let kind = column.default.as_ref().map_or(DefaultKind::Null, default::kind);
            let must_be_given = !column.nullable
                && !column.identity
                && column.generated.is_none()
                && kind == DefaultKind::Null;
            let guard = || no_row_without(&before.name, &column.name);
            must_be_given.then(guard).into_iter().collect()
        }
        Operation::AddConstraint { constraint, .. } => added(constraint, before, copy, context)?,
        _ => Vec::new(),
    })
}

/// No row is NULL in the column.
pub(in super::super) fn not_null(table: &Name, column: &Name) -> Guard {
    let condition = format!("{} IS NULL", render::quoted(&SQLITE, column));
    Guard::new(
        counting(table, &condition),
        format!("the column {column} of {table} can't become NOT NULL; rows in which it is NULL:"),
    )
    .with_hint(find(table, &condition))
}

/// How the rows of a guard are found.
fn find(table: &Name, condition: &str) -> String {
    let table = render::quoted(&SQLITE, table);
    format!("find them and change them first: SELECT * FROM {table} WHERE {condition}")
}

/// There is no row, which would get no value in a new column.
fn no_row_without(table: &Name, column: &Name) -> Guard {
    Guard::new(
        counting(table, "TRUE"),
        format!(
            "the column {column} of {table} can't be NOT NULL without a default; rows that would get none:"
        ),
    )
}

/// Every row meets the check.
pub(in super::super) fn met(
    table: &Name,
    name: &Name,
    expression: &Expression,
    context: &RenderContext<'_>,
) -> Result<Guard, RenderError> {
    let text = SQLITE.expression(expression, context)?;
    let condition = format!("NOT ({text})");
    let guard = Guard::new(
        counting(table, &condition),
        format!("the check {name} can't be added to {table}; rows that do not meet it:"),
    );
    Ok(guard.with_hint(find(table, &condition)))
}

fn added(
    constraint: &Constraint,
    before: &Table,
    copy: &Copy,
    context: &RenderContext<'_>,
) -> Result<Vec<Guard>, RenderError> {
    let are_old = |columns: &[Name]| columns.iter().all(|column| copy.is_unchanged(column));
    Ok(match constraint {
        Constraint::PrimaryKey(key) if are_old(&key.columns) => {
            let nulls = key.columns.iter().map(|column| not_null(&before.name, column));
            let shared = unshared(&before.name, "primary key", &key.name, &key.columns);
            nulls.chain([shared]).collect()
        }
        Constraint::Unique(unique) if are_old(&unique.columns) => {
            vec![unshared(
                &before.name,
                "UNIQUE constraint",
                &unique.name,
                &unique.columns,
            )]
        }
        Constraint::Check(check) => {
            let names = before.columns.iter().map(|column| &column.name);
            let is_changed = names
                .filter(|name| !copy.is_unchanged(name))
                .any(|name| mentions(&check.expression, name));
            if is_changed {
                Vec::new()
            } else {
                vec![met(&before.name, &check.name, &check.expression, context)?]
            }
        }
        _ => Vec::new(),
    })
}

/// No two rows have the same values. NULL is never the same.
fn unshared(table: &Name, kind: &str, name: &Name, columns: &[Name]) -> Guard {
    let columns: Vec<String> = columns
        .iter()
        .map(|column| render::quoted(&SQLITE, column))
        .collect();
    let shown: Vec<String> = columns
        .iter()
        // The values of a row may be long, and stand in the journal with the error.
        .map(|column| format!("substr(quote({column}), 1, 60)"))
        .collect();
    let given: Vec<String> = columns
        .iter()
        .map(|column| format!("{column} IS NOT NULL"))
        .collect();
    Guard::new(
        format!(
            "SELECT '(' || {} || ') in ' || count(*) || ' rows' FROM {} WHERE {} GROUP BY {} HAVING count(*) > 1 LIMIT 5",
            shown.join(" || ', ' || "),
            render::quoted(&SQLITE, table),
            given.join(" AND "),
            columns.join(", ")
        ),
        format!("the {kind} {name} can't be added to {table}; values that several rows have:"),
    )
}

/// Every row meets the check that a type needs.
fn implied_check(
    before: &Table,
    column: &Name,
    data_type: &DataType,
    context: &RenderContext<'_>,
) -> Result<Option<Guard>, RenderError> {
    let Some(mut changed) = before.column(column).cloned() else {
        return Ok(None);
    };
    changed.data_type = data_type.clone();
    let Some(check) = implied::check(&before.name, &changed) else {
        return Ok(None);
    };
    let text = SQLITE.expression(&check.expression, context)?;
    let condition = format!("NOT ({text})");
    let guard = Guard::new(
        counting(&before.name, &condition),
        format!(
            "the type of the column {column} of {} can't change; rows whose value would not fit:",
            before.name
        ),
    );
    Ok(Some(guard.with_hint(find(&before.name, &condition))))
}

/// No whole number has more digits than a floating-point number keeps.
fn digits_kept(table: &Name, column: &Name, data_type: &DataType) -> Option<Guard> {
    let is_floating = matches!(
        types::portable(data_type),
        Some(DataType::Real | DataType::DoublePrecision)
    );
    let name = render::quoted(&SQLITE, column);
    let condition = format!("typeof({name}) = 'integer' AND CAST(CAST({name} AS REAL) AS INTEGER) <> {name}");
    let guard = || {
        Guard::new(
            counting(table, &condition),
            format!(
                "the type of the column {column} of {table} can't change; rows whose value would not fit:"
            ),
        )
        .with_hint(find(table, &condition))
    };
    is_floating.then(guard)
}

/// Foreign keys are off, as they were set before the transaction: the setting does nothing inside of one, silently.
pub(super) fn foreign_keys_are_off(table: &Name) -> Guard {
    Guard::new(
        "SELECT 'on' FROM pragma_foreign_keys WHERE foreign_keys",
        format!(
            "the table {table} can't be rebuilt: dropping the old one would empty what refers to it while `PRAGMA \
             foreign_keys` is"
        ),
    )
}

/// The name under which the table is made anew is free, and no temporary object hides either name.
pub(in super::super) fn names_are_free(table: &Name, new: &Name, refusal: String) -> Guard {
    let (old, new) = (
        SQLITE.string_literal(table.as_str()),
        SQLITE.string_literal(new.as_str()),
    );
    Guard::new(
        format!(
            "SELECT 'the temporary ' || type || ' ' || name FROM sqlite_temp_schema \
             WHERE lower(name) IN (lower({old}), lower({new}), '{READ_ALL}') \
             UNION ALL SELECT 'the ' || type || ' ' || name FROM sqlite_schema \
             WHERE lower(name) IN (lower({new}), '{READ_ALL}')"
        ),
        refusal,
    )
    .with_hint("give it another name, or drop it")
}

/// A statement that would have ON DELETE or ON UPDATE act, were foreign keys on.
pub(in super::super) fn nothing_cascades(operation: &Operation) -> Option<Guard> {
    let Operation::Data(statement) = operation else {
        return None;
    };
    let table = SQLITE.string_literal(statement.table.as_ref()?.as_str());
    let (word, acts) = match statement.kind {
        DataKind::Delete => (
            "deleted",
            "f.on_delete NOT IN ('NO ACTION', 'RESTRICT')".to_owned(),
        ),
        DataKind::Update => {
            let columns = statement.columns.iter();
            let columns: Vec<_> = columns
                .map(|column| format!("lower({})", SQLITE.string_literal(column.as_str())))
                .collect();
            let of_key = format!(
                "(f.\"to\" IS NULL OR lower(f.\"to\") IN ({}))",
                columns.join(", ")
            );
            (
                "updated",
                format!("f.on_update NOT IN ('NO ACTION', 'RESTRICT') AND {of_key}"),
            )
        }
        _ => return None,
    };
    let guard = Guard::new(
        format!(
            "SELECT DISTINCT s.name FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f \
             WHERE s.type = 'table' AND lower(f.\"table\") = lower({table}) AND {acts}"
        ),
        format!(
            "rows of {} can't be {word} in a revision that rebuilds a table: foreign keys are off, and nothing is done to \
             the rows that refer to them, of",
            statement.table.as_ref()?
        ),
    );
    Some(guard.with_hint("give the statement a revision of its own"))
}

/// No row refers to a row that is not there.
pub(super) fn foreign_keys_hold() -> Guard {
    Guard::new(
        "SELECT \"table\" || coalesce(' (rowid ' || rowid || ')', '') || ' to ' || parent \
         FROM pragma_foreign_key_check LIMIT 5",
        "rows refer to rows that are not there, from",
    )
    .with_hint(
        "`limbeck verify --data` tells which of them were so before; beside a rebuild a DELETE does not cascade, so give \
         it a revision of its own",
    )
}

/// The table has nothing that only its own text would tell, where that text is not known: it would be lost.
pub(super) fn nothing_else_is_there(table: &Table) -> Guard {
    let listed = |names: Vec<&Name>| {
        let names: Vec<String> = names
            .into_iter()
            .map(|name| SQLITE.string_literal(name.as_str()))
            .collect();
        names.join(", ")
    };
    let columns = listed(table.columns.iter().map(|column| &column.name).collect());
    let indexes = listed(table.indexes.iter().map(|index| &index.name).collect());
    let name = SQLITE.string_literal(table.name.as_str());
    Guard::new(
        format!(
            "SELECT 'the ' || type || ' ' || name FROM sqlite_schema WHERE lower(tbl_name) = lower({name}) \
             AND type IN ('index', 'trigger') AND sql IS NOT NULL AND name NOT IN ({indexes}) \
             UNION ALL SELECT 'the column ' || name FROM pragma_table_xinfo({name}) WHERE name NOT IN ({columns})"
        ),
        format!(
            "the table {} can't be rebuilt without a look at it: the history does not know",
            table.name
        ),
    )
}

/// Has SQLite read all views and triggers: it does so when a column gets a new name, and tells which one is broken.
pub(super) fn everything_can_be_read() -> [String; 3] {
    [
        format!("CREATE TABLE \"{READ_ALL}\" (\"one\")"),
        format!("ALTER TABLE \"{READ_ALL}\" RENAME COLUMN \"one\" TO \"two\""),
        format!("DROP TABLE \"{READ_ALL}\""),
    ]
}
