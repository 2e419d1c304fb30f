//! The statements of a section, with the directives that are about them.

use std::sync::Arc;

use super::DirectiveWord;
use super::LoadSource;
use super::ScriptError;
use super::ScriptFault;
use super::Section;
use super::StatementTimeout;
use super::TextEnd;
use super::Touches;
use super::directive::read_line;
use super::section::Instruction;
use super::section::StatementDirective;
use crate::sql::Lexer;
use crate::sql::LexicalRules;
use crate::sql::SourceFile;
use crate::sql::Span;
use crate::sql::StatementClass;
use crate::sql::StatementSlice;
use crate::sql::TokenKind;
use crate::sql::Unclosed;
use crate::sql::classify;
use crate::sql::split_closed;
use crate::sql::split_within;
use crate::sql::unclosed;

/// A statement as it stands in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceStatement {
    /// Its SQL in the file, without the mark that ends it.
    pub span: Span,
    /// How it is run.
    pub kind: SourceKind,
    /// It runs outside of a transaction.
    pub no_transaction: bool,
    /// The objects it changes, when the script says so.
    pub touches: Option<Touches>,
    /// A query that gives a row when the statement took effect.
    pub probe: Option<String>,
    /// How long it may run and wait.
    pub timeout: StatementTimeout,
    /// The former name of what it creates.
    pub renamed_from: Option<String>,
    /// The data that it loses or leaves empty, as the script says.
    pub loses_data: Vec<LostData>,
    /// Lint rules that do not apply to it.
    pub nolint: Vec<String>,
}

/// Data that a statement loses or leaves empty: `-- limbeck:loses_data column account.age`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LostData {
    /// The directive.
    pub line: Span,
    /// Which data, in the script's own words; perhaps none.
    pub words: String,
}

/// How a statement is run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceKind {
    /// For its effect.
    Sql,
    /// For its rows: there must be none.
    Assert,
    /// It is no SQL: the rows of a file are inserted.
    Load(LoadSource),
}

impl Section {
    /// Cuts the section into its statements. A native section is read by the given rules, another one by those of
    /// portable SQL.
    ///
    /// # Errors
    /// A directive in the middle of a statement or in a comment, or without a statement after it; a comment, string or
    /// quoted name that nothing in the section closes; an assertion that is not one query.
    pub fn statements(
        &self,
        file: &Arc<SourceFile>,
        rules: &LexicalRules,
    ) -> Result<Vec<SourceStatement>, ScriptError> {
        let rules = self.rules(rules);
        let slices = split_closed(file.text(), self.span, rules)
            .map_err(|unclosed| not_closed(file, unclosed, self.end(file)))?;
        let mut statements = Vec::with_capacity(slices.len());
        let mut directives = self.directives.iter().peekable();
        for slice in &slices {
            let mut above = Vec::new();
            while let Some(directive) = directives.next_if(|next| next.line.start < slice.span.end) {
                check_place(file, slice, directive, rules)?;
                match &directive.instruction {
                    Instruction::Assert(span) => {
                        check_closed(file, *span, TextEnd::Line, rules)?;
                        let query = only_query(file, *span, rules)?;
                        statements.push(self.statement(query, SourceKind::Assert));
                    }
                    Instruction::Load(span, load) => {
                        check_closed(file, load.table, TextEnd::Line, rules)?;
                        let kind = SourceKind::Load(load.clone());
                        let mut statement = self.statement(*span, kind);
                        statement.obey_all(&std::mem::take(&mut above), file)?;
                        statements.push(statement);
                    }
                    Instruction::Probe(span) => {
                        check_closed(file, *span, TextEnd::Line, rules)?;
                        above.push(directive);
                    }
                    _ => above.push(directive),
                }
            }
            if slice.body.is_empty() {
                if let Some(directive) = above.first() {
                    let fault = ScriptFault::DirectiveWithoutStatement { word: directive.word };
                    return Err(ScriptError::at(file, directive.line, fault));
                }
                continue;
            }
            let mut statement = self.statement(slice.body, SourceKind::Sql);
            statement.obey_all(&above, file)?;
            statements.push(statement);
        }
        Ok(statements)
    }

    /// What ends the section: the file, or the line of another section.
    fn end(&self, file: &SourceFile) -> TextEnd {
        let rest = file.text().get(self.span.end..).unwrap_or_default();
        let next = rest
            .lines()
            .next()
            .and_then(|line| read_line(line, self.span.end));
        match next {
            Some(Ok(directive)) => TextEnd::Section(directive.word),
            _ => TextEnd::File,
        }
    }

