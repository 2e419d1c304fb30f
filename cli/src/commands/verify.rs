//! `limbeck verify`.

use std::sync::Arc;

use limbeck_core::engine::Finding;
use limbeck_core::engine::several_heads;
use limbeck_core::script::LoadError;
use limbeck_core::script::ScriptSet;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::tracked;

/// Look for trouble in the files and in the database
///
/// Finds faulty files, revisions that were edited after they were applied or put below applied ones, rows that no file has,
/// and statements in doubt; what the dialects that `dialects` in limbeck.toml names cannot do; and `.env.local` files that git
/// tracks. Exits with 1 when there is something.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// Look at all rows too
    ///
    /// Finds rows that break a constraint (a foreign key, NOT NULL, CHECK, UNIQUE) because nothing enforced it when they
    /// were written, constraints that were never validated, and indexes that do not agree with their table. It reads the
    /// whole database, and writes nothing.
    #[arg(long)]
    data: bool,

    /// There must be no more than one head
    #[arg(long)]
    single_head: bool,

    /// What a branch, tag or commit of git has must be here, unchanged and in its place
    ///
    /// Every revision that REF has counts as applied somewhere: none may be gone, have another upgrade for a dialect of
    /// this project, have other parents, or have a new revision below it.
    #[arg(long, value_name = "REF")]
    against: Option<String>,
}

#[derive(Serialize)]
struct VerifyAnswer {
    findings: Vec<Finding>,
}

impl Answer for VerifyAnswer {
    fn text(&self, _layout: Layout) -> String {
        if self.findings.is_empty() {
            return "nothing found\n".to_owned();
        }
        let shown = self
            .findings
            .iter()
            .map(|finding| CommandError::from(finding).for_people());
        let count = self.findings.len();
        let findings = if count == 1 { "finding" } else { "findings" };
        format!(
            "{}\n\n{count} {findings}\n",
            shown.collect::<Vec<_>>().join("\n\n")
        )
    }
}

pub(crate) async fn run(args: &VerifyArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let mut findings = match context.load()? {
        Err(faults) => {
            if args.against.is_some() {
                let notes = context.output.notes();
                notes.line("note: nothing was compared: the files come first");
            }
            if args.data {
                let notes = context.output.notes();
                notes.line("note: the data was not looked at: the files come first");
            }
            faults.iter().map(Finding::from).collect()
        }
        Ok(scripts) => {
            let scripts = Arc::new(scripts);
            let mut findings = compare(args, context, &scripts)?;
            findings.extend(look(args, context, &scripts).await?);
            for offline in context.named_offline(&scripts)? {
                for finding in offline.verify() {
                    if !findings.contains(&finding) {
                        findings.push(finding);
                    }
                }
            }
            findings
        }
    };
    findings.extend(tracked::findings(context.config()?.root()));
    let exit = if findings.is_empty() {
        Exit::Success
    } else {
        Exit::Found
    };
    context.output.answer(&VerifyAnswer { findings })?;
    Ok(exit)
}

/// Compares the files with what is wanted of them.
fn compare(
    args: &VerifyArgs,
    context: &Context<'_>,
    scripts: &ScriptSet,
) -> Result<Vec<Finding>, CommandError> {
    let mut findings = Vec::new();
    if args.single_head {
        findings.extend(several_heads(scripts.graph(), args.against.as_deref()));
    }
    if let Some(reference) = &args.against {
        let earlier = context.earlier(reference)?;
        findings.extend(earlier.compare(scripts, &context.project_dialects()?));
    }
    Ok(findings)
}

/// Looks at the database, and at the files with it; without a database at as much of the files as can be seen.
async fn look(
    args: &VerifyArgs,
    context: &mut Context<'_>,
    scripts: &ScriptSet,
) -> Result<Vec<Finding>, CommandError> {
    match context.reader() {
        Ok(migrator) if args.data => {
            let mut findings = migrator.verify().await?;
            findings.extend(migrator.verify_data().await?);
            Ok(findings)
        }
        Ok(migrator) => Ok(migrator.verify().await?),
        Err(error) if error.kind() == ErrorKind::Url && !args.data => {
            context
                .output
                .notes()
                .line("note: no database is configured, so only the files were looked at");
            let unknown = scripts.unknown_drivers().into_iter();
            Ok(unknown
                .map(|error| Finding::from(&LoadError::from(error)))
                .collect())
        }
        Err(error) => Err(error),
    }
}
