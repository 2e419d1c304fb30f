//! What changes the checksum of a script, and what does not.

use limbeck_core::graph::Direction;
use limbeck_core::script::Checksum;
use limbeck_core::script::Script;
use limbeck_core::sql::LexicalRules;
use limbeck_core::sql::SourceFile;
use proptest::prelude::*;

fn of(direction: Direction, sections: &str) -> Checksum {
    let text = format!("-- limbeck:revision a\n{sections}");
    let script = Script::parse(SourceFile::new("a.sql", text)).unwrap();
    script
        .checksum(direction, "my", "maria", &LexicalRules::STANDARD)
        .unwrap()
}

fn upgrade(sections: &str) -> Checksum {
    of(Direction::Upgrade, sections)
}

const BASE: &str = "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\nSELECT 1;\n";

#[test]
fn the_sum_is_the_same_in_every_release() {
    let sum = upgrade(BASE);
    assert!(sum.is_known());
    assert_eq!(sum.as_str().parse(), Ok(sum.clone()));
    insta::assert_snapshot!(sum, @"tokens1-sha256:3a0505dd09b947306263e291b7b6b5df7947a1ffca8f97236cb472209552cb67");
}

#[test]
fn what_is_not_run_does_not_count() {
    for same in [
        "-- limbeck:upgrade\n\n  create  table ACCOUNT(name varchar (50) default 'Ann') ;\n-- why\nselect /* x */ 1\n",
        "-- limbeck:upgrade\r\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\r\nSELECT 1;\r\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\nSELECT 1;\n-- limbeck:upgrade other\nSELECT 2;\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\nSELECT 1;\n-- limbeck:downgrade\nSELECT 2;\n",
        "-- limbeck:upgrade except other\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\nSELECT 1;\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\n-- limbeck:timeout 5s\nSELECT 1;\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\n-- limbeck:loses_data table a\nSELECT 1;\n",
        "-- limbeck:upgrade my\n-- nothing\n-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\nSELECT 1;\n",
    ] {
        assert_eq!(upgrade(same), upgrade(BASE), "{same}");
    }
}

#[test]
fn what_is_run_counts() {
    let mut sums = vec![upgrade(BASE)];
    for other in [
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'ann');\nSELECT 1;\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(51) DEFAULT 'Ann');\nSELECT 1;\n",
        "-- limbeck:upgrade\nCREATE TABLE \"account\" (name VARCHAR(50) DEFAULT 'Ann');\nSELECT 1;\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann') SELECT 1;\n",
        "-- limbeck:upgrade my\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\nSELECT 1;\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\n-- limbeck:no_transaction\nSELECT 1;\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\n-- limbeck:renamed_from x\nSELECT 1;\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\n-- limbeck:assert SELECT 1\n",
        "-- limbeck:upgrade\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\n",
        "-- limbeck:upgrade\nSELECT 1;\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\n",
        "-- limbeck:upgrade except my\nCREATE TABLE account (name VARCHAR(50) DEFAULT 'Ann');\nSELECT 1;\n",
    ] {
        let sum = upgrade(other);
        assert!(!sums.contains(&sum), "{other}");
        sums.push(sum);
    }
}

#[test]
fn the_downgrade_has_its_own_sum() {
    let text = |down: &str| format!("{BASE}-- limbeck:downgrade\n{down};\n");
    let (one, two) = (text("SELECT 1"), text("SELECT 2"));
    assert_eq!(upgrade(&one), upgrade(&two));
    assert_ne!(of(Direction::Downgrade, &one), of(Direction::Downgrade, &two));
}

#[test]
fn other_texts_are_no_checksums() {
    for text in ["", "abc", "tokens1-sha256:", ":00", "a b:00"] {
        assert!(text.parse::<Checksum>().is_err(), "{text}");
    }
    let newer: Checksum = "tokens9-sha512:00".parse().unwrap();
    assert!(!newer.is_known());
}

fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}",
        "[0-9]{1,3}",
        "'[a-zA-Z ;]{0,4}'",
        "\"[a-zA-Z ]{1,4}\"",
        Just(",".to_owned()),
        Just("(".to_owned()),
        Just(";".to_owned()),
    ]
}

fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just(" "),
        Just("\n"),
        Just("\r\n\t"),
        Just(" /* ; ' */ "),
        Just(" -- ; '\n")
    ]
}

proptest! {
    #[test]
    fn gaps_and_the_case_of_words_do_not_count(tokens in prop::collection::vec((token(), gap(), gap()), 0..20)) {
        let text = |written: &dyn Fn(&(String, &'static str, &'static str)) -> String| {
            let body: String = tokens.iter().map(written).collect();
            format!("-- limbeck:upgrade\n{body}\n")
        };
        let one = text(&|(token, gap, _)| format!("{token}{gap}"));
        let two = text(&|(token, _, gap)| {
            let word = token.starts_with(|c: char| c.is_ascii_alphabetic());
            let token = if word { token.to_uppercase() } else { token.clone() };
            format!("{token}{gap}")
        });
        prop_assert_eq!(upgrade(&one), upgrade(&two));
    }

    #[test]
    fn every_byte_of_a_literal_counts(one in "[ -&(-~]{0,8}", two in "[ -&(-~]{0,8}") {
        let sum = |literal: &str| upgrade(&format!("-- limbeck:upgrade\nSELECT '{literal}';\n"));
        prop_assert_eq!(sum(&one) == sum(&two), one == two);
    }
}

#[test]
fn a_delimiter_does_not_count() {
    let mut rules = LexicalRules::STANDARD;
    rules.delimiter_lines = true;
    let sum = |section: &str| {
        let text = format!("-- limbeck:revision a\n-- limbeck:upgrade my\n{section}");
        let script = Script::parse(SourceFile::new("a.sql", text)).unwrap();
        script
            .checksum(Direction::Upgrade, "my", "maria", &rules)
            .unwrap()
    };
    assert_eq!(
        sum("SELECT 1;\nDELIMITER //\n-- limbeck:no_transaction\nSELECT 2 //\nDELIMITER ;\nSELECT 3;\n"),
        sum("SELECT 1;\n-- limbeck:no_transaction\nSELECT 2;\nSELECT 3")
    );
    assert_ne!(
        sum("DELIMITER //\nSELECT 1; SELECT 2 //\n"),
        sum("SELECT 1; SELECT 2;\n")
    );
}
