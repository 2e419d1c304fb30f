//! The order of files of rows: a table after those that it refers to.

use crate::schema::ForeignKey;
use crate::schema::Name;
use crate::schema::Table;

/// A file of rows, its table, and the columns that the file names.
pub(crate) struct RowTable<'a> {
    pub(crate) table: &'a Table,
    pub(crate) columns: Vec<Name>,
    /// The columns by which a row is found.
    pub(crate) key: Vec<Name>,
}

/// One way through a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pass {
    /// Which file, by its place in the list.
    pub(crate) file: usize,
    /// The columns that stay NULL, because what they refer to is not there yet. A later pass writes them.
    pub(crate) without: Vec<Name>,
}

/// The ways through files that stand one after another, so that every row finds what it refers to. Files keep their
/// order where they can, and always among those of one table: the last one to name a row has the last word on it.
/// References of a table to itself, and those that close a circle, are written when all rows are there; the error is a
/// circle of tables in which none may be NULL.
pub(crate) fn passes(files: &[RowTable<'_>]) -> Result<Vec<Pass>, Vec<Name>> {
    let mut left: Vec<usize> = (0..files.len()).collect();
    let mut passes = Vec::with_capacity(files.len());
    while !left.is_empty() {
        let is_free = |file: &RowTable<'_>| others(file, files, &left).next().is_none();
        let can_wait =
            |file: &RowTable<'_>| others(file, files, &left).all(|key| !file.nullable(key).is_empty());
        let first = |may_go: &dyn Fn(&RowTable<'_>) -> bool| {
            left.iter().position(|index| {
                let file = files.get(*index);
                file.is_some_and(|file| !has_earlier(file, *index, files, &left) && may_go(file))
            })
        };
        let position = first(&is_free).or_else(|| first(&can_wait));
        let Some(position) = position else {
            return Err(circle(files, &left));
        };
        let index = left.remove(position);
        let Some(file) = files.get(index) else { continue };
        let open = others(file, files, &left).chain(file.to_itself());
        let mut without: Vec<Name> = open.flat_map(|key| file.nullable(key)).collect();
        without.sort();
        without.dedup();
        passes.push(Pass { file: index, without });
    }
    let late = late(&passes, files);
    passes.extend(late);
    Ok(passes)
}

/// Whether a file of the same table that stands before this one is left.
fn has_earlier(file: &RowTable<'_>, index: usize, files: &[RowTable<'_>], left: &[usize]) -> bool {
    let mut earlier = left
        .iter()
        .take_while(|other| **other < index)
        .filter_map(|other| files.get(*other));
    earlier.any(|other| other.table.name == file.table.name)
}

/// The files that are written once more, now whole: those that had to leave columns out, and behind them those of the same
/// table, whose rows they would take back.
fn late(passes: &[Pass], files: &[RowTable<'_>]) -> Vec<Pass> {
    let mut tables = Vec::new();
    let mut late = Vec::new();
    for pass in passes {
        let Some(file) = files.get(pass.file) else {
            continue;
        };
        if !pass.without.is_empty() {
            tables.push(&file.table.name);
        }
        if tables.contains(&&file.table.name) {
            late.push(Pass {
                file: pass.file,
                without: Vec::new(),
            });
        }
    }
    late
}

/// The references of a file to tables of other files that are left.
fn others<'a>(
    file: &'a RowTable<'_>,
    files: &'a [RowTable<'_>],
    left: &'a [usize],
) -> impl Iterator<Item = &'a ForeignKey> {
    let is_left = |name: &Name| {
        let mut left = left.iter().filter_map(|index| files.get(*index));
        left.any(|other| other.table.name == *name)
    };
    file.references()
        .filter(move |key| key.referenced_table != file.table.name && is_left(&key.referenced_table))
}

