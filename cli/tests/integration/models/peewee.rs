//! Models of Peewee, which SQLAlchemy prints: `docs/examples/peewee`.

use std::fs;
use std::fs::File;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use insta::assert_snapshot;
use limbeck_testkit::skip_for_want_of;

use crate::project::Project;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples/peewee")
}

/// Puts the example into a project. None where Python or its packages cannot be had, which was said aloud.
pub(crate) fn example_in(project: &Project) -> Option<()> {
    let environment = match environment() {
        Ok(environment) => environment,
        Err(missing) => {
            skip_for_want_of("python", &missing);
            return None;
        }
    };
    symlink(environment, project.path(".venv")).unwrap();
    for file in ["limbeck.toml", "models.py", "print_ddl.py"] {
        project.write(file, fs::read(example().join(file)).unwrap());
    }
    Some(())
}

/// The virtual environment with the packages of the example. It is made once for all tests, and again when others are wanted.
fn environment() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peewee");
    fs::create_dir_all(&folder).unwrap();
    // Other processes may have the same in mind.
    let lock = File::create(folder.join("lock")).unwrap();
    lock.lock().unwrap();
    let (environment, installed) = (folder.join("venv"), folder.join("installed.txt"));
    let wanted = example().join("requirements.txt");
    if fs::read(&installed).ok() == fs::read(&wanted).ok() && environment.join("bin/python").exists() {
        return Ok(environment);
    }
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&environment))?;
    let mut install = Command::new(environment.join("bin/python"));
    let words = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ];
    run(install.args(words).arg(&wanted))?;
    fs::copy(wanted, installed).unwrap();
    Ok(environment)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

#[test]
fn models_of_peewee_become_revisions() {
    let project = Project::new();
    if example_in(&project).is_none() {
        return;
    }
    assert_eq!(project.limbeck("check").code, 1);
    project.good("revision --autogenerate -m First --rev-id a1");
    project.good("upgrade");
    assert_snapshot!(project.good("check"), @"
    no difference between 4 tables of revision a1 and 4 tables of .venv/bin/python print_ddl.py sqlite
    ");
    assert_eq!(project.limbeck("diff --from database --to models").code, 0);

    let models = project.read("models.py");
    let changed = models.replace("    name = peewee.TextField(null=True)\n", "    name = peewee.CharField(null=True, index=True)\n    phone = peewee.CharField(max_length=30, null=True)\n");
    assert_ne!(changed, models);
    project.write("models.py", changed);
    assert_snapshot!(project.limbeck("check").out, @r#"
    PRAGMA foreign_keys = OFF;
    SELECT json_extract('{}', 'foreign keys are on, and DROP TABLE would empty what refers to the table' || substr(foreign_keys, 2)) FROM pragma_foreign_keys WHERE foreign_keys;
    CREATE TABLE "limbeck_new_account" (
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    	email VARCHAR(100) NOT NULL, 
    	name VARCHAR(255), 
    	phone VARCHAR(30), 
    	active BOOLEAN DEFAULT TRUE NOT NULL, 
    	created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL, 
    	CONSTRAINT uq_account_email UNIQUE (email)
    );
    INSERT OR ABORT INTO "limbeck_new_account" ("id", "email", "name", "active", "created_at") SELECT "id", "email", "name", "active", "created_at" FROM "account";
    DELETE FROM sqlite_sequence WHERE name = 'limbeck_new_account';
    INSERT INTO sqlite_sequence (name, seq) SELECT 'limbeck_new_account', seq FROM sqlite_sequence WHERE name = 'account';
    DROP TABLE "account";
    PRAGMA legacy_alter_table = ON;
    ALTER TABLE "limbeck_new_account" RENAME TO "account";
    PRAGMA legacy_alter_table = OFF;
    PRAGMA foreign_keys = ON;
    CREATE INDEX ix_account_name ON account (name);
    "#);
    project.good("revision --autogenerate -m Second");
    project.good("upgrade");
    project.good("check");

    project.write(
        "models.py",
        models.replace("peewee.DateField()", "peewee.BareField()"),
    );
    let ran = project.limbeck("check");
    assert_snapshot!(ran.err.lines().last().unwrap().trim(), @"TypeError: Order.placed_on: say in TYPES what a BareField is");
}

#[test]
fn the_page_shows_the_example() {
    let page = fs::read_to_string(example().join("../../models.md")).unwrap();
    for file in ["limbeck.toml", "models.py", "requirements.txt"] {
        let text = fs::read_to_string(example().join(file)).unwrap();
        let shown = text
            .split_once("\n\n")
            .map_or(text.as_str(), |(_, rest)| rest)
            .trim();
        assert!(page.contains(shown), "{file}");
    }
}
