//! Sequences, and the columns that they belong to.

use limbeck_core::catalogue::Keeps;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::collected::Collected;
use super::entry;
use super::entry::Head;

/// How a sequence counts: as JSON, of a row `s` of `pg_sequence`, `r` of `pg_class` and the schema `m`.
pub(super) const COUNTING: &str = "\
    json_build_object('name', r.relname, 'sql', format('%I.%I', m.nspname, r.relname), \
        'type', format_type(s.seqtypid, NULL), 'start', s.seqstart::text, 'increment', s.seqincrement::text, \
        'min', s.seqmin::text, 'max', s.seqmax::text, 'cache', s.seqcache::text, 'cycle', s.seqcycle)";

#[derive(Debug, Deserialize)]
pub(super) struct Counting {
    name: String,
    sql: String,
    #[serde(rename = "type")]
    data_type: String,
    start: String,
    increment: String,
    min: String,
    max: String,
    cache: String,
    cycle: bool,
}

#[derive(Debug, Deserialize)]
struct SequenceEntry {
    #[serde(flatten)]
    head: Head,
    counting: Counting,
    unlogged: bool,
    owner: Option<Owner>,
}

#[derive(Debug, Deserialize)]
struct Owner {
    schema: String,
    table: String,
    column: String,
    sql: String,
}

pub(super) fn question() -> String {
    let head = entry::head("c", "relname");
    let in_use = entry::IN_USE;
    let alone = entry::stands_alone("c");
    let counting = COUNTING;
    format!(
        "SELECT json_build_object({head}, 'unlogged', c.relpersistence = 'u', \
            'counting', (SELECT {counting} FROM pg_sequence AS s JOIN pg_class AS r ON r.oid = s.seqrelid \
                JOIN pg_namespace AS m ON m.oid = r.relnamespace WHERE s.seqrelid = c.oid), \
            'owner', (SELECT json_build_object('schema', m.nspname, 'table', t.relname, 'column', a.attname, \
                'sql', format('%I.%I.%I', m.nspname, t.relname, a.attname)) FROM pg_depend AS d \
                JOIN pg_class AS t ON t.oid = d.refobjid JOIN pg_namespace AS m ON m.oid = t.relnamespace \
                JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid \
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 \
                AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a')) \
         FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE c.relkind = 'S' AND {in_use} AND {alone} \
         AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid \
             AND d.deptype = 'i') ORDER BY c.oid"
    )
}

pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: SequenceEntry = serde_json::from_str(document)?;
    let sql = &entry.head.sql;
    let id = into.id(Kind::Sequence, &entry.head);
    let unusual = entry.counting.unusual();
    let blank = if unusual.is_empty() { "" } else { " " };
    let create = format!(
        "CREATE SEQUENCE {sql} AS {}{blank}{unusual}",
        entry.counting.data_type
    );
    let mut sequence = Object::new(id.clone(), create, format!("DROP SEQUENCE {sql}"));
    sequence.keeps = Keeps::Count;
    sequence.attributes.insert("sql".to_owned(), sql.clone());
    let options = format!(
        "AS {} {}",
        entry.counting.data_type,
        entry.counting.all("").join(" ")
    );
    sequence.attributes.insert("options".to_owned(), options);
    entry::comment(&mut sequence, "SEQUENCE", sql, entry.head.comment.as_deref());
    if entry.unlogged {
        let alter = format!("ALTER SEQUENCE {sql} SET");
        entry::setting(
            &mut sequence,
            "unlogged",
            format!("{alter} UNLOGGED"),
            format!("{alter} LOGGED"),
        );
    }
    into.add(&entry.head, sequence);
    if let Some(owner) = entry.owner {
        let table = ObjectId::new(Kind::Table, into.name(Some(&owner.schema), &owner.table));
        let mut owned = Object::new(
            ObjectId::new(Kind::Ownership, id.name.clone()),
            format!("ALTER SEQUENCE {sql} OWNED BY {}", owner.sql),
            format!("ALTER SEQUENCE {sql} OWNED BY NONE"),
        );
        owned.needs = [Need::whole(id), Need::column(table, owner.column)].into();
        into.objects.push(owned);
    }
    Ok(())
}

impl Counting {
    /// The name as SQL, where it is not the one that the server chooses for a column.
    pub(super) fn name_in(&self, table: &str, column: &str) -> Option<&str> {
        (self.name != format!("{table}_{column}_seq")).then_some(self.sql.as_str())
    }

    fn goes_down(&self) -> bool {
        self.increment.starts_with('-')
    }

    /// The least and the greatest value, where they are not those of the type.
    fn bounds(&self) -> (Option<&str>, Option<&str>) {
        let (low, high) = match self.data_type.as_str() {
            "smallint" => ("-32768", "32767"),
            "integer" => ("-2147483648", "2147483647"),
            _ => ("-9223372036854775808", "9223372036854775807"),
        };
        let (min, max) = match self.goes_down() {
            true => (low, "-1"),
            false => ("1", high),
        };
        let unusual = |value: &'_ str, usual: &str| value != usual;
        (
            unusual(&self.min, min).then_some(self.min.as_str()),
            unusual(&self.max, max).then_some(self.max.as_str()),
        )
    }

    /// The options that are not the usual ones.
    pub(super) fn unusual(&self) -> String {
        let mut options = Vec::new();
        let first = if self.goes_down() { &self.max } else { &self.min };
        let (min, max) = self.bounds();
        if self.increment != "1" {
            options.push(format!("INCREMENT BY {}", self.increment));
        }
        options.extend(min.map(|min| format!("MINVALUE {min}")));
        options.extend(max.map(|max| format!("MAXVALUE {max}")));
        if self.start != *first {
            options.push(format!("START WITH {}", self.start));
        }
        if self.cache != "1" {
            options.push(format!("CACHE {}", self.cache));
        }
        if self.cycle {
            options.push("CYCLE".to_owned());
        }
        options.join(" ")
    }

    /// All options, each after a word.
    fn all(&self, before: &str) -> Vec<String> {
        let (min, max) = self.bounds();
        let bound = |name: &str, value: Option<&str>| match value {
            Some(value) => format!("{before}{name} {value}"),
            None => format!("{before}NO {name}"),
        };
        let no = if self.cycle { "" } else { "NO " };
        vec![
            format!("{before}INCREMENT BY {}", self.increment),
            bound("MINVALUE", min),
            bound("MAXVALUE", max),
            format!("{before}START WITH {}", self.start),
            format!("{before}CACHE {}", self.cache),
            format!("{before}{no}CYCLE"),
        ]
    }

    /// What makes the sequence of an identity column count so.
    pub(super) fn set(&self) -> String {
        self.all("SET ").join(" ")
    }
}
