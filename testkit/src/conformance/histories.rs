//! The histories that processes run.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use limbeck_core::data_file::DataFile;
use limbeck_core::engine::DataLoss;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;

use super::failure::Failure;
use crate::RevisionFile;

/// A history that has a name, so that another process knows it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum History {
    /// Schema changes and rows in portable SQL: each step is one transaction where the engine can.
    Portable,
    /// Statements that stand alone, with probes.
    Alone,
    /// Portable statements that stand alone, without probes: the catalogue tells what became of them.
    Typed,
    /// Statements of which nobody can tell what became of them.
    Opaque,
    /// Many revisions that each add one to a number.
    Counting,
}

/// How many rows the file of a history has: more than one statement takes.
pub(crate) const LOADED: usize = 1200;

/// How many revisions count.
pub(crate) const COUNTED: usize = 12;

impl History {
    const ALL: [Self; 5] = [
        Self::Portable,
        Self::Alone,
        Self::Typed,
        Self::Opaque,
        Self::Counting,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Alone => "alone",
            Self::Typed => "typed",
            Self::Opaque => "opaque",
            Self::Counting => "counting",
        }
    }

    /// Its scripts, for the driver of this word.
    pub(crate) fn scripts(self, driver: &str) -> Result<Arc<ScriptSet>, Failure> {
        let files = match self {
            Self::Portable => portable(),
            Self::Alone => alone(driver),
            Self::Typed => typed(),
            Self::Opaque => opaque(driver),
            Self::Counting => counting(),
        };
        scripts(&files)
    }

    /// How it is run.
    pub(crate) fn options(self) -> Result<MigratorOptions, Failure> {
        let mut options = MigratorOptions::default();
        options.data_loss = DataLoss::Allow;
        Ok(options)
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for History {
    type Err = std::io::Error;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|history| history.word() == word);
        known.ok_or_else(|| std::io::Error::other(format!("there is no history {word}")))
    }
}

/// The scripts of these files, with a file of rows beside them.
pub(crate) fn scripts(files: &[RevisionFile]) -> Result<Arc<ScriptSet>, Failure> {
    let rows: String = (1..=LOADED).map(|id| format!("{id}\n")).collect();
    let source = MemorySource::new(files.iter().map(|file| (file.file_name(), file.text())))
        .with_data_file(DataFile::of_bytes("rows.csv", format!("id\n{rows}")));
    Ok(Arc::new(ScriptSet::load(&source)?))
}

fn portable() -> Vec<RevisionFile> {
    vec![
        RevisionFile::new("a1")
            .upgrade(
                "CREATE TABLE one (id BIGINT PRIMARY KEY, n INTEGER NOT NULL);\n\
                 INSERT INTO one (id, n) VALUES (1, 0);\n\
                 CREATE INDEX ix_one_n ON one (n);\n\
                 UPDATE one SET n = n + 1;",
            )
            .downgrade("UPDATE one SET n = n - 1;\nDROP INDEX ix_one_n;\nDROP TABLE one;"),
        RevisionFile::new("b2")
            .revises(["a1"])
            .upgrade(
                "UPDATE one SET n = n + 10;\nALTER TABLE one ADD COLUMN note TEXT;\n\
                 UPDATE one SET note = 'kept', n = n + 100;\n\
                 CREATE VIEW noted (id) AS SELECT id FROM one WHERE note IS NOT NULL;",
            )
            .downgrade("DROP VIEW noted;\nUPDATE one SET n = n - 100;\nALTER TABLE one DROP COLUMN note;\nUPDATE one SET n = n - 10;"),
        RevisionFile::new("c3")
            .revises(["b2"])
            .upgrade(
                "CREATE TABLE two (id BIGINT PRIMARY KEY);\n-- limbeck:load rows.csv into two\n\
                 UPDATE one SET n = n + 1000;",
            )
            .downgrade("UPDATE one SET n = n - 1000;\nDROP TABLE two;"),
    ]
}

