//! The file of metrics, read as Prometheus reads it.

use std::collections::BTreeMap;

use super::configured;
use crate::project::Project;

/// The samples of a file, by name and labels, and the types of its metrics.
struct Samples {
    values: BTreeMap<String, f64>,
    types: BTreeMap<String, String>,
}

/// Reads the text format, strictly: each metric has its help and its type before its samples, and stands in one place.
fn parse(text: &str) -> Samples {
    let mut samples = Samples {
        values: BTreeMap::new(),
        types: BTreeMap::new(),
    };
    let mut present = String::new();
    assert!(text.ends_with('\n'));
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').unwrap();
            assert!(help.ends_with('.'), "{line}");
            let kind = lines.next().unwrap().strip_prefix("# TYPE ").unwrap();
            let (named, kind) = kind.split_once(' ').unwrap();
            assert_eq!(named, name);
            assert!(["gauge", "counter"].contains(&kind));
            assert_eq!(kind == "counter", name.ends_with("_total"), "{name}");
            assert!(
                samples.types.insert(name.to_owned(), kind.to_owned()).is_none(),
                "{name} twice"
            );
            present = name.to_owned();
            continue;
        }
        let (name, rest) = line.split_once('{').unwrap();
        assert_eq!(name, present, "samples stand below their metric");
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{name}");
        let (labels, value) = rest.rsplit_once("} ").unwrap();
        for label in labels.split("\",") {
            let (key, value) = label.split_once("=\"").unwrap();
            assert!(key.chars().all(|c| c.is_ascii_lowercase()) && !value.is_empty());
        }
        let key = format!("{name}{{{labels}}}");
        assert!(
            samples.values.insert(key, value.parse().unwrap()).is_none(),
            "{line} twice"
        );
    }
    samples
}

impl Samples {
    fn of(project: &Project) -> Self {
        parse(&project.read("limbeck.prom"))
    }

    fn value(&self, name: &str) -> Option<f64> {
        self.values.get(&format!("{name}{{database=\"shop\"}}")).copied()
    }

    fn heads(&self) -> Vec<&str> {
        let heads = self
            .values
            .keys()
            .filter_map(|key| key.strip_prefix("limbeck_head_info{database=\"shop\",revision=\""));
        heads.map(|rest| rest.trim_end_matches("\"}")).collect()
    }
}

const FILE: &str = "[metrics]\nfile = \"limbeck.prom\"\n";

#[test]
fn the_file_tells_how_far_the_database_is() {
    let project = configured(FILE);
    let standing = |project: &Project| {
        let samples = Samples::of(project);
        [
            "limbeck_completion_percent",
            "limbeck_revisions",
            "limbeck_revisions_completed",
            "limbeck_steps_completed_total",
            "limbeck_steps_failed_total",
            "limbeck_last_run_success",
        ]
        .map(|name| samples.value(name).unwrap())
    };
    project.good("upgrade a1");
    assert_eq!(standing(&project), [50.0, 2.0, 1.0, 1.0, 0.0, 1.0]);
    assert_eq!(Samples::of(&project).heads(), ["a1"]);
    project.good("upgrade");
    assert_eq!(standing(&project), [100.0, 2.0, 2.0, 2.0, 0.0, 1.0]);

    project.revision(
        "c3",
        "revises b2",
        "Fail",
        "INSERT INTO account (id) VALUES (1), (1);",
        "DELETE FROM account;",
    );
    project.revision(
        "d4",
        "revises c3",
        "More",
        "DELETE FROM account;",
        "DELETE FROM account;",
    );
    assert_eq!(project.limbeck("upgrade").code, 2);
    assert_eq!(standing(&project), [50.0, 4.0, 2.0, 2.0, 1.0, 0.0]);
    project.good("downgrade base");
    assert_eq!(standing(&project), [0.0, 4.0, 0.0, 4.0, 1.0, 1.0]);
    assert!(Samples::of(&project).heads().is_empty());
    project.good("stamp b2");
    assert_eq!(standing(&project), [50.0, 4.0, 2.0, 4.0, 1.0, 1.0]);
}

#[test]
fn times_are_in_seconds() {
    let project = configured(&format!("{FILE}[hooks]\nbefore_run = [\"sleep 0.2\"]\n"));
    let now = || {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs_f64()
    };
    let before = now();
    project.good("upgrade");
    let samples = Samples::of(&project);
    let ended = samples.value("limbeck_last_run_timestamp_seconds").unwrap();
    // The clock of the file has milliseconds.
    assert!(before <= ended && ended <= now() + 0.001, "{ended}");
    let took = samples.value("limbeck_last_run_duration_seconds").unwrap();
    assert!(took >= 0.2 && took <= ended - before + 0.002, "{took}");
}

#[test]
fn a_run_without_a_database_is_a_failed_one() {
    let project = configured(FILE);
    assert_eq!(project.limbeck("upgrade --url sqlite://nowhere/app.db").code, 2);
    let samples = Samples::of(&project);
    assert_eq!(samples.value("limbeck_last_run_success"), Some(0.0));
}

#[test]
fn a_run_that_has_nothing_to_do_writes_it_too() {
    let project = configured(FILE);
    project.good("upgrade");
    std::fs::remove_file(project.path("limbeck.prom")).unwrap();
    project.good("upgrade");
    assert_eq!(
        Samples::of(&project).value("limbeck_completion_percent"),
        Some(100.0)
    );
    for command in ["status", "plan", "current"] {
        std::fs::remove_file(project.path("limbeck.prom")).unwrap_or_default();
        project.good(command);
        assert!(!project.path("limbeck.prom").exists(), "{command} only reads");
    }
}

#[test]
fn it_is_replaced_at_once_and_others_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let project = configured(FILE);
    project.good("upgrade a1");
    let open = std::fs::File::open(project.path("limbeck.prom")).unwrap();
    project.good("upgrade");
    let old = std::io::read_to_string(open).unwrap();
    assert!(
        old.contains("revision=\"a1\""),
        "who reads the old file reads all of it"
    );
    let mode = std::fs::metadata(project.path("limbeck.prom"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o044, 0o044);
    let left: Vec<_> = std::fs::read_dir(project.path("")).unwrap().collect();
    let left = left
        .into_iter()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(left.filter(|name| name.contains("metrics")).count(), 0);
}

#[test]
fn a_file_that_cannot_be_written_is_told_of() {
    let project = configured("[metrics]\nfile = \"nowhere/{database}.prom\"\n");
    let (code, answer) = project.json("upgrade");
    assert_eq!(code, 1);
    assert_eq!(answer["hook_failures"][0]["hook"], "writing the metrics");
    assert_eq!(answer["revisions"], serde_json::json!(["b2"]));
    for line in ["downgrade -1", "stamp base"] {
        let ran = project.limbeck(line);
        assert_eq!(ran.code, 1, "{line}");
        assert!(
            ran.err
                .contains("warning: writing the metrics failed after the run: ")
                && ran.err.contains("nowhere"),
            "{line}: {}",
            ran.err
        );
    }
}
