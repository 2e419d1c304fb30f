//! The one question to the server.

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Scope;
use limbeck_core::schema::Name;

use crate::dialect::POSTGRES;

/// Tables and views. Left out are partitions and tables that inherit, and what belongs to an extension.
const RELATIONS: &str = "\
    SELECT 'relation', r.oid::bigint, r.oid::bigint, json_build_array(r.relname, d.description, \
        CASE WHEN r.relkind = 'v' THEN pg_get_viewdef(r.oid) END) \
    FROM r LEFT JOIN pg_description AS d \
    ON d.objoid = r.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0";

/// Their columns. A NOT NULL that was not yet proven of all rows (18) is none.
const COLUMNS: &str = "\
    SELECT 'column', a.attrelid, a.attnum, json_build_array(a.attname, format_type(a.atttypid, a.atttypmod), \
        CASE WHEN a.attcollation <> t.typcollation THEN quote_ident(l.collname) END, \
        a.attnotnull AND n.oid IS NULL, a.attidentity <> '', nullif(a.attgenerated::text, ''), \
        pg_get_expr(d.adbin, d.adrelid), e.description) \
    FROM r JOIN pg_attribute AS a ON a.attrelid = r.oid JOIN pg_type AS t ON t.oid = a.atttypid \
    LEFT JOIN pg_collation AS l ON l.oid = a.attcollation \
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
    LEFT JOIN pg_description AS e \
    ON e.objoid = a.attrelid AND e.classoid = 'pg_class'::regclass AND e.objsubid = a.attnum \
    LEFT JOIN pg_constraint AS n ON n.conrelid = a.attrelid AND n.contype = 'n' AND n.conkey = ARRAY[a.attnum] \
    AND NOT n.convalidated \
    WHERE a.attnum > 0 AND NOT a.attisdropped";

/// Their indexes that belong to no constraint. Left out are those that are not valid, as an interrupted CREATE INDEX
/// CONCURRENTLY leaves one behind, and those that are no B-trees.
const INDEXES: &str = "\
    SELECT 'index', x.indrelid, x.indexrelid, \
        json_build_array(i.relname, x.indisunique, pg_get_expr(x.indpred, x.indrelid)) \
    FROM r JOIN pg_index AS x ON x.indrelid = r.oid JOIN pg_class AS i ON i.oid = x.indexrelid \
    JOIN pg_am AS m ON m.oid = i.relam \
    LEFT JOIN pg_constraint AS k \
    ON k.conindid = x.indexrelid AND k.conrelid = x.indrelid AND k.contype IN ('p', 'u', 'x') \
    WHERE x.indisvalid AND x.indisready AND x.indislive AND m.amname = 'btree' AND k.oid IS NULL";

/// What all indexes are made of. The text of a key that is a column follows from the column.
const KEYS: &str = "\
    SELECT 'key', x.indrelid, x.indexrelid, json_build_array(b.attnum, a.attname, \
        CASE WHEN a.attnum IS NULL OR b.attcollation <> a.attcollation \
            THEN pg_get_indexdef(x.indexrelid, b.attnum, false) END, \
        CASE WHEN b.attcollation <> a.attcollation THEN quote_ident(l.collname) END, \
        x.indoption[b.attnum - 1] & 1 = 1) \
    FROM r JOIN pg_index AS x ON x.indrelid = r.oid \
    JOIN pg_attribute AS b ON b.attrelid = x.indexrelid AND b.attnum <= x.indnkeyatts \
    LEFT JOIN pg_attribute AS a \
    ON a.attrelid = x.indrelid AND a.attnum = x.indkey[b.attnum - 1] AND a.attnum > 0 \
    LEFT JOIN pg_collation AS l ON l.oid = b.attcollation";

/// The constraints of tables. Left out are those for which the model has no word (of other kinds, not enforced, WITHOUT
/// OVERLAPS, to another schema) and those that belong to one of a partitioned table.
fn constraints(major: u32) -> String {
    let not_distinct = match major {
        15.. => "coalesce(x.indnullsnotdistinct, false)",
        _ => "false",
    };
    let only = match major {
        18.. => "AND k.conenforced AND NOT k.conperiod",
        _ => "",
    };
    format!(
        "SELECT 'constraint', k.conrelid, k.oid, json_build_array(k.conname, k.contype::text, k.conkey, f.relname, \
            CASE WHEN k.contype = 'f' THEN (SELECT json_agg(o.attname ORDER BY u.place) \
                FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place) \
                JOIN pg_attribute AS o ON o.attrelid = k.confrelid AND o.attnum = u.number) END, \
            k.confdeltype::text, k.confupdtype::text, k.condeferrable, k.condeferred, {not_distinct}, \
            pg_get_expr(k.conbin, k.conrelid)) \
         FROM r JOIN pg_constraint AS k ON k.conrelid = r.oid LEFT JOIN pg_class AS f ON f.oid = k.confrelid \
         LEFT JOIN pg_index AS x ON x.indexrelid = k.conindid AND k.contype = 'u' \
         WHERE k.contype IN ('p', 'u', 'f', 'c') AND k.conparentid = 0 \
         AND (f.oid IS NULL OR f.relnamespace = r.relnamespace) {only}"
    )
}

/// The statement that reads a part of the catalogue of a server of this version: a row a thing, with the kind of thing, the
/// oid of its table, its place in it or its oid, and a document of what there is to say of it. One statement sees one state
/// of the schema, and each table of the catalogue is gone through once, however many tables there are.
pub(crate) fn question(scope: Scope<'_>, schema: &str, major: u32) -> String {
    let (kinds, only) = match scope {
        Scope::Tables(names) => ("'r', 'p'", format!("AND {}", is_one_of(names))),
        _ => ("'r', 'p', 'v'", String::new()),
    };
    let schema = POSTGRES.string_literal(schema);
    let constraints = constraints(major);
    format!(
        "WITH r AS MATERIALIZED (SELECT c.oid, c.relname, c.relkind, c.relnamespace \
         FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace \
         WHERE s.nspname = {schema} AND c.relkind IN ({kinds}) AND NOT c.relispartition {only} \
         AND NOT EXISTS (SELECT FROM pg_inherits AS h WHERE h.inhrelid = c.oid) \
         AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid \
             AND d.deptype = 'e')) \
         {RELATIONS} UNION ALL {COLUMNS} UNION ALL {constraints} UNION ALL {INDEXES} UNION ALL {KEYS}"
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
