//! What a page calls its folder and its database, and what they are in a run.

use limbeck_core::driver::DatabaseUrl;

/// What is called one way in a page and another way in a run.
#[derive(Default)]
pub(super) struct Names {
    /// Words of the page with those of the run, the longer ones first.
    words: Vec<(String, String)>,
    /// The user and the host in the same way, which stand at the end of a line.
    who: Option<(String, String)>,
}

impl Names {
    /// The user of the session, at the host of the page and at that of the run.
    pub(super) fn who(&mut self, page: &str, run: &str) {
        self.who = Some((format!(" {page}"), format!(" {run}")));
    }

    /// The folder of the page is that of the run.
    pub(super) fn folder(&mut self, page: &str, run: &str) {
        self.words.push((page.to_owned(), run.to_owned()));
    }

    /// The database of the page is that of the run: its URL with and without the password, and its name.
    pub(super) fn database(&mut self, page: &str, run: &str) -> Result<(), String> {
        let parsed = |url: &str| {
            url.parse::<DatabaseUrl>()
                .map_err(|error| format!("{url}: {error}"))
        };
        let (page_url, run_url) = (parsed(page)?, parsed(run)?);
        self.words.push((page.to_owned(), run.to_owned()));
        self.words.push((page_url.to_string(), run_url.to_string()));
        let (page, run) = (
            page_url.server().unwrap_or_default(),
            run_url.server().unwrap_or_default(),
        );
        if let (Some(page), Some(run)) = (page.database, run.database) {
            self.words.push((page, run));
        }
        Ok(())
    }

    /// What a page writes, for the run. A name alone could be any word, so only folders and URLs are meant.
    pub(super) fn in_run(&self, text: &str) -> String {
        let written = self.words.iter().filter(|(page, _)| page.contains('/'));
        written.fold(text.to_owned(), |text, (page, run)| text.replace(page, run))
    }

    /// What a run prints, in the words of the page.
    pub(super) fn in_page(&self, text: &str) -> String {
        let text = self
            .words
            .iter()
            .fold(text.to_owned(), |text, (page, run)| text.replace(run, page));
        let Some((page, run)) = &self.who else {
            return text;
        };
        let lines = text.lines().map(|line| match line.strip_suffix(run.as_str()) {
            Some(before) => format!("{before}{page}\n"),
            None => format!("{line}\n"),
        });
        lines.collect()
    }
}
