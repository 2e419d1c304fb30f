//! The dialects, asked.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Version;
use limbeck_core::operation::Operation;
use limbeck_core::operation::Operations;
use limbeck_core::schema::Schema;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;
use limbeck_postgres::POSTGRES;
use limbeck_sqlite::SQLITE;

/// An engine, and what was released of it since its floor, so that the page says where something changes.
pub(super) struct Engine {
    pub(super) label: &'static str,
    pub(super) dialect: &'static dyn Dialect,
    versions: Vec<Version>,
}

/// What an engine gets from its floor on, and from each version on that gets something else.
pub(super) type Answers = Vec<(Version, String)>;

/// What stands before a question.
const ASKED: &str = "-- refused when this finds rows:";
const EXPLAINED: &str = "-- when the server refuses that, this finds the rows:";

/// The same when all is done.
const CHECKED: &str = "-- taken back when this finds rows:";

/// PostgreSQL, MySQL, MariaDB and SQLite.
pub(super) fn engines() -> [Engine; 4] {
    let minors = |major, minors: std::ops::Range<u32>| minors.map(move |minor| Version::new(major, minor, 0));
    let engine = |label, dialect: &'static dyn Dialect, released: Vec<Version>| {
        let floor = dialect.floor();
        let newer = released.into_iter().filter(|version| *version > floor);
        Engine {
            label,
            dialect,
            versions: std::iter::once(floor).chain(newer).collect(),
        }
    };
    let mysql = (0..60).map(|patch| Version::new(8, 0, patch));
    let mariadb = (0..30).map(|patch| Version::new(10, 5, patch));
    [
        engine(
            "PostgreSQL",
            &POSTGRES,
            (12..24).map(|major| Version::new(major, 0, 0)).collect(),
        ),
        engine(
            "MySQL",
            &MYSQL,
            mysql.chain(minors(8, 1..5)).chain(minors(9, 0..10)).collect(),
        ),
        engine(
            "MariaDB",
            &MARIADB,
            mariadb
                .chain(minors(10, 6..12))
                .chain(minors(11, 0..9))
                .chain(minors(12, 0..4))
                .collect(),
        ),
        engine("SQLite", &SQLITE, minors(3, 35..60).collect()),
    ]
}

impl Engine {
    /// The oldest server.
    pub(super) fn floor(&self) -> Version {
        self.dialect.floor()
    }

    /// What is written for `statements` after `before` has made a schema.
    pub(super) fn statements(&self, before: &str, statements: &str) -> Answers {
        self.ask(&self.versions, before, statements, shown)
    }

    /// The same for one version.
    pub(super) fn written(&self, version: Version, before: &str, statements: &str) -> String {
        let answers = self.ask(&[version], before, statements, shown);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    /// What stands behind the name of the last column of this table.
    pub(super) fn column(&self, table: &str) -> Answers {
        let Some(Operation::CreateTable(parsed)) = operations(table).pop() else {
            panic!("no table: {table}");
        };
        let column = parsed.columns.last().unwrap().name.as_str();
        let name = format!("    {} ", self.dialect.quote_identifier(column));
        self.ask(&self.versions, "", table, |rendering| {
            let mut lines = rendering.statements[0].sql.lines();
            let line = lines.find_map(|line| line.strip_prefix(&name)).unwrap();
            line.trim_end_matches(',').to_owned()
        })
    }

    fn ask(
        &self,
        versions: &[Version],
        before: &str,
        statements: &str,
        written: impl Fn(&Rendering) -> String,
    ) -> Answers {
        let mut schema = Schema::new();
        for operation in operations(before) {
            schema.apply(&operation).unwrap();
        }
        let operations = operations(statements);
        let mut answers = Answers::new();
        for version in versions {
            let context = RenderContext::new(*version).with_schema(&schema);
            let answer = match self.dialect.render(&operations, &context) {
                Ok(rendering) => written(&rendering),
                Err(error) => refusal(&error),
            };
            // The page names the version itself, once for all that get the same.
            let answer = answer
                .replace(&format!(" in version {version}"), "")
                .replace(&format!("{} {version}", self.label), self.label);
            if answers.last().is_none_or(|(_, last)| *last != answer) {
                answers.push((*version, answer));
            }
        }
        answers
    }
}

/// The statements with what is asked before them and what a person should know.
fn shown(rendering: &Rendering) -> String {
    let notes = rendering.notes.iter();
    let notes = notes.map(|note| format!("-- note: {}", note.message));
    let statements = rendering.statements.iter().flat_map(|statement| {
        let before = statement.asked_before();
        let before = before.map(|guard| format!("{ASKED}\n-- {}", guard.query));
        let after = statement.asked_after_refusal();
        let after = after.map(|guard| format!("{EXPLAINED}\n-- {}", guard.query));
        before.chain([format!("{};", statement.sql)]).chain(after)
    });
    let before = rendering.before.iter().map(|statement| format!("{statement};"));
    let checks = rendering.checks.iter();
    let checks = checks.map(|check| format!("{CHECKED}\n-- {}", check.query));
    let parts = before.chain(statements).chain(checks).chain(notes);
    parts.collect::<Vec<_>>().join("\n")
}

/// Whether the dialect writes nothing but a reason.
pub(super) fn is_refused(answer: &str) -> bool {
    answer.starts_with(REFUSED)
}

/// What stands before the reason of a refusal.
pub(super) const REFUSED: &str = "-- refused: ";

fn refusal(error: &RenderError) -> String {
    match error.hint() {
        Some(hint) => format!("{REFUSED}{error}: {hint}"),
        None => format!("{REFUSED}{error}"),
    }
}

fn operations(text: &str) -> Vec<Operation> {
    let mut operations = Operations::default();
    operations
        .execute(text)
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    operations.into_operations()
}
