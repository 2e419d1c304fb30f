//! What revision expressions mean, against the definitions.

use insta::assert_snapshot;
use limbeck_core::graph::GraphError;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::graph_model::Model;
use crate::graph_model::Set;
use crate::graph_model::history;

/// Either a set of revisions or the kind of an error.
type Meaning = Result<Set, &'static str>;

fn meaning(model: &Model, answer: Result<Vec<RevisionId>, GraphError>) -> Meaning {
    match answer {
        Ok(ids) => Ok(model.indices(ids.iter().map(RevisionId::as_str))),
        Err(error) => Err(error.kind()),
    }
}

/// Walks over *revises* edges within `keep`; `None` is base.
fn walk(model: &Model, start: Option<usize>, steps: i32, keep: &Set) -> Meaning {
    let mut at = start;
    for _ in 0..steps.unsigned_abs() {
        let next: Set = match at {
            None if steps > 0 => model.bases(),
            None => return Err("too_far"),
            Some(at) if steps > 0 => {
                let children = model.all().into_iter();
                children
                    .filter(|&child| model.reduced_parents(child).contains(&at))
                    .collect()
            }
            Some(at) => model.reduced_parents(at),
        };
        if steps < 0 && next.is_empty() {
            at = None;
            continue;
        }
        match (&next & keep).into_iter().collect::<Vec<usize>>().as_slice() {
            [] => return Err("too_far"),
            [only] => at = Some(*only),
            _ => return Err("ambiguous_walk"),
        }
    }
    Ok(at.into_iter().collect())
}

proptest! {
    #[test]
    fn names_and_their_beginnings((model, _) in history(12), pick: Index, length in 1..6usize, branch: Index) {
        let graph = model.graph();
        let named = pick.index(model.len());
        let branch = branch.index(model.len());
        let full = model.name(named);
        let prefix = &full[..length.min(full.len())];
        let names = |index: usize| model.labels[index].iter().chain([&model.ids[index]]);
        let begins = |index: &usize| names(*index).any(|name| name.starts_with(prefix));
        let is_exact = |index: &usize| names(*index).any(|name| name == prefix);
        let exact: Set = model.all().into_iter().filter(is_exact).collect();

        for (expression, members) in [
            (prefix.to_owned(), model.all()),
            (format!("{}@{prefix}", model.name(branch)), model.branch(branch)),
        ] {
            let candidates: Set = members.iter().copied().filter(begins).collect();
            let expected = match (exact.first(), candidates.len()) {
                (Some(only), _) if members.contains(only) => Ok([*only].into()),
                (Some(_), _) | (None, 0) => Err("not_in_branch"),
                (None, 1) => Ok(candidates),
                (None, _) => Err("ambiguous_prefix"),
            };
            prop_assert_eq!(meaning(&model, graph.resolve(&expression, &Rows::empty())), expected, "{}", expression);
        }
    }

    #[test]
    fn words((model, applied) in history(12), branch: Index) {
        let graph = model.graph();
        let rows = model.maximal(&applied);
        let branch = branch.index(model.len());
        let members = model.branch(branch);
        let resolve = |expression: &str| meaning(&model, graph.resolve(expression, &model.rows(&rows)));
        let in_branch = |word: &str| resolve(&format!("{}@{word}", model.name(branch)));
        let one = |heads: Set| if heads.len() > 1 { Err("multiple_heads") } else { Ok(heads) };

        prop_assert_eq!(resolve("heads"), Ok(model.heads()));
        prop_assert_eq!(resolve("head"), one(model.versioned_heads()));
        prop_assert_eq!(resolve("base"), Ok(Set::new()));
        prop_assert_eq!(resolve("current"), Ok(rows.clone()));
        prop_assert_eq!(in_branch("heads"), Ok(&model.versioned_heads() & &members));
        prop_assert_eq!(in_branch("head"), one(&model.versioned_heads() & &members));
        prop_assert_eq!(in_branch("base"), Ok(Set::new()));
        prop_assert_eq!(in_branch("current"), Ok(&rows & &members));

        let ids = |revisions: Vec<&Revision>| model.indices(revisions.into_iter().map(|revision| revision.id.as_str()));
        prop_assert_eq!(ids(graph.heads().collect()), model.heads());
        prop_assert_eq!(ids(graph.versioned_heads().collect()), model.versioned_heads());
        prop_assert_eq!(ids(graph.bases().collect()), model.bases());
    }

    #[test]
    fn relative_to_a_revision((model, _) in history(12), pick: Index, branch: Index, steps in 1..5i32, down: bool) {
        let graph = model.graph();
        let start = pick.index(model.len());
        let branch = branch.index(model.len());
        let members = model.branch(branch);
        let steps = if down { -steps } else { steps };
        let resolve = |expression: String| meaning(&model, graph.resolve(&expression, &Rows::empty()));

        let plain = resolve(format!("{}{steps:+}", model.name(start)));
        prop_assert_eq!(plain, walk(&model, Some(start), steps, &model.all()));
        let from_base = resolve(format!("base{steps:+}"));
        prop_assert_eq!(from_base, walk(&model, None, steps, &model.all()));

        let expected = if down && !members.contains(&start) {
            Err("not_in_branch")
        } else {
            walk(&model, Some(start), steps, &members)
        };
        let in_branch = resolve(format!("{}@{}{steps:+}", model.name(branch), model.name(start)));
        prop_assert_eq!(in_branch, expected);
    }

    #[test]
    fn relative_to_what_is_current((model, applied) in history(12), branch: Index, steps in 1..5i32, down: bool) {
        let graph = model.graph();
        let rows = model.maximal(&applied);
        let branch = branch.index(model.len());
        let members = model.branch(branch);
        let steps = if down { -steps } else { steps };
        let expect = |starts: &Set, keep: &Set| match starts.iter().collect::<Vec<_>>().as_slice() {
            [] => walk(&model, None, steps, keep),
            [only] => walk(&model, Some(**only), steps, keep),
            _ => Err("multiple_current"),
        };
        let resolve = |expression: String| meaning(&model, graph.resolve(&expression, &model.rows(&rows)));
        prop_assert_eq!(resolve(format!("{steps:+}")), expect(&rows, &model.all()));

        let mut starts = &rows & &members;
        if starts.is_empty() {
            starts = model.maximal(&(&applied & &members));
        }
        prop_assert_eq!(resolve(format!("{}@{steps:+}", model.name(branch))), expect(&starts, &members));
    }

    #[test]
    fn ranges((model, _) in history(12), start: Index, end: Index) {
        let graph = model.graph();
        let (start, end) = (start.index(model.len()), end.index(model.len()));
        let range = |expression: String| match graph.range(&expression, &Rows::empty()) {
            Ok(revisions) => {
                let order: Vec<usize> = revisions.iter().map(|revision| model.index(revision.id.as_str())).collect();
                for (place, &index) in order.iter().enumerate() {
                    assert!(model.parents(index).is_disjoint(&order[..place].iter().copied().collect()));
                }
                Ok(order.into_iter().collect::<Set>())
            }
            Err(error) => Err(error.kind()),
        };
        let below_start = model.closure(&model.parents(start));
        let cut = &model.closure(&[end].into()) - &below_start;
        let expected = if cut.is_empty() { Err("empty_range") } else { Ok(cut) };
        let (start, end_name) = (model.name(start), model.name(end));
        prop_assert_eq!(range(format!("{start}:{end_name}")), expected);
        prop_assert_eq!(range(format!("{start}:")), Ok(&model.all() - &below_start));
        prop_assert_eq!(range(format!(":{end_name}")), Ok(model.closure(&[end].into())));
        prop_assert_eq!(range(":".to_owned()), Ok(model.all()));
    }

    #[test]
    fn no_text_is_too_strange((model, applied) in history(6), text in "[a-z0-9@+:-]{0,8}|.{0,6}") {
        let graph = model.graph();
        let rows = model.rows(&model.maximal(&applied));
        let _ = graph.resolve(&text, &rows);
        let _ = graph.range(&text, &rows);
        let _ = graph.plan_downgrade(&rows, &text, &[]);
        let _ = graph.plan_stamp(&rows, &[&text], false);
    }
}

