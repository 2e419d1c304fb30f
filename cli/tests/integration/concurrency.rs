//! Several processes on one file.

use std::collections::HashMap;

use crate::project::Project;
use crate::project::finish;

#[test]
fn of_twenty_processes_one_applies_each_revision() {
    let project = Project::new();
    for number in 1..=10 {
        let parent = if number == 1 {
            String::new()
        } else {
            format!("revises r{}", number - 1)
        };
        let create = format!("CREATE TABLE t{number} (id BIGINT NOT NULL PRIMARY KEY);");
        project.revision(
            &format!("r{number}"),
            &parent,
            "Step",
            &create,
            &format!("DROP TABLE t{number};"),
        );
    }
    let children: Vec<_> = (0..20).map(|_| project.start(&["upgrade", "heads"])).collect();
    for child in children {
        let ran = finish(child);
        assert_eq!(ran.code, 0, "{}", ran.whole());
    }
    let (_, log) = project.json("log");
    let mut applied: HashMap<String, usize> = HashMap::new();
    for entry in log["entries"].as_array().unwrap() {
        if entry["event"] == "done" && entry["direction"] == "upgrade" {
            *applied
                .entry(entry["revision"].as_str().unwrap().to_owned())
                .or_default() += 1;
        }
    }
    assert_eq!(applied.len(), 10);
    assert!(applied.values().all(|&times| times == 1), "{applied:?}");
    assert_eq!(project.json("current").1["revisions"], serde_json::json!(["r10"]));
}
