//! Server programs on this machine.

use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use super::Engine;
use super::ServerKind;

/// The variable with a folder that has unpacked packages: a folder for each Debian suite, and `npm`.
pub(super) const ROOTS: &str = "LIMBECK_TEST_ROOTS";

/// Where servers are beside `PATH`: a star stands for any name.
const PLACES: [&str; 9] = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/*/bin",
    "/usr/sbin",
    "/usr/libexec",
    "/usr/local/sbin",
    "/usr/local/mysql/bin",
    "/opt/homebrew/bin",
];

/// The program of a server.
#[derive(Clone, Debug)]
pub(super) struct Installed {
    pub(super) engine: Engine,
    /// The file, as it is called from within `root`.
    pub(super) program: PathBuf,
    /// The folder that is the root of its file system, where it is not that of the machine.
    pub(super) root: Option<PathBuf>,
}

impl Installed {
    /// The best that there is of a kind: of this machine, else of the unpacked packages.
    pub(super) fn find(kind: ServerKind) -> Option<Self> {
        let path = env::var_os("PATH").unwrap_or_default();
        let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
        folders.extend(PLACES.iter().flat_map(|pattern| expand(Path::new("/"), pattern)));
        let here = of_kind(kind, None, &folders);
        here.or_else(|| {
            let roots = PathBuf::from(env::var_os(ROOTS)?);
            let npm = expand(&roots, "npm/node_modules/*/native/bin");
            kind.versions().find_map(|kind| {
                let unpacked = || in_root(kind, &roots.join(kind.suite()?));
                of_kind(kind, None, &npm).or_else(unpacked)
            })
        })
    }

    /// A program that comes beside the server.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.program.with_file_name(name)
    }
}

/// A server in an unpacked suite. Its programs need the libraries there, so they are called inside of it.
fn in_root(kind: ServerKind, root: &Path) -> Option<Installed> {
    let folders: Vec<PathBuf> = ["usr/lib/postgresql/*/bin", "usr/sbin"]
        .iter()
        .flat_map(|pattern| expand(root, pattern))
        .filter_map(|folder| Some(Path::new("/").join(folder.strip_prefix(root).ok()?)))
        .collect();
    of_kind(kind, Some(root), &folders)
}

fn of_kind(kind: ServerKind, root: Option<&Path>, folders: &[PathBuf]) -> Option<Installed> {
    let name = match kind.engine() {
        Engine::Postgres => "postgres",
        Engine::MySql => "mysqld",
        Engine::MariaDb => "mariadbd",
    };
    folders.iter().find_map(|folder| {
        let program = folder.join(name);
        let inside = |path: &Path| match (root, path.strip_prefix("/")) {
            (Some(root), Ok(relative)) => root.join(relative),
            _ => path.to_owned(),
        };
        // A link in PATH leads to where the other programs are.
        let program = match root {
            Some(_) => inside(&program).is_file().then_some(program)?,
            None => fs::canonicalize(program).ok()?,
        };
        let has_tools =
            kind.engine() != Engine::Postgres || inside(&program.with_file_name("initdb")).is_file();
        let version = version(kind.engine(), root, &program)?;
        (has_tools && kind.takes(&version)).then(|| Installed {
            engine: kind.engine(),
            program,
            root: root.map(Path::to_owned),
        })
    })
}

/// What a program says of its version, when it is of this engine: `mysqld` may be another name of MariaDB's server.
fn version(engine: Engine, root: Option<&Path>, program: &Path) -> Option<String> {
    let mut command = match root {
        Some(root) => {
            let mut command = Command::new("chroot");
            command.arg(root).arg(program);
            command
        }
        None => Command::new(program),
    };
    let output = command.arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_mariadb = text.contains("MariaDB");
    if is_mariadb != (engine == Engine::MariaDb) {
        return None;
    }
    let mark = match engine {
        Engine::Postgres => "(PostgreSQL) ",
        Engine::MySql | Engine::MariaDb => "Ver ",
    };
    let version = text.split_once(mark)?.1.split_whitespace().next()?;
    Some(version.to_owned())
}

/// The folders that a path with stars stands for, those with the greatest names first.
fn expand(base: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![base.to_owned()];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        found = match part.split_once('*') {
            None => found.iter().map(|folder| folder.join(part)).collect(),
            Some((start, end)) => found
                .iter()
                .flat_map(|folder| {
                    let names = fs::read_dir(folder).into_iter().flatten().flatten();
                    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
                    let mut names: Vec<String> = names
                        .filter(|name| name.starts_with(start) && name.ends_with(end))
                        .collect();
                    names.sort_by_key(|name| number(name));
                    names
                        .into_iter()
                        .rev()
                        .map(|name| folder.join(name))
                        .collect::<Vec<_>>()
                })
                .collect(),
        };
    }
    found.retain(|folder| folder.is_dir());
    found
}

/// The first number in a name.
fn number(name: &str) -> u32 {
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits
        .get(..end)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_version_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        for version in ["9.6", "13", "15"] {
            fs::create_dir_all(folder.path().join("pg").join(version).join("bin")).unwrap();
        }
        fs::create_dir_all(folder.path().join("pg/17/lib")).unwrap();
        let found = expand(folder.path(), "/pg/*/bin");
        let names: Vec<_> = found
            .iter()
            .map(|path| {
                path.strip_prefix(folder.path())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        assert_eq!(names, ["pg/15/bin", "pg/13/bin", "pg/9.6/bin"]);
    }

    #[test]
    fn a_program_that_is_no_server_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mysqld"), "no program").unwrap();
        let kind = ServerKind::any(Engine::MySql);
        assert!(of_kind(kind, None, &[folder.path().to_owned()]).is_none());
    }
}
