//! Contenders side by side.

use std::path::Path;
use std::time::Duration;

use crate::error::BenchError;
use crate::outcome::Role;
use crate::outcome::Standing;
use crate::outcome::Summary;
use crate::work::Sample;
use crate::work::Work;

/// Rounds are never fewer than this, however long one takes.
const FEWEST: usize = 3;

/// How long a measurement goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounds {
    /// At most so many rounds.
    pub most: usize,
    /// A measurement whose rounds would take longer in all has fewer of them, though three at least.
    pub budget: Duration,
}

/// One of those that do the same work.
pub struct Contender<'a> {
    name: String,
    role: Role,
    prepare: Box<dyn FnMut() -> Result<Work, BenchError> + 'a>,
}

impl<'a> Contender<'a> {
    /// A contender; the function prepares a round, which is not measured.
    pub fn new(
        name: impl Into<String>,
        role: Role,
        prepare: impl FnMut() -> Result<Work, BenchError> + 'a,
    ) -> Self {
        Self {
            name: name.into(),
            role,
            prepare: Box::new(prepare),
        }
    }

    fn round(&mut self, scratch: &Path) -> Result<Sample, BenchError> {
        (self.prepare)()?.measure(scratch)
    }
}

/// Lets contenders do their work in turn, in another order each round, and says how they stand to the floor. One round
/// before the others warms the caches and does not count. A peer that fails is told so and leaves.
///
/// # Errors
/// Limbeck or the floor fails.
pub fn interleaved(
    mut contenders: Vec<Contender<'_>>,
    rounds: Rounds,
    scratch: &Path,
) -> Result<(usize, Vec<Standing>), BenchError> {
    let mut failures = Vec::new();
    let mut warm = Duration::ZERO;
    let mut running = Vec::new();
    for mut contender in contenders.drain(..) {
        match contender.round(scratch) {
            Ok(sample) => {
                warm += sample.wall;
                running.push((contender, Vec::new()));
            }
            Err(error) if contender.role == Role::Peer => {
                failures.push(Standing::failed(contender.name, error.to_string()));
            }
            Err(error) => return Err(error),
        }
    }
    let rounds = rounds.number(warm);
    for round in 0..rounds {
        for turn in 0..running.len() {
            let at = (round + turn) % running.len();
            if let Some((contender, samples)) = running.get_mut(at) {
                samples.push(contender.round(scratch)?);
            }
        }
    }
    let floor = running
        .iter()
        .find(|(contender, _)| contender.role == Role::Floor);
    let floor: Vec<Sample> = floor.map(|(_, samples)| samples.clone()).unwrap_or_default();
    let mut standings: Vec<Standing> = running
        .into_iter()
        .map(|(contender, samples)| standing(contender.name, contender.role, &samples, &floor))
        .collect();
    standings.extend(failures);
    Ok((rounds, standings))
}

impl Rounds {
    /// How many rounds there are when one takes so long.
    fn number(self, one: Duration) -> usize {
        let fit = self.budget.as_micros() / one.as_micros().max(1);
        usize::try_from(fit)
            .unwrap_or(self.most)
            .clamp(FEWEST.min(self.most), self.most)
    }
}

fn standing(name: String, role: Role, samples: &[Sample], floor: &[Sample]) -> Standing {
    let ratio = |of: fn(&Sample) -> Duration| {
        let pairs = samples.iter().zip(floor);
        let ratios = pairs.map(|(own, floor)| of(own).as_secs_f64() / of(floor).as_secs_f64().max(1e-9));
        median(ratios.collect())
    };
    Standing {
        name,
        role,
        wall: Some(Summary::of(samples.iter().map(|sample| sample.wall))),
        cpu: Some(Summary::of(samples.iter().map(|sample| sample.cpu))),
        ratio: ratio(|sample| sample.wall),
        cpu_ratio: ratio(|sample| sample.cpu),
        failure: None,
    }
}

/// The middle one, or the mean of the two in the middle; none of none.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = values.get(values.len() / 2)?;
    let lower = values.get((values.len() - 1) / 2)?;
    Some((lower + upper) / 2.0)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::process::Command;

    use super::*;

    const FIVE: Rounds = Rounds {
        most: 5,
        budget: Duration::from_secs(3600),
    };

    #[test]
    fn the_order_changes_from_round_to_round_and_the_first_one_does_not_count() {
        let scratch = tempfile::tempdir().unwrap();
        let turns = RefCell::new(String::new());
        let order = &turns;
        let contender = |name: &'static str, role| {
            Contender::new(name, role, move || {
                order.borrow_mut().push_str(name);
                Ok(Work::command(Command::new("true")))
            })
        };
        let contenders = vec![
            contender("a", Role::Limbeck),
            contender("b", Role::Floor),
            contender("c", Role::Peer),
        ];
        let (rounds, standings) = interleaved(contenders, FIVE, scratch.path()).unwrap();
        assert_eq!(rounds, 5);
        assert_eq!(*turns.borrow(), "abcabcbcacababcbca");
        assert_eq!(standings[1].ratio, Some(1.0));
        assert!(standings[0].ratio.is_some() && standings[2].wall.is_some());
    }

    #[test]
    fn a_peer_may_fail_and_a_floor_may_not() {
        let scratch = tempfile::tempdir().unwrap();
        let contender = |program: &'static str, role| {
            Contender::new(program, role, move || Ok(Work::command(Command::new(program))))
        };
        let contenders = || vec![contender("true", Role::Floor), contender("false", Role::Peer)];
        let (_, standings) = interleaved(contenders(), FIVE, scratch.path()).unwrap();
        assert!(
            standings[1]
                .failure
                .as_ref()
                .unwrap()
                .contains("`false` ended with")
        );
        assert_eq!(standings[1].ratio, None);
        let failed = interleaved(vec![contender("false", Role::Floor)], FIVE, scratch.path());
        assert!(failed.is_err());
    }

    #[test]
    fn rounds_that_take_long_are_fewer() {
        let rounds = Rounds {
            most: 11,
            budget: Duration::from_secs(60),
        };
        assert_eq!(rounds.number(Duration::from_millis(10)), 11);
        assert_eq!(rounds.number(Duration::from_secs(10)), 6);
        assert_eq!(rounds.number(Duration::from_secs(50)), 3);
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
