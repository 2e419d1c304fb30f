//! What `integrity_check` finds, counted by table and by column, check or index.

use std::collections::BTreeMap;

use limbeck_core::driver::DataFault;
use limbeck_core::driver::DataFaultKind;
use limbeck_core::driver::DriverError;

use super::Placed;
use super::catalogue::Catalogue;
use super::catalogue::quoted;
use super::explain::explain;
use super::is_damage;
use super::is_excusable;
use super::message::Names;
use super::message::Subject;
use super::rows::SHOWN;
use crate::client::Client;

/// Everything that is found is told.
const ALL: i32 = i32::MAX;

/// How much SQLite tells of one table when it is asked for that alone.
const MOST_OF_TABLE: u64 = 100;

/// Letters of SQLite's own words that are shown.
const LONGEST: usize = 200;

/// What was said about the rows of one table and one of its parts.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) rows: u64,
    /// Places of the first rows.
    pub(super) places: Vec<u64>,
    /// Whether there may be more rows.
    is_cut: bool,
}

impl Tally {
    /// How many rows, where that is known.
    pub(super) fn counted(&self) -> Option<u64> {
        (!self.is_cut).then_some(self.rows)
    }
}

/// All that was said.
#[derive(Debug, Default)]
struct Findings {
    tallies: BTreeMap<Subject, Tally>,
    /// About the storage.
    damage: Vec<String>,
    damages: u64,
    /// Tables that could not be looked at.
    unchecked: Vec<Placed>,
}

pub(super) fn check(client: &mut Client, catalogue: &Catalogue) -> Result<Vec<Placed>, DriverError> {
    let names = Names::of(catalogue);
    let mut findings = Findings::default();
    let whole = format!("PRAGMA main.integrity_check({ALL})");
    match client.each_text(&whole, |text| findings.take(&names, text)) {
        Ok(()) => {}
        Err(error) if is_excusable(&error) => findings = table_by_table(client, catalogue, &names)?,
        Err(error) => return Err(error),
    }
    findings.explained(client, catalogue)
}

/// Looks at each table alone, when something that one of them needs is missing.
fn table_by_table(
    client: &mut Client,
    catalogue: &Catalogue,
    names: &Names<'_>,
) -> Result<Findings, DriverError> {
    let mut findings = Findings::default();
    for (position, table) in catalogue.tables.iter().enumerate() {
        let sql = format!("PRAGMA main.integrity_check({})", quoted(&table.name));
        let mut told = 0;
        let looked = client.each_text(&sql, |text| {
            told += 1;
            findings.take(names, text);
        });
        let of_table = findings
            .tallies
            .iter_mut()
            .filter(|(subject, _)| subject.table() == position);
        of_table.for_each(|(_, tally)| tally.is_cut = told >= MOST_OF_TABLE);
        match looked {
            Ok(()) => {}
            Err(error) if is_damage(&error) => {
                findings.damaged(&format!("{}: {}", table.name, error.message))
            }
            Err(error) if is_excusable(&error) => {
                let mut fault = DataFault::new(DataFaultKind::Unchecked);
                fault.table = Some(table.name.clone());
                fault.detail = Some(error.message);
                findings.unchecked.push((Some(position), fault));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(findings)
}

impl Findings {
    /// Takes in one text, which may have several lines about the storage.
    fn take(&mut self, names: &Names<'_>, text: &str) {
        if let Some(message) = names.understand(text) {
            let tally = self.tallies.entry(message.subject).or_default();
            tally.rows += u64::from(message.is_row);
            if tally.places.len() < SHOWN {
                tally.places.extend(message.place);
            }
            return;
        }
        let lines = text
            .lines()
            .filter(|line| *line != "ok" && !line.starts_with("*** in database "));
        for line in lines {
            self.damaged(line);
        }
    }

    fn damaged(&mut self, line: &str) {
        self.damages += 1;
        if self.damage.is_empty() {
            self.damage.push(line.chars().take(LONGEST).collect());
        }
    }

    fn explained(self, client: &mut Client, catalogue: &Catalogue) -> Result<Vec<Placed>, DriverError> {
        let mut faults = self.unchecked;
        if let Some(first) = self.damage.first() {
            let mut fault = DataFault::new(DataFaultKind::Damage);
            fault.detail = Some(match self.damages {
                1 => first.clone(),
                number => format!("{first}, and {} more", number - 1),
            });
            fault.remedy =
                Some("restore a backup, or recover what is left with `sqlite3 <file> .recover`".to_owned());
            faults.push((None, fault));
        }
        for (subject, tally) in self.tallies {
            let position = subject.table();
            let Some(table) = catalogue.tables.get(position) else {
                continue;
            };
            let found = explain(client, table, subject, &tally)?;
            faults.extend(found.into_iter().map(|fault| (Some(position), fault)));
        }
        Ok(faults)
    }
}
