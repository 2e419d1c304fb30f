//! What stands or is built apart from the workspace's tests.

use std::process::Command;

use crate::cargo;

/// The drivers of the command, each a feature.
const DRIVERS: [&str; 3] = ["mysql", "postgres", "sqlite"];

/// The command without a driver, with each one and with all, so that none needs another to compile; and a driver that
/// knows only what is public, with the conformance suite.
pub(crate) fn commands() -> Vec<Command> {
    let with = |features: &str| {
        let words = ["check", "--package", "limbeck-cli", "--no-default-features"];
        let mut command = cargo::cargo(&words);
        if !features.is_empty() {
            command.args(["--features", features]);
        }
        command
    };
    let mut commands = vec![with("")];
    commands.extend(DRIVERS.map(with));
    commands.push(with(&DRIVERS.join(",")));
    commands.push(cargo::cargo(&[
        "test",
        "--manifest-path",
        "testkit/third-party/Cargo.toml",
        "--target-dir",
        "target",
    ]));
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_built_without_drivers_with_each_and_with_all() {
        let lines: Vec<String> = commands()
            .iter()
            .map(|command| {
                let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
                words.collect::<Vec<_>>().join(" ")
            })
            .collect();
        let checks = lines.iter().filter(|line| line.starts_with("check"));
        let features: Vec<Option<&str>> = checks
            .map(|line| line.split_once("--features ").map(|(_, features)| features))
            .collect();
        let expected = [
            None,
            Some("mysql"),
            Some("postgres"),
            Some("sqlite"),
            Some("mysql,postgres,sqlite"),
        ];
        assert_eq!(features, expected);
    }
}
