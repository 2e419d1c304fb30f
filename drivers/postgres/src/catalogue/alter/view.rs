//! Views.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;

use super::noted;

/// CREATE OR REPLACE VIEW, which may add columns at the end.
pub(super) fn alter(change: &Change<'_>) -> Alteration {
    let Change { from, to, .. } = change;
    let mut columns = noted(to, "columns").lines();
    let grows = noted(from, "columns")
        .lines()
        .all(|column| columns.next() == Some(column));
    if !grows {
        return Alteration::Anew;
    }
    let (sql, query) = (noted(to, "sql"), noted(to, "query"));
    let mut statements = vec![format!("CREATE OR REPLACE VIEW {sql} AS\n{query}")];
    // It takes the options away.
    let stay = to
        .settings
        .iter()
        .filter(|(name, setting)| from.settings.get(*name) == Some(setting));
    let options = stay.filter(|(_, setting)| setting.unset.iter().any(|sql| sql.contains(" RESET (")));
    statements.extend(options.flat_map(|(_, setting)| setting.set.clone()));
    Alteration::quiet(statements)
}

/// REFRESH, where a view is only to be filled or emptied.
pub(super) fn alter_materialized(change: &Change<'_>) -> Alteration {
    let Change { from, to, .. } = change;
    let is_filled = noted(to, "populated") == "true";
    let bare = |text: &str| text.strip_suffix("\n WITH NO DATA").unwrap_or(text).to_owned();
    let texts = |create: &[String]| create.iter().map(|text| bare(text)).collect::<Vec<_>>();
    if texts(&from.create) != texts(&to.create) {
        return Alteration::Anew;
    }
    let data = if is_filled { "" } else { " WITH NO DATA" };
    let sql = noted(to, "sql");
    Alteration::quiet(vec![format!("REFRESH MATERIALIZED VIEW {sql}{data}")])
}
