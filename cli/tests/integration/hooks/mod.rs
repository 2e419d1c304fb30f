//! Hooks, backups and metrics.

mod backups;
mod commands;
mod failures;
mod metrics;
mod moments;

use serde_json::Value;

use crate::project::Project;

/// A project with the revisions a1 and b2 and this at the end of its configuration.
fn configured(configuration: &str) -> Project {
    let project = Project::with_revisions();
    project.write(
        "limbeck.toml",
        format!("name = \"shop\"\nurl = \"sqlite://app.db\"\n{configuration}"),
    );
    project
}

/// All five kinds of hooks, each of which writes down what it hears.
const LISTENING: &str = "[hooks]\n\
    before_run = [\"cat >> heard.jsonl\"]\n\
    before_step = [\"cat >> heard.jsonl\"]\n\
    after_step = [\"cat >> heard.jsonl\"]\n\
    after_run = [\"cat >> heard.jsonl\"]\n\
    on_failure = [\"cat >> heard.jsonl\"]\n";

/// What the hooks have heard.
fn heard(project: &Project) -> Vec<Value> {
    let text = project.read("heard.jsonl");
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Which hooks were called, with the revision that each was about.
fn calls(project: &Project) -> Vec<String> {
    let call = |heard: &Value| match heard["step"]["revision"].as_str() {
        Some(revision) => format!("{} {revision}", heard["hook"].as_str().unwrap()),
        None => heard["hook"].as_str().unwrap().to_owned(),
    };
    heard(project).iter().map(call).collect()
}

fn applied(project: &Project) -> Value {
    project.json("current").1["revisions"].clone()
}
