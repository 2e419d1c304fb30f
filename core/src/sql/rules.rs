//! The lexical rules of a dialect, as data.

/// What a text between double quotes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubleQuotes {
    /// A quoted name, as in standard SQL.
    Name,
    /// A string, as in MySQL without `ANSI_QUOTES`.
    String,
}

/// Which statements contain semicolons that do not end them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockBodies {
    /// None does.
    None,
    /// `BEGIN ATOMIC … END` in the body of a routine (PostgreSQL 14).
    Atomic,
    /// `BEGIN … END` in `CREATE TRIGGER` (SQLite).
    Trigger,
}

/// How a dialect's text falls into tokens and statements. Plain data, so that it can stand in a `const`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LexicalRules {
    /// `$tag$ … $tag$` is a string.
    pub dollar_quotes: bool,
    /// `/* /* */ */` is one comment.
    pub nested_comments: bool,
    /// `E'…'` is a string in which a backslash escapes.
    pub escape_strings: bool,
    /// A backslash escapes in every string.
    pub backslash_escapes: bool,
    /// What `"…"` is.
    pub double_quotes: DoubleQuotes,
    /// `` `…` `` is a quoted name.
    pub backtick_names: bool,
    /// `[…]` is a quoted name.
    pub bracket_names: bool,
    /// `#` starts a comment that ends with the line.
    pub hash_comments: bool,
    /// `--` starts a comment only before white space, a control character or the end.
    pub dash_comment_needs_space: bool,
    /// `/*! … */` and `/*M! … */` are code, not comments.
    pub executable_comments: bool,
    /// A line `DELIMITER x` changes the statement end, as in MySQL's client.
    pub delimiter_lines: bool,
    /// Statements with semicolons inside.
    pub block_bodies: BlockBodies,
}

impl LexicalRules {
    /// Standard SQL: `''` is the only escape in a string, `"…"` is a name, comments do not nest. Portable SQL is read
    /// with these rules, and they are where a dialect starts.
    ///
    /// ```
    /// use limbeck_core::sql::LexicalRules;
    ///
    /// const RULES: LexicalRules = {
    ///     let mut rules = LexicalRules::STANDARD;
    ///     rules.backtick_names = true;
    ///     rules
    /// };
    /// assert!(RULES.backtick_names && !RULES.backslash_escapes);
    /// ```
    pub const STANDARD: Self = Self {
        dollar_quotes: false,
        nested_comments: false,
        escape_strings: false,
        backslash_escapes: false,
        double_quotes: DoubleQuotes::Name,
        backtick_names: false,
        bracket_names: false,
        hash_comments: false,
        dash_comment_needs_space: false,
        executable_comments: false,
        delimiter_lines: false,
        block_bodies: BlockBodies::None,
    };
}
