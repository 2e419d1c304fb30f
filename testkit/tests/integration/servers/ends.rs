//! Servers end with whoever started them, however that ended.

use std::fs;
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use limbeck_core::driver::DatabaseUrl;
use limbeck_testkit::Engine;
use limbeck_testkit::skip;

use super::Other;
use super::signal;
use super::wait_until;

/// `limbeck-servers` with a server, in a process group of its own as a terminal makes it.
struct Owner {
    process: Other,
    port: u16,
}

impl Owner {
    /// None, said and counted, where there is no such server.
    fn start(engine: Engine) -> Option<Self> {
        let kind = std::env::var(format!("LIMBECK_TEST_{}_KIND", engine.word().to_uppercase()));
        // A shell's job in the background has Ctrl-C ignored, and so has what it starts.
        let mut command = Command::new("env");
        command.args(["--default-signal=INT", env!("CARGO_BIN_EXE_limbeck-servers")]);
        command.arg(kind.unwrap_or_else(|_| engine.word().to_owned()));
        command.args(["--", "sh", "-c", "env; exec cat"]).process_group(0);
        let mut process = Other::start(&mut command);
        let Some(url) = process.line(&format!("{}=", engine.variable())) else {
            assert_eq!(process.child.wait().unwrap().code(), Some(3));
            skip(engine, "limbeck-servers has none");
            return None;
        };
        let url: DatabaseUrl = url.parse().unwrap();
        let port = url.server().unwrap().port.unwrap();
        assert!(answers(port));
        Some(Self { process, port })
    }

    fn ends(&self) {
        wait_until("the end of the server", || !answers(self.port));
        wait_until("the end of its files", || left(&self.process.pid()).is_empty());
    }
}

fn answers(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// The folders and the containers that name a process as their owner.
fn left(pid: &str) -> Vec<String> {
    let places = [Path::new("/dev/shm").to_owned(), std::env::temp_dir()];
    let entries = places.iter().flat_map(fs::read_dir).flatten().flatten();
    let owned = entries.map(|entry| entry.path()).filter(|folder| {
        let owner = fs::read_to_string(folder.join("owner")).unwrap_or_default();
        owner.split(' ').nth(1) == Some(pid)
    });
    let mut left: Vec<String> = owned.map(|folder| folder.display().to_string()).collect();
    let format = "{{.Label \"limbeck.owner\"}}";
    let containers = Command::new("docker")
        .args(["ps", "--all", "--format", format])
        .output();
    let containers = containers.map(|output| output.stdout).unwrap_or_default();
    let containers = String::from_utf8_lossy(&containers).into_owned();
    let owned = containers
        .lines()
        .filter(|owner| owner.split(' ').nth(1) == Some(pid));
    left.extend(owned.map(str::to_owned));
    left
}

fn each(end: impl Fn(&mut Owner)) {
    for engine in Engine::ALL {
        if let Some(mut owner) = Owner::start(engine) {
            end(&mut owner);
            owner.ends();
            owner.process.end();
        }
    }
}

#[test]
fn a_server_ends_when_its_owner_is_killed() {
    each(|owner| signal("KILL", &owner.process.pid()));
}

#[test]
fn a_server_ends_when_its_owner_is_told_to_end() {
    each(|owner| signal("TERM", &owner.process.pid()));
}

#[test]
fn a_server_ends_with_ctrl_c() {
    each(|owner| signal("INT", &format!("-{}", owner.process.pid())));
}

#[test]
fn a_server_ends_with_the_command() {
    each(|owner| {
        drop(owner.process.child.stdin.take());
        assert!(owner.process.child.wait().unwrap().success());
    });
}

#[test]
fn what_was_killed_together_with_its_guard_is_swept_by_the_next_run() {
    for engine in Engine::ALL {
        let Some(owner) = Owner::start(engine) else {
            continue;
        };
        let pid = owner.process.pid();
        for guard in guards(&pid) {
            signal("KILL", &guard);
        }
        signal("KILL", &pid);
        let Owner { process, port } = owner;
        process.end();
        assert!(!left(&pid).is_empty());
        assert!(answers(port));
        let mut next = Command::new(env!("CARGO_BIN_EXE_limbeck-servers"));
        assert!(next.args(["--", "true"]).status().unwrap().success());
        wait_until("the end of the server", || !answers(port));
        assert!(left(&pid).is_empty());
    }
}

/// The processes that guard the servers of an owner.
fn guards(owner: &str) -> Vec<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let guards = processes.map(|entry| entry.path()).filter(|process| {
        let stat = fs::read_to_string(process.join("stat")).unwrap_or_default();
        let parent = stat
            .rsplit_once(')')
            .and_then(|(_, rest)| rest.split_whitespace().nth(1));
        let line = fs::read_to_string(process.join("cmdline")).unwrap_or_default();
        parent == Some(owner) && line.contains("limbeck-guard")
    });
    guards
        .map(|process| process.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}
