//! `limbeck history`.

use insta::assert_snapshot;
use serde_json::json;

use crate::project::Project;

fn branched() -> Project {
    let project = Project::with_revisions();
    project.revision("c3", "revises a1; labels billing", "Add bills", "", "");
    project.revision("d4", "revises b2, c3", "Merge", "", "");
    project.revision("e5", "revises d4", "Add stars", "", "");
    project
}

#[test]
fn all_revisions_are_listed_newest_first() {
    let project = branched();
    assert_snapshot!(project.limbeck("history").whole(), @"
    exit 0
    -- stdout
    e5 <- d4 (head) Add stars
    d4 <- b2, c3 (mergepoint) Merge
    b2 <- a1 Add teams
    c3 <- a1 [billing] Add bills
    a1 <- base (branchpoint) Add accounts
    ");
    assert_snapshot!(project.limbeck("history -r c3:d4 -v").whole(), @"
    exit 0
    -- stdout
    d4 (mergepoint)
    revises     b2, c3
    revised by  e5
    created     2026-11-21T07:00:00Z
    file        migrations/d4_merge.sql

        Merge

    b2
    revises     a1
    revised by  d4
    created     2026-11-21T07:00:00Z
    file        migrations/b2_add_teams.sql

        Add teams

    c3
    revises     a1
    revised by  d4
    labels      billing
    created     2026-11-21T07:00:00Z
    file        migrations/c3_add_bills.sql

        Add bills
    ");
    assert!(!project.path("app.db").exists());
}

#[test]
fn programs_are_told_what_is_applied() {
    let project = branched();
    project.good("upgrade b2");
    let (_, shown) = project.json("show b2");
    assert_eq!(shown["revisions"][0]["applied"], json!(true));
    assert_eq!(project.json("show").1["revisions"][0]["applied"], json!(false));
    project.write("limbeck.toml", "");
    assert_eq!(project.json("show").1["revisions"][0]["applied"], json!(null));
}

#[test]
fn ranges_choose_revisions() {
    let project = branched();
    let listed = |range: &str| {
        let (_, answer) = project.json(&format!("history -r {range}"));
        let revisions = answer["revisions"].as_array().unwrap();
        let ids: Vec<_> = revisions
            .iter()
            .map(|view| view["revision"].as_str().unwrap().to_owned())
            .collect();
        ids.join(" ")
    };
    assert_eq!(listed("d4:"), "e5 d4");
    assert_eq!(listed(":c3"), "c3 a1");
    assert_eq!(listed("-1:"), "e5 d4");
    project.good("upgrade d4");
    assert_eq!(listed("current:heads"), "e5 d4");
}

#[test]
fn what_is_applied_is_known_with_a_database_only() {
    let project = branched();
    let applied = || {
        let (_, answer) = project.json("history");
        answer["revisions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|view| view["applied"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        applied(),
        vec![json!(false); 5],
        "a database that does not exist yet is an empty one"
    );
    let configuration = project.read("limbeck.toml");
    project.write("limbeck.toml", "");
    assert_eq!(applied(), vec![json!(null); 5]);
    project.write("limbeck.toml", configuration);
    project.good("upgrade c3");
    assert_eq!(
        applied(),
        [json!(false), json!(false), json!(false), json!(true), json!(true)]
    );
    assert_snapshot!(project.good("history -i"), @"
    e5 <- d4 (head) (pending) Add stars
    d4 <- b2, c3 (mergepoint) (pending) Merge
    b2 <- a1 (pending) Add teams
    c3 <- a1 [billing] (current) Add bills
    a1 <- base (branchpoint) Add accounts
    ");
    let (_, answer) = project.json("history -r c3:c3");
    assert_eq!(
        answer["revisions"][0],
        json!({
            "revision": "c3", "revises": ["a1"], "depends_on": [], "labels": ["billing"], "message": "Add bills",
            "created": "2026-11-21T07:00:00Z", "applied": true
        })
    );
}
