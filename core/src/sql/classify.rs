//! What kind of statement a text is, by its keywords.

use super::LexicalRules;
use super::TokenKind;
use super::significant::Piece;
use super::significant::significant;

/// What a statement does, as far as its keywords tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatementClass {
    /// Nothing: there is no statement.
    Empty,
    /// It changes the schema, or how tables are stored: `CREATE`, `ALTER`, `DROP`, `TRUNCATE`, `GRANT`…
    Schema,
    /// It changes rows: `INSERT`, `UPDATE`, `DELETE`, `MERGE`, `REPLACE`, `COPY`, `LOAD DATA`.
    Rows,
    /// It reads: `SELECT`, `VALUES`, `SHOW`, `EXPLAIN`…
    Query,
    /// It begins, ends or divides a transaction: `BEGIN`, `COMMIT`, `SAVEPOINT`, `LOCK TABLES`, `SET autocommit`…
    Transaction,
    /// It changes the session: `SET`, `USE`, `PRAGMA`…
    Session,
    /// It runs code that the text does not show: `DO`, `CALL`, `EXECUTE`.
    Opaque,
    /// Its first keyword is not known. Treat it as a change of the schema that may touch anything.
    Unknown,
}

/// The class of the first statement in `sql`. Code in `/*! … */` counts as if it stood alone.
///
/// ```
/// use limbeck_core::sql::{LexicalRules, StatementClass, classify};
///
/// let class = |sql| classify(sql, &LexicalRules::STANDARD);
/// assert_eq!(class("-- why\nALTER TABLE a ADD COLUMN b INTEGER"), StatementClass::Schema);
/// assert_eq!(class("WITH old AS (DELETE FROM a RETURNING id) SELECT * FROM old"), StatementClass::Rows);
/// assert_eq!(class("FROBNICATE"), StatementClass::Unknown);
/// ```
pub fn classify(sql: &str, rules: &LexicalRules) -> StatementClass {
    let mut pieces = significant(sql, rules).skip_while(|piece| piece.is_symbol("("));
    let Some(first) = pieces.next() else {
        return StatementClass::Empty;
    };
    if first.is(&["SELECT", "VALUES", "TABLE", "WITH"]) {
        return class_of_query(first, pieces);
    }
    if first.is(&["EXPLAIN", "DESCRIBE", "DESC"]) {
        return class_of_explained(sql, pieces, rules);
    }
    if first.is(&["SET"]) {
        return class_of_set(pieces);
    }
    class_of_pair(first, pieces.next()).unwrap_or_else(|| class_of_keyword(first))
}

