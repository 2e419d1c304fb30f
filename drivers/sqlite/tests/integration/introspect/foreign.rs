//! Tables that people and other tools wrote.

use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;
use limbeck_testkit::described;
use limbeck_testkit::described_view;

use super::made_by;

/// The table t that these statements make, in words.
fn table(sql: &str) -> String {
    let schema = made_by(sql);
    described(table_of(&schema, "t"))
}

fn table_of<'a>(schema: &'a Schema, name: &str) -> &'a Table {
    schema.table(&Name::exact(name).unwrap()).unwrap()
}

#[test]
fn names_in_every_notation() {
    insta::assert_snapshot!(
        table(
            "create table t([a b] int, `c``d` text, \"e\"\"f\" text, 'g''h' text, \"check\" int check(\"check\">0),
             key int, \"primary\" int references [t]([a b]), größe real,
             constraint [my \"key] primary key([a b],`c``d`),unique('g''h'))"
        ),
        @"
    a b sqlite(INT)
    c`d Text
    e\"f Text
    g'h Text
    check sqlite(INT)
    key sqlite(INT)
    primary sqlite(INT)
    größe Real
    key my \"key (a b, c`d)
    unique uq_t_g'h (g'h)
    check ck_t_check (portable)
    foreign fk_t_primary (primary) to t (a b)
    "
    );
}

#[test]
fn comments_everywhere() {
    insta::assert_snapshot!(
        table(
            "CREATE TABLE /* ( */ t -- (
             ( -- the key, or so
               id /* ) */ INTEGER PRIMARY KEY, -- check (x)
               x TEXT /* NOT NULL */ DEFAULT ('a' /* b */) -- last
                 CHECK (x <> ')' -- )
                 ),
               /* CONSTRAINT no CHECK (0) */
               y INT CHECK (y GLOB 1 /* end */)
             ) -- options"
        ),
        @"
    id Integer not null
    x Text default (portable)
    y sqlite(INT)
    key pk_t (id)
    check ck_t_x (portable)
    check ck_t_y <y GLOB 1>
    "
    );
}

#[test]
fn constraints_without_names_and_without_commas() {
    insta::assert_snapshot!(
        table(
            "CREATE TABLE t (a INT CHECK (a > 0) CHECK (a < 9) CONSTRAINT named CHECK (a <> 5) UNIQUE,
             b INT CONSTRAINT lost NOT NULL CHECK (b > a), c CHECK (typeof(c) IN ('text', 'null')),
             UNIQUE (a, b) CHECK (A + B > 1) CONSTRAINT last CHECK (0 < 1) CHECK (1))"
        ),
        @"
    a sqlite(INT)
    b sqlite(INT) not null
    c sqlite()
    unique uq_t_a (a)
    unique uq_t_a_b (a, b)
    check ck_t_a (portable)
    check ck_t_a_2 (portable)
    check named (portable)
    check ck_t_b_a (portable)
    check ck_t_c <typeof(c) IN ('text', 'null')>
    check ck_t_a_b (portable)
    check last (portable)
    check ck_t (portable)
    "
    );
}

#[test]
fn what_only_sqlite_has() {
    insta::assert_snapshot!(
        table(
            "CREATE TABLE t (
               id INTEGER PRIMARY KEY ASC ON CONFLICT REPLACE AUTOINCREMENT,
               a TEXT NOT NULL ON CONFLICT IGNORE COLLATE NOCASE UNIQUE ON CONFLICT FAIL,
               b VARCHAR(9) COLLATE \"RTRIM\" DEFAULT \"text\",
               c DATETIME DEFAULT (datetime('now')), d UNSIGNED BIG INT DEFAULT +1, e DECIMAL(10, 5) DEFAULT - 1.5,
               f BOOLEAN NOT NULL DEFAULT 0, g DEFAULT 0x1F, h NUMERIC(20, 4), i JSON,
               CHECK (a = \"text\") ON CONFLICT ABORT
             );
             CREATE INDEX i ON t (a COLLATE nocase DESC, lower(b), (c || d) ASC, 'e', [f] /* DESC */) WHERE b IS NOT 'x';
             CREATE UNIQUE INDEX \"j\" ON t (D) WHERE d > 0 -- all"
        ),
        @r#"
    id BigInt not null identity
    a sqlite(TEXT COLLATE NOCASE) not null
    b sqlite(VARCHAR(9) COLLATE "RTRIM") default <"text">
    c sqlite(DATETIME) default <datetime('now')>
    d sqlite(UNSIGNED BIG INT) default (portable)
    e sqlite(DECIMAL(10, 5)) default (portable)
    f Boolean not null default <0>
    g sqlite() default <0x1F>
    h sqlite(NUMERIC(20, 4))
    i sqlite(JSON)
    key pk_t (id)
    unique uq_t_a (a)
    check ck_t_a <a = "text">
    index i <a COLLATE nocase> desc, (portable), (portable), e, f where <b IS NOT 'x'>
    unique index j d where (portable)
    "#
    );
}

