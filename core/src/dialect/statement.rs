//! What rendering takes and gives.

use std::ops::Range;

use super::Version;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// A statement in a dialect's own SQL, without its end mark.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The text to send.
    pub sql: String,
    /// Which of the rendered operations it carries out.
    pub operations: Range<usize>,
    /// What is asked of the rows that it is about.
    pub guards: Vec<Guard>,
}

/// A question about rows that do not let a statement take effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Guard {
    /// A query that must find no rows. The first column of a row is for people.
    pub query: String,
    /// Why the statement does not take effect when there are rows, as a sentence that the rows end.
    pub refusal: String,
    /// What to do about the rows.
    pub hint: Option<String>,
    /// When it is asked.
    pub asked: Asked,
}

/// When a guard is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Asked {
    /// Before the statement, which would lose something silently: when there are rows it is not sent.
    Before,
    /// After the engine has refused the statement by itself with this code, to say which rows are in the way. What stands
    /// in no transaction is asked before it all the same: nothing would take back what has led to it.
    AfterRefusal(&'static str),
}

impl Guard {
    /// A guard that refuses with this sentence when the query finds rows.
    pub fn new(query: impl Into<String>, refusal: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            refusal: refusal.into(),
            hint: None,
            asked: Asked::Before,
        }
    }

    /// The same for a statement that the engine refuses by itself, with this code. The rows are looked for only then.
    #[must_use]
    pub fn after_refusal(self, code: &'static str) -> Self {
        Self {
            asked: Asked::AfterRefusal(code),
            ..self
        }
    }

    /// The same with what to do about the rows.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}

impl Statement {
    /// A statement that carries out the operations of this range.
    pub fn new(sql: impl Into<String>, operations: Range<usize>) -> Self {
        Self {
            sql: sql.into(),
            operations,
            guards: Vec::new(),
        }
    }

    /// The guards that are asked before it is sent.
    pub fn asked_before(&self) -> impl Iterator<Item = &Guard> {
        self.guards.iter().filter(|guard| guard.asked == Asked::Before)
    }

    /// The guards that are asked when the engine has refused it.
    pub fn asked_after_refusal(&self) -> impl Iterator<Item = &Guard> {
        self.guards.iter().filter(|guard| guard.asked != Asked::Before)
    }
}

/// Something a person should know about a rendered operation: it did less than the words say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Which of the rendered operations it is about.
    pub operation: usize,
    /// How much it matters.
    pub kind: NoteKind,
    /// The sentence.
    pub message: String,
}

impl Note {
    /// A note of this kind about an operation.
    pub fn new(operation: usize, kind: NoteKind, message: impl Into<String>) -> Self {
        Self {
            operation,
            kind,
            message: message.into(),
        }
    }
}

/// How much a [`Note`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// The operation was left out, because the engine has nothing of the kind: a comment.
    LeftOut,
    /// The engine holds the data to less than other engines do: the length of a VARCHAR. True of every such column,
    /// so it is worth a line where a person checks a script and not in every run.
    Portability,
}

/// What rendering gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rendering {
    /// The statements, in the order in which they must run.
    pub statements: Vec<Statement>,
    /// What a person should know.
    pub notes: Vec<Note>,
    /// What must be sent before the transaction begins, because a transaction does not take it. The session's settings
    /// are put back after the transaction.
    pub before: Vec<String>,
    /// What is asked when everything is done, before the transaction is committed: it finds no rows, or everything is
    /// taken back.
    pub checks: Vec<Guard>,
}

impl Rendering {
    /// Adds what rendering the operation at this place in the list has given.
    pub fn push(&mut self, operation: usize, rendered: Rendered) {
        let mut guards = rendered.guards;
        self.statements
            .extend(rendered.statements.into_iter().map(|sql| Statement {
                guards: std::mem::take(&mut guards),
                ..Statement::new(sql, operation..operation + 1)
            }));
        let notes = rendered.notes.into_iter();
        self.notes
            .extend(notes.map(|(kind, message)| Note::new(operation, kind, message)));
    }

    /// What rendering gave of a list of one operation, without what belongs around the transaction.
    pub fn into_one(self) -> Rendered {
        let mut rendered = Rendered::default();
        for statement in self.statements {
            rendered.guards.extend(statement.guards);
            rendered.statements.push(statement.sql);
        }
        let notes = self.notes.into_iter();
        rendered.notes = notes.map(|note| (note.kind, note.message)).collect();
        rendered
    }
}

/// What rendering one operation gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rendered {
    /// What is asked of the rows that the first statement is about.
    pub guards: Vec<Guard>,
    /// The statements, in the order in which they must run; none when there is nothing to do.
    pub statements: Vec<String>,
    /// What a person should know.
    pub notes: Vec<(NoteKind, String)>,
}

impl Rendered {
    /// One statement.
    pub fn statement(sql: impl Into<String>) -> Self {
        Self {
            statements: vec![sql.into()],
            ..Self::default()
        }
    }

    /// No statement, and the reason.
    pub fn left_out(reason: impl Into<String>) -> Self {
        Self {
            notes: vec![(NoteKind::LeftOut, reason.into())],
            ..Self::default()
        }
    }

    /// The same with a note.
    #[must_use]
    pub fn with_note(mut self, kind: NoteKind, message: impl Into<String>) -> Self {
        self.notes.push((kind, message.into()));
        self
    }

    /// The same with a guard.
    #[must_use]
    pub fn with_guard(mut self, guard: Guard) -> Self {
        self.guards.push(guard);
        self
    }

    /// Puts `further` after what is there.
    pub fn extend(&mut self, further: Self) {
        self.guards.extend(further.guards);
        self.statements.extend(further.statements);
        self.notes.extend(further.notes);
    }
}

/// Where the definition of a column stands.
#[derive(Clone, Copy, Debug)]
pub enum ColumnPlace<'a> {
    /// In the `CREATE TABLE` of this table.
    NewTable(&'a Table),
    /// In an `ALTER TABLE … ADD COLUMN` of the table of this name.
    Added(&'a Name),
}

impl<'a> ColumnPlace<'a> {
    /// The name of the table.
    pub const fn table(self) -> &'a Name {
        match self {
            Self::NewTable(table) => &table.name,
            Self::Added(table) => table,
        }
    }

    /// Whether the column is in the primary key that is made with it.
    pub fn is_primary_key(self, column: &Name) -> bool {
        match self {
            Self::NewTable(table) => table
                .primary_key
                .as_ref()
                .is_some_and(|key| key.columns.contains(column)),
            Self::Added(_) => false,
        }
    }
}

/// What rendering may look at.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RenderContext<'a> {
    /// The server's version.
    pub server: Version,
    /// The schema before the first operation, as far as it is known.
    pub schema: Option<&'a Schema>,
}

impl<'a> RenderContext<'a> {
    /// A context without a known schema.
    pub fn new(server: Version) -> Self {
        Self { server, schema: None }
    }

    /// The same with the schema before the first operation.
    pub fn with_schema(self, schema: &'a Schema) -> Self {
        Self {
            schema: Some(schema),
            ..self
        }
    }
}

/// What a dialect must know of the schema to write an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// The definition of a table as it was when the run began, only to refuse what cannot be: what is written is the same for
    /// every definition.
    ToRefuse(Name),
    /// The present definition of a table.
    Table(Name),
    /// All tables: the operation names an object whose table must be found.
    Everything,
}
