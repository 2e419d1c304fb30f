//! `limbeck revision`.

use limbeck_core::graph::GraphError;

use crate::autogenerate;
use crate::autogenerate::AutogenerateArgs;
use crate::context::Context;
use crate::derive_downgrade;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::new_script;
use crate::new_script::NewScriptArgs;

/// Write the file of a new revision and print its path
#[derive(Debug, clap::Args)]
pub(crate) struct RevisionArgs {
    /// What it goes on from; base begins a history of its own [default: head]
    #[arg(long, value_name = "REVISION", allow_negative_numbers = true)]
    head: Option<String>,

    /// A revision or label that must be applied first
    #[arg(long, value_name = "REVISION")]
    depends_on: Vec<String>,

    /// Write the downgrade of this revision into its file, derived from its upgrade [default: head]
    #[arg(
        long,
        value_name = "REVISION",
        num_args = 0..=1,
        default_missing_value = "head",
        allow_negative_numbers = true
    )]
    derive_downgrade: Option<String>,

    #[command(flatten)]
    generate: AutogenerateArgs,

    #[command(flatten)]
    new: NewScriptArgs,
}

impl RevisionArgs {
    /// Those of `--autogenerate -m MESSAGE`.
    pub(crate) fn autogenerate(message: String, rev_id: Option<String>) -> Self {
        Self {
            head: None,
            depends_on: Vec::new(),
            derive_downgrade: None,
            generate: AutogenerateArgs::asked_for(),
            new: NewScriptArgs::named(message, rev_id),
        }
    }
}

pub(crate) async fn run(args: &RevisionArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    if !args.generate.autogenerate && !args.generate.renames.rename.is_empty() {
        return Err(CommandError::new(
            ErrorKind::Usage,
            "`--rename` is for `--autogenerate`",
        ));
    }
    if let Some(revision) = &args.derive_downgrade {
        let generates = args.generate.autogenerate;
        if generates || args.head.is_some() || !args.depends_on.is_empty() || args.new.is_given() {
            return Err(derive_downgrade::of_new_revision());
        }
        return derive_downgrade::run(revision, context).await;
    }
    let head = args.head.as_deref().unwrap_or("head");
    let scripts = context.scripts()?;
    let rows = context.rows_for(head).await?;
    let parents = scripts.graph().resolve(head, &rows).map_err(several_heads)?;
    let planned = new_script::plan(&args.new, parents, &args.depends_on, "", context)?;
    if !args.generate.autogenerate {
        return planned.write(context);
    }
    let Some(generated) = autogenerate::generate(&args.generate, &planned, context).await? else {
        return Ok(Exit::Success);
    };
    let planned = planned.filled(&generated);
    if !args.generate.no_prove {
        autogenerate::prove(&planned, &generated, context).await?;
    }
    planned.write(context)
}

/// Several heads mean something else here than where a database is to go.
fn several_heads(error: GraphError) -> CommandError {
    match &error {
        GraphError::MultipleHeads { .. } => CommandError::new(ErrorKind::Target, error.to_string()).with_hint(
            "`--head <label>@head` or `--head <id>` goes on from one of them; `--head heads` joins all, as \
             `limbeck merge` does",
        ),
        _ => error.into(),
    }
}
