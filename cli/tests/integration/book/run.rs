//! Runs the session of a page and compares what it prints.

use std::ops::Range;
use std::path::Path;

use gethostname::gethostname;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use limbeck_testkit::skip_for_want_of;

use super::compare::Ids;
use super::names::Names;
use super::page::Commands;
use super::page::Page;
use super::page::Part;
use super::session::Session;
use super::session::USER;

/// What running a page has found.
#[derive(Default)]
pub(super) struct Found {
    /// Exit codes that the page does not tell, a paragraph each.
    pub(super) codes: Vec<String>,
    /// What is printed and not told, a paragraph each.
    pub(super) outputs: Vec<String>,
    /// The blocks that print something else, and what they should say.
    edits: Vec<(Range<usize>, String)>,
}

impl Found {
    /// The page with what was really printed.
    pub(super) fn mended(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (range, block) in self.edits.iter().rev() {
            text.replace_range(range.clone(), block);
        }
        text
    }
}

/// Runs a page. None where what it needs is not there, which was said aloud.
///
/// # Errors
/// The page cannot be read, or the shell does not go on.
pub(super) fn run(text: &str) -> Result<Option<Found>, String> {
    let page = Page::parse(text)?;
    for program in ["flock", "sqlite3"] {
        if uses(&page, program) && !installed(program) {
            skip_for_want_of(program, &format!("the program {program} is not installed"));
            return Ok(None);
        }
    }
    let database = match &page.server {
        None => None,
        Some((word, url)) => {
            let engine = Engine::ALL.into_iter().find(|engine| engine.word() == word);
            let engine = engine.ok_or_else(|| format!("no engine is called {word}"))?;
            let Some(database) = TestDatabase::on(engine) else {
                return Ok(None);
            };
            Some((database, url))
        }
    };
    let name = Path::new(&page.directory).file_name().unwrap_or_default();
    let url = database.as_ref().map(|(database, _)| database.url_text());
    let session =
        Session::start(&name.to_string_lossy(), url.as_deref()).map_err(|error| error.to_string())?;
    let mut names = Names::default();
    names.who(
        &format!("{USER}@laptop"),
        &format!("{USER}@{}", gethostname().to_string_lossy()),
    );
    names.folder(&page.directory, &session.folder().to_string_lossy());
    if let (Some((_, page)), Some(run)) = (&database, &url) {
        names.database(page, run)?;
    }
    let mut play = Play {
        text,
        session,
        names,
        ids: Ids::default(),
        found: Found::default(),
    };
    for part in &page.parts {
        play.part(part)?;
    }
    Ok(Some(play.found))
}

fn uses(page: &Page, program: &str) -> bool {
    page.parts.iter().any(|part| match part {
        Part::Run(commands) => commands.list.iter().any(|shown| shown.command.contains(program)),
        Part::Setup(script) => script.contains(program),
        Part::Write { .. } => false,
    })
}

fn installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).exists())
}

/// A page while it runs.
struct Play<'a> {
    text: &'a str,
    session: Session,
    names: Names,
    ids: Ids,
    found: Found,
}

impl Play<'_> {
    fn part(&mut self, part: &Part) -> Result<(), String> {
        match part {
            Part::Write { path, text, append } => {
                let (path, text) = (self.in_run(path), self.in_run(text));
                let written = self.session.write(&path, &text, *append);
                written.map_err(|error| format!("{path}: {error}"))
            }
            Part::Setup(script) => {
                let ran = self.session.run(&self.in_run(script));
                let ran = ran.map_err(|error| error.to_string())?;
                match ran.code {
                    0 => Ok(()),
                    code => Err(format!("the setup exits with {code}: {}", ran.output)),
                }
            }
            Part::Run(commands) => self.commands(commands),
        }
    }

    fn in_run(&self, text: &str) -> String {
        self.ids.in_run(&self.names.in_run(text))
    }

    fn commands(&mut self, commands: &Commands) -> Result<(), String> {
        let mut outputs = Vec::new();
        let mut differs = false;
        let line = self.text[..commands.range.start].lines().count() + 1;
        for (position, shown) in commands.list.iter().enumerate() {
            let ran = self.session.run(&self.in_run(&shown.command));
            let ran = ran.map_err(|error| format!("line {line}: {}: {error}", shown.command))?;
            let expected = match commands.list.get(position + 1) {
                // The next command shows the code.
                Some(next) if next.command.contains("$?") => ran.code,
                Some(_) => 0,
                None => commands.exit,
            };
            let printed = self.names.in_page(&ran.output);
            if ran.code != expected {
                self.found.codes.push(format!(
                    "line {line}: `{}` exits with {}, not {expected}\n{printed}",
                    shown.command, ran.code
                ));
            }
            if self.ids.agree(&shown.output, &printed) {
                outputs.push(shown.output.clone());
            } else {
                differs = true;
                let printed = self.ids.in_page(&printed);
                let printed: String = printed
                    .trim_end()
                    .lines()
                    .map(|line| format!("{}\n", line.trim_end()))
                    .collect();
                self.found.outputs.push(format!(
                    "line {line}: `{}` prints\n{printed}\nand the page says\n{}",
                    shown.command, shown.output
                ));
                outputs.push(printed);
            }
        }
        if differs {
            let edit = (commands.range.clone(), commands.with(&outputs));
            self.found.edits.push(edit);
        }
        Ok(())
    }
}
