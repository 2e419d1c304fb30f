//! `limbeck man`.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use clap::CommandFactory;
use clap_mangen::Man;
use serde::Serialize;

use crate::args::Args;
use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::plain;

/// Print the manual page, or write one for every command
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The folder for all pages, made when it is missing, such as ~/.local/share/man/man1
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
}

#[derive(Serialize)]
struct ManAnswer {
    directory: String,
    pages: Vec<String>,
}

impl Answer for ManAnswer {
    fn text(&self, layout: Layout) -> String {
        if !layout.verbose {
            let count = self.pages.len();
            return format!("{count} pages written into {}\n", plain(&self.directory));
        }
        let pages = self.pages.iter();
        pages.map(|page| format!("{}\n", plain(page))).collect()
    }
}

pub(crate) fn run(args: &ManArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    // Pages say the same whichever drivers the binary has.
    let command = Args::command()
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true);
    let Some(directory) = &args.directory else {
        let mut page = Vec::new();
        let written = Man::new(command).render(&mut page);
        written.map_err(|error| error::io("the page cannot be made", &error))?;
        context.output.raw(&String::from_utf8_lossy(&page))?;
        return Ok(Exit::Success);
    };
    let folder = context.path(directory);
    let failed = |error| {
        error::io(
            &format!("pages cannot be written into {}", directory.display()),
            &error,
        )
    };
    fs::create_dir_all(&folder).map_err(failed)?;
    let mut command = command;
    command.build();
    let mut pages = Vec::new();
    write(&command, &folder, &mut pages).map_err(failed)?;
    pages.sort();
    context.output.answer(&ManAnswer {
        directory: directory.display().to_string(),
        pages,
    })?;
    Ok(Exit::Success)
}

/// Writes the page of a command, and those of the commands below it.
fn write(command: &clap::Command, folder: &Path, pages: &mut Vec<String>) -> io::Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        write(below, folder, pages)?;
    }
    let page = Man::new(command.clone());
    let name = page.get_filename();
    let mut text = Vec::new();
    page.render(&mut text)?;
    fs::write(folder.join(&name), text)?;
    pages.push(name);
    Ok(())
}