fn chain_of(ids: &[&str]) -> RevisionGraph {
    let mut previous = None;
    let revisions = ids.iter().map(|id| {
        let id = RevisionId::new(id).unwrap();
        let mut revision = Revision::new(id.clone(), format!("{id}.sql"));
        revision.revises = previous.replace(id).into_iter().collect();
        revision
    });
    RevisionGraph::new(revisions.collect()).unwrap()
}

#[test]
fn relative_ends_of_a_range_count_from_the_other_end() {
    let graph = chain_of(&["a", "b", "c", "d", "e"]);
    let range = |expression: &str| {
        let revisions = graph.range(expression, &Rows::from_iter(["d"])).unwrap();
        revisions
            .iter()
            .map(|revision| revision.id.as_str())
            .collect::<String>()
    };
    assert_eq!(range("-2:current"), "dcb");
    assert_eq!(range("-2:"), "edc");
    assert_eq!(range("-9:c"), "cba");
    assert_eq!(range("b:+2"), "dcb");
    assert_eq!(range("current:+9"), "ed");
    assert_eq!(range("base:b"), "ba");
}

#[test]
fn messages_say_what_to_do() {
    let graph = chain_of(&["1975ea83b712", "1975ea9c0000", "accounts_"]);
    let say = |expression: &str| {
        let error = graph.resolve(expression, &Rows::empty()).unwrap_err();
        format!("{error}\n{}", error.hint().unwrap())
    };
    assert_snapshot!(say("1975ea"), @r"
    `1975ea` is ambiguous: it begins `1975ea83b712`, `1975ea9c0000`
    write more of its characters
    ");
    assert_snapshot!(say("acounts"), @r"
    no revision or label is called `acounts`, and none begins with it
    did you mean `accounts_`?
    ");
    assert_snapshot!(say("haed"), @r"
    no revision or label is called `haed`, and none begins with it
    did you mean `head`?
    ");
    assert_snapshot!(say("head+1"), @r"
    `head+1` leads nowhere: there is no revision above where it starts
    `limbeck history -i` shows where the database is and what lies above and below
    ");
    assert_snapshot!(say("a:b"), @r"
    `a:b` is a range, and a revision is needed
    only `limbeck history -r` and `--sql` take a range
    ");
    assert_snapshot!(say("accounts_@"), @r"
    `accounts_@` is not a revision expression: nothing stands after the `@`
    write an id or the start of one, a label, `head`, `heads`, `base` or `current`; with `+2` or `-1` after it to count from there, and `<label>@` before it to stay on one branch
    ");
}
