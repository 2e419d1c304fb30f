//! Pairs of schemas from the tests of other tools, where they are at hand.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

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
    let path = folder().join("sqlite.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return say_skipped(&path);
    };
    let cases: Vec<Case> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    for case in cases {
        println!("{}", case.name);
        let (from, to) = (made_by(&case.from_sql), made_by(&case.to_sql));
        if case.noop {
            assert_eq!(from.in_name_order(), to.in_name_order(), "{}", case.name);
        }
    }
}

fn folder() -> PathBuf {
    match std::env::var_os("LIMBECK_CASES_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases"),
    }
}

/// To the process's own stderr: the test harness would keep the line of a passing test to itself.
fn say_skipped(path: &Path) {
    let line = format!(
        "\nSKIPPED: {} does not exist, so no schema of another tool's tests was read (set LIMBECK_CASES_DIR)\n",
        path.display()
    );
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}
