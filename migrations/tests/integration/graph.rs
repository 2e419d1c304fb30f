//! The shape of the history.

use limbeck_core::graph::Direction;
use limbeck_core::script::ScriptSet;

pub(crate) fn registry() -> ScriptSet {
    ScriptSet::load(&limbeck_registry::scripts()).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn all_lines_meet_in_one_head() {
    let set = registry();
    assert!(set.graph().len() >= 30);
    assert_eq!(set.graph().heads().count(), 1);
}

#[test]
fn lines_branch_merge_and_depend_on_each_other() {
    let set = registry();
    let merges = set.graph().iter().filter(|revision| revision.revises.len() > 1);
    assert!(merges.count() >= 2);
    let labels: Vec<_> = set
        .graph()
        .iter()
        .flat_map(|revision| &revision.labels)
        .map(|label| label.as_str())
        .collect();
    assert_eq!(labels, ["audit", "builds"]);
    assert_eq!(
        set.graph()
            .iter()
            .filter(|revision| !revision.depends_on.is_empty())
            .count(),
        2
    );
    assert_eq!(set.iter().filter(|script| script.is_rust()).count(), 1);
}

#[test]
fn every_revision_says_what_it_does_and_how_to_undo_it() {
    for script in registry().iter() {
        let name = script.file().name();
        assert!(!script.message().is_empty(), "{name}");
        assert!(script.node().created.is_some(), "{name}");
        assert_eq!(script.irreversible(), None, "{name}");
        let merges = script.node().revises.len() > 1;
        if !script.is_rust() && !merges {
            for direction in [Direction::Upgrade, Direction::Downgrade] {
                assert!(
                    script.is_written(direction, "sqlite", "sqlite"),
                    "{name}: {direction}"
                );
                assert!(
                    script.is_written(direction, "mysql", "mariadb"),
                    "{name}: {direction}"
                );
            }
        }
    }
}

#[test]
fn one_section_is_for_mysql_alone() {
    let set = registry();
    let sections = set.iter().flat_map(|script| script.sections());
    let native: Vec<_> = sections.filter(|section| section.audience.is_native()).collect();
    assert_eq!(native.len(), 2);
    assert!(
        native
            .iter()
            .all(|section| section.audience.runs_on("mysql", "mysql"))
    );
    assert!(
        !native
            .iter()
            .any(|section| section.audience.runs_on("sqlite", "sqlite"))
    );
}
