use limbeck_core::operation::BuildError;
use limbeck_core::operation::CreateTable;
use limbeck_core::operation::Key;
use limbeck_core::operation::Operations;
use limbeck_core::schema::ReferentialAction;
use serde::Serialize;

#[derive(Serialize)]
struct Team {
    name: &'static str,
    quota: Option<f64>,
}

/// What every table has.
fn created(t: &mut CreateTable) {
    t.column("created", "TIMESTAMP")
        .not_null()
        .default("CURRENT_TIMESTAMP");
}

pub(crate) fn upgrade(operations: &mut Operations) -> Result<(), BuildError> {
    operations.create_table("team", |t| {
        t.id("id");
        t.column("name", "VARCHAR(50)").not_null().unique();
        t.column("quota", "NUMERIC(12, 2)").check("quota >= 0");
        created(t);
        t.comment("who owns what");
    })?;
    operations.create_table("member", |t| {
        t.column("team_id", "BIGINT");
        t.column("name", "VARCHAR(50)");
        t.column("role", "VARCHAR(10)").not_null().default_text("reader");
        created(t);
        t.primary_key(["team_id", "name"]);
        t.foreign_key(["team_id"], "team")
            .references(["id"])
            .on_delete(ReferentialAction::Cascade);
        t.check("role IN ('reader', 'writer')").named("ck_member_role");
        t.index([
            Key::expression("lower(name)"),
            Key::column("created").descending(),
        ]);
    })?;
    operations.bulk_insert(
        "team",
        [
            Team {
                name: "kernel",
                quota: Some(1.5),
            },
            Team {
                name: "tools",
                quota: None,
            },
        ],
    )?;
    operations.alter_table("member", |t| {
        t.add_column("mail", "TEXT");
        t.alter_column("name").set_type("VARCHAR(100)");
        t.rename_column("role", "kind");
        t.add_unique(["mail"]);
    })?;
    operations.execute("UPDATE member SET mail = name || '@example.org' WHERE kind = 'writer'")
}
