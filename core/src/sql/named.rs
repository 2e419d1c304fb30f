//! The objects that a statement names.

use super::LexicalRules;
use super::TokenKind;
use super::significant::Piece;
use super::significant::significant;

/// Words that a name of an object follows.
const INTRODUCE: [&str; 27] = [
    "TABLE",
    "TABLES",
    "INTO",
    "UPDATE",
    "FROM",
    "JOIN",
    "ON",
    "INDEX",
    "VIEW",
    "TRIGGER",
    "SEQUENCE",
    "TYPE",
    "DOMAIN",
    "ENUM",
    "FUNCTION",
    "PROCEDURE",
    "SCHEMA",
    "DATABASE",
    "EXTENSION",
    "POLICY",
    "RULE",
    "REFERENCES",
    "PARTITION",
    "OF",
    "TO",
    "COLUMN",
    "USING",
];

/// First words of statements that a name may follow at once: `TRUNCATE a`.
const LEAD: [&str; 14] = [
    "INSERT", "REPLACE", "DELETE", "MERGE", "TRUNCATE", "COPY", "LOCK", "VACUUM", "ANALYZE", "ANALYSE",
    "CLUSTER", "REINDEX", "OPTIMIZE", "REPAIR",
];

/// Words that may stand between those and the name, and are never names.
const SKIPPED: [&str; 6] = ["NOT", "EXISTS", "ONLY", "LATERAL", "OR", "CONCURRENTLY"];

/// Words that may stand there, too, but are names in some dialect: they count as names, and the next word as well.
const DOUBTFUL: [&str; 12] = [
    "IGNORE",
    "LOW_PRIORITY",
    "HIGH_PRIORITY",
    "DELAYED",
    "FULL",
    "LOCAL",
    "TEMP",
    "TEMPORARY",
    "REPLACE",
    "ROLLBACK",
    "ABORT",
    "FAIL",
];

/// Words that no dialect takes as a name without quotes: what follows is no object, as in `ON TABLE a`.
const RESERVED: [&str; 17] = [
    "TABLE",
    "FROM",
    "INTO",
    "JOIN",
    "ON",
    "TO",
    "USING",
    "REFERENCES",
    "COLUMN",
    "SELECT",
    "SET",
    "DEFAULT",
    "WHERE",
    "AS",
    "IS",
    "NULL",
    "VALUES",
];

/// The names that `sql` mentions where an object can stand (after `TABLE`, `INTO`, `UPDATE`, `FROM`, `JOIN`, `ON`,
/// `INDEX`, `VIEW` and so on), in their order and each once. They answer which objects a statement may have touched, so
/// a name too many is possible (an alias, a column) where one too few would be wrong. Code between quotes is not read.
///
/// Of a qualified name only the last part counts (of a column's, the table's). Unquoted names are folded to lower case;
/// compare without regard to case, because servers differ there.
///
/// ```
/// use limbeck_core::sql::{LexicalRules, named_objects};
///
/// let names = named_objects("ALTER TABLE app.account ADD CHECK (a > 0)", &LexicalRules::STANDARD);
/// assert_eq!(names, ["account"]);
/// ```
pub fn named_objects(sql: &str, rules: &LexicalRules) -> Vec<String> {
    let pieces: Vec<_> = significant(sql, rules).collect();
    let mut names = Names::default();
    for (position, piece) in pieces.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| pieces.get(before));
        let leads = before.is_none() && piece.is(&LEAD);
        let is_clause = piece.is(&["UPDATE"]) && before.is_some_and(|before| before.is(&["ON", "FOR", "DO"]));
        if leads || (piece.is(&INTRODUCE) && !is_clause) {
            let after = pieces.get(position + 1..).unwrap_or_default();
            names.read_list(*piece, after);
        }
    }
    names.found
}

#[derive(Default)]
struct Names {
    found: Vec<String>,
    seen: std::collections::HashSet<String>,
}

impl Names {
    /// Reads `a, b.c AS d, e`; stops at the first thing that does not fit.
    fn read_list(&mut self, introduced_by: Piece<'_>, mut after: &[Piece<'_>]) {
        loop {
            after = self.skip_to_name(after);
            let Some(rest) = self.read_name(introduced_by, after) else {
                return;
            };
            let Some(rest) = after_comma(rest) else { return };
            after = rest;
        }
    }

    fn skip_to_name<'p, 't>(&mut self, mut after: &'p [Piece<'t>]) -> &'p [Piece<'t>] {
        while let [first, rest @ ..] = after {
            let conditional =
                first.is(&["IF"]) && rest.first().is_some_and(|next| next.is(&["NOT", "EXISTS"]));
            if first.is(&DOUBTFUL) && rest.first().is_some_and(|next| can_name(*next)) {
                self.add(unquoted(*first));
            } else if !conditional && !first.is(&SKIPPED) && !first.is_symbol("(") {
                break;
            }
            after = rest;
        }
        after
    }

    /// Reads one name with its qualifiers and answers what follows it.
    fn read_name<'p, 't>(
        &mut self,
        introduced_by: Piece<'_>,
        after: &'p [Piece<'t>],
    ) -> Option<&'p [Piece<'t>]> {
        let (first, mut rest) = after.split_first()?;
        let is_action = introduced_by.is(&["ON"]) && first.is(&["DELETE", "UPDATE"]);
        if !can_name(*first) || first.is(&RESERVED) || is_action {
            return None;
        }
        let mut parts = vec![*first];
        while let [point, part, further @ ..] = rest
            && point.is_symbol(".")
            && can_name(*part)
        {
            parts.push(*part);
            rest = further;
        }
        let of_column = introduced_by.is(&["COLUMN"]);
        let named = if of_column {
            parts.iter().rev().nth(1)
        } else {
            parts.last()
        };
        if let Some(named) = named {
            self.add(unquoted(*named));
        }
        Some(rest)
    }

    fn add(&mut self, name: String) {
        if self.seen.insert(name.clone()) {
            self.found.push(name);
        }
    }
}

