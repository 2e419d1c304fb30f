//! What the names of queries mean.

use super::Referent;
use super::resolve;
use crate::operation::testing::*;

/// Each name that stands for something, as `relation` or `relation.column`, in the order of the query.
fn reads(query: &str) -> String {
    let schema = schema(&[
        table("a", &["id", "x"]),
        table("b", &["id", "y"]),
        table("c", &["id", "a"]),
    ]);
    match resolve(&run(query), &schema) {
        Ok(resolution) => {
            let referents = resolution.referents.values().map(|several| {
                let texts: Vec<String> = several
                    .iter()
                    .map(|referent| match referent {
                        Referent::Relation(relation) => relation.to_string(),
                        Referent::Column { relation, column } => format!("{relation}.{column}"),
                    })
                    .collect();
                texts.join("|")
            });
            let stars = resolution.stars.iter().map(|relation| format!("{relation}.*"));
            referents.chain(stars).collect::<Vec<_>>().join(" ")
        }
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn names_are_found_through_aliases_joins_and_queries_within() {
    for (query, expected) in [
        ("SELECT x , y AS x FROM a , b ORDER BY x", "a.x b.y a b"),
        ("SELECT t . x FROM a AS t", "a.x a"),
        ("SELECT a . x FROM a", "a a.x a"),
        ("SELECT t . x q FROM a t WHERE q = 1", "a.x a"),
        (
            "SELECT x FROM a WHERE EXISTS ( SELECT y FROM b WHERE y = x )",
            "a.x a b.y b b.y a.x",
        ),
        ("SELECT d . z FROM ( SELECT x AS z FROM a ) AS d", "a.x a"),
        ("WITH d AS ( SELECT x AS z FROM a ) SELECT z FROM d", "a.x a"),
        ("SELECT x FROM a JOIN b USING ( id )", "a.x a b a.id|b.id"),
        ("SELECT id FROM a JOIN b USING ( id )", "a.id|b.id a b a.id|b.id"),
        (
            "SELECT x FROM a UNION ALL SELECT y FROM b ORDER BY x",
            "a.x a b.y b",
        ),
        ("SELECT a FROM c", "c.a c"),
        ("SELECT count( * ) , a . * FROM a", "a a a.*"),
        ("SELECT x FROM a WHERE EXISTS ( SELECT * FROM b )", "a.x a b"),
        ("SELECT lower( x ) COLLATE y FROM a", "a.x a"),
        (
            "SELECT x FROM ( a JOIN b ON a . id = b . id )",
            "a.x a b a a.id b b.id",
        ),
    ] {
        assert_eq!(reads(query), expected, "{query}");
    }
}

#[test]
fn what_is_not_there_is_said() {
    for (query, expected) in [
        ("SELECT z FROM a", "reads the column `z`, which does not exist"),
        (
            "SELECT a . z FROM a",
            "reads the column `z`, which does not exist",
        ),
        (
            "SELECT a . x FROM a AS t",
            "names `a`, which its FROM clause does not",
        ),
        (
            "SELECT id FROM a , b",
            "reads the column `id`, which more than one of its tables has",
        ),
        ("SELECT x FROM a , a", "names `a` twice in one FROM clause"),
        ("SELECT x FROM z", "reads `z`, which does not exist"),
    ] {
        assert_eq!(reads(query), expected, "{query}");
    }
}

#[test]
fn half_a_query_does_not_panic() {
    let whole = run(
        "WITH d ( a , b ) AS ( SELECT x , t . * FROM a t ) SELECT d . a FROM d JOIN b USING ( id ) , ( SELECT y FROM b ) e ORDER BY a",
    );
    let schema = schema(&[table("a", &["id", "x"]), table("b", &["id", "y"])]);
    for start in 0..whole.0.len() {
        for end in start..=whole.0.len() {
            let part = crate::schema::TokenRun(whole.0[start..end].to_vec());
            let _ = resolve(&part, &schema);
        }
    }
}
