//! `cargo xtask db`: the registry's database on its server in a container, one word a task.

use std::process::ExitCode;

use crate::refuse;
use crate::registry;
use crate::wants_help;

const HELP: &str = "\
The registry's database. It is on the server registry-db of compose.yaml, unless DATABASE_URL, in the environment or in .env,
names another one: DATABASE_URL=sqlite:target/registry.db needs no server.

Usage: cargo xtask db <TASK> [ARGS]

Tasks:
  init                Create the database where it is missing, and apply all revisions
  migrate [TARGET]    Apply all revisions, or those up to a target
  create <MESSAGE>    Write a revision with what leads from the revisions to the models
  seed                Write the rows of migrations/seeds
  up, down            Start the server and wait until it answers; stop it
  reset               Make the database anew: everything in it is lost
  drop                Drop the database
  ps, logs            Show the server, and what it has written
  url, shell          Print the URL; open the engine's client
  test                Run the registry's tests on a database of their own
  status, history     Show where the database is; show all revisions
  revision            Write the file of a new revision
  downgrade <TARGET>  Take revisions back

All take the options of `limbeck db <TASK>`, or of the command of that name: `cargo xtask db reset --help`.";

/// The database of the server, as compose.yaml makes it where nothing else is said.
const URL: &str = "postgres://registry:registry@localhost:5432/registry";

/// Tasks that are commands of their own, and not of `limbeck db`.
const COMMANDS: [(&str, &str); 6] = [
    ("migrate", "upgrade"),
    ("seed", "seed"),
    ("status", "status"),
    ("history", "history"),
    ("revision", "revision"),
    ("downgrade", "downgrade"),
];

/// Tasks of `limbeck db`.
const TASKS: [&str; 11] = [
    "init", "create", "up", "down", "reset", "drop", "ps", "logs", "url", "shell", "test",
];

pub(crate) fn run(arguments: &[String]) -> ExitCode {
    let Some((task, rest)) = arguments.split_first() else {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    };
    if task == "help" || wants_help(std::slice::from_ref(task)) {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match words(task) {
        Some(words) => {
            let own = [&["db".to_owned()], arguments].concat();
            registry::run(URL.to_owned(), [&words, rest].concat(), own).into()
        }
        None => refuse(&format!("there is no task \"{task}\"\n\n{HELP}")),
    }
}

/// The words of `limbeck` for a task.
fn words(task: &str) -> Option<Vec<String>> {
    if TASKS.contains(&task) {
        return Some(vec!["db".to_owned(), task.to_owned()]);
    }
    let command = COMMANDS.iter().find(|(name, _)| *name == task);
    command.map(|(_, command)| vec![(*command).to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_in_the_help_and_is_a_command() {
        for task in TASKS.into_iter().chain(COMMANDS.map(|(name, _)| name)) {
            let listed = |line: &&str| line.split([' ', ',', '<', '[']).any(|word| word == task);
            assert!(HELP.lines().any(|line| listed(&line)), "{task}");
            assert!(words(task).is_some(), "{task}");
        }
        assert_eq!(words("create").unwrap(), ["db", "create"]);
        assert_eq!(words("migrate").unwrap(), ["upgrade"]);
        assert_eq!(words("seeds"), None);
    }
}
