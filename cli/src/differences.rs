//! What `diff`, `check` and `revision --autogenerate` say of two schemas.

use limbeck_core::catalogue::Action;
use limbeck_core::catalogue::ObjectStep;
use limbeck_core::diff::Rename;
use limbeck_core::operation::Loss;
use limbeck_core::operation::Operation;
use limbeck_core::operation::portable_sql;
use limbeck_core::schema::Name;
use serde::Serialize;

use crate::comparison::Comparison;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::paint;
use crate::output::plain;
use crate::schema_source::Found;

/// How renames are told.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct RenameArgs {
    /// What has a new name: a table, or a column as table.column; may be given several times
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<String>,
}

impl RenameArgs {
    /// The renames, each as it was said; a column may be named with the old name of its table.
    pub(crate) fn read(&self) -> Result<Vec<Rename>, CommandError> {
        let mut renames: Vec<Rename> = self
            .rename
            .iter()
            .map(|text| read_rename(text))
            .collect::<Result<_, _>>()?;
        let tables = renames.clone();
        for rename in &mut renames {
            if let Rename::Column { table, .. } = rename
                && let Some(Rename::Table { to, .. }) = tables
                    .iter()
                    .find(|other| matches!(other, Rename::Table { from, .. } if from == table))
            {
                *table = to.clone();
            }
        }
        Ok(renames)
    }
}

/// `account=user`, or `account.mail=email`.
fn read_rename(text: &str) -> Result<Rename, CommandError> {
    let fault = || {
        CommandError::new(ErrorKind::Usage, format!("`{text}` is no new name"))
            .with_hint("write `--rename account=user`, or `--rename account.mail=email` for a column")
    };
    let name = |text: &str| Name::exact(text).map_err(|_| fault());
    let (old, new) = text.split_once('=').ok_or_else(fault)?;
    let (table, old) = match old.split_once('.') {
        Some((table, column)) => (Some(table), column),
        None => (None, old),
    };
    // The table may stand before the new name too.
    let new = match (table, new.split_once('.')) {
        (Some(_), Some((_, column))) => column,
        _ => new,
    };
    Ok(match table {
        Some(table) => Rename::column(name(table)?, name(old)?, name(new)?),
        None => Rename::table(name(old)?, name(new)?),
    })
}

/// A rename as its flag.
pub(crate) fn as_flag(rename: &Rename) -> String {
    match rename {
        Rename::Table { from, to } => format!("--rename {from}={to}"),
        Rename::Column { table, from, to } => format!("--rename {table}.{from}={to}"),
        _ => String::new(),
    }
}

/// A text on one line: it stands in a comment.
pub(crate) fn on_one_line(text: &str) -> String {
    text.replace(
        |letter: char| letter.is_control() || letter == '\u{2028}' || letter == '\u{2029}',
        " ",
    )
}

/// What is different.
#[derive(Debug, Serialize)]
pub(crate) struct DifferencesAnswer {
    from: String,
    to: String,
    operations: Vec<Change>,
    /// What no operation says, in the engine's own words.
    objects: Vec<ObjectStep>,
    possible_renames: Vec<String>,
    left: Vec<String>,
    #[serde(skip)]
    counted: String,
}

/// One operation.
#[derive(Debug, Serialize)]
struct Change {
    /// As portable SQL; none where that has no words for it.
    sql: Option<String>,
    /// What of the data it takes away.
    loses: Option<String>,
    #[serde(skip)]
    words: String,
}

impl DifferencesAnswer {
    pub(crate) fn new(from: &Found, to: &Found, comparison: &Comparison) -> Self {
        let found = &comparison.diff;
        let mut losses: Vec<&Loss> = found.losses.iter().collect();
        let operations = found.operations.iter().map(|operation| {
            let loss = losses.iter().position(|loss| loss.is_by(operation));
            Change {
                sql: portable_sql(operation).ok(),
                loses: loss.map(|index| losses.remove(index).to_string()),
                words: in_words(operation),
            }
        });
        Self {
            operations: operations.collect(),
            from: from.words.clone(),
            to: to.words.clone(),
            possible_renames: found.possible_renames.iter().map(as_flag).collect(),
            objects: comparison.objects.clone(),
            left: {
                let left = found.left.iter().map(ToString::to_string);
                left.chain(comparison.unchangeable.iter().map(ToString::to_string))
                    .collect()
            },
            counted: format!("{} and {}", from.counted(), to.counted()),
        }
    }

    /// Whether nothing is.
    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.objects.is_empty() && self.left.is_empty()
    }
}

impl Answer for DifferencesAnswer {
    fn text(&self, layout: Layout) -> String {
        if self.is_empty() {
            return match layout.quiet {
                true => String::new(),
                false => format!("no difference between {}\n", plain(&self.counted)),
            };
        }
        let mut text = String::new();
        for change in &self.operations {
            if let Some(loss) = &change.loses {
                text.push_str(&format!(
                    "{}\n",
                    paint(Paint::Bad, format!("-- loses {}", plain(&on_one_line(loss))))
                ));
            }
            match &change.sql {
                Some(sql) => text.push_str(&format!("{};\n", plain(sql))),
                None => text.push_str(&format!("-- {} (not as portable SQL)\n", plain(&change.words))),
            }
        }
        for step in &self.objects {
            for loss in &step.losses {
                let loss = format!(
                    "-- loses {} of {}",
                    plain(&on_one_line(loss)),
                    plain(&step.object.to_string())
                );
                text.push_str(&format!("{}\n", paint(Paint::Bad, loss)));
            }
            for statement in &step.statements {
                text.push_str(&format!("{};\n", plain(statement)));
            }
        }
        for left in &self.left {
            text.push_str(&format!("-- {}\n", plain(left)));
        }
        text
    }
}

/// A step of an object in few words: `create trigger audit of account`.
pub(crate) fn step_in_words(step: &ObjectStep) -> String {
    let action = match step.action {
        Action::Create => "create",
        Action::Drop => "drop",
        Action::Alter => "change",
    };
    format!("{action} {}", step.object)
}

/// An operation in few words: `account: add email`.
pub(crate) fn in_words(operation: &Operation) -> String {
    match operation {
        Operation::CreateTable(table) => format!("create {}", table.name),
        Operation::DropTable { table } => format!("drop {table}"),
        Operation::RenameTable { from, to } => format!("rename {from} to {to}"),
        Operation::AddColumn { table, column, .. } => format!("{table}: add {}", column.name),
        Operation::DropColumn { table, column } => format!("{table}: drop {column}"),
        Operation::RenameColumn { table, from, to } => format!("{table}: rename {from} to {to}"),
        Operation::AlterColumn { table, column, .. } => format!("{table}: change {column}"),
        Operation::AddConstraint { table, constraint } => format!("{table}: add {}", constraint.name()),
        Operation::DropConstraint { table, constraint } => format!("{table}: drop {constraint}"),
        Operation::RenameConstraint { table, to, .. } => format!("{table}: rename {to}"),
        Operation::CreateIndex { index, .. } => format!("create {}", index.name),
        Operation::DropIndex { index } => format!("drop {index}"),
        Operation::CreateView(view) => format!("create {}", view.name),
        Operation::DropView { view } => format!("drop {view}"),
        Operation::CommentOnTable { table, .. } | Operation::CommentOnColumn { table, .. } => {
            format!("{table}: comment")
        }
        _ => "rows".to_owned(),
    }
}
