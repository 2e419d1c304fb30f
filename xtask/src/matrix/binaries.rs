//! The tests of the matrix, compiled once for all servers.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use crate::cargo;
use crate::servers;

/// What names the compiled tests for the children: a line each, of package's folder, test binary and path.
const COMPILED: &str = "LIMBECK_MATRIX_COMPILED";

/// The folder of the package of `limbeck-servers`, and its name.
const SERVERS: (&str, &str) = ("testkit", "limbeck-servers");

/// The test binaries and the programs that are built for them, by the folder of their package and by name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Binaries(BTreeMap<(String, String), PathBuf>);

impl Binaries {
    /// Compiles the integration tests of all packages: with the features that `cargo xtask test` has compiled them with, so
    /// that nothing is left to do after it.
    pub(super) fn compile(containers: bool) -> Result<Self, String> {
        let mut arguments = vec!["test", "--no-run", "--message-format=json-render-diagnostics"];
        arguments.extend(["--workspace", "--test", "*"]);
        // A test that has a server of its own gets it from where the matrix has them.
        if containers {
            arguments.extend(servers::CONTAINERS);
        }
        let mut command = cargo::cargo(&arguments);
        command.stderr(std::process::Stdio::inherit());
        cargo::show(&command);
        let output = command
            .output()
            .map_err(|error| format!("cargo cannot be started: {error}"))?;
        if !output.status.success() {
            return Err("the tests do not compile".to_owned());
        }
        Ok(Self::read_messages(&String::from_utf8_lossy(&output.stdout)))
    }

    /// The executables of the messages of cargo (<https://doc.rust-lang.org/cargo/reference/external-tools.html>).
    fn read_messages(messages: &str) -> Self {
        let found = messages.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            let executable = message.get("executable")?.as_str()?;
            let manifest = Path::new(message.get("manifest_path")?.as_str()?);
            let target = message.get("target")?;
            let kinds = target.get("kind")?.as_array()?;
            let is_wanted = kinds.iter().any(|kind| kind == "test" || kind == "bin");
            let folder = manifest.parent()?.strip_prefix(cargo::workspace()).ok()?;
            let folder = folder.to_str()?.to_owned();
            let name = target.get("name")?.as_str()?.to_owned();
            is_wanted.then(|| ((folder, name), PathBuf::from(executable)))
        });
        Self(found.collect())
    }

    /// Those that the parent of this process has compiled.
    pub(super) fn of_parent() -> Result<Self, String> {
        let text = std::env::var(COMPILED).map_err(|_| format!("{COMPILED} is not set"))?;
        let lines = text.lines().filter_map(|line| {
            let (folder, rest) = line.split_once(' ')?;
            let (name, path) = rest.split_once(' ')?;
            Some(((folder.to_owned(), name.to_owned()), PathBuf::from(path)))
        });
        Ok(Self(lines.collect()))
    }

    /// Tells a child of them.
    pub(super) fn tell(&self, command: &mut Command) {
        let mut text = OsString::new();
        for ((folder, name), path) in &self.0 {
            text.push(format!("{folder} {name} "));
            text.push(path);
            text.push("\n");
        }
        command.env(COMPILED, text);
    }

    /// The program that starts servers.
    pub(super) fn servers(&self) -> Result<&Path, String> {
        self.path(SERVERS.0, SERVERS.1)
    }

    fn path(&self, folder: &str, name: &str) -> Result<&Path, String> {
        let path = self.0.get(&(folder.to_owned(), name.to_owned()));
        path.map(PathBuf::as_path)
            .ok_or_else(|| format!("{folder} has no binary {name}"))
    }

    /// A command that runs a test binary in its package's folder, as cargo does.
    pub(super) fn command(&self, folder: &str, name: &str) -> Result<Command, String> {
        let path = self.path(folder, name)?;
        let folder = cargo::workspace().join(folder);
        let mut command = Command::new(path);
        command.current_dir(&folder).env("CARGO_MANIFEST_DIR", folder);
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_found_in_the_messages_of_cargo() {
        let message = |kind: &str, executable: &str| {
            let manifest = cargo::workspace().join("drivers/mysql/Cargo.toml");
            let manifest = manifest.display();
            format!(
                "{{\"reason\":\"compiler-artifact\",\"manifest_path\":\"{manifest}\",\
                 \"target\":{{\"kind\":[\"{kind}\"],\"name\":\"conformance\"}},\"executable\":{executable}}}\n"
            )
        };
        let messages = [
            message("lib", "null"),
            message("test", "\"/t/conformance-1\""),
            message("bin", "null"),
            "no JSON".to_owned(),
        ];
        let binaries = Binaries::read_messages(&messages.concat());
        let expected = (
            ("drivers/mysql".to_owned(), "conformance".to_owned()),
            PathBuf::from("/t/conformance-1"),
        );
        assert_eq!(binaries, Binaries(BTreeMap::from([expected])));
        assert!(binaries.command("drivers/mysql", "conformance").is_ok());
        assert!(binaries.command("drivers/mysql", "integration").is_err());
    }
}
