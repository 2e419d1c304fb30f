//! The hook with a real Redis.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use cache::ForgetCached;
use cache::keys_of;
use limbeck_cli::Cli;
use limbeck_cli::Exit;
use limbeck_cli::Invocation;
use limbeck_core::config::Environment;
use limbeck_core::engine::TouchedTables;
use limbeck_testkit::skip_for_want_of;
use tempfile::TempDir;

/// A Redis of the test's own. It ends with this value.
struct Redis {
    process: Child,
    url: String,
    _folder: TempDir,
}

impl Redis {
    /// None, said aloud, where it is not installed.
    fn start() -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let process = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", "", "--appendonly", "no", "--dir"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .spawn();
        let Ok(process) = process else {
            skip_for_want_of("redis", "redis-server is not installed");
            return None;
        };
        let mut redis = Self {
            process,
            url: format!("redis://127.0.0.1:{port}/"),
            _folder: folder,
        };
        while redis.client().get_connection().is_err() {
            assert_eq!(redis.process.try_wait().unwrap(), None, "redis-server has ended");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Some(redis)
    }

    fn client(&self) -> redis::Client {
        redis::Client::open(self.url.as_str()).unwrap()
    }

    fn set(&self, keys: impl IntoIterator<Item = impl AsRef<str>>) {
        let mut connection = self.client().get_connection().unwrap();
        for key in keys {
            redis::cmd("SET")
                .arg(key.as_ref())
                .arg("x")
                .exec(&mut connection)
                .unwrap();
        }
    }

    fn keys(&self) -> Vec<String> {
        let mut connection = self.client().get_connection().unwrap();
        let mut keys: Vec<String> = redis::cmd("KEYS").arg("*").query(&mut connection).unwrap();
        keys.sort();
        keys
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// The example's project in a folder of its own.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(TempDir::new().unwrap());
        let example = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::copy(
            example.join("limbeck.toml"),
            project.0.path().join("limbeck.toml"),
        )
        .unwrap();
        fs::create_dir(project.0.path().join("migrations")).unwrap();
        for file in fs::read_dir(example.join("migrations")).unwrap() {
            let file = file.unwrap();
            let copy = project.0.path().join("migrations").join(file.file_name());
            fs::copy(file.path(), copy).unwrap();
        }
        project
    }

    fn run(&self, hook: ForgetCached, arguments: &str) -> (Exit, String) {
        let said = self.0.path().join("said.txt");
        let out = File::create(&said).unwrap();
        let err = File::options().append(true).open(&said).unwrap();
        let call = Invocation::of_process()
            .arguments(arguments.split(' '))
            .environment(Environment::default())
            .directory(self.0.path())
            .streams(out, err);
        (
            Cli::new().hook(hook).run_with(call),
            fs::read_to_string(said).unwrap(),
        )
    }

    fn good(&self, redis: &Redis, arguments: &str) {
        let (exit, said) = self.run(ForgetCached::new(&redis.url).unwrap(), arguments);
        assert_eq!(exit, Exit::Success, "{said}");
    }
}

/// Copies of rows.
const CACHED: [&str; 6] = [
    "manifest:sha256:aa",
    "repository:7",
    "repository:7:size",
    "tag:9",
    "tags-of:7",
    "tags-of:8",
];

/// What is no copy of anything, though it has names like them.
const OTHERS: [&str; 7] = [
    "build:7:log",
    "queue:repository",
    "queue:tag:9",
    "session:ann",
    "session:tag:1",
    "stage:1",
    "tagged",
];

fn sorted<'k>(keys: impl IntoIterator<Item = &'k str>) -> Vec<String> {
    let mut keys: Vec<String> = keys.into_iter().chain(OTHERS).map(str::to_owned).collect();
    keys.sort();
    keys
}

#[test]
fn exactly_the_keys_of_the_tables_that_a_step_has_touched_are_removed() {
    let Some(redis) = Redis::start() else { return };
    let project = Project::new();
    let fill = || redis.set(CACHED.into_iter().chain(OTHERS));
    fill();
    project.good(&redis, "upgrade a1");
    assert_eq!(redis.keys(), sorted([]), "the step makes all three tables");
    fill();
    project.good(&redis, "upgrade b2");
    assert_eq!(
        redis.keys(),
        sorted(["manifest:sha256:aa", "repository:7", "repository:7:size"]),
        "it writes tags"
    );
    fill();
    project.good(&redis, "upgrade c3");
    assert_eq!(redis.keys(), sorted(CACHED), "nothing of the new table is cached");
    project.good(&redis, "upgrade d4");
    assert_eq!(redis.keys(), sorted([]), "nobody knows what it touches");
    fill();
    project.good(&redis, "upgrade");
    assert_eq!(redis.keys(), sorted(CACHED), "there was nothing to do");
}

#[test]
fn keys_are_removed_however_many_there_are() {
    let Some(redis) = Redis::start() else { return };
    let project = Project::new();
    project.good(&redis, "upgrade a1");
    redis.set((0..5000).map(|id| format!("tag:{id}")));
    redis.set(OTHERS);
    project.good(&redis, "upgrade b2");
    assert_eq!(redis.keys(), sorted([]));
}

#[test]
fn a_redis_that_does_not_answer_is_told_of_and_the_migration_stands() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let project = Project::new();
    let hook = || ForgetCached::new(&format!("redis://127.0.0.1:{port}/")).unwrap();
    let (exit, said) = project.run(hook(), "upgrade a1");
    assert_eq!(exit, Exit::Found, "{said}");
    assert!(
        said.contains("removing cached rows from Redis failed after the upgrade of a1: Redis: "),
        "{said}"
    );
    let (exit, said) = project.run(hook(), "current");
    assert_eq!((exit, said.contains("a1")), (Exit::Success, true), "{said}");
}

#[test]
fn a_pattern_belongs_to_the_tables_that_make_it() {
    assert_eq!(keys_of(&TouchedTables::of(["Tag"])), ["tag:*", "tags-of:*"]);
    assert_eq!(
        keys_of(&TouchedTables::of(["tag", "repository"])),
        ["repository:*", "tag:*", "tags-of:*"]
    );
    assert_eq!(keys_of(&TouchedTables::of(["stage", "build"])), [""; 0]);
    assert_eq!(
        keys_of(&TouchedTables::Any),
        ["manifest:*", "repository:*", "tag:*", "tags-of:*"]
    );
}

#[test]
fn the_page_shows_this_hook() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hooks.md");
    let page = fs::read_to_string(page).unwrap();
    let source = include_str!("../src/lib.rs");
    let (_, shown) = source.split_once("\n\n").unwrap();
    assert!(page.contains(shown), "docs/hooks.md shows what this folder has");
}
