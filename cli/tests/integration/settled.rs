//! An upgrade that knows again that there is nothing to do.

use std::fs;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::SystemTime;

use limbeck_cli::Cli;
use limbeck_cli::Exit;
use limbeck_cli::Invocation;
use limbeck_core::script::EmbeddedSource;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSource;

use crate::project::Project;
use crate::project::Ran;
use crate::project::finish;

/// A project whose files were not touched for a long time, and a cache of its own.
struct Place(Project);

impl Place {
    /// Everything is applied, and nothing remembered.
    fn applied() -> Self {
        let place = Self(Project::with_revisions());
        place.rest();
        place.0.good("upgrade");
        place
    }

    /// Everything is applied and remembered.
    fn settled() -> Self {
        let place = Self::applied();
        place.good();
        assert_eq!(place.notes().len(), 1);
        place
    }

    /// Sets the times of all files back.
    fn rest(&self) {
        for entry in fs::read_dir(self.0.path("migrations")).unwrap() {
            set_time(&entry.unwrap().path(), old());
        }
    }

    fn run(&self, arguments: &[&str], cache: &str) -> Ran {
        let folder = self.0.path("cache");
        let folder = folder.to_str().unwrap();
        let variables = [("XDG_CACHE_HOME", folder), ("LIMBECK_CACHE", cache)];
        self.0.run(arguments, &variables)
    }

    fn upgrade(&self) -> Ran {
        self.run(&["upgrade"], "")
    }

    fn good(&self) -> String {
        let ran = self.upgrade();
        assert_eq!(ran.code, 0, "{}", ran.whole());
        assert_eq!(ran.err, "");
        ran.out
    }

    fn start(&self) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limbeck"));
        command
            .arg("upgrade")
            .current_dir(self.0.path(""))
            .env_clear()
            .env("XDG_CACHE_HOME", self.0.path("cache"));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// What lies in the folder of the notes.
    fn notes(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.0.path("cache/limbeck/settled"));
        let entries = entries.into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    /// Whether the next upgrade compares the files with what ran: then it sees that the checksums were changed. Nothing else
    /// looks at them.
    fn reads_files(&self) -> bool {
        let journal = self.0.sqlite("app.db");
        let forged = journal.execute(
            "UPDATE limbeck_journal SET checksum = 'tokens1-sha256:0' WHERE checksum IS NOT NULL",
            [],
        );
        assert!(forged.unwrap() > 0);
        drop(journal);
        let ran = self.upgrade();
        assert!(matches!(ran.code, 0 | 2), "{}", ran.whole());
        ran.code == 2
    }
}

fn old() -> SystemTime {
    SystemTime::now() - Duration::from_secs(3600)
}

fn set_time(path: &Path, time: SystemTime) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(time).unwrap();
}

const FIRST: &str = "migrations/a1_add_accounts.sql";

/// The same text with another letter in it.
fn other_letter(project: &Project) -> String {
    project.read(FIRST).replace("Add accounts", "Add Accounts")
}

#[test]
fn files_that_rest_are_not_read_again() {
    let place = Place::settled();
    let said = place.good();
    assert_eq!(said, "nothing to do; the database is at b2\n");
    let told = place.run(&["upgrade", "--json"], "");
    let read = place.run(&["upgrade", "--json"], "off");
    assert_eq!(told.out, read.out);
    assert!(!place.reads_files());
    assert_eq!(place.run(&["upgrade"], "off").code, 2);
    assert_eq!(place.run(&["upgrade", "--check-drift"], "").code, 2);
    assert_eq!(place.run(&["upgrade", "b2"], "").code, 2);
    let found = place.run(&["verify"], "");
    assert_eq!(found.code, 1, "{}", found.whole());
    assert!(found.out.contains("a1"), "{}", found.out);
}

