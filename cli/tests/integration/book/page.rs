//! A page as the session it tells: the files to write and the commands to run, in their order.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;
use pulldown_cmark::Event;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use super::directive::Directive;

/// A page of the documentation.
pub(super) struct Page {
    /// What the page calls the folder that it begins in.
    pub(super) directory: String,
    /// The server that it needs, by the word of its engine, and the URL that the page gives it.
    pub(super) server: Option<(String, String)>,
    pub(super) parts: Vec<Part>,
}

/// What happens next.
pub(super) enum Part {
    Write {
        path: String,
        text: String,
        append: bool,
    },
    Setup(String),
    Run(Commands),
}

/// The commands of one block.
pub(super) struct Commands {
    /// Where the text of the block stands in the page.
    pub(super) range: Range<usize>,
    /// What stands before each of its lines but the first, in a list.
    pub(super) indent: String,
    /// The exit code of the last one, where the page says it.
    pub(super) exit: i32,
    pub(super) list: Vec<Shown>,
}

/// A command, and what the page says that it prints.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// Its lines as they stand in the page, marks included.
    pub(super) lines: String,
    pub(super) command: String,
    pub(super) output: String,
    /// Whether an empty line follows, before the next command.
    pub(super) gap: bool,
}

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// A directive that does not exist, or one without the block that it is about.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut page = Self {
            directory: "/srv/shop".to_owned(),
            server: None,
            parts: Vec::new(),
        };
        let mut waiting = Vec::new();
        let mut html = String::new();
        let mut block: Option<Code> = None;
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => block = Some(Code::begins(text, &kind, range.start)),
                Event::Text(line) if block.is_some() => {
                    if let Some(block) = &mut block {
                        let start = block.range.as_ref().map_or(range.start, |range| range.start);
                        block.range = Some(start..range.end);
                        block.text.push_str(&line);
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some(block) = block.take() {
                        page.code(block, std::mem::take(&mut waiting))?;
                    }
                }
                Event::Start(Tag::HtmlBlock) => html.clear(),
                Event::Html(line) => html.push_str(&line),
                Event::End(TagEnd::HtmlBlock) => {
                    if let Some(directive) = Directive::parse(&html)? {
                        page.directive(directive, &mut waiting);
                    }
                }
                _ if waiting.is_empty() => {}
                _ => return Err(format!("{:?} stands before no block of code", waiting)),
            }
        }
        Ok(page)
    }

    /// Keeps what is about the block that follows, and takes in what is about the page.
    fn directive(&mut self, directive: Directive, waiting: &mut Vec<Directive>) {
        match directive {
            Directive::Directory(path) => self.directory = path,
            Directive::Server { engine, url } => self.server = Some((engine, url)),
            Directive::Setup(script) => self.parts.push(Part::Setup(script)),
            about_the_block => waiting.push(about_the_block),
        }
    }

    fn code(&mut self, block: Code, directives: Vec<Directive>) -> Result<(), String> {
        let mut exit = 0;
        for directive in directives {
            match directive {
                Directive::Write { path, append } => self.parts.push(Part::Write {
                    path,
                    text: block.text.clone(),
                    append,
                }),
                Directive::Exit(code) => exit = code,
                _ => return Ok(()),
            }
        }
        if let (true, Some(range)) = (block.language == "console", block.range) {
            let list = commands(&block.text)?;
            self.parts.push(Part::Run(Commands {
                range,
                indent: block.indent,
                exit,
                list,
            }));
        }
        Ok(())
    }
}

/// A block of code.
struct Code {
    language: String,
    indent: String,
    text: String,
    range: Option<Range<usize>>,
}

impl Code {
    /// The block whose fence is at a place of the page.
    fn begins(page: &str, kind: &CodeBlockKind<'_>, fence: usize) -> Self {
        let before = page.get(..fence).unwrap_or_default();
        let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            language: match kind {
                CodeBlockKind::Fenced(info) => info.to_string(),
                CodeBlockKind::Indented => String::new(),
            },
            indent: " ".repeat(column),
            text: String::new(),
            range: None,
        }
    }
}

