//! The workflow that `init --ci github` writes does what it says, step by step, on real servers.

use std::process::Command;

use insta::assert_snapshot;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use yaml_rust2::Yaml;
use yaml_rust2::YamlLoader;

use crate::git::commit;
use crate::git::git;
use crate::git::init;
use crate::project::Project;
use crate::project::Ran;

const FILE: &str = ".github/workflows/migrations.yml";

/// The schemes, with the engine that the workflow starts.
const SERVERS: [(&str, Engine); 3] = [
    ("postgres", Engine::Postgres),
    ("mysql", Engine::MySql),
    ("mariadb", Engine::MariaDb),
];

fn parse(text: &str) -> Yaml {
    YamlLoader::load_from_str(text).unwrap().remove(0)
}

fn job(workflow: &Yaml) -> &Yaml {
    &workflow["jobs"]["migrations"]
}

/// The steps that run a command: their names and commands.
fn commands(workflow: &Yaml) -> Vec<(&str, &str)> {
    let steps = job(workflow)["steps"].as_vec().unwrap();
    let with_command = steps
        .iter()
        .filter_map(|step| step["run"].as_str().map(|run| (step, run)));
    with_command
        .map(|(step, run)| (step["name"].as_str().unwrap(), run))
        .collect()
}

/// Runs a command as a runner does, in a checkout with the built binary installed.
fn run_step(project: &Project, command: &str, url: &str) -> Ran {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_limbeck"));
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", binary.parent().unwrap().display());
    let output = Command::new("bash")
        .args(["-e", "-c", command])
        .current_dir(project.path(""))
        .env_clear()
        .envs([
            ("PATH", path.as_str()),
            ("DATABASE_URL", url),
            ("GITHUB_BASE_REF", "main"),
            ("GITHUB_EVENT_NAME", "pull_request"),
        ])
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The checkout of a change on top of what `origin/main` has.
fn change(scheme: &str) -> Project {
    let origin = Project::empty();
    init(&origin, "");
    match scheme {
        "postgres" => origin.good("init --ci github"),
        scheme => origin.good(&format!("init --ci github --url {scheme}://127.0.0.1/app")),
    };
    revision(&origin, "a1", "", "account");
    commit(&origin, "Begin");
    let checkout = Project::empty();
    let url = origin.path("").display().to_string();
    git(&checkout, "", &["clone", "--quiet", &url, "."]);
    git(&checkout, "", &["switch", "--quiet", "-c", "change"]);
    revision(&checkout, "b2", "revises a1", "team");
    checkout
}

fn revision(project: &Project, id: &str, revises: &str, table: &str) {
    let up = format!("CREATE TABLE {table} (id BIGINT NOT NULL PRIMARY KEY);");
    project.revision(
        id,
        revises,
        &format!("Add {table}"),
        &up,
        &format!("DROP TABLE {table};"),
    );
}

/// The steps of a workflow that fail, with their exit codes.
fn failing(project: &Project, url: &str) -> Vec<(String, i32)> {
    let workflow = parse(&project.read(FILE));
    let steps = commands(&workflow)
        .into_iter()
        .filter(|(name, _)| *name != "Install limbeck");
    let ran = steps.map(|(name, command)| (name.to_owned(), run_step(project, command, url).code));
    ran.filter(|(_, code)| *code != 0).collect()
}

#[test]
fn a_good_change_passes_on_each_server_and_a_bad_one_does_not() {
    for (scheme, engine) in SERVERS {
        let Some(database) = TestDatabase::on(engine) else {
            continue;
        };
        let project = change(scheme);
        assert_eq!(failing(&project, &database.url_text()), [], "{scheme}");

        let Some(database) = TestDatabase::on(engine) else {
            continue;
        };
        let (a1, b2) = ("migrations/a1_add_account.sql", "migrations/b2_add_team.sql");
        project.write(a1, project.read(a1).replace("BIGINT", "INTEGER"));
        project.write(
            b2,
            project
                .read(b2)
                .replace("revises a1", "created 2026-01-01T00:00:00Z")
                .replacen("-- limbeck:created 2026-11-21T07:00:00Z\n", "", 1),
        );
        let found = failing(&project, &database.url_text());
        assert_eq!(
            found.iter().take(2).collect::<Vec<_>>(),
            [
                &("Look for trouble in the revisions".to_owned(), 1),
                &("Compare with the branch that the change is for".to_owned(), 1)
            ],
            "{scheme}"
        );
    }
}

#[test]
fn the_service_is_the_one_of_the_url() {
    for (scheme, image, options) in [
        (
            "postgres",
            "postgres:17",
            ["POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"],
        ),
        (
            "mysql",
            "mysql:8.4",
            ["", "MYSQL_ROOT_PASSWORD", "MYSQL_DATABASE"],
        ),
        (
            "mariadb",
            "mariadb:11.8",
            ["", "MARIADB_ROOT_PASSWORD", "MARIADB_DATABASE"],
        ),
    ] {
        let project = Project::empty();
        project.good(&format!("init --ci github --url {scheme}://127.0.0.1/shop"));
        let workflow = parse(&project.read(FILE));
        let service = &job(&workflow)["services"][scheme];
        assert_eq!(service["image"].as_str(), Some(image));
        let variable = |name: &str| service["env"][name].as_str().unwrap_or("root");
        let [user, password, database] = options.map(variable);
        let port = service["ports"][0].as_str().unwrap().split(':').next().unwrap();
        assert_eq!(
            job(&workflow)["env"]["DATABASE_URL"].as_str().unwrap(),
            format!("{scheme}://{user}:{password}@127.0.0.1:{port}/{database}")
        );
        assert!(service["options"].as_str().unwrap().contains("--health-cmd"));
    }
    let project = Project::new();
    project.good("init --ci github");
    let workflow = parse(&project.read(FILE));
    assert!(job(&workflow)["services"].is_badvalue(), "a file needs no server");
    assert_eq!(failing_without_a_server(&project), []);
}

fn failing_without_a_server(project: &Project) -> Vec<(String, i32)> {
    init(project, "");
    revision(project, "a1", "", "account");
    commit(project, "Begin");
    git(project, "", &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let workflow = parse(&project.read(FILE));
    let url = job(&workflow)["env"]["DATABASE_URL"].as_str().unwrap().to_owned();
    failing(project, &url)
}

#[test]
fn actions_and_the_version_are_pinned() {
    let project = Project::empty();
    project.good("init --ci github");
    let workflow = parse(&project.read(FILE));
    let steps = job(&workflow)["steps"].as_vec().unwrap();
    let mut uses = steps.iter().filter_map(|step| step["uses"].as_str());
    assert!(uses.all(|action| {
        let version = action.rsplit_once("@v").map(|(_, version)| version);
        version.is_some_and(|version| version.parse::<u32>().is_ok())
    }));
    assert_eq!(
        job(&workflow)["env"]["LIMBECK_VERSION"].as_str(),
        Some(env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(steps[0]["with"]["fetch-depth"].as_i64(), Some(0));
    assert_eq!(
        commands(&workflow)[0],
        (
            "Install limbeck",
            "cargo install limbeck-cli --locked --version \"$LIMBECK_VERSION\""
        )
    );
}

#[test]
fn it_goes_to_the_top_of_the_repository() {
    let project = Project::empty();
    init(&project, "");
    let created = project.good("init services/shop --ci github");
    let shop = ".github/workflows/migrations-services-shop.yml";
    assert!(created.contains(&format!("/{shop}\n")), "{created}");
    let workflow = parse(&project.read(shop));
    let directory = |workflow: &Yaml| {
        let directory = &job(workflow)["defaults"]["run"]["working-directory"];
        directory.as_str().map(str::to_owned)
    };
    assert_eq!(directory(&workflow).as_deref(), Some("services/shop"));
    let odd = "a: \"b\" #c";
    let file = ".github/workflows/migrations-a---b---c.yml";
    project.write(file, "mine");
    let ran = project.run(&["init", odd, "--ci", "github"], &[]);
    assert_eq!(ran.code, 2, "one is there already: {}", ran.whole());
    assert!(!project.path(odd).exists(), "nothing was begun");
    std::fs::remove_file(project.path(file)).unwrap();
    assert_eq!(project.run(&["init", odd, "--ci", "github"], &[]).code, 0);
    assert_eq!(directory(&parse(&project.read(file))).as_deref(), Some(odd));
}

#[test]
fn nothing_is_overwritten() {
    let project = Project::empty();
    assert_snapshot!(project.good("init --ci github"), @r#"
    created migrations/
    created limbeck.toml
    created migrations/.gitkeep
    created .env.template
    created .gitignore
    created .github/workflows/migrations.yml

    next:
      limbeck revision -m "Add the account table"
      limbeck edit
      limbeck upgrade
    "#);
    assert_snapshot!(project.limbeck("init --ci github").whole(), @"
    exit 2
    -- stderr
    error: .github/workflows/migrations.yml exists already and stays as it is
      help: move it away to have it written anew
    ");
    project.write(FILE, "mine");
    project.limbeck("init --ci github");
    assert_eq!(project.read(FILE), "mine");
    std::fs::remove_file(project.path(FILE)).unwrap();
    assert_snapshot!(project.good("init --ci github"), @"created .github/workflows/migrations.yml");
    assert_eq!(
        project.json("init other --ci github").1["created"][5],
        serde_json::json!(format!("other/{FILE}"))
    );
}
