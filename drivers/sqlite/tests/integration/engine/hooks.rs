//! Hooks written in Rust.

use std::sync::Mutex;

use async_trait::async_trait;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Hook;
use limbeck_core::engine::HookError;
use limbeck_core::engine::HookMoment;
use limbeck_core::engine::HookRun;
use limbeck_core::engine::Signal;
use limbeck_core::engine::Stop;
use limbeck_core::graph::Direction;

use super::*;

type Act = Box<dyn Fn(&str) -> Result<(), HookError> + Send + Sync>;

/// Writes down when it is called, and then does something.
struct Listener {
    name: &'static str,
    heard: Arc<Mutex<Vec<String>>>,
    act: Act,
}

#[async_trait]
impl Hook for Listener {
    fn name(&self) -> &str {
        self.name
    }

    async fn call(&self, run: &HookRun<'_>, moment: &HookMoment<'_>) -> Result<(), HookError> {
        let applied: Vec<&str> = run.applied.iter().map(|step| step.revision.as_str()).collect();
        let call = format!("{}: {moment} ({})", self.name, applied.join(" "));
        self.heard.lock().unwrap().push(call);
        (self.act)(moment.word())
    }
}

/// A migrator with hooks of these names that do something, and what they hear.
fn listening(
    migrator: Migrator,
    hooks: impl IntoIterator<Item = (&'static str, Act)>,
) -> (Migrator, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::<Mutex<Vec<String>>>::default();
    let migrator = hooks.into_iter().fold(migrator, |migrator, (name, act)| {
        let heard = Arc::clone(&heard);
        migrator.with_hook(Arc::new(Listener { name, heard, act }))
    });
    (migrator, heard)
}

/// Does something at one kind of moments.
fn at(word: &'static str, act: impl Fn() -> Result<(), HookError> + Send + Sync + 'static) -> Act {
    Box::new(move |moment| if moment == word { act() } else { Ok(()) })
}

fn nothing() -> Act {
    Box::new(|_| Ok(()))
}

fn refusal() -> Result<(), HookError> {
    Err(HookError::new("no").with_hint("ask again"))
}

fn two_tables(project: &Project) -> Migrator {
    project.migrator(&[("a1", "", &table("one")), ("b2", "a1", &table("two"))])
}

#[tokio::test]
async fn each_hook_hears_everything_in_order() {
    let project = Project::new();
    let (migrator, heard) = listening(two_tables(&project), [("x", nothing()), ("y", nothing())]);
    let report = migrator.upgrade("a1", &mut Ignore).await.unwrap();
    assert!(report.hook_failures.is_empty());
    assert_eq!(
        *heard.lock().unwrap(),
        [
            "x: before the run ()",
            "y: before the run ()",
            "x: before the upgrade of a1 ()",
            "y: before the upgrade of a1 ()",
            "x: after the upgrade of a1 (a1)",
            "y: after the upgrade of a1 (a1)",
            "x: after the run (a1)",
            "y: after the run (a1)",
        ]
    );
    heard.lock().unwrap().clear();
    migrator.upgrade("a1", &mut Ignore).await.unwrap();
    migrator.plan(Direction::Upgrade, "heads").await.unwrap();
    assert!(heard.lock().unwrap().is_empty(), "nothing was done");
}

#[tokio::test]
async fn the_first_refusal_counts_and_all_hear_of_the_failure() {
    let project = Project::new();
    let hooks = [
        ("x", at("before_step", refusal)),
        ("y", at("on_failure", refusal)),
    ];
    let (migrator, heard) = listening(two_tables(&project), hooks);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert_eq!(error.to_string(), "x failed before the upgrade of a1: no");
    assert_eq!(
        error.hints(),
        [
            "ask again",
            "no revision was applied; run the same command again when that is put right"
        ]
    );
    assert!(matches!(error, EngineError::Hook { .. }));
    let heard = heard.lock().unwrap();
    assert_eq!(
        heard[2..],
        [
            "x: before the upgrade of a1 ()",
            "x: after the failure of the run ()",
            "y: after the failure of the run ()"
        ]
    );
    assert!(project.tables().is_empty() && project.journal().is_empty());
}

#[tokio::test]
async fn what_fails_afterwards_is_in_the_report() {
    let project = Project::new();
    let hooks = [("x", at("after_step", refusal)), ("y", at("after_run", refusal))];
    let (migrator, _) = listening(two_tables(&project), hooks);
    let report = migrator.upgrade("heads", &mut Ignore).await.unwrap();
    let failures: Vec<String> = report.hook_failures.iter().map(ToString::to_string).collect();
    assert_eq!(
        failures,
        [
            "x failed after the upgrade of a1: no",
            "x failed after the upgrade of b2: no",
            "y failed after the run: no",
        ]
    );
    assert_eq!(project.versions(), ["b2"]);
}

/// Whatever the hook did meanwhile, the first statement of the step proves the lock.
#[tokio::test]
async fn a_lock_that_is_lost_in_a_hook_stops_the_run() {
    for word in ["before_run", "before_step"] {
        let project = Project::new();
        let lock_file = project.folder.path().join("app.db.limbeck-lock");
        let lose = at(word, move || {
            std::fs::remove_file(&lock_file).map_err(|error| HookError::new(error.to_string()))
        });
        let (migrator, _) = listening(project.migrator(&[("a1", "", &table("one"))]), [("x", lose)]);
        let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
        assert!(matches!(error, EngineError::LockLost { .. }), "{word}: {error:?}");
        assert!(project.tables().is_empty());
    }
}

#[tokio::test]
async fn rows_that_a_hook_moves_stop_the_run() {
    let project = Project::new();
    let path = project.path();
    let meddle = at("before_step", move || {
        let other = Connection::open(&path).unwrap();
        other
            .execute("INSERT INTO limbeck_version VALUES ('zz')", [])
            .unwrap();
        Ok(())
    });
    let (migrator, _) = listening(project.migrator(&[("a1", "", &table("one"))]), [("x", meddle)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(matches!(error, EngineError::RowsMoved { .. }), "{error:?}");
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn a_request_to_stop_in_a_hook_stops_before_the_next_step() {
    let project = Project::new();
    let stop = Stop::new();
    let handle = stop.clone();
    let ask = at("after_step", move || {
        handle.request(Signal::Terminate);
        Ok(())
    });
    let (migrator, heard) = listening(two_tables(&project).with_stop(stop), [("x", ask)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(
        matches!(
            error,
            EngineError::Stopped {
                signal: Signal::Terminate,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(project.versions(), ["a1"]);
    assert_eq!(
        heard.lock().unwrap().last().unwrap(),
        "x: after the failure of the run (a1)"
    );
}

/// A step that has run in part is gone on with, and its hooks are called again.
#[tokio::test]
async fn a_step_that_is_gone_on_with_has_its_hooks_again() {
    let project = Project::new();
    let half = "-- limbeck:upgrade\n-- limbeck:no_transaction\nCREATE TABLE half (id BIGINT PRIMARY KEY);\n\
        -- limbeck:no_transaction\nINSERT INTO half (id) SELECT id FROM one WHERE id > 5;\n\
        -- limbeck:assert SELECT 1 FROM one WHERE id < 5\n-- limbeck:downgrade\nDROP TABLE half;\n";
    let files = [("a1", "", &*table("one")), ("b2", "a1", half)];
    upgrade(&project.migrator(&files[..1])).await;
    project.look().execute("INSERT INTO one VALUES (1)", []).unwrap();
    let (migrator, heard) = listening(project.migrator(&files), [("x", nothing())]);
    migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    project.look().execute("DELETE FROM one", []).unwrap();
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
    let heard = heard.lock().unwrap();
    let again = [
        "x: before the run ()",
        "x: before the upgrade of b2 ()",
        "x: after the upgrade of b2 (b2)",
        "x: after the run (b2)",
    ];
    assert_eq!(heard[3..], again);
    assert_eq!(heard[2], "x: after the failure of the run ()");
}
