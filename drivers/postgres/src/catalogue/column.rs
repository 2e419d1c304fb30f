//! Columns of tables.

use std::collections::BTreeMap;

use limbeck_core::catalogue::ColumnText;
use serde::Deserialize;

use super::attribute::column as attribute;
use super::entry::literal;
use super::foreign;
use super::sequence::Counting;

/// A document is a list: what stands where is the order of the members here.
#[derive(Debug, Deserialize)]
pub(super) struct ColumnEntry {
    pub(super) number: i32,
    pub(super) name: String,
    pub(super) sql: String,
    data_type: String,
    collation: Option<String>,
    not_null: bool,
    /// Where the server knows NOT NULL as a constraint.
    named: Option<NotNull>,
    identity: Option<char>,
    sequence: Option<Counting>,
    generated: Option<char>,
    default: Option<String>,
    storage: Option<char>,
    compression: Option<char>,
    statistics: Option<i32>,
    options: Option<Vec<String>>,
    foreign_options: Option<Vec<String>>,
    comment: Option<String>,
    pub(super) local: bool,
    pub(super) inherited: bool,
}

#[derive(Debug, Deserialize)]
struct NotNull {
    name: String,
    sql: String,
    validated: bool,
    no_inherit: bool,
}

/// The columns of all tables: the oid of the table, and a document. Of their options only those are read that people set:
/// forks of the server keep counters of their own among them.
pub(super) fn question(major: u32) -> String {
    let compression = match major {
        14.. => "nullif(a.attcompression::text, '')",
        _ => "NULL",
    };
    // Where the server knows NOT NULL as a constraint.
    let (named, not_null) = match major {
        18.. => (
            "CASE WHEN k.oid IS NOT NULL THEN json_build_object('name', k.conname, 'sql', quote_ident(k.conname), \
             'validated', k.convalidated, 'no_inherit', k.connoinherit) END",
            "LEFT JOIN pg_constraint AS k \
             ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]",
        ),
        _ => ("NULL", ""),
    };
    let counting = super::sequence::COUNTING;
    let in_use = super::entry::IN_USE;
    let alone = super::entry::stands_alone("c");
    format!(
        "SELECT a.attrelid, json_build_array(\
            a.attnum, a.attname, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), \
            CASE WHEN a.attcollation <> t.typcollation THEN CASE WHEN b.nspname = 'pg_catalog' \
                THEN quote_ident(l.collname) ELSE format('%I.%I', b.nspname, l.collname) END END, \
            a.attnotnull, {named}, nullif(a.attidentity::text, ''), \
            CASE WHEN a.attidentity <> '' THEN (SELECT {counting} FROM pg_depend AS d \
                JOIN pg_sequence AS s ON s.seqrelid = d.objid JOIN pg_class AS r ON r.oid = s.seqrelid \
                JOIN pg_namespace AS m ON m.oid = r.relnamespace \
                WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass \
                AND d.refobjid = c.oid AND d.refobjsubid = a.attnum AND d.deptype = 'i') END, \
            nullif(a.attgenerated::text, ''), pg_get_expr(x.adbin, x.adrelid), \
            CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, \
            {compression}, nullif(a.attstattarget, -1), \
            CASE WHEN a.attoptions::text LIKE '%n\\_distinct%' THEN (SELECT json_agg(u.o ORDER BY u.o) \
                FROM unnest(a.attoptions) AS u (o) WHERE u.o LIKE 'n\\_distinct%') END, \
            a.attfdwoptions, y.description, a.attislocal, a.attinhcount > 0) \
         FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         JOIN pg_attribute AS a ON a.attrelid = c.oid JOIN pg_type AS t ON t.oid = a.atttypid \
         LEFT JOIN pg_collation AS l ON l.oid = a.attcollation \
         LEFT JOIN pg_namespace AS b ON b.oid = l.collnamespace \
         LEFT JOIN pg_attrdef AS x ON x.adrelid = a.attrelid AND x.adnum = a.attnum \
         LEFT JOIN pg_description AS y \
         ON y.objoid = a.attrelid AND y.classoid = c.tableoid AND y.objsubid = a.attnum {not_null} \
         WHERE c.relkind IN ('r', 'p', 'f') AND {in_use} AND {alone} AND a.attnum > 0 AND NOT a.attisdropped \
         ORDER BY a.attrelid, a.attnum"
    )
}

impl ColumnEntry {
    /// The column in CREATE TABLE.
    pub(super) fn in_table(&self, table: &str) -> String {
        let sequence = self.sequence.as_ref();
        // The sequence of an identity column may have been renamed.
        let name = sequence.and_then(|sequence| sequence.name_in(table, &self.name));
        let mut text = format!("{} {}", self.sql, self.definition(table));
        if let Some(name) = name {
            let counting = sequence.map(Counting::unusual).unwrap_or_default();
            let blank = if counting.is_empty() { "" } else { " " };
            let plain = self.identity_clause(&counting);
            let named = self.identity_clause(&format!("SEQUENCE NAME {name}{blank}{counting}"));
            text = text.replacen(&plain, &named, 1);
        }
        text
    }

    fn identity_clause(&self, options: &str) -> String {
        let when = match self.identity {
            Some('a') => "ALWAYS",
            _ => "BY DEFAULT",
        };
        match options.is_empty() {
            true => format!("GENERATED {when} AS IDENTITY"),
            false => format!("GENERATED {when} AS IDENTITY ({options})"),
        }
    }

