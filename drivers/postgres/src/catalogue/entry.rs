//! What the server says of every kind of object.

use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::Setting;
use limbeck_core::dialect::Dialect;
use serde::Deserialize;

use crate::dialect::POSTGRES;

/// What all objects have.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    /// The table of the server's catalogue that has it.
    pub(super) class: u32,
    pub(super) oid: u32,
    pub(super) schema: Option<String>,
    pub(super) name: String,
    /// What names it in SQL, unless it is named by its table.
    #[serde(default)]
    pub(super) sql: String,
    pub(super) comment: Option<String>,
}

/// What an object is part of.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Whole {
    pub(super) schema: String,
    pub(super) name: String,
    pub(super) sql: String,
    /// The letter of its kind in `pg_class`.
    pub(super) kind: char,
}

/// The members of a document that [`Head`] reads, of a row `alias` of the server's catalogue with the schema `n`.
pub(super) fn head(alias: &str, name: &str) -> String {
    format!(
        "'class', {alias}.tableoid::bigint, 'oid', {alias}.oid::bigint, 'schema', n.nspname, 'name', {alias}.{name}, \
         'sql', format('%I.%I', n.nspname, {alias}.{name}), 'comment', {}",
        comment_of(alias)
    )
}

/// The same of what is in no schema.
pub(super) fn bare_head(alias: &str, name: &str) -> String {
    format!(
        "'class', {alias}.tableoid::bigint, 'oid', {alias}.oid::bigint, 'name', {alias}.{name}, \
         'sql', quote_ident({alias}.{name}), 'comment', {}",
        comment_of(alias)
    )
}

/// The same of what is named by its table.
pub(super) fn part_head(alias: &str, name: &str) -> String {
    format!(
        "'class', {alias}.tableoid::bigint, 'oid', {alias}.oid::bigint, 'name', {alias}.{name}, 'comment', {}",
        comment_of(alias)
    )
}

/// What obj_description gives, which is a function of the server's own that looks up the catalogue by its name each time.
fn comment_of(alias: &str) -> String {
    format!(
        "(SELECT y.description FROM pg_description AS y \
         WHERE y.objoid = {alias}.oid AND y.classoid = {alias}.tableoid AND y.objsubid = 0)"
    )
}

/// A [`Whole`], of a row `c` of `pg_class` with the schema `n`.
pub(super) const WHOLE: &str = "\
    json_build_object('schema', n.nspname, 'name', c.relname, \
        'sql', format('%I.%I', n.nspname, c.relname), 'kind', c.relkind)";

/// The member `table`, of a row `c` of `pg_class`: the oid of a table that was read before.
pub(super) const TABLE: &str = "'table', c.oid::bigint";

/// The condition that a schema is nobody's but the users'.
pub(super) const IN_USE: &str =
    "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

/// The condition that an object belongs to no extension.
pub(super) fn stands_alone(alias: &str) -> String {
    format!(
        "NOT EXISTS (SELECT FROM pg_depend AS e \
         WHERE e.classid = {alias}.tableoid AND e.objid = {alias}.oid AND e.deptype = 'e')"
    )
}

/// A string of SQL.
pub(super) fn literal(text: &str) -> String {
    POSTGRES.string_literal(text)
}

/// A name of SQL.
pub(super) fn quoted(name: &str) -> String {
    POSTGRES.quote_identifier(name)
}

/// Lets an object have its comment.
pub(super) fn comment(object: &mut Object, kind: &str, sql: &str, text: Option<&str>) {
    let Some(text) = text else { return };
    object.settings.insert(
        "comment".to_owned(),
        Setting::new(
            format!("COMMENT ON {kind} {sql} IS {}", literal(text)),
            format!("COMMENT ON {kind} {sql} IS NULL"),
        ),
    );
}

/// Lets an object have a setting.
pub(super) fn setting(object: &mut Object, name: &str, set: String, unset: String) {
    object.settings.insert(name.to_owned(), Setting::new(set, unset));
}

/// Options of an object as settings: each `name=value` by itself.
pub(super) fn options(object: &mut Object, alter: &str, prefix: &str, options: Option<&[String]>) {
    for option in options.unwrap_or_default() {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let set = format!("{alter} SET ({prefix}{name} = {})", literal(value));
        let unset = format!("{alter} RESET ({prefix}{name})");
        setting(object, &format!("{prefix}{name}"), set, unset);
    }
}
