//! The SQL file of a seed: the grammar of a revision's file, without a header.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

use super::Audience;
use super::Checksum;
use super::DirectiveWord;
use super::ScriptError;
use super::ScriptFault;
use super::Section;
use super::directive::Directive;
use super::directive::read_line;
use super::file::normalised;
use crate::graph::Direction;
use crate::sql::LexicalRules;
use crate::sql::SourceFile;
use crate::sql::Span;

/// How often a seed runs on a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeedRuns {
    /// Until it has run once.
    Once,
    /// With every run, so that it must be able to find its own rows.
    Always,
}

impl SeedRuns {
    /// The word in a file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Always => "always",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Once, Self::Always]
            .into_iter()
            .find(|runs| runs.as_str() == word)
    }
}

impl fmt::Display for SeedRuns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The SQL of a seed, cut into sections.
///
/// ```
/// use limbeck_core::script::{SeedRuns, SeedScript};
/// use limbeck_core::sql::SourceFile;
///
/// let text = "-- The roles\n-- limbeck:seed always\nDELETE FROM role;\n-- limbeck:seed postgres\nSELECT 1;\n";
/// let seed = SeedScript::parse(SourceFile::new("010_role.sql", text))?;
/// assert_eq!(seed.runs(), SeedRuns::Always);
/// assert_eq!(seed.sections().len(), 2);
/// # Ok::<(), limbeck_core::script::ScriptError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SeedScript {
    file: Arc<SourceFile>,
    runs: SeedRuns,
    sections: Vec<Section>,
}

impl SeedScript {
    /// Reads a file by its lines. What stands before the first `-- limbeck:seed` is a portable section; a file that does
    /// not say how often it runs runs once.
    ///
    /// # Errors
    /// The first fault of the file.
    pub fn parse(file: Arc<SourceFile>) -> Result<Self, ScriptError> {
        let file = normalised(file);
        if file.text().trim().is_empty() {
            return Err(ScriptError::of_file(file.name(), ScriptFault::Empty));
        }
        let mut reader = Reader {
            sections: vec![portable(Span::new(0, 0), 0)],
            runs: None,
            file: &file,
        };
        let mut offset = 0;
        for line in file.text().split_inclusive('\n') {
            let next = offset + line.len();
            reader.line(line.strip_suffix('\n').unwrap_or(line), offset, next)?;
            offset = next;
        }
        reader.close(offset);
        Ok(Self {
            runs: reader.runs.unwrap_or(SeedRuns::Once),
            sections: reader.sections,
            file,
        })
    }

    /// The file.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// How often it runs.
    pub fn runs(&self) -> SeedRuns {
        self.runs
    }

    /// Its sections, in the order in which they run.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The sections that a database of this driver and dialect runs.
    pub fn sections_for<'a>(
        &'a self,
        driver: &'a str,
        dialect: &'a str,
    ) -> impl Iterator<Item = &'a Section> {
        let sections = self.sections.iter();
        sections.filter(move |section| section.audience.runs_on(driver, dialect))
    }

    /// The checksum of what such a database runs: comments, white space and the case of keywords do not count.
    ///
    /// # Errors
    /// A section cannot be cut into statements.
    pub fn checksum(
        &self,
        driver: &str,
        dialect: &str,
        rules: &LexicalRules,
    ) -> Result<Checksum, ScriptError> {
        Checksum::of_sections(&self.file, self.sections_for(driver, dialect), rules)
    }
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    sections: Vec<Section>,
    runs: Option<SeedRuns>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, offset: usize, next: usize) -> Result<(), ScriptError> {
        let span = Span::new(offset, offset + line.trim_end().len());
        let directive = match read_line(line, offset) {
            None => return Ok(()),
            Some(read) => read.map_err(|fault| self.fault(span, fault))?,
        };
        let directive = Directive {
            line: span,
            ..directive
        };
        let word = directive.word;
        let wrong = |problem: String| ScriptFault::Argument { word, problem };
        match word {
            DirectiveWord::Seed => self.open(&directive, next),
            DirectiveWord::Assert => match self.sections.last_mut() {
                Some(section) => section
                    .statement_directive(&directive)
                    .map_err(|problem| self.fault(span, wrong(problem))),
                None => Ok(()),
            },
            _ => Err(self.fault(span, ScriptFault::NotInSeed { word })),
        }
    }

    fn open(&mut self, directive: &Directive<'_>, next: usize) -> Result<(), ScriptError> {
        let mut words = directive.arguments;
        let first = words.split([',', ' ', '\t']).next().unwrap_or_default();
        if let Some(runs) = SeedRuns::parse(first) {
            if self.runs.is_some_and(|before| before != runs) {
                let word = directive.word;
                let problem = "says `once` and `always` in one file, which runs as a whole".to_owned();
                return Err(self.fault(directive.line, ScriptFault::Argument { word, problem }));
            }
            self.runs = Some(runs);
            words = words.get(first.len()..).unwrap_or_default();
        }
        let audience = Audience::parse(words)
            .and_then(|audience| match audience {
                Audience::Model => Err("`model` means nothing in a seed".to_owned()),
                audience => Ok(audience),
            })
            .map_err(|problem| {
                let problem = format!("has words that mean nothing: {problem}");
                let word = directive.word;
                self.fault(directive.line, ScriptFault::Argument { word, problem })
            })?;
        self.close(directive.line.start);
        self.sections.push(Section {
            audience,
            ..portable(directive.line, next)
        });
        Ok(())
    }

    fn close(&mut self, end: usize) {
        if let Some(section) = self.sections.last_mut() {
            section.span.end = end;
        }
        // Comments in front of the first section are the file's own.
        let text = self.file.text();
        self.sections.retain(|section| !section.is_blank(text));
    }

    fn fault(&self, span: Span, fault: ScriptFault) -> ScriptError {
        ScriptError::at(self.file, span, fault)
    }
}