#[test]
fn every_change_of_a_file_is_seen() {
    type Change = fn(&Project);
    let changes: &[(&str, Change)] = &[
        ("same size", |project| {
            project.write(FIRST, other_letter(project));
        }),
        ("same size, and a time that is old", |project| {
            project.write(FIRST, other_letter(project));
            set_time(&project.path(FIRST), old() + Duration::from_secs(1));
        }),
        ("same text, another time", |project| {
            set_time(&project.path(FIRST), old() - Duration::from_secs(1));
        }),
        ("removed", |project| {
            fs::remove_file(project.path("migrations/b2_add_teams.sql")).unwrap();
        }),
        ("added", |project| {
            project.revision(
                "c3",
                "revises b2",
                "More",
                "CREATE TABLE c (id BIGINT);",
                "DROP TABLE c;",
            );
            set_time(&project.path("migrations/c3_more.sql"), old());
        }),
        ("renamed", |project| {
            let to = project.path("migrations/a1_add_the_account.sql");
            fs::rename(project.path(FIRST), to).unwrap();
        }),
        ("replaced by an older file", |project| {
            project.write("older.sql", other_letter(project));
            set_time(&project.path("older.sql"), old() - Duration::from_secs(86400));
            fs::rename(project.path("older.sql"), project.path(FIRST)).unwrap();
        }),
    ];
    for (what, change) in changes {
        let place = Place::settled();
        change(&place.0);
        assert!(place.reads_files(), "{what}");
    }
}

#[cfg(unix)]
#[test]
fn a_change_is_seen_also_where_its_time_was_set_back() {
    let place = Place::settled();
    let time = place.0.path(FIRST).metadata().unwrap().modified().unwrap();
    place.0.write(FIRST, other_letter(&place.0));
    set_time(&place.0.path(FIRST), time);
    assert!(place.reads_files());
}

#[test]
fn a_file_that_may_still_be_written_is_not_remembered() {
    let place = Place::applied();
    set_time(&place.0.path(FIRST), SystemTime::now());
    place.good();
    set_time(
        &place.0.path(FIRST),
        SystemTime::now() + Duration::from_secs(3600),
    );
    place.good();
    assert_eq!(place.notes(), [] as [PathBuf; 0]);
    assert!(place.reads_files());
}

#[test]
fn a_file_of_rows_is_watched_too() {
    let place = Place(Project::new());
    place.0.write("migrations/tags.csv", "id,name\n1,latest\n");
    place.0.revision(
        "a1",
        "",
        "Add tags",
        "CREATE TABLE tag (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(50));\n-- limbeck:load tags.csv into tag",
        "DROP TABLE tag;",
    );
    place.rest();
    place.0.good("upgrade");
    place.good();
    assert_eq!(place.notes().len(), 1);
    place.good();
    place.0.write("migrations/tags.csv", "id,name\n1,newest\n");
    set_time(&place.0.path("migrations/tags.csv"), old());
    let ran = place.upgrade();
    assert_eq!(ran.code, 2, "{}", ran.whole());
    assert!(ran.err.contains("tags.csv"), "{}", ran.err);
    fs::remove_file(place.0.path("migrations/tags.csv")).unwrap();
    assert_eq!(place.upgrade().code, 2);
}

#[test]
fn a_history_that_has_moved_is_read() {
    let place = Place::settled();
    place.0.good("downgrade -1");
    assert!(place.upgrade().out.contains("1 revision applied"));
    place.good();
    fs::copy(place.0.path("app.db"), place.0.path("before.db")).unwrap();
    place.0.good("downgrade base");
    place.0.good("upgrade");
    place.good();
    fs::copy(place.0.path("before.db"), place.0.path("app.db")).unwrap();
    assert!(place.reads_files(), "an older copy of the database");

    let place = Place::settled();
    fs::remove_file(place.0.path("app.db")).unwrap();
    assert!(
        place.upgrade().out.contains("2 revisions applied"),
        "a new database"
    );

    let place = Place::settled();
    let journal = place.0.sqlite("app.db");
    journal
        .execute("UPDATE limbeck_version SET version_num = 'a1'", [])
        .unwrap();
    drop(journal);
    assert!(!place.upgrade().out.starts_with("nothing to do"));
}

#[test]
fn a_note_that_cannot_be_read_is_written_again() {
    let place = Place::settled();
    let [note] = place.notes().try_into().unwrap();
    let whole = fs::read(&note).unwrap();
    let half = whole.get(..whole.len() / 2).unwrap().to_vec();
    let text = String::from_utf8(whole.clone()).unwrap();
    let other_format = text.replace("\"format\":1", "\"format\":2");
    assert_ne!(other_format, text);
    for broken in [
        Vec::new(),
        half,
        vec![0xff; 100],
        b"[]".to_vec(),
        other_format.into_bytes(),
    ] {
        fs::write(&note, &broken).unwrap();
        place.good();
        assert_eq!(fs::read(&note).unwrap(), whole);
    }
    fs::write(&note, text.replace("\"b2\"", "\"a1\"")).unwrap();
    place.good();
    fs::write(&note, "{}").unwrap();
    assert!(place.reads_files());
}

