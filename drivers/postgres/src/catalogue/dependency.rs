//! What needs what.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::collections::HashSet;

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::Row;

use super::collected::Address;
use super::collected::Collected;

/// All dependencies between what is not the server's own. Those of the tables of a publication are said with it, and what
/// makes partitions be like their table is nobody's need.
pub(super) const QUESTION: &str = "\
    SELECT d.classid::bigint, d.objid::bigint, d.objsubid, d.refclassid::bigint, d.refobjid::bigint, d.refobjsubid, \
        d.deptype FROM pg_depend AS d \
    LEFT JOIN pg_constraint AS k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid \
    LEFT JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid \
    WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype NOT IN ('P', 'S') \
    AND d.classid NOT IN (SELECT r.oid FROM pg_class AS r \
        WHERE r.relname IN ('pg_publication_rel', 'pg_publication_namespace') AND r.relnamespace = 'pg_catalog'::regnamespace) \
    AND coalesce(k.conparentid = 0, true) \
    AND NOT coalesce(c.relispartition AND c.relkind IN ('i', 'I'), false) \
    AND NOT (d.classid = d.refclassid AND d.objid = d.refobjid)";

/// The class of tables and their like.
pub(super) const RELATION: u32 = 1259;

/// The class of triggers.
const TRIGGER: u32 = 2620;

/// A row of the answer.
struct Edge {
    from: Address,
    from_column: i32,
    to: Address,
    to_column: i32,
    kind: char,
}

impl Edge {
    fn read(row: &Row) -> Option<Self> {
        let number = |at: usize| row.text(at)?.parse::<u32>().ok();
        let column = |at: usize| row.text(at)?.parse::<i32>().ok();
        Some(Self {
            from: (number(0)?, number(1)?),
            from_column: column(2)?,
            to: (number(3)?, number(4)?),
            to_column: column(5)?,
            kind: row.text(6)?.chars().next()?,
        })
    }

    /// Whether the one is nothing but a part of the other: a default of its column, an array type of its type.
    fn is_within(&self) -> bool {
        matches!(self.kind, 'i' | 'a' | 'e')
    }
}

/// Lets each object have its needs.
pub(super) fn resolve(rows: &[Row], into: &mut Collected) {
    let edges: Vec<Edge> = rows.iter().filter_map(Edge::read).collect();
    let mut within: HashMap<Address, Vec<&Edge>> = HashMap::new();
    for edge in edges.iter().filter(|edge| edge.is_within()) {
        within.entry(edge.from).or_default().push(edge);
    }
    let mut needs: HashMap<ObjectId, BTreeSet<Need>> = HashMap::new();
    let mut types: HashMap<(ObjectId, String), BTreeSet<ObjectId>> = HashMap::new();
    for edge in &edges {
        if edge.from.0 == TRIGGER && !into.known.contains_key(&edge.from) {
            // It does what a constraint or the table above says.
            continue;
        }
        let (Some(from), Some(to)) = (owner(edge.from, into, &within), owner(edge.to, into, &within)) else {
            continue;
        };
        if from == to || is_ownership(edge, from, to) {
            continue;
        }
        let column = into.columns.get(&(edge.to.1, edge.to_column));
        let column = column.filter(|_| edge.to.0 == RELATION && to.kind == Kind::Table);
        let need = match column {
            Some(column) => Need::column(to.clone(), column.clone()),
            None => Need::whole(to.clone()),
        };
        needs.entry(from.clone()).or_default().insert(need);
        let own = into.columns.get(&(edge.from.1, edge.from_column));
        if let (Some(own), Kind::Type) = (own.filter(|_| edge.from.0 == RELATION), to.kind) {
            let place = (from.clone(), own.clone());
            types.entry(place).or_default().insert(to.clone());
        }
    }
    for object in &mut into.objects {
        object.needs.extend(needs.remove(&object.id).unwrap_or_default());
        if object.id.kind != Kind::Table {
            types_too(object, &types);
        }
        if let Some(whole) = object.part_of.clone() {
            let is_named = object.needs.iter().any(|need| need.object == whole);
            if !is_named {
                object.needs.insert(Need::whole(whole));
            }
        }
    }
    below(&mut into.objects);
}

/// Who uses a column cannot stay when its type goes for a moment.
fn types_too(object: &mut Object, types: &HashMap<(ObjectId, String), BTreeSet<ObjectId>>) {
    let used = object.needs.iter().filter_map(|need| {
        let column = need.column.clone()?;
        types.get(&(need.object.clone(), column))
    });
    let used: Vec<Need> = used.flatten().cloned().map(Need::whole).collect();
    object.needs.extend(used);
}

/// What a table needs only because a table above does changes together with that one. And an index of a partition comes
/// after those of the table above, which would take it as theirs.
fn below(objects: &mut [Object]) {
    let tables: HashMap<ObjectId, BTreeSet<Need>> = objects
        .iter()
        .filter(|object| object.id.kind == Kind::Table)
        .map(|table| (table.id.clone(), table.needs.clone()))
        .collect();
    let above = |table: &ObjectId| -> Vec<&ObjectId> {
        let needs = tables.get(table).into_iter().flatten();
        let needs = needs.map(|need| &need.object).filter(|id| id.kind == Kind::Table);
        needs.collect()
    };
    let is_index = |object: &Object| matches!(object.id.kind, Kind::Index | Kind::Constraint);
    let mut indexes: HashMap<ObjectId, BTreeSet<ObjectId>> = HashMap::new();
    for index in objects.iter().filter(|object| is_index(object)) {
        if let Some(whole) = &index.part_of {
            indexes.entry(whole.clone()).or_default().insert(index.id.clone());
        }
    }
    for object in objects.iter_mut() {
        if object.id.kind == Kind::Table {
            for parent in above(&object.id) {
                let inherited = tables.get(parent);
                object
                    .needs
                    .retain(|need| !inherited.is_some_and(|inherited| inherited.contains(need)));
            }
        } else if let (true, Some(whole)) = (is_index(object), &object.part_of) {
            let above = above(whole).into_iter().filter_map(|parent| indexes.get(parent));
            object.mentions.extend(above.flatten().cloned());
        }
    }
}

/// That a sequence belongs to a column is an object of its own.
fn is_ownership(edge: &Edge, from: &ObjectId, to: &ObjectId) -> bool {
    from.kind == Kind::Sequence && to.kind == Kind::Table && edge.kind == 'a'
}

/// The object that a row of the server's catalogue is, or belongs to.
fn owner<'a>(
    address: Address,
    collected: &'a Collected,
    within: &HashMap<Address, Vec<&Edge>>,
) -> Option<&'a ObjectId> {
    let mut at = address;
    let mut seen = HashSet::new();
    loop {
        if let Some(id) = collected.known.get(&at) {
            return Some(id);
        }
        if !seen.insert(at) {
            return None;
        }
        let edges = within.get(&at)?;
        // What it is made of comes before what it goes with.
        let next = ["i", "a", "e"]
            .iter()
            .find_map(|kind| edges.iter().find(|edge| kind.starts_with(edge.kind)));
        at = next?.to;
    }
}
