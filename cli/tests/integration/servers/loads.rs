//! Rows of files that a server refuses.

use limbeck_testkit::Engine;

use super::Place;

/// A table and a file of rows, of which the one on a line is another.
fn filled(place: &Place, line: usize, other: &str) {
    place.project.revision(
        "a1",
        "",
        "Add a table",
        "CREATE TABLE one (id BIGINT PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE);",
        "DROP TABLE one;",
    );
    place.project.revision(
        "b2",
        "revises a1",
        "Fill",
        "-- limbeck:load rows.csv into one",
        "DELETE FROM one;",
    );
    let rows = (2..=3000).map(|at| match at == line {
        true => format!("{other}\n"),
        false => format!("{at},name {at}\n"),
    });
    let rows: String = rows.collect();
    place
        .project
        .write("migrations/rows.csv", format!("id,name\n{rows}"));
}

#[test]
fn the_line_of_a_row_that_is_refused_is_told() {
    for place in Place::everywhere() {
        filled(&place, 2000, "2000,name 7");
        let ran = place.project.limbeck("upgrade");
        assert_eq!(ran.code, 2, "{}", ran.whole());
        let told = match place.engine {
            Engine::Postgres => "failed at the row at migrations/rows.csv:2000: ",
            _ => "failed at one of the rows at migrations/rows.csv:1502 to 2001: ",
        };
        assert!(ran.err.contains(told), "{}", ran.whole());
        filled(&place, 2000, "2000,name 2000");
        place.project.good("upgrade");
    }
}