fn can_name(piece: Piece<'_>) -> bool {
    matches!(piece.kind, TokenKind::Word | TokenKind::QuotedName)
}

/// What follows `, ` when a comma comes after at most an alias.
fn after_comma<'p, 't>(rest: &'p [Piece<'t>]) -> Option<&'p [Piece<'t>]> {
    let comma = rest.iter().take(3).position(|piece| piece.is_symbol(","))?;
    let alias = rest.get(..comma)?;
    let is_alias = alias
        .iter()
        .all(|piece| can_name(*piece) && !piece.is(&INTRODUCE));
    if is_alias { rest.get(comma + 1..) } else { None }
}

fn unquoted(piece: Piece<'_>) -> String {
    let text = piece.text;
    if piece.kind == TokenKind::Word {
        return text.to_ascii_lowercase();
    }
    let Some((open, quote)) = text
        .char_indices()
        .find(|(_, character)| matches!(character, '"' | '`' | '['))
    else {
        return text.to_owned();
    };
    let close = if quote == '[' { ']' } else { quote };
    let inner = text.get(open + 1..).unwrap_or_default();
    let inner = inner.strip_suffix(close).unwrap_or(inner);
    if quote == '[' {
        inner.to_owned()
    } else {
        inner.replace(&format!("{quote}{quote}"), &quote.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::test_rules::ALL;
    use crate::sql::test_rules::MYSQL;
    use crate::sql::test_rules::POSTGRES;
    use crate::sql::test_rules::SQLITE;
    use crate::sql::test_rules::sql_like;

    fn check(rules: &LexicalRules, table: &[(&str, &[&str])]) {
        for (sql, expected) in table {
            assert_eq!(named_objects(sql, rules), *expected, "of {sql:?}");
        }
    }

    #[test]
    fn names_of_statements() {
        check(
            &POSTGRES,
            &[
                (
                    "CREATE TABLE IF NOT EXISTS Account (id int REFERENCES team (id) ON DELETE SET NULL)",
                    &["account", "team"],
                ),
                ("DROP TABLE a, app.b, \"C\"\"d\" CASCADE", &["a", "b", "C\"d"]),
                (
                    "CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY app.a (b)",
                    &["i", "a"],
                ),
                (
                    "INSERT INTO a (b, c) SELECT d, e FROM f g, h AS i JOIN j ON true",
                    &["a", "f", "h", "j", "true"],
                ),
                ("UPDATE a SET b = 1, c = 2 FROM d", &["a", "d"]),
                (
                    "INSERT INTO a VALUES (1) ON CONFLICT DO UPDATE SET b = 1",
                    &["a", "conflict"],
                ),
                ("DROP TABLE type, temp, domain", &["type", "temp", "domain"]),
                ("SELECT * FROM public.update, view", &["update", "view"]),
                ("COMMENT ON VIEW v IS 'x'", &["view", "v"]),
                ("SELECT * FROM a FOR UPDATE", &["a"]),
                ("COMMENT ON COLUMN app.a.b IS 'x'", &["a"]),
                ("ALTER TABLE a DROP COLUMN b", &["a"]),
                ("ALTER TABLE a RENAME TO b", &["a", "b"]),
                ("CREATE OR REPLACE VIEW v AS SELECT * FROM a", &["v", "a"]),
                ("TRUNCATE a, b", &["a", "b"]),
                ("CREATE FUNCTION f() RETURNS void AS $$ DROP TABLE x $$", &["f"]),
                ("SELECT * FROM (SELECT 1 FROM a) b", &["a"]),
                ("MERGE INTO a USING b ON a.x = b.x", &["a", "b", "x"]),
                ("DELETE FROM ONLY a USING b", &["a", "b"]),
                ("ALTER TABLE a ATTACH PARTITION b FOR VALUES IN (1)", &["a", "b"]),
                ("", &[]),
                ("TABLE", &[]),
            ],
        );
    }

    #[test]
    fn quotes_and_comments_of_other_families() {
        check(
            &MYSQL,
            &[
                ("RENAME TABLE `a``b` TO c, d TO e", &["a`b", "c", "d", "e"]),
                ("/*!50001 CREATE VIEW v */ AS SELECT 1 FROM a", &["v", "a"]),
                ("INSERT IGNORE a VALUES (1)", &["ignore", "a"]),
                ("REPLACE `a` VALUES (1)", &["a"]),
                ("LOAD DATA INFILE 'x' INTO TABLE a", &["a"]),
                ("DELETE a, b FROM a JOIN b", &["a", "b"]),
            ],
        );
        check(
            &SQLITE,
            &[
                (
                    "CREATE TRIGGER t AFTER UPDATE OF x ON [a b] BEGIN DELETE FROM `c`; END",
                    &["t", "of", "x", "a b", "c"],
                ),
                ("INSERT OR REPLACE INTO \"a\" VALUES (1)", &["replace", "a"]),
                ("DROP TABLE [a", &["a"]),
            ],
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_names_something_or_nothing(text in sql_like()) {
            for rules in &ALL {
                named_objects(&text, rules);
            }
        }
    }
}
