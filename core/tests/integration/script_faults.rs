//! Everything that can be wrong with scripts, as people read it.

use limbeck_core::schema::DriverWords;
use limbeck_core::script::LoadErrors;
use limbeck_core::script::MemorySource;
use limbeck_core::script::Script;
use limbeck_core::script::ScriptSet;
use limbeck_core::sql::LexicalRules;
use limbeck_core::sql::SourceFile;

fn shown(errors: &LoadErrors) -> String {
    let lines: Vec<String> = errors
        .iter()
        .map(|error| {
            let hint = error.hint.as_ref().map(|hint| format!("\n  {hint}"));
            format!("[{}] {error}{}", error.kind, hint.unwrap_or_default())
        })
        .collect();
    lines.join("\n")
}

/// The faults of one file with these lines below a sound header.
fn faults(text: &str) -> String {
    let text = format!("-- limbeck:revision a\n{text}");
    shown(&ScriptSet::load(&MemorySource::new([("a.sql", text)])).unwrap_err())
}

/// The fault that shows when the file's first section is cut into statements.
fn statement_fault(section: &str) -> String {
    section_fault("upgrade", section, &LexicalRules::STANDARD)
}

/// The same for a native section.
fn native_fault(section: &str) -> String {
    section_fault("upgrade one", section, &native_rules())
}

fn section_fault(opening: &str, section: &str, rules: &LexicalRules) -> String {
    let text = format!("-- limbeck:revision a\n-- limbeck:{opening}\n{section}");
    let script = Script::parse(SourceFile::new("a.sql", text)).unwrap();
    match script.sections()[0].statements(script.file(), rules) {
        Ok(_) => "none".to_owned(),
        Err(error) => format!(
            "[{}] {error}\n  {}",
            error.kind(),
            error.hint().unwrap_or_default()
        ),
    }
}

