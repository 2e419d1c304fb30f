//! The checksum of what a database runs of a script.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use sha2::Digest;
use sha2::Sha256;

use super::Script;
use super::ScriptError;
use super::Section;
use super::SourceKind;
use super::SourceStatement;
use crate::graph::Direction;
use crate::sql::LexicalRules;
use crate::sql::SourceFile;
use crate::sql::write_canonical;

/// The name of the way in which this version makes checksums. Another way gets another name, so that old sums can
/// still be compared.
const ALGORITHM: &str = "tokens1-sha256";

/// A checksum with the name of its algorithm: `tokens1-sha256:…`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Checksum(String);

/// A text is not a checksum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a checksum: those look like `{ALGORITHM}:…`")]
pub struct ChecksumError(String);

impl Checksum {
    /// The whole text, as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the algorithm.
    pub fn algorithm(&self) -> &str {
        self.0.split(':').next().unwrap_or_default()
    }

    /// Whether this version can make such a sum, so that comparing means something.
    pub fn is_known(&self) -> bool {
        self.algorithm() == ALGORITHM
    }
}

impl FromStr for Checksum {
    type Err = ChecksumError;

    fn from_str(text: &str) -> Result<Self, ChecksumError> {
        let (algorithm, digest) = text.split_once(':').unwrap_or_default();
        let plain =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if plain(algorithm) && plain(digest) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ChecksumError(text.to_owned()))
        }
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Script {
    /// The checksum of one direction, over the canonical tokens of what a database of this driver and dialect runs, with
    /// the directives that change how. Comments, white space, line ends and the case of keywords do not count.
    ///
    /// # Errors
    /// A section cannot be cut into statements.
    pub fn checksum(
        &self,
        direction: Direction,
        driver: &str,
        dialect: &str,
        rules: &LexicalRules,
    ) -> Result<Checksum, ScriptError> {
        let runs = |section: &&Section| section.audience.runs_on(driver, dialect);
        Checksum::of_sections(self.file(), self.sections_of(direction).filter(runs), rules)
    }
}

impl Checksum {
    /// The checksum of sections of a file, over the canonical tokens of their statements.
    pub(super) fn of_sections<'a>(
        file: &Arc<SourceFile>,
        sections: impl Iterator<Item = &'a Section>,
        rules: &LexicalRules,
    ) -> Result<Self, ScriptError> {
        let mut digest = Fields::default();
        for section in sections {
            let statements = section.statements(file, rules)?;
            if statements.is_empty() {
                continue;
            }
            let language: &[u8] = if section.audience.is_native() {
                b"native"
            } else {
                b"portable"
            };
            digest.field(b's', language);
            for statement in &statements {
                digest.statement(file, statement, section.rules(rules))?;
            }
        }
        Ok(digest.finish())
    }

    /// The checksum of a side without statements.
    pub fn of_nothing() -> Self {
        Fields::default().finish()
    }
}

/// Fields with their lengths, so that no two lists of fields give the same bytes.
#[derive(Default)]
struct Fields {
    digest: Sha256,
    /// Room for the tokens of one text.
    tokens: Vec<u8>,
}

impl Fields {
    fn field(&mut self, tag: u8, bytes: &[u8]) {
        self.digest.update([tag]);
        self.digest.update((bytes.len() as u64).to_le_bytes());
        self.digest.update(bytes);
    }

    fn statement(
        &mut self,
        file: &Arc<SourceFile>,
        statement: &SourceStatement,
        rules: &LexicalRules,
    ) -> Result<(), ScriptError> {
        let text = file.text();
        self.directives(statement);
        match &statement.kind {
            SourceKind::Sql => self.tokens(b'q', statement.span.slice(text), rules),
            SourceKind::Assert => self.tokens(b'a', statement.span.slice(text), rules),
            SourceKind::Load(load) => {
                self.field(b'l', load.path.as_bytes());
                self.tokens(b't', load.table.slice(text), rules);
                let bytes = load
                    .digest()
                    .map_err(|fault| ScriptError::at(file, statement.span, fault))?;
                self.field(b'd', bytes.as_bytes());
            }
        }
        Ok(())
    }

    /// The directives that change how a statement runs.
    fn directives(&mut self, statement: &SourceStatement) {
        if statement.no_transaction {
            self.field(b'n', b"");
        }
        if let Some(name) = &statement.renamed_from {
            self.field(b'r', name.as_bytes());
        }
    }

    fn tokens(&mut self, tag: u8, sql: &str, rules: &LexicalRules) {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        write_canonical(sql, rules, &mut tokens);
        self.field(tag, &tokens);
        self.tokens = tokens;
    }

    fn finish(self) -> Checksum {
        let digits = self
            .digest
            .finalize()
            .into_iter()
            .flat_map(|byte| [byte >> 4, byte & 0xf]);
        let digits = digits.filter_map(|digit| char::from_digit(u32::from(digit), 16));
        let mut text = format!("{ALGORITHM}:");
        text.extend(digits);
        Checksum(text)
    }
}
