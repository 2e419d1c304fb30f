//! Constraints of tables. NOT NULL is said with its column.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::attribute;
use super::collected::Collected;
use super::entry;
use super::entry::Head;
use super::index;
use super::index::IndexState;

#[derive(Debug, Deserialize)]
struct ConstraintEntry {
    #[serde(flatten)]
    head: Head,
    table: u32,
    kind: char,
    definition: String,
    /// Of the index that it has, where that was set.
    index: Option<IndexState>,
}

pub(super) fn question() -> String {
    let head = entry::part_head("k", "conname");
    let (table, in_use, alone) = (entry::TABLE, entry::IN_USE, entry::stands_alone("c"));
    let state = index::STATE;
    format!(
        "SELECT json_build_object({head}, {table}, 'kind', k.contype, 'definition', pg_get_constraintdef(k.oid), \
            'index', {state}) \
         FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid \
         JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         LEFT JOIN pg_index AS x ON x.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x') \
         LEFT JOIN pg_class AS i ON i.oid = x.indexrelid LEFT JOIN pg_tablespace AS s ON s.oid = i.reltablespace \
         WHERE k.contype IN ('p', 'u', 'x', 'c', 'f') AND k.conparentid = 0 AND k.coninhcount = 0 \
         AND {in_use} AND {alone} ORDER BY k.oid"
    )
}

pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: ConstraintEntry = serde_json::from_str(document)?;
    let kind = match entry.kind {
        'f' => Kind::ForeignKey,
        _ => Kind::Constraint,
    };
    let Some(table) = into.tables.get(&entry.table) else {
        // It was made after the tables were read.
        return Ok(());
    };
    let whole = into.name(Some(&table.schema), &table.name);
    let name = entry::quoted(&entry.head.name);
    let word = match table.kind {
        'f' => "FOREIGN TABLE",
        _ => "TABLE",
    };
    let table = &table.sql;
    let alter = format!("ALTER {word} {table}");
    let mut constraint = Object::new(
        ObjectId::part(kind, whole.clone(), entry.head.name.clone()),
        format!("{alter} ADD CONSTRAINT {name} {}", entry.definition),
        format!("{alter} DROP CONSTRAINT {name}"),
    );
    constraint.part_of = Some(ObjectId::new(Kind::Table, whole));
    if entry.kind == 'c' && !entry.definition.ends_with("NO INHERIT") {
        let attributes = [(attribute::INHERITABLE, entry.definition.clone())];
        constraint.attributes = attributes.map(|(name, value)| (name.to_owned(), value)).into();
    }
    entry::comment(
        &mut constraint,
        "CONSTRAINT",
        &format!("{name} ON {table}"),
        entry.head.comment.as_deref(),
    );
    if let Some(state) = &entry.index {
        // What an exclusion constraint is made with is in its definition.
        let options = (entry.kind != 'x').then_some(state.options.as_deref()).flatten();
        let alter = format!("ALTER INDEX {}", state.sql);
        entry::options(&mut constraint, &alter, "", options);
        if let Some(tablespace) = &state.tablespace {
            entry::setting(
                &mut constraint,
                "tablespace",
                format!("{alter} SET TABLESPACE {tablespace}"),
                format!("{alter} SET TABLESPACE pg_default"),
            );
        }
        index::settings(&mut constraint, state, table);
    }
    into.add(&entry.head, constraint);
    Ok(())
}