#[test]
fn unknown_directives() {
    insta::assert_snapshot!(faults("-- limbeck:upgarde\nSELECT 1;\n"), @r"
    [unknown_directive] a.sql:2:1: there is no directive `upgarde`
      did you mean `upgrade`?
    ");
    insta::assert_snapshot!(faults("-- limbeck:upgrade\n-- limbeck:\n-- limbeck:before_all\n"), @r"
    [unknown_directive] a.sql:3:1: there is no directive ``
      the word follows the colon without a blank
    [unknown_directive] a.sql:4:1: there is no directive `before_all`
      the directives are: revision, revises, depends_on, labels, created, irreversible, upgrade, downgrade, seed, rust, portable, no_transaction, touches, probe, assert, nolint, timeout, renamed_from, load, loses_data
    ");
    insta::assert_snapshot!(faults("--limbeck:upgrade\nSELECT 1;\n"), @r"
    [malformed_directive] a.sql:2:1: this comment looks like the directive `upgrade` but is none
      write it exactly so, from the first column: `-- limbeck:upgrade`
    ");
}

#[test]
fn misplaced_directives() {
    insta::assert_snapshot!(faults("-- limbeck:timeout 5s\n-- limbeck:upgrade\n-- limbeck:revises b\n-- limbeck:load rows.csv\n"), @r"
    [misplaced_directive] a.sql:2:1: `timeout` cannot stand here
      it belongs into a section, on the line above the statement that it is about
    [misplaced_directive] a.sql:4:1: `revises` cannot stand here
      it belongs into the header, in front of the first section
    [directive_argument] a.sql:5:1: `load` does not say into which table
      write it like this: `-- limbeck:load accounts.csv into account`
    ");
    insta::assert_snapshot!(faults("-- limbeck:revision b\n-- limbeck:upgrade\n"), @r"
    [repeated_directive] a.sql:2:1: `revision` stands there twice
      keep one of the two lines
    ");
}

#[test]
fn rows_of_files() {
    insta::assert_snapshot!(faults("-- limbeck:load rows.csv into a\n-- limbeck:upgrade\n-- limbeck:load rows.csv into a\n-- limbeck:load ../rows.csv into a\n-- limbeck:load rows.txt into a\n-- limbeck:upgrade sqlite\n-- limbeck:load rows.csv into a\n"), @r"
    [misplaced_directive] a.sql:2:1: `load` cannot stand here
      it belongs into a section
    [directive_argument] a.sql:5:1: `load` cannot read `../rows.csv`: a path leads down from the folder of the script, without `.` and `..`
      write it like this: `-- limbeck:load accounts.csv into account`
    [directive_argument] a.sql:6:1: `load` reads files that end with .csv, .jsonl or .ndjson, and `rows.txt` does not
      write it like this: `-- limbeck:load accounts.csv into account`
    [load_in_native] a.sql:8:1: `load` cannot stand in a native section
      put it into a portable section, `-- limbeck:upgrade` or `-- limbeck:downgrade`: a file may have several sections
    [data_file] a.sql:4:1: the file `rows.csv` cannot be read: there is no such file beside the scripts
      the path begins in the folder of the script; a file whose rows were applied stays beside it, as the script does
    ");
    insta::assert_snapshot!(statement_fault("\n-- limbeck:no_transaction\n-- limbeck:load rows.csv into a\nSELECT 1;\n"), @r"
    [directive_of_load] a.sql:4:1: `no_transaction` cannot be about a `load`
      put it below the line with `load`, above the statement that it is about
    ");
    insta::assert_snapshot!(statement_fault("SELECT 1\n-- limbeck:load rows.csv into a\n"), @r"
    [directive_in_statement] a.sql:4:1: `load` stands in the middle of a statement
      does the statement above end with `;`? A line like this inside of a literal must be indented
    ");
    insta::assert_snapshot!(statement_fault("-- limbeck:load rows.csv into \"a\n"), @r#"
    [unclosed] a.sql:3:31: the quoted name is not closed
      end it with `"`; a quote inside of it is written twice, on the same line
    "#);
    insta::assert_snapshot!(statement_fault("\n-- limbeck:timeout 5s\n-- limbeck:load rows.csv into a\nSELECT 1;\n"), @"none");
}

#[test]
fn wrong_arguments() {
    insta::assert_snapshot!(faults("-- limbeck:revises\n-- limbeck:depends_on b-c\n-- limbeck:labels head\n-- limbeck:created yesterday\n-- limbeck:irreversible\n-- limbeck:portable 2\n-- limbeck:upgrade\n"), @r"
    [directive_argument] a.sql:2:1: `revises` names no revision
      write it like this: `-- limbeck:revises a1b2c3d4e5f6, 9f8e7d6c5b4a`
    [directive_argument] a.sql:3:1: `depends_on` is wrong: `b-c` cannot name a revision or a branch: it contains '-'
      write it like this: `-- limbeck:depends_on billing, a1b2c3d4e5f6`
    [directive_argument] a.sql:4:1: `labels` is wrong: `head` cannot name a revision or a branch: it is a word of revision expressions
      write it like this: `-- limbeck:labels accounts`
    [directive_argument] a.sql:5:1: `created` is not a time with its zone: `yesterday`
      write it like this: `-- limbeck:created 2026-11-21T07:00:00Z`
    [directive_argument] a.sql:6:1: `irreversible` does not say why
      write it like this: `-- limbeck:irreversible the old values are gone`
    [directive_argument] a.sql:7:1: `portable` is version 2, and this version of limbeck knows 1
      write it like this: `-- limbeck:portable 1`
    ");
    insta::assert_snapshot!(faults("-- limbeck:upgrade\n\n-- limbeck:no_transaction please\n-- limbeck:touches\n-- limbeck:probe ;\n-- limbeck:assert\n-- limbeck:nolint\n-- limbeck:timeout 5\n-- limbeck:renamed_from a b\nSELECT 1;\n"), @r"
    [directive_argument] a.sql:4:1: `no_transaction` takes nothing after it
      write it like this: `-- limbeck:no_transaction`
    [directive_argument] a.sql:5:1: `touches` names no object
      write it like this: `-- limbeck:touches account, team`, or for nothing `-- limbeck:touches -`
    [directive_argument] a.sql:6:1: `probe` needs a query on its line
      write it like this: `-- limbeck:probe SELECT 1 FROM account WHERE name = 'x'`
    [directive_argument] a.sql:7:1: `assert` needs a query on its line
      write it like this: `-- limbeck:assert SELECT id FROM account WHERE name IS NULL`
    [directive_argument] a.sql:8:1: `nolint` names no rule
      write it like this: `-- limbeck:nolint rule-name`
    [directive_argument] a.sql:9:1: `timeout` needs a time with its unit, not `5`
      write it like this: `-- limbeck:timeout 30s, lock 2s`
    [directive_argument] a.sql:10:1: `renamed_from` takes one name
      write it like this: `-- limbeck:renamed_from former_name`
    ");
}

#[test]
fn wrong_sections() {
    insta::assert_snapshot!(faults("CREATE TABLE x (id INTEGER);\nDROP TABLE x;\n"), @r"
    [text_before_section] a.sql:2:1: this text stands in front of any section
      write `-- limbeck:upgrade` on the line above it; comments there begin with `--`
    ");
    insta::assert_snapshot!(faults("-- limbeck:downgrade\n"), @r"
    [missing_upgrade] a.sql: the file has no upgrade section
      add the line `-- limbeck:upgrade`, and below it the SQL, or nothing for a merge
    ");
    insta::assert_snapshot!(faults("-- limbeck:rust\n-- limbeck:upgrade\n"), @r"
    [section_of_rust] a.sql:3:1: the code of this revision is Rust, so the file has no sections
      remove either the section or `-- limbeck:rust`
    ");
    insta::assert_snapshot!(faults("-- limbeck:irreversible gone\n-- limbeck:upgrade\n-- limbeck:downgrade\nSELECT 1;\n"), @r"
    [irreversible_downgrade] a.sql:4:1: the revision is declared irreversible and has a downgrade section
      remove either the section or `-- limbeck:irreversible`
    ");
    insta::assert_snapshot!(faults("-- limbeck:upgrade one one\n-- limbeck:upgrade one no_transaction\n-- limbeck:downgrade except\n-- limbeck:downgrade One\n"), @r"
    [section_words] a.sql:2:1: the section's words are wrong: `one` stands there twice
      a section is portable SQL, or names its drivers: `-- limbeck:upgrade <driver> [except <dialect>]`, `-- limbeck:upgrade except <driver>`, `-- limbeck:upgrade model`
    [section_words] a.sql:3:1: the section's words are wrong: `no_transaction` is a directive of its own: write `-- limbeck:no_transaction` on the next line
      a section is portable SQL, or names its drivers: `-- limbeck:upgrade <driver> [except <dialect>]`, `-- limbeck:upgrade except <driver>`, `-- limbeck:upgrade model`
    [section_words] a.sql:4:1: the section's words are wrong: `except` names nobody
      a section is portable SQL, or names its drivers: `-- limbeck:upgrade <driver> [except <dialect>]`, `-- limbeck:upgrade except <driver>`, `-- limbeck:upgrade model`
    [section_words] a.sql:5:1: the section's words are wrong: `One` is not the name of a driver: those are lower-case words
      a section is portable SQL, or names its drivers: `-- limbeck:upgrade <driver> [except <dialect>]`, `-- limbeck:upgrade except <driver>`, `-- limbeck:upgrade model`
    ");
}

#[test]
fn drivers_that_are_misspelt() {
    let text = "-- limbeck:revision a\n-- limbeck:upgrade myslq, sql\n-- limbeck:downgrade except  sql,mysqll\n\
        -- limbeck:upgrade mysql except mraiadb\n-- limbeck:downgrade model\n-- limbeck:downgrade other\n";
    let source = MemorySource::new([("a.sql", text)]);
    let words = DriverWords::new(["mysql", "mariadb", "mysql"]);
    let errors = ScriptSet::load_knowing(&source, words.clone()).unwrap_err();
    insta::assert_snapshot!(shown(&errors), @r"
    [unknown_driver] a.sql:2:20: there is no driver `myslq`
      did you mean `mysql`?
    [unknown_driver] a.sql:3:34: there is no driver `mysqll`
      did you mean `mysql`?
    [unknown_driver] a.sql:4:33: there is no driver `mraiadb`
      did you mean `mariadb`?
    ");
    assert!(
        ScriptSet::load(&source).is_ok(),
        "who knows no driver doubts no word"
    );
    let source = MemorySource::new([(
        "a.sql",
        "-- limbeck:revision a\n-- limbeck:upgrade mysql, other\n",
    )]);
    let set = ScriptSet::load_knowing(&source, words).unwrap();
    let unknown = set.unknown_drivers();
    assert_eq!(unknown.len(), 1);
    insta::assert_snapshot!(unknown[0], @r"a.sql:2:27: there is no driver `other`");
    insta::assert_snapshot!(unknown[0].hint().unwrap(), @r"known here are mariadb, mysql; another is right only when a program that has its driver runs the revision too");
}

#[test]
fn directives_and_statements() {
    insta::assert_snapshot!(statement_fault("SELECT 1\n-- limbeck:no_transaction\n, 2;\n"), @r"
    [directive_in_statement] a.sql:4:1: `no_transaction` stands in the middle of a statement
      does the statement above end with `;`? A line like this inside of a literal must be indented
    ");
    insta::assert_snapshot!(statement_fault("SELECT 1\n-- limbeck:assert SELECT 2\n"), @r"
    [directive_in_statement] a.sql:4:1: `assert` stands in the middle of a statement
      does the statement above end with `;`? A line like this inside of a literal must be indented
    ");
    insta::assert_snapshot!(statement_fault("SELECT 1;\n-- limbeck:timeout 1s\n"), @r"
    [directive_without_statement] a.sql:4:1: `timeout` has no statement after it
      a directive stands on the line above the statement that it is about
    ");
    insta::assert_snapshot!(statement_fault("\n-- limbeck:timeout 1s\n-- limbeck:timeout 2s\nSELECT 1;\n"), @r"
    [repeated_directive] a.sql:5:1: `timeout` stands there twice
      keep one of the two lines
    ");
}

#[test]
fn an_assertion_is_one_query() {
    let fault = |assertion: &str| statement_fault(&format!("-- limbeck:assert {assertion}\nSELECT 1;\n"));
    insta::assert_snapshot!(fault("DELETE FROM account"), @r"
    [directive_argument] a.sql:3:19: `assert` changes rows, and it may only look at them
      write it like this: `-- limbeck:assert SELECT id FROM account WHERE name IS NULL`
    ");
    insta::assert_snapshot!(fault("WITH gone AS (DELETE FROM account RETURNING id) SELECT id FROM gone"), @r"
    [directive_argument] a.sql:3:19: `assert` changes rows, and it may only look at them
      write it like this: `-- limbeck:assert SELECT id FROM account WHERE name IS NULL`
    ");
    insta::assert_snapshot!(fault("DROP TABLE account;"), @r"
    [directive_argument] a.sql:3:19: `assert` changes the schema, and it may only look at rows
      write it like this: `-- limbeck:assert SELECT id FROM account WHERE name IS NULL`
    ");
    insta::assert_snapshot!(fault("COMMIT"), @r"
    [directive_argument] a.sql:3:19: `assert` begins or ends a transaction, and it may only look at rows
      write it like this: `-- limbeck:assert SELECT id FROM account WHERE name IS NULL`
    ");
    insta::assert_snapshot!(fault("SELECT 1; SELECT 2"), @r"
    [directive_argument] a.sql:3:19: `assert` holds several statements, and one query is wanted
      write it like this: `-- limbeck:assert SELECT id FROM account WHERE name IS NULL`
    ");
    insta::assert_snapshot!(fault("-- nothing"), @r"
    [directive_argument] a.sql:3:19: `assert` holds no query
      write it like this: `-- limbeck:assert SELECT id FROM account WHERE name IS NULL`
    ");
    for query in [
        "SELECT 1; -- why",
        "/* why */ SELECT 1;",
        "(SELECT 1)",
        "SELECT ';'",
    ] {
        assert_eq!(fault(query), "none", "{query}");
    }
    assert_eq!(
        native_fault("-- limbeck:assert PRAGMA foreign_key_check\nSELECT 1;\n"),
        "none"
    );
}

/// Rules of a dialect that has every kind of quotes.
fn native_rules() -> LexicalRules {
    let mut rules = LexicalRules::STANDARD;
    rules.dollar_quotes = true;
    rules.bracket_names = true;
    rules
}

#[test]
fn what_nothing_closes() {
    insta::assert_snapshot!(statement_fault("SELECT 1; /* SELECT 2;\n"), @r"
    [unclosed] a.sql:3:11: the comment is not closed
      end it with `*/`
    ");
    insta::assert_snapshot!(statement_fault("SELECT 'it''s;\n\n-- limbeck:downgrade\n-- it's over"), @r"
    [unclosed] a.sql:3:8: the string is not closed
      end it with `'`; a quote inside of it is written twice. A line that begins with `-- limbeck:downgrade` ends the section wherever it stands, unless it is indented
    ");
    insta::assert_snapshot!(statement_fault("-- limbeck:assert SELECT \"a FROM b\nSELECT 1;\n"), @r#"
    [unclosed] a.sql:3:26: the quoted name is not closed
      end it with `"`; a quote inside of it is written twice, on the same line
    "#);
    insta::assert_snapshot!(statement_fault("SELECT 1;\n-- limbeck:probe SELECT 1 /*\nSELECT 2;\n"), @r"
    [unclosed] a.sql:4:27: the comment is not closed
      end it with `*/`, on the same line
    ");
    for section in [
        "SELECT 1 -- it's\n;",
        "SELECT $a",
        "SELECT [a",
        "/* ' */ SELECT 1",
    ] {
        let text = format!("-- limbeck:revision a\n-- limbeck:upgrade\n{section}");
        let script = Script::parse(SourceFile::new("a.sql", text)).unwrap();
        let statements = script.sections()[0].statements(script.file(), &native_rules());
        assert!(statements.is_ok(), "{section}: portable SQL knows no such quotes");
    }
}

#[test]
fn native_text_with_lines_that_look_like_directives() {
    let fault = |body: &str| native_fault(&format!("DO $body$\n{body}\n$body$;\n"));
    insta::assert_snapshot!(fault("-- limbeck:timeout 1s"), @r"
    [directive_in_statement] a.sql:4:1: `timeout` stands in the middle of a statement
      does the statement above end with `;`? A line like this inside of a literal must be indented
    ");
    insta::assert_snapshot!(fault("-- limbeck:downgrade"), @r"
    [unclosed] a.sql:3:4: the string is not closed
      end it with `$body$`. A line that begins with `-- limbeck:downgrade` ends the section wherever it stands, unless it is indented
    ");
    insta::assert_snapshot!(fault(" -- limbeck:downgrade\n  -- limbeck:timeout 1s"), @"none");
    insta::assert_snapshot!(native_fault("/* later:\n-- limbeck:no_transaction\nVACUUM;\n*/\nSELECT 1;\n"), @r"
    [directive_in_comment] a.sql:4:1: `no_transaction` stands in a comment
      indent it to make it a part of the comment
    ");
    insta::assert_snapshot!(native_fault("/* later:\n-- limbeck:assert SELECT 1\n*/"), @r"
    [directive_in_comment] a.sql:4:1: `assert` stands in a comment
      indent it to make it a part of the comment
    ");
    insta::assert_snapshot!(native_fault("/* later: */\n-- limbeck:assert SELECT 1\n/* a */"), @"none");
}

#[test]
fn everything_is_found_at_once() {
    let header = |text: &str| format!("{text}\n-- limbeck:upgrade\n");
    let source = MemorySource::new([
        ("a.sql", header("-- limbeck:revision a")),
        (
            "b.sql",
            header("-- limbeck:revision b\n-- limbeck:revises a, nothing"),
        ),
        ("b2.sql", header("-- limbeck:revision b")),
        (
            "c.sql",
            header("-- limbeck:revision c\n-- limbeck:revises d\n-- limbeck:labels x"),
        ),
        (
            "d.sql",
            header("-- limbeck:revision d\n-- limbeck:revises c\n-- limbeck:labels y\n-- limbeck:oops"),
        ),
        ("e.sql", " \n\n".to_owned()),
        ("f0_new.sql", "-- limbeck:upgrade\n".to_owned()),
        ("g.sql", header("-- limbeck:revision g\n-- limbeck:revises f0")),
        ("h.sql", header("-- limbeck:revision h\n-- limbeck:depends_on z")),
    ]);
    let errors = ScriptSet::load(&source).unwrap_err();
    let kinds: Vec<(&str, &str, Option<usize>)> = errors
        .iter()
        .map(|error| (error.kind, error.file.as_str(), error.line))
        .collect();
    assert_eq!(
        kinds,
        [
            ("unknown_directive", "d.sql", Some(4)),
            ("empty_file", "e.sql", None),
            ("missing_revision", "f0_new.sql", None),
            ("duplicate_id", "b.sql", Some(1)),
            ("missing_parent", "b.sql", Some(2)),
            ("missing_dependency", "h.sql", Some(2)),
            ("cycle", "c.sql", Some(2)),
        ]
    );
    let parent = errors
        .iter()
        .find(|error| error.kind == "missing_parent")
        .unwrap();
    assert_eq!(parent.place.as_ref().unwrap().text(), "nothing");
    insta::assert_snapshot!(errors.iter().nth(2).unwrap().hint.clone().unwrap(), @"add the line `-- limbeck:revision f0`");
}
