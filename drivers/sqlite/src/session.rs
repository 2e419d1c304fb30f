//! Who a session is, among all that ever opened the file, and whether it still exists.

use std::collections::BTreeSet;
use std::fs;
use std::process;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::OnceLock;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use limbeck_core::driver::Holder;
use limbeck_core::driver::SessionId;

/// The numbers of the sessions that are open in this process.
static OPEN: Mutex<BTreeSet<u64>> = Mutex::new(BTreeSet::new());

/// A session of this process, open until it is dropped. Its id is `<process>.<start of the process>.<number>@<host>`.
#[derive(Debug)]
pub(crate) struct OpenSession {
    id: SessionId,
    number: u64,
}

impl OpenSession {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        open().insert(number);
        Self {
            id: SessionId::new(format!("{}.{}.{number}@{}", process::id(), own_start(), host())),
            number,
        }
    }

    pub(crate) const fn id(&self) -> &SessionId {
        &self.id
    }

    /// What waiters are told about this session.
    pub(crate) fn holder(&self) -> Holder {
        let mut holder = Holder::default();
        holder.user = ["USER", "LOGNAME", "USERNAME"]
            .iter()
            .find_map(|name| std::env::var(name).ok());
        holder.host = Some(host());
        holder.pid = Some(u64::from(process::id()));
        holder.since = Some(format!("{:.0}", Timestamp::now()));
        holder
    }
}

impl Drop for OpenSession {
    fn drop(&mut self) {
        open().remove(&self.number);
    }
}

/// Whether a session still exists. One of another host, or on a system that does not show its processes, counts as
/// alive.
pub(crate) fn is_alive(session: &SessionId) -> bool {
    let Some((pid, start, number, host_name)) = parts(session) else {
        return true;
    };
    if host_name != host() {
        return true;
    }
    if pid == process::id() && start == own_start() {
        return open().contains(&number);
    }
    !processes_are_shown() || started(&pid.to_string()) == Some(start)
}

/// The process of a session.
pub(crate) fn process_of(session: &SessionId) -> Option<u64> {
    parts(session).map(|(pid, ..)| u64::from(pid))
}

/// Whether the process of a holder of this host is certainly gone.
pub(crate) fn is_gone(holder: &Holder) -> bool {
    let here = holder.host.as_deref() == Some(host().as_str());
    here && processes_are_shown() && holder.pid.is_some_and(|pid| started(&pid.to_string()).is_none())
}

fn parts(session: &SessionId) -> Option<(u32, u64, u64, &str)> {
    let (numbers, host) = session.as_str().split_once('@')?;
    let mut numbers = numbers.split('.');
    let pid = numbers.next()?.parse().ok()?;
    let start = numbers.next()?.parse().ok()?;
    let number = numbers.next()?.parse().ok()?;
    Some((pid, start, number, host))
}

fn open() -> MutexGuard<'static, BTreeSet<u64>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn host() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}

/// When this process was started: clock ticks since the boot where the system tells, else microseconds of its first
/// session.
fn own_start() -> u64 {
    static START: OnceLock<u64> = OnceLock::new();
    *START.get_or_init(|| started("self").unwrap_or_else(|| Timestamp::now().as_microsecond().unsigned_abs()))
}

fn processes_are_shown() -> bool {
    started("self").is_some()
}

/// The start of a process, from the 22nd field of Linux's `stat`. The second field is the program's name in
/// parentheses, and may hold anything.
fn started(process: &str) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(19)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_alive_until_it_is_dropped() {
        let session = OpenSession::new();
        let id = session.id().clone();
        assert!(is_alive(&id));
        assert_eq!(process_of(&id), Some(u64::from(process::id())));
        drop(session);
        assert!(!is_alive(&id));
    }

    #[test]
    fn a_process_number_that_is_used_again_is_another_process() {
        if !processes_are_shown() {
            return;
        }
        let reused = SessionId::new(format!("{}.1.1@{}", process::id(), host()));
        assert!(!is_alive(&reused));
    }

    #[test]
    fn a_session_of_elsewhere_counts_as_alive() {
        assert!(is_alive(&SessionId::new("1.1.1@another host")));
        assert!(is_alive(&SessionId::new("backend 17")));
    }
}
