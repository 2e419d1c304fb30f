//! Random histories: whatever the replay takes and the dialect writes, SQLite carries out, and ends where the replay does.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderError;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Deferrable;
use limbeck_core::schema::Expression;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Generated;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Schema;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Table;
use limbeck_core::schema::Unique;
use limbeck_core::schema::View;
use limbeck_sqlite::SQLITE;
use proptest::prelude::*;
use rusqlite::Connection;

use super::support::*;
use crate::introspect::assert_reads_back;

const TABLES: [&str; 4] = ["order", "two words", "qu\"ote", "größe 🦀"];
const COLUMNS: [&str; 6] = ["a", "select", "it's", "b \"b\"", "c;--", "数"];

/// Random numbers that an operation is made of, each used for one choice.
struct Choices<'a> {
    numbers: &'a [u8],
    at: usize,
}

impl Choices<'_> {
    fn number(&mut self) -> usize {
        self.at += 1;
        usize::from(self.numbers[(self.at - 1) % self.numbers.len()])
    }

    fn yes(&mut self) -> bool {
        self.number().is_multiple_of(2)
    }

    fn one<'b, T>(&mut self, all: &'b [T]) -> &'b T {
        &all[self.number() % all.len()]
    }

    fn table_name(&mut self) -> Name {
        name(self.one::<&str>(&TABLES))
    }

    fn column_name(&mut self) -> Name {
        name(self.one::<&str>(&COLUMNS))
    }

    /// Mostly a table that exists.
    fn known_table(&mut self, schema: &Schema) -> Name {
        let known: Vec<_> = schema.tables.keys().collect();
        if known.is_empty() {
            return self.table_name();
        }
        (*self.one(&known)).clone()
    }

    fn known_column(&mut self, schema: &Schema, table: &Name) -> Name {
        match schema.table(table) {
            Some(table) => self.one(&table.columns).name.clone(),
            None => self.column_name(),
        }
    }

    fn data_type(&mut self) -> DataType {
        let types = [
            DataType::BigInt,
            DataType::Integer,
            DataType::Numeric {
                precision: 12,
                scale: 2,
            },
            DataType::Boolean,
            DataType::Text,
            DataType::Varchar { length: 9 },
            DataType::Blob,
            DataType::Timestamp,
            DataType::Uuid,
            DataType::Json,
            DataType::Enum {
                values: vec!["1".to_owned(), "it's".to_owned()],
            },
        ];
        self.one(&types).clone()
    }

    fn column(&mut self, name: Name) -> Column {
        let mut column = Column::new(name, self.data_type());
        column.nullable = self.yes();
        match self.number() % 8 {
            0..4 => {
                let literal = match column.data_type {
                    DataType::Boolean => "TRUE",
                    DataType::Json | DataType::Enum { .. } => "'1'",
                    _ => "1",
                };
                column.default = Some(expression(literal));
            }
            4 => column.default = Some(expression("CURRENT_TIMESTAMP")),
            5 => column.default = Some(expression("lower( 'A' )")),
            _ => {}
        }
        column
    }

    fn constraint(&mut self, schema: &Schema, table: &Name) -> Constraint {
        let column = self.known_column(schema, table);
        let label = name(&format!("k {}", self.number()));
        match self.number() % 3 {
            0 => Constraint::Check(Check::new(label, always_true(&column))),
            1 => Constraint::Unique(Unique::new(label, vec![column])),
            _ => {
                let parent = self.known_table(schema);
                let referenced = self.known_column(schema, &parent);
                Constraint::ForeignKey(self.foreign_key(label, column, parent, referenced))
            }
        }
    }

    fn foreign_key(&mut self, label: Name, column: Name, parent: Name, referenced: Name) -> ForeignKey {
        let mut key = ForeignKey::new(label, vec![column], parent, vec![referenced]);
        key.on_delete = *self.one(&[
            ReferentialAction::NoAction,
            ReferentialAction::Cascade,
            ReferentialAction::SetNull,
            ReferentialAction::SetDefault,
        ]);
        key.deferrable = *self.one(&[Deferrable::No, Deferrable::InitiallyDeferred]);
        key
    }

    fn new_table(&mut self, schema: &Schema) -> Table {
        let mut table = Table::new(self.table_name(), vec![]);
        let count = 1 + self.number() % 4;
        for (at, text) in COLUMNS.iter().enumerate().take(count) {
            let mut column = self.column(name(text));
            if at == 2 && self.yes() {
                column.default = None;
                column.generated = Some(Generated::new(
                    always_true(&name(COLUMNS[0])),
                    *self.one(&[Storage::Stored, Storage::Virtual]),
                ));
            }
            table.columns.push(column);
        }
        if self.yes() {
            let key = name(&format!("pk {}", self.number()));
            table.primary_key = Some(PrimaryKey::new(key, vec![name(COLUMNS[0])]));
            if self.yes() {
                table.columns[0] = identity(COLUMNS[0]);
            }
        }
        let label = name(&format!("t {}", self.number()));
        match self.number() % 4 {
            0 => table.checks = vec![Check::new(label, always_true(&name(COLUMNS[0])))],
            1 => table.uniques = vec![Unique::new(label, vec![name(COLUMNS[0])])],
            2 => {
                let parent = self.known_table(schema);
                let referenced = self.known_column(schema, &parent);
                table.foreign_keys =
                    vec![self.foreign_key(label, table.columns[0].name.clone(), parent, referenced)];
            }
            _ => {}
        }
        table
    }

    fn index(&mut self, schema: &Schema, table: &Name) -> Index {
        let column = self.known_column(schema, table);
        let key = if self.yes() {
            IndexKey::Column(column.clone())
        } else {
            IndexKey::Expression(always_true(&column))
        };
        let order = *self.one(&[SortOrder::Ascending, SortOrder::Descending]);
        let mut index = Index::new(name(&format!("i {}", self.number())), vec![(key, order)]);
        index.filter = self.yes().then(|| always_true(&self.known_column(schema, table)));
        index
    }

    fn view(&mut self, schema: &Schema) -> View {
        let table = self.known_table(schema);
        let mut query = pieces("SELECT x FROM t");
        query.0[1] = Piece::Name(self.known_column(schema, &table));
        query.0[3] = Piece::Name(table);
        View::new(
            name(&format!("v {}", self.number())),
            vec![],
            Expression::Portable(query),
        )
    }

    fn change(&mut self) -> ColumnChange {
        match self.number() % 5 {
            0 => ColumnChange::SetNotNull,
            1 => ColumnChange::DropNotNull,
            2 => ColumnChange::SetType(self.data_type()),
            3 => ColumnChange::SetDefault(expression("1")),
            _ => ColumnChange::DropDefault,
        }
    }

    fn operation(&mut self, schema: &Schema) -> Operation {
        let table = self.known_table(schema);
        match self.number() % 16 {
            0..3 => Operation::CreateTable(self.new_table(schema)),
            3 => Operation::DropTable { table },
            4 => Operation::RenameTable {
                from: table,
                to: self.table_name(),
            },
            5..7 => {
                let column = self.column_name();
                let column = self.column(column);
                let mut constraints = Vec::new();
                if self.yes() {
                    let label = name(&format!("c {}", self.number()));
                    constraints.push(Constraint::Check(Check::new(label, always_true(&column.name))));
                }
                Operation::AddColumn {
                    table,
                    column,
                    constraints,
                }
            }
            7 => Operation::DropColumn {
                column: self.known_column(schema, &table),
                table,
            },
            8 => Operation::RenameColumn {
                from: self.known_column(schema, &table),
                to: self.column_name(),
                table,
            },
            9 => Operation::AlterColumn {
                column: self.known_column(schema, &table),
                change: self.change(),
                table,
            },
            10 => Operation::AddConstraint {
                constraint: self.constraint(schema, &table),
                table,
            },
            11 => Operation::DropConstraint {
                constraint: self.known_constraint(schema, &table),
                table,
            },
            12 => Operation::RenameConstraint {
                from: self.known_constraint(schema, &table),
                to: name(&format!("r {}", self.number())),
                table,
            },
            13 => Operation::CreateIndex {
                index: self.index(schema, &table),
                table,
            },
            14 => match schema.table(&table).and_then(|table| table.indexes.first()) {
                Some(index) => Operation::DropIndex {
                    index: index.name.clone(),
                },
                None => Operation::CommentOnTable { table, comment: None },
            },
            _ => match schema.views.keys().next() {
                Some(view) if self.yes() => Operation::DropView { view: view.clone() },
                _ => Operation::CreateView(self.view(schema)),
            },
        }
    }

    fn known_constraint(&mut self, schema: &Schema, table: &Name) -> Name {
        let mut known = Vec::new();
        if let Some(table) = schema.table(table) {
            known.extend(table.checks.iter().map(|check| check.name.clone()));
            known.extend(table.uniques.iter().map(|unique| unique.name.clone()));
            known.extend(table.foreign_keys.iter().map(|key| key.name.clone()));
        }
        known.push(name("none"));
        self.one(&known).clone()
    }
}

