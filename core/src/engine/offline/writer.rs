//! From compiled steps to text.

use super::text::Text;
use crate::dialect::Dialect;
use crate::dialect::RenderContext;
use crate::dialect::Version;
use crate::engine::EngineError;
use crate::engine::compile::Action;
use crate::engine::compile::CompiledStatement;
use crate::engine::compile::CompiledStep;
use crate::engine::compile::Isolation;
use crate::engine::compile::Load;
use crate::engine::compile::Message;
use crate::engine::compile::render_error;
use crate::engine::compile::render_rows;
use crate::engine::groups::Group;
use crate::engine::groups::groups;
use crate::engine::step::StepHash;
use crate::engine::step::journal_entry;
use crate::graph::RowChange;
use crate::graph::Rows;
use crate::history::HistoryTables;
use crate::history::HistoryWriter;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;
use crate::sql::StatementClass;
use crate::sql::classify;
use crate::sql::split;

/// Where what comes next stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// In the same transaction.
    Together,
    /// Behind it.
    Apart,
}

/// Writes one file.
pub(super) struct Writer<'a> {
    dialect: &'static dyn Dialect,
    server: Version,
    tables: &'a HistoryTables,
    history: HistoryWriter<'a>,
    /// The rows of the version table as they will be at this point, sorted.
    rows: Vec<String>,
    /// Whether the history was looked at: it is once, before the first row is written.
    is_checked: bool,
    /// Whether a transaction is open.
    is_open: bool,
    text: Text,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        dialect: &'static dyn Dialect,
        server: Version,
        tables: &'a HistoryTables,
        rows: Rows,
    ) -> Self {
        let mut rows = rows.0;
        rows.sort();
        Self {
            dialect,
            server,
            tables,
            history: HistoryWriter::offline(dialect, tables.clone()),
            rows,
            is_checked: false,
            is_open: false,
            text: Text::new(dialect),
        }
    }

    pub(super) fn finish(self) -> String {
        self.text.finish()
    }

    /// What the file is, and what its client and its session must be set to.
    pub(super) fn header(&mut self, command: &str, target: &str) {
        self.text.comment(&format!(
            "limbeck {} {command} --sql: to {target}, for {} {}",
            env!("CARGO_PKG_VERSION"),
            self.dialect.name(),
            self.server,
        ));
        self.text.comment(&if self.rows.is_empty() {
            "Only for a database to which nothing is applied: else it stops and changes nothing.".to_owned()
        } else {
            format!(
                "Only for a database at {}: else it stops and changes nothing.",
                self.rows.join(", ")
            )
        });
        self.text
            .comment("The client must stop at the first error. Let no other run of limbeck change the database meanwhile.");
        for line in self.dialect.client_prologue() {
            self.text.line(line);
        }
        self.text.statements(self.dialect.session_settings());
    }

    /// Makes the history tables where nothing is applied yet; else they are there. What follows may share their transaction.
    pub(super) fn tables(&mut self, next: Next) -> Result<(), EngineError> {
        if !self.rows.is_empty() {
            return Ok(());
        }
        let tables = self
            .tables
            .create_missing_sql(&self.history, self.server)
            .map_err(EngineError::HistoryTables)?;
        self.text.gap();
        self.text.comment("The history tables");
        self.begin();
        self.text.statements(tables);
        self.stop("unless nothing is applied");
        self.text.statement(&self.history.stop_unless_empty());
        self.commit_before(next);
        Ok(())
    }

    pub(super) fn nothing_to_do(&mut self) {
        self.text.gap();
        self.text.comment("There is nothing to do.");
    }

    pub(super) fn stamp(&mut self, change: &RowChange) {
        if change.is_empty() {
            self.nothing_to_do();
            return;
        }
        self.text.gap();
        let entry = |event| NewEntry::new(JournalDirection::Stamp, event);
        self.begin();
        self.record(&entry(JournalEvent::Intended));
        self.change_rows(change);
        self.record(&entry(JournalEvent::Done));
        self.commit_before(Next::Apart);
    }

    /// Writes a step, in the transaction that is open where there is one.
    pub(super) fn step(&mut self, step: &CompiledStep, next: Next) -> Result<(), EngineError> {
        self.text.gap();
        self.text
            .comment(&format!("{} {}: {}", step.direction, step.revision, step.message));
        self.text.statements(&step.before);
        let groups = groups(&step.statements, self.dialect.capabilities(&self.server));
        let last = groups.len().saturating_sub(1);
        let mut hash = StepHash::default();
        for (position, group) in groups.iter().enumerate() {
            hash.add(step, group.range.clone());
            let change = (position == last).then_some(&step.rows);
            let entry = |event| journal_entry(step, group, event, hash.text());
            match group.isolation {
                Isolation::Shared => {
                    self.begin();
                    self.record(&entry(JournalEvent::Intended));
                    self.group(step, group)?;
                }
                Isolation::Alone => {
                    self.record(&entry(JournalEvent::Intended));
                    self.group(step, group)?;
                    self.begin();
                }
            }
            if let Some(change) = change {
                self.change_rows(change);
            }
            self.record(&entry(JournalEvent::Done));
            self.commit_before(if position == last { next } else { Next::Apart });
        }
        if step.unsettles {
            self.text.statements(self.dialect.session_settings());
        }
        Ok(())
    }

    fn group(&mut self, step: &CompiledStep, group: &Group) -> Result<(), EngineError> {
        for statement in step.statements.get(group.range.clone()).unwrap_or_default() {
            self.action(step, statement)?;
        }
        Ok(())
    }

    fn action(&mut self, step: &CompiledStep, statement: &CompiledStatement) -> Result<(), EngineError> {
        let refuse = |why| {
            Err(EngineError::NotOffline {
                revision: step.revision.clone(),
                place: statement.place.clone(),
                why,
            })
        };
        match &statement.action {
            Action::Code => return step.refuse_code(),
            Action::Load(load) => return self.load(step, statement, load),
            _ => {}
        }
        for message in statement.action.messages() {
            match message {
                Message::Statement(sql) => {
                    self.text.statement(sql);
                    continue;
                }
                Message::Assertion(_) => self.stop("if the assertion finds rows"),
                Message::Guard(guard) => self.stop(&format!("if this finds rows: {} …", guard.refusal)),
            }
            let Some(query) = self.only_query(message.sql()) else {
                return refuse(
                    "this assertion is not one SELECT, and nothing else can be part of a statement",
                );
            };
            self.text.statement(&self.history.stop_on_rows(query));
        }
        Ok(())
    }

    /// The rows of a file, as INSERT statements.
    fn load(
        &mut self,
        step: &CompiledStep,
        statement: &CompiledStatement,
        load: &Load,
    ) -> Result<(), EngineError> {
        let refused = |error| EngineError::DataFile {
            revision: step.revision.clone(),
            place: statement.place.clone(),
            error,
        };
        let schema = load.settled_schema();
        let mut loading = load.open(&schema).map_err(refused)?;
        let context = RenderContext::new(self.server).with_schema(&schema);
        while let Some(part) = loading.next().map_err(refused)? {
            for rows in part.statements() {
                let statements = render_rows(self.dialect, &rows, &context)
                    .map_err(|error| render_error(&step.revision, statement.place.clone(), error))?;
                self.text
                    .statements(statements.iter().map(|statement| &statement.sql));
            }
        }
        loading.check(load.digest()).map_err(refused)
    }

    /// Says of the next statement when it stops the file.
    fn stop(&mut self, when: &str) {
        self.text
            .comment(&format!("Stops here, with an error about a key, {when}"));
    }

    /// The one query of a text, without comments around it.
    fn only_query<'q>(&self, text: &'q str) -> Option<&'q str> {
        let rules = self.dialect.lexical_rules();
        let bodies = split(text, rules).into_iter().map(|slice| slice.body.slice(text));
        let mut queries = bodies.filter(|body| !body.is_empty());
        let query = queries.next()?;
        let is_it = queries.next().is_none() && classify(query, rules) == StatementClass::Query;
        is_it.then_some(query)
    }

    /// Begins a transaction, unless one is open.
    fn begin(&mut self) {
        if !self.is_open {
            self.text.statement(self.dialect.begin());
            self.is_open = true;
        }
    }

    /// Ends the transaction, unless what comes next is a part of it.
    fn commit_before(&mut self, next: Next) {
        if next == Next::Apart {
            self.text.statement("COMMIT");
            self.is_open = false;
        }
    }

    /// A journal row. Before the first one, it is made sure that no step has run in part.
    fn record(&mut self, entry: &NewEntry) {
        if !self.is_checked {
            self.is_checked = true;
            self.stop("if a step has run in part: `limbeck status` says how to go on");
            self.text.statement(&self.history.stop_if_unfinished());
        }
        self.text.statement(&self.history.next_entry(entry, &self.rows));
    }

    fn change_rows(&mut self, change: &RowChange) {
        self.text.statements(self.history.row_statements(change));
        change.apply(&mut self.rows);
    }
}
