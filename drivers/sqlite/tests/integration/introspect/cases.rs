//! Pairs of schemas from the tests of other tools, where they are at hand.

use std::path::Path;

use serde::Deserialize;

use super::made_by;

#[derive(Deserialize)]
struct Case {
    name: String,
    from_sql: String,
    to_sql: String,
    noop: bool,
}

#[test]
fn every_case_is_read_and_the_same_schema_reads_the_same() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/sqlite.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: there are no cases at {}", path.display());
        return;
    };
    let cases: Vec<Case> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(!cases.is_empty());
    for case in cases {
        println!("{}", case.name);
        let (from, to) = (made_by(&case.from_sql), made_by(&case.to_sql));
        if case.noop {
            assert_eq!(from.in_name_order(), to.in_name_order(), "{}", case.name);
        }
    }
}
