//! Which thing a statement makes, takes away or renames.

use limbeck_core::sql::Case;
use limbeck_core::sql::TokenKind;
use limbeck_core::sql::Tokens;

use super::Kind;
use super::Subject;
use super::Thing;
use crate::dialect::RULES;

/// The tokens of a statement, from the next one on.
#[derive(Clone, Debug)]
pub(super) struct Words<'a>(Tokens<'a>);

impl<'a> Words<'a> {
    /// None where a comment may hold what only some servers carry out.
    pub(super) fn new(sql: &'a str) -> Option<Self> {
        let is_plain = !sql.contains("/*!") && !sql.contains("/*M!");
        is_plain.then(|| Self(Tokens::new(sql, &RULES, Case::Ignored)))
    }

    /// The subject of the statement; none when its trace is not known.
    pub(super) fn subject(mut self) -> Option<Subject> {
        if self.0.take("CREATE") {
            return self.create();
        }
        if self.0.take("DROP") {
            return self.drop();
        }
        self.0.take("ALTER").then_some(())?;
        self.alter()
    }

    fn create(&mut self) -> Option<Subject> {
        let replaces = self.0.take("OR");
        if replaces {
            self.0.require("REPLACE")?;
        }
        self.attributes()?;
        if ["UNIQUE", "FULLTEXT", "SPATIAL"]
            .iter()
            .any(|word| self.0.take(word))
            && !self.0.is("INDEX")
        {
            return None;
        }
        let kind = self.kind()?;
        if replaces {
            return (kind != Kind::Table).then_some(Subject::Repeatable);
        }
        self.0.take_all(&["IF", "NOT", "EXISTS"]);
        let thing = self.thing(kind)?;
        let tells = match kind {
            Kind::Table => !self.has_rows(),
            // A function of a library is not in the catalogue.
            Kind::Function => !self.0.has("SONAME"),
            // One that is over has gone.
            Kind::Event => self.0.has("EVERY") && !self.0.has("ENDS"),
            _ => true,
        };
        tells.then_some(Subject::Create(thing))
    }

    fn drop(&mut self) -> Option<Subject> {
        let kind = self.kind()?;
        self.0.take_all(&["IF", "EXISTS"]);
        let thing = self.thing(kind)?;
        (!self.0.has(",")).then_some(Subject::Drop(thing))
    }

    /// ALTER TABLE with a single change.
    fn alter(&mut self) -> Option<Subject> {
        self.0.require("TABLE")?;
        let table = self.thing(Kind::Table)?;
        if self.changes() != 1 {
            return None;
        }
        let inside = |kind, name| Thing {
            kind,
            database: table.database.clone(),
            table: Some(table.name.clone()),
            name,
        };
        if self.0.take_all(&["ADD", "COLUMN"]) {
            self.0.take_all(&["IF", "NOT", "EXISTS"]);
            return Some(Subject::Create(inside(Kind::Column, self.name()?)));
        }
        if self.0.take_all(&["DROP", "COLUMN"]) {
            self.0.take_all(&["IF", "EXISTS"]);
            return Some(Subject::Drop(inside(Kind::Column, self.name()?)));
        }
        self.0.require("RENAME")?;
        let kind = match (self.0.take("COLUMN"), self.0.take("INDEX") || self.0.take("KEY")) {
            (true, _) => Kind::Column,
            (_, true) => Kind::Index,
            _ => {
                let _ = self.0.take("TO") || self.0.take("AS") || self.0.take("=");
                let to = self.thing(Kind::Table)?;
                return self.0.at_end().then_some(Subject::Rename(table, to));
            }
        };
        let from = inside(kind, self.name()?);
        self.0.require("TO")?;
        let to = inside(kind, self.name()?);
        self.0.at_end().then_some(Subject::Rename(from, to))
    }

    /// What may stand between CREATE and the kind.
    fn attributes(&mut self) -> Option<()> {
        loop {
            if self.0.take("ALGORITHM") {
                self.0.require("=")?;
                self.0.skip(1);
            } else if self.0.take("DEFINER") {
                self.0.require("=")?;
                self.0.skip(1);
                if self.0.take("(") {
                    self.0.require(")")?;
                }
                self.host();
            } else if self.0.take_all(&["SQL", "SECURITY"]) {
                self.0.skip(1);
            } else {
                return Some(());
            }
        }
    }

    /// The host behind a user's name, which may be one token with its sign.
    fn host(&mut self) {
        let sign = self.0.peek().filter(|(_, text)| text.starts_with('@'));
        self.0.skip(match sign {
            Some((_, "@")) => 2,
            Some(_) => 1,
            None => 0,
        });
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
            .find_map(|(word, kind)| self.0.take(word).then_some(kind))
    }

    /// The thing with its database, or for an index with its table.
    fn thing(&mut self, kind: Kind) -> Option<Thing> {
        let mut name = self.name()?;
        if kind == Kind::Index {
            while !self.0.take("ON") {
                self.0.skip(1);
                (!self.0.at_end()).then_some(())?;
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
        if self.0.take(".") {
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
        let is_values = |at| self.0.is_at(at + 1, "(") || self.0.is_at(at + 1, "ROW");
        (0..self.0.rest().len()).any(|at| {
            self.0.is_at(at, "SELECT")
                || self.0.is_at(at, "TABLE")
                || (self.0.is_at(at, "VALUES") && is_values(at))
        })
    }

    /// How many changes there are, with commas between them.
    fn changes(&self) -> usize {
        let mut depth = 0_usize;
        let mut count = 1;
        for (kind, text) in self.0.rest() {
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
        let (kind, text) = self.0.peek()?;
        let name = match kind {
            TokenKind::Word => text.to_owned(),
            TokenKind::QuotedName => text.strip_prefix('`')?.strip_suffix('`')?.replace("``", "`"),
            _ => return None,
        };
        self.0.skip(1);
        Some(name)
    }
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