/// Keywords that alone tell the class.
const KEYWORDS: [(StatementClass, &[&str]); 6] = [
    (
        StatementClass::Schema,
        &[
            "CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "COMMENT", "GRANT", "REVOKE", "REASSIGN",
            "SECURITY", "IMPORT", "REFRESH", "REINDEX", "VACUUM", "ANALYZE", "ANALYSE", "CLUSTER",
            "OPTIMIZE", "REPAIR",
        ],
    ),
    (
        StatementClass::Rows,
        &["INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "COPY"],
    ),
    (StatementClass::Query, &["SHOW", "FETCH"]),
    (
        StatementClass::Transaction,
        &[
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "END",
            "ABORT",
            "SAVEPOINT",
            "RELEASE",
            "XA",
        ],
    ),
    (
        StatementClass::Session,
        &[
            "RESET",
            "USE",
            "PRAGMA",
            "DISCARD",
            "LISTEN",
            "UNLISTEN",
            "NOTIFY",
            "PREPARE",
            "DEALLOCATE",
            "DECLARE",
            "MOVE",
            "CLOSE",
            "LOCK",
            "UNLOCK",
            "LOAD",
            "ATTACH",
            "DETACH",
        ],
    ),
    (StatementClass::Opaque, &["DO", "CALL", "EXECUTE", "EXEC"]),
];

fn class_of_keyword(first: Piece<'_>) -> StatementClass {
    let found = KEYWORDS.iter().find(|(_, keywords)| first.is(keywords));
    found.map_or(StatementClass::Unknown, |(class, _)| *class)
}

/// Statements that take two keywords to know.
const PAIRS: [(StatementClass, &str, &[&str]); 6] = [
    (StatementClass::Transaction, "START", &["TRANSACTION"]),
    (StatementClass::Transaction, "PREPARE", &["TRANSACTION"]),
    (StatementClass::Transaction, "LOCK", &["TABLES"]),
    (StatementClass::Transaction, "UNLOCK", &["TABLES"]),
    (StatementClass::Opaque, "BEGIN", &["NOT"]),
    (StatementClass::Rows, "LOAD", &["DATA", "XML"]),
];

fn class_of_pair(first: Piece<'_>, second: Option<Piece<'_>>) -> Option<StatementClass> {
    let second = second?;
    let found = PAIRS
        .iter()
        .find(|(_, one, other)| first.is(&[one]) && second.is(other));
    found.map(|(class, _, _)| *class)
}

const ROW_VERBS: [&str; 4] = ["INSERT", "UPDATE", "DELETE", "MERGE"];

/// A query reads, unless it creates a table (`SELECT … INTO t`) or a part of it changes rows.
fn class_of_query<'a>(first: Piece<'a>, pieces: impl Iterator<Item = Piece<'a>>) -> StatementClass {
    let mut depth = 0_usize;
    let mut before = first;
    let mut main_verb = (!first.is(&["WITH"])).then_some(first);
    let mut creates = false;
    for piece in pieces {
        if piece.is(&ROW_VERBS) && before.is_symbol("(") {
            return StatementClass::Rows;
        }
        let may_lead = depth == 0 && main_verb.is_none();
        if may_lead && (piece.is(&ROW_VERBS) || piece.is(&["SELECT", "VALUES", "TABLE", "REPLACE"])) {
            main_verb = Some(piece);
        }
        creates |= before.is(&["INTO"]) && names_a_table(piece);
        depth = match piece {
            piece if piece.is_symbol("(") => depth + 1,
            piece if piece.is_symbol(")") => depth.saturating_sub(1),
            _ => depth,
        };
        before = piece;
    }
    match main_verb {
        Some(verb) if verb.is(&ROW_VERBS) || verb.is(&["REPLACE"]) => StatementClass::Rows,
        _ if creates => StatementClass::Schema,
        _ => StatementClass::Query,
    }
}

/// `SELECT … INTO @variable` and `INTO OUTFILE 'x'` create no table.
fn names_a_table(after_into: Piece<'_>) -> bool {
    matches!(after_into.kind, TokenKind::Word | TokenKind::QuotedName)
        && !after_into.is(&["OUTFILE", "DUMPFILE"])
}

/// `EXPLAIN` reads; `EXPLAIN ANALYZE` runs what it explains.
fn class_of_explained<'a>(
    sql: &str,
    pieces: impl Iterator<Item = Piece<'a>>,
    rules: &LexicalRules,
) -> StatementClass {
    let mut runs = false;
    for piece in pieces {
        runs |= piece.is(&["ANALYZE", "ANALYSE"]);
        let leads =
            piece.is(&ROW_VERBS) || piece.is(&["SELECT", "VALUES", "WITH", "REPLACE", "CREATE", "EXECUTE"]);
        if leads {
            let explained = sql.get(piece.span.start..).unwrap_or_default();
            return if runs {
                classify(explained, rules)
            } else {
                StatementClass::Query
            };
        }
    }
    StatementClass::Query
}

/// `SET` belongs to the session; `SET autocommit` also ends a transaction.
fn class_of_set<'a>(mut pieces: impl Iterator<Item = Piece<'a>>) -> StatementClass {
    let commits = pieces.any(|piece| {
        piece
            .text
            .trim_start_matches('@')
            .eq_ignore_ascii_case("autocommit")
    });
    if commits {
        StatementClass::Transaction
    } else {
        StatementClass::Session
    }
}

