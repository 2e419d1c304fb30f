//! DDL that is refused.

use super::refusals;

#[test]
fn statements() {
    insta::assert_snapshot!(refusals(&[
        "",
        "BEGIN",
        "GRANT SELECT ON a TO b",
        "TRUNCATE a",
        "CRAETE TABLE a (b TEXT)",
        "CREATE TABEL a (b TEXT)",
        "CREATE UNIQUE INDX ON a (b)",
        "CREATE UNQUE INDEX ON a (b)",
        "DROP VEIW a",
        "ALTER TBLE a DROP COLUMN b",
        "INSERT INOT a VALUES (1)",
        "CREATE FUNCTION f() RETURNS INTEGER",
        "CREATE TEMPORARY TABLE a (b TEXT)",
        "CREATE TYPE mood AS ENUM ('a')",
        "CREATE OR REPLACE VIEW v AS SELECT 1",
        "CREATE",
        "DROP TABLE IF EXISTS a",
        "DROP TABLE a CASCADE",
        "DROP TABLE a, b",
        "DROP INDEX i ON a",
        "DROP TRIGGER t",
        "DROP TABLE a; DROP TABLE b",
        "DROP TABLE a b",
        "ALTER INDEX i RENAME TO j",
        "COMMENT ON INDEX i IS 'x'",
        "COMMENT ON COLUMN a IS 'x'",
        "COMMENT ON TABLE a IS \"x\"",
        "COMMENT ON COLUMN s.a.b IS 'x'",
        "CREATE VIEW v (a, b) AS SELECT 1",
        "CREATE VIEW v AS WITH x AS (SELECT 1) SELECT * FROM x",
    ]), @r#"

      [] expected a statement, but the statement ends here
    BEGIN
      [BEGIN] `BEGIN` does not begin a portable statement
      -> leave it out: each revision runs in a transaction of its own where the engine can
    GRANT SELECT ON a TO b
      [GRANT] `GRANT` does not begin a portable statement
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    TRUNCATE a
      [TRUNCATE] `TRUNCATE` does not begin a portable statement
      -> write DELETE FROM
    CRAETE TABLE a (b TEXT)
      [CRAETE] `CRAETE` does not begin a portable statement
      -> did you mean CREATE?
    CREATE TABEL a (b TEXT)
      [CREATE TABEL] `CREATE TABEL` is not portable
      -> did you mean TABLE?
    CREATE UNIQUE INDX ON a (b)
      [INDX] expected `INDEX`, found `INDX`
      -> did you mean INDEX?
    CREATE UNQUE INDEX ON a (b)
      [CREATE UNQUE] `CREATE UNQUE` is not portable
      -> did you mean UNIQUE?
    DROP VEIW a
      [DROP VEIW] `DROP VEIW` is not portable
      -> did you mean VIEW?
    ALTER TBLE a DROP COLUMN b
      [ALTER TBLE] `ALTER TBLE` is not portable
      -> did you mean TABLE?
    INSERT INOT a VALUES (1)
      [INOT] expected `INTO`, found `INOT`
      -> did you mean INTO?
    CREATE FUNCTION f() RETURNS INTEGER
      [CREATE FUNCTION] `CREATE FUNCTION` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    CREATE TEMPORARY TABLE a (b TEXT)
      [CREATE TEMPORARY] `CREATE TEMPORARY` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    CREATE TYPE mood AS ENUM ('a')
      [CREATE TYPE] `CREATE TYPE` is not portable
      -> write ENUM('a', 'b') as the column's type, or a CHECK
    CREATE OR REPLACE VIEW v AS SELECT 1
      [CREATE OR REPLACE] `CREATE OR REPLACE` is not portable
      -> drop it first, in a statement before this one
    CREATE
      [] expected the kind of object, but the statement ends here
    DROP TABLE IF EXISTS a
      [IF EXISTS] `IF EXISTS` is not portable
      -> leave IF [NOT] EXISTS out: the history knows what exists
    DROP TABLE a CASCADE
      [CASCADE] `CASCADE` is not portable
      -> leave it out, and drop what depends on it in statements before this one
    DROP TABLE a, b
      [,] DROP TABLE drops one at a time in portable SQL
      -> write a statement for each
    DROP INDEX i ON a
      [ON] DROP INDEX names no table
      -> leave ON out: names of indexes are unique
    DROP TRIGGER t
      [DROP TRIGGER] `DROP TRIGGER` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    DROP TABLE a; DROP TABLE b
      [;] a second statement begins here
      -> parse one statement at a time
    DROP TABLE a b
      [b] expected the end of the statement, found `b`
    ALTER INDEX i RENAME TO j
      [ALTER INDEX] `ALTER INDEX` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    COMMENT ON INDEX i IS 'x'
      [INDEX] expected `TABLE` or `COLUMN`, found `INDEX`
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    COMMENT ON COLUMN a IS 'x'
      [IS] expected `.` and the column's name, found `IS`
      -> write table.column
    COMMENT ON TABLE a IS "x"
      ["x"] expected a string or `NULL`, found the name "x"
      -> a string stands between single quotes
    COMMENT ON COLUMN s.a.b IS 'x'
      [s.a] a name qualified by a schema is not portable
      -> leave the schema out: the connection decides it
    CREATE VIEW v (a, b) AS SELECT 1
      [(a, b)] the view names 2 columns, its query gives 1
    CREATE VIEW v AS WITH x AS (SELECT 1) SELECT * FROM x
      [WITH] `WITH` is not portable
      -> write the query as a sub-query: FROM (SELECT …) AS name
    "#);
}

#[test]
fn missing_semicolons() {
    insta::assert_snapshot!(refusals(&[
        "CREATE TABLE a (b TEXT)\nCREATE TABLE c (d TEXT)",
        "CREATE TABLE a (b TEXT)\nCREATE UNIQUE INDEX ON a (b)",
        "CREATE TABLE a (b TEXT)\nCOMMENT ON TABLE a IS 'x'",
        "CREATE TABLE a (b TEXT\nCREATE TABLE c (d TEXT)",
        "CREATE TABLE a (b TEXT)\nINSERT INTO a VALUES ('x')",
        "ALTER TABLE a ADD COLUMN b TEXT\nALTER TABLE a ADD COLUMN c TEXT",
        "ALTER TABLE a DROP COLUMN b DROP COLUMN c",
        "ALTER TABLE a DROP COLUMN b,, DROP COLUMN c",
        "ALTER TABLE a ADD COLUMN b TEXT ADD COLUMN c TEXT",
        "DROP TABLE a\nDROP TABLE b",
        "CREATE INDEX ON a (b)\nCREATE INDEX ON a (c)",
        "UPDATE a SET b = 1\nUPDATE a SET c = 1",
        "UPDATE a SET b = 1\nDROP TABLE c",
        "INSERT INTO a (b) VALUES (1)\nINSERT INTO a (b) VALUES (2)",
        "INSERT INTO a (b) VALUES (1)\nDELETE FROM c",
        "DELETE FROM a WHERE b = 1 DELETE FROM c",
        "CREATE VIEW v AS SELECT b FROM a\nCREATE TABLE c (d TEXT)",
        "DELETE FROM a\nALTER TABLE a DROP COLUMN b",
        "SELECT 1 FROM a drop",
    ]), @r#"
    CREATE TABLE a (b TEXT)
    CREATE TABLE c (d TEXT)
      [CREATE] expected the end of the statement, found `CREATE`
      -> is a `;` missing before it?
    CREATE TABLE a (b TEXT)
    CREATE UNIQUE INDEX ON a (b)
      [CREATE] expected the end of the statement, found `CREATE`
      -> is a `;` missing before it?
    CREATE TABLE a (b TEXT)
    COMMENT ON TABLE a IS 'x'
      [COMMENT] expected the end of the statement, found `COMMENT`
      -> is a `;` missing before it?
    CREATE TABLE a (b TEXT
    CREATE TABLE c (d TEXT)
      [CREATE] expected `,` or `)`, found `CREATE`
      -> is a `)` missing?
    CREATE TABLE a (b TEXT)
    INSERT INTO a VALUES ('x')
      [INSERT] expected the end of the statement, found `INSERT`
      -> is a `;` missing before it?
    ALTER TABLE a ADD COLUMN b TEXT
    ALTER TABLE a ADD COLUMN c TEXT
      [ALTER] expected the end of the statement, found `ALTER`
      -> is a `;` missing before it?
    ALTER TABLE a DROP COLUMN b DROP COLUMN c
      [DROP] expected `,` or the end of the statement, found `DROP`
      -> is a `,` missing before it?
    ALTER TABLE a DROP COLUMN b,, DROP COLUMN c
      [,] nothing follows this comma
      -> leave the comma out
    ALTER TABLE a ADD COLUMN b TEXT ADD COLUMN c TEXT
      [ADD] expected `,` or the end of the statement, found `ADD`
      -> is a `,` missing before it?
    DROP TABLE a
    DROP TABLE b
      [DROP] expected the end of the statement, found `DROP`
      -> is a `;` missing before it?
    CREATE INDEX ON a (b)
    CREATE INDEX ON a (c)
      [CREATE] expected the end of the statement, found `CREATE`
      -> is a `;` missing before it?
    UPDATE a SET b = 1
    UPDATE a SET c = 1
      [UPDATE] expected the end of the statement, found `UPDATE`
      -> is a `;` missing before it?
    UPDATE a SET b = 1
    DROP TABLE c
      [DROP] expected the end of the statement, found `DROP`
      -> is a `;` missing before it?
    INSERT INTO a (b) VALUES (1)
    INSERT INTO a (b) VALUES (2)
      [INSERT] expected the end of the statement, found `INSERT`
      -> is a `;` missing before it?
    INSERT INTO a (b) VALUES (1)
    DELETE FROM c
      [DELETE] expected the end of the statement, found `DELETE`
      -> is a `;` missing before it?
    DELETE FROM a WHERE b = 1 DELETE FROM c
      [DELETE] expected the end of the statement, found `DELETE`
      -> is a `;` missing before it?
    CREATE VIEW v AS SELECT b FROM a
    CREATE TABLE c (d TEXT)
      [CREATE] expected the end of the statement, found `CREATE`
      -> is a `;` missing before it?
    DELETE FROM a
    ALTER TABLE a DROP COLUMN b
      [ALTER] expected the end of the statement, found `ALTER`
      -> is a `;` missing before it?
    SELECT 1 FROM a drop
      accepted: [Data(DataStatement { kind: Select, table: None, columns: [], run: TokenRun([Keyword("SELECT"), Number("1"), Keyword("FROM"), Name(Name("a")), Name(Name("drop"))]) })]
    "#);
}

#[test]
fn tables() {
    insta::assert_snapshot!(refusals(&[
        "CREATE TABLE IF NOT EXISTS a (b TEXT)",
        "CREATE TABLE main.a (b TEXT)",
        "CREATE TABLE a AS SELECT 1",
        "CREATE TABLE a (LIKE b)",
        "CREATE TABLE a (PRIMARY KEY (b))",
        "CREATE TABLE a (b TEXT,)",
        "CREATE TABLE a (b TEXT",
        "CREATE TABLE a (b TEXT c TEXT)",
        "CREATE TABLE a (b TEXT note VARCHAR(5), d TEXT)",
        "CREATE TABLE a (b TEXT NOT NULL,, c TEXT)",
        "CREATE TABLE a (b TEXT NUT NULL, c TEXT)",
        "CREATE TABLE a (b INTEGER PRIMERY KEY)",
        "CREATE TABLE a (b INTEGER, PRIMARY KEY (b c))",
        "CREATE TABLE a (b INTEGER UNIQUE (b))",
        "CREATE TABLE a (b TEXT) ENGINE=InnoDB",
        "CREATE TABLE a (b TEXT) COMMENT 'x'",
        "CREATE TABLE a (b TEXT, b TEXT)",
        "CREATE TABLE a (b TEXT, \"B\" TEXT)",
        "CREATE TABLE a (order TEXT)",
        "CREATE TABLE 'a' (b TEXT)",
        "CREATE TABLE `a` (b TEXT)",
        "CREATE TABLE [a] (b TEXT)",
        "CREATE TABLE \"\" (b TEXT)",
        "CREATE TABLE \"a (b TEXT)",
        "CREATE TABLE a123456789012345678901234567890123456789012345678901234567890123 (b TEXT)",
        "CREATE TABLE a (b BIGINT GENERATED BY DEFAULT AS IDENTITY)",
        "CREATE TABLE a (b BIGINT GENERATED BY DEFAULT AS IDENTITY, c TEXT, PRIMARY KEY (b, c))",
        "CREATE TABLE a (b BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY)",
        "CREATE TABLE a (b TEXT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)",
        "CREATE TABLE a (b BIGINT GENERATED BY DEFAULT AS IDENTITY DEFAULT 1 PRIMARY KEY)",
        "CREATE TABLE a (b INTEGER AUTOINCREMENT)",
        "CREATE TABLE a (b INTEGER PRIMARY KEY NULL)",
        "CREATE TABLE a (b INTEGER NOT NULL NULL)",
        "CREATE TABLE a (b INTEGER NOT NULL NOT NULL)",
        "CREATE TABLE a (b INTEGER PRIMARY KEY, c INTEGER PRIMARY KEY)",
        "CREATE TABLE a (b INTEGER, UNIQUE (c))",
        "CREATE TABLE a (b INTEGER, UNIQUE (b, b))",
        "CREATE TABLE a (b INTEGER CONSTRAINT x UNIQUE CONSTRAINT x CHECK (b > 0))",
        "CREATE TABLE a (b INTEGER CONSTRAINT x NOT NULL)",
        "CREATE TABLE a (b INTEGER REFERENCES c (d, e))",
        "CREATE TABLE a (b INTEGER NOT NULL REFERENCES c ON DELETE SET NULL)",
        "CREATE TABLE a (b INTEGER REFERENCES c ON DELETE SET NULL, PRIMARY KEY (b))",
        "CREATE TABLE a (b’s INTEGER)",
        "CREATE TABLE a (b INTEGER REFERENCES c ON DELETE CASCADE ON DELETE CASCADE)",
        "CREATE TABLE a (b INTEGER REFERENCES c MATCH FULL)",
        "CREATE TABLE a (b TEXT COLLATE nocase)",
        "CREATE TABLE a (b INTEGER GENERATED ALWAYS AS (c + 1))",
        "CREATE TABLE a (b TEXT, INDEX (b))",
    ]), @r#"
    CREATE TABLE IF NOT EXISTS a (b TEXT)
      [IF NOT] `IF NOT` is not portable
      -> leave IF [NOT] EXISTS out: the history knows what exists
    CREATE TABLE main.a (b TEXT)
      [main.a] a qualified name is not portable here
      -> leave `main.` out
    CREATE TABLE a AS SELECT 1
      [AS] CREATE TABLE … AS is not portable
      -> create the table with its columns, then INSERT INTO … SELECT …
    CREATE TABLE a (LIKE b)
      [LIKE] CREATE TABLE … (LIKE …) is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    CREATE TABLE a (PRIMARY KEY (b))
      [(PRIMARY KEY (b))] a table needs at least one column
    CREATE TABLE a (b TEXT,)
      [,] nothing follows this comma
      -> leave the comma out
    CREATE TABLE a (b TEXT
      [] expected `,` or `)`, but the statement ends here
      -> is a `)` missing?
    CREATE TABLE a (b TEXT c TEXT)
      [c] expected `,` or `)`, found `c`
      -> is a `,` missing before it?
    CREATE TABLE a (b TEXT note VARCHAR(5), d TEXT)
      [note] expected `,` or `)`, found `note`
      -> is a `,` missing before it?
    CREATE TABLE a (b TEXT NOT NULL,, c TEXT)
      [,] nothing follows this comma
      -> leave the comma out
    CREATE TABLE a (b TEXT NUT NULL, c TEXT)
      [NUT] expected a clause of the column, `,` or `)`, found `NUT`
      -> did you mean NOT?
    CREATE TABLE a (b INTEGER PRIMERY KEY)
      [PRIMERY] expected a clause of the column, `,` or `)`, found `PRIMERY`
      -> did you mean PRIMARY?
    CREATE TABLE a (b INTEGER, PRIMARY KEY (b c))
      [c] expected `,` or `)`, found `c`
      -> is a `,` missing before it?
    CREATE TABLE a (b INTEGER UNIQUE (b))
      [(] expected `,` or `)`, found `(`
    CREATE TABLE a (b TEXT) ENGINE=InnoDB
      [ENGINE] `ENGINE` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    CREATE TABLE a (b TEXT) COMMENT 'x'
      [COMMENT] `COMMENT` is not portable
      -> write COMMENT ON TABLE … IS '…' or COMMENT ON COLUMN … IS '…'
    CREATE TABLE a (b TEXT, b TEXT)
      [b] the column `b` stands twice in the table
    CREATE TABLE a (b TEXT, "B" TEXT)
      ["B"] the names `b` and `B` differ by case only
      -> not every engine tells them apart: write both the same way, or choose another name
    CREATE TABLE a (order TEXT)
      [order] expected a column name, found the keyword `order`
      -> as a name it stands between double quotes: "order"
    CREATE TABLE 'a' (b TEXT)
      ['a'] expected a table name, found the string 'a'
      -> a name stands between double quotes or none
    CREATE TABLE `a` (b TEXT)
      [`] a name in back-ticks is not portable
      -> a name stands between double quotes or none
    CREATE TABLE [a] (b TEXT)
      [[] `[` is not portable
      -> a name stands between double quotes or none, and there are no arrays
    CREATE TABLE "" (b TEXT)
      [""] a name cannot be empty
    CREATE TABLE "a (b TEXT)
      ["] the quoted name is not closed
      -> end it with `"`; a quote inside of it is written twice
    CREATE TABLE a123456789012345678901234567890123456789012345678901234567890123 (b TEXT)
      [a123456789012345678901234567890123456789012345678901234567890123] the name is 64 bytes long, more than the 63 that every engine keeps
      -> choose a shorter name
    CREATE TABLE a (b BIGINT GENERATED BY DEFAULT AS IDENTITY)
      [b] the identity column `b` must be the whole primary key
      -> add PRIMARY KEY to it
    CREATE TABLE a (b BIGINT GENERATED BY DEFAULT AS IDENTITY, c TEXT, PRIMARY KEY (b, c))
      [b] the identity column `b` must be the whole primary key
      -> add PRIMARY KEY to it
    CREATE TABLE a (b BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY)
      [IDENTITY] GENERATED ALWAYS AS IDENTITY is not portable
      -> write GENERATED BY DEFAULT AS IDENTITY
    CREATE TABLE a (b TEXT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)
      [GENERATED BY DEFAULT AS IDENTITY] an identity column is a whole number
      -> write SMALLINT, INTEGER or BIGINT
    CREATE TABLE a (b BIGINT GENERATED BY DEFAULT AS IDENTITY DEFAULT 1 PRIMARY KEY)
      [DEFAULT 1] `b` is generated and cannot have a default
    CREATE TABLE a (b INTEGER AUTOINCREMENT)
      [AUTOINCREMENT] `AUTOINCREMENT` is not portable
      -> write GENERATED BY DEFAULT AS IDENTITY
    CREATE TABLE a (b INTEGER PRIMARY KEY NULL)
      [NULL] `b` is in the primary key and cannot be NULL
      -> leave NULL out
    CREATE TABLE a (b INTEGER NOT NULL NULL)
      [NULL] `b` cannot be NULL
      -> leave NULL out
    CREATE TABLE a (b INTEGER NOT NULL NOT NULL)
      [NOT NULL] this is said twice
    CREATE TABLE a (b INTEGER PRIMARY KEY, c INTEGER PRIMARY KEY)
      [PRIMARY KEY] a table has one primary key
      -> write PRIMARY KEY (a, b) for a key of several columns
    CREATE TABLE a (b INTEGER, UNIQUE (c))
      [UNIQUE (c)] the table has no column `c`
    CREATE TABLE a (b INTEGER, UNIQUE (b, b))
      [b] the column `b` stands twice in this list
    CREATE TABLE a (b INTEGER CONSTRAINT x UNIQUE CONSTRAINT x CHECK (b > 0))
      [CONSTRAINT x CHECK (b > 0)] the constraint `x` stands twice
    CREATE TABLE a (b INTEGER CONSTRAINT x NOT NULL)
      [NOT] expected `PRIMARY KEY`, `UNIQUE`, `REFERENCES` or `CHECK`, found `NOT`
      -> only these have names
    CREATE TABLE a (b INTEGER REFERENCES c (d, e))
      [(d, e)] a foreign key refers to as many columns as it has: 1, found 2
    CREATE TABLE a (b INTEGER NOT NULL REFERENCES c ON DELETE SET NULL)
      [REFERENCES c ON DELETE SET NULL] SET NULL on `b`, which cannot be NULL
      -> drop NOT NULL, or choose another action
    CREATE TABLE a (b INTEGER REFERENCES c ON DELETE SET NULL, PRIMARY KEY (b))
      [REFERENCES c ON DELETE SET NULL] SET NULL on `b`, which cannot be NULL
      -> drop NOT NULL, or choose another action
    CREATE TABLE a (b’s INTEGER)
      [b’s] `b’s` is not a name without quotes
      -> a name of other characters than letters, digits and _ stands between double quotes
    CREATE TABLE a (b INTEGER REFERENCES c ON DELETE CASCADE ON DELETE CASCADE)
      [ON DELETE] this action is given twice
    CREATE TABLE a (b INTEGER REFERENCES c MATCH FULL)
      [MATCH] `MATCH` is not portable
      -> leave it out of a foreign key; a full-text search goes in a native section
    CREATE TABLE a (b TEXT COLLATE nocase)
      [COLLATE] `COLLATE` is not portable
      -> leave it out: text is compared byte by byte; or write a native section
    CREATE TABLE a (b INTEGER GENERATED ALWAYS AS (c + 1))
      [)] expected `STORED` or `VIRTUAL`, found `)`
    CREATE TABLE a (b TEXT, INDEX (b))
      [(] expected a type, found `(`
    "#);
}
