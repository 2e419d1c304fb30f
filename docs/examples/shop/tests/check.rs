//! What `docs/models.md` tells of models in Rust is done here.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::fs::File;
use std::io;
use std::path::Path;

use limbeck_cli::Cli;
use limbeck_cli::Exit;
use limbeck_cli::Invocation;
use limbeck_core::config::Environment;
use limbeck_core::models::Models;
use limbeck_core::models::Table;
use tempfile::TempDir;

const CONFIGURATION: &str = include_str!("../limbeck.toml");
/// What cargo is asked to build and run; a test gets it built.
const COMMAND: &str = "cargo run --quiet --bin models";

/// Runs a command in a project.
fn run(cli: Cli, folder: &Path, arguments: &str) -> Exit {
    let call = Invocation::of_process()
        .arguments(arguments.split(' '))
        .environment(Environment::default())
        .directory(folder)
        .streams(io::sink(), io::sink());
    cli.run_with(call)
}

#[test]
fn the_page_shows_these_files() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models.md");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains(include_str!("../src/lib.rs")));
    assert!(page.contains(include_str!("../src/bin/models.rs")));
    let models = CONFIGURATION.split_once("\n\n").unwrap().1;
    assert!(page.contains(models));
}

#[test]
fn a_command_prints_the_models_and_a_program_brings_them() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let configuration = CONFIGURATION.replace(COMMAND, env!("CARGO_BIN_EXE_models"));
    assert_ne!(configuration, CONFIGURATION);
    fs::write(folder.join("limbeck.toml"), configuration).unwrap();
    fs::create_dir(folder.join("migrations")).unwrap();

    assert_eq!(run(Cli::new(), folder, "check"), Exit::Found);
    let first = "revision --autogenerate -m First --rev-id a1";
    assert_eq!(run(Cli::new(), folder, first), Exit::Success);
    assert_eq!(run(Cli::new(), folder, "upgrade"), Exit::Success);
    for arguments in ["check", "diff --from database --to models"] {
        assert_eq!(run(Cli::new(), folder, arguments), Exit::Success, "{arguments}");
        let own = Cli::new().models(shop::models());
        assert_eq!(run(own, folder, arguments), Exit::Success, "{arguments}");
    }
    let more = shop::models().sql("CREATE TABLE basket (id BIGINT PRIMARY KEY)");
    assert_eq!(run(Cli::new().models(more), folder, "check"), Exit::Found);
}

#[derive(Table)]
pub struct Broken {
    #[column(sql = "VARCHR(3)", default = "now()")]
    pub code: String,
}

#[test]
fn what_is_wrong_with_a_model_is_told_with_its_struct_and_column() {
    let folder = TempDir::new().unwrap();
    let said = folder.path().join("said.txt");
    fs::write(folder.path().join("limbeck.toml"), "url = \"sqlite://shop.db\"\n").unwrap();
    fs::create_dir(folder.path().join("migrations")).unwrap();
    let call = Invocation::of_process()
        .arguments(["check"])
        .environment(Environment::default())
        .directory(folder.path())
        .streams(io::sink(), File::create(&said).unwrap());
    let cli = Cli::new().models(Models::new().table::<Broken>());
    assert_eq!(cli.run_with(call), Exit::Failure);
    assert_eq!(
        fs::read_to_string(said).unwrap(),
        "error: the models in Rust: `check::Broken`: table `broken`: column `code`: in `VARCHR(3)`: `VARCHR` is not a \
         portable type; column `code`: in `now()`: `now` is not a portable function\n  \
         help: did you mean VARCHAR?\n  help: write CURRENT_TIMESTAMP\n"
    );
}
