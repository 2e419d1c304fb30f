//! The one question to the server.

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Scope;
use limbeck_core::schema::Name;

use crate::dialect::POSTGRES;

/// The columns of a relation. A NOT NULL that was not yet proven of all rows (18) is none.
const COLUMNS: &str = "\
    SELECT json_agg(json_build_object(\
        'name', a.attname, \
        'type', format_type(a.atttypid, a.atttypmod), \
        'collation', CASE WHEN a.attcollation <> t.typcollation THEN quote_ident(l.collname) END, \
        'not_null', a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint AS n \
            WHERE n.conrelid = a.attrelid AND n.contype = 'n' AND n.conkey = ARRAY[a.attnum] AND NOT n.convalidated), \
        'identity', a.attidentity <> '', \
        'generated', nullif(a.attgenerated::text, ''), \
        'default', pg_get_expr(d.adbin, d.adrelid), \
        'comment', col_description(a.attrelid, a.attnum)\
    ) ORDER BY a.attnum) \
    FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid \
    LEFT JOIN pg_collation AS l ON l.oid = a.attcollation \
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped";

/// The constraints of a table, in the order of their making. Left out are those for which the model has no word (of
/// other kinds, not enforced, WITHOUT OVERLAPS, to another schema) and those that belong to one of a partitioned table.
/// What a server may not know is asked for by the name of the column.
const CONSTRAINTS: &str = "\
    SELECT json_agg(json_build_object(\
        'name', k.conname, \
        'kind', k.contype::text, \
        'columns', (SELECT json_agg(a.attname ORDER BY u.place) \
            FROM unnest(k.conkey) WITH ORDINALITY AS u (number, place) \
            JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = u.number), \
        'table', r.relname, \
        'referenced', (SELECT json_agg(a.attname ORDER BY u.place) \
            FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place) \
            JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = u.number), \
        'on_delete', k.confdeltype::text, \
        'on_update', k.confupdtype::text, \
        'deferrable', k.condeferrable, \
        'deferred', k.condeferred, \
        'nulls_not_distinct', coalesce(to_jsonb(x) ->> 'indnullsnotdistinct' = 'true', false), \
        'expression', pg_get_expr(k.conbin, k.conrelid)\
    ) ORDER BY k.oid) \
    FROM pg_constraint AS k LEFT JOIN pg_class AS r ON r.oid = k.confrelid \
    LEFT JOIN pg_index AS x ON x.indexrelid = k.conindid AND k.contype = 'u' \
    WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c') AND k.conparentid = 0 \
    AND (r.oid IS NULL OR r.relnamespace = c.relnamespace) \
    AND coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'true' \
    AND coalesce(to_jsonb(k) ->> 'conperiod', 'false') = 'false'";

/// The indexes of a table that belong to no constraint, in the order of their making. Left out are those that are not
/// valid, as an interrupted CREATE INDEX CONCURRENTLY leaves one behind, and those that are no B-trees.
const INDEXES: &str = "\
    SELECT json_agg(json_build_object(\
        'name', i.relname, \
        'unique', x.indisunique, \
        'filter', pg_get_expr(x.indpred, x.indrelid), \
        'keys', (SELECT json_agg(json_build_object(\
            'column', a.attname, \
            'text', pg_get_indexdef(x.indexrelid, g.place, false), \
            'collation', CASE WHEN x.indcollation[g.place - 1] <> a.attcollation THEN quote_ident(l.collname) END, \
            'descending', x.indoption[g.place - 1] & 1 = 1) ORDER BY g.place) \
            FROM generate_series(1, x.indnkeyatts) AS g (place) \
            LEFT JOIN pg_attribute AS a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[g.place - 1] AND a.attnum > 0 \
            LEFT JOIN pg_collation AS l ON l.oid = x.indcollation[g.place - 1])\
    ) ORDER BY i.oid) \
    FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_am AS m ON m.oid = i.relam \
    WHERE x.indrelid = c.oid AND x.indisvalid AND x.indisready AND x.indislive AND m.amname = 'btree' \
    AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = x.indexrelid AND k.conrelid = x.indrelid \
        AND k.contype IN ('p', 'u', 'x'))";

/// The statement that reads a part of the catalogue: a row a table or view, with a document of all there is to say of
/// it. One statement sees one state of the schema.
///
/// Partitions and tables that inherit are left out, and what belongs to an extension.
pub(crate) fn question(scope: Scope<'_>, schema: &str) -> String {
    let (kinds, only) = match scope {
        Scope::Tables(names) => ("'r', 'p'", format!("AND {}", is_one_of(names))),
        _ => ("'r', 'p', 'v'", String::new()),
    };
    let schema = POSTGRES.string_literal(schema);
    format!(
        "SELECT json_build_object(\
            'name', c.relname, \
            'comment', obj_description(c.oid, 'pg_class'), \
            'query', CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END, \
            'columns', ({COLUMNS}), \
            'constraints', ({CONSTRAINTS}), \
            'indexes', ({INDEXES})) \
         FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace \
         WHERE s.nspname = {schema} AND c.relkind IN ({kinds}) AND NOT c.relispartition {only} \
         AND NOT EXISTS (SELECT FROM pg_inherits AS h WHERE h.inhrelid = c.oid) \
         AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid \
             AND d.deptype = 'e') \
         ORDER BY c.oid"
    )
}

fn is_one_of(names: &[Name]) -> String {
    if names.is_empty() {
        return "false".to_owned();
    }
    let names: Vec<_> = names
        .iter()
        .map(|name| POSTGRES.string_literal(name.as_str()))
        .collect();
    format!("c.relname IN ({})", names.join(", "))
}
