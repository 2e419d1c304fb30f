//! Text with a name, and places in it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A range of bytes in a text, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`, which is excluded.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether no byte is covered.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The text that this span covers, empty when it lies outside of `text` or cuts a character.
    ///
    /// ```
    /// use limbeck_core::sql::Span;
    ///
    /// assert_eq!(Span::new(7, 8).slice("SELECT 1"), "1");
    /// assert_eq!(Span::new(7, 80).slice("SELECT 1"), "");
    /// ```
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A position as people count: both numbers start at 1, the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl LineColumn {
    /// The position of the byte at `offset`.
    ///
    /// ```
    /// use limbeck_core::sql::LineColumn;
    ///
    /// assert_eq!(LineColumn::at("a\nbc", 3), LineColumn { line: 2, column: 2 });
    /// ```
    pub fn at(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }
}

/// A text and the name under which people know it, usually a path.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    text: String,
}

impl SourceFile {
    /// A file of this name with this text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
        })
    }

    /// The name, usually a path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A span of a file, for errors: prints as `name:line:column`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    file: Arc<SourceFile>,
    span: Span,
}

impl Place {
    /// The bytes of `span` in `file`.
    pub fn new(file: Arc<SourceFile>, span: Span) -> Self {
        Self { file, span }
    }

    /// The file.
    pub fn file(&self) -> &SourceFile {
        &self.file
    }

    /// The bytes in the file.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The part of the place that begins `offset` bytes in and ends with its word.
    pub fn from_byte(&self, offset: usize) -> Self {
        let start = self.span.start.saturating_add(offset).min(self.span.end);
        let rest = Span::new(start, self.span.end).slice(self.file.text());
        let is_part_of_word = |c: char| c.is_alphanumeric() || c == '_';
        let word = rest.find(|c| !is_part_of_word(c)).unwrap_or(rest.len());
        let first = rest.chars().next().map_or(0, char::len_utf8);
        Self::new(Arc::clone(&self.file), Span::new(start, start + word.max(first)))
    }

    /// The text of the place.
    pub fn text(&self) -> &str {
        self.span.slice(self.file.text())
    }

    /// Line and column of the first byte.
    pub fn line_column(&self) -> LineColumn {
        LineColumn::at(self.file.text(), self.span.start)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LineColumn { line, column } = self.line_column();
        write!(f, "{}:{line}:{column}", self.file.name())
    }
}
