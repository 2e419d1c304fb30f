//! Scripts and one more.

use std::io;
use std::sync::Arc;

use limbeck_core::data_file::DataFile;
use limbeck_core::script::ScriptError;
use limbeck_core::script::ScriptSource;
use limbeck_core::sql::SourceFile;

/// Scripts, and one that is not written yet.
pub(crate) struct WithFile {
    pub(crate) source: Arc<dyn ScriptSource>,
    pub(crate) new: Arc<SourceFile>,
}

impl ScriptSource for WithFile {
    fn files(&self) -> Vec<Result<Arc<SourceFile>, ScriptError>> {
        let mut files = self.source.files();
        files.push(Ok(Arc::clone(&self.new)));
        files
    }

    fn data_file(&self, script: &str, path: &str) -> io::Result<DataFile> {
        self.source.data_file(script, path)
    }
}
