//! `limbeck init`.

mod adopt;
mod ci;
mod compose;

use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use serde::Serialize;

use self::ci::Workflow;
use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::plain;
use crate::templates;
use crate::templates::Template;

/// Begin a project
///
/// Writes limbeck.toml, a folder for revisions, .env.template and lines of .gitignore. Nothing that exists is
/// overwritten. The URL of --url is that of the project.
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The folder, made when it is missing
    #[arg(value_name = "DIR", default_value = ".")]
    directory: PathBuf,

    /// What to begin with
    #[arg(short, long, value_enum, default_value = "generic", value_name = "NAME")]
    template: Template,

    /// Write a first revision that makes what is in the database, and stamp it there
    #[arg(long)]
    from_database: bool,

    /// Write a workflow too that runs the migrations with every change; into a project that is there, it alone
    #[arg(long, value_enum, value_name = "SERVICE")]
    ci: Option<ci::Service>,
    /// Write a compose file with a server for development too, and an .env for it: postgres, mysql, mariadb
    #[arg(long, value_name = "SERVER", conflicts_with_all = ["template", "from_database", "url"])]
    compose: Option<String>,
}

#[derive(Serialize)]
struct InitAnswer {
    directory: String,
    created: Vec<String>,
    #[serde(skip)]
    called: String,
    #[serde(skip)]
    template: Template,
    #[serde(skip)]
    has_server: bool,
}

impl Answer for InitAnswer {
    fn text(&self, layout: Layout) -> String {
        let mut text: String = self
            .created
            .iter()
            .map(|path| format!("created {}\n", plain(path)))
            .collect();
        if layout.quiet {
            return text;
        }
        text.push_str("\nnext:\n");
        if self.directory != "." {
            text.push_str(&format!("  cd {}\n", word(&self.directory)));
        }
        if self.has_server {
            text.push_str(&format!("  {} db up\n", self.called));
        } else if self.template == Template::Environment {
            text.push_str("  cp .env.template .env\n");
        }
        let called = &self.called;
        text.push_str(&format!("  {called} revision -m \"Add the account table\"\n"));
        text.push_str(&format!("  {called} edit\n  {called} upgrade\n"));
        text
    }
}