    /// All that stands after the name.
    fn definition(&self, table: &str) -> String {
        let mut text = self.data_type.clone();
        if self.foreign_options.is_some() {
            text.push_str(&foreign::options(self.foreign_options.as_deref()));
        }
        if let Some(collation) = &self.collation {
            text.push_str(&format!(" COLLATE {collation}"));
        }
        match (&self.default, self.generated) {
            (Some(expression), Some(generated)) => {
                text.push_str(&format!(
                    " GENERATED ALWAYS AS ({expression}) {}",
                    kept(generated)
                ));
            }
            (Some(default), None) => text.push_str(&format!(" DEFAULT {default}")),
            (None, _) => {}
        }
        if let Some(name) = self.not_null_name(table) {
            match (name.is_empty(), self.is_unproven()) {
                (_, true) => {}
                (true, false) => text.push_str(" NOT NULL"),
                (false, false) => text.push_str(&format!(" CONSTRAINT {name} NOT NULL")),
            }
            if self.named.as_ref().is_some_and(|named| named.no_inherit) {
                text.push_str(" NO INHERIT");
            }
        }
        if self.identity.is_some() {
            let counting = self.sequence.as_ref().map(Counting::unusual);
            text.push(' ');
            text.push_str(&self.identity_clause(&counting.unwrap_or_default()));
        }
        text
    }

    /// The name of NOT NULL as SQL: nothing where the server would choose it, and none where there is no such constraint.
    fn not_null_name(&self, table: &str) -> Option<String> {
        if !self.not_null {
            return None;
        }
        let usual = format!("{table}_{}_not_null", self.name);
        match &self.named {
            Some(named) if named.name != usual => Some(named.sql.clone()),
            _ => Some(String::new()),
        }
    }

    fn is_unproven(&self) -> bool {
        self.named.as_ref().is_some_and(|named| !named.validated)
    }

    /// The column as it is compared.
    pub(super) fn text(&self, table: &str) -> ColumnText {
        let mut text = ColumnText::new(self.name.clone(), self.definition(table));
        text.attributes = self.attributes(table);
        text
    }

    /// The parts of it that can be changed one by one.
    pub(super) fn attributes(&self, table: &str) -> BTreeMap<String, String> {
        let identity = self.identity.map(|identity| match identity {
            'a' => "ALWAYS".to_owned(),
            _ => "BY DEFAULT".to_owned(),
        });
        let computed = self.generated.and(self.default.clone());
        let default = self.default.clone().filter(|_| self.generated.is_none());
        let not_null = self.not_null_name(table);
        let options = self.options.as_ref().map(|options| options.join(", "));
        let foreign = foreign::options(self.foreign_options.as_deref());
        let all = [
            (attribute::TYPE, Some(self.data_type.clone())),
            (attribute::COLLATION, self.collation.clone()),
            (attribute::DEFAULT, default),
            (attribute::NOT_NULL, not_null),
            (attribute::UNPROVEN, self.is_unproven().then(|| "yes".to_owned())),
            (attribute::IDENTITY, identity),
            (attribute::SEQUENCE, self.sequence.as_ref().map(Counting::set)),
            (
                attribute::GENERATED,
                self.generated.map(|letter| kept(letter).to_owned()),
            ),
            (attribute::EXPRESSION, computed),
            (
                attribute::STORAGE,
                self.storage.map(|letter| storage(letter).to_owned()),
            ),
            (
                attribute::COMPRESSION,
                self.compression.map(|letter| compression(letter).to_owned()),
            ),
            (
                attribute::STATISTICS,
                self.statistics.map(|target| target.to_string()),
            ),
            (attribute::OPTIONS, options),
            (attribute::COMMENT, self.comment.clone()),
            (attribute::FOREIGN, (!foreign.is_empty()).then_some(foreign)),
        ];
        let present = all.into_iter().filter_map(|(name, value)| Some((name, value?)));
        present.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The statements that follow CREATE TABLE.
    pub(super) fn afterwards(&self, table: &str) -> Vec<String> {
        afterwards(
            table,
            &self.sql,
            &self.attributes(""),
            self.named.as_ref().map(|named| named.sql.as_str()),
        )
    }
}

/// The statements that give a new column what its definition does not say.
pub(super) fn afterwards(
    table: &str,
    column: &str,
    attributes: &BTreeMap<String, String>,
    not_null: Option<&str>,
) -> Vec<String> {
    let alter = format!("ALTER TABLE {table} ALTER COLUMN {column}");
    let mut statements = Vec::new();
    let mut put = |name: &str, write: &dyn Fn(&str) -> String| {
        statements.extend(attributes.get(name).map(|value| write(value)));
    };
    put(attribute::UNPROVEN, &|_| {
        let name = not_null.map(|name| format!("CONSTRAINT {name} "));
        let name = name.unwrap_or_default();
        format!("ALTER TABLE {table} ADD {name}NOT NULL {column} NOT VALID")
    });
    put(attribute::STORAGE, &|value| {
        format!("{alter} SET STORAGE {value}")
    });
    put(attribute::COMPRESSION, &|value| {
        format!("{alter} SET COMPRESSION {value}")
    });
    put(attribute::STATISTICS, &|value| {
        format!("{alter} SET STATISTICS {value}")
    });
    put(attribute::OPTIONS, &|value| format!("{alter} SET ({value})"));
    put(attribute::COMMENT, &|value| {
        format!("COMMENT ON COLUMN {table}.{column} IS {}", literal(value))
    });
    statements
}

fn kept(letter: char) -> &'static str {
    match letter {
        'v' => "VIRTUAL",
        _ => "STORED",
    }
}

fn storage(letter: char) -> &'static str {
    match letter {
        'p' => "PLAIN",
        'e' => "EXTERNAL",
        'm' => "MAIN",
        _ => "EXTENDED",
    }
}

fn compression(letter: char) -> &'static str {
    match letter {
        'l' => "lz4",
        _ => "pglz",
    }
}
