//! MariaDB's sequences.

use limbeck_core::catalogue::Keeps;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;

use super::text::of;
use super::text::quoted;

/// The names of all sequences.
pub(super) fn names(relations: &Rows) -> Vec<&str> {
    let rows = relations.rows.iter();
    rows.filter(|row| of(row, 1) == "SEQUENCE")
        .map(|row| of(row, 0))
        .collect()
}

/// All sequences, without how far they have counted.
pub(super) fn read_all(rows: &Rows) -> impl Iterator<Item = Object> {
    rows.rows.iter().map(|row| {
        let name = quoted(of(row, 0));
        let mut object = Object::new(
            ObjectId::new(Kind::Sequence, of(row, 0)),
            format!("CREATE SEQUENCE {name} {}", options(row)),
            format!("DROP SEQUENCE {name}"),
        );
        object.keeps = Keeps::Count;
        object
    })
}

fn options(row: &Row) -> String {
    // A limit beyond 64 bits with a sign comes as text.
    let number = |column: usize| match row.integer(column) {
        Some(number) => number.to_string(),
        None => of(row, column).to_owned(),
    };
    let cycle = if row.integer(6) == Some(1) {
        "CYCLE"
    } else {
        "NOCYCLE"
    };
    format!(
        "START WITH {} MINVALUE {} MAXVALUE {} INCREMENT BY {} CACHE {} {cycle}",
        number(1),
        number(2),
        number(3),
        number(4),
        number(5),
    )
}
