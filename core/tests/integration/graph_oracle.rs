//! Plans agree with those of Alembic's own planner.
//!
//! Steps and rows are the same; the order of the steps too, but where a revision has several dependencies: there
//! Alembic's order depends on a hash seed, and only its being topological is checked. Errors agree by kind.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use limbeck_core::graph::Ahead;
use limbeck_core::graph::Direction;
use limbeck_core::graph::GraphError;
use limbeck_core::graph::Label;
use limbeck_core::graph::Plan;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use serde::Deserialize;

/// Questions to which Limbeck gives another answer on purpose: Alembic's test, the target, and why.
const EXCEPTIONS: [(&str, &str, &str); 4] = [
    ("test_downgrade_once_order_left", "-1", ROW_ORDER),
    ("test_downgrade_once_order_left_unbalanced", "-1", ROW_ORDER),
    ("test_downgrade_once_order_right", "-1", ROW_ORDER),
    ("test_downgrade_once_order_right_unbalanced", "-1", ROW_ORDER),
];

const ROW_ORDER: &str = "with several rows Alembic goes down from the one the database returns first; \
    Limbeck undoes what the journal says came last, and refuses without it";

#[derive(Deserialize)]
struct Question {
    /// The name of Alembic's test, where the question comes from one.
    test: Option<String>,
    revisions: Vec<OracleRevision>,
    current: Vec<String>,
    command: String,
    target: serde_json::Value,
    #[serde(flatten)]
    expect: Option<Expect>,
}

#[derive(Deserialize)]
struct OracleRevision {
    id: String,
    down: Vec<String>,
    depends: Vec<String>,
    labels: Vec<String>,
}

/// How the hand-written cases give the answer, in the question's own line.
#[derive(Deserialize)]
struct Expect {
    expect: Vec<(String, String)>,
    expect_heads: Vec<String>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    steps: Vec<(String, String)>,
    #[serde(default)]
    heads_after: Vec<String>,
    cause: Option<String>,
}

impl Question {
    fn graph(&self) -> RevisionGraph {
        let revisions = self.revisions.iter().map(|oracle| {
            let id = RevisionId::new(&oracle.id).unwrap();
            let mut revision = Revision::new(id, format!("{}.sql", oracle.id));
            revision.revises = oracle
                .down
                .iter()
                .map(|id| RevisionId::new(id).unwrap())
                .collect();
            revision.depends_on = oracle.depends.clone();
            revision.labels = oracle
                .labels
                .iter()
                .map(|label| Label::new(label).unwrap())
                .collect();
            revision
        });
        RevisionGraph::new(revisions.collect()).unwrap()
    }

    fn exception(&self) -> Option<&'static str> {
        let test = self.test.as_deref()?.rsplit("::").next()?;
        let found = EXCEPTIONS
            .iter()
            .find(|(name, target, _)| *name == test && self.target == *target);
        found.map(|(_, _, why)| *why)
    }

    fn plan(&self, graph: &RevisionGraph, journal: &[RevisionId]) -> Result<Plan, GraphError> {
        let rows: Rows = self.current.iter().cloned().collect();
        match (self.command.as_str(), &self.target) {
            ("upgrade", serde_json::Value::String(target)) => {
                graph.plan_upgrade(&rows, target, Ahead::Refuse)
            }
            ("upgrade", targets) => {
                let targets: Vec<RevisionId> = serde_json::from_value(targets.clone()).unwrap();
                graph.plan_upgrade_to(&rows, &targets, Ahead::Refuse)
            }
            ("downgrade", serde_json::Value::Null) => graph.plan_downgrade(&rows, "base", journal),
            ("downgrade", target) => graph.plan_downgrade(&rows, target.as_str().unwrap(), journal),
            (command, _) => panic!("unknown command {command}"),
        }
    }

    /// Whether Alembic's order is the same with every hash seed.
    fn has_one_order(&self) -> bool {
        self.revisions.iter().all(|revision| revision.depends.len() < 2)
    }
}

