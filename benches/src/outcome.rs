//! What was measured.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use crate::engine::Engine;
use crate::measure::median;

/// All that one run has measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// What ran, by the word of the program: its version.
    pub versions: Vec<Version>,
    /// Peers that are not installed.
    pub missing: Vec<String>,
    /// One for each row, engine and size.
    pub outcomes: Vec<Outcome>,
    /// What could not be measured.
    pub failures: Vec<Failure>,
}

/// A program and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The program.
    pub program: String,
    /// What it says of its version.
    pub version: String,
}

/// A case that could not be measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The row's name.
    pub row: String,
    /// The case.
    pub case: Case,
    /// Why.
    pub reason: String,
}

/// One of the measurements of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The engine; none where no database is asked.
    pub engine: Option<Engine>,
    /// How large: the number of what `unit` says.
    pub size: usize,
    /// What is counted, and what is done where a row does several things: `revisions`, `revisions, history`.
    pub unit: String,
}

impl Case {
    /// A case on an engine.
    pub fn on(engine: Engine, size: usize, unit: impl Into<String>) -> Self {
        Self {
            engine: Some(engine),
            size,
            unit: unit.into(),
        }
    }

    /// A case without a database.
    pub fn offline(size: usize, unit: impl Into<String>) -> Self {
        Self {
            engine: None,
            size,
            unit: unit.into(),
        }
    }

    /// The size with what is counted: `1,000 revisions`.
    pub fn label(&self) -> String {
        format!("{} {}", grouped(self.size), self.unit)
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.engine {
            Some(engine) => write!(f, "{engine}, {}", self.label()),
            None => f.write_str(&self.label()),
        }
    }
}

/// What a figure may be at most.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// So many times the floor's time.
    Ratio(f64),
    /// Seconds.
    Seconds(f64),
    /// Megabytes, of 1,000,000 bytes.
    Megabytes(f64),
    /// Events a second.
    PerSecond(f64),
}

impl Target {
    /// The number.
    pub const fn limit(self) -> f64 {
        match self {
            Self::Ratio(limit) | Self::Seconds(limit) | Self::Megabytes(limit) | Self::PerSecond(limit) => {
                limit
            }
        }
    }

    /// A figure in the target's unit.
    pub fn show(self, figure: f64) -> String {
        match self {
            Self::Ratio(_) => format!("{figure:.2}"),
            Self::Seconds(_) if figure < 1.0 => format!("{figure:.3} s"),
            Self::Seconds(_) => format!("{figure:.1} s"),
            Self::Megabytes(_) => format!("{figure:.1} MB"),
            Self::PerSecond(_) => format!("{figure:.1}/s"),
        }
    }

    /// Whether a figure meets it, as far as two decimals of a ratio tell.
    pub fn is_met_by(self, figure: f64) -> bool {
        match self {
            Self::Ratio(limit) => (figure * 100.0).round() <= (limit * 100.0).round(),
            _ => figure <= self.limit(),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ratio(limit) => write!(f, "≤ {limit}"),
            Self::Seconds(limit) => write!(f, "< {limit} s"),
            Self::Megabytes(limit) => write!(f, "< {limit} MB"),
            Self::PerSecond(limit) => write!(f, "< {limit}/s"),
        }
    }
}

/// A case with its figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The row's name.
    pub row: String,
    /// The case.
    pub case: Case,
    /// What the figure may be.
    pub target: Target,
    /// Limbeck's figure, in the target's unit.
    pub figure: f64,
    /// Of how many rounds it is the median.
    pub rounds: usize,
    /// Limbeck, its floor and its peers.
    pub standings: Vec<Standing>,
}

impl Outcome {
    /// Whether the target is met.
    pub fn is_met(&self) -> bool {
        self.target.is_met_by(self.figure)
    }

    /// The one in this role; the first of several.
    pub fn of(&self, role: Role) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.role == role)
    }

    /// All peers, and other ways that Limbeck has.
    pub fn others(&self) -> impl Iterator<Item = &Standing> {
        let others = |standing: &&Standing| matches!(standing.role, Role::Peer | Role::Variant);
        self.standings.iter().filter(others)
    }
}

/// What a contender is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What the target is about.
    Limbeck,
    /// What it is compared with.
    Floor,
    /// Limbeck with an option that the target is not about.
    Variant,
    /// Another tool.
    Peer,
}

/// How a contender did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// Its times.
    pub wall: Option<Summary>,
    /// Its processor times, without those of a server.
    pub cpu: Option<Summary>,
    /// The median of its times, each as a multiple of the floor's in the same round.
    pub ratio: Option<f64>,
    /// The same for processor times.
    pub cpu_ratio: Option<f64>,
    /// Why it has no times.
    pub failure: Option<String>,
}

impl Standing {
    /// One that failed.
    pub fn failed(name: String, failure: String) -> Self {
        Self {
            name,
            role: Role::Peer,
            wall: None,
            cpu: None,
            ratio: None,
            cpu_ratio: None,
            failure: Some(failure),
        }
    }
}

/// Several times, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The shortest.
    pub least: f64,
    /// The median.
    pub median: f64,
    /// The longest.
    pub most: f64,
}

impl Summary {
    /// Of these times; all are 0 where there is none.
    pub fn of(times: impl Iterator<Item = Duration>) -> Self {
        let mut times: Vec<f64> = times.map(|time| time.as_secs_f64() * 1000.0).collect();
        times.sort_by(f64::total_cmp);
        Self {
            least: times.first().copied().unwrap_or_default(),
            most: times.last().copied().unwrap_or_default(),
            median: median(times).unwrap_or_default(),
        }
    }
}

/// A number with a comma before each three digits: `1,000,000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_counts_as_it_is_shown() {
        assert!(Target::Ratio(1.0).is_met_by(1.004));
        assert!(!Target::Ratio(1.0).is_met_by(1.006));
        assert!(!Target::Megabytes(48.0).is_met_by(48.001));
    }

    #[test]
    fn numbers_have_commas() {
        assert_eq!(grouped(10), "10");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(Case::offline(100_000, "revisions").label(), "100,000 revisions");
    }
}