#[test]
fn generated_columns() {
    insta::assert_snapshot!(
        table(
            "CREATE TABLE t (a INT, b INT AS (a + 1), c TEXT GENERATED ALWAYS AS (a || '(,)') STORED NOT NULL,
             d AS (json_extract(c, '$.x')) VIRTUAL CHECK (d > 0), generated TEXT)"
        ),
        @"
    a sqlite(INT)
    b sqlite(INT) virtual (portable)
    c Text not null stored (portable)
    d sqlite() virtual <json_extract(c, '$.x')>
    generated Text
    check ck_t_d (portable)
    "
    );
}

#[test]
fn keys_and_rowids() {
    for (sql, described) in [
        ("(a INTEGER PRIMARY KEY)", "a Integer not null"),
        ("(a INTEGER PRIMARY KEY DESC)", "a Integer"),
        ("(a INT PRIMARY KEY)", "a sqlite(INT)"),
        ("(a integer, PRIMARY KEY (A))", "a Integer not null"),
        (
            "(a INTEGER, PRIMARY KEY (a AUTOINCREMENT))",
            "a BigInt not null identity",
        ),
        ("(a TEXT PRIMARY KEY) WITHOUT ROWID", "a Text not null"),
        (
            "(a INTEGER PRIMARY KEY) STRICT, without rowid",
            "a Integer not null",
        ),
        ("(a TEXT PRIMARY KEY)", "a Text"),
        ("(a TEXT PRIMARY KEY) STRICT", "a Text not null"),
    ] {
        let read = table(&format!("CREATE TABLE t {sql}"));
        assert_eq!(read, format!("{described}\nkey pk_t (a)"), "{sql}");
    }
}

#[test]
fn foreign_keys() {
    insta::assert_snapshot!(
        table(
            "CREATE TABLE Parent (X INT, Y INT, PRIMARY KEY (X, Y));
             CREATE TABLE t (
               a INT REFERENCES parent (x) ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL NOT DEFERRABLE,
               b INT CONSTRAINT named REFERENCES nowhere ON INSERT RESTRICT DEFERRABLE INITIALLY DEFERRED NOT NULL,
               c INT REFERENCES \"t\" ON DELETE RESTRICT DEFERRABLE UNIQUE,
               FOREIGN KEY (A, b) REFERENCES [PARENT] ON UPDATE NO ACTION ON DELETE SET DEFAULT
                 DEFERRABLE INITIALLY IMMEDIATE
             )"
        ),
        @"
    a sqlite(INT)
    b sqlite(INT) not null
    c sqlite(INT)
    unique uq_t_c (c)
    foreign fk_t_a (a) to Parent (X) delete SET NULL update CASCADE
    foreign named (b) to nowhere () InitiallyDeferred
    foreign fk_t_c (c) to t () delete RESTRICT InitiallyImmediate
    foreign fk_t_a_b (a, b) to Parent (X, Y) delete SET DEFAULT InitiallyImmediate
    "
    );
}

#[test]
fn tables_that_were_copied_or_altered() {
    insta::assert_snapshot!(
        table(
            "CREATE TABLE source (a INTEGER PRIMARY KEY, \"b c\" VARCHAR(9) NOT NULL, d DOUBLE PRECISION);
             CREATE TABLE IF NOT EXISTS main . 't' AS SELECT * FROM source;
             ALTER TABLE t ADD e TEXT DEFAULT 'x' CHECK (length(e) < 9);
             ALTER TABLE t RENAME \"b c\" TO [f];
             ALTER TABLE t ADD COLUMN g INT REFERENCES source"
        ),
        @"
    a sqlite(INT)
    f Text
    d Real
    e Text default (portable)
    g sqlite(INT)
    check ck_t_e (portable)
    foreign fk_t_g (g) to source (a)
    "
    );
}

#[test]
fn views() {
    let schema = made_by(
        "CREATE TABLE t (id INT, Name TEXT, kind TEXT);
         CREATE VIEW plain AS SELECT id, kind FROM t WHERE kind = 'x';
         CREATE VIEW IF NOT EXISTS \"listed\" (a, [b c]) AS SELECT id, kind AS k FROM t AS other -- all;
         ;
         CREATE VIEW string AS SELECT id FROM t WHERE kind = \"x\";
         CREATE VIEW spelt AS SELECT name FROM t;
         CREATE VIEW own AS WITH x AS (SELECT 1) SELECT * FROM x;",
    );
    let described: Vec<_> = schema.views.values().map(described_view).collect();
    insta::assert_snapshot!(described.join("\n"), @r#"
    listed (a, b c) (portable)
    own () <WITH x AS (SELECT 1) SELECT * FROM x>
    plain () (portable)
    spelt () <SELECT name FROM t>
    string () <SELECT id FROM t WHERE kind = "x">
    "#);
}

/// The check of a JSON column, now and in earlier releases; what only looks like it is a check of its own.
#[test]
fn documents_are_known_by_their_check() {
    insta::assert_snapshot!(
        table(
            "CREATE TABLE t (
                new TEXT CONSTRAINT json_t_new CHECK (\"new\" IS NULL OR json_valid(\"new\")),
                old TEXT CONSTRAINT json_t_old CHECK (json_valid(\"old\")),
                other TEXT CONSTRAINT json_t_other CHECK (\"old\" IS NULL OR json_valid(\"other\"))
            )"
        ),
        @r#"
    new Json
    old Json
    other Text
    check json_t_other <"old" IS NULL OR json_valid("other")>
    "#
    );
}