#[cfg(test)]
mod tests {
    use super::StatementClass::*;
    use super::*;
    use crate::sql::test_rules::ALL;
    use crate::sql::test_rules::MYSQL;
    use crate::sql::test_rules::POSTGRES;
    use crate::sql::test_rules::sql_like;

    fn check(rules: &LexicalRules, table: &[(&str, StatementClass)]) {
        for (sql, expected) in table {
            assert_eq!(classify(sql, rules), *expected, "of {sql:?}");
        }
    }

    #[test]
    fn by_the_first_keyword() {
        check(
            &POSTGRES,
            &[
                ("", Empty),
                (" -- a\n ; /* b */", Empty),
                ("create table a (b int)", Schema),
                ("/* a */ Drop Index i", Schema),
                ("COMMENT ON TABLE a IS 'SELECT'", Schema),
                ("insert into a values (1)", Rows),
                ("COPY a FROM stdin", Rows),
                ("SELECT 1", Query),
                ("((SELECT 1) UNION (SELECT 2))", Query),
                ("TABLE a", Query),
                ("BEGIN", Transaction),
                ("START TRANSACTION READ ONLY", Transaction),
                ("PREPARE TRANSACTION 'a'", Transaction),
                ("PREPARE a AS SELECT 1", Session),
                ("ROLLBACK TO SAVEPOINT a", Transaction),
                ("SET search_path TO a", Session),
                ("LOCK TABLE a IN EXCLUSIVE MODE", Session),
                ("DO $$ BEGIN COMMIT; END $$", Opaque),
                ("CALL p()", Opaque),
                ("\"create\" table a", Unknown),
                ("'a'", Unknown),
                ("START REPLICA", Unknown),
                ("creates table a", Unknown),
            ],
        );
    }

    #[test]
    fn queries_that_change_something() {
        check(
            &POSTGRES,
            &[
                ("WITH a AS (SELECT 1) SELECT * FROM a FOR UPDATE", Query),
                (
                    "WITH a AS (SELECT 1), b AS (DELETE FROM c RETURNING *) SELECT 1",
                    Rows,
                ),
                ("WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a", Rows),
                ("WITH RECURSIVE a (n) AS (VALUES (1)) UPDATE b SET c = 1", Rows),
                ("SELECT * INTO TEMP a FROM b", Schema),
                ("SELECT * FROM a FOR UPDATE", Query),
                ("EXPLAIN DELETE FROM a", Query),
                ("EXPLAIN (ANALYZE, BUFFERS) DELETE FROM a", Rows),
                ("EXPLAIN ANALYZE SELECT 1", Query),
                ("EXPLAIN QUERY PLAN SELECT 1", Query),
            ],
        );
    }

    #[test]
    fn what_only_one_family_has() {
        check(
            &MYSQL,
            &[
                ("SELECT 1 INTO @a", Query),
                ("SELECT 1 INTO OUTFILE 'a'", Query),
                ("SET autocommit = 0", Transaction),
                ("SET SESSION autocommit=1", Transaction),
                ("SET @@autocommit = 1", Transaction),
                ("SET NAMES utf8mb4", Session),
                ("/*!40101 SET NAMES utf8mb4 */", Session),
                ("/*!50001 CREATE */ /*!50001 VIEW a AS SELECT 1 */", Schema),
                ("/*M! DROP TABLE a", Schema),
                ("/*+ NO_ICP(t) */", Empty),
                ("/*! /*! DROP */ */", Empty),
                ("LOCK TABLES a WRITE", Transaction),
                ("UNLOCK TABLES", Transaction),
                ("LOAD DATA INFILE 'a' INTO TABLE b", Rows),
                ("BEGIN NOT ATOMIC SET @a = 1; END", Opaque),
                ("DELIMITER //\nDROP TABLE a//", Schema),
            ],
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_a_class(text in sql_like()) {
            for rules in &ALL {
                classify(&text, rules);
            }
        }
    }
}
