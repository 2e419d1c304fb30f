//! What happens when rows are written: triggers, rules, and the policies that say whose they are.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::collected::Collected;
use super::entry;
use super::entry::Head;
use super::entry::Whole;

#[derive(Debug, Deserialize)]
struct TriggerEntry {
    #[serde(flatten)]
    head: Head,
    whole: Whole,
    definition: String,
    enabled: char,
}

pub(super) fn triggers(major: u32) -> String {
    let head = entry::head("k", "tgname");
    let (whole, in_use, alone) = (entry::WHOLE, entry::IN_USE, entry::stands_alone("c"));
    // Before 13 the triggers of partitions are internal.
    let own = match major {
        13.. => "k.tgparentid = 0 AND ",
        _ => "",
    };
    format!(
        "SELECT json_build_object({head}, 'whole', {whole}, 'definition', pg_get_triggerdef(k.oid), 'enabled', k.tgenabled) \
         FROM pg_trigger AS k JOIN pg_class AS c ON c.oid = k.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE {own}NOT k.tgisinternal AND {in_use} AND {alone} AND {} ORDER BY k.oid",
        entry::stands_alone("k")
    )
}

pub(super) fn rules() -> String {
    let head = entry::head("k", "rulename");
    let (whole, in_use, alone) = (entry::WHOLE, entry::IN_USE, entry::stands_alone("c"));
    format!(
        "SELECT json_build_object({head}, 'whole', {whole}, 'definition', pg_get_ruledef(k.oid), 'enabled', k.ev_enabled) \
         FROM pg_rewrite AS k JOIN pg_class AS c ON c.oid = k.ev_class JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE k.rulename <> '_RETURN' AND {in_use} AND {alone} ORDER BY k.oid"
    )
}

pub(super) fn take_trigger(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    take(Kind::Trigger, "TRIGGER", document, into)
}

pub(super) fn take_rule(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    take(Kind::Rule, "RULE", document, into)
}

fn take(kind: Kind, word: &str, document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: TriggerEntry = serde_json::from_str(document)?;
    let whole = into.name(Some(&entry.whole.schema), &entry.whole.name);
    let name = entry::quoted(&entry.head.name);
    let table = &entry.whole.sql;
    let mut object = Object::new(
        ObjectId::part(kind, whole.clone(), entry.head.name.clone()),
        entry.definition.trim_end().trim_end_matches(';').to_owned(),
        format!("DROP {word} {name} ON {table}"),
    );
    object.part_of = Some(ObjectId::new(kind_of(entry.whole.kind), whole));
    let on = format!("{name} ON {table}");
    entry::comment(&mut object, word, &on, entry.head.comment.as_deref());
    let enabled = match entry.enabled {
        'D' => Some("DISABLE"),
        'R' => Some("ENABLE REPLICA"),
        'A' => Some("ENABLE ALWAYS"),
        _ => None,
    };
    if let Some(enabled) = enabled {
        entry::setting(
            &mut object,
            "enabled",
            format!("ALTER TABLE {table} {enabled} {word} {name}"),
            format!("ALTER TABLE {table} ENABLE {word} {name}"),
        );
    }
    into.add(&entry.head, object);
    Ok(())
}

fn kind_of(letter: char) -> Kind {
    match letter {
        'v' => Kind::View,
        'm' => Kind::MaterializedView,
        _ => Kind::Table,
    }
}
