//! Foreign keys: objects of their own, since tables may lead to each other.

use std::collections::BTreeMap;

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::Row;

use super::Server;
use super::index::Index;
use super::text::list;
use super::text::of;
use super::text::quoted;

/// The indexes of each table that are objects of their own.
pub(super) type Indexes = BTreeMap<String, Vec<Index>>;

struct ForeignKey {
    name: String,
    columns: Vec<String>,
    /// The database of the other table, where it is another one.
    database: Option<String>,
    table: String,
    referenced: Vec<String>,
    rules: String,
}

/// Those of a table.
pub(super) fn read_all(server: Server, table: &ObjectId, rows: &[Row], indexes: &Indexes) -> Vec<Object> {
    let mut keys: Vec<ForeignKey> = Vec::new();
    for row in rows {
        if keys.last().is_none_or(|last| last.name != of(row, 1)) {
            keys.push(ForeignKey {
                name: of(row, 1).to_owned(),
                columns: Vec::new(),
                database: row.text(5).map(str::to_owned),
                table: of(row, 3).to_owned(),
                referenced: Vec::new(),
                rules: rules(server, row),
            });
        }
        if let Some(key) = keys.last_mut() {
            key.columns.push(of(row, 2).to_owned());
            key.referenced.push(of(row, 4).to_owned());
        }
    }
    keys.iter().map(|key| key.object(table, indexes)).collect()
}

impl ForeignKey {
    fn object(&self, table: &ObjectId, indexes: &Indexes) -> Object {
        let alter = format!("ALTER TABLE {}", quoted(&table.name));
        let name = quoted(&self.name);
        let other = match &self.database {
            Some(database) => format!("{}.{}", quoted(database), quoted(&self.table)),
            None => quoted(&self.table),
        };
        let columns = list(self.columns.iter().map(String::as_str));
        let referenced = list(self.referenced.iter().map(String::as_str));
        let rules = &self.rules;
        let mut object = Object::new(
            ObjectId::part(Kind::ForeignKey, table.name.clone(), self.name.clone()),
            format!(
                "{alter} ADD CONSTRAINT {name} FOREIGN KEY {columns} REFERENCES {other} {referenced}{rules}"
            ),
            "",
        );
        object.drop = self.drop(table, indexes);
        object.part_of = Some(table.clone());
        object.needs.extend(needs(table, &self.columns, indexes));
        if self.database.is_none() {
            let other = ObjectId::new(Kind::Table, self.table.clone());
            object.needs.extend(needs(&other, &self.referenced, indexes));
        }
        object
    }

    /// Where the key was made without an index, the server has made one, and drops it without a word as soon as another
    /// will do: also when the key comes again. Who has given it its name tells nobody but the name; an index that was
    /// renamed stays.
    fn drop(&self, table: &ObjectId, indexes: &Indexes) -> Vec<String> {
        let alter = format!("ALTER TABLE {}", quoted(&table.name));
        let drop = format!("{alter} DROP FOREIGN KEY {}", quoted(&self.name));
        let all = indexes.get(&table.name).map_or(&[][..], Vec::as_slice);
        let made = all.iter().find(|index| self.is_made_for(index));
        let Some(made) = made else {
            return vec![drop];
        };
        let is_free = |name: &String| all.iter().all(|index| !index.name.eq_ignore_ascii_case(name));
        let free = (1..u32::MAX).map(|number| format!("i{number}")).find(is_free);
        let (own, other) = (quoted(&made.name), quoted(&free.unwrap_or_default()));
        vec![
            format!("{drop}, RENAME INDEX {own} TO {other}"),
            format!("{alter} RENAME INDEX {other} TO {own}"),
        ]
    }

    /// Whether the index has the name that the server gives it for a key without a name.
    fn is_made_for(&self, index: &Index) -> bool {
        let first = self.columns.first().map_or("", String::as_str);
        let number = index
            .name
            .strip_prefix(first)
            .map(|rest| rest.trim_start_matches('_'));
        let is_usual = number.is_some_and(|number| number.chars().all(|letter| letter.is_ascii_digit()));
        is_usual
            && index.name != self.name
            && index.columns.len() == self.columns.len()
            && index.serves(&self.columns)
    }
}

/// The columns, and the indexes that a foreign key cannot be without: it keeps them from going.
fn needs(table: &ObjectId, columns: &[String], indexes: &Indexes) -> Vec<Need> {
    let own = indexes.get(&table.name).into_iter().flatten();
    let serving = own
        .filter(|index| index.serves(columns))
        .map(|index| Need::whole(index.id(&table.name)));
    columns
        .iter()
        .map(|column| Need::column(table.clone(), column))
        .chain(serving)
        .collect()
}

/// NO ACTION is what is done when nobody says anything. MariaDB says RESTRICT then: both mean the same to both engines.
fn rules(server: Server, row: &Row) -> String {
    let said = [("DELETE", of(row, 6)), ("UPDATE", of(row, 7))];
    let said = said.into_iter().filter(|(_, rule)| match *rule {
        "NO ACTION" | "" => false,
        "RESTRICT" => !server.is_mariadb(),
        _ => true,
    });
    said.map(|(event, rule)| format!(" ON {event} {rule}")).collect()
}
