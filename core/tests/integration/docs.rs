//! The pages of `docs/` are true: every example is read, and the portable ones are replayed.

use std::fs;
use std::path::Path;

use limbeck_core::driver::DataFaultKind;
use limbeck_core::graph::Direction;
use limbeck_core::operation::FunctionKind;
use limbeck_core::operation::Operations;
use limbeck_core::operation::PortableOptions;
use limbeck_core::operation::functions;
use limbeck_core::operation::parse_statement;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::script::DirectiveWord;
use limbeck_core::script::Script;
use limbeck_core::script::SourceKind;
use limbeck_core::sql::LexicalRules;
use limbeck_core::sql::SourceFile;
use limbeck_core::sql::Span;
use limbeck_core::sql::split;
use limbeck_core::stairway::Check;
use limbeck_core::stairway::FindingKind;

use crate::rust_operations;

/// None in the crate as it is published, which comes without the pages.
fn page(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    fs::read_to_string(path).ok()
}

/// The texts between "```sql" and "```".
fn examples(page: &str) -> Vec<&str> {
    let blocks = page.split("```sql\n").skip(1);
    blocks.filter_map(|block| block.split("```").next()).collect()
}

/// Reads a statement and carries it out.
fn replay(schema: &mut Schema, text: &str, span: Span) {
    let statement = span.slice(text);
    let operations = parse_statement(text, span, &PortableOptions::default())
        .unwrap_or_else(|error| panic!("{statement}: {} {:?}", error.message, error.hint));
    for operation in operations {
        schema
            .apply(&operation)
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

#[test]
fn every_portable_example_can_be_replayed() {
    let Some(page) = page("portable-sql.md") else {
        return;
    };
    let mut schema = Schema::new();
    for example in examples(&page) {
        for slice in split(example, &LexicalRules::STANDARD) {
            if !slice.body.is_empty() {
                replay(&mut schema, example, slice.body);
            }
        }
    }
    assert!(!schema.tables.is_empty());
}

#[test]
fn every_function_stands_in_the_table() {
    let Some(page) = page("portable-sql.md") else {
        return;
    };
    for (row, kind) in [
        ("| everywhere |", FunctionKind::Scalar),
        ("| in queries |", FunctionKind::Aggregate),
        ("| in queries, with `OVER` |", FunctionKind::Window),
    ] {
        let line = page.lines().find_map(|line| line.strip_prefix(row)).unwrap();
        let written = line.split('`').skip(1).step_by(2).filter(|word| *word != "OVER");
        let known = functions()
            .iter()
            .filter(|function| function.kind == kind)
            .map(|function| function.name);
        assert_eq!(written.collect::<Vec<_>>(), known.collect::<Vec<_>>(), "{row}");
    }
}

#[test]
fn every_revision_file_can_be_read_and_replayed() {
    let Some(page) = page("revision-file.md") else {
        return;
    };
    let mut schema = Schema::new();
    for example in examples(&page) {
        let script = Script::parse(SourceFile::new("docs/revision-file.md", example)).unwrap();
        for section in script.sections_of(Direction::Upgrade) {
            let statements = section
                .statements(script.file(), &LexicalRules::STANDARD)
                .unwrap();
            for statement in statements.iter().filter(|_| !section.audience.is_native()) {
                let text = script.file().text();
                match &statement.kind {
                    SourceKind::Load(load) => {
                        let table = Name::exact(load.table.slice(text)).unwrap();
                        assert!(schema.table(&table).is_some(), "{table}");
                    }
                    _ => replay(&mut schema, text, statement.span),
                }
            }
        }
    }
    assert!(!schema.tables.is_empty());
}

#[test]
fn every_directive_stands_in_the_table() {
    let Some(page) = page("revision-file.md") else {
        return;
    };
    for word in DirectiveWord::ALL {
        let (alone, with_arguments) = (format!("`{word}`"), format!("`{word} "));
        assert!(
            page.contains(&alone) || page.contains(&with_arguments),
            "{word} is missing"
        );
    }
}

#[test]
fn every_kind_of_fault_of_the_data_stands_in_the_table() {
    let Some(page) = page("json.md") else {
        return;
    };
    for kind in DataFaultKind::ALL {
        let row = format!("| `{}` | {} |", kind.as_str(), kind.meaning());
        assert!(page.contains(&row), "docs/json.md lacks: {row}");
    }
}

#[test]
fn every_check_of_the_stairway_stands_in_the_table() {
    let Some(page) = page("testing-migrations.md") else {
        return;
    };
    for check in Check::ALL {
        let start = format!("| `{check}` | {}", check.meaning());
        let row = page.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("docs/testing-migrations.md lacks: {start}"));
        for kind in FindingKind::ALL.iter().filter(|kind| kind.check() == *check) {
            assert!(row.contains(&format!("`{kind}`")), "{kind} is missing in: {row}");
        }
    }
}

#[test]
fn the_operations_in_rust_can_be_replayed() {
    if let Some(page) = page("rust-revisions.md") {
        assert!(page.contains(include_str!("rust_operations.rs")));
    }
    let mut operations = Operations::default();
    rust_operations::upgrade(&mut operations).unwrap();
    let mut schema = Schema::new();
    for operation in operations.as_slice() {
        schema
            .apply(operation)
            .unwrap_or_else(|error| panic!("{operation:?}: {error}"));
    }
    assert_eq!(schema.tables.len(), 2);
}
