//! Scripts in folders.

use std::fs;
use std::path::Path;

use limbeck_core::script::DirectorySource;
use limbeck_core::script::ScriptSet;
use limbeck_core::script::ScriptSource as _;

fn script(folder: &Path, name: &str, id: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("-- limbeck:revision {id}\n-- limbeck:upgrade\n")).unwrap();
}

fn ids(source: &DirectorySource) -> Vec<String> {
    let set = ScriptSet::load(source).unwrap();
    set.iter().map(|script| script.revision().to_string()).collect()
}

#[test]
fn folders_are_read_in_order_and_files_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    script(root, "two/b.sql", "b");
    script(root, "two/a.SQL", "a");
    script(root, "two/0sub/z.sql", "z");
    script(root, "one/x.sql", "x");
    for other in [
        "two/.hidden.sql",
        "two/.#b.sql",
        "two/b.sql~",
        "two/#b.sql#",
        "two/notes.md",
    ] {
        fs::write(root.join(other), "not a script").unwrap();
    }
    fs::create_dir(root.join("two/folder.sql")).unwrap();
    let source = DirectorySource::new([root.join("two"), root.join("one")]);
    assert_eq!(ids(&source), ["a", "b", "x"]);
    assert_eq!(ids(&source.recursive(true)), ["a", "b", "z", "x"]);
}

#[test]
fn one_location_may_lie_in_another() {
    let folder = tempfile::tempdir().unwrap();
    script(folder.path(), "a.sql", "a");
    script(folder.path(), "sub/b.sql", "b");
    let source = DirectorySource::new([folder.path().join("sub"), folder.path().to_owned()]).recursive(true);
    assert_eq!(ids(&source), ["b", "a"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    script(root, "real/a.sql", "a");
    script(root, "elsewhere/b.sql", "b");
    symlink(root.join("real"), root.join("real/back")).unwrap();
    symlink(root.join("elsewhere"), root.join("real/there")).unwrap();
    let source = DirectorySource::new([root.join("real")]).recursive(true);
    assert_eq!(ids(&source), ["a", "b"]);

    symlink(root.join("nowhere"), root.join("real/c.sql")).unwrap();
    symlink(root.join("nowhere"), root.join("real/other")).unwrap();
    let errors = ScriptSet::load(&source).unwrap_err();
    let kinds: Vec<&str> = errors.iter().map(|error| error.kind).collect();
    assert_eq!(kinds, ["unreadable"]);
}

#[test]
fn a_source_tells_which_new_files_it_would_read() {
    let flat = DirectorySource::new(["migrations"]);
    let deep = flat.clone().recursive(true);
    let answers = |path: &str| [&flat, &deep].map(|source| source.reads(Path::new(path)));
    assert_eq!(answers("migrations/a.sql"), [true, true]);
    assert_eq!(answers("migrations/2026/a.sql"), [false, true]);
    for path in [
        "migrations/.a.sql",
        "migrations/.x/a.sql",
        "migrations/a.txt",
        "migrations/../a.sql",
        "other/a.sql",
    ] {
        assert_eq!(answers(path), [false, false], "{path}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.sql"), b"-- caf\xc3\xa9\n-- caf\xe9\n").unwrap();
    fs::write(folder.path().join("b.sql"), "\u{feff}\r\n").unwrap();
    let source = DirectorySource::new([folder.path().to_owned(), folder.path().join("missing")]);
    let errors = ScriptSet::load(&source).unwrap_err();
    let shown: Vec<String> = errors
        .iter()
        .map(|error| {
            format!(
                "[{}] {error}\n  {}",
                error.kind,
                error.hint.clone().unwrap_or_default()
            )
        })
        .collect();
    let folder = format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR);
    let shown = shown.join("\n").replace(&folder, "");
    let shown = shown.split(" (os error").next().unwrap();
    insta::assert_snapshot!(shown, @r#"
    [not_utf8] a.sql:2: the file is not UTF-8: line 2 has a byte that is part of no character
      save the file as UTF-8
    [empty_file] b.sql: the file is empty
      delete it, or write one with `limbeck revision -m "…"`
    [location] missing: the folder of revisions cannot be read: No such file or directory
    "#);
    assert!(errors.iter().last().unwrap().hint.is_some());
    assert_eq!(source.locations().len(), 2);
}

#[test]
fn a_long_history_is_loaded_by_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..2000 {
        let revises = match number {
            0 => String::new(),
            _ => format!("-- limbeck:revises r{:05}\n", number - 1),
        };
        let text = format!("-- limbeck:revision r{number:05}\n{revises}-- limbeck:upgrade\nSELECT 'open\n");
        fs::write(folder.path().join(format!("{number:05}.sql")), text).unwrap();
    }
    let set = ScriptSet::load(&DirectorySource::new([folder.path()])).unwrap();
    assert_eq!(set.iter().count(), 2000);
    assert_eq!(set.graph().heads().count(), 1);
}
