//! Expressions and literals that are refused.

use super::refusals;

#[test]
fn defaults() {
    insta::assert_snapshot!(refusals(&[
        "CREATE TABLE a (b TIMESTAMP DEFAULT now())",
        "CREATE TABLE a (b TIMESTAMP DEFAULT CURRENT_TIMESTAMP(6))",
        "CREATE TABLE a (b TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
        "CREATE TABLE a (b TEXT DEFAULT \"x\")",
        "CREATE TABLE a (b TEXT DEFAULT x)",
        "CREATE TABLE a (b TEXT DEFAULT 'a' || 'b')",
        "CREATE TABLE a (b TEXT DEFAULT lower('A'))",
        "CREATE TABLE a (b TEXT DEFAULT (lower(c)))",
        "CREATE TABLE a (b TEXT DEFAULT (SELECT 1))",
        "CREATE TABLE a (b BOOLEAN DEFAULT 0)",
        "CREATE TABLE a (b TEXT DEFAULT 'x'::text)",
        "CREATE TABLE a (b INTEGER DEFAULT 0x1F)",
        "CREATE TABLE a (b INTEGER DEFAULT 1_000)",
        "CREATE TABLE a (b TEXT DEFAULT 'it''s)",
        "CREATE TABLE a (b TEXT DEFAULT E'a\\n')",
        "CREATE TABLE a (b TEXT DEFAULT U&'a')",
        "CREATE TABLE a (b TEXT DEFAULT B'01')",
        "CREATE TABLE a (b BLOB DEFAULT X'0')",
        "CREATE TABLE a (b TEXT DEFAULT 'a' 'b')",
        "CREATE TABLE a (b DATE DEFAULT DATE '2026-01-01')",
        "CREATE TABLE a (b TEXT DEFAULT CURRENT_USER)",
        "CREATE TABLE a (b TEXT /* open",
    ]), @r#"
    CREATE TABLE a (b TIMESTAMP DEFAULT now())
      [now] `now` is not a portable function
      -> write CURRENT_TIMESTAMP
    CREATE TABLE a (b TIMESTAMP DEFAULT CURRENT_TIMESTAMP(6))
      [(] a precision of `CURRENT_TIMESTAMP` is not portable
      -> leave the parentheses out
    CREATE TABLE a (b TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)
      [ON UPDATE] `ON UPDATE` is not portable
      -> set the column in the UPDATE, or write a native section
    CREATE TABLE a (b TEXT DEFAULT "x")
      ["x"] "x" is a name, and a default cannot read a column
      -> a string stands between single quotes
    CREATE TABLE a (b TEXT DEFAULT x)
      [x] `x` is a name, and a default cannot read a column
      -> write a literal, CURRENT_TIMESTAMP or an expression without columns
    CREATE TABLE a (b TEXT DEFAULT 'a' || 'b')
      ['a' || 'b'] a default that is not a literal needs parentheses
      -> write DEFAULT (expression)
    CREATE TABLE a (b TEXT DEFAULT lower('A'))
      [lower('A')] a default that is not a literal needs parentheses
      -> write DEFAULT (expression)
    CREATE TABLE a (b TEXT DEFAULT (lower(c)))
      [c] `c` is a name, and a default cannot read a column
      -> write a literal, CURRENT_TIMESTAMP or an expression without columns
    CREATE TABLE a (b TEXT DEFAULT (SELECT 1))
      [SELECT] a sub-query cannot stand in a default, check, generated column or index
    CREATE TABLE a (b BOOLEAN DEFAULT 0)
      [DEFAULT 0] a number is not a truth value on every engine
      -> write DEFAULT FALSE
    CREATE TABLE a (b TEXT DEFAULT 'x'::text)
      [::] `::` is not portable
      -> write CAST(value AS type)
    CREATE TABLE a (b INTEGER DEFAULT 0x1F)
      [0x1F] `0x1F` is not a portable number
      -> write decimal digits, as in 42, 3.5 or 1e6
    CREATE TABLE a (b INTEGER DEFAULT 1_000)
      [1_000] `1_000` is not a portable number
      -> write decimal digits, as in 42, 3.5 or 1e6
    CREATE TABLE a (b TEXT DEFAULT 'it''s)
      ['] the string is not closed
      -> end it with `'`; a quote inside of it is written twice
    CREATE TABLE a (b TEXT DEFAULT E'a\n')
      [E'a\n'] a string with the prefix `E` is not portable
      -> write '…', in which a backslash is an ordinary character, or X'…' for bytes
    CREATE TABLE a (b TEXT DEFAULT U&'a')
      [U&'a'] `U` before a string is not portable
      -> write the string alone, or CAST('…' AS type)
    CREATE TABLE a (b TEXT DEFAULT B'01')
      [B'01'] a string with the prefix `B` is not portable
      -> write '…', in which a backslash is an ordinary character, or X'…' for bytes
    CREATE TABLE a (b BLOB DEFAULT X'0')
      [X'0'] a byte string holds pairs of hexadecimal digits
      -> write X'00FF'
    CREATE TABLE a (b TEXT DEFAULT 'a' 'b')
      ['a' 'b'] adjacent strings are joined by some engines only
      -> write one string, or 'a' || 'b'
    CREATE TABLE a (b DATE DEFAULT DATE '2026-01-01')
      [DATE '2026-01-01'] `DATE` before a string is not portable
      -> write the string alone, or CAST('…' AS type)
    CREATE TABLE a (b TEXT DEFAULT CURRENT_USER)
      [CURRENT_USER] `CURRENT_USER` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    CREATE TABLE a (b TEXT /* open
      [/*] the comment is not closed
      -> end it with `*/`
    "#);
}

#[test]
fn expressions() {
    insta::assert_snapshot!(refusals(&[
        "CREATE TABLE a (b INTEGER, CHECK (b / 2 > 1))",
        "CREATE TABLE a (b INTEGER, CHECK (b != 1))",
        "CREATE TABLE a (b INTEGER, CHECK ('1' || b * 3 = '36'))",
        "CREATE TABLE a (b INTEGER, CHECK (b = 1 = TRUE))",
        "CREATE TABLE a (b INTEGER, CHECK (b IS 1))",
        "CREATE TABLE a (b INTEGER, CHECK (b IS NOT DISTINCT FROM 1))",
        "CREATE TABLE a (b INTEGER, CHECK (b & 1 = 1))",
        "CREATE TABLE a (b INTEGER, CHECK (- -b > 1))",
        "CREATE TABLE a (b INTEGER, CHECK ((b, b) = (1, 2)))",
        "CREATE TABLE a (b INTEGER, CHECK (a.b > 1))",
        "CREATE TABLE a (b INTEGER, CHECK (b > ))",
        "CREATE TABLE a (b INTEGER, CHECK (b > 1 AND))",
        "CREATE TABLE a (b INTEGER, CHECK (sum(b) > 1))",
        "CREATE TABLE a (b INTEGER, CHECK (EXISTS (SELECT 1)))",
        "CREATE TABLE a (b INTEGER, CHECK (b IN (SELECT 1)))",
        "CREATE TABLE a (b INTEGER, CHECK (CASE b WHEN 1 END))",
        "CREATE TABLE a (b TEXT, CHECK (b LIKE 'a%'))",
        "CREATE TABLE a (b TEXT, CHECK (b NOT LIKE 'a%'))",
        "CREATE TABLE a (b TEXT, CHECK (lower(b) || '' LIKE 'a%'))",
        "CREATE TABLE a (b TEXT, CHECK (lower(b) LIKE 'A%'))",
        "CREATE TABLE a (b TEXT, CHECK (lower(b) LIKE 'a\\%'))",
        "CREATE TABLE a (b TEXT, CHECK (lower(b) LIKE b))",
        "CREATE TABLE a (b TEXT, CHECK (lower(b) LIKE 'a' ESCAPE 'ab'))",
        "CREATE TABLE a (b TEXT, CHECK (b ILIKE 'a%'))",
        "CREATE TABLE a (b TEXT, CHECK (b ~ 'a'))",
        "CREATE TABLE a (b TEXT, CHECK (b = $1))",
        "CREATE TABLE a (b TEXT, CHECK (b = ?))",
        "CREATE TABLE a (b TEXT, CHECK (b -> 'x' = 1))",
    ]), @r##"
    CREATE TABLE a (b INTEGER, CHECK (b / 2 > 1))
      [/] `/` is not portable
      -> engines divide whole numbers differently: multiply by a fraction, or write a native section
    CREATE TABLE a (b INTEGER, CHECK (b != 1))
      [!=] `!=` is not portable
      -> write <>
    CREATE TABLE a (b INTEGER, CHECK ('1' || b * 3 = '36'))
      [*] `||` beside an arithmetic operator: engines differ in which one comes first
      -> write parentheses around one of them
    CREATE TABLE a (b INTEGER, CHECK (b = 1 = TRUE))
      [=] a second comparison needs parentheses: engines read a chain differently
      -> write (a = b) = c, or a = b AND b = c
    CREATE TABLE a (b INTEGER, CHECK (b IS 1))
      [1] expected `NULL`, `TRUE` or `FALSE`, found `1`
      -> write = or <>
    CREATE TABLE a (b INTEGER, CHECK (b IS NOT DISTINCT FROM 1))
      [DISTINCT] expected `NULL`, `TRUE` or `FALSE`, found `DISTINCT`
      -> write a = b OR (a IS NULL AND b IS NULL)
    CREATE TABLE a (b INTEGER, CHECK (b & 1 = 1))
      [&] `&` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    CREATE TABLE a (b INTEGER, CHECK (- -b > 1))
      [-] a second sign needs parentheses
    CREATE TABLE a (b INTEGER, CHECK ((b, b) = (1, 2)))
      [,] a row of several values is not portable here
      -> compare the columns one by one, joined by AND
    CREATE TABLE a (b INTEGER, CHECK (a.b > 1))
      [a.] a column is not qualified here
      -> write the column alone
    CREATE TABLE a (b INTEGER, CHECK (b > ))
      [)] expected an expression, found `)`
    CREATE TABLE a (b INTEGER, CHECK (b > 1 AND))
      [)] expected an expression, found `)`
    CREATE TABLE a (b INTEGER, CHECK (sum(b) > 1))
      [sum] `sum` reads many rows and stands only in queries
    CREATE TABLE a (b INTEGER, CHECK (EXISTS (SELECT 1)))
      [SELECT] a sub-query cannot stand in a default, check, generated column or index
    CREATE TABLE a (b INTEGER, CHECK (b IN (SELECT 1)))
      [SELECT] a sub-query cannot stand in a default, check, generated column or index
    CREATE TABLE a (b INTEGER, CHECK (CASE b WHEN 1 END))
      [END] expected `THEN`, found `END`
    CREATE TABLE a (b TEXT, CHECK (b LIKE 'a%'))
      [LIKE] LIKE is portable only on lower(x): some engines ignore case
      -> write lower(x) LIKE 'a%', or x LIKE … in a native section
    CREATE TABLE a (b TEXT, CHECK (b NOT LIKE 'a%'))
      [LIKE] LIKE is portable only on lower(x): some engines ignore case
      -> write lower(x) LIKE 'a%', or x LIKE … in a native section
    CREATE TABLE a (b TEXT, CHECK (lower(b) || '' LIKE 'a%'))
      [LIKE] LIKE is portable only on lower(x): some engines ignore case
      -> write lower(x) LIKE 'a%', or x LIKE … in a native section
    CREATE TABLE a (b TEXT, CHECK (lower(b) LIKE 'A%'))
      ['A%'] a pattern with upper-case letters never matches lower(x) on some engines
      -> write the pattern in lower case
    CREATE TABLE a (b TEXT, CHECK (lower(b) LIKE 'a\%'))
      ['a\%'] a backslash in a pattern escapes on some engines only
      -> name another escape: LIKE '50!%' ESCAPE '!'
    CREATE TABLE a (b TEXT, CHECK (lower(b) LIKE b))
      [b] a pattern is a string in lower case or lower(…)
    CREATE TABLE a (b TEXT, CHECK (lower(b) LIKE 'a' ESCAPE 'ab'))
      ['ab'] ESCAPE takes a string of one character
    CREATE TABLE a (b TEXT, CHECK (b ILIKE 'a%'))
      [ILIKE] `ILIKE` is not portable
      -> write lower(x) LIKE '…', or a native section
    CREATE TABLE a (b TEXT, CHECK (b ~ 'a'))
      [~] `~` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    CREATE TABLE a (b TEXT, CHECK (b = $1))
      [$1] the parameter `$1` has no value in a script
      -> write the value
    CREATE TABLE a (b TEXT, CHECK (b = ?))
      [?] `?` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    CREATE TABLE a (b TEXT, CHECK (b -> 'x' = 1))
      [->] `->` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    "##);
}

#[test]
fn a_nul_character_is_refused_wherever_it_stands() {
    let error = super::parse("SELECT 'a\0'").unwrap_err();
    assert_eq!(error.span, crate::sql::Span::new(9, 10));
    assert_eq!(error.message, "a NUL character cannot stand in SQL");
}

#[test]
fn functions() {
    insta::assert_snapshot!(refusals(&[
        "SELECT concat(a, b)",
        "SELECT left(a, 1)",
        "SELECT lenght(a)",
        "SELECT json_extract(a, b)",
        "SELECT \"lower\"(a)",
        "SELECT substr(a)",
        "SELECT coalesce(a)",
        "SELECT lower()",
        "SELECT lower(DISTINCT a)",
        "SELECT row_number()",
        "SELECT sum(a) FILTER (WHERE b)",
        "SELECT count(a, b)",
        "SELECT CAST(a AS INT)",
        "SELECT CAST(a, TEXT)",
        "SELECT interval '1 day'",
        "SELECT (SELECT 1",
    ]), @r##"
    SELECT concat(a, b)
      [concat] `concat` is not a portable function
      -> write a || b
    SELECT left(a, 1)
      [left] `left` is not a portable function
      -> write substr(text, 1, length)
    SELECT lenght(a)
      [lenght] `lenght` is not a portable function
      -> did you mean length? Anything else goes in a native section
    SELECT json_extract(a, b)
      [json_extract] `json_extract` is not a portable function
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    SELECT "lower"(a)
      ["lower"] `lower` is not a portable function
      -> a function is written without quotes
    SELECT substr(a)
      [substr(a)] `substr` takes 2 to 3 arguments, not 1
    SELECT coalesce(a)
      [coalesce(a)] `coalesce` takes 2 arguments or more, not 1
    SELECT lower()
      [lower()] `lower` takes 1 argument, not 0
    SELECT lower(DISTINCT a)
      [DISTINCT] expected an expression, found the keyword `DISTINCT`
      -> as a name it stands between double quotes: "distinct"
    SELECT row_number()
      [] expected `OVER`, but the statement ends here
    SELECT sum(a) FILTER (WHERE b)
      [FILTER] `FILTER` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    SELECT count(a, b)
      [count(a, b)] `count` takes 1 argument, not 2
    SELECT CAST(a AS INT)
      [INT] `INT` is not a portable type
      -> write INTEGER
    SELECT CAST(a, TEXT)
      [,] expected `AS`, found `,`
    SELECT interval '1 day'
      [interval '1 day'] `interval` before a string is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    SELECT (SELECT 1
      [] expected `)`, but the statement ends here
    "##);
}
