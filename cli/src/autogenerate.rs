//! `limbeck revision --autogenerate`.

use std::sync::Arc;

use limbeck_core::diff::Diff;
use limbeck_core::diff::diff;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Purge;
use limbeck_core::engine::Scratch;
use limbeck_core::engine::downgrade_text;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Inverse;
use limbeck_core::operation::Operation;
use limbeck_core::operation::derive_downgrade;
use limbeck_core::operation::portable_sql;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;
use limbeck_core::sql::SourceFile;
use serde::Serialize;

use crate::context::Context;
use crate::differences;
use crate::differences::RenameArgs;
use crate::differences::as_flag;
use crate::differences::in_words;
use crate::differences::on_one_line;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::output::Answer;
use crate::output::Layout;
use crate::schema_source;
use crate::schema_source::Found;
use crate::schema_source::ScratchArgs;

/// What an error in a scratch database means.
const TRIAL: &str = "no file was written; `--no-prove` writes the revision untried";

/// How a revision is made from the models.
#[derive(Debug, clap::Args)]
pub(crate) struct AutogenerateArgs {
    /// Write what leads from the revisions to the models
    #[arg(long)]
    pub(crate) autogenerate: bool,

    #[command(flatten)]
    pub(crate) renames: RenameArgs,

    #[command(flatten)]
    scratch: ScratchArgs,

    /// With --autogenerate: nothing else has a new name; what looks like that is dropped and made anew
    #[arg(long, requires = "autogenerate")]
    no_rename: bool,

    /// With --autogenerate: do not try the revision in a scratch database
    #[arg(long, requires = "autogenerate")]
    no_prove: bool,
}

/// The SQL of a revision.
pub(crate) struct Generated {
    /// What it does, for who gives no message.
    pub(crate) message: String,
    pub(crate) upgrade: String,
    pub(crate) downgrade: String,
    has_downgrade: bool,
    /// The schema before it, where the files tell that.
    before: Option<Schema>,
    wanted: Schema,
}

/// Nothing was written: no path, and no revision.
#[derive(Serialize)]
struct NothingAnswer {
    revision: Option<String>,
}

impl Answer for NothingAnswer {
    fn text(&self, _layout: Layout) -> String {
        String::new()
    }
}

/// What leads from all revisions to the models; none when nothing does.
pub(crate) async fn generate(
    args: &AutogenerateArgs,
    parents: &[RevisionId],
    context: &mut Context<'_>,
) -> Result<Option<Generated>, CommandError> {
    let said = args.renames.read()?;
    refuse_a_part(parents, context)?;
    let (from, to) = schema_source::both("heads", "models", &args.scratch, context).await?;
    refuse_empty_models(&from, &to)?;
    let mut found = differences::between(&from, &to, &said)?;
    for operation in &mut found.operations {
        to.in_own_words(operation);
    }
    if found.is_empty() {
        let line = format!("no difference between {} and {}", from.counted(), to.counted());
        context.output.notes().line(&line);
        context.output.answer(&NothingAnswer { revision: None })?;
        return Ok(None);
    }
    if !args.no_rename {
        refuse_renames(&found)?;
    }
    refuse_what_is_left(&found)?;
    let upgrade = upgrade(&found, &from)?;
    let downgrade = downgrade(&found, &from, context)?;
    Ok(Some(Generated {
        message: message(&found.operations),
        upgrade,
        has_downgrade: !downgrade.starts_with("-- No downgrade"),
        downgrade,
        before: from.is_portable().then_some(from.schema),
        wanted: to.schema,
    }))
}

/// The models are those of all revisions, and so is what leads to them.
fn refuse_a_part(parents: &[RevisionId], context: &Context<'_>) -> Result<(), CommandError> {
    let scripts = context.scripts()?;
    let heads = scripts.graph().resolve("heads", &Rows::default())?;
    if heads.iter().all(|head| parents.contains(head)) {
        return Ok(());
    }
    let message = "the models are those of all revisions, and this one would go on from a part of them";
    Err(CommandError::new(ErrorKind::Target, message)
        .with_hint("`--head heads` goes on from all of them; `limbeck merge` joins several heads first"))
}

/// Models without a table are more likely a file that was not written than the wish to drop everything.
fn refuse_empty_models(from: &Found, to: &Found) -> Result<(), CommandError> {
    if !to.schema.tables.is_empty() || from.schema.tables.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} has no table at all, and everything would be dropped",
        to.words
    );
    Err(CommandError::new(ErrorKind::DataLoss, message)
        .with_hint("where that is meant, write the revision by hand: `limbeck diff` shows its statements"))
}

