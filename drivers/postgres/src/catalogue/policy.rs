//! Row-level security policies.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::collected::Collected;
use super::entry;
use super::entry::Head;
use super::entry::Whole;

#[derive(Debug, Deserialize)]
struct PolicyEntry {
    #[serde(flatten)]
    head: Head,
    whole: Whole,
    permissive: bool,
    command: char,
    roles: Vec<String>,
    using: Option<String>,
    check: Option<String>,
}

pub(super) fn question() -> String {
    let head = entry::head("k", "polname");
    let (whole, in_use, alone) = (entry::WHOLE, entry::IN_USE, entry::stands_alone("c"));
    format!(
        "SELECT json_build_object({head}, 'whole', {whole}, 'permissive', k.polpermissive, 'command', k.polcmd, \
            'roles', (SELECT json_agg(coalesce(quote_ident(r.rolname), 'public') ORDER BY r.rolname) \
                FROM unnest(k.polroles) AS u (role) LEFT JOIN pg_roles AS r ON r.oid = u.role), \
            'using', pg_get_expr(k.polqual, k.polrelid), 'check', pg_get_expr(k.polwithcheck, k.polrelid)) \
         FROM pg_policy AS k JOIN pg_class AS c ON c.oid = k.polrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE {in_use} AND {alone} ORDER BY k.oid"
    )
}

pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: PolicyEntry = serde_json::from_str(document)?;
    let whole = into.name(Some(&entry.whole.schema), &entry.whole.name);
    let on = format!("{} ON {}", entry::quoted(&entry.head.name), entry.whole.sql);
    let mode = match entry.permissive {
        true => "",
        false => " AS RESTRICTIVE",
    };
    let command = match entry.command {
        'r' => " FOR SELECT",
        'a' => " FOR INSERT",
        'w' => " FOR UPDATE",
        'd' => " FOR DELETE",
        _ => "",
    };
    let mut conditions = String::new();
    if let Some(using) = &entry.using {
        conditions.push_str(&format!(" USING ({using})"));
    }
    if let Some(check) = &entry.check {
        conditions.push_str(&format!(" WITH CHECK ({check})"));
    }
    let roles = entry.roles.join(", ");
    let mut policy = Object::new(
        ObjectId::part(Kind::Policy, whole.clone(), entry.head.name.clone()),
        format!("CREATE POLICY {on}{mode}{command} TO {roles}{conditions}"),
        format!("DROP POLICY {on}"),
    );
    // What ALTER POLICY cannot change, and what it changes.
    let has = |condition: &Option<String>| condition.is_some();
    let fixed = format!("{mode}{command} {} {}", has(&entry.using), has(&entry.check));
    policy.attributes.insert("fixed".to_owned(), fixed);
    let alter = format!("ALTER POLICY {on} TO {roles}{conditions}");
    policy.attributes.insert("alter".to_owned(), alter);
    policy.part_of = Some(ObjectId::new(Kind::Table, whole));
    entry::comment(&mut policy, "POLICY", &on, entry.head.comment.as_deref());
    into.add(&entry.head, policy);
    Ok(())
}
