//! Which thing a statement makes, takes away or renames.

use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::Kind;
use super::Subject;
use super::Thing;
use crate::dialect::RULES;

/// The tokens of a statement that mean something, from the next one on.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    tokens: Vec<(TokenKind, &'a str)>,
    at: usize,
}

impl<'a> Words<'a> {
    /// None where a comment may hold what only some servers carry out.
    pub(super) fn new(sql: &'a str) -> Option<Self> {
        if sql.contains("/*!") || sql.contains("/*M!") {
            return None;
        }
        let tokens = Lexer::new(sql, &RULES)
            .filter(|token| !token.kind.is_trivia() && token.kind != TokenKind::StatementEnd)
            .map(|token| (token.kind, token.span.slice(sql)));
        Some(Self {
            tokens: tokens.collect(),
            at: 0,
        })
    }

    /// The subject of the statement; none when its trace is not known.
    pub(super) fn subject(mut self) -> Option<Subject> {
        if self.take("CREATE") {
            return self.create();
        }
        if self.take("DROP") {
            return self.drop();
        }
        self.take("ALTER").then_some(())?;
        self.alter()
    }

    fn create(&mut self) -> Option<Subject> {
        let replaces = self.take("OR");
        if replaces {
            self.expect("REPLACE")?;
        }
        self.attributes()?;
        if ["UNIQUE", "FULLTEXT", "SPATIAL"]
            .iter()
            .any(|word| self.take(word))
            && !self.is("INDEX")
        {
            return None;
        }
        let kind = self.kind()?;
        if replaces {
            return (kind != Kind::Table).then_some(Subject::Repeatable);
        }
        self.condition(&["IF", "NOT", "EXISTS"]);
        let thing = self.thing(kind)?;
        let tells = match kind {
            Kind::Table => !self.has_rows(),
            // A function of a library is not in the catalogue.
            Kind::Function => !self.has("SONAME"),
            // One that is over has gone.
            Kind::Event => self.has("EVERY") && !self.has("ENDS"),
            _ => true,
        };
        tells.then_some(Subject::Create(thing))
    }

    fn drop(&mut self) -> Option<Subject> {
        let kind = self.kind()?;
        self.condition(&["IF", "EXISTS"]);
        let thing = self.thing(kind)?;
        (!self.has(",")).then_some(Subject::Drop(thing))
    }

    /// ALTER TABLE with a single change.
    fn alter(&mut self) -> Option<Subject> {
        self.expect("TABLE")?;
        let table = self.thing(Kind::Table)?;
        let mut rest = self.clone();
        if rest.changes() != 1 {
            return None;
        }
        let inside = |kind, name| Thing {
            kind,
            database: table.database.clone(),
            table: Some(table.name.clone()),
            name,
        };
        if self.take_all(&["ADD", "COLUMN"]) {
            self.condition(&["IF", "NOT", "EXISTS"]);
            return Some(Subject::Create(inside(Kind::Column, self.name()?)));
        }
        if self.take_all(&["DROP", "COLUMN"]) {
            self.condition(&["IF", "EXISTS"]);
            return Some(Subject::Drop(inside(Kind::Column, self.name()?)));
        }
        self.expect("RENAME")?;
        let kind = match (self.take("COLUMN"), self.take("INDEX") || self.take("KEY")) {
            (true, _) => Kind::Column,
            (_, true) => Kind::Index,
            _ => {
                let _ = self.take("TO") || self.take("AS") || self.take("=");
                let to = self.thing(Kind::Table)?;
                return self.at_end().then_some(Subject::Rename(table, to));
            }
        };
        let from = inside(kind, self.name()?);
        self.expect("TO")?;
        let to = inside(kind, self.name()?);
        self.at_end().then_some(Subject::Rename(from, to))
    }

