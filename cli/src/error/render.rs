//! Errors as people and programs read them.

use annotate_snippets::AnnotationKind;
use annotate_snippets::Group;
use annotate_snippets::Level;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet;
use limbeck_core::sql::Place;
use serde::Serialize;

use super::CommandError;
use super::ErrorKind;
use super::Fault;
use crate::output::Paint;
use crate::output::paint;
use crate::output::plain;

/// Columns after which the text of a place is cut.
const WIDTH: usize = 140;

impl CommandError {
    /// The error for a person, styled, without a line end.
    pub(crate) fn for_people(&self) -> String {
        let faults = std::iter::once(&self.0.fault).chain(&self.0.others);
        let shown: Vec<String> = faults.map(shown).collect();
        shown.join("\n\n")
    }

    /// The error for a program.
    pub(crate) fn for_programs(&self) -> impl Serialize + '_ {
        let faults: Vec<_> = self.0.others.iter().map(FaultJson::new).collect();
        let place = self.0.fault.place.as_ref();
        ErrorJson {
            error: ErrorBody {
                kind: self.0.kind,
                message: &self.0.fault.message,
                hints: self.hints().collect(),
                file: self.0.fault.file(),
                line: self.0.fault.line(),
                column: place.map(|place| place.line_column().column),
                faults,
            },
        }
    }
}

/// A fault with its place, or in plain lines where there is none.
fn shown(fault: &Fault) -> String {
    let message = plain(&fault.message);
    let hints: Vec<String> = fault.hints.iter().map(|hint| plain(hint)).collect();
    if let Some(place) = &fault.place {
        let (path, text) = (plain(place.file().name()), visible(place.file().text()));
        let group = Group::with_title(Level::ERROR.primary_title(message))
            .element(snippet(place, &path, &text))
            .elements(hints.iter().map(|hint| Level::HELP.message(hint.as_str())));
        return Renderer::styled().term_width(WIDTH).render(&[group]);
    }
    let mut text = format!("{}: {message}", paint(Paint::Error, "error"));
    for hint in &hints {
        text.push_str(&format!("\n  {}: {hint}", paint(Paint::Title, "help")));
    }
    text
}

fn snippet<'a>(
    place: &Place,
    path: &'a str,
    text: &'a str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (start, end) = (floor(text, place.span().start), floor(text, place.span().end));
    Snippet::source(text)
        .path(path)
        .annotation(AnnotationKind::Primary.span(start..end.max(start)))
}

/// The source without the control characters that the renderer leaves as they are, each byte where it was.
fn visible(source: &str) -> String {
    source.replace(|letter| ('\u{80}'..='\u{9f}').contains(&letter), "\u{b7}")
}

/// The nearest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or_default()
}

#[derive(Serialize)]
struct ErrorJson<'a> {
    error: ErrorBody<'a>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    kind: ErrorKind,
    message: &'a str,
    hints: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<FaultJson<'a>>,
}

#[derive(Serialize)]
struct FaultJson<'a> {
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
}

impl<'a> FaultJson<'a> {
    fn new(fault: &'a Fault) -> Self {
        Self {
            message: &fault.message,
            file: fault.file(),
            line: fault.line(),
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use limbeck_core::sql::SourceFile;
    use limbeck_core::sql::Span;

    use super::*;

    fn plain(error: &CommandError) -> String {
        anstream::adapter::strip_str(&error.for_people()).to_string()
    }

    fn misspelt() -> Fault {
        let file = SourceFile::new("migrations/a1_x.sql", "-- Add x\n-- limbeck:upgarde\n");
        Fault::new("unknown directive \"upgarde\"")
            .at(Some(Place::new(file, Span::new(20, 27))))
            .hint(Some("did you mean \"upgrade\"?"))
    }

    #[test]
    fn a_place_is_shown_with_its_text() {
        let error = CommandError::of(ErrorKind::Script, misspelt());
        assert_snapshot!(plain(&error), @r#"
        error: unknown directive "upgarde"
         --> migrations/a1_x.sql:2:12
          |
        2 | -- limbeck:upgarde
          |            ^^^^^^^
          |
          = help: did you mean "upgrade"?
        "#);
    }

    #[test]
    fn several_faults_are_all_shown() {
        let faults = vec![misspelt(), Fault::new("no file has the revision \"b2\"")];
        let error = CommandError::all(ErrorKind::Script, "the revision files", faults);
        assert_snapshot!(plain(&error), @r#"
        error: 2 faults in the revision files

        error: unknown directive "upgarde"
         --> migrations/a1_x.sql:2:12
          |
        2 | -- limbeck:upgarde
          |            ^^^^^^^
          |
          = help: did you mean "upgrade"?

        error: no file has the revision "b2"
        "#);
    }

    #[test]
    fn no_text_steers_the_terminal() {
        let file = SourceFile::new("a\u{1b}.sql", "-- \u{1b}[31mred\u{9b}2J");
        let fault = Fault::new("m\u{1b}[2J").hint(Some("h\u{9b}2J"));
        let placed = fault.clone().at(Some(Place::new(file, Span::new(0, 2))));
        for fault in [fault, placed] {
            let shown = CommandError::of(ErrorKind::Script, fault).for_people();
            let ours = shown.replace("\u{1b}[0m", "").replace("\u{1b}[1m", "");
            assert!(
                !ours.contains("\u{1b}[2J") && !ours.contains("\u{1b}[31m"),
                "{shown:?}"
            );
            assert!(!ours.contains("a\u{1b}") && !ours.contains('\u{9b}'), "{shown:?}");
        }
    }

    #[test]
    fn programs_get_kind_message_and_hints() {
        let error =
            CommandError::new(ErrorKind::Target, "no revision \"x\"").with_hint("see limbeck history");
        let json = serde_json::to_string(&error.for_programs()).unwrap();
        assert_snapshot!(json, @r#"{"error":{"kind":"target","message":"no revision \"x\"","hints":["see limbeck history"]}}"#);
    }

    #[test]
    fn a_span_outside_of_the_text_does_no_harm() {
        let file = SourceFile::new("a.sql", "ü");
        let fault = Fault::new("m").at(Some(Place::new(file, Span::new(1, 9))));
        assert!(plain(&CommandError::of(ErrorKind::Script, fault)).contains("a.sql:1:1"));
    }
}
