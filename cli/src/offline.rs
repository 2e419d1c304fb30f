//! `--sql`: what a run would do, written to standard output.

use std::sync::Arc;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Driver;
use limbeck_core::engine::OfflineSql;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Format;

/// Writing SQL instead of running it.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct SqlArgs {
    /// Write the SQL to standard output, and neither read nor change a database
    #[arg(long, conflicts_with = "lock_timeout")]
    pub(crate) sql: bool,

    /// With --sql: what is applied already; may be given several times [default: nothing, and a downgrade must
    /// say it]
    #[arg(long, value_name = "REVISION", requires = "sql")]
    from: Vec<String>,

    /// With --sql: for which dialect [default: the one of the URL]
    #[arg(long, value_name = "DIALECT", requires = "sql")]
    dialect: Option<String>,

    /// With --sql: for which version of the server [default: the oldest that Limbeck works with]
    #[arg(long, value_name = "VERSION", requires = "sql")]
    server_version: Option<Version>,
}

/// Where a file begins and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way<'a> {
    pub(crate) from: Vec<&'a str>,
    pub(crate) to: &'a str,
}

impl SqlArgs {
    /// What `--from` says.
    pub(crate) fn from(&self) -> Vec<&str> {
        self.from.iter().map(String::as_str).collect()
    }

    /// Where the file begins and where it leads: `from:to` says both, and `open` is meant when `to` is empty.
    pub(crate) fn way<'a>(&'a self, target: &'a str, open: &'a str) -> Result<Way<'a>, CommandError> {
        let Some((from, to)) = target.split_once(':') else {
            return Ok(Way {
                from: self.from(),
                to: target,
            });
        };
        if !self.from.is_empty() {
            let message = format!("`{target}` and `--from` both say what is applied");
            return Err(CommandError::new(ErrorKind::Usage, message).with_hint(format!(
                "write `{to}` and keep `--from`, which can be given several times"
            )));
        }
        let or = |text: &'a str, other| if text.is_empty() { other } else { text };
        Ok(Way {
            from: vec![or(from, "base")],
            to: or(to, open),
        })
    }

    /// The same for a downgrade, which has nothing to take back from an empty database.
    pub(crate) fn way_down<'a>(&'a self, target: &'a str) -> Result<Way<'a>, CommandError> {
        let way = self.way(target, "base")?;
        if way.from.is_empty() {
            let message = "a downgrade as SQL must be told what is applied";
            return Err(CommandError::new(ErrorKind::Usage, message).with_hint(format!(
                "say it with `--from <revision>`, or write `<revision>:{target}`"
            )));
        }
        Ok(way)
    }

    /// The driver and its dialect that the arguments choose, or the URL where they don't.
    pub(crate) fn dialect(
        &self,
        context: &Context<'_>,
    ) -> Result<(Arc<dyn Driver>, &'static dyn Dialect), CommandError> {
        if context.output.format() == Format::Json {
            return Err(CommandError::new(
                ErrorKind::Usage,
                "`--sql` writes SQL, and `--json` wants an object",
            )
            .with_hint("`limbeck plan --json` shows the statements of a run as JSON"));
        }
        let Some(name) = &self.dialect else {
            return context
                .driver_and_dialect()
                .map_err(|error| error.with_hint("`--dialect` says for which database without a URL"));
        };
        context.dialect(name)
    }

    /// The version of the server, which must not be older than what Limbeck works with.
    pub(crate) fn server(&self, dialect: &dyn Dialect) -> Result<Version, CommandError> {
        let floor = dialect.floor();
        match self.server_version {
            Some(version) if version < floor => Err(CommandError::new(
                ErrorKind::Unsupported,
                format!(
                    "version {version} is too old: Limbeck works with {} from {floor} on",
                    dialect.name()
                ),
            )),
            version => Ok(version.unwrap_or(floor)),
        }
    }
}

/// Writes the SQL to standard output, and what a person should know about it to standard error.
pub(crate) fn write(context: &mut Context<'_>, sql: &OfflineSql) -> Result<Exit, CommandError> {
    for note in &sql.notes {
        context.output.notes().line(&format!("note: {note}"));
    }
    context.output.raw(&sql.text)?;
    Ok(Exit::Success)
}
