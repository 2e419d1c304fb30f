//! What comes before what.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::operation::may_read;
use crate::schema::Name;
use crate::schema::View;

/// Names in an order in which each comes after those that it needs, as far as there is one.
pub(super) fn in_order(needs: impl Iterator<Item = (Name, Vec<Name>)>) -> Vec<Name> {
    let needs: BTreeMap<Name, Vec<Name>> = needs.collect();
    let mut ordered = Vec::new();
    let mut seen = BTreeSet::new();
    for name in needs.keys() {
        // Each name with how many of its needs were looked at.
        let mut path = vec![(name, 0)];
        while let Some((name, looked_at)) = path.pop() {
            if looked_at == 0 && !seen.insert(name) {
                continue;
            }
            match needs.get(name).and_then(|needs| needs.get(looked_at)) {
                Some(need) => {
                    path.push((name, looked_at + 1));
                    if let Some((need, _)) = needs.get_key_value(need)
                        && !seen.contains(need)
                    {
                        path.push((need, 0));
                    }
                }
                None => ordered.push(name.clone()),
            }
        }
    }
    ordered
}

/// The names of views, each after those whose names it has.
pub(crate) fn views_in_order<'a>(views: impl IntoIterator<Item = &'a View>) -> Vec<Name> {
    let views: Vec<&View> = views.into_iter().collect();
    let needs = |view: &View| {
        let others = views.iter().filter(|other| other.name != view.name);
        let read = others.filter(|other| may_read(&view.query, &other.name));
        read.map(|other| other.name.clone()).collect::<Vec<_>>()
    };
    in_order(views.iter().map(|view| (view.name.clone(), needs(view))))
}
