//! Work that goes on behind a session that is gone.

/// Does something on a thread of its own, for whoever cannot wait: a session that is dropped in the middle of a statement
/// has the server told to stop, which would notice only when the statement ends and keep its locks until then. Nobody is
/// told what came of it, and the end of the process ends it.
///
/// ```
/// let (told, heard) = std::sync::mpsc::channel();
/// limbeck_core::driver::behind(async move { told.send("stop").unwrap() });
/// assert_eq!(heard.recv(), Ok("stop"));
/// ```
pub fn behind(work: impl Future<Output = ()> + Send + 'static) {
    let run = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        if let Ok(runtime) = runtime {
            runtime.block_on(work);
        }
    };
    let _ = std::thread::Builder::new().spawn(run);
}
