//! The command line of `limbeck-bench`.

use std::path::PathBuf;
use std::time::Duration;

use crate::bench::Scale;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::measure::Rounds;
use crate::rows;
use crate::rows::Row;

/// What `--help` says.
pub const HELP: &str = "\
Measures limbeck beside the engines' own clients and beside other tools, in one interleaved run.

Usage: limbeck-bench --limbeck <PROGRAM> [OPTIONS] [ROW...]

Arguments:
  ROW...              Only these kinds of work; all when none is named

Options:
  --limbeck PROGRAM   The program to measure
  --engine ENGINE     Only on this engine: sqlite, postgres, mysql or mariadb; may be given several times
  --size SIZE         Only cases of this size; may be given several times
  --quick             Small sizes and few rounds, to see that all is well
  --rounds N          At most so many rounds [default: 11, with --quick 3]
  --without-peers     Beside the engines' clients only
  --json FILE         Write the results as JSON
  --plot FILE         Write a plot of the ratios as SVG
  --update-docs DIR   Write table, plot and JSON into this folder of documentation
  --from FILE         Measure nothing: take the results from this JSON
  --list              List the rows";

/// How long a case is measured, its preparation not counted. What takes longer has fewer rounds.
const BUDGET: Duration = Duration::from_secs(60);

/// What is asked for.
#[derive(Default)]
pub struct Arguments {
    /// The program to measure.
    pub limbeck: Option<PathBuf>,
    /// The kinds of work; all when there is none.
    pub rows: Vec<&'static dyn Row>,
    /// The engines; all when there is none.
    pub engines: Vec<Engine>,
    /// The sizes; all when there is none.
    pub sizes: Vec<usize>,
    /// Small or as the targets have it.
    pub scale: Scale,
    /// The rounds that are wanted.
    pub rounds: Option<usize>,
    /// Whether peers are left out.
    pub without_peers: bool,
    /// Where the JSON goes.
    pub json: Option<PathBuf>,
    /// Where the plot goes.
    pub plot: Option<PathBuf>,
    /// The folder of the documentation to update.
    pub docs: Option<PathBuf>,
    /// Results that are there.
    pub from: Option<PathBuf>,
    /// Whether the rows are only listed.
    pub list: bool,
    /// Whether only the help is wanted.
    pub help: bool,
}

impl Arguments {
    /// Reads a command line.
    ///
    /// # Errors
    /// It has what does not exist, or lacks a value.
    pub fn read(words: &[String]) -> Result<Self, BenchError> {
        let mut read = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || {
                let value = words.next();
                value.ok_or_else(|| BenchError::Usage(format!("{word} needs a value")))
            };
            match word.as_str() {
                "--limbeck" => read.limbeck = Some(value()?.into()),
                "--engine" => read.engines.push(value()?.parse()?),
                "--size" => read.sizes.push(number(word, value()?)?),
                "--quick" => read.scale = Scale::Quick,
                "--rounds" => read.rounds = Some(number(word, value()?)?),
                "--without-peers" => read.without_peers = true,
                "--json" => read.json = Some(value()?.into()),
                "--plot" => read.plot = Some(value()?.into()),
                "--update-docs" => read.docs = Some(value()?.into()),
                "--from" => read.from = Some(value()?.into()),
                "--list" => read.list = true,
                "--help" | "-h" => read.help = true,
                option if option.starts_with('-') => {
                    return Err(BenchError::Usage(format!(
                        "there is no option {option}\n\n{HELP}"
                    )));
                }
                name => read.rows.push(rows::named(name)?),
            }
        }
        if read.rows.is_empty() {
            read.rows = rows::ALL.to_vec();
        }
        if read.engines.is_empty() {
            read.engines = Engine::ALL.to_vec();
        }
        Ok(read)
    }

    /// How often something is measured.
    pub fn rounds(&self) -> Rounds {
        Rounds {
            most: self.rounds.unwrap_or(self.scale.pick(11, 3)).max(1),
            budget: BUDGET,
        }
    }
}

fn number(option: &str, text: &str) -> Result<usize, BenchError> {
    let number = text.replace([',', '_'], "").parse();
    number.map_err(|error| BenchError::Usage(format!("{option} {text}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, BenchError> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Arguments::read(&words)
    }

    #[test]
    fn rows_engines_and_sizes_are_picked() {
        let read = read("--limbeck l noop --engine sqlite list --size 1,000 --quick").unwrap();
        let names: Vec<&str> = read.rows.iter().map(|row| row.name()).collect();
        assert_eq!(names, ["noop", "list"]);
        assert_eq!(read.engines, [Engine::Sqlite]);
        assert_eq!(read.sizes, [1_000]);
        assert_eq!(read.rounds().most, 3);
    }

    /// The task of the workspace has these options, too, and says so without building this program.
    #[test]
    fn the_task_tells_of_the_same_options() {
        let task = include_str!("../../xtask/src/bench.rs");
        let own = ["--limbeck", "--update-docs"];
        let options = HELP.lines().filter(|line| line.starts_with("  --"));
        for option in options.filter(|line| !own.iter().any(|own| line.contains(own))) {
            assert!(task.contains(option), "{option}");
        }
    }

    #[test]
    fn what_does_not_exist_is_said() {
        let error = read("nothing").err().unwrap().to_string();
        assert!(
            error.contains("\"nothing\" is no row; there are noop, "),
            "{error}"
        );
        assert!(read("--engine oracle").is_err());
        assert!(read("--json").is_err());
        assert!(read("--fast").is_err());
    }
}
