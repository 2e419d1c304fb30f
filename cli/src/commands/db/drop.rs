//! `limbeck db drop`.

use limbeck_core::driver::Administer;
use limbeck_core::engine::EngineError;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::local;
use crate::local::Place;
use crate::output::Answer;
use crate::output::Layout;

/// Drop the database with all that is in it
///
/// Asks first. Refused in production, and on another machine unless the environment is set.
#[derive(Debug, clap::Args)]
pub(super) struct DropArgs {
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

#[derive(Serialize)]
struct DroppedAnswer {
    database: String,
}

impl Answer for DroppedAnswer {
    fn text(&self, _layout: Layout) -> String {
        format!("the database {} is gone\n", self.database)
    }
}

pub(super) async fn run(args: &DropArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let url = context.database()?.url.value;
    let driver = context.driver(&url)?;
    let place = Place::of(&*driver, &url)?;
    if matches!(place, Place::Memory) {
        let message = format!("{url} is gone with the end of every command: there is nothing to drop");
        return Err(CommandError::new(ErrorKind::Unsupported, message));
    }
    local::require_known_place(context, &place, "db drop")?;
    let database = context.database_in_words()?;
    let question = format!("drop the database {database} with all that is in it?");
    local::consent(context, &question, args.yes)?;
    let dropped = driver.administer(&url, Administer::Drop).await;
    dropped.map_err(EngineError::Connect)?;
    context.output.answer(&DroppedAnswer { database })?;
    Ok(Exit::Success)
}
