//! `limbeck dump`.

use limbeck_core::catalogue::Object;
use limbeck_core::diff::Difference;
use limbeck_core::diff::diff;
use limbeck_core::operation::Operation;
use limbeck_core::operation::PrintError;
use limbeck_core::operation::portable_sql;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;
use limbeck_core::sql::in_file;
use serde::Serialize;

use crate::context::Context;
use crate::differences::in_words;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::schema_source::Found;
use crate::schema_source::ScratchArgs;

/// Write a schema
///
/// As portable SQL it can be the models of a project; what portable SQL has no words for is left out: triggers, functions,
/// partitions. As the engine's own SQL it has all objects. Owners and grants are in neither.
#[derive(Debug, clap::Args)]
pub(crate) struct DumpArgs {
    /// The schema: a revision, models, database, a URL or a file
    #[arg(value_name = "SCHEMA", default_value = "database")]
    schema: String,

    /// How it is written
    #[arg(long, value_enum, default_value = "portable", value_name = "FORMAT")]
    format: DumpFormat,

    #[command(flatten)]
    scratch: ScratchArgs,
}

/// How a schema is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum DumpFormat {
    /// Portable SQL
    Portable,
    /// The engine's own SQL, with all objects
    Sql,
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

    fn is_for_people(&self) -> bool {
        false
    }
}

pub(crate) async fn run(args: &DumpArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let found = match args.format {
        DumpFormat::Sql => crate::schema_source::one_live(&args.schema, &args.scratch, context).await?,
        DumpFormat::Portable | DumpFormat::Json => {
            crate::schema_source::one(&args.schema, &args.scratch, context).await?
        }
    };
    let text = match args.format {
        DumpFormat::Portable => {
            let (text, own) = portable(&found.schema);
            if own > 0 {
                let parts = if own == 1 { "1 part has" } else { "some parts have" };
                let line = format!("note: {parts} no portable form: see the comments at the end");
                context.output.notes().line(&line);
            }
            tell_what_is_left_out(&found, context);
            text
        }
        DumpFormat::Sql => native(&found)?,
        DumpFormat::Json => {
            tell_what_is_left_out(&found, context);
            json(&found.schema)?
        }
    };
    let schema = found.schema;
    context.output.answer(&DumpAnswer { schema, text })?;
    Ok(Exit::Success)
}

/// Says that there is more than the format can say.
fn tell_what_is_left_out(found: &Found, context: &Context<'_>) {
    let line = match found.beyond_portable() {
        0 => return,
        1 => "note: 1 object of another kind is left out: `--format sql` has it".to_owned(),
        several => format!("note: {several} objects of other kinds are left out: `--format sql` has them"),
    };
    context.output.notes().line(&line);
}

/// The statements that make all objects, in an order in which they run.
fn native(found: &Found) -> Result<String, CommandError> {
    let known = found
        .live
        .as_ref()
        .and_then(|live| Some((live, live.catalogue.as_ref()?)));
    let Some((live, catalogue)) = known else {
        let message = "the driver of this database cannot read all of its objects";
        return Err(CommandError::new(ErrorKind::Unsupported, message));
    };
    let rules = live.dialect.lexical_rules();
    // They mean what they mean in the session that has read them.
    let settings = live.dialect.session_settings().iter();
    let mut text: String = settings.map(|setting| format!("{setting};\n")).collect();
    for statement in catalogue.in_order().flat_map(Object::statements) {
        let written = in_file(statement, rules).ok_or_else(|| {
            let message = format!("this statement cannot stand in a file: {statement}");
            CommandError::new(ErrorKind::Unsupported, message)
        })?;
        text.push_str(&written);
    }
    Ok(text)
}

fn json(schema: &Schema) -> Result<String, CommandError> {
    let schema = schema.clone().without_native_ddl();
    let text = serde_json::to_string_pretty(&schema);
    let text = text.map_err(|error| CommandError::new(ErrorKind::Internal, error.to_string()))?;
    Ok(text + "\n")
}

/// The statements that make it, in an order in which they run. What is an engine's own text stands in comments: each is
/// counted.
fn portable(schema: &Schema) -> (String, usize) {
    let mut text = String::new();
    let mut own = Vec::new();
    let made = diff(&Schema::new(), schema, &[]);
    own.extend(made.left.iter().map(|left| match left {
        Difference::Refused { object, error } => format!("{object}: {error}"),
        other => other.to_string(),
    }));
    for mut operation in made.operations {
        if let Operation::CreateTable(table) = &mut operation {
            own.extend(taken_out(table));
        }
        match portable_sql(&operation) {
            Ok(sql) => text.push_str(&format!("{sql};\n")),
            Err(error) => own.push(format!(
                "{}: {}",
                in_words(&operation),
                own_text(&operation, &error)
            )),
        }
    }
    for part in &own {
        let lines: Vec<&str> = part.lines().collect();
        text.push_str(&format!("-- Not portable: {}\n", lines.join("\n--   ")));
    }
    (text, own.len())
}

/// Takes the engine's own texts out of a table, and gives them.
fn taken_out(table: &mut Table) -> Vec<String> {
    let mut own = Vec::new();
    for column in &mut table.columns {
        let name = format!("{}.{}", table.name, column.name);
        if matches!(&column.data_type, DataType::Native { sql, .. } if sql.is_empty()) {
            own.push(format!("{name}: no type; written as BLOB"));
            column.data_type = DataType::Blob;
        }
        if let Some(Expression::Native(text)) = &column.default {
            own.push(format!("{name}: DEFAULT {text}"));
            column.default = None;
        }
        if let Some(Expression::Native(text)) =
            column.generated.as_ref().map(|generated| &generated.expression)
        {
            own.push(format!("{name}: GENERATED ALWAYS AS ({text})"));
            column.generated = None;
        }
    }
    table.checks.retain(|check| match &check.expression {
        Expression::Native(text) => {
            own.push(format!("{}: CHECK ({text})", check.name));
            false
        }
        _ => true,
    });
    own
}

fn own_text(operation: &Operation, error: &PrintError) -> String {
    match operation {
        Operation::CreateView(view) => match &view.query {
            Expression::Native(text) => text.clone(),
            _ => error.to_string(),
        },
        _ => error.to_string(),
    }
}
