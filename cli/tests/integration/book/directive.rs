//! What comments in a page say to the test that runs it.

/// A comment `<!-- word: arguments -->`.
#[derive(Debug)]
pub(super) enum Directive {
    /// `directory: /srv/shop`: what the page calls its folder.
    Directory(String),
    /// `server: postgres`: the page needs a server. A URL behind it is what the page calls its database.
    Server { engine: String, url: String },
    /// `setup:` and commands that the page does not show.
    Setup(String),
    /// `file: path`, `append: path`: the block of code below is (more of) that file.
    Write { path: String, append: bool },
    /// `exit: 2`: the exit code of the last command of the block below.
    Exit(i32),
    /// `not run: why`: the block below is for readers only.
    NotRun,
}

impl Directive {
    /// Reads a piece of HTML. None for what is no comment, or one without a colon.
    ///
    /// # Errors
    /// No such directive.
    pub(super) fn parse(html: &str) -> Result<Option<Self>, String> {
        let Some(comment) = html.trim().strip_prefix("<!--") else {
            return Ok(None);
        };
        let wrong = || format!("no directive of the pages: {html}");
        let comment = comment.strip_suffix("-->").ok_or_else(wrong)?;
        let Some((word, arguments)) = comment.split_once(':') else {
            return Ok(None);
        };
        let arguments = arguments.trim();
        if arguments.is_empty() {
            return Err(wrong());
        }
        Ok(Some(match word.trim() {
            "directory" => Self::Directory(arguments.to_owned()),
            "server" => {
                let (engine, url) = arguments.split_once(' ').unwrap_or((arguments, ""));
                Self::Server {
                    engine: engine.to_owned(),
                    url: match url.trim() {
                        "" => format!("{engine}://ann:secret@localhost/shop"),
                        url => url.to_owned(),
                    },
                }
            }
            "setup" => Self::Setup(arguments.to_owned()),
            "file" | "append" => Self::Write {
                path: arguments.to_owned(),
                append: word.trim() == "append",
            },
            "exit" => Self::Exit(arguments.parse().map_err(|_| wrong())?),
            "not run" => Self::NotRun,
            _ => return Err(wrong()),
        }))
    }
}