    /// What may stand between CREATE and the kind.
    fn attributes(&mut self) -> Option<()> {
        loop {
            if self.take("ALGORITHM") {
                self.expect("=")?;
                self.at += 1;
            } else if self.take("DEFINER") {
                self.expect("=")?;
                self.at += 1;
                if self.take("(") {
                    self.expect(")")?;
                }
                self.host();
            } else if self.take_all(&["SQL", "SECURITY"]) {
                self.at += 1;
            } else {
                return Some(());
            }
        }
    }

    /// The host behind a user's name, which may be one token with its sign.
    fn host(&mut self) {
        let sign = self.tokens.get(self.at).filter(|(_, text)| text.starts_with('@'));
        self.at += match sign {
            Some((_, "@")) => 2,
            Some(_) => 1,
            None => 0,
        };
    }

    fn kind(&mut self) -> Option<Kind> {
        let kinds = [
            ("TABLE", Kind::Table),
            ("VIEW", Kind::View),
            ("TRIGGER", Kind::Trigger),
            ("PROCEDURE", Kind::Procedure),
            ("FUNCTION", Kind::Function),
            ("EVENT", Kind::Event),
            ("INDEX", Kind::Index),
        ];
        kinds
            .into_iter()
            .find_map(|(word, kind)| self.take(word).then_some(kind))
    }

    /// The thing with its database, or for an index with its table.
    fn thing(&mut self, kind: Kind) -> Option<Thing> {
        let mut name = self.name()?;
        if kind == Kind::Index {
            while !self.take("ON") {
                self.at += 1;
                (!self.at_end()).then_some(())?;
            }
            let table = self.thing(Kind::Table)?;
            return Some(Thing {
                kind,
                database: table.database,
                table: Some(table.name),
                name,
            });
        }
        let mut database = None;
        if self.take(".") {
            database = Some(name);
            name = self.name()?;
        }
        Some(Thing {
            kind,
            database,
            table: None,
            name,
        })
    }

    /// Whether a new table gets rows from elsewhere, which may be there or not.
    fn has_rows(&self) -> bool {
        let rows = self.tokens.get(self.at..).unwrap_or_default();
        let is =
            |token: Option<&(TokenKind, &str)>, word: &str| token.is_some_and(|token| is_word(*token, word));
        (0..rows.len()).any(|at| {
            let next = rows.get(at + 1);
            is(rows.get(at), "SELECT")
                || is(rows.get(at), "TABLE")
                || (is(rows.get(at), "VALUES") && (is(next, "(") || is(next, "ROW")))
        })
    }

    /// How many changes there are, with commas between them.
    fn changes(&mut self) -> usize {
        let mut depth = 0_usize;
        let mut count = 1;
        for (kind, text) in self.tokens.iter().skip(self.at) {
            match *text {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                "," if depth == 0 && *kind == TokenKind::Symbol => count += 1,
                _ => {}
            }
        }
        count
    }

    /// A name, without its quotes.
    fn name(&mut self) -> Option<String> {
        let (kind, text) = *self.tokens.get(self.at)?;
        let name = match kind {
            TokenKind::Word => text.to_owned(),
            TokenKind::QuotedName => text.strip_prefix('`')?.strip_suffix('`')?.replace("``", "`"),
            _ => return None,
        };
        self.at += 1;
        Some(name)
    }

    fn condition(&mut self, words: &[&str]) {
        let _ = self.take_all(words);
    }

    fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn has(&self, word: &str) -> bool {
        let mut rest = self.tokens.iter().skip(self.at);
        rest.any(|token| is_word(*token, word))
    }

    fn is(&self, word: &str) -> bool {
        self.tokens
            .get(self.at)
            .is_some_and(|token| is_word(*token, word))
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.is(word);
        self.at += usize::from(is_next);
        is_next
    }

    fn take_all(&mut self, words: &[&str]) -> bool {
        let rest = self.tokens.iter().skip(self.at);
        let matching = rest
            .zip(words)
            .filter(|(token, word)| is_word(**token, word))
            .count();
        let are_next = matching == words.len();
        self.at += if are_next { words.len() } else { 0 };
        are_next
    }

