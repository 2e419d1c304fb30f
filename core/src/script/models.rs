//! A file of models: portable SQL that says which schema is wanted.

use std::path::Path;
use std::sync::Arc;

use super::Audience;
use super::DirectiveWord;
use super::ScriptError;
use super::ScriptFault;
use super::Section;
use super::directive::read_line;
use super::file;
use crate::graph::Direction;
use crate::sql::SourceFile;
use crate::sql::Span;

/// A file of models: the statements of portable SQL that make the schema that is wanted, in any order.
///
/// ```
/// use limbeck_core::script::ModelsFile;
/// use limbeck_core::sql::SourceFile;
///
/// let text = "CREATE TABLE account (id BIGINT PRIMARY KEY);\n";
/// assert!(ModelsFile::parse(SourceFile::new("schema.sql", text)).is_ok());
///
/// let text = "-- limbeck:no_transaction\nCREATE TABLE account (id BIGINT PRIMARY KEY);\n";
/// let faults = ModelsFile::parse(SourceFile::new("schema.sql", text)).unwrap_err();
/// assert_eq!(faults.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct ModelsFile {
    file: Arc<SourceFile>,
    section: Section,
}

impl ModelsFile {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, or holds a directive that is for revisions.
    pub fn read(path: &Path) -> Result<Self, Vec<ScriptError>> {
        Self::parse(file::read(path).map_err(|error| vec![error])?)
    }

    /// Reads a text by its lines; the SQL in it is not looked at.
    ///
    /// # Errors
    /// Each directive that is for revisions.
    pub fn parse(file: Arc<SourceFile>) -> Result<Self, Vec<ScriptError>> {
        let file = file::normalised(file);
        let everyone = Audience::Portable { except: Vec::new() };
        let mut section = Section::new(Direction::Upgrade, everyone, Span::new(0, 0), 0);
        section.span = Span::new(0, file.text().len());
        let mut faults = Vec::new();
        let mut offset = 0;
        for line in file.text().split_inclusive('\n') {
            let fault = match read_line(line.trim_end_matches('\n'), offset) {
                None => None,
                Some(Ok(directive)) if directive.word == DirectiveWord::RenamedFrom => {
                    let word = directive.word;
                    let read = section.former_names(&directive);
                    read.err().map(|problem| ScriptFault::Argument { word, problem })
                }
                Some(Ok(directive)) => Some(ScriptFault::MisplacedDirective { word: directive.word }),
                Some(Err(fault)) => Some(fault),
            };
            let place = Span::new(offset, offset + line.trim_end().len());
            faults.extend(fault.map(|fault| ScriptError::at(&file, place, fault)));
            offset += line.len();
        }
        match faults.is_empty() {
            true => Ok(Self { file, section }),
            false => Err(faults),
        }
    }

    /// The file.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// All of it, as the section of a script.
    pub(crate) fn section(&self) -> &Section {
        &self.section
    }
}
