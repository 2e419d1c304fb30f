//! What the server is asked of each kind of objects, and whether there are any.

use limbeck_core::driver::Row;

use super::collected::Collected;
use super::constraint;
use super::function;
use super::index;
use super::kind;
use super::namespace;
use super::other;
use super::policy;
use super::sequence;
use super::statistics;
use super::trigger;
use super::view;

/// What is done with a document of an answer.
type Take = fn(&str, &mut Collected) -> Result<(), serde_json::Error>;

/// A question of which the answer is a document for each object.
pub(super) struct Part {
    /// The rows of the server's catalogue without which the answer is empty: a table, and what else must be true of a row.
    /// To ask whether there is one takes a fraction of the time. None where there always are some.
    rows: &'static [(&'static str, &'static str)],
    pub(super) question: String,
    pub(super) take: Take,
}

impl Part {
    /// Asked always.
    const fn always(question: String, take: Take) -> Self {
        Self {
            rows: &[],
            question,
            take,
        }
    }

    /// Asked where one of the tables has such a row.
    const fn of(rows: &'static [(&'static str, &'static str)], question: String, take: Take) -> Self {
        Self { rows, question, take }
    }

    /// The condition that there may be something. What a server has from its beginning has a number below 16384, also what
    /// was made in single-user mode before its first start
    /// (<https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT>).
    fn presence(&self) -> String {
        let rows = self.rows.iter().map(|(table, condition)| {
            format!("EXISTS (SELECT FROM pg_catalog.{table} WHERE oid >= 16384{condition})")
        });
        let rows: Vec<String> = rows.collect();
        rows.join(" OR ")
    }
}

/// The parts of which the schema model has words.
pub(super) fn of_model() -> Vec<Part> {
    vec![
        Part::always(constraint::question(), constraint::take),
        Part::always(index::question(), index::take),
    ]
}

/// The other ones, on a server of this version.
pub(super) fn beyond_model(major: u32) -> Vec<Part> {
    vec![
        Part::of(
            &[("pg_namespace", "")],
            namespace::schemas(),
            namespace::take_schema,
        ),
        Part::of(
            &[("pg_extension", "")],
            namespace::extensions(),
            namespace::take_extension,
        ),
        Part::of(
            &[("pg_collation", "")],
            namespace::collations(),
            namespace::take_collation,
        ),
        Part::of(
            &[
                ("pg_type", " AND typtype IN ('e', 'd', 'r')"),
                ("pg_class", " AND relkind = 'c'"),
            ],
            kind::question(major),
            kind::take,
        ),
        Part::of(
            &[("pg_class", " AND relkind = 'S'")],
            sequence::question(),
            sequence::take,
        ),
        Part::of(&[("pg_proc", "")], function::question(), function::take),
        Part::of(
            &[("pg_statistic_ext", "")],
            statistics::question(major),
            statistics::take,
        ),
        Part::of(
            &[("pg_class", " AND relkind IN ('v', 'm')")],
            view::question(),
            view::take,
        ),
        Part::of(
            &[("pg_rewrite", " AND rulename <> '_RETURN'")],
            trigger::rules(),
            trigger::take_rule,
        ),
        Part::of(
            &[("pg_trigger", " AND NOT tgisinternal")],
            trigger::triggers(major),
            trigger::take_trigger,
        ),
        Part::of(&[("pg_policy", "")], policy::question(), policy::take),
        // A server has a wrapper, and a user mapping a server.
        Part::of(&[("pg_foreign_data_wrapper", "")], other::foreign(), other::take),
        Part::of(
            &[("pg_cast", ""), ("pg_operator", "")],
            other::operators(),
            other::take,
        ),
        Part::of(
            &[("pg_event_trigger", ""), ("pg_ts_dict", ""), ("pg_ts_config", "")],
            other::rest(),
            other::take,
        ),
        Part::of(&[("pg_publication", "")], other::publications(major), other::take),
    ]
}

/// The columns of a question that says of each part whether there may be something.
pub(super) fn presences(parts: &[Part]) -> Vec<String> {
    let asked = parts.iter().filter(|part| !part.rows.is_empty());
    asked.map(Part::presence).collect()
}

/// The parts of which there may be something, by the row with the answer to [`presences`] from a column on.
pub(super) fn present(parts: Vec<Part>, answer: Option<&Row>, from: usize) -> Vec<Part> {
    let mut column = from;
    let mut is_present = |part: &Part| {
        if part.rows.is_empty() {
            return true;
        }
        let said = answer.and_then(|row| row.text(column));
        column += 1;
        said != Some("f")
    };
    parts.into_iter().filter(|part| is_present(part)).collect()
}

#[cfg(test)]
mod tests {
    use limbeck_core::dialect::Value;

    use super::*;

    #[test]
    fn what_is_not_there_is_not_asked_for() {
        let parts = || beyond_model(17);
        let words = presences(&parts());
        assert_eq!(words.len(), parts().len());
        let only = "EXISTS (SELECT FROM pg_catalog.pg_policy WHERE oid >= 16384)";
        let answer = words.iter().map(|word| if word == only { "t" } else { "f" });
        let place = ["path", "schema", "jit"].into_iter().chain(answer);
        let row = Row(place.map(Value::from).collect());
        let asked = present(parts(), Some(&row), 3);
        let questions: Vec<&str> = asked.iter().map(|part| part.question.as_str()).collect();
        assert_eq!(questions, [policy::question()]);
    }

    #[test]
    fn without_an_answer_all_is_asked_for() {
        assert_eq!(present(beyond_model(17), None, 3).len(), beyond_model(17).len());
        assert_eq!(present(of_model(), None, 3).len(), 2);
    }
}
