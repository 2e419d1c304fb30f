//! What is refused, and which way out is told.

use insta::assert_snapshot;

use crate::project::Project;

const URL: &str = "postgres://ann:s3cret@localhost/shop";

fn said(project: &Project, line: &str, environment: &[(&str, &str)]) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ran = project.run(&words, environment);
    assert_eq!(ran.code, 2, "{line}\n{}{}", ran.out, ran.err);
    assert!(!ran.err.contains("s3cret"), "{}", ran.err);
    ran.err
}

#[test]
fn without_an_engine_the_alternatives_are_named() {
    let project = Project::with_revisions();
    project.write("compose.yaml", "services: {}\n");
    let environment = [
        ("PATH", "/nonexistent"),
        ("DATABASE_URL", URL),
        ("LIMBECK_ENV", "dev"),
    ];
    for line in ["db up", "db down", "db ps", "db logs", "db reset --yes"] {
        let text = said(&project, line, &environment);
        insta::allow_duplicates! {
            assert_snapshot!(text, @"
            error: no Docker engine answers: docker: No such file or directory (os error 2)
              help: install Docker with compose, or start it, to have a server in a container
              help: or name a server of your own: DATABASE_URL=postgres://user:password@host:5432/database in .env.local
              help: or a file, which needs no server: DATABASE_URL=sqlite:app.db
            ");
        }
    }
}

#[cfg(unix)]
#[test]
fn without_compose_the_alternatives_are_named() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::with_revisions();
    project.write("compose.yaml", "services: {}\n");
    project.write("bin/docker", "#!/bin/sh\n[ \"$1\" = version ]\n");
    std::fs::set_permissions(project.path("bin/docker"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = project.path("bin").display().to_string();
    let text = said(&project, "db up", &[("PATH", &path), ("DATABASE_URL", URL)]);
    assert!(
        text.contains("neither `docker compose` nor `docker-compose` is installed"),
        "{text}"
    );
    assert!(text.contains("sqlite:app.db"), "{text}");
}

#[test]
fn a_server_of_another_machine_is_not_for_these_commands() {
    let project = Project::with_revisions();
    let far = [
        ("DATABASE_URL", "postgres://ann:s3cret@db.example/shop"),
        ("LIMBECK_ENV", "dev"),
    ];
    for line in ["db up", "db reset --yes"] {
        let text = said(&project, line, &far);
        assert!(text.contains("the database is on db.example"), "{text}");
    }
    let unknown = [("DATABASE_URL", "postgres://ann:s3cret@db.example/shop")];
    let text = said(&project, "db drop --yes", &unknown);
    assert!(text.contains("LIMBECK_ENV does not say"), "{text}");
    // The parameter is where a session goes.
    let hidden = [(
        "DATABASE_URL",
        "postgres://ann:s3cret@localhost/shop?host=db.example",
    )];
    let text = said(&project, "db drop --yes", &hidden);
    assert!(text.contains("LIMBECK_ENV does not say"), "{text}");
}

#[test]
fn a_project_without_a_compose_file_is_told_how_to_get_one() {
    let project = Project::with_revisions();
    let text = said(&project, "db up", &[("DATABASE_URL", URL)]);
    assert_snapshot!(text, @"
    error: there is no compose file beside limbeck.toml: compose.yaml, compose.yml, docker-compose.yaml, docker-compose.yml
      help: `limbeck init --compose postgres` begins a project with one
      help: `compose` in [local] of limbeck.toml names another one
      help: on a server of your own, `limbeck db drop` and `limbeck db init` make the database anew
    ");
}

#[test]
fn a_container_wants_a_password() {
    let project = Project::with_revisions();
    project.write("compose.yaml", "services: {}\n");
    let text = said(
        &project,
        "db up",
        &[("DATABASE_URL", "postgres://ann@localhost/shop")],
    );
    assert!(
        text.contains("has no password") && text.contains("POSTGRES_PASSWORD"),
        "{text}"
    );
}

#[test]
fn nothing_that_exists_is_overwritten_by_a_new_project() {
    let project = Project::empty();
    project.write("docker-compose.yml", "services: {}\n");
    let text = said(&project, "init --compose postgres", &[]);
    assert!(text.contains(". has a docker-compose.yml already"), "{text}");
    assert!(!project.path("limbeck.toml").exists());

    let project = Project::empty();
    let text = said(&project, "init --compose oracle", &[]);
    assert!(text.contains("mysql, mariadb, postgres"), "{text}");
    project.write(".env", "LIMBECK_ENV=test\n");
    project.good("init --compose mariadb");
    assert_eq!(project.read(".env"), "LIMBECK_ENV=test\n");
}
