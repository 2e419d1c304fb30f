//! Random portable statements, right by construction.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub(super) fn name() -> impl Strategy<Value = String> {
    select(vec![
        "a",
        "b",
        "c1",
        "team_id",
        "date",
        "\"order\"",
        "\"a b\"",
        "\"Käse\"",
        "\"say \"\"hi\"\"\"",
        "USER",
        "over",
    ])
    .prop_map(str::to_owned)
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "0", "42", "3.25", "1e3", "NULL", "TRUE", "false", "X'00FF'", "''", "'it''s'", "'ö\\'"
        ])
        .prop_map(str::to_owned),
        "[a-z %_(),;-]{0,8}".prop_map(|text| format!("'{text}'")),
        (0..1000_u32).prop_map(|number| format!("-{number}")),
    ]
}

fn data_type() -> impl Strategy<Value = String> {
    select(vec![
        "SMALLINT",
        "INTEGER",
        "bigint",
        "NUMERIC(5, 0)",
        "NUMERIC(38, 30)",
        "REAL",
        "DOUBLE PRECISION",
        "BOOLEAN",
        "CHAR(1)",
        "VARCHAR(16383)",
        "TEXT",
        "BLOB",
        "DATE",
        "TIME",
        "TIMESTAMP",
        "TIMESTAMP WITH TIME ZONE",
        "UUID",
        "JSON",
        "ENUM('a', 'it''s')",
        "NUMERIC(20, 4) sqlite(TEXT)",
        "one(INET) two(VARBINARY(16))",
        "TEXT one(VARCHAR(3) COLLATE \"x)\") two(TEXT)",
        "one(\"char\")",
    ])
    .prop_map(str::to_owned)
}

/// An operand: what may stand beside an operator without parentheses.
fn operand(columns: bool) -> BoxedStrategy<String> {
    let leaf = if columns {
        prop_oneof![literal(), name()].boxed()
    } else {
        literal().boxed()
    };
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            (
                inner.clone(),
                select(vec!["+", "-", "*", "%", "||"]),
                inner.clone()
            )
                .prop_map(|(a, operator, b)| format!("({a} {operator} {b})")),
            inner.clone().prop_map(|a| format!("lower({a})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("coalesce({a}, {b})")),
            (inner.clone(), data_type()).prop_map(|(a, data_type)| format!("CAST({a} AS {data_type})")),
            inner.clone().prop_map(|a| format!("- ({a})")),
            (predicate(inner.clone()), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("CASE WHEN {a} THEN {b} ELSE {c} END")),
        ]
    })
    .boxed()
}

fn predicate(operand: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let one = prop_oneof![
        operand.clone(),
        (
            operand.clone(),
            select(vec!["=", "<>", "<", "<=", ">", ">="]),
            operand.clone()
        )
            .prop_map(|(a, operator, b)| format!("{a}{operator}{b}")),
        operand.clone().prop_map(|a| format!("{a} IS NOT NULL")),
        operand
            .clone()
            .prop_map(|a| format!("lower({a}) NOT LIKE 'x!%' ESCAPE '!'")),
        (operand.clone(), operand.clone()).prop_map(|(a, b)| format!("{a} BETWEEN {b} AND 3 + {b}")),
        (operand, vec(literal(), 1..3)).prop_map(|(a, list)| format!("{a} IN ({})", list.join(", "))),
    ];
    vec((one, select(vec![" AND ", " OR ", " AND NOT "])), 1..3)
        .prop_map(|parts| {
            let text: String = parts
                .iter()
                .map(|(one, joint)| format!("({one}){joint}"))
                .collect();
            format!("{text}TRUE")
        })
        .boxed()
}

/// A condition over the columns of one row.
pub(super) fn condition() -> BoxedStrategy<String> {
    predicate(operand(true))
}

fn default() -> impl Strategy<Value = String> {
    prop_oneof![
        literal(),
        Just("CURRENT_TIMESTAMP".to_owned()),
        operand(false).prop_map(|text| format!("({text})")),
    ]
}

fn references() -> impl Strategy<Value = String> {
    let actions = select(vec![
        "",
        " ON DELETE CASCADE",
        " ON UPDATE SET DEFAULT ON DELETE RESTRICT",
        " DEFERRABLE INITIALLY DEFERRED",
        " ON DELETE NO ACTION DEFERRABLE",
    ]);
    (name(), name(), any::<bool>(), actions).prop_map(|(table, column, whole, actions)| {
        let column = if whole {
            String::new()
        } else {
            format!(" ({column})")
        };
        format!("REFERENCES {table}{column}{actions}")
    })
}

fn column_clauses() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        3 => Just(String::new()),
        2 => default().prop_map(|default| format!(" DEFAULT {default}")),
        1 => operand(true).prop_map(|text| format!(" GENERATED ALWAYS AS ({text}) VIRTUAL")),
    ];
    let constraint = prop_oneof![
        Just(" UNIQUE".to_owned()),
        condition().prop_map(|condition| format!(" CHECK ({condition})")),
        references().prop_map(|references| format!(" {references}")),
    ];
    let null = select(vec!["", " NOT NULL", " NULL"]);
    (value, null, vec(constraint, 0..3))
        .prop_map(|(value, null, constraints)| format!("{value}{null}{}", constraints.concat()))
}

/// DEFAULT of a BOOLEAN is held to truth values, so that type is left out here.
fn column(name: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let data_type = data_type().prop_filter("has defaults of its own", |text| text != "BOOLEAN");
    (name, data_type, column_clauses())
        .prop_map(|(name, data_type, clauses)| format!("{name} {data_type}{clauses}"))
}

