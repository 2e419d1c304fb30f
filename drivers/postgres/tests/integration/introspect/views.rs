//! Views: the server keeps no text of a query, and writes what it has understood in words of its own.

use limbeck_testkit::described_view;

use super::Place;
use super::assert_makes_the_same;

/// Names are qualified, columns have the names of the view, and `*` is the columns that there were.
#[tokio::test]
async fn queries_are_the_servers_own_text() {
    let made = Place::made_by(
        "CREATE TABLE team (id bigint PRIMARY KEY, name varchar(9));
         CREATE TABLE member (id bigint PRIMARY KEY, team_id bigint);
         CREATE VIEW a_team (number, label) AS SELECT t.id, t.name || '!' FROM team AS t JOIN member USING (id);
         CREATE VIEW b_all AS SELECT * FROM a_team CROSS JOIN (SELECT 1 AS one) AS o WHERE number IN (1, 2);
         ALTER TABLE team RENAME COLUMN name TO title;",
    );
    let Some(mut place) = made.await else { return };
    let read = place.read().await;
    place.close().await;
    let views: Vec<_> = read.views.values().map(described_view).collect();
    insta::assert_snapshot!(views.join("\n"), @"
    a_team () <SELECT t.id AS number,
        ((t.title)::text || '!'::text) AS label
       FROM (team t
         JOIN member USING (id))>
    b_all () <SELECT a_team.number,
        a_team.label,
        o.one
       FROM (a_team
         CROSS JOIN ( SELECT 1 AS one) o)
      WHERE (a_team.number = ANY (ARRAY[(1)::bigint, (2)::bigint]))>
    ");
    assert_makes_the_same(&read).await;
}
