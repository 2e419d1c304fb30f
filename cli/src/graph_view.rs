//! The history drawn beside its graph, as `git log --graph` does.

use std::collections::HashSet;

use anstyle::AnsiColor;
use limbeck_core::graph::lanes::Cell;
use limbeck_core::graph::lanes::Row;

use crate::views::RevisionView;

/// The colours that lanes take in turn.
const COLOURS: [AnsiColor; 6] = [
    AnsiColor::Red,
    AnsiColor::Green,
    AnsiColor::Yellow,
    AnsiColor::Blue,
    AnsiColor::Magenta,
    AnsiColor::Cyan,
];

/// What stands beside a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// One line.
    Line,
    /// Everything.
    Details,
}

/// Draws revisions that come newest first; `rows` are the lanes of these revisions.
pub(crate) fn draw(revisions: &[RevisionView], rows: &[Row], beside: Beside) -> String {
    let listed: HashSet<&str> = revisions.iter().map(|view| view.revision.as_str()).collect();
    let mut text = String::new();
    for row in rows {
        let view = row.revision.and_then(|index| revisions.get(index));
        let Some(view) = view else {
            text.push_str(&format!("{}\n", cells(&row.cells, None)));
            continue;
        };
        let shown = match beside {
            Beside::Line => format!("{}\n", view.line()),
            Beside::Details => view.details(),
        };
        let goes_on = view.revises.iter().any(|parent| listed.contains(parent.as_str()));
        let below = cells(&row.cells, Some(if goes_on { '|' } else { ' ' }));
        for (number, line) in shown.lines().enumerate() {
            let lanes = if number == 0 {
                cells(&row.cells, None)
            } else {
                below.clone()
            };
            text.push_str(format!("{lanes} {line}").trim_end());
            text.push('\n');
        }
    }
    text
}

/// The characters in their lanes' colours; `node` replaces the mark of the revision.
fn cells(cells: &[Cell], node: Option<char>) -> String {
    let mut text = String::new();
    for cell in cells {
        let character = node.filter(|_| cell.character == '*').unwrap_or(cell.character);
        if character == ' ' || character == '*' {
            text.push(character);
            continue;
        }
        let colour = COLOURS.get(cell.lane % COLOURS.len()).copied();
        let style = colour.map(|colour| colour.on_default()).unwrap_or_default();
        text.push_str(&format!("{style}{character}{style:#}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use limbeck_core::graph::Revision;
    use limbeck_core::graph::RevisionGraph;
    use limbeck_core::graph::RevisionId;

    use super::*;

    fn revision(id: &str, revises: &[&str]) -> Revision {
        let id = RevisionId::new(id).unwrap();
        let mut revision = Revision::new(id, "a.sql");
        revision.revises = revises.iter().map(|id| RevisionId::new(id).unwrap()).collect();
        revision.message = format!("Do {}", revision.id);
        revision
    }

    fn drawn(beside: Beside) -> String {
        let revisions = vec![
            revision("a1", &[]),
            revision("b2", &["a1"]),
            revision("c3", &["a1"]),
            revision("d4", &["b2", "c3"]),
        ];
        let graph = RevisionGraph::new(revisions).unwrap();
        let listed = graph.newest_first();
        let views: Vec<_> = listed
            .iter()
            .map(|revision| RevisionView::new(&graph, revision))
            .collect();
        let rows: Vec<Row> = graph.lanes(&listed).collect();
        anstream::adapter::strip_str(&draw(&views, &rows, beside)).to_string()
    }

    #[test]
    fn branches_and_merges_are_lanes() {
        assert_snapshot!(drawn(Beside::Line), @r#"
        * d4 (head) (mergepoint) Do d4
        |\
        * | b2 Do b2
        | * c3 Do c3
        |/
        * a1 (branchpoint) Do a1
        "#);
    }

    #[test]
    fn lanes_go_on_beside_details() {
        assert_snapshot!(drawn(Beside::Details), @r#"
        * d4 (head) (mergepoint)
        | revises     b2, c3
        | file        a.sql
        |
        |     Do d4
        |
        |\
        * | b2
        | | revises     a1
        | | revised by  d4
        | | file        a.sql
        | |
        | |     Do b2
        | |
        | * c3
        | | revises     a1
        | | revised by  d4
        | | file        a.sql
        | |
        | |     Do c3
        | |
        |/
        * a1 (branchpoint)
          revised by  b2, c3
          file        a.sql

              Do a1
        "#);
    }
}