fn always_true(column: &Name) -> Expression {
    let mut run = pieces("x IS NULL OR x IS NOT NULL");
    run.0[0] = Piece::Name(column.clone());
    run.0[4] = Piece::Name(column.clone());
    Expression::Portable(run)
}

/// The replay takes this for nothing; every engine refuses it.
fn renames_to_itself(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::RenameTable { from, to } | Operation::RenameColumn { from, to, .. } if from == to
    )
}

/// What every row of every table holds, but for what an operation asks to change; the table that is renamed counts under
/// its new name.
fn rows(database: &Connection, schema: &Schema, changed: &Operation) -> Vec<(Name, Vec<String>)> {
    let altered = changed.altered_table();
    let read = |table: &Table| {
        let is_changed = |name: &Name| match changed {
            Operation::AlterColumn { column, .. } | Operation::DropColumn { column, .. } => name == column,
            Operation::RenameColumn { from, to, .. } => name == from || name == to,
            Operation::AddColumn { column, .. } => *name == column.name,
            _ => false,
        };
        let kept = table
            .columns
            .iter()
            .filter(|column| altered != Some(&table.name) || !is_changed(&column.name));
        let columns: Vec<String> = kept
            .map(|column| format!("quote({})", SQLITE.quote_identifier(column.name.as_str())))
            .collect();
        let name = SQLITE.quote_identifier(table.name.as_str());
        let sql = format!(
            "SELECT {} FROM {name} ORDER BY 1",
            [&columns[..], &["''".to_owned()]].concat().join(" || ',' || ")
        );
        let mut statement = database.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<Vec<String>, _>>().unwrap()
    };
    schema
        .tables
        .values()
        .map(|table| (table.name.clone(), read(table)))
        .collect()
}

