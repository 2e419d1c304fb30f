//! What a database holds, as lines that can be compared.

use super::Client;
use super::ClientDatabase;

/// Columns of the journal that do not depend on who ran a file, where and when.
const JOURNAL: &str = "seq, history, revision, direction, event, statement_from, statement_to, statements, sql_hash, \
                       checksum, rows_after, tool, format, error, proof";

/// Everything that PostgreSQL's catalogue says of the schema `public`.
const POSTGRES: [&str; 4] = [
    "SELECT relname, relkind, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, \
     pg_get_expr(adbin, adrelid), obj_description(pg_class.oid), col_description(pg_class.oid, attnum) \
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid \
     LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum \
     WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped ORDER BY relname, attnum",
    "SELECT conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint \
     WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1",
];

/// The definition of a table without the number of its next row, which is no part of it.
fn without_counter(definition: &str) -> String {
    match definition.split_once(" AUTO_INCREMENT=") {
        Some((before, after)) => format!(
            "{before}{}",
            after.trim_start_matches(|c: char| c.is_ascii_digit())
        ),
        None => definition.to_owned(),
    }
}

impl ClientDatabase {
    /// Limbeck's tables and all others, as the catalogue tells of them.
    pub fn schema(&self) -> Vec<String> {
        match self.client() {
            Client::Psql => POSTGRES.iter().flat_map(|query| self.rows(query)).collect(),
            Client::MySql | Client::MariaDb => {
                let names = self.relations("table_type IS NOT NULL");
                let shown = names
                    .iter()
                    .flat_map(|name| self.rows(&format!("SHOW CREATE TABLE `{name}`")));
                shown.map(|text| without_counter(&text)).collect()
            }
        }
    }

    /// All rows of all tables, but for what depends on who wrote them, where and when.
    pub fn contents(&self) -> Vec<String> {
        let mut contents = Vec::new();
        for table in self.tables() {
            let quoted = match self.client() {
                Client::Psql => format!("\"{table}\""),
                Client::MySql | Client::MariaDb => format!("`{table}`"),
            };
            let columns = match table.as_str() {
                "limbeck_journal" => JOURNAL,
                _ => "*",
            };
            let mut rows = self.rows(&format!("SELECT {columns} FROM {quoted}"));
            rows.sort();
            contents.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        contents
    }

    /// Schema and rows.
    pub fn everything(&self) -> Vec<String> {
        let mut everything = self.schema();
        everything.extend(self.contents());
        everything
    }

    /// The names of all tables.
    pub fn tables(&self) -> Vec<String> {
        self.relations("table_type = 'BASE TABLE'")
    }

    fn relations(&self, condition: &str) -> Vec<String> {
        let schema = match self.client() {
            Client::Psql => "'public'",
            Client::MySql | Client::MariaDb => "database()",
        };
        self.rows(&format!(
            "SELECT table_name FROM information_schema.tables \
             WHERE table_schema = {schema} AND {condition} ORDER BY table_name"
        ))
    }
}