/// A circle among the files that are left, of which each waits for another.
fn circle(files: &[RowTable<'_>], left: &[usize]) -> Vec<Name> {
    let mut path: Vec<Name> = Vec::new();
    let mut next = left.first().copied();
    while let Some(file) = next.and_then(|index| files.get(index)) {
        if let Some(start) = path.iter().position(|name| *name == file.table.name) {
            let mut circle = path.split_off(start);
            circle.push(file.table.name.clone());
            return circle;
        }
        path.push(file.table.name.clone());
        let stuck = others(file, files, left).find(|key| file.nullable(key).is_empty());
        next = stuck.and_then(|key| {
            let is_it = |index: &&usize| {
                files
                    .get(**index)
                    .is_some_and(|other| other.table.name == key.referenced_table)
            };
            left.iter().find(is_it).copied()
        });
    }
    path
}

impl RowTable<'_> {
    /// The foreign keys for which the file has values.
    fn references(&self) -> impl Iterator<Item = &ForeignKey> {
        let keys = self.table.foreign_keys.iter();
        keys.filter(|key| key.columns.iter().all(|column| self.columns.contains(column)))
    }

    fn to_itself(&self) -> impl Iterator<Item = &ForeignKey> {
        self.references()
            .filter(|key| key.referenced_table == self.table.name)
    }

    /// The columns of a foreign key that can be NULL for a while.
    fn nullable(&self, key: &ForeignKey) -> Vec<Name> {
        let columns = key.columns.iter().filter(|name| {
            let column = self.table.column(name);
            column.is_some_and(|column| column.nullable) && !self.key.contains(name)
        });
        columns.cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Operation;
    use crate::operation::PortableOptions;
    use crate::operation::parse_statement;
    use crate::sql::Span;

    /// Tables by their columns: `a(id, b>b?)` has a column `b` that refers to the table `b` and may be NULL.
    fn tables(words: &[&str]) -> Vec<Table> {
        let table = |word: &&str| {
            let (name, columns) = word.trim_end_matches(')').split_once('(').unwrap();
            let columns: Vec<String> = columns
                .split(", ")
                .map(|column| match column.split_once('>') {
                    None => format!("{column} BIGINT PRIMARY KEY"),
                    Some((column, to)) => match to.strip_suffix('?') {
                        Some(to) => format!("{column} BIGINT REFERENCES {to} (id)"),
                        None => format!("{column} BIGINT NOT NULL REFERENCES {to} (id)"),
                    },
                })
                .collect();
            let sql = format!("CREATE TABLE {name} ({})", columns.join(", "));
            let span = Span::new(0, sql.len());
            match parse_statement(&sql, span, &PortableOptions::default())
                .unwrap()
                .remove(0)
            {
                Operation::CreateTable(table) => table,
                other => panic!("{other:?}"),
            }
        };
        words.iter().map(table).collect()
    }

    fn files(tables: &[Table]) -> Vec<RowTable<'_>> {
        let file = |table| RowTable {
            table,
            columns: table.columns.iter().map(|column| column.name.clone()).collect(),
            key: vec![Name::exact("id").unwrap()],
        };
        tables.iter().map(file).collect()
    }

    /// The files in the order of the passes.
    fn indexes(words: &[&str]) -> Vec<usize> {
        let passes = passes(&files(&tables(words))).unwrap();
        passes.iter().map(|pass| pass.file).collect()
    }

    /// The tables in the order of the passes, with the columns that stay empty.
    fn order(words: &[&str]) -> String {
        let tables = tables(words);
        let files = files(&tables);
        let shown = |pass: &Pass| {
            let without: String = pass.without.iter().map(|name| format!("-{name}")).collect();
            format!("{}{without}", files[pass.file].table.name)
        };
        match passes(&files) {
            Ok(passes) => passes.iter().map(shown).collect::<Vec<_>>().join(" "),
            Err(circle) => format!(
                "circle {}",
                circle.iter().map(Name::as_str).collect::<Vec<_>>().join(" > ")
            ),
        }
    }

    #[test]
    fn tables_keep_their_order_unless_a_reference_wants_another() {
        assert_eq!(order(&["c(id)", "a(id)", "b(id)"]), "c a b");
        assert_eq!(order(&["a(id, b>b)", "b(id, c>c)", "d(id)", "c(id)"]), "d c b a");
        assert_eq!(order(&["a(id, x>x)"]), "a", "what no file fills is there already");
    }

    #[test]
    fn references_to_the_own_table_are_written_when_its_rows_are_there() {
        assert_eq!(order(&["a(id, up>a?)", "b(id, a>a)"]), "a-up b a");
        assert_eq!(order(&["a(id, up>a)"]), "a", "parents stand first in the file");
    }

    #[test]
    fn the_last_file_of_a_table_has_the_last_word() {
        assert_eq!(order(&["a(id, up>a?)", "a(id)"]), "a-up a a a");
        assert_eq!(
            indexes(&["a(id, b>b)", "a(id)", "b(id)"]),
            [2, 0, 1],
            "the second has no reason to wait but the first"
        );
        assert_eq!(indexes(&["a(id, up>a?)", "a(id)", "b(id)"]), [0, 1, 2, 0, 1]);
    }

    #[test]
    fn a_circle_is_cut_where_a_reference_may_be_null() {
        assert_eq!(order(&["a(id, b>b)", "b(id, a>a?)"]), "b-a a b");
        assert_eq!(
            order(&["a(id, b>b?)", "b(id, c>c)", "c(id, a>a?, b>b?)"]),
            "a-b c-b b a c"
        );
        assert_eq!(
            order(&["a(id, b>b)", "b(id, c>c)", "c(id, b>b)"]),
            "circle b > c > b"
        );
    }
}
