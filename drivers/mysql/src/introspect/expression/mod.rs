//! Expressions, portable where portable SQL says the same.
//!
//! Neither engine keeps the text of an expression, only what it has understood, and writes that anew: with other names of
//! functions, with parentheses that it does not need, and with a comparison where a truth value stands.

mod node;
mod parse;
mod tokens;
mod words;
mod write;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::operation::Standing;
use limbeck_core::operation::parse_expression;
use limbeck_core::schema::Expression;
use limbeck_core::schema::TokenRun;

use crate::dialect::MySqlDialect;

pub(super) use self::node::Node;
pub(super) use self::parse::expression as parse;
pub(super) use self::write::Columns;

/// An expression over the columns of a table.
pub(super) fn read(dialect: &MySqlDialect, text: &str, columns: &Columns) -> Expression {
    let portable = parse(text).and_then(|node| portable(dialect, &node, columns, Standing::Row));
    portable.map_or_else(|| Expression::Native(bare(text).to_owned()), Expression::Portable)
}

/// The portable tokens of an expression, if the dialect can write them.
pub(super) fn portable(
    dialect: &MySqlDialect,
    node: &Node,
    columns: &Columns,
    standing: Standing,
) -> Option<TokenRun> {
    let run = parse_expression(&columns.text(node)?, standing).ok()?;
    let context = RenderContext::new(dialect.floor());
    dialect.token_run(&run, &context).ok()?;
    Some(run)
}

/// A text without the parentheses that stand around the whole of it.
fn bare(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else {
        return text;
    };
    let mut depth = 0_i32;
    for token in limbeck_core::sql::Lexer::new(inner, &crate::dialect::RULES) {
        match token.span.slice(inner) {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return text;
        }
    }
    inner
}

#[cfg(test)]
mod tests {
    use limbeck_core::schema::Name;

    use super::*;

    /// The portable text of what a catalogue writes, over the columns a and b, of which b is a truth value.
    fn portable(text: &str) -> Option<String> {
        let name = |text: &str| Name::exact(text).unwrap();
        let mut columns = Columns::default();
        columns.names.extend([name("a"), name("b")]);
        columns.truths.insert(name("b"));
        columns.text(&parse(text)?)
    }

    #[test]
    fn both_engines_spellings_are_read() {
        for (text, expected) in [
            (
                "((`a` > 1) and ((0 <> `b`) or (0 = `b`)))",
                "\"a\" > 1 AND (\"b\" OR NOT \"b\")",
            ),
            ("`a` MOD 2 - (1 - -1) = 0", "\"a\" % 2 - (1 - -1) = 0"),
            ("concat(concat('<',lcase(`a`)),'>')", "'<' || lower(\"a\") || '>'"),
            ("cast(`a` as char charset utf8mb4)", "CAST(\"a\" AS TEXT)"),
            ("(not((`a` like _utf8mb4'x%')))", "\"a\" NOT LIKE 'x%'"),
            (
                "locate('x',`a`) between 1 and 2",
                "instr(\"a\", 'x') BETWEEN 1 AND 2",
            ),
            (r"`a` <> char(195,169,92,98 using utf8mb4)", r#""a" <> 'é\b'"#),
            (
                "case `a` when 1 then 'x' end is null",
                "CASE \"a\" WHEN 1 THEN 'x' END IS NULL",
            ),
        ] {
            assert_eq!(portable(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_not_portable() {
        for text in [
            "`a` & 1",
            "`c` > 1",
            "length(`a`)",
            "now(3)",
            "utc_timestamp(6)",
            "`a`.`b`",
            "(`a`",
            "'a\\x08'",
            "char(97,92)",
            "char(300 using utf8mb4)",
            "char(195 using utf8mb4)",
        ] {
            assert_eq!(portable(text), None, "{text}");
        }
    }
}
