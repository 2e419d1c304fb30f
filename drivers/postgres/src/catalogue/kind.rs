//! Types: enumerations, domains, composite types and ranges.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use serde::Deserialize;

use super::attribute::kind as attribute;
use super::collected::Collected;
use super::entry;
use super::entry::Head;
use super::entry::literal;

#[derive(Debug, Deserialize)]
struct TypeEntry {
    #[serde(flatten)]
    head: Head,
    values: Option<Vec<String>>,
    domain: Option<Domain>,
    members: Option<Vec<Member>>,
    range: Option<Range>,
}

#[derive(Debug, Deserialize)]
struct Domain {
    base: String,
    collation: Option<String>,
    default: Option<String>,
    not_null: bool,
    constraints: Option<Vec<DomainConstraint>>,
}

#[derive(Debug, Deserialize)]
struct DomainConstraint {
    name: String,
    definition: String,
    comment: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Member {
    name: String,
    #[serde(rename = "type")]
    data_type: String,
    collation: Option<String>,
    comment: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Range {
    subtype: String,
    class: Option<String>,
    collation: Option<String>,
    canonical: Option<String>,
    difference: Option<String>,
    multirange: Option<String>,
}

/// A collation `l` of the schema `b`, where it is not that of the type `u`.
const COLLATION: &str = "\
    CASE WHEN l.oid <> u.typcollation THEN CASE WHEN b.nspname = 'pg_catalog' \
        THEN quote_ident(l.collname) ELSE format('%I.%I', b.nspname, l.collname) END END";

pub(super) fn question(major: u32) -> String {
    let head = entry::head("t", "typname");
    let (in_use, alone) = (entry::IN_USE, entry::stands_alone("t"));
    let multirange = match major {
        14.. => "format_type(g.rngmultitypid, NULL)",
        _ => "NULL",
    };
    format!(
        "SELECT json_build_object({head}, \
            'values', CASE WHEN t.typtype = 'e' THEN (SELECT coalesce(json_agg(v.enumlabel ORDER BY v.enumsortorder), '[]') \
                FROM pg_enum AS v WHERE v.enumtypid = t.oid) END, \
            'domain', CASE WHEN t.typtype = 'd' THEN (SELECT json_build_object(\
                'base', format_type(t.typbasetype, t.typtypmod), 'collation', {COLLATION}, 'default', t.typdefault, \
                'not_null', t.typnotnull, 'constraints', (SELECT json_agg(json_build_object(\
                    'name', k.conname, 'definition', pg_get_constraintdef(k.oid), \
                    'comment', obj_description(k.oid, 'pg_constraint')) ORDER BY k.conname) \
                    FROM pg_constraint AS k WHERE k.contypid = t.oid AND k.contype = 'c')) \
                FROM pg_type AS u LEFT JOIN pg_collation AS l ON l.oid = t.typcollation \
                LEFT JOIN pg_namespace AS b ON b.oid = l.collnamespace WHERE u.oid = t.typbasetype) END, \
            'members', CASE WHEN t.typtype = 'c' THEN (SELECT coalesce(json_agg(json_build_object('name', a.attname, \
                'type', format_type(a.atttypid, a.atttypmod), 'collation', {COLLATION}, \
                'comment', col_description(a.attrelid, a.attnum)) ORDER BY a.attnum), '[]') \
                FROM pg_attribute AS a JOIN pg_type AS u ON u.oid = a.atttypid \
                LEFT JOIN pg_collation AS l ON l.oid = a.attcollation \
                LEFT JOIN pg_namespace AS b ON b.oid = l.collnamespace \
                WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) END, \
            'range', CASE WHEN t.typtype = 'r' THEN (SELECT json_build_object(\
                'subtype', format_type(g.rngsubtype, NULL), \
                'class', CASE WHEN NOT o.opcdefault THEN format('%I.%I', p.nspname, o.opcname) END, \
                'collation', {COLLATION}, 'canonical', nullif(g.rngcanonical::oid, 0)::regproc::text, \
                'difference', nullif(g.rngsubdiff::oid, 0)::regproc::text, 'multirange', {multirange}) \
                FROM pg_range AS g JOIN pg_type AS u ON u.oid = g.rngsubtype \
                LEFT JOIN pg_collation AS l ON l.oid = g.rngcollation \
                LEFT JOIN pg_namespace AS b ON b.oid = l.collnamespace \
                JOIN pg_opclass AS o ON o.oid = g.rngsubopc JOIN pg_namespace AS p ON p.oid = o.opcnamespace \
                WHERE g.rngtypid = t.oid) END) \
         FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace LEFT JOIN pg_class AS c ON c.oid = t.typrelid \
         WHERE t.typtype IN ('e', 'd', 'c', 'r') AND (c.oid IS NULL OR c.relkind = 'c') AND {in_use} AND {alone} \
         ORDER BY t.oid"
    )
}

pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: TypeEntry = serde_json::from_str(document)?;
    let sql = entry.head.sql.as_str();
    let id = into.id(Kind::Type, &entry.head);
    let mut object = Object::new(id, String::new(), format!("DROP TYPE {sql}"));
    let mut word = "TYPE";
    if let Some(values) = &entry.values {
        enumeration(&mut object, sql, values);
    } else if let Some(domain) = &entry.domain {
        word = "DOMAIN";
        self::domain(&mut object, sql, domain);
    } else if let Some(members) = &entry.members {
        composite(&mut object, sql, members);
    } else if let Some(range) = &entry.range {
        object.create = vec![format!(
            "CREATE TYPE {sql} AS RANGE ({})",
            range.options().join(", ")
        )];
        put(&mut object, attribute::KIND, "range");
    }
    put(&mut object, "sql", sql);
    put(&mut object, "name", &entry.head.name);
    let schema = entry.head.schema.as_deref().map(entry::quoted);
    put(&mut object, "schema", &schema.unwrap_or_default());
    entry::comment(&mut object, word, sql, entry.head.comment.as_deref());
    into.add(&entry.head, object);
    Ok(())
}

fn put(object: &mut Object, name: &str, value: &str) {
    object.attributes.insert(name.to_owned(), value.to_owned());
}

/// A member as it is compared.
fn noted(name: &str, definition: &str, comment: Option<&str>) -> serde_json::Value {
    serde_json::json!({
        "name": name,
        "definition": definition,
        "comment": comment.unwrap_or_default(),
    })
}

fn enumeration(object: &mut Object, sql: &str, values: &[String]) {
    let list: Vec<String> = values.iter().map(|value| literal(value)).collect();
    object.create = vec![format!("CREATE TYPE {sql} AS ENUM ({})", list.join(", "))];
    put(object, attribute::KIND, "enum");
    put(
        object,
        attribute::VALUES,
        &serde_json::Value::from(values).to_string(),
    );
}

fn domain(object: &mut Object, sql: &str, domain: &Domain) {
    let mut create = format!("CREATE DOMAIN {sql} AS {}", domain.base);
    let mut base = domain.base.clone();
    if let Some(collation) = &domain.collation {
        base.push_str(&format!(" COLLATE {collation}"));
        create.push_str(&format!(" COLLATE {collation}"));
    }
    put(object, attribute::KIND, "domain");
    put(object, attribute::BASE, &base);
    if let Some(default) = &domain.default {
        create.push_str(&format!(" DEFAULT {default}"));
        put(object, attribute::DEFAULT, default);
    }
    if domain.not_null {
        create.push_str(" NOT NULL");
        put(object, attribute::NOT_NULL, "yes");
    }
    let constraints: Vec<&DomainConstraint> = domain.constraints.iter().flatten().collect();
    let (proven, unproven): (Vec<&DomainConstraint>, Vec<&DomainConstraint>) = constraints
        .iter()
        .copied()
        .partition(|constraint| !constraint.definition.ends_with("NOT VALID"));
    for constraint in proven {
        let name = entry::quoted(&constraint.name);
        create.push_str(&format!("\n    CONSTRAINT {name} {}", constraint.definition));
    }
    object.create = vec![create];
    for constraint in unproven {
        let name = entry::quoted(&constraint.name);
        let add = format!(
            "ALTER DOMAIN {sql} ADD CONSTRAINT {name} {}",
            constraint.definition
        );
        object.create.push(add);
    }
    for constraint in &constraints {
        if let Some(comment) = &constraint.comment {
            let on = format!(
                "COMMENT ON CONSTRAINT {} ON DOMAIN {sql} IS",
                entry::quoted(&constraint.name)
            );
            object.create.push(format!("{on} {}", literal(comment)));
        }
    }
    let members = constraints.iter().map(|constraint| {
        noted(
            &constraint.name,
            &constraint.definition,
            constraint.comment.as_deref(),
        )
    });
    put(
        object,
        attribute::MEMBERS,
        &serde_json::Value::from_iter(members).to_string(),
    );
    object.drop = vec![format!("DROP DOMAIN {sql}")];
}

fn composite(object: &mut Object, sql: &str, members: &[Member]) {
    let written = |member: &Member| match &member.collation {
        Some(collation) => format!("{} COLLATE {collation}", member.data_type),
        None => member.data_type.clone(),
    };
    let list: Vec<String> = members
        .iter()
        .map(|member| format!("\n    {} {}", entry::quoted(&member.name), written(member)))
        .collect();
    object.create = vec![format!("CREATE TYPE {sql} AS ({}\n)", list.join(","))];
    for member in members {
        if let Some(comment) = &member.comment {
            let name = entry::quoted(&member.name);
            object
                .create
                .push(format!("COMMENT ON COLUMN {sql}.{name} IS {}", literal(comment)));
        }
    }
    put(object, attribute::KIND, "composite");
    let members = members
        .iter()
        .map(|member| noted(&member.name, &written(member), member.comment.as_deref()));
    put(
        object,
        attribute::MEMBERS,
        &serde_json::Value::from_iter(members).to_string(),
    );
}

impl Range {
    fn options(&self) -> Vec<String> {
        let mut options = vec![format!("SUBTYPE = {}", self.subtype)];
        let mut put = |name: &str, value: &Option<String>| {
            options.extend(value.as_ref().map(|value| format!("{name} = {value}")));
        };
        put("SUBTYPE_OPCLASS", &self.class);
        put("COLLATION", &self.collation);
        put("CANONICAL", &self.canonical);
        put("SUBTYPE_DIFF", &self.difference);
        put("MULTIRANGE_TYPE_NAME", &self.multirange);
        options
    }
}
