//! Schemas, extensions and collations.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::collected::Collected;
use super::entry;
use super::entry::Head;
use super::entry::literal;
use super::entry::quoted;

/// All schemas but `public`, which every database has from its beginning.
pub(super) fn schemas() -> String {
    let head = entry::bare_head("n", "nspname");
    let (in_use, alone) = (entry::IN_USE, entry::stands_alone("n"));
    format!(
        "SELECT json_build_object({head}) FROM pg_namespace AS n \
         WHERE {in_use} AND {alone} AND n.nspname <> 'public' ORDER BY n.oid"
    )
}

pub(super) fn take_schema(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let head: Head = serde_json::from_str(document)?;
    let sql = &head.sql;
    let id = ObjectId::new(Kind::Schema, into.name(None, &head.name));
    let mut schema = Object::new(id, format!("CREATE SCHEMA {sql}"), format!("DROP SCHEMA {sql}"));
    entry::comment(&mut schema, "SCHEMA", sql, head.comment.as_deref());
    into.add(&head, schema);
    Ok(())
}

#[derive(Debug, Deserialize)]
struct ExtensionEntry {
    #[serde(flatten)]
    head: Head,
    namespace: String,
    version: String,
    relocatable: bool,
    /// What the extension itself says.
    usual_comment: Option<String>,
}

/// All extensions but those that a new database has.
pub(super) fn extensions() -> String {
    let head = entry::bare_head("k", "extname");
    format!(
        "SELECT json_build_object({head}, 'namespace', n.nspname, 'version', k.extversion, \
            'relocatable', k.extrelocatable, 'usual_comment', \
            (SELECT a.comment FROM pg_available_extensions AS a WHERE a.name = k.extname)) \
         FROM pg_extension AS k JOIN pg_namespace AS n ON n.oid = k.extnamespace WHERE k.oid >= 16384 ORDER BY k.oid"
    )
}

pub(super) fn take_extension(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: ExtensionEntry = serde_json::from_str(document)?;
    let sql = &entry.head.sql;
    let id = ObjectId::new(Kind::Extension, into.name(None, &entry.head.name));
    let place = match entry.namespace.as_str() {
        // The extension itself says so.
        "pg_catalog" => String::new(),
        schema => format!(" SCHEMA {}", quoted(schema)),
    };
    let create = format!(
        "CREATE EXTENSION {sql}{place} VERSION {}",
        literal(&entry.version)
    );
    let mut extension = Object::new(id, create, format!("DROP EXTENSION {sql}"));
    let attributes = [
        ("sql", sql.clone()),
        ("schema", quoted(&entry.namespace)),
        ("version", entry.version.clone()),
        ("relocatable", entry.relocatable.to_string()),
    ];
    extension.attributes = attributes.map(|(name, value)| (name.to_owned(), value)).into();
    let comment = entry.head.comment.as_deref();
    let comment = comment.filter(|text| Some(*text) != entry.usual_comment.as_deref());
    entry::comment(&mut extension, "EXTENSION", sql, comment);
    into.add(&entry.head, extension);
    Ok(())
}

#[derive(Debug, Deserialize)]
struct CollationEntry {
    #[serde(flatten)]
    head: Head,
    provider: char,
    collate: Option<String>,
    ctype: Option<String>,
    locale: Option<String>,
    rules: Option<String>,
    deterministic: bool,
}

pub(super) fn collations() -> String {
    let head = entry::head("k", "collname");
    let (in_use, alone) = (entry::IN_USE, entry::stands_alone("k"));
    format!(
        "SELECT json_build_object({head}, 'provider', k.collprovider, 'collate', k.collcollate, 'ctype', k.collctype, \
            'locale', coalesce(to_jsonb(k) ->> 'colllocale', to_jsonb(k) ->> 'colliculocale'), \
            'rules', to_jsonb(k) ->> 'collicurules', 'deterministic', k.collisdeterministic) \
         FROM pg_collation AS k JOIN pg_namespace AS n ON n.oid = k.collnamespace WHERE {in_use} AND {alone} ORDER BY k.oid"
    )
}

pub(super) fn take_collation(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: CollationEntry = serde_json::from_str(document)?;
    let sql = &entry.head.sql;
    let provider = match entry.provider {
        'i' => "icu",
        'b' => "builtin",
        'c' => "libc",
        _ => "default",
    };
    let mut options = vec![format!("PROVIDER = {provider}")];
    if !entry.deterministic {
        options.push("DETERMINISTIC = false".to_owned());
    }
    match (entry.locale, entry.collate, entry.ctype) {
        (Some(locale), ..) => options.push(format!("LOCALE = {}", literal(&locale))),
        (None, Some(collate), Some(ctype)) if collate == ctype => {
            options.push(format!("LOCALE = {}", literal(&collate)));
        }
        (None, collate, ctype) => {
            options.extend(collate.map(|collate| format!("LC_COLLATE = {}", literal(&collate))));
            options.extend(ctype.map(|ctype| format!("LC_CTYPE = {}", literal(&ctype))));
        }
    }
    options.extend(entry.rules.map(|rules| format!("RULES = {}", literal(&rules))));
    let id = into.id(Kind::Collation, &entry.head);
    let create = format!("CREATE COLLATION {sql} ({})", options.join(", "));
    let mut collation = Object::new(id, create, format!("DROP COLLATION {sql}"));
    entry::comment(&mut collation, "COLLATION", sql, entry.head.comment.as_deref());
    into.add(&entry.head, collation);
    Ok(())
}
