//! What the catalogue is asked: five questions, however many tables there are.
//!
//! Each table of the catalogue is told by itself of which database it is to speak: where that follows from a join only,
//! MariaDB opens the tables of all databases.

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Scope;

use crate::dialect::MARIADB;
use crate::dialect::MySqlDialect;

/// The questions, with the names of the tables where only some are wanted.
pub(super) struct Questions {
    pub(super) columns: String,
    pub(super) indexes: String,
    pub(super) foreign_keys: String,
    pub(super) checks: String,
    pub(super) views: String,
}

impl Questions {
    pub(super) fn new(dialect: &MySqlDialect, scope: Scope<'_>) -> Self {
        let among = |column: &str| match scope {
            Scope::Tables(names) => {
                // A list may not be empty.
                let names = names.iter().map(|name| dialect.string_literal(name.as_str()));
                let names: Vec<_> = std::iter::once("NULL".to_owned()).chain(names).collect();
                format!(" AND {column} IN ({})", names.join(", "))
            }
            _ => String::new(),
        };
        let is_mariadb = dialect == &MARIADB;
        Self {
            columns: format!(
                "SELECT t.table_name, t.table_comment, c.column_name, c.column_type, c.is_nullable, c.column_default, \
                 c.extra, c.generation_expression, c.character_set_name, c.collation_name, c.column_comment \
                 FROM information_schema.tables AS t JOIN information_schema.columns AS c \
                 ON c.table_name = t.table_name WHERE t.table_schema = database() AND c.table_schema = database() \
                 AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED'){} \
                 ORDER BY t.table_name, c.ordinal_position",
                among("t.table_name")
            ),
            indexes: format!(
                "SELECT s.table_name, s.index_name, s.non_unique, s.column_name, s.collation, s.sub_part, s.index_type, {} \
                 FROM information_schema.statistics AS s WHERE s.table_schema = database(){} \
                 ORDER BY s.table_name, s.index_name, s.seq_in_index",
                if is_mariadb { "NULL" } else { "s.expression" },
                among("s.table_name")
            ),
            foreign_keys: format!(
                "SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_name, \
                 k.referenced_column_name, r.delete_rule, r.update_rule \
                 FROM information_schema.key_column_usage AS k JOIN information_schema.referential_constraints AS r \
                 ON r.constraint_name = k.constraint_name AND r.table_name = k.table_name \
                 WHERE k.table_schema = database() AND k.referenced_table_schema = database() \
                 AND r.constraint_schema = database(){} \
                 ORDER BY k.table_name, k.constraint_name, k.ordinal_position",
                among("k.table_name")
            ),
            checks: checks(is_mariadb, &among("t.table_name")),
            views: match scope {
                Scope::All => VIEWS.to_owned(),
                _ => String::new(),
            },
        }
    }
}

/// A check that is not enforced is none to the model.
fn checks(is_mariadb: bool, among: &str) -> String {
    let (level, same_table, enforced) = match is_mariadb {
        true => ("c.level", " AND c.table_name = t.table_name", ""),
        false => ("'Table'", "", " AND t.enforced = 'YES'"),
    };
    format!(
        "SELECT t.table_name, c.constraint_name, c.check_clause, {level} \
         FROM information_schema.table_constraints AS t JOIN information_schema.check_constraints AS c \
         ON c.constraint_name = t.constraint_name{same_table} \
         WHERE t.table_schema = database() AND c.constraint_schema = database() \
         AND t.constraint_type = 'CHECK'{enforced}{among} \
         ORDER BY t.table_name, c.constraint_name"
    )
}

/// DISTINCT keeps MariaDB from joining the columns of all databases. A view that does not work has no columns.
const VIEWS: &str = "SELECT v.table_name, v.view_definition, database(), c.column_name \
    FROM information_schema.views AS v LEFT JOIN (SELECT DISTINCT table_name, column_name, ordinal_position \
    FROM information_schema.columns WHERE table_schema = database()) AS c ON c.table_name = v.table_name \
    WHERE v.table_schema = database() ORDER BY v.table_name, c.ordinal_position";