/// The path as one word for a shell, which is no option.
fn word(path: &str) -> String {
    let path = plain(path);
    let path = match path.starts_with('-') {
        true => format!("./{path}"),
        false => path,
    };
    let harmless = |letter: char| letter.is_alphanumeric() || "/._-".contains(letter);
    if path.chars().all(harmless) {
        return path;
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

pub(crate) async fn run(args: &InitArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let mut project = NewProject {
        shown: &args.directory,
        root: context.path(&args.directory),
        created: Vec::new(),
        new_files: Vec::new(),
    };
    if let Some(service) = args.ci
        && !args.from_database
        && project.exists()
    {
        return ci::add(service, &project, context);
    }
    let server = args.compose.as_deref();
    let server = server.map(|name| compose::server(name, context)).transpose()?;
    project.refuse_existing()?;
    if server.is_some() {
        project.refuse_compose()?;
    }
    let template = match server {
        Some(_) => Template::Environment,
        None => args.template,
    };
    let name = project.name();
    let url = match args.from_database {
        true => context.url_of_database(&project.root)?,
        false => context.url_to_write()?,
    };
    let scheme = url.as_deref().and_then(|url| url.split(':').next());
    let workflow = args.ci.map(|service| Workflow::plan(service, &project, scheme));
    let workflow = workflow.transpose()?;
    let url = url.unwrap_or_else(|| format!("sqlite://{name}.db"));
    // What JSON calls a string is one for TOML, too.
    let quoted = serde_json::to_string(&url).map_err(io::Error::from);
    let quoted = quoted.map_err(|error| error::io("the URL cannot be written", &error))?;
    project.folder("migrations")?;
    project.file("limbeck.toml", &template.configuration(&name, &quoted))?;
    project.file_unless_there("migrations/.gitkeep", "")?;
    match server {
        Some(server) => project.server(server, &name)?,
        None => {
            let variables = format!("DATABASE_URL={url}\n");
            project.file_unless_there(".env.template", &templates::env_template(&variables))?;
        }
    }
    project.lines(".gitignore", templates::GITIGNORE)?;
    if let Some(workflow) = &workflow {
        project.created.push(workflow.write()?.to_owned());
        project.new_files.push(workflow.path().to_owned());
    }
    if args.from_database {
        context.enter(&project.root);
        let adopted = adopt::adopt(context).await;
        let adopted = adopted.inspect_err(|_| project.take_back())?;
        context.output.answer(&adopted)?;
        return Ok(Exit::Success);
    }
    let answer = InitAnswer {
        directory: args.directory.display().to_string(),
        created: project.created,
        called: context.called().to_owned(),
        template,
        has_server: server.is_some(),
    };
    context.output.answer(&answer)?;
    Ok(Exit::Success)
}

struct NewProject<'a> {
    /// The folder as it was written.
    shown: &'a Path,
    root: PathBuf,
    created: Vec<String>,
    /// The files that were not there before.
    new_files: Vec<PathBuf>,
}

impl NewProject<'_> {
    fn exists(&self) -> bool {
        self.root.join("limbeck.toml").exists()
    }

    fn refuse_existing(&self) -> Result<(), CommandError> {
        let exists = |what: &str, hint: &str| {
            let message = format!("{} {what}", self.shown.display());
            Err(CommandError::new(ErrorKind::Exists, message).with_hint(hint))
        };
        if self.root.is_file() {
            return exists("is a file", "name a folder");
        }
        if self.exists() {
            return exists(
                "is a project already: it has a limbeck.toml",
                "`limbeck status` shows where it stands",
            );
        }
        let revisions = fs::read_dir(self.root.join("migrations"));
        if revisions.is_ok_and(|mut entries| entries.next().is_some()) {
            return exists(
                "has a folder migrations that is not empty",
                "move it away, or write a limbeck.toml that names another folder in `version_locations`",
            );
        }
        Ok(())
    }

    /// The name of the folder, fit for a file.
    fn name(&self) -> String {
        let whole = fs::canonicalize(&self.root).unwrap_or_else(|_| self.root.clone());
        let name = whole
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let fit = |letter: char| {
            if letter.is_ascii_alphanumeric() || "-_".contains(letter) {
                letter
            } else {
                '_'
            }
        };
        let name: String = name.chars().map(fit).collect();
        if name.trim_matches('_').is_empty() {
            "app".to_owned()
        } else {
            name
        }
    }

    fn folder(&mut self, name: &str) -> Result<(), CommandError> {
        let path = self.root.join(name);
        fs::create_dir_all(&path).map_err(|error| failed(&path, &error))?;
        self.created.push(format!("{}/", self.show(name)));
        Ok(())
    }

    fn file(&mut self, name: &str, text: &str) -> Result<(), CommandError> {
        let path = self.root.join(name);
        write_new(&path, text).map_err(|error| failed(&path, &error))?;
        self.created.push(self.show(name));
        self.new_files.push(path);
        Ok(())
    }

    fn file_unless_there(&mut self, name: &str, text: &str) -> Result<(), CommandError> {
        if self.root.join(name).exists() {
            return Ok(());
        }
        self.file(name, text)
    }

    /// Takes away what was made, since nothing came of it: the project can be begun again.
    fn take_back(&self) {
        for path in &self.new_files {
            let _ = fs::remove_file(path);
        }
        let _ = fs::remove_dir(self.root.join("migrations"));
    }

    /// Adds the lines that the file does not have.
    fn lines(&mut self, name: &str, text: &str) -> Result<(), CommandError> {
        let path = self.root.join(name);
        let Ok(present) = fs::read_to_string(&path) else {
            return self.file(name, text);
        };
        let missing = text
            .lines()
            .filter(|line| !present.lines().any(|other| other.trim() == *line));
        let mut missing: String = missing.map(|line| format!("{line}\n")).collect();
        if missing.is_empty() {
            return Ok(());
        }
        if !present.is_empty() && !present.ends_with('\n') {
            missing.insert(0, '\n');
        }
        let file = fs::OpenOptions::new().append(true).open(&path);
        file.and_then(|mut file| file.write_all(missing.as_bytes()))
            .map_err(|error| failed(&path, &error))
    }

    fn show(&self, name: &str) -> String {
        if self.shown == Path::new(".") {
            return name.to_owned();
        }
        self.shown.join(name).display().to_string()
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

fn failed(path: &Path, error: &io::Error) -> CommandError {
    error::io(&format!("{} cannot be written", path.display()), error)
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_folder_is_one_word_for_a_shell() {
        for (path, expected) in [
            ("shop/db-2", "shop/db-2"),
            ("-x y", "'./-x y'"),
            ("-x", "./-x"),
            ("it's", r"'it'\''s'"),
            ("$(reboot)", "'$(reboot)'"),
            ("größer", "größer"),
        ] {
            assert_eq!(word(path), expected);
        }
    }
}
