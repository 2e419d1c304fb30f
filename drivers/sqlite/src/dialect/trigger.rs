//! Triggers that need a column. SQLite finds those that read it, and lets go those that only write it: they would fail
//! when they fire.

use limbeck_core::schema::Name;
use limbeck_core::schema::NativeDdl;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::quoted::unquoted;
use super::rules::RULES;

/// The name of a trigger that needs a column of a table: one of the table's own, or of another as far as they are known.
pub(super) fn that_needs(
    column: &Name,
    table: &Name,
    own: &[String],
    schema: Option<&Schema>,
) -> Option<String> {
    let tables = schema.iter().flat_map(|schema| schema.tables.values());
    let others = tables.filter(|other| other.name != *table).flat_map(of_table);
    let own = own.iter().map(|text| (text, true));
    own.chain(others.map(|text| (text, false)))
        .find_map(|(text, is_own)| {
            let trigger = Trigger::read(text)?;
            let needs = (is_own && trigger.watches(column)) || trigger.writes(table, column);
            needs.then_some(trigger.name)
        })
}

/// The texts of what goes with a table, triggers among them, as far as they are known.
pub(super) fn of_table(table: &Table) -> &[String] {
    match &table.native_ddl {
        Some(NativeDdl::Known { dependents, .. }) => dependents,
        _ => &[],
    }
}

/// A trigger as SQLite keeps it.
struct Trigger {
    name: String,
    /// The words before BEGIN.
    head: Vec<Token>,
    /// The statements of its body.
    body: Vec<Vec<Token>>,
}

/// A token: names without their quotes, in lower case.
struct Token {
    text: String,
    is_name: bool,
}

impl Token {
    fn is(&self, word: &str) -> bool {
        self.text == word
    }

    fn names(&self, name: &Name) -> bool {
        self.is_name && self.text == name.as_str().to_ascii_lowercase()
    }
}

impl Trigger {
    /// Reads `CREATE TRIGGER name … BEGIN …; …; END`; none when it is something else.
    fn read(text: &str) -> Option<Self> {
        let mut lexer = Lexer::new(text, &RULES).filter(|token| !token.kind.is_trivia());
        let _create = lexer.next()?;
        let is_trigger = lexer.next()?.span.slice(text).eq_ignore_ascii_case("TRIGGER");
        let name = unquoted(lexer.next().filter(|_| is_trigger)?.span.slice(text));
        let mut head = Vec::new();
        let mut body: Option<Vec<Vec<Token>>> = None;
        for token in lexer {
            let written = token.span.slice(text);
            let next = Token {
                text: unquoted(written).to_ascii_lowercase(),
                is_name: matches!(token.kind, TokenKind::Word | TokenKind::QuotedName),
            };
            match &mut body {
                None if written.eq_ignore_ascii_case("BEGIN") => body = Some(vec![Vec::new()]),
                None => head.push(next),
                Some(body) if token.kind == TokenKind::StatementEnd => body.push(Vec::new()),
                Some(body) => body.last_mut()?.push(next),
            }
        }
        Some(Self {
            name,
            head,
            body: body?,
        })
    }

    /// Whether it fires for changes of a column of its table, or looks at its value.
    fn watches(&self, column: &Name) -> bool {
        let list = self.head.iter().skip_while(|token| !token.is("of"));
        let mut list = list.take_while(|token| !token.is("on"));
        let all = std::iter::once(&self.head).chain(&self.body);
        list.any(|token| token.names(column))
            || all.flat_map(|tokens| tokens.windows(3)).any(|three| {
                matches!(three, [row, dot, value]
                    if (row.is("new") || row.is("old")) && dot.is(".") && value.names(column))
            })
    }

    /// Whether a statement of it that changes rows of the table mentions the column.
    fn writes(&self, table: &Name, column: &Name) -> bool {
        self.body.iter().any(|statement| {
            let start = statement
                .iter()
                .position(|token| token.is("update") || token.is("into"));
            let target = statement.iter().skip(start.map_or(statement.len(), |at| at + 1));
            let mut target = target
                .take(5)
                .take_while(|token| !token.is("set") && !token.is("("));
            target.any(|token| token.names(table)) && statement.iter().any(|token| token.names(column))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(text: &str) -> bool {
        let trigger = Trigger::read(text).unwrap();
        let name = |text: &str| Name::exact(text).unwrap();
        trigger.watches(&name("a")) || trigger.writes(&name("t"), &name("a"))
    }

    #[test]
    fn what_reads_or_writes_the_column_needs_it() {
        for text in [
            "CREATE TRIGGER g AFTER UPDATE OF b, \"A\" ON t BEGIN SELECT 1; END",
            "CREATE TRIGGER g AFTER INSERT ON t WHEN new . a > 0 BEGIN SELECT 1; END",
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; SELECT old.[a]; END",
            "CREATE TRIGGER g AFTER INSERT ON o BEGIN UPDATE t SET b = 1, a = 2; END",
            "CREATE TRIGGER g AFTER INSERT ON o BEGIN UPDATE OR IGNORE main.`T` SET (a, b) = (1, 2); END",
            "CREATE TRIGGER g AFTER INSERT ON o BEGIN INSERT OR REPLACE INTO t (a) VALUES (1); END",
            "CREATE TRIGGER g AFTER INSERT ON o BEGIN INSERT INTO t(b) VALUES (1) ON CONFLICT DO UPDATE SET a = 1; END",
        ] {
            assert!(needs(text), "{text}");
        }
    }

    #[test]
    fn what_speaks_of_something_else_does_not() {
        for text in [
            "CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 'a', new.b; END",
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO a (a) VALUES (1); END",
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE o SET a = 1; UPDATE t SET b = 'a'; END",
        ] {
            assert!(!needs(text), "{text}");
        }
        assert!(Trigger::read("CREATE INDEX i ON t (a)").is_none());
    }
}