/// Nothing is dropped and made anew that may only have another name, unless somebody says so.
fn refuse_renames(found: &Diff) -> Result<(), CommandError> {
    let [first, ..] = found.possible_renames.as_slice() else {
        return Ok(());
    };
    let flags: Vec<String> = found.possible_renames.iter().map(as_flag).collect();
    let message = format!("{first} may be a new name for the same, and would be dropped and made anew");
    Err(CommandError::new(ErrorKind::DataLoss, message)
        .with_hint(format!("say that it is one: `{}`", flags.join(" ")))
        .with_hint("say that nothing has a new name: `--no-rename`"))
}

fn refuse_what_is_left(found: &Diff) -> Result<(), CommandError> {
    match found.left.first() {
        None => Ok(()),
        Some(left) => Err(CommandError::new(ErrorKind::Unsupported, left.to_string())
            .with_hint("write the revision by hand, with what leads there step by step")),
    }
}

fn sql(operation: &Operation) -> Result<String, CommandError> {
    portable_sql(operation).map_err(|error| {
        let message = format!("{}: {error}", in_words(operation));
        CommandError::new(ErrorKind::Unsupported, message)
            .with_hint("`limbeck diff` shows the rest; write this one into a native section")
    })
}

/// The statements, with what they take away, between a request to read them and what is to be checked.
fn upgrade(found: &Diff, from: &Found) -> Result<String, CommandError> {
    let mut text = "-- Written from the models: read it, and change what you know better.\n".to_owned();
    let mut losses: Vec<_> = found.losses.iter().collect();
    for operation in &found.operations {
        if let Some(index) = losses.iter().position(|loss| loss.is_by(operation)) {
            let loss = on_one_line(&losses.remove(index).to_string());
            text.push_str(&format!("-- This loses {loss}.\n"));
        }
        text.push_str(&format!("{};\n", sql(operation)?));
    }
    let is_new = |operation: &&Operation| {
        operation.table().is_some_and(|table| {
            let mut made = found.operations.iter();
            made.any(|operation| matches!(operation, Operation::CreateTable(made) if made.name == *table))
        })
    };
    let of_old = found.operations.iter().filter(|operation| !is_new(operation));
    let checks: Vec<String> = of_old
        .filter_map(|operation| to_check(operation, &from.schema))
        .collect();
    if !checks.is_empty() {
        text.push_str("-- To check, where the tables have rows:\n");
        checks
            .iter()
            .for_each(|check| text.push_str(&format!("--   {}\n", on_one_line(check))));
    }
    Ok(text)
}

/// What rows may contradict, or what takes long with many of them.
fn to_check(operation: &Operation, before: &Schema) -> Option<String> {
    match operation {
        Operation::AddColumn { table, column, .. } if needs_value(column) => Some(format!(
            "{table}.{}: rows that are there get no value; give it a default",
            column.name
        )),
        Operation::AlterColumn {
            table,
            column,
            change: ColumnChange::SetNotNull,
        } => Some(format!("{table}.{column}: no row is NULL")),
        Operation::AlterColumn {
            table,
            column,
            change: ColumnChange::SetType(data_type),
        } if !is_wider(before, table, column, data_type) => Some(format!(
            "{table}.{column}: each value fits the new type; the table may be written anew"
        )),
        Operation::AddConstraint { table, constraint } => Some(match constraint {
            Constraint::ForeignKey(key) => {
                format!(
                    "{}: each row of {table} has its row in {}",
                    key.name, key.referenced_table
                )
            }
            other => format!("{}: the rows of {table} keep to it", other.name()),
        }),
        Operation::CreateIndex { table, index } if index.unique => {
            Some(format!("{}: no two rows of {table} are equal", index.name))
        }
        Operation::CreateIndex { table, index } => Some(format!(
            "{}: building it keeps writers of {table} waiting",
            index.name
        )),
        _ => None,
    }
}

/// Whether rows that are there would need a value of a new column that nobody gives.
fn needs_value(column: &Column) -> bool {
    !column.nullable && column.default.is_none() && !column.identity && column.generated.is_none()
}

/// Whether each value of the old type is one of the new type.
fn is_wider(before: &Schema, table: &Name, column: &Name, new: &DataType) -> bool {
    let old = before.tables.get(table).and_then(|table| table.column(column));
    let Some(old) = old else {
        return false;
    };
    let rank = |data_type: &DataType| match data_type.base() {
        DataType::SmallInt => Some(1),
        DataType::Integer => Some(2),
        DataType::BigInt => Some(3),
        _ => None,
    };
    match (old.data_type.base(), new.base()) {
        (DataType::Varchar { length: old }, DataType::Varchar { length: new }) => old <= new,
        (DataType::Varchar { .. }, DataType::Text) => true,
        (
            DataType::Numeric { precision, scale },
            DataType::Numeric {
                precision: wider,
                scale: finer,
            },
        ) => scale <= finer && precision - scale <= wider - finer,
        (old, new) => matches!((rank(old), rank(new)), (Some(old), Some(new)) if old <= new),
    }
}

