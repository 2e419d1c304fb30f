//! The servers of the matrix, and where their programs come from.

mod debian;
pub(crate) mod images;
mod npm;

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use crate::cargo;
pub(crate) use debian::SUITES;
pub(crate) use debian::Suite;

/// The variable with the folder for unpacked packages, which tests look into, too.
pub(crate) const ROOTS: &str = "LIMBECK_TEST_ROOTS";

/// A server of the matrix.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Server {
    /// The word by which `limbeck-servers` knows it.
    pub(crate) word: &'static str,
    /// The word of its engine.
    pub(crate) engine: &'static str,
    /// Its image, by its official name.
    pub(crate) image: &'static str,
    source: Source,
    /// The suite with its client.
    clients: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
enum Source {
    /// Packages of a Debian suite.
    Suite(&'static str),
    /// A package of npm, in this version.
    Npm(&'static str),
    /// The image only.
    Image,
}

const fn server(
    word: &'static str,
    engine: &'static str,
    image: &'static str,
    source: Source,
    clients: &'static str,
) -> Server {
    Server {
        word,
        engine,
        image,
        source,
        clients,
    }
}

/// All servers. Those of which only images exist run where somebody names them.
pub(crate) static SERVERS: [Server; 11] = [
    server(
        "pg12",
        "postgres",
        "postgres:12",
        Source::Npm("12.22.0-beta.15"),
        "bookworm",
    ),
    server(
        "pg13",
        "postgres",
        "postgres:13",
        Source::Suite("bullseye"),
        "bullseye",
    ),
    server(
        "pg15",
        "postgres",
        "postgres:15",
        Source::Suite("bookworm"),
        "bookworm",
    ),
    server(
        "pg17",
        "postgres",
        "postgres:17",
        Source::Suite("trixie"),
        "trixie",
    ),
    server("pg18", "postgres", "postgres:18", Source::Suite("sid"), "sid"),
    server("mysql80", "mysql", "mysql:8.0", Source::Image, ""),
    server("mysql84", "mysql", "mysql:8.4", Source::Image, ""),
    server("mysql97", "mysql", "mysql:9.7", Source::Suite("sid"), "sid"),
    server(
        "mariadb105",
        "mariadb",
        "mariadb:10.5",
        Source::Suite("bullseye"),
        "bullseye",
    ),
    server(
        "mariadb1011",
        "mariadb",
        "mariadb:10.11",
        Source::Suite("bookworm"),
        "bookworm",
    ),
    server(
        "mariadb118",
        "mariadb",
        "mariadb:11.8",
        Source::Suite("trixie"),
        "trixie",
    ),
];

impl Server {
    /// The server of a word.
    pub(crate) fn named(word: &str) -> Result<&'static Self, String> {
        let words = || {
            SERVERS
                .iter()
                .map(|server| server.word)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let found = SERVERS.iter().find(|server| server.word == word);
        found.ok_or_else(|| format!("there is no server \"{word}\"; there are {}", words()))
    }

    /// Whether it can run without an image.
    pub(crate) fn is_packaged(&self) -> bool {
        self.source != Source::Image
    }

    /// Whether its programs are a package of npm, so that no image can be built.
    pub(crate) fn is_of_npm(&self) -> bool {
        matches!(self.source, Source::Npm(_))
    }

    /// Whether its image is here or can be pulled.
    pub(crate) fn has_image(&self) -> bool {
        let docker = |words: &[&str]| Command::new("docker").args(words).arg(self.image).output();
        let succeeds = |words| docker(words).is_ok_and(|output| output.status.success());
        succeeds(&["image", "inspect"]) || succeeds(&["pull", "--quiet"])
    }

    /// Gets its programs and those of its client, as far as they are not there.
    pub(crate) fn unpack(&self) -> Result<(), String> {
        match self.source {
            Source::Suite(suite) => debian::unpack(suite).map(drop)?,
            Source::Npm(version) => npm::install(version)?,
            Source::Image => {
                return Err(format!(
                    "{} is no package, only the image {}",
                    self.word, self.image
                ));
            }
        }
        debian::unpack(self.clients).map(drop)
    }

    /// A folder with the client of its engine, which runs in the suite or the image that it is of, and, where its
    /// packages have it, the program that writes a database down.
    pub(crate) fn clients(&self, containers: bool) -> Result<PathBuf, String> {
        let programs: &[&str] = match self.engine {
            "postgres" => &["psql", "pg_dump"],
            "mysql" => &["mysql", "mysqldump"],
            engine => &[engine],
        };
        // What starts faster than a container, where it is unpacked.
        let is_unpacked = !self.clients.is_empty() && debian::is_unpacked(self.clients);
        let in_container = containers && !is_unpacked;
        let name = match in_container {
            true => self.image.replace(':', "-"),
            false => self.clients.to_owned(),
        };
        let folder = roots().join("clients").join(name);
        for program in programs {
            let script = if in_container {
                let image = self.image;
                let run = "docker run --rm --interactive --network host --env PGPASSWORD --env MYSQL_PWD";
                format!("exec {run} --entrypoint {program} {image} \"$@\"")
            } else {
                let root = roots().join(self.clients);
                format!("exec chroot '{}' {program} \"$@\"", root.display())
            };
            let written = executable(&folder.join(program), &format!("#!/bin/sh\n{script}\n"));
            written.map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        Ok(folder)
    }
}

/// The folder for unpacked packages.
pub(crate) fn roots() -> PathBuf {
    env::var_os(ROOTS).map_or_else(|| PathBuf::from("/var/cache/limbeck-test"), PathBuf::from)
}

/// Whether an engine for containers answers.
pub(crate) fn has_containers() -> bool {
    let output = Command::new("docker")
        .args(["version", "--format", "{{.Server.Version}}"])
        .output();
    output.is_ok_and(|output| output.status.success())
}

/// Where servers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ServersFrom {
    /// From images.
    Containers,
    /// From programs, by a testkit that could have them from images: another one would take its place under the tests that
    /// run meanwhile.
    ProgramsBesideContainers,
    /// From programs.
    Programs,
}

/// The words by which cargo compiles tests that can have servers from images.
pub(crate) const CONTAINERS: [&str; 2] = ["--features", "limbeck-testkit/containers"];

/// `limbeck-servers` with these arguments.
pub(crate) fn limbeck_servers(from: ServersFrom, arguments: &[&str]) -> Command {
    let mut command = cargo::cargo(&["run", "--package", "limbeck-testkit", "--bin", "limbeck-servers"]);
    if from != ServersFrom::Programs {
        command.args(["--features", "containers"]);
    }
    tell(&mut command, from);
    command.arg("--").args(arguments);
    command
}

/// Tells `limbeck-servers`, and the tests that it starts, where servers come from.
pub(crate) fn tell(command: &mut Command, from: ServersFrom) {
    match from {
        ServersFrom::Containers => drop(command.env("LIMBECK_TEST_SERVERS_FROM", "containers")),
        ServersFrom::ProgramsBesideContainers => drop(command.env("LIMBECK_TEST_SERVERS_FROM", "processes")),
        ServersFrom::Programs => {}
    }
    command.env(ROOTS, roots());
}

/// Shows a command and runs it; what it says when it fails.
fn run(command: &mut Command) -> Result<(), String> {
    cargo::show(command);
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program}: {status}")),
        Err(error) => Err(format!("{program} cannot be started: {error}")),
    }
}

fn executable(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_found_by_its_word() {
        assert_eq!(Server::named("mysql97").unwrap().image, "mysql:9.7");
        assert!(!Server::named("mysql80").unwrap().is_packaged());
        let error = Server::named("pg9").unwrap_err();
        assert!(error.contains("pg12, pg13"), "{error}");
    }

    #[test]
    fn every_server_of_a_suite_is_among_its_packages() {
        for server in &SERVERS {
            if let Source::Suite(suite) = server.source {
                let suite = SUITES.iter().find(|known| known.name == suite).unwrap();
                assert!(suite.images.contains(&server.image), "{server:?}");
            }
        }
    }
}