fn portable(line: Span, start: usize) -> Section {
    let audience = Audience::Portable { except: Vec::new() };
    Section::new(Direction::Upgrade, audience, line, start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<SeedScript, String> {
        SeedScript::parse(SourceFile::new("a.sql", text)).map_err(|error| error.to_string())
    }

    fn sections(text: &str) -> Vec<String> {
        let seed = parse(text).unwrap();
        let shown = |section: &Section| {
            let sql = section.span.slice(seed.file().text()).trim().to_owned();
            format!("[{}] {sql}", section.audience)
        };
        seed.sections().iter().map(shown).collect()
    }

    #[test]
    fn a_file_without_directives_is_one_portable_section_that_runs_once() {
        let text = "-- The roles\nDELETE FROM role;\r\n";
        assert_eq!(sections(text), ["[] -- The roles\nDELETE FROM role;"]);
        assert_eq!(parse(text).unwrap().runs(), SeedRuns::Once);
    }

    #[test]
    fn a_mark_says_how_often_and_for_whom() {
        let text = "-- The roles\n\n-- limbeck:seed always\nDELETE FROM a;\n-- limbeck:seed mysql except mariadb\nDELETE FROM b;\n";
        assert_eq!(
            sections(text),
            ["[] DELETE FROM a;", "[mysql except mariadb] DELETE FROM b;"]
        );
        let seed = parse(text).unwrap();
        assert_eq!(seed.runs(), SeedRuns::Always);
        assert_eq!(seed.sections_for("mysql", "mariadb").count(), 1);
        assert_eq!(
            sections("-- limbeck:seed once sqlite\nDELETE FROM a"),
            ["[sqlite] DELETE FROM a"]
        );
    }

    #[test]
    fn the_checksum_is_that_of_the_statements() {
        let sum = |text: &str| {
            let seed = parse(text).unwrap();
            seed.checksum("sqlite", "sqlite", &LexicalRules::STANDARD)
                .unwrap()
        };
        let first = sum("-- why\nDELETE FROM a;");
        assert_eq!(
            first,
            sum("-- limbeck:seed always\ndelete  from a;\n-- limbeck:seed mysql\nx")
        );
        assert_ne!(first, sum("DELETE FROM b;"));
    }

    #[test]
    fn faults_have_their_place() {
        let fault = |text| parse(text).unwrap_err();
        insta::assert_snapshot!(fault("-- limbeck:seed once\nx;\n-- limbeck:seed always\ny"), @"a.sql:3:1: `seed` says `once` and `always` in one file, which runs as a whole");
        insta::assert_snapshot!(fault("x;\n-- limbeck:upgrade\ny"), @"a.sql:2:1: `upgrade` means nothing in the file of a seed");
        insta::assert_snapshot!(fault("-- limbeck:seed model\nx"), @"a.sql:1:1: `seed` has words that mean nothing: `model` means nothing in a seed");
        insta::assert_snapshot!(fault("-- limbeck:sed\nx"), @"a.sql:1:1: there is no directive `sed`");
        insta::assert_snapshot!(fault(" \n"), @"a.sql: the file is empty");
    }
}
