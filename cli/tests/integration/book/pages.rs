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
    applications: "docs/applications.md",
    backups: "docs/backups.md",
    cli_reference: "docs/cli-reference.md",
    configuration: "docs/configuration.md",
    continuous_integration: "docs/continuous-integration.md",
    dialects: "docs/dialects.md",
    environments: "docs/environments.md",
    exit_codes: "docs/exit-codes.md",
    from_alembic: "docs/from-alembic.md",
    from_flyway: "docs/from-flyway.md",
    from_sqlx: "docs/from-sqlx.md",
    graph: "docs/graph.md",
    hooks: "docs/hooks.md",
    installation: "docs/installation.md",
    json: "docs/json.md",
    local_databases: "docs/local-databases.md",
    models: "docs/models.md",
    offline_sql: "docs/offline-sql.md",
    performance: "docs/performance.md",
    portable_sql: "docs/portable-sql.md",
    recipes: "docs/recipes.md",
    revision_file: "docs/revision-file.md",
    rust_revisions: "docs/rust-revisions.md",
    seeds: "docs/seeds.md",
    testing: "docs/testing.md",
    testing_migrations: "docs/testing-migrations.md",
    testing_patterns: "docs/testing-patterns.md",
    troubleshooting: "docs/troubleshooting.md",
    tutorial: "docs/tutorial.md",
    workflow: "docs/workflow.md",
    writing_a_driver: "docs/writing-a-driver.md",
}

/// The pages that need a server: the matrix runs what has `servers::` in its name.
mod on_servers {
    use limbeck_testkit::Engine;
    use limbeck_testkit::TestDatabase;

    use crate::book::page::Page;
    use crate::book::page::Part;
    use crate::book::session::Session;
    use crate::book::text_of;

    pages! {
        servers: "docs/servers.md",
    }

    #[test]
    fn the_recipes_are_good_for_every_database() {
        let page = Page::parse(&text_of("docs/recipes.md")).unwrap();
        for database in Engine::ALL.into_iter().filter_map(TestDatabase::on) {
            let mut session = Session::start("shop", Some(&database.url_text())).unwrap();
            for part in &page.parts {
                if let Part::Write { path, text, append } = part {
                    session.write(path, text, *append).unwrap();
                }
            }
            for command in ["upgrade", "downgrade base --allow-data-loss", "upgrade", "verify"] {
                let ran = session.run(&format!("limbeck {command}")).unwrap();
                assert_eq!(ran.code, 0, "{command}: {}", ran.output);
            }
        }
    }

    #[test]
    fn a_page_is_given_a_database() {
        for engine in Engine::ALL {
            let word = engine.word();
            let page = format!(
                "<!-- server: {word} {word}://ann:secret@localhost/shop -->\n\
                 <!-- setup: limbeck init && limbeck ensure-version -->\n\
                 ```console\n$ limbeck status\n\
                 database   {word}://ann:***@localhost/shop\n\
                 revisions  base\nheads      base\npending    nothing\n```\n"
            );
            if let Some(found) = crate::book::run::run(&page).unwrap() {
                assert_eq!([found.codes, found.outputs].concat(), [""; 0]);
            }
        }
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
