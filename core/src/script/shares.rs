//! Work on thousands of files or statements, on all processors.

use std::num::NonZero;
use std::thread;

/// Fewer files than this are not worth a thread of their own.
const LEAST_SHARE: usize = 128;

/// What `work` makes of all files, in their order. Many files are cut into one share for each processor, and `work` is
/// given one share after the other, at the same time in other threads.
pub(crate) fn in_shares<T: Sync, R: Send>(files: &[T], work: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
    in_shares_of(LEAST_SHARE, files, work)
}

/// The same of any items, of which fewer than `least` are not worth a thread.
pub(crate) fn in_shares_of<T: Sync, R: Send>(
    least: usize,
    items: &[T],
    work: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let count = match items.len() / least.max(1) {
        // To ask the system for its processors takes longer than a few items do.
        0 | 1 => 1,
        most => thread::available_parallelism().map_or(1, NonZero::get).min(most),
    };
    let mut shares = items.chunks(items.len().div_ceil(count).max(1));
    let own = shares.next().unwrap_or_default();
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = shares
            .map(|share| {
                let thread = thread::Builder::new().spawn_scoped(scope, move || work(share));
                thread.map_err(|_no_thread| share)
            })
            .collect();
        let mut results = work(own);
        for other in others {
            results.extend(match other.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(done)) => done,
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                Err(share) => work(share),
            });
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [0, 1, LEAST_SHARE, 2 * LEAST_SHARE, 40 * LEAST_SHARE + 7] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = in_shares(&items, |share| share.iter().map(|item| item * 2).collect());
            assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }
}