fn check(place: &str, question: &Question, answer: &Answer) -> Result<(), String> {
    let graph = question.graph();
    let what = format!(
        "{place}: {} {} from {:?}",
        question.command, question.target, question.current
    );
    let mut planned = question.plan(&graph, &[]);
    if let Some(why) = question.exception() {
        if !matches!(planned, Err(GraphError::LastStepsUnknown { .. })) {
            return Err(format!("{what}: no longer an exception ({why}): {planned:?}"));
        }
        let journal: Vec<RevisionId> = answer
            .steps
            .iter()
            .map(|(_, id)| RevisionId::new(id).unwrap())
            .collect();
        planned = question.plan(&graph, &journal);
    }
    let plan = match (&answer.cause, planned) {
        (None, Ok(plan)) => plan,
        (None, Err(error)) => return Err(format!("{what}: {error}")),
        (Some(cause), Ok(plan)) => return Err(format!("{what}: expected {cause}, got {plan:?}")),
        (Some(cause), Err(error)) => return check_error(&what, cause, &error),
    };
    let steps: Vec<(&str, &str)> = plan
        .steps
        .iter()
        .map(|step| match step.direction {
            Direction::Upgrade => ("up", step.revision.as_str()),
            Direction::Downgrade => ("down", step.revision.as_str()),
        })
        .collect();
    let expected: Vec<(&str, &str)> = answer
        .steps
        .iter()
        .map(|(way, id)| (way.as_str(), id.as_str()))
        .collect();
    let same = if question.has_one_order() {
        steps == expected
    } else {
        steps.iter().collect::<BTreeSet<_>>() == expected.iter().collect() && is_topological(&graph, &plan)
    };
    if !same {
        return Err(format!("{what}: expected {expected:?}, got {steps:?}"));
    }
    let rows: BTreeSet<&str> = plan.rows_after.iter().collect();
    let expected: BTreeSet<&str> = answer.heads_after.iter().map(String::as_str).collect();
    if rows != expected {
        return Err(format!("{what}: expected rows {expected:?}, got {rows:?}"));
    }
    Ok(())
}

fn check_error(what: &str, cause: &str, error: &GraphError) -> Result<(), String> {
    let kind = cause.split(':').next().unwrap();
    let agrees = match kind {
        "RangeNotAncestorError" => matches!(error, GraphError::NotADowngradeTarget { .. }),
        "MultipleHeads" => matches!(error, GraphError::MultipleHeads { .. }),
        "ResolutionError" => matches!(
            error,
            GraphError::UnknownName { .. }
                | GraphError::AmbiguousPrefix { .. }
                | GraphError::NotInBranch { .. }
        ),
        _ => false,
    };
    if agrees {
        Ok(())
    } else {
        Err(format!("{what}: expected {cause}, got {error}"))
    }
}

fn is_topological(graph: &RevisionGraph, plan: &Plan) -> bool {
    let at: HashMap<&RevisionId, usize> = plan.steps.iter().map(|step| &step.revision).zip(0..).collect();
    plan.steps.iter().all(|step| {
        let parents = graph
            .revises(&step.revision)
            .chain(graph.depends_on(&step.revision));
        parents
            .filter_map(|parent| at.get(&parent.id))
            .all(|parent| match step.direction {
                Direction::Upgrade => *parent < at[&step.revision],
                Direction::Downgrade => *parent > at[&step.revision],
            })
    })
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Vec<T> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Fails when an answer of this folder is another one; says how many questions it holds.
fn check_all(folder: &Path) -> usize {
    let questions: Vec<Question> = lines(&folder.join("fuzz.jsonl"));
    let answers: Vec<Answer> = lines(&folder.join("fuzz.expected.jsonl"));
    assert_eq!(questions.len(), answers.len());
    let fuzz = questions.iter().zip(&answers).enumerate();
    let mut disagreements: Vec<String> = fuzz
        .filter_map(|(index, (question, answer))| {
            check(&format!("fuzz.jsonl:{}", index + 1), question, answer).err()
        })
        .collect();

    let cases: Vec<Question> = lines(&folder.join("traversal_cases.jsonl"));
    for (index, case) in cases.iter().enumerate() {
        let place = format!("traversal_cases.jsonl:{}", index + 1);
        let Some(Expect { expect, expect_heads }) = &case.expect else {
            panic!("{place} has no answer");
        };
        let answer = Answer {
            steps: expect.clone(),
            heads_after: expect_heads.clone(),
            cause: None,
        };
        disagreements.extend(check(&place, case, &answer).err());
    }
    assert!(
        disagreements.is_empty(),
        "{} disagreements:\n{}",
        disagreements.len(),
        disagreements.join("\n")
    );
    questions.len() + cases.len()
}

#[test]
fn the_committed_answers_agree() {
    let checked = check_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/oracle"));
    assert!(checked >= 60, "only {checked} questions");
}

#[test]
fn all_answers_agree() {
    let folder = match std::env::var_os("LIMBECK_ORACLE_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/oracle"),
    };
    if folder.is_dir() {
        let checked = check_all(&folder);
        assert!(checked >= 2000, "only {checked} questions");
    } else {
        say_skipped(&folder);
    }
}

/// To the process's own stderr: the test harness would keep the line of a passing test to itself.
fn say_skipped(folder: &Path) {
    let line = format!(
        "\nSKIPPED: {} does not exist, so only the committed part of Alembic's answers was checked \
         (set LIMBECK_ORACLE_DIR)\n",
        folder.display()
    );
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}
