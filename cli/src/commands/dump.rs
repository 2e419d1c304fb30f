//! `limbeck dump`.

use limbeck_core::diff::diff;
use limbeck_core::operation::portable_sql;
use limbeck_core::schema::Schema;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;

/// Write a schema
///
/// As portable SQL it can be the models of a project. What the model of a schema has no words for is left out: triggers,
/// functions, partitions.
#[derive(Debug, clap::Args)]
pub(crate) struct DumpArgs {
    /// The schema: a revision, models, database, a URL or a file
    #[arg(value_name = "SCHEMA", default_value = "database")]
    schema: String,

    /// How it is written
    #[arg(long, value_enum, default_value = "portable", value_name = "FORMAT")]
    format: DumpFormat,
}

/// How a schema is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum DumpFormat {
    /// Portable SQL
    Portable,
    /// JSON, which `limbeck diff` reads
    Json,
}

#[derive(Serialize)]
struct DumpAnswer {
    schema: Schema,
    #[serde(skip)]
    text: String,
}

impl Answer for DumpAnswer {
    fn text(&self, _layout: Layout) -> String {
        self.text.clone()
    }
}

pub(crate) async fn run(args: &DumpArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let found = crate::schema_source::one(&args.schema, context).await?;
    let text = match args.format {
        DumpFormat::Portable => portable(&found.schema)?,
        DumpFormat::Json => json(&found.schema)?,
    };
    let schema = found.schema;
    context.output.answer(&DumpAnswer { schema, text })?;
    Ok(Exit::Success)
}

fn json(schema: &Schema) -> Result<String, CommandError> {
    let schema = schema.clone().without_native_ddl();
    let text = serde_json::to_string_pretty(&schema);
    let text = text.map_err(|error| CommandError::new(ErrorKind::Internal, error.to_string()))?;
    Ok(text + "\n")
}

/// The statements that make it, in an order in which they run.
fn portable(schema: &Schema) -> Result<String, CommandError> {
    let mut text = String::new();
    for operation in diff(&Schema::new(), schema, &[]).operations {
        let sql = portable_sql(&operation).map_err(|error| {
            let what = crate::differences::in_words(&operation);
            CommandError::new(ErrorKind::Unsupported, format!("{what}: {error}"))
                .with_hint("`--format json` writes it with the engine's own text")
        })?;
        text.push_str(&sql);
        text.push_str(";\n");
    }
    Ok(text)
}
