//! Ratios as a plot.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::outcome::Outcome;
use crate::outcome::Role;
use crate::outcome::Target;

/// Where the plot begins, in pixels: what stands before it is the name of the work.
const LEFT: f64 = 330.0;
const WIDTH: f64 = 560.0;
const LINE: f64 = 20.0;
const TOP: f64 = 64.0;

/// One colour for each of those beside Limbeck, in the order in which they come up: Okabe and Ito's, which all eyes tell
/// apart.
const COLOURS: [&str; 6] = ["#e69f00", "#56b4e9", "#cc79a7", "#009e73", "#f0e442", "#999999"];
const LIMBECK: &str = "#0072b2";
const MISSED: &str = "#d55e00";

/// The outcomes whose figure is a ratio, a line each, on a logarithmic scale on which the floor is 1. The same results are
/// always the same text.
pub fn plot(title: &str, outcomes: &[&Outcome]) -> String {
    let lines: Vec<&Outcome> = outcomes
        .iter()
        .copied()
        .filter(|outcome| matches!(outcome.target, Target::Ratio(_)))
        .collect();
    let scale = Scale::of(&lines);
    let height = TOP + LINE * lines.len() as f64 + 40.0;
    let mut text = String::new();
    let _ = writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{total}\" height=\"{height}\" viewBox=\"0 0 {total} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"8\" y=\"20\" font-size=\"14\" font-weight=\"bold\">{}</text>",
        escaped(title),
        total = LEFT + WIDTH + 20.0,
    );
    let colours = colours(&lines);
    legend(&mut text, &colours);
    grid(&mut text, &scale, height);
    for (position, outcome) in lines.iter().enumerate() {
        let y = TOP + LINE * (position as f64 + 0.5);
        line(&mut text, &scale, &colours, outcome, y);
    }
    text.push_str("</svg>\n");
    text
}

/// From a power of ten to a power of ten.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(lines: &[&Outcome]) -> Self {
        let ratios = lines.iter().flat_map(|outcome| &outcome.standings);
        let ratios = ratios
            .filter_map(|standing| standing.ratio)
            .filter(|ratio| *ratio > 0.0);
        let (low, high) = ratios.fold((0.5_f64, 2.0_f64), |(low, high), ratio| {
            (low.min(ratio), high.max(ratio))
        });
        Self {
            low: low.log10().floor(),
            high: high.log10().ceil(),
        }
    }

    fn x(&self, ratio: f64) -> f64 {
        let share = (ratio.max(1e-9).log10() - self.low) / (self.high - self.low);
        LEFT + WIDTH * share.clamp(0.0, 1.0)
    }
}

/// The names beside Limbeck, with their colours.
fn colours<'a>(lines: &[&'a Outcome]) -> BTreeMap<&'a str, &'static str> {
    let mut colours = BTreeMap::new();
    for standing in lines.iter().flat_map(|outcome| outcome.others()) {
        let next = COLOURS
            .get(colours.len() % COLOURS.len())
            .copied()
            .unwrap_or(LIMBECK);
        colours.entry(standing.name.as_str()).or_insert(next);
    }
    colours
}

fn legend(text: &mut String, colours: &BTreeMap<&str, &'static str>) {
    let mut entries = vec![("Limbeck", LIMBECK), ("Limbeck, target missed", MISSED)];
    entries.extend(colours.iter().map(|(name, colour)| (*name, *colour)));
    let mut x = 8.0;
    for (name, colour) in entries {
        let _ = writeln!(
            text,
            "<circle cx=\"{:.1}\" cy=\"40\" r=\"5\" fill=\"{colour}\"/><text x=\"{:.1}\" y=\"44\">{}</text>",
            x + 5.0,
            x + 14.0,
            escaped(name)
        );
        x += 30.0 + 6.6 * name.chars().count() as f64;
    }
}

fn grid(text: &mut String, scale: &Scale, height: f64) {
    let mut power = scale.low;
    while power <= scale.high {
        let ratio = 10_f64.powf(power);
        let x = scale.x(ratio);
        let (colour, width) = if power == 0.0 {
            ("#000000", 1.5)
        } else {
            ("#dddddd", 1.0)
        };
        let _ = writeln!(
            text,
            "<line x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{ratio}</text>",
            height - 36.0,
            height - 20.0
        );
        power += 1.0;
    }
    let _ = writeln!(
        text,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">times the floor; a bar is the target</text>",
        LEFT + WIDTH / 2.0,
        height - 5.0
    );
}

fn line(text: &mut String, scale: &Scale, colours: &BTreeMap<&str, &'static str>, outcome: &Outcome, y: f64) {
    let name = format!("{}: {}", outcome.row, outcome.case);
    let _ = writeln!(
        text,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
        LEFT - 10.0,
        y + 4.0,
        escaped(&name)
    );
    let target = scale.x(outcome.target.limit());
    let _ = writeln!(
        text,
        "<line x1=\"{target:.1}\" y1=\"{:.1}\" x2=\"{target:.1}\" y2=\"{:.1}\" stroke=\"#000000\" stroke-width=\"2\"/>",
        y - 8.0,
        y + 8.0
    );
    for standing in &outcome.standings {
        let Some(ratio) = standing.ratio else { continue };
        let colour = match standing.role {
            Role::Floor => continue,
            Role::Limbeck if outcome.is_met() => LIMBECK,
            Role::Limbeck => MISSED,
            Role::Variant | Role::Peer => colours.get(standing.name.as_str()).copied().unwrap_or(LIMBECK),
        };
        let _ = writeln!(
            text,
            "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\"><title>{}: {ratio:.2}</title></circle>",
            scale.x(ratio),
            escaped(&standing.name)
        );
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::outcome::Case;
    use crate::outcome::Standing;

    fn standing(name: &str, role: Role, ratio: f64) -> Standing {
        Standing {
            role,
            ratio: Some(ratio),
            failure: None,
            ..Standing::failed(name.to_owned(), String::new())
        }
    }

    #[test]
    fn each_ratio_is_a_dot_at_its_place() {
        let outcome = Outcome {
            row: "noop".to_owned(),
            case: Case::on(Engine::Sqlite, 10, "revisions"),
            target: Target::Ratio(1.3),
            figure: 10.0,
            rounds: 3,
            standings: vec![
                standing("limbeck", Role::Limbeck, 10.0),
                standing("cat & sqlite3", Role::Floor, 1.0),
                standing("alembic", Role::Peer, 100.0),
            ],
        };
        let svg = plot("No-op", &[&outcome]);
        let dots: Vec<&str> = svg.lines().filter(|line| line.contains("<title>")).collect();
        assert_eq!(dots.len(), 2, "{svg}");
        // The scale goes from 0.1 to 100, so that 10 is at two thirds of it.
        assert!(
            dots[0].contains("cx=\"703.3\"") && dots[0].contains(MISSED),
            "{svg}"
        );
        assert!(
            dots[1].contains("cx=\"890.0\"") && dots[1].contains("alembic: 100.00"),
            "{svg}"
        );
        assert!(svg.contains("noop: SQLite, 10 revisions"), "{svg}");
        assert_eq!(svg, plot("No-op", &[&outcome]));
    }
}
