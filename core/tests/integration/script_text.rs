//! What a script says, and how it is written.

use std::time::Duration;
use std::time::UNIX_EPOCH;

use limbeck_core::graph::Direction;
use limbeck_core::graph::Label;
use limbeck_core::graph::RevisionId;
use limbeck_core::script::Audience;
use limbeck_core::script::DirectorySource;
use limbeck_core::script::FileNaming;
use limbeck_core::script::NewScript;
use limbeck_core::script::Script;
use limbeck_core::script::ScriptSource as _;
use limbeck_core::script::SourceKind;
use limbeck_core::script::WriteError;
use limbeck_core::script::random_id;
use limbeck_core::sql::LexicalRules;
use limbeck_core::sql::SourceFile;
use proptest::prelude::*;

const EXAMPLE: &str = "\
-- Add the account table
--
-- It holds who may sign in.
-- limbeck:revision   1975ea83b712
-- limbeck:revises    a1b2c3d4e5f6, 9f8e7d6c5b4a
-- limbeck:depends_on billing
-- limbeck:labels     accounts
-- limbeck:created    2026-11-21T07:00:00Z
-- limbeck:portable   1
-- this comment is not part of the description

-- limbeck:upgrade
CREATE TABLE account (id BIGINT PRIMARY KEY);
-- limbeck:probe SELECT 1 FROM account;
-- limbeck:timeout 30s
-- limbeck:renamed_from kind
UPDATE account SET id = id;
-- limbeck:assert SELECT id FROM account WHERE id < 0;

-- limbeck:upgrade one except two
-- limbeck:no_transaction
-- limbeck:touches account, team
ALTER TABLE account COMMENT 'x;y';
SELECT 1

-- limbeck:downgrade
-- limbeck:loses_data table account, for ever
-- limbeck:loses_data
-- limbeck:nolint drop-table
DROP TABLE account;
";

fn parse(text: &str) -> Script {
    Script::parse(SourceFile::new("a.sql", text)).unwrap()
}

#[test]
fn a_header_is_read() {
    let script = parse(EXAMPLE);
    assert_eq!(script.message(), "Add the account table");
    assert_eq!(script.description(), "It holds who may sign in.");
    let node = script.node();
    assert_eq!(node.id.as_str(), "1975ea83b712");
    assert_eq!(node.revises.len(), 2);
    assert_eq!(node.depends_on, ["billing"]);
    assert_eq!(node.labels, [Label::new("accounts").unwrap()]);
    assert_eq!(node.created.as_deref(), Some("2026-11-21T07:00:00Z"));
    assert_eq!(node.origin, "a.sql");
    assert_eq!(script.portable(), Some(1));
    assert_eq!(script.irreversible(), None);
    assert!(!script.is_rust());
}

#[test]
fn sections_have_an_audience_and_a_direction() {
    let script = parse(EXAMPLE);
    let shapes: Vec<String> = script
        .sections()
        .iter()
        .map(|section| format!("{} [{}]", section.direction, section.audience))
        .collect();
    assert_eq!(shapes, ["upgrade []", "upgrade [one except two]", "downgrade []"]);
    assert!(script.is_written(Direction::Downgrade, "one", "one"));
    assert!(matches!(script.sections()[0].audience, Audience::Portable { .. }));
}

#[test]
fn statements_carry_their_directives() {
    let script = parse(EXAMPLE);
    let statements = |index: usize| {
        script.sections()[index]
            .statements(script.file(), &LexicalRules::STANDARD)
            .unwrap()
    };
    let text = script.file().text();

    let portable = statements(0);
    let sql: Vec<&str> = portable
        .iter()
        .map(|statement| statement.span.slice(text))
        .collect();
    assert_eq!(
        sql,
        [
            "CREATE TABLE account (id BIGINT PRIMARY KEY)",
            "UPDATE account SET id = id",
            "SELECT id FROM account WHERE id < 0"
        ]
    );
    assert_eq!(portable[0].probe, None);
    assert_eq!(portable[1].probe.as_deref(), Some("SELECT 1 FROM account"));
    assert_eq!(portable[1].timeout.run, Some(Duration::from_secs(30)));
    assert_eq!(portable[1].renamed_from.as_deref(), Some("kind"));
    assert_eq!(portable[2].kind, SourceKind::Assert);

    let native = statements(1);
    assert_eq!(native[0].span.slice(text), "ALTER TABLE account COMMENT 'x;y'");
    assert_eq!(native[1].span.slice(text), "SELECT 1");
    assert!(native.iter().all(|statement| statement.no_transaction));
    let touches: Vec<_> = native
        .iter()
        .map(|statement| statement.touches.clone().unwrap().0)
        .collect();
    assert_eq!(touches, [["account", "team"], ["account", "team"]]);

    let downgrade = statements(2);
    let lost: Vec<&str> = downgrade[0]
        .loses_data
        .iter()
        .map(|lost| lost.words.as_str())
        .collect();
    assert_eq!(lost, ["table account, for ever", ""]);
    assert_eq!(downgrade[0].nolint, ["drop-table"]);
}

