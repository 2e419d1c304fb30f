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
    /// `BEGIN ATOMIC … END` in the body of a routine, and lists between parentheses, as in `CREATE RULE` (PostgreSQL).
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
    /// `E'…'` is a string in which a backslash escapes; `U&'…'` and `U&"…"` are one token.
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
    /// `--` comments end at a lone carriage return too, not only at a line feed.
    pub carriage_return_ends_comment: bool,
    /// `/*! … */` and `/*M! … */` are code, not comments, and `/*+ … */` is a hint that counts.
    pub executable_comments: bool,
    /// Any run of operator characters is one operator (PostgreSQL), not only those of a fixed list.
    pub custom_operators: bool,
    /// `?` and `?1` are parameters.
    pub question_parameters: bool,
    /// `:name` is a parameter.
    pub colon_parameters: bool,
    /// `@name` is a parameter or variable, as is `@@name`.
    pub at_parameters: bool,
    /// A name may begin with a digit: `1st` is one word.
    pub digit_words: bool,
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
        carriage_return_ends_comment: false,
        executable_comments: false,
        custom_operators: false,
        question_parameters: false,
        colon_parameters: false,
        at_parameters: false,
        digit_words: false,
        delimiter_lines: false,
        block_bodies: BlockBodies::None,
    };
}
