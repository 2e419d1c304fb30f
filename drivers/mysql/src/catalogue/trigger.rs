//! Triggers.

use std::collections::BTreeMap;

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;

use super::Server;
use super::hidden;
use super::program;
use super::session;
use super::shown::Shown;
use super::text::of;
use super::text::quoted;
use super::text::some;

/// All triggers, each after the one that it follows.
pub(super) fn read_all(server: Server, rows: &Rows, shown: &Shown) -> Result<Vec<Object>, DriverError> {
    // The last one so far of each table, time and event: the server may sort two tables as one.
    let mut last: BTreeMap<[&str; 3], &str> = BTreeMap::new();
    let triggers = rows.rows.iter().map(|row| {
        let followed = last.insert([of(row, 1), of(row, 2), of(row, 3)], of(row, 0));
        read(server, row, followed, shown)
    });
    triggers.collect()
}

fn read(server: Server, row: &Row, followed: Option<&str>, shown: &Shown) -> Result<Object, DriverError> {
    let (name, table) = (of(row, 0), of(row, 1));
    let body = some(row, 4).ok_or_else(|| hidden("trigger", name, "TRIGGER"))?;
    let shown = shown.get(name).and_then(|shown| program::of_trigger(shown));
    let body = shown.unwrap_or(body);
    let follows = followed.map_or(String::new(), |name| format!(" FOLLOWS {}", quoted(name)));
    let create = format!(
        "CREATE TRIGGER {} {} {} ON {} FOR EACH ROW{follows} {body}",
        quoted(name),
        of(row, 2),
        of(row, 3),
        quoted(table),
    );
    let id = ObjectId::new(Kind::Trigger, name);
    let mut object = Object::new(id, "", format!("DROP TRIGGER {}", quoted(name)));
    object.create = session::under(server, of(row, 5), None, create);
    let table = ObjectId::new(Kind::Table, table);
    object.needs.insert(Need::whole(table.clone()));
    object.part_of = Some(table);
    let followed = followed.map(|name| Need::whole(ObjectId::new(Kind::Trigger, name)));
    object.needs.extend(followed);
    Ok(object)
}