    fn expect(&mut self, word: &str) -> Option<()> {
        self.take(word).then_some(())
    }
}

fn is_word((kind, text): (TokenKind, &str), word: &str) -> bool {
    let quoted = matches!(kind, TokenKind::String | TokenKind::QuotedName);
    !quoted && text.eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(sql: &str) -> String {
        let name = |thing: &Thing| {
            let parts = [&thing.database, &thing.table, &Some(thing.name.clone())];
            let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            format!("{:?} {}", thing.kind, parts.join("."))
        };
        match Words::new(sql).and_then(Words::subject) {
            Some(Subject::Create(thing)) => format!("+ {}", name(&thing)),
            Some(Subject::Drop(thing)) => format!("- {}", name(&thing)),
            Some(Subject::Rename(from, to)) => format!("{} > {}", name(&from), name(&to)),
            Some(Subject::Repeatable) => "again".to_owned(),
            None => "unknown".to_owned(),
        }
    }

    #[test]
    fn a_statement_that_one_name_tells_of_is_known() {
        for (sql, expected) in [
            ("create table t (a INT, b INT)", "+ Table t"),
            ("CREATE TABLE IF NOT EXISTS `a`.`b``c` LIKE t", "+ Table a.b`c"),
            (
                "CREATE DEFINER=`a`@`%` SQL SECURITY INVOKER VIEW v AS SELECT 1",
                "+ View v",
            ),
            (
                "CREATE DEFINER = CURRENT_USER() TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @a = 1",
                "+ Trigger g",
            ),
            ("CREATE PROCEDURE p() BEGIN SELECT 1, 2; END", "+ Procedure p"),
            ("CREATE FUNCTION f() RETURNS INT RETURN 1", "+ Function f"),
            ("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", "+ Event e"),
            ("CREATE UNIQUE INDEX i USING BTREE ON d.t (a, b)", "+ Index d.t.i"),
            ("DROP INDEX i ON t", "- Index t.i"),
            ("DROP TABLE IF EXISTS t", "- Table t"),
            ("DROP EVENT e", "- Event e"),
            (
                "ALTER TABLE t ADD COLUMN `c` DECIMAL(3, 1) AFTER a",
                "+ Column t.c",
            ),
            ("ALTER TABLE d.t DROP COLUMN c", "- Column d.t.c"),
            ("ALTER TABLE t RENAME COLUMN a TO b", "Column t.a > Column t.b"),
            ("ALTER TABLE t RENAME INDEX a TO b", "Index t.a > Index t.b"),
            ("ALTER TABLE t RENAME TO u", "Table t > Table u"),
            ("CREATE OR REPLACE VIEW v AS SELECT 1", "again"),
        ] {
            assert_eq!(subject(sql), expected, "{sql}");
        }
    }

    #[test]
    fn what_a_name_does_not_tell_of_is_not_known() {
        for sql in [
            "CREATE TABLE t AS SELECT 1",
            "CREATE TABLE t (a INT) VALUES (1)",
            "CREATE TABLE t TABLE u",
            "CREATE OR REPLACE TABLE t (a INT)",
            "CREATE TEMPORARY TABLE t (a INT)",
            "CREATE FUNCTION f RETURNS INTEGER SONAME 'f.so'",
            "CREATE EVENT e ON SCHEDULE AT now() DO SELECT 1",
            "DROP TABLE t, u",
            "ALTER TABLE t ADD COLUMN a INT, ADD COLUMN b INT",
            "ALTER TABLE t ADD COLUMN (a INT, b INT)",
            "ALTER TABLE t ADD COLUMN a INT /*!80000 , DROP COLUMN b */",
            "ALTER TABLE t ADD INDEX (a)",
            "ALTER TABLE t MODIFY a BIGINT",
            "UPDATE t SET a = 1",
            "CREATE",
        ] {
            assert_eq!(subject(sql), "unknown", "{sql}");
        }
    }
}
