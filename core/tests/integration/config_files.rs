//! Finding and reading the configuration and the `.env` files.

use std::error::Error as _;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use limbeck_core::config::Config;
use limbeck_core::config::ConfigError;
use limbeck_core::config::DatabaseChoice;
use limbeck_core::config::Environment;
use limbeck_core::config::Project;
use limbeck_core::script::ScriptSource as _;
use tempfile::TempDir;

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The error as people read it, without the name of the temporary folder.
pub(crate) fn shown(folder: &Path, error: &ConfigError) -> String {
    let source = error
        .source()
        .map(|source| format!(": {source}"))
        .unwrap_or_default();
    let hint = error.hint().map(|hint| format!("\n  {hint}")).unwrap_or_default();
    let text = format!("[{}] {error}{source}{hint}", error.kind());
    text.replace(&format!("{}/", folder.display()), "")
        .replace(&folder.display().to_string(), "FOLDER")
}

fn load(folder: &Path) -> Result<Config, ConfigError> {
    Config::load(&Project::of(folder), &Environment::default())
}

fn error(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    shown(folder.path(), &load(folder.path()).unwrap_err())
}

#[test]
fn the_file_is_found_above() {
    let folder = folder(&[
        (
            "shop/limbeck.toml",
            "version_locations = [\"a\", \"b\"]\nrecursive_version_locations = true\n",
        ),
        ("shop/src/deep/x", ""),
    ]);
    let shop = folder.path().join("shop");
    let config = load(&shop).unwrap();
    assert_eq!(config.version_locations(), [shop.join("a"), shop.join("b")]);
    assert_eq!(config.root(), shop);
    assert_eq!(config.name(), "shop");
    let config = load(&shop.join("src/deep")).unwrap();
    assert_eq!(config.root(), shop.canonicalize().unwrap());
    assert_eq!(config.scripts().locations().len(), 2);
}

#[test]
fn a_named_file_is_taken() {
    let folder = folder(&[
        ("etc/other.toml", "name = \"market\"\n"),
        ("limbeck.toml", "name = \"shop\"\n"),
    ]);
    let project = Project::of(folder.path()).file(Some(PathBuf::from("etc/other.toml")));
    let config = Config::load(&project, &Environment::default()).unwrap();
    assert_eq!(config.name(), "market");
    assert_eq!(config.root(), folder.path().join("etc"));

    let project = Project::of(folder.path()).file(Some(PathBuf::from("missing.toml")));
    let error = Config::load(&project, &Environment::default()).unwrap_err();
    let shown = shown(folder.path(), &error);
    insta::assert_snapshot!(shown.split(" (os error").next().unwrap(), @"[configuration] missing.toml cannot be read: No such file or directory");
}

#[test]
fn what_cannot_be_read_as_the_file_is_named_with_a_next_step() {
    let project = folder(&[("limbeck.toml/x", ""), ("migrations/a.sql", ""), ("src/x", "")]);
    for start in [project.path().to_owned(), project.path().join("src")] {
        let error = load(&start).err().unwrap();
        let text = shown(&project.path().canonicalize().unwrap(), &error);
        assert!(text.contains("limbeck.toml cannot be read"), "{text}");
        assert_eq!(
            error.hint().unwrap(),
            "move the folder away: a file belongs there"
        );
    }

    let project = folder(&[("limbeck.toml", ""), (".env/x", "")]);
    let error = load(project.path()).err().unwrap();
    assert!(error.hint().unwrap().starts_with("move the folder away"));

    let project = folder(&[]);
    fs::write(project.path().join("limbeck.toml"), b"name = \"caf\xe9\"\n").unwrap();
    let error = load(project.path()).err().unwrap();
    assert_eq!(error.hint().unwrap(), "save the file as UTF-8");

    let named = Project::of(project.path()).file(Some(PathBuf::from("nope.toml")));
    let error = Config::load(&named, &Environment::default()).err().unwrap();
    assert!(error.hint().unwrap().starts_with("name a file that exists"));
}

