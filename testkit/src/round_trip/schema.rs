//! A schema of few names, which every engine takes.

use fastrand::Rng;
use limbeck_core::operation::Operations;
use limbeck_core::schema::Schema;

use super::table::RandomTable;

/// The names of tables, as portable SQL has them.
const TABLES: [&str; 4] = ["account", "\"order\"", "\"two words\"", "tag"];

/// A schema that this seed stands for: tables of much the same names and columns each time, with everything of the schema
/// model. Its types, defaults and expressions fit together, so an engine refuses it only where its dialect does.
///
/// # Panics
/// The schema cannot be made, which is a fault of this function or of the core.
pub fn random_schema(seed: u64) -> Schema {
    let mut schema = Schema::new();
    let text = text(&mut Rng::with_seed(seed));
    let mut operations = Operations::default();
    let read = operations.execute(&text);
    assert!(read.is_ok(), "{read:?}: {text}");
    for operation in operations.into_operations() {
        let applied = schema.apply(&operation);
        assert!(applied.is_ok(), "{applied:?}: {text}");
    }
    schema
}

/// The schema as portable SQL.
fn text(rng: &mut Rng) -> String {
    let mut statements = Vec::new();
    let mut tables: Vec<RandomTable> = Vec::new();
    for name in TABLES {
        if rng.u8(0..4) > 0 {
            let others: Vec<&str> = tables.iter().map(|table| table.name).collect();
            let table = RandomTable::new(rng, name, &others);
            statements.extend(table.statements(rng));
            tables.push(table);
        }
    }
    statements.extend(circle(rng, &tables));
    statements.extend(views(rng, &tables));
    let ended = statements.into_iter().map(|statement| statement + ";\n");
    ended.collect()
}

/// A foreign key from the first table to the last, which may close a circle. Its column has no other one: two that share an
/// index on MySQL hide which of them has given it its name.
fn circle(rng: &mut Rng, tables: &[RandomTable]) -> Option<String> {
    let (first, last) = (tables.first()?, tables.last()?);
    let closes = first.name != last.name && first.has("other_id") && !first.refers && rng.bool();
    let reference = format!(
        "ALTER TABLE {} ADD CONSTRAINT closing FOREIGN KEY (other_id) REFERENCES {} (id)",
        first.name, last.name
    );
    closes.then_some(reference)
}

fn views(rng: &mut Rng, tables: &[RandomTable]) -> Vec<String> {
    let mut statements = Vec::new();
    let Some(table) = rng.choice(tables).filter(|_| rng.bool()) else {
        return statements;
    };
    let column = table.some_column(rng);
    statements.push(format!(
        "CREATE VIEW seen AS SELECT id, {column} FROM {}",
        table.name
    ));
    match rng.u8(0..4) {
        0 => statements.push("CREATE VIEW seen_twice AS SELECT id FROM seen WHERE id > 1".to_owned()),
        1 => {
            let query = format!("SELECT count(*) FROM {} AS t WHERE t.id > 5", table.name);
            statements.push(format!("CREATE VIEW counted (number) AS {query}"));
        }
        _ => {}
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_stands_for_one_schema() {
        assert_eq!(random_schema(7), random_schema(7));
        assert!(
            (0..300)
                .filter(|seed| random_schema(*seed).tables.len() == 4)
                .count()
                > 30
        );
    }
}