/// The way back; none where an operation has no inverse, which is told.
fn downgrade(found: &Diff, from: &Found, context: &Context<'_>) -> Result<String, CommandError> {
    match derive_downgrade(&found.operations, &from.schema) {
        Ok(inverse) => text_of(&inverse),
        Err(error) => {
            context
                .output
                .notes()
                .line(&format!("note: no downgrade could be derived: {error}"));
            // A section of comments alone counts as missing.
            let error = on_one_line(&error.to_string());
            Ok(format!("-- No downgrade follows from this upgrade: {error}.\n"))
        }
    }
}

fn text_of(inverse: &Inverse) -> Result<String, CommandError> {
    downgrade_text(inverse).map_err(|error| CommandError::new(ErrorKind::Unsupported, error.to_string()))
}

/// What it does, in few words: `account: add email, and 3 more`.
fn message(operations: &[Operation]) -> String {
    let (Some(first), more) = (operations.first(), operations.len().saturating_sub(1)) else {
        return String::new();
    };
    match more {
        0 => in_words(first),
        more => format!("{}, and {more} more", in_words(first)),
    }
}

impl AutogenerateArgs {
    /// Tries a new revision in a scratch database: up, down and up again, and then it has what the models want.
    pub(crate) async fn prove(
        &self,
        file: Arc<SourceFile>,
        revision: &RevisionId,
        parents: &[RevisionId],
        generated: &Generated,
        context: &Context<'_>,
    ) -> Result<(), CommandError> {
        if self.no_prove {
            return Ok(());
        }
        let scripts = Arc::new(context.scripts_with(file)?);
        let untried = |error: CommandError| error.with_hint(TRIAL);
        let made = schema_source::in_scratch(&scripts, context, async |scratch| {
            there_and_back(scratch, revision, parents, generated).await
        });
        let made = made.await.map_err(untried)?;
        let wanted = wanted(generated, &scripts, context).await?;
        same("the revision does not lead to the models", &made, &wanted).map_err(untried)
    }
}

/// What the engine makes of the models.
async fn wanted(
    generated: &Generated,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Schema, CommandError> {
    match generated.wanted.is_portable() {
        true => schema_source::as_kept(&generated.wanted, scripts, context).await,
        false => Ok(generated.wanted.clone()),
    }
}

/// Up, down and up again, from the schema of the history: its files tell it, or else its revisions are applied.
async fn there_and_back(
    scratch: &Scratch,
    revision: &RevisionId,
    parents: &[RevisionId],
    generated: &Generated,
) -> Result<Schema, CommandError> {
    let migrator = scratch.migrator();
    match &generated.before {
        Some(before) => {
            scratch.make(before).await?;
            let parents: Vec<&str> = parents.iter().map(RevisionId::as_str).collect();
            if !parents.is_empty() {
                migrator.stamp(&parents, Purge::Keep, &mut Ignore).await?;
            }
        }
        None => {
            for parent in parents {
                migrator.upgrade(parent.as_str(), &mut Ignore).await?;
            }
        }
    }
    let before = scratch.schema().await?;
    migrator.upgrade(revision.as_str(), &mut Ignore).await?;
    let there = scratch.schema().await?;
    if !generated.has_downgrade {
        return Ok(there);
    }
    migrator.downgrade(&format!("{revision}@-1"), &mut Ignore).await?;
    let back = scratch.schema().await?;
    same("the downgrade does not lead back", &back, &before)?;
    migrator.upgrade(revision.as_str(), &mut Ignore).await?;
    let again = scratch.schema().await?;
    same("the upgrade makes something else the second time", &again, &there)?;
    Ok(there)
}

fn same(message: &str, made: &Schema, wanted: &Schema) -> Result<(), CommandError> {
    let rest = diff(made, wanted, &[]);
    if rest.is_empty() {
        return Ok(());
    }
    let operations = rest.operations.iter().map(in_words);
    let left = rest.left.iter().map(ToString::to_string);
    let rest: Vec<String> = operations.chain(left).collect();
    Err(CommandError::new(
        ErrorKind::Unproven,
        format!("{message}: what is left is {}", rest.join(", ")),
    ))
}
