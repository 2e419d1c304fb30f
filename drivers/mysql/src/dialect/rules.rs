//! How MySQL and MariaDB read text.

use limbeck_core::sql::DoubleQuotes;
use limbeck_core::sql::LexicalRules;

/// Names stand between backticks, `"…"` is a string, a backslash escapes, `#` is a comment and `/*! … */` is none.
pub(crate) const RULES: LexicalRules = {
    let mut rules = LexicalRules::STANDARD;
    rules.backslash_escapes = true;
    rules.double_quotes = DoubleQuotes::String;
    rules.backtick_names = true;
    rules.hash_comments = true;
    rules.dash_comment_needs_space = true;
    rules.executable_comments = true;
    rules.question_parameters = true;
    rules.at_parameters = true;
    rules.digit_words = true;
    rules.delimiter_lines = true;
    rules
};
