//! One test a page.

use super::page::Page;
use super::pages_on_disk;
use super::text_of;

macro_rules! pages {
    ($($test:ident: $path:literal,)*) => {
        $(#[test]
        fn $test() {
            crate::book::page_is_true($path);
        })*

        /// The pages that have a test here.
        pub(super) const PAGES: &[&str] = &[$($path),*];
    };
}

pages! {
    readme: "README.md",
    index: "docs/README.md",
    cli_reference: "docs/cli-reference.md",
    configuration: "docs/configuration.md",
    dialects: "docs/dialects.md",
    exit_codes: "docs/exit-codes.md",
    from_alembic: "docs/from-alembic.md",
    from_flyway: "docs/from-flyway.md",
    from_sqlx: "docs/from-sqlx.md",
    graph: "docs/graph.md",
    json: "docs/json.md",
    models: "docs/models.md",
    offline_sql: "docs/offline-sql.md",
    portable_sql: "docs/portable-sql.md",
    revision_file: "docs/revision-file.md",
    rust_revisions: "docs/rust-revisions.md",
    testing: "docs/testing.md",
    testing_patterns: "docs/testing-patterns.md",
    troubleshooting: "docs/troubleshooting.md",
    tutorial: "docs/tutorial.md",
    workflow: "docs/workflow.md",
    writing_a_driver: "docs/writing-a-driver.md",
}

/// The pages that need a server: the matrix runs what has `servers::` in its name.
mod on_servers {
    pages! {
        servers: "docs/servers.md",
    }
}

#[test]
fn every_page_has_a_test() {
    let mut tested = [PAGES, on_servers::PAGES].concat();
    tested.sort_unstable();
    assert_eq!(pages_on_disk(), tested, "add it to `pages!`");
}

#[test]
fn a_page_that_needs_a_server_is_among_those_that_do() {
    for path in pages_on_disk() {
        let page = Page::parse(&text_of(&path)).unwrap();
        let listed = on_servers::PAGES.contains(&path.as_str());
        assert_eq!(page.server.is_some(), listed, "{path}");
    }
}
