//! Comments and statements, put together.

use crate::dialect::Dialect;

/// The text of a file, being written.
pub(super) struct Text {
    dialect: &'static dyn Dialect,
    text: String,
}

impl Text {
    pub(super) fn new(dialect: &'static dyn Dialect) -> Self {
        Self {
            dialect,
            text: String::new(),
        }
    }

    /// A line for the engine's own client.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A comment; what would end its line is left out.
    pub(super) fn comment(&mut self, words: &str) {
        let words: Vec<&str> = words.split(['\n', '\r']).collect();
        self.line(format!("-- {}", words.join(" ")).trim_end());
    }

    /// A statement with its end.
    pub(super) fn statement(&mut self, sql: &str) {
        let text = self.dialect.client_statement(sql);
        self.line(&text);
    }

    pub(super) fn statements(&mut self, statements: impl IntoIterator<Item = impl AsRef<str>>) {
        for statement in statements {
            self.statement(statement.as_ref());
        }
    }

    /// An empty line between parts.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}