fn create_table() -> impl Strategy<Value = String> {
    let column_names = ["x", "y", "z", "\"W\""];
    let columns: Vec<_> = column_names
        .iter()
        .map(|text| column(Just((*text).to_owned())))
        .collect();
    let constraint = prop_oneof![
        Just("UNIQUE (x, y)".to_owned()),
        Just("CONSTRAINT named UNIQUE NULLS NOT DISTINCT (\"W\")".to_owned()),
        condition().prop_map(|condition| format!("CHECK ({condition})")),
        name().prop_map(|table| format!("FOREIGN KEY (x, z) REFERENCES {table} (p, q)")),
    ];
    let identity = option::of(Just(
        "id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY".to_owned(),
    ));
    (name(), identity, columns, vec(constraint, 0..3)).prop_map(|(table, identity, columns, constraints)| {
        let mut named = 0;
        let constraints = constraints.into_iter().filter(|text| {
            named += usize::from(text.contains("named"));
            !text.contains("named") || named == 1
        });
        let parts: Vec<String> = identity.into_iter().chain(columns).chain(constraints).collect();
        format!("CREATE TABLE {table} ({})", parts.join(", "))
    })
}

fn query() -> impl Strategy<Value = String> {
    let join = prop_oneof![
        Just(String::new()),
        (name(), condition())
            .prop_map(|(table, condition)| format!(" LEFT JOIN {table} AS j ON {condition}")),
        name().prop_map(|table| format!(" CROSS JOIN {table} k JOIN l USING (b, c1)")),
    ];
    let item = prop_oneof![
        operand(true).prop_map(|text| format!("{text} AS i")),
        name(),
        Just("j.*".to_owned()),
        Just("count(*) OVER (PARTITION BY a ORDER BY b DESC)".to_owned()),
        Just("(SELECT max(b) FROM a)".to_owned()),
    ];
    let tail = select(vec![
        "",
        " GROUP BY a, b HAVING count(*) > 1",
        " ORDER BY 1 DESC, a LIMIT 5 OFFSET 1",
    ]);
    let list = vec(item, 1..4);
    (list, name(), join, option::of(condition()), tail).prop_map(|(list, table, join, condition, tail)| {
        let condition = condition.map(|text| format!(" WHERE {text}")).unwrap_or_default();
        format!("SELECT {} FROM {table}{join}{condition}{tail}", list.join(", "))
    })
}

fn action() -> impl Strategy<Value = String> {
    prop_oneof![
        column(name()).prop_map(|column| format!("ADD COLUMN {column}")),
        condition().prop_map(|condition| format!("ADD CHECK ({condition})")),
        (name(), references()).prop_map(|(column, key)| {
            // As many columns on both sides.
            format!("ADD FOREIGN KEY ({column}) {key}")
        }),
        name().prop_map(|name| format!("DROP COLUMN {name}")),
        name().prop_map(|name| format!("DROP CONSTRAINT {name}")),
        (name(), name()).prop_map(|(from, to)| format!("RENAME COLUMN {from} TO {to}")),
        (name(), name()).prop_map(|(from, to)| format!("RENAME CONSTRAINT {from} TO {to}")),
        (name(), data_type())
            .prop_map(|(name, data_type)| format!("ALTER COLUMN {name} SET DATA TYPE {data_type}")),
        (name(), default()).prop_map(|(name, default)| format!("ALTER COLUMN {name} SET DEFAULT {default}")),
        name().prop_map(|name| format!("ALTER COLUMN {name} DROP NOT NULL")),
    ]
}

fn create_index() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        name(),
        name().prop_map(|name| format!("lower({name}) DESC")),
        (name(), name()).prop_map(|(a, b)| format!("({a} + {b}) ASC")),
    ];
    let index = option::of(name());
    let parts = (
        index,
        name(),
        vec(key, 1..3),
        option::of(condition()),
        any::<bool>(),
    );
    parts.prop_map(|(index, table, keys, filter, unique)| {
        let unique = if unique { "UNIQUE " } else { "" };
        let filter = filter.map(|text| format!(" WHERE {text}")).unwrap_or_default();
        format!(
            "CREATE {unique}INDEX {} ON {table} ({}){filter}",
            index.unwrap_or_default(),
            keys.join(", ")
        )
    })
}

fn rows() -> impl Strategy<Value = String> {
    prop_oneof![
        (name(), name(), vec(literal(), 1..3)).prop_map(|(table, column, values)| {
            let values: Vec<_> = values.iter().map(|value| format!("({value})")).collect();
            format!("INSERT INTO {table} ({column}) VALUES {}", values.join(", "))
        }),
        (name(), name(), operand(true), condition()).prop_map(|(table, column, value, condition)| {
            format!("UPDATE {table} SET {column} = {value} WHERE {condition}")
        }),
        (name(), condition()).prop_map(|(table, condition)| format!("DELETE FROM {table} WHERE {condition}")),
        query(),
        (name(), query()).prop_map(|(view, query)| format!("CREATE VIEW {view} AS {query}")),
    ]
}

/// Any statement.
pub(super) fn statement() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => create_table(),
        3 => (name(), vec(action(), 1..4))
            .prop_map(|(table, actions)| format!("ALTER TABLE {table} {}", actions.join(", "))),
        1 => (name(), name()).prop_map(|(from, to)| format!("ALTER TABLE {from} RENAME TO {to}")),
        2 => create_index(),
        4 => rows(),
        1 => name().prop_map(|name| format!("DROP INDEX {name}")),
        1 => (name(), name(), "[^\0']{0,9}")
            .prop_map(|(table, column, text)| format!("COMMENT ON COLUMN {table}.{column} IS '{text}'")),
    ]
}
