//! Plans against the definitions: what runs, in which order, and the rows after each step.

use limbeck_core::graph::Ahead;
use limbeck_core::graph::Direction;
use limbeck_core::graph::GraphError;
use limbeck_core::graph::Plan;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::graph_model::Model;
use crate::graph_model::Set;
use crate::graph_model::history;

/// Runs the plan on sets: each step respects the edges, and leaves the maximal applied revisions as rows.
fn check_plan(model: &Model, applied: &Set, plan: &Plan, expected_steps: &Set) {
    let mut applied = applied.clone();
    let mut rows = model.maximal(&applied);
    for step in &plan.steps {
        let index = model.index(step.revision.as_str());
        match step.direction {
            Direction::Upgrade => {
                assert!(model.parents(index).is_subset(&applied), "parents first");
                assert!(applied.insert(index), "once");
            }
            Direction::Downgrade => {
                assert!(model.children(index).is_disjoint(&applied), "children first");
                assert!(applied.remove(&index), "once");
            }
        }
        for row in &step.rows.delete {
            assert!(rows.remove(&model.index(row)), "only rows are deleted");
        }
        for row in &step.rows.insert {
            assert!(
                rows.insert(model.index(row.as_str())),
                "only other rows are inserted"
            );
        }
        assert_eq!(
            rows,
            model.maximal(&applied),
            "rows are the maximal applied revisions"
        );
    }
    assert_eq!(&model.steps(plan).into_iter().collect::<Set>(), expected_steps);
    assert_eq!(model.indices(plan.rows_after.iter()), rows);
}

