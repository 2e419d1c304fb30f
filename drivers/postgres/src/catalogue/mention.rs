//! What the texts of functions speak of.

use std::collections::BTreeSet;
use std::collections::HashMap;

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::collected::Collected;
use crate::dialect::RULES;

/// Lets each function have what its text mentions: CREATE FUNCTION may look for that. A word that is also the name of
/// something else does no harm, the function is only made later.
pub(super) fn resolve(into: &mut Collected) {
    if into.bodies.is_empty() {
        return;
    }
    let mut named: HashMap<&str, Vec<&ObjectId>> = HashMap::new();
    let may_be_used = |kind| {
        matches!(
            kind,
            Kind::Table
                | Kind::View
                | Kind::MaterializedView
                | Kind::Sequence
                | Kind::Type
                | Kind::Function
                | Kind::Procedure
        )
    };
    for object in into.objects.iter().filter(|object| may_be_used(object.id.kind)) {
        named.entry(bare(&object.id)).or_default().push(&object.id);
    }
    let mut mentions: HashMap<ObjectId, BTreeSet<ObjectId>> = HashMap::new();
    for (function, body) in &into.bodies {
        let words = words(body, true);
        let ids = words.iter().filter_map(|word| named.get(word.as_str())).flatten();
        let others = ids.filter(|id| **id != function).map(|id| (*id).clone());
        mentions.insert(function.clone(), others.collect());
    }
    for object in &mut into.objects {
        object
            .mentions
            .extend(mentions.remove(&object.id).unwrap_or_default());
    }
}

/// The name without schema and arguments.
fn bare(id: &ObjectId) -> &str {
    let name = id.name.split('(').next().unwrap_or(&id.name);
    let name = name.rsplit('.').next().unwrap_or(name);
    name.trim_matches('"')
}

/// The names in a text, also those in its strings: `nextval('counter')`.
fn words(text: &str, with_strings: bool) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for token in Lexer::new(text, &RULES) {
        let word = token.span.slice(text);
        match token.kind {
            TokenKind::Word => {
                words.insert(word.to_lowercase());
            }
            TokenKind::QuotedName => {
                words.insert(word.trim_matches('"').to_owned());
            }
            TokenKind::String if with_strings => words.extend(self::words(word.trim_matches('\''), false)),
            _ => {}
        }
    }
    words
}
