//! Every fault of a set of revisions, at once.

use insta::assert_snapshot;
use limbeck_core::graph::GraphFault;
use limbeck_core::graph::GraphFaults;
use limbeck_core::graph::Label;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use proptest::prelude::*;

use crate::graph_model::history;

/// A revision as `id: parents; dependencies; labels`, each with blanks between.
fn revision(number: usize, line: &str) -> Revision {
    let (id, rest) = line.split_once(':').unwrap();
    let mut parts = rest.split(';').map(str::split_whitespace);
    let mut part = || parts.next().into_iter().flatten();
    let mut revision = Revision::new(RevisionId::new(id).unwrap(), format!("{number}_{id}.sql"));
    revision.revises = part().map(|id| RevisionId::new(id).unwrap()).collect();
    revision.depends_on = part().map(str::to_owned).collect();
    revision.labels = part().map(|label| Label::new(label).unwrap()).collect();
    revision
}

fn faults(lines: &[&str]) -> GraphFaults {
    let revisions = lines.iter().zip(1..).map(|(line, number)| revision(number, line));
    RevisionGraph::new(revisions.collect()).unwrap_err()
}

fn with_hints(faults: &GraphFaults) -> String {
    let lines = faults
        .iter()
        .map(|fault| format!("{}: {fault}\n  {}", fault.kind(), fault.hint().unwrap()));
    lines.collect::<Vec<String>>().join("\n")
}

#[test]
fn all_kinds_are_found_at_once() {
    let found = faults(&[
        "base1:",
        "accounts: base1",
        "child: acounts",
        "needy: base1; bse1 nowhere_at_all",
        "base1:",
        "base1:",
        "one: base1;; billing",
        "two: base1;; billing accounts",
        "self: self",
        "loop1: loop3",
        "loop2: loop1",
        "loop3: loop2 base1",
        "left: base1; right",
        "right: base1; left",
        "alone: base1; alone",
    ]);
    assert_snapshot!(with_hints(&found), @r"
    duplicate_id: revision `base1` is declared more than once: in 1_base1.sql and 5_base1.sql and 6_base1.sql
      delete the copy, or give one of them another id in its `-- limbeck:revision` line
    label_is_id: label `accounts` of `two` (8_two.sql) is also the id of `accounts` (2_accounts.sql)
      ids and labels share one name space; rename the label in its `-- limbeck:labels` line
    duplicate_label: label `billing` is declared more than once: by `one` (7_one.sql) and `two` (8_two.sql)
      ids and labels share one name space; rename the label in its `-- limbeck:labels` line
    missing_parent: `child` (3_child.sql) revises `acounts`, which no file declares
      did you mean `accounts`? Else get the missing file (was it committed?), or correct the `-- limbeck:revises` line
    missing_dependency: `needy` (4_needy.sql) depends on `bse1`, which is neither a revision nor a label
      did you mean `base1`? Else get the missing file (was it committed?), or correct the `-- limbeck:depends_on` line
    missing_dependency: `needy` (4_needy.sql) depends on `nowhere_at_all`, which is neither a revision nor a label
      get the missing file (was it committed?), or correct the `-- limbeck:depends_on` line
    cycle: `self` (9_self.sql) revises itself
      correct one of the `-- limbeck:revises` lines
    cycle: `loop1` (10_loop1.sql) revises `loop3` (12_loop3.sql), which revises `loop2` (11_loop2.sql), which revises `loop1` again
      correct one of the `-- limbeck:revises` lines
    cycle: `left` (13_left.sql) needs `right` (14_right.sql), which needs `left` again
      take out one of the `-- limbeck:depends_on` lines
    cycle: `alone` (15_alone.sql) needs itself
      take out one of the `-- limbeck:depends_on` lines
    ");
}

#[test]
fn a_fault_names_its_files() {
    let found = faults(&["a:", "b: a; c", "c: b", "a:", "d: x"]);
    let origins: Vec<Vec<&str>> = found.iter().map(GraphFault::origins).collect();
    assert_eq!(
        origins,
        [
            vec!["1_a.sql", "4_a.sql"],
            vec!["5_d.sql"],
            vec!["2_b.sql", "3_c.sql"]
        ]
    );
}

#[test]
fn repeated_names_are_no_fault() {
    let lines = ["a:;; l", "b: a a; a l; m m"];
    let graph = RevisionGraph::new(lines.iter().map(|line| revision(0, line)).collect()).unwrap();
    assert_eq!(graph.revises("b").count(), 1);
    assert_eq!(graph.depends_on("b").count(), 0);
}

proptest! {
    #[test]
    fn a_cycle_is_found_wherever_it_is((model, _) in history(20), from: prop::sample::Index, by_dependency: bool) {
        let mut model = model;
        let low = from.index(model.len());
        // Some revision at or above `low` becomes its parent, or what it depends on.
        let above = model.descendants(&[low].into());
        let high = *above.iter().next_back().unwrap();
        let edges = if by_dependency { &mut model.depends_on } else { &mut model.revises };
        edges[low].push(high);
        let faults = RevisionGraph::new(model.revisions()).unwrap_err();
        for fault in &faults {
            let GraphFault::Cycle { path, .. } = fault else { panic!("{fault}") };
            let path: Vec<usize> = path.iter().map(|at| model.index(at.id.as_str())).collect();
            for (child, parent) in path.iter().zip(path.iter().cycle().skip(1)) {
                prop_assert!(model.parents(*child).contains(parent), "{} is a path", fault);
            }
        }
    }
}