#[test]
fn a_folder_of_migrations_is_a_project() {
    let project = folder(&[("migrations/a.sql", "")]);
    let config = load(project.path()).unwrap();
    assert_eq!(config.file(), None);
    assert_eq!(config.version_locations(), [project.path().join("migrations")]);
    assert_eq!(config.file_naming(), limbeck_core::script::FileNaming::default());

    let empty = folder(&[]);
    let error = load(empty.path()).unwrap_err();
    insta::assert_snapshot!(shown(empty.path(), &error), @r"
    [no_project] there is no limbeck.toml in FOLDER or above it, and no folder `migrations`
      `limbeck init` makes a project; `-c` names its limbeck.toml
    ");
    assert!(Config::load(&Project::of(empty.path()).embedded(true), &Environment::default()).is_ok());
}

#[test]
fn wrong_keys_and_values_are_named() {
    let toml = |text: &str| error(&[("limbeck.toml", text)]);
    insta::assert_snapshot!(toml("# x\nversion_location = []\n"), @r"
    [unknown_key] limbeck.toml:2: there is no key `version_location`
      did you mean `version_locations`?
    ");
    insta::assert_snapshot!(toml("[databases.billing]\nurl = \"x\"\npasswort = 1\n"), @r"
    [unknown_key] limbeck.toml:3: there is no key `databases.billing.passwort`
      core/src/config/reference.toml, linked from the README, has every key
    ");
    insta::assert_snapshot!(toml("databases.billing = \"acme://ann:s3cret@host/db\"\n"), @"[configuration] limbeck.toml:1: the value of `databases.billing` is not a table: write `[databases.billing]` and its keys below");
    insta::assert_snapshot!(toml("\nversion_locations = \"acme://ann:s3cret@host/db\"\n"), @"[configuration] limbeck.toml:2: the value of `version_locations` cannot be used: invalid type: string …, expected a sequence");
    insta::assert_snapshot!(toml("ahead = \"maybe\"\n"), @"[configuration] limbeck.toml:1: the value of `ahead` is neither `refuse` nor `warn`");
    insta::assert_snapshot!(toml("name = \"x\"\nurl = \"acme://ann:s3cret@host/db\n"), @r#"
    [configuration] limbeck.toml:2: this is not TOML: invalid basic string, expected `"`
      each setting has a line, `key = value`, and texts stand between quotes: `key = "text"`
    "#);
    insta::assert_snapshot!(toml("name = \"x\"\nversion_locations = []\n"), @"[configuration] limbeck.toml:2: the value of `version_locations` names no folder");
    insta::assert_snapshot!(toml("file_template = \"{year}/{id}\"\n"), @"[configuration] limbeck.toml:1: the value of `file_template` makes subfolders, which are only read with `recursive_version_locations = true`");
    insta::assert_snapshot!(toml("[naming]\nuniqe = \"x\"\n"), @r"
    [unknown_key] limbeck.toml:2: there is no key `naming.uniqe`
      did you mean `unique`?
    ");
    insta::assert_snapshot!(toml("[naming]\nprimary_key = \"{table}_{columns}\"\n"), @"[configuration] limbeck.toml:2: the value of `naming.primary_key` has `{columns}`, which means nothing there");
    insta::assert_snapshot!(toml("[naming]\nunique = \"x\"\n"), @"[configuration] limbeck.toml:2: the value of `naming.unique` has no `{table}`, so that names would clash");
    insta::assert_snapshot!(toml("[databases.x]\nahead = \"no\"\n"), @"[configuration] limbeck.toml:2: the value of `databases.x.ahead` is neither `refuse` nor `warn`");
    insta::assert_snapshot!(toml("environment_variable = \"\"\n"), @"[configuration] limbeck.toml:1: the value of `environment_variable` is empty");
}

#[test]
fn a_broken_line_of_an_env_file_is_named_without_its_value() {
    let env = |text: &str| error(&[("limbeck.toml", ""), (".env", "A=1\n"), (".env.local", text)]);
    insta::assert_snapshot!(env("B=2\n\nPASSWORD=s3cret and more\n"), @r"
    [configuration] .env.local:3: this line is not NAME=value
      a value with blanks, `#` or `$` stands between quotes, and a quote is closed
    ");
    insta::assert_snapshot!(env("\u{feff}B='s3cret\nC=3\n"), @r"
    [configuration] .env.local:1: this line is not NAME=value
      a value with blanks, `#` or `$` stands between quotes, and a quote is closed
    ");
    assert!(env("# why\ns3cret\n").starts_with("[configuration] .env.local:2:"));
    assert!(env("B=\"${A\"\n").starts_with("[configuration] .env.local:1:"));
}

/// The URL after all layers, and the name of the layer it comes from.
fn url(files: &[(&str, &str)], environment: &[(&str, &str)]) -> (String, String) {
    let folder = folder(files);
    let environment: Environment = environment.iter().copied().collect();
    let config = Config::load(&Project::of(folder.path()), &environment).unwrap();
    let settings = config.database(&DatabaseChoice::default(), &[]).unwrap();
    let layer = settings.url.layer.to_string();
    let layer = Path::new(&layer)
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    (settings.url.value.to_string(), layer)
}

#[test]
fn a_file_is_relative_to_what_names_it() {
    let folder = folder(&[
        (
            "shop/limbeck.toml",
            "url = \"x:data/app.db\"\n[databases.b]\nurl = \"x:b.db\"\n",
        ),
        ("shop/src/x", ""),
    ]);
    let shop = folder.path().join("shop").canonicalize().unwrap();
    let file = |name: Option<&str>, environment: &[(&str, &str)]| {
        let environment: Environment = environment.iter().copied().collect();
        let config = Config::load(&Project::of(shop.join("src")), &environment).unwrap();
        let choice = DatabaseChoice::new(None, name, None);
        config.database(&choice, &[]).unwrap().url.value.file().unwrap()
    };
    assert_eq!(file(None, &[]), shop.join("data/app.db"));
    assert_eq!(file(Some("b"), &[]), shop.join("b.db"));
    assert_eq!(file(None, &[("DATABASE_URL", "x:env.db")]), Path::new("env.db"));
    fs::write(shop.join(".env"), "DATABASE_URL=x:other.db\n").unwrap();
    assert_eq!(file(None, &[]), shop.join("other.db"));
}

#[test]
fn a_more_specific_layer_wins() {
    let files = [
        (
            "limbeck.toml",
            "url = \"x:toml\"\nenvironment_variable = \"MODE\"\n",
        ),
        (".env", "DATABASE_URL=x:env\n"),
        (".env.local", "DATABASE_URL=x:local\n"),
        (".env.test", "DATABASE_URL=x:test\n"),
        (".env.test.local", "DATABASE_URL=x:test-local\n"),
    ];
    let expect = |count: usize, environment: &[(&str, &str)], value: &str, layer: &str| {
        assert_eq!(
            url(&files[..count], environment),
            (value.to_owned(), layer.to_owned())
        );
    };
    expect(1, &[], "x:toml", "limbeck.toml");
    expect(2, &[], "x:env", ".env");
    expect(5, &[], "x:local", ".env.local");
    expect(4, &[("MODE", "test")], "x:test", ".env.test");
    expect(5, &[("MODE", "test")], "x:test-local", ".env.test.local");
    expect(
        5,
        &[("MODE", "test"), ("DATABASE_URL", "x:process")],
        "x:process",
        "environment",
    );
    expect(5, &[("MODE", ""), ("DATABASE_URL", "")], "x:local", ".env.local");
}

#[test]
fn an_env_file_may_say_the_mode_and_use_earlier_layers() {
    let value = r#"NAME_OF_TEST="it's \"\$x\" \\ so""#;
    let env = format!("LIMBECK_ENV=test\n{value}\n");
    let files = [
        ("limbeck.toml", ""),
        (".env", env.as_str()),
        (
            ".env.test",
            "export OTHER_OF_TEST=${NAME_OF_TEST}\nDATABASE_URL=\"x:${OTHER_OF_TEST}!\"\n",
        ),
    ];
    assert_eq!(
        url(&files, &[]),
        (r#"x:it's "$x" \ so!"#.to_owned(), ".env.test".to_owned())
    );
}

#[test]
fn a_mode_is_no_path() {
    let folder = folder(&[("limbeck.toml", "")]);
    let environment: Environment = [("LIMBECK_ENV", "../x")].into_iter().collect();
    let error = Config::load(&Project::of(folder.path()), &environment).unwrap_err();
    insta::assert_snapshot!(shown(folder.path(), &error), @"[configuration] the value of LIMBECK_ENV (environment) names the files `.env.{ENV}`, so it cannot be a path");
}

#[test]
fn nothing_secret_is_printed() {
    let folder = folder(&[
        ("limbeck.toml", "url = \"acme://ann:s3cret@host/db\"\n"),
        (".env", "PASSWORD=s3cret\n"),
    ]);
    let config = load(folder.path()).unwrap();
    let settings = config.database(&DatabaseChoice::default(), &[]).unwrap();
    let printed = format!("{config:?} {settings:?}");
    assert!(!printed.contains("s3cret"), "{printed}");
}
