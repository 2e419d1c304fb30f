//! Who started a server, in words that another process can check.

use std::fs;
use std::process::Command;

/// This process: machine, number, and when it began, since numbers are used again.
pub(super) fn me() -> String {
    let pid = std::process::id();
    format!("{} {pid} {}", host(), began(pid).unwrap_or_default())
}

/// Whether an owner of this machine is known to have died. One of another machine may live.
pub(super) fn is_dead(owner: &str) -> bool {
    let mut words = owner.splitn(3, ' ');
    let (Some(machine), Some(pid), Some(start)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let Ok(pid) = pid.parse() else {
        return false;
    };
    machine == host() && began(pid).is_none_or(|begin| begin != start.trim_end())
}

fn host() -> String {
    let name =
        fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| fs::read_to_string("/etc/hostname"));
    let name = name.unwrap_or_default().trim().replace(' ', "-");
    if name.is_empty() {
        "localhost".to_owned()
    } else {
        name
    }
}

/// When a living process began.
fn began(pid: u32) -> Option<String> {
    if let Some((state, start)) = linux(pid) {
        // What has ended and was not waited for lives no more.
        return (state != "Z").then_some(start);
    }
    let output = Command::new("ps")
        .args(["-o", "lstart=", "-p", &pid.to_string()])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The state of a process, and when it began, as Linux tells it.
pub(super) fn linux(pid: u32) -> Option<(String, String)> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before it is in parentheses and may hold anything.
    let mut words = text.rsplit_once(')')?.1.split_whitespace();
    let state = words.next()?.to_owned();
    Some((state, words.nth(18)?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_lives_and_one_that_was_killed_is_dead() {
        assert!(!is_dead(&me()));
        let mut child = Command::new("sleep").arg("600").spawn().unwrap();
        let owner = format!("{} {} {}", host(), child.id(), began(child.id()).unwrap());
        assert!(!is_dead(&owner));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(is_dead(&owner));
    }

    #[test]
    fn a_number_that_is_used_again_is_another_process() {
        let owner = format!("{} {} 12", host(), std::process::id());
        assert!(is_dead(&owner));
    }

    #[test]
    fn nothing_is_known_of_another_machine() {
        assert!(!is_dead("elsewhere.example 4000000 12"));
        assert!(!is_dead(""));
    }
}
