//! What is read from the catalogue of a large schema.

use super::Row;
use super::engine_of;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::clients;
use crate::corpus::ManyTables;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::measure::Contender;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Role;
use crate::place::Place;
use crate::work;
use crate::work::Work;

pub(super) struct Check;

const LIMIT: f64 = 2.0;

/// What Limbeck does: it reads the catalogue, compares it with the revisions, and compares these with the models.
const COMMANDS: [(&str, &[&str]); 3] = [
    ("dump", &["dump", "database", "--format", "json"]),
    ("drift", &["drift"]),
    ("check", &["check"]),
];

impl Row for Check {
    fn name(&self) -> &'static str {
        "check"
    }

    fn work(&self) -> &'static str {
        "introspection (`limbeck dump`), `limbeck drift` and `limbeck check`"
    }

    fn floor(&self) -> &'static str {
        "one catalogue query in the client that gives every column, constraint and index"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        let sizes: &[usize] = scale.pick(&[100, 1_000, 5_000], &[50]);
        super::on_each(&Engine::ALL, sizes, "tables")
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let engine = engine_of(case)?;
        let client = clients::of(engine)?;
        let folder = bench.folder("check-")?;
        let project = folder.path();
        ManyTables { tables: case.size }.write(project)?;
        let place = Place::new(engine, bench.scratch())?;
        work::output(&mut bench.limbeck_on(project, &place, &["upgrade", "--quiet"]))?;
        let outcomes = COMMANDS.map(|(word, arguments)| {
            let contenders = vec![
                Contender::new("limbeck", Role::Limbeck, || {
                    Ok(Work::command(bench.limbeck_on(project, &place, arguments)))
                }),
                Contender::new(client.name(), Role::Floor, || {
                    Ok(Work::command(client.query(&place, catalogue(engine))))
                }),
            ];
            let case = Case::on(engine, case.size, format!("tables, {word}"));
            bench.compare(self.name(), &case, LIMIT, contenders)
        });
        outcomes.into_iter().collect()
    }
}

/// Every column with its type and default, every constraint with its text, and every index.
const fn catalogue(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "SELECT t.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' \
             UNION ALL SELECT t.name, f.\"from\", f.\"table\", f.\"to\", f.on_delete, f.on_update FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' \
             UNION ALL SELECT t.name, i.name, i.origin, i.\"unique\", x.name, x.seqno FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN pragma_index_xinfo(i.name) x WHERE t.type = 'table' \
             UNION ALL SELECT name, type, tbl_name, sql, '', '' FROM sqlite_schema"
        }
        Engine::Postgres => {
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text, pg_get_expr(d.adbin, d.adrelid), a.attidentity::text \
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum \
             WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace \
             UNION ALL SELECT c.relname, o.conname, o.contype::text, pg_get_constraintdef(o.oid), '', '' FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid WHERE c.relnamespace = 'public'::regnamespace \
             UNION ALL SELECT c.relname, i.relname, x.indisunique::text, pg_get_indexdef(x.indexrelid), '', '' FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid WHERE c.relnamespace = 'public'::regnamespace"
        }
        Engine::MySql | Engine::MariaDb => {
            "SELECT table_name, column_name, column_type, is_nullable, column_default, extra FROM information_schema.columns WHERE table_schema = database() \
             UNION ALL SELECT table_name, index_name, column_name, seq_in_index, non_unique, index_type FROM information_schema.statistics WHERE table_schema = database() \
             UNION ALL SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name, r.delete_rule FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name WHERE k.table_schema = database() AND k.referenced_table_name IS NOT NULL \
             UNION ALL SELECT '', constraint_name, check_clause, '', '', '' FROM information_schema.check_constraints WHERE constraint_schema = database() \
             UNION ALL SELECT table_name, engine, table_collation, table_comment, '', '' FROM information_schema.tables WHERE table_schema = database()"
        }
    }
}
