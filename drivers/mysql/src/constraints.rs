//! Foreign keys and checks as the catalogue lists them.
//!
//! What is said of one stands in two tables of `information_schema`, and a join of these takes the square of the time that
//! the tables take: they are asked one by one, and their rows are brought together here.

use limbeck_core::driver::Rows;

use crate::dialect::MARIADB;
use crate::dialect::MySqlDialect;
use crate::rows::joined;

/// What gives the condition that a column of the catalogue names one of the tables that are asked for.
pub(crate) type Among<'a> = &'a dyn Fn(&str) -> String;

/// The questions for foreign keys: a row a column, and a row a key.
pub(crate) fn foreign_key_questions(among: Among<'_>) -> [String; 2] {
    [
        format!(
            "SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name, \
             CASE WHEN k.referenced_table_schema = database() THEN NULL ELSE k.referenced_table_schema END \
             FROM information_schema.key_column_usage AS k \
             WHERE k.table_schema = database() AND k.constraint_schema = database() \
             AND k.referenced_table_name IS NOT NULL{} ORDER BY k.table_name, k.constraint_name, k.ordinal_position",
            among("k.table_name")
        ),
        format!(
            "SELECT r.table_name, r.constraint_name, r.delete_rule, r.update_rule \
             FROM information_schema.referential_constraints AS r WHERE r.constraint_schema = database(){}",
            among("r.table_name")
        ),
    ]
}

/// The columns of foreign keys: table, constraint, column, referenced table and column, the other database, and the rules
/// for DELETE and UPDATE.
pub(crate) fn foreign_keys(columns: Rows, rules: &Rows) -> Rows {
    joined(columns, rules, 2)
}

/// The questions for checks. Only MariaDB says of the text of a check to which table it belongs, and has checks of the same
/// name in several tables.
pub(crate) fn check_questions(dialect: &MySqlDialect, among: Among<'_>) -> [String; 2] {
    let listed = |columns: &str| {
        format!(
            "SELECT {columns} FROM information_schema.table_constraints AS t WHERE t.table_schema = database() \
             AND t.constraint_type = 'CHECK'{}",
            among("t.table_name")
        )
    };
    let texts = "FROM information_schema.check_constraints AS c WHERE c.constraint_schema = database()";
    match dialect == &MARIADB {
        true => [
            listed("t.constraint_name, t.table_name, 'YES'"),
            format!(
                "SELECT c.constraint_name, c.table_name, c.check_clause, c.level {texts}{}",
                among("c.table_name")
            ),
        ],
        false => [
            listed("t.constraint_name, t.table_name, t.enforced"),
            match among("t.table_name").is_empty() {
                true => format!("SELECT c.constraint_name, c.check_clause, 'Table' {texts}"),
                false => format!(
                    "SELECT c.constraint_name, c.check_clause, 'Table' {texts} AND c.constraint_name IN ({})",
                    listed("t.constraint_name")
                ),
            },
        ],
    }
}

/// The checks in the order of their names: table, constraint, whether it is enforced, condition and level.
pub(crate) fn checks(dialect: &MySqlDialect, listed: Rows, texts: &Rows) -> Rows {
    let keys = if dialect == &MARIADB { 2 } else { 1 };
    let mut checks = joined(listed, texts, keys);
    checks.rows.sort_by(|one, other| one.text(0).cmp(&other.text(0)));
    for row in &mut checks.rows {
        row.0.swap(0, 1);
    }
    checks
}
