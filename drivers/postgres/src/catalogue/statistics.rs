//! Statistics over several columns.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::collected::Collected;
use super::entry;
use super::entry::Head;
use super::entry::Whole;

#[derive(Debug, Deserialize)]
struct StatisticsEntry {
    #[serde(flatten)]
    head: Head,
    whole: Whole,
    definition: String,
    target: Option<i32>,
}

pub(super) fn question(major: u32) -> String {
    let head = entry::head("k", "stxname").replace("n.nspname", "o.nspname");
    let (whole, in_use, alone) = (entry::WHOLE, entry::IN_USE, entry::stands_alone("k"));
    let target = match major {
        13.. => "nullif(k.stxstattarget, -1)",
        _ => "NULL",
    };
    format!(
        "SELECT json_build_object({head}, 'whole', {whole}, 'definition', pg_get_statisticsobjdef(k.oid), 'target', {target}) \
         FROM pg_statistic_ext AS k JOIN pg_class AS c ON c.oid = k.stxrelid \
         JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_namespace AS o ON o.oid = k.stxnamespace \
         WHERE {in_use} AND {alone} ORDER BY k.oid"
    )
}

pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: StatisticsEntry = serde_json::from_str(document)?;
    let sql = &entry.head.sql;
    let id = into.id(Kind::Statistics, &entry.head);
    let mut statistics = Object::new(id, entry.definition, format!("DROP STATISTICS {sql}"));
    let whole = into.name(Some(&entry.whole.schema), &entry.whole.name);
    let kind = match entry.whole.kind {
        'm' => Kind::MaterializedView,
        _ => Kind::Table,
    };
    statistics.part_of = Some(ObjectId::new(kind, whole));
    entry::comment(&mut statistics, "STATISTICS", sql, entry.head.comment.as_deref());
    if let Some(target) = entry.target {
        let alter = format!("ALTER STATISTICS {sql} SET STATISTICS");
        entry::setting(
            &mut statistics,
            "statistics",
            format!("{alter} {target}"),
            format!("{alter} -1"),
        );
    }
    into.add(&entry.head, statistics);
    Ok(())
}
