//! Where the parts of one object are read, and their faults gathered.

use super::BuildError;
use super::BuildFault;
use super::ColumnType;
use super::Identifier;
use crate::operation::NamingConvention;
use crate::operation::PortableError;
use crate::operation::PortableOptions;
use crate::operation::Standing;
use crate::operation::portable::Spellings;
use crate::operation::portable::check_distinct;
use crate::operation::portable::read_expression;
use crate::operation::portable::read_type;
use crate::operation::portable::type_sql;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::TokenRun;
use crate::sql::Span;

/// Reads the parts of one object; every fault is kept, so that all are told at once.
pub(super) struct Scope<'a> {
    options: &'a PortableOptions,
    spellings: Spellings,
    /// What is being read.
    part: String,
    faults: Vec<BuildFault>,
}

/// The fault is in the scope's list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recorded;

pub(super) type Read<T> = Result<T, Recorded>;

impl<'a> Scope<'a> {
    pub(super) fn new(options: &'a PortableOptions) -> Self {
        Self {
            options,
            spellings: Spellings::default(),
            part: String::new(),
            faults: Vec::new(),
        }
    }

    pub(super) fn naming(&self) -> &'a NamingConvention {
        &self.options.naming
    }

    /// What follows is about this part.
    pub(super) fn at(&mut self, part: impl Into<String>) {
        self.part = part.into();
    }

    pub(super) fn fault(&mut self, error: PortableError) -> Recorded {
        self.record(None, error)
    }

    fn record(&mut self, text: Option<&str>, error: PortableError) -> Recorded {
        self.faults.push(BuildFault {
            part: self.part.clone(),
            text: text.map(str::to_owned),
            message: error.message,
            hint: error.hint,
        });
        Recorded
    }

    pub(super) fn kept<T>(&mut self, read: Result<T, PortableError>) -> Read<T> {
        read.map_err(|error| self.fault(error))
    }

    pub(super) fn name(&mut self, identifier: &Identifier) -> Read<Name> {
        let read = identifier.read().and_then(|name| {
            self.spellings.check(&name, Span::new(0, 0))?;
            Ok(name)
        });
        self.kept(read)
    }

    pub(super) fn optional_name(&mut self, identifier: Option<&Identifier>) -> Read<Option<Name>> {
        identifier.map(|identifier| self.name(identifier)).transpose()
    }

    /// A list of columns, not empty, each only once.
    pub(super) fn names(&mut self, identifiers: &[Identifier]) -> Read<Vec<Name>> {
        let read: Vec<_> = identifiers
            .iter()
            .map(|identifier| self.name(identifier))
            .collect();
        let names = read.into_iter().collect::<Read<Vec<Name>>>()?;
        if names.is_empty() {
            return Err(self.fault(PortableError::nowhere("it has no column")));
        }
        let distinct = check_distinct(names.iter().map(|name| (name, Span::new(0, 0))));
        self.kept(distinct)?;
        Ok(names)
    }

    pub(super) fn run(&mut self, text: &str, standing: Standing) -> Read<TokenRun> {
        read_expression(text, standing, &mut self.spellings).map_err(|error| self.record(Some(text), error))
    }

    pub(super) fn expression(&mut self, text: &str, standing: Standing) -> Read<Expression> {
        self.run(text, standing).map(Expression::Portable)
    }

    /// A string as an expression.
    pub(super) fn string(&mut self, text: &str) -> Read<Expression> {
        let text = self.text(text)?;
        Ok(Expression::Portable(TokenRun(vec![Piece::String(text)])))
    }

    /// A text that every engine stores.
    pub(super) fn text(&mut self, text: &str) -> Read<String> {
        if text.contains('\0') {
            return Err(self.fault(PortableError::nowhere("a NUL character cannot stand in SQL")));
        }
        Ok(text.to_owned())
    }

    /// A type, by the rules of portable SQL however it was given.
    pub(super) fn data_type(&mut self, data_type: &ColumnType) -> Read<DataType> {
        let written = match data_type {
            ColumnType::Written(text) => Ok(text.clone()),
            ColumnType::Known(data_type) => {
                type_sql(data_type).map_err(|error| PortableError::nowhere(error.to_string()))
            }
        };
        let text = self.kept(written)?;
        read_type(&text, self.options).map_err(|error| self.record(Some(&text), error))
    }

    /// What was built, when nothing is wrong with it.
    pub(super) fn finish<T>(self, object: String, built: Read<T>) -> Result<T, BuildError> {
        match built {
            Ok(built) if self.faults.is_empty() => Ok(built),
            _ => Err(BuildError::Faults {
                object,
                faults: self.faults,
            }),
        }
    }
}
