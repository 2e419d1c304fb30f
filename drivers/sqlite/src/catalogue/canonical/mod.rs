//! What a text says: SQLite keeps each as somebody wrote it.
//!
//! Two texts say the same when they differ in comments and blanks, in the case of keywords and types, and in the quotes
//! around what is certainly a name. `"x"` is a string where there is nothing of that name, so it is only a name where no
//! string can stand, or where a column of the table has that name.

mod body;
mod parts;
mod table;
mod token;

pub(crate) use body::Body;
pub(crate) use table::of_read_table;
pub(crate) use table::of_table;

use limbeck_core::schema::Name;

use self::token::Written;

/// Tokens with one blank between them.
fn said<'a>(words: impl IntoIterator<Item = std::borrow::Cow<'a, str>>) -> String {
    let words: Vec<_> = words.into_iter().collect();
    words.join(" ")
}

/// The text of a virtual table, whose module reads what stands between its parentheses.
pub(crate) fn of_virtual(text: &str) -> String {
    said(token::written(text).iter().map(|token| token.text.into()))
}

/// A token of an expression, with what stands around it. The known names are those of the table and its columns.
fn in_expression(tokens: &[Written<'_>], at: usize, known: &[Name]) -> String {
    let Some(token) = tokens.get(at) else {
        return String::new();
    };
    let last = at.checked_sub(1).and_then(|at| tokens.get(at));
    let next = tokens.get(at + 1);
    let is_dot = |token: Option<&Written<'_>>| token.is_some_and(|token| token.is("."));
    if last.is_some_and(|last| last.is_one_of(&["COLLATE"])) {
        return token.collation();
    }
    if is_dot(next) && token.is_one_of(&["NEW", "OLD"]) {
        return token.word();
    }
    if token.is_surely_name() || is_dot(last) || is_dot(next) {
        return token.name(known);
    }
    let is_call = next.is_some_and(|next| next.is("("));
    token.anywhere(known, is_call)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> String {
        of_table(text).unwrap()
    }

    #[test]
    fn a_table_says_the_same_in_other_writing() {
        let one = table(
            "CREATE TABLE t (id integer primary key, \"a\" varchar(10) not null default 'x' collate nocase, \
             c int references o (id) on delete cascade, check (a <> ''), unique (a, c)) without rowid, strict",
        );
        let two = table(
            "CREATE TABLE \"t\"( -- the table\n [id] INTEGER PRIMARY KEY,`a` VARCHAR ( 10 ) NOT NULL DEFAULT 'x' \
             COLLATE NOCASE,\n/* c */ c INT REFERENCES [o](\"id\") ON DELETE CASCADE, CHECK(t.\"a\"<>''), \
             UNIQUE(A ASC, \"c\"))STRICT,WITHOUT ROWID",
        );
        assert_eq!(one, two);
    }

    #[test]
    fn a_constraint_says_the_same_in_its_column_and_behind_all() {
        let one = table(
            "CREATE TABLE t (id INT NOT NULL PRIMARY KEY ASC, a TEXT DEFAULT 'x' NOT NULL UNIQUE CHECK (a <> ''), \
             b INT CONSTRAINT b_known REFERENCES o (id) DEFERRABLE INITIALLY DEFERRED NOT NULL)",
        );
        let two = table(
            "CREATE TABLE t (id INT NOT NULL, a TEXT NOT NULL DEFAULT 'x', b INT NOT NULL, CONSTRAINT uq_t_a UNIQUE (a), \
             CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT ck_t_a CHECK (a <> ''), \
             CONSTRAINT b_known FOREIGN KEY (b) REFERENCES o (id) DEFERRABLE INITIALLY DEFERRED)",
        );
        assert_eq!(one, two);
    }

    #[test]
    fn what_may_mean_something_else_is_told_apart() {
        for (one, two) in [
            ("CREATE TABLE t (a)", "CREATE TABLE t (A)"),
            (
                "CREATE TABLE t (id INTEGER PRIMARY KEY DESC)",
                "CREATE TABLE t (id INTEGER, PRIMARY KEY (id))",
            ),
            (
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
                "CREATE TABLE t (id INTEGER PRIMARY KEY)",
            ),
            (
                "CREATE TABLE t (a UNIQUE)",
                "CREATE TABLE t (a CONSTRAINT other UNIQUE)",
            ),
            ("CREATE TABLE t (key)", "CREATE TABLE t (KEY)"),
            ("CREATE TABLE t (a DEFAULT \"a\")", "CREATE TABLE t (a DEFAULT a)"),
            (
                "CREATE TABLE t (a CHECK (a <> \"x\"))",
                "CREATE TABLE t (a CHECK (a <> x))",
            ),
            ("CREATE TABLE t (a DEFAULT 'x')", "CREATE TABLE t (a DEFAULT 'X')"),
            (
                "CREATE TABLE t (a DEFAULT ('a'))",
                "CREATE TABLE t (a DEFAULT (\"a\"))",
            ),
            ("CREATE TABLE t (a INT)", "CREATE TABLE t (a INT) STRICT"),
            (
                "CREATE TABLE t (a, PRIMARY KEY (a DESC))",
                "CREATE TABLE t (a, PRIMARY KEY (a))",
            ),
        ] {
            assert_ne!(table(one), table(two), "{one}");
        }
        for (one, two) in [
            (
                "CREATE VIEW v AS SELECT \"a\" FROM t",
                "CREATE VIEW v AS SELECT a FROM t",
            ),
            (
                "CREATE VIEW v AS SELECT a AS b FROM t",
                "CREATE VIEW v AS SELECT a AS B FROM t",
            ),
            (
                "CREATE VIEW v AS SELECT a IS DISTINCT FROM \"b\"",
                "CREATE VIEW v AS SELECT a IS DISTINCT FROM b",
            ),
        ] {
            assert_ne!(Body::View.canonical(one), Body::View.canonical(two), "{one}");
        }
    }

    #[test]
    fn a_name_is_a_name_in_any_quotes() {
        for (one, two) in [
            ("CREATE TABLE t (key text)", "CREATE TABLE [t] (`key` TEXT)"),
            (
                "CREATE TABLE t (a, g AS (a + 1))",
                "CREATE TABLE t (a, g GENERATED ALWAYS AS (\"A\" + 1))",
            ),
            (
                "CREATE TABLE t (\"a b\", CHECK (\"a b\" > 0))",
                "CREATE TABLE t ('a b', CHECK ([a b] > 0))",
            ),
            (
                "CREATE TABLE t (a CONSTRAINT k UNIQUE)",
                "CREATE TABLE t (a CONSTRAINT \"k\" UNIQUE)",
            ),
        ] {
            assert_eq!(table(one), table(two), "{one}");
        }
        let view = |text| Body::View.canonical(text);
        assert_eq!(
            view("CREATE VIEW v (a) AS select x.b as c from t as x"),
            view("CREATE VIEW [v](\"a\") AS SELECT \"x\".`b` AS \"c\" FROM \"t\" AS x")
        );
        let trigger = |text| Body::Trigger.canonical(text);
        assert_eq!(
            trigger("CREATE TRIGGER g after update of a on t begin update o set a = new.a; end"),
            trigger(
                "CREATE TRIGGER \"g\" AFTER UPDATE OF \"a\" ON [t] BEGIN UPDATE \"o\" SET a=NEW.\"a\"; END"
            )
        );
    }
}
