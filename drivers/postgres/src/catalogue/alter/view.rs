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
