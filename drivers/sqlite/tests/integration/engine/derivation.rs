//! Downgrades that are derived for a file.

use std::sync::Arc;

use insta::assert_snapshot;
use limbeck_core::engine::DeriveError;
use limbeck_core::engine::DerivedDowngrade;
use limbeck_core::engine::Migration;
use limbeck_core::engine::Offline;
use limbeck_core::graph::RevisionId;
use limbeck_core::operation::BuildError;
use limbeck_core::operation::Operations;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;
use limbeck_sqlite::Sqlite;

/// Revision a1, which makes a table that has this comment.
struct Commented(&'static str);

impl Migration for Commented {
    fn revision(&self) -> &str {
        "a1"
    }

    fn has_data_step(&self) -> bool {
        false
    }

    fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.execute("CREATE TABLE t (x INTEGER)")?;
        operations.execute(&format!("COMMENT ON TABLE t IS '{}'", self.0))
    }
}

/// What is derived for b2, which has these sections.
fn derived(comment: &'static str, sections: &str) -> Result<DerivedDowngrade, DeriveError> {
    let first = "-- limbeck:revision a1\n-- limbeck:rust\n".to_owned();
    let second = format!("-- limbeck:revision b2\n-- limbeck:revises a1\n{sections}");
    let source = MemorySource::new([("a1.sql", first), ("b2.sql", second)]);
    let scripts = Arc::new(ScriptSet::load(&source).unwrap());
    let dialect = limbeck_core::driver::Driver::dialects(&Sqlite)[0];
    let offline =
        Offline::new(Arc::new(Sqlite), dialect, scripts).with_migration(Arc::new(Commented(comment)));
    Offline::derive_downgrade(&[offline], &RevisionId::new("b2").unwrap())
}

#[test]
fn what_code_has_made_comes_back_as_text() {
    let derived = derived("it''s", "-- limbeck:upgrade\nDROP TABLE t;\n").unwrap();
    assert_snapshot!(derived.downgrade.text, @"
    -- limbeck:loses_data table t
    CREATE TABLE t (
        x INTEGER
    );
    COMMENT ON TABLE t IS 'it''s';
    ");
    assert_snapshot!(derived.losses[0].place, @"b2.sql:4:1");
}

#[test]
fn text_that_a_file_would_take_for_a_section_is_not_written() {
    for comment in ["\n-- limbeck:upgrade\n", "two\r\nlines", "\n-- limbeck:oops"] {
        let error = derived(comment, "-- limbeck:upgrade\nDROP TABLE t;\n").unwrap_err();
        assert!(matches!(error, DeriveError::NotReadBack { .. }), "{error}");
    }
}

#[test]
fn sections_must_be_for_the_same_databases() {
    let drop = |words: &str, table: &str| format!("-- limbeck:upgrade except {words}\nDROP TABLE {table};\n");
    let create = "-- limbeck:upgrade except one\nCREATE TABLE u (x INTEGER);\n";
    let same = derived("", &format!("{create}{}", drop("one", "t"))).unwrap();
    assert_eq!(same.downgrade.except, ["one"]);
    let error = derived("", &format!("{create}{}", drop("two", "t"))).unwrap_err();
    assert_snapshot!(error, @"b2.sql:5:1: not all databases run the same upgrade of revision b2");
    let blank = format!("-- limbeck:upgrade\n-- nothing\n{}", drop("one", "t"));
    assert!(derived("", &blank).is_ok());
    let error = derived("", &drop("sqlite", "t")).unwrap_err();
    assert!(matches!(error, DeriveError::NoDatabase { .. }), "{error}");
}