    fn statement(&self, span: Span, kind: SourceKind) -> SourceStatement {
        SourceStatement {
            span,
            no_transaction: self.no_transaction && kind == SourceKind::Sql,
            kind,
            touches: self.touches.clone(),
            probe: None,
            timeout: StatementTimeout::default(),
            renamed_from: None,
            loses_data: Vec::new(),
            nolint: Vec::new(),
        }
    }
}

/// No comment, string or quoted name goes on to the end.
fn check_closed(
    file: &Arc<SourceFile>,
    span: Span,
    end: TextEnd,
    rules: &LexicalRules,
) -> Result<(), ScriptError> {
    match unclosed(file.text(), span, rules) {
        Some(unclosed) => Err(not_closed(file, unclosed, end)),
        None => Ok(()),
    }
}

fn not_closed(file: &Arc<SourceFile>, unclosed: Unclosed, end: TextEnd) -> ScriptError {
    let span = unclosed.span;
    ScriptError::at(file, span, ScriptFault::Unclosed { unclosed, end })
}

/// The one query of an assertion, without what stands around it. Its answer is all that is wanted of it: what changes
/// something and gives no rows would always hold.
fn only_query(file: &Arc<SourceFile>, span: Span, rules: &LexicalRules) -> Result<Span, ScriptError> {
    let bodies = split_within(file.text(), span, rules)
        .into_iter()
        .map(|slice| slice.body);
    let mut bodies = bodies.filter(|body| !body.is_empty());
    let problem = match (bodies.next(), bodies.next()) {
        (None, _) => "holds no query",
        (_, Some(_)) => "holds several statements, and one query is wanted",
        (Some(body), None) => match classify(body.slice(file.text()), rules) {
            StatementClass::Rows => "changes rows, and it may only look at them",
            StatementClass::Schema => "changes the schema, and it may only look at rows",
            StatementClass::Transaction => "begins or ends a transaction, and it may only look at rows",
            _ => return Ok(body),
        },
    };
    let fault = ScriptFault::Argument {
        word: DirectiveWord::Assert,
        problem: problem.to_owned(),
    };
    Err(ScriptError::at(file, span, fault))
}

/// A directive stands in front of the body of its statement, or in a slice without one, and in no comment but its own.
fn check_place(
    file: &Arc<SourceFile>,
    slice: &StatementSlice,
    directive: &StatementDirective,
    rules: &LexicalRules,
) -> Result<(), ScriptError> {
    let word = directive.word;
    let fault = if !slice.body.is_empty() && directive.line.start >= slice.body.start {
        ScriptFault::DirectiveInStatement { word }
    } else if Lexer::within(file.text(), slice.span, rules)
        .take_while(|token| token.span.start < directive.line.start)
        .any(|token| token.kind == TokenKind::Comment && directive.line.start < token.span.end)
    {
        ScriptFault::DirectiveInComment { word }
    } else {
        return Ok(());
    };
    Err(ScriptError::at(file, directive.line, fault))
}

impl SourceStatement {
    /// Takes in the directives above it.
    fn obey_all(&mut self, above: &[&StatementDirective], file: &Arc<SourceFile>) -> Result<(), ScriptError> {
        let mut seen: Vec<DirectiveWord> = Vec::new();
        for directive in above {
            let word = directive.word;
            let may_repeat = word == DirectiveWord::LosesData;
            let is_of_sql = matches!(
                word,
                DirectiveWord::NoTransaction | DirectiveWord::Probe | DirectiveWord::RenamedFrom
            );
            let fault = if seen.contains(&word) && !may_repeat {
                ScriptFault::RepeatedDirective { word }
            } else if is_of_sql && self.kind != SourceKind::Sql {
                ScriptFault::DirectiveOfLoad { word }
            } else {
                seen.push(word);
                self.obey(directive, file);
                continue;
            };
            return Err(ScriptError::at(file, directive.line, fault));
        }
        Ok(())
    }

    fn obey(&mut self, directive: &StatementDirective, file: &SourceFile) {
        match &directive.instruction {
            Instruction::NoTransaction => self.no_transaction = true,
            Instruction::Touches(touches) => self.touches = Some(touches.clone()),
            Instruction::Probe(span) => self.probe = Some(span.slice(file.text()).to_owned()),
            Instruction::Nolint(rules) => self.nolint.clone_from(rules),
            Instruction::Timeout(timeout) => self.timeout = *timeout,
            Instruction::RenamedFrom(name) => self.renamed_from = Some(name.clone()),
            Instruction::LosesData(words) => self.loses_data.push(LostData {
                line: directive.line,
                words: words.slice(file.text()).to_owned(),
            }),
            Instruction::Assert(_) | Instruction::Load(..) => {}
        }
    }
}
