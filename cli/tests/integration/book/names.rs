//! What a page calls its folder and its database, and what they are in a run.

use limbeck_core::driver::DatabaseUrl;

/// Words of the page with those of the run, the longer ones first.
#[derive(Default)]
pub(super) struct Names(Vec<(String, String)>);

impl Names {
    /// The host of the page is that of the run, in the name of a user there.
    pub(super) fn host(&mut self, page: &str, run: &str) {
        self.0.push((format!("@{page}"), format!("@{run}")));
    }

    /// The folder of the page is that of the run.
    pub(super) fn folder(&mut self, page: &str, run: &str) {
        self.0.push((page.to_owned(), run.to_owned()));
    }

    /// The database of the page is that of the run: its URL with and without the password, and its name.
    pub(super) fn database(&mut self, page: &str, run: &str) -> Result<(), String> {
        let parsed = |url: &str| {
            url.parse::<DatabaseUrl>()
                .map_err(|error| format!("{url}: {error}"))
        };
        let (page_url, run_url) = (parsed(page)?, parsed(run)?);
        self.0.push((page.to_owned(), run.to_owned()));
        self.0.push((page_url.to_string(), run_url.to_string()));
        let (page, run) = (
            page_url.server().unwrap_or_default(),
            run_url.server().unwrap_or_default(),
        );
        if let (Some(page), Some(run)) = (page.database, run.database) {
            self.0.push((page, run));
        }
        Ok(())
    }

    /// What a page writes, for the run. A name alone could be any word, so only folders and URLs are meant.
    pub(super) fn in_run(&self, text: &str) -> String {
        let written = self.0.iter().filter(|(page, _)| page.contains('/'));
        written.fold(text.to_owned(), |text, (page, run)| text.replace(page, run))
    }

    /// What a run prints, in the words of the page.
    pub(super) fn in_page(&self, text: &str) -> String {
        let names = self.0.iter();
        names.fold(text.to_owned(), |text, (page, run)| text.replace(run, page))
    }
}
