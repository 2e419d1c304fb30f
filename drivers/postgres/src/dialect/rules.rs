//! How PostgreSQL reads text.

use limbeck_core::sql::BlockBodies;
use limbeck_core::sql::LexicalRules;

/// Dollar quotes, `E'…'`, comments within comments, operators of any characters, and routines with statements inside.
pub(crate) const RULES: LexicalRules = {
    let mut rules = LexicalRules::STANDARD;
    rules.dollar_quotes = true;
    rules.nested_comments = true;
    rules.escape_strings = true;
    rules.carriage_return_ends_comment = true;
    rules.custom_operators = true;
    rules.block_bodies = BlockBodies::Atomic;
    rules
};
