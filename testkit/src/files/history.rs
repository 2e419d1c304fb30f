//! A history as files of SQL: in one, in many, and back.

use limbeck_core::engine::Offline;
use limbeck_core::graph::Ahead;
use limbeck_core::graph::Direction;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::Rows;

use super::Expect;
use super::same;
use crate::Client;
use crate::ClientDatabase;

/// A history, what writes it, and the client that runs it.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "what writes SQL has nothing to show")]
pub struct FileHistory<'a> {
    client: Client,
    offline: &'a Offline,
    graph: &'a RevisionGraph,
}

/// A revision to go to, and the rows of the version table before it.
struct Leg {
    from: Vec<String>,
    to: String,
}

impl<'a> FileHistory<'a> {
    /// The history of this graph, as `offline` writes it.
    pub fn new(client: Client, offline: &'a Offline, graph: &'a RevisionGraph) -> Self {
        Self {
            client,
            offline,
            graph,
        }
    }

    /// One file leaves what a file for each revision leaves. The way back leaves nothing but the history tables, and the
    /// second way up what the first one left. A file that was run stops when it is run again, and changes nothing.
    ///
    /// The same is done once more with what `between` puts in: it is called after each revision that was applied by a
    /// file of its own.
    ///
    /// # Panics
    /// One of these does not hold, or the server refuses a statement.
    pub fn goes_up_and_down(&self, between: impl Fn(&ClientDatabase, &str)) {
        let (Some(one), Some(several)) = (self.client.database(), self.client.database()) else {
            return;
        };
        self.in_one_file(&one);
        self.in_several_files(&several, |_, _| {});
        same("several files and one", &several.everything(), &one.everything());

        self.back_to_base(&one);
        self.back_in_two_files(&several);
        // On several lines, two files take them back in another order.
        same("down in two files and in one", &several.schema(), &one.schema());

        let Some(with_rows) = self.client.database() else {
            return;
        };
        self.in_several_files(&with_rows, &between);
        self.back_to_base(&with_rows);
    }

    /// The history in one file, which stops the second time, and back.
    ///
    /// # Panics
    /// As for [`Self::goes_up_and_down`].
    pub fn goes_in_one_file(&self) {
        if let Some(database) = self.client.database() {
            self.in_one_file(&database);
            self.back_to_base(&database);
        }
    }

    fn in_one_file(&self, database: &ClientDatabase) {
        let text = self.offline.upgrade(&[], "heads").expected("an upgrade").text;
        database.apply(&text).expected("the upgrade in one file");
        let after = database.everything();
        let refused = database.apply(&text).expect_refused("the same file again");
        assert!(!refused.is_empty());
        same("the file, twice", &database.everything(), &after);
    }

    fn in_several_files(&self, database: &ClientDatabase, between: impl Fn(&ClientDatabase, &str)) {
        for leg in self.legs() {
            let from: Vec<&str> = leg.from.iter().map(String::as_str).collect();
            let text = self.offline.upgrade(&from, &leg.to).expected(&leg.to).text;
            database.apply(&text).expected(&leg.to);
            between(database, &leg.to);
        }
    }

    fn back_to_base(&self, database: &ClientDatabase) {
        let before = database.schema();
        let text = self
            .offline
            .downgrade(&["heads"], "base")
            .expected("a downgrade")
            .text;
        database.apply(&text).expected("the downgrade in one file");
        assert_eq!(database.tables(), ["limbeck_journal", "limbeck_version"]);
        assert_eq!(
            database.rows("SELECT * FROM limbeck_version"),
            Vec::<String>::new()
        );

        let up = self.offline.upgrade(&[], "heads").expected("an upgrade").text;
        database.apply(&up).expected("the second upgrade");
        same("up again", &database.schema(), &before);
        database.apply(&text).expected("the second downgrade");
    }

    /// Down, up and down again, as [`Self::back_to_base`] does it.
    fn back_in_two_files(&self, database: &ClientDatabase) {
        let legs = self.legs();
        let Some(middle) = legs.get(legs.len() / 2) else {
            return;
        };
        let heads: Rows = self.graph.heads().map(|head| head.id.as_str()).collect();
        let plan = self
            .graph
            .plan_downgrade(&heads, &middle.to, &[])
            .expected(&middle.to);
        let rest: Vec<&str> = plan.rows_after.iter().collect();
        let down = [
            self.offline.downgrade(&["heads"], &middle.to),
            self.offline.downgrade(&rest, "base"),
        ];
        let up = [self.offline.upgrade(&[], "heads")];
        let both = down.into_iter().map(|sql| sql.expected("a downgrade").text);
        let both: Vec<String> = both.collect();
        for text in both
            .iter()
            .chain(&up.map(|sql| sql.expected("an upgrade").text))
            .chain(&both)
        {
            database.apply(text).expected("a part of the way");
        }
    }

    fn legs(&self) -> Vec<Leg> {
        let plan = self
            .graph
            .plan_upgrade(&Rows::empty(), "heads", Ahead::Refuse)
            .expected("a plan");
        let mut rows = Vec::new();
        let steps = plan.steps.iter().map(|step| {
            debug_assert_eq!(step.direction, Direction::Upgrade);
            let from = rows.clone();
            step.rows.apply(&mut rows);
            Leg {
                from,
                to: step.revision.to_string(),
            }
        });
        steps.collect()
    }
}