/// A probe that finds a row when the number has reached a value.
fn probe(at_least: u32) -> String {
    format!("-- limbeck:no_transaction\n-- limbeck:probe SELECT 1 FROM one WHERE n >= {at_least}\n")
}

/// A probe that finds a row when the number has fallen below a value.
fn probe_below(below: u32) -> String {
    format!("-- limbeck:no_transaction\n-- limbeck:probe SELECT 1 FROM one WHERE n < {below}\n")
}

fn alone(driver: &str) -> Vec<RevisionFile> {
    vec![
        table_with_number(),
        RevisionFile::new("b2")
            .revises(["a1"])
            .section(
                &format!("upgrade {driver}"),
                &format!(
                    "UPDATE one SET n = n + 1;\n{}UPDATE one SET n = n + 100;\nUPDATE one SET n = n + 10000;",
                    probe(100)
                ),
            )
            .section(
                &format!("downgrade {driver}"),
                &format!(
                    "UPDATE one SET n = n - 10000;\n{}UPDATE one SET n = n - 100;\nUPDATE one SET n = n - 1;",
                    probe_below(100)
                ),
            ),
        RevisionFile::new("c3")
            .revises(["b2"])
            .section(
                &format!("upgrade {driver}"),
                &format!("{}UPDATE one SET n = n + 1000000;", probe(1_000_000)),
            )
            .section(
                &format!("downgrade {driver}"),
                &format!("{}UPDATE one SET n = n - 1000000;", probe_below(1_000_000)),
            ),
    ]
}

fn typed() -> Vec<RevisionFile> {
    vec![
        table_with_number(),
        RevisionFile::new("b2")
            .revises(["a1"])
            .upgrade(
                "UPDATE one SET n = n + 1;\n\
                 -- limbeck:no_transaction\nALTER TABLE one ADD COLUMN note VARCHAR(20);\n\
                 -- limbeck:no_transaction\nCREATE INDEX ix_one_note ON one (note);\n\
                 UPDATE one SET note = 'kept', n = n + 100;",
            )
            .downgrade(
                "UPDATE one SET n = n - 100;\n\
                 -- limbeck:no_transaction\nDROP INDEX ix_one_note;\n\
                 -- limbeck:no_transaction\nALTER TABLE one DROP COLUMN note;\n\
                 UPDATE one SET n = n - 1;",
            ),
        RevisionFile::new("c3")
            .revises(["b2"])
            .upgrade("-- limbeck:no_transaction\nCREATE TABLE two (id BIGINT PRIMARY KEY);")
            .downgrade("-- limbeck:no_transaction\nDROP TABLE two;"),
    ]
}

fn opaque(driver: &str) -> Vec<RevisionFile> {
    vec![
        table_with_number(),
        RevisionFile::new("b2")
            .revises(["a1"])
            .section(
                &format!("upgrade {driver}"),
                "-- limbeck:no_transaction\nUPDATE one SET n = n + 100;",
            )
            .section(
                &format!("downgrade {driver}"),
                "-- limbeck:no_transaction\nUPDATE one SET n = n - 100;",
            ),
    ]
}

fn table_with_number() -> RevisionFile {
    RevisionFile::new("a1")
        .upgrade(
            "CREATE TABLE one (id BIGINT PRIMARY KEY, n INTEGER NOT NULL);\nINSERT INTO one (id, n) VALUES (1, 0);",
        )
        .downgrade("DROP TABLE one;")
}

fn counting() -> Vec<RevisionFile> {
    let mut files = vec![table_with_number()];
    for number in 1..=COUNTED {
        let parent = match number {
            1 => "a1".to_owned(),
            _ => format!("n{}", number - 1),
        };
        files.push(
            RevisionFile::new(format!("n{number}"))
                .revises([parent])
                .upgrade(&format!(
                    "CREATE TABLE made_{number} (id BIGINT PRIMARY KEY);\nUPDATE one SET n = n + 1;"
                ))
                .downgrade(&format!("UPDATE one SET n = n - 1;\nDROP TABLE made_{number};")),
        );
    }
    files
}
