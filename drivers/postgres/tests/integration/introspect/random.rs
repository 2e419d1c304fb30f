//! Expressions that nobody thought of: the server must understand what is read of them as it has understood them.

use fastrand::Rng;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Schema;

use super::Place;
use super::expressions::COLUMNS;
use super::expressions::assert_understood_alike;
use super::name;
use crate::support::portable;

const TABLES: u64 = 4;
const CHECKS: usize = 150;
const DEPTH: u32 = 4;

fn one_of<'a>(rng: &mut Rng, texts: &[&'a str]) -> &'a str {
    rng.choice(texts.iter().copied()).unwrap()
}

fn number(rng: &mut Rng, depth: u32) -> String {
    if depth == 0 || rng.u32(0..4) == 0 {
        return one_of(
            rng,
            &[
                "a",
                "small",
                "big",
                "n",
                "real",
                "double",
                "1",
                "-2",
                "1.5",
                "-0.25",
                "5000000000",
                "40000",
            ],
        )
        .to_owned();
    }
    let depth = depth - 1;
    let mut next = || number(rng, depth);
    let (one, other) = (next(), next());
    let (text, condition) = (text(rng, depth), condition(rng, depth));
    match rng.u32(0..14) {
        0..4 => {
            let operator = one_of(rng, &["+", "-", "*"]);
            format!("({one}) {operator} ({other})")
        }
        4 => format!("-({one})"),
        5 => format!("abs({one})"),
        6 => format!("round(CAST({one} AS NUMERIC(9, 3)), 1)"),
        7 => format!("sign({one})"),
        8 => format!("length({text})"),
        9 => format!("coalesce({one}, {other})"),
        10 => format!("nullif({one}, {other})"),
        11 => format!("CASE WHEN {condition} THEN {one} ELSE {other} END"),
        12 => format!("CASE {one} WHEN {other} THEN 1 WHEN 2 THEN 2.5 END"),
        _ => {
            let data_type = one_of(
                rng,
                &["BIGINT", "NUMERIC(9, 2)", "DOUBLE PRECISION", "SMALLINT", "REAL"],
            );
            format!("CAST({one} AS {data_type})")
        }
    }
}

fn text(rng: &mut Rng, depth: u32) -> String {
    if depth == 0 || rng.u32(0..4) == 0 {
        return one_of(rng, &["b", "v", "c", "'x'", "''", "'it''s'", "'5'", "'a\\b'"]).to_owned();
    }
    let depth = depth - 1;
    let (one, other) = (text(rng, depth), text(rng, depth));
    let (number, condition) = (number(rng, depth), condition(rng, depth));
    match rng.u32(0..12) {
        0..3 => format!("({one}) || ({other})"),
        3 => format!(
            "{}({one})",
            one_of(rng, &["lower", "upper", "trim", "ltrim", "rtrim"])
        ),
        4 => format!("replace({one}, {other}, 'y')"),
        5 => format!("substr({one}, 1, length({other}))"),
        6 => format!("coalesce(b, {one}, {other})"),
        7 => format!("nullif({one}, {other})"),
        8 => format!("CASE WHEN {condition} THEN v ELSE {other} END"),
        9 => format!("CASE {one} WHEN {other} THEN v ELSE 'x' END"),
        10 => format!(
            "CAST({number} AS {})",
            one_of(rng, &["TEXT", "VARCHAR(5)", "CHAR(3)"])
        ),
        _ => format!(
            "CAST({one} AS {})",
            one_of(rng, &["TEXT", "VARCHAR(5)", "CHAR(3)"])
        ),
    }
}

/// The server makes AND and OR of BETWEEN and of some IN, and one of two that it finds side by side: so they stand apart.
fn condition(rng: &mut Rng, depth: u32) -> String {
    if depth == 0 || rng.u32(0..6) == 0 {
        return one_of(
            rng,
            &[
                "truth",
                "a > 1",
                "b IS NULL",
                "day < stamp",
                "TRUE",
                "u IS NOT NULL",
            ],
        )
        .to_owned();
    }
    let depth = depth - 1;
    let comparison = one_of(rng, &["=", "<>", "<", "<=", ">", ">="]);
    let not = one_of(rng, &["", "NOT "]);
    match rng.u32(0..13) {
        0..3 => format!("({}) {comparison} ({})", number(rng, depth), number(rng, depth)),
        3..5 => format!("({}) {comparison} ({})", text(rng, depth), text(rng, depth)),
        5 => format!(
            "(({}) {}IN ({}, 1, 2.5)) IS TRUE",
            number(rng, depth),
            not,
            number(rng, depth)
        ),
        6 => format!(
            "(({}) {}IN ('a', {})) IS TRUE",
            text(rng, depth),
            not,
            text(rng, depth)
        ),
        7 => format!("({}) AND ({})", condition(rng, depth), condition(rng, depth)),
        8 => format!("({}) OR ({})", condition(rng, depth), condition(rng, depth)),
        9 => format!("NOT ({})", condition(rng, depth)),
        10 => format!("({}) IS {}TRUE", condition(rng, depth), not),
        11 => format!(
            "lower({}) {}LIKE lower({})",
            text(rng, depth),
            not,
            text(rng, depth)
        ),
        _ => format!(
            "(({}) {}BETWEEN ({}) AND 7) IS TRUE",
            number(rng, depth),
            not,
            number(rng, depth)
        ),
    }
}

/// The table t with those checks that the server takes.
async fn filled(place: &mut Place, rng: &mut Rng) {
    place
        .run_all(&portable(&format!("CREATE TABLE t ({COLUMNS});")))
        .await;
    let mut made = 0;
    while made < CHECKS {
        let check = condition(rng, DEPTH);
        let statement = format!("ALTER TABLE t ADD CONSTRAINT c{made} CHECK ({check});");
        // Not every text is one that the server can compare or compute.
        made += usize::from(place.tries(&portable(&statement)).await);
    }
}

#[tokio::test]
async fn what_is_read_means_what_was_written() {
    for seed in 0..TABLES {
        let Some(mut place) = Place::new().await else {
            return;
        };
        filled(&mut place, &mut Rng::with_seed(seed)).await;
        let read = place.read().await;
        let checks = &read.tables[&name("t")].checks;
        let portable = checks
            .iter()
            .filter(|check| matches!(check.expression, Expression::Portable(_)));
        let portable = portable.count();
        assert_understood_alike(&mut place, &read).await;
        place.close().await;
        assert!(
            portable * 50 >= CHECKS * 49,
            "{portable} of {CHECKS} are portable"
        );
    }
}

impl Place {
    async fn run_all(&mut self, operations: &[Operation]) {
        for operation in operations {
            self.carry_out(operation, &Schema::new()).await;
        }
    }

    /// Whether the server takes these operations.
    async fn tries(&mut self, operations: &[Operation]) -> bool {
        for operation in operations {
            for statement in self.rendered(operation, &Schema::new()) {
                if self.session.query(&statement, &[]).await.is_err() {
                    return false;
                }
            }
        }
        true
    }
}
