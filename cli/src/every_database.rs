//! `--database all`: a command on every database, one after the other.

use limbeck_core::config::Config;

use crate::commands::Command;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Format;

/// Runs a command, on every database where that is asked for. It stops at the first that fails.
pub(crate) async fn run(command: &Command, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let database = context.globals.database.as_deref();
    if !database.is_some_and(Config::means_all) {
        return command.run(context).await;
    }
    if !command.is_for_several() {
        let message = "this command is not for several databases at once";
        return Err(CommandError::new(ErrorKind::Usage, message)
            .with_hint("give --database with the name of one; `limbeck config show` lists them"));
    }
    context.globals.database = None;
    let config = context.config()?;
    let databases = config.all_databases(&context.choice(), &context.url_variables())?;
    let mut exit = Exit::Success;
    for (index, database) in databases.iter().enumerate() {
        context.globals.database.clone_from(database);
        context.output.begin_part(database.as_deref())?;
        match command.run(context).await {
            Ok(Exit::Success) => {}
            Ok(other) => exit = other,
            Err(error) => {
                let (done, rest) = databases.split_at(index);
                let error = error.with_hint(state(done, rest));
                if context.output.format() == Format::Human {
                    return Err(error);
                }
                context.output.error(&error);
                context.output.end_parts()?;
                return Ok(error.exit());
            }
        }
    }
    context.output.end_parts()?;
    Ok(exit)
}

/// What was done, and what was not.
fn state(done: &[Option<String>], rest: &[Option<String>]) -> String {
    let names = |databases: &[Option<String>]| {
        let names = databases.iter().map(|name| match name {
            Some(name) => format!("`{name}`"),
            None => "the one without a name".to_owned(),
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let (failed, waiting) = rest.split_at(rest.len().min(1));
    let done = match done {
        [] => "before it there was none".to_owned(),
        done => format!("done before it: {}", names(done)),
    };
    let waiting = match waiting {
        [] => String::new(),
        waiting => format!("; not begun: {}", names(waiting)),
    };
    format!("this is about {}; {done}{waiting}", names(failed))
}
