//! Disks that are filled.

use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// Gives the server's files the room that they have by their lengths: on a file system in memory, its log may be a hole,
/// and a server that can't write its log aborts.
pub(super) fn reserve(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let length = entry.metadata()?.len().to_string();
        if entry.file_type()?.is_file() && length != "0" {
            let mut command = Command::new("fallocate");
            command.args(["--length", &length]).arg(entry.path()).output()?;
        }
    }
    Ok(())
}

/// Writes until nothing more fits.
pub(super) fn fill(path: &Path) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    let mut block = vec![0_u8; 1 << 20];
    while !block.is_empty() {
        match file.write_all(&block) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::StorageFull => block.truncate(block.len() / 2),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
