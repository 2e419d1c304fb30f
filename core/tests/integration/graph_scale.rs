//! Histories of 100,000 revisions: built, planned up and down, listed and drawn.
//!
//! No time is asserted. Anything quadratic would take minutes here, also where it is optimised.

use limbeck_core::graph::Ahead;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;

const COUNT: usize = 100_000;

/// Revision numbers: a revision's parents, and what it depends on.
type Edges = (Vec<usize>, Vec<usize>);

fn id(index: usize) -> RevisionId {
    RevisionId::new(format!("r{index:06}")).unwrap()
}

/// Load order is no order of the graph here: as with random ids.
fn graph(edges: impl Fn(usize) -> Edges) -> RevisionGraph {
    let mut revisions: Vec<Revision> = (0..COUNT)
        .map(|index| {
            let mut revision = Revision::new(id(index), format!("{index}.sql"));
            let (revises, depends_on) = edges(index);
            revision.revises = revises.into_iter().map(id).collect();
            revision.depends_on = depends_on
                .into_iter()
                .map(|index| id(index).to_string())
                .collect();
            revision
        })
        .collect();
    revisions.sort_by_cached_key(|revision| scatter(&revision.id));
    RevisionGraph::new(revisions).unwrap()
}

fn scatter(id: &RevisionId) -> u64 {
    let bytes = id.as_str().bytes();
    bytes.fold(0, |hash, byte| {
        (hash ^ u64::from(byte))
            .wrapping_mul(0x0100_0000_01b3)
            .rotate_left(23)
    })
}

/// Builds, upgrades and downgrades.
fn run(edges: impl Fn(usize) -> Edges) {
    let graph = graph(edges);
    let up = graph
        .plan_upgrade(&Rows::empty(), "heads", Ahead::Refuse)
        .unwrap();
    assert_eq!(up.steps.len(), COUNT);
    let down = graph.plan_downgrade(&up.rows_after, "base", &[]).unwrap();
    assert_eq!(down.steps.len(), COUNT);
    assert!(down.rows_after.is_empty());
}

#[test]
fn a_chain() {
    let chain = |index: usize| (index.checked_sub(1).into_iter().collect(), Vec::new());
    let graph = graph(chain);
    assert_eq!(
        graph
            .plan_upgrade(&Rows::empty(), "head", Ahead::Refuse)
            .unwrap()
            .steps
            .len(),
        COUNT
    );
    let listed = graph.newest_first();
    assert_eq!(graph.lanes(&listed).count(), COUNT);
    assert_eq!(listed.len(), COUNT);
    let last = Rows::from_iter([id(COUNT - 1).to_string()]);
    assert_eq!(
        graph.plan_downgrade(&last, "-99999", &[]).unwrap().steps.len(),
        COUNT - 1
    );
    assert_eq!(graph.resolve("r000000+99999", &last).unwrap(), [id(COUNT - 1)]);
    assert_eq!(graph.applied(&last).len(), COUNT);
    assert!(graph.resolve("r000000x", &last).is_err());
    assert_eq!(
        graph
            .plan_stamp(&last, &["r000500"], false)
            .unwrap()
            .rows_after
            .len(),
        1
    );
}

#[test]
fn a_wide_fork_that_is_merged() {
    run(|index| match index {
        0 => (vec![], vec![]),
        _ if index + 1 == COUNT => ((1..COUNT - 1).collect(), vec![]),
        _ => (vec![0], vec![]),
    });
}

#[test]
fn a_fork_of_long_lines() {
    run(|index| match index {
        0 => (vec![], vec![]),
        1..=1000 => (vec![0], vec![]),
        _ => (vec![index - 1000], vec![]),
    });
}

#[test]
fn a_ladder_of_merges() {
    run(|index| match (index, index % 3) {
        (0, _) => (vec![], vec![]),
        (_, 0) => (vec![index - 2, index - 1], vec![]),
        (_, below) => (vec![index - below], vec![]),
    });
}

#[test]
fn branches_of_one_base_merged_one_by_one() {
    let branch_or_merge = |index: usize, main: usize| match (index, index % 2) {
        (0, _) => (vec![], vec![]),
        (_, 1) => (vec![0], vec![]),
        (2, _) => (vec![1], vec![]),
        _ if main == 0 => (vec![index - 2, index - 1], vec![]),
        _ => (vec![index - 1, index - 2], vec![]),
    };
    run(|index| branch_or_merge(index, 0));
    run(|index| branch_or_merge(index, 1));
}

#[test]
fn an_old_branch_below_a_ladder_of_bases() {
    run(|index| match (index, index % 2) {
        (0, _) => (vec![], vec![]),
        (1, _) | (2, _) => (vec![0], vec![]),
        (_, 1) => (vec![], vec![]),
        _ => (vec![index - 1, index - 2], vec![]),
    });
}

#[test]
fn many_dependencies_along_a_chain() {
    run(|index| {
        let far = |step: usize| index.checked_sub(step * 7 + index % 13);
        let dependencies = [far(1), far(20), far(3000)].into_iter().flatten();
        (
            index.checked_sub(1).into_iter().collect(),
            dependencies.filter(|&at| at != index).collect(),
        )
    });
}

#[test]
fn lines_that_depend_on_each_other() {
    run(|index| {
        let line = index % 10;
        let other = index.checked_sub(10 + (index * 7919) % 50);
        let other = other.filter(|other| other % 10 != line && index % 64 < 2);
        (
            index.checked_sub(10).into_iter().collect(),
            other.into_iter().collect(),
        )
    });
}