fn assert_same(database: &Connection, schema: &Schema) {
    let listed = |sql: &str, of: &str| -> Vec<(String, bool)> {
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([of], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    };
    for (kind, expected) in [("table", schema.tables.len()), ("view", schema.views.len())] {
        let found = listed(
            "SELECT name, TRUE FROM sqlite_schema WHERE type = ?1 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
            kind,
        );
        assert_eq!(found.len(), expected, "{kind}: {found:?}");
    }
    for table in schema.tables.values() {
        let columns = listed(
            "SELECT name, \"notnull\" FROM pragma_table_xinfo(?1)",
            table.name.as_str(),
        );
        let expected: Vec<_> = table
            .columns
            .iter()
            .map(|column| (column.name.to_string(), !column.nullable))
            .collect();
        assert_eq!(columns, expected, "{}", table.name);
        let indexes = listed(
            "SELECT name, \"unique\" FROM pragma_index_list(?1) WHERE origin = 'c'",
            table.name.as_str(),
        );
        assert_eq!(indexes.len(), table.indexes.len());
        let keys = listed(
            "SELECT DISTINCT id, TRUE FROM (SELECT CAST(id AS TEXT) AS id FROM pragma_foreign_key_list(?1))",
            table.name.as_str(),
        );
        assert_eq!(keys.len(), table.foreign_keys.len());
    }
}

proptest! {
    #[test]
    fn what_is_written_runs(history in prop::collection::vec(prop::collection::vec(any::<u8>(), 24), 1..30)) {
        let database = database();
        let mut schema = Schema::new();
        for numbers in &history {
            let operation = Choices { numbers, at: 0 }.operation(&schema);
            if renames_to_itself(&operation) {
                continue;
            }
            let mut after = schema.clone();
            if after.apply(&operation).is_err() {
                continue;
            }
            let from_text = Choices { numbers, at: 3 }.yes();
            let known = if from_text { live(&database) } else { schema.clone() };
            let context = context().with_schema(&known);
            let rendering = match SQLITE.render(std::slice::from_ref(&operation), &context) {
                Ok(rendering) => rendering,
                Err(RenderError::At { error, .. }) => {
                    prop_assert!(matches!(*error, RenderError::Unsupported { .. }), "{error:?}");
                    continue;
                }
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            };
            let before = rows(&database, &schema, &operation);
            if send(&database, &rendering).is_ok() {
                let survives = |table: &Name| after.tables.contains_key(table);
                let kept = |rows: Vec<(Name, Vec<String>)>| -> Vec<_> {
                    rows.into_iter().filter(|(table, _)| schema.tables.contains_key(table) && survives(table)).collect()
                };
                prop_assert_eq!(kept(rows(&database, &after, &operation)), kept(before), "{:?}", operation);
                schema = after;
            }
            // A row shows what only an empty table allows; some tables take none without values.
            for table in schema.tables.keys() {
                let insert = format!("INSERT INTO {} DEFAULT VALUES", SQLITE.quote_identifier(table.as_str()));
                let _ = database.execute_batch(&insert);
            }
        }
        assert_same(&database, &schema);
        assert_reads_back(database, &schema);
    }
}
