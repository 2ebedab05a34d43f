//! curl, which talks to web servers for `ping` and `hub`, as git does for `sync`.
//!
//! In: how long it may take. Out: a command to add arguments to, and what went wrong. Never here: what is sent or
//! fetched.

use std::process::Command;

/// A command that prints errors only, fails if the server refuses, and uses http and https only. It gives up after
/// `patience` seconds.
pub(crate) fn command(patience: &str) -> Command {
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--fail", "--max-time", patience]);
    command.args(["--proto", "=http,https"]);
    command
}

/// What went wrong, by the error output.
pub(crate) fn complaint(errors: &[u8]) -> String {
    let said = String::from_utf8_lossy(errors);
    said.trim().trim_start_matches("curl: ").to_owned()
}
