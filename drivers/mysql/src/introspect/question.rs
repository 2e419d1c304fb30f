//! What the catalogue is asked: as many questions as there are kinds, however many tables there are.
//!
//! Each table of the catalogue is asked by itself, and told of which database it is to speak: where that follows from a join
//! only, MariaDB opens the tables of all databases, and MySQL takes the square of the time.

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Scope;

use crate::constraints;
use crate::dialect::MARIADB;
use crate::dialect::MySqlDialect;

/// The questions for tables, columns, indexes, the columns and the rules of foreign keys, checks, their texts, and views;
/// with the names of the tables where only some are wanted.
pub(super) fn questions(dialect: &MySqlDialect, scope: Scope<'_>) -> [String; 8] {
    let among = |column: &str| match scope {
        // For a list MariaDB looks at each table of the database, for one name at that table alone.
        Scope::Tables([name]) => format!(" AND {column} = {}", dialect.string_literal(name.as_str())),
        Scope::Tables(names) => {
            // A list may not be empty.
            let names = names.iter().map(|name| dialect.string_literal(name.as_str()));
            let names: Vec<_> = std::iter::once("NULL".to_owned()).chain(names).collect();
            format!(" AND {column} IN ({})", names.join(", "))
        }
        _ => String::new(),
    };
    let [key_columns, key_rules] = constraints::foreign_key_questions(&among);
    let [checks, check_texts] = constraints::check_questions(dialect, &among);
    let tables = format!(
        "SELECT t.table_name, t.table_comment FROM information_schema.tables AS t WHERE t.table_schema = database() \
         AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED'){}",
        among("t.table_name")
    );
    let columns = format!(
        "SELECT c.table_name, c.column_name, c.column_type, c.is_nullable, c.column_default, c.extra, \
         c.generation_expression, c.character_set_name, c.collation_name, c.column_comment \
         FROM information_schema.columns AS c WHERE c.table_schema = database(){} \
         ORDER BY c.table_name, c.ordinal_position",
        among("c.table_name")
    );
    let indexes = format!(
        "SELECT s.table_name, s.index_name, s.non_unique, s.column_name, s.collation, s.sub_part, s.index_type, {} \
         FROM information_schema.statistics AS s WHERE s.table_schema = database(){} \
         ORDER BY s.table_name, s.index_name, s.seq_in_index",
        if dialect == &MARIADB {
            "NULL"
        } else {
            "s.expression"
        },
        among("s.table_name")
    );
    let views = match scope {
        Scope::All => "",
        _ => " AND false",
    };
    let views = format!(
        "SELECT v.table_name, v.view_definition, database() FROM information_schema.views AS v \
         WHERE v.table_schema = database(){views}"
    );
    [
        tables,
        columns,
        indexes,
        key_columns,
        key_rules,
        checks,
        check_texts,
        views,
    ]
}
