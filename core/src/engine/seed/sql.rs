//! The statements of a seed.

use std::sync::Arc;

use crate::dialect::RenderContext;
use crate::engine::EngineError;
use crate::engine::compile::Compiler;
use crate::operation::Operation;
use crate::schema::Name;
use crate::schema::Schema;
use crate::script::Section;
use crate::script::SourceKind;
use crate::script::SourceStatement;
use crate::seed::SeedError;
use crate::seed::SeedScript;
use crate::sql::Place;
use crate::sql::StatementClass;
use crate::sql::classify;

/// A statement as it stands in a file.
pub(super) struct Written {
    place: Place,
    kind: SourceKind,
    text: Text,
}

/// In which words it is written.
enum Text {
    Portable(Vec<Operation>),
    Native(String),
}

/// A statement that is ready to be sent.
pub(super) struct SeedStatement {
    pub(super) sql: String,
    pub(super) place: Place,
    /// It is sent for its rows, of which there must be none.
    pub(super) is_assertion: bool,
}

impl Written {
    /// The tables whose definition may be needed to write it.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Name> {
        let operations = match &self.text {
            Text::Portable(operations) => operations.as_slice(),
            Text::Native(_) => &[],
        };
        operations.iter().filter_map(Operation::table)
    }
}

impl Compiler<'_> {
    /// The statements of a seed that run here. Each of them only reads and writes rows, or it could not be taken back on
    /// every engine.
    pub(super) fn seed(&self, script: &SeedScript) -> Result<Vec<Written>, EngineError> {
        let mut written = Vec::new();
        for section in script.sections_for(self.migrator.driver().name(), self.dialect.name()) {
            if section.audience.is_native() {
                self.native_section(script, section, &mut written)?;
            } else {
                self.portable_section(script, section, &mut written)?;
            }
        }
        Ok(written)
    }

    fn portable_section(
        &self,
        script: &SeedScript,
        section: &Section,
        written: &mut Vec<Written>,
    ) -> Result<(), EngineError> {
        for (statement, operations) in self.operations_of(script.file(), section)? {
            let place = Place::new(Arc::clone(script.file()), statement.span);
            if !operations
                .iter()
                .all(|operation| matches!(operation, Operation::Data(_)))
            {
                return Err(not_rows(place, StatementClass::Schema).into());
            }
            written.push(Written {
                place,
                kind: statement.kind,
                text: Text::Portable(operations),
            });
        }
        Ok(())
    }

    fn native_section(
        &self,
        script: &SeedScript,
        section: &Section,
        written: &mut Vec<Written>,
    ) -> Result<(), EngineError> {
        let rules = self.dialect.lexical_rules();
        for statement in section.statements(script.file(), rules)? {
            let SourceStatement { span, kind, .. } = statement;
            let sql = span.slice(script.file().text()).to_owned();
            let place = Place::new(Arc::clone(script.file()), span);
            match classify(&sql, rules) {
                StatementClass::Empty => continue,
                StatementClass::Rows | StatementClass::Query => {}
                class => return Err(not_rows(place, class).into()),
            }
            written.push(Written {
                place,
                kind,
                text: Text::Native(sql),
            });
        }
        Ok(())
    }

    /// The statements in the words of the server.
    pub(super) fn seed_statements(
        &self,
        seed: &str,
        written: Vec<Written>,
        schema: &Schema,
    ) -> Result<Vec<SeedStatement>, EngineError> {
        let context = RenderContext::new(self.version).with_schema(schema);
        let mut statements = Vec::with_capacity(written.len());
        for Written { place, kind, text } in written {
            let texts = match text {
                Text::Native(sql) => vec![sql],
                Text::Portable(operations) => {
                    let rendered = self.dialect.render(&operations, &context);
                    let rendering = rendered.map_err(|error| SeedError::Render {
                        seed: seed.to_owned(),
                        place: Some(place.clone()),
                        error,
                    })?;
                    rendering
                        .statements
                        .into_iter()
                        .map(|statement| statement.sql)
                        .collect()
                }
            };
            statements.extend(texts.into_iter().map(|sql| SeedStatement {
                sql,
                place: place.clone(),
                is_assertion: kind == SourceKind::Assert,
            }));
        }
        Ok(statements)
    }
}

fn not_rows(place: Place, class: StatementClass) -> SeedError {
    let does = match class {
        StatementClass::Schema => "changes the schema",
        StatementClass::Transaction => "begins or ends a transaction",
        StatementClass::Session => "changes the session",
        StatementClass::Opaque => "runs code that does not show what it does",
        _ => "begins with a word that is not known",
    };
    SeedError::NotRows { place, does }
}