proptest! {
    #[test]
    fn upgrade_applies_what_the_target_needs((model, applied) in history(14), pick: Index) {
        let graph = model.graph();
        let rows = model.rows(&model.maximal(&applied));
        let target = pick.index(model.len());

        let plan = graph.plan_upgrade(&rows, model.name(target), Ahead::Refuse).unwrap();
        check_plan(&model, &applied, &plan, &(&model.closure(&[target].into()) - &applied));

        let plan = graph.plan_upgrade(&rows, "heads", Ahead::Refuse).unwrap();
        check_plan(&model, &applied, &plan, &(&model.all() - &applied));
        prop_assert!(graph.plan_upgrade(&rows, "base", Ahead::Refuse).unwrap().steps.is_empty());
    }

    #[test]
    fn downgrade_takes_back_what_is_above_the_target((model, applied) in history(14), pick: Index) {
        let graph = model.graph();
        let rows = model.maximal(&applied);
        let target = pick.index(model.len());
        let expected = &model.descendants(&model.versioned_children(target)) & &applied;

        match graph.plan_downgrade(&model.rows(&rows), model.name(target), &[]) {
            Ok(plan) => check_plan(&model, &applied, &plan, &expected),
            Err(GraphError::NotADowngradeTarget { applied: is_applied, .. }) => {
                prop_assert!(expected.is_empty() && !rows.contains(&target));
                prop_assert_eq!(is_applied, applied.contains(&target));
            }
            Err(error) => panic!("{error}"),
        }
        let plan = graph.plan_downgrade(&model.rows(&rows), "base", &[]).unwrap();
        check_plan(&model, &applied, &plan, &applied);
        prop_assert!(plan.rows_after.is_empty());
    }

    #[test]
    fn a_branch_narrows_a_downgrade((model, applied) in history(14), pick: Index, branch: Index) {
        let graph = model.graph();
        let rows = model.rows(&model.maximal(&applied));
        let (target, branch) = (pick.index(model.len()), branch.index(model.len()));
        let below_branch = model.versioned_ancestors(branch);

        let base = graph.plan_downgrade(&rows, &format!("{}@base", model.name(branch)), &[]).unwrap();
        let roots = &model.bases() & &below_branch;
        check_plan(&model, &applied, &base, &(&model.descendants(&roots) & &applied));

        let expression = format!("{}@{}", model.name(branch), model.name(target));
        let all_roots = model.versioned_children(target);
        let mut roots = &all_roots & &below_branch;
        // The branch begins at or below the target, and one way only leads on. Implied parents are no way.
        let drawn = graph.children(model.id(target)).count();
        if roots.is_empty() && drawn == 1 && model.versioned_ancestors(target).contains(&branch) {
            roots = all_roots.clone();
        }
        let steps = &model.descendants(&roots) & &applied;
        match graph.plan_downgrade(&rows, &expression, &[]) {
            Ok(plan) => check_plan(&model, &applied, &plan, &steps),
            Err(GraphError::NotInBranch { .. }) => prop_assert!(!model.branch(branch).contains(&target)),
            Err(GraphError::NoWayToBranch { .. }) => prop_assert!(roots.is_empty() && !all_roots.is_empty()),
            Err(GraphError::NotADowngradeTarget { .. }) => prop_assert!(steps.is_empty()),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn downgrade_reverses_upgrade((model, _) in history(14), pick: Index) {
        let graph = model.graph();
        let up = graph.plan_upgrade(&Rows::empty(), model.name(pick.index(model.len())), Ahead::Refuse).unwrap();
        let down = graph.plan_downgrade(&up.rows_after, "base", &[]).unwrap();
        let mut steps = model.steps(&down);
        steps.reverse();
        prop_assert_eq!(steps, model.steps(&up));
        for (up, down) in up.steps.iter().zip(down.steps.iter().rev()) {
            let texts = |ids: &[RevisionId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
            prop_assert_eq!(sorted(&up.rows.delete), sorted(&texts(&down.rows.insert)));
            prop_assert_eq!(sorted(&texts(&up.rows.insert)), sorted(&down.rows.delete));
        }
    }

    #[test]
    fn stamp_sets_the_applied_revisions(
        (model, applied) in history(14),
        picks in prop::collection::vec(any::<Index>(), 1..4),
        purge: bool,
    ) {
        let graph = model.graph();
        let rows = model.rows(&model.maximal(&applied));
        let targets: Set = picks.iter().map(|pick| pick.index(model.len())).collect();
        let strictly_above = targets.iter().flat_map(|&target| model.children(target)).collect();
        let kept = if purge { Set::new() } else { &applied - &model.descendants(&strictly_above) };
        let stamped = &model.closure(&targets) | &kept;

        let names: Vec<&str> = targets.iter().map(|&target| model.name(target)).collect();
        let plan = graph.plan_stamp(&rows, &names, purge).unwrap();
        prop_assert!(plan.steps.is_empty());
        prop_assert_eq!(model.indices(plan.rows_after.iter()), model.maximal(&stamped));
        let mut after = model.indices(rows.iter());
        for row in &plan.stamp.delete {
            prop_assert!(after.remove(&model.index(row)));
        }
        for row in &plan.stamp.insert {
            prop_assert!(after.insert(model.index(row.as_str())));
        }
        prop_assert_eq!(after, model.maximal(&stamped));

        let base = graph.plan_stamp(&rows, &["base"], purge).unwrap();
        prop_assert!(base.rows_after.is_empty());
    }

    #[test]
    fn ahead_plans_only_what_no_unknown_row_can_include((model, applied) in history(14)) {
        let graph = model.graph();
        let known = model.maximal(&applied);
        let mut rows = model.rows(&known);
        rows.0.insert(0, "not-here".to_owned());

        let refused = graph.plan_upgrade(&rows, "heads", Ahead::Refuse);
        prop_assert_eq!(refused.unwrap_err().kind(), "unknown_rows");
        let refused = graph.plan_downgrade(&rows, "base", &[]);
        prop_assert_eq!(refused.unwrap_err().kind(), "unknown_rows");

        let plan = graph.plan_upgrade(&rows, "heads", Ahead::Warn).unwrap();
        let not_applied = &model.descendants(&known) - &applied;
        let safe = |index: &usize| (&model.closure(&[*index].into()) - &applied).is_subset(&not_applied);
        let expected: Set = (&model.all() - &applied).into_iter().filter(safe).collect();
        prop_assert!(plan.rows_after.iter().any(|row| row == "not-here"));
        let mut plan = plan;
        plan.rows_after.0.retain(|row| row != "not-here");
        check_plan(&model, &applied, &plan, &expected);
    }

    #[test]
    fn the_last_steps_are_the_chain_or_the_journal((model, applied) in history(10), asked in 1..5usize) {
        let graph = model.graph();
        let rows = model.maximal(&applied);
        let up = graph.plan_upgrade(&Rows::empty(), "heads", Ahead::Refuse).unwrap();
        let mut journal = up.steps.iter().map(|step| step.revision.clone()).collect::<Vec<_>>();
        journal.retain(|id| applied.contains(&model.index(id.as_str())));
        journal.reverse();

        match graph.plan_downgrade(&model.rows(&rows), &format!("-{asked}"), &journal) {
            Ok(plan) => {
                let expected = if rows.len() == 1 && is_chain(&model, &applied, &plan) {
                    model.steps(&plan).into_iter().collect()
                } else {
                    model.indices(journal.iter().take(asked).map(|id| id.as_str()))
                };
                prop_assert_eq!(plan.steps.len(), asked);
                check_plan(&model, &applied, &plan, &expected);
            }
            Err(GraphError::Overshoot { possible, .. }) => prop_assert_eq!(possible as usize, applied.len()),
            Err(GraphError::LastStepsUnknown { known, .. }) => {
                prop_assert_eq!(known as usize, applied.len());
                prop_assert!(applied.len() < asked);
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// Whether each step but the last leaves exactly one row.
fn is_chain(model: &Model, applied: &Set, plan: &Plan) -> bool {
    let mut applied = applied.clone();
    let (_, before) = plan.steps.split_last().unwrap();
    before.iter().all(|step| {
        applied.remove(&model.index(step.revision.as_str()));
        model.maximal(&applied).len() == 1
    })
}

fn sorted(texts: &[String]) -> Vec<String> {
    let mut texts = texts.to_vec();
    texts.sort();
    texts
}

#[test]
fn rows_that_another_row_implies_go_with_the_first_step() {
    let model = Model {
        ids: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
        labels: vec![None; 3],
        revises: vec![vec![], vec![0], vec![1]],
        depends_on: vec![vec![]; 3],
    };
    let plan = model
        .graph()
        .plan_upgrade(&Rows::from_iter(["b", "a"]), "c", Ahead::Refuse)
        .unwrap();
    assert_eq!(plan.steps[0].rows.delete, ["a", "b"]);
    assert_eq!(plan.rows_after, Rows::from_iter(["c"]));
}
