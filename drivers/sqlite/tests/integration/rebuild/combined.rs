//! Alterations that come on top of each other in one revision.

use super::*;

#[tokio::test]
async fn values_go_through_each_type() {
    let case =
        Case::new("CREATE TABLE t (a TEXT, b TEXT, c INT); INSERT INTO t VALUES ('007', 'x', 1)").await;
    case.alter(
        "ALTER TABLE t ALTER COLUMN a SET DATA TYPE INTEGER; ALTER TABLE t ALTER COLUMN a SET DATA TYPE TEXT;\n\
         ALTER TABLE t ALTER COLUMN a SET DATA TYPE VARCHAR(3); ALTER TABLE t RENAME COLUMN a TO d",
    )
    .await;
    assert_eq!(case.project.rows("SELECT d FROM t"), ["7"]);
    let refusal = Case::new("CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('x', 'x')")
        .await
        .refusal("ALTER TABLE t ALTER COLUMN a SET DATA TYPE INTEGER; ALTER TABLE t ALTER COLUMN a SET DATA TYPE TEXT")
        .await;
    assert!(refusal.contains("rows whose value would not fit: 1"), "{refusal}");
}

#[tokio::test]
async fn what_is_altered_can_be_dropped_or_renamed_behind_it() {
    let case = Case::new("CREATE TABLE t (a TEXT, b TEXT, c INT); INSERT INTO t VALUES ('x', 'y', 1)").await;
    case.alter(
        "ALTER TABLE t ALTER COLUMN b SET DATA TYPE INTEGER; ALTER TABLE t DROP COLUMN b;\n\
         ALTER TABLE t ADD COLUMN d INTEGER DEFAULT 4 UNIQUE; ALTER TABLE t RENAME COLUMN d TO e;\n\
         ALTER TABLE t ALTER COLUMN e SET DEFAULT 5; ALTER TABLE t DROP CONSTRAINT uq_t_d;\n\
         ALTER TABLE t ADD CONSTRAINT k CHECK (e < 9 AND c > 0); ALTER TABLE t RENAME COLUMN c TO b;\n\
         ALTER TABLE t RENAME CONSTRAINT k TO l; ALTER TABLE t ALTER COLUMN e SET NOT NULL",
    )
    .await;
    insta::assert_snapshot!(case.after().text("t"), @r#"
    (a TEXT, "b" INT,
       "e" INTEGER DEFAULT 5 NOT NULL,
       CONSTRAINT "l" CHECK ("e" < 9 AND "b" > 0))
    "#);
    assert_eq!(case.after().rows["t"], ["1|'x'|1|4"]);
}

#[tokio::test]
async fn keys_come_and_go() {
    let case = Case::new(
        "CREATE TABLE t (id INTEGER, note TEXT); INSERT INTO t VALUES (3, 'c'), (1, 'a');\n\
         CREATE TABLE u (id INTEGER CONSTRAINT k PRIMARY KEY, note TEXT); INSERT INTO u VALUES (3, 'c'), (1, 'a')",
    )
    .await;
    case.alter("ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (id); ALTER TABLE u DROP CONSTRAINT k")
        .await;
    let after = case.after();
    insta::assert_snapshot!([after.text("t"), after.text("u")].join("\n"), @r#"
    (id INTEGER, note TEXT,
       CONSTRAINT "k" PRIMARY KEY ("id"))
    (id INTEGER NOT NULL, note TEXT)
    "#);
    for table in ["t", "u"] {
        assert_eq!(
            case.project
                .rows(&format!("SELECT id, note FROM {table} ORDER BY id")),
            ["1|a", "3|c"]
        );
    }
}

#[tokio::test]
async fn a_derived_downgrade_is_a_rebuild_back() {
    let project = Project::new();
    let files: [File<'_>; 2] = [
        (
            "a1",
            "",
            "-- limbeck:upgrade\nCREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(9) DEFAULT 'x', b INTEGER NOT NULL);\n\
             CREATE INDEX i ON t (a DESC);\nINSERT INTO t (id, b) VALUES (1, 2);\n",
        ),
        (
            "b2",
            "a1",
            "-- limbeck:upgrade\nALTER TABLE t ALTER COLUMN a SET DATA TYPE TEXT; ALTER TABLE t ALTER COLUMN a DROP DEFAULT;\n\
             ALTER TABLE t ALTER COLUMN b DROP NOT NULL; ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, b);\n",
        ),
    ];
    let migrator = project.migrator(&files);
    migrator.upgrade("a1", &mut Ignore).await.unwrap();
    let before = Contents::of(&project);
    migrator.upgrade("b2", &mut Ignore).await.unwrap();
    assert_eq!(Contents::of(&project).rows, before.rows);
    assert_ne!(Contents::of(&project), before);
    migrator.downgrade("a1", &mut Ignore).await.unwrap();
    insta::assert_snapshot!(Contents::of(&project).text("t"), @r#"
     (
        "id" BIGINT NOT NULL,
        "a" VARCHAR(9) DEFAULT 'x',
        "b" INTEGER NOT NULL,
        CONSTRAINT "pk_t" PRIMARY KEY ("id")
    )
    "#);
    assert_eq!(Contents::of(&project).rows, before.rows);
    assert_eq!(Contents::of(&project).text("i"), before.text("i"));
}