#[test]
fn only_the_lines_directly_below_its_mark_are_about_a_whole_section() {
    let script = parse(
        "-- limbeck:revision a\n-- limbeck:upgrade one\n\n-- limbeck:no_transaction\nSELECT 1;\nSELECT 2;\n",
    );
    let statements = script.sections()[0]
        .statements(script.file(), &LexicalRules::STANDARD)
        .unwrap();
    let outside: Vec<bool> = statements
        .iter()
        .map(|statement| statement.no_transaction)
        .collect();
    assert_eq!(outside, [true, false]);
}

#[test]
fn a_directive_in_a_literal_counts_unless_it_is_indented() {
    let text =
        "-- limbeck:revision a\n-- limbeck:upgrade\nINSERT INTO t VALUES ('\n  -- limbeck:downgrade\n');\n";
    assert_eq!(parse(text).sections().len(), 1);
    let text =
        "-- limbeck:revision a\n-- limbeck:upgrade\nINSERT INTO t VALUES ('\n-- limbeck:downgrade\n');\n";
    assert_eq!(parse(text).sections().len(), 2);
}

#[test]
fn a_header_is_enough_for_rust() {
    let script = parse("-- Copy\n-- limbeck:revision a\n-- limbeck:rust\n-- limbeck:touches -\n");
    assert!(script.is_rust());
    assert!(script.touches().unwrap().0.is_empty());
}

#[test]
fn line_ends_and_a_byte_order_mark_are_gone() {
    let script = parse("\u{feff}-- M\r\n-- limbeck:revision a\r\n-- limbeck:upgrade\r\nSELECT 'a\r\nb';\r\n");
    assert_eq!(
        script.file().text(),
        "-- M\n-- limbeck:revision a\n-- limbeck:upgrade\nSELECT 'a\nb';\n"
    );
}

#[test]
fn a_section_of_comments_is_blank() {
    let script = parse("-- limbeck:revision a\n-- limbeck:upgrade\n\n-- to do\n-- limbeck:downgrade\n");
    assert!(!script.is_written(Direction::Upgrade, "one", "one"));
    assert!(script.sections()[0].is_blank(script.file().text()));
}

fn new_script() -> NewScript {
    let created = UNIX_EPOCH + Duration::from_secs(1_795_244_400);
    let id = RevisionId::new("1975ea83b712").unwrap();
    let mut script = NewScript::new(
        id,
        "Add the Account table, at last\n\nWhy: it is needed.",
        created,
    );
    script.revises = vec![RevisionId::new("a1").unwrap(), RevisionId::new("b2").unwrap()];
    script.labels = vec![Label::new("accounts").unwrap()];
    script
}

#[test]
fn a_new_file_is_written_from_a_template() {
    insta::assert_snapshot!(new_script().text().unwrap(), @r"
    -- Add the Account table, at last
    --
    -- Why: it is needed.
    --
    -- limbeck:revision   1975ea83b712
    -- limbeck:revises    a1, b2
    -- limbeck:labels     accounts
    -- limbeck:created    2026-11-21T07:00:00Z
    -- limbeck:portable   1

    -- limbeck:upgrade


    -- limbeck:downgrade
    ");
}

#[test]
fn file_names_follow_the_template() {
    let name = |template: &str, slug_length: usize| {
        let naming = FileNaming {
            template: template.to_owned(),
            slug_length,
        };
        let path = new_script().file_name(&naming).map_err(|error| error.to_string());
        path.map_or_else(|error| error, |path| path.display().to_string())
    };
    assert_eq!(
        name("{id}_{slug}", 40),
        "1975ea83b712_add_the_account_table_at_last.sql"
    );
    assert_eq!(name("{id}_{slug}", 14), "1975ea83b712_add_the.sql");
    assert_eq!(name("{id}_{slug}", 0), "1975ea83b712.sql");
    assert_eq!(name("{slug}", 2), "ad.sql");
    assert_eq!(
        name("{year}/{month}/{day}_{hour}{minute}{second}_{id}.sql", 40),
        "2026/11/21_070000_1975ea83b712.sql"
    );
    insta::assert_snapshot!(name("{rev}_{slug}", 40), @"the file template `{rev}_{slug}` has no token `{rev}`; it knows {id}, {slug}, {year}, {month}, {day}, {hour}, {minute} and {second}");
    insta::assert_snapshot!(name("a}b", 40), @"the file template `a}b` has no token `}b`; it knows {id}, {slug}, {year}, {month}, {day}, {hour}, {minute} and {second}");
    insta::assert_snapshot!(name("../{id}", 40), @"the file template `../{id}` gives `../1975ea83b712.sql`, which is no file inside the folder of revisions");
    insta::assert_snapshot!(name("{id}/", 40), @"the file template `{id}/` gives `1975ea83b712/.sql`, which is no file inside the folder of revisions");
}

#[test]
fn every_id_gives_a_file_that_can_be_written_and_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let source = DirectorySource::new([folder.path()]);
    for id in [".h".to_owned(), "..x".to_owned(), "a".repeat(255)] {
        let mut script = new_script();
        script.id = RevisionId::new(&id).unwrap();
        let path = script.write(folder.path(), &FileNaming::default()).unwrap();
        assert!(source.reads(&path), "{}", path.display());
    }
    let mut script = new_script();
    script.message = "ü".repeat(300);
    let naming = FileNaming {
        slug_length: 300,
        ..FileNaming::default()
    };
    script.write(folder.path(), &naming).unwrap();
    assert_eq!(source.files().len(), 4);
}

