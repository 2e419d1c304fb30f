//! Servers that may be missing for a time.

use std::fs;
use std::process::Command;

use crate::cargo;

/// The file with one such server a line: its word, the last day (`2026-12-31`), and why.
const FILE: &str = ".ci/missing-servers";

/// What the file allows today.
#[derive(Debug)]
pub(super) struct Allowed {
    servers: Vec<String>,
}

impl Allowed {
    /// Reads the file; without one nothing is allowed.
    pub(super) fn load() -> Result<Self, String> {
        let text = fs::read_to_string(cargo::workspace().join(FILE)).unwrap_or_default();
        let today = cargo::output(Command::new("date").args(["-u", "+%F"]));
        let today = today.map_err(|error| format!("date: {error}"))?;
        Self::parse(&text, today.trim())
    }

    fn parse(text: &str, today: &str) -> Result<Self, String> {
        let mut servers = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut words = line.splitn(3, ' ');
            let (Some(server), Some(until), Some(_)) = (words.next(), words.next(), words.next()) else {
                let place = number + 1;
                return Err(format!(
                    "{FILE}:{place}: a line is SERVER, the last day as 2026-12-31, and why"
                ));
            };
            if !is_day(until) {
                return Err(format!(
                    "{FILE}:{}: \"{until}\" is no day as 2026-12-31",
                    number + 1
                ));
            }
            if until >= today {
                servers.push(server.to_owned());
            } else {
                eprintln!(
                    "{FILE}:{}: {server} was allowed to be missing until {until}",
                    number + 1
                );
            }
        }
        Ok(Self { servers })
    }

    /// Whether a server may be missing today.
    pub(super) fn allows(&self, server: &str) -> bool {
        self.servers.iter().any(|allowed| allowed == server)
    }
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2] && parts.iter().all(|part| part.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::Allowed;

    #[test]
    fn a_server_may_be_missing_until_its_day_has_passed() {
        let text = "# comment\n\npg18 2026-12-31 a transition of libicu\nmysql97 2026-11-27 moved\n";
        let allowed = Allowed::parse(text, "2026-11-28").unwrap();
        assert!(allowed.allows("pg18"));
        assert!(!allowed.allows("mysql97"));
        assert!(!allowed.allows("pg17"));
        let last = Allowed::parse(text, "2026-12-31").unwrap();
        assert!(last.allows("pg18"));
    }

    #[test]
    fn a_line_without_a_day_or_a_reason_is_refused() {
        for line in ["pg18", "pg18 2026-12-31", "pg18 soon because"] {
            let error = Allowed::parse(line, "2026-11-28").unwrap_err();
            assert!(error.starts_with(".ci/missing-servers:1: "), "{error}");
        }
    }
}
