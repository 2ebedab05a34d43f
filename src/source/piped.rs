//! Mails on the standard input, as an archive.
#![expect(
    clippy::disallowed_methods,
    reason = "an archive is read by its path, and a pipe has none"
)]

use std::{
    env,
    fs::{self, OpenOptions},
    io,
    path::{Path, PathBuf},
    process,
};

use crate::error::{Error, Result};

/// The name of the standard input among archives on the command line.
pub(super) const NAME: &str = "-";

/// A temporary file with the standard input; dropping this removes it.
#[derive(Debug)]
pub(super) struct Piped {
    path: PathBuf,
}

impl Piped {
    /// Reads the standard input to its end.
    pub(super) fn take() -> Result<Self> {
        let path = env::temp_dir().join(format!("patchpress-{}.mails", process::id()));
        // A killed process with the same number may have left it.
        fs::remove_file(&path).ok();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(Error::write(&path))?;
        let piped = Self { path };
        io::copy(&mut io::stdin().lock(), &mut file).map_err(Error::read(Path::new(NAME)))?;
        Ok(piped)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Piped {
    fn drop(&mut self) {
        fs::remove_file(&self.path).ok();
    }
}
