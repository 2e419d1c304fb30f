use insta::assert_snapshot;

use crate::graph::Revision;
use crate::graph::RevisionGraph;
use crate::graph::RevisionId;

/// Draws revisions that are given in load order as `id parent parent`.
fn draw(revisions: &[&str]) -> String {
    let revisions = revisions.iter().map(|line| {
        let mut names = line.split(' ').map(|name| RevisionId::new(name).unwrap());
        let mut revision = Revision::new(names.next().unwrap(), "");
        revision.revises = names.collect();
        revision
    });
    let graph = RevisionGraph::new(revisions.collect()).unwrap();
    let listed = graph.newest_first();
    let rows = graph.lanes(&listed).map(|row| match row.revision {
        Some(index) => format!("{row}  {}", listed[index].id),
        None => row.to_string(),
    });
    rows.collect::<Vec<String>>().join("\n")
}

#[test]
fn a_chain_is_one_lane() {
    assert_snapshot!(draw(&["a", "b a", "c b"]), @r"
    *  c
    *  b
    *  a
    ");
}

#[test]
fn a_fork_joins_above_its_base() {
    assert_snapshot!(draw(&["a", "b a", "c a", "d c"]), @r"
    *  b
    | *  d
    | *  c
    |/
    *  a
    ");
}

#[test]
fn a_merge_opens_lanes() {
    assert_snapshot!(draw(&["a", "b a", "c a", "d a", "m b c d", "n m"]), @r"
    *  n
    *  m
    |\
    |\ \
    * | |  b
    | * |  c
    |/ /
    | *  d
    |/
    *  a
    ");
}

#[test]
fn histories_apart_stand_one_below_the_other() {
    assert_snapshot!(draw(&["a", "b a", "x", "y x"]), @r"
    *  b
    *  a
    *  y
    *  x
    ");
}

#[test]
fn branches_between_branches() {
    assert_snapshot!(draw(&["a", "b a", "c a", "d b c", "e b", "f c", "g e f", "h a", "i"]), @r"
    *  d
    |\
    | | *  g
    | | |\
    | | * |  e
    |_|/ /
    * | |  b
    | | | *  h
    |_|_|/
    | | *  f
    | |/
    | *  c
    |/
    | *  i
    *  a
    ");
}

#[test]
fn a_merge_into_a_far_lane() {
    assert_snapshot!(draw(&["r", "a r", "b r", "c r", "t a", "u b", "v c", "m v a", "n u t"]), @r"
    *  m
    |\
    * |  v
    * |  c
    | | *  n
    | | |\
    | | * |  u
    | | * |  b
    |_|/ /
    | | *  t
    | |/
    | *  a
    |/
    *  r
    ");
}

#[test]
fn lanes_move_left_when_one_ends() {
    assert_snapshot!(draw(&["a", "x", "b a", "m x b", "c b"]), @r"
    *  m
    |\
    * |  x
     /
    | *  c
    |/
    *  b
    *  a
    ");
}

#[test]
fn a_merge_leads_into_lanes_that_are_there() {
    assert_snapshot!(draw(&["r", "b r", "c r", "x c", "m b c"]), @r"
    *  x
    | *  m
    |/|
    | *  b
    * |  c
    |/
    *  r
    ");
    assert_snapshot!(draw(&["r", "a r", "b r", "c r", "x a", "y b", "m c a"]), @r"
    *  x
    | *  m
    |/|
    | *  c
    * |  a
    |/
    | *  y
    | *  b
    |/
    *  r
    ");
    assert_snapshot!(draw(&["r", "a r", "b r", "c r", "m b c", "n a c", "o a b", "p a", "q b"]), @r"
    *  m
    |\
    | | *  o
    |_|/|
    | | | *  n
    | |_|/|
    | | |/
    | | | *  q
    |_|_|/
    | | | *  p
    | | |/
    | | *  a
    * | |  b
    |_|/
    | *  c
    |/
    *  r
    ");
}