#[test]
fn several_processes_leave_one_note() {
    let place = Place::applied();
    let children: Vec<Child> = (0..8).map(|_| place.start()).collect();
    for child in children {
        let ran = finish(child);
        assert_eq!(ran.code, 0, "{}", ran.whole());
    }
    assert_eq!(place.notes().len(), 1);
    assert!(!place.reads_files());
}

/// A process that may write no byte into a file is killed by the kernel at the first one of the note.
#[cfg(target_os = "linux")]
#[test]
fn a_process_that_is_killed_while_it_writes_leaves_no_half_note() {
    use std::os::unix::process::ExitStatusExt;
    const SIGXFSZ: i32 = 25;
    let place = Place::applied();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "ulimit -c 0; ulimit -f 0; exec \"$0\" upgrade"]);
    command
        .arg(env!("CARGO_BIN_EXE_limbeck"))
        .current_dir(place.0.path(""))
        .env_clear()
        .env("XDG_CACHE_HOME", place.0.path("cache"))
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    assert_eq!(output.status.signal(), Some(SIGXFSZ), "{output:?}");
    let [left] = place.notes().try_into().unwrap();
    assert_eq!(left.metadata().unwrap().len(), 0);
    place.good();
    assert_eq!(place.notes().len(), 2);
    // What is left is cleared away by and by.
    set_time(&left, SystemTime::now() - Duration::from_secs(90 * 24 * 3600));
    set_time(&place.0.path(FIRST), old() - Duration::from_secs(2));
    place.good();
    assert!(!left.exists());
    assert!(!place.reads_files());
}

#[test]
fn a_cache_that_cannot_be_written_is_none() {
    let place = Place::applied();
    place.0.write("cache", "a file");
    assert_eq!(place.good(), "nothing to do; the database is at b2\n");
    assert!(place.reads_files());
}

#[test]
fn the_cache_can_be_switched_off() {
    let place = Place::applied();
    assert_eq!(place.run(&["upgrade"], "off").code, 0);
    let wrong = place.run(&["upgrade"], "sometimes");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("LIMBECK_CACHE"), "{}", wrong.err);
    place
        .0
        .write("limbeck.toml", "url = \"sqlite://app.db\"\ncache = false\n");
    assert_eq!(place.upgrade().code, 0);
    assert!(!place.0.path("cache").exists());
    assert_eq!(place.run(&["upgrade"], "on").code, 0);
    assert_eq!(place.notes().len(), 1);
}

#[test]
fn commands_that_only_read_leave_no_note() {
    let place = Place::applied();
    for command in [
        "status", "plan", "current", "history", "heads", "verify", "check", "log",
    ] {
        place.run(&[command], "");
    }
    assert!(!place.0.path("cache").exists());
}

/// Runs a program of the project's own that has these scripts in it.
fn own_program(project: &Project, scripts: impl ScriptSource + 'static) -> Exit {
    let cache = project.path("cache").to_str().unwrap().to_owned();
    let invocation = Invocation::of_process()
        .arguments(["upgrade"])
        .environment([("XDG_CACHE_HOME", cache)].into_iter().collect())
        .directory(project.path(""))
        .streams(std::io::sink(), std::io::sink());
    Cli::bare()
        .driver(limbeck_sqlite::Sqlite)
        .scripts(scripts)
        .run_with(invocation)
}

#[test]
fn scripts_of_a_program_are_known_by_the_program() {
    const SCRIPTS: &[(&str, &str)] = &[(
        "a.sql",
        "-- limbeck:revision a\n-- limbeck:upgrade\nCREATE TABLE a (id BIGINT);\n",
    )];
    let place = Place(Project::new());
    let others = || own_program(&place.0, MemorySource::new(SCRIPTS.iter().copied()));
    let embedded = || own_program(&place.0, EmbeddedSource::new(SCRIPTS, &[]));
    assert_eq!([others(), others()], [Exit::Success; 2]);
    assert_eq!(place.notes(), [] as [PathBuf; 0]);
    assert_eq!(embedded(), Exit::Success);
    assert_eq!(place.notes().len(), 1);
    let journal = place.0.sqlite("app.db");
    journal
        .execute("UPDATE limbeck_journal SET checksum = 'tokens1-sha256:0'", [])
        .unwrap();
    drop(journal);
    assert_eq!(embedded(), Exit::Success);
    assert_eq!(others(), Exit::Failure);
}
