//! `limbeck db url`.

use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;

/// Print the URL of the database, without its password
#[derive(Debug, clap::Args)]
pub(super) struct UrlArgs {
    /// With its password, for a program that connects by it
    #[arg(long)]
    show_password: bool,
}

#[derive(Serialize)]
struct UrlAnswer {
    url: String,
}

impl Answer for UrlAnswer {
    fn text(&self, _layout: Layout) -> String {
        format!("{}\n", self.url)
    }
}

pub(super) fn run(args: &UrlArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let url = context.database()?.url.value;
    context.driver(&url)?;
    let url = match args.show_password {
        true => url.reveal(),
        false => url.to_string(),
    };
    context.output.answer(&UrlAnswer { url })?;
    Ok(Exit::Success)
}
