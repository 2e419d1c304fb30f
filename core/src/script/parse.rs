//! A script, and how its lines become one.

use std::sync::Arc;

use super::Audience;
use super::DirectiveWord;
use super::ScriptError;
use super::ScriptFault;
use super::ScriptSource;
use super::Section;
use super::Touches;
use super::directive::Directive;
use super::directive::read_line;
use super::file::normalised;
use super::header::Header;
use super::section::Instruction;
use crate::data_file::DataFile;
use crate::graph::Direction;
use crate::graph::Revision;
use crate::graph::RevisionId;
use crate::sql::SourceFile;
use crate::sql::Span;

/// A revision's file.
///
/// ```
/// use limbeck_core::script::Script;
/// use limbeck_core::sql::SourceFile;
///
/// let text = "-- Add accounts\n-- limbeck:revision 1975ea83b712\n-- limbeck:upgrade\nCREATE TABLE account (id BIGINT);\n";
/// let script = Script::parse(SourceFile::new("1975ea83b712_add_accounts.sql", text)).map_err(|faults| faults[0].clone())?;
/// assert_eq!(script.message(), "Add accounts");
/// assert_eq!(script.sections().len(), 1);
/// # Ok::<(), limbeck_core::script::ScriptError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Script {
    file: Arc<SourceFile>,
    node: Arc<Revision>,
    description: String,
    irreversible: Option<String>,
    portable: Option<u32>,
    rust: bool,
    touches: Option<Touches>,
    nolint: Vec<String>,
    lines: Vec<(DirectiveWord, Span)>,
    sections: Vec<Section>,
}

impl Script {
    /// Reads a file by its lines; the SQL in it is not looked at.
    ///
    /// # Errors
    /// All faults of the file.
    pub fn parse(file: Arc<SourceFile>) -> Result<Self, Vec<ScriptError>> {
        match Self::parse_leniently(file) {
            (Some(script), faults) if faults.is_empty() => Ok(script),
            (_, faults) => Err(faults),
        }
    }

    /// The same, giving what could be read beside the faults: the graph needs the edges of a faulty file too.
    pub(super) fn parse_leniently(file: Arc<SourceFile>) -> (Option<Self>, Vec<ScriptError>) {
        let file = normalised(file);
        let mut reader = Reader::new(Arc::clone(&file));
        let mut offset = 0;
        for line in file.text().split_inclusive('\n') {
            reader.line(
                line.strip_suffix('\n').unwrap_or(line),
                offset,
                offset + line.len(),
            );
            offset += line.len();
        }
        reader.finish(offset)
    }

    /// The file.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// The revision's id.
    pub fn revision(&self) -> &RevisionId {
        &self.node.id
    }

    /// The revision as a node of the graph.
    pub fn node(&self) -> &Revision {
        &self.node
    }

    /// The same, to be kept by the graph too.
    pub(super) fn shared_node(&self) -> Arc<Revision> {
        Arc::clone(&self.node)
    }

    /// The first comment.
    pub fn message(&self) -> &str {
        &self.node.message
    }

    /// The comments after the first, in front of any directive.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Why there is no downgrade.
    pub fn irreversible(&self) -> Option<&str> {
        self.irreversible.as_deref()
    }

    /// The version of the portable mapping that the file was written under, when it says so.
    pub fn portable(&self) -> Option<u32> {
        self.portable
    }

    /// Whether the revision's code is Rust, and the file a header only.
    pub fn is_rust(&self) -> bool {
        self.rust
    }

    /// What the revision's opaque parts change, when its header says so.
    pub fn touches(&self) -> Option<&Touches> {
        self.touches.as_ref()
    }

    /// Lint rules that do not apply to the file.
    pub fn nolint(&self) -> &[String] {
        &self.nolint
    }

    /// All sections, in file order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The sections that lead one way, in file order.
    pub fn sections_of(&self, direction: Direction) -> impl Iterator<Item = &Section> {
        self.sections
            .iter()
            .filter(move |section| section.direction == direction)
    }

