//! Names for constraints that have none.

use limbeck_core::operation::NamingConvention;
use limbeck_core::schema::Name;

use super::constraint::ConstraintKind;
use super::constraint::ConstraintText;
use super::significant::mentioned;
use super::spelling::all_spelt_as;

/// Gives each constraint its own name, or that of the default convention, with a number behind it when it is taken.
pub(crate) fn named<'a>(
    table: &Name,
    columns: &[Name],
    constraints: Vec<ConstraintText<'a>>,
) -> Vec<(Name, ConstraintKind<'a>)> {
    let mut taken: Vec<Name> = constraints
        .iter()
        .filter_map(|constraint| constraint.name.clone())
        .collect();
    constraints
        .into_iter()
        .map(|ConstraintText { name, kind, .. }| {
            let name = name.unwrap_or_else(|| {
                let wanted = default_name(table, columns, &kind);
                let free = free(&wanted, &taken);
                taken.push(free.clone());
                free
            });
            (name, kind)
        })
        .collect()
}

/// The name that the default convention gives a constraint.
pub(crate) fn default_name(table: &Name, columns: &[Name], kind: &ConstraintKind<'_>) -> Name {
    let naming = NamingConvention::default();
    match kind {
        ConstraintKind::PrimaryKey { .. } => naming.primary_key(table),
        ConstraintKind::Unique(key) => naming.unique(table, &all_spelt_as(key, columns)),
        ConstraintKind::Check(text) => naming.check(table, &mentioned(text, columns)),
        ConstraintKind::ForeignKey(key) => naming.foreign_key(table, &all_spelt_as(&key.columns, columns)),
    }
}

fn free(wanted: &Name, taken: &[Name]) -> Name {
    let numbered = (2_usize..).filter_map(|number| Name::exact(format!("{wanted}_{number}")).ok());
    std::iter::once(wanted.clone())
        .chain(numbered)
        .find(|name| !taken.contains(name))
        .unwrap_or_else(|| wanted.clone())
}
