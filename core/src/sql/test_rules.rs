//! Lexical rules for the tests: what the drivers declare, and combinations that no driver has.

use proptest::prelude::*;

use super::BlockBodies;
use super::DoubleQuotes;
use super::LexicalRules;

pub(crate) const POSTGRES: LexicalRules = LexicalRules {
    dollar_quotes: true,
    nested_comments: true,
    escape_strings: true,
    carriage_return_ends_comment: true,
    custom_operators: true,
    block_bodies: BlockBodies::Atomic,
    ..LexicalRules::STANDARD
};

pub(crate) const MYSQL: LexicalRules = LexicalRules {
    backslash_escapes: true,
    double_quotes: DoubleQuotes::String,
    backtick_names: true,
    hash_comments: true,
    dash_comment_needs_space: true,
    executable_comments: true,
    question_parameters: true,
    at_parameters: true,
    digit_words: true,
    delimiter_lines: true,
    ..LexicalRules::STANDARD
};

pub(crate) const SQLITE: LexicalRules = LexicalRules {
    backtick_names: true,
    bracket_names: true,
    question_parameters: true,
    colon_parameters: true,
    at_parameters: true,
    block_bodies: BlockBodies::Trigger,
    ..LexicalRules::STANDARD
};

/// Everything at once, which must not panic either.
pub(crate) const EVERYTHING: LexicalRules = LexicalRules {
    dollar_quotes: true,
    nested_comments: true,
    escape_strings: true,
    custom_operators: true,
    carriage_return_ends_comment: true,
    bracket_names: true,
    colon_parameters: true,
    block_bodies: BlockBodies::Trigger,
    ..MYSQL
};

pub(crate) const ALL: [LexicalRules; 5] = [LexicalRules::STANDARD, POSTGRES, MYSQL, SQLITE, EVERYTHING];

/// Texts of pieces that mean something to one rule or another, in any order.
pub(crate) fn sql_like() -> impl Strategy<Value = String> {
    const PIECES: [&str; 56] = [
        "'",
        "''",
        "\"",
        "`",
        "[",
        "]",
        "\\",
        "$$",
        "$a$",
        "$1",
        "--",
        "-- ",
        "#",
        "/*",
        "*/",
        "/*!",
        "/*!50001 ",
        "/*M!",
        "/*+",
        ";",
        ";;",
        "//",
        "\n",
        "\r\n",
        " ",
        "\t",
        "DELIMITER //\n",
        "\nDELIMITER ;\n",
        "delimiter $$\n",
        "CREATE ",
        "TEMP ",
        "TRIGGER ",
        "FUNCTION ",
        "OR REPLACE ",
        "BEGIN ",
        "ATOMIC ",
        "CASE ",
        "END",
        " END ",
        "(",
        ")",
        "E'",
        "U&'",
        "x'",
        "a",
        "é",
        "名",
        "1",
        "1e",
        "0x",
        ".",
        ":a",
        "@",
        "?",
        "+-",
        "->>",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}