/// The commands of a block: lines that begin with `$`, those with `>` below them, and what is printed.
fn commands(text: &str) -> Result<Vec<Shown>, String> {
    let mut list: Vec<Shown> = Vec::new();
    let mut typing = false;
    for line in text.lines() {
        let begins = line.strip_prefix("$ ");
        let goes_on = line.strip_prefix("> ").or((line == ">").then_some(""));
        match (begins, goes_on, list.last_mut()) {
            (Some(command), ..) => {
                list.push(Shown {
                    lines: format!("{line}\n"),
                    command: command.to_owned(),
                    output: String::new(),
                    gap: false,
                });
                typing = true;
            }
            (_, Some(more), Some(last)) if typing => {
                last.lines.push_str(&format!("{line}\n"));
                last.command.push_str(&format!("\n{more}"));
            }
            (.., Some(last)) => {
                last.output.push_str(&format!("{line}\n"));
                typing = false;
            }
            _ => return Err(format!("`{line}` stands above the first command of its block")),
        }
    }
    for shown in &mut list {
        let end = shown.output.trim_end();
        shown.gap = shown.output.ends_with("\n\n") || shown.output == "\n";
        shown.output = if end.is_empty() {
            String::new()
        } else {
            format!("{end}\n")
        };
    }
    Ok(list)
}

impl Commands {
    /// The block again, with other outputs, and an empty line behind each that another command follows.
    pub(super) fn with(&self, outputs: &[String]) -> String {
        let mut text = String::new();
        for (position, (shown, output)) in self.list.iter().zip(outputs).enumerate() {
            text.push_str(&shown.lines);
            text.push_str(output);
            let next = self.list.get(position + 1);
            let apart = !output.is_empty() && next.is_some_and(|next| !next.command.contains("$?"));
            if shown.gap || apart {
                text.push('\n');
            }
        }
        let lines = text.lines().enumerate().map(|(position, line)| match line {
            "" => "\n".to_owned(),
            line if position == 0 => format!("{line}\n"),
            line => format!("{}{line}\n", self.indent),
        });
        lines.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The commands of a page that has one block of them.
    fn block(page: &str) -> Commands {
        let page = Page::parse(page).unwrap();
        let mut blocks = page.parts.into_iter().filter_map(|part| match part {
            Part::Run(commands) => Some(commands),
            _ => None,
        });
        blocks.next().unwrap()
    }

    /// What a block says that its commands print.
    fn outputs(block: &Commands) -> Vec<String> {
        block.list.iter().map(|shown| shown.output.clone()).collect()
    }

    #[test]
    fn a_block_is_read_and_written_again() {
        let text = "$ cat <<END\n> a\n>\n> END\na\n\n$ true\n\n$ echo b\nb\n> c\n";
        let block = block(&format!("```console\n{text}```\n"));
        let commands: Vec<_> = block.list.iter().map(|shown| shown.command.as_str()).collect();
        assert_eq!(commands, ["cat <<END\na\n\nEND", "true", "echo b"]);
        assert_eq!(outputs(&block), ["a\n", "", "b\n> c\n"]);
        assert_eq!(block.with(&outputs(&block)), text);
    }

    #[test]
    fn a_block_can_stand_in_a_list() {
        let page = "1. One:\n\n   ```console\n   $ echo a\n   a\n\n   $ echo b\n   b\n   ```\n\n2. Two.\n";
        let block = block(page);
        assert_eq!(outputs(&block), ["a\n", "b\n"]);
        let mut mended = page.to_owned();
        mended.replace_range(block.range.clone(), &block.with(&outputs(&block)));
        assert_eq!(mended, page);
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        assert!(commands("out\n$ true\n").is_err());
        assert!(Page::parse("<!-- flie: a -->\n```sql\n```\n").is_err());
        assert!(Page::parse("<!-- file: a -->\n\nA paragraph.\n").is_err());
    }
}