#[test]
fn a_file_that_exists_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let script = new_script();
    let path = script
        .write(&folder.path().join("new"), &FileNaming::default())
        .unwrap();
    std::fs::write(&path, "mine").unwrap();
    let again = script.write(&folder.path().join("new"), &FileNaming::default());
    assert!(matches!(again, Err(WriteError::Exists { .. })));
    assert_eq!(std::fs::read_to_string(path).unwrap(), "mine");
}

#[test]
fn a_message_cannot_be_a_directive() {
    let mut script = new_script();
    script.message = "First\nlimbeck:upgrade".to_owned();
    assert!(matches!(script.text(), Err(WriteError::Message)));
    script.message = "limbeck: a start".to_owned();
    assert!(matches!(script.text(), Err(WriteError::Message)));
    script.message = "Limbeck: a start".to_owned();
    assert!(script.text().is_ok());
}

#[test]
fn random_ids_have_twelve_digits() {
    let id = random_id();
    assert_eq!(id.as_str().len(), 12);
    assert!(id.as_str().chars().all(|c| c.is_ascii_hexdigit()));
    assert_ne!(id, random_id());
}

/// Lines that matter to the parser, mixed with any text.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("-- limbeck:upgrade".to_owned()),
        Just("-- limbeck:downgrade one except two".to_owned()),
        Just("-- limbeck:revision a".to_owned()),
        Just("SELECT 'a".to_owned()),
        Just("b';".to_owned()),
        "-- limbeck:[a-z_]{0,14} ?.{0,12}",
        ".{0,20}",
    ];
    let end = prop_oneof![Just("\n"), Just("\r\n"), Just("")];
    prop::collection::vec((line, end), 0..14)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in lines()) {
        let file = SourceFile::new("a.sql", text);
        match Script::parse(file) {
            Ok(script) => {
                for section in script.sections() {
                    let _ = section.statements(script.file(), &LexicalRules::STANDARD);
                }
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(!fault.to_string().is_empty());
                    let _ = fault.hint();
                }
            }
        }
    }

    #[test]
    fn what_is_written_is_read(message in "[^\\p{C}]{0,60}", description in "(\n[a-zA-Z ü'\"-]{0,30}){0,4}", labels in 0_usize..3) {
        let mut script = new_script();
        script.message = format!("{message}{description}");
        script.labels = (0..labels).map(|number| Label::new(format!("label{number}")).unwrap()).collect();
        script.depends_on = vec!["billing".to_owned()];
        let Ok(text) = script.text() else { return Ok(()); };
        let read = parse(&text);
        let mut lines = script.message.trim().lines().map(str::trim);
        prop_assert_eq!(read.message(), lines.next().unwrap_or_default());
        let rest: Vec<&str> = lines.collect();
        let rest = rest.join("\n");
        prop_assert_eq!(read.description(), rest.trim_matches('\n'));
        prop_assert_eq!(&read.node().id, &script.id);
        prop_assert_eq!(&read.node().revises, &script.revises);
        prop_assert_eq!(&read.node().depends_on, &script.depends_on);
        prop_assert_eq!(&read.node().labels, &script.labels);
        prop_assert_eq!(read.sections().len(), 2);
    }
}