    /// Whether anything is written for a direction and a database. Without a downgrade here, one may be derived.
    pub fn is_written(&self, direction: Direction, driver: &str, dialect: &str) -> bool {
        self.sections_of(direction)
            .any(|section| section.audience.runs_on(driver, dialect) && !section.is_blank(self.file.text()))
    }

    /// Looks for the files that its rows come from; gives a fault for each that is not there.
    pub(super) fn find_data_files(&mut self, source: &dyn ScriptSource) -> Vec<ScriptError> {
        let mut faults = Vec::new();
        for directive in self
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.directives)
        {
            let Instruction::Load(_, load) = &mut directive.instruction else {
                continue;
            };
            match source.data_file(self.file.name(), &load.path) {
                Ok(file) => load.file = Some(file),
                Err(error) => {
                    let fault = ScriptFault::DataFile {
                        path: load.path.clone(),
                        reason: error.to_string(),
                    };
                    faults.push(ScriptError::at(&self.file, directive.line, fault));
                }
            }
        }
        faults
    }

    /// The names of the files that the rows of one direction come from.
    pub fn data_files(&self, direction: Direction) -> impl Iterator<Item = &str> {
        self.sections_of(direction)
            .flat_map(|section| &section.directives)
            .filter_map(|directive| match &directive.instruction {
                Instruction::Load(_, load) => {
                    Some(load.file.as_ref().map_or(load.path.as_str(), DataFile::name))
                }
                _ => None,
            })
    }

    /// The files that rows come from, as far as they were found, in either direction and for every driver.
    pub fn loaded_files(&self) -> impl Iterator<Item = &DataFile> {
        let directives = self.sections.iter().flat_map(|section| &section.directives);
        directives.filter_map(|directive| match &directive.instruction {
            Instruction::Load(_, load) => load.file.as_ref(),
            _ => None,
        })
    }

    /// The line of a header directive.
    pub fn header_line(&self, word: DirectiveWord) -> Option<Span> {
        self.lines
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, line)| *line)
    }
}

/// Reads the lines of one file.
struct Reader {
    file: Arc<SourceFile>,
    faults: Vec<ScriptError>,
    header: Header,
    sections: Vec<Section>,
    /// No other line stands between here and the mark of the section.
    at_mark: bool,
    /// A directive was not understood, so that what seems missing may be there.
    unsure: bool,
    text_before_section: bool,
}

impl Reader {
    fn new(file: Arc<SourceFile>) -> Self {
        Self {
            file,
            faults: Vec::new(),
            header: Header::default(),
            sections: Vec::new(),
            at_mark: false,
            unsure: false,
            text_before_section: false,
        }
    }

    fn fault(&mut self, span: Span, fault: ScriptFault) {
        self.faults.push(ScriptError::at(&self.file, span, fault));
    }

    fn line(&mut self, line: &str, offset: usize, next: usize) {
        let span = Span::new(offset, offset + line.trim_end().len());
        match read_line(line, offset) {
            None => self.plain(line, span),
            Some(Err(fault)) => {
                self.unsure = true;
                self.fault(span, fault);
            }
            Some(Ok(directive)) => {
                let directive = Directive {
                    line: span,
                    ..directive
                };
                self.directive(&directive, next);
            }
        }
    }

    fn plain(&mut self, line: &str, span: Span) {
        self.at_mark = false;
        if !self.sections.is_empty() || self.header.comment(line) || self.text_before_section {
            return;
        }
        self.text_before_section = true;
        if !self.unsure {
            let indent = line.len() - line.trim_start().len();
            self.fault(
                Span::new(span.start + indent, span.end),
                ScriptFault::TextBeforeSection,
            );
        }
    }

