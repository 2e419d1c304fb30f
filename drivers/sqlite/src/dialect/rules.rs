//! How SQLite reads text.

use limbeck_core::sql::BlockBodies;
use limbeck_core::sql::LexicalRules;

/// Names also stand between backticks or brackets, parameters have four spellings, and triggers have statements inside.
pub(crate) const RULES: LexicalRules = {
    let mut rules = LexicalRules::STANDARD;
    rules.backtick_names = true;
    rules.bracket_names = true;
    rules.question_parameters = true;
    rules.colon_parameters = true;
    rules.at_parameters = true;
    rules.block_bodies = BlockBodies::Trigger;
    rules
};
