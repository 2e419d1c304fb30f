//! Views, also materialized ones.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use serde::Deserialize;

use super::collected::Collected;
use super::entry;
use super::entry::Head;
use super::entry::literal;

#[derive(Debug, Deserialize)]
struct ViewEntry {
    #[serde(flatten)]
    head: Head,
    materialized: bool,
    query: String,
    options: Option<Vec<String>>,
    tablespace: Option<String>,
    method: Option<String>,
    columns: Option<Vec<ViewColumn>>,
}

#[derive(Debug, Deserialize)]
struct ViewColumn {
    number: i32,
    name: String,
    sql: String,
    #[serde(rename = "type")]
    data_type: String,
    default: Option<String>,
    statistics: Option<i32>,
    comment: Option<String>,
}

pub(super) fn question() -> String {
    let head = entry::head("c", "relname");
    let (in_use, alone) = (entry::IN_USE, entry::stands_alone("c"));
    format!(
        "SELECT json_build_object({head}, 'materialized', c.relkind = 'm', 'query', pg_get_viewdef(c.oid), \
            'options', c.reloptions, 'tablespace', quote_ident(s.spcname), \
            'method', quote_ident(nullif(m.amname, 'heap')), \
            'columns', (SELECT json_agg(json_build_object('number', a.attnum, 'name', a.attname, \
                'sql', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod), \
                'default', pg_get_expr(x.adbin, x.adrelid), 'statistics', nullif(a.attstattarget, -1), \
                'comment', col_description(a.attrelid, a.attnum)) ORDER BY a.attnum) \
                FROM pg_attribute AS a LEFT JOIN pg_attrdef AS x ON x.adrelid = a.attrelid AND x.adnum = a.attnum \
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) \
         FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         LEFT JOIN pg_tablespace AS s ON s.oid = c.reltablespace LEFT JOIN pg_am AS m ON m.oid = c.relam \
         WHERE c.relkind IN ('v', 'm') AND {in_use} AND {alone} ORDER BY c.oid"
    )
}

pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: ViewEntry = serde_json::from_str(document)?;
    let sql = &entry.head.sql;
    let (kind, word) = match entry.materialized {
        true => (Kind::MaterializedView, "MATERIALIZED VIEW"),
        false => (Kind::View, "VIEW"),
    };
    let query = entry.query.trim_end().trim_end_matches(';');
    let mut create = format!("CREATE {word} {sql}");
    if let Some(method) = &entry.method {
        create.push_str(&format!(" USING {method}"));
    }
    create.push_str(&format!(" AS\n{query}"));
    let mut view = Object::new(into.id(kind, &entry.head), create, format!("DROP {word} {sql}"));
    let columns = entry.columns.as_deref().unwrap_or_default();
    for column in columns {
        into.columns
            .insert((entry.head.oid, column.number), column.name.clone());
    }
    let columns_text: Vec<String> = columns
        .iter()
        .map(|column| format!("{} {}", column.sql, column.data_type))
        .collect();
    view.attributes
        .insert("columns".to_owned(), columns_text.join("\n"));
    view.attributes.insert("query".to_owned(), query.to_owned());
    view.attributes.insert("sql".to_owned(), sql.clone());
    entry::comment(&mut view, word, sql, entry.head.comment.as_deref());
    let alter = format!("ALTER {word} {sql}");
    entry::options(&mut view, &alter, "", entry.options.as_deref());
    if let Some(tablespace) = &entry.tablespace {
        entry::setting(
            &mut view,
            "tablespace",
            format!("{alter} SET TABLESPACE {tablespace}"),
            format!("{alter} SET TABLESPACE pg_default"),
        );
    }
    for column in columns {
        column_settings(&mut view, column, &alter, sql);
    }
    into.add(&entry.head, view);
    Ok(())
}

fn column_settings(view: &mut Object, column: &ViewColumn, alter: &str, sql: &str) {
    let name = &column.sql;
    if let Some(comment) = &column.comment {
        entry::setting(
            view,
            &format!("comment on {name}"),
            format!("COMMENT ON COLUMN {sql}.{name} IS {}", literal(comment)),
            format!("COMMENT ON COLUMN {sql}.{name} IS NULL"),
        );
    }
    if let Some(default) = &column.default {
        entry::setting(
            view,
            &format!("default of {name}"),
            format!("{alter} ALTER COLUMN {name} SET DEFAULT {default}"),
            format!("{alter} ALTER COLUMN {name} DROP DEFAULT"),
        );
    }
    if let Some(target) = column.statistics {
        entry::setting(
            view,
            &format!("statistics of {name}"),
            format!("{alter} ALTER COLUMN {name} SET STATISTICS {target}"),
            format!("{alter} ALTER COLUMN {name} SET STATISTICS -1"),
        );
    }
}