    fn directive(&mut self, directive: &Directive<'_>, next: usize) {
        let word = directive.word;
        let standing = word.standing();
        match (word, self.sections.last_mut()) {
            (DirectiveWord::Upgrade, _) => self.open(Direction::Upgrade, directive, next),
            (DirectiveWord::Downgrade, _) => self.open(Direction::Downgrade, directive, next),
            (DirectiveWord::Load, Some(section)) if section.audience.is_native() => {
                self.fault(directive.line, ScriptFault::LoadInNative);
            }
            (_, None) if standing.in_header() => {
                if self.header.has(word) {
                    return self.fault(directive.line, ScriptFault::RepeatedDirective { word });
                }
                if let Err(problem) = self.header.directive(directive) {
                    self.fault(directive.line, ScriptFault::Argument { word, problem });
                }
            }
            (_, Some(section)) if standing.in_section() => {
                let taken = if self.at_mark {
                    section.own_directive(directive)
                } else {
                    Ok(false)
                };
                let read = match taken {
                    Ok(true) => return,
                    Ok(false) => {
                        self.at_mark = false;
                        section.statement_directive(directive)
                    }
                    Err(problem) => Err(problem),
                };
                if let Err(problem) = read {
                    self.fault(directive.line, ScriptFault::Argument { word, problem });
                }
            }
            _ => self.fault(directive.line, ScriptFault::MisplacedDirective { word }),
        }
    }

    fn open(&mut self, direction: Direction, directive: &Directive<'_>, next: usize) {
        self.close(directive.line.start);
        self.at_mark = true;
        let audience = Audience::parse(directive.arguments).unwrap_or_else(|problem| {
            self.fault(directive.line, ScriptFault::SectionWords { problem });
            Audience::Model
        });
        self.sections
            .push(Section::new(direction, audience, directive.line, next));
    }

    fn close(&mut self, end: usize) {
        if let Some(section) = self.sections.last_mut() {
            section.span.end = end;
        }
    }

    fn finish(mut self, end: usize) -> (Option<Script>, Vec<ScriptError>) {
        self.close(end);
        if self.file.text().trim().is_empty() {
            return (
                None,
                vec![ScriptError::of_file(self.file.name(), ScriptFault::Empty)],
            );
        }
        self.check_sections();
        let mut header = self.header;
        // Thousands of scripts are kept at once.
        header.lines.shrink_to_fit();
        self.sections.shrink_to_fit();
        let message = header.message();
        let description = header.description();
        let Some(id) = header.id else {
            if !header
                .lines
                .iter()
                .any(|(word, _)| *word == DirectiveWord::Revision)
            {
                let from_name = id_of_name(self.file.name());
                let fault = ScriptFault::MissingRevision { from_name };
                self.faults.push(ScriptError::of_file(self.file.name(), fault));
            }
            return (None, self.faults);
        };
        let mut node = Revision::new(id, self.file.name());
        node.revises = header.revises;
        node.depends_on = header.depends_on;
        node.labels = header.labels;
        node.created = header.created;
        node.message = message;
        let script = Script {
            file: self.file,
            node: Arc::new(node),
            description,
            irreversible: header.irreversible,
            portable: header.portable,
            rust: header.rust,
            touches: header.touches,
            nolint: header.nolint,
            lines: header.lines,
            sections: self.sections,
        };
        (Some(script), self.faults)
    }

    fn check_sections(&mut self) {
        let text = self.file.text();
        let downgrade = self
            .sections
            .iter()
            .find(|section| section.direction == Direction::Downgrade && !section.is_blank(text))
            .map(|section| section.line);
        let upgrade = self
            .sections
            .iter()
            .any(|section| section.direction == Direction::Upgrade);
        let first = self.sections.first().map(|section| section.line);
        match (self.header.rust, first) {
            (true, Some(line)) => self.fault(line, ScriptFault::SectionOfRust),
            (false, _) if !upgrade && !self.unsure && !self.text_before_section => {
                self.faults.push(ScriptError::of_file(
                    self.file.name(),
                    ScriptFault::MissingUpgrade,
                ));
            }
            _ => {}
        }
        if let (Some(line), Some(_)) = (downgrade, &self.header.irreversible) {
            self.fault(line, ScriptFault::IrreversibleDowngrade);
        }
    }
}

/// The id in a name like `versions/1975ea83b712_add_accounts.sql`.
fn id_of_name(name: &str) -> Option<String> {
    let stem = name.rsplit(['/', '\\']).next()?.split('.').next()?;
    let id = stem.split('_').next()?;
    RevisionId::new(id).ok().map(|id| id.to_string())
}
