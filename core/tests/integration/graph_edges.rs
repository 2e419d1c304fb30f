//! Edges, order and drawing of random graphs.

use std::collections::BTreeSet;

use limbeck_core::graph::Ahead;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::Rows;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::graph_model::Model;
use crate::graph_model::Set;
use crate::graph_model::history;

fn indices<'a>(model: &Model, revisions: impl Iterator<Item = &'a Revision>) -> Set {
    model.indices(revisions.map(|revision| revision.id.as_str()))
}

/// The parents that count, then the dependencies that count, in the order in which they are declared.
fn needs(graph: &RevisionGraph, model: &Model, index: usize) -> Vec<usize> {
    let id = model.id(index);
    let revisions = graph.revises(&id).chain(graph.depends_on(&id));
    revisions
        .map(|revision| model.index(revision.id.as_str()))
        .collect()
}

/// The order of DESIGN §3 as it is written down there: with the ancestors of each line in a set.
fn newest_first(graph: &RevisionGraph, model: &Model, members: &Set) -> Vec<usize> {
    let mut open = members.clone();
    let mut lines: Vec<usize> = model.maximal(members).into_iter().collect();
    let mut order = Vec::new();
    let mut at = 0;
    while !lines.is_empty() {
        let line = lines[at];
        let above = |other: &usize| *other != at && model.closure(&[lines[*other]].into()).contains(&line);
        if let Some(other) = (0..lines.len()).find(above) {
            at = other;
            continue;
        }
        order.push(line);
        open.remove(&line);
        let parents = needs(graph, model, line);
        let mut next = parents
            .into_iter()
            .filter(|parent| open.contains(parent) && !lines.contains(parent));
        let next: Vec<usize> = next.by_ref().collect();
        match next.split_first() {
            None => {
                lines.remove(at);
                at = at.saturating_sub(1);
            }
            Some((first, others)) => {
                lines[at] = *first;
                lines.extend(others);
            }
        }
    }
    order
}

proptest! {
    #[test]
    fn implied_edges_are_dropped_and_nothing_else((model, _) in history(16)) {
        let graph = model.graph();
        for index in model.all() {
            let parents = model.reduced_parents(index);
            prop_assert_eq!(indices(&model, graph.revises(model.id(index))), parents.clone());

            let all = model.parents(index);
            let others = |but: usize| &all - &[but].into();
            let dependencies: Set = all
                .iter()
                .copied()
                .filter(|&at| !model.revises[index].contains(&at) && !model.closure(&others(at)).contains(&at))
                .collect();
            prop_assert_eq!(indices(&model, graph.depends_on(model.id(index))), dependencies.clone());

            // Nothing is lost.
            let kept = &parents | &dependencies;
            prop_assert_eq!(model.closure(&kept), model.closure(&all));

            let children: Set = model.all().into_iter().filter(|&at| needs(&graph, &model, at).contains(&index)).collect();
            prop_assert_eq!(indices(&model, graph.needed_by(model.id(index))), children);
        }
    }

    #[test]
    fn the_order_stays_on_one_line((model, applied) in history(28), target: Index) {
        let graph = model.graph();
        let order = newest_first(&graph, &model, &model.all());
        let found: Vec<usize> = graph.newest_first().iter().map(|at| model.index(at.id.as_str())).collect();
        prop_assert_eq!(found, order);

        let target = target.index(model.len());
        let rows = model.rows(&model.maximal(&applied));
        let plan = graph.plan_upgrade(&rows, model.name(target), Ahead::Refuse).unwrap();
        let mut order = newest_first(&graph, &model, &(&model.closure(&[target].into()) - &applied));
        order.reverse();
        prop_assert_eq!(model.steps(&plan), order);

        let plan = graph.plan_downgrade(&rows, "base", &[]).unwrap();
        prop_assert_eq!(model.steps(&plan), newest_first(&graph, &model, &applied));
    }

    #[test]
    fn what_is_applied_is_the_closure_of_the_rows((model, applied) in history(16)) {
        let graph = model.graph();
        let mut rows = model.rows(&model.maximal(&applied));
        rows.0.push("0-unknown".to_owned());
        let ids: BTreeSet<String> = graph.applied(&rows).iter().map(ToString::to_string).collect();
        prop_assert_eq!(model.indices(ids.iter().map(String::as_str)), applied);
        prop_assert_eq!(graph.unknown_rows(&rows), ["0-unknown"]);
    }

    #[test]
    fn lanes_show_each_revision_once_and_lead_to_it((model, applied) in history(24), only_applied: bool) {
        let graph = model.graph();
        let rows = model.rows(&model.maximal(&applied));
        let listed = if only_applied { graph.range(":current", &rows).unwrap() } else { graph.newest_first() };
        let mut shown = Vec::new();
        let mut lanes_seen = BTreeSet::new();
        for row in graph.lanes(&listed) {
            let stars: Vec<usize> = row.cells.iter().filter(|cell| cell.character == '*').map(|cell| cell.lane).collect();
            match (row.revision, stars.as_slice()) {
                (None, []) => {}
                (Some(index), [lane]) => {
                    let is_parent = listed[..index]
                        .iter()
                        .any(|child| graph.revises(&child.id).any(|parent| parent.id == listed[index].id));
                    prop_assert_eq!(lanes_seen.contains(lane), is_parent, "a lane leads to each parent");
                    shown.push(index);
                }
                _ => panic!("{row}"),
            }
            lanes_seen.extend(row.cells.iter().map(|cell| cell.lane));
            prop_assert!(!row.to_string().ends_with(' '));
        }
        prop_assert_eq!(shown, (0..listed.len()).collect::<Vec<usize>>());
    }
}

#[test]
fn a_graph_of_nothing() {
    let graph = RevisionGraph::new(Vec::new()).unwrap();
    assert!(graph.is_empty());
    for target in ["heads", "head", "base"] {
        assert!(
            graph
                .plan_upgrade(&Rows::empty(), target, Ahead::Refuse)
                .unwrap()
                .steps
                .is_empty()
        );
        assert!(
            graph
                .plan_downgrade(&Rows::empty(), target, &[])
                .unwrap()
                .steps
                .is_empty()
        );
        assert!(
            graph
                .plan_stamp(&Rows::empty(), &[target], false)
                .unwrap()
                .stamp
                .is_empty()
        );
    }
    assert!(graph.newest_first().is_empty());
}
