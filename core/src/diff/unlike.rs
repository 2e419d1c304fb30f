//! The part of a schema that another one does not have in the same words.

use crate::operation::may_read;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;
use crate::schema::View;

/// The tables and views of a schema that another one does not have in the same words, with what they need to be made: the
/// tables to which their foreign keys lead, and what the views read. A table that is only needed comes without its own
/// foreign keys.
///
/// What an engine has is read in its own words where portable SQL has none that surely mean the same, so a difference in
/// words is no difference in meaning; but what is the same in words is the same.
///
/// ```
/// use limbeck_core::diff::unlike;
/// use limbeck_core::schema::{Column, DataType, Name, Schema, Table};
///
/// let name = |text: &str| Name::exact(text).unwrap();
/// let table = |table: &str| Table::new(name(table), vec![Column::new(name("id"), DataType::BigInt)]);
/// let mut wanted = Schema::new();
/// for table in [table("account"), table("invoice")] {
///     wanted.tables.insert(table.name.clone(), table);
/// }
/// let mut present = wanted.clone();
/// assert_eq!(unlike(&wanted, &present), Schema::new());
///
/// present.tables.remove(&name("invoice"));
/// assert_eq!(unlike(&wanted, &present).tables.keys().collect::<Vec<_>>(), [&name("invoice")]);
/// ```
pub fn unlike(schema: &Schema, other: &Schema) -> Schema {
    let mut part = Schema::new();
    for table in schema.tables.values().filter(|table| !has_table(other, table)) {
        part.tables.insert(table.name.clone(), table.clone());
    }
    let mut views: Vec<&View> = schema
        .views
        .values()
        .filter(|view| other.views.get(&view.name) != Some(view))
        .collect();
    let mut needed: Vec<Name> = part.tables.values().flat_map(referenced).collect();
    while let Some(view) = views.pop() {
        if part.views.insert(view.name.clone(), view.clone()).is_none() {
            let read = schema
                .views
                .values()
                .filter(|other| may_read(&view.query, &other.name));
            views.extend(read.filter(|other| !part.views.contains_key(&other.name)));
            let read = schema.tables.keys().filter(|table| may_read(&view.query, table));
            needed.extend(read.cloned());
        }
    }
    for name in needed {
        if let (Some(table), false) = (schema.tables.get(&name), part.tables.contains_key(&name)) {
            let mut table = table.clone();
            table.foreign_keys.clear();
            part.tables.insert(name, table);
        }
    }
    part
}

fn has_table(schema: &Schema, table: &Table) -> bool {
    let other = schema.tables.get(&table.name);
    other.is_some_and(|other| other.is_like(table))
}

fn referenced(table: &Table) -> impl Iterator<Item = Name> {
    table.foreign_keys.iter().map(|key| key.referenced_table.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Column;
    use crate::schema::DataType;
    use crate::schema::Expression;
    use crate::schema::ForeignKey;

    fn name(text: &str) -> Name {
        Name::exact(text).unwrap()
    }

    fn schema() -> Schema {
        let mut schema = Schema::new();
        for (table, referenced) in [("a", None), ("b", Some("a")), ("c", Some("b")), ("d", None)] {
            let mut table = Table::new(name(table), vec![Column::new(name("id"), DataType::BigInt)]);
            let key = |to| ForeignKey::new(name("fk"), vec![name("id")], name(to), vec![name("id")]);
            table.foreign_keys = referenced.map(key).into_iter().collect();
            schema.tables.insert(table.name.clone(), table);
        }
        for (view, query) in [("v", "select id from d"), ("w", "select id from v")] {
            let query = Expression::Native(query.to_owned());
            schema
                .views
                .insert(name(view), View::new(name(view), Vec::new(), query));
        }
        schema
    }

    fn names(part: &Schema) -> Vec<String> {
        let names = part.tables.keys().chain(part.views.keys());
        names.map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_in_another_order_is_the_same() {
        let mut other = schema();
        let table = other.tables.get_mut(&name("a")).unwrap();
        table.columns.push(Column::new(name("more"), DataType::Text));
        let mut one = other.clone();
        one.tables.get_mut(&name("a")).unwrap().columns.reverse();
        assert_eq!(unlike(&one, &other), Schema::new());
    }

    #[test]
    fn a_table_comes_with_what_it_references_and_that_without_its_keys() {
        let mut other = schema();
        other.tables.get_mut(&name("c")).unwrap().comment = Some("changed".to_owned());
        let part = unlike(&schema(), &other);
        assert_eq!(names(&part), ["b", "c"]);
        assert!(part.tables[&name("b")].foreign_keys.is_empty());
        assert_eq!(part.tables[&name("c")], schema().tables[&name("c")]);
    }

    #[test]
    fn a_view_comes_with_what_it_reads() {
        let mut other = schema();
        other.views.remove(&name("w"));
        assert_eq!(names(&unlike(&schema(), &other)), ["d", "v", "w"]);
    }
}
